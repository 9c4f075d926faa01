/*
 * Owns: a request for more time: who is asked, what they and the sender are told.
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include <inttypes.h>
#include <string.h>

/* A deadline further away than this still gives the approver's text an end. */
#define ASKED_USE_MS (7 * DAY_MS)

static bool can_decide(const struct plan *plan, const struct store_contact *contact)
{
	return strcmp(contact->unit_code, plan->owner) == 0 &&
	       strcmp(contact->post, plan_post_name(plan->approver)) == 0 &&
	       contact->phone[0] != '\0' && !contact->suspended;
}

static bool is_told(const struct reply_decision *decision, const char *phone)
{
	for (size_t i = 0; i < decision->message_count; i++)
		if (strcmp(decision->messages[i].address, phone) == 0)
			return true;
	return false;
}

/* In the approver's language, in the name of the plan's office. */
static const char *word_for(const struct reply_offer *offer, const struct plan *plan,
    const struct store_contact *approver, const struct store_known_obligation *obligation,
    const struct store_change *change)
{
	struct reply_offer theirs = *offer;
	theirs.language = approver->language;
	theirs.office = plan->office;
	struct wording wording = reply_wording_of(&theirs, obligation);
	wording.promised = reply_day_words(&theirs, change->day);
	wording.request = arena_printf(offer->arena, "%d", change->request_number);
	return reply_word(&theirs, "extension_to_approver", &wording);
}

static void ask_approvers(const struct reply_offer *offer, struct reply_decision *decision,
    const struct plan *plan, const struct store_known_obligation *obligation,
    const struct store_change *change)
{
	const struct store_inbound_context_output *context = offer->context;
	struct reply_message *messages =
	    arena_alloc(offer->arena, (context->office_count + 1) * sizeof *messages);
	decision->messages = messages;
	for (size_t i = 0; i < context->office_count; i++) {
		const struct store_contact *contact = &context->office[i];
		if (!can_decide(plan, contact) || is_told(decision, contact->phone))
			continue;
		messages[decision->message_count++] = (struct reply_message){
		    .key = arena_printf(offer->arena, "request:%" PRId64 ":%d:%s",
			context->inbound_id, change->request_number, contact->person_code),
		    .purpose = PURPOSE_TASK,
		    .person_id = contact->person_id,
		    .address = contact->phone,
		    .text = word_for(offer, plan, contact, obligation, change),
		    .not_after = wall_earlier(change->lapse_at, wall_add(offer->now, ASKED_USE_MS)),
		};
	}
	if (decision->message_count == 0)
		decision->task = reply_task(offer, "extension-request", obligation);
}

void reply_request(const struct reply_offer *offer, struct reply_decision *decision,
    const struct plan *plan, const struct store_known_obligation *obligation, struct day day,
    const char *text_name)
{
	const struct ledger_source source = reply_source(offer, obligation);
	struct wording wording = reply_wording_of(offer, obligation);
	struct store_change *change = &decision->changes[decision->change_count];
	struct failure failure;
	bool already;
	enum result result = ledger_request(plan, obligation, day,
	    offer->context->free_request_number, offer->now, &source, change, &already, &failure);
	decision->settled_as = "acted";
	if (result != RESULT_OK) {
		wording.promised = reply_day_words(offer, obligation->requested_day);
		decision->answer = reply_word(offer, "extension_waits", &wording);
		return;
	}
	decision->change_count++;
	wording.promised = reply_day_words(offer, day);
	decision->answer = reply_word(offer, text_name, &wording);
	ask_approvers(offer, decision, plan, obligation, change);
}
