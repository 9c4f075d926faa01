/*
 * Owns: which obligations a plan makes for which units.
 * May use: base/, plan/, store/operations.h, document/text_index.h.
 * Must not know: when anything is sent.
 */
#include "scheduler/expand.h"

#include "document/text_index.h"

struct expansion {
	struct arena *arena;
	const struct plan *plan;
	const struct store_unit *units;
	size_t unit_count;
	struct text_index by_code; /* units; filled when some unit ends */
	struct text_index passed;  /* "REPORT/PERIOD/UNIT" of what came by succession */
	struct wall from, to;
	struct store_new_obligation *items; /* heap while it grows */
	size_t count, capacity;
};

/* ── which unit ──────────────────────────────────────────────────────────────────────────────── */

static bool has_begun(
    const struct expansion *expansion, const struct store_unit *unit, struct day day)
{
	return !wall_before(calendar_moment(&expansion->plan->calendar, day, 0), unit->valid_from);
}

static bool has_ended(
    const struct expansion *expansion, const struct store_unit *unit, struct day day)
{
	return unit->valid_until.ms != 0 &&
	       !wall_before(calendar_moment(&expansion->plan->calendar, day, 0), unit->valid_until);
}

/* The unit that succeeds an ended one on `day`, or NULL. Stored successions never lead in a
 * circle, and no chain is longer than there are units. */
static const struct store_unit *heir_on(
    const struct expansion *expansion, const struct store_unit *unit, struct day day)
{
	for (size_t i = 0; i < expansion->unit_count && unit != NULL; i++) {
		if (!has_ended(expansion, unit, day))
			return unit;
		size_t at = unit->successor != NULL
				? text_index_find(&expansion->by_code, unit->successor)
				: TEXT_INDEX_NONE;
		unit = at != TEXT_INDEX_NONE ? &expansion->units[at] : NULL;
	}
	return NULL;
}

static bool is_new_for(struct expansion *expansion, const struct store_unit *heir,
    const struct plan_audience *audience, const struct store_new_obligation *obligation)
{
	if (plan_audience_has(audience, heir->code, heir->kind) &&
	    has_begun(expansion, heir, obligation->named))
		return false; /* it owes this in its own right */
	const char *key = arena_printf(
	    expansion->arena, "%s/%s/%s", obligation->report_code, obligation->period, heir->code);
	if (text_index_find(&expansion->passed, key) != TEXT_INDEX_NONE)
		return false;
	text_index_put(&expansion->passed, key, expansion->count);
	return true;
}

/* Adds what `unit` owes, for itself or for its heir. */
static void add(struct expansion *expansion, const struct store_unit *unit,
    const struct plan_audience *audience, const struct store_new_obligation *obligation)
{
	const struct store_unit *owes = unit;
	if (!has_begun(expansion, unit, obligation->named))
		return;
	if (has_ended(expansion, unit, obligation->named)) {
		owes = heir_on(expansion, unit, obligation->named);
		if (owes == NULL || !is_new_for(expansion, owes, audience, obligation))
			return;
	}
	ARRAY_GROW(expansion->items, expansion->count, expansion->capacity);
	expansion->items[expansion->count] = *obligation;
	expansion->items[expansion->count++].unit_code = owes->code;
}

/* ── which occurrences ───────────────────────────────────────────────────────────────────────── */

static void add_report(struct expansion *expansion, const struct plan_report *report,
    const struct store_unit *unit, const struct plan_occurrence *occurrence)
{
	add(expansion, unit, &report->audience,
	    &(struct store_new_obligation){
		.kind = "report",
		.report_code = arena_copy(expansion->arena, report->code),
		.period = arena_copy(expansion->arena, occurrence->period),
		.named = occurrence->named,
		.deadline = occurrence->deadline,
		.closing = occurrence->closing,
	    });
}

/* The occurrences of a report are the same for all units with the same closures: found once each.
 */
struct shared {
	uint64_t closed;
	struct plan_occurrence *occurrences;
	size_t count;
};

