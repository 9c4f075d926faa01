/*
 * Owns: tests of the changes that carry a day: promises, requests, extensions.
 * May use: ledger/, plan/, cmocka.
 * Must not know: the store, who calls.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "ledger/ledger.h"

#include <string.h>

#define ZONE 420
#define DAY(month, day) civil_day(2020, month, day)
#define NOON(month, day) civil_moment(DAY(month, day), 12 * 60, ZONE)

static const struct ledger_source text = {
    .inbound_id = 5, .person_id = 6, .actor = "+84912345678", .note = "mai gui"};
static const struct ledger_source office = {.actor = "officer"};

static struct plan_report reports[] = {{.code = "6T"}, {.code = "TH", .by = true}};

static struct plan make_plan(void)
{
	return (struct plan){
	    .code = "P",
	    .calendar = {.zone_minutes = ZONE,
		.working_weekday = {false, true, true, true, true, true, false},
		.window = {{450, 690}},
		.window_count = 1,
		.end_of_work = 990},
	    .reports = reports,
	    .report_count = COUNT_OF(reports),
	};
}

/* Due before Wednesday 10 June 2020. */
static struct store_known_obligation open_report(const char *code)
{
	return (struct store_known_obligation){.id = 11,
	    .revision = 3,
	    .kind = "report",
	    .report_code = code,
	    .unit_name = "Xã Ngọc Côn",
	    .named = DAY(6, 10),
	    .deadline = civil_moment(DAY(6, 10), 0, ZONE)};
}

static void test_a_day_is_past_in_time_later_or_too_far(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_known_obligation report = open_report("6T");
	static const struct {
		int month, day;
		enum ledger_day kind;
	} cases[] = {
	    {6, 7, LEDGER_DAY_PAST},
	    {6, 8, LEDGER_DAY_PROMISE}, /* today */
	    {6, 9, LEDGER_DAY_PROMISE}, /* the last useful day */
	    {6, 10, LEDGER_DAY_LATER},
	    {12, 31, LEDGER_DAY_LATER},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
		    ledger_day_kind(&plan, &report, DAY(cases[i].month, cases[i].day), NOON(6, 8)),
		    cases[i].kind);
	assert_int_equal(ledger_day_kind(&plan, &report, civil_day(2021, 6, 20), NOON(6, 8)),
	    LEDGER_DAY_TOO_FAR);
}

static void test_the_weekend_before_a_monday_deadline_is_in_time(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_known_obligation report = open_report("6T");
	report.named = DAY(6, 8);
	report.deadline = civil_moment(DAY(6, 8), 0, ZONE);
	assert_int_equal(
	    ledger_day_kind(&plan, &report, DAY(6, 6), NOON(6, 3)), LEDGER_DAY_PROMISE);
}

static void test_a_promise_carries_its_day_and_the_third_in_a_row_is_refused(void **state)
{
	(void)state;
	struct store_known_obligation report = open_report("6T");
	struct store_change change;
	struct failure failure;
	bool already;
	assert_int_equal(
	    ledger_promise(&report, DAY(6, 8), &text, &change, &already, &failure), RESULT_OK);
	assert_int_equal(change.action, LEDGER_PROMISE);
	assert_int_equal(change.day.number, DAY(6, 8).number);
	assert_int_equal(change.revision, 3);
	report.promises_in_row = LEDGER_PROMISES_MAX;
	assert_int_equal(
	    ledger_promise(&report, DAY(6, 9), &text, &change, &already, &failure), RESULT_LIMIT);
	assert_false(already);
	assert_int_equal(
	    ledger_promise(&report, DAY(6, 9), &office, &change, &already, &failure), RESULT_OK);
	report.promised_day = DAY(6, 9);
	assert_int_equal(ledger_promise(&report, DAY(6, 9), &text, &change, &already, &failure),
	    RESULT_CONFLICT);
	assert_true(already);
}

