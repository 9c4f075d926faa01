/*
 * Owns: reading and writing dates, times of day, moments and zones as text.
 * May use: base/, base/civil.h.
 * Must not know: holidays, the clock, the machine's time zone.
 */
#include "base/civil.h"

#include <stdio.h>
#include <string.h>

/* Takes exactly `width` digits; false leaves *text where it was. */
static bool take_digits(const char **text, int width, int *value)
{
	int read = 0;
	for (int i = 0; i < width; i++) {
		char c = (*text)[i];
		if (c < '0' || c > '9')
			return false;
		read = read * 10 + (c - '0');
	}
	*text += width;
	*value = read;
	return true;
}

static bool take_char(const char **text, char wanted)
{
	if (**text != wanted)
		return false;
	(*text)++;
	return true;
}

static bool take_day(const char **text, int *year, int *month, int *day)
{
	return take_digits(text, 4, year) && take_char(text, '-') && take_digits(text, 2, month) &&
	       take_char(text, '-') && take_digits(text, 2, day);
}

/* Hours with one or two digits, minutes with two. */
static bool take_time(const char **text, int *minute)
{
	int hours, minutes;
	if (!take_digits(text, 2, &hours) && !take_digits(text, 1, &hours))
		return false;
	if (!take_char(text, ':') || !take_digits(text, 2, &minutes))
		return false;
	*minute = hours * 60 + minutes;
	return minutes < 60 && *minute <= 1440;
}

enum result civil_parse_day(const char *text, struct day *out, struct failure *failure)
{
	int year, month, day;
	const char *rest = text;
	if (!take_day(&rest, &year, &month, &day) || *rest != '\0')
		return failure_set(failure, RESULT_INVALID,
		    "'%.40s' is not a date. Write it as year-month-day: 2020-06-10.", text);
	if (!civil_date_exists(year, month, day))
		return failure_set(failure, RESULT_INVALID,
		    "The date %.40s does not exist in the calendar.", text);
	*out = civil_day(year, month, day);
	return RESULT_OK;
}

enum result civil_parse_time(const char *text, int *minute, struct failure *failure)
{
	const char *rest = text;
	if (!take_time(&rest, minute) || *rest != '\0')
		return failure_set(failure, RESULT_INVALID,
		    "'%.40s' is not a time of day. Write hours and minutes: 07:30.", text);
	return RESULT_OK;
}

/* "Z", "+07:00", "+0700", "-03:30". */
static bool take_offset(const char **text, int *zone_minutes)
{
	if (take_char(text, 'Z')) {
		*zone_minutes = 0;
		return true;
	}
	bool west = **text == '-';
	int hours, minutes;
	if (!take_char(text, '+') && !take_char(text, '-'))
		return false;
	if (!take_digits(text, 2, &hours))
		return false;
	(void)take_char(text, ':');
	if (!take_digits(text, 2, &minutes) || hours > 14 || minutes > 59)
		return false;
	*zone_minutes = (west ? -1 : 1) * (hours * 60 + minutes);
	return true;
}

enum result civil_parse_moment(
    const char *text, int zone_minutes, struct wall *out, struct failure *failure)
{
	int year, month, day, minute, second = 0, thousandths = 0;
	const char *rest = text;
	bool ok = take_day(&rest, &year, &month, &day) &&
		  (take_char(&rest, 'T') || take_char(&rest, ' ')) && take_time(&rest, &minute);
	if (ok && take_char(&rest, ':'))
		ok = take_digits(&rest, 2, &second) && second < 60;
	if (ok && take_char(&rest, '.')) {
		int digit, scale = 100;
		ok = take_digits(&rest, 1, &digit);
		for (bool more = ok; more; more = take_digits(&rest, 1, &digit), scale /= 10)
			thousandths += digit * scale;
	}
	if (ok && *rest != '\0')
		ok = take_offset(&rest, &zone_minutes) && *rest == '\0';
	if (!ok || (minute == 1440 && (second > 0 || thousandths > 0)))
		return failure_set(failure, RESULT_INVALID,
		    "'%.60s' is not a moment. Write 2020-06-10T08:00 or 2020-06-10T08:00:00+07:00.",
		    text);
	if (!civil_date_exists(year, month, day))
		return failure_set(failure, RESULT_INVALID,
		    "The date of %.60s does not exist in the calendar.", text);
	*out = civil_moment(civil_day(year, month, day), minute, zone_minutes);
	out->ms += second * SECOND_MS + thousandths;
	return RESULT_OK;
}

enum result civil_parse_zone(const char *text, int *zone_minutes, struct failure *failure)
{
	/* Zones of the region, none of which has daylight saving. */
	static const struct {
		const char *name;
		int minutes;
	} zones[] = {
	    {"Asia/Ho_Chi_Minh", 420},
	    {"Asia/Saigon", 420},
	    {"Asia/Bangkok", 420},
	    {"Asia/Vientiane", 420},
	    {"Asia/Phnom_Penh", 420},
	    {"Asia/Jakarta", 420},
	    {"Asia/Singapore", 480},
	    {"Asia/Manila", 480},
	    {"UTC", 0},
	    {"Etc/UTC", 0},
	};
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
		if (strcmp(text, zones[i].name) == 0) {
			*zone_minutes = zones[i].minutes;
			return RESULT_OK;
		}
	}
	const char *rest = text;
	int minutes;
	if (*text != 'Z' && take_offset(&rest, &minutes) && *rest == '\0') {
		*zone_minutes = minutes;
		return RESULT_OK;
	}
	return failure_set(failure, RESULT_INVALID,
	    "'%.60s' is not a time zone known here. Only zones without daylight saving are: write "
	    "Asia/Ho_Chi_Minh, UTC, or the offset itself, such as +07:00.",
	    text);
}

struct civil_text civil_rfc3339(struct wall moment, int zone_minutes)
{
	struct civil civil = civil_of_wall(moment, zone_minutes);
	int east = zone_minutes < 0 ? -zone_minutes : zone_minutes;
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", civil.year,
	    civil.month, civil.day, civil.hour, civil.minute, civil.second,
	    zone_minutes < 0 ? '-' : '+', east / 60 % 100, east % 60);
	return out;
}

struct civil_text civil_iso_day(struct day day)
{
	struct civil civil = civil_of_day(day);
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
	return out;
}

struct civil_text civil_short_day(struct day day)
{
	struct civil civil = civil_of_day(day);
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%d/%d", civil.day, civil.month);
	return out;
}

struct civil_text civil_full_day(struct day day)
{
	struct civil civil = civil_of_day(day);
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%d/%d/%d", civil.day, civil.month, civil.year);
	return out;
}

struct civil_text civil_short_moment(struct wall moment, int zone_minutes)
{
	struct civil civil = civil_of_wall(moment, zone_minutes);
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%02d:%02d %d/%d/%d", civil.hour, civil.minute,
	    civil.day, civil.month, civil.year);
	return out;
}
