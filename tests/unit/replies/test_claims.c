/*
 * Owns: tests of what is done when a report is said to be sent, and when that is taken back.
 * May use: replies/replies.h, document/, cmocka.
 * Must not know: SQL, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

/* ── confirm ─────────────────────────────────────────────────────────────────────────────────── */

static void test_a_sure_claim_is_recorded_and_read_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.document_number = "45/BC-UBND";
	const struct reply_decision *decision = decide(&fixture);
	assert_string_equal(decision->settled_as, "acted");
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_CLAIM);
	assert_int_equal(decision->changes[0].obligation_id, 1);
	assert_int_equal(decision->changes[0].revision, 3);
	assert_int_equal(decision->changes[0].person_id, 7);
	assert_int_equal(decision->changes[0].inbound_id, 500);
	assert_string_equal(decision->changes[0].actor, SENDER);
	assert_string_equal(decision->changes[0].document_number, "45/BC-UBND");
	assert_string_equal(decision->answer,
	    "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND. Sai? Nhắn HUY");
	assert_null(decision->question);
	assert_null(decision->task);
	assert_false(decision->close_question);
}

static void test_what_is_claimed_already_changes_only_with_another_number(void **state)
{
	(void)state;
	static const struct {
		enum obligation_state from;
		const char *recorded, *given, *answer;
		int action; /* -1: no change */
	} cases[] = {
	    {OBLIGATION_CLAIMED, "45/BC-UBND", "45/BC-UBND", "không đổi gì: báo cáo 6 tháng", -1},
	    {OBLIGATION_CLAIMED, "45/BC-UBND", NULL, "giữ nguyên: báo cáo 6 tháng", -1},
	    {OBLIGATION_CLAIMED, NULL, NULL, "không đổi gì", -1},
	    {OBLIGATION_CLAIMED, "45/BC-UBND", "46/BC-UBND",
		"Đã sửa: báo cáo 6 tháng, Xã Phong Nậm, số 46/BC-UBND", LEDGER_CORRECT},
	    {OBLIGATION_CLAIMED, NULL, "46/BC-UBND", ", số 46/BC-UBND", LEDGER_CORRECT},
	    {OBLIGATION_RECEIVED, "45/BC-UBND", "46/BC-UBND", "số 45/BC-UBND", -1},
	    {OBLIGATION_WAIVED, NULL, "46/BC-UBND", "không đổi gì", -1},
	    {OBLIGATION_OPEN, NULL, NULL, "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm. Sai?",
		LEDGER_CLAIM},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct store_known_obligation *obligation = add_6t(&fixture);
		make_claimed(obligation, cases[i].recorded, "2020-05-29T10:00", true);
		obligation->state = cases[i].from;
		read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
		fixture.reading.document_number = cases[i].given;
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, cases[i].action >= 0);
		if (cases[i].action >= 0)
			assert_int_equal(decision->changes[0].action, cases[i].action);
		assert_answer(decision, cases[i].answer);
		assert_string_equal(decision->settled_as, "acted");
	}
}

static void test_an_uncertain_claim_asks_and_changes_nothing(void **state)
{
	(void)state;
	static const struct {
		int confidence;
		const char *ids, *answer;
		int count;
	} cases[] = {
	    {CONFIDENCE_PLAUSIBLE, "1", "số 70/BC-UBND? Nhắn 1 đúng, 2 sai", 2},
	    {CONFIDENCE_SURE - 1, "1", "Đã gửi báo cáo 6 tháng, Xã Phong Nậm", 2},
	    {CONFIDENCE_SURE - 1, "12", "1 6T Xã Phong Nậm, 2 6T Xã Đình Phong", 2},
	    {100, "21", "1 6T Xã Đình Phong, 2 6T Xã Phong Nậm", 2},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
		ask_about(&fixture, INTENT_CONFIRM, "123");
		fixture.reading.document_number = "70/BC-UBND";
		read_as(&fixture, INTENT_CONFIRM, cases[i].confidence, cases[i].ids);
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_string_equal(decision->settled_as, "asked");
		assert_answer(decision, cases[i].answer);
		assert_int_equal(decision->question->count, cases[i].count);
		assert_int_equal(decision->question->intent, INTENT_CONFIRM);
		assert_int_equal(decision->question->choices[0], cases[i].ids[0] - '0');
		assert_string_equal(decision->question->document_number, "70/BC-UBND");
		assert_int_equal(decision->question->until.ms, fixture.offer.now.ms + 48 * HOUR_MS);
	}
}

