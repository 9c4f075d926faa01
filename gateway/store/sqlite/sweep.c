/*
 * Owns: what time alone does to messages, questions and half-arrived texts; what a restart does.
 * May use: base/, store/.
 * Must not know: what patience is right.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>

/* At most so many of a kind in one transaction; NEXT_MOMENTS then still names a moment that has
 * come, and the caller sweeps again. */
#define SWEEP_MOST 500

struct ids {
	int64_t *items;
	size_t count;
};

static struct ids list(
    struct job *job, const char *sql, const struct sql_value *values, size_t count)
{
	struct ids ids = {0};
	sqlite3_stmt *query = sql_select(job->db, sql, values, count);
	while (sql_next(job->db, query)) {
		ids.items = arena_array_grow(job->arena, ids.items, ids.count, sizeof *ids.items);
		ids.items[ids.count++] = column_integer(query, 0);
	}
	return ids;
}

/* ── messages ────────────────────────────────────────────────────────────────────────────────── */

static enum result sweep_expired(struct job *job, struct store_sweep_output *out)
{
	struct ids ids =
	    list(job, "SELECT id FROM message WHERE state = 'queued' AND not_after <= ? LIMIT ?",
		VALUES(as_moment(job->now), as_integer(SWEEP_MOST)));
	enum result result = RESULT_OK;
	for (size_t i = 0; i < ids.count && result == RESULT_OK; i++) {
		struct stored_message message;
		if (!message_load(job, ids.items[i], &message))
			continue;
		result = message_move(job, &message, MESSAGE_EXPIRED, "not-after", WALL_NEVER);
		out->expired++;
	}
	return result;
}

static enum result sweep_leases(struct job *job, struct store_sweep_output *out)
{
	struct ids ids =
	    list(job, "SELECT id FROM message WHERE state = 'sending' AND lease_until <= ? LIMIT ?",
		VALUES(as_moment(job->now), as_integer(SWEEP_MOST)));
	enum result result = RESULT_OK;
	for (size_t i = 0; i < ids.count && result == RESULT_OK; i++) {
		result = outcome_orphan(job, ids.items[i], "lease-ended");
		out->orphaned++;
	}
	return result;
}

static bool was_resent(struct job *job, int64_t message_id)
{
	return sql_integer(job->db, 0,
		   "SELECT 1 FROM part WHERE message_id = ? AND state = 'unknown' AND resent <> 0"
		   " LIMIT 1",
		   VALUES(as_integer(message_id))) != 0;
}

/* Given up: the office must know of a text that may never have arrived. */
static enum result give_up(struct job *job, struct stored_message *message)
{
	const struct store_new_task task = {
	    .key = arena_printf(job->arena, "message-failed:%" PRId64, message->id),
	    .kind = "message-failed",
	    .text = arena_printf(job->arena, "%s: unknown-twice", message->address),
	    .message_id = message->id,
	    .until = WALL_NEVER,
	};
	int64_t task_id;
	bool is_new;
	enum result result =
	    message_move(job, message, MESSAGE_FAILED, "unknown-twice", WALL_NEVER);
	return result == RESULT_OK ? task_open(job, message->owner_id, &task, &task_id, &is_new)
				   : result;
}

/* Sent once more, past every check; the parts stay marked, for a receipt that still comes. */
static enum result end_patience(
    struct job *job, struct stored_message *message, struct store_sweep_output *out)
{
	bool is_answer = message->purpose == PURPOSE_ANSWER;
	if (is_answer || was_resent(job, message->id)) {
		out->failed++;
		return is_answer ? message_move(
				       job, message, MESSAGE_FAILED, "answer-unknown", WALL_NEVER)
				 : give_up(job, message);
	}
	out->requeued++;
	sql_run(job->db,
	    "UPDATE part SET state = 'queued', resent = 1 WHERE message_id = ?"
	    " AND state = 'unknown'",
	    VALUES(as_integer(message->id)));
	return message_follow_parts(job, message, "was-unknown", job->now);
}

