/*
 * Owns: tests of promises and requests for more time, and of taking them back.
 * May use: the fixture, cmocka.
 * Must not know: modems, SQL.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

static void say(struct fixture *fixture, enum intent intent, const char *ids, const char *day)
{
	read_as(fixture, intent, CONFIDENCE_SURE, ids);
	fixture->reading.promised = moment_of(day);
	fixture->reading.day_is_sure = true;
}

static void test_a_day_in_time_is_recorded_and_read_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_string_equal(decision->settled_as, "acted");
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_PROMISE);
	assert_int_equal(decision->changes[0].day.number, civil_day(2020, 6, 4).number);
	assert_answer(
	    decision, "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm hẹn gửi thứ Năm 4/6. Gửi xong");
	assert_true(fits_one_part(decision->answer));
	assert_null(decision->task);
}

static void test_an_unclear_promise_asks_even_about_one_report(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	fixture.reading.day_is_sure = false;
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_answer(decision, "Hẹn thứ Năm 4/6 gửi báo cáo nào? Nhắn một số: 1 6T Xã Phong Nậm");
	assert_int_equal(decision->question->intent, INTENT_NOT_YET);
	assert_int_equal(decision->question->day.number, civil_day(2020, 6, 4).number);
}

static void test_a_promise_about_several_reports_is_one_question(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->question->count, 2);
	/* "1", then "cả 2" */
	ask_about(&fixture, INTENT_NOT_YET, "12");
	say(&fixture, INTENT_NOT_YET, "1", "2020-06-04T00:00");
	assert_int_equal(decide(&fixture)->change_count, 1);
	say(&fixture, INTENT_NOT_YET, "12", "2020-06-04T00:00");
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 2);
	assert_true(decision->close_question);
}

static void test_what_was_reminded_of_is_what_is_promised(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	fixture.obligations[0].reminded = true;
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	assert_int_equal(decide(&fixture)->changes[0].obligation_id, 1);
}

static void test_a_day_gone_by_or_no_day_is_asked_for(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_NOT_YET, "", "2020-05-30T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_answer(decision, "ngày nào?");
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->question->count, 1);
	read_as(&fixture, INTENT_NOT_YET, CONFIDENCE_SURE, "");
	fixture.reading.promised = WALL_NEVER;
	fixture.reading.day_is_vague = true;
	assert_answer(decide(&fixture), "ngày nào?");
	read_as(&fixture, INTENT_EXTENSION_REQUEST, CONFIDENCE_SURE, "");
	decision = decide(&fixture);
	assert_answer(decision, "Xin lùi báo cáo 6 tháng, Xã Phong Nậm đến ngày nào?");
	assert_int_equal(decision->question->intent, INTENT_EXTENSION_REQUEST);
}

static void test_the_same_promise_again_changes_nothing(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture)->promised_day = civil_day(2020, 6, 4);
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	assert_int_equal(decide(&fixture)->change_count, 0);
	assert_answer(&fixture.decision, "hẹn gửi thứ Năm 4/6");
}

static void test_a_third_promise_in_a_row_is_for_the_office(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture)->promises_in_row = 2;
	say(&fixture, INTENT_NOT_YET, "", "2020-06-04T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_string_equal(decision->task->kind, "promise-again");
	assert_answer(decision, "đã hẹn nhiều lần");
}

/* ── more time ───────────────────────────────────────────────────────────────────────────────── */

static void test_a_request_goes_to_the_approver_with_its_number(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_EXTENSION_REQUEST, "", "2020-06-12T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_REQUEST);
	assert_int_equal(decision->changes[0].request_number, 3);
	assert_answer(decision, "báo cáo 6 tháng, Xã Phong Nậm xin lùi đến thứ Sáu 12/6");
	assert_null(decision->task);
	assert_int_equal(decision->message_count, 1);
	assert_string_equal(decision->messages[0].address, APPROVER);
	assert_int_equal(decision->messages[0].purpose, PURPOSE_TASK);
	assert_string_equal(decision->messages[0].text,
	    "P.LĐTBXH Trùng Khánh: Xã Phong Nậm xin lùi báo cáo 6 tháng đến thứ Sáu 12/6. "
	    "Nhắn: DUYET 3 hoặc KHONG 3");
}

