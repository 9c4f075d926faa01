/*
 * Owns: tests of plan/ladder: the design's rules on time, case by case.
 * May use: plan/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "fixture.h"
#include "plan/ladder.h"

#define DAYS OFFSET_DAYS
#define WORKING OFFSET_WORKING_DAYS
#define HOURS OFFSET_HOURS

/* One expected decision; the list ends with step -1. */
struct expected {
	int step;
	const char *reason; /* NULL: sent at its moment */
	bool skipped;
	const char *moment; /* NULL: not looked at */
};

#define SENT(step, reason, moment)                                                                 \
	{                                                                                          \
		step, reason, false, moment                                                        \
	}
#define SKIPPED(step, reason)                                                                      \
	{                                                                                          \
		step, reason, true, NULL                                                           \
	}
#define END                                                                                        \
	{                                                                                          \
		-1, NULL, false, NULL                                                              \
	}

static void check_decisions(const struct plan_verdict *verdict, const struct expected *expected)
{
	size_t count = 0;
	for (; expected[count].step >= 0; count++) {
		const struct plan_decision *found = NULL;
		for (size_t i = 0; i < verdict->count; i++)
			if (verdict->decisions[i].step == (size_t)expected[count].step)
				found = &verdict->decisions[i];
		if (found == NULL)
			fail_msg("step %d has no decision", expected[count].step);
		assert_int_equal(found->action, expected[count].skipped ? PLAN_SKIP : PLAN_SEND);
		if (expected[count].reason == NULL)
			assert_null(found->reason);
		else
			assert_string_equal(found->reason, expected[count].reason);
		if (expected[count].moment != NULL)
			assert_moment(found->moment, expected[count].moment);
	}
	assert_int_equal(verdict->count, count);
}

/* The default ladder: what the 2020 plan uses. */
static struct plan_step default_steps[] = {
    {.code = "first", .offset = -14, .offset_unit = DAYS, .at = 480, .to = POST_REPORTER},
    {.code = "again", .offset = -5, .offset_unit = WORKING, .at = 480, .to = POST_REPORTER},
    {.code = "last",
	.offset = -1,
	.offset_unit = WORKING,
	.at = 480,
	.to = POST_REPORTER,
	.last_call = true},
    {.code = "late", .offset = 1, .offset_unit = WORKING, .at = 480, .to = POST_REPORTER},
    {.code = "leader", .offset = 3, .offset_unit = WORKING, .at = 480, .to = POST_LEADER},
};
static const struct plan_ladder default_ladder = {
    .code = "default", .steps = default_steps, .step_count = 5};

/* The six-month report: before 10 June 2020, the plan started on 14 May. */
static struct plan_subject six_month(const uint64_t *done)
{
	return (struct plan_subject){
	    .named = civil_day(2020, 6, 10),
	    .deadline = moment_of("2020-06-10T00:00"),
	    .started = moment_of("2020-05-14T08:00"),
	    .done = done,
	};
}

static void check_look(const struct plan_subject *subject, const char *now,
    const struct expected *expected, const char *wake)
{
	struct plan_calendar calendar = fixture_calendar();
	struct plan_verdict verdict;
	ladder_decide(&default_ladder, subject, &calendar, moment_of(now), &verdict);
	check_decisions(&verdict, expected);
	assert_moment(verdict.wake, wake);
}

static void test_the_six_month_report_is_reminded_as_planned(void **state)
{
	(void)state;
	uint64_t done[5] = {false};
	struct plan_subject subject = six_month(done);
	check_look(&subject, "2020-05-14T08:00", (struct expected[]){END}, "2020-05-27T07:30");
	check_look(&subject, "2020-05-27T08:00",
	    (struct expected[]){SENT(0, NULL, "2020-05-27T08:00"), END}, "2020-06-03T07:30");
	done[0] = true;
	check_look(&subject, "2020-06-03T08:00:01",
	    (struct expected[]){SENT(1, NULL, "2020-06-03T08:00"), END}, "2020-06-09T07:30");
	done[1] = true;
	check_look(&subject, "2020-06-09T08:00",
	    (struct expected[]){SENT(2, NULL, "2020-06-09T08:00"), END}, "2020-06-11T07:30");
	done[2] = true;
	check_look(&subject, "2020-06-11T08:00",
	    (struct expected[]){SENT(3, NULL, "2020-06-11T08:00"), END}, "2020-06-15T07:30");
	done[3] = true;
	check_look(&subject, "2020-06-15T08:00",
	    (struct expected[]){SENT(4, NULL, "2020-06-15T08:00"), END}, "");
	done[4] = true;
	check_look(&subject, "2020-07-01T08:00", (struct expected[]){END}, "");
}

