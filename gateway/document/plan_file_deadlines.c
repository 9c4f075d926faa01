/*
 * Owns: a report's deadline: days of the year, one day, a rule, or so long after a period's
 * cut-off; and what hangs on it: period, day off, closing day. May use: base/, plan/, document/.
 * Must not know: the store, units.
 */
#include "document/plan_reader.h"

#include <stdlib.h>
#include <string.h>

#define EXCEPTIONS_MAX 100

/* Complains of keys that mean nothing beside this kind of deadline. */
static void refuse_keys(struct plan_reader *reader, const struct tree *map, const char *kind,
    const char *const *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct tree *node = tree_get(map, keys[i]);
		if (node != NULL)
			complain(reader->base.complaints, reader->base.file, node->key_line,
			    "`%s` does not go with %s. Remove it.", keys[i], kind);
	}
}

struct day plan_read_day(struct plan_reader *reader, const struct tree *map, const char *key)
{
	const struct tree_reader *base = &reader->base;
	struct failure failure;
	struct day day = DAY_NONE;
	const char *text = tree_need_text(base, map, key);
	if (text == NULL)
		return DAY_NONE;
	if (civil_parse_day(text, &day, &failure) != RESULT_OK) {
		complain(base->complaints, base->file, tree_get(map, key)->line, "`%s`: %s", key,
		    failure.text);
		return DAY_NONE;
	}
	int year = civil_of_day(day).year;
	if (year >= PLAN_YEAR_LEAST && year <= PLAN_YEAR_MOST)
		return day;
	complain(base->complaints, base->file, tree_get(map, key)->line,
	    "`%s`: the year must lie between %d and %d.", key, PLAN_YEAR_LEAST, PLAN_YEAR_MOST);
	return DAY_NONE;
}

static size_t read_exceptions(
    struct plan_reader *reader, const struct tree *node, struct day **days)
{
	const struct tree_reader *base = &reader->base;
	const char **texts;
	size_t count = tree_texts(base, node, "except", EXCEPTIONS_MAX, &texts), good = 0;
	*days = arena_alloc(base->arena, (count + 1) * sizeof **days);
	for (size_t i = 0; i < count; i++) {
		struct failure failure;
		if (civil_parse_day(texts[i], &(*days)[good], &failure) == RESULT_OK)
			good++;
		else
			complain(
			    base->complaints, base->file, node->line, "`except`: %s", failure.text);
	}
	return good;
}

size_t plan_read_rule(struct plan_reader *reader, const struct tree *map, const char *key,
    const char *rule, struct day from, const struct day **days)
{
	const struct tree_reader *base = &reader->base;
	size_t errors = base->complaints->errors, count = 0;
	struct day *except;
	struct plan_recurrence recurrence = {.rule = rule, .from = from, .until = DAY_NONE};
	if (tree_get(map, "until") != NULL)
		recurrence.until = plan_read_day(reader, map, "until");
	recurrence.except_count = read_exceptions(reader, tree_get(map, "except"), &except);
	recurrence.except = except;
	if (from.number == DAY_NONE.number || base->complaints->errors > errors)
		return 0;
	struct failure failure;
	struct day *room = memory_new(RECURRENCE_DAYS_MAX * sizeof *room);
	if (recurrence_expand(&recurrence, room, &count, &failure) == RESULT_OK) {
		struct day *kept = arena_alloc(base->arena, count * sizeof *kept);
		memcpy(kept, room, count * sizeof *kept);
		*days = kept;
	} else {
		count = 0;
		complain(base->complaints, base->file, tree_get(map, key)->line, "`%s`: %s", key,
		    failure.text);
	}
	memory_free(room);
	if (count == 0 || civil_of_day((*days)[count - 1]).year <= PLAN_YEAR_MOST)
		return count;
	complain(base->complaints, base->file, tree_get(map, key)->line,
	    "`%s` goes on after %d. Let it end earlier.", key, PLAN_YEAR_MOST);
	return 0;
}

static void read_rule_deadline(struct plan_reader *reader, const struct tree *map, const char *key,
    const char *rule, struct plan_report *report)
{
	static const char *const strange[] = {"years"};
	refuse_keys(reader, map, "a rule", strange, COUNT_OF(strange));
	report->kind = DEADLINE_DAYS;
	struct day from = plan_read_day(reader, map, "from");
	report->day_count = plan_read_rule(reader, map, key, rule, from, &report->days);
	if (report->day_count == 0)
		return;
	report->period = recurrence_period(rule);
	report->first_year = civil_of_day(report->days[0]).year;
	report->last_year = civil_of_day(report->days[report->day_count - 1]).year;
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
	if (report->year != 0) {
		report->first_year = report->last_year = report->year;
		if (node != NULL)
			complain(base->complaints, base->file, node->line,
			    "`years` does not go with a deadline that has a year. Remove it, or "
			    "write the deadline as month-day.");
		return;
	}
	const char *text = tree_need_text(base, map, "years");
	if (text == NULL)
		return;
	if (!parse_years(text, &report->first_year, &report->last_year) ||
	    report->first_year < PLAN_YEAR_LEAST || report->last_year > PLAN_YEAR_MOST ||
	    report->last_year - report->first_year >= PLAN_YEARS_MAX)
		complain(base->complaints, base->file, node->line,
		    "`years` cannot be `%.40s`. Write 2020, or 2020-2025 (at most %d years).", text,
		    PLAN_YEARS_MAX);
}

