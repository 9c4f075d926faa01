/*
 * Owns: claiming: the next message a channel may send, checked and moved to `sending` in one step.
 * May use: base/, store/.
 * Must not know: the rules of the check.
 */
#include "store/sqlite/internal.h"

#include <string.h>

struct claim {
	struct job *job;
	const struct store_claim_due_input *in;
	struct store_claim_due_output *out;
	bool everything_paused, channel_paused;
};

static bool is_paused(struct database *db, const char *scope)
{
	return sql_integer(
		   db, 0, "SELECT paused FROM switch WHERE scope = ?", VALUES(as_text(scope))) != 0;
}

/* ── facts ───────────────────────────────────────────────────────────────────────────────────── */

/* Of several notices the one that has most of a point speaks for the message. */
static void load_notice_facts(struct job *job, struct store_message_facts *facts)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT plan.state = 'running',"
	    " (obligation.state = 'open' OR obligation.state = 'claimed'"
	    "  AND obligation.until_received = 1) AND obligation.retired_at IS NULL,"
	    " notice.deadline_version = obligation.deadline_version, plan_version.body,"
	    " plan_version.id FROM message_notice"
	    " JOIN notice ON notice.id = message_notice.notice_id"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " JOIN plan ON plan.id = obligation.plan_id"
	    " JOIN plan_version ON plan_version.id = obligation.plan_version_id"
	    " WHERE message_notice.message_id = ? ORDER BY 2 DESC, 3 DESC, 1 DESC LIMIT 1",
	    VALUES(as_integer(facts->message_id)));
	if (!sql_next(job->db, query))
		return;
	facts->has_notices = true;
	facts->plan_running = column_integer(query, 0) != 0;
	facts->obligation_open = column_integer(query, 1) != 0;
	facts->deadline_current = column_integer(query, 2) != 0;
	facts->plan_body = column_copy(query, 3, job->arena);
	facts->plan_version_id = column_integer(query, 4);
	sql_close(query);
}

/* Which reports the message is about: some may be silenced, some may not. */
static void load_report_codes(struct job *job, struct store_message_facts *facts)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT coalesce(group_concat(report_code, '|'), '') FROM (SELECT DISTINCT report_code"
	    " FROM message_notice JOIN notice ON notice.id = message_notice.notice_id"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " WHERE message_notice.message_id = ? AND obligation.kind = 'report')",
	    VALUES(as_integer(facts->message_id)));
	if (!sql_next(job->db, query))
		return;
	facts->report_codes = column_copy(query, 0, job->arena);
	sql_close(query);
}

static int count_left(struct database *db, const struct store_message_facts *facts, const char *sql,
    struct wall since)
{
	return (int)sql_integer(db, 0, sql,
	    VALUES(as_text(facts->address), as_moment(since), as_integer(facts->message_id)));
}

/* Silence is asked for by a person, from whichever of their addresses. */
static bool wants_silence(
    struct database *db, const struct store_message_facts *facts, int64_t person_id)
{
	return sql_integer(db, 0,
		   "SELECT 1 FROM preference WHERE name = 'opted-out' AND (address = ?1"
		   " OR address IN (SELECT phone FROM person WHERE id = ?2)"
		   " OR address IN (SELECT link.address FROM address AS link"
		   "  WHERE link.person_id = ?2 AND link.state = 'linked')) LIMIT 1",
		   VALUES(as_text(facts->address), as_integer(person_id))) != 0;
}

/* An account that its person has no more is nobody's to write to. */
static bool is_lost(struct database *db, const struct store_message_facts *facts, int64_t person_id)
{
	return person_id != 0 && strcmp(facts->address_kind, ADDRESS_KIND_PHONE) != 0 &&
	       !address_is_linked(db, facts->address_kind, facts->address);
}

