/*
 * Owns: tests of scheduler/expand on units that begin, merge and end: the merger of 1 March 2020
 * and the end of the district level on 1 July 2025.
 * May use: scheduler/expand.h, document/plan_file.h, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"
#include "scheduler/expand.h"

#define MERGER (civil_moment(civil_day(2020, 3, 1), 0, ZONE))
#define END_OF_DISTRICTS (civil_moment(civil_day(2025, 7, 1), 0, ZONE))
#define UNIT(c, k) .code = (c), .name = (c), .kind = (k), .parent = ""

/* Of each code: how often it owes the report. */
static int count_owed(
    const struct store_new_obligation *items, size_t count, const char *unit, const char *report)
{
	int owed = 0;
	for (size_t i = 0; i < count; i++)
		owed += strcmp(items[i].report_code, report) == 0 &&
			(unit == NULL || strcmp(items[i].unit_code, unit) == 0);
	return owed;
}

/* The plan's reports as if written for `year`. */
static void move_to_year(struct plan *plan, int year)
{
	for (size_t i = 0; i < plan->report_count; i++) {
		plan->reports[i].first_year = plan->reports[i].last_year = year;
		plan->reports[i].year = 0;
	}
}

static void test_three_communes_that_became_one_owe_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char *const merged[] = {"THONG-HUE", "DOAI-CON", "THAN-GIAP"};
	struct store_unit units[4] = {{UNIT("DOAI-DUONG", "commune"), .valid_from = MERGER}};
	for (size_t i = 0; i < COUNT_OF(merged); i++)
		units[i + 1] = (struct store_unit){
		    UNIT(merged[i], "commune"), .valid_until = MERGER, .successor = "DOAI-DUONG"};
	struct store_new_obligation *items;
	size_t count;
	expand_plan(fixture.arena, fixture.plan, units, COUNT_OF(units), moment(1, 2, 8, 0),
	    EXPAND_WITH_PAST, &items, &count);
	assert_int_equal(count_owed(items, count, "DOAI-DUONG", "6T"), 1);
	assert_int_equal(count_owed(items, count, NULL, "6T"), 1);
	/* A successor that no audience names owes what its predecessors would, and once. */
	units[0].kind = "ward";
	expand_plan(fixture.arena, fixture.plan, units, COUNT_OF(units), moment(1, 2, 8, 0),
	    EXPAND_WITH_PAST, &items, &count);
	assert_int_equal(count_owed(items, count, "DOAI-DUONG", "6T"), 1);
	assert_int_equal(count_owed(items, count, NULL, "6T"), 1);
}

static void test_a_report_of_before_the_merger_is_owed_by_whom_there_was(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct wall later = moment(7, 1, 0, 0); /* after 6T, before NAM */
	const struct store_unit units[] = {
	    {UNIT("DINH-MINH", "commune"), .valid_until = later, .successor = "TRUNG-KHANH"},
	    {UNIT("TRUNG-KHANH", "township"), .valid_from = later},
	    {UNIT("ENDED", "commune"), .valid_until = later},
	};
	struct store_new_obligation *items;
	size_t count;
	expand_plan(fixture.arena, fixture.plan, units, COUNT_OF(units), moment(1, 2, 8, 0),
	    EXPAND_WITH_PAST, &items, &count);
	assert_int_equal(count_owed(items, count, "DINH-MINH", "6T"), 1);
	assert_int_equal(count_owed(items, count, "TRUNG-KHANH", "6T"), 0);
	assert_int_equal(count_owed(items, count, "DINH-MINH", "NAM"), 0);
	assert_int_equal(count_owed(items, count, "TRUNG-KHANH", "NAM"), 1);
	assert_int_equal(count_owed(items, count, "ENDED", "6T"), 1);
	assert_int_equal(count_owed(items, count, "ENDED", "NAM"), 0);
}

