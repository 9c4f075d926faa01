/*
 * Owns: what scheduler.c, round.c and roll.c share.
 * May use: scheduler/scheduler.h, loop/.
 * Must not know: anything scheduler.h does not. No other room includes this file.
 */
#ifndef SCHEDULER_INTERNAL_H
#define SCHEDULER_INTERNAL_H

#include "loop/loop.h"
#include "scheduler/scheduler.h"

struct scheduler {
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	struct plan_cache *plans;
	struct compose_policy policy;
	void (*queued)(void *arg);
	void *queued_arg;
	struct loop_timer *timer; /* the next wake-up */
	struct loop_timer *daily; /* rolling forward */
	struct wall rolled;       /* when last; 0 never */
	bool working, poked;
};

/* round.c: decides and composes whatever is due, then sets the timer to the next moment. */
void scheduler_start_round(struct scheduler *scheduler);

/* roll.c: sets the daily timer; opens the obligations that have come within reach. */
void scheduler_set_daily(struct scheduler *scheduler);
void scheduler_roll_forward(void *scheduler);

#endif