static void load_number_facts(const struct claim *claim, int64_t owner_id, int64_t person_id,
    struct store_message_facts *facts)
{
	struct database *db = claim->job->db;
	facts->suspended =
	    preference_is_set(db, facts->address, "suspended") || is_lost(db, facts, person_id);
	facts->opted_out = wants_silence(db, facts, person_id);
	facts->number_has_unknown =
	    sql_integer(db, 0,
		"SELECT 1 FROM message WHERE address = ? AND id <> ?"
		" AND state IN ('queued', 'sending', 'unknown') AND state <> 'queued' LIMIT 1",
		VALUES(as_text(facts->address), as_integer(facts->message_id))) != 0;
	facts->reminders_today = count_left(db, facts,
	    "SELECT count(*) FROM message WHERE address = ? AND left_at >= ? AND purpose <> 0"
	    " AND id <> ?",
	    claim->in->day_start);
	facts->answers_last_hour = count_left(db, facts,
	    "SELECT count(*) FROM message WHERE address = ? AND left_at > ? AND purpose = 0"
	    " AND id <> ?",
	    wall_add(claim->job->now, -HOUR_MS));
	facts->parts_this_month = (int)sql_integer(db, 0,
	    "SELECT sum(parts) FROM usage WHERE owner_id = ? AND bucket >= ?",
	    VALUES(as_integer(owner_id), as_integer(claim->in->month_start.ms / (15 * MINUTE_MS))));
}

static bool load_facts(
    const struct claim *claim, int64_t message_id, struct store_message_facts *facts)
{
	struct job *job = claim->job;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT purpose, address, not_before, not_after, part_count, attempts, last_call,"
	    " owner_id, (SELECT count(*) FROM part WHERE message_id = message.id"
	    " AND state = 'queued'), EXISTS (SELECT 1 FROM part WHERE message_id = message.id"
	    " AND state = 'queued' AND resent <> 0), address_kind, person_id FROM message"
	    " WHERE id = ?",
	    VALUES(as_integer(message_id)));
	if (!sql_next(job->db, query))
		return false;
	*facts = (struct store_message_facts){
	    .message_id = message_id,
	    .purpose = (enum message_purpose)column_integer(query, 0),
	    .address = column_copy(query, 1, job->arena),
	    .not_before = column_moment(query, 2),
	    .not_after = column_moment(query, 3),
	    .part_count = (int)column_integer(query, 4),
	    .attempts = (int)column_integer(query, 5),
	    .last_call = column_integer(query, 6) != 0,
	    .parts_to_send = (int)column_integer(query, 8),
	    .resend = column_integer(query, 9) != 0,
	    .address_kind = column_copy(query, 10, job->arena),
	    .everything_paused = claim->everything_paused,
	    .channel_paused = claim->channel_paused,
	};
	int64_t owner_id = column_integer(query, 7);
	int64_t person_id = column_integer(query, 11);
	sql_close(query);
	load_notice_facts(job, facts);
	load_number_facts(claim, owner_id, person_id, facts);
	if (facts->opted_out && facts->has_notices)
		load_report_codes(job, facts);
	return true;
}

/* ── taking it ───────────────────────────────────────────────────────────────────────────────── */

/* One reference a message, chosen once, from a counter of channel and number: two long texts to one
 * phone never share one until 256 have gone. The counter begins at no fixed place, so that a new
 * installation does not repeat the last one's. */
static int choose_concat_reference(struct claim *claim, const struct stored_message *message)
{
	struct database *db = claim->job->db;
	int64_t known = sql_integer(db, -1, "SELECT concat_reference FROM message WHERE id = ?",
	    VALUES(as_integer(message->id)));
	if (known >= 0)
		return (int)known;
	int64_t start = (message->id >> 22) & 255;
	sql_run(db,
	    "INSERT INTO concat_counter (owner_id, channel, address, next) VALUES (?, ?, ?, ?)"
	    " ON CONFLICT (channel, address) DO UPDATE SET next = (next + 1) % 256",
	    VALUES(as_integer(message->owner_id), as_text(claim->in->channel),
		as_text(message->address), as_integer(start)));
	return (int)sql_integer(db, 0,
	    "SELECT next FROM concat_counter WHERE channel = ? AND address = ?",
	    VALUES(as_text(claim->in->channel), as_text(message->address)));
}

static void load_parts(struct claim *claim, int64_t message_id)
{
	struct job *job = claim->job;
	struct store_claim_due_output *out = claim->out;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT number, text FROM part WHERE message_id = ? AND state = 'sending'"
	    " ORDER BY number",
	    VALUES(as_integer(message_id)));
	while (sql_next(job->db, query)) {
		out->parts = arena_array_grow(
		    job->arena, out->parts, out->parts_to_send, sizeof *out->parts);
		out->parts[out->parts_to_send++] = (struct store_claimed_part){
		    .index = (int)column_integer(query, 0),
		    .text = column_copy(query, 1, job->arena),
		};
	}
}