static void test_starting_in_mid_year_floods_nobody(void **state)
{
	(void)state;
	struct plan_subject subject = six_month(NULL);
	subject.started = moment_of("2020-06-08T09:00");
	check_look(&subject, "2020-06-08T09:00",
	    (struct expected[]){SKIPPED(0, "before-start"), SKIPPED(1, "before-start"), END},
	    "2020-06-09T07:30");
	subject.started = moment_of("2020-08-01T09:00");
	check_look(&subject, "2020-08-01T09:00",
	    (struct expected[]){SKIPPED(0, "before-start"), SKIPPED(1, "before-start"),
		SKIPPED(2, "before-start"), SKIPPED(3, "before-start"), SKIPPED(4, "before-start"),
		END},
	    "");
	subject.started = moment_of("2020-05-27T08:00"); /* not before: at the moment itself */
	check_look(&subject, "2020-05-27T08:00", (struct expected[]){SENT(0, NULL, NULL), END},
	    "2020-06-03T07:30");
}

static void test_after_an_outage_only_the_latest_step_of_each_post_is_sent(void **state)
{
	(void)state;
	struct plan_subject subject = six_month(NULL);
	/* Down from 20 May to Thursday 4 June, 10:12. */
	check_look(&subject, "2020-06-04T10:12",
	    (struct expected[]){
		SKIPPED(0, "superseded"), SENT(1, "catch-up", "2020-06-04T10:12"), END},
	    "2020-06-09T07:30");
	/* Down until 16 June: what was before the deadline is of no use; each post hears once. */
	check_look(&subject, "2020-06-16T09:00",
	    (struct expected[]){SKIPPED(0, "too-late"), SKIPPED(1, "too-late"),
		SKIPPED(2, "too-late"), SENT(3, "catch-up", "2020-06-16T09:00"),
		SENT(4, "catch-up", "2020-06-16T09:00"), END},
	    "");
}

static void test_an_outage_that_ends_at_night_waits_for_the_morning(void **state)
{
	(void)state;
	uint64_t done[5] = {false};
	struct plan_subject subject = six_month(done);
	check_look(&subject, "2020-06-05T22:00", (struct expected[]){SKIPPED(0, "superseded"), END},
	    "2020-06-08T07:30");
	done[0] = true;
	check_look(&subject, "2020-06-08T07:30",
	    (struct expected[]){SENT(1, "catch-up", "2020-06-08T07:30"), END}, "2020-06-09T07:30");
}

static void test_a_missed_last_call_goes_while_it_is_of_use(void **state)
{
	(void)state;
	uint64_t done[5] = {true, true};
	struct plan_subject subject = six_month(done);
	check_look(&subject, "2020-06-09T12:00", (struct expected[]){END}, "2020-06-09T13:30");
	check_look(&subject, "2020-06-09T16:29",
	    (struct expected[]){SENT(2, "catch-up", "2020-06-09T16:29"), END}, "2020-06-11T07:30");
	check_look(&subject, "2020-06-09T16:30", (struct expected[]){SKIPPED(2, "too-late"), END},
	    "2020-06-11T07:30");
	check_look(&subject, "2020-06-10T09:00", (struct expected[]){SKIPPED(2, "too-late"), END},
	    "2020-06-11T07:30");
}

static void test_a_missed_last_call_is_preferred_to_missed_reminders(void **state)
{
	(void)state;
	struct plan_subject subject = six_month(NULL);
	check_look(&subject, "2020-06-09T14:00",
	    (struct expected[]){
		SKIPPED(0, "superseded"), SKIPPED(1, "superseded"), SENT(2, "catch-up", NULL), END},
	    "2020-06-11T07:30");
}

