/*
 * Owns: which period a day lies in, its ends, its cut-off and its name.
 * May use: base/civil.h.
 * Must not know: deadlines, working days.
 *
 * Years, halves, quarters and months are counted in months since the year 0; weeks from the Monday
 * before 1970-01-01, which was a Thursday.
 */
#include "plan/period.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

#define DAYS_TO_MONDAY 3

static const char *const period_words[PERIOD_COUNT] = {
    "year", "half", "quarter", "month", "week", "day"};
static const char *const cutoff_words[CUTOFF_COUNT] = {"none", "period-end", "decree-09-2019"};
/* Of the kinds that are made of months. */
static const int months[PERIOD_COUNT] = {12, 6, 3, 1};

const char *plan_period_word(enum plan_period period)
{
	return (unsigned)period < PERIOD_COUNT ? period_words[period] : "unknown";
}

const char *plan_cutoff_word(enum plan_cutoff cutoff)
{
	return (unsigned)cutoff < CUTOFF_COUNT ? cutoff_words[cutoff] : "unknown";
}

static bool find_word(const char *const *words, unsigned count, const char *word, unsigned *found)
{
	for (unsigned i = 0; i < count; i++) {
		if (strcmp(words[i], word) == 0) {
			*found = i;
			return true;
		}
	}
	return false;
}

bool plan_period_of_word(const char *word, enum plan_period *period)
{
	unsigned found;
	if (!find_word(period_words, PERIOD_COUNT, word, &found))
		return false;
	*period = (enum plan_period)found;
	return true;
}

bool plan_cutoff_of_word(const char *word, enum plan_cutoff *cutoff)
{
	unsigned found;
	if (!find_word(cutoff_words, CUTOFF_COUNT, word, &found))
		return false;
	*cutoff = (enum plan_cutoff)found;
	return true;
}

static int floor_divide(int number, int by)
{
	return number / by - (number % by < 0);
}

int plan_period_index(enum plan_period period, struct day day)
{
	if (period == PERIOD_DAY)
		return day.number;
	if (period == PERIOD_WEEK)
		return floor_divide(day.number + DAYS_TO_MONDAY, 7);
	struct civil civil = civil_of_day(day);
	return floor_divide(civil.year * 12 + civil.month - 1, months[period]);
}

struct day plan_period_first(enum plan_period period, int index)
{
	if (period == PERIOD_DAY)
		return (struct day){index};
	if (period == PERIOD_WEEK)
		return (struct day){index * 7 - DAYS_TO_MONDAY};
	int month = index * months[period];
	int year = floor_divide(month, 12);
	return civil_day(year, month - year * 12 + 1, 1);
}

struct day plan_period_last(enum plan_period period, int index)
{
	return day_add(plan_period_first(period, index + 1), -1);
}

struct day plan_period_cutoff(enum plan_period period, int index, enum plan_cutoff cutoff)
{
	struct day last = plan_period_last(period, index);
	if (cutoff == CUTOFF_PERIOD_END)
		return last;
	if (cutoff == CUTOFF_NONE || period == PERIOD_WEEK || period == PERIOD_DAY)
		return DAY_NONE;
	struct civil civil = civil_of_day(last);
	return civil_day(civil.year, civil.month, 14);
}

struct plan_period_name plan_period_name(enum plan_period period, int index)
{
	struct day first = plan_period_first(period, index);
	struct civil civil = civil_of_day(period == PERIOD_WEEK ? day_add(first, 3) : first);
	unsigned year = (unsigned)civil.year % 10000, month = (unsigned)civil.month % 100;
	unsigned day = (unsigned)civil.day % 100;
	struct plan_period_name name = {""};
	char *text = name.text;
	switch (period) {
	case PERIOD_HALF:
		snprintf(text, sizeof name.text, "%04u-H%u", year, (month - 1) / 6 % 10 + 1);
		break;
	case PERIOD_QUARTER:
		snprintf(text, sizeof name.text, "%04u-Q%u", year, (month - 1) / 3 % 10 + 1);
		break;
	case PERIOD_MONTH:
		snprintf(text, sizeof name.text, "%04u-%02u", year, month);
		break;
	case PERIOD_WEEK: {
		int thursday = first.number + 3 - civil_day(civil.year, 1, 1).number;
		snprintf(
		    text, sizeof name.text, "%04u-W%02u", year, (unsigned)(thursday / 7 + 1) % 100);
		break;
	}
	case PERIOD_DAY:
		snprintf(text, sizeof name.text, "%04u-%02u-%02u", year, month, day);
		break;
	default:
		snprintf(text, sizeof name.text, "%04u", year);
	}
	return name;
}
