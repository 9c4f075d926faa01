/*
 * Owns: tests of texts that say several things: what is done together, what is not, one answer.
 * May use: replies/replies.h, document/, cmocka.
 * Must not know: SQL, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

/* One statement: an intent about the obligation with this id. */
struct statement {
	enum intent intent;
	int confidence;
	int64_t id;
	const char *number, *day;
};

static const struct reply_decision *decide_all(
    struct fixture *fixture, const struct statement *statements, size_t count)
{
	struct reading *items = arena_alloc(fixture->arena, count * sizeof *items);
	for (size_t i = 0; i < count; i++) {
		int64_t *ids = arena_alloc(fixture->arena, sizeof *ids);
		ids[0] = statements[i].id;
		items[i] = (struct reading){.intent = statements[i].intent,
		    .confidence = statements[i].confidence,
		    .obligations = ids,
		    .obligation_count = 1,
		    .document_number = statements[i].number,
		    .sent_on = WALL_NEVER,
		    .promised =
			statements[i].day != NULL ? moment_of(statements[i].day) : WALL_NEVER,
		    .day_is_sure = statements[i].day != NULL,
		    .evidence = ""};
	}
	fixture->readings = (struct readings){.items = items, .count = count, .said = count};
	return decide(fixture);
}

static struct store_known_obligation *add_nam(struct fixture *fixture)
{
	return add_open(fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
}

static void test_sent_and_not_yet_in_one_text_are_both_acted_on(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_nam(&fixture);
	const struct reply_decision *decision = decide_all(&fixture,
	    (const struct statement[]){
		{INTENT_CONFIRM, 100, 1, "45/BC-UBND", NULL}, {INTENT_NOT_YET, 100, 2, NULL, NULL}},
	    2);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 1);
	assert_string_equal(decision->settled_as, "acted");
	assert_answer(decision, "số 45/BC-UBND");
	assert_answer(decision, "báo cáo năm");
}

static void test_two_claims_are_read_back_in_one_part(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_nam(&fixture);
	const struct statement both[] = {{INTENT_CONFIRM, 100, 1, "45/BC-UBND", NULL},
	    {INTENT_CONFIRM, 100, 2, "46/BC-UBND", NULL}};
	const struct reply_decision *decision = decide_all(&fixture, both, 2);
	assert_int_equal(decision->change_count, 2);
	assert_string_equal(decision->answer,
	    "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND. Đã ghi: báo cáo năm, "
	    "Xã Phong Nậm, số 46/BC-UBND. Sai? Nhắn HUY");
	assert_true(fits_one_part(decision->answer));

	for (size_t i = 0; i < 2; i++)
		fixture.obligations[i].unit_name = "Phòng Văn hóa và Thông tin huyện Trùng Khánh";
	decision = decide_all(&fixture, both, 2);
	assert_string_equal(decision->answer,
	    "Đã ghi 6T Phòng Văn hóa và Thông tin huyện Trùng Khánh, số 45/BC-UBND. Đã ghi NAM "
	    "Phòng Văn hóa và Thông tin huyện Trùng Khánh, số 46/BC-UBND. Sai? Nhắn HUY");
	assert_true(fits_one_part(decision->answer));
}

static void test_a_second_question_is_not_asked_but_given_to_the_office(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_nam(&fixture);
	const struct reply_decision *decision = decide_all(&fixture,
	    (const struct statement[]){{INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, 1, NULL, NULL},
		{INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, 2, NULL, NULL}},
	    2);
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->question->choices[0], 1);
	assert_string_equal(decision->settled_as, "task");
	assert_string_equal(decision->task->kind, "question-not-asked");
	assert_int_equal(decision->task->obligation_id, 2);
	assert_answer(decision, "Đã gửi báo cáo 6 tháng, Xã Phong Nậm? Nhắn 1 đúng, 2 sai");
	assert_answer(decision, "Việc còn lại đã chuyển văn phòng");
	assert_null(strstr(decision->answer, "NAM"));
	assert_true(fits_one_part(decision->answer));
}

static void test_a_second_question_about_later_leaves_the_reminder(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_nam(&fixture);
	const struct reply_decision *decision = decide_all(&fixture,
	    (const struct statement[]){{INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, 1, NULL, NULL},
		{INTENT_NOT_YET, CONFIDENCE_PLAUSIBLE, 2, NULL, "2020-06-05T00:00"}},
	    2);
	assert_non_null(decision->question);
	assert_int_equal(decision->question->intent, INTENT_CONFIRM);
	assert_int_equal(decision->change_count, 0);
	assert_null(decision->task);
	assert_answer(decision, "Việc còn lại chưa ghi, vẫn nhắc như thường");
}

