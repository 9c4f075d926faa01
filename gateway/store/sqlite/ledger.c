/*
 * Owns: changes of obligations: the ledger, the obligation, its messages and wake-up in one step.
 * May use: base/, store/.
 * Must not know: words, who decided.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>
#include <string.h>

#define FROM(state) (1u << (state))
#define OWED (FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED))

enum subject { OF_REPORT, OF_EVENT };

/* What a change does besides its line in the ledger. */
enum effect {
	MOVES_STATE,
	SETS_PROMISE,
	CLEARS_PROMISE,
	OPENS_REQUEST,
	CLOSES_REQUEST,
	MOVES_DEADLINE,
	SETS_ATTENDANCE,
};

static const struct {
	unsigned from;
	enum obligation_state to; /* MOVES_STATE; else the state stays */
	enum effect effect;
	enum subject subject;
	bool ends;      /* there is nothing left to remind of */
	const char *as; /* what the request, the answer becomes */
} changes[LEDGER_ACTION_COUNT] = {
    [LEDGER_CLAIM] = {FROM(OBLIGATION_OPEN), OBLIGATION_CLAIMED, MOVES_STATE, .ends = true},
    [LEDGER_CORRECT] = {FROM(OBLIGATION_CLAIMED), OBLIGATION_CLAIMED, MOVES_STATE},
    [LEDGER_UNDO] = {FROM(OBLIGATION_CLAIMED), OBLIGATION_OPEN, MOVES_STATE},
    [LEDGER_RECEIVE] = {OWED, OBLIGATION_RECEIVED, MOVES_STATE, .ends = true},
    [LEDGER_REOPEN] = {FROM(OBLIGATION_CLAIMED) | FROM(OBLIGATION_RECEIVED) |
			   FROM(OBLIGATION_WAIVED),
	OBLIGATION_OPEN, MOVES_STATE},
    [LEDGER_WAIVE] = {OWED, OBLIGATION_WAIVED, MOVES_STATE, .ends = true},
    [LEDGER_PROMISE] = {FROM(OBLIGATION_OPEN), .effect = SETS_PROMISE},
    [LEDGER_UNPROMISE] = {FROM(OBLIGATION_OPEN), .effect = CLEARS_PROMISE},
    [LEDGER_REQUEST] = {FROM(OBLIGATION_OPEN), .effect = OPENS_REQUEST},
    [LEDGER_WITHDRAW] = {FROM(OBLIGATION_OPEN), .effect = CLOSES_REQUEST, .as = "withdrawn"},
    [LEDGER_EXTEND] = {FROM(OBLIGATION_OPEN), .effect = MOVES_DEADLINE},
    [LEDGER_REFUSE] = {OWED, .effect = CLOSES_REQUEST, .as = "refused"},
    [LEDGER_ATTEND] = {FROM(OBLIGATION_OPEN), OBLIGATION_OPEN, SETS_ATTENDANCE, OF_EVENT, false,
	"coming"},
    [LEDGER_ABSENT] = {FROM(OBLIGATION_OPEN), OBLIGATION_OPEN, SETS_ATTENDANCE, OF_EVENT, false,
	"absent"},
    [LEDGER_UNANSWER] = {FROM(OBLIGATION_OPEN), OBLIGATION_OPEN, SETS_ATTENDANCE, OF_EVENT, false,
	NULL},
    [LEDGER_PASS] = {FROM(OBLIGATION_OPEN), OBLIGATION_WAIVED, MOVES_STATE, .ends = true},
};

struct stored {
	int64_t owner_id, revision;
	enum obligation_state state;
	bool started, retired, is_report, until_received;
	const char *label;
};

static bool load(struct job *job, int64_t obligation_id, struct stored *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.owner_id, revision, obligation.state, plan.started, retired_at,"
	    " obligation.kind, report_code, period, unit.code, until_received" KNOWN_TABLES
	    " WHERE obligation.id = ?",
	    VALUES(as_integer(obligation_id)));
	if (!sql_next(job->db, query))
		return false;
	*out = (struct stored){
	    .owner_id = column_integer(query, 0),
	    .revision = column_integer(query, 1),
	    .state = obligation_state_of_name(column_text(query, 2)),
	    .started = column_moment(query, 3).ms != INT64_MAX,
	    .retired = column_moment(query, 4).ms != INT64_MAX,
	    .until_received = column_integer(query, 9) != 0,
	    .is_report = strcmp(column_text(query, 5), "report") == 0,
	    .label = arena_printf(job->arena, "%s %s of %s", column_text(query, 6),
		column_text(query, 7), column_text(query, 8)),
	};
	sql_close(query);
	return true;
}

