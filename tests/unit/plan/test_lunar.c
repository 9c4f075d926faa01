/*
 * Owns: tests of plan/lunar: Tết, Hùng Kings' day and leap months of known years, and the years in
 * which Viet Nam and China differ.
 * May use: plan/, cmocka.
 * Must not know: how moons are reckoned.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "plan/lunar.h"

static const struct {
	int year;
	const char *new_year, *hung_kings;
	int leap;
	const char *leap_begin;
} known[] = {
    {2020, "2020-01-25", "2020-04-02", 4, "2020-05-23"},
    {2021, "2021-02-12", "2021-04-21", 0, NULL},
    {2022, "2022-02-01", "2022-04-10", 0, NULL},
    {2023, "2023-01-22", "2023-04-29", 2, "2023-03-22"},
    {2024, "2024-02-10", "2024-04-18", 0, NULL},
    {2025, "2025-01-29", "2025-04-07", 6, "2025-07-25"},
    {2026, "2026-02-17", "2026-04-26", 0, NULL},
    {2027, "2027-02-06", "2027-04-16", 0, NULL},
    {2028, "2028-01-26", "2028-04-04", 5, "2028-06-23"},
    {2029, "2029-02-13", "2029-04-23", 0, NULL},
    {2030, "2030-02-02", "2030-04-12", 0, NULL},
    {2031, "2031-01-23", "2031-04-01", 3, "2031-04-21"},
    {2032, "2032-02-11", "2032-04-19", 0, NULL},
    {2033, "2033-01-31", "2033-04-09", 11, "2033-12-22"},
    {2034, "2034-02-19", "2034-04-28", 0, NULL},
    {2035, "2035-02-08", "2035-04-17", 0, NULL},
};

static void test_known_years_have_their_new_year_and_hung_kings_day(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct day new_year = lunar_month_begin(known[i].year, 1);
		struct day hung_kings = day_add(lunar_month_begin(known[i].year, 3), 9);
		assert_string_equal(civil_iso_day(new_year).text, known[i].new_year);
		assert_string_equal(civil_iso_day(hung_kings).text, known[i].hung_kings);
	}
}

static void test_known_years_have_their_leap_month_or_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		struct day begin;
		assert_int_equal(lunar_leap_month(known[i].year, &begin), known[i].leap);
		if (known[i].leap != 0)
			assert_string_equal(civil_iso_day(begin).text, known[i].leap_begin);
		else
			assert_int_equal(begin.number, DAY_NONE.number);
	}
}

static void test_the_new_year_is_that_of_viet_nam_where_china_differs(void **state)
{
	(void)state;
	static const struct {
		int year;
		const char *here, *china;
	} cases[] = {{1968, "1968-01-29", "1968-01-30"}, {1985, "1985-01-21", "1985-02-20"},
	    {2007, "2007-02-17", "2007-02-18"}, {2030, "2030-02-02", "2030-02-03"},
	    {2053, "2053-02-18", "2053-02-19"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct civil_text found = civil_iso_day(lunar_month_begin(cases[i].year, 1));
		assert_string_equal(found.text, cases[i].here);
		assert_string_not_equal(found.text, cases[i].china);
	}
}

/* Twelve or thirteen months of 29 or 30 days each, year after year, without a gap. */
static void test_months_follow_each_other_through_two_centuries(void **state)
{
	(void)state;
	for (int year = 1900; year < 2199; year++) {
		struct day leap_begin;
		int leap = lunar_leap_month(year, &leap_begin);
		for (int month = 1; month <= 12; month++) {
			struct day begin = lunar_month_begin(year, month);
			struct day end = month < 12 ? lunar_month_begin(year, month + 1)
						    : lunar_month_begin(year + 1, 1);
			if (month == leap) {
				assert_in_range(leap_begin.number - begin.number, 29, 30);
				begin = leap_begin;
			}
			assert_in_range(end.number - begin.number, 29, 30);
		}
	}
}

static void test_years_out_of_reach_have_no_days(void **state)
{
	(void)state;
	struct day begin;
	assert_int_equal(lunar_month_begin(1899, 1).number, DAY_NONE.number);
	assert_int_equal(lunar_month_begin(2200, 1).number, DAY_NONE.number);
	assert_int_equal(lunar_month_begin(2020, 13).number, DAY_NONE.number);
	assert_int_equal(lunar_leap_month(2200, &begin), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known_years_have_their_new_year_and_hung_kings_day),
	    cmocka_unit_test(test_known_years_have_their_leap_month_or_none),
	    cmocka_unit_test(test_the_new_year_is_that_of_viet_nam_where_china_differs),
	    cmocka_unit_test(test_months_follow_each_other_through_two_centuries),
	    cmocka_unit_test(test_years_out_of_reach_have_no_days),
	};
	return cmocka_run_group_tests_name("plan/lunar", tests, NULL, NULL);
}
