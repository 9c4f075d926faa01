/*
 * Owns: tests of document/plan_file: the shipped plan, every kind of mistake at its line.
 * May use: document/, plan/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "document/plan_file.h"
#include "fixture.h"
#include "plan/ladder.h"

#define HEAD "plan: P\nname: N\nowner: O\noffice: Phòng\n"                      /* lines 1–4 */
#define CALENDAR "calendar: {holidays: vn-2020}\n"                              /* 5 */
#define TEXTS "texts:\n  a: \"{unit} {report} {last_day}\"\n  e: \"{event}\"\n" /* 6–8 */
#define LADDERS                                                                                    \
	"ladders:\n  l:\n    - {step: s, when: -14d, to: reporter, text: a}\n"                     \
	"  v:\n    - {step: s, when: 0d, to: reporter, text: e}\n" /* 9–13 */
#define REPORT(rest)                                                                               \
	"reports:\n  6T:\n    name: báo cáo\n    for: {kinds: [commune]}\n    ladder: l\n" rest    \
	"\n" /* 14–19 */
#define EVENTS                                                                                     \
	"events:\n  E:\n    name: Sự kiện\n    start: 2020-11-15\n    for: {units: [X]}\n"     \
	"    ladder: v\n"
#define BODY CALENDAR TEXTS LADDERS
#define GOOD "    before: 06-10\n    years: 2020"

static struct plan *parse(struct fixture *fixture, const char *text)
{
	return plan_file_parse(
	    fixture->arena, "p.yaml", text, strlen(text), "config/holidays", &fixture->complaints);
}

static struct plan *parse_shipped(struct fixture *fixture)
{
	size_t len;
	struct plan *plan =
	    parse(fixture, read_whole(fixture->arena, "config/plans/trung-khanh-2020.yaml", &len));
	show_complaints(fixture);
	assert_int_equal(fixture->complaints.count, 0);
	return plan;
}

/* What the founding document asks for, as it will be sent. */
static const struct {
	const char *report, *step, *moment;
} planned[] = {
    {"6T", "bao-truoc", "2020-05-27T08:00:00+07:00"},
    {"6T", "nhac-lai", "2020-06-03T08:00:00+07:00"},
    {"6T", "lan-cuoi", "2020-06-09T08:00:00+07:00"},
    {"6T", "qua-han", "2020-06-11T08:00:00+07:00"},
    {"6T", "lanh-dao", "2020-06-15T08:00:00+07:00"},
    {"NAM", "bao-truoc", "2020-11-26T08:00:00+07:00"},
    {"NAM", "lan-cuoi", "2020-12-09T08:00:00+07:00"},
    {"NAM", "lanh-dao", "2020-12-15T08:00:00+07:00"},
    {"TK10", "bao-truoc", "2020-10-01T08:00:00+07:00"},
    {"TK5", "lan-cuoi", "2020-10-21T08:00:00+07:00"},
    {"TH6T", "bat-dau", "2020-06-11T08:30:00+07:00"},
    {"TH6T", "lan-cuoi", "2020-06-19T08:30:00+07:00"},
    {"TH6T", "qua-han", "2020-06-22T08:30:00+07:00"},
    {"THNAM", "bat-dau", "2020-12-10T08:30:00+07:00"},
    {"THNAM", "lan-cuoi", "2020-12-18T08:30:00+07:00"},
};

static void test_the_shipped_plan_reminds_on_the_right_days(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_shipped(&fixture);
	for (size_t i = 0; i < COUNT_OF(planned); i++) {
		const struct plan_report *report = plan_find_report(plan, planned[i].report);
		assert_non_null(report);
		struct plan_occurrence occurrence;
		assert_int_equal(plan_report_occurrences(
				     plan, report, (struct wall){0}, WALL_NEVER, &occurrence, 1),
		    1);
		struct plan_subject subject = {
		    .named = occurrence.named, .deadline = occurrence.deadline};
		struct plan_verdict preview;
		ladder_preview(report->ladder, &subject, &plan->calendar, &preview);
		bool found = false;
		for (size_t s = 0; s < preview.count; s++) {
			const struct plan_step *step = &report->ladder->steps[s];
			if (strcmp(step->code, planned[i].step) != 0)
				continue;
			found = true;
			assert_int_equal(preview.decisions[s].action, PLAN_SEND);
			assert_string_equal(civil_rfc3339(preview.decisions[s].moment, 420).text,
			    planned[i].moment);
			assert_int_equal(step->overdue, strcmp(step->code, "qua-han") == 0 ||
							    strcmp(step->code, "lanh-dao") == 0);
		}
		assert_true(found);
	}
}