static enum result check(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	if (change->revision != 0 && change->revision != stored->revision)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The obligation %s was changed by somebody else meanwhile. Look again.",
		    stored->label);
	bool known = change->action < LEDGER_ACTION_COUNT;
	if (!stored->is_report && (!known || changes[change->action].subject != OF_EVENT))
		return failure_set(job->failure, RESULT_INVALID,
		    "%s is an event: nothing is owed; only attendance can be recorded.",
		    stored->label);
	if (stored->is_report && known && changes[change->action].subject == OF_EVENT)
		return failure_set(job->failure, RESULT_INVALID,
		    "%s is a report: nobody attends it.", stored->label);
	if (!known || (changes[change->action].from & FROM(stored->state)) == 0)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The obligation %s is %s: it cannot be changed by \"%s\".", stored->label,
		    obligation_state_name(stored->state),
		    known ? ledger_action_name(change->action) : "(unknown)");
	return RESULT_OK;
}

static enum obligation_state state_after(
    const struct store_change *change, const struct stored *stored)
{
	return changes[change->action].effect == MOVES_STATE ? changes[change->action].to
							     : stored->state;
}

static void write_ledger(struct job *job, const struct store_change *change,
    const struct stored *stored, int64_t request_id)
{
	sql_run(job->db,
	    "INSERT INTO ledger (id, owner_id, obligation_id, action, from_state, to_state,"
	    " document_number, inbound_id, person_id, actor, note, at, day, request_id, sent_on,"
	    " figures, nothing_to_report)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(stored->owner_id),
		as_integer(change->obligation_id), as_text(ledger_action_name(change->action)),
		as_text(obligation_state_name(stored->state)),
		as_text(obligation_state_name(state_after(change, stored))),
		as_text(change->document_number), as_id(change->inbound_id),
		as_id(change->person_id), as_text(change->actor != NULL ? change->actor : ""),
		as_text(change->note), as_moment(job->now), as_day(change->day), as_id(request_id),
		as_day(change->sent_on), as_text(change->figures),
		as_integer(change->nothing_to_report)));
}

/* ── what the changes do ─────────────────────────────────────────────────────────────────────── */

static struct wall wake_of(const struct job *job, const struct stored *stored, bool open)
{
	return open && stored->started && !stored->retired ? job->now : WALL_NEVER;
}

/* A claim that is undone stays in the ledger only; a correction keeps the claim's first moment. A
 * promise outlives the claim, so that undoing the claim brings it back; the office's word ends it.
 */
static void move_state(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	enum obligation_state to = changes[change->action].to;
	bool claims = change->action == LEDGER_CLAIM;
	bool opens = to == OBLIGATION_OPEN;
	bool goes_on = opens || (to == OBLIGATION_CLAIMED && stored->until_received);
	bool by_office = to != OBLIGATION_CLAIMED && change->action != LEDGER_UNDO;
	sql_run(job->db,
	    "UPDATE obligation SET state = ?2, revision = revision + 1,"
	    " claimed_at = CASE WHEN ?3 THEN ?5 WHEN ?4 THEN NULL ELSE claimed_at END,"
	    " claimed_by_id = CASE WHEN ?3 THEN ?6 WHEN ?4 THEN NULL ELSE claimed_by_id END,"
	    " claimed_by = CASE WHEN ?3 THEN ?7 WHEN ?4 THEN NULL ELSE claimed_by END,"
	    " document_number = CASE WHEN ?4 THEN NULL ELSE coalesce(?8, document_number) END,"
	    " sent_on = CASE WHEN ?4 THEN NULL ELSE coalesce(?12, sent_on) END,"
	    " figures = CASE WHEN ?4 OR ?14 THEN NULL ELSE coalesce(?13, figures) END,"
	    " nothing_to_report = CASE WHEN ?4 OR ?13 IS NOT NULL THEN 0"
	    "  ELSE max(?14, nothing_to_report) END,"
	    " received_at = CASE WHEN ?9 THEN ?5 WHEN ?4 THEN NULL ELSE received_at END,"
	    " promised_day = CASE WHEN ?11 THEN NULL ELSE promised_day END,"
	    " promises_in_row = CASE WHEN ?11 THEN 0 ELSE promises_in_row END,"
	    " wake_at = ?10 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_text(obligation_state_name(to)),
		as_integer(claims), as_integer(opens), as_moment(job->now),
		as_id(change->person_id), as_text(change->actor), as_text(change->document_number),
		as_integer(change->action == LEDGER_RECEIVE),
		as_moment(wake_of(job, stored, goes_on)), as_integer(by_office),
		as_day(change->sent_on), as_text(change->figures),
		as_integer(change->nothing_to_report)));
	if (to != OBLIGATION_CLAIMED)
		paper_close_task(job, change->obligation_id, change->actor);
}

static void set_promise(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	sql_run(job->db,
	    "UPDATE obligation SET revision = revision + 1, promised_day = ?2, promised_at = ?3,"
	    " promised_by_id = ?4, promised_by = ?5, promises = promises + 1,"
	    " promises_in_row = promises_in_row + 1, wake_at = ?6 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_day(change->day), as_moment(job->now),
		as_id(change->person_id), as_text(change->actor),
		as_moment(wake_of(job, stored, true))));
}