static void test_the_day_of_the_end_is_the_first_that_the_successor_has(void **state)
{
	(void)state;
	FIXTURE(fixture);
	for (int day = 10; day <= 11; day++) { /* 6T is named 10 June */
		struct wall end = moment(6, day, 0, 0);
		const struct store_unit units[] = {
		    {UNIT("OLD", "commune"), .valid_until = end, .successor = "NEW"},
		    {UNIT("NEW", "commune"), .valid_from = end}};
		struct store_new_obligation *items;
		size_t count;
		expand_plan(fixture.arena, fixture.plan, units, COUNT_OF(units), moment(1, 2, 8, 0),
		    EXPAND_WITH_PAST, &items, &count);
		assert_int_equal(count_owed(items, count, day == 10 ? "NEW" : "OLD", "6T"), 1);
		assert_int_equal(count_owed(items, count, day == 10 ? "OLD" : "NEW", "6T"), 0);
	}
}

/* Former units by the commune that followed them; the seventh follows one of before 2020 too. */
static const struct {
	const char *heir, *former[5];
} communes_2025[] = {
    {"X-TRUNG-KHANH", {"TT-TRUNG-KHANH", "DUC-HONG", "LANG-HIEU", "KHAM-THANH"}},
    {"X-DAM-THUY", {"CHI-VIEN", "PHONG-CHAU", "DAM-THUY"}},
    {"X-DINH-PHONG", {"NGOC-CON", "NGOC-KHE", "PHONG-NAM", "DINH-PHONG"}},
    {"X-DOAI-DUONG", {"TRUNG-PHUC", "CAO-THANG", "DOAI-DUONG"}},
    {"X-TRA-LINH", {"TT-TRA-LINH", "CAO-CHUONG"}},
    {"X-QUANG-HAN", {"QUANG-VINH", "QUANG-HAN"}},
    {"X-QUANG-TRUNG", {"QUANG-TRUNG", "TRI-PHUONG", "XUAN-NOI"}},
};

static void test_what_21_units_would_owe_7_communes_owe_after_july_2025(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_unit units[40] = {
	    {UNIT("PLDTBXH", "office"), .valid_until = END_OF_DISTRICTS}};
	size_t unit_count = 1, former = 0, count;
	struct store_new_obligation *items;
	for (size_t i = 0; i < COUNT_OF(communes_2025); i++) {
		units[unit_count++] = (struct store_unit){
		    UNIT(communes_2025[i].heir, "commune"), .valid_from = END_OF_DISTRICTS};
		for (size_t j = 0; communes_2025[i].former[j] != NULL; j++, former++)
			units[unit_count++] = (struct store_unit){
			    UNIT(communes_2025[i].former[j], former % 9 ? "commune" : "township"),
			    .valid_until = END_OF_DISTRICTS, .successor = communes_2025[i].heir};
	}
	units[unit_count++] = (struct store_unit){
	    UNIT("THONG-HUE", "commune"), .valid_until = MERGER, .successor = "DOAI-DUONG"};
	assert_int_equal(former, 21);
	move_to_year(fixture.plan, 2025);
	expand_plan(fixture.arena, fixture.plan, units, unit_count,
	    civil_moment(civil_day(2025, 1, 2), 480, ZONE), EXPAND_WITH_PAST, &items, &count);
	assert_int_equal(count_owed(items, count, NULL, "6T"), 21);
	assert_int_equal(count_owed(items, count, "DOAI-DUONG", "6T"), 1);
	assert_int_equal(count_owed(items, count, NULL, "NAM"), 7);
	for (size_t i = 0; i < COUNT_OF(communes_2025); i++)
		assert_int_equal(count_owed(items, count, communes_2025[i].heir, "NAM"), 1);
	/* The office has ended: its summary of the half-year was its own, the year's is nobody's.
	 */
	assert_int_equal(count_owed(items, count, "PLDTBXH", "TH6T"), 1);
	assert_int_equal(count_owed(items, count, NULL, "THNAM"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_three_communes_that_became_one_owe_once),
	    cmocka_unit_test(test_a_report_of_before_the_merger_is_owed_by_whom_there_was),
	    cmocka_unit_test(test_the_day_of_the_end_is_the_first_that_the_successor_has),
	    cmocka_unit_test(test_what_21_units_would_owe_7_communes_owe_after_july_2025),
	};
	return cmocka_run_group_tests_name("scheduler/expand, succession", tests, NULL, NULL);
}
