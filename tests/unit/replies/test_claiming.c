/*
 * Owns: tests of doubtful numbers, of what is read back, of figures, and of units of others.
 * May use: replies/replies.h, document/, cmocka.
 * Must not know: SQL, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

static struct store_number_facts *know_number(
    struct fixture *fixture, struct store_claim_facts *facts, int64_t id)
{
	struct store_number_facts *number = arena_alloc(fixture->arena, sizeof *number);
	*number = (struct store_number_facts){.obligation_id = id, .unit_kind = "commune"};
	facts->numbers = number;
	facts->number_count = 1;
	fixture->offer.facts = facts;
	return number;
}

static struct day day_of(const char *text)
{
	struct day day;
	assert_int_equal(civil_parse_day(text, &day, NULL), RESULT_OK);
	return day;
}

/* ── doubtful numbers ────────────────────────────────────────────────────────────────────────── */

static void test_a_doubtful_number_is_asked_about_before_it_is_recorded(void **state)
{
	(void)state;
	static const struct {
		const char *number, *kind, *other_unit, *other_period, *higher, *answer;
	} cases[] = {
	    {"45/BC-UBND", "commune", "Xã Đình Phong", NULL, NULL,
		"Số 45/BC-UBND trùng của Xã Đình Phong. Đúng số này? Nhắn 1 đúng, 2 sai"},
	    {"45/BC-UBND", "commune", NULL, "2019-H1", NULL, "trùng 6T kỳ 2019-H1"},
	    {"45/BC-PVHTT", "commune", NULL, NULL, NULL,
		"Số 45/BC-PVHTT có phải của Xã Phong Nậm? Nhắn 1 đúng, 2 sai"},
	    {"45/BC-UBND", "agency", NULL, NULL, NULL, "có phải của Xã Phong Nậm?"},
	    {"45/BC-UBND", "township", NULL, NULL, "60/BC-UBND", "nhỏ hơn số 60/BC-UBND"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct store_claim_facts facts = {0};
		add_6t(&fixture);
		*know_number(&fixture, &facts, 1) = (struct store_number_facts){
		    1, cases[i].kind, cases[i].other_unit, cases[i].other_period, cases[i].higher};
		read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
		fixture.reading.document_number = cases[i].number;
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_string_equal(decision->settled_as, "asked");
		assert_answer(decision, cases[i].answer);
		assert_true(fits_one_part(decision->answer));
		assert_int_equal(decision->question->count, 2);
		assert_int_equal(decision->question->choices[0], 1);
		assert_int_equal(decision->question->choices[1], 0);
		assert_int_equal(decision->question->intent, INTENT_CONFIRM);
		assert_string_equal(decision->question->document_number, cases[i].number);
	}
}

static void test_numbers_that_a_careful_colleague_accepts_are_recorded(void **state)
{
	(void)state;
	static const struct {
		const char *number, *kind;
	} cases[] = {{"45/BC-UBND", "commune"}, {"45/BC-HĐND", "ward"}, {"45", "commune"},
	    {"45/BC", "agency"}, {"45/BC-PVHTT", "agency"}, {"45/BC-ĐU", "township"},
	    {"45/BC-UBND", "office"}, {"45/BC-UBND", NULL}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct store_claim_facts facts = {0};
		add_6t(&fixture);
		know_number(&fixture, &facts, 1)->unit_kind = cases[i].kind;
		read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
		fixture.reading.document_number = cases[i].number;
		assert_int_equal(decide(&fixture)->change_count, 1);
	}
}

/* The doubt about 45/BC-UBND of obligation 1 is open. */
static void open_doubt(struct fixture *fixture, struct store_claim_facts *facts)
{
	know_number(fixture, facts, 1)->other_unit = "Xã Đình Phong";
	ask_about(fixture, INTENT_CONFIRM, "10");
	fixture->context.question.document_number = "45/BC-UBND";
}

static void test_yes_records_the_number_and_what_was_said_with_it(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_claim_facts facts = {0};
	add_6t(&fixture);
	open_doubt(&fixture, &facts);
	fixture.context.question.day = day_of("2020-05-29");
	fixture.context.question.figures = "lop=3";
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.document_number = "45/BC-UBND";
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].action, LEDGER_CLAIM);
	assert_string_equal(decision->changes[0].document_number, "45/BC-UBND");
	assert_int_equal(decision->changes[0].sent_on.number, day_of("2020-05-29").number);
	assert_string_equal(decision->changes[0].figures, "lop=3");
	assert_true(decision->close_question);
	assert_answer(decision, "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND");
}

