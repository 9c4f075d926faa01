/*
 * Owns: the scheduler's life and what sets it going.
 * May use: base/, loop/, store/, document/plan_cache.h, scheduler/.
 * Must not know: what a round does (round.c).
 */
#include "scheduler/internal.h"

#include <stdlib.h>
void scheduler_poke(struct scheduler *scheduler)
{
	if (scheduler->working)
		scheduler->poked = true;
	else
		scheduler_start_round(scheduler);
}

static void time_came(void *arg)
{
	scheduler_poke(arg);
}

struct scheduler *scheduler_new(struct loop *loop, struct store *store, struct reader *reader,
    struct plan_cache *plans, const struct compose_policy *policy, void (*queued)(void *arg),
    void *arg)
{
	struct scheduler *scheduler = memory_new(sizeof *scheduler);
	*scheduler = (struct scheduler){
	    .loop = loop,
	    .store = store,
	    .reader = reader,
	    .plans = plans,
	    .policy = *policy,
	    .queued = queued,
	    .queued_arg = arg,
	};
	scheduler->timer = loop_timer_new(loop, time_came, scheduler);
	scheduler->daily = loop_timer_new(loop, scheduler_roll_forward, scheduler);
	scheduler_set_daily(scheduler);
	return scheduler;
}

void scheduler_set_policy(struct scheduler *scheduler, const struct compose_policy *policy)
{
	scheduler->policy = *policy;
}

void scheduler_free(struct scheduler *scheduler)
{
	if (scheduler == NULL)
		return;
	loop_timer_free(scheduler->timer);
	loop_timer_free(scheduler->daily);
	free(scheduler);
}
