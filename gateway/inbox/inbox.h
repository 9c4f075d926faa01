/*
 * Owns: what came in: stored first, then understood, offered to the replies, settled.
 * May use: base/, loop/, store/, understand/, text/, plan/, document/plan_cache.h,
 * channel/channel.h (what channels report). Must not know: wire formats, how intents are answered.
 *
 * Texts are settled one after another, oldest first, so that "da gui" and "HUY" of one person keep
 * their order. A text that was stored but not settled when the power went is settled after the next
 * start. Loop thread only.
 */
#ifndef INBOX_INBOX_H
#define INBOX_INBOX_H

#include "channel/channel.h"
#include "document/plan_cache.h"
#include "inbox/reply.h"

struct loop;
struct inbox;

/* How the office answers. */
struct inbox_policy {
	const char *language; /* of the office: for strangers and tasks */
	const char *office;
	int zone_minutes;
	bool fold;
	int parts_max, price_per_part;
	int hourly_answers;    /* the most answers to one number an hour; 0: no limit */
	bool answer_strangers; /* numbers that nobody has are answered, once */
};

struct inbox_wiring {
	struct loop *loop;
	struct store *store;
	struct plan_cache *plans;
	const struct reply_handlers *replies;
	const char *(*text)(const char *language, const char *name, void *arg);
	void *text_arg;
	void (*settled)(void *arg); /* answers may be queued, obligations may have changed */
	void *settled_arg;
};

struct inbox *inbox_new(const struct inbox_wiring *wiring, const struct inbox_policy *policy);
void inbox_free(struct inbox *inbox);
void inbox_set_policy(struct inbox *inbox, const struct inbox_policy *policy);

/* Stores one part; `stored` is called after the commit, also when it had been stored before. When
 * storing fails it is not called: the part stays where it is and comes again. */
void inbox_channel_inbound(struct inbox *inbox, const char *channel, const char *sim,
    const struct channel_inbound *inbound, void (*stored)(const char *slot, void *arg), void *arg);

/* What people call a report, as the reader wants it: keys separated by "|". In the arena. */
const char *inbox_words_of_report(struct arena *arena, const struct plan_report *report);

/* Settles what waits. Call once at start. */
void inbox_poke(struct inbox *inbox);

#endif