/* "06-10" of every year, or "2020-10-15". */
static void read_day_deadline(struct plan_reader *reader, const struct tree *map, const char *key,
    const char *text, struct plan_report *report)
{
	static const char *const strange[] = {"from", "until", "except"};
	const struct tree_reader *base = &reader->base;
	refuse_keys(reader, map, "a day; that is for rules", strange, COUNT_OF(strange));
	bool whole = strlen(text) == 10; /* leap year for a day of every year: 29 February is one */
	struct day day;
	const char *date = whole ? text : arena_printf(base->arena, "2020-%s", text);
	if (civil_parse_day(date, &day, NULL) != RESULT_OK) {
		complain(base->complaints, base->file, tree_get(map, key)->line,
		    "`%s` cannot be `%.40s`. Write a day that exists: 06-10 (month-day, every "
		    "year), or 2020-06-10; or a rule such as FREQ=MONTHLY;BYMONTHDAY=15.",
		    key, text);
		return;
	}
	struct civil civil = civil_of_day(day);
	report->month = civil.month;
	report->day = civil.day;
	report->year = whole ? civil.year : 0;
	if (whole && (civil.year < PLAN_YEAR_LEAST || civil.year > PLAN_YEAR_MOST))
		complain(base->complaints, base->file, tree_get(map, key)->line,
		    "`%s`: the year must lie between %d and %d.", key, PLAN_YEAR_LEAST,
		    PLAN_YEAR_MOST);
	read_years(reader, map, report);
}

/* The periods whose cut-off lies from `from` to `until`. */
static void read_span(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	struct day from = plan_read_day(reader, map, "from");
	struct day until = plan_read_day(reader, map, "until");
	if (from.number == DAY_NONE.number || until.number == DAY_NONE.number)
		return;
	int first = plan_period_index(report->period, from);
	int last = plan_period_index(report->period, until);
	first += plan_period_cutoff(report->period, first, report->cutoff).number < from.number;
	last -= plan_period_cutoff(report->period, last, report->cutoff).number > until.number;
	report->first_period = first;
	report->last_period = last;
	report->first_year = civil_of_day(from).year;
	report->last_year = civil_of_day(until).year + 1;
	if (first > last || report->last_year - report->first_year > PLAN_YEARS_MAX)
		complain(base->complaints, base->file, tree_get(map, "until")->line,
		    "No %s has its cut-off between %s and %s, or it is longer than %d years. Write "
		    "another `until`.",
		    plan_period_word(report->period), civil_iso_day(from).text,
		    civil_iso_day(until).text, PLAN_YEARS_MAX);
}

/* "+2wd" after the cut-off of each period. */
static void read_relative_deadline(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	static const char *const strange[] = {"years", "except", "covers"};
	const struct tree_reader *base = &reader->base;
	refuse_keys(reader, map, "`due`", strange, COUNT_OF(strange));
	report->kind = DEADLINE_PERIOD;
	report->by = true;
	if (report->cutoff == CUTOFF_NONE)
		report->cutoff = CUTOFF_PERIOD_END;
	const char *due = tree_need_text(base, map, "due");
	if (due != NULL && (!plan_parse_offset(due, &report->due, &report->due_unit) ||
			       report->due < 0 || report->due_unit == OFFSET_HOURS))
		complain(base->complaints, base->file, tree_get(map, "due")->line,
		    "`due` cannot be `%.40s`. Write days or working days after the cut-off: +2d, "
		    "+2wd.",
		    due);
	if (tree_need_text(base, map, "period") != NULL)
		read_span(reader, map, report);
}

static void read_period(
    struct plan_reader *reader, const struct tree *node, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	if (node == NULL || !tree_is(base, node, TREE_TEXT, "period"))
		return;
	if (!plan_period_of_word(node->text, &report->period) || report->period == PERIOD_DAY)
		complain(base->complaints, base->file, node->line,
		    "`period` cannot be `%.40s`. Write what the report is about: week, month, "
		    "quarter, half or year.",
		    node->text);
}

