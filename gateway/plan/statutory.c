/*
 * Owns: which days of a year are public holidays by law, and the days off in their place.
 * May use: base/civil.h, plan/lunar.h.
 * Must not know: holiday files, plans.
 */
#include "plan/statutory.h"

#include "plan/lunar.h"

#include <string.h>

#define LABOUR_CODE_2019_SINCE 2021
#define HUNG_KINGS_DAY 10
#define NEW_YEAR_DAYS 5 /* the eve among them */

struct holidays_of_year {
	struct day *days;
	size_t count;
};

static bool has(const struct holidays_of_year *year, struct day day)
{
	for (size_t i = 0; i < year->count; i++)
		if (year->days[i].number == day.number)
			return true;
	return false;
}

static void add(struct holidays_of_year *year, struct day day)
{
	if (has(year, day))
		return;
	size_t at = year->count++;
	for (; at > 0 && year->days[at - 1].number > day.number; at--)
		year->days[at] = year->days[at - 1];
	year->days[at] = day;
}

static bool second_day_is_the_first(int weekday)
{
	static const bool first[7] = {[2] = true, [3] = true, [5] = true, [6] = true};
	return first[weekday];
}

static void add_holidays(struct holidays_of_year *found, int year)
{
	struct day eve = day_add(lunar_month_begin(year, 1), -1);
	struct day national = civil_day(year, 9, 2);
	add(found, civil_day(year, 1, 1));
	for (int i = 0; i < NEW_YEAR_DAYS; i++)
		add(found, day_add(eve, i));
	add(found, day_add(lunar_month_begin(year, 3), HUNG_KINGS_DAY - 1));
	add(found, civil_day(year, 4, 30));
	add(found, civil_day(year, 5, 1));
	add(found, national);
	if (year >= LABOUR_CODE_2019_SINCE)
		add(found, day_add(national,
			       second_day_is_the_first(civil_of_day(national).weekday) ? -1 : 1));
}

size_t statutory_days_off(
    int year, const bool working_weekday[7], struct day days[STATUTORY_DAYS_MAX])
{
	struct day holidays[STATUTORY_DAYS_MAX];
	struct holidays_of_year found = {.days = days};
	bool works = false;
	for (int i = 0; i < 7; i++)
		works |= working_weekday[i];
	if (year < LUNAR_YEAR_LEAST || year > LUNAR_YEAR_MOST)
		return 0;
	add_holidays(&found, year);
	size_t holiday_count = found.count;
	memcpy(holidays, days, holiday_count * sizeof *days);
	for (size_t i = 0; i < holiday_count && works; i++) {
		if (working_weekday[civil_of_day(holidays[i]).weekday])
			continue;
		struct day instead = day_add(holidays[i], 1);
		while (!working_weekday[civil_of_day(instead).weekday] || has(&found, instead))
			instead = day_add(instead, 1);
		add(&found, instead);
	}
	return found.count;
}
