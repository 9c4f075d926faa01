/*
 * Owns: the operation `ledger`: the office's own entries.
 * May use: base/, loop/, ledger/, store/.
 * Must not know: who asked.
 */
#include "command/arguments.h"

#include "ledger/ledger.h"
#include "loop/loop.h"
#include "plan/model.h"

#include <string.h>

/* An official's text may change the same obligation at the same moment: then it is read again. */
#define TRIES_MAX 3

struct entry {
	struct operation *operation;
	const char *unit, *report, *period, *number, *note, *day_text;
	struct day day; /* zeroed: none */
	enum ledger_action action;
	int tries;
	struct store_known_obligation obligation;
	struct store_change change;
	struct store_change_ledger_input input;
};

static json_t *describe(const struct entry *entry, bool already)
{
	const struct store_known_obligation *obligation = &entry->obligation;
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s}", "unit", obligation->unit_code,
	    "name", obligation->unit_name, "report", obligation->report_code, "period",
	    obligation->period, "action", ledger_action_name(entry->action), "already", already,
	    "day", entry->day.number > 0 ? civil_full_day(entry->day).text : "");
}

static void enter(struct entry *entry);

static void entered(enum result result, const struct failure *failure, void *arg)
{
	struct entry *entry = arg;
	if (result == RESULT_CONFLICT && entry->tries < TRIES_MAX) {
		enter(entry);
		return;
	}
	if (result != RESULT_OK) {
		operation_fail(entry->operation, result, failure);
		return;
	}
	operation_poke(entry->operation);
	operation_finish(entry->operation, describe(entry, false));
}

/* What an official is asked about is told to the office: it may have slipped a year. */
static enum result check_day(
    const struct entry *entry, const struct plan *plan, struct failure *failure)
{
	const struct store_known_obligation *obligation = &entry->obligation;
	struct wall now = loop_now(entry->operation->place->loop);
	enum ledger_day kind = ledger_day_kind(plan, obligation, entry->day, now);
	const char *day = arena_copy(entry->operation->arena, civil_full_day(entry->day).text);
	if (kind == LEDGER_DAY_PAST)
		return failure_set(
		    failure, RESULT_INVALID, "%s has gone by: name a day to come.", day);
	if (kind == LEDGER_DAY_TOO_FAR)
		return failure_set(failure, RESULT_INVALID,
		    "%s is more than %d days after the deadline of %s: is the year right?", day,
		    LEDGER_EXTENSION_DAYS_MAX, obligation->report_code);
	if (kind == LEDGER_DAY_LATER && entry->action == LEDGER_PROMISE)
		return failure_set(failure, RESULT_INVALID,
		    "%s is after the deadline of %s: give more time with `extend`.", day,
		    obligation->report_code);
	return RESULT_OK;
}

static enum result build(
    struct entry *entry, const struct ledger_source *source, bool *already, struct failure *failure)
{
	const struct store_known_obligation *obligation = &entry->obligation;
	if (entry->action != LEDGER_PROMISE && entry->action != LEDGER_EXTEND)
		return ledger_change(entry->action, obligation, entry->number, source,
		    &entry->change, already, failure);
	const struct plan *plan = operation_plan_of(entry->operation, obligation, failure);
	if (plan == NULL || check_day(entry, plan, failure) != RESULT_OK)
		return failure->code;
	return entry->action == LEDGER_PROMISE ? ledger_promise(obligation, entry->day, source,
						     &entry->change, already, failure)
					       : ledger_extend(plan, obligation, entry->day, 0,
						     source, &entry->change, failure);
}

/* Days belong to those entries that carry one, and to no others. */
static enum result read_day(struct entry *entry, struct wall now, int zone, struct failure *failure)
{
	bool needs = entry->action == LEDGER_PROMISE || entry->action == LEDGER_EXTEND;
	if (needs != (entry->day_text != NULL))
		return failure_set(failure, RESULT_INVALID,
		    needs ? "This entry needs a day, such as 2020-06-12."
			  : "This entry has no day.");
	if (!needs)
		return RESULT_OK;
	enum result result = civil_parse_day(entry->day_text, &entry->day, failure);
	if (result == RESULT_OK && entry->action == LEDGER_PROMISE &&
	    entry->day.number < civil_day_of_wall(now, zone).number)
		return failure_set(failure, RESULT_INVALID,
		    "%s has gone by: name the day on which the report is to come.",
		    civil_full_day(entry->day).text);
	return result;
}

static void enter(struct entry *entry)
{
	struct operation *operation = entry->operation;
	struct failure failure;
	bool already = false;
	const struct ledger_source source = {.actor = operation->actor, .note = entry->note};
	struct wall now = loop_now(operation->place->loop);
	entry->tries++;
	enum result result = reader_find_obligation(operation->place->reader, operation->arena,
	    entry->unit, entry->report, entry->period, now, &entry->obligation, &failure);
	if (result == RESULT_OK)
		result = build(entry, &source, &already, &failure);
	if (already) {
		operation_finish(operation, describe(entry, true));
		return;
	}
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return;
	}
	entry->input = (struct store_change_ledger_input){
	    .now = now, .changes = &entry->change, .change_count = 1};
	store_submit(
	    operation->place->store, &(struct store_request){STORE_CHANGE_LEDGER, &entry->input,
					 NULL, operation->arena, entered, entry});
}

static bool action_of_name(const char *name, enum ledger_action *action)
{
	static const struct {
		const char *name;
		enum ledger_action action;
	} actions[] = {{"claim", LEDGER_CLAIM}, {"receive", LEDGER_RECEIVE},
	    {"reopen", LEDGER_REOPEN}, {"waive", LEDGER_WAIVE}, {"promise", LEDGER_PROMISE},
	    {"unpromise", LEDGER_UNPROMISE}, {"extend", LEDGER_EXTEND}};
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		if (strcmp(actions[i].name, name) == 0) {
			*action = actions[i].action;
			return true;
		}
	}
	return false;
}

void operation_ledger_run(struct operation *operation)
{
	struct entry *entry = arena_alloc(operation->arena, sizeof *entry);
	const char *action = NULL;
	struct failure failure;
	entry->operation = operation;
	const struct argument arguments[] = {
	    {"action", ARGUMENT_CODE, true, 16, &action},
	    {"unit", ARGUMENT_CODE, true, PLAN_CODE_MAX, &entry->unit},
	    {"report", ARGUMENT_CODE, true, PLAN_CODE_MAX, &entry->report},
	    {"period", ARGUMENT_CODE, false, PLAN_CODE_MAX, &entry->period},
	    {"number", ARGUMENT_TEXT, false, ARGUMENT_NAME_MAX, &entry->number},
	    {"note", ARGUMENT_TEXT, false, ARGUMENT_NOTE_MAX, &entry->note},
	    {"day", ARGUMENT_CODE, false, PLAN_CODE_MAX, &entry->day_text},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	if (!action_of_name(action, &entry->action)) {
		operation_fail(operation,
		    failure_set(&failure, RESULT_INVALID,
			"action must be claim, receive, reopen, waive, promise, unpromise or "
			"extend, not \"%s\".",
			action),
		    &failure);
		return;
	}
	if (read_day(entry, loop_now(operation->place->loop),
		operation->place->config->zone_minutes, &failure) != RESULT_OK) {
		operation_fail(operation, failure.code, &failure);
		return;
	}
	enter(entry);
}
