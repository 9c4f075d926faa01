/*
 * Owns: settling a text as the office decides: its verdict becomes a reading that is sure.
 * May use: base/, loop/, ledger/, store/, inbox/.
 * Must not know: how intents are answered, who the office is.
 */
#include "inbox/internal.h"

#include "ledger/ledger.h"

#include <inttypes.h>
#include <string.h>

/* An official's text may change the same obligation at the same moment: then it is read again. */
#define TRIES_MAX 3

struct deciding {
	struct settling settling; /* first */
	struct inbox_verdict verdict;
	struct readings readings;
	struct reading reading;
	struct failure failure;
	int tries;
	void (*done)(enum result, const struct failure *, const struct inbox_decided *, void *arg);
	void *arg;
};

static void end(struct deciding *deciding, enum result result, const struct failure *failure)
{
	const struct inbox_decided decided = {
	    .changes = deciding->settling.settle.change_count,
	    .sender = deciding->settling.context.sender,
	    .answer = deciding->settling.settle.answer != NULL ? deciding->settling.decision.answer
							       : NULL,
	};
	deciding->done(result, failure, result == RESULT_OK ? &decided : NULL, deciding->arg);
	arena_free(deciding->settling.arena);
}

/* ── which report or event ───────────────────────────────────────────────────────────────────── */

static bool is_meant(const struct deciding *deciding, const struct store_known_obligation *known)
{
	const struct inbox_verdict *verdict = &deciding->verdict;
	bool comes = verdict->intent == INTENT_ATTEND || verdict->intent == INTENT_ABSENT;
	bool later =
	    verdict->intent == INTENT_NOT_YET || verdict->intent == INTENT_EXTENSION_REQUEST;
	if (strcmp(known->kind, comes ? "event" : "report") != 0)
		return false;
	if (later && known->state != OBLIGATION_OPEN)
		return false;
	return (verdict->report == NULL || strcmp(verdict->report, known->report_code) == 0) &&
	       (verdict->unit == NULL || strcmp(verdict->unit, known->unit_code) == 0) &&
	       (verdict->period == NULL || strcmp(verdict->period, known->period) == 0);
}

/* "Ask", "help" and the like are about no report; HUY finds the last thing by itself. */
static bool needs_one(const struct inbox_verdict *verdict)
{
	return verdict->received || verdict->intent == INTENT_CONFIRM ||
	       verdict->intent == INTENT_NOT_YET || verdict->intent == INTENT_EXTENSION_REQUEST ||
	       verdict->intent == INTENT_ATTEND || verdict->intent == INTENT_ABSENT ||
	       verdict->report != NULL;
}

static enum result find(struct deciding *deciding, const struct store_known_obligation **found)
{
	const struct store_inbound_context_output *context = &deciding->settling.context;
	size_t count = 0;
	*found = NULL;
	for (size_t i = 0; i < context->obligation_count; i++)
		if (is_meant(deciding, &context->obligations[i])) {
			*found = &context->obligations[i];
			count++;
		}
	if (count == 1 || !needs_one(&deciding->verdict))
		return RESULT_OK;
	if (count == 0)
		return failure_set(&deciding->failure, RESULT_INVALID,
		    "The sender (%.40s) owes no such thing. The office's own entry is made by "
		    "`claim`, `receive`, `promise` or `extend`.",
		    context->sender);
	return failure_set(&deciding->failure, RESULT_INVALID,
	    "The sender owes %zu of that kind. Name the one with --report, --unit or --period.",
	    count);
}

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

static const char *evidence_of(const struct deciding *deciding)
{
	return arena_printf(deciding->settling.arena, "decided by %.100s", deciding->verdict.actor);
}

static void make_reading(struct deciding *deciding, const struct store_known_obligation *known)
{
	const struct inbox_verdict *verdict = &deciding->verdict;
	struct arena *arena = deciding->settling.arena;
	deciding->reading = (struct reading){
	    .intent = verdict->intent,
	    .confidence = 100,
	    .obligations = arena_alloc(arena, sizeof(int64_t)),
	    .document_number = verdict->number,
	    .sent_on = WALL_NEVER,
	    .promised = verdict->day.number > 0 ? civil_moment(verdict->day, 0,
						      deciding->settling.inbox->policy.zone_minutes)
						: WALL_NEVER,
	    .day_is_sure = true,
	    .evidence = evidence_of(deciding),
	};
	if (known != NULL && needs_one(verdict)) {
		deciding->reading.obligations[deciding->reading.obligation_count++] = known->id;
		deciding->reading.report_code = known->report_code;
	}
	deciding->readings = (struct readings){.items = &deciding->reading, .count = 1, .said = 1};
}

/* Nothing is made of the text. */
static void make_nothing(struct deciding *deciding, const char *intent)
{
	struct settling *settling = &deciding->settling;
	settling->settle = (struct store_settle_inbound_input){
	    .now = settling->context_input.now,
	    .inbound_id = settling->context.inbound_id,
	    .intent = intent,
	    .confidence = 100,
	    .evidence = evidence_of(deciding),
	    .settled_as = "ignored",
	};
}