static void test_the_shipped_plan_has_what_the_document_asks_for(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_shipped(&fixture);
	assert_string_equal(plan->code, "TK-2020");
	assert_string_equal(plan->owner, "PLDTBXH");
	assert_int_equal(plan->report_count, 6);
	const struct plan_report *summary = plan_find_report(plan, "TH6T");
	assert_true(summary->by);
	assert_int_equal(summary->compile_count, 1);
	assert_string_equal(summary->compiles[0], "6T");
	assert_true(plan_audience_has(&summary->audience, "PLDTBXH", "office"));
	assert_false(plan_audience_has(&summary->audience, "NGOC-CON", "commune"));
	const struct plan_report *annual = plan_find_report(plan, "NAM");
	assert_false(annual->by);
	assert_true(plan_audience_has(&annual->audience, "NGOC-CON", "commune"));
	assert_true(plan_audience_has(&annual->audience, "GIAO-DUC", "agency"));
	assert_int_equal(plan_find_report(plan, "TK10")->year, 2020);
	const struct plan_event *month = plan_find_event(plan, "THD");
	assert_string_equal(civil_iso_day(month->start).text, "2020-11-15");
	assert_string_equal(civil_iso_day(month->end).text, "2020-12-15");
	struct plan_subject subject = {.named = month->start, .deadline = WALL_NEVER};
	struct plan_verdict preview;
	ladder_preview(month->ladder, &subject, &plan->calendar, &preview);
	static const char *const moments[] = {"2020-11-05T08:00:00+07:00",
	    "2020-11-16T07:30:00+07:00", "2020-11-30T08:00:00+07:00", "2020-12-15T08:00:00+07:00"};
	assert_int_equal(preview.count, COUNT_OF(moments));
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		assert_string_equal(
		    civil_rfc3339(preview.decisions[i].moment, 420).text, moments[i]);
}

static void test_a_small_plan_has_the_usual_hours(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse(&fixture, HEAD BODY REPORT(GOOD) EVENTS);
	assert_errors(&fixture, 0);
	assert_non_null(plan);
	const struct plan_calendar *calendar = &plan->calendar;
	assert_int_equal(calendar->zone_minutes, 420);
	assert_int_equal(calendar->window_count, 2);
	assert_int_equal(calendar->window[0].from, 450);
	assert_int_equal(calendar->window[1].to, 990);
	assert_int_equal(calendar->quiet_from, 1260);
	assert_int_equal(calendar->quiet_to, 420);
	assert_int_equal(calendar->end_of_work, 990);
	assert_true(calendar->working_weekday[1] && !calendar->working_weekday[6]);
	assert_int_equal(plan->ladders[0].steps[0].at, 480);
	assert_int_equal(plan->events[0].end.number, plan->events[0].start.number);
	assert_int_equal(plan->reports[0].line, 15);
}

static void test_offsets_and_years_are_read(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse(&fixture,
	    HEAD "calendar: {holidays: vn-2020, statutory: none}\n"
		 "texts:\n  a: x\nladders:\n  l:\n"
		 "    - {step: a, when: -2wd, to: reporter, text: a}\n"
		 "    - {step: b, when: -4h, to: deputy, text: a, last_call: true}\n"
		 "    - {step: c, when: 0d, at: 23:59, to: leader, text: a}\n"
		 "    - {step: d, when: +3wd, at: 7:05, to: coordinator, text: a}\n" REPORT(
		     "    by: 02-29\n    years: 2020-2022"));
	assert_errors(&fixture, 0);
	assert_complaint(&fixture, 0, "No holidays of 2021 are known");
	const struct plan_step *steps = plan->ladders[0].steps;
	assert_int_equal(steps[0].offset, -2);
	assert_int_equal(steps[0].offset_unit, OFFSET_WORKING_DAYS);
	assert_int_equal(steps[1].offset, -4);
	assert_int_equal(steps[1].offset_unit, OFFSET_HOURS);
	assert_true(steps[1].last_call);
	assert_int_equal(steps[2].at, 1439);
	assert_false(steps[2].overdue);
	assert_int_equal(steps[3].offset, 3);
	assert_int_equal(steps[3].at, 425);
	assert_true(steps[3].overdue);
	assert_int_equal(plan->reports[0].first_year, 2020);
	assert_int_equal(plan->reports[0].last_year, 2022);
}

