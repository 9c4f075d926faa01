/*
 * Owns: changes of obligations: the ledger, the obligation, its messages and wake-up in one step;
 * everything one inbound text leads to.
 * May use: base/, store/.
 * Must not know: words, who decided.
 */
#include "store/sqlite/internal.h"

#include "base/buffer.h"

#include <inttypes.h>
#include <string.h>

#define FROM(state) (1u << (state))

static const struct {
	unsigned from;
	enum obligation_state to;
	bool ends; /* there is nothing left to remind of */
} changes[LEDGER_ACTION_COUNT] = {
    [LEDGER_CLAIM] = {FROM(OBLIGATION_OPEN), OBLIGATION_CLAIMED, true},
    [LEDGER_CORRECT] = {FROM(OBLIGATION_CLAIMED), OBLIGATION_CLAIMED, false},
    [LEDGER_UNDO] = {FROM(OBLIGATION_CLAIMED), OBLIGATION_OPEN, false},
    [LEDGER_RECEIVE] = {FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED), OBLIGATION_RECEIVED,
	true},
    [LEDGER_REOPEN] = {FROM(OBLIGATION_CLAIMED) | FROM(OBLIGATION_RECEIVED) |
			   FROM(OBLIGATION_WAIVED),
	OBLIGATION_OPEN, false},
    [LEDGER_WAIVE] = {FROM(OBLIGATION_OPEN) | FROM(OBLIGATION_CLAIMED), OBLIGATION_WAIVED, true},
    [LEDGER_PASS] = {FROM(OBLIGATION_OPEN), OBLIGATION_WAIVED, true},
};

struct stored {
	int64_t owner_id, revision;
	enum obligation_state state;
	bool started, retired, is_report;
	const char *label;
};

static bool load(struct job *job, int64_t obligation_id, struct stored *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.owner_id, revision, obligation.state, plan.started, retired_at,"
	    " obligation.kind, report_code, period, unit.code" KNOWN_TABLES
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
	if (!stored->is_report)
		return failure_set(job->failure, RESULT_INVALID,
		    "%s is an event: nothing is owed and nothing can be changed.", stored->label);
	if (change->action >= LEDGER_ACTION_COUNT ||
	    (changes[change->action].from & FROM(stored->state)) == 0)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The obligation %s is %s: it cannot be changed by \"%s\".", stored->label,
		    obligation_state_name(stored->state),
		    change->action < LEDGER_ACTION_COUNT ? ledger_action_name(change->action)
							 : "(unknown)");
	return RESULT_OK;
}

static void write_ledger(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	sql_run(job->db,
	    "INSERT INTO ledger (id, owner_id, obligation_id, action, from_state, to_state,"
	    " document_number, inbound_id, person_id, actor, note, at)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(stored->owner_id),
		as_integer(change->obligation_id), as_text(ledger_action_name(change->action)),
		as_text(obligation_state_name(stored->state)),
		as_text(obligation_state_name(changes[change->action].to)),
		as_text(change->document_number), as_id(change->inbound_id),
		as_id(change->person_id), as_text(change->actor != NULL ? change->actor : ""),
		as_text(change->note), as_moment(job->now)));
}

/* A claim that is undone stays in the ledger only; a correction keeps the claim's first moment. */
static void write_obligation(
    struct job *job, const struct store_change *change, const struct stored *stored)
{
	enum obligation_state to = changes[change->action].to;
	bool claims = change->action == LEDGER_CLAIM;
	bool opens = to == OBLIGATION_OPEN;
	bool wakes = opens && stored->started && !stored->retired;
	sql_run(job->db,
	    "UPDATE obligation SET state = ?2, revision = revision + 1,"
	    " claimed_at = CASE WHEN ?3 THEN ?5 WHEN ?4 THEN NULL ELSE claimed_at END,"
	    " claimed_by_id = CASE WHEN ?3 THEN ?6 WHEN ?4 THEN NULL ELSE claimed_by_id END,"
	    " claimed_by = CASE WHEN ?3 THEN ?7 WHEN ?4 THEN NULL ELSE claimed_by END,"
	    " document_number = CASE WHEN ?4 THEN NULL ELSE coalesce(?8, document_number) END,"
	    " received_at = CASE WHEN ?9 THEN ?5 WHEN ?4 THEN NULL ELSE received_at END,"
	    " wake_at = ?10 WHERE id = ?1",
	    VALUES(as_integer(change->obligation_id), as_text(obligation_state_name(to)),
		as_integer(claims), as_integer(opens), as_moment(job->now),
		as_id(change->person_id), as_text(change->actor), as_text(change->document_number),
		as_integer(change->action == LEDGER_RECEIVE),
		as_moment(wakes ? job->now : WALL_NEVER)));
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
	write_ledger(job, change, &stored);
	write_obligation(job, change, &stored);
	audit_write(job, stored.owner_id, change->actor, ledger_action_name(change->action),
	    stored.label, change->document_number);
	if (!changes[change->action].ends)
		return RESULT_OK;
	return message_cancel_pointless(
	    job, change->obligation_id, obligation_state_name(changes[change->action].to));
}