/* `promises` goes on counting: it tells the nudges apart. */
static void clear_promise(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	sql_run(job->db,
	    "UPDATE obligation SET revision = revision + 1, promised_day = NULL,"
	    " promised_at = NULL, promised_by_id = NULL, promised_by = NULL,"
	    " promises_in_row = max(promises_in_row - 1, 0), wake_at = ?2 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_moment(wake_of(job, stored, true))));
}

/* The old version stays as it is; what was queued for it is cancelled by the caller. */
static void move_deadline(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	sql_run(job->db,
	    "INSERT INTO deadline (id, owner_id, obligation_id, version, named, deadline, created,"
	    " actor) SELECT ?1, ?2, ?3, max(version) + 1, ?4, ?5, ?6, ?7 FROM deadline"
	    " WHERE obligation_id = ?3",
	    VALUES(as_integer(job_new_id(job)), as_integer(stored->owner_id),
		as_integer(change->obligation_id), as_integer(change->named.number),
		as_moment(change->deadline), as_moment(job->now),
		as_text(change->actor != NULL ? change->actor : "")));
	sql_run(job->db,
	    "UPDATE obligation SET revision = revision + 1, named = ?2, deadline = ?3,"
	    " deadline_version = (SELECT max(version) FROM deadline WHERE obligation_id = ?1),"
	    " promised_day = NULL, promises_in_row = 0, wake_at = ?4 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_integer(change->named.number),
		as_moment(change->deadline), as_moment(wake_of(job, stored, true))));
}

static void set_attendance(struct job *job, const struct store_change *change)
{
	const char *answer = changes[change->action].as;
	sql_run(job->db,
	    "UPDATE obligation SET revision = revision + 1, attendance = ?2, attendance_at = ?3,"
	    " attendance_by_id = ?4, attendance_by = ?5 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_text(answer),
		as_moment(answer != NULL ? job->now : WALL_NEVER), as_id(change->person_id),
		as_text(change->actor)));
}

static enum result take_effect(struct job *job, const struct store_change *change,
    const struct stored *stored, int64_t *request_id)
{
	switch (changes[change->action].effect) {
	case MOVES_STATE:
		move_state(job, change, stored);
		break;
	case SETS_PROMISE:
		set_promise(job, change, stored);
		break;
	case CLEARS_PROMISE:
		clear_promise(job, change, stored);
		break;
	case OPENS_REQUEST:
		sql_run(job->db, "UPDATE obligation SET revision = revision + 1 WHERE id = ?",
		    VALUES(as_integer(change->obligation_id)));
		return request_open(job, stored->owner_id, change, request_id);
	case CLOSES_REQUEST:
		sql_run(job->db, "UPDATE obligation SET revision = revision + 1 WHERE id = ?",
		    VALUES(as_integer(change->obligation_id)));
		return request_close(job, change, changes[change->action].as);
	case MOVES_DEADLINE:
		move_deadline(job, change, stored);
		if (change->request_id != 0)
			return request_close(job, change, "approved");
		request_close_any(job, change, "approved");
		break;
	case SETS_ATTENDANCE:
		set_attendance(job, change);
		break;
	}
	if (changes[change->action].ends)
		request_close_any(job, change, "withdrawn");
	return RESULT_OK;
}

/* Why queued reminders have lost their point; NULL: they have not. */
static const char *reason_to_cancel(const struct store_change *change)
{
	if (changes[change->action].ends)
		return obligation_state_name(changes[change->action].to);
	if (changes[change->action].effect == SETS_PROMISE)
		return "promised";
	if (changes[change->action].effect == MOVES_DEADLINE)
		return "deadline-moved";
	return NULL;
}

enum result ledger_apply(struct job *job, const struct store_change *change)
{
	struct stored stored;
	if (!load(job, change->obligation_id, &stored))
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no obligation %" PRId64 ".", change->obligation_id);
	enum result result = check(job, change, &stored);
	if (result != RESULT_OK)
		return result;
	int64_t request_id = change->request_id;
	result = take_effect(job, change, &stored, &request_id);
	if (result != RESULT_OK)
		return result;
	write_ledger(job, change, &stored, request_id);
	audit_write(job, stored.owner_id, change->actor, ledger_action_name(change->action),
	    stored.label,
	    change->day.number > 0 ? civil_iso_day(change->day).text : change->document_number);
	const char *reason = reason_to_cancel(change);
	if (reason != NULL)
		return message_cancel_pointless(job, change->obligation_id, reason);
	notices_revive(job, change->obligation_id);
	return RESULT_OK;
}

enum result tell_others(
    struct job *job, int64_t owner_id, const struct store_new_message *messages, size_t count)
{
	enum result result = RESULT_OK;
	int64_t id;
	for (size_t i = 0; i < count && result == RESULT_OK; i++)
		result = message_enqueue(job, &messages[i],
		    messages[i].person_id != 0 ? owner_of_person(job->db, messages[i].person_id)
					       : owner_id,
		    false, NULL, &id);
	return result;
}

enum result operation_change_ledger(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_change_ledger_input *in = input;
	enum result result = RESULT_OK;
	job->now = in->now;
	for (size_t i = 0; i < in->change_count && result == RESULT_OK; i++)
		result = ledger_apply(job, &in->changes[i]);
	if (result == RESULT_OK)
		result = tell_others(job, owner_default(job->db), in->messages, in->message_count);
	return result;
}
