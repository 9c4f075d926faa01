/*
 * Owns: a plan's events: what takes place when, for whom.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include <string.h>

#define PLACE_BYTES_MAX 80

static const char *const event_keys[] = {"name", "start", "end", "at", "place", "attendance",
    "repeat", "until", "except", "for", "ladder"};

static void read_particulars(
    struct plan_reader *reader, const struct tree *map, struct plan_event *event)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *attendance = tree_get(map, "attendance");
	event->place = tree_text_or(base, map, "place", "");
	if (event->place != NULL &&
	    (strlen(event->place) > PLACE_BYTES_MAX || strpbrk(event->place, "\r\n") != NULL))
		complain(base->complaints, base->file, tree_get(map, "place")->line,
		    "`place` must be one line of at most %d bytes.", PLACE_BYTES_MAX);
	event->at = -1;
	const char *at = tree_text_or(base, map, "at", NULL);
	if (at != NULL &&
	    (civil_parse_time(at, &event->at, NULL) != RESULT_OK || event->at == 1440))
		complain(base->complaints, base->file, tree_get(map, "at")->line,
		    "`at` cannot be `%.40s`. Write hours and minutes, 00:00 to 23:59, or remove it "
		    "for a whole day.",
		    at);
	if (attendance != NULL)
		(void)tree_read_bool(base, attendance, "attendance", &event->attendance);
}

/* The first day is the rule's too, unless it is an exception; no time begins before the last one is
 * over. */
static void check_repetition(
    struct plan_reader *reader, const struct tree *map, const struct plan_event *event)
{
	const struct tree_reader *base = &reader->base;
	int line = tree_get(map, "repeat")->line;
	if (event->days[0].number != event->start.number && tree_get(map, "except") == NULL)
		complain(base->complaints, base->file, line,
		    "`start` %s is no day of the rule; its first is %s. Write that, or change the "
		    "rule.",
		    civil_iso_day(event->start).text, civil_iso_day(event->days[0]).text);
	int length = event->end.number - event->start.number;
	for (size_t i = 1; i < event->day_count; i++) {
		if (event->days[i].number - event->days[i - 1].number > length)
			continue;
		complain(base->complaints, base->file, line,
		    "The event `%s` begins again on %s before it is over. Let it end earlier or "
		    "come less often.",
		    event->code, civil_iso_day(event->days[i]).text);
		return;
	}
}

static void read_repetition(
    struct plan_reader *reader, const struct tree *map, struct plan_event *event)
{
	const struct tree_reader *base = &reader->base;
	static const char *const belong[] = {"until", "except"};
	const char *rule = tree_text_or(base, map, "repeat", NULL);
	if (rule == NULL) {
		for (size_t i = 0; i < COUNT_OF(belong) && tree_get(map, "repeat") == NULL; i++)
			if (tree_get(map, belong[i]) != NULL)
				complain(base->complaints, base->file,
				    tree_get(map, belong[i])->key_line,
				    "`%s` belongs to `repeat`, which is missing here. Add it, or "
				    "remove this.",
				    belong[i]);
		return;
	}
	event->day_count = plan_read_rule(reader, map, "repeat", rule, event->start, &event->days);
	if (event->day_count > 0 && event->end.number != DAY_NONE.number)
		check_repetition(reader, map, event);
}

static void read_event(struct plan_reader *reader, const struct tree *map, struct plan_event *event)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, event_keys, COUNT_OF(event_keys));
	event->code = map->key;
	event->line = map->key_line;
	event->name = plan_read_name(reader, map);
	event->start = plan_read_day(reader, map, "start");
	event->end = tree_get(map, "end") ? plan_read_day(reader, map, "end") : event->start;
	if (event->end.number < event->start.number && event->end.number != DAY_NONE.number)
		complain(base->complaints, base->file, map->line,
		    "The event `%s` ends before it starts. Exchange `start` and `end`.",
		    event->code);
	read_particulars(reader, map, event);
	read_repetition(reader, map, event);
	plan_read_audience(reader, map, &event->audience);
	event->ladder = plan_use_ladder(reader, map, USED_BY_EVENT);
	if (plan_find_report(reader->plan, event->code) != NULL)
		complain(base->complaints, base->file, event->line,
		    "`%s` is a report and an event. Give one of them another code.", event->code);
}

void plan_read_events(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	struct plan *plan = reader->plan;
	size_t count =
	    plan_read_codes(reader, node, "events", TREE_MAP, TREE_MAP, PLAN_EVENTS_MAX, &children);
	plan->events = arena_alloc(reader->base.arena, (count + 1) * sizeof *plan->events);
	plan->event_count = count;
	for (size_t i = 0; i < count; i++)
		read_event(reader, children[i], &plan->events[i]);
}
