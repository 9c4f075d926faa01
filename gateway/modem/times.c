/*
 * Owns: times as SMS carries them.
 * May use: libc.
 * Must not know: libgammu, the machine's time zone.
 */
#include "modem/times.h"

#include <stdbool.h>

enum {
	MINUTES_A_DAY = 24 * 60,
	MINUTES_A_WEEK = 7 * MINUTES_A_DAY,
	LARGEST_ZONE_SECONDS = 20 * 3600, /* the field's 79 quarters of an hour, rounded */
};

/* Days since 1970-01-01 of a Gregorian date; March is made the first month so that the leap day is
 * the last day of a year. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = y / 400, year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

static bool within(int value, int least, int most)
{
	return value >= least && value <= most;
}

int64_t times_to_wall_ms(const struct network_time *stamp)
{
	if (!within(stamp->year, 1970, 2199) || !within(stamp->month, 1, 12) ||
	    !within(stamp->day, 1, 31) || !within(stamp->hour, 0, 23) ||
	    !within(stamp->minute, 0, 59) || !within(stamp->second, 0, 60) ||
	    !within(stamp->zone_seconds, -LARGEST_ZONE_SECONDS, LARGEST_ZONE_SECONDS))
		return 0;
	int64_t seconds = days_from_civil(stamp->year, stamp->month, stamp->day) * 86400 +
			  stamp->hour * 3600 + stamp->minute * 60 + stamp->second -
			  stamp->zone_seconds;
	return seconds * 1000;
}

static int64_t divide_up(int64_t value, int64_t by)
{
	return (value + by - 1) / by;
}

uint8_t times_encode_validity(int64_t minutes)
{
	if (minutes <= 5)
		return 0;
	if (minutes <= 12 * 60)
		return (uint8_t)(divide_up(minutes, 5) - 1);
	if (minutes <= MINUTES_A_DAY)
		return (uint8_t)(143 + divide_up(minutes - 12 * 60, 30));
	if (minutes <= 30 * MINUTES_A_DAY)
		return (uint8_t)(166 + divide_up(minutes, MINUTES_A_DAY));
	if (minutes >= 63 * (int64_t)MINUTES_A_WEEK)
		return 255;
	/* The scale's weeks begin at five; one that is asked for 30 to 35 days gets those. */
	return (uint8_t)(192 + divide_up(minutes, MINUTES_A_WEEK));
}