static const struct {
	const char *text;
	int line;
	const char *words;
} mistakes[] = {
    {HEAD "reprots: {}\n" BODY, 5, "Did you mean `reports`?"},
    {"name: N\n" BODY, 1, "`plan` is missing"},
    {"plan: P P\n" BODY, 1, "cannot be `P P`"},
    {"plan: P\nname: \"{x}\"\nowner: O\noffice: o\n", 2, "without braces"},
    {HEAD "calendar: {zone: Europe/Hanoi}\n", 5, "not a time zone known here"},
    {HEAD "texts:\n  a: \"Gui {reply_to}\"\n", 6, "tells whom to answer"},
    {HEAD
	"texts:\n  t: \"{event} {time}\"\nladders:\n  v:\n    - {step: a, when: 0d, to: reporter, "
	"text: t}\nevents:\n  E: {name: e, start: 2020-11-15, for: {units: [X]}, ladder: v}\n",
	11, "no time of day"},
    {HEAD "calendar: {zone: ../../etc/passwd}\n", 5, "not a time zone known here"},
    {HEAD "calendar: {working_days: [mon, thursday]}\n", 5, "`thursday` is not a day"},
    {HEAD "calendar: {send_window: [11:30-07:30]}\n", 5, "the earlier time first"},
    {HEAD "calendar: {send_window: [07:30-11:30, 11:00-12:00]}\n", 5, "Put them in order"},
    {HEAD "calendar: {send_window: []}\n", 5, "1 to 4 intervals"},
    {HEAD "calendar: {quiet_hours: 21:00}\n", 5, "21:00-07:00"},
    {HEAD "calendar: {quiet_hours: 07:00-17:00}\n", 5, "nothing could ever be sent"},
    {HEAD "calendar: {end_of_work: 25:00}\n", 5, "time of day"},
    {HEAD "calendar: {holidays: [vn-1999]}\n", 5, "vn-1999.ics"},
    {HEAD "calendar: {holidays: [../../etc/passwd]}\n", 5, "is not a file name"},
    {HEAD "texts:\n  a: \"{unitt}\"\n", 6, "Did you mean {unit}?"},
    {HEAD "texts:\n  a: \"{zebra}\"\n", 6, "Known: {office} {unit} {person}"},
    {HEAD "texts:\n  a: \"{unit\"\n", 6, "The text `a`:"},
    {HEAD "texts:\n  a:\n", 6, "it needs 1 to 1000"},
    {HEAD "texts:\n  a b: x\n", 6, "cannot be a code"},
    {HEAD "texts:\n  a: [x]\n", 6, "single value"},
    {HEAD TEXTS "ladders:\n  l: []\n", 9, "has 0 steps"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 14d ago, to: reporter, text: a}\n", 10,
	"-14d, -2wd, +3wd"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 999d, to: reporter, text: a}\n", 10,
	"`when` cannot be"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, at: 24:00, to: reporter, text: a}\n", 10,
	"00:00 to 23:59"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, to: reportr, text: a}\n", 10,
	"Did you mean `reporter`?"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, to: leader, text: b}\n", 10,
	"There is no text `b`"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, to: leader}\n", 10, "`text` is missing"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, to: leader, text: a, last_cal: yes}\n",
	10, "Did you mean `last_call`?"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: 0d, to: leader, text: a}\n"
		"    - {step: s, when: 1d, to: leader, text: a}\n",
	11, "two steps `s`"},
    {HEAD TEXTS "ladders:\n  l:\n    - {step: s, when: -2d, to: leader, text: a, last_call: yes}\n"
		"    - {step: t, when: -1d, to: leader, text: a, last_call: yes}\n",
	11, "two last calls"},
    {HEAD CALENDAR TEXTS "ladders:\n  l:\n    - {step: s, when: -1d, to: leader, text: a}\n"
			 "    - {step: t, when: -2d, to: leader, text: a}\n" REPORT(GOOD),
	12, "comes before the step above it"},
    {HEAD CALENDAR TEXTS
	"ladders:\n  l:\n    - {step: s, when: 0d, to: leader, text: a, last_call: yes}\n" REPORT(
	    GOOD),
	11, "lies after the deadline"},
    {HEAD BODY REPORT("    before: 06-31\n    years: 2020"), 19, "a day that exists"},
    {HEAD BODY REPORT("    before: 10/6/2020\n    years: 2020"), 19, "a day that exists"},
    {HEAD BODY REPORT("    before: 2021-02-29"), 19, "a day that exists"},
    {HEAD BODY REPORT("    years: 2020"), 16, "either `before: 06-10`"},
    {HEAD BODY REPORT("    before: 06-10\n    by: 06-10\n    years: 2020"), 16, "either"},
    {HEAD BODY REPORT("    before: 06-10"), 16, "`years` is missing"},
    {HEAD BODY REPORT("    before: 06-10\n    years: 2025-2020"), 20, "`years` cannot be"},
    {HEAD BODY REPORT("    before: 06-10\n    years: 2020-2090"), 20, "at most 30 years"},
    {HEAD BODY REPORT("    before: 2020-06-10\n    years: 2020"), 20, "Remove it"},
    {HEAD BODY REPORT(GOOD "\n    compiles: [NAM]"), 15, "which is not here"},
    {HEAD BODY REPORT(GOOD "\n    compiles: 6T"), 15, "cannot compile itself"},
    {HEAD BODY "reports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: l}\n", 15,
	"`for` is missing"},
    {HEAD BODY "reports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: l, for: {kinds: "
	       "[comune]}}\n",
	15, "Did you mean `commune`?"},
    {HEAD BODY "reports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: l, for: {}}\n", 15,
	"names nobody"},
    {HEAD BODY "reports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: k, for: {units: "
	       "X}}\n",
	15, "There is no ladder `k`"},
    {HEAD BODY "reports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: v, for: {units: "
	       "X}}\n",
	8, "{event} has no value"},
    {HEAD "texts:\n  a: \"{missing}\"\nladders:\n  l:\n    - {step: s, when: 0d, to: leader, text: "
	  "a}\nreports:\n  6T: {name: b, before: 06-10, years: 2020, ladder: l, for: {units: X}}\n",
	6, "a report without `compiles`"},
    {HEAD BODY "events:\n  E: {name: e, start: 2020-11-31, for: {units: X}, ladder: v}\n", 15,
	"does not exist"},
    {HEAD BODY "events:\n  E: {name: e, start: 2020-11-15, end: 2020-11-14, for: {units: X}, "
	       "ladder: v}\n",
	15, "ends before it starts"},
    {HEAD BODY REPORT(GOOD) "events:\n  6T: {name: e, start: 2020-11-15, for: {units: X}, ladder: "
			    "v}\n",
	22, "is a report and an event"},
    {HEAD BODY, 1, "neither reports nor events"},
    {"- a\n", 1, "must be a group"},
    {"a: [\n", 2, "not valid YAML"},
};