static enum result sweep_unknown(
    struct job *job, const struct store_sweep_input *in, struct store_sweep_output *out)
{
	struct ids ids = list(job,
	    "SELECT id FROM message WHERE state = 'unknown' AND unknown_since <= ?1 -"
	    " CASE last_call WHEN 1 THEN ?2 ELSE ?3 END LIMIT ?4",
	    VALUES(as_moment(job->now), as_integer(in->patience_last_call_ms),
		as_integer(in->patience_ms), as_integer(SWEEP_MOST)));
	enum result result = RESULT_OK;
	for (size_t i = 0; i < ids.count && result == RESULT_OK; i++) {
		struct stored_message message;
		if (message_load(job, ids.items[i], &message))
			result = end_patience(job, &message, out);
	}
	return result;
}

/* ── questions ───────────────────────────────────────────────────────────────────────────────── */

static enum result lapse(struct job *job, int64_t question_id)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT question.owner_id, question.inbound_id, question.address,"
	    " coalesce(inbound.text, '') FROM question"
	    " LEFT JOIN inbound ON inbound.id = question.inbound_id WHERE question.id = ?",
	    VALUES(as_integer(question_id)));
	if (!sql_next(job->db, query))
		return RESULT_OK;
	int64_t owner_id = column_integer(query, 0);
	struct store_new_task task = {
	    .key = arena_printf(job->arena, "question-unanswered:%" PRId64, question_id),
	    .kind = "question-unanswered",
	    .text =
		arena_printf(job->arena, "%s: %s", column_text(query, 2), column_text(query, 3)),
	    .inbound_id = column_integer(query, 1),
	    .until = WALL_NEVER,
	};
	sql_close(query);
	sql_run(job->db, "UPDATE question SET closed_at = ?, closed_as = 'unanswered' WHERE id = ?",
	    VALUES(as_moment(job->now), as_integer(question_id)));
	int64_t task_id;
	bool is_new;
	return task_open(job, owner_id, &task, &task_id, &is_new);
}

static enum result sweep_questions(struct job *job, struct store_sweep_output *out)
{
	struct ids ids =
	    list(job, "SELECT id FROM question WHERE closed_at IS NULL AND until <= ? LIMIT ?",
		VALUES(as_moment(job->now), as_integer(SWEEP_MOST)));
	enum result result = RESULT_OK;
	for (size_t i = 0; i < ids.count && result == RESULT_OK; i++) {
		result = lapse(job, ids.items[i]);
		out->lapsed++;
	}
	return result;
}

/* ── the operations ──────────────────────────────────────────────────────────────────────────── */

enum result operation_sweep(struct job *job, const void *input, void *output)
{
	const struct store_sweep_input *in = input;
	struct store_sweep_output *out = output;
	job->now = in->now;
	enum result result = sweep_unknown(job, in, out);
	if (result == RESULT_OK)
		result = sweep_leases(job, out);
	if (result == RESULT_OK)
		result = sweep_expired(job, out);
	if (result == RESULT_OK)
		result = sweep_questions(job, out);
	if (result == RESULT_OK)
		result = fallback_sweep(job, in, SWEEP_MOST, &out->fell_back);
	if (result == RESULT_OK)
		result = request_sweep(job, SWEEP_MOST, &out->requests);
	if (result == RESULT_OK)
		registration_sweep(job);
	if (result == RESULT_OK)
		out->joined = inbound_join_incomplete(job);
	return result;
}

enum result operation_recover(struct job *job, const void *input, void *output)
{
	const struct store_recover_input *in = input;
	struct store_recover_output *out = output;
	job->now = in->now;
	struct ids ids = list(job, "SELECT id FROM message WHERE state = 'sending' AND node = ?",
	    VALUES(as_integer(in->node)));
	enum result result = RESULT_OK;
	for (size_t i = 0; i < ids.count && result == RESULT_OK; i++) {
		result = outcome_orphan(job, ids.items[i], "restarted");
		out->unknown++;
	}
	return result;
}
