/*
 * Owns: tests of DUYET and KHONG, and of answers about events.
 * May use: the fixture, cmocka.
 * Must not know: modems, SQL.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

/* The sender is the coordinator of the owner. */
static void sit_in_the_office(struct fixture *fixture)
{
	fixture->people[0].post = "coordinator";
	fixture->people[0].unit_code = "PLDTBXH";
}

static void add_request(struct fixture *fixture, int number, const char *unit_name)
{
	struct store_known_request *request = &fixture->requests[fixture->context.request_count++];
	*request = (struct store_known_request){
	    .id = 100 + number,
	    .number = number,
	    .asked_day = civil_day(2020, 6, 12),
	    .asked_by_id = 50 + number,
	    .asked_by = "Nông Thị An",
	    .address = "+84900000077",
	    .language = "vi",
	    .channel = "modem",
	    .obligation =
		{
		    .id = number,
		    .revision = 4,
		    .kind = "report",
		    .plan_code = "TK-2020",
		    .report_code = "6T",
		    .period = "2020",
		    .unit_code = "X",
		    .unit_name = unit_name,
		    .named = civil_day(2020, 6, 10),
		    .deadline = civil_moment(civil_day(2020, 6, 10), 0, ZONE),
		    .request_id = 100 + number,
		    .request_number = number,
		    .requested_day = civil_day(2020, 6, 12),
		},
	};
}

static void decide_on(struct fixture *fixture, enum intent intent, int first, int second)
{
	read_as(fixture, intent, CONFIDENCE_SURE, "");
	fixture->reading.number_count = 0;
	const int numbers[] = {first, second};
	for (size_t i = 0; i < 2 && numbers[i] != 0; i++)
		fixture->reading.numbers[fixture->reading.number_count++] = numbers[i];
	decide(fixture);
}

static void test_an_approval_moves_the_deadline_and_tells_the_requester(void **state)
{
	(void)state;
	FIXTURE(fixture);
	sit_in_the_office(&fixture);
	add_request(&fixture, 3, "Xã Ngọc Côn");
	decide_on(&fixture, INTENT_APPROVE, 3, 0);
	const struct reply_decision *decision = &fixture.decision;
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_EXTEND);
	assert_int_equal(decision->changes[0].request_id, 103);
	assert_int_equal(decision->changes[0].revision, 4);
	assert_int_equal(
	    decision->changes[0].deadline.ms, civil_moment(civil_day(2020, 6, 13), 0, ZONE).ms);
	assert_answer(decision, "Đã duyệt lùi hạn: 3 6T Xã Ngọc Côn 12/6");
	assert_int_equal(decision->message_count, 1);
	assert_string_equal(decision->messages[0].address, "+84900000077");
	assert_string_equal(decision->messages[0].key, "decision:103");
	assert_non_null(strstr(decision->messages[0].text,
	    "được lùi báo cáo 6 tháng, Xã Ngọc Côn đến hết thứ Sáu 12/6"));
	assert_true(fits_one_part(decision->messages[0].text));
}

static void test_a_refusal_leaves_the_deadline_and_tells_the_requester(void **state)
{
	(void)state;
	FIXTURE(fixture);
	sit_in_the_office(&fixture);
	add_request(&fixture, 3, "Xã Ngọc Côn");
	decide_on(&fixture, INTENT_REFUSE, 0, 0); /* bare: the only one */
	assert_int_equal(fixture.decision.changes[0].action, LEDGER_REFUSE);
	assert_int_equal(fixture.decision.changes[0].request_id, 103);
	assert_non_null(strstr(fixture.decision.messages[0].text, "không lùi hạn báo cáo 6 tháng"));
	assert_non_null(strstr(fixture.decision.messages[0].text, "Hạn vẫn là thứ Ba 9/6"));
}

static void test_several_are_decided_by_their_numbers_or_all_at_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	sit_in_the_office(&fixture);
	add_request(&fixture, 1, "Xã A");
	add_request(&fixture, 3, "Xã B");
	add_request(&fixture, 4, "Xã C");
	decide_on(&fixture, INTENT_APPROVE, 3, 4);
	assert_int_equal(fixture.decision.change_count, 2);
	assert_int_equal(fixture.decision.message_count, 2);
	decide_on(&fixture, INTENT_APPROVE, 3, 3);
	assert_int_equal(fixture.decision.change_count, 1);
	fixture.reading.number_count = 0;
	fixture.reading.all = true;
	assert_int_equal(decide(&fixture)->change_count, 3);
}

static void test_what_is_not_clear_decides_nothing_and_lists_what_waits(void **state)
{
	(void)state;
	FIXTURE(fixture);
	sit_in_the_office(&fixture);
	add_request(&fixture, 1, "Xã A");
	add_request(&fixture, 3, "Xã B");
	static const int numbers[][2] = {{0, 0}, {9, 0}, {1, 9}};
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		decide_on(&fixture, INTENT_APPROVE, numbers[i][0], numbers[i][1]);
		assert_int_equal(fixture.decision.change_count, 0);
		assert_int_equal(fixture.decision.message_count, 0);
		assert_answer(&fixture.decision, "Chờ duyệt: 1 6T Xã A 12/6, 3 6T Xã B 12/6");
	}
	decide_on(&fixture, INTENT_APPROVE, 3, 0);
	fixture.reading.confidence = CONFIDENCE_PLAUSIBLE;
	assert_int_equal(decide(&fixture)->change_count, 0);
}