static void load_message(struct claim *claim, int64_t message_id)
{
	struct job *job = claim->job;
	struct store_claim_due_output *out = claim->out;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT key, address, encoding, part_count, concat_reference, validity_minutes,"
	    " attempts, purpose, last_call, (SELECT count(*) FROM attempt"
	    " WHERE attempt.message_id = message.id AND what = 'refused') FROM message WHERE id = "
	    "?",
	    VALUES(as_integer(message_id)));
	if (!sql_next(job->db, query))
		return;
	out->key = column_copy(query, 0, job->arena);
	out->address = column_copy(query, 1, job->arena);
	out->encoding = (int)column_integer(query, 2);
	out->part_count = (int)column_integer(query, 3);
	out->concat_reference = (int)column_integer(query, 4);
	out->validity_minutes = (int)column_integer(query, 5);
	out->attempt_number = (int)column_integer(query, 6);
	out->purpose = (enum message_purpose)column_integer(query, 7);
	out->last_call = column_integer(query, 8) != 0;
	out->refusals = (int)column_integer(query, 9);
	sql_close(query);
	load_parts(claim, message_id);
}

static enum result take(struct claim *claim, struct stored_message *message)
{
	struct job *job = claim->job;
	const struct store_claim_due_input *in = claim->in;
	enum result result = message_move(job, message, MESSAGE_SENDING, NULL, WALL_NEVER);
	if (result != RESULT_OK)
		return result;
	message->attempt_id = job_new_id(job);
	sql_run(job->db,
	    "UPDATE message SET attempts = attempts + 1, attempt_id = ?2, node = ?3,"
	    " lease_until = ?4, left_at = ?5, concat_reference = ?6,"
	    " whole = ?7 WHERE id = ?1",
	    VALUES(as_integer(message->id), as_integer(message->attempt_id), as_integer(in->node),
		as_moment(wall_add(job->now, in->lease_ms)), as_moment(job->now),
		as_integer(choose_concat_reference(claim, message)), as_integer(in->whole)));
	sql_run(job->db,
	    "UPDATE part SET state = 'sending', attempt_id = ?2, started_at = ?3, channel = ?4,"
	    " sim = NULL, reference = NULL, external_id = NULL, submitted_at = NULL,"
	    " unknown_since = NULL"
	    " WHERE message_id = ?1 AND state = 'queued'",
	    VALUES(as_integer(message->id), as_integer(message->attempt_id), as_moment(job->now),
		as_text(in->channel)));
	sql_run(job->db,
	    "INSERT INTO attempt (id, owner_id, message_id, attempt_id, what, channel, at)"
	    " VALUES (?1, ?2, ?3, ?1, 'claimed', ?4, ?5)",
	    VALUES(as_integer(message->attempt_id), as_integer(message->owner_id),
		as_integer(message->id), as_text(in->channel), as_moment(job->now)));
	claim->out->claimed = true;
	claim->out->message_id = message->id;
	claim->out->attempt_id = message->attempt_id;
	load_message(claim, message->id);
	return RESULT_OK;
}

/* ── looking ─────────────────────────────────────────────────────────────────────────────────── */

static enum result obey(
    struct claim *claim, struct stored_message *message, const struct store_check_verdict *verdict)
{
	struct job *job = claim->job;
	switch (verdict->what) {
	case CHECK_WAIT:
		sql_run(job->db, "UPDATE message SET next_try = ?, wait_reason = ? WHERE id = ?",
		    VALUES(as_moment(verdict->until),
			as_text(verdict->reason != NULL ? verdict->reason : "wait"),
			as_integer(message->id)));
		return RESULT_OK;
	case CHECK_CANCEL:
		claim->out->cancelled++;
		return message_move(job, message, MESSAGE_CANCELLED, verdict->reason, WALL_NEVER);
	case CHECK_EXPIRE:
		claim->out->expired++;
		return message_move(job, message, MESSAGE_EXPIRED, verdict->reason, WALL_NEVER);
	case CHECK_SEND:
		break;
	}
	return take(claim, message);
}

/* ── routing ─────────────────────────────────────────────────────────────────────────────────── */

