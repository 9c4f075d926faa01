/*
 * Owns: messages: enqueuing, the one function that changes a state, following the parts' states.
 * May use: base/, store/.
 * Must not know: channels, policy.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PARTS_MAX 255 /* the concatenation header has one byte for it */

static enum message_state state_of_name(const char *name)
{
	for (int state = 0; state < MESSAGE_CANCELLED; state++)
		if (strcmp(message_state_name(state), name) == 0)
			return state;
	return MESSAGE_CANCELLED;
}

bool message_load(struct job *job, int64_t message_id, struct stored_message *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, owner_id, attempt_id, state, purpose, last_call, address, address_kind,"
	    " fell_back_at IS NOT NULL FROM message"
	    " WHERE id = ?",
	    VALUES(as_integer(message_id)));
	if (!sql_next(job->db, query))
		return false;
	*out = (struct stored_message){
	    .id = column_integer(query, 0),
	    .owner_id = column_integer(query, 1),
	    .attempt_id = column_integer(query, 2),
	    .state = state_of_name(column_text(query, 3)),
	    .purpose = (enum message_purpose)column_integer(query, 4),
	    .last_call = column_integer(query, 5) != 0,
	    .fell_back = column_integer(query, 8) != 0,
	};
	snprintf(out->address, sizeof out->address, "%s", column_text(query, 6));
	snprintf(out->address_kind, sizeof out->address_kind, "%s", column_text(query, 7));
	sql_close(query);
	return true;
}

void message_log(struct job *job, const struct log_line *line)
{
	sql_run(job->db,
	    "INSERT INTO attempt (id, owner_id, message_id, attempt_id, part, what, channel, sim,"
	    " code, reference, detail, at, external_id)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(line->message->owner_id),
		as_integer(line->message->id), as_id(line->attempt_id),
		line->part >= 0 ? as_integer(line->part) : as_id(0), as_text(line->what),
		as_text(line->channel), as_text(line->sim), as_integer(line->code),
		as_integer(line->reference), as_text(line->detail), as_moment(job->now),
		as_text(line->external_id)));
}

/* ── moving ──────────────────────────────────────────────────────────────────────────────────── */

/* Texts to a number wait while another one to it is under way or unknown: that has just ended. (The
 * list of states is how SQLite knows the index of live messages, here as elsewhere.) */
static void wake_others(struct job *job, const struct stored_message *message)
{
	sql_run(job->db,
	    "UPDATE message SET next_try = max(?1, not_before), wait_reason = NULL"
	    " WHERE address = ?2 AND state IN ('queued', 'sending', 'unknown')"
	    " AND state = 'queued' AND wait_reason IS NOT NULL AND id <> ?3",
	    VALUES(as_moment(job->now), as_text(message->address), as_integer(message->id)));
}

static void write_state(struct job *job, const struct stored_message *message,
    enum message_state to, const char *reason, struct wall next_try)
{
	bool sent = to == MESSAGE_SENT || to == MESSAGE_DELIVERED;
	/* What went back without any part having left has not left. */
	sql_run(job->db,
	    "UPDATE message SET state = ?2, reason = ?3, lease_until = NULL,"
	    " route = CASE WHEN ?2 = 'queued' THEN NULL ELSE route END,"
	    " wait_reason = CASE ?2 WHEN 'queued' THEN NULL ELSE wait_reason END,"
	    " next_try = ?4, unknown_since = ?5,"
	    " sent_at = CASE WHEN ?6 THEN coalesce(sent_at, ?8) ELSE sent_at END,"
	    " delivered_at = CASE WHEN ?7 THEN ?8 ELSE delivered_at END,"
	    " left_at = CASE WHEN EXISTS (SELECT 1 FROM part WHERE message_id = ?1"
	    " AND submissions > 0) THEN left_at END WHERE id = ?1",
	    VALUES(as_integer(message->id), as_text(message_state_name(to)), as_text(reason),
		as_moment(next_try), as_moment(to == MESSAGE_UNKNOWN ? job->now : WALL_NEVER),
		as_integer(sent), as_integer(to == MESSAGE_DELIVERED), as_moment(job->now)));
}

enum result message_move(struct job *job, struct stored_message *message, enum message_state to,
    const char *reason, struct wall next_try)
{
	enum message_state from = message->state;
	if (!message_state_can_move(from, to))
		return failure_set(job->failure, RESULT_INTERNAL,
		    "Message %" PRId64 " cannot go from %s to %s. This is a defect of the program: "
		    "please report it.",
		    message->id, message_state_name(from), message_state_name(to));
	write_state(job, message, to, reason, to == MESSAGE_QUEUED ? next_try : WALL_NEVER);
	message->state = to;
	if (to != MESSAGE_SENT && to != MESSAGE_DELIVERED) {
		char detail[120];
		snprintf(detail, sizeof detail, "%s → %s%s%s", message_state_name(from),
		    message_state_name(to), reason != NULL ? ": " : "",
		    reason != NULL ? reason : "");
		message_log(job, &(struct log_line){.message = message,
				     .attempt_id = message->attempt_id,
				     .part = -1,
				     .what = "moved",
				     .detail = detail,
				     .reference = -1});
	}
	if (to != MESSAGE_SENDING && to != MESSAGE_QUEUED)
		program_receipt_look(job, message->id);
	if (from == MESSAGE_SENDING || from == MESSAGE_UNKNOWN)
		wake_others(job, message);
	notices_follow_message(job, message->id, to, reason);
	return RESULT_OK;
}

