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

/* What the office decides that a text means. */
struct inbox_verdict {
	int64_t inbound_id;
	/* INTENT_CONFIRM … as an official could have said it; INTENT_UNKNOWN: nothing is to be made
	 * of it. Not those by which something is asked of the office. */
	enum intent intent;
	bool received;             /* instead: the office holds the report */
	const char *report, *unit; /* codes, or NULL: the only one it can be */
	const char *period;        /* or NULL */
	const char *number;        /* of the document, or NULL */
	struct day day;            /* promised or asked for; zeroed: none */
	const char *actor;         /* for the audit: "root(0) pid 123" */
};

/* What came of it. */
struct inbox_decided {
	size_t changes;
	const char *sender, *answer; /* the answer is NULL when there is none */
};

/* Settles a text, also one that was settled before, as the verdict says: through the same replies
 * as if the official had said so plainly, who is answered the same. What waited because of it is
 * closed. `done` is called later, after the commit, with `decided` NULL on failure:
 * RESULT_NOT_FOUND without such a text, RESULT_INVALID when the verdict does not say enough or
 * cannot be carried out. */
void inbox_decide(struct inbox *inbox, const struct inbox_verdict *verdict,
    void (*done)(
	enum result, const struct failure *, const struct inbox_decided *decided, void *arg),
    void *arg);

/* What people call a report, as the reader wants it: keys separated by "|". In the arena. */
const char *inbox_words_of_report(struct arena *arena, const struct plan_report *report);
/* The figures that a report asks for, report->field_count of them, in the arena. */
struct understand_field;
const struct understand_field *inbox_fields_of_report(
    struct arena *arena, const struct plan_report *report);

/* Settles what waits. Call once at start. */
void inbox_poke(struct inbox *inbox);

#endif
