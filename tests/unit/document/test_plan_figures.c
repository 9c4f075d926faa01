/*
 * Owns: tests of the figures that reports ask for, and of how long a paper may take.
 * May use: document/, plan/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "document/plan_file.h"
#include "document/plan_lint.h"
#include "fixture.h"

#define PLAN(head, fields)                                                                          \
	"plan: P\nname: N\nowner: O\noffice: o\n" head "texts:\n  a: \"{unit} {report}\"\n"         \
	"ladders:\n  l:\n    - {step: s, when: +5d, to: reporter, text: a}\n"                       \
	"reports:\n"                                                                                \
	"  R:\n    name: b\n    words: [lớp học]\n    for: {kinds: [commune]}\n    ladder: l\n" \
	"    by: 06-10\n    years: 2020\n" fields

static const struct plan *parse(struct fixture *fixture, const char *text)
{
	return plan_file_parse(
	    fixture->arena, "p.yaml", text, strlen(text), "config/holidays", &fixture->complaints);
}

static void test_a_report_may_ask_for_figures(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const struct plan *plan = parse(&fixture,
	    PLAN("", "    fields: [{code: lop, name: số lớp, words: [lớp]}, {code: nguoi, "
		     "name: số người}]\n"));
	show_complaints(&fixture);
	assert_non_null(plan);
	const struct plan_report *report = &plan->reports[0];
	assert_int_equal(report->field_count, 2);
	assert_string_equal(report->fields[0].code, "lop");
	assert_string_equal(report->fields[0].name, "số lớp");
	assert_int_equal(report->fields[0].word_count, 1);
	assert_string_equal(report->fields[0].words[0], "lớp");
	assert_string_equal(report->fields[1].name, "số người");
	assert_int_equal(parse(&fixture, PLAN("", ""))->reports[0].field_count, 0);
}

static void test_mistakes_in_figures_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {PLAN("", "    fields: lop\n"), 18, "fields"},
	    {PLAN("", "    fields: [{code: LOP, name: số lớp}]\n"), 18, "letters a-z"},
	    {PLAN("", "    fields: [{code: l p, name: số lớp}]\n"), 18, "letters a-z"},
	    {PLAN("", "    fields: [{name: số lớp}]\n"), 18, "code"},
	    {PLAN("", "    fields: [{code: lop}]\n"), 18, "name"},
	    {PLAN("", "    fields: [{code: lop, name: số lớp, unit: x}]\n"), 18, "unit"},
	    {PLAN("", "    fields: [{code: lop, name: a b}, {code: x, name: y, words: [LỚP]}]\n"),
		18, "nobody could tell"},
	    {PLAN("", "    fields: [{code: a, name: f1}, {code: b, name: f2}, {code: c, name: f3},"
		      " {code: d, name: f4}, {code: e, name: f5}, {code: f, name: f6},"
		      " {code: g, name: f7}, {code: h, name: f8}, {code: i, name: f9}]\n"),
		18, "at most 8"},
	    {PLAN("paper_within: -1\n", ""), 5, "paper_within"},
	    {PLAN("paper_within: soon\n", ""), 5, "paper_within"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, cases[i].text));
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

static void test_a_figure_that_sounds_like_a_report_is_pointed_out(void **state)
{
	(void)state;
	static const struct {
		const char *field;
		size_t warnings;
	} cases[] = {
	    {"    fields: [{code: lop, name: số lớp}]\n", 0},
	    {"    fields: [{code: lop, name: số lớp, words: [LOP HOC]}]\n", 1},
	    {"    fields: [{code: r, name: số lớp}]\n", 1},
	    {"    fields: [{code: lop, name: B}]\n", 1},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		const struct lint_world world = {.fold = true, .parts_max = 1};
		char text[2000];
		snprintf(text, sizeof text, "%s%s", PLAN("", ""), cases[i].field);
		const struct plan *plan = parse(&fixture, text);
		assert_non_null(plan);
		plan_lint(plan, "p.yaml", &world, &fixture.complaints);
		assert_int_equal(fixture.complaints.count, cases[i].warnings);
		if (cases[i].warnings > 0)
			assert_complaint(&fixture, 18, "which names the report");
	}
}

static void test_a_paper_may_take_five_working_days_unless_the_plan_says_so(void **state)
{
	(void)state;
	FIXTURE(fixture);
	assert_int_equal(parse(&fixture, PLAN("", ""))->paper_within, 5);
	assert_int_equal(parse(&fixture, PLAN("paper_within: 0\n", ""))->paper_within, 0);
	assert_int_equal(parse(&fixture, PLAN("paper_within: 12\n", ""))->paper_within, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_report_may_ask_for_figures),
	    cmocka_unit_test(test_mistakes_in_figures_are_named),
	    cmocka_unit_test(test_a_figure_that_sounds_like_a_report_is_pointed_out),
	    cmocka_unit_test(test_a_paper_may_take_five_working_days_unless_the_plan_says_so),
	};
	return cmocka_run_group_tests_name("document/plan_figures", tests, NULL, NULL);
}
