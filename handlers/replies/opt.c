/*
 * Owns: opting out and in. Reminders of what the law asks for are reduced to the last call, all
 * others end (outbox/check.c); the answer says which.
 * May use: replies/handlers.h, plan/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include <string.h>

static bool asks_for_statutory(const struct plan *plan)
{
	for (size_t i = 0; i < plan->report_count; i++)
		if (!plan->reports[i].voluntary)
			return true;
	return false;
}

static bool is_statutory(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	const struct plan_report *report =
	    plan != NULL ? plan_find_report(plan, obligation->report_code) : NULL;
	return strcmp(obligation->kind, "report") == 0 && (report == NULL || !report->voluntary);
}

/* Texts about what others owe reach the owner's own people, too. */
static bool works_for_owner(const struct reply_offer *offer, const struct plan *plan)
{
	for (size_t i = 0; i < offer->context->person_count; i++) {
		const struct store_contact *contact = &offer->context->people[i];
		if (strcmp(contact->unit_code, plan->owner) == 0 ||
		    strcmp(contact->post, plan_post_name(POST_COORDINATOR)) == 0)
			return true;
	}
	return false;
}

static bool has_duty(const struct reply_offer *offer)
{
	if (offer->context->person_count == 0)
		return false;
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		if (is_statutory(offer, &offer->context->obligations[i]))
			return true;
	for (size_t i = 0; i < offer->plan_count; i++)
		if (offer->plans[i] != NULL && works_for_owner(offer, offer->plans[i]) &&
		    asks_for_statutory(offer->plans[i]))
			return true;
	return false;
}

void reply_opt_out(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "acted";
	decision->opt = 1;
	decision->answer =
	    reply_word(offer, has_duty(offer) ? "opt_out_duty" : "opt_out_done", NULL);
}

void reply_opt_in(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "acted";
	decision->opt = -1;
	decision->answer = reply_word(offer, "opt_in_done", NULL);
}
