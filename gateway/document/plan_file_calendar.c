/*
 * Owns: a plan's calendar: zone, working days, hours, closures.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include "document/zone.h"

#include <string.h>

#define CLOSURE_DAYS_MAX 60

/* "07:30-11:30" → from, to; to may lie before from only when `wraps`. */
static bool read_interval(struct plan_reader *reader, const struct tree *node, const char *what,
    bool wraps, int *from, int *to)
{
	const struct tree_reader *base = &reader->base;
	if (!tree_is(base, node, TREE_TEXT, what))
		return false;
	size_t first = strcspn(node->text, "-"),
	       rest = node->text[first] == '-' ? first + 1 : first;
	const char *left = arena_copy_bytes(base->arena, node->text, first);
	if (civil_parse_time(left, from, NULL) == RESULT_OK &&
	    civil_parse_time(node->text + rest, to, NULL) == RESULT_OK &&
	    (wraps ? *from < 1440 && *to < 1440 : *from < *to))
		return true;
	complain(base->complaints, base->file, node->line,
	    "`%s` cannot be `%.40s`. Write from-to as %s.", what, node->text,
	    wraps ? "21:00-07:00" : "07:30-11:30, the earlier time first");
	return false;
}

static void read_working_days(struct plan_reader *reader, const struct tree *node)
{
	static const char *const names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
	const char **texts;
	struct plan_calendar *calendar = &reader->plan->calendar;
	if (node == NULL) {
		for (int day = 1; day <= 5; day++)
			calendar->working_weekday[day] = true;
		return;
	}
	size_t count = tree_texts(&reader->base, node, "working_days", 7, &texts);
	for (size_t i = 0; i < count; i++) {
		size_t day = 0;
		while (day < 7 && strcmp(names[day], texts[i]) != 0)
			day++;
		if (day < 7)
			calendar->working_weekday[day] = true;
		else
			complain(reader->base.complaints, reader->base.file, node->line,
			    "`%.40s` is not a day. Use: mon, tue, wed, thu, fri, sat, sun.",
			    texts[i]);
	}
	if (count == 0)
		complain(reader->base.complaints, reader->base.file, node->line,
		    "`working_days` is empty. Write [mon, tue, wed, thu, fri].");
}

static void read_window(struct plan_reader *reader, const struct tree *node)
{
	struct plan_calendar *calendar = &reader->plan->calendar;
	if (node == NULL) {
		calendar->window[0] = (struct plan_interval){450, 690};
		calendar->window[1] = (struct plan_interval){810, 990};
		calendar->window_count = 2;
		return;
	}
	if (!tree_is(&reader->base, node, TREE_LIST, "send_window"))
		return;
	if (node->count == 0 || node->count > COUNT_OF(calendar->window)) {
		complain(reader->base.complaints, reader->base.file, node->line,
		    "`send_window` needs 1 to 4 intervals, such as [07:30-11:30, 13:30-16:30].");
		return;
	}
	for (const struct tree *item = node->first; item != NULL; item = item->next) {
		struct plan_interval *interval = &calendar->window[calendar->window_count];
		if (!read_interval(
			reader, item, "send_window", false, &interval->from, &interval->to))
			return;
		if (calendar->window_count > 0 && interval->from < interval[-1].to)
			complain(reader->base.complaints, reader->base.file, item->line,
			    "`send_window`: %.40s begins before the one above it ends. Put them in "
			    "order.",
			    item->text);
		calendar->window_count++;
	}
}

static void read_times(struct plan_reader *reader, const struct tree *node)
{
	struct plan_calendar *calendar = &reader->plan->calendar;
	const struct tree_reader *base = &reader->base;
	struct failure failure;
	const char *zone = tree_text_or(base, node, "zone", "Asia/Ho_Chi_Minh");
	if (zone != NULL && zone_read(base->arena, zone, calendar, &failure) != RESULT_OK)
		complain(base->complaints, base->file, node->line, "`zone`: %s", failure.text);
	const char *end = tree_text_or(base, node, "end_of_work", "16:30");
	if (end != NULL && civil_parse_time(end, &calendar->end_of_work, &failure) != RESULT_OK)
		complain(
		    base->complaints, base->file, node->line, "`end_of_work`: %s", failure.text);
	calendar->quiet_from = 1260;
	calendar->quiet_to = 420;
	const struct tree *quiet = tree_get(node, "quiet_hours");
	if (quiet != NULL)
		(void)read_interval(
		    reader, quiet, "quiet_hours", true, &calendar->quiet_from, &calendar->quiet_to);
}

