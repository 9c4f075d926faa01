/*
 * Owns: DUYET and KHONG: decisions on requests for more time and on registrations.
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL.
 *
 * Only who holds the approver's post at the owner is obeyed on requests of that owner's plans, and
 * on registrations who ledger/registering.h says. Both share one row of numbers. A text with one
 * number that fits nothing decides nothing at all.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "ledger/registering.h"
#include "plan/wording.h"

#include <inttypes.h>
#include <string.h>

#define LIST_BYTES_MAX 2000
#define TOLD_USE_MS (3 * DAY_MS)

struct deciding {
	const struct reply_offer *offer;
	struct reply_decision *decision;
	bool grants;
	const struct store_known_request **pending, **chosen;
	size_t pending_count, chosen_count;
	const struct store_known_registration **waiting, **picked;
	size_t waiting_count, picked_count;
};

static bool sender_decides_for(const struct reply_offer *offer, const struct plan *plan)
{
	for (size_t i = 0; i < offer->context->person_count; i++)
		if (strcmp(offer->context->people[i].unit_code, plan->owner) == 0 &&
		    strcmp(offer->context->people[i].post, plan_post_name(plan->approver)) == 0)
			return true;
	return false;
}

bool reply_may_decide(const struct reply_offer *offer, const struct store_known_request *request)
{
	const struct plan *plan = reply_plan_of(offer, &request->obligation);
	return plan != NULL && sender_decides_for(offer, plan);
}

bool reply_may_admit(
    const struct reply_offer *offer, const struct store_known_registration *registration)
{
	for (size_t i = 0; i < offer->context->person_count; i++)
		if (ledger_decides_registration(offer->plans, offer->plan_count,
			&offer->context->people[i], registration->unit_code,
			registration->owner_code))
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
	for (size_t i = 0; i < context->request_count; i++)
		if (reply_may_decide(deciding->offer, &context->requests[i]))
			deciding->pending[deciding->pending_count++] = &context->requests[i];
	for (size_t i = 0; i < context->registration_count; i++)
		if (reply_may_admit(deciding->offer, &context->registrations[i]))
			deciding->waiting[deciding->waiting_count++] = &context->registrations[i];
}

static bool is_chosen(const struct deciding *deciding, int number)
{
	for (size_t i = 0; i < deciding->chosen_count; i++)
		if (deciding->chosen[i]->number == number)
			return true;
	for (size_t i = 0; i < deciding->picked_count; i++)
		if (deciding->picked[i]->number == number)
			return true;
	return false;
}

/* False: nothing that waits has this number. */
static bool choose_number(struct deciding *deciding, int number)
{
	if (is_chosen(deciding, number))
		return true;
	for (size_t i = 0; i < deciding->pending_count; i++)
		if (deciding->pending[i]->number == number) {
			deciding->chosen[deciding->chosen_count++] = deciding->pending[i];
			return true;
		}
	for (size_t i = 0; i < deciding->waiting_count; i++)
		if (deciding->waiting[i]->number == number) {
			deciding->picked[deciding->picked_count++] = deciding->waiting[i];
			return true;
		}
	return false;
}

/* False: a number is none of those that wait, or it cannot be told which is meant. "All" means the
 * requests alone: nobody is let in unseen. */