static void test_a_question_has_at_most_five_choices_and_fits_one_part(void **state)
{
	(void)state;
	static const char *const codes[] = {"6T", "TK10", "TK5", "NAM", "6T", "NAM", "TK5"};
	static const char *const long_name = "Phòng Tài nguyên-Môi trường và Khoáng sản";
	FIXTURE(fixture);
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		add_open(&fixture, codes[i], "TN", long_name, "2020-06-10")->period =
		    i < 4 ? "2019" : "2020";
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, "1234567");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->question->count, 5);
	assert_answer(decision, ": 1 6T 2019, 2 TK10, 3 TK5, 4 NAM, 5 6T 2020");
	assert_true(fits_one_part(decision->answer));

	/* Units that differ must be named, so fewer of them fit. */
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		fixture.obligations[i].unit_code = i % 2 == 0 ? "TN" : "KS";
	decision = decide(&fixture);
	assert_in_range(decision->question->count, 1, 2);
	assert_answer(decision, "1 6T 2019 Phòng Tài nguyên");
	assert_true(fits_one_part(decision->answer));
}

static void test_an_answer_to_the_question_acts_and_closes_it(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
	ask_about(&fixture, INTENT_CONFIRM, "12");
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "2");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 2);
	assert_true(decision->close_question);

	ask_about(&fixture, INTENT_CONFIRM, "12");
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "12"); /* "cả 2" */
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 2);
	assert_answer(decision, "Xã Phong Nậm");
	assert_answer(decision, "Xã Đình Phong");

	/* Meanwhile the office has received it: it is no longer in the offer. */
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "8");
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_true(decision->close_question);
	assert_answer(decision, "hết hạn");
}

static void test_a_report_that_is_not_known_to_be_owed_goes_to_the_office(void **state)
{
	(void)state;
	FIXTURE(fixture);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, "");
	const struct reply_decision *decision = decide(&fixture);
	assert_answer(decision, "Không có báo cáo nào đang chờ");
	assert_null(decision->task);

	add_6t(&fixture);
	decision = decide(&fixture);
	assert_answer(decision, "Đã chuyển tin cho " OFFICE);
	assert_string_equal(decision->task->kind, "confirm");
	assert_int_equal(decision->change_count, 0);
}

static void test_a_shared_number_speaks_for_the_one_who_holds_the_post(void **state)
{
	(void)state;
	static const struct {
		const char *posts[3], *units[3];
		int64_t person;
	} cases[] = {
	    {{"reporter", "reporter", NULL}, {"DINH-PHONG", "PHONG-NAM", NULL}, 102},
	    {{"leader", "reporter", "reporter"}, {"PHONG-NAM", "PHONG-NAM", "PHONG-NAM"}, 102},
	    {{"leader", "deputy", NULL}, {"DINH-PHONG", "PHONG-NAM", NULL}, 102},
	    {{"leader", NULL, NULL}, {"PHONG-NAM", NULL, NULL}, 101},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		fixture.context.person_count = 0;
		for (size_t p = 0; p < 3 && cases[i].posts[p] != NULL; p++)
			fixture.people[fixture.context.person_count++] =
			    (struct store_contact){.person_id = 101 + (int64_t)p,
				.name = "X",
				.post = cases[i].posts[p],
				.unit_code = cases[i].units[p]};
		read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
		assert_int_equal(decide(&fixture)->changes[0].person_id, cases[i].person);
	}
}

static void test_events_are_never_claimed(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_open(&fixture, "THD", "PHONG-NAM", "Xã Phong Nậm", "2020-11-15")->kind = "event";
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	assert_int_equal(decide(&fixture)->change_count, 0);
}

/* ── cancel ──────────────────────────────────────────────────────────────────────────────────── */

