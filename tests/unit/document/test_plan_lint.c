/*
 * Owns: tests of document/plan_lint: each warning, and silence where all is well.
 * May use: document/, plan/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "document/plan_file.h"
#include "document/plan_lint.h"
#include "document/recipients_file.h"
#include "fixture.h"

#define HEAD                                                                                       \
	"plan: P\nname: N\nowner: O\noffice: o\n"                                                  \
	"texts:\n  a: \"{unit} {report}\"\n" /* 1–6 */
#define LADDER(rest)                                                                               \
	"ladders:\n  l:\n    - {step: s, when: +5d, to: reporter, text: a" rest "}\n" /* 7–9 */
#define REPORT(rest)                                                                               \
	"reports:\n  R: {name: b, for: {kinds: [commune]}, ladder: l, by: 06-10, years: 2020" rest \
	"}\n" /* 10–11 */

static const struct lint_unit units[] = {
    {"NC", "Xã Ngọc Côn", "commune", "r.csv", 2}, {"YT", "Trung tâm Y tế", "agency", "r.csv", 3}};
static const struct lint_person people[] = {
    {"AN", "Bế Văn An", true, "r.csv", 2}, {"BA", "Hà Thị Ba", false, "r.csv", 3}};
static const struct lint_post posts[] = {{"NC", "AN", POST_REPORTER}};
static const struct lint_channel channels[] = {{"m1", true}};

static struct lint_world good_world(void)
{
	return (struct lint_world){.units = units,
	    .unit_count = COUNT_OF(units),
	    .people = people,
	    .person_count = COUNT_OF(people),
	    .posts = posts,
	    .post_count = COUNT_OF(posts),
	    .channels = channels,
	    .channel_count = COUNT_OF(channels),
	    .fold = true,
	    .parts_max = 1};
}

static void lint(struct fixture *fixture, const char *text, const struct lint_world *world)
{
	struct plan *plan = plan_file_parse(
	    fixture->arena, "p.yaml", text, strlen(text), "config/holidays", &fixture->complaints);
	assert_errors(fixture, 0);
	assert_non_null(plan);
	assert_int_equal(fixture->complaints.count, 0);
	plan_lint(plan, "p.yaml", world, &fixture->complaints);
	assert_errors(fixture, 0);
}

static void test_a_plan_that_fits_its_people_gets_no_warning(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_world world = good_world();
	lint(&fixture, HEAD LADDER("") REPORT(", closing: +30d"), &world);
	show_complaints(&fixture);
	assert_int_equal(fixture.complaints.count, 0);
}

static void test_a_step_after_the_closing_day_is_told(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_world world = good_world();
	lint(&fixture, HEAD LADDER("") REPORT(", closing: +3d"), &world);
	assert_complaint(&fixture, 9, "comes after R 2020 is closed (2020-06-14)");
}

static void test_the_last_repetition_counts_against_the_closing_day(void **state)
{
	(void)state;
	struct lint_world world = good_world();
	{
		FIXTURE(fixture);
		lint(&fixture, HEAD LADDER(", every: 3d, times: 9") REPORT(", closing: +30d"),
		    &world);
		assert_int_equal(fixture.complaints.count, 0);
	}
	FIXTURE(fixture);
	lint(&fixture, HEAD LADDER(", every: 3d, times: 10") REPORT(", closing: +30d"), &world);
	assert_complaint(&fixture, 9, "comes after R 2020 is closed");
}

static void test_a_text_that_takes_too_many_parts_for_the_longest_name_is_told_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_unit long_named = units[0];
	char name[160];
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	long_named.name = name;
	struct lint_world world = good_world();
	world.units = &long_named;
	world.unit_count = 1;
	lint(&fixture,
	    HEAD "ladders:\n  l:\n    - {step: s, when: +5d, to: reporter, text: a}\n"
		 "    - {step: t, when: +6d, to: leader, text: a}\n" REPORT(""),
	    &world);
	assert_int_equal(fixture.complaints.count, 1);
	assert_complaint(&fixture, 6, "takes 2 parts for `R`");
}

static void test_diacritics_make_a_text_longer_unless_they_are_folded(void **state)
{
	(void)state;
	const char *text = "plan: P\nname: N\nowner: O\noffice: o\n"
			   "texts:\n  a: \"{unit} đã quá hạn báo cáo, đề nghị gửi ngay cho Phòng "
			   "trong ngày hôm nay nhé\"\n" LADDER("") REPORT("");
	struct lint_world world = good_world();
	{
		FIXTURE(fixture);
		lint(&fixture, text, &world);
		assert_int_equal(fixture.complaints.count, 0);
	}
	FIXTURE(fixture);
	world.fold = false;
	lint(&fixture, text, &world);
	assert_complaint(&fixture, 6, "takes 2 parts");
}

