/*
 * Owns: which obligations a plan makes for which units.
 * May use: base/, plan/, store/operations.h.
 * Must not know: when anything is sent.
 */
#include "scheduler/expand.h"

#define OCCURRENCES_MAX 64

struct expansion {
	struct arena *arena;
	struct store_new_obligation *items; /* heap while it grows */
	size_t count, capacity;
};

static void add(struct expansion *expansion, const struct store_new_obligation *obligation)
{
	ARRAY_GROW(expansion->items, expansion->count, expansion->capacity);
	expansion->items[expansion->count++] = *obligation;
}

static void expand_report(struct expansion *expansion, const struct plan *plan,
    const struct plan_report *report, const struct store_unit *unit, struct wall from,
    struct wall to)
{
	struct plan_occurrence occurrences[OCCURRENCES_MAX];
	size_t count =
	    plan_report_occurrences(plan, report, from, to, occurrences, OCCURRENCES_MAX);
	for (size_t i = 0; i < count && i < OCCURRENCES_MAX; i++)
		add(expansion, &(struct store_new_obligation){
				   .kind = "report",
				   .report_code = arena_copy(expansion->arena, report->code),
				   .period = arena_copy(expansion->arena, occurrences[i].period),
				   .unit_code = unit->code,
				   .named = occurrences[i].named,
				   .deadline = occurrences[i].deadline,
			       });
}

static void expand_event(struct expansion *expansion, const struct plan *plan,
    const struct plan_event *event, const struct store_unit *unit, struct wall from, struct wall to)
{
	struct wall end = calendar_moment(&plan->calendar, day_add(event->end, 1), 0);
	struct wall start = calendar_moment(&plan->calendar, event->start, 0);
	if (!wall_before(from, end) || !wall_before(start, to))
		return;
	add(expansion,
	    &(struct store_new_obligation){
		.kind = "event",
		.report_code = arena_copy(expansion->arena, event->code),
		.period = arena_printf(expansion->arena, "%d", civil_of_day(event->start).year),
		.unit_code = unit->code,
		.named = event->start,
		.deadline = WALL_NEVER,
	    });
}

void expand_plan(struct arena *arena, const struct plan *plan, const struct store_unit *units,
    size_t unit_count, struct wall from, bool past_too, struct store_new_obligation **out,
    size_t *count)
{
	struct expansion expansion = {.arena = arena};
	struct civil start = calendar_civil(&plan->calendar, from);
	int month = start.month + EXPAND_MONTHS - 1; /* from 0, counted from January of this year */
	int day = start.day > 28 ? 28 : start.day;   /* a day that every month has */
	struct wall to = calendar_moment(
	    &plan->calendar, civil_day(start.year + month / 12, month % 12 + 1, day), 0);
	if (past_too) /* whatever of the plan's years lies behind is there for late answers */
		from = calendar_moment(&plan->calendar, civil_day(start.year, 1, 1), 0);
	for (size_t u = 0; u < unit_count; u++) {
		for (size_t r = 0; r < plan->report_count; r++)
			if (plan_audience_has(
				&plan->reports[r].audience, units[u].code, units[u].kind))
				expand_report(
				    &expansion, plan, &plan->reports[r], &units[u], from, to);
		for (size_t e = 0; e < plan->event_count; e++)
			if (plan_audience_has(
				&plan->events[e].audience, units[u].code, units[u].kind))
				expand_event(
				    &expansion, plan, &plan->events[e], &units[u], from, to);
	}
	*out = arena_alloc(arena, (expansion.count + 1) * sizeof **out);
	for (size_t i = 0; i < expansion.count; i++)
		(*out)[i] = expansion.items[i];
	*count = expansion.count;
	memory_free(expansion.items);
}