static void test_no_records_nothing_and_asks_for_the_right_number(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_claim_facts facts = {0};
	add_6t(&fixture);
	open_doubt(&fixture, &facts);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "0");
	fixture.reading.document_number = "45/BC-UBND";
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_true(decision->close_question);
	assert_answer(decision, "Chưa ghi 6T, Xã Phong Nậm. Xin nhắn lại kèm số đúng: BC 6T");

	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "10"); /* "cả 2" is no answer */
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_false(decision->close_question);
	assert_answer(decision, "từ 1 đến 2");
}

static void test_another_number_is_weighed_anew(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_claim_facts facts = {0};
	add_6t(&fixture);
	open_doubt(&fixture, &facts);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.document_number = "44/BC-UBND";
	assert_non_null(decide(&fixture)->question);
	know_number(&fixture, &facts, 1);
	const struct reply_decision *decision = decide(&fixture);
	assert_null(decision->question);
	assert_string_equal(decision->changes[0].document_number, "44/BC-UBND");
	assert_true(decision->close_question);
}

static void test_a_number_that_stands_already_is_not_doubted(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_claim_facts facts = {0};
	make_claimed(add_6t(&fixture), "45/BC-UBND", "2020-05-29T10:00", true);
	know_number(&fixture, &facts, 1)->other_unit = "Xã Đình Phong";
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.document_number = "45/BC-UBND";
	const struct reply_decision *decision = decide(&fixture);
	assert_null(decision->question);
	assert_answer(decision, "không đổi gì");
}

/* ── reading back ────────────────────────────────────────────────────────────────────────────── */

static const struct plan_field fields[] = {
    {.code = "lop", .name = "số lớp"}, {.code = "nguoi", .name = "số người"}};

static void ask_for_figures(struct fixture *fixture)
{
	for (size_t i = 0; i < fixture->plans[0]->report_count; i++) {
		fixture->plans[0]->reports[i].fields = fields;
		fixture->plans[0]->reports[i].field_count = COUNT_OF(fields);
	}
}

static void test_what_fits_is_read_back_and_all_is_recorded(void **state)
{
	(void)state;
	FIXTURE(fixture);
	ask_for_figures(&fixture);
	struct store_known_obligation *obligation = add_6t(&fixture);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.document_number = "45/BC-UBND";
	fixture.reading.sent_on = moment_of("2020-05-29T00:00");
	fixture.reading.figures[0] = (struct understand_figure){"lop", 3};
	fixture.reading.figures[1] = (struct understand_figure){"nguoi", 120};
	fixture.reading.figures[2] = (struct understand_figure){"khac", 9};
	fixture.reading.figure_count = 3;
	const struct reply_decision *decision = decide(&fixture);
	assert_string_equal(decision->answer,
	    "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND, gửi thứ Sáu 29/5, số lớp 3, "
	    "số người 120. Sai? Nhắn HUY");
	assert_string_equal(decision->changes[0].figures, "lop=3 nguoi=120");
	assert_int_equal(decision->changes[0].sent_on.number, day_of("2020-05-29").number);

	obligation->unit_name = "Phòng Tài nguyên-Môi trường, Khoáng sản và Biến đổi khí hậu huyện";
	decision = decide(&fixture);
	assert_answer(decision, "số 45/BC-UBND, gửi thứ Sáu 29/5. Sai? Nhắn HUY");
	assert_true(fits_one_part(decision->answer));
	assert_string_equal(decision->changes[0].figures, "lop=3 nguoi=120");
}