static void test_every_mistake_is_named_at_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, mistakes[i].text));
		assert_complaint(&fixture, mistakes[i].line, mistakes[i].words);
	}
}

static void test_all_mistakes_are_named_in_one_go(void **state)
{
	(void)state;
	FIXTURE(fixture);
	assert_null(parse(&fixture, "plan: P\nfoo: 1\nname: N\nowner: O\n"
				    "texts:\n  a: \"{x}\"\n  b: \"{y}\"\n"
				    "ladders:\n  l:\n    - {step: s, when: 1, to: x, text: z}\n"));
	assert_complaint(&fixture, 2, "Unknown key `foo`");
	assert_complaint(&fixture, 1, "`office` is missing");
	assert_complaint(&fixture, 6, "{x}");
	assert_complaint(&fixture, 7, "{y}");
	assert_complaint(&fixture, 10, "`when`");
	assert_complaint(&fixture, 10, "no post");
	assert_complaint(&fixture, 10, "no text");
}

static void test_too_many_steps_are_refused(void **state)
{
	(void)state;
	FIXTURE(fixture);
	OWNED_BUFFER text = BUFFER(10000);
	buffer_add_text(&text, HEAD TEXTS "ladders:\n  l:\n");
	for (int i = 0; i <= PLAN_STEPS_MAX; i++)
		buffer_printf(&text, "    - {step: s%d, when: %dd, to: leader, text: a}\n", i, i);
	assert_null(parse(&fixture, text.data));
	assert_complaint(&fixture, 10, "33 steps");
}

static void test_what_nobody_uses_is_pointed_out(void **state)
{
	(void)state;
	FIXTURE(fixture);
	assert_non_null(parse(&fixture, HEAD BODY REPORT(GOOD)));
	assert_errors(&fixture, 0);
	assert_complaint(&fixture, 12, "uses the ladder `v`");
	assert_complaint(&fixture, 8, "No step uses the text `e`");
}

static void test_placeholders_are_known(void **state)
{
	(void)state;
	static const char *const known[] = {"office", "unit", "person", "code", "report",
	    "deadline", "last_day", "missing", "missing_count", "event", "start", "end"};
	for (size_t i = 0; i < COUNT_OF(known); i++)
		assert_true(plan_placeholder_exists(known[i]));
	assert_false(plan_placeholder_exists("units"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_shipped_plan_reminds_on_the_right_days),
	    cmocka_unit_test(test_the_shipped_plan_has_what_the_document_asks_for),
	    cmocka_unit_test(test_a_small_plan_has_the_usual_hours),
	    cmocka_unit_test(test_offsets_and_years_are_read),
	    cmocka_unit_test(test_every_mistake_is_named_at_its_line),
	    cmocka_unit_test(test_all_mistakes_are_named_in_one_go),
	    cmocka_unit_test(test_too_many_steps_are_refused),
	    cmocka_unit_test(test_what_nobody_uses_is_pointed_out),
	    cmocka_unit_test(test_placeholders_are_known),
	};
	return cmocka_run_group_tests_name("document/plan_file", tests, NULL, NULL);
}
