/*
 * Owns: tests of plan/recurrence and plan/period: days of rules, what is refused and with which
 * advice, names of periods.
 * May use: plan/, cmocka.
 * Must not know: YAML.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "plan/recurrence.h"

#include <string.h>

static struct day day_of(const char *text)
{
	struct day day = DAY_NONE;
	if (text != NULL)
		assert_int_equal(civil_parse_day(text, &day, NULL), RESULT_OK);
	return day;
}

static const struct {
	const char *rule, *from, *until, *days;
} rules[] = {
    {"FREQ=YEARLY;COUNT=2", "2020-06-10", NULL, "2020-06-10 2021-06-10"},
    {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=5", "2020-01-01", NULL,
	"2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-29"},
    {"FREQ=MONTHLY;BYMONTHDAY=-1", "2020-01-01", "2020-03-31", "2020-01-31 2020-02-29 2020-03-31"},
    {"FREQ=MONTHLY;BYMONTHDAY=30,31", "2020-02-01", "2020-04-30",
	"2020-02-29 2020-03-30 2020-03-31 2020-04-30"},
    {"FREQ=MONTHLY", "2020-01-31", "2020-03-31", "2020-01-31 2020-02-29 2020-03-31"},
    {"FREQ=MONTHLY;BYDAY=-1FR", "2020-01-01", "2020-02-29", "2020-01-31 2020-02-28"},
    {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20200229", "2020-01-01", NULL,
	"2020-01-31 2020-02-28"},
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2020-06-01", "2020-06-20",
	"2020-06-01 2020-06-04 2020-06-15 2020-06-18"},
    {"FREQ=DAILY;INTERVAL=10", "2020-12-25", "2021-01-10", "2020-12-25 2021-01-04"},
    {"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10", "2020-06-11", "2021-06-10", "2020-12-10 2021-06-10"},
};

static void test_rules_have_their_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		struct plan_recurrence recurrence = {.rule = rules[i].rule,
		    .from = day_of(rules[i].from),
		    .until = day_of(rules[i].until)};
		static struct day days[RECURRENCE_DAYS_MAX];
		size_t count;
		struct failure failure;
		OWNED_BUFFER text = BUFFER(1000);
		if (recurrence_expand(&recurrence, days, &count, &failure) != RESULT_OK)
			fail_msg("%s: %s", rules[i].rule, failure.text);
		for (size_t k = 0; k < count; k++)
			buffer_printf(&text, "%s%s", k ? " " : "", civil_iso_day(days[k]).text);
		assert_string_equal(buffer_text(&text), rules[i].days);
	}
}

static const struct {
	const char *rule, *advice;
} malformed[] = {
    {"", "Begin it with FREQ=MONTHLY"},
    {"MONTHLY", "Write parts as NAME=VALUE"},
    {"FREQ=MONTHLY;", "never ends"},
    {"FREQ=MONTHLY;;COUNT=1", "empty"},
    {"FREQ=monthly;COUNT=1", "DAILY, WEEKLY, MONTHLY or YEARLY"},
    {"FREQ=SECONDLY;COUNT=1", "DAILY, WEEKLY, MONTHLY or YEARLY"},
    {"FREQ=MONTHLY;BYMINUTE=1;COUNT=1", "rules are about days"},
    {"FREQ=MONTHLY;FREQ=YEARLY;COUNT=1", "stands twice"},
    {"FREQ=MONTHLY;INTERVAL=0;COUNT=1", "a number from 1 to 400"},
    {"FREQ=MONTHLY;COUNT=many", "a number from 1 to 2000"},
    {"FREQ=MONTHLY;UNTIL=20200631", "a day that exists"},
    {"FREQ=MONTHLY;UNTIL=20200630T000000Z", "a day that exists"},
    {"FREQ=MONTHLY;UNTIL=20200630;COUNT=1", "ends twice"},
    {"FREQ=MONTHLY;BYMONTHDAY=32;COUNT=1", "days from 1 to 31"},
    {"FREQ=MONTHLY;BYMONTHDAY=1,;COUNT=1", "days from 1 to 31"},
    {"FREQ=MONTHLY;BYMONTHDAY=-31;COUNT=1", "-1 for the last"},
    {"FREQ=YEARLY;BYMONTH=13;COUNT=1", "months from 1 to 12"},
    {"FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31;COUNT=1", "No month of the rule has a day 31"},
    {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1", "No month of the rule has a day 30"},
    {"FREQ=WEEKLY;BYDAY=XX;COUNT=1", "weekdays, such as MO,FR"},
    {"FREQ=WEEKLY;BYMONTHDAY=1;COUNT=1", "does not go with FREQ=WEEKLY"},
    {"FREQ=MONTHLY;BYWEEKNO=1;COUNT=1", "FREQ=YEARLY only"},
    {"FREQ=WEEKLY;BYDAY=2MO;COUNT=1", "FREQ=MONTHLY or FREQ=YEARLY only"},
    {"FREQ=DAILY;BYSETPOS=2;COUNT=1", "FREQ=MONTHLY and BYDAY only"},
    {"RSCALE=CHINESE;FREQ=YEARLY;COUNT=1", "no part of a rule that is known here"},
    {"FREQ=DAILY;UNTIL=20991231", "more than 2000 days"},
    {"FREQ=MONTHLY;UNTIL=20191231", "has no day"},
};

static void test_malformed_rules_are_refused_with_what_would_be_right(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(malformed); i++) {
		struct plan_recurrence recurrence = {
		    .rule = malformed[i].rule, .from = civil_day(2020, 1, 1), .until = DAY_NONE};
		static struct day days[RECURRENCE_DAYS_MAX];
		size_t count;
		struct failure failure;
		assert_int_not_equal(
		    recurrence_expand(&recurrence, days, &count, &failure), RESULT_OK);
		if (strstr(failure.text, malformed[i].advice) == NULL)
			fail_msg("%s: %s", malformed[i].rule, failure.text);
	}
}

static void test_a_rule_that_never_matches_ends_without_days(void **state)
{
	(void)state;
	static const char *const never[] = {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
	    "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7", "FREQ=YEARLY;BYDAY=53MO"};
	for (size_t i = 0; i < COUNT_OF(never); i++) {
		struct plan_recurrence recurrence = {.rule = never[i],
		    .from = civil_day(2020, 1, 1),
		    .until = civil_day(2021, 1, 1)};
		static struct day days[RECURRENCE_DAYS_MAX];
		size_t count;
		struct failure failure;
		assert_int_equal(
		    recurrence_expand(&recurrence, days, &count, &failure), RESULT_INVALID);
	}
}

static void test_exceptions_are_left_out_and_must_be_days_of_the_rule(void **state)
{
	(void)state;
	struct day days[RECURRENCE_DAYS_MAX], except[2];
	size_t count;
	struct failure failure;
	struct plan_recurrence recurrence = {.rule = "FREQ=MONTHLY;COUNT=3",
	    .from = civil_day(2020, 1, 5),
	    .until = DAY_NONE,
	    .except = except,
	    .except_count = 1};
	except[0] = civil_day(2020, 2, 5);
	assert_int_equal(recurrence_expand(&recurrence, days, &count, &failure), RESULT_OK);
	assert_int_equal(count, 2);
	assert_string_equal(civil_iso_day(days[1]).text, "2020-03-05");
	except[0] = civil_day(2020, 2, 6);
	assert_int_equal(recurrence_expand(&recurrence, days, &count, &failure), RESULT_INVALID);
	recurrence.rule = "FREQ=MONTHLY;COUNT=1";
	except[0] = civil_day(2020, 1, 5);
	assert_int_equal(recurrence_expand(&recurrence, days, &count, &failure), RESULT_INVALID);
	assert_non_null(strstr(failure.text, "Remove some exceptions"));
}

static void test_a_rule_is_about_the_period_of_its_frequency(void **state)
{
	(void)state;
	assert_int_equal(recurrence_period("FREQ=YEARLY"), PERIOD_YEAR);
	assert_int_equal(recurrence_period("FREQ=MONTHLY"), PERIOD_MONTH);
	assert_int_equal(recurrence_period("FREQ=MONTHLY;INTERVAL=3"), PERIOD_QUARTER);
	assert_int_equal(recurrence_period("FREQ=MONTHLY;INTERVAL=6"), PERIOD_HALF);
	assert_int_equal(recurrence_period("FREQ=WEEKLY"), PERIOD_WEEK);
	assert_int_equal(recurrence_period("FREQ=DAILY"), PERIOD_DAY);
}

static const struct {
	const char *day;
	enum plan_period period;
	const char *name, *first, *last, *decree;
} periods[] = {
    {"2020-06-30", PERIOD_YEAR, "2020", "2020-01-01", "2020-12-31", "2020-12-14"},
    {"2020-06-30", PERIOD_HALF, "2020-H1", "2020-01-01", "2020-06-30", "2020-06-14"},
    {"2020-07-01", PERIOD_HALF, "2020-H2", "2020-07-01", "2020-12-31", "2020-12-14"},
    {"2020-07-01", PERIOD_QUARTER, "2020-Q3", "2020-07-01", "2020-09-30", "2020-09-14"},
    {"2020-02-29", PERIOD_MONTH, "2020-02", "2020-02-01", "2020-02-29", "2020-02-14"},
    {"2020-06-07", PERIOD_WEEK, "2020-W23", "2020-06-01", "2020-06-07", NULL},
    {"2021-01-03", PERIOD_WEEK, "2020-W53", "2020-12-28", "2021-01-03", NULL},
    {"2024-12-30", PERIOD_WEEK, "2025-W01", "2024-12-30", "2025-01-05", NULL},
    {"1969-12-28", PERIOD_WEEK, "1969-W52", "1969-12-22", "1969-12-28", NULL},
    {"2020-06-10", PERIOD_DAY, "2020-06-10", "2020-06-10", "2020-06-10", NULL},
};

static void test_periods_have_names_ends_and_the_decrees_cutoff(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(periods); i++) {
		enum plan_period period = periods[i].period;
		int index = plan_period_index(period, day_of(periods[i].day));
		assert_string_equal(plan_period_name(period, index).text, periods[i].name);
		assert_string_equal(
		    civil_iso_day(plan_period_first(period, index)).text, periods[i].first);
		struct day last = plan_period_last(period, index);
		assert_string_equal(civil_iso_day(last).text, periods[i].last);
		assert_int_equal(
		    plan_period_cutoff(period, index, CUTOFF_PERIOD_END).number, last.number);
		assert_int_equal(plan_period_cutoff(period, index, CUTOFF_DECREE).number,
		    day_of(periods[i].decree).number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rules_have_their_days),
	    cmocka_unit_test(test_malformed_rules_are_refused_with_what_would_be_right),
	    cmocka_unit_test(test_a_rule_that_never_matches_ends_without_days),
	    cmocka_unit_test(test_exceptions_are_left_out_and_must_be_days_of_the_rule),
	    cmocka_unit_test(test_a_rule_is_about_the_period_of_its_frequency),
	    cmocka_unit_test(test_periods_have_names_ends_and_the_decrees_cutoff),
	};
	return cmocka_run_group_tests_name("plan/recurrence", tests, NULL, NULL);
}