static void test_nothing_to_report_is_recorded_and_read_back(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.nothing_to_report = true;
	const struct reply_decision *decision = decide(&fixture);
	assert_true(decision->changes[0].nothing_to_report);
	assert_answer(decision, "Xã Phong Nậm, không phát sinh. Sai?");
}

static void test_new_figures_correct_a_claim_and_keep_the_others(void **state)
{
	(void)state;
	FIXTURE(fixture);
	ask_for_figures(&fixture);
	struct store_known_obligation *obligation = add_6t(&fixture);
	make_claimed(obligation, "45/BC-UBND", "2020-05-29T10:00", true);
	obligation->figures = "lop=3 nguoi=120";
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.figures[0] = (struct understand_figure){"lop", 4};
	fixture.reading.figure_count = 1;
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->changes[0].action, LEDGER_CORRECT);
	assert_string_equal(decision->changes[0].figures, "nguoi=120 lop=4");
	assert_answer(decision, "Đã sửa: báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND");

	obligation->figures = "lop=4";
	assert_int_equal(decide(&fixture)->change_count, 0);
}

static void test_what_the_office_holds_is_said_to_be_there(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_known_obligation *obligation = add_6t(&fixture);
	make_claimed(obligation, "45/BC-UBND", "2020-05-29T10:00", true);
	obligation->state = OBLIGATION_RECEIVED;
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_string_equal(decision->answer, OFFICE
	    " đã nhận bản giấy báo cáo 6 tháng, Xã Phong Nậm, số 45/BC-UBND. Không cần gửi lại");

	/* Where an open one may be meant, the received one is not asked about. */
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, "12");
	decision = decide(&fixture);
	assert_int_equal(decision->question->count, 2);
	assert_int_equal(decision->question->choices[0], 2);
	assert_int_equal(decision->question->choices[1], 0);
}

/* ── units of others, reports of others ──────────────────────────────────────────────────────── */

static void speak_for_dinh_phong(struct fixture *fixture, struct store_claim_facts *facts)
{
	struct store_known_obligation *named = arena_alloc(fixture->arena, 2 * sizeof *named);
	named[0] = *add_open(fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
	named[1] = *add_open(fixture, "NAM", "DINH-PHONG", "Xã Đình Phong", "2020-12-10");
	named[0].id = 41;
	named[1].id = 42;
	fixture->context.obligation_count -= 2; /* of another unit, not the sender's */
	*facts = (struct store_claim_facts){
	    .named = named, .named_count = 2, .named_unit = "Xã Đình Phong"};
	fixture->offer.facts = facts;
	fixture->reading.unit_name = "dinh phong";
	fixture->reading.unit_code = "DINH-PHONG";
	fixture->reading.other_unit = true;
	fixture->reading.report_code = "6T";
}

static void test_who_speaks_for_another_unit_ticks_nothing(void **state)
{
	(void)state;
	static const enum intent intents[] = {
	    INTENT_CONFIRM, INTENT_NOT_YET, INTENT_EXTENSION_REQUEST, INTENT_CANCEL};
	for (size_t i = 0; i < COUNT_OF(intents); i++) {
		FIXTURE(fixture);
		struct store_claim_facts facts;
		make_claimed(add_6t(&fixture), NULL, "2020-06-01T08:00", true);
		speak_for_dinh_phong(&fixture, &facts);
		read_as(&fixture, intents[i], CONFIDENCE_SURE, "1");
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_string_equal(decision->task->kind, "proxy-claim");
		assert_int_equal(decision->task->obligation_id, 41);
		assert_non_null(strstr(decision->task->text, "6T Xã Đình Phong"));
		assert_answer(decision, "Chưa ghi gì. Việc của Xã Đình Phong đã chuyển " OFFICE);
	}
}

static void test_a_unit_that_nobody_knows_goes_to_the_office_as_written(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	fixture.reading.unit_name = "xã Hoa Lư";
	fixture.reading.other_unit = true;
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_non_null(strstr(decision->task->text, "xã Hoa Lư"));
	assert_answer(decision, "Việc của xã Hoa Lư đã chuyển");
}

static void test_who_is_above_records_for_the_unit(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_claim_facts facts;
	speak_for_dinh_phong(&fixture, &facts);
	facts.sender_is_above = true;
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "");
	fixture.reading.document_number = "45/BC-UBND";
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 41);
	assert_answer(decision, "Đã ghi thay: báo cáo 6 tháng, Xã Đình Phong, số 45/BC-UBND");

	fixture.reading.report_code = NULL; /* two are open: which is meant? */
	decision = decide(&fixture);
	assert_int_equal(decision->change_count, 0);
	assert_string_equal(decision->task->kind, "proxy-claim");

	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_PLAUSIBLE, "");
	fixture.reading.report_code = "6T";
	assert_int_equal(decide(&fixture)->change_count, 0);
}

