/*
 * Owns: what is done daily: what has come within 13 months exists, what units owed that have ended
 * passes to their successors, papers that do not come are asked for.
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
#define EVERY_DAY_MS (2 * DAY_MS) /* two rolls that lie closer have missed no day */

struct rolling {
	struct scheduler *scheduler;
	struct arena *arena;
	struct reader_recipients recipients;
	struct store_pass_units_input pass;
	struct store_pass_units_output passed;
	enum expand_span span;
	struct day today;
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

/* What was not opened today is looked for again from the beginning. */
static void roll_failed(struct scheduler *scheduler, const char *why)
{
	scheduler->rolled = (struct wall){0};
	log_event(LOG_ERROR, "scheduler.roll-failed", "why=%s", log_quote(why).text);
}

static void open_done(enum result result, const struct failure *failure, void *arg)
{
	struct rolling *rolling = arg;
	if (result != RESULT_OK)
		roll_failed(rolling->scheduler, failure->text);
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

/* Nobody may look at `nhacviec check` in autumn; the list of tasks is looked at. */
static void ask_for_holidays(struct rolling *rolling, int year)
{
	struct scheduler *scheduler = rolling->scheduler;
	if (year == 0)
		return;
	struct store_open_task_input *input = arena_alloc(rolling->arena, sizeof *input);
	struct store_open_task_output *output = arena_alloc(rolling->arena, sizeof *output);
	*input = (struct store_open_task_input){
	    .now = loop_now(scheduler->loop),
	    .task =
		{
		    .key = arena_printf(rolling->arena, "holidays-missing:%d", year),
		    .kind = "holidays-missing",
		    .text = arena_printf(rolling->arena, "vn-%d.ics", year),
		    .until = WALL_NEVER,
		},
	};
	rolling->asked++;
	store_submit(scheduler->store, &(struct store_request){STORE_OPEN_TASK, input, output,
					   rolling->arena, open_done, rolling});
}

#define PAPERS_MOST 500

struct asking {
	struct rolling *rolling;
	struct store_ask_papers_input input;
	struct store_ask_papers_output output;
};

static void submit_asking(struct asking *asking);

static void papers_done(enum result result, const struct failure *failure, void *arg)
{
	struct asking *asking = arg;
	struct rolling *rolling = asking->rolling;
	if (result == RESULT_OK && asking->output.asked > 0)
		log_event(LOG_INFO, "scheduler.papers-asked", "plan=%s claims=%d",
		    asking->input.plan_code, asking->output.asked);
	if (result == RESULT_OK && asking->output.asked == asking->input.most)
		submit_asking(asking);
	open_done(result, failure, rolling);
}

static void submit_asking(struct asking *asking)
{
	struct rolling *rolling = asking->rolling;
	rolling->asked++;
	store_submit(
	    rolling->scheduler->store, &(struct store_request){STORE_ASK_PAPERS, &asking->input,
					   &asking->output, rolling->arena, papers_done, asking});
}

/* The day of a claim does not count; the whole of the last working day is left to the office. */
static void ask_for_papers(struct rolling *rolling, const struct plan *plan)
{
	if (plan->paper_within == 0)
		return;
	struct asking *asking = arena_alloc(rolling->arena, sizeof *asking);
	struct day before =
	    calendar_add_working_days(&plan->calendar, rolling->today, -plan->paper_within);
	if (before.number == DAY_NONE.number)
		return;
	*asking = (struct asking){.rolling = rolling,
	    .input = {.now = loop_now(rolling->scheduler->loop),
		.plan_code = arena_copy(rolling->arena, plan->code),
		.claimed_before = calendar_moment(&plan->calendar, before, 0),
		.most = PAPERS_MOST}};
	submit_asking(asking);
}

/* A plan is its owner's: units of others have plans of their own. */
static struct store_unit *units_of(const struct rolling *rolling, const char *owner, size_t *count)
{
	const struct reader_recipients *all = &rolling->recipients;
	struct store_unit *units =
	    arena_alloc(rolling->arena, (all->unit_count + 1) * sizeof *units);
	*count = 0;
	for (size_t i = 0; i < all->unit_count; i++)
		if (strcmp(all->unit_owners[i], owner) == 0)
			units[(*count)++] = all->units[i];
	return units;
}

static bool roll_plan(const struct plan_row *row, void *arg)
{
	struct rolling *rolling = arg;
	struct scheduler *scheduler = rolling->scheduler;
	if (strcmp(row->state, "closed") == 0)
		return true;
	const struct plan *plan = plan_cache_get(scheduler->plans, row->version_id, row->body);
	if (plan == NULL) { /* told of by the cache */
		scheduler->rolled = (struct wall){0};
		return true;
	}
	struct store_open_obligations_input *input = arena_alloc(rolling->arena, sizeof *input);
	struct store_open_obligations_output *output = arena_alloc(rolling->arena, sizeof *output);
	struct store_new_obligation *obligations;
	*input = (struct store_open_obligations_input){
	    .now = loop_now(scheduler->loop), .plan_code = arena_copy(rolling->arena, row->code)};
	size_t unit_count;
	const struct store_unit *units = units_of(rolling, row->owner, &unit_count);
	expand_plan(rolling->arena, plan, units, unit_count, input->now, rolling->span,
	    &obligations, &input->obligation_count);
	input->obligations = obligations;
	rolling->asked++;
	store_submit(scheduler->store, &(struct store_request){STORE_OPEN_OBLIGATIONS, input,
					   output, rolling->arena, open_done, rolling});
	ask_for_holidays(rolling, plan_missing_holiday_year(plan, rolling->today));
	if (strcmp(row->state, "running") == 0)
		ask_for_papers(rolling, plan);
	return true;
}

void scheduler_roll_forward(void *arg)
{
	struct scheduler *scheduler = arg;
	struct arena *arena = arena_new();
	struct rolling *rolling = arena_alloc(arena, sizeof *rolling);
	struct wall now = loop_now(scheduler->loop);
	struct failure failure;
	*rolling = (struct rolling){
	    .scheduler = scheduler,
	    .arena = arena,
	    .today = civil_day_of_wall(now, ROLL_ZONE_MINUTES),
	    /* What was within reach yesterday has been opened, or came by an import since. */
	    .span = scheduler->rolled.ms > now.ms - EVERY_DAY_MS && scheduler->rolled.ms <= now.ms
			? EXPAND_NEW_DAYS
			: EXPAND_AHEAD,
	};
	scheduler->rolled = now;
	scheduler_set_daily(scheduler);
	pass_units(rolling);
	if (reader_recipients(scheduler->reader, arena, &rolling->recipients, &failure) !=
		RESULT_OK ||
	    reader_plans(scheduler->reader, roll_plan, rolling, &failure) != RESULT_OK)
		roll_failed(scheduler, failure.text);
	rolled(rolling);
}

void scheduler_roll(struct scheduler *scheduler)
{
	scheduler_roll_forward(scheduler);
	scheduler_poke(scheduler);
}