/* One step by itself: where it falls. */
static const struct {
	const char *why;
	int offset;
	enum plan_offset_unit unit;
	int at;
	const char *named;    /* a date */
	const char *deadline; /* "" for an event */
	const char *reason;   /* NULL: as planned */
	const char *moment;
} single_steps[] = {
    {"as planned", -14, DAYS, 480, "2020-06-10", "2020-06-10T00:00", NULL, "2020-05-27T08:00"},
    {"Saturday moves to Monday", -4, DAYS, 480, "2020-06-10", "2020-06-10T00:00", "moved-later",
	"2020-06-08T07:30"},
    {"lunch moves to the afternoon", -1, DAYS, 720, "2020-06-10", "2020-06-10T00:00", "moved-later",
	"2020-06-09T13:30"},
    {"at night moves to the morning", -7, DAYS, 1380, "2020-06-10", "2020-06-10T00:00",
	"moved-later", "2020-06-04T07:30"},
    {"past the last useful moment moves back", -1, DAYS, 1080, "2020-06-10", "2020-06-10T00:00",
	"moved-earlier", "2020-06-09T16:29"},
    {"Sunday before a Monday deadline moves back to Friday", -1, DAYS, 480, "2020-06-15",
	"2020-06-15T00:00", "moved-earlier", "2020-06-12T16:29"},
    {"30/4 before 4/5 moves back to 29/4", -4, DAYS, 480, "2020-05-04", "2020-05-04T00:00",
	"moved-earlier", "2020-04-29T16:29"},
    {"30/4 before 6/5 moves on to 4/5", -6, DAYS, 480, "2020-05-06", "2020-05-06T00:00",
	"moved-later", "2020-05-04T07:30"},
    {"National Day moves on", -8, DAYS, 480, "2020-09-10", "2020-09-10T00:00", "moved-later",
	"2020-09-03T07:30"},
    {"working days jump the holidays", -2, WORKING, 480, "2020-05-05", "2020-05-05T00:00", NULL,
	"2020-04-29T08:00"},
    {"hours before the last useful moment", -2, HOURS, 0, "2020-06-10", "2020-06-10T00:00", NULL,
	"2020-06-09T14:30"},
    {"hours before, at noon, move on", -4, HOURS, 0, "2020-06-10", "2020-06-10T00:00",
	"moved-later", "2020-06-09T13:30"},
    {"hours before, of a day named as well", -1, HOURS, 0, "2020-06-10", "2020-06-11T00:00", NULL,
	"2020-06-10T15:30"},
    {"hours after the deadline", 2, HOURS, 0, "2020-06-10", "2020-06-11T00:00", "moved-later",
	"2020-06-11T07:30"},
    {"in the evening before, moves back", -1, DAYS, 1200, "2020-06-10", "2020-06-10T00:00",
	"moved-earlier", "2020-06-09T16:29"},
    {"the day itself is too late for `before`: overdue, stays", 0, DAYS, 480, "2020-06-10",
	"2020-06-10T00:00", NULL, "2020-06-10T08:00"},
    {"the day itself is in time for `by`", 0, DAYS, 480, "2020-06-10", "2020-06-11T00:00", NULL,
	"2020-06-10T08:00"},
    {"the evening of the day itself moves back for `by`", 0, DAYS, 1080, "2020-06-10",
	"2020-06-11T00:00", "moved-earlier", "2020-06-10T16:29"},
    {"overdue steps move on freely", 3, DAYS, 480, "2020-06-10", "2020-06-10T00:00", "moved-later",
	"2020-06-15T07:30"},
    {"an event's step moves on past its start", 0, DAYS, 480, "2020-11-15", "", "moved-later",
	"2020-11-16T07:30"},
    {"`by` a Saturday: the day before is in time", -1, WORKING, 480, "2020-06-20",
	"2020-06-21T00:00", NULL, "2020-06-19T08:00"},
    {"`by` a Saturday: Saturday itself moves back to Friday", 0, DAYS, 480, "2020-06-20",
	"2020-06-21T00:00", "moved-earlier", "2020-06-19T16:29"},
};