static void read_cutoff(
    struct plan_reader *reader, const struct tree *node, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	if (node == NULL || !tree_is(base, node, TREE_TEXT, "cutoff"))
		return;
	if (!plan_cutoff_of_word(node->text, &report->cutoff) || report->cutoff == CUTOFF_NONE)
		complain(base->complaints, base->file, node->line,
		    "`cutoff` cannot be `%.40s`. Write decree-09-2019 (the 14th of the last month) "
		    "or period-end.",
		    node->text);
}

/* After the period is known, whoever said it. */
static void check_cutoff(
    struct plan_reader *reader, const struct tree *map, const struct plan_report *report)
{
	if (report->cutoff == CUTOFF_DECREE &&
	    (report->period == PERIOD_WEEK || report->period == PERIOD_DAY))
		complain(reader->base.complaints, reader->base.file, tree_get(map, "cutoff")->line,
		    "The decree has no cut-off for a %s. Write `cutoff: period-end`.",
		    plan_period_word(report->period));
}

/* What goes with any deadline, after the period is known. */
static void read_consequences(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const char *covers = tree_text_or(base, map, "covers", "this");
	report->covers_previous = covers != NULL && strcmp(covers, "previous") == 0;
	if (covers != NULL && !report->covers_previous && strcmp(covers, "this") != 0)
		complain(base->complaints, base->file, tree_get(map, "covers")->line,
		    "`covers` cannot be `%.40s`. Write this (the period that the deadline lies in) "
		    "or previous (the one before).",
		    covers);
	const char *day_off = tree_text_or(base, map, "day_off", "stay");
	if (day_off != NULL && !plan_day_off_of_word(day_off, &report->day_off))
		complain(base->complaints, base->file, tree_get(map, "day_off")->line,
		    "`day_off` cannot be `%.40s`. Write stay, earlier or later: where the deadline "
		    "goes when its day is a day off.",
		    day_off);
	const char *closing = tree_text_or(base, map, "closing", NULL);
	enum plan_offset_unit unit;
	if (closing != NULL && (!plan_parse_offset(closing, &report->closing_days, &unit) ||
				   unit != OFFSET_DAYS || report->closing_days < 1))
		complain(base->complaints, base->file, tree_get(map, "closing")->line,
		    "`closing` cannot be `%.40s`. Write days after the deadline, such as +30d.",
		    closing);
}

void plan_read_deadline(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *before = tree_get(map, "before"), *by = tree_get(map, "by");
	const struct tree *due = tree_get(map, "due");
	if ((before != NULL) + (by != NULL) + (due != NULL) != 1) {
		complain(base->complaints, base->file, map->line,
		    "A report needs either `before: 06-10` (done before that day begins), or "
		    "`by: 06-10` (done by the end of that day), or `due: +2wd` (after the cut-off "
		    "of each `period`).");
		return;
	}
	read_period(reader, tree_get(map, "period"), report);
	read_cutoff(reader, tree_get(map, "cutoff"), report);
	enum plan_period said = report->period;
	if (due != NULL)
		read_relative_deadline(reader, map, report);
	else {
		report->by = by != NULL;
		const char *key = report->by ? "by" : "before";
		const char *text = tree_need_text(base, map, key);
		if (text != NULL && strchr(text, '=') != NULL)
			read_rule_deadline(reader, map, key, text, report);
		else if (text != NULL)
			read_day_deadline(reader, map, key, text, report);
	}
	if (tree_get(map, "period") != NULL)
		report->period = said;
	check_cutoff(reader, map, report);
	read_consequences(reader, map, report);
}

/* A unit owes a report once a period: two deadlines in one would be one obligation. */
static void check_periods(struct plan_reader *reader, const struct plan_report *report)
{
	struct plan_occurrence *found = memory_new(RECURRENCE_DAYS_MAX * sizeof *found);
	size_t count = plan_report_occurrences(
	    reader->plan, report, (struct wall){INT64_MIN}, WALL_NEVER, found, RECURRENCE_DAYS_MAX);
	for (size_t i = 1; i < count && i < RECURRENCE_DAYS_MAX; i++) {
		if (strcmp(found[i].period, found[i - 1].period) != 0)
			continue;
		complain(reader->base.complaints, reader->base.file, report->line,
		    "`%s` is due twice, on %s and %s, for the same period %s. Write a shorter "
		    "`period:` (half, quarter, month or week), or let the rule come less often.",
		    report->code, civil_iso_day(found[i - 1].named).text,
		    civil_iso_day(found[i].named).text, found[i].period);
		break;
	}
	memory_free(found);
}

void plan_check_deadlines(struct plan_reader *reader)
{
	if (reader->base.complaints->errors > 0)
		return;
	for (size_t i = 0; i < reader->plan->report_count; i++)
		check_periods(reader, &reader->plan->reports[i]);
}
