/*
 * Owns: the operation `inbox-decide`: the office says what a text means.
 * May use: base/, loop/, inbox/, document/.
 * Must not know: who asked, how intents are answered.
 */
#include "command/arguments.h"

#include "inbox/inbox.h"
#include "loop/loop.h"
#include "plan/model.h"

#include <string.h>

struct deciding {
	struct operation *operation;
	struct inbox *inbox;
	struct plan_cache *plans;
	const char *decision, *day;
	struct inbox_verdict verdict;
};

struct decision {
	const char *name;
	enum intent intent;
	bool received, has_number, needs_day, may_have_day;
};

static const struct decision decisions[] = {
    {"confirm", INTENT_CONFIRM, false, true, false, false},
    {"received", INTENT_CONFIRM, true, true, false, false},
    {"not-yet", INTENT_NOT_YET, false, false, false, true},
    {"extension-request", INTENT_EXTENSION_REQUEST, false, false, true, true},
    {"cancel", INTENT_CANCEL, false, false, false, false},
    {"attend", INTENT_ATTEND, false, false, false, false},
    {"absent", INTENT_ABSENT, false, false, false, false},
    {"status", INTENT_STATUS, false, false, false, false},
    {"help", INTENT_HELP, false, false, false, false},
    {"opt-out", INTENT_OPT_OUT, false, false, false, false},
    {"opt-in", INTENT_OPT_IN, false, false, false, false},
    {"nothing", INTENT_UNKNOWN, false, false, false, false},
};

static enum result read_decision(struct deciding *deciding, struct failure *failure)
{
	struct inbox_verdict *verdict = &deciding->verdict;
	size_t i = 0;
	while (i < COUNT_OF(decisions) && strcmp(decisions[i].name, deciding->decision) != 0)
		i++;
	if (i == COUNT_OF(decisions))
		return failure_set(failure, RESULT_INVALID,
		    "A text cannot be decided as \"%s\". Possible: confirm, received, not-yet, "
		    "extension-request, cancel, attend, absent, status, help, opt-out, opt-in, "
		    "nothing.",
		    deciding->decision);
	verdict->intent = decisions[i].intent;
	verdict->received = decisions[i].received;
	if (verdict->number != NULL && !decisions[i].has_number)
		return failure_set(failure, RESULT_INVALID,
		    "The decision %s has no document number.", deciding->decision);
	if (deciding->day != NULL && !decisions[i].may_have_day)
		return failure_set(
		    failure, RESULT_INVALID, "The decision %s has no day.", deciding->decision);
	if (deciding->day == NULL && decisions[i].needs_day)
		return failure_set(failure, RESULT_INVALID,
		    "The decision %s needs a day, such as --until 2020-06-12.", deciding->decision);
	return deciding->day != NULL ? civil_parse_day(deciding->day, &verdict->day, failure)
				     : RESULT_OK;
}

static void decided(enum result result, const struct failure *failure,
    const struct inbox_decided *outcome, void *arg)
{
	struct deciding *deciding = arg;
	struct operation *operation = deciding->operation;
	inbox_free(deciding->inbox);
	plan_cache_free(deciding->plans);
	if (result != RESULT_OK) {
		operation_fail(operation, result, failure);
		return;
	}
	operation_finish(operation,
	    json_pack("{s:s, s:i, s:s, s:s?}", "decision", deciding->decision, "changes",
		(int)outcome->changes, "sender", outcome->sender, "answer", outcome->answer));
}

static void poke(void *arg)
{
	operation_poke(arg);
}

/* An inbox of the operation's own: whether a daemon runs or not, it is decided in the same way. */
static void start(struct deciding *deciding)
{
	const struct operation_place *place = deciding->operation->place;
	const struct config *config = place->config;
	const struct inbox_policy policy = {
	    .language = config->language,
	    .office = "",
	    .zone_minutes = config->zone_minutes,
	    .fold = strcmp(config->encoding, "plain") == 0,
	    .parts_max = config->parts_max,
	    .price_per_part = config->price_per_part,
	};
	deciding->plans = plan_cache_new(config->holidays_dir);
	deciding->inbox = inbox_new(
	    &(struct inbox_wiring){
		.loop = place->loop,
		.store = place->store,
		.plans = deciding->plans,
		.replies = place->replies,
		.text = place->text,
		.text_arg = place->text_arg,
		.settled = poke,
		.settled_arg = deciding->operation,
	    },
	    &policy);
	inbox_decide(deciding->inbox, &deciding->verdict, decided, deciding);
}

void operation_inbox_decide_run(struct operation *operation)
{
	struct deciding *deciding = arena_alloc(operation->arena, sizeof *deciding);
	struct inbox_verdict *verdict = &deciding->verdict;
	const struct operation_place *place = operation->place;
	struct failure failure;
	enum result result = RESULT_OK;
	deciding->operation = operation;
	verdict->actor = operation->actor;
	const struct argument arguments[] = {
	    {"id", ARGUMENT_NUMBER, true, 0, &verdict->inbound_id},
	    {"decision", ARGUMENT_CODE, true, PLAN_CODE_MAX, &deciding->decision},
	    {"report", ARGUMENT_CODE, false, PLAN_CODE_MAX, &verdict->report},
	    {"unit", ARGUMENT_CODE, false, PLAN_CODE_MAX, &verdict->unit},
	    {"period", ARGUMENT_CODE, false, PLAN_CODE_MAX, &verdict->period},
	    {"number", ARGUMENT_TEXT, false, ARGUMENT_NAME_MAX, &verdict->number},
	    {"day", ARGUMENT_CODE, false, PLAN_CODE_MAX, &deciding->day},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	if (place->text == NULL || place->replies == NULL)
		result = failure_set(&failure, RESULT_INVALID,
		    "The texts in %.200s cannot be read, so the sender cannot be told. "
		    "`nhacviec check` says what is wrong.",
		    place->config->texts_dir);
	if (result == RESULT_OK)
		result = read_decision(deciding, &failure);
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return;
	}
	start(deciding);
}
