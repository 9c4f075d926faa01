/*
 * Owns: the working calendar of 2020 and short spellings of moments for the tests of plan/.
 * May use: plan/.
 * Must not know: the cases.
 */
#ifndef TESTS_PLAN_FIXTURE_H
#define TESTS_PLAN_FIXTURE_H

#include "plan/calendar.h"

#define ZONE 420

/* Viet Nam 2020: Monday to Friday, 07:30–11:30 and 13:30–16:30, quiet 21:00–07:00, the holidays
 * between April and September. Saturday 9 May is worked. */
static inline struct plan_calendar fixture_calendar(void)
{
	static struct day off[4], worked[1];
	off[0] = civil_day(2020, 4, 2);
	off[1] = civil_day(2020, 4, 30);
	off[2] = civil_day(2020, 5, 1);
	off[3] = civil_day(2020, 9, 2);
	worked[0] = civil_day(2020, 5, 9);
	return (struct plan_calendar){
	    .zone_minutes = ZONE,
	    .working_weekday = {false, true, true, true, true, true, false},
	    .days_off = off,
	    .days_off_count = 4,
	    .days_worked = worked,
	    .days_worked_count = 1,
	    .window = {{450, 690}, {810, 990}},
	    .window_count = 2,
	    .quiet_from = 1260,
	    .quiet_to = 420,
	    .end_of_work = 990,
	};
}

/* "2020-06-10T08:00" in Viet Nam; "" is WALL_NEVER. */
static inline struct wall moment_of(const char *text)
{
	struct wall moment;
	struct failure failure;
	if (*text == '\0')
		return WALL_NEVER;
	if (civil_parse_moment(text, ZONE, &moment, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	return moment;
}

#define assert_moment(moment, text) assert_int_equal((moment).ms, moment_of(text).ms)

#endif