static enum message_state state_of_parts(struct job *job, int64_t message_id)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT sum(state = 'sending'), sum(state = 'failed'), sum(state = 'unknown'),"
	    " sum(state = 'queued'), sum(state = 'sent') FROM part WHERE message_id = ?",
	    VALUES(as_integer(message_id)));
	static const enum message_state first_that_has[] = {
	    MESSAGE_SENDING, MESSAGE_FAILED, MESSAGE_UNKNOWN, MESSAGE_QUEUED, MESSAGE_SENT};
	enum message_state state = MESSAGE_DELIVERED;
	if (!sql_next(job->db, query))
		return state;
	for (size_t i = COUNT_OF(first_that_has); i-- > 0;)
		if (column_integer(query, (int)i) > 0)
			state = first_that_has[i];
	sql_close(query);
	return state;
}

enum result message_follow_parts(
    struct job *job, struct stored_message *message, const char *reason, struct wall next_try)
{
	if (message->state == MESSAGE_FAILED || message->state == MESSAGE_EXPIRED ||
	    message->state == MESSAGE_CANCELLED || message->state == MESSAGE_DELIVERED)
		return RESULT_OK; /* the part keeps what was learnt; the message has ended */
	enum message_state to = state_of_parts(job, message->id);
	if (to == message->state)
		return RESULT_OK;
	return message_move(job, message, to, reason, next_try);
}

/* ── enqueuing ───────────────────────────────────────────────────────────────────────────────── */

static enum result check_new(struct job *job, const struct store_new_message *message)
{
	if (message->part_count < 1 || message->part_count > PARTS_MAX)
		return failure_set(job->failure, RESULT_LIMIT,
		    "A text of %d parts cannot be sent; 1 to %d can. Shorten it.",
		    message->part_count, PARTS_MAX);
	if (message->address == NULL || message->address[0] == '\0')
		return failure_set(job->failure, RESULT_INVALID,
		    "The message %s has no address to go to.", message->key);
	if (strlen(message->address) > ADDRESS_BYTES_MAX ||
	    (message->address_kind != NULL &&
		strlen(message->address_kind) > ADDRESS_KIND_BYTES_MAX))
		return failure_set(job->failure, RESULT_INVALID,
		    "The address %.40s… is too long to be one.", message->address);
	return RESULT_OK;
}

static void add_parts(
    struct job *job, const struct store_new_message *message, int64_t owner_id, int64_t message_id)
{
	for (int i = 0; i < message->part_count; i++)
		sql_run(job->db,
		    "INSERT INTO part (message_id, number, owner_id, text, state)"
		    " VALUES (?, ?, ?, ?, 'queued')",
		    VALUES(as_integer(message_id), as_integer(i), as_integer(owner_id),
			as_text(message->parts[i])));
}

enum result message_enqueue(struct job *job, const struct store_new_message *message,
    int64_t owner_id, bool last_call, const char *actor, int64_t *id)
{
	enum result result = check_new(job, message);
	if (result != RESULT_OK)
		return result;
	int64_t next_try =
	    message->not_before.ms != INT64_MAX && job->now.ms < message->not_before.ms
		? message->not_before.ms
		: job->now.ms;
	*id = job_new_id(job);
	int inserted = sql_run(job->db,
	    "INSERT INTO message (id, owner_id, key, purpose, state, person_id, address, channel,"
	    " encoding, part_count, cost, not_after, validity_minutes, inbound_id, last_call,"
	    " not_before, next_try, attempts, created, actor, address_kind)"
	    " VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)"
	    " ON CONFLICT (key) DO NOTHING",
	    VALUES(as_integer(*id), as_integer(owner_id), as_text(message->key),
		as_integer(message->purpose), as_id(message->person_id), as_text(message->address),
		as_text(message->channel), as_integer(message->encoding),
		as_integer(message->part_count), as_integer(message->cost),
		as_bound(message->not_after), as_integer(message->validity_minutes),
		as_id(message->inbound_id), as_integer(last_call), as_integer(next_try),
		as_integer(next_try), as_moment(job->now), as_text(actor),
		as_text(
		    message->address_kind != NULL ? message->address_kind : ADDRESS_KIND_PHONE)));
	if (inserted > 0) {
		add_parts(job, message, owner_id, *id);
		program_receipt_ask(job, *id, owner_id, message);
	} else {
		*id = 0;
	}
	return RESULT_OK;
}

enum result operation_enqueue(struct job *job, const void *input, void *output)
{
	const struct store_enqueue_input *in = input;
	struct store_enqueue_output *out = output;
	job->now = in->now;
	for (size_t i = 0; i < in->count; i++) {
		const struct store_new_message *message = &in->messages[i];
		int64_t owner_id = message->person_id != 0
				       ? owner_of_person(job->db, message->person_id)
				       : owner_of_address(job->db, message->address);
		int64_t id;
		enum result result = message_enqueue(
		    job, message, owner_id, message->purpose == PURPOSE_LAST_CALL, in->actor, &id);
		if (result != RESULT_OK)
			return result;
		out->queued += id != 0;
		out->already += id == 0;
	}
	if (out->queued > 0)
		audit_write(job, owner_default(job->db), in->actor, "send", in->messages[0].key,
		    arena_printf(job->arena, "%d messages", out->queued));
	return RESULT_OK;
}

void usage_count(
    struct job *job, const struct stored_message *message, struct wall moment, int parts)
{
	if (strcmp(message->address_kind, ADDRESS_KIND_PHONE) != 0)
		return;
	sql_run(job->db,
	    "INSERT INTO usage (owner_id, bucket, parts) VALUES (?, ?, ?)"
	    " ON CONFLICT (owner_id, bucket) DO UPDATE SET parts = parts + excluded.parts",
	    VALUES(as_integer(message->owner_id), as_integer(moment.ms / (15 * MINUTE_MS)),
		as_integer(parts)));
}
