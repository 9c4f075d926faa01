/*
 * Owns: tests of scheduler/decide: who gets which text at a wake-up, or why nobody does.
 * May use: scheduler/decide.h, document/plan_file.h, cmocka.
 * Must not know: the store, the loop.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"
#include "scheduler/decide.h"

static struct store_decided decide_at(struct fixture *fixture, struct wall now)
{
	struct store_decided out;
	decide_obligation(fixture->arena, &fixture->policy, fixture->plan, &fixture->obligation,
	    NULL, 0, now, &out);
	return out;
}

static const struct store_decided_step *find_step(
    const struct store_decided *decided, const char *step, int64_t person)
{
	for (size_t i = 0; i < decided->step_count; i++)
		if (strcmp(decided->steps[i].step, step) == 0 &&
		    decided->steps[i].person_id == person)
			return &decided->steps[i];
	fail_msg("no step %s for %lld", step, (long long)person);
	return NULL;
}

static void assert_reason(const struct store_decided_step *step, const char *reason)
{
	assert_null(step->message);
	assert_string_equal(step->reason, reason);
}

static void test_the_first_reminder_goes_to_the_reporter_at_its_moment(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
	assert_int_equal(decided.obligation_id, 42);
	assert_int_equal(decided.revision, 7);
	assert_int_equal(decided.step_count, 1);
	const struct store_decided_step *step = find_step(&decided, "bao-truoc", 1);
	assert_non_null(step->message);
	assert_null(step->reason);
	assert_string_equal(step->message->address, "+84900000001");
	assert_string_equal(step->message->key, "notice:42:0:bao-truoc:0:1");
	assert_int_equal(step->message->purpose, PURPOSE_REMINDER);
	assert_int_equal(step->message->not_after.ms, moment(5, 30, 8, 0).ms);
	assert_int_equal(decided.wake_at.ms, moment(6, 3, 8, 0).ms);
}

static void test_before_the_first_step_nothing_happens_but_a_wake_up(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_decided decided = decide_at(&fixture, moment(5, 14, 8, 0));
	assert_int_equal(decided.step_count, 0);
	assert_int_equal(decided.wake_at.ms, moment(5, 27, 8, 0).ms);
}

static void test_the_last_call_goes_first_and_ends_with_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char *done[] = {"bao-truoc", "nhac-lai"};
	fixture.obligation.steps_done = done;
	fixture.obligation.steps_done_count = 2;
	struct store_decided decided = decide_at(&fixture, moment(6, 9, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "lan-cuoi", 1);
	assert_true(step->last_call);
	assert_int_equal(step->message->purpose, PURPOSE_LAST_CALL);
	assert_int_equal(step->message->not_after.ms, fixture.obligation.deadline.ms);
}

static void test_an_overdue_text_may_leave_after_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char *done[] = {"bao-truoc", "nhac-lai", "lan-cuoi"};
	fixture.obligation.steps_done = done;
	fixture.obligation.steps_done_count = 3;
	struct store_decided decided = decide_at(&fixture, moment(6, 11, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "qua-han", 1);
	assert_int_equal(step->message->not_after.ms, moment(6, 14, 8, 0).ms);
}

static void test_what_is_no_longer_open_gets_nothing_and_no_wake_up(void **state)
{
	(void)state;
	for (int in = OBLIGATION_CLAIMED; in <= OBLIGATION_WAIVED; in++) {
		FIXTURE(fixture);
		fixture.obligation.state = (enum obligation_state)in;
		struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
		assert_int_equal(decided.step_count, 0);
		assert_int_equal(decided.wake_at.ms, WALL_NEVER.ms);
	}
	FIXTURE(fixture);
	fixture.obligation.report_code = "GONE"; /* the plan has no such report any more */
	assert_int_equal(decide_at(&fixture, moment(5, 27, 8, 0)).step_count, 0);
}

/* Who is there, who is out of reach, and who gets the reporter's reminder. */
static const struct {
	const char *what;
	struct {
		const char *post, *phone;
		bool suspended;
	} people[4];
	int64_t to;         /* person id, from 1; 0 nobody */
	const char *reason; /* NULL none */
} reached[] = {
    {"a reporter", {{"reporter", "+84900000001", false}}, 1, NULL},
    {"a deputy too", {{"reporter", "+84900000001", false}, {"deputy", "+84900000002", false}}, 1,
	NULL},
    {"the number is wrong", {{"reporter", "+84900000001", true}, {"deputy", "+84900000002", false}},
	2, "reporter-unreachable"},
    {"no number", {{"reporter", "", false}, {"deputy", "+84900000002", false}}, 2,
	"reporter-unreachable"},
    {"a leader alone", {{"leader", "+84900000003", false}}, 1, "deputy-unreachable"},
    {"only a leader can be reached",
	{{"reporter", "", false}, {"deputy", "", false}, {"leader", "+84900000003", false}}, 3,
	"deputy-unreachable"},
    {"a coordinator does not stand in", {{"coordinator", "+84900000004", false}}, 0,
	"no-recipient"},
    {"nobody", {{NULL, NULL, false}}, 0, "no-recipient"},
};

