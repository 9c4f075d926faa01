/*
 * Owns: LK 482913: a chat account texts the code that the office has issued for a person.
 * May use: replies/handlers.h.
 * Must not know: SQL, how codes are drawn, providers.
 */
#include "replies/handlers.h"

#include <string.h>

bool reply_is_link(const struct reply_offer *offer)
{
	const char *kind = offer->context->address_kind;
	return offer->link != NULL && kind != NULL && strcmp(kind, ADDRESS_KIND_PHONE) != 0;
}

static void use_code(
    const struct reply_offer *offer, struct reply_decision *decision, bool is_right)
{
	struct store_link *link = arena_alloc(offer->arena, sizeof *link);
	*link = (struct store_link){.code = offer->reading->code, .right = is_right};
	decision->link = link;
}

/* From a phone there is nothing to link: a person is known by theirs. */
void reply_link(const struct reply_offer *offer, struct reply_decision *decision)
{
	struct reply_offer theirs = *offer;
	if (!reply_is_link(offer)) {
		reply_pass_on(offer, decision);
		return;
	}
	decision->settled_as = "acted";
	switch (offer->link->result) {
	case LINK_LOCKED:
		decision->answer = reply_word(offer, "link_locked", NULL);
		break;
	case LINK_WRONG:
		use_code(offer, decision, false);
		decision->answer = reply_word(offer, "link_wrong", NULL);
		break;
	case LINK_RIGHT:
		use_code(offer, decision, true);
		theirs.language = offer->link->language;
		decision->answer = reply_word(&theirs, "link_done",
		    &(struct wording){
			.person = offer->link->person_name, .unit = offer->link->unit_name});
		break;
	}
}
