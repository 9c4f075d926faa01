/*
 * Owns: the rounds of the scheduler: what is due, decide, apply, next moment.
 * May use: base/, loop/, store/, document/plan_cache.h, scheduler/.
 * Must not know: wire formats, channels.
 */
#include "scheduler/internal.h"

#include "base/log.h"
#include "scheduler/decide.h"

#include <stdlib.h>
#include <string.h>

/* Obligations looked at in one turn: bounds the transaction. */
#define ROUND 40
#define AFTER_FAILURE_MS (30 * SECOND_MS)

struct round {
	struct scheduler *scheduler;
	struct arena *arena;
	struct store_due_obligations_input due_input;
	struct store_due_obligations_output due;
	struct store_apply_decisions_input apply_input;
	struct store_apply_decisions_output applied;
	struct store_next_moments_input next_input;
	struct store_next_moments_output next;
};

static void start_round(struct scheduler *scheduler);

static void end_round(struct round *round, bool again)
{
	struct scheduler *scheduler = round->scheduler;
	arena_free(round->arena);
	scheduler->working = false;
	if (again || scheduler->poked)
		start_round(scheduler);
}

static bool round_failed(
    struct round *round, const char *what, enum result result, const struct failure *failure)
{
	if (result == RESULT_OK)
		return false;
	log_event(
	    LOG_ERROR, "scheduler.failed", "what=%s why=%s", what, log_quote(failure->text).text);
	loop_timer_after(round->scheduler->timer, AFTER_FAILURE_MS);
	round->scheduler->poked = false;
	end_round(round, false);
	return true;
}

static void next_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	if (round_failed(round, "next", result, failure))
		return;
	loop_timer_at(round->scheduler->timer, round->next.wake_at);
	end_round(round, false);
}

static void ask_next(struct round *round)
{
	round->next_input.now = loop_now(round->scheduler->loop);
	store_submit(
	    round->scheduler->store, &(struct store_request){STORE_NEXT_MOMENTS, &round->next_input,
					 &round->next, round->arena, next_done, round});
}

static void apply_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	struct scheduler *scheduler = round->scheduler;
	if (round_failed(round, "apply", result, failure))
		return;
	if (round->applied.queued + round->applied.skipped > 0)
		log_event(LOG_INFO, "scheduler.decided", "looked=%zu queued=%d skipped=%d stale=%d",
		    round->due.count, round->applied.queued, round->applied.skipped,
		    round->applied.stale);
	if (round->applied.queued > 0)
		scheduler->queued(scheduler->queued_arg);
	end_round(round, true);
}

static void due_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	struct scheduler *scheduler = round->scheduler;
	struct wall now = round->due_input.now;
	if (round_failed(round, "due", result, failure))
		return;
	if (round->due.count == 0) {
		ask_next(round);
		return;
	}
	struct store_decided *decided =
	    arena_alloc(round->arena, round->due.count * sizeof *decided);
	for (size_t i = 0; i < round->due.count; i++) {
		const struct store_due_obligation *obligation = &round->due.items[i];
		const struct plan *plan = plan_cache_get(
		    scheduler->plans, obligation->plan_version_id, obligation->plan_body);
		if (plan == NULL) /* logged by the cache; look again later, lose nothing */
			decided[i] = (struct store_decided){.obligation_id = obligation->id,
			    .revision = obligation->revision,
			    .wake_at = wall_add(now, HOUR_MS)};
		else
			decide_obligation(round->arena, &scheduler->policy, plan, obligation,
			    round->due.missing, round->due.missing_count, now, &decided[i]);
	}
	round->apply_input = (struct store_apply_decisions_input){
	    .now = now, .items = decided, .count = round->due.count};
	store_submit(
	    scheduler->store, &(struct store_request){STORE_APPLY_DECISIONS, &round->apply_input,
				  &round->applied, round->arena, apply_done, round});
}

static bool wants_missing(const struct store_due_obligation *item, void *arg)
{
	const struct scheduler *scheduler = arg;
	const struct plan *plan =
	    plan_cache_get(scheduler->plans, item->plan_version_id, item->plan_body);
	for (size_t i = 0; plan != NULL && i < plan->report_count; i++)
		if (strcmp(plan->reports[i].code, item->report_code) == 0)
			return plan->reports[i].compile_count > 0;
	return false;
}

static void start_round(struct scheduler *scheduler)
{
	struct arena *arena = arena_new();
	struct round *round = arena_alloc(arena, sizeof *round);
	scheduler->working = true;
	scheduler->poked = false;
	*round = (struct round){
	    .scheduler = scheduler,
	    .arena = arena,
	    .due_input = {.now = loop_now(scheduler->loop),
		.limit = ROUND,
		.wants_missing = wants_missing,
		.wants_arg = scheduler},
	};
	store_submit(scheduler->store, &(struct store_request){STORE_DUE_OBLIGATIONS,
					   &round->due_input, &round->due, arena, due_done, round});
}

void scheduler_poke(struct scheduler *scheduler)
{
	if (scheduler->working)
		scheduler->poked = true;
	else
		start_round(scheduler);
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
