/*
 * Owns: the table from intents to handlers, and who is never answered.
 * May use: replies/handlers.h.
 * Must not know: what the handlers do.
 */
#include "replies/replies.h"

#include "replies/handlers.h"

#include <string.h>

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
    [INTENT_REGISTER] = reply_pass_on,
    [INTENT_LINK] = reply_pass_on,
    [INTENT_APPROVE] = reply_approve,
    [INTENT_REFUSE] = reply_refuse,
};

/* Networks' own texts and robots get no answer: two machines must never converse. */
static bool is_robot(const struct reply_offer *offer)
{
	return strcmp(offer->context->sender_kind, "phone") != 0;
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

/* A number that nobody has can ask for silence, and nothing else. It is answered once an hour and
 * never twice to the same words: it may be a machine. */
static void decide_for_stranger(
    const struct reply_offer *offer, reply_fn *handler, struct reply_decision *decision)
{
	bool harmless =
	    handler == reply_opt_out || handler == reply_opt_in || handler == reply_nothing;
	(harmless ? handler : reply_stranger)(offer, decision);
	if (offer->context->same_text_answered_today || offer->context->answers_last_hour > 0)
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

/* Everything the text says is acted on, in its order; one answer tells all of it. */
static void decide(const struct reply_offer *offer, struct reply_decision *decision)
{
	struct reply_offer one = *offer;
	for (size_t i = 0; i < offer->readings->said; i++) {
		struct reply_decision next = {0};
		one.reading = &offer->readings->items[i];
		decide_one(&one, &next);
		reply_combine(&one, decision, &next);
	}
	reply_shorten(decision);
}

const struct reply_handlers replies = {.decide = decide};
