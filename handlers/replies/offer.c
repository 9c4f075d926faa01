/*
 * Owns: looking things up in an offer: obligations, people, plans; tasks about it.
 * May use: base/, text/, plan/, inbox/reply.h.
 * Must not know: what intents lead to.
 */
#include "replies/handlers.h"

#include "text/utf8.h"

#include <inttypes.h>
#include <string.h>

#define QUOTE_LETTERS_MAX 300

static const struct store_known_obligation *find_of_kind(
    const struct reply_offer *offer, int64_t id, const char *kind)
{
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		if (offer->context->obligations[i].id == id &&
		    strcmp(offer->context->obligations[i].kind, kind) == 0)
			return &offer->context->obligations[i];
	return NULL;
}

const struct store_known_obligation *reply_find(const struct reply_offer *offer, int64_t id)
{
	return find_of_kind(offer, id, "report");
}

const struct store_known_obligation *reply_find_event(const struct reply_offer *offer, int64_t id)
{
	return find_of_kind(offer, id, "event");
}

bool reply_is_open_report(const struct store_known_obligation *obligation)
{
	return strcmp(obligation->kind, "report") == 0 && obligation->state == OBLIGATION_OPEN;
}

const struct store_claim_facts *reply_facts(const struct reply_offer *offer)
{
	size_t at = (size_t)(offer->reading - offer->readings->items);
	return offer->facts != NULL && at < offer->readings->said ? &offer->facts[at] : NULL;
}

const struct store_named_unit *reply_named_unit(const struct reply_offer *offer, const char *code)
{
	for (size_t i = 0; i < offer->context->unit_count; i++)
		if (strcmp(offer->context->units[i].code, code) == 0)
			return &offer->context->units[i];
	return NULL;
}

const struct store_known_obligation *reply_nearest(const struct reply_offer *offer)
{
	const struct store_known_obligation *nearest = NULL;
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *obligation = &offer->context->obligations[i];
		if (reply_is_open_report(obligation) &&
		    (nearest == NULL || wall_before(obligation->deadline, nearest->deadline)))
			nearest = obligation;
	}
	return nearest;
}

const struct plan *reply_plan_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	for (size_t i = 0; i < offer->plan_count; i++)
		if (offer->plans[i] != NULL &&
		    strcmp(offer->plans[i]->code, obligation->plan_code) == 0)
			return offer->plans[i];
	return NULL;
}

int64_t reply_person_for(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct store_contact *best = NULL;
	for (size_t i = 0; i < offer->context->person_count; i++) {
		const struct store_contact *contact = &offer->context->people[i];
		bool here = strcmp(contact->unit_code, obligation->unit_code) == 0;
		bool reports = strcmp(contact->post, plan_post_name(POST_REPORTER)) == 0;
		if (here && (best == NULL || reports)) {
			best = contact;
			if (reports)
				break;
		}
	}
	if (best != NULL)
		return best->person_id;
	return offer->context->person_count > 0 ? offer->context->people[0].person_id : 0;
}

struct ledger_source reply_source(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	return (struct ledger_source){
	    .inbound_id = offer->context->inbound_id,
	    .person_id = reply_person_for(offer, obligation),
	    .actor = offer->context->sender,
	    .note = offer->context->text,
	};
}

/* The unit's name as the obligations tell it; people carry its code only. */
const char *reply_unit_name(const struct reply_offer *offer, const char *code)
{
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		if (strcmp(offer->context->obligations[i].unit_code, code) == 0)
			return offer->context->obligations[i].unit_name;
	const struct store_named_unit *unit = reply_named_unit(offer, code);
	return unit != NULL ? unit->name : code;
}

/* ── tasks ───────────────────────────────────────────────────────────────────────────────────── */

static const struct store_contact *find_person(const struct reply_offer *offer, int64_t person_id)
{
	for (size_t i = 0; i < offer->context->person_count; i++)
		if (offer->context->people[i].person_id == person_id)
			return &offer->context->people[i];
	return offer->context->person_count > 0 ? &offer->context->people[0] : NULL;
}

static const char *describe(const struct reply_offer *offer, const struct store_contact *person,
    const struct store_known_obligation *obligation)
{
	const struct store_inbound_context_output *context = offer->context;
	const char *end = context->text;
	for (size_t i = 0; i < QUOTE_LETTERS_MAX && utf8_next(&end) != 0; i++)
		;
	const char *quote =
	    arena_copy_bytes(offer->arena, context->text, (size_t)(end - context->text));
	if (person == NULL)
		return arena_printf(offer->arena, "%s: %s", context->sender, quote);
	return arena_printf(offer->arena, "%s (%s%s%s, %s): %s", person->name,
	    obligation != NULL ? obligation->report_code : "", obligation != NULL ? " " : "",
	    obligation != NULL ? obligation->unit_name : reply_unit_name(offer, person->unit_code),
	    context->sender, quote);
}

static struct wall end_of_next_working_day(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = obligation != NULL ? reply_plan_of(offer, obligation) : NULL;
	for (size_t i = 0; i < offer->plan_count && plan == NULL; i++)
		plan = offer->plans[i];
	if (plan == NULL)
		return wall_add(offer->now, DAY_MS);
	struct day today = civil_day_of_wall(offer->now, offer->zone_minutes);
	return civil_moment(calendar_next_working_day(&plan->calendar, today),
	    plan->calendar.end_of_work, offer->zone_minutes);
}

struct store_new_task *reply_task(const struct reply_offer *offer, const char *kind,
    const struct store_known_obligation *obligation)
{
	const struct store_inbound_context_output *context = offer->context;
	const struct store_contact *person =
	    find_person(offer, obligation != NULL ? reply_person_for(offer, obligation) : 0);
	struct store_new_task *task = arena_alloc(offer->arena, sizeof *task);
	*task = (struct store_new_task){
	    .key = arena_printf(offer->arena, "inbound:%" PRId64, context->inbound_id),
	    .kind = kind,
	    .text = describe(offer, person, obligation),
	    .inbound_id = context->inbound_id,
	    .obligation_id = obligation != NULL ? obligation->id : 0,
	    .until = end_of_next_working_day(offer, obligation),
	};
	return task;
}