/* False when a channel has been chosen for it, by name or before. */
static bool load_route_facts(
    struct claim *claim, int64_t message_id, struct store_route_facts *facts)
{
	struct job *job = claim->job;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT purpose, last_call, address_kind, address, part_count, encoding, cost,"
	    " attempts, (SELECT part.channel FROM part WHERE part.message_id = message.id"
	    "  AND submissions > 0 ORDER BY number LIMIT 1),"
	    " (SELECT part.channel FROM message AS last JOIN part ON part.message_id = last.id"
	    "  WHERE last.address = message.address AND last.left_at IS NOT NULL"
	    "  AND last.address_kind = message.address_kind"
	    "  AND last.state IN ('sent', 'delivered') ORDER BY last.left_at DESC LIMIT 1)"
	    " FROM message WHERE id = ? AND channel IS NULL AND route IS NULL",
	    VALUES(as_integer(message_id)));
	if (!sql_next(job->db, query))
		return false;
	*facts = (struct store_route_facts){
	    .message_id = message_id,
	    .asks = claim->in->channel,
	    .purpose = (enum message_purpose)column_integer(query, 0),
	    .last_call = column_integer(query, 1) != 0,
	    .address_kind = column_copy(query, 2, job->arena),
	    .address = column_copy(query, 3, job->arena),
	    .part_count = (int)column_integer(query, 4),
	    .encoding = (int)column_integer(query, 5),
	    .cost = (int)column_integer(query, 6),
	    .attempts = (int)column_integer(query, 7),
	    .began_on = column_copy(query, 8, job->arena),
	    .last_channel = column_copy(query, 9, job->arena),
	};
	sql_close(query);
	return true;
}

/* True when another channel has been chosen for it; it waits for that one now. */
static bool goes_elsewhere(struct claim *claim, int64_t message_id)
{
	struct store_route_facts facts;
	if (claim->in->route == NULL || !load_route_facts(claim, message_id, &facts))
		return false;
	const char *chosen = claim->in->route(&facts, claim->in->route_arg);
	if (chosen == NULL || strcmp(chosen, claim->in->channel) == 0)
		return false;
	sql_run(claim->job->db, "UPDATE message SET route = ? WHERE id = ?",
	    VALUES(as_text(chosen), as_integer(message_id)));
	claim->out->routed++;
	return true;
}

enum result operation_reroute(struct job *job, const void *input, void *output)
{
	const struct store_reroute_input *in = input;
	struct store_reroute_output *out = output;
	job->now = in->now;
	out->freed = sql_run(job->db,
	    "UPDATE message SET route = NULL WHERE state = 'queued' AND route IS NOT NULL"
	    " AND (?1 IS NULL OR route = ?1)",
	    VALUES(as_text(in->channel)));
	return RESULT_OK;
}

/* ── one after another ───────────────────────────────────────────────────────────────────────── */

static enum result look_at(struct claim *claim, int64_t message_id)
{
	struct store_message_facts facts;
	struct stored_message message;
	claim->out->looked_at++;
	if (goes_elsewhere(claim, message_id))
		return RESULT_OK;
	if (!load_facts(claim, message_id, &facts) ||
	    !message_load(claim->job, message_id, &message))
		return RESULT_OK;
	struct store_check_verdict verdict = claim->in->check(&facts, claim->in->check_arg);
	return obey(claim, &message, &verdict);
}

/* The candidates are listed first: looking at one changes the index they are read from. */
static enum result look_at_purpose(struct claim *claim, enum message_purpose purpose)
{
	struct job *job = claim->job;
	int64_t *ids = NULL;
	size_t count = 0;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id FROM message WHERE state = 'queued' AND purpose = ? AND next_try <= ?"
	    " AND (channel = ?3 OR channel IS NULL AND address_kind = ?4"
	    "  AND (route IS NULL OR route = ?3)) ORDER BY next_try, id LIMIT ?5",
	    VALUES(as_integer(purpose), as_moment(job->now), as_text(claim->in->channel),
		as_text(
		    claim->in->address_kind != NULL ? claim->in->address_kind : ADDRESS_KIND_PHONE),
		as_integer(claim->in->look_at - claim->out->looked_at)));
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
	}
	enum result result = RESULT_OK;
	for (size_t i = 0; i < count && result == RESULT_OK && !claim->out->claimed; i++)
		result = look_at(claim, ids[i]);
	return result;
}

enum result operation_claim_due(struct job *job, const void *input, void *output)
{
	struct claim claim = {.job = job, .in = input, .out = output};
	enum result result = RESULT_OK;
	job->now = claim.in->now;
	claim.everything_paused = is_paused(job->db, "all");
	claim.channel_paused =
	    is_paused(job->db, arena_printf(job->arena, "channel:%s", claim.in->channel));
	for (int purpose = PURPOSE_ANSWER; purpose <= PURPOSE_AD_HOC && result == RESULT_OK;
	     purpose++)
		if (!claim.out->claimed && claim.out->looked_at < claim.in->look_at)
			result = look_at_purpose(&claim, purpose);
	return result;
}
