/*
 * Owns: what people are told of decisions on requests for more time.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: who decided through what; Vietnamese: it stands in the texts.
 */
#ifndef LEDGER_TELLING_H
#define LEDGER_TELLING_H

#include "plan/model.h"
#include "store/operations.h"

struct ledger_texts {
	const char *(*text)(const char *language, const char *name, void *arg);
	void *text_arg;
};

/* A decided request in a list: "3 6T Xã Ngọc Côn 12/6". In the arena. */
const char *ledger_request_label(struct arena *arena, const struct store_known_request *request);

/* What the requester is told, in their language: granted until the asked day, or refused. The
 * finished text, in the arena. */
const char *ledger_word_decision(struct arena *arena, const struct ledger_texts *texts,
    const struct plan *plan, const struct store_known_request *request, bool granted);

/* How long such a text is of use: until the asked day is over, and at least a day. */
struct wall ledger_decision_useful_until(
    const struct plan *plan, const struct store_known_request *request, struct wall now);

#endif
