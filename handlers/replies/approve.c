/*
 * Owns: DUYET and KHONG: the approver's decisions on requests for more time.
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL.
 *
 * Only who holds the approver's post at the owner is obeyed, and only on requests of that owner's
 * plans. A text with one number that fits nothing decides nothing at all.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "ledger/telling.h"
#include "plan/wording.h"

#include <inttypes.h>
#include <string.h>

#define LIST_BYTES_MAX 2000

struct deciding {
	const struct reply_offer *offer;
	struct reply_decision *decision;
	bool grants;
	const struct store_known_request **pending, **chosen;
	size_t pending_count, chosen_count;
};

static bool sender_decides_for(const struct reply_offer *offer, const struct plan *plan)
{
	for (size_t i = 0; i < offer->context->person_count; i++)
		if (strcmp(offer->context->people[i].unit_code, plan->owner) == 0 &&
		    strcmp(offer->context->people[i].post, plan_post_name(plan->approver)) == 0)
			return true;
	return false;
}

static bool is_approver(const struct reply_offer *offer)
{
	for (size_t i = 0; i < offer->plan_count; i++)
		if (offer->plans[i] != NULL && sender_decides_for(offer, offer->plans[i]))
			return true;
	return false;
}

static void collect_pending(struct deciding *deciding)
{
	const struct store_inbound_context_output *context = deciding->offer->context;
	for (size_t i = 0; i < context->request_count; i++) {
		const struct plan *plan =
		    reply_plan_of(deciding->offer, &context->requests[i].obligation);
		if (plan != NULL && sender_decides_for(deciding->offer, plan))
			deciding->pending[deciding->pending_count++] = &context->requests[i];
	}
}

static bool is_chosen(const struct deciding *deciding, int number)
{
	for (size_t i = 0; i < deciding->chosen_count; i++)
		if (deciding->chosen[i]->number == number)
			return true;
	return false;
}

/* False: a number is none of those that wait, or it cannot be told which is meant. */
static bool choose(struct deciding *deciding)
{
	const struct reading *reading = deciding->offer->reading;
	bool only = reading->number_count == 0 && deciding->pending_count == 1;
	if (reading->confidence < CONFIDENCE_SURE)
		return false;
	for (size_t i = 0; i < deciding->pending_count && (reading->all || only); i++)
		deciding->chosen[deciding->chosen_count++] = deciding->pending[i];
	for (size_t n = 0; n < reading->number_count; n++) {
		const struct store_known_request *found = NULL;
		for (size_t i = 0; i < deciding->pending_count; i++)
			if (deciding->pending[i]->number == reading->numbers[n])
				found = deciding->pending[i];
		if (found == NULL)
			return false;
		if (!is_chosen(deciding, found->number))
			deciding->chosen[deciding->chosen_count++] = found;
	}
	return deciding->chosen_count > 0;
}

static void tell_requester(struct deciding *deciding, const struct plan *plan,
    const struct store_known_request *request, struct reply_message *message)
{
	const struct reply_offer *offer = deciding->offer;
	const struct ledger_texts texts = {offer->text, offer->text_arg};
	if (request->address[0] == '\0')
		return;
	*message = (struct reply_message){
	    .key = arena_printf(offer->arena, "decision:%" PRId64, request->id),
	    .purpose = PURPOSE_AD_HOC,
	    .person_id = request->asked_by_id,
	    .address = request->address,
	    .channel = request->channel,
	    .text = ledger_word_decision(offer->arena, &texts, plan, request, deciding->grants),
	    .not_after = ledger_decision_useful_until(plan, request, offer->now),
	};
	deciding->decision->message_count++;
}

static bool decide_one(struct deciding *deciding, const struct store_known_request *request,
    struct reply_message *messages)
{
	const struct reply_offer *offer = deciding->offer;
	struct reply_decision *decision = deciding->decision;
	const struct plan *plan = reply_plan_of(offer, &request->obligation);
	struct ledger_source source = reply_source(offer, &request->obligation);
	struct store_change *change = &decision->changes[decision->change_count];
	struct failure failure;
	bool already;
	source.person_id = offer->context->people[0].person_id;
	enum result result = deciding->grants
				 ? ledger_extend(plan, &request->obligation, request->asked_day,
				       request->id, &source, change, &failure)
				 : ledger_change(LEDGER_REFUSE, &request->obligation, NULL, &source,
				       change, &already, &failure);
	if (result != RESULT_OK)
		return false;
	decision->change_count++;
	tell_requester(deciding, plan, request, &messages[decision->message_count]);
	return true;
}

static const char *list_of(
    struct deciding *deciding, const struct store_known_request *const *requests, size_t count)
{
	struct arena *arena = deciding->offer->arena;
	const char **labels = arena_alloc(arena, (count + 1) * sizeof *labels);
	OWNED_BUFFER list = BUFFER(LIST_BYTES_MAX);
	for (size_t i = 0; i < count; i++)
		labels[i] = ledger_request_label(arena, requests[i]);
	wording_list(&list, labels, count, WORDING_LIST_MAX);
	return arena_copy(arena, buffer_text(&list));
}

static void act(struct deciding *deciding)
{
	const struct reply_offer *offer = deciding->offer;
	struct reply_decision *decision = deciding->decision;
	size_t count = deciding->chosen_count, done = 0;
	const struct store_known_request **decided =
	    arena_alloc(offer->arena, count * sizeof *decided);
	struct reply_message *messages = arena_alloc(offer->arena, count * sizeof *messages);
	decision->changes = arena_alloc(offer->arena, count * sizeof *decision->changes);
	decision->messages = messages;
	for (size_t i = 0; i < count; i++)
		if (decide_one(deciding, deciding->chosen[i], messages))
			decided[done++] = deciding->chosen[i];
	decision->settled_as = "acted";
	decision->answer =
	    done == 0 ? reply_word(offer, "request_none", NULL)
		      : reply_word(offer, deciding->grants ? "request_approved" : "request_refused",
			    &(struct wording){.list = list_of(deciding, decided, done)});
}

static void decide(const struct reply_offer *offer, struct reply_decision *decision, bool grants)
{
	size_t room = offer->context->request_count + 1;
	struct deciding deciding = {
	    .offer = offer,
	    .decision = decision,
	    .grants = grants,
	    .pending = arena_alloc(offer->arena, room * sizeof(void *)),
	    .chosen = arena_alloc(offer->arena, room * sizeof(void *)),
	};
	if (!is_approver(offer)) {
		decision->settled_as = "task";
		decision->task = reply_task(offer, "not-approver", NULL);
		if (!offer->context->same_text_answered_today)
			decision->answer = reply_word(offer, "passed_on", NULL);
		return;
	}
	collect_pending(&deciding);
	if (deciding.pending_count == 0) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "request_none", NULL);
	} else if (choose(&deciding)) {
		act(&deciding);
	} else {
		decision->settled_as = "asked";
		decision->answer = reply_word(offer, "request_which",
		    &(struct wording){
			.list = list_of(&deciding, deciding.pending, deciding.pending_count)});
	}
}

void reply_approve(const struct reply_offer *offer, struct reply_decision *decision)
{
	decide(offer, decision, true);
}

void reply_refuse(const struct reply_offer *offer, struct reply_decision *decision)
{
	decide(offer, decision, false);
}