static void test_a_post_that_cannot_be_reached_falls_to_the_next(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(reached); i++) {
		FIXTURE(fixture);
		fixture.obligation.contact_count = 0;
		for (size_t j = 0; j < 4 && reached[i].people[j].post != NULL; j++) {
			add_contact(
			    &fixture, reached[i].people[j].post, reached[i].people[j].phone);
			fixture.contacts[j].suspended = reached[i].people[j].suspended;
		}
		struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
		if (decided.step_count != 1 || decided.steps[0].person_id != reached[i].to)
			fail_msg("%s: %zu steps, to %lld", reached[i].what, decided.step_count,
			    decided.step_count > 0 ? (long long)decided.steps[0].person_id : -1);
		assert_int_equal(decided.steps[0].message != NULL, reached[i].to != 0);
		if (reached[i].reason == NULL)
			assert_null(decided.steps[0].reason);
		else
			assert_string_equal(decided.steps[0].reason, reached[i].reason);
	}
}

static void test_two_reporters_each_get_it_but_one_number_only_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_contact(&fixture, "reporter", "+84900000002");
	add_contact(&fixture, "reporter", "+84900000001"); /* a shared phone */
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
	assert_int_equal(decided.step_count, 3);
	assert_non_null(find_step(&decided, "bao-truoc", 1)->message);
	assert_non_null(find_step(&decided, "bao-truoc", 2)->message);
	assert_reason(find_step(&decided, "bao-truoc", 3), "same-number");
	assert_string_not_equal(find_step(&decided, "bao-truoc", 1)->message->key,
	    find_step(&decided, "bao-truoc", 2)->message->key);
}

static void test_after_an_outage_only_the_latest_missed_step_is_sent(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_decided decided = decide_at(&fixture, moment(6, 4, 9, 0));
	assert_reason(find_step(&decided, "bao-truoc", 0), "superseded");
	const struct store_decided_step *step = find_step(&decided, "nhac-lai", 1);
	assert_non_null(step->message);
	assert_string_equal(step->reason, "catch-up");
}

static void test_steps_before_the_start_are_skipped_with_the_reason(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.obligation.plan_started = moment(6, 1, 8, 0);
	struct store_decided decided = decide_at(&fixture, moment(6, 1, 8, 0));
	assert_int_equal(decided.step_count, 1);
	assert_reason(find_step(&decided, "bao-truoc", 0), "before-start");
}

static void test_a_text_too_long_is_a_reason_and_no_message(void **state)
{
	(void)state;
	FIXTURE(fixture);
	char *name = arena_alloc(fixture.arena, 500);
	memset(name, 'x', 400);
	fixture.obligation.unit_name = name;
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
	assert_reason(find_step(&decided, "bao-truoc", 1), "text-too-long");
}

static void test_the_key_changes_with_the_deadline_version(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.obligation.deadline_version = 2;
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 8, 0));
	assert_string_equal(
	    find_step(&decided, "bao-truoc", 1)->message->key, "notice:42:2:bao-truoc:0:1");
}

static void test_the_summary_counts_its_own_reports_missing_alone(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const struct store_missing missing[] = {
	    {"TK-2020", "6T", "2020", "Xã Ngọc Côn"},
	    {"TK-2020", "NAM", "2020", "Xã Đình Phong"}, /* another report */
	    {"TK-2020", "6T", "2019", "Xã Phong Châu"},  /* another period */
	    {"KHAC-2020", "6T", "2020", "Xã Đàm Thủy"},  /* another plan */
	};
	struct store_decided decided;
	fixture.obligation.report_code = "TH6T";
	fixture.obligation.unit_code = "PLDTBXH";
	fixture.obligation.named = civil_day(2020, 6, 20);
	fixture.obligation.deadline = moment(6, 21, 0, 0);
	fixture.contacts[0].post = "coordinator";
	decide_obligation(fixture.arena, &fixture.policy, fixture.plan, &fixture.obligation,
	    missing, COUNT_OF(missing), moment(6, 11, 8, 30), &decided);
	const struct store_decided_step *step = find_step(&decided, "bat-dau", 1);
	assert_non_null(step->message);
	assert_non_null(strstr(step->message->parts[0], "Thieu 1: Xa Ngoc Con."));
}

static void test_an_event_reminds_without_a_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	make_event(&fixture);
	struct store_decided decided = decide_at(&fixture, moment(11, 5, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "bao-truoc", 1);
	assert_non_null(step->message);
	assert_non_null(strstr(step->message->parts[0], "tu 15/11 den 15/12"));
	assert_int_equal(step->message->not_after.ms, moment(11, 8, 8, 0).ms);
	assert_int_equal(decided.wake_at.ms, moment(11, 16, 7, 30).ms); /* Sunday moves on */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_first_reminder_goes_to_the_reporter_at_its_moment),
	    cmocka_unit_test(test_before_the_first_step_nothing_happens_but_a_wake_up),
	    cmocka_unit_test(test_the_last_call_goes_first_and_ends_with_the_deadline),
	    cmocka_unit_test(test_an_overdue_text_may_leave_after_the_deadline),
	    cmocka_unit_test(test_what_is_no_longer_open_gets_nothing_and_no_wake_up),
	    cmocka_unit_test(test_a_post_that_cannot_be_reached_falls_to_the_next),
	    cmocka_unit_test(test_two_reporters_each_get_it_but_one_number_only_once),
	    cmocka_unit_test(test_after_an_outage_only_the_latest_missed_step_is_sent),
	    cmocka_unit_test(test_steps_before_the_start_are_skipped_with_the_reason),
	    cmocka_unit_test(test_a_text_too_long_is_a_reason_and_no_message),
	    cmocka_unit_test(test_the_key_changes_with_the_deadline_version),
	    cmocka_unit_test(test_the_summary_counts_its_own_reports_missing_alone),
	    cmocka_unit_test(test_an_event_reminds_without_a_deadline),
	};
	return cmocka_run_group_tests_name("scheduler/decide", tests, NULL, NULL);
}