static void read_closure(
    struct plan_reader *reader, const struct tree *map, struct plan_closure *closure)
{
	static const char *const keys[] = {"from", "to", "for", "why"};
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, keys, COUNT_OF(keys));
	closure->line = map->line;
	closure->from = plan_read_day(reader, map, "from");
	closure->to = tree_get(map, "to") ? plan_read_day(reader, map, "to") : closure->from;
	closure->why = tree_need_text(base, map, "why");
	plan_read_audience(reader, map, &closure->audience);
	if (closure->from.number == DAY_NONE.number || closure->to.number == DAY_NONE.number)
		return;
	int days = closure->to.number - closure->from.number + 1;
	if (days < 1 || days > CLOSURE_DAYS_MAX)
		complain(base->complaints, base->file, map->line,
		    "The closure from %s lasts %d days. Write a `to` that is not before `from`, at "
		    "most %d days on.",
		    civil_iso_day(closure->from).text, days, CLOSURE_DAYS_MAX);
}

/* Days off of some units: a storm, a flood. */
static void read_closures(struct plan_reader *reader, const struct tree *node)
{
	const struct tree_reader *base = &reader->base;
	struct plan *plan = reader->plan;
	if (node == NULL || !tree_is(base, node, TREE_LIST, "closures"))
		return;
	if (node->count > PLAN_CLOSURES_MAX) {
		complain(base->complaints, base->file, node->line,
		    "%zu closures; at most %d are possible. Remove those that are over.",
		    node->count, PLAN_CLOSURES_MAX);
		return;
	}
	plan->closures = arena_alloc(base->arena, (node->count + 1) * sizeof *plan->closures);
	struct plan_span *spans = arena_alloc(base->arena, (node->count + 1) * sizeof *spans);
	for (const struct tree *item = node->first; item != NULL; item = item->next) {
		if (!tree_is(base, item, TREE_MAP, "each closure"))
			continue;
		struct plan_closure *closure = &plan->closures[plan->closure_count];
		read_closure(reader, item, closure);
		spans[plan->closure_count++] = (struct plan_span){closure->from, closure->to};
	}
	plan->calendar.closures = spans;
	plan->calendar.closure_count = plan->closure_count;
}

/* A window that lies in the quiet hours would never let a reminder out. */
static void check_something_is_allowed(struct plan_reader *reader, const struct tree *node)
{
	const struct plan_calendar *calendar = &reader->plan->calendar;
	struct wall someday = calendar_moment(calendar, civil_day(2020, 1, 1), 0);
	if (reader->base.complaints->errors == 0 &&
	    calendar_next_allowed(calendar, someday).ms == WALL_NEVER.ms)
		complain(reader->base.complaints, reader->base.file, node->line,
		    "With these working days, windows and quiet hours nothing could ever be sent. "
		    "Let them overlap.");
}

void plan_read_calendar(struct plan_reader *reader, const struct tree *node)
{
	static const char *const keys[] = {"zone", "working_days", "send_window", "quiet_hours",
	    "end_of_work", "holidays", "statutory", "closures"};
	static const struct tree nothing = {.kind = TREE_MAP};
	if (node == NULL)
		node = &nothing;
	if (!tree_is(&reader->base, node, TREE_MAP, "calendar"))
		return;
	tree_check_keys(&reader->base, node, keys, COUNT_OF(keys));
	read_times(reader, node);
	read_working_days(reader, tree_get(node, "working_days"));
	read_window(reader, tree_get(node, "send_window"));
	plan_read_holidays(reader, node);
	read_closures(reader, tree_get(node, "closures"));
	check_something_is_allowed(reader, node);
}
