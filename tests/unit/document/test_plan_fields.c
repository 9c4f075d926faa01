/*
 * Owns: tests of what else a plan file can say: deadlines of every kind, groups, repetition,
 * languages, closures; and of what contradicts itself.
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

#define HEAD                                                                                       \
	"plan: P\nname: N\nowner: O\noffice: Phòng\n"                                             \
	"calendar: {holidays: [vn-2020, vn-2021]}\n"                            /* 1–5 */        \
	"texts:\n  a: \"{unit}\"\n  e: \"{event}\"\n  d: \"{count}: {list}\"\n" /* 6–9 */
#define STEP(rest) "ladders:\n  l:\n    - {step: s, when: -3d, to: reporter, text: a" rest "}\n"
#define LADDER STEP("") /* 10–12 */
#define REPORT(rest)                                                                               \
	"reports:\n  R: {name: b, for: {kinds: [commune]}, ladder: l,\n    " rest "}\n" /* 13–15 \
											 */
#define EVENT(rest)                                                                                \
	"  v:\n    - {step: s, when: 0d, to: reporter, text: e}\n"                                 \
	"events:\n  E: {name: b, for: {kinds: [commune]}, ladder: v,\n    " rest "}\n" /* 13–17 */

static struct plan *parse(struct fixture *fixture, const char *text)
{
	return plan_file_parse(
	    fixture->arena, "p.yaml", text, strlen(text), "config/holidays", &fixture->complaints);
}

static struct plan *parse_good(struct fixture *fixture, const char *text)
{
	struct plan *plan = parse(fixture, text);
	assert_errors(fixture, 0);
	assert_non_null(plan);
	return plan;
}

/* "PERIOD DAY", the days as they are named; joined by ", ". */
static void assert_occurrences(
    const struct plan *plan, const struct plan_report *report, const char *expected)
{
	struct plan_occurrence found[50];
	OWNED_BUFFER text = BUFFER(3000);
	size_t count = plan_report_occurrences(
	    plan, report, (struct wall){INT64_MIN}, WALL_NEVER, found, COUNT_OF(found));
	for (size_t i = 0; i < count && i < COUNT_OF(found); i++)
		buffer_printf(&text, "%s%s %s", i ? ", " : "", found[i].period,
		    civil_iso_day(found[i].named).text);
	assert_string_equal(buffer_text(&text), expected);
}

static const struct {
	const char *deadline, *occurrences;
} deadlines[] = {
    {"before: 2020-10-15", "2020 2020-10-15"},
    {"before: 06-10, years: 2020-2021, period: half", "2020-H1 2020-06-10, 2021-H1 2021-06-10"},
    {"by: 01-10, years: 2021, covers: previous", "2020 2021-01-10"},
    {"by: \"FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3\", from: 2020-01-01",
	"2020-01 2020-01-15, 2020-02 2020-02-15, 2020-03 2020-03-15"},
    {"by: \"FREQ=MONTHLY;BYMONTHDAY=31\", from: 2020-01-01, until: 2020-04-30",
	"2020-01 2020-01-31, 2020-02 2020-02-29, 2020-03 2020-03-31, 2020-04 2020-04-30"},
    {"by: \"FREQ=MONTHLY;BYMONTHDAY=5\", from: 2020-01-01, until: 2020-03-31, covers: previous, "
     "except: [2020-02-05]",
	"2019-12 2020-01-05, 2020-02 2020-03-05"},
    {"by: \"FREQ=WEEKLY;BYDAY=FR;COUNT=2\", from: 2020-12-28",
	"2020-W53 2021-01-01, 2021-W01 2021-01-08"},
    {"by: \"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10\", from: 2020-01-01, until: 2020-12-31, "
     "period: half",
	"2020-H1 2020-06-10, 2020-H2 2020-12-10"},
    {"by: \"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20\", from: 2020-03-01, until: 2020-12-31",
	"2020-Q1 2020-03-20, 2020-Q2 2020-06-20, 2020-Q3 2020-09-20, 2020-Q4 2020-12-20"},
    {"by: \"FREQ=YEARLY\", from: 2020-02-29, until: 2022-12-31",
	"2020 2020-02-29, 2021 2021-02-28, 2022 2022-02-28"},
    {"period: quarter, cutoff: decree-09-2019, due: +2d, from: 2020-01-01, until: 2020-12-31",
	"2020-Q1 2020-03-16, 2020-Q2 2020-06-16, 2020-Q3 2020-09-16, 2020-Q4 2020-12-16"},
    {"period: half, cutoff: decree-09-2019, due: +2wd, from: 2020-01-01, until: 2020-12-31",
	"2020-H1 2020-06-16, 2020-H2 2020-12-16"},
    {"period: month, due: +2wd, from: 2020-04-01, until: 2020-05-31",
	"2020-04 2020-05-05, 2020-05 2020-06-02"},
    {"period: week, due: +1d, from: 2020-06-01, until: 2020-06-20",
	"2020-W23 2020-06-08, 2020-W24 2020-06-15"},
    {"by: 06-20, years: 2020, day_off: earlier", "2020 2020-06-19"},
    {"by: 06-20, years: 2020, day_off: later", "2020 2020-06-22"},
    {"by: 06-20, years: 2020", "2020 2020-06-20"},
};

