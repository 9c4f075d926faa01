/*
 * Owns: tests of plan/statutory: the days off of known years.
 * May use: plan/, cmocka.
 * Must not know: holiday files.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "plan/statutory.h"

#include <string.h>

static const bool five_days[7] = {false, true, true, true, true, true, false};

/* "1/1 24/1 …" */
static void assert_days(int year, const bool *working, const char *expected)
{
	struct day days[STATUTORY_DAYS_MAX];
	size_t count = statutory_days_off(year, working, days);
	OWNED_BUFFER text = BUFFER(500);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, "%s%s", i ? " " : "", civil_short_day(days[i]).text);
	assert_string_equal(buffer_text(&text), expected);
}

static void test_a_holiday_on_a_weekend_gives_the_next_working_day_off(void **state)
{
	(void)state;
	/* Tết on Saturday 25 January: Wednesday the 29th and Thursday the 30th instead. */
	assert_days(2020, five_days, "1/1 24/1 25/1 26/1 27/1 28/1 29/1 30/1 2/4 30/4 1/5 2/9");
	/* Hùng Kings on Sunday 26 April 2026: Monday the 27th. 2 September is a Wednesday. */
	assert_days(2026, five_days, "1/1 16/2 17/2 18/2 19/2 20/2 26/4 27/4 30/4 1/5 1/9 2/9");
}

static void test_a_six_day_week_gives_fewer_days_instead(void **state)
{
	(void)state;
	static const bool six_days[7] = {false, true, true, true, true, true, true};
	assert_days(2020, six_days, "1/1 24/1 25/1 26/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9");
}

static void test_the_day_beside_the_national_day_makes_the_longer_row(void **state)
{
	(void)state;
	static const struct {
		int year;
		const char *beside; /* as it was decided */
	} decided[] = {{2021, "2021-09-03"}, {2022, "2022-09-01"}, {2023, "2023-09-01"},
	    {2024, "2024-09-03"}, {2025, "2025-09-01"}, {2026, "2026-09-01"}};
	for (size_t i = 0; i < COUNT_OF(decided); i++) {
		struct day days[STATUTORY_DAYS_MAX];
		size_t count = statutory_days_off(decided[i].year, five_days, days), found = 0;
		for (size_t k = 0; k < count; k++)
			found += strcmp(civil_iso_day(days[k]).text, decided[i].beside) == 0;
		assert_int_equal(found, 1);
	}
}

static void test_every_year_gives_eleven_working_days_off(void **state)
{
	(void)state;
	for (int year = 2021; year <= 2100; year++) {
		struct day days[STATUTORY_DAYS_MAX];
		size_t count = statutory_days_off(year, five_days, days);
		int working = 0;
		for (size_t i = 0; i < count; i++) {
			working += five_days[civil_of_day(days[i]).weekday];
			assert_true(i == 0 || days[i - 1].number < days[i].number);
		}
		/* Hùng Kings' day may fall on 30 April or 1 May. */
		assert_in_range(working, 10, 11);
	}
}

static void test_a_week_without_working_days_and_a_year_out_of_reach_end(void **state)
{
	(void)state;
	static const bool never[7] = {false};
	struct day days[STATUTORY_DAYS_MAX];
	assert_int_equal(statutory_days_off(2026, never, days), 11);
	assert_int_equal(statutory_days_off(3000, five_days, days), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_holiday_on_a_weekend_gives_the_next_working_day_off),
	    cmocka_unit_test(test_a_six_day_week_gives_fewer_days_instead),
	    cmocka_unit_test(test_the_day_beside_the_national_day_makes_the_longer_row),
	    cmocka_unit_test(test_every_year_gives_eleven_working_days_off),
	    cmocka_unit_test(test_a_week_without_working_days_and_a_year_out_of_reach_end),
	};
	return cmocka_run_group_tests_name("plan/statutory", tests, NULL, NULL);
}
