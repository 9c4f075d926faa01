/*
 * Owns: tests of plan/calendar: working days, windows, quiet hours, last useful moments.
 * May use: plan/, cmocka.
 * Must not know: ladders.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "fixture.h"

static void test_working_days_know_weekends_holidays_and_worked_saturdays(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		int month, day;
		bool working;
	} cases[] = {{6, 9, true}, {6, 13, false}, {6, 14, false}, {4, 30, false}, {5, 1, false},
	    {5, 4, true}, {5, 9, true}, {9, 2, false}, {9, 3, true}, {4, 2, false}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(calendar_is_working_day(
				     &calendar, civil_day(2020, cases[i].month, cases[i].day)),
		    cases[i].working);
}

static void test_working_days_are_counted_over_holidays(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		int month, day, n, to_month, to_day;
	} cases[] = {{6, 10, -1, 6, 9}, {6, 10, -5, 6, 3}, {6, 10, 1, 6, 11}, {6, 10, 3, 6, 15},
	    {4, 29, 1, 5, 4}, {5, 4, -1, 4, 29}, {6, 20, -1, 6, 19}, {6, 20, 0, 6, 20},
	    {5, 8, 1, 5, 9}, {5, 8, 2, 5, 11}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(calendar_add_working_days(&calendar,
				     civil_day(2020, cases[i].month, cases[i].day), cases[i].n)
				     .number,
		    civil_day(2020, cases[i].to_month, cases[i].to_day).number);
	struct day friday = civil_day(2020, 6, 12), monday = civil_day(2020, 6, 15);
	assert_int_equal(calendar_next_working_day(&calendar, friday).number, monday.number);
	assert_int_equal(calendar_previous_working_day(&calendar, monday).number, friday.number);
}

static void test_the_next_allowed_moment(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		const char *from, *to, *why;
	} cases[] = {
	    {"2020-06-09T08:00", "2020-06-09T08:00", "allowed as it is"},
	    {"2020-06-09T08:00:30", "2020-06-09T08:00:30", "seconds stay"},
	    {"2020-06-09T07:29:59", "2020-06-09T07:30", "before the window"},
	    {"2020-06-09T11:29:59", "2020-06-09T11:29:59", "the window's last minute"},
	    {"2020-06-09T11:30", "2020-06-09T13:30", "the end is outside"},
	    {"2020-06-09T16:30", "2020-06-10T07:30", "after work"},
	    {"2020-06-12T17:00", "2020-06-15T07:30", "over the weekend"},
	    {"2020-04-29T20:00", "2020-05-04T07:30", "30/4, 1/5 and the weekend"},
	    {"2020-09-02T08:00", "2020-09-03T07:30", "National Day"},
	    {"2020-05-09T03:00", "2020-05-09T07:30", "a worked Saturday"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_moment(
		    calendar_next_allowed(&calendar, moment_of(cases[i].from)), cases[i].to);
	assert_int_equal(calendar_next_allowed(&calendar, WALL_NEVER).ms, WALL_NEVER.ms);
}

static void test_the_previous_allowed_moment(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		const char *from, *to;
	} cases[] = {{"2020-06-09T08:00", "2020-06-09T07:59"},
	    {"2020-06-09T08:00:01", "2020-06-09T08:00"}, {"2020-06-09T12:00", "2020-06-09T11:29"},
	    {"2020-06-09T07:30", "2020-06-08T16:29"}, {"2020-06-08T03:00", "2020-06-05T16:29"},
	    {"2020-05-04T07:00", "2020-04-29T16:29"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_moment(
		    calendar_previous_allowed(&calendar, moment_of(cases[i].from)), cases[i].to);
}

static void test_quiet_hours_cut_into_the_window(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	calendar.quiet_from = 540; /* 09:00–10:00 inside the morning */
	calendar.quiet_to = 600;
	assert_moment(
	    calendar_next_allowed(&calendar, moment_of("2020-06-09T09:00")), "2020-06-09T10:00");
	assert_moment(calendar_previous_allowed(&calendar, moment_of("2020-06-09T10:00")),
	    "2020-06-09T08:59");
	calendar.quiet_from = 660; /* 11:00 to 14:00: over the end and the start of the windows */
	calendar.quiet_to = 840;
	assert_moment(
	    calendar_next_allowed(&calendar, moment_of("2020-06-09T11:00")), "2020-06-09T14:00");
	calendar.quiet_from = calendar.quiet_to;
	assert_moment(
	    calendar_next_allowed(&calendar, moment_of("2020-06-09T11:00")), "2020-06-09T11:00");
}

