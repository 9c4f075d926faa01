/*
 * Owns: tests of modem/times and modem/pace: stamps, validity, when sleeps are cut.
 * May use: modem/, cmocka.
 * Must not know: modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "modem/pace.h"
#include "modem/times.h"

#include <time.h>
#include <unistd.h>

static void test_a_stamp_becomes_utc_whatever_its_zone(void **state)
{
	(void)state;
	static const struct {
		struct network_time stamp;
		int64_t seconds;
	} cases[] = {
	    {{1970, 1, 1, 0, 0, 0, 0}, 0},
	    {{2020, 5, 5, 14, 0, 0, 7 * 3600}, 1588662000},
	    {{2020, 2, 29, 23, 59, 59, 0}, 1583020799},
	    {{2020, 3, 1, 0, 0, 0, 0}, 1583020800},
	    {{2020, 12, 31, 20, 0, 0, -5 * 3600}, 1609462800},
	    {{2000, 1, 1, 5, 45, 0, 20700}, 946684800},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(times_to_wall_ms(&cases[i].stamp), cases[i].seconds * 1000);
}

static void test_a_broken_stamp_is_no_time(void **state)
{
	(void)state;
	static const struct network_time broken[] = {{0}, {2020, 13, 1, 0, 0, 0, 0},
	    {2020, 1, 32, 0, 0, 0, 0}, {2020, 1, 1, 24, 0, 0, 0}, {2020, 1, 1, 0, 60, 0, 0},
	    {2020, 1, 1, 0, 0, 0, 100000}};
	for (size_t i = 0; i < COUNT_OF(broken); i++)
		assert_int_equal(times_to_wall_ms(&broken[i]), 0);
}

static void test_validity_is_rounded_up_and_bounded(void **state)
{
	(void)state;
	static const struct {
		int64_t minutes;
		int code;
	} cases[] = {{-1, 0}, {0, 0}, {5, 0}, {6, 1}, {60, 0x0b}, {360, 0x47}, {720, 143},
	    {721, 144}, {750, 144}, {1440, 0xa7}, {1441, 168}, {3 * 1440, 0xa9}, {7 * 1440, 0xad},
	    {30 * 1440, 196}, {30 * 1440 + 1, 197}, {35 * 1440, 197}, {35 * 1440 + 1, 198},
	    {63 * 7 * 1440, 255}, {INT64_MAX, 255}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(times_encode_validity(cases[i].minutes), cases[i].code);
}

static void test_auto_is_patient_first_and_after_a_lost_prompt(void **state)
{
	(void)state;
	struct pace pace = {.choice = PACE_AUTO};
	struct wall now = {1000 * DAY_MS};
	for (int i = 0; i < 20; i++) {
		assert_false(pace_is_brisk(&pace, now));
		pace_note_part_gone(&pace);
	}
	assert_true(pace_is_brisk(&pace, now));
	pace_note_lost_prompt(&pace, now);
	assert_false(pace_is_brisk(&pace, wall_add(now, DAY_MS - 1)));
	assert_true(pace_is_brisk(&pace, wall_add(now, DAY_MS)));
	pace.choice = PACE_PATIENT;
	assert_false(pace_is_brisk(&pace, wall_add(now, DAY_MS)));
	assert_true(pace_from_word(&pace.choice, "brisk"));
	assert_true(pace_is_brisk(&pace, now));
	assert_false(pace_from_word(&pace.choice, "quick"));
}

static int64_t milliseconds_of_sleep(useconds_t microseconds)
{
	int64_t before = mono_of_machine().ms;
	usleep(microseconds);
	return mono_of_machine().ms - before;
}

static void test_the_sleeps_are_ours(void **state)
{
	(void)state;
	struct pace pace = {.choice = PACE_BRISK};
	pace_for_connection(&pace);
	assert_true(milliseconds_of_sleep(900000) < 500);
	pace.choice = PACE_PATIENT;
	pace_for_connection(&pace);
	assert_true(milliseconds_of_sleep(60000) >= 60);
	pace.choice = PACE_AUTO;
	pace_for_connection(&pace);
	assert_true(milliseconds_of_sleep(60000) >= 60);
	pace_note_connected(&pace);
	pace_for_connection(&pace);
	assert_true(milliseconds_of_sleep(900000) < 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_stamp_becomes_utc_whatever_its_zone),
	    cmocka_unit_test(test_a_broken_stamp_is_no_time),
	    cmocka_unit_test(test_validity_is_rounded_up_and_bounded),
	    cmocka_unit_test(test_auto_is_patient_first_and_after_a_lost_prompt),
	    cmocka_unit_test(test_the_sleeps_are_ours),
	};
	return cmocka_run_group_tests_name("modem/times", tests, NULL, NULL);
}