static void test_where_single_steps_fall(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	for (size_t i = 0; i < COUNT_OF(single_steps); i++) {
		struct plan_step step = {.code = "only",
		    .offset = single_steps[i].offset,
		    .offset_unit = single_steps[i].unit,
		    .at = single_steps[i].at};
		struct plan_ladder ladder = {.code = "one", .steps = &step, .step_count = 1};
		struct plan_subject subject = {.deadline = moment_of(single_steps[i].deadline),
		    .started = moment_of("2020-01-01T00:00")};
		struct failure failure;
		assert_int_equal(
		    civil_parse_day(single_steps[i].named, &subject.named, &failure), RESULT_OK);
		struct plan_verdict preview, look;
		struct expected expected[] = {
		    SENT(0, single_steps[i].reason, single_steps[i].moment), END};
		print_message("           %s\n", single_steps[i].why);
		ladder_preview(&ladder, &subject, &calendar, &preview);
		check_decisions(&preview, expected);
		struct wall from, until;
		assert_true(
		    calendar_window_of(&calendar, preview.decisions[0].moment, &from, &until));
		ladder_decide(&ladder, &subject, &calendar, wall_add(from, -1), &look);
		assert_int_equal(look.count, 0);
		assert_int_equal(look.wake.ms, from.ms);
		ladder_decide(&ladder, &subject, &calendar, look.wake, &look);
		check_decisions(&look, expected);
		assert_int_equal(look.wake.ms, WALL_NEVER.ms);
	}
}

static void test_steps_that_fall_together_leave_one_text(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	/* Saturday, Sunday and Monday 07:30 are one moment; the leader's own step is untouched. */
	struct plan_step steps[] = {
	    {.code = "a", .offset = -4, .at = 480},
	    {.code = "b", .offset = -3, .at = 480},
	    {.code = "l", .offset = -3, .at = 480, .to = POST_LEADER},
	    {.code = "c", .offset = -2, .at = 450},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 4};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	struct expected expected[] = {SKIPPED(0, "superseded"), SKIPPED(1, "superseded"),
	    SENT(2, "moved-later", "2020-06-08T07:30"), SENT(3, NULL, "2020-06-08T07:30"), END};
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-08T07:30"), &verdict);
	check_decisions(&verdict, expected);
	ladder_preview(&ladder, &subject, &calendar, &verdict);
	check_decisions(&verdict, expected);
}

static void test_a_last_call_is_never_superseded_by_moving(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	/* Both move back to the last allowed minute of 9 June. */
	struct plan_step steps[] = {
	    {.code = "last", .offset = -1, .at = 1020, .last_call = true},
	    {.code = "more", .offset = -1, .at = 1140},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-09T16:29"), &verdict);
	check_decisions(&verdict, (struct expected[]){SENT(0, "moved-earlier", "2020-06-09T16:29"),
				      SKIPPED(1, "superseded"), END});
}

static void test_nothing_is_said_after_the_closing_day_unless_more_time_was_given(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "late", .offset = 1, .at = 480}, {.code = "later", .offset = 5, .at = 480}};
	const struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	subject.closing = moment_of("2020-06-13T00:00"); /* between 11 and 15 June */
	ladder_preview(&ladder, &subject, &calendar, &verdict);
	assert_int_equal(verdict.count, 2);
	assert_int_equal(verdict.decisions[0].action, PLAN_SEND);
	assert_int_equal(verdict.decisions[1].action, PLAN_SKIP);
	assert_string_equal(verdict.decisions[1].reason, "closed");
	/* After an outage, too. */
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-16T09:00"), &verdict);
	assert_int_equal(verdict.count, 2);
	for (size_t i = 0; i < verdict.count; i++)
		assert_string_equal(verdict.decisions[i].reason, "closed");
	assert_int_equal(verdict.wake.ms, WALL_NEVER.ms);
	subject.closing = moment_of("2020-06-09T00:00"); /* the deadline was extended past it */
	ladder_preview(&ladder, &subject, &calendar, &verdict);
	assert_int_equal(verdict.decisions[1].action, PLAN_SEND);
}

