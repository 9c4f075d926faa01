/*
 * Owns: what is left to a person, and what is left alone.
 * May use: replies/handlers.h.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

void reply_pass_on(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "task";
	decision->task = reply_task(offer, intent_name(offer->reading->intent), NULL);
	if (!offer->context->same_text_answered_today)
		decision->answer = reply_word(offer, "passed_on", NULL);
}

void reply_stranger(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "task";
	decision->task = reply_task(offer, "stranger", NULL);
	decision->task->key = arena_printf(offer->arena, "stranger:%s", offer->context->sender);
	decision->answer = reply_word(offer, "stranger", NULL);
}

void reply_nothing(const struct reply_offer *offer, struct reply_decision *decision)
{
	(void)offer;
	decision->settled_as = "ignored";
}
