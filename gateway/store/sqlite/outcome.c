/*
 * Owns: what channels say of parts, and what is concluded when they cannot say it any more.
 * May use: base/, store/.
 * Must not know: wire formats, when to try again (the input says).
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const outcome_names[] = {
    [OUTCOME_SENT] = "sent",
    [OUTCOME_NOT_SENT] = "not-sent",
    [OUTCOME_REFUSED] = "refused",
    [OUTCOME_REFUSED_FOREVER] = "refused-forever",
    [OUTCOME_UNKNOWN] = "unknown",
};

struct outcome {
	struct job *job;
	const struct store_record_outcome_input *in;
	struct stored_message message;
	char part_state[12];
	int64_t part_attempt_id;
	struct wall unknown_since;
};

static bool load_part(struct outcome *outcome)
{
	sqlite3_stmt *query = sql_select(outcome->job->db,
	    "SELECT state, attempt_id, unknown_since FROM part"
	    " WHERE message_id = ? AND number = ?",
	    VALUES(as_integer(outcome->message.id), as_integer(outcome->in->part)));
	if (!sql_next(outcome->job->db, query))
		return false;
	snprintf(outcome->part_state, sizeof outcome->part_state, "%s", column_text(query, 0));
	outcome->part_attempt_id = column_integer(query, 1);
	outcome->unknown_since = column_moment(query, 2);
	sql_close(query);
	return true;
}

static enum result load(struct outcome *outcome)
{
	struct job *job = outcome->job;
	int64_t message_id = sql_integer(job->db, 0, "SELECT message_id FROM attempt WHERE id = ?",
	    VALUES(as_integer(outcome->in->attempt_id)));
	if (message_id != 0 && message_load(job, message_id, &outcome->message) &&
	    load_part(outcome))
		return RESULT_OK;
	return failure_set(job->failure, RESULT_NOT_FOUND,
	    "There is no attempt %" PRId64
	    " with a part %d: the outcome belongs to another database.",
	    outcome->in->attempt_id, outcome->in->part);
}

/* ── what becomes of the part ────────────────────────────────────────────────────────────────── */

static void part_sent(const struct outcome *outcome, bool counted)
{
	const struct store_record_outcome_input *in = outcome->in;
	struct job *job = outcome->job;
	int parts = sql_run(job->db,
	    "UPDATE part SET state = 'sent', submitted_at = ?3, sim = ?4, channel = ?5,"
	    " reference = ?6, unknown_since = NULL, submissions = submissions + ?7,"
	    " external_id = ?8" SAME_PART,
	    VALUES(as_integer(outcome->message.id), as_integer(in->part), as_moment(job->now),
		as_text(in->sim), as_text(in->channel),
		in->reference >= 0 ? as_integer(in->reference) : as_id(0),
		as_integer(counted ? 0 : 1), as_text(in->external_id)));
	if (!counted)
		usage_count(job, &outcome->message, job->now, parts);
}

static void part_unknown(struct job *job, const struct stored_message *message, int part,
    const char *sim, const char *external_id)
{
	int parts = sql_run(job->db,
	    "UPDATE part SET state = 'unknown', unknown_since = ?3, sim = ?4, external_id = ?5,"
	    " submissions = submissions + 1" SAME_PART,
	    VALUES(as_integer(message->id), as_integer(part), as_moment(job->now), as_text(sim),
		as_text(external_id)));
	usage_count(job, message, job->now, parts);
}

/* Nothing of it left: back to the queue, or given up. When no earlier attempt may have left either,
 * the next one is not a second one. */
static void part_not_sent(const struct outcome *outcome, bool give_up, bool counted)
{
	struct job *job = outcome->job;
	int parts = sql_run(job->db,
	    "UPDATE part SET state = ?3, unknown_since = NULL, submissions = submissions - ?4,"
	    " resent = CASE WHEN submissions > ?4 THEN resent ELSE 0 END" SAME_PART,
	    VALUES(as_integer(outcome->message.id), as_integer(outcome->in->part),
		as_text(give_up ? "failed" : "queued"), as_integer(counted ? 1 : 0)));
	if (counted)
		usage_count(job, &outcome->message, outcome->unknown_since, -parts);
}

/* The parts after the one that failed were not tried. */
static void give_back_rest(const struct outcome *outcome)
{
	sql_run(outcome->job->db,
	    "UPDATE part SET state = 'queued' WHERE message_id = ? AND state = 'sending'",
	    VALUES(as_integer(outcome->message.id)));
}

static const char *reason_of(const struct outcome *outcome, char *reason, size_t size)
{
	const struct store_record_outcome_input *in = outcome->in;
	if (in->outcome == OUTCOME_SENT)
		return NULL;
	if (in->address_is_blocked) {
		snprintf(reason, size, "address-blocked");
		return reason;
	}
	bool with_code = in->outcome == OUTCOME_REFUSED || in->outcome == OUTCOME_REFUSED_FOREVER;
	if (with_code)
		snprintf(reason, size, "refused-%d", in->code);
	else
		snprintf(reason, size, "%s", outcome_names[in->outcome]);
	return reason;
}

