/*
 * Owns: the civil calendar: dates, times of day, their moments in the plan's zone.
 * May use: base/.
 * Must not know: holidays, the clock, the machine's time zone.
 *
 * Pure. Proleptic Gregorian; algorithms by Howard Hinnant's public-domain "chrono-compatible
 * low-level date algorithms".
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>

/* A calendar day as the number of days since 1970-01-01. */
struct day {
	int32_t number;
};

struct civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int weekday; /* 0 Sunday … 6 Saturday */
};

#define DAY_NONE ((struct day){INT32_MIN})

struct day civil_day(int year, int month, int day); /* the date must exist */
bool civil_date_exists(int year, int month, int day);
struct civil civil_of_day(struct day day);
/* zone_minutes: minutes east of UTC; Viet Nam has been 420 without daylight saving since 1975. */
struct civil civil_of_wall(struct wall moment, int zone_minutes);
struct day civil_day_of_wall(struct wall moment, int zone_minutes);
struct wall civil_moment(struct day day, int minute_of_day, int zone_minutes);
static inline struct day day_add(struct day day, int days)
{
	return (struct day){day.number + days};
}

/* "2020-06-10" → day. RESULT_INVALID with a sentence for dates that do not exist. */
MUST_CHECK enum result civil_parse_day(const char *text, struct day *out, struct failure *failure);
/* "07:30" → minute of day, 24:00 allowed. */
MUST_CHECK enum result civil_parse_time(const char *text, int *minute, struct failure *failure);
/* "2020-06-10T08:00:00+07:00" (RFC 3339; seconds, fraction, offset optional, then zone_minutes). */
MUST_CHECK enum result civil_parse_moment(
    const char *text, int zone_minutes, struct wall *out, struct failure *failure);
/* "Asia/Ho_Chi_Minh", "+07:00", "UTC"; zones with daylight saving are RESULT_INVALID and say so. */
MUST_CHECK enum result civil_parse_zone(
    const char *text, int *zone_minutes, struct failure *failure);

/* Formatting into values, so they can be used in an argument list. */
struct civil_text {
	char text[40];
};
struct civil_text civil_rfc3339(
    struct wall moment, int zone_minutes);         /* 2020-06-10T08:00:00+07:00 */
struct civil_text civil_iso_day(struct day day);   /* 2020-06-10 */
struct civil_text civil_short_day(struct day day); /* 10/6 */
struct civil_text civil_full_day(struct day day);  /* 10/6/2020 */
struct civil_text civil_short_moment(struct wall moment, int zone_minutes); /* 08:05 10/6/2020 */

#endif
