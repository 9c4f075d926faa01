/*
 * Owns: rolling obligations forward, daily: what has come within 13 months exists, what units owed
 * that have ended passes to their successors.
 * May use: base/, loop/, store/, document/plan_cache.h, scheduler/expand.h.
 * Must not know: when anything is sent.
 */
#include "scheduler/internal.h"

#include "base/log.h"
#include "document/plan_file.h"
#include "scheduler/expand.h"

#include <string.h>

/* Offices of Viet Nam; the hour does not matter as long as nobody works then. */
#define ROLL_ZONE_MINUTES 420
#define ROLL_AT (4 * 60)

struct rolling {
	struct scheduler *scheduler;
	struct arena *arena;
	struct reader_recipients recipients;
	struct store_pass_units_input pass;
	struct store_pass_units_output passed;
	int asked;
};

void scheduler_set_daily(struct scheduler *scheduler)
{
	struct wall now = loop_now(scheduler->loop);
	struct day today = civil_day_of_wall(now, ROLL_ZONE_MINUTES);
	struct wall next = civil_moment(today, ROLL_AT, ROLL_ZONE_MINUTES);
	if (!wall_before(now, next))
		next = civil_moment(day_add(today, 1), ROLL_AT, ROLL_ZONE_MINUTES);
	loop_timer_at(scheduler->daily, next);
}

static void rolled(struct rolling *rolling)
{
	if (rolling->asked == 0)
		arena_free(rolling->arena);
}

static void open_done(enum result result, const struct failure *failure, void *arg)
{
	struct rolling *rolling = arg;
	if (result != RESULT_OK)
		log_event(
		    LOG_ERROR, "scheduler.roll-failed", "why=%s", log_quote(failure->text).text);
	rolling->asked--;
	scheduler_poke(rolling->scheduler);
	rolled(rolling);
}

static void pass_done(enum result result, const struct failure *failure, void *arg)
{
	struct rolling *rolling = arg;
	const struct store_pass_units_output *passed = &rolling->passed;
	if (result == RESULT_OK && passed->ended + passed->passed + passed->waived > 0)
		log_event(LOG_INFO, "scheduler.units-ended", "units=%d passed=%d waived=%d",
		    passed->ended, passed->passed, passed->waived);
	open_done(result, failure, arg);
}

/* Before the plans: what a successor has from its predecessor is not opened as its own. */
static void pass_units(struct rolling *rolling)
{
	struct scheduler *scheduler = rolling->scheduler;
	rolling->pass = (struct store_pass_units_input){.now = loop_now(scheduler->loop),
	    .actor = "nhacviec",
	    .zone_minutes = ROLL_ZONE_MINUTES};
	rolling->asked++;
	store_submit(scheduler->store, &(struct store_request){STORE_PASS_UNITS, &rolling->pass,
					   &rolling->passed, rolling->arena, pass_done, rolling});
}

static bool roll_plan(const struct plan_row *row, void *arg)
{
	struct rolling *rolling = arg;
	struct scheduler *scheduler = rolling->scheduler;
	if (strcmp(row->state, "closed") == 0)
		return true;
	const struct plan *plan = plan_cache_get(scheduler->plans, row->version_id, row->body);
	if (plan == NULL)
		return true;
	struct store_open_obligations_input *input = arena_alloc(rolling->arena, sizeof *input);
	struct store_open_obligations_output *output = arena_alloc(rolling->arena, sizeof *output);
	struct store_new_obligation *obligations;
	*input = (struct store_open_obligations_input){
	    .now = loop_now(scheduler->loop), .plan_code = arena_copy(rolling->arena, row->code)};
	expand_plan(rolling->arena, plan, rolling->recipients.units, rolling->recipients.unit_count,
	    input->now, false, &obligations, &input->obligation_count);
	input->obligations = obligations;
	rolling->asked++;
	store_submit(scheduler->store, &(struct store_request){STORE_OPEN_OBLIGATIONS, input,
					   output, rolling->arena, open_done, rolling});
	return true;
}

void scheduler_roll_forward(void *arg)
{
	struct scheduler *scheduler = arg;
	struct arena *arena = arena_new();
	struct rolling *rolling = arena_alloc(arena, sizeof *rolling);
	struct failure failure;
	*rolling = (struct rolling){.scheduler = scheduler, .arena = arena};
	scheduler_set_daily(scheduler);
	pass_units(rolling);
	if (reader_recipients(scheduler->reader, arena, &rolling->recipients, &failure) !=
		RESULT_OK ||
	    reader_plans(scheduler->reader, roll_plan, rolling, &failure) != RESULT_OK)
		log_event(
		    LOG_ERROR, "scheduler.roll-failed", "why=%s", log_quote(failure.text).text);
	rolled(rolling);
}

void scheduler_roll(struct scheduler *scheduler)
{
	scheduler_roll_forward(scheduler);
	scheduler_poke(scheduler);
}
