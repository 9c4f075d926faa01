/*
 * Owns: tests of promises in the scheduler: silence, one nudge, what stands in its way.
 * May use: scheduler/decide.h, scheduler/promise.h, document/, cmocka.
 * Must not know: the store, the loop.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"
#include "scheduler/decide.h"

static const char *text(const char *language, const char *name, void *arg)
{
	(void)arg;
	assert_string_equal(language, "vi");
	assert_string_equal(name, "reminder-promise");
	return "{office}: {person} hẹn gửi {report} của {unit} {promised}, chưa nhận được";
}

/* Promised by the reporter, for a day of June 2020. */
static void promise(struct fixture *fixture, int day)
{
	static const struct store_step_done done[] = {{"bao-truoc", 0}};
	fixture->policy.text = text;
	fixture->obligation.promised_day = civil_day(2020, 6, day);
	fixture->obligation.promises = 2;
	fixture->obligation.promised_by_id = 1;
	fixture->obligation.promised_by = "Nông Thị Hoa";
	fixture->obligation.steps_done = done;
	fixture->obligation.steps_done_count = 1;
}

static struct store_decided decide_at(struct fixture *fixture, struct wall now)
{
	struct store_decided out;
	decide_obligation(
	    fixture->arena, &fixture->policy, fixture->plan, &fixture->obligation, now, &out);
	return out;
}

static void test_a_step_before_the_end_of_the_promised_day_is_skipped(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 4);
	struct store_decided decided = decide_at(&fixture, moment(6, 3, 8, 0));
	assert_int_equal(decided.step_count, 1);
	assert_string_equal(decided.steps[0].step, "nhac-lai");
	assert_string_equal(decided.steps[0].reason, "promised");
	assert_false(decided.steps[0].send);
	assert_int_equal(decided.wake_at.ms, moment(6, 5, 7, 30).ms);
}

static void test_the_nudge_quotes_the_promise_at_the_first_allowed_moment(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 5); /* a Friday: the first allowed moment is Monday's */
	fixture.obligation.steps_done =
	    (const struct store_step_done[]){{"bao-truoc", 0}, {"nhac-lai", 0}};
	fixture.obligation.steps_done_count = 2;
	struct store_decided decided = decide_at(&fixture, moment(6, 5, 12, 0));
	assert_int_equal(decided.step_count, 0);
	assert_int_equal(decided.wake_at.ms, moment(6, 8, 7, 30).ms);
	decided = decide_at(&fixture, moment(6, 8, 7, 30));
	assert_int_equal(decided.step_count, 1);
	const struct store_decided_step *step = &decided.steps[0];
	assert_string_equal(step->step, "promise");
	assert_int_equal(step->occurrence, 2);
	assert_true(step->send);
	assert_int_equal(step->moment.ms, moment(6, 8, 7, 30).ms);
	assert_int_equal(decided.wake_at.ms, moment(6, 9, 7, 30).ms); /* the last call */
}

static void test_there_is_one_nudge(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 4);
	fixture.obligation.steps_done =
	    (const struct store_step_done[]){{"bao-truoc", 0}, {"nhac-lai", 0}};
	fixture.obligation.steps_done_count = 2;
	fixture.obligation.promise_nudged = true;
	struct store_decided decided = decide_at(&fixture, moment(6, 5, 9, 0));
	assert_int_equal(decided.step_count, 0);
	assert_int_equal(decided.wake_at.ms, moment(6, 9, 7, 30).ms);
}

static void test_the_last_call_takes_the_place_of_a_nudge_of_its_day(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 8);
	fixture.obligation.steps_done =
	    (const struct store_step_done[]){{"bao-truoc", 0}, {"nhac-lai", 0}};
	fixture.obligation.steps_done_count = 2;
	struct store_decided decided = decide_at(&fixture, moment(6, 9, 7, 30));
	assert_int_equal(decided.step_count, 2);
	assert_string_equal(decided.steps[0].step, "lan-cuoi");
	assert_true(decided.steps[0].send);
	assert_int_equal(decided.steps[0].moment.ms, moment(6, 9, 8, 0).ms);
	assert_string_equal(decided.steps[1].step, "promise");
	assert_string_equal(decided.steps[1].reason, "superseded");
}

static void test_on_the_nudges_day_the_reporter_hears_nothing_else(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 10);
	fixture.obligation.deadline = moment(6, 10, 0, 0);
	fixture.obligation.steps_done =
	    (const struct store_step_done[]){{"bao-truoc", 0}, {"nhac-lai", 0}, {"lan-cuoi", 0}};
	fixture.obligation.steps_done_count = 3;
	struct store_decided decided = decide_at(&fixture, moment(6, 11, 8, 0));
	assert_int_equal(decided.step_count, 2);
	assert_string_equal(decided.steps[0].step, "qua-han");
	assert_string_equal(decided.steps[0].reason, "promised");
	assert_string_equal(decided.steps[1].step, "promise");
	assert_true(decided.steps[1].send);
}

static void test_who_promised_is_nudged_else_who_stands_in(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_contact(&fixture, "reporter", "+84900000002");
	add_contact(&fixture, "deputy", "+84900000003");
	promise(&fixture, 4);
	fixture.obligation.steps_done =
	    (const struct store_step_done[]){{"bao-truoc", 0}, {"nhac-lai", 0}};
	fixture.obligation.steps_done_count = 2;
	struct store_decided decided = decide_at(&fixture, moment(6, 5, 7, 30));
	assert_int_equal(decided.step_count, 1);
	assert_int_equal(decided.steps[0].person_id, 1);
	fixture.contacts[0].suspended = fixture.contacts[1].suspended = true;
	fixture.contacts[2].name = "Lý Văn Bình";
	decided = decide_at(&fixture, moment(6, 5, 7, 30));
	assert_int_equal(decided.step_count, 1);
	assert_int_equal(decided.steps[0].person_id, 3);
	assert_string_equal(decided.steps[0].reason, "reporter-unreachable");
}

static void test_a_claim_ends_it_all(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promise(&fixture, 4);
	fixture.obligation.state = OBLIGATION_CLAIMED;
	struct store_decided decided = decide_at(&fixture, moment(6, 5, 7, 30));
	assert_int_equal(decided.step_count, 0);
	assert_int_equal(decided.wake_at.ms, WALL_NEVER.ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_step_before_the_end_of_the_promised_day_is_skipped),
	    cmocka_unit_test(test_the_nudge_quotes_the_promise_at_the_first_allowed_moment),
	    cmocka_unit_test(test_there_is_one_nudge),
	    cmocka_unit_test(test_the_last_call_takes_the_place_of_a_nudge_of_its_day),
	    cmocka_unit_test(test_on_the_nudges_day_the_reporter_hears_nothing_else),
	    cmocka_unit_test(test_who_promised_is_nudged_else_who_stands_in),
	    cmocka_unit_test(test_a_claim_ends_it_all),
	};
	return cmocka_run_group_tests_name("scheduler/promise", tests, NULL, NULL);
}