static void test_quiet_hours_wrap_midnight(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	assert_true(calendar_is_quiet(&calendar, moment_of("2020-06-09T21:00")));
	assert_true(calendar_is_quiet(&calendar, moment_of("2020-06-09T06:59:59")));
	assert_false(calendar_is_quiet(&calendar, moment_of("2020-06-09T07:00")));
	assert_false(calendar_is_quiet(&calendar, moment_of("2020-06-09T20:59")));
	assert_moment(
	    calendar_next_not_quiet(&calendar, moment_of("2020-06-09T22:15")), "2020-06-10T07:00");
	assert_moment(
	    calendar_next_not_quiet(&calendar, moment_of("2020-06-10T02:15")), "2020-06-10T07:00");
	assert_moment(
	    calendar_next_not_quiet(&calendar, moment_of("2020-06-14T12:00")), "2020-06-14T12:00");
}

static void test_a_calendar_that_allows_nothing_says_never(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	calendar.window_count = 0;
	assert_int_equal(
	    calendar_next_allowed(&calendar, moment_of("2020-06-09T08:00")).ms, WALL_NEVER.ms);
	assert_int_equal(
	    calendar_previous_allowed(&calendar, moment_of("2020-06-09T08:00")).ms, WALL_NEVER.ms);
	for (int i = 0; i < 7; i++)
		calendar.working_weekday[i] = false;
	calendar.days_worked_count = 0;
	assert_int_equal(
	    calendar_add_working_days(&calendar, civil_day(2020, 6, 9), 3).number, DAY_NONE.number);
}

static void test_last_useful_moments(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		const char *deadline, *last;
	} cases[] = {{"2020-06-10T00:00", "2020-06-09T16:30"}, /* before 10/6: Tuesday 9/6 */
	    {"2020-06-11T00:00", "2020-06-10T16:30"},          /* by 10/6 */
	    {"2020-06-21T00:00", "2020-06-19T16:30"},          /* by Saturday 20/6 */
	    {"2020-05-03T00:00", "2020-04-29T16:30"}, {"2020-09-03T00:00", "2020-09-01T16:30"},
	    {"2020-06-09T16:30", "2020-06-09T16:30"}, {"2020-06-09T16:29", "2020-06-08T16:30"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_moment(
		    calendar_last_useful(&calendar, moment_of(cases[i].deadline)), cases[i].last);
}

/* The searches that look at few minutes agree with one that looks at all of them. */
static void test_searches_agree_with_looking_at_every_minute(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct wall moment = moment_of("2020-04-28T00:00"), end = moment_of("2020-05-12T00:00");
	struct wall last_seen = calendar_previous_allowed(&calendar, moment);
	for (; wall_before(moment, end); moment.ms += MINUTE_MS) {
		assert_int_equal(calendar_previous_allowed(&calendar, moment).ms, last_seen.ms);
		struct wall next = calendar_next_allowed(&calendar, moment);
		assert_true(calendar_is_allowed(&calendar, next));
		if (calendar_is_allowed(&calendar, moment)) {
			assert_int_equal(next.ms, moment.ms);
			last_seen = moment;
		} else {
			struct wall inside = {next.ms - MINUTE_MS};
			assert_true(wall_before(moment, next));
			assert_false(calendar_is_allowed(&calendar, inside));
		}
	}
}

static void test_a_closure_holds_only_where_its_bit_is_set_and_beats_a_day_worked(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	const struct plan_span closures[] = {{civil_day(2020, 5, 8), civil_day(2020, 5, 9)},
	    {civil_day(2020, 6, 9), civil_day(2020, 6, 9)}};
	calendar.closures = closures;
	calendar.closure_count = 2;
	assert_true(calendar_is_working_day(&calendar, civil_day(2020, 5, 8)));
	calendar.closed = 1;
	assert_false(calendar_is_working_day(&calendar, civil_day(2020, 5, 8)));
	assert_false(calendar_is_working_day(&calendar, civil_day(2020, 5, 9)));
	assert_true(calendar_is_working_day(&calendar, civil_day(2020, 6, 9)));
	calendar.closed = 2;
	assert_true(calendar_is_working_day(&calendar, civil_day(2020, 5, 9)));
	assert_moment(
	    calendar_last_useful(&calendar, moment_of("2020-06-10T00:00")), "2020-06-08T16:30");
	assert_moment(
	    calendar_next_allowed(&calendar, moment_of("2020-06-09T08:00")), "2020-06-10T07:30");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_closure_holds_only_where_its_bit_is_set_and_beats_a_day_worked),
	    cmocka_unit_test(test_working_days_know_weekends_holidays_and_worked_saturdays),
	    cmocka_unit_test(test_working_days_are_counted_over_holidays),
	    cmocka_unit_test(test_the_next_allowed_moment),
	    cmocka_unit_test(test_the_previous_allowed_moment),
	    cmocka_unit_test(test_quiet_hours_cut_into_the_window),
	    cmocka_unit_test(test_quiet_hours_wrap_midnight),
	    cmocka_unit_test(test_a_calendar_that_allows_nothing_says_never),
	    cmocka_unit_test(test_last_useful_moments),
	    cmocka_unit_test(test_searches_agree_with_looking_at_every_minute),
	};
	return cmocka_run_group_tests_name("plan/calendar", tests, NULL, NULL);
}