static void test_a_post_holder_whom_nothing_reaches_is_told_at_his_row(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const struct lint_post both[] = {
	    {"NC", "AN", POST_REPORTER}, {"NC", "BA", POST_LEADER}};
	struct lint_world world = good_world();
	world.posts = both;
	world.post_count = 2;
	lint(&fixture, HEAD LADDER("") REPORT(""), &world);
	assert_int_equal(fixture.complaints.count, 1);
	assert_complaint(&fixture, 3, "Hà Thị Ba (BA) cannot be reached");
	assert_string_equal(fixture.complaints.items[0].file, "r.csv");
}

static void test_a_unit_that_owes_a_report_without_a_reporter_is_told(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_world world = good_world();
	world.post_count = 0;
	lint(&fixture, HEAD LADDER("") REPORT(""), &world);
	assert_int_equal(fixture.complaints.count, 1);
	assert_complaint(&fixture, 2, "Xã Ngọc Côn (NC) owes R but has no reporter");
}

static void test_groups_of_nobody_and_of_strangers_are_told(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_world world = good_world();
	lint(&fixture,
	    HEAD "groups:\n  G: {people: [ZZ]}\n  H: {posts: [deputy], for: {kinds: [commune]}}\n"
		 "  I: {posts: [reporter], for: {kinds: [commune]}}\n" LADDER("") REPORT(""),
	    &world);
	assert_int_equal(fixture.complaints.count, 3);
	assert_complaint(&fixture, 8, "names `ZZ`");
	assert_complaint(&fixture, 8, "The group `G` is empty");
	assert_complaint(&fixture, 9, "The group `H` is empty");
}

static void test_a_route_without_answers_must_say_whom_to_answer(void **state)
{
	(void)state;
	static const struct lint_channel one_way[] = {{"m1", true}, {"brand", false}};
	struct lint_world world = good_world();
	world.channels = one_way;
	world.channel_count = 2;
	{
		FIXTURE(fixture);
		lint(&fixture, HEAD LADDER("") REPORT(""), &world);
		assert_int_equal(fixture.complaints.count, 1);
		assert_complaint(&fixture, 9, "`brand`, which takes no answers");
	}
	{
		FIXTURE(fixture);
		lint(&fixture, HEAD LADDER(", channels: [m1]") REPORT(""), &world);
		assert_int_equal(fixture.complaints.count, 0);
	}
	FIXTURE(fixture);
	lint(&fixture,
	    "plan: P\nname: N\nowner: O\noffice: o\n"
	    "reply_to: 0912345678\ntexts:\n  a: \"{report}, {reply_to}\"\n" LADDER("") REPORT(""),
	    &world);
	assert_int_equal(fixture.complaints.count, 0);
}

static void test_a_channel_that_is_not_configured_is_told(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct lint_world world = good_world();
	lint(&fixture, HEAD LADDER(", channels: [m2]") REPORT(""), &world);
	assert_complaint(&fixture, 9, "names the channel `m2`");
}

static void test_a_year_whose_holidays_are_only_reckoned_is_told(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan plan = {0};
	struct plan_report report = {.last_year = 2022};
	static const int years[] = {2020, 2021};
	plan.reports = &report;
	plan.report_count = 1;
	plan.holiday_years = years;
	plan.holiday_year_count = 2;
	plan_lint_holidays(&plan, "p.yaml", civil_day(2021, 9, 30), &fixture.complaints);
	assert_int_equal(fixture.complaints.count, 0);
	plan_lint_holidays(&plan, "p.yaml", civil_day(2021, 10, 1), &fixture.complaints);
	assert_complaint(&fixture, 0, "The holidays of 2022 are reckoned");
	assert_errors(&fixture, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_plan_that_fits_its_people_gets_no_warning),
	    cmocka_unit_test(test_a_step_after_the_closing_day_is_told),
	    cmocka_unit_test(test_the_last_repetition_counts_against_the_closing_day),
	    cmocka_unit_test(
		test_a_text_that_takes_too_many_parts_for_the_longest_name_is_told_once),
	    cmocka_unit_test(test_diacritics_make_a_text_longer_unless_they_are_folded),
	    cmocka_unit_test(test_a_post_holder_whom_nothing_reaches_is_told_at_his_row),
	    cmocka_unit_test(test_a_unit_that_owes_a_report_without_a_reporter_is_told),
	    cmocka_unit_test(test_groups_of_nobody_and_of_strangers_are_told),
	    cmocka_unit_test(test_a_route_without_answers_must_say_whom_to_answer),
	    cmocka_unit_test(test_a_channel_that_is_not_configured_is_told),
	    cmocka_unit_test(test_a_year_whose_holidays_are_only_reckoned_is_told),
	};
	return cmocka_run_group_tests_name("document/plan_lint", tests, NULL, NULL);
}