static void test_deadlines_of_every_kind_fall_on_their_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(deadlines); i++) {
		FIXTURE(fixture);
		OWNED_BUFFER text = BUFFER(5000);
		buffer_printf(&text, HEAD LADDER REPORT("%s"), deadlines[i].deadline);
		struct plan *plan = parse_good(&fixture, buffer_text(&text));
		assert_occurrences(plan, &plan->reports[0], deadlines[i].occurrences);
	}
}

static void test_cutoff_and_closing_day_follow_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_good(&fixture,
	    HEAD LADDER REPORT("by: 06-20, years: 2020, period: half, cutoff: decree-09-2019, "
			       "closing: +30d"));
	struct plan_occurrence found;
	assert_int_equal(plan_report_occurrences(plan, &plan->reports[0], (struct wall){INT64_MIN},
			     WALL_NEVER, &found, 1),
	    1);
	assert_string_equal(civil_iso_day(found.cutoff).text, "2020-06-14");
	assert_string_equal(civil_rfc3339(found.deadline, 420).text, "2020-06-21T00:00:00+07:00");
	assert_string_equal(civil_rfc3339(found.closing, 420).text, "2020-07-21T00:00:00+07:00");
}

static void test_a_step_says_to_whom_how_often_and_over_what(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_good(&fixture,
	    HEAD "groups:\n  LD: {people: [AN, BINH]}\n  XA: {posts: [reporter, leader], for: "
		 "{kinds: [commune]}}\n"
		 "ladders:\n  l:\n    until: received\n    steps:\n"
		 "    - {step: s, when: +1wd, to: reporter, text: a, every: 3wd, times: 4}\n"
		 "    - {step: t, when: +5d, to: parent-leader, text: a, digest: d, channels: [m1, "
		 "m2]}\n"
		 "    - {step: u, when: +6d, to: \"group:LD\", text: a}\n" REPORT(
		     "by: 06-10, years: 2020"));
	const struct plan_ladder *ladder = &plan->ladders[0];
	assert_true(ladder->until_received);
	assert_int_equal(ladder->steps[0].every, 3);
	assert_int_equal(ladder->steps[0].every_unit, OFFSET_WORKING_DAYS);
	assert_int_equal(ladder->steps[0].times, 4);
	assert_true(ladder->steps[1].to_parent);
	assert_int_equal(ladder->steps[1].to, POST_LEADER);
	assert_string_equal(ladder->steps[1].digest, "d");
	assert_int_equal(ladder->steps[1].channel_count, 2);
	assert_string_equal(ladder->steps[1].channels[1], "m2");
	assert_ptr_equal(ladder->steps[2].group, &plan->groups[0]);
	assert_int_equal(plan->groups[0].person_count, 2);
	assert_true(plan->groups[1].posts[POST_LEADER] && !plan->groups[1].posts[POST_DEPUTY]);
	assert_string_equal(plan->groups[1].units.kinds[0], "commune");
	assert_int_equal(plan->approver, POST_COORDINATOR);
}