static const struct shared *find_shared(struct expansion *expansion,
    const struct plan_report *report, const struct plan_calendar *calendar, struct shared **list,
    size_t *count)
{
	for (size_t i = 0; i < *count; i++)
		if ((*list)[i].closed == calendar->closed)
			return &(*list)[i];
	struct shared *longer = arena_alloc(expansion->arena, (*count + 1) * sizeof *longer);
	for (size_t i = 0; i < *count; i++)
		longer[i] = (*list)[i];
	*list = longer;
	struct shared *found = &longer[(*count)++];
	found->closed = calendar->closed;
	found->count =
	    plan_report_occurrences_in(report, calendar, expansion->from, expansion->to, NULL, 0);
	found->occurrences =
	    arena_alloc(expansion->arena, (found->count + 1) * sizeof *found->occurrences);
	(void)plan_report_occurrences_in(
	    report, calendar, expansion->from, expansion->to, found->occurrences, found->count);
	return found;
}

static void expand_report(struct expansion *expansion, const struct plan_report *report)
{
	struct shared *list = NULL;
	size_t count = 0;
	for (size_t u = 0; u < expansion->unit_count; u++) {
		const struct store_unit *unit = &expansion->units[u];
		if (!plan_audience_has(&report->audience, unit->code, unit->kind))
			continue;
		const struct plan_calendar calendar =
		    plan_calendar_for_unit(expansion->plan, unit->code, unit->kind);
		const struct shared *shared =
		    find_shared(expansion, report, &calendar, &list, &count);
		for (size_t i = 0; i < shared->count; i++)
			add_report(expansion, report, unit, &shared->occurrences[i]);
	}
}

static void expand_event(struct expansion *expansion, const struct plan_event *event)
{
	struct arena *arena = expansion->arena;
	size_t count =
	    plan_event_occurrences(expansion->plan, event, expansion->from, expansion->to, NULL, 0);
	struct plan_event_occurrence *times = arena_alloc(arena, (count + 1) * sizeof *times);
	(void)plan_event_occurrences(
	    expansion->plan, event, expansion->from, expansion->to, times, count);
	for (size_t i = 0; i < count; i++) {
		const struct store_new_obligation obligation = {
		    .kind = "event",
		    .report_code = arena_copy(arena, event->code),
		    .period = arena_copy(arena, times[i].period),
		    .named = times[i].start,
		    .deadline = WALL_NEVER,
		    .closing = WALL_NEVER,
		};
		for (size_t u = 0; u < expansion->unit_count; u++)
			if (plan_audience_has(&event->audience, expansion->units[u].code,
				expansion->units[u].kind))
				add(expansion, &expansion->units[u], &event->audience, &obligation);
	}
}

static void index_units(struct expansion *expansion)
{
	bool ends = false;
	for (size_t u = 0; u < expansion->unit_count; u++)
		ends |= expansion->units[u].valid_until.ms != 0;
	for (size_t u = 0; u < expansion->unit_count && ends; u++)
		text_index_put(&expansion->by_code, expansion->units[u].code, u);
}

void expand_plan(struct arena *arena, const struct plan *plan, const struct store_unit *units,
    size_t unit_count, struct wall from, enum expand_span span, struct store_new_obligation **out,
    size_t *count)
{
	struct expansion expansion = {.arena = arena,
	    .plan = plan,
	    .units = units,
	    .unit_count = unit_count,
	    .by_code = {.arena = arena},
	    .passed = {.arena = arena},
	    .from = from};
	struct civil start = calendar_civil(&plan->calendar, from);
	int month = start.month + EXPAND_MONTHS - 1; /* from 0, counted from January of this year */
	int day = start.day > 28 ? 28 : start.day;   /* a day that every month has */
	expansion.to = calendar_moment(
	    &plan->calendar, civil_day(start.year + month / 12, month % 12 + 1, day), 0);
	/* Months have different lengths: the end of the reach moves by up to four days at once. */
	if (span == EXPAND_NEW_DAYS)
		expansion.from = wall_add(expansion.to, -7 * DAY_MS);
	if (span == EXPAND_WITH_PAST) /* whatever of the plan's years lies behind is there for late
					 answers */
		expansion.from = calendar_moment(&plan->calendar, civil_day(start.year, 1, 1), 0);
	index_units(&expansion);
	for (size_t r = 0; r < plan->report_count; r++)
		expand_report(&expansion, &plan->reports[r]);
	for (size_t e = 0; e < plan->event_count; e++)
		expand_event(&expansion, &plan->events[e]);
	*out = arena_alloc(arena, (expansion.count + 1) * sizeof **out);
	for (size_t i = 0; i < expansion.count; i++)
		(*out)[i] = expansion.items[i];
	*count = expansion.count;
	memory_free(expansion.items);
}