static void test_huy_undoes_until_the_end_of_the_next_working_day(void **state)
{
	(void)state;
	static const struct {
		const char *claimed, *now;
		bool by_sender, undone;
	} cases[] = {
	    {"2020-06-01T08:55", "2020-06-01T09:00", true, true},
	    {"2020-06-05T16:00", "2020-06-08T21:00", true, true}, /* Friday to Monday */
	    {"2020-06-05T16:00", "2020-06-09T00:00", true, false},
	    {"2020-06-01T08:55", "2020-06-01T09:00", false, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		fixture.offer.now = moment_of(cases[i].now);
		make_claimed(add_6t(&fixture), "45/BC-UBND", cases[i].claimed, cases[i].by_sender);
		read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, cases[i].undone);
		if (cases[i].undone) {
			assert_int_equal(decision->changes[0].action, LEDGER_UNDO);
			assert_null(decision->changes[0].document_number);
			assert_answer(decision, "Đã hủy: báo cáo 6 tháng, Xã Phong Nậm");
			assert_null(decision->task);
		} else {
			assert_answer(decision, "Không hủy được báo cáo 6 tháng");
			assert_string_equal(decision->task->kind, "undo-too-late");
			assert_int_equal(decision->task->obligation_id, 1);
		}
		assert_int_equal(decision->opt, 0);
	}
}

static void test_huy_is_about_the_newest_claim(void **state)
{
	(void)state;
	FIXTURE(fixture);
	make_claimed(add_6t(&fixture), "45/BC-UBND", "2020-06-01T08:00", true);
	make_claimed(add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10"), NULL,
	    "2020-06-01T08:30", true);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "21");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 2);
}

static void test_huy_drops_the_question_that_is_open(void **state)
{
	(void)state;
	FIXTURE(fixture);
	make_claimed(add_6t(&fixture), "45/BC-UBND", "2020-06-01T08:00", true);
	ask_about(&fixture, INTENT_NOT_YET, "1");
	fixture.context.question.asked_at = moment_of("2020-06-01T08:20");
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "1");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_true(decision->close_question);
	assert_answer(decision, "Đã bỏ tin vừa hỏi");

	fixture.context.question.asked_at = moment_of("2020-06-01T07:50");
	assert_int_equal(decide(&fixture)->change_count, 1);
}

static void test_huy_asks_when_it_could_be_several_or_is_not_sure(void **state)
{
	(void)state;
	FIXTURE(fixture);
	make_claimed(add_6t(&fixture), "45/BC-UBND", "2020-06-01T08:30", true);
	make_claimed(add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10"), NULL,
	    "2020-06-01T08:30", true);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "21");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_answer(decision, "Hủy báo cáo nào?");
	assert_answer(decision, "1 NAM Xã Phong Nậm, 2 6T Xã Phong Nậm");
	assert_int_equal(decision->question->intent, INTENT_CANCEL);

	ask_about(&fixture, INTENT_CANCEL, "21");
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 2);
	assert_true(decision->close_question);

	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_PLAUSIBLE, "1");
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->question->count, 1);
}

static void test_huy_with_nothing_recorded_says_so(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_CANCEL, CONFIDENCE_SURE, "");
	const struct reply_decision *decision = decide(&fixture);
	assert_answer(decision, "Không có gì để hủy");
	assert_int_equal(decision->change_count, 0);
	assert_int_equal(decision->opt, 0);
	assert_null(decision->task);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_sure_claim_is_recorded_and_read_back),
	    cmocka_unit_test(test_what_is_claimed_already_changes_only_with_another_number),
	    cmocka_unit_test(test_an_uncertain_claim_asks_and_changes_nothing),
	    cmocka_unit_test(test_a_question_has_at_most_five_choices_and_fits_one_part),
	    cmocka_unit_test(test_an_answer_to_the_question_acts_and_closes_it),
	    cmocka_unit_test(test_a_report_that_is_not_known_to_be_owed_goes_to_the_office),
	    cmocka_unit_test(test_a_shared_number_speaks_for_the_one_who_holds_the_post),
	    cmocka_unit_test(test_events_are_never_claimed),
	    cmocka_unit_test(test_huy_undoes_until_the_end_of_the_next_working_day),
	    cmocka_unit_test(test_huy_is_about_the_newest_claim),
	    cmocka_unit_test(test_huy_drops_the_question_that_is_open),
	    cmocka_unit_test(test_huy_asks_when_it_could_be_several_or_is_not_sure),
	    cmocka_unit_test(test_huy_with_nothing_recorded_says_so),
	};
	return cmocka_run_group_tests_name("replies/claims", tests, NULL, NULL);
}