static void test_a_unit_of_ones_own_is_the_one_that_is_meant(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "12");
	fixture.reading.unit_code = "DINH-PHONG";
	fixture.reading.unit_name = "đình phong";
	const struct reply_decision *decision = decide(&fixture);
	assert_int_equal(decision->change_count, 1);
	assert_int_equal(decision->changes[0].obligation_id, 2);
}

static void test_a_report_of_others_is_said_not_to_be_owed(void **state)
{
	(void)state;
	static const struct {
		const char *code, *answer;
		bool task;
	} cases[] = {
	    {"TH6T", "Xã Phong Nậm không phải gửi báo cáo TH6T", false},
	    {"NAM", "Đã chuyển tin cho", true}, /* owed, though none is open now */
	    {"KHONG-CO", "Đã chuyển tin cho", true},
	};
	struct store_named_unit units[] = {{"PHONG-NAM", "Xã Phong Nậm", "commune"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		fixture.context.units = units;
		fixture.context.unit_count = 1;
		read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "");
		fixture.reading.report_code = cases[i].code;
		fixture.reading.names_other = true;
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_answer(decision, cases[i].answer);
		assert_int_equal(decision->task != NULL, cases[i].task);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_doubtful_number_is_asked_about_before_it_is_recorded),
	    cmocka_unit_test(test_numbers_that_a_careful_colleague_accepts_are_recorded),
	    cmocka_unit_test(test_yes_records_the_number_and_what_was_said_with_it),
	    cmocka_unit_test(test_no_records_nothing_and_asks_for_the_right_number),
	    cmocka_unit_test(test_another_number_is_weighed_anew),
	    cmocka_unit_test(test_a_number_that_stands_already_is_not_doubted),
	    cmocka_unit_test(test_what_fits_is_read_back_and_all_is_recorded),
	    cmocka_unit_test(test_nothing_to_report_is_recorded_and_read_back),
	    cmocka_unit_test(test_new_figures_correct_a_claim_and_keep_the_others),
	    cmocka_unit_test(test_what_the_office_holds_is_said_to_be_there),
	    cmocka_unit_test(test_who_speaks_for_another_unit_ticks_nothing),
	    cmocka_unit_test(test_a_unit_that_nobody_knows_goes_to_the_office_as_written),
	    cmocka_unit_test(test_who_is_above_records_for_the_unit),
	    cmocka_unit_test(test_a_unit_of_ones_own_is_the_one_that_is_meant),
	    cmocka_unit_test(test_a_report_of_others_is_said_not_to_be_owed),
	};
	return cmocka_run_group_tests_name("replies/claiming", tests, NULL, NULL);
}
