/*
 * Owns: getting queued messages out: claim, dispatch, retry, expiry, the resolution of the unknown.
 * May use: base/, loop/, store/, channel/, plan/, document/plan_cache.h.
 * Must not know: wire formats, what obligations are about.
 *
 * As many lanes a channel as it takes parts at once: a lane claims one message (durably moved to
 * `sending` before the channel hears of it), hands its parts over one by one, or all as one text to
 * a channel that takes it so, records each outcome, and claims the next in the same turn. A message
 * that names no channel goes by the best one that is healthy (outbox/route.h). Loop thread only.
 */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include "channel/channel.h"
#include "outbox/check.h"

struct loop;
struct outbox;

struct outbox *outbox_new(struct loop *loop, struct store *store, struct plan_cache *plans,
    const struct outbox_policy *policy, unsigned node);
void outbox_free(struct outbox *outbox);
/* The new policy holds from the next claim on (reload). */
void outbox_set_policy(struct outbox *outbox, const struct outbox_policy *policy);

/* `joined` is called after the sweep has taken texts that came in as they are, their missing parts
 * not having come: they wait to be settled. */
void outbox_on_joined(struct outbox *outbox, void (*joined)(void *arg), void *arg);

/* `given_up` is called after a message has failed for good, has been dropped or has expired: what
 * it carried may have to go another way. */
void outbox_on_given_up(struct outbox *outbox, void (*given_up)(void *arg), void *arg);

/* What sending through a channel costs, and whose numbers it is for (outbox/route.h). */
struct outbox_terms {
	int price;                  /* of a text or part; đồng */
	const char *const *prefers; /* borrowed for as long as the outbox lives */
	size_t prefers_count;
};

/* `changed` is called after messages may have changed their state; NULL: nobody any more. */
void outbox_on_changed(struct outbox *outbox, void (*changed)(void *arg), void *arg);

/* Adds the channel's lanes: as many as it takes parts at once. It must outlive the outbox. */
void outbox_add_channel(
    struct outbox *outbox, struct channel *channel, const struct outbox_terms *terms);

/* What an earlier run chose a channel for may go through any again: once, before channels are
 * there.
 */
void outbox_take_all_back(struct outbox *outbox);

/* Something may be due now: new messages, a resumed plan, a settled unknown. Cheap. */
void outbox_poke(struct outbox *outbox);

/* The channel's events, passed on by the owner of the channels. */
void outbox_channel_health(struct outbox *outbox, const char *channel, const char *sim);
void outbox_channel_outcome(
    struct outbox *outbox, const char *channel, const struct channel_outcome *outcome);
/* The receipt is stored when `stored` is called (after the commit). */
void outbox_channel_receipt(struct outbox *outbox, const char *channel,
    const struct channel_receipt *receipt, void (*stored)(const char *slot, void *arg), void *arg);

/* Claims nothing more; what is in flight is finished. `idle` is called once when all lanes rest. */
void outbox_drain(struct outbox *outbox, void (*idle)(void *arg), void *arg);

#endif
