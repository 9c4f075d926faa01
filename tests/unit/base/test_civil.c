/*
 * Owns: tests of base/civil: dates, moments, zones and their texts.
 * May use: base/civil.h, cmocka, the C library's calendar as an oracle.
 * Must not know: ladders.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "base/civil.h"

#include <time.h>

static void test_days_agree_with_the_c_library_for_five_centuries(void **state)
{
	(void)state;
	for (int number = -70000; number < 110000; number += 1) {
		time_t seconds = (time_t)number * 86400;
		struct tm tm;
		assert_non_null(gmtime_r(&seconds, &tm));
		struct civil civil = civil_of_day((struct day){number});
		assert_int_equal(civil.year, tm.tm_year + 1900);
		assert_int_equal(civil.month, tm.tm_mon + 1);
		assert_int_equal(civil.day, tm.tm_mday);
		assert_int_equal(civil.weekday, tm.tm_wday);
		assert_int_equal(civil_day(civil.year, civil.month, civil.day).number, number);
		assert_true(civil_date_exists(civil.year, civil.month, civil.day));
	}
}

static void test_dates_that_do_not_exist_are_known(void **state)
{
	(void)state;
	assert_true(civil_date_exists(2020, 2, 29));
	assert_true(civil_date_exists(2000, 2, 29));
	assert_false(civil_date_exists(2021, 2, 29));
	assert_false(civil_date_exists(1900, 2, 29));
	assert_false(civil_date_exists(2020, 4, 31));
	assert_false(civil_date_exists(2020, 13, 1));
	assert_false(civil_date_exists(2020, 0, 1));
	assert_false(civil_date_exists(2020, 1, 0));
}

static void test_the_day_changes_at_midnight_of_the_zone(void **state)
{
	(void)state;
	struct wall midnight = civil_moment(civil_day(2020, 6, 10), 0, 420);
	assert_string_equal(civil_rfc3339(midnight, 420).text, "2020-06-10T00:00:00+07:00");
	assert_string_equal(civil_rfc3339(midnight, 0).text, "2020-06-09T17:00:00+00:00");
	assert_string_equal(civil_rfc3339(midnight, -210).text, "2020-06-09T13:30:00-03:30");
	struct wall before = {midnight.ms - 1};
	assert_int_equal(civil_day_of_wall(before, 420).number, civil_day(2020, 6, 9).number);
	struct civil last = civil_of_wall(before, 420);
	assert_int_equal(last.hour, 23);
	assert_int_equal(last.minute, 59);
	assert_int_equal(last.second, 59);
	assert_int_equal(last.weekday, 2);
}

static void test_never_and_the_far_past_do_not_overflow(void **state)
{
	(void)state;
	(void)civil_of_wall(WALL_NEVER, 420);
	(void)civil_of_wall((struct wall){INT64_MIN}, -840);
	(void)civil_rfc3339(WALL_NEVER, 420);
	(void)civil_short_moment((struct wall){INT64_MIN}, 420);
	(void)civil_full_day(DAY_NONE);
}

static void test_days_are_parsed_strictly(void **state)
{
	(void)state;
	struct day day;
	struct failure failure;
	assert_int_equal(civil_parse_day("2020-06-10", &day, &failure), RESULT_OK);
	assert_int_equal(day.number, civil_day(2020, 6, 10).number);
	assert_string_equal(civil_iso_day(day).text, "2020-06-10");
	assert_string_equal(civil_short_day(day).text, "10/6");
	assert_string_equal(civil_full_day(day).text, "10/6/2020");
	static const char *const bad[] = {"", "2020-6-10", "2020-06-10 ", "10/6/2020", "2020-06-1x",
	    "2020-02-30", "2021-02-29", "0000-01-01", "2020/06/10", "-020-06-10"};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		assert_int_equal(civil_parse_day(bad[i], &day, &failure), RESULT_INVALID);
		assert_true(failure.text[0] != '\0');
	}
}

static void test_times_of_day_are_parsed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int minute; /* -1: refused */
	} cases[] = {{"07:30", 450}, {"7:30", 450}, {"00:00", 0}, {"24:00", 1440}, {"24:01", -1},
	    {"12:60", -1}, {"7", -1}, {"07:3", -1}, {"07:300", -1}, {"", -1}, {"-1:00", -1}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int minute = -1;
		struct failure failure;
		enum result result = civil_parse_time(cases[i].text, &minute, &failure);
		assert_int_equal(result, cases[i].minute < 0 ? RESULT_INVALID : RESULT_OK);
		if (result == RESULT_OK)
			assert_int_equal(minute, cases[i].minute);
	}
}

static void test_moments_are_parsed(void **state)
{
	(void)state;
	struct wall eight = civil_moment(civil_day(2020, 6, 10), 480, 420);
	static const struct {
		const char *text;
		int64_t after; /* ms after eight; -1: refused */
	} cases[] = {{"2020-06-10T08:00:00+07:00", 0}, {"2020-06-10T08:00", 0},
	    {"2020-06-10 08:00:01", 1000}, {"2020-06-10T01:00:00Z", 0},
	    {"2020-06-10T08:00:00.25", 250}, {"2020-06-10T08:00:00.123456789", 123},
	    {"2020-06-09T22:00:00-0300", 0}, {"2020-06-10T08:00+07:00", 0}, {"2020-06-10", -1},
	    {"2020-06-31T08:00", -1}, {"2020-06-10T24:00:01", -1}, {"2020-06-10T08:00:60", -1},
	    {"2020-06-10T08:00:00+7", -1}, {"2020-06-10T08:00:00.", -1},
	    {"2020-06-10T08:00:00 ", -1}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct wall moment;
		struct failure failure;
		enum result result = civil_parse_moment(cases[i].text, 420, &moment, &failure);
		assert_int_equal(result, cases[i].after < 0 ? RESULT_INVALID : RESULT_OK);
		if (result == RESULT_OK)
			assert_int_equal(moment.ms, eight.ms + cases[i].after);
	}
	assert_string_equal(civil_short_moment(eight, 420).text, "08:00 10/6/2020");
}

static void test_zones_without_daylight_saving_are_taken(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int minutes; /* 9999: refused */
	} cases[] = {{"Asia/Ho_Chi_Minh", 420}, {"UTC", 0}, {"+07:00", 420}, {"-03:30", -210},
	    {"Europe/Paris", 9999}, {"", 9999}, {"+7", 9999}, {"+15:00", 9999}, {"Z", 9999}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int minutes = 9999;
		struct failure failure;
		enum result result = civil_parse_zone(cases[i].text, &minutes, &failure);
		assert_int_equal(result, cases[i].minutes == 9999 ? RESULT_INVALID : RESULT_OK);
		assert_int_equal(minutes, cases[i].minutes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_days_agree_with_the_c_library_for_five_centuries),
	    cmocka_unit_test(test_dates_that_do_not_exist_are_known),
	    cmocka_unit_test(test_the_day_changes_at_midnight_of_the_zone),
	    cmocka_unit_test(test_never_and_the_far_past_do_not_overflow),
	    cmocka_unit_test(test_days_are_parsed_strictly),
	    cmocka_unit_test(test_times_of_day_are_parsed),
	    cmocka_unit_test(test_moments_are_parsed),
	    cmocka_unit_test(test_zones_without_daylight_saving_are_taken),
	};
	return cmocka_run_group_tests_name("base/civil", tests, NULL, NULL);
}
