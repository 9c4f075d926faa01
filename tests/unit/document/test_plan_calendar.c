/*
 * Owns: tests of a plan's zone and holidays: daylight saving, years without a file.
 * May use: document/, plan/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "document/plan_file.h"
#include "document/zone.h"
#include "fixture.h"
#include "plan/calendar.h"

#define PLAN(calendar)                                                                             \
	"plan: P\nname: N\nowner: O\noffice: o\ncalendar: {" calendar "}\n"                        \
	"texts:\n  a: x\nladders:\n  l:\n    - {step: s, when: -3d, to: reporter, text: a}\n"      \
	"reports:\n  R: {name: b, for: {kinds: [commune]}, ladder: l, by: 06-10, years: "          \
	"2020-2022}\n"

static struct plan_calendar calendar_in(struct fixture *fixture, const char *zone)
{
	struct plan_calendar calendar = {
	    .working_weekday = {true, true, true, true, true, true, true},
	    .window = {{450, 690}},
	    .window_count = 1,
	    .quiet_from = 1260,
	    .quiet_to = 420,
	};
	struct failure failure;
	if (zone_read(fixture->arena, zone, &calendar, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	return calendar;
}

static struct wall utc(const char *text)
{
	struct wall moment;
	assert_int_equal(civil_parse_moment(text, 0, &moment, NULL), RESULT_OK);
	return moment;
}

static void test_minutes_become_moments_in_zones_with_daylight_saving(void **state)
{
	(void)state;
	static const struct {
		const char *zone, *day;
		int minute;
		const char *moment; /* UTC */
	} cases[] = {
	    {"Europe/Berlin", "2020-01-15", 480, "2020-01-15T07:00"},
	    {"Europe/Berlin", "2020-07-15", 480, "2020-07-15T06:00"},
	    /* forward on 29 March: 02:30 does not exist, the first moment after it is 03:00 */
	    {"Europe/Berlin", "2020-03-29", 119, "2020-03-29T00:59"},
	    {"Europe/Berlin", "2020-03-29", 150, "2020-03-29T01:00"},
	    {"Europe/Berlin", "2020-03-29", 180, "2020-03-29T01:00"},
	    /* back on 25 October: 02:30 comes twice, the first of the two */
	    {"Europe/Berlin", "2020-10-25", 150, "2020-10-25T00:30"},
	    {"Europe/Berlin", "2020-10-25", 180, "2020-10-25T02:00"},
	    {"Europe/Berlin", "2099-07-15", 480, "2099-07-15T06:00"},
	    /* south of the equator summer is in January; back on 5 April, forward on 4 October */
	    {"Australia/Sydney", "2020-01-15", 480, "2020-01-14T21:00"},
	    {"Australia/Sydney", "2020-07-15", 480, "2020-07-14T22:00"},
	    {"Australia/Sydney", "2020-04-05", 150, "2020-04-04T15:30"},
	    {"Australia/Sydney", "2020-10-04", 150, "2020-10-03T16:00"},
	    /* before UTC */
	    {"America/New_York", "2020-03-08", 150, "2020-03-08T07:00"},
	    {"America/New_York", "2020-11-01", 90, "2020-11-01T05:30"},
	    /* a leap day, and a zone without daylight saving */
	    {"Europe/Berlin", "2020-02-29", 0, "2020-02-28T23:00"},
	    {"Asia/Ho_Chi_Minh", "2020-02-29", 0, "2020-02-28T17:00"},
	    {"+07:00", "2020-06-10", 0, "2020-06-09T17:00"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct plan_calendar calendar = calendar_in(&fixture, cases[i].zone);
		struct day day;
		assert_int_equal(civil_parse_day(cases[i].day, &day, NULL), RESULT_OK);
		struct wall moment = calendar_moment(&calendar, day, cases[i].minute);
		assert_string_equal(
		    civil_rfc3339(moment, 0).text, civil_rfc3339(utc(cases[i].moment), 0).text);
	}
}

static void test_every_moment_of_a_year_is_found_again_from_its_civil_time(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_calendar calendar = calendar_in(&fixture, "Europe/Berlin");
	struct wall end = utc("2021-01-01T00:00"), second = utc("2020-10-25T01:00");
	for (struct wall moment = utc("2020-01-01T00:00"); wall_before(moment, end);
	     moment = wall_add(moment, 10 * MINUTE_MS)) {
		struct civil civil = calendar_civil(&calendar, moment);
		struct wall found = calendar_moment(
		    &calendar, calendar_day(&calendar, moment), civil.hour * 60 + civil.minute);
		bool again = moment.ms >= second.ms && moment.ms < second.ms + HOUR_MS;
		assert_int_equal(moment.ms - found.ms, again ? HOUR_MS : 0);
	}
}

