/*
 * Owns: the operation `send`: one text to a person or a group, outside every plan.
 * May use: base/, loop/, plan/, scheduler/compose.h, store/.
 * Must not know: who asked.
 *
 * The request's key makes it repeatable: the same key to the same person is never queued twice.
 */
#include "command/arguments.h"

#include "loop/loop.h"
#include "plan/model.h"
#include "scheduler/compose.h"
#include "text/letters.h"

#include <string.h>

#define RECIPIENTS_MAX 5000
/* A text of a Friday evening, or before a long holiday, still leaves on the next working day. */
#define AD_HOC_USE_MS (14 * DAY_MS)

struct sending {
	struct operation *operation;
	const char *person, *group, *text, *key;
	bool preview;
	struct store_contact *contacts;
	size_t contact_count;
	struct store_new_message *messages;
	int parts_each, cost_each;
	json_t *skipped;
	struct store_enqueue_input input;
	struct store_enqueue_output output;
};

/* ── to whom ─────────────────────────────────────────────────────────────────────────────────── */

static enum result look_up_group(struct sending *sending, struct failure *failure)
{
	struct arena *arena = sending->operation->arena;
	size_t len = strcspn(sending->group, "/");
	const char *post = arena_copy_bytes(arena, sending->group, len);
	const char *kind = sending->group[len] == '/' ? sending->group + len + 1 : NULL;
	enum plan_post known;
	if (!plan_post_of_name(post, &known) || (kind != NULL && !plan_unit_kind_exists(kind)))
		return failure_set(failure, RESULT_INVALID,
		    "There is no group \"%.60s\". A group is a post (reporter, deputy, leader, "
		    "coordinator), and after / a kind of unit (commune, township, ward, agency, "
		    "office, district, province): reporter/commune.",
		    sending->group);
	return reader_contacts(sending->operation->place->reader, arena, NULL, post, kind,
	    &sending->contacts, &sending->contact_count, failure);
}

static enum result look_up(struct sending *sending, struct failure *failure)
{
	enum result result = sending->group != NULL
				 ? look_up_group(sending, failure)
				 : reader_contacts(sending->operation->place->reader,
				       sending->operation->arena, sending->person, NULL, NULL,
				       &sending->contacts, &sending->contact_count, failure);
	if (result != RESULT_OK)
		return result;
	if (sending->contact_count == 0)
		return failure_set(failure, RESULT_NOT_FOUND,
		    sending->group != NULL
			? "Nobody belongs to the group %.60s. Import the recipients first."
			: "There is no person %.60s. `nhacviec export recipients` lists the codes.",
		    sending->group != NULL ? sending->group : sending->person);
	if (sending->contact_count > RECIPIENTS_MAX)
		return failure_set(failure, RESULT_LIMIT,
		    "%zu people belong to this group; at most %d can be texted at once.",
		    sending->contact_count, RECIPIENTS_MAX);
	return RESULT_OK;
}

/* ── what ────────────────────────────────────────────────────────────────────────────────────── */

static const char *reason_to_skip(
    const struct sending *sending, const struct store_contact *contact, size_t queued)
{
	if (contact->phone == NULL || contact->phone[0] == '\0')
		return "no-phone";
	if (contact->suspended)
		return "number-suspended";
	if (contact->opted_out)
		return "opted-out";
	for (size_t i = 0; i < queued; i++)
		if (strcmp(sending->messages[i].address, contact->phone) == 0)
			return "same-number";
	return NULL;
}

/* A person with several posts comes several times. */
static bool seen(const struct sending *sending, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (sending->contacts[i].person_id == sending->contacts[index].person_id)
			return true;
	return false;
}

static void address_to(struct sending *sending, const struct store_new_message *composed)
{
	struct arena *arena = sending->operation->arena;
	sending->messages =
	    arena_alloc(arena, (sending->contact_count + 1) * sizeof *sending->messages);
	size_t count = 0;
	for (size_t i = 0; i < sending->contact_count; i++) {
		const struct store_contact *contact = &sending->contacts[i];
		if (seen(sending, i))
			continue;
		const char *reason = reason_to_skip(sending, contact, count);
		if (reason != NULL) {
			json_array_append_new(sending->skipped,
			    json_pack("{s:s, s:s, s:s}", "person", contact->person_code, "name",
				contact->name, "reason", reason));
			continue;
		}
		struct store_new_message *message = &sending->messages[count++];
		*message = *composed;
		message->key =
		    arena_printf(arena, "ad-hoc:%s:%s", sending->key, contact->person_code);
		message->person_id = contact->person_id;
		message->address = arena_copy(arena, contact->phone);
		message->not_before = sending->input.now;
		message->not_after = wall_add(sending->input.now, AD_HOC_USE_MS);
	}
	sending->input.messages = sending->messages;
	sending->input.count = count;
}

