/*
 * Owns: finding the moments at which a zone changes its offset.
 * May use: base/, plan/calendar.h, libical.
 * Must not know: plans.
 *
 * libical answers what the offset is at a moment, not when it changes. No zone changes twice within
 * STEP_DAYS, so the moments are found by walking in such steps and halving where two differ.
 */
#include "document/zone.h"

#include <libical/ical.h>
#include <string.h>

#define STEP_DAYS 7
#define NAME_BYTES_MAX 60

static int offset_at(icaltimezone *zone, struct wall moment)
{
	struct civil civil = civil_of_wall(moment, 0);
	struct icaltimetype time = {.year = civil.year,
	    .month = civil.month,
	    .day = civil.day,
	    .hour = civil.hour,
	    .minute = civil.minute,
	    .second = civil.second};
	int daylight;
	return icaltimezone_get_utc_offset_of_utc_time(zone, &time, &daylight) / 60;
}

/* The first minute of (low, high] at which the offset is no longer that of `low`. */
static struct wall change_between(icaltimezone *zone, struct wall low, struct wall high)
{
	int before = offset_at(zone, low);
	while (high.ms - low.ms > MINUTE_MS) {
		int64_t minutes = (high.ms - low.ms) / MINUTE_MS / 2;
		struct wall middle = wall_add(low, minutes * MINUTE_MS);
		if (offset_at(zone, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static void find_transitions(
    struct arena *arena, icaltimezone *zone, struct plan_calendar *calendar)
{
	struct wall end = civil_moment(civil_day(ZONE_YEAR_MOST + 1, 1, 1), 0, 0);
	struct wall moment = civil_moment(civil_day(ZONE_YEAR_LEAST, 1, 1), 0, 0);
	struct plan_transition *found = NULL;
	size_t count = 0, capacity = 0;
	int offset = calendar->zone_minutes = offset_at(zone, moment);
	while (wall_before(moment, end)) {
		struct wall next = wall_add(moment, STEP_DAYS * DAY_MS);
		int after = offset_at(zone, next);
		if (after != offset) {
			ARRAY_GROW(found, count, capacity);
			found[count++] =
			    (struct plan_transition){change_between(zone, moment, next), after};
		}
		offset = after;
		moment = next;
	}
	if (count > 0) {
		struct plan_transition *kept = arena_alloc(arena, count * sizeof *kept);
		memcpy(kept, found, count * sizeof *kept);
		calendar->transitions = kept;
		calendar->transition_count = count;
	}
	memory_free(found);
}

/* The name becomes part of a path. */
static bool name_is_good(const char *name)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	    "/_+-";
	size_t len = strlen(name);
	return len <= NAME_BYTES_MAX && strspn(name, letters) == len && name[0] != '/' &&
	       strchr(name, '/') != NULL;
}

enum result zone_read(
    struct arena *arena, const char *name, struct plan_calendar *calendar, struct failure *failure)
{
	if (civil_parse_zone(name, &calendar->zone_minutes, NULL) == RESULT_OK)
		return RESULT_OK;
	icaltimezone *zone = name_is_good(name) ? icaltimezone_get_builtin_timezone(name) : NULL;
	if (zone == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "'%.60s' is not a time zone known here. Write Asia/Ho_Chi_Minh, another name "
		    "of the time zone database such as Europe/Berlin, or the offset itself, such "
		    "as +07:00.",
		    name);
	find_transitions(arena, zone, calendar);
	return RESULT_OK;
}