static void test_reports_are_statutory_unless_the_plan_or_they_say_otherwise(void **state)
{
	(void)state;
	static const struct {
		const char *plan, *report;
		bool voluntary;
	} cases[] = {
	    {"", "", false},
	    {"duty: voluntary\n", "", true},
	    {"", ", duty: voluntary", true},
	    {"duty: voluntary\n", ", duty: statutory", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		OWNED_BUFFER text = BUFFER(4000);
		buffer_printf(
		    &text, "%s%s%s", cases[i].plan, HEAD LADDER, REPORT("by: 06-10, years: 2020@"));
		OWNED_BUFFER whole = BUFFER(4000);
		const char *at = strchr(buffer_text(&text), '@');
		buffer_printf(&whole, "%.*s%s%s", (int)(at - buffer_text(&text)),
		    buffer_text(&text), cases[i].report, at + 1);
		const struct plan *plan = parse_good(&fixture, buffer_text(&whole));
		assert_int_equal(plan->reports[0].voluntary, cases[i].voluntary);
	}
}

static void test_a_text_has_several_languages(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan =
	    parse_good(&fixture, "approver: leader\nplan: P\nname: N\nowner: O\noffice: o\n"
				 "calendar: {holidays: vn-2020}\ntexts:\n  a: {en: \"due {unit}\", "
				 "vi: \"hạn {unit}\"}\n" LADDER REPORT("by: 06-10, years: 2020"));
	assert_int_equal(plan->approver, POST_LEADER);
	assert_string_equal(plan_text_body(&plan->texts[0], "vi"), "hạn {unit}");
	assert_string_equal(plan_text_body(&plan->texts[0], "en"), "due {unit}");
	assert_string_equal(plan_text_body(&plan->texts[0], "fr"), "hạn {unit}");
}

static void test_an_event_has_a_place_an_hour_and_repeats(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_good(&fixture,
	    HEAD LADDER EVENT("start: 2020-11-16, end: 2020-11-17, at: 08:00, place: Hội trường, "
			      "attendance: true, repeat: \"FREQ=WEEKLY\", until: 2020-12-07, "
			      "except: 2020-11-30"));
	const struct plan_event *event = &plan->events[0];
	assert_int_equal(event->at, 480);
	assert_true(event->attendance);
	assert_string_equal(event->place, "Hội trường");
	struct plan_event_occurrence found[4];
	assert_int_equal(plan_event_occurrences(plan, event, (struct wall){INT64_MIN}, WALL_NEVER,
			     found, COUNT_OF(found)),
	    3);
	assert_string_equal(found[1].period, "2020-11-23");
	assert_string_equal(civil_iso_day(found[2].start).text, "2020-12-07");
	assert_string_equal(civil_iso_day(found[2].end).text, "2020-12-08");
	assert_string_equal(civil_rfc3339(found[2].begins, 420).text, "2020-12-07T08:00:00+07:00");
}

static void test_an_event_without_an_hour_lasts_whole_days_and_is_named_by_its_year(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_good(&fixture, HEAD LADDER EVENT("start: 2020-11-15"));
	struct plan_event_occurrence found;
	assert_int_equal(plan->events[0].at, -1);
	assert_string_equal(plan->events[0].place, "");
	assert_int_equal(plan_event_occurrences(plan, &plan->events[0], (struct wall){INT64_MIN},
			     WALL_NEVER, &found, 1),
	    1);
	assert_string_equal(found.period, "2020");
	assert_string_equal(civil_rfc3339(found.begins, 420).text, "2020-11-15T00:00:00+07:00");
}

static void test_a_closure_is_a_day_off_for_its_units_only(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan *plan = parse_good(&fixture,
	    "plan: P\nname: N\nowner: O\noffice: o\n"
	    "calendar:\n  holidays: vn-2020\n  closures:\n"
	    "    - {from: 2020-07-01, to: 2020-07-03, for: {units: [NGOC-CON]}, why: bão}\n"
	    "texts:\n  a: x\n" LADDER REPORT("by: 07-02, years: 2020, day_off: later"));
	const struct plan_report *report = &plan->reports[0];
	struct plan_calendar hit = plan_calendar_for_unit(plan, "NGOC-CON", "commune");
	struct plan_calendar spared = plan_calendar_for_unit(plan, "DOAI-DUONG", "commune");
	struct day day = civil_day(2020, 7, 2);
	assert_false(calendar_is_working_day(&hit, day));
	assert_true(calendar_is_working_day(&spared, day));
	assert_true(calendar_is_working_day(&plan->calendar, day));
	struct plan_occurrence found;
	assert_int_equal(plan_report_occurrences_in(
			     report, &hit, (struct wall){INT64_MIN}, WALL_NEVER, &found, 1),
	    1);
	assert_string_equal(civil_iso_day(found.named).text, "2020-07-06");
	assert_string_equal(plan->closures[0].why, "bão");
}

#define BY "by: 06-10, years: 2020"
static const struct {
	const char *text;
	int line;
	const char *words;
} mistakes[] = {
    {HEAD LADDER REPORT("by: 06-10, due: +2d, years: 2020"), 14, "either `before: 06-10`"},
    {HEAD LADDER REPORT("by: \"FREQ=HOURLY\", from: 2020-01-01"), 15, "DAILY, WEEKLY"},
    {HEAD LADDER REPORT("by: \"FREQ=DAILY;BYHOUR=8\", from: 2020-01-01"), 15,
	"rules are about "
	"days"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY\", from: 2020-01-01"), 15, "never ends"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY;COUNT=2\""), 14, "`from` is missing"},
    {HEAD LADDER REPORT("by: \"FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=31;COUNT=1\", from: 2020-01-01"),
	15, "day 31"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY\", from: 2020-01-01, until: 2080-01-01"), 15,
	"`until` cannot be 2080-01-01"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY;COUNT=3\", from: 2020-06-31"), 15, "does not exist"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY;COUNT=3\", from: 2020-01-01, except: 2020-01-02"), 15,
	"is no day of the rule"},
    {HEAD LADDER REPORT("by: \"FREQ=MONTHLY;COUNT=3\", from: 2020-01-01, years: 2020"), 15,
	"`years` does not go with a rule"},
    {HEAD LADDER REPORT(BY ", from: 2020-01-01"), 15, "`from` does not go with"},
    {HEAD LADDER REPORT(
	 "by: \"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=10\", from: 2020-01-01, until: 2020-12-31"),
	14, "due twice, on 2020-06-10 and 2020-12-10"},
    {HEAD LADDER REPORT(BY ", period: fortnight"), 15, "quarter, half or year"},
    {HEAD LADDER REPORT(BY ", cutoff: friday"), 15, "decree-09-2019"},
    {HEAD LADDER REPORT("period: week, cutoff: decree-09-2019, due: 2d, from: 2020-01-01, until: "
			"2020-12-31"),
	15, "no cut-off for a week"},
    {HEAD LADDER REPORT("period: month, due: 2h, from: 2020-01-01, until: 2020-12-31"), 15,
	"`due` cannot be"},
    {HEAD LADDER REPORT("due: 2d, from: 2020-01-01, until: 2020-12-31"), 14, "`period` is missing"},
    {HEAD LADDER REPORT("period: year, due: 2d, from: 2020-01-02, until: 2020-12-30"), 15,
	"No year has its cut-off"},
    {HEAD LADDER REPORT(BY ", day_off: never"), 15, "stay, earlier or later"},
    {HEAD LADDER REPORT(BY ", closing: -3d"), 15, "`closing` cannot be"},
    {HEAD LADDER REPORT(BY ", covers: all"), 15, "`covers` cannot be"},
    {HEAD STEP(", every: 3d"), 12, "needs an end"},
    {HEAD STEP(", times: 3"), 12, "Add `every: 3d`"},
    {HEAD STEP(", every: 3h, times: 3"), 12, "`every` cannot be"},
    {HEAD STEP(", every: 3d, times: 1"), 12, "from 2 to 30"},
    {HEAD STEP(", every: 3d, times: 3, last_call: true"), 12, "comes once"},
    {HEAD STEP(", digest: a"), 12, "has no {list}"},
    {HEAD STEP(", digest: zz"), 12, "There is no text `zz`"},
    {HEAD STEP(", channels: []"), 12, "`channels` is empty"},
    {HEAD STEP(", channels: [m, m]"), 12, "twice"},
    {HEAD "ladders:\n  l:\n    - {step: s, when: -4h, at: 08:00, to: reporter, text: a}\n", 12,
	"does not go with hours"},
    {HEAD "ladders:\n  l:\n    - {step: s, when: -4d, to: parent-boss, text: a}\n", 12,
	"There is no post"},
    {HEAD "ladders:\n  l:\n    - {step: s, when: -4d, to: group:X, text: a}\n", 12,
	"There is no group `X`"},
    {HEAD STEP("") "    - {step: t, when: -3d, to: reporter, text: a}\n", 13, "at the same moment"},
    {HEAD "ladders:\n  l: {until: paid, steps: []}\n", 11, "reported (an answer"},
    {HEAD "ladders:\n  l: {until: received}\n", 11, "`steps` is missing"},
    {HEAD "groups:\n  G: {people: [A], posts: [leader]}\n", 11, "needs either"},
    {HEAD "groups:\n  G: {people: [A, A]}\n", 11, "twice"},
    {HEAD "groups:\n  G: {posts: [leader]}\n", 11, "`for` is missing"},
    {HEAD "groups:\n  G: {people: []}\n", 11, "names nobody"},
    {"texts:\n  a: {en: x}\n", 2, "needs `vi`"},
    {"texts:\n  a: {vi: x, english: y}\n", 2, "is not a language"},
    {"texts:\n  a:\n    vi: x\n    en: \"{unitt}\"\n", 4, "Did you mean {unit}?"},
    {HEAD "ladders:\n  l:\n    - {step: s, when: -3d, to: reporter, text: d}\n" REPORT(BY), 9,
	"a step for one unit, where {count}"},
    {"approver: reporter\n", 1, "coordinator or leader"},
    {"duty: legal\n", 1, "statutory"},
    {HEAD LADDER EVENT("start: 2020-11-15, until: 2020-12-01"), 17, "belongs to `repeat`"},
    {HEAD LADDER EVENT("start: 2020-11-15, repeat: \"FREQ=WEEKLY;BYDAY=MO;COUNT=2\""), 17,
	"its first is 2020-11-16"},
    {HEAD LADDER EVENT("start: 2020-11-15, end: 2020-11-22, repeat: \"FREQ=WEEKLY;COUNT=2\""), 17,
	"begins again on 2020-11-22"},
    {HEAD LADDER EVENT("start: 2020-11-15, at: 25:00"), 17, "`at` cannot be"},
    {"calendar:\n  closures:\n    - {from: 2020-07-03, to: 2020-07-01, for: {units: X}, why: b}\n",
	3, "not before `from`"},
    {"calendar:\n  closures:\n    - {from: 2020-07-03, for: {units: X}}\n", 3, "`why` is missing"},
};

static void test_every_contradiction_is_named_at_its_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, mistakes[i].text));
		assert_complaint(&fixture, mistakes[i].line, mistakes[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_deadlines_of_every_kind_fall_on_their_days),
	    cmocka_unit_test(test_cutoff_and_closing_day_follow_the_deadline),
	    cmocka_unit_test(test_a_step_says_to_whom_how_often_and_over_what),
	    cmocka_unit_test(test_reports_are_statutory_unless_the_plan_or_they_say_otherwise),
	    cmocka_unit_test(test_a_text_has_several_languages),
	    cmocka_unit_test(test_an_event_has_a_place_an_hour_and_repeats),
	    cmocka_unit_test(
		test_an_event_without_an_hour_lasts_whole_days_and_is_named_by_its_year),
	    cmocka_unit_test(test_a_closure_is_a_day_off_for_its_units_only),
	    cmocka_unit_test(test_every_contradiction_is_named_at_its_line),
	};
	return cmocka_run_group_tests_name("document/plan_fields", tests, NULL, NULL);
}
