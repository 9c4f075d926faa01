/*
 * Owns: collecting what a plan's year holds.
 * May use: base/, plan/, document/, command/ical.h.
 * Must not know: how it is shown.
 */
#include "command/year.h"

#include "base/buffer.h"

#include "command/ical.h"
#include "document/document.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#define OCCURRENCES_MAX 400
#define WHO_BYTES 400 /* of the units that a closure concerns; more are cut off */
#define FILES_MAX 200

struct collecting {
	struct arena *arena;
	const struct plan *plan;
	struct day first, last;  /* of the year */
	const char **names;      /* of its days, by their distance from the first; NULL: none */
	struct year_item *items; /* heap while it grows */
	size_t count, capacity;
};

static void add(struct collecting *collecting, const struct year_item *item)
{
	ARRAY_GROW(collecting->items, collecting->count, collecting->capacity);
	collecting->items[collecting->count++] = *item;
}

/* ── days off ────────────────────────────────────────────────────────────────────────────────── */

static void take_name(struct day first, struct day last, const char *summary, void *arg)
{
	struct collecting *collecting = arg;
	const char *name = arena_copy(collecting->arena, summary);
	for (int32_t day = first.number; day <= last.number && day <= collecting->last.number;
	     day++)
		if (day >= collecting->first.number)
			collecting->names[day - collecting->first.number] = name;
}

static void read_names(struct collecting *collecting, const char *folder)
{
	DIR *listing = opendir(folder);
	const struct dirent *entry;
	struct failure failure;
	for (int files = 0;
	     listing != NULL && files < FILES_MAX && (entry = readdir(listing)) != NULL; files++) {
		const char *text, *end = strrchr(entry->d_name, '.');
		size_t len;
		if (end == NULL || strcmp(end, ".ics") != 0)
			continue;
		const char *path = document_path_in(collecting->arena, folder, entry->d_name);
		if (document_read(collecting->arena, path, &text, &len, &failure) == RESULT_OK &&
		    document_utf8_error(text, len) == len)
			ical_read_names(text, take_name, collecting);
	}
	if (listing != NULL)
		closedir(listing);
}

static void collect_days(struct collecting *collecting)
{
	const struct plan_calendar *calendar = &collecting->plan->calendar;
	for (struct day day = collecting->first; day.number <= collecting->last.number;
	     day = day_add(day, 1)) {
		bool worked = calendar_is_working_day(calendar, day);
		bool usual = calendar->working_weekday[civil_of_day(day).weekday];
		const char *name = collecting->names[day.number - collecting->first.number];
		/* A weekend that a holiday falls on is told with its name. */
		if (worked == usual && (worked || name == NULL))
			continue;
		add(collecting, &(struct year_item){.kind = worked ? YEAR_WORKED : YEAR_OFF,
				    .start = day,
				    .end = day,
				    .code = "",
				    .name = name != NULL ? name : "",
				    .period = "",
				    .place = ""});
	}
}

/* ── what is due ─────────────────────────────────────────────────────────────────────────────── */

static void collect_report(struct collecting *collecting, const struct plan_report *report)
{
	const struct plan *plan = collecting->plan;
	struct plan_occurrence *found =
	    arena_alloc(collecting->arena, OCCURRENCES_MAX * sizeof *found);
	struct wall from = calendar_moment(&plan->calendar, collecting->first, 0);
	struct wall to = calendar_moment(&plan->calendar, day_add(collecting->last, 2), 0);
	size_t count = plan_report_occurrences(plan, report, from, to, found, OCCURRENCES_MAX);
	for (size_t i = 0; i < count && i < OCCURRENCES_MAX; i++) {
		if (found[i].named.number < collecting->first.number ||
		    found[i].named.number > collecting->last.number)
			continue;
		struct wall useful = calendar_last_useful(&plan->calendar, found[i].deadline);
		add(collecting, &(struct year_item){.kind = YEAR_DEADLINE,
				    .start = found[i].named,
				    .end = found[i].named,
				    .code = report->code,
				    .name = report->name,
				    .period = found[i].period,
				    .place = "",
				    .last_useful = calendar_day(&plan->calendar, useful),
				    .by = report->by});
	}
}

static void collect_event(struct collecting *collecting, const struct plan_event *event)
{
	const struct plan *plan = collecting->plan;
	struct plan_event_occurrence *found =
	    arena_alloc(collecting->arena, OCCURRENCES_MAX * sizeof *found);
	size_t count = plan_event_occurrences(plan, event,
	    calendar_moment(&plan->calendar, collecting->first, 0),
	    calendar_moment(&plan->calendar, day_add(collecting->last, 1), 0), found,
	    OCCURRENCES_MAX);
	for (size_t i = 0; i < count && i < OCCURRENCES_MAX; i++)
		add(collecting, &(struct year_item){.kind = YEAR_EVENT,
				    .start = found[i].start,
				    .end = found[i].end,
				    .code = event->code,
				    .name = event->name,
				    .period = found[i].period,
				    .place = event->place != NULL ? event->place : ""});
}

static void collect_closure(struct collecting *collecting, const struct plan_closure *closure)
{
	const struct plan_audience *audience = &closure->audience;
	OWNED_BUFFER who = BUFFER(WHO_BYTES);
	if (closure->to.number < collecting->first.number ||
	    closure->from.number > collecting->last.number)
		return;
	for (size_t i = 0; i < audience->kind_count; i++)
		buffer_printf(&who, "%s%s", who.len > 0 ? ", " : "", audience->kinds[i]);
	for (size_t i = 0; i < audience->unit_count; i++)
		buffer_printf(&who, "%s%s", who.len > 0 ? ", " : "", audience->units[i]);
	add(collecting, &(struct year_item){.kind = YEAR_CLOSURE,
			    .start = closure->from,
			    .end = closure->to,
			    .code = "",
			    .name = closure->why != NULL ? closure->why : "",
			    .period = "",
			    .place = arena_copy(collecting->arena, buffer_text(&who))});
}

static int compare_items(const void *left, const void *right)
{
	const struct year_item *a = left, *b = right;
	if (a->start.number != b->start.number)
		return a->start.number < b->start.number ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return strcmp(a->code, b->code);
}

void year_of_plan(struct arena *arena, const struct plan *plan, int number,
    const char *holidays_dir, struct year *out)
{
	struct collecting collecting = {.arena = arena,
	    .plan = plan,
	    .first = civil_day(number, 1, 1),
	    .last = civil_day(number, 12, 31),
	    .names = arena_alloc(arena, 366 * sizeof *collecting.names)};
	read_names(&collecting, holidays_dir);
	collect_days(&collecting);
	for (size_t i = 0; i < plan->report_count; i++)
		collect_report(&collecting, &plan->reports[i]);
	for (size_t i = 0; i < plan->event_count; i++)
		collect_event(&collecting, &plan->events[i]);
	for (size_t i = 0; i < plan->closure_count; i++)
		collect_closure(&collecting, &plan->closures[i]);
	out->count = collecting.count;
	out->items = arena_alloc(arena, (collecting.count + 1) * sizeof *out->items);
	for (size_t i = 0; i < collecting.count; i++)
		out->items[i] = collecting.items[i];
	qsort(out->items, out->count, sizeof *out->items, compare_items);
	memory_free(collecting.items);
}
