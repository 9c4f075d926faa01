/*
 * Owns: opting out and in: duty reminders are reduced to the last call, not silenced.
 * May use: replies/handlers.h.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

void reply_opt_out(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "acted";
	decision->opt = 1;
	decision->answer = reply_word(
	    offer, offer->context->person_count > 0 ? "opt_out_duty" : "opt_out_done", NULL);
}

void reply_opt_in(const struct reply_offer *offer, struct reply_decision *decision)
{
	decision->settled_as = "acted";
	decision->opt = -1;
	decision->answer = reply_word(offer, "opt_in_done", NULL);
}
