/*
 * Owns: messages by chat that have not arrived in time: what they carry goes the next way.
 * May use: base/, store/.
 * Must not know: how long to wait (the input says), which way is next.
 *
 * One that has left stays as it is, marked, since it may still be read; one that never left is
 * cancelled. Whether it has arrived is looked at once, within LOOK_BACK_MS of the moment: what time
 * has passed over, a stopped daemon or a plan that was paused, is not dug out again.
 */
#include "store/sqlite/internal.h"

#define LOOK_BACK_MS (3 * DAY_MS)

#define CARRIES_A_POINT                                                                            \
	" AND EXISTS (SELECT 1 FROM message_notice AS link"                                        \
	" JOIN notice ON notice.id = link.notice_id" NOTICE_SUBJECT                                \
	" WHERE link.message_id = message.id AND notice.due IS NULL AND notice.not_after > ?1"     \
	" AND plan.state = 'running' AND " NOTICE_HAS_POINT ")"
/* As the index says it. */
#define HAS_LEFT " state = 'sent' AND address_kind <> 'phone' AND fell_back_at IS NULL"
#define WAITS " state = 'queued' AND address_kind <> 'phone'"

static int64_t *collect(struct job *job, sqlite3_stmt *query, size_t *count)
{
	int64_t *ids = NULL;
	*count = 0;
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, *count, sizeof *ids);
		ids[(*count)++] = column_integer(query, 0);
	}
	return ids;
}

static void fall_back(struct job *job, int64_t message_id)
{
	struct stored_message message;
	if (!message_load(job, message_id, &message) || notices_go_on(job, message_id) == 0)
		return;
	sql_run(job->db, "UPDATE message SET fell_back_at = ?, reason = 'fell-back' WHERE id = ?",
	    VALUES(as_moment(job->now), as_integer(message_id)));
	message_log(job, &(struct log_line){.message = &message,
			     .attempt_id = message.attempt_id,
			     .part = -1,
			     .what = "fell-back",
			     .reference = -1});
}

static void sweep_left(
    struct job *job, const struct store_sweep_input *in, int most, int *fell_back)
{
	size_t count;
	int64_t *ids = collect(job,
	    sql_select(job->db,
		"SELECT id FROM message WHERE" HAS_LEFT " AND sent_at BETWEEN ?2 AND ?3"
		" AND NOT EXISTS (SELECT 1 FROM part WHERE message_id = message.id"
		"  AND instr('|' || ?4 || '|', '|' || part.channel || '|') > 0)" CARRIES_A_POINT
		" LIMIT ?5",
		VALUES(as_moment(job->now),
		    as_moment(wall_add(job->now, -in->fallback_ms - LOOK_BACK_MS)),
		    as_moment(wall_add(job->now, -in->fallback_ms)),
		    as_text(in->no_receipts != NULL ? in->no_receipts : ""), as_integer(most))),
	    &count);
	for (size_t i = 0; i < count; i++)
		fall_back(job, ids[i]);
	*fell_back += (int)count;
}

/* Nothing but its channel keeps it: what waits for a reason has a moment of its own. */
static enum result sweep_waiting(
    struct job *job, const struct store_sweep_input *in, int most, int *fell_back)
{
	size_t count;
	enum result result = RESULT_OK;
	int64_t *ids = collect(job,
	    sql_select(job->db,
		"SELECT id FROM message WHERE" WAITS " AND created <= ?2 AND not_before <= ?2"
		" AND wait_reason IS NULL AND left_at IS NULL" CARRIES_A_POINT " LIMIT ?3",
		VALUES(as_moment(job->now), as_moment(wall_add(job->now, -in->fallback_ms)),
		    as_integer(most))),
	    &count);
	for (size_t i = 0; i < count && result == RESULT_OK; i++) {
		struct stored_message message;
		if (message_load(job, ids[i], &message))
			result =
			    message_move(job, &message, MESSAGE_CANCELLED, "fell-back", WALL_NEVER);
	}
	*fell_back += (int)count;
	return result;
}

enum result fallback_sweep(
    struct job *job, const struct store_sweep_input *in, int most, int *fell_back)
{
	if (in->fallback_ms <= 0)
		return RESULT_OK;
	sweep_left(job, in, most, fell_back);
	return sweep_waiting(job, in, most, fell_back);
}

/* Only moments that lie ahead: what has come and was left as it is must not be asked for again. */
int64_t fallback_next(struct database *db, struct wall now, int64_t fallback_ms)
{
	if (fallback_ms <= 0)
		return INT64_MAX;
	const struct wall from = wall_add(now, -fallback_ms);
	int64_t left = sql_integer(db, INT64_MAX,
	    "SELECT min(sent_at) FROM message WHERE" HAS_LEFT " AND sent_at > ?",
	    VALUES(as_moment(from)));
	int64_t waits = sql_integer(db, INT64_MAX,
	    "SELECT created FROM message WHERE" WAITS " AND wait_reason IS NULL AND created > ?"
	    " ORDER BY created LIMIT 1",
	    VALUES(as_moment(from)));
	int64_t first = left < waits ? left : waits;
	return first == INT64_MAX ? INT64_MAX : first + fallback_ms;
}
