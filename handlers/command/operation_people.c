/*
 * Owns: the operation `number-resume`, and the office's decision on a registration.
 * May use: base/, text/, loop/, ledger/, store/, document/, scheduler/compose.h.
 * Must not know: who asked.
 */
#include "command/operation_people.h"

#include "command/arguments.h"
#include "ledger/registering.h"
#include "loop/loop.h"
#include "scheduler/compose.h"
#include "text/phone.h"

#include <inttypes.h>
#include <string.h>

#define TOLD_USE_MS (3 * DAY_MS)

/* ── number-resume ───────────────────────────────────────────────────────────────────────────── */

struct resuming {
	struct operation *operation;
	struct store_resume_number_input input;
};

static void resumed(enum result result, const struct failure *failure, void *arg)
{
	struct resuming *resuming = arg;
	if (result != RESULT_OK) {
		operation_fail(resuming->operation, result, failure);
		return;
	}
	operation_poke(resuming->operation);
	operation_finish(
	    resuming->operation, json_pack("{s:s}", "number", resuming->input.address));
}

void operation_number_resume_run(struct operation *operation)
{
	struct resuming *resuming = arena_alloc(operation->arena, sizeof *resuming);
	const char *number = NULL;
	struct phone phone;
	struct failure failure;
	resuming->operation = operation;
	const struct argument arguments[] = {{"number", ARGUMENT_TEXT, true, 40, &number}};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	if (phone_parse(number, &phone, &failure) != RESULT_OK) {
		operation_fail(operation, failure.code, &failure);
		return;
	}
	resuming->input = (struct store_resume_number_input){
	    .now = loop_now(operation->place->loop),
	    .actor = operation->actor,
	    .address = arena_copy(operation->arena, phone.e164),
	};
	store_submit(
	    operation->place->store, &(struct store_request){STORE_RESUME_NUMBER, &resuming->input,
					 NULL, operation->arena, resumed, resuming});
}

/* ── registrations ───────────────────────────────────────────────────────────────────────────── */

struct admitting {
	struct operation *operation;
	struct operation_registration question;
	const struct store_known_registration *registration;
	const char *office; /* how texts name it */
	const char *owner;  /* of the plan that was named; NULL none */
	struct failure failure;
	bool failed;
	struct store_new_message message;
	struct store_decide_registration_input input;
};

static bool keep_owner(const struct plan_row *row, void *arg)
{
	struct admitting *admitting = arg;
	if (strcmp(row->code, admitting->question.plan_code) == 0)
		admitting->owner = arena_copy(admitting->operation->arena, row->owner);
	return admitting->owner == NULL;
}

static bool keep_office(const struct plan_row *row, void *arg)
{
	struct admitting *admitting = arg;
	struct arena *arena = admitting->operation->arena;
	if (strcmp(row->owner, admitting->registration->owner_code) != 0)
		return true;
	const struct store_known_obligation known = {
	    .plan_code = arena_copy(arena, row->code),
	    .plan_body = arena_copy(arena, row->body),
	};
	const struct plan *plan =
	    operation_plan_of(admitting->operation, &known, &admitting->failure);
	admitting->failed = plan == NULL;
	if (plan != NULL)
		admitting->office = plan->office;
	return false;
}

static enum result find(struct admitting *admitting, struct failure *failure)
{
	const struct operation_registration *question = &admitting->question;
	struct reader *reader = admitting->operation->place->reader;
	struct store_known_registration *all;
	size_t count, found = 0;
	enum result result = RESULT_OK;
	if (question->plan_code != NULL)
		result = reader_plans(reader, keep_owner, admitting, failure);
	if (result == RESULT_OK)
		result = reader_registrations(reader, admitting->operation->arena,
		    admitting->input.now, &all, &count, failure);
	for (size_t i = 0; i < count && result == RESULT_OK; i++) {
		if (all[i].number != question->number ||
		    (question->plan_code != NULL &&
			(admitting->owner == NULL ||
			    strcmp(admitting->owner, all[i].owner_code) != 0)))
			continue;
		admitting->registration = &all[i];
		found++;
	}
	if (result != RESULT_OK || found == 1)
		return result;
	if (found > 1)
		return failure_set(failure, RESULT_CONFLICT,
		    "Several offices have a registration %" PRId64 ". Name the plan with --plan.",
		    question->number);
	return failure_set(failure, RESULT_NOT_FOUND,
	    "Nothing with the number %" PRId64 " is waiting.", question->number);
}

static enum result word_message(struct admitting *admitting, struct failure *failure)
{
	const struct operation_place *place = admitting->operation->place;
	const struct store_known_registration *registration = admitting->registration;
	struct arena *arena = admitting->operation->arena;
	const struct compose_policy policy = {
	    .fold = strcmp(place->config->encoding, "plain") == 0,
	    .parts_max = place->config->parts_max,
	    .price_per_part = place->config->price_per_part,
	    .validity_minutes = (int)(place->config->validity_ms / MINUTE_MS),
	};
	if (place->text == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "The texts in %.200s cannot be read, so the number cannot be told. "
		    "`nhacviec check` says what is wrong.",
		    place->config->texts_dir);
	const struct ledger_texts texts = {place->text, place->text_arg};
	admitting->message = (struct store_new_message){
	    .key = arena_printf(arena, "admission:%" PRId64, registration->id),
	    .purpose = PURPOSE_AD_HOC,
	    .address_kind = registration->address_kind,
	    .address = registration->address,
	    .channel = registration->channel,
	    .not_before = admitting->input.now,
	    .not_after = wall_add(admitting->input.now, TOLD_USE_MS),
	};
	return compose_text(arena, &policy,
	    ledger_word_registration(
		arena, &texts, "vi", admitting->office, registration, admitting->question.grants),
	    &admitting->message, failure);
}

static void decided(enum result result, const struct failure *failure, void *arg)
{
	struct admitting *admitting = arg;
	if (result != RESULT_OK) {
		operation_fail(admitting->operation, result, failure);
		return;
	}
	operation_poke(admitting->operation);
	operation_finish(admitting->operation,
	    json_pack("{s:I, s:s, s:s, s:b}", "number", (json_int_t)admitting->question.number,
		"name", admitting->registration->unit_name, "address",
		admitting->registration->address, "granted", admitting->question.grants));
}

void operation_registration_decide(
    struct operation *operation, const struct operation_registration *question)
{
	struct admitting *admitting = arena_alloc(operation->arena, sizeof *admitting);
	struct failure failure;
	*admitting = (struct admitting){.operation = operation,
	    .question = *question,
	    .input = {.now = loop_now(operation->place->loop)}};
	enum result result = find(admitting, &failure);
	if (result == RESULT_OK) {
		admitting->office = admitting->registration->owner_code;
		result = reader_plans(operation->place->reader, keep_office, admitting, &failure);
	}
	if (result == RESULT_OK && admitting->failed) {
		failure = admitting->failure;
		result = failure.code;
	}
	if (result == RESULT_OK)
		result = word_message(admitting, &failure);
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return;
	}
	admitting->input.decision = (struct store_registration_decision){
	    .registration_id = admitting->registration->id,
	    .granted = question->grants,
	    .post = LEDGER_REGISTERED_POST,
	    .actor = operation->actor,
	};
	admitting->input.messages = &admitting->message;
	admitting->input.message_count = 1;
	store_submit(operation->place->store,
	    &(struct store_request){STORE_DECIDE_REGISTRATION, &admitting->input, NULL,
		operation->arena, decided, admitting});
}