static size_t count_of(const char *text, char letter)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += *text == letter;
	return count;
}

/* What the plain letters cannot carry would arrive as question marks. */
static enum result check_letters(const char *text, bool fold, struct failure *failure)
{
	OWNED_TEXT folded = letters_fold(text);
	if (folded[strspn(folded, " ")] == '\0')
		return failure_set(
		    failure, RESULT_INVALID, "The text is blank. Write what is to be sent.");
	if (fold && count_of(folded, '?') > count_of(text, '?'))
		return failure_set(failure, RESULT_INVALID,
		    "The text has signs that plain letters cannot carry: it would arrive as "
		    "\"%.200s\". Leave them out, or set sending.encoding to full.",
		    folded);
	return RESULT_OK;
}

static enum result compose(struct sending *sending, struct failure *failure)
{
	const struct config *config = sending->operation->place->config;
	const struct compose_policy policy = {
	    .fold = strcmp(config->encoding, "plain") == 0,
	    .parts_max = config->parts_max,
	    .price_per_part = config->price_per_part,
	    .validity_minutes = (int)(config->validity_ms / MINUTE_MS),
	};
	struct store_new_message composed = {.purpose = PURPOSE_AD_HOC};
	if (check_letters(sending->text, policy.fold, failure) != RESULT_OK)
		return failure->code;
	enum result result =
	    compose_text(sending->operation->arena, &policy, sending->text, &composed, failure);
	sending->parts_each = composed.part_count;
	sending->cost_each = composed.cost;
	if (result == RESULT_OK)
		address_to(sending, &composed);
	return result;
}

/* ── the operation ───────────────────────────────────────────────────────────────────────────── */

static json_t *describe(struct sending *sending)
{
	int count = sending->preview ? (int)sending->input.count : sending->output.queued;
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:s, s:o}", "messages",
	    (int)sending->input.count, "queued", sending->output.queued, "already",
	    sending->output.already, "parts", count * sending->parts_each, "cost",
	    count * sending->cost_each, "key", sending->key, "skipped", sending->skipped);
}

static void enqueued(enum result result, const struct failure *failure, void *arg)
{
	struct sending *sending = arg;
	if (result != RESULT_OK) {
		json_decref(sending->skipped);
		operation_fail(sending->operation, result, failure);
		return;
	}
	operation_poke(sending->operation);
	operation_finish(sending->operation, describe(sending));
}

static bool read_arguments(struct sending *sending)
{
	const struct argument arguments[] = {
	    {"person", ARGUMENT_CODE, false, PLAN_CODE_MAX, &sending->person},
	    {"group", ARGUMENT_TEXT, false, ARGUMENT_NAME_MAX, &sending->group},
	    {"text", ARGUMENT_TEXT, true, ARGUMENT_LINE_MAX, &sending->text},
	    {"key", ARGUMENT_CODE, true, 64, &sending->key},
	    {"preview", ARGUMENT_FLAG, false, 0, &sending->preview},
	};
	if (!arguments_read(sending->operation, arguments, COUNT_OF(arguments)))
		return false;
	if ((sending->person == NULL) != (sending->group == NULL))
		return true;
	struct failure failure;
	operation_fail(sending->operation,
	    failure_set(&failure, RESULT_INVALID, "Name a person or a group, one of the two."),
	    &failure);
	return false;
}

void operation_send_run(struct operation *operation)
{
	struct sending *sending = arena_alloc(operation->arena, sizeof *sending);
	struct failure failure;
	sending->operation = operation;
	sending->input = (struct store_enqueue_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	if (!read_arguments(sending))
		return;
	sending->skipped = json_array();
	enum result result = look_up(sending, &failure);
	if (result == RESULT_OK)
		result = compose(sending, &failure);
	if (result != RESULT_OK) {
		json_decref(sending->skipped);
		operation_fail(operation, result, &failure);
		return;
	}
	if (sending->preview) {
		operation_finish(operation, describe(sending));
		return;
	}
	store_submit(
	    operation->place->store, &(struct store_request){STORE_ENQUEUE, &sending->input,
					 &sending->output, operation->arena, enqueued, sending});
}
