/*
 * Owns: the table from intents to handlers, and who is never answered.
 * May use: replies/handlers.h.
 * Must not know: what the handlers do.
 */
#include "replies/replies.h"

#include "replies/handlers.h"

#include "text/letters.h"

#include <string.h>

/* The same words from one number get the same answer so often a day. */
#define SAME_ANSWERS_MAX 3

static reply_fn *const handlers[INTENT_COUNT] = {
    [INTENT_UNKNOWN] = reply_unknown,
    [INTENT_CONFIRM] = reply_confirm,
    [INTENT_NOT_YET] = reply_not_yet,
    [INTENT_EXTENSION_REQUEST] = reply_extension,
    [INTENT_CANCEL] = reply_cancel,
    [INTENT_ATTEND] = reply_attend,
    [INTENT_ABSENT] = reply_absent,
    [INTENT_STATUS] = reply_status,
    [INTENT_HELP] = reply_help,
    [INTENT_OPT_OUT] = reply_opt_out,
    [INTENT_OPT_IN] = reply_opt_in,
    [INTENT_QUESTION] = reply_pass_on,
    [INTENT_ACKNOWLEDGE] = reply_nothing,
    [INTENT_ADVERT] = reply_nothing,
    [INTENT_REGISTER] = reply_register,
    [INTENT_LINK] = reply_link,
    [INTENT_APPROVE] = reply_approve,
    [INTENT_REFUSE] = reply_refuse,
};

/* Networks' own texts and robots get no answer: two machines must never converse. */
static bool is_robot(const struct reply_offer *offer)
{
	return !sender_kind_is_person(offer->context->sender_kind);
}

/* What is too uncertain even to ask about goes to a person; silence is only stopped or started by
 * who surely wants it. */
static reply_fn *handler_of(const struct reading *reading)
{
	reply_fn *handler = handlers[reading->intent];
	bool opts = handler == reply_opt_out || handler == reply_opt_in;
	int needed = handler == reply_unknown ? 0 : opts ? CONFIDENCE_SURE : CONFIDENCE_PLAUSIBLE;
	return reading->confidence >= needed ? handler : reply_pass_on;
}

/* An address that nobody has can ask for silence, for a place in a unit or to be linked to a
 * person, and nothing else. Silence
 * is confirmed once an hour, all else is answered once, if at all: it may be a machine. */
static void decide_for_stranger(
    const struct reply_offer *offer, reply_fn *handler, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	bool opts = handler == reply_opt_out || handler == reply_opt_in;
	if (handler == reply_register || (handler == reply_link && reply_is_link(offer))) {
		handler(offer, decision);
		return;
	}
	(opts || handler == reply_nothing ? handler : reply_stranger)(offer, decision);
	if (opts ? context->same_text_answered_today || context->answers_last_hour > 0
		 : context->answered_before || offer->reading->misdirected != MISDIRECTED_NO)
		decision->answer = NULL;
	if (!opts && !offer->answer_strangers)
		decision->answer = NULL;
}

static void decide_one(const struct reply_offer *offer, struct reply_decision *decision)
{
	reply_fn *handler = handler_of(offer->reading);
	if (is_robot(offer))
		reply_nothing(offer, decision);
	else if (offer->context->person_count == 0)
		decide_for_stranger(offer, handler, decision);
	else if (reply_is_for_other_unit(offer->reading))
		reply_proxy(offer, decision);
	else
		handler(offer, decision);
}

/* What combine.c has no part in: only who decides, moves away or links an account brings these. */
static void carry(struct reply_decision *decision, const struct reply_decision *next)
{
	if (decision->misdirected == NULL)
		decision->misdirected = next->misdirected;
	if (decision->link == NULL)
		decision->link = next->link;
	if (decision->registration == NULL)
		decision->registration = next->registration;
	if (decision->decided_count == 0) {
		decision->decided = next->decided;
		decision->decided_count = next->decided_count;
	}
}

/* ── two machines must never converse ────────────────────────────────────────────────────────── */

/* Nothing is said, but nothing is lost either: a person looks. One task tells of all such texts of
 * a number, except of those that nothing was made of. */
static void hold_back_answer(
    const struct reply_offer *offer, struct reply_decision *decision, const char *kind)
{
	bool unanswered = decision->question != NULL;
	decision->answer = NULL;
	decision->question = NULL;
	if (unanswered)
		decision->settled_as = "task";
	if (decision->task != NULL)
		return;
	decision->task = reply_task(offer, kind, NULL);
	if (!unanswered)
		decision->task->key =
		    arena_printf(offer->arena, "%s:%s", kind, offer->context->sender);
}

static bool is_said_again(const struct reply_offer *offer, const struct reply_decision *decision)
{
	if (offer->context->same_answers < SAME_ANSWERS_MAX)
		return false;
	OWNED_TEXT before = letters_key(offer->context->same_answer);
	OWNED_TEXT now = letters_key(decision->answer);
	return strcmp(before, now) == 0;
}

static void bound_answer(const struct reply_offer *offer, struct reply_decision *decision)
{
	if (decision->answer == NULL)
		return;
	if (offer->hourly_answers > 0 && offer->context->answers_last_hour >= offer->hourly_answers)
		hold_back_answer(offer, decision, "answers-capped");
	else if (is_said_again(offer, decision))
		hold_back_answer(offer, decision, "answers-alike");
}

/* Everything the text says is acted on, in its order; one answer tells all of it. */
static void decide(const struct reply_offer *offer, struct reply_decision *decision)
{
	struct reply_offer one = *offer;
	for (size_t i = 0; i < offer->readings->said; i++) {
		struct reply_decision next = {0};
		one.reading = &offer->readings->items[i];
		decide_one(&one, &next);
		reply_combine(&one, decision, &next);
		carry(decision, &next);
	}
	reply_shorten(decision);
	bound_answer(offer, decision);
}

const struct reply_handlers replies = {.decide = decide};
