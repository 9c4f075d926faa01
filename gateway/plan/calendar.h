/*
 * Owns: working days, send windows, quiet hours: which moments are allowed.
 * May use: base/, base/civil.h.
 * Must not know: files, the clock, ladders.
 *
 * Pure. A calendar is a plain value with borrowed arrays.
 */
#ifndef PLAN_CALENDAR_H
#define PLAN_CALENDAR_H

#include "base/civil.h"

#include <stddef.h>

struct plan_interval {
	int from, to; /* minutes of the day, from < to; allowed are from ≤ t < to */
};

struct plan_span {
	struct day from, to; /* both belong to it */
};

/* From this moment on the zone is `minutes` east of UTC. */
struct plan_transition {
	struct wall from;
	int minutes;
};

#define PLAN_CLOSURES_MAX 64

struct plan_calendar {
	int zone_minutes; /* east of UTC; with transitions: before the first of them */
	/* Daylight saving: ascending; NULL for a zone that has none. */
	const struct plan_transition *transitions;
	size_t transition_count;
	bool working_weekday[7]; /* 0 Sunday … 6 Saturday */
	/* Sorted days. A day in days_worked counts as a working day whatever else it is, but for a
	 * closure. */
	const struct day *days_off;
	size_t days_off_count;
	const struct day *days_worked;
	size_t days_worked_count;
	/* Closures of some units; of them hold here those whose bit is set in `closed`. */
	const struct plan_span *closures;
	size_t closure_count; /* at most PLAN_CLOSURES_MAX */
	uint64_t closed;
	/* The send window on working days, sorted, not overlapping; at most 4. */
	struct plan_interval window[4];
	size_t window_count;
	/* Quiet hours, may wrap midnight (1260 → 420). quiet_from == quiet_to: none. */
	int quiet_from, quiet_to;
	int end_of_work; /* minute of day, 990 = 16:30 */
};

/* The plan's civil time. All of the plan's days and minutes go through these three. Where clocks go
 * forward, a minute that does not exist is the first moment after the gap; where they go back, a
 * minute that comes twice is the first of the two. */
struct wall calendar_moment(
    const struct plan_calendar *calendar, struct day day, int minute_of_day);
struct civil calendar_civil(const struct plan_calendar *calendar, struct wall moment);
struct day calendar_day(const struct plan_calendar *calendar, struct wall moment);

bool calendar_is_working_day(const struct plan_calendar *calendar, struct day day);
struct day calendar_next_working_day(
    const struct plan_calendar *calendar, struct day day); /* > day */
struct day calendar_previous_working_day(const struct plan_calendar *calendar, struct day day);
/* n working days after (n > 0) or before (n < 0) `day`; searches at most 400 days. */
struct day calendar_add_working_days(const struct plan_calendar *calendar, struct day day, int n);

bool calendar_is_quiet(const struct plan_calendar *calendar, struct wall moment);
/* Allowed = working day, inside the window, not quiet. */
bool calendar_is_allowed(const struct plan_calendar *calendar, struct wall moment);
/* The first allowed moment ≥ `moment`; WALL_NEVER when there is none within 400 days. */
struct wall calendar_next_allowed(const struct plan_calendar *calendar, struct wall moment);
/* The last allowed minute < `moment` (the window's last minute when it moves back past its end), or
 * WALL_NEVER. */
struct wall calendar_previous_allowed(const struct plan_calendar *calendar, struct wall moment);
/* The first moment ≥ `moment` that is not quiet (for what may leave outside the window). */
struct wall calendar_next_not_quiet(const struct plan_calendar *calendar, struct wall moment);

/* The send window that `moment` lies in: its first moment and the first after it. False when the
 * moment is not allowed. */
bool calendar_window_of(const struct plan_calendar *calendar, struct wall moment, struct wall *from,
    struct wall *until);

/* The last useful moment of a deadline: end of working hours of the last working day before it. For
 * the deadline 10 June 2020 00:00 that is Tuesday 9 June 16:30. */
struct wall calendar_last_useful(const struct plan_calendar *calendar, struct wall deadline);

#endif
