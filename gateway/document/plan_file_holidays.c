/*
 * Owns: a plan's holidays: from files, and reckoned for the years of which no file speaks.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 *
 * A file speaks for the year that its name ends with (vn-2020), and files together for every year
 * of which they name SPOKEN_DAYS days off or more: a province's own file with one day more for a
 * year must not take Tết away.
 */
#include "document/plan_reader.h"

#include "document/holidays_file.h"
#include "plan/statutory.h"

#include <stdlib.h>
#include <string.h>

#define HOLIDAY_FILES_MAX 20
#define SPOKEN_DAYS 5
#define YEAR_COUNT (PLAN_YEAR_MOST - PLAN_YEAR_LEAST + 1)

struct spoken_years {
	bool named[YEAR_COUNT];
	int days[YEAR_COUNT];
};

static void note_name(struct spoken_years *spoken, const char *name)
{
	size_t len = strlen(name);
	if (len < 5 || name[len - 5] != '-' || strspn(name + len - 4, "0123456789") != 4)
		return;
	long year = strtol(name + len - 4, NULL, 10);
	if (year >= PLAN_YEAR_LEAST && year <= PLAN_YEAR_MOST)
		spoken->named[year - PLAN_YEAR_LEAST] = true;
}

static void read_file(struct plan_reader *reader, const struct tree *node, const char *name,
    struct holidays *holidays)
{
	const struct tree_reader *base = &reader->base;
	const char *path = document_path_in(
	    base->arena, reader->holidays_dir, arena_printf(base->arena, "%s.ics", name));
	const char *text;
	size_t len;
	struct failure failure;
	if (document_read(base->arena, path, &text, &len, &failure) == RESULT_OK)
		holidays_file_parse(path, text, len, holidays, base->complaints);
	else
		complain(base->complaints, base->file, node->line, "`holidays`: %s", failure.text);
}

static bool read_statutory(struct plan_reader *reader, const struct tree *map)
{
	const struct tree_reader *base = &reader->base;
	const char *statutory = tree_text_or(base, map, "statutory", "vietnam");
	if (statutory == NULL || strcmp(statutory, "vietnam") == 0)
		return true;
	if (strcmp(statutory, "none") != 0)
		complain(base->complaints, base->file, tree_get(map, "statutory")->line,
		    "`statutory` cannot be `%.40s`. Write vietnam (years without a holiday file "
		    "have the days off that the law gives) or none.",
		    statutory);
	return false;
}

/* Days of the law for the years of which no file speaks. */
static void fill_statutory(
    struct plan_reader *reader, const struct spoken_years *spoken, struct holidays *holidays)
{
	const struct plan_calendar *calendar = &reader->plan->calendar;
	for (int year = PLAN_YEAR_LEAST; year <= PLAN_YEAR_MOST; year++) {
		struct day days[STATUTORY_DAYS_MAX];
		if (spoken->named[year - PLAN_YEAR_LEAST])
			continue;
		size_t count = statutory_days_off(year, calendar->working_weekday, days);
		for (size_t i = 0; i < count; i++)
			if (!holidays_add_off(holidays, days[i]))
				complain(reader->base.complaints, reader->base.file, 0,
				    "More than %d days in the holiday files. Remove old years.",
				    HOLIDAYS_DAYS_MAX);
	}
}

static void note_years(
    struct plan_reader *reader, const struct holidays *holidays, struct spoken_years *spoken)
{
	int *years = arena_alloc(reader->base.arena, YEAR_COUNT * sizeof *years);
	size_t count = 0;
	for (size_t i = 0; i < holidays->off_count; i++) {
		int year = civil_of_day(holidays->off[i]).year;
		if (year >= PLAN_YEAR_LEAST && year <= PLAN_YEAR_MOST)
			spoken->days[year - PLAN_YEAR_LEAST]++;
	}
	for (int i = 0; i < YEAR_COUNT; i++) {
		spoken->named[i] |= spoken->days[i] >= SPOKEN_DAYS;
		if (spoken->named[i])
			years[count++] = PLAN_YEAR_LEAST + i;
	}
	reader->plan->holiday_years = years;
	reader->plan->holiday_year_count = count;
}

void plan_read_holidays(struct plan_reader *reader, const struct tree *map)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *node = tree_get(map, "holidays");
	const char **names;
	size_t count = tree_texts(base, node, "holidays", HOLIDAY_FILES_MAX, &names);
	if (reader->holidays_dir == NULL)
		count = 0;
	struct spoken_years spoken = {0};
	struct holidays holidays;
	holidays_begin(base->arena, &holidays);
	for (size_t i = 0; i < count; i++) {
		if (!document_code_is_good(names[i], PLAN_CODE_MAX)) {
			complain(base->complaints, base->file, node->line,
			    "`holidays`: `%.60s` is not a file name without .ics, such as vn-2020.",
			    names[i]);
			continue;
		}
		note_name(&spoken, names[i]);
		read_file(reader, node, names[i], &holidays);
	}
	note_years(reader, &holidays, &spoken);
	reader->statutory = read_statutory(reader, map);
	if (reader->statutory)
		fill_statutory(reader, &spoken, &holidays);
	struct plan_calendar *calendar = &reader->plan->calendar;
	calendar->days_off = holidays.off;
	calendar->days_off_count = holidays.off_count;
	calendar->days_worked = holidays.worked;
	calendar->days_worked_count = holidays.worked_count;
}

static bool year_is_spoken_of(const struct plan *plan, int year)
{
	for (size_t i = 0; i < plan->holiday_year_count; i++)
		if (plan->holiday_years[i] == year)
			return true;
	return false;
}

/* A year of which neither a file nor the law tells would have people reminded at Tết. */
void plan_check_holidays(struct plan_reader *reader)
{
	const struct plan *plan = reader->plan;
	int first = PLAN_YEAR_MOST, last = 0;
	if (reader->base.complaints->errors > 0 || reader->statutory ||
	    reader->holidays_dir == NULL)
		return;
	for (size_t i = 0; i < plan->report_count; i++) {
		const struct plan_report *report = &plan->reports[i];
		first = report->first_year < first ? report->first_year : first;
		last = report->last_year > last ? report->last_year : last;
	}
	for (int year = first; year <= last; year++)
		if (!year_is_spoken_of(plan, year))
			complain_mildly(reader->base.complaints, reader->base.file, 0,
			    "No holidays of %d are known. Add vn-%d to `holidays:`, and the file "
			    "vn-%d.ics to %.200s.",
			    year, year, year, reader->holidays_dir);
}