static void test_nothing_waits_is_said(void **state)
{
	(void)state;
	FIXTURE(fixture);
	sit_in_the_office(&fixture);
	decide_on(&fixture, INTENT_APPROVE, 3, 0);
	assert_int_equal(fixture.decision.change_count, 0);
	assert_answer(&fixture.decision, "Không có đề nghị lùi hạn nào đang chờ");
}

static void test_only_the_approvers_post_at_the_owner_is_obeyed(void **state)
{
	(void)state;
	static const char *const posts[][2] = {{"reporter", "PLDTBXH"}, {"leader", "PLDTBXH"},
	    {"coordinator", "PHONG-NAM"}, {"reporter", "PHONG-NAM"}};
	for (size_t i = 0; i < COUNT_OF(posts); i++) {
		FIXTURE(fixture);
		fixture.people[0].post = posts[i][0];
		fixture.people[0].unit_code = posts[i][1];
		add_request(&fixture, 3, "Xã Ngọc Côn");
		decide_on(&fixture, INTENT_APPROVE, 3, 0);
		assert_int_equal(fixture.decision.change_count, 0);
		assert_int_equal(fixture.decision.message_count, 0);
		assert_string_equal(fixture.decision.task->kind, "not-approver");
	}
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────── */

static void add_event(struct fixture *fixture, bool asks)
{
	fixture->plans[0]->events[0].attendance = asks;
	struct store_known_obligation *part =
	    add_open(fixture, "THD", "PHONG-NAM", "Xã Phong Nậm", "2020-11-15");
	part->kind = "event";
	part->deadline = WALL_NEVER;
}

static void test_an_answer_about_an_event_is_recorded_and_read_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_event(&fixture, true);
	read_as(&fixture, INTENT_ATTEND, CONFIDENCE_SURE, "");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_ATTEND);
	assert_answer(decision, "Đã ghi: Xã Phong Nậm dự Tháng hành động vì bình đẳng giới. Sai?");
	read_as(&fixture, INTENT_ABSENT, CONFIDENCE_SURE, "1");
	decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_ABSENT);
	assert_answer(decision, "Xã Phong Nậm vắng Tháng hành động");
}

static void test_an_event_that_asks_for_nothing_or_is_over_is_for_a_person(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_event(&fixture, false);
	read_as(&fixture, INTENT_ATTEND, CONFIDENCE_SURE, "");
	assert_string_equal(decide(&fixture)->task->kind, "attend");
	fixture.plans[0]->events[0].attendance = true;
	fixture.offer.now = moment_of("2020-12-16T08:00");
	assert_int_equal(decide(&fixture)->change_count, 0);
}

static void test_two_parts_in_an_event_are_asked_about(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_event(&fixture, true);
	add_event(&fixture, true);
	fixture.obligations[1].unit_name = "Xã Đình Phong";
	fixture.obligations[1].unit_code = "DINH-PHONG";
	read_as(&fixture, INTENT_ATTEND, CONFIDENCE_SURE, "");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_answer(decision, "Sự kiện nào? Nhắn một số: 1 THD Xã Phong Nậm, 2 THD Xã Đình");
	ask_about(&fixture, INTENT_ATTEND, "12");
	read_as(&fixture, INTENT_ATTEND, CONFIDENCE_SURE, "12");
	assert_int_equal(decide(&fixture)->change_count, 2);
}

static void test_yes_or_absent_is_asked_how(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_event(&fixture, true);
	read_as(&fixture, INTENT_ATTEND, CONFIDENCE_PLAUSIBLE, "");
	assert_answer(decide(&fixture), "nhắn THAM GIA hoặc VANG MAT");
	assert_int_equal(fixture.decision.change_count, 0);
}

static void test_huy_takes_the_answer_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_event(&fixture, true);
	fixture.obligations[0].attendance = ATTENDANCE_COMING;
	fixture.obligations[0].attendance_at = moment_of("2020-06-01T08:00");
	fixture.obligations[0].attendance_by_sender = true;
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
	assert_int_equal(decide(&fixture)->changes[0].action, LEDGER_UNANSWER);
	assert_answer(&fixture.decision, "chưa trả lời về Tháng hành động");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_approval_moves_the_deadline_and_tells_the_requester),
	    cmocka_unit_test(test_a_refusal_leaves_the_deadline_and_tells_the_requester),
	    cmocka_unit_test(test_several_are_decided_by_their_numbers_or_all_at_once),
	    cmocka_unit_test(test_what_is_not_clear_decides_nothing_and_lists_what_waits),
	    cmocka_unit_test(test_nothing_waits_is_said),
	    cmocka_unit_test(test_only_the_approvers_post_at_the_owner_is_obeyed),
	    cmocka_unit_test(test_an_answer_about_an_event_is_recorded_and_read_back),
	    cmocka_unit_test(test_an_event_that_asks_for_nothing_or_is_over_is_for_a_person),
	    cmocka_unit_test(test_two_parts_in_an_event_are_asked_about),
	    cmocka_unit_test(test_yes_or_absent_is_asked_how),
	    cmocka_unit_test(test_huy_takes_the_answer_back),
	};
	return cmocka_run_group_tests_name("replies/decisions", tests, NULL, NULL);
}
