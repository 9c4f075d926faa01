/*
 * Owns: what the files of the inbox share.
 * May use: inbox/inbox.h, loop/.
 * Must not know: anything inbox.h does not. No other room includes this file.
 */
#ifndef INBOX_INTERNAL_H
#define INBOX_INTERNAL_H

#include "inbox/inbox.h"
#include "loop/loop.h"

struct storing;

struct inbox {
	struct inbox_wiring wiring;
	struct inbox_policy policy;
	struct understand_vocabulary *vocabulary;
	struct loop_timer *retry;
	bool working, poked;
	int64_t trouble;          /* the text that could not be settled, 0 none */
	int conflicts, failures;  /* of that one */
	struct storing *unstored; /* what came in and could not be stored, oldest first */
	struct loop_timer *store_again;
};

/* One text being settled. Lives in its arena. */
struct settling {
	struct inbox *inbox;
	struct arena *arena;
	struct store_inbound_context_input context_input;
	struct store_inbound_context_output context;
	struct readings readings;
	const struct plan **plans; /* running, parallel to context.plan_bodies */
	bool with_marks;           /* the sender writes with diacritics */
	struct store_settle_inbound_input settle;
	struct store_new_message answer;
	struct reply_decision decision;
};

/* inbox.c: has the replies decide what the text of these readings leads to, and fills in
 * settling->decision and settling->settle. `plans` as from inbox_understand. */
void inbox_settle_as(struct settling *settling, const struct readings *readings,
    const struct plan *const *plans, bool by_office);

/* context.c: reads the text in the light of what the store knows about the sender. `plans` gets the
 * running plans, parallel to context->plan_bodies. */
struct readings inbox_understand(struct inbox *inbox, struct arena *arena,
    const struct store_inbound_context_output *context, struct wall now,
    const struct plan ***plans);

/* facts.c: what to look up about the readings that are said; parallel to them, or nothing. */
void inbox_ask_facts(struct arena *arena, const struct readings *readings, struct wall now,
    int zone_minutes, struct store_claim_asks *asks);
/* The code of an account to be linked that the text gives; NULL: none. */
const char *inbox_link_code(const struct readings *readings);
/* context.c: the running plans, parallel to context->plan_bodies; NULL where one cannot be read. */
const struct plan **inbox_plans(
    struct inbox *inbox, struct arena *arena, const struct store_inbound_context_output *context);

#endif