static void test_reminders_of_an_event_are_not_moved_past_it(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	static const struct {
		int at, days; /* the event: on Saturday 4 July 2020, for so many days */
		struct plan_step step;
		const char *moment;
	} table[] = {
	    {960, 1, {.code = "a", .offset = -1, .offset_unit = HOURS}, "2020-07-03T16:29"},
	    {-1, 1, {.code = "a", .at = 480}, "2020-07-03T16:29"},
	    {-1, 5, {.code = "a", .at = 480}, "2020-07-06T07:30"},
	    {-1, 1, {.code = "a", .offset = 1, .at = 480}, "2020-07-06T07:30"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct plan_step step = table[i].step;
		const struct plan_ladder ladder = {.code = "x", .steps = &step, .step_count = 1};
		const struct plan_event event = {.start = civil_day(2020, 1, 1),
		    .end = day_add(civil_day(2020, 1, 1), table[i].days - 1),
		    .at = table[i].at};
		struct plan_subject subject = {
		    .named = civil_day(2020, 7, 4), .deadline = WALL_NEVER, .started = {INT64_MIN}};
		struct plan_verdict verdict;
		ladder_set_event(&subject, &event, subject.named, &calendar);
		ladder_preview(&ladder, &subject, &calendar, &verdict);
		assert_int_equal(verdict.count, 1);
		assert_moment(verdict.decisions[0].moment, table[i].moment);
	}
}

static void test_a_missed_last_call_goes_before_a_later_missed_step(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "last", .offset = -2, .at = 480, .last_call = true},
	    {.code = "more", .offset = -1, .at = 480},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-09T10:00"), &verdict);
	check_decisions(&verdict, (struct expected[]){SENT(0, "catch-up", "2020-06-09T10:00"),
				      SKIPPED(1, "superseded"), END});
}

static void test_an_event_catches_up_with_its_latest_step(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "announce", .offset = -10, .at = 480, .last_call = true},
	    {.code = "launch", .offset = 0, .at = 480},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	struct plan_subject subject = {.named = civil_day(2020, 11, 15),
	    .deadline = WALL_NEVER,
	    .started = moment_of("2020-05-14T08:00")};
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-11-20T09:00"), &verdict);
	check_decisions(&verdict, (struct expected[]){SKIPPED(0, "superseded"),
				      SENT(1, "catch-up", "2020-11-20T09:00"), END});
}

static void test_a_look_settles_its_window_and_no_more(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "early", .offset = -2, .at = 480},
	    {.code = "late", .offset = -2, .at = 600},
	    {.code = "afternoon", .offset = -2, .at = 840},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 3};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-08T07:30"), &verdict);
	check_decisions(&verdict, (struct expected[]){SENT(0, NULL, "2020-06-08T08:00"),
				      SENT(1, NULL, "2020-06-08T10:00"), END});
	assert_moment(verdict.wake, "2020-06-08T13:30");
	/* Late for the first, in time for the second: both are told. */
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-08T09:30"), &verdict);
	check_decisions(&verdict, (struct expected[]){SENT(0, "catch-up", "2020-06-08T09:30"),
				      SENT(1, NULL, "2020-06-08T10:00"), END});
}

static void test_a_repeated_step_comes_again_until_it_came_often_enough(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "late",
		.offset = 1,
		.offset_unit = WORKING,
		.at = 480,
		.every = 3,
		.every_unit = WORKING,
		.times = 3},
	    {.code = "leader", .offset = 3, .offset_unit = WORKING, .at = 480, .to = POST_LEADER},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	uint64_t done[2] = {0};
	struct plan_subject subject = six_month(done);
	struct plan_verdict verdict;
	static const char *const looks[] = {
	    "2020-06-11T07:30", "2020-06-16T07:30", "2020-06-19T07:30"};
	for (int i = 0; i < 3; i++) {
		ladder_decide(&ladder, &subject, &calendar, moment_of(looks[i]), &verdict);
		assert_int_equal(verdict.decisions[0].step, 0);
		assert_int_equal(verdict.decisions[0].occurrence, i);
		assert_int_equal(verdict.decisions[0].action, PLAN_SEND);
		done[0] |= 1u << i;
		done[1] = 1;
	}
	assert_int_equal(verdict.count, 1);
	assert_moment(verdict.wake, "");
	/* After three weeks of silence only the latest of them is sent. */
	done[0] = done[1] = 0;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-07-01T09:00"), &verdict);
	assert_int_equal(verdict.count, 4);
	for (size_t i = 0; i < verdict.count; i++)
		assert_int_equal(verdict.decisions[i].action == PLAN_SEND,
		    verdict.decisions[i].step == 1 || verdict.decisions[i].occurrence == 2);
}

static void test_a_step_of_its_own_takes_the_place_of_a_repetition(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step steps[] = {
	    {.code = "late", .offset = 1, .at = 480, .every = 1, .every_unit = DAYS, .times = 3},
	    {.code = "final", .offset = 2, .at = 480},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 2};
	uint64_t done[2] = {1};
	struct plan_subject subject = six_month(done);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-12T07:30"), &verdict);
	assert_int_equal(verdict.count, 2);
	for (size_t i = 0; i < verdict.count; i++)
		assert_int_equal(
		    verdict.decisions[i].action == PLAN_SEND, verdict.decisions[i].step == 1);
}

