/*
 * Owns: tests of plan/model and plan/wording: finding, audiences, occurrences, words for texts.
 * May use: plan/, cmocka.
 * Must not know: YAML.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "fixture.h"
#include "plan/model.h"
#include "plan/wording.h"

static void test_before_and_by_differ_by_a_day(void **state)
{
	(void)state;
	struct plan plan = {.calendar = fixture_calendar()};
	struct plan_report report = {.code = "6T", .month = 6, .day = 10, .year = 2020};
	struct plan_occurrence occurrence;
	struct wall from = moment_of("2020-01-01T00:00"), to = moment_of("2022-01-01T00:00");
	assert_int_equal(plan_report_occurrences(&plan, &report, from, to, &occurrence, 1), 1);
	assert_moment(occurrence.deadline, "2020-06-10T00:00");
	assert_string_equal(occurrence.period, "2020");
	assert_string_equal(civil_short_day(occurrence.named).text, "10/6");
	report.by = true;
	assert_int_equal(plan_report_occurrences(&plan, &report, from, to, &occurrence, 1), 1);
	assert_moment(occurrence.deadline, "2020-06-11T00:00");
	assert_string_equal(civil_short_day(occurrence.named).text, "10/6");
}

static void test_yearly_reports_occur_in_their_years_only(void **state)
{
	(void)state;
	struct plan plan = {.calendar = fixture_calendar()};
	struct plan_report report = {
	    .code = "NAM", .month = 2, .day = 29, .first_year = 2020, .last_year = 2022};
	struct plan_occurrence found[2];
	size_t count = plan_report_occurrences(
	    &plan, &report, moment_of("2020-01-01T00:00"), moment_of("2030-01-01T00:00"), found, 2);
	assert_int_equal(count, 3); /* as many as there are, although two were written */
	assert_moment(found[0].deadline, "2020-02-29T00:00");
	assert_moment(found[1].deadline, "2021-02-28T00:00");
	count = plan_report_occurrences(
	    &plan, &report, moment_of("2020-02-29T00:00"), moment_of("2021-02-28T00:00"), found, 2);
	assert_int_equal(count, 1); /* from is inside, to is not */
}

static void test_things_are_found_by_code(void **state)
{
	(void)state;
	struct plan_report reports[] = {{.code = "6T"}, {.code = "NAM"}};
	struct plan_event events[] = {{.code = "THD"}};
	struct plan_text texts[] = {{.code = "mo-dau", .body = "x"}};
	struct plan plan = {.reports = reports,
	    .report_count = 2,
	    .events = events,
	    .event_count = 1,
	    .texts = texts,
	    .text_count = 1};
	assert_ptr_equal(plan_find_report(&plan, "NAM"), &reports[1]);
	assert_null(plan_find_report(&plan, "nam"));
	assert_ptr_equal(plan_find_event(&plan, "THD"), &events[0]);
	assert_null(plan_find_event(&plan, ""));
	assert_ptr_equal(plan_find_text(&plan, "mo-dau"), &texts[0]);
	assert_null(plan_find_text(&plan, "mo"));
}

static void test_audiences_go_by_kind_or_by_code(void **state)
{
	(void)state;
	const char *kinds[] = {"commune", "township"}, *units[] = {"GIAO-DUC"};
	struct plan_audience audience = {
	    .kinds = kinds, .kind_count = 2, .units = units, .unit_count = 1};
	assert_true(plan_audience_has(&audience, "NGOC-CON", "commune"));
	assert_true(plan_audience_has(&audience, "GIAO-DUC", "agency"));
	assert_false(plan_audience_has(&audience, "Y-TE", "agency"));
}

static void test_posts_have_names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < POST_COUNT; i++) {
		enum plan_post post = POST_COUNT;
		assert_true(plan_post_of_name(plan_post_name((enum plan_post)i), &post));
		assert_int_equal(post, i);
	}
	enum plan_post post;
	assert_false(plan_post_of_name("boss", &post));
	assert_string_equal(plan_post_name(POST_COUNT), "unknown");
}

static void test_a_day_is_named_with_its_weekday(void **state)
{
	(void)state;
	assert_string_equal(wording_day(civil_day(2020, 6, 9), "vi").text, "thứ Ba 9/6");
	assert_string_equal(wording_day(civil_day(2020, 11, 15), "vi").text, "Chủ nhật 15/11");
	assert_string_equal(wording_day(civil_day(2020, 6, 9), "en").text, "Tue 9/6");
}

static void test_a_list_is_cut_to_fit_and_says_how_many_are_left_out(void **state)
{
	(void)state;
	static const char *const names[] = {"Ngọc Côn", "Đoài Dương", "Trà Lĩnh"};
	static const struct {
		size_t count, max;
		const char *list;
	} cases[] = {{3, 60, "Ngọc Côn, Đoài Dương, Trà Lĩnh"},
	    {3, 30, "Ngọc Côn, Đoài Dương, Trà Lĩnh"}, {3, 29, "Ngọc Côn, Đoài Dương (+1)"},
	    {3, 25, "Ngọc Côn, Đoài Dương (+1)"}, {3, 24, "Ngọc Côn (+2)"}, {3, 12, "(+3)"},
	    {1, 8, "Ngọc Côn"}, {1, 7, "(+1)"}, {0, 60, ""}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		OWNED_BUFFER out = BUFFER(200);
		wording_list(&out, names, cases[i].count, cases[i].max);
		assert_string_equal(buffer_text(&out), cases[i].list);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_before_and_by_differ_by_a_day),
	    cmocka_unit_test(test_yearly_reports_occur_in_their_years_only),
	    cmocka_unit_test(test_things_are_found_by_code),
	    cmocka_unit_test(test_audiences_go_by_kind_or_by_code),
	    cmocka_unit_test(test_posts_have_names),
	    cmocka_unit_test(test_a_day_is_named_with_its_weekday),
	    cmocka_unit_test(test_a_list_is_cut_to_fit_and_says_how_many_are_left_out),
	};
	return cmocka_run_group_tests_name("plan/model", tests, NULL, NULL);
}
