/*
 * Owns: the operation `request-decide`: the office grants or refuses what waits under a number.
 * May use: base/, loop/, ledger/, store/, document/, scheduler/compose.h.
 * Must not know: who asked.
 */
#include "command/arguments.h"
#include "command/operation_people.h"

#include "document/plan_file.h"
#include "ledger/ledger.h"
#include "ledger/telling.h"
#include "loop/loop.h"
#include "scheduler/compose.h"

#include <inttypes.h>
#include <string.h>

struct deciding {
	struct operation *operation;
	int64_t number;
	const char *plan_code;
	bool grants;
	const struct store_known_request *request;
	const struct plan *plan;
	struct store_change change;
	struct store_new_message message;
	struct store_change_ledger_input input;
};

const struct plan *operation_plan_of(struct operation *operation,
    const struct store_known_obligation *obligation, struct failure *failure)
{
	struct complaints complaints = {.arena = operation->arena};
	const struct plan *plan =
	    plan_file_parse(operation->arena, obligation->plan_code, obligation->plan_body,
		strlen(obligation->plan_body), operation->place->config->holidays_dir, &complaints);
	if (plan == NULL)
		failure_set(failure, RESULT_INVALID,
		    "The stored plan %s cannot be read any more: %.200s", obligation->plan_code,
		    complaints.count > 0 ? complaints.items[0].text : "run `nhacviec check`");
	return plan;
}

static enum result find(struct deciding *deciding, struct failure *failure)
{
	struct store_known_request *all;
	size_t count, found = 0;
	enum result result = reader_requests(
	    deciding->operation->place->reader, deciding->operation->arena, &all, &count, failure);
	for (size_t i = 0; i < count && result == RESULT_OK; i++) {
		if (all[i].number != deciding->number ||
		    (deciding->plan_code != NULL &&
			strcmp(deciding->plan_code, all[i].obligation.plan_code) != 0))
			continue;
		deciding->request = &all[i];
		found++;
	}
	if (result != RESULT_OK || found == 1)
		return result;
	if (found > 1)
		return failure_set(failure, RESULT_CONFLICT,
		    "Several offices have a request %" PRId64 ". Name the plan with --plan.",
		    deciding->number);
	return failure_set(failure, RESULT_NOT_FOUND,
	    "No request %" PRId64 " for more time is waiting.", deciding->number);
}

static enum result build_change(struct deciding *deciding, struct failure *failure)
{
	const struct store_known_request *request = deciding->request;
	const struct ledger_source source = {.actor = deciding->operation->actor};
	bool already;
	deciding->plan = operation_plan_of(deciding->operation, &request->obligation, failure);
	if (deciding->plan == NULL)
		return failure->code;
	if (deciding->grants)
		return ledger_extend(deciding->plan, &request->obligation, request->asked_day,
		    request->id, &source, &deciding->change, failure);
	return ledger_change(LEDGER_REFUSE, &request->obligation, NULL, &source, &deciding->change,
	    &already, failure);
}

static enum result word_message(struct deciding *deciding, struct failure *failure)
{
	const struct operation_place *place = deciding->operation->place;
	const struct store_known_request *request = deciding->request;
	struct arena *arena = deciding->operation->arena;
	const struct compose_policy policy = {
	    .fold = strcmp(place->config->encoding, "plain") == 0,
	    .parts_max = place->config->parts_max,
	    .price_per_part = place->config->price_per_part,
	    .validity_minutes = (int)(place->config->validity_ms / MINUTE_MS),
	};
	if (place->text == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "The texts in %.200s cannot be read, so the unit cannot be told. "
		    "`nhacviec check` says what is wrong.",
		    place->config->texts_dir);
	const struct ledger_texts texts = {place->text, place->text_arg};
	struct wall now = deciding->input.now;
	deciding->message = (struct store_new_message){
	    .key = arena_printf(arena, "decision:%" PRId64, request->id),
	    .purpose = PURPOSE_AD_HOC,
	    .person_id = request->asked_by_id,
	    .address_kind = request->address_kind,
	    .address = request->address,
	    .channel = request->channel,
	    .not_before = now,
	    .not_after = ledger_decision_useful_until(deciding->plan, request, now),
	};
	return compose_text(arena, &policy,
	    ledger_word_decision(arena, &texts, deciding->plan, request, deciding->grants),
	    &deciding->message, failure);
}

static void decided(enum result result, const struct failure *failure, void *arg)
{
	struct deciding *deciding = arg;
	const struct store_known_request *request = deciding->request;
	if (result != RESULT_OK) {
		operation_fail(deciding->operation, result, failure);
		return;
	}
	operation_poke(deciding->operation);
	operation_finish(deciding->operation,
	    json_pack("{s:I, s:s, s:s, s:s, s:s, s:b}", "number", (json_int_t)deciding->number,
		"name", request->obligation.unit_name, "report", request->obligation.report_code,
		"period", request->obligation.period, "day",
		civil_full_day(request->asked_day).text, "granted", deciding->grants));
}

void operation_request_decide_run(struct operation *operation)
{
	struct deciding *deciding = arena_alloc(operation->arena, sizeof *deciding);
	const char *decision = NULL;
	struct failure failure;
	*deciding = (struct deciding){.operation = operation};
	const struct argument arguments[] = {
	    {"decision", ARGUMENT_CODE, true, 16, &decision},
	    {"number", ARGUMENT_NUMBER, true, 0, &deciding->number},
	    {"plan", ARGUMENT_CODE, false, PLAN_CODE_MAX, &deciding->plan_code},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	deciding->grants = strcmp(decision, "approve") == 0;
	deciding->input.now = loop_now(operation->place->loop);
	enum result result = RESULT_OK;
	if (!deciding->grants && strcmp(decision, "refuse") != 0)
		result = failure_set(&failure, RESULT_INVALID,
		    "decision must be approve or refuse, not \"%s\".", decision);
	if (result == RESULT_OK)
		result = find(deciding, &failure);
	if (result == RESULT_NOT_FOUND) {
		operation_registration_decide(
		    operation, &(struct operation_registration){
				   deciding->number, deciding->plan_code, deciding->grants});
		return;
	}
	if (result == RESULT_OK)
		result = build_change(deciding, &failure);
	if (result == RESULT_OK && deciding->request->address[0] != '\0') {
		result = word_message(deciding, &failure);
		deciding->input.messages = &deciding->message;
		deciding->input.message_count = 1;
	}
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return;
	}
	deciding->input.changes = &deciding->change;
	deciding->input.change_count = 1;
	store_submit(
	    operation->place->store, &(struct store_request){STORE_CHANGE_LEDGER, &deciding->input,
					 NULL, operation->arena, decided, deciding});
}
