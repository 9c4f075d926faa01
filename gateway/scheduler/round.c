/*
 * Owns: the rounds of the scheduler: decide what is due, compose what is pending, next moment.
 * May use: base/, loop/, store/, document/plan_cache.h, scheduler/.
 * Must not know: wire formats, channels.
 *
 * One round is one of the three; another follows until there is nothing to decide and nothing to
 * compose. So at one moment everything is decided before anything is composed.
 */
#include "scheduler/internal.h"

#include "base/log.h"
#include "scheduler/decide.h"
#include "scheduler/gather.h"
#include "scheduler/recipients.h"

#include <stdlib.h>

/* Obligations or persons looked at in one turn: bounds the transaction. */
#define ROUND 40
#define AFTER_FAILURE_MS (30 * SECOND_MS)

struct round {
	struct scheduler *scheduler;
	struct arena *arena;
	struct store_due_obligations_input due_input;
	struct store_due_obligations_output due;
	struct store_apply_decisions_input apply_input;
	struct store_apply_decisions_output applied;
	struct store_pending_notices_input pending_input;
	struct store_pending_notices_output pending;
	struct store_bind_notices_input bind_input;
	struct store_bind_notices_output bound;
	struct store_next_moments_input next_input;
	struct store_next_moments_output next;
};

static void submit(struct round *round, enum store_operation operation, const void *input,
    void *output, store_done_fn *done)
{
	store_submit(round->scheduler->store,
	    &(struct store_request){operation, input, output, round->arena, done, round});
}

static void end_round(struct round *round, bool again)
{
	struct scheduler *scheduler = round->scheduler;
	arena_free(round->arena);
	scheduler->working = false;
	if (again || scheduler->poked)
		scheduler_start_round(scheduler);
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

static const struct plan *plan_of(
    const struct scheduler *scheduler, const struct store_due_obligation *item)
{
	return plan_cache_get(scheduler->plans, item->plan_version_id, item->plan_body);
}

/* ── when to look again ──────────────────────────────────────────────────────────────────────── */

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
	submit(round, STORE_NEXT_MOMENTS, &round->next_input, &round->next, next_done);
}

/* ── composing ───────────────────────────────────────────────────────────────────────────────── */

static const char *const *compiled_by(
    const struct store_due_obligation *item, size_t *count, void *arg)
{
	const struct round *round = arg;
	const struct plan *plan = plan_of(round->scheduler, item);
	const struct plan_report *report =
	    plan != NULL ? plan_find_report(plan, item->report_code) : NULL;
	*count = report != NULL ? report->compile_count : 0;
	return report != NULL ? report->compiles : NULL;
}

static void bind_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	struct scheduler *scheduler = round->scheduler;
	if (round_failed(round, "bind", result, failure))
		return;
	log_event(LOG_INFO, "scheduler.composed", "pending=%zu queued=%d ended=%d",
	    round->pending.count, round->bound.queued, round->bound.ended);
	if (round->bound.queued > 0)
		scheduler->queued(scheduler->queued_arg);
	end_round(round, true);
}

static void pending_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	const struct store_pending_notices_output *pending = &round->pending;
	if (round_failed(round, "pending", result, failure))
		return;
	if (pending->count == 0) {
		ask_next(round);
		return;
	}
	const struct plan **plans =
	    arena_alloc(round->arena, pending->obligation_count * sizeof(struct plan *));
	for (size_t i = 0; i < pending->obligation_count; i++)
		plans[i] = plan_of(round->scheduler, &pending->obligations[i]);
	gather_messages(round->arena, &round->scheduler->policy, pending, plans,
	    round->pending_input.now, &round->bind_input);
	submit(round, STORE_BIND_NOTICES, &round->bind_input, &round->bound, bind_done);
}

static void ask_pending(struct round *round)
{
	round->pending_input = (struct store_pending_notices_input){
	    .now = round->due_input.now, .limit = ROUND, .compiles = compiled_by, .arg = round};
	submit(round, STORE_PENDING_NOTICES, &round->pending_input, &round->pending, pending_done);
}

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

static size_t groups_of(
    const struct store_due_obligation *item, const struct store_group **out, void *arg)
{
	struct round *round = arg;
	const struct plan *plan = plan_of(round->scheduler, item);
	const struct plan_ladder *ladder = plan != NULL ? decide_ladder(plan, item) : NULL;
	return ladder != NULL ? recipients_groups(round->arena, ladder, out) : 0;
}

static void apply_done(enum result result, const struct failure *failure, void *arg)
{
	struct round *round = arg;
	if (round_failed(round, "apply", result, failure))
		return;
	if (round->applied.pending + round->applied.skipped > 0)
		log_event(LOG_INFO, "scheduler.decided",
		    "looked=%zu pending=%d skipped=%d stale=%d", round->due.count,
		    round->applied.pending, round->applied.skipped, round->applied.stale);
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
		ask_pending(round);
		return;
	}
	struct store_decided *decided =
	    arena_alloc(round->arena, round->due.count * sizeof *decided);
	for (size_t i = 0; i < round->due.count; i++) {
		const struct store_due_obligation *obligation = &round->due.items[i];
		const struct plan *plan = plan_of(scheduler, obligation);
		if (plan == NULL) /* logged by the cache; look again later, lose nothing */
			decided[i] = (struct store_decided){.obligation_id = obligation->id,
			    .revision = obligation->revision,
			    .wake_at = wall_add(now, HOUR_MS)};
		else
			decide_obligation(
			    round->arena, &scheduler->policy, plan, obligation, now, &decided[i]);
	}
	round->apply_input = (struct store_apply_decisions_input){
	    .now = now, .items = decided, .count = round->due.count};
	submit(round, STORE_APPLY_DECISIONS, &round->apply_input, &round->applied, apply_done);
}

void scheduler_start_round(struct scheduler *scheduler)
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
		.groups = groups_of,
		.arg = round},
	};
	submit(round, STORE_DUE_OBLIGATIONS, &round->due_input, &round->due, due_done);
}