static void test_two_changes_of_one_report_are_not_made(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	const struct reply_decision *decision = decide_all(&fixture,
	    (const struct statement[]){{INTENT_CONFIRM, 100, 1, "45/BC-UBND", NULL},
		{INTENT_NOT_YET, 100, 1, NULL, "2020-06-05T00:00"}},
	    2);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_CLAIM);
	assert_string_equal(decision->task->kind, "question-not-asked");
	assert_answer(decision, "Việc còn lại đã chuyển văn phòng");
}

static void test_two_requests_for_time_do_not_share_a_number(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "TK10", "PHONG-NAM", "Xã Phong Nậm", "2020-06-12");
	const struct reply_decision *decision = decide_all(&fixture,
	    (const struct statement[]){{INTENT_EXTENSION_REQUEST, 100, 1, NULL, "2020-06-22T00:00"},
		{INTENT_EXTENSION_REQUEST, 100, 2, NULL, "2020-06-23T00:00"}},
	    2);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_REQUEST);
	assert_string_equal(decision->task->kind, "question-not-asked");
}

/* ── HUY of what one text claimed ────────────────────────────────────────────────────────────── */

static void claim_both(struct fixture *fixture, int64_t first_text, int64_t second_text)
{
	struct store_known_obligation *six = add_6t(fixture), *annual = add_nam(fixture);
	make_claimed(six, "45/BC-UBND", "2020-06-01T08:00", true);
	make_claimed(annual, NULL, "2020-06-01T08:00", true);
	six->claimed_inbound_id = first_text;
	annual->claimed_inbound_id = second_text;
}

static void test_huy_undoes_all_that_one_text_claimed(void **state)
{
	(void)state;
	for (int listed = 1; listed <= 2; listed++) {
		FIXTURE(fixture);
		claim_both(&fixture, 480, 480);
		read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, listed == 1 ? "2" : "21");
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 2);
		assert_int_equal(decision->changes[0].action, LEDGER_UNDO);
		assert_int_equal(decision->changes[1].action, LEDGER_UNDO);
		assert_answer(decision, "báo cáo 6 tháng");
		assert_answer(decision, "báo cáo năm");
		assert_int_equal(decision->opt, 0);
	}
}

static void test_huy_that_names_a_report_undoes_that_one(void **state)
{
	(void)state;
	FIXTURE(fixture);
	claim_both(&fixture, 480, 480);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "2");
	fixture.reading.report_code = "NAM";
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 2);
}

static void test_huy_asks_when_several_texts_claimed(void **state)
{
	(void)state;
	FIXTURE(fixture);
	claim_both(&fixture, 480, 481);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "21");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_answer(decision, "Hủy báo cáo nào?");
}

static void test_huy_is_not_about_what_the_office_has_long_held(void **state)
{
	(void)state;
	static const struct {
		const char *claimed, *named;
		bool refused;
	} cases[] = {
	    {"2020-05-29T10:00", NULL, true}, /* Friday: still in time, had it not come */
	    {"2020-05-20T10:00", NULL, false},
	    {"2020-05-20T10:00", "6T", true},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct store_known_obligation *obligation = add_6t(&fixture);
		make_claimed(obligation, "45/BC-UBND", cases[i].claimed, true);
		obligation->state = OBLIGATION_RECEIVED;
		read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
		fixture.reading.report_code = cases[i].named;
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_answer(decision, cases[i].refused ? "Không hủy được" : "Không có gì để hủy");
		assert_int_equal(decision->task != NULL, cases[i].refused);
	}
}

static void test_huy_behind_a_doubt_drops_that_and_no_earlier_claim(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	make_claimed(add_nam(&fixture), "40/BC-UBND", "2020-06-01T08:00", true);
	ask_about(&fixture, INTENT_CONFIRM, "10");
	fixture.context.question.document_number = "45/BC-UBND";
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "2");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_true(decision->close_question);
	assert_answer(decision, "Chưa ghi 6T, Xã Phong Nậm");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sent_and_not_yet_in_one_text_are_both_acted_on),
	    cmocka_unit_test(test_two_claims_are_read_back_in_one_part),
	    cmocka_unit_test(test_a_second_question_is_not_asked_but_given_to_the_office),
	    cmocka_unit_test(test_a_second_question_about_later_leaves_the_reminder),
	    cmocka_unit_test(test_two_changes_of_one_report_are_not_made),
	    cmocka_unit_test(test_two_requests_for_time_do_not_share_a_number),
	    cmocka_unit_test(test_huy_undoes_all_that_one_text_claimed),
	    cmocka_unit_test(test_huy_that_names_a_report_undoes_that_one),
	    cmocka_unit_test(test_huy_asks_when_several_texts_claimed),
	    cmocka_unit_test(test_huy_is_not_about_what_the_office_has_long_held),
	    cmocka_unit_test(test_huy_behind_a_doubt_drops_that_and_no_earlier_claim),
	};
	return cmocka_run_group_tests_name("replies/several", tests, NULL, NULL);
}
