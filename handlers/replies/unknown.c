/*
 * Owns: a text that says nothing we know: a number that answers no question, or one for a person.
 * May use: replies/handlers.h, text/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include "text/letters.h"

#include <string.h>

/* "4" or "so 4": too little for a person to make anything of. */
static bool is_bare_number(const char *text)
{
	OWNED_TEXT key = letters_key(text);
	const char *digits = strncmp(key, "so ", 3) == 0 ? key + 3 : key;
	size_t len = strspn(digits, "0123456789");
	return len >= 1 && len <= 2 && digits[len] == '\0';
}

void reply_unknown(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	if (offer->reading->misdirected != MISDIRECTED_NO &&
	    offer->reading->confidence >= CONFIDENCE_SURE) {
		reply_misdirected(offer, decision);
		return;
	}
	if (!is_bare_number(context->text)) {
		reply_pass_on(offer, decision);
		return;
	}
	decision->settled_as = "asked";
	decision->answer = context->question.id == 0
			       ? reply_word(offer, "choice_expired", NULL)
			       : reply_word(offer, "choice_wrong",
				     &(struct wording){.count = arena_printf(offer->arena, "%d",
							   context->question.count)});
}
