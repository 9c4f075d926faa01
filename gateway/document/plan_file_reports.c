/*
 * Owns: a plan's reports and events: who owes what by when.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 20
#define UNITS_MAX 1000
#define NAME_BYTES_MAX 120
#define YEAR_LEAST 2000
#define YEAR_MOST 2100

static const char *const report_keys[] = {
    "name", "words", "for", "before", "by", "years", "ladder", "compiles"};
static const char *const event_keys[] = {"name", "start", "end", "for", "ladder"};

static void read_audience(
    struct plan_reader *reader, const struct tree *map, struct plan_audience *audience)
{
	static const char *const keys[] = {"kinds", "units"};
	const struct tree_reader *base = &reader->base;
	const struct tree *node = tree_get(map, "for");
	if (node == NULL) {
		complain(base->complaints, base->file, map->line,
		    "`for` is missing here. Say which units owe it: for: {kinds: [commune]}.");
		return;
	}
	if (!tree_is(base, node, TREE_MAP, "for"))
		return;
	tree_check_keys(base, node, keys, COUNT_OF(keys));
	size_t kind_count;
	const char *const *kinds = plan_unit_kinds(&kind_count);
	audience->kind_count =
	    tree_texts(base, tree_get(node, "kinds"), "kinds", kind_count, &audience->kinds);
	for (size_t i = 0; i < audience->kind_count; i++)
		if (!plan_unit_kind_exists(audience->kinds[i]))
			complain(base->complaints, base->file, tree_get(node, "kinds")->line,
			    "There is no kind of unit `%.40s`. %s", audience->kinds[i],
			    document_advice(base->arena, audience->kinds[i], kinds, kind_count));
	audience->unit_count =
	    tree_texts(base, tree_get(node, "units"), "units", UNITS_MAX, &audience->units);
	if (audience->kind_count == 0 && audience->unit_count == 0)
		complain(base->complaints, base->file, node->line,
		    "`for` names nobody. Write kinds: [commune, township] or units: [CODE].");
}

static const char *read_name(struct plan_reader *reader, const struct tree *map)
{
	const char *name = tree_need_text(&reader->base, map, "name");
	if (name != NULL && (strlen(name) > NAME_BYTES_MAX || strpbrk(name, "\r\n") != NULL))
		complain(reader->base.complaints, reader->base.file, tree_get(map, "name")->line,
		    "`name` must be one line of at most %d bytes.", NAME_BYTES_MAX);
	return name;
}

/* "06-10" of every year, or "2020-10-15". */
static void read_deadline(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *before = tree_get(map, "before"), *by = tree_get(map, "by");
	if ((before == NULL) == (by == NULL)) {
		complain(base->complaints, base->file, map->line,
		    "A report needs either `before: 06-10` (done before that day begins) or "
		    "`by: 06-10` (done by the end of that day).");
		return;
	}
	report->by = by != NULL;
	const char *key = report->by ? "by" : "before";
	const char *text = tree_need_text(base, map, key);
	if (text == NULL)
		return;
	bool whole = strlen(text) == 10; /* leap year for a day of every year: 29 February is one */
	struct day day;
	struct failure failure;
	const char *date = whole ? text : arena_printf(base->arena, "2020-%s", text);
	if (civil_parse_day(date, &day, &failure) != RESULT_OK) {
		complain(base->complaints, base->file, tree_get(map, key)->line,
		    "`%s` cannot be `%.40s`. Write a day that exists: 06-10 (month-day, every "
		    "year), "
		    "or 2020-06-10.",
		    key, text);
		return;
	}
	struct civil civil = civil_of_day(day);
	report->month = civil.month;
	report->day = civil.day;
	report->year = whole ? civil.year : 0;
	if (whole && (civil.year < YEAR_LEAST || civil.year > YEAR_MOST))
		complain(base->complaints, base->file, tree_get(map, key)->line,
		    "`%s`: the year must lie between %d and %d.", key, YEAR_LEAST, YEAR_MOST);
}

static bool parse_years(const char *text, int *first, int *last)
{
	size_t len = strlen(text);
	if ((len != 4 && len != 9) || strspn(text, "0123456789") != 4)
		return false;
	*first = *last = (int)strtol(text, NULL, 10);
	if (len == 4)
		return true;
	if (text[4] != '-' || strspn(text + 5, "0123456789") != 4)
		return false;
	*last = (int)strtol(text + 5, NULL, 10);
	return *first <= *last;
}