enum result operation_change_ledger(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_change_ledger_input *in = input;
	enum result result = RESULT_OK;
	job->now = in->now;
	for (size_t i = 0; i < in->change_count && result == RESULT_OK; i++)
		result = ledger_apply(job, &in->changes[i]);
	return result;
}

/* ── settling a text ─────────────────────────────────────────────────────────────────────────── */

struct settled {
	int64_t owner_id;
	const char *sender, *channel;
};

static enum result mark_settled(
    struct job *job, const struct store_settle_inbound_input *in, struct settled *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT owner_id, sender, channel, settled_at FROM inbound WHERE id = ?",
	    VALUES(as_integer(in->inbound_id)));
	if (!sql_next(job->db, query))
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no inbound text %" PRId64 ".", in->inbound_id);
	*out = (struct settled){
	    .owner_id = column_integer(query, 0),
	    .sender = column_copy(query, 1, job->arena),
	    .channel = column_copy(query, 2, job->arena),
	};
	bool before = column_moment(query, 3).ms != INT64_MAX;
	sql_close(query);
	if (before)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The inbound text %" PRId64 " has been settled already.", in->inbound_id);
	sql_run(job->db,
	    "UPDATE inbound SET intent = ?, confidence = ?, evidence = ?, settled_as = ?,"
	    " settled_at = ? WHERE id = ?",
	    VALUES(as_text(in->intent), as_integer(in->confidence), as_text(in->evidence),
		as_text(in->settled_as), as_moment(job->now), as_integer(in->inbound_id)));
	return RESULT_OK;
}

static void close_question(
    struct job *job, const char *address, const char *channel, const char *closed_as)
{
	sql_run(job->db,
	    "UPDATE question SET closed_at = ?, closed_as = ? WHERE address = ? AND channel = ?"
	    " AND closed_at IS NULL",
	    VALUES(as_moment(job->now), as_text(closed_as), as_text(address), as_text(channel)));
}

static void ask(struct job *job, int64_t owner_id, int64_t inbound_id,
    const struct store_new_question *question)
{
	OWNED_BUFFER choices = BUFFER(8192);
	for (int i = 0; i < question->count; i++)
		buffer_printf(&choices, "%s%" PRId64, i > 0 ? "," : "", question->choices[i]);
	close_question(job, question->address, question->channel, "replaced");
	sql_run(job->db,
	    "INSERT INTO question (id, owner_id, inbound_id, person_id, address, channel, choices,"
	    " intent, document_number, asked_at, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(owner_id), as_integer(inbound_id),
		as_id(question->person_id), as_text(question->address), as_text(question->channel),
		as_text(buffer_text(&choices)), as_integer(question->intent),
		as_text(question->document_number), as_moment(job->now),
		as_bound(question->until)));
}

static enum result say(
    struct job *job, const struct store_settle_inbound_input *in, const struct settled *settled)
{
	int64_t id;
	bool is_new;
	enum result result = RESULT_OK;
	if (in->answer != NULL) {
		struct store_new_message answer = *in->answer;
		answer.inbound_id = in->inbound_id;
		result = message_enqueue(job, &answer, settled->owner_id, false, NULL, &id);
	}
	if (result == RESULT_OK && in->task != NULL)
		result = task_open(job, settled->owner_id, in->task, &id, &is_new);
	return result;
}

enum result operation_settle_inbound(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_settle_inbound_input *in = input;
	struct settled settled = {0};
	job->now = in->now;
	enum result result = mark_settled(job, in, &settled);
	for (size_t i = 0; i < in->change_count && result == RESULT_OK; i++)
		result = ledger_apply(job, &in->changes[i]);
	if (result == RESULT_OK)
		result = say(job, in, &settled);
	if (result != RESULT_OK)
		return result;
	if (in->close_question)
		close_question(job, settled.sender, settled.channel, "answered");
	if (in->question != NULL)
		ask(job, settled.owner_id, in->inbound_id, in->question);
	if (in->opt != 0)
		preference_set(job, settled.owner_id,
		    in->opt_address != NULL ? in->opt_address : settled.sender, "opted-out",
		    in->opt > 0);
	return RESULT_OK;
}
