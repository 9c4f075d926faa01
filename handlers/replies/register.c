/*
 * Owns: "DK <mã đơn vị>": a stranger asks for a place in a unit.
 * May use: replies/handlers.h, ledger/, text/.
 * Must not know: modems, SQL.
 *
 * Nothing changes until who reports there now, its leader, or the office says so. A number has one
 * registration at a time and few in all, and a flood of them bothers nobody but the task list.
 */
#include "replies/handlers.h"

#include "ledger/registering.h"
#include "text/squeeze.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <string.h>

#define WAITS_MS (14 * DAY_MS)
#define WAITING_MAX 20  /* of all the units of one owner */
#define OF_NUMBER_MAX 2 /* of one number, in 30 days */
#define ANSWERS_A_DAY 3 /* to a stranger who registers */
#define CODE_LETTERS_MAX 20
#define CODE_BYTES 200

/* ── which unit ──────────────────────────────────────────────────────────────────────────────── */

static bool is_called(const struct store_asked_unit *unit, const char *written)
{
	char code[CODE_BYTES], said[CODE_BYTES];
	squeeze_text(unit->code, code, sizeof code);
	squeeze_text(written, said, sizeof said);
	return strcmp(code, said) == 0;
}

/* NULL: none has this code, or several owners use it. */
static const struct store_asked_unit *find_unit(const struct reply_offer *offer, const char *code)
{
	const struct store_asked_unit *found = NULL;
	for (size_t i = 0; i < offer->context->named_unit_count; i++) {
		const struct store_asked_unit *unit = &offer->context->named_units[i];
		if (!is_called(unit, code))
			continue;
		if (found != NULL)
			return NULL;
		found = unit;
	}
	return found;
}

static const char *short_code(const struct reply_offer *offer, const char *code)
{
	const char *end = code;
	for (size_t i = 0; i < CODE_LETTERS_MAX && utf8_next(&end) != 0; i++)
		;
	return arena_copy_bytes(offer->arena, code, (size_t)(end - code));
}

/* ── who is asked ────────────────────────────────────────────────────────────────────────────── */

static bool is_told(const struct reply_decision *decision, const char *phone)
{
	for (size_t i = 0; i < decision->message_count; i++)
		if (strcmp(decision->messages[i].address, phone) == 0)
			return true;
	return false;
}

static void ask_deciders(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_asked_unit *unit)
{
	struct reply_message *messages =
	    arena_alloc(offer->arena, (unit->contact_count + 1) * sizeof *messages);
	decision->messages = messages;
	for (size_t i = 0; i < unit->contact_count; i++) {
		const struct store_contact *contact = &unit->contacts[i];
		struct reply_offer theirs = *offer;
		theirs.language = contact->language;
		if (contact->phone[0] == '\0' || contact->suspended ||
		    !ledger_decides_registration(
			offer->plans, offer->plan_count, contact, unit->code, unit->owner_code) ||
		    is_told(decision, contact->phone))
			continue;
		messages[decision->message_count++] = (struct reply_message){
		    .key = arena_printf(offer->arena, "registration:%" PRId64 ":%s",
			offer->context->inbound_id, contact->person_code),
		    .purpose = PURPOSE_TASK,
		    .person_id = contact->person_id,
		    .address = contact->phone,
		    .text = reply_word(&theirs, "register_to_approver",
			&(struct wording){
			    .unit = unit->name,
			    .code = offer->context->sender,
			    .request = arena_printf(offer->arena, "%d", unit->free_number),
			}),
		    .not_after = wall_add(offer->now, WAITS_MS),
		};
	}
}

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

static void leave_to_office(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "task";
	decision->task = reply_task(offer, "stranger", NULL);
	decision->task->key = arena_printf(offer->arena, "stranger:%s", offer->context->sender);
	decision->answer = reply_word(offer, "stranger", NULL);
}

static void open_registration(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_asked_unit *unit)
{
	struct store_new_registration *registration =
	    arena_alloc(offer->arena, sizeof *registration);
	*registration = (struct store_new_registration){
	    .unit_code = unit->code,
	    .owner_code = unit->owner_code,
	    .address_kind = offer->context->address_kind,
	    .address = offer->context->sender,
	    .channel = offer->context->channel,
	    .number = unit->free_number,
	    .lapse_at = wall_add(offer->now, WAITS_MS),
	};
	decision->settled_as = "acted";
	decision->registration = registration;
	decision->answer =
	    reply_word(offer, "register_waits", &(struct wording){.unit = unit->name});
	decision->task = reply_task(offer, "registration", NULL);
	decision->task->key = arena_printf(offer->arena, "registration:%s", offer->context->sender);
	decision->task->text = arena_printf(offer->arena, "%d %s %s: %s", unit->free_number,
	    unit->name, offer->context->sender, short_code(offer, offer->context->text));
	ask_deciders(offer, decision, unit);
}

static void decide_for_stranger(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	const char *code = offer->reading->code;
	const struct store_asked_unit *unit = code != NULL ? find_unit(offer, code) : NULL;
	decision->settled_as = "acted";
	if (context->registering.id != 0)
		decision->answer = reply_word(offer, "register_waits",
		    &(struct wording){.unit = context->registering.unit_name});
	else if (offer->reading->confidence < CONFIDENCE_SURE)
		leave_to_office(offer, decision);
	else if (code == NULL || code[0] == '\0')
		decision->answer = reply_word(offer, "register_how", NULL);
	else if (unit == NULL)
		decision->answer = reply_word(
		    offer, "register_unknown", &(struct wording){.code = short_code(offer, code)});
	else if (unit->waiting >= WAITING_MAX || context->registrations_before >= OF_NUMBER_MAX)
		leave_to_office(offer, decision);
	else
		open_registration(offer, decision, unit);
}

void reply_register(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	if (context->person_count > 0) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "register_known",
		    &(struct wording){
			.unit = reply_unit_name(offer, context->people[0].unit_code)});
		return;
	}
	decide_for_stranger(offer, decision);
	if (context->answers_last_day >= ANSWERS_A_DAY || context->same_text_answered_today)
		decision->answer = NULL;
}