/* `counted`: the part was counted as one that may have left. */
static enum result settle_part(struct outcome *outcome, bool counted)
{
	const struct store_record_outcome_input *in = outcome->in;
	struct job *job = outcome->job;
	char reason[32];
	bool give_up = in->outcome == OUTCOME_REFUSED_FOREVER || in->address_is_blocked ||
		       in->retry_at.ms == INT64_MAX;
	if (in->outcome == OUTCOME_SENT)
		part_sent(outcome, counted);
	else if (in->outcome == OUTCOME_UNKNOWN)
		part_unknown(job, &outcome->message, in->part, in->sim, in->external_id);
	else
		part_not_sent(outcome, give_up, counted);
	if (in->outcome != OUTCOME_SENT)
		give_back_rest(outcome);
	struct wall retry_at = in->outcome == OUTCOME_SENT ? job->now : in->retry_at;
	enum result result = message_follow_parts(
	    job, &outcome->message, reason_of(outcome, reason, sizeof reason), retry_at);
	if (result == RESULT_OK && (in->outcome == OUTCOME_SENT || in->outcome == OUTCOME_UNKNOWN))
		result = receipt_match_waiting(job, &outcome->message, in->part);
	return result;
}

/* The part is still unknown from this very attempt, or waits to be sent once more because of it: a
 * certain outcome, though late, is the truth about it. */
static bool settles_late(const struct outcome *outcome)
{
	return outcome->in->outcome != OUTCOME_UNKNOWN &&
	       outcome->part_attempt_id == outcome->in->attempt_id &&
	       outcome->unknown_since.ms != INT64_MAX &&
	       (strcmp(outcome->part_state, "unknown") == 0 ||
		   strcmp(outcome->part_state, "queued") == 0) &&
	       (outcome->message.state == MESSAGE_UNKNOWN ||
		   outcome->message.state == MESSAGE_QUEUED);
}

static bool is_present(const struct outcome *outcome)
{
	return outcome->message.state == MESSAGE_SENDING &&
	       outcome->message.attempt_id == outcome->in->attempt_id &&
	       strcmp(outcome->part_state, "sending") == 0;
}

enum result operation_record_outcome(struct job *job, const void *input, void *output)
{
	struct outcome outcome = {.job = job, .in = input};
	struct store_record_outcome_output *out = output;
	const struct store_record_outcome_input *in = outcome.in;
	job->now = in->now;
	enum result result = load(&outcome);
	if (result != RESULT_OK)
		return result;
	bool present = is_present(&outcome);
	message_log(job,
	    &(struct log_line){.message = &outcome.message,
		.attempt_id = in->attempt_id,
		.part = in->part,
		.what = present ? outcome_names[in->outcome]
				: arena_printf(job->arena, "late-%s", outcome_names[in->outcome]),
		.channel = in->channel,
		.sim = in->sim,
		.detail = in->detail,
		.code = in->code,
		.external_id = in->external_id,
		.reference = in->reference});
	/* Before the message ends: what it carries must find the account gone. */
	if (in->address_is_blocked)
		result = address_block(
		    job, outcome.message.address_kind, outcome.message.address, in->detail);
	if (result != RESULT_OK)
		return result;
	if (present)
		result = settle_part(&outcome, false);
	else if (settles_late(&outcome))
		result = settle_part(&outcome, true);
	if (in->number_is_wrong)
		preference_set(
		    job, outcome.message.owner_id, outcome.message.address, "suspended", true);
	out->stale = !present;
	out->message_id = outcome.message.id;
	out->state = outcome.message.state;
	return result;
}

/* ── attempts nobody will report on ──────────────────────────────────────────────────────────── */

/* A part is handed over only when its predecessor's outcome is durable, so the lowest one without
 * an outcome is in doubt; those behind it never left. */
enum result outcome_orphan(struct job *job, int64_t message_id, const char *reason)
{
	struct stored_message message;
	if (!message_load(job, message_id, &message))
		return RESULT_OK;
	int64_t number = sql_integer(job->db, -1,
	    "SELECT min(number) FROM part WHERE message_id = ? AND state = 'sending'",
	    VALUES(as_integer(message_id)));
	if (number >= 0)
		part_unknown(job, &message, (int)number, NULL, NULL);
	sql_run(job->db,
	    "UPDATE part SET state = 'queued' WHERE message_id = ? AND state = 'sending'",
	    VALUES(as_integer(message_id)));
	enum result result = message_follow_parts(job, &message, reason, WALL_NEVER);
	if (result == RESULT_OK && number >= 0)
		result = receipt_match_waiting(job, &message, (int)number);
	return result;
}
