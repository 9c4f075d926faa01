/*
 * Owns: by which kinds of address and over which channels a person can be told, in which order.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, moments, who stands in, providers.
 *
 * Pure. Chat goes first where an account is linked, else SMS. A step's own `channels` come before
 * the person's own order, which comes before that; a last call goes by SMS first in any case. The
 * list of slots does not depend on what is linked, so that a notice's way means the same tomorrow.
 */
#ifndef SCHEDULER_WAYS_H
#define SCHEDULER_WAYS_H

#include "plan/model.h"
#include "store/operations.h"

/* A configured channel, as far as choosing goes. */
struct way_channel {
	const char *name;
	const char *kind; /* of address: "phone", "zalo" … */
	bool two_way;     /* who is told can answer there */
	bool receipts;    /* its provider says what has arrived */
	int price;        /* đồng a text; of phones the compose policy's price a part counts */
};
/* All that are configured, in the office's order; borrowed. Without any, and for phones, nothing
 * need be listed: an unknown name is taken for a channel that reaches phones. */
struct way_table {
	const struct way_channel *items;
	size_t count;
};

#define WAY_SLOTS_MAX 16
#define WAY_SMS "sms" /* the word for whichever channel reaches phones */
struct way_slot {
	const char *kind;
	const char *channel; /* NULL: any of the kind */
};
/* Writes the slots of one person, at least one; returns how many. `prefers` is the person's own
 * order, "zalo,sms"; words in it that are neither a channel nor a kind are passed over. Strings are
 * the table's, the step's or live in `arena`. */
size_t ways_list(struct arena *arena, const struct way_table *table, const struct plan_step *step,
    const char *prefers, bool last_call, struct way_slot out[WAY_SLOTS_MAX]);

/* Where the contact is reached in this slot; false: not there. `out->channel` is NULL for any. */
bool ways_reach(
    const struct store_contact *contact, const struct way_slot *slot, struct store_address *out);

/* True for what is told by SMS. */
bool way_is_phone(const char *kind);

/* The price of a text through this channel, or through the first of that kind. */
int ways_price(const struct way_table *table, const struct store_address *to);

#endif