static void test_a_reminder_repeated_before_the_deadline_ends_with_it(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_step step = {
	    .code = "again", .offset = -2, .at = 480, .every = 1, .every_unit = DAYS, .times = 5};
	struct plan_ladder ladder = {.code = "x", .steps = &step, .step_count = 1};
	uint64_t done[1] = {1};
	struct plan_subject subject = six_month(done);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-09T07:30"), &verdict);
	assert_int_equal(verdict.count, 4);
	for (size_t i = 0; i < verdict.count; i++)
		if (verdict.decisions[i].action == PLAN_SEND)
			assert_int_equal(verdict.decisions[i].occurrence, 1);
		else
			assert_string_equal(verdict.decisions[i].reason, "too-late");
	assert_moment(verdict.wake, "");
}

static void test_a_parent_s_post_and_a_group_have_turns_of_their_own(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	struct plan_group group = {.code = "G"};
	struct plan_step steps[] = {
	    {.code = "own", .offset = 1, .at = 480, .to = POST_LEADER},
	    {.code = "parent", .offset = 1, .at = 480, .to = POST_LEADER, .to_parent = true},
	    {.code = "group", .offset = 1, .at = 480, .group = &group},
	};
	struct plan_ladder ladder = {.code = "x", .steps = steps, .step_count = 3};
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	ladder_decide(&ladder, &subject, &calendar, moment_of("2020-06-15T09:00"), &verdict);
	check_decisions(&verdict, (struct expected[]){SENT(0, "catch-up", NULL),
				      SENT(1, "catch-up", NULL), SENT(2, "catch-up", NULL), END});
}

static void test_a_calendar_that_allows_nothing_ends_the_ladder(void **state)
{
	(void)state;
	struct plan_calendar calendar = fixture_calendar();
	calendar.window_count = 0;
	struct plan_subject subject = six_month(NULL);
	struct plan_verdict verdict;
	ladder_decide(
	    &default_ladder, &subject, &calendar, moment_of("2020-05-20T08:00"), &verdict);
	assert_int_equal(verdict.count, 5);
	for (size_t i = 0; i < verdict.count; i++)
		assert_int_equal(verdict.decisions[i].action, PLAN_SKIP);
	assert_int_equal(verdict.wake.ms, WALL_NEVER.ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_six_month_report_is_reminded_as_planned),
	    cmocka_unit_test(test_starting_in_mid_year_floods_nobody),
	    cmocka_unit_test(test_after_an_outage_only_the_latest_step_of_each_post_is_sent),
	    cmocka_unit_test(test_an_outage_that_ends_at_night_waits_for_the_morning),
	    cmocka_unit_test(test_a_missed_last_call_goes_while_it_is_of_use),
	    cmocka_unit_test(test_a_missed_last_call_is_preferred_to_missed_reminders),
	    cmocka_unit_test(test_where_single_steps_fall),
	    cmocka_unit_test(test_steps_that_fall_together_leave_one_text),
	    cmocka_unit_test(test_a_last_call_is_never_superseded_by_moving),
	    cmocka_unit_test(test_nothing_is_said_after_the_closing_day_unless_more_time_was_given),
	    cmocka_unit_test(test_reminders_of_an_event_are_not_moved_past_it),
	    cmocka_unit_test(test_a_missed_last_call_goes_before_a_later_missed_step),
	    cmocka_unit_test(test_an_event_catches_up_with_its_latest_step),
	    cmocka_unit_test(test_a_look_settles_its_window_and_no_more),
	    cmocka_unit_test(test_a_repeated_step_comes_again_until_it_came_often_enough),
	    cmocka_unit_test(test_a_step_of_its_own_takes_the_place_of_a_repetition),
	    cmocka_unit_test(test_a_reminder_repeated_before_the_deadline_ends_with_it),
	    cmocka_unit_test(test_a_parent_s_post_and_a_group_have_turns_of_their_own),
	    cmocka_unit_test(test_a_calendar_that_allows_nothing_ends_the_ladder),
	};
	return cmocka_run_group_tests_name("plan/ladder", tests, NULL, NULL);
}
