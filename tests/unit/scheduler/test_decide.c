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
	decide_obligation(
	    fixture->arena, &fixture->policy, fixture->plan, &fixture->obligation, now, &out);
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
	assert_false(step->send);
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
	assert_true(step->send);
	assert_null(step->reason);
	assert_int_equal(step->occurrence, 0);
	assert_false(step->last_call);
	assert_int_equal(step->moment.ms, moment(5, 27, 8, 0).ms);
	assert_int_equal(step->not_after.ms, moment(5, 30, 8, 0).ms);
	assert_int_equal(decided.wake_at.ms, moment(6, 3, 7, 30).ms);
}

static void test_before_the_first_step_nothing_happens_but_a_wake_up(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_decided decided = decide_at(&fixture, moment(5, 14, 8, 0));
	assert_int_equal(decided.step_count, 0);
	assert_int_equal(decided.wake_at.ms, moment(5, 27, 7, 30).ms);
}

static void test_the_last_call_goes_first_and_ends_with_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const struct store_step_done done[] = {{"bao-truoc", 0}, {"nhac-lai", 0}};
	fixture.obligation.steps_done = done;
	fixture.obligation.steps_done_count = 2;
	struct store_decided decided = decide_at(&fixture, moment(6, 9, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "lan-cuoi", 1);
	assert_true(step->last_call);
	assert_int_equal(step->not_after.ms, fixture.obligation.deadline.ms);
}

static void test_an_overdue_text_may_leave_after_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const struct store_step_done done[] = {
	    {"bao-truoc", 0}, {"nhac-lai", 0}, {"lan-cuoi", 0}};
	fixture.obligation.steps_done = done;
	fixture.obligation.steps_done_count = 3;
	struct store_decided decided = decide_at(&fixture, moment(6, 11, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "qua-han", 1);
	assert_int_equal(step->not_after.ms, moment(6, 14, 8, 0).ms);
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
		assert_int_equal(decided.steps[0].send, reached[i].to != 0);
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
	assert_true(find_step(&decided, "bao-truoc", 1)->send);
	assert_true(find_step(&decided, "bao-truoc", 2)->send);
	assert_reason(find_step(&decided, "bao-truoc", 3), "same-number");
}

static void test_after_an_outage_only_the_latest_missed_step_is_sent(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_decided decided = decide_at(&fixture, moment(6, 4, 9, 0));
	assert_reason(find_step(&decided, "bao-truoc", 0), "superseded");
	const struct store_decided_step *step = find_step(&decided, "nhac-lai", 1);
	assert_true(step->send);
	assert_string_equal(step->reason, "catch-up");
	assert_int_equal(step->moment.ms, moment(6, 4, 9, 0).ms);
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

static void test_an_event_reminds_without_a_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	make_event(&fixture);
	struct store_decided decided = decide_at(&fixture, moment(11, 5, 8, 0));
	const struct store_decided_step *step = find_step(&decided, "bao-truoc", 1);
	assert_true(step->send);
	assert_int_equal(step->not_after.ms, moment(11, 8, 8, 0).ms);
	assert_int_equal(decided.wake_at.ms, moment(11, 16, 7, 30).ms); /* Sunday moves on */
}

/* ── repetition, groups, parents ─────────────────────────────────────────────────────────────── */

/* The fixture's plan is changed for one test; its steps are in an arena of its own. */
static struct plan_step *step_of(struct fixture *fixture, const char *code)
{
	const struct plan_ladder *ladder = decide_ladder(fixture->plan, &fixture->obligation);
	for (size_t i = 0; i < ladder->step_count; i++)
		if (strcmp(ladder->steps[i].code, code) == 0)
			return &ladder->steps[i];
	fail_msg("no step %s", code);
	return NULL;
}