static void test_quiet_hours_end_by_the_clock_on_the_wall_across_a_change(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_calendar calendar = calendar_in(&fixture, "Europe/Berlin");
	struct wall end = calendar_next_not_quiet(&calendar, utc("2020-03-28T21:00"));
	assert_string_equal(civil_rfc3339(end, 120).text, "2020-03-29T07:00:00+02:00");
	end = calendar_next_not_quiet(&calendar, utc("2020-10-24T21:00"));
	assert_string_equal(civil_rfc3339(end, 60).text, "2020-10-25T07:00:00+01:00");
	assert_true(calendar_is_quiet(&calendar, utc("2020-03-29T04:59")));
	assert_false(calendar_is_quiet(&calendar, utc("2020-03-29T05:00")));
}

static void test_what_ends_or_begins_within_a_change_never_goes_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_calendar calendar = calendar_in(&fixture, "Europe/Berlin");
	calendar.window[0] = (struct plan_interval){135, 165}; /* 02:15–02:45 */
	calendar.quiet_from = 60;
	calendar.quiet_to = 150; /* 01:00–02:30 */
	struct wall end = utc("2020-10-27T00:00");
	for (struct wall moment = utc("2020-10-23T00:00"); wall_before(moment, end);
	     moment = wall_add(moment, 5 * MINUTE_MS)) {
		struct wall next = calendar_next_allowed(&calendar, moment);
		assert_false(wall_before(next, moment));
		assert_true(calendar_is_allowed(&calendar, next));
		struct wall loud = calendar_next_not_quiet(&calendar, moment);
		assert_false(wall_before(loud, moment));
		assert_false(calendar_is_quiet(&calendar, loud));
		struct wall previous = calendar_previous_allowed(&calendar, moment);
		assert_true(wall_before(previous, moment));
		assert_true(calendar_is_allowed(&calendar, previous));
	}
	/* 29 March has no such window at all */
	struct wall next = calendar_next_allowed(&calendar, utc("2020-03-28T12:00"));
	assert_string_equal(civil_rfc3339(next, 120).text, "2020-03-30T02:30:00+02:00");
}

static bool is_off(const struct plan *plan, int year, int month, int day)
{
	return !calendar_is_working_day(&plan->calendar, civil_day(year, month, day));
}

static struct plan *parse(struct fixture *fixture, const char *text)
{
	struct plan *plan = plan_file_parse(
	    fixture->arena, "p.yaml", text, strlen(text), "config/holidays", &fixture->complaints);
	assert_errors(fixture, 0);
	return plan;
}

static void test_a_year_without_a_file_has_the_days_of_the_law(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse(&fixture, PLAN("holidays: vn-2020"));
	assert_int_equal(fixture.complaints.count, 0);
	assert_true(is_off(plan, 2026, 2, 17));
	assert_true(is_off(plan, 2026, 4, 27));
	assert_true(is_off(plan, 2100, 4, 30));
	/* The file goes before the law: it does not know 30 January 2020, which the law would give.
	 */
	assert_true(is_off(plan, 2020, 1, 29));
	assert_false(is_off(plan, 2020, 1, 30));
}

static void test_without_the_law_only_files_give_days_off(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse(&fixture, PLAN("holidays: vn-2020, statutory: none"));
	assert_complaint(&fixture, 0, "No holidays of 2022 are known");
	assert_false(is_off(plan, 2026, 2, 17));
	assert_true(is_off(plan, 2020, 1, 27));
}

static void test_one_day_of_a_local_file_does_not_take_tet_away(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const char *folder = make_folder(fixture.arena);
	write_file(fixture.arena, folder, "local.ics",
	    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20220705\nEND:VEVENT\n"
	    "END:VCALENDAR\n");
	const char *text = PLAN("holidays: local");
	struct plan *plan = plan_file_parse(
	    fixture.arena, "p.yaml", text, strlen(text), folder, &fixture.complaints);
	assert_errors(&fixture, 0);
	assert_true(is_off(plan, 2022, 7, 5));
	assert_true(is_off(plan, 2022, 2, 1));
	assert_int_equal(plan->holiday_year_count, 0);
	static const char *const names[] = {"local.ics"};
	remove_folder(folder, names, COUNT_OF(names));
}

static void test_next_years_file_is_missed_from_october_on(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse(&fixture, PLAN("holidays: [vn-2020, vn-2021]"));
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2020, 10, 1)), 0);
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2021, 9, 30)), 0);
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2021, 10, 1)), 2022);
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2022, 1, 1)), 2022);
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2022, 10, 1)), 2022);
	assert_int_equal(plan_missing_holiday_year(plan, civil_day(2023, 1, 1)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_minutes_become_moments_in_zones_with_daylight_saving),
	    cmocka_unit_test(test_every_moment_of_a_year_is_found_again_from_its_civil_time),
	    cmocka_unit_test(test_quiet_hours_end_by_the_clock_on_the_wall_across_a_change),
	    cmocka_unit_test(test_what_ends_or_begins_within_a_change_never_goes_back),
	    cmocka_unit_test(test_a_year_without_a_file_has_the_days_of_the_law),
	    cmocka_unit_test(test_without_the_law_only_files_give_days_off),
	    cmocka_unit_test(test_one_day_of_a_local_file_does_not_take_tet_away),
	    cmocka_unit_test(test_next_years_file_is_missed_from_october_on),
	};
	return cmocka_run_group_tests_name("document/plan_calendar", tests, NULL, NULL);
}
