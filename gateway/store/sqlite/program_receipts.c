/*
 * Owns: what programs asked to be told of their messages.
 * May use: base/, store/.
 * Must not know: how programs are called.
 */
#include "store/sqlite/internal.h"

#include <string.h>

void program_receipt_ask(
    struct job *job, int64_t message_id, int64_t owner_id, const struct store_new_message *message)
{
	if (message->receipt_url == NULL || message->receipt_mask == 0)
		return;
	sql_run(job->db,
	    "INSERT INTO program_receipt (message_id, owner_id, url, mask, told, tries)"
	    " VALUES (?, ?, ?, ?, 0, 0)",
	    VALUES(as_integer(message_id), as_integer(owner_id), as_text(message->receipt_url),
		as_integer(message->receipt_mask)));
}

void program_receipt_look(struct job *job, int64_t message_id)
{
	sql_run(job->db, "UPDATE program_receipt SET next_try = ?, tries = 0 WHERE message_id = ?",
	    VALUES(as_moment(job->now), as_integer(message_id)));
}

/* What has happened and was not told: accepted before its end. 0: nothing. */
static int event_of(const char *state, bool left, int mask, int told)
{
	int open = mask & ~told;
	int end = 0;
	if (strcmp(state, "delivered") == 0)
		end = PROGRAM_DELIVERED;
	else if (strcmp(state, "failed") == 0 || strcmp(state, "expired") == 0 ||
		 strcmp(state, "cancelled") == 0)
		end = left ? PROGRAM_NOT_DELIVERED : PROGRAM_REJECTED;
	if (left && (open & PROGRAM_SENT) != 0)
		return PROGRAM_SENT;
	return open & end;
}

static void settle(struct job *job, int64_t message_id)
{
	sql_run(job->db, "UPDATE program_receipt SET next_try = NULL WHERE message_id = ?",
	    VALUES(as_integer(message_id)));
}

enum result operation_due_program_receipts(struct job *job, const void *input, void *output)
{
	const struct store_due_program_receipts_input *in = input;
	struct store_due_program_receipts_output *out = output;
	int64_t *nothing = NULL;
	size_t nothing_count = 0;
	job->now = in->now;
	out->next = WALL_NEVER;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT program_receipt.message_id, url, mask, told, tries, state, sent_at,"
	    " delivered_at, address, (SELECT part.channel FROM part"
	    "  WHERE part.message_id = message.id LIMIT 1)"
	    " FROM program_receipt JOIN message ON message.id = program_receipt.message_id"
	    " WHERE program_receipt.next_try <= ? ORDER BY program_receipt.next_try LIMIT ?",
	    VALUES(as_moment(in->now), as_integer(in->most)));
	while (sql_next(job->db, query)) {
		int64_t id = column_integer(query, 0);
		struct wall sent = column_moment(query, 6), delivered = column_moment(query, 7);
		int event = event_of(column_text(query, 5), sent.ms != WALL_NEVER.ms,
		    (int)column_integer(query, 2), (int)column_integer(query, 3));
		if (event == 0) {
			nothing =
			    arena_array_grow(job->arena, nothing, nothing_count, sizeof *nothing);
			nothing[nothing_count++] = id;
			continue;
		}
		out->items =
		    arena_array_grow(job->arena, out->items, out->count, sizeof *out->items);
		out->items[out->count++] = (struct store_program_receipt){
		    .message_id = id,
		    .event = (enum program_event)event,
		    .url = column_copy(query, 1, job->arena),
		    .address = column_copy(query, 8, job->arena),
		    .channel = column_copy(query, 9, job->arena),
		    .at = event == PROGRAM_DELIVERED ? delivered
			  : event == PROGRAM_SENT    ? sent
						     : in->now,
		    .tries = (int)column_integer(query, 4),
		};
	}
	for (size_t i = 0; i < nothing_count; i++)
		settle(job, nothing[i]);
	int64_t next = sql_integer(job->db, INT64_MAX,
	    "SELECT coalesce(min(next_try), ?) FROM program_receipt WHERE next_try > ?",
	    VALUES(as_integer(INT64_MAX), as_moment(in->now)));
	out->next = (struct wall){next};
	return RESULT_OK;
}

enum result operation_program_told(struct job *job, const void *input, void *output)
{
	const struct store_program_told_input *in = input;
	(void)output;
	job->now = in->now;
	bool over = in->retry_at.ms == 0 || in->retry_at.ms == WALL_NEVER.ms;
	sql_run(job->db,
	    "UPDATE program_receipt SET told = told | ?2, tries = CASE WHEN ?2 THEN 0 ELSE tries + "
	    "1"
	    " END, next_try = ?3 WHERE message_id = ?1",
	    VALUES(as_integer(in->message_id), as_integer(over ? in->event : 0),
		as_moment(over ? in->now : in->retry_at)));
	return RESULT_OK;
}