static void read_years(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *node = tree_get(map, "years");
	if (report->month == 0)
		return; /* the deadline has been complained of */
	if (report->year != 0) {
		report->first_year = report->last_year = report->year;
		if (node != NULL)
			complain(base->complaints, base->file, node->line,
			    "`years` does not go with a deadline that has a year. Remove it, or "
			    "write "
			    "the deadline as month-day.");
		return;
	}
	const char *text = tree_need_text(base, map, "years");
	if (text == NULL)
		return;
	if (!parse_years(text, &report->first_year, &report->last_year) ||
	    report->first_year < YEAR_LEAST || report->last_year > YEAR_MOST ||
	    report->last_year - report->first_year >= PLAN_YEARS_MAX)
		complain(base->complaints, base->file, node->line,
		    "`years` cannot be `%.40s`. Write 2020, or 2020-2025 (at most %d years).", text,
		    PLAN_YEARS_MAX);
}

static void read_report(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, report_keys, COUNT_OF(report_keys));
	report->code = map->key;
	report->line = map->key_line;
	report->name = read_name(reader, map);
	report->word_count =
	    tree_texts(base, tree_get(map, "words"), "words", WORDS_MAX, &report->words);
	report->compile_count = tree_texts(
	    base, tree_get(map, "compiles"), "compiles", PLAN_REPORTS_MAX, &report->compiles);
	read_audience(reader, map, &report->audience);
	read_deadline(reader, map, report);
	read_years(reader, map, report);
	report->ladder = plan_use_ladder(
	    reader, map, report->compile_count > 0 ? USED_BY_SUMMARY : USED_BY_REPORT);
}

/* Reports may compile such as come later in the file. */
static void check_compiles(struct plan_reader *reader, const struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	const char *known[PLAN_REPORTS_MAX];
	for (size_t i = 0; i < plan->report_count; i++)
		known[i] = plan->reports[i].code;
	for (size_t i = 0; i < report->compile_count; i++) {
		const struct plan_report *other = plan_find_report(plan, report->compiles[i]);
		if (other == NULL)
			complain(base->complaints, base->file, report->line,
			    "`%s` compiles the report `%.40s`, which is not here. %s", report->code,
			    report->compiles[i],
			    document_advice(
				base->arena, report->compiles[i], known, plan->report_count));
		else if (other == report)
			complain(base->complaints, base->file, report->line,
			    "`%s` cannot compile itself.", report->code);
	}
}

void plan_read_reports(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	struct plan *plan = reader->plan;
	size_t count =
	    plan_read_codes(reader, node, "reports", TREE_MAP, PLAN_REPORTS_MAX, &children);
	plan->reports = arena_alloc(reader->base.arena, (count + 1) * sizeof *plan->reports);
	plan->report_count = count;
	for (size_t i = 0; i < count; i++)
		read_report(reader, children[i], &plan->reports[i]);
	for (size_t i = 0; i < count; i++)
		check_compiles(reader, &plan->reports[i]);
}

static struct day read_event_day(
    struct plan_reader *reader, const struct tree *map, const char *key)
{
	const struct tree_reader *base = &reader->base;
	struct failure failure;
	struct day day = DAY_NONE;
	const char *text = tree_need_text(base, map, key);
	if (text == NULL)
		return DAY_NONE;
	if (civil_parse_day(text, &day, &failure) != RESULT_OK)
		complain(base->complaints, base->file, tree_get(map, key)->line, "`%s`: %s", key,
		    failure.text);
	else if (civil_of_day(day).year < YEAR_LEAST || civil_of_day(day).year > YEAR_MOST)
		complain(base->complaints, base->file, tree_get(map, key)->line,
		    "`%s`: the year must lie between %d and %d.", key, YEAR_LEAST, YEAR_MOST);
	return day;
}

static void read_event(struct plan_reader *reader, const struct tree *map, struct plan_event *event)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, event_keys, COUNT_OF(event_keys));
	event->code = map->key;
	event->line = map->key_line;
	event->name = read_name(reader, map);
	event->start = read_event_day(reader, map, "start");
	event->end = tree_get(map, "end") ? read_event_day(reader, map, "end") : event->start;
	if (event->end.number < event->start.number && event->end.number != DAY_NONE.number)
		complain(base->complaints, base->file, map->line,
		    "The event `%s` ends before it starts. Exchange `start` and `end`.",
		    event->code);
	read_audience(reader, map, &event->audience);
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
	    plan_read_codes(reader, node, "events", TREE_MAP, PLAN_EVENTS_MAX, &children);
	plan->events = arena_alloc(reader->base.arena, (count + 1) * sizeof *plan->events);
	plan->event_count = count;
	for (size_t i = 0; i < count; i++)
		read_event(reader, children[i], &plan->events[i]);
}