static void test_a_repeated_step_comes_again_with_the_next_number(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_step *late = step_of(&fixture, "qua-han");
	late->every = 2;
	late->every_unit = OFFSET_WORKING_DAYS;
	late->times = 3;
	const struct store_step_done done[] = {
	    {"bao-truoc", 0}, {"nhac-lai", 0}, {"lan-cuoi", 0}, {"qua-han", 0}};
	fixture.obligation.steps_done = done;
	fixture.obligation.steps_done_count = COUNT_OF(done);
	struct store_decided decided = decide_at(&fixture, moment(6, 15, 7, 30));
	const struct store_decided_step *step = find_step(&decided, "qua-han", 1);
	assert_int_equal(step->occurrence, 1);
	assert_int_equal(step->moment.ms, moment(6, 15, 8, 0).ms);
	assert_int_equal(decided.wake_at.ms, moment(6, 16, 7, 30).ms); /* the office's digest */
}

static void test_a_claim_does_not_end_a_ladder_that_waits_for_the_paper(void **state)
{
	(void)state;
	FIXTURE(fixture);
	((struct plan_ladder *)decide_ladder(fixture.plan, &fixture.obligation))->until_received =
	    true;
	fixture.obligation.state = OBLIGATION_CLAIMED;
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 7, 30));
	assert_true(decided.until_received);
	assert_true(find_step(&decided, "bao-truoc", 1)->send);
	fixture.obligation.state = OBLIGATION_RECEIVED;
	assert_int_equal(decide_at(&fixture, moment(5, 27, 7, 30)).step_count, 0);
}

static void test_a_step_to_a_group_speaks_to_each_member_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_group group = {.code = "G"};
	step_of(&fixture, "bao-truoc")->group = &group;
	struct store_contact members[] = {
	    {.person_id = 11, .phone = "+84900000011", .post = "leader", .unit_code = "A"},
	    {.person_id = 11, .phone = "+84900000011", .post = "leader", .unit_code = "B"},
	    {.person_id = 12, .phone = "", .post = "leader", .unit_code = "C"},
	    {.person_id = 13, .phone = "+84900000013", .post = "leader", .unit_code = "D"},
	};
	struct store_group_members groups = {"G", members, COUNT_OF(members)};
	fixture.obligation.groups = &groups;
	fixture.obligation.group_count = 1;
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 7, 30));
	assert_int_equal(decided.step_count, 2);
	assert_true(find_step(&decided, "bao-truoc", 11)->send);
	assert_true(find_step(&decided, "bao-truoc", 13)->send);
	groups.count = 0;
	decided = decide_at(&fixture, moment(5, 27, 7, 30));
	assert_int_equal(decided.step_count, 1);
	assert_reason(find_step(&decided, "bao-truoc", 0), "no-recipient");
}

static void test_a_step_to_the_parent_leaves_the_unit_s_own_people_alone(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_step *step = step_of(&fixture, "bao-truoc");
	add_contact(&fixture, "leader", "+84900000002");
	add_contact(&fixture, "leader", "+84900000003");
	fixture.contacts[2].unit_code = "HUYEN";
	fixture.obligation.parent_code = "HUYEN";
	step->to = POST_LEADER;
	struct store_decided decided = decide_at(&fixture, moment(5, 27, 7, 30));
	assert_int_equal(decided.step_count, 1);
	assert_int_equal(decided.steps[0].person_id, 2);
	step->to_parent = true;
	decided = decide_at(&fixture, moment(5, 27, 7, 30));
	assert_int_equal(decided.step_count, 1);
	assert_int_equal(decided.steps[0].person_id, 3);
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
	    cmocka_unit_test(test_an_event_reminds_without_a_deadline),
	    cmocka_unit_test(test_a_repeated_step_comes_again_with_the_next_number),
	    cmocka_unit_test(test_a_claim_does_not_end_a_ladder_that_waits_for_the_paper),
	    cmocka_unit_test(test_a_step_to_a_group_speaks_to_each_member_once),
	    cmocka_unit_test(test_a_step_to_the_parent_leaves_the_unit_s_own_people_alone),
	};
	return cmocka_run_group_tests_name("scheduler/decide", tests, NULL, NULL);
}
