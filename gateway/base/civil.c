/*
 * Owns: the arithmetic of civil dates and moments.
 * May use: base/.
 * Must not know: texts of dates (civil_text.c), holidays, the clock, the machine's time zone.
 */
#include "base/civil.h"

#define ERA_DAYS 146097    /* 400 years */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */

static bool year_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool civil_date_exists(int year, int month, int day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
		return false;
	return day <= lengths[month - 1] + (month == 2 && year_is_leap(year));
}

struct day civil_day(int year, int month, int day)
{
	int64_t shifted = (int64_t)year - (month <= 2);
	int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
	int64_t year_of_era = shifted - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (struct day){(int32_t)(era * ERA_DAYS + day_of_era - EPOCH_SHIFT)};
}

struct civil civil_of_day(struct day day)
{
	int64_t shifted = (int64_t)day.number + EPOCH_SHIFT;
	int64_t era = (shifted >= 0 ? shifted : shifted - (ERA_DAYS - 1)) / ERA_DAYS;
	int64_t day_of_era = shifted - era * ERA_DAYS;
	int64_t year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
	    day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month_index = (5 * day_of_year + 2) / 153; /* 0 is March */
	struct civil civil = {
	    .day = (int)(day_of_year - (153 * month_index + 2) / 5 + 1),
	    .month = (int)(month_index < 10 ? month_index + 3 : month_index - 9),
	};
	civil.year = (int)(year_of_era + era * 400 + (civil.month <= 2));
	int64_t weekday = ((int64_t)day.number + 4) % 7; /* 1970-01-01 was a Thursday */
	civil.weekday = (int)(weekday < 0 ? weekday + 7 : weekday);
	return civil;
}

/* Milliseconds since local midnight of the epoch; moments no calendar has are held to its ends. */
static int64_t local_ms(struct wall moment, int zone_minutes)
{
	const int64_t end = (int64_t)INT32_MAX * DAY_MS;
	int64_t ms = moment.ms > end ? end : moment.ms < -end ? -end : moment.ms;
	return ms + zone_minutes * MINUTE_MS;
}

static int64_t floor_days(int64_t ms)
{
	return ms >= 0 ? ms / DAY_MS : -((-ms + DAY_MS - 1) / DAY_MS);
}

struct day civil_day_of_wall(struct wall moment, int zone_minutes)
{
	return (struct day){(int32_t)floor_days(local_ms(moment, zone_minutes))};
}

struct civil civil_of_wall(struct wall moment, int zone_minutes)
{
	int64_t ms = local_ms(moment, zone_minutes);
	int64_t days = floor_days(ms);
	struct civil civil = civil_of_day((struct day){(int32_t)days});
	int seconds = (int)((ms - days * DAY_MS) / SECOND_MS);
	civil.hour = seconds / 3600;
	civil.minute = seconds / 60 % 60;
	civil.second = seconds % 60;
	return civil;
}

struct wall civil_moment(struct day day, int minute_of_day, int zone_minutes)
{
	return (struct wall){day.number * DAY_MS + (minute_of_day - zone_minutes) * MINUTE_MS};
}