static bool choose(struct deciding *deciding)
{
	const struct reading *reading = deciding->offer->reading;
	bool only =
	    reading->number_count == 0 && deciding->pending_count + deciding->waiting_count == 1;
	if (reading->confidence < CONFIDENCE_SURE)
		return false;
	for (size_t i = 0; i < deciding->pending_count && (reading->all || only); i++)
		deciding->chosen[deciding->chosen_count++] = deciding->pending[i];
	for (size_t i = 0; i < deciding->waiting_count && only; i++)
		deciding->picked[deciding->picked_count++] = deciding->waiting[i];
	for (size_t n = 0; n < reading->number_count; n++)
		if (!choose_number(deciding, reading->numbers[n]))
			return false;
	return deciding->chosen_count + deciding->picked_count > 0;
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
	    .address_kind = request->address_kind,
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

static const char *list_of(struct deciding *deciding,
    const struct store_known_request *const *requests, size_t count,
    const struct store_known_registration *const *registrations, size_t registration_count)
{
	struct arena *arena = deciding->offer->arena;
	const char **labels = arena_alloc(arena, (count + registration_count + 1) * sizeof *labels);
	OWNED_BUFFER list = BUFFER(LIST_BYTES_MAX);
	for (size_t i = 0; i < count; i++)
		labels[i] = ledger_request_label(arena, requests[i]);
	for (size_t i = 0; i < registration_count; i++)
		labels[count + i] = ledger_registration_label(arena, registrations[i]);
	wording_list(&list, labels, count + registration_count, WORDING_LIST_MAX);
	return arena_copy(arena, buffer_text(&list));
}

/* Registrations: the change, and what the number is told. */
static void admit(struct deciding *deciding, const struct store_known_registration *registration,
    struct store_registration_decision *decided, struct reply_message *message)
{
	const struct reply_offer *offer = deciding->offer;
	const struct ledger_texts texts = {offer->text, offer->text_arg};
	*decided = (struct store_registration_decision){
	    .registration_id = registration->id,
	    .granted = deciding->grants,
	    .post = LEDGER_REGISTERED_POST,
	    .person_id = offer->context->people[0].person_id,
	    .actor = offer->context->sender,
	};
	*message = (struct reply_message){
	    .key = arena_printf(offer->arena, "admission:%" PRId64, registration->id),
	    .purpose = PURPOSE_AD_HOC,
	    .address_kind = registration->address_kind,
	    .address = registration->address,
	    .channel = registration->channel,
	    .text = ledger_word_registration(
		offer->arena, &texts, "vi", offer->office, registration, deciding->grants),
	    .not_after = wall_add(offer->now, TOLD_USE_MS),
	};
}

static void act_on_registrations(struct deciding *deciding, struct reply_message *messages)
{
	const struct reply_offer *offer = deciding->offer;
	struct reply_decision *decision = deciding->decision;
	size_t count = deciding->picked_count;
	struct store_registration_decision *decided =
	    arena_alloc(offer->arena, (count + 1) * sizeof *decided);
	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		admit(deciding, deciding->picked[i], &decided[i],
		    &messages[decision->message_count++]);
	decision->decided = decided;
	decision->decided_count = count;
	decision->answer = reply_join(offer, decision->answer,
	    reply_word(offer, deciding->grants ? "register_approved" : "register_refused",
		&(struct wording){.list = list_of(deciding, NULL, 0, deciding->picked, count)}));
}

static void act(struct deciding *deciding)
{
	const struct reply_offer *offer = deciding->offer;
	struct reply_decision *decision = deciding->decision;
	size_t count = deciding->chosen_count, done = 0;
	const struct store_known_request **decided =
	    arena_alloc(offer->arena, (count + 1) * sizeof *decided);
	struct reply_message *messages =
	    arena_alloc(offer->arena, (count + deciding->picked_count + 1) * sizeof *messages);
	decision->changes = arena_alloc(offer->arena, (count + 1) * sizeof *decision->changes);
	decision->messages = messages;
	for (size_t i = 0; i < count; i++)
		if (decide_one(deciding, deciding->chosen[i], messages))
			decided[done++] = deciding->chosen[i];
	decision->settled_as = "acted";
	if (done > 0)
		decision->answer =
		    reply_word(offer, deciding->grants ? "request_approved" : "request_refused",
			&(struct wording){.list = list_of(deciding, decided, done, NULL, 0)});
	act_on_registrations(deciding, messages);
	if (decision->answer == NULL)
		decision->answer = reply_word(offer, "request_none", NULL);
}

static void decide(const struct reply_offer *offer, struct reply_decision *decision, bool grants)
{
	size_t room = offer->context->request_count + 1;
	size_t others = offer->context->registration_count + 1;
	struct deciding deciding = {
	    .offer = offer,
	    .decision = decision,
	    .grants = grants,
	    .pending = arena_alloc(offer->arena, room * sizeof(void *)),
	    .chosen = arena_alloc(offer->arena, room * sizeof(void *)),
	    .waiting = arena_alloc(offer->arena, others * sizeof(void *)),
	    .picked = arena_alloc(offer->arena, others * sizeof(void *)),
	};
	collect_pending(&deciding);
	if (!is_approver(offer) && deciding.waiting_count == 0) {
		decision->settled_as = "task";
		decision->task = reply_task(offer, "not-approver", NULL);
		if (!offer->context->same_text_answered_today)
			decision->answer = reply_word(offer, "passed_on", NULL);
		return;
	}
	if (deciding.pending_count + deciding.waiting_count == 0) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "request_none", NULL);
	} else if (choose(&deciding)) {
		act(&deciding);
	} else {
		decision->settled_as = "asked";
		decision->answer = reply_word(offer, "request_which",
		    &(struct wording){
			.list = list_of(&deciding, deciding.pending, deciding.pending_count,
			    deciding.waiting, deciding.waiting_count)});
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
