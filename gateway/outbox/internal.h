/*
 * Owns: what outbox.c and record.c share.
 * May use: outbox/outbox.h.
 * Must not know: anything outbox.h does not. No other room includes this file.
 */
#ifndef OUTBOX_INTERNAL_H
#define OUTBOX_INTERNAL_H

#include "outbox/outbox.h"

#include "loop/loop.h"

#include <stdio.h>

enum lane_state {
	LANE_RESTS,
	LANE_CLAIMS,
	LANE_SENDS,   /* a part is with the channel */
	LANE_RECORDS, /* its outcome is being recorded, the next part follows */
};

struct lane {
	struct outbox *outbox;
	struct channel *channel;
	int number; /* from 0, of the lanes of this channel */
	enum lane_state state;
	bool poked;          /* while claiming: claim once more afterwards */
	struct arena *arena; /* of the claim */
	struct outbox_check_place place;
	struct store_claim_due_input input;
	struct store_claim_due_output claim;
	size_t next_part; /* the one in flight, index into claim.parts */
	char *whole;      /* all parts as one text, for a channel that takes it so; owned */
};

/* A channel as the outbox knows it. */
struct outbox_way {
	const struct channel *channel;
	struct outbox_terms terms;
	char sim[32]; /* what it sends as, "" unknown */
};
#define OUTBOX_CHANNELS_MAX 64

struct receipt_record;

struct outbox {
	struct loop *loop;
	struct store *store;
	struct plan_cache *plans;
	struct outbox_policy policy;
	unsigned node;
	struct lane **lanes;
	size_t lane_count, lane_capacity;
	struct outbox_way *ways; /* one a channel */
	size_t way_count, way_capacity;
	struct loop_timer *timer; /* the next moment at which something is due by time alone */
	struct loop_timer *retry; /* after a claim that failed */
	struct loop_timer *receipts_again;
	struct receipt_record *receipts; /* that could not be stored, oldest first */
	bool timer_asked, timer_stale;
	bool draining;
	loop_fn *joined; /* NULL: nobody asks */
	void *joined_arg;
	loop_fn *given_up; /* NULL: nobody asks */
	void *given_up_arg;
	loop_fn *changed; /* NULL: nobody asks */
	void *changed_arg;
	int told_month; /* year * 12 + month in which the office was told of the cap */
	loop_fn *drained;
	void *drained_arg;
};

/* The lane that has this attempt in flight; NULL: none, it is late or of an earlier daemon. */
struct lane *outbox_find_lane(struct outbox *outbox, const char *channel, int64_t attempt);
/* What the channel sends as; "" when that is not known. */
const char *outbox_sim(const struct outbox *outbox, const char *channel);
void outbox_claim(struct lane *lane);
/* Messages may have changed their state: tells whoever asked to know. */
void outbox_changed(const struct outbox *outbox);
/* A message has ended without arriving: tells whoever asked to know. */
void outbox_gave_up(struct outbox *outbox);

/* The outcome of a part is durable: the next part leaves only now, so that after a crash at most
 * one part of a text is in doubt. go_on false: it could not be recorded. */
void outbox_part_recorded(struct lane *lane, bool go_on);

/* record.c; lane NULL: nobody waits for it. `more`: calls outbox_part_recorded after the commit. */
void outbox_record(struct outbox *outbox, const char *channel, struct lane *lane,
    const struct channel_outcome *outcome, bool more);
void outbox_receipts_again(void *outbox);
void outbox_forget_receipts(struct outbox *outbox);
/* routing.c: a store_route_fn whose `arg` is the outbox; and what was meant for a channel that is
 * down may go through others again. */
const char *outbox_route(const struct store_route_facts *facts, void *outbox);
void outbox_take_back(struct outbox *outbox, const struct channel *channel);
/* cap.c: tells the office once a month when 80 % of the month's parts have gone. */
void outbox_watch_cap(struct outbox *outbox, int parts_this_month);
/* moments.c */
void outbox_set_timer(struct outbox *outbox);
void outbox_time_came(void *outbox);

#endif