static void test_a_promise_past_the_deadline_is_a_request_and_says_so(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_NOT_YET, "", "2020-06-10T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_REQUEST);
	assert_answer(decision, "thứ Tư 10/6 sau hạn thứ Ba 9/6: đã chuyển thành xin lùi");
	assert_true(fits_one_part(decision->answer));
}

static void test_a_request_for_a_day_in_time_is_a_promise(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_EXTENSION_REQUEST, "", "2020-06-09T00:00");
	assert_int_equal(decide(&fixture)->changes[0].action, LEDGER_PROMISE);
}

static void test_without_an_approver_the_request_is_a_task_too(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	fixture.office[0].post = "reporter";
	say(&fixture, INTENT_EXTENSION_REQUEST, "", "2020-06-12T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->message_count, 0);
	assert_string_equal(decision->task->kind, "extension-request");
}

static void test_a_request_that_waits_is_not_opened_again(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_known_obligation *report = add_6t(&fixture);
	report->request_id = 77;
	report->requested_day = civil_day(2020, 6, 12);
	say(&fixture, INTENT_EXTENSION_REQUEST, "", "2020-06-15T00:00");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->message_count, 0);
	assert_answer(decision, "đã xin lùi đến thứ Sáu 12/6");
}

static void test_a_year_of_more_time_is_for_a_person(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	say(&fixture, INTENT_EXTENSION_REQUEST, "", "2021-07-12T00:00");
	assert_int_equal(decide(&fixture)->change_count, 0);
	assert_string_equal(fixture.decision.task->kind, "extension-request");
}

/* ── HUY ─────────────────────────────────────────────────────────────────────────────────────── */

static void promised(struct store_known_obligation *report, const char *at)
{
	report->promised_day = civil_day(2020, 6, 4);
	report->promised_at = moment_of(at);
	report->promised_by_sender = true;
}

static void test_huy_takes_back_what_was_recorded_last(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_known_obligation *report = add_6t(&fixture);
	promised(report, "2020-06-01T08:00");
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_UNPROMISE);
	assert_answer(decision, "Đã hủy ngày hẹn");
	report->request_id = 77;
	report->requested_at = moment_of("2020-06-01T08:30");
	report->requested_by_sender = true;
	decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_WITHDRAW);
	assert_int_equal(decision->changes[0].request_id, 77);
}

static void test_huy_after_a_claim_undoes_the_claim(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promised(add_6t(&fixture), "2020-06-01T08:00");
	make_claimed(add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10"), NULL,
	    "2020-06-01T08:30", true);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "21");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_UNDO);
	/* A promise that followed the claim goes first. */
	fixture.obligations[0].promised_at = moment_of("2020-06-01T08:45");
	decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_UNPROMISE);
}

static void test_huy_does_not_take_back_what_another_promised(void **state)
{
	(void)state;
	FIXTURE(fixture);
	promised(add_6t(&fixture), "2020-06-01T08:00");
	fixture.obligations[0].promised_by_sender = false;
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
	assert_int_equal(decide(&fixture)->change_count, 0);
	assert_answer(&fixture.decision, "Không có gì để hủy");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_day_in_time_is_recorded_and_read_back),
	    cmocka_unit_test(test_an_unclear_promise_asks_even_about_one_report),
	    cmocka_unit_test(test_a_promise_about_several_reports_is_one_question),
	    cmocka_unit_test(test_what_was_reminded_of_is_what_is_promised),
	    cmocka_unit_test(test_a_day_gone_by_or_no_day_is_asked_for),
	    cmocka_unit_test(test_the_same_promise_again_changes_nothing),
	    cmocka_unit_test(test_a_third_promise_in_a_row_is_for_the_office),
	    cmocka_unit_test(test_a_request_goes_to_the_approver_with_its_number),
	    cmocka_unit_test(test_a_promise_past_the_deadline_is_a_request_and_says_so),
	    cmocka_unit_test(test_a_request_for_a_day_in_time_is_a_promise),
	    cmocka_unit_test(test_without_an_approver_the_request_is_a_task_too),
	    cmocka_unit_test(test_a_request_that_waits_is_not_opened_again),
	    cmocka_unit_test(test_a_year_of_more_time_is_for_a_person),
	    cmocka_unit_test(test_huy_takes_back_what_was_recorded_last),
	    cmocka_unit_test(test_huy_after_a_claim_undoes_the_claim),
	    cmocka_unit_test(test_huy_does_not_take_back_what_another_promised),
	};
	return cmocka_run_group_tests_name("replies/later", tests, NULL, NULL);
}