static void test_a_request_lapses_with_the_last_useful_day(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_known_obligation report = open_report("6T");
	struct store_change change;
	struct failure failure;
	bool already;
	assert_int_equal(ledger_request(&plan, &report, DAY(6, 12), 4, NOON(6, 5), &text, &change,
			     &already, &failure),
	    RESULT_OK);
	assert_int_equal(change.request_number, 4);
	assert_int_equal(change.lapse_at.ms, civil_moment(DAY(6, 10), 0, ZONE).ms);
	/* Friday after the deadline: until the end of Monday. */
	assert_int_equal(ledger_request(&plan, &report, DAY(6, 20), 4, NOON(6, 12), &text, &change,
			     &already, &failure),
	    RESULT_OK);
	assert_int_equal(change.lapse_at.ms, civil_moment(DAY(6, 16), 0, ZONE).ms);
}

static void test_one_request_waits_at_a_time(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_known_obligation report = open_report("6T");
	struct store_change change;
	struct failure failure;
	bool already;
	report.request_id = 9;
	report.requested_day = DAY(6, 12);
	assert_int_equal(ledger_request(&plan, &report, DAY(6, 12), 4, NOON(6, 5), &text, &change,
			     &already, &failure),
	    RESULT_CONFLICT);
	assert_true(already);
	assert_int_equal(ledger_request(&plan, &report, DAY(6, 15), 4, NOON(6, 5), &text, &change,
			     &already, &failure),
	    RESULT_CONFLICT);
	assert_false(already);
	assert_int_equal(
	    ledger_change(LEDGER_WITHDRAW, &report, NULL, &text, &change, &already, &failure),
	    RESULT_OK);
	assert_int_equal(change.request_id, 9);
}

static void test_an_extension_runs_to_the_end_of_its_day(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_change change;
	struct failure failure;
	struct store_known_obligation before = open_report("6T"), by = open_report("TH");
	assert_int_equal(
	    ledger_extend(&plan, &before, DAY(6, 12), 9, &office, &change, &failure), RESULT_OK);
	assert_int_equal(change.deadline.ms, civil_moment(DAY(6, 13), 0, ZONE).ms);
	assert_int_equal(change.named.number, DAY(6, 13).number); /* "trước 13/6" */
	assert_int_equal(change.request_id, 9);
	assert_int_equal(
	    ledger_extend(&plan, &by, DAY(6, 12), 0, &office, &change, &failure), RESULT_OK);
	assert_int_equal(change.deadline.ms, civil_moment(DAY(6, 13), 0, ZONE).ms);
	assert_int_equal(change.named.number, DAY(6, 12).number);
}

static void test_only_the_office_makes_a_deadline_earlier(void **state)
{
	(void)state;
	struct plan plan = make_plan();
	struct store_known_obligation report = open_report("6T");
	struct store_change change;
	struct failure failure;
	assert_int_equal(ledger_extend(&plan, &report, DAY(6, 8), 9, &office, &change, &failure),
	    RESULT_CONFLICT);
	assert_int_equal(
	    ledger_extend(&plan, &report, DAY(6, 8), 0, &office, &change, &failure), RESULT_OK);
	assert_int_equal(ledger_extend(&plan, &report, DAY(6, 9), 0, &office, &change, &failure),
	    RESULT_CONFLICT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_day_is_past_in_time_later_or_too_far),
	    cmocka_unit_test(test_the_weekend_before_a_monday_deadline_is_in_time),
	    cmocka_unit_test(test_a_promise_carries_its_day_and_the_third_in_a_row_is_refused),
	    cmocka_unit_test(test_a_request_lapses_with_the_last_useful_day),
	    cmocka_unit_test(test_one_request_waits_at_a_time),
	    cmocka_unit_test(test_an_extension_runs_to_the_end_of_its_day),
	    cmocka_unit_test(test_only_the_office_makes_a_deadline_earlier),
	};
	return cmocka_run_group_tests_name("ledger/days", tests, NULL, NULL);
}