/* The office holds the report: its own entry, with the text as its source. */
static enum result make_received(
    struct deciding *deciding, const struct store_known_obligation *known)
{
	struct settling *settling = &deciding->settling;
	struct store_change *change = arena_alloc(settling->arena, sizeof *change);
	const struct ledger_source source = {
	    .inbound_id = settling->context.inbound_id,
	    .actor = deciding->verdict.actor,
	    .note = settling->context.text,
	};
	bool already = false;
	make_nothing(deciding, intent_name(INTENT_CONFIRM));
	enum result result = ledger_change(LEDGER_RECEIVE, known, deciding->verdict.number, &source,
	    change, &already, &deciding->failure);
	settling->settle.settled_as = "acted";
	if (already)
		return RESULT_OK;
	settling->settle.changes = change;
	settling->settle.change_count = 1;
	return result;
}

/* What an official would be asked, or what would go to the office, is no decision. */
static enum result check(struct deciding *deciding)
{
	const struct reply_decision *decision = &deciding->settling.decision;
	if (decision->question == NULL && decision->task == NULL &&
	    strcmp(decision->settled_as, "asked") != 0 && strcmp(decision->settled_as, "task") != 0)
		return RESULT_OK;
	return failure_set(&deciding->failure, RESULT_INVALID,
	    "That cannot be recorded in this way: the sender would be asked, or it would come "
	    "back as a task. Say more (--report, --unit, --number, --until), or use `claim`, "
	    "`promise` or `extend`.");
}

static enum result make(struct deciding *deciding)
{
	struct settling *settling = &deciding->settling;
	const struct store_known_obligation *known;
	if (settling->context.inbound_id == 0)
		return failure_set(&deciding->failure, RESULT_NOT_FOUND,
		    "There is no text %" PRId64 ".", deciding->verdict.inbound_id);
	if (find(deciding, &known) != RESULT_OK)
		return deciding->failure.code;
	if (deciding->verdict.received)
		return make_received(deciding, known);
	if (deciding->verdict.intent == INTENT_UNKNOWN) {
		make_nothing(deciding, intent_name(INTENT_UNKNOWN));
		return RESULT_OK;
	}
	make_reading(deciding, known);
	settling->decision = (struct reply_decision){0};
	inbox_settle_as(settling, &deciding->readings,
	    inbox_plans(settling->inbox, settling->arena, &settling->context), true);
	/* The text may have been answered before, under its own key. */
	settling->answer.key = arena_printf(settling->arena, "decided:%" PRId64 ":%" PRId64,
	    settling->context.inbound_id, settling->context_input.now.ms);
	return check(deciding);
}

static void read_context(struct deciding *deciding);

static void settled(enum result result, const struct failure *failure, void *arg)
{
	struct deciding *deciding = arg;
	struct inbox *inbox = deciding->settling.inbox;
	if (result == RESULT_CONFLICT && deciding->tries < TRIES_MAX) {
		read_context(deciding);
		return;
	}
	if (result == RESULT_OK)
		inbox->wiring.settled(inbox->wiring.settled_arg);
	end(deciding, result, failure);
}

static void context_read(enum result result, const struct failure *failure, void *arg)
{
	struct deciding *deciding = arg;
	struct settling *settling = &deciding->settling;
	if (result != RESULT_OK) {
		end(deciding, result, failure);
		return;
	}
	result = make(deciding);
	if (result != RESULT_OK) {
		end(deciding, result, &deciding->failure);
		return;
	}
	settling->settle.decided_by = deciding->verdict.actor;
	store_submit(settling->inbox->wiring.store,
	    &(struct store_request){
		STORE_SETTLE_INBOUND, &settling->settle, NULL, settling->arena, settled, deciding});
}

static void read_context(struct deciding *deciding)
{
	struct settling *settling = &deciding->settling;
	deciding->tries++;
	settling->context = (struct store_inbound_context_output){0};
	settling->context_input = (struct store_inbound_context_input){
	    .now = loop_now(settling->inbox->wiring.loop),
	    .inbound_id = deciding->verdict.inbound_id,
	    .settled_too = true,
	};
	store_submit(settling->inbox->wiring.store,
	    &(struct store_request){STORE_INBOUND_CONTEXT, &settling->context_input,
		&settling->context, settling->arena, context_read, deciding});
}

void inbox_decide(struct inbox *inbox, const struct inbox_verdict *verdict,
    void (*done)(enum result, const struct failure *, const struct inbox_decided *, void *arg),
    void *arg)
{
	struct arena *arena = arena_new();
	struct deciding *deciding = arena_alloc(arena, sizeof *deciding);
	*deciding = (struct deciding){
	    .settling = {.inbox = inbox, .arena = arena},
	    .verdict =
		{
		    .inbound_id = verdict->inbound_id,
		    .intent = verdict->intent,
		    .received = verdict->received,
		    .report = arena_copy(arena, verdict->report),
		    .unit = arena_copy(arena, verdict->unit),
		    .period = arena_copy(arena, verdict->period),
		    .number = arena_copy(arena, verdict->number),
		    .day = verdict->day,
		    .actor = arena_copy(arena, verdict->actor),
		},
	    .done = done,
	    .arg = arg,
	};
	read_context(deciding);
}
