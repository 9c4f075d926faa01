/*
 * Owns: "nhầm số" and "chuyển công tác rồi": texts for a person reach somebody else.
 * May use: replies/handlers.h.
 * Must not know: modems, SQL.
 *
 * The number is suspended, so that who stands in is reminded, until the office imports another
 * number or says that this one is right. Who said so is thanked once.
 */
#include "replies/handlers.h"

void reply_misdirected(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	const char *why =
	    offer->reading->misdirected == MISDIRECTED_TRANSFERRED ? "transferred" : "wrong-number";
	decision->settled_as = "task";
	decision->task = reply_task(offer, why, NULL);
	decision->task->key = arena_printf(offer->arena, "misdirected:%s", context->sender);
	if (context->misdirected != NULL)
		return;
	decision->misdirected = why;
	decision->answer = reply_word(offer, "misdirected", NULL);
}
