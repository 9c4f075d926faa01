/*
 * Owns: tests of the other intents, of who is answered at all, and of what must hold for every
 * offer. May use: replies/replies.h, understand/, document/, cmocka. Must not know: SQL, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

/* ── later ───────────────────────────────────────────────────────────────────────────────────── */

static void add_year(struct fixture *fixture)
{
	add_6t(fixture);
	add_open(fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
}

static void test_not_yet_repeats_the_report_and_its_last_day(void **state)
{
	(void)state;
	static const struct {
		const char *named;    /* ids in the reading */
		const char *reminded; /* ids that were reminded of */
		const char *answer;
	} cases[] = {
	    {"", "1", "Đã biết báo cáo 6 tháng, Xã Phong Nậm chưa xong. Chậm nhất thứ Ba 9/6"},
	    {"2", "1", "báo cáo năm, Xã Phong Nậm chưa xong. Chậm nhất thứ Tư 9/12"},
	    {"", "2", "báo cáo năm"},
	    {"", "", "báo cáo 6 tháng"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_year(&fixture);
		for (const char *id = cases[i].reminded; *id != '\0'; id++)
			fixture.obligations[*id - '1'].reminded = true;
		read_as(&fixture, INTENT_NOT_YET, CONFIDENCE_SURE, cases[i].named);
		const struct reply_decision *decision = decide(&fixture);
		assert_answer(decision, cases[i].answer);
		assert_true(fits_one_part(decision->answer));
		assert_int_equal(decision->change_count, 0);
		assert_null(decision->task);
	}
}

static void test_not_yet_never_guesses_which_report(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
	read_as(&fixture, INTENT_NOT_YET, CONFIDENCE_SURE, "");
	assert_answer(
	    decide(&fixture), "Còn thiếu 2: 6T Xã Phong Nậm (10/6), 6T Xã Đình Phong (10/6)");

	/* Said of one that counts as sent: a person looks at it. */
	make_claimed(&fixture.obligations[0], NULL, "2020-05-29T08:00", true);
	read_as(&fixture, INTENT_NOT_YET, CONFIDENCE_SURE, "1");
	const struct reply_decision *decision = decide(&fixture);
	assert_string_equal(decision->task->kind, "not-yet");
	assert_int_equal(decision->change_count, 0);
}

/* ── status, help, opting ────────────────────────────────────────────────────────────────────── */

static void test_status_lists_what_is_open_by_deadline_in_one_part(void **state)
{
	(void)state;
	FIXTURE(fixture);
	read_as(&fixture, INTENT_STATUS, CONFIDENCE_SURE, "");
	assert_answer(decide(&fixture), "Không còn thiếu");

	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	add_6t(&fixture);
	make_claimed(add_open(&fixture, "TK5", "PHONG-NAM", "Xã Phong Nậm", "2020-10-22"), NULL,
	    "2020-05-29T08:00", true);
	assert_answer(
	    decide(&fixture), "Còn thiếu 2: 6T Xã Phong Nậm (10/6), NAM Xã Phong Nậm (10/12).");

	fixture.obligations[2].state = OBLIGATION_OPEN;
	add_open(&fixture, "TK10", "PHONG-NAM", "Xã Phong Nậm", "2020-10-15");
	fixture.context.obligations[0].period = "2020";
	for (int i = 0; i < 2; i++)
		add_open(
		    &fixture, i == 0 ? "TH6T" : "THNAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-20");
	const struct reply_decision *decision = decide(&fixture);
	assert_answer(decision, "Còn thiếu 6: 6T (10/6), TK10 (15/10), TK5 (22/10), NAM (10/12)");
	assert_true(fits_one_part(decision->answer));

	for (int i = 0; i < 6; i++)
		add_open(&fixture, "6T", i % 2 ? "A" : "B",
		    i % 2 ? "Văn phòng HĐND-UBND" : "Xã Trung Phúc", "2020-06-10");
	decision = decide(&fixture);
	assert_answer(decision, "Còn thiếu 12: ");
	assert_answer(decision, "(+");
	assert_true(fits_one_part(decision->answer));
}

static void test_help_shows_the_code_of_the_next_report(void **state)
{
	(void)state;
	FIXTURE(fixture);
	read_as(&fixture, INTENT_HELP, CONFIDENCE_SURE, "");
	assert_null(strstr(decide(&fixture)->answer, "BC "));
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	assert_answer(decide(&fixture), "BC NAM <số>");
	add_6t(&fixture);
	assert_answer(decide(&fixture), "BC 6T <số>");
}

static void test_opting_out_is_told_that_last_calls_still_come(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE, "");
	assert_int_equal(decide(&fixture)->opt, 1);
	assert_answer(&fixture.decision, "lần cuối");
	read_as(&fixture, INTENT_OPT_IN, CONFIDENCE_SURE, "");
	assert_int_equal(decide(&fixture)->opt, -1);
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE - 1, "");
	assert_int_equal(decide(&fixture)->opt, 0);
	assert_non_null(fixture.decision.task);
}

/* ── what is left to a person ────────────────────────────────────────────────────────────────── */

static void test_what_is_not_understood_goes_to_the_office_once(void **state)
{
	(void)state;
	static const enum intent intents[] = {
	    INTENT_UNKNOWN, INTENT_QUESTION, INTENT_ATTEND, INTENT_ABSENT, INTENT_LINK};
	for (size_t i = 0; i < COUNT_OF(intents); i++) {
		FIXTURE(fixture);
		fixture.context.text = "Gửi vào đâu ạ?";
		read_as(&fixture, intents[i], CONFIDENCE_SURE, "");
		const struct reply_decision *decision = decide(&fixture);
		assert_string_equal(decision->settled_as, "task");
		assert_string_equal(decision->task->kind, intent_name(intents[i]));
		assert_string_equal(decision->task->key, "inbound:500");
		assert_int_equal(decision->task->inbound_id, 500);
		assert_answer(decision, OFFICE);
		fixture.context.same_text_answered_today = true;
		decision = decide(&fixture);
		assert_null(decision->answer);
		assert_non_null(decision->task);
	}
}

static void test_a_task_quotes_a_long_text_without_cutting_a_letter(void **state)
{
	(void)state;
	FIXTURE(fixture);
	OWNED_BUFFER text = BUFFER(4000);
	for (int i = 0; i < 1000; i++)
		buffer_add_text(&text, "ộ");
	fixture.context.text = buffer_text(&text);
	read_as(&fixture, INTENT_UNKNOWN, 0, "");
	const char *quoted = decide(&fixture)->task->text;
	assert_int_equal(document_utf8_error(quoted, strlen(quoted)), strlen(quoted));
	assert_in_range(strlen(quoted), 900, 1000);
}

static void test_a_number_that_answers_no_question_is_told_so(void **state)
{
	(void)state;
	static const struct {
		const char *text, *answer;
		bool asked;
	} cases[] = {
	    {"1", "đã hết hạn", false},
	    {"Số 4.", "đã hết hạn", false},
	    {"7", "từ 1 đến 3", true},
	    {"123", "Đã chuyển tin", false},
	    {"1 2", "Đã chuyển tin", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		fixture.context.text = cases[i].text;
		fixture.context.question.id = cases[i].asked ? 9 : 0;
		fixture.context.question.count = cases[i].asked ? 3 : 0;
		read_as(&fixture, INTENT_UNKNOWN, 0, "");
		assert_answer(decide(&fixture), cases[i].answer);
		assert_false(fixture.decision.close_question);
	}
}

static void test_acknowledgements_and_adverts_get_no_answer(void **state)
{
	(void)state;
	static const enum intent intents[] = {INTENT_ACKNOWLEDGE, INTENT_ADVERT};
	for (size_t i = 0; i < COUNT_OF(intents); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		read_as(&fixture, intents[i], CONFIDENCE_SURE, "");
		const struct reply_decision *decision = decide(&fixture);
		assert_string_equal(decision->settled_as, "ignored");
		assert_null(decision->answer);
		assert_null(decision->task);
	}
}

static void test_a_stranger_changes_nothing_and_is_told_once(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.context.person_count = 0;
	fixture.offer.answer_strangers = true;
	add_6t(&fixture);
	for (int intent = 0; intent < INTENT_COUNT; intent++) {
		if (intent == INTENT_REGISTER) /* test_people.c */
			continue;
		read_as(&fixture, (enum intent)intent, 100, "1");
		fixture.context.same_text_answered_today = false;
		fixture.context.answers_last_hour = 0;
		fixture.context.answered_before = false;
		const struct reply_decision *decision = decide(&fixture);
		assert_int_equal(decision->change_count, 0);
		assert_null(decision->question);
		if (decision->task != NULL) {
			assert_string_equal(decision->task->key, "stranger:" SENDER);
			assert_answer(decision, "chưa có trong danh sách");
		}
		fixture.context.answered_before = true;
		fixture.context.answers_last_hour = 1;
		assert_null(decide(&fixture)->answer);
		fixture.context.answers_last_hour = 0;
		fixture.context.same_text_answered_today = true;
		assert_null(decide(&fixture)->answer);
	}
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE, "");
	assert_int_equal(decide(&fixture)->opt, 1);
}

/* ── for every offer ─────────────────────────────────────────────────────────────────────────── */

static const char *const id_lists[] = {"", "1", "2", "12", "13", "3", "123", "9"};

/* Three reports, one open, one claimed by the sender, one by somebody else, and a question. */
static void fill(struct fixture *fixture)
{
	add_6t(fixture);
	make_claimed(add_open(fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10"),
	    "45/BC-UBND", "2020-06-01T08:00", true);
	make_claimed(add_open(fixture, "TK5", "DINH-PHONG", "Xã Đình Phong", "2020-10-22"), NULL,
	    "2020-05-29T08:00", false);
	ask_about(fixture, INTENT_CONFIRM, "12");
}

static void check_decision(const struct fixture *fixture, enum intent intent, int confidence)
{
	static const char *const settled[] = {"acted", "asked", "task", "ignored"};
	const struct reply_decision *decision = &fixture->decision;
	bool known = false, acts = intent == INTENT_CONFIRM || intent == INTENT_CANCEL;
	for (size_t i = 0; i < COUNT_OF(settled); i++)
		known |= strcmp(decision->settled_as, settled[i]) == 0;
	assert_true(known);
	if (confidence < CONFIDENCE_SURE) {
		assert_int_equal(decision->change_count, 0);
		assert_int_equal(decision->opt, 0);
	}
	bool all = fixture->context.question.id != 0 &&
		   (int)intent == fixture->context.question.intent &&
		   fixture->reading.obligation_count == 2 && fixture->ids[1] == 2;
	if (fixture->reading.obligation_count > 1 && !all)
		assert_int_equal(intent == INTENT_CONFIRM ? decision->change_count : 0, 0);
	if (!acts)
		assert_int_equal(decision->change_count, 0);
	if (strcmp(decision->settled_as, "task") == 0)
		assert_non_null(decision->task);
	if (decision->question != NULL) {
		assert_string_equal(decision->settled_as, "asked");
		assert_in_range(decision->question->count, 1, 5);
		assert_false(decision->close_question);
	}
	if (decision->answer != NULL) {
		assert_null(strchr(decision->answer, '{'));
		if (!all)
			assert_true(fits_one_part(decision->answer));
	}
}

static void test_nothing_changes_unless_the_reading_is_sure(void **state)
{
	(void)state;
	static const int confidences[] = {0, 49, 50, 70, 89, 90, 100};
	static const char *const languages[] = {"vi", "en"};
	FIXTURE(fixture);
	fill(&fixture);
	for (int intent = 0; intent < INTENT_COUNT; intent++)
		for (size_t c = 0; c < COUNT_OF(confidences); c++)
			for (size_t l = 0; l < COUNT_OF(id_lists); l++)
				for (int flags = 0; flags < 32; flags++) {
					fixture.context.question.id = flags & 1 ? 9 : 0;
					fixture.context.same_text_answered_today = flags & 2;
					fixture.context.question.intent =
					    flags & 4 ? INTENT_CANCEL : INTENT_CONFIRM;
					fixture.reading.promised =
					    flags & 8 ? moment_of("2020-06-15T00:00") : WALL_NEVER;
					fixture.offer.plan_count = flags & 16 ? 0 : 1;
					fixture.offer.language = languages[l % 2];
					read_as(&fixture, (enum intent)intent, confidences[c],
					    id_lists[l]);
					decide(&fixture);
					check_decision(
					    &fixture, (enum intent)intent, confidences[c]);
				}
}

static void test_robots_are_never_answered(void **state)
{
	(void)state;
	static const char *const kinds[] = {"short-code", "name"};
	FIXTURE(fixture);
	fill(&fixture);
	for (size_t k = 0; k < COUNT_OF(kinds); k++)
		for (int intent = 0; intent < INTENT_COUNT; intent++) {
			fixture.context.sender_kind = kinds[k];
			read_as(&fixture, (enum intent)intent, 100, "1");
			const struct reply_decision *decision = decide(&fixture);
			assert_null(decision->answer);
			assert_null(decision->task);
			assert_int_equal(decision->change_count, 0);
			assert_int_equal(decision->opt, 0);
			assert_string_equal(decision->settled_as, "ignored");
		}
}

/* ── from the words on ───────────────────────────────────────────────────────────────────────── */

static void test_words_lead_to_decisions(void **state)
{
	(void)state;
	static const struct {
		const char *text, *answer;
		bool asked; /* the numbered question about both is open */
		size_t changes;
	} cases[] = {
	    {"BC 6T 70/BC-UBND", "1 6T Xã Phong Nậm, 2 6T Xã Đình Phong", false, 0},
	    {"2", "Đã ghi: báo cáo 6 tháng, Xã Đình Phong, số 70/BC-UBND", true, 1},
	    {"cả 2", "Đã ghi: báo cáo 6 tháng, Xã Phong Nậm", true, 2},
	    {"3", "từ 1 đến 2", true, 0},
	    {"HUY", "Không có gì để hủy", false, 0},
	};
	static const int64_t choices[] = {1, 2};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		add_open(&fixture, "6T", "DINH-PHONG", "Xã Đình Phong", "2020-06-10");
		const struct understand_obligation owed[] = {
		    {.id = 1,
			.report_code = "6T",
			.report_words = "bao cao 6 thang",
			.unit_code = "PHONG-NAM",
			.unit_name = "Xã Phong Nậm",
			.deadline = fixture.obligations[0].deadline,
			.reminded = true,
			.claimed_at = WALL_NEVER},
		    {.id = 2,
			.report_code = "6T",
			.report_words = "bao cao 6 thang",
			.unit_code = "DINH-PHONG",
			.unit_name = "Xã Đình Phong",
			.deadline = fixture.obligations[1].deadline,
			.reminded = true,
			.claimed_at = WALL_NEVER},
		};
		const struct understand_obligation others[] = {{.report_code = "TH6T",
		    .report_words = "tong hop 6 thang",
		    .unit_code = "",
		    .unit_name = ""}};
		const struct understand_context context = {
		    .now = fixture.offer.now,
		    .zone_minutes = ZONE,
		    .sender_is_known = true,
		    .obligations = owed,
		    .obligation_count = 2,
		    .question = {cases[i].asked ? 2 : 0, choices, INTENT_CONFIRM, "70/BC-UBND",
			WALL_NEVER},
		    .other_reports = others,
		    .other_report_count = 1,
		};
		fixture.context.text = cases[i].text;
		if (cases[i].asked)
			ask_about(&fixture, INTENT_CONFIRM, "12");
		fixture.readings = understand(fixture.arena, cases[i].text, &context);
		const struct reply_decision *decision = decide(&fixture);
		assert_answer(decision, cases[i].answer);
		assert_int_equal(decision->change_count, cases[i].changes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_not_yet_repeats_the_report_and_its_last_day),
	    cmocka_unit_test(test_not_yet_never_guesses_which_report),
	    cmocka_unit_test(test_status_lists_what_is_open_by_deadline_in_one_part),
	    cmocka_unit_test(test_help_shows_the_code_of_the_next_report),
	    cmocka_unit_test(test_opting_out_is_told_that_last_calls_still_come),
	    cmocka_unit_test(test_what_is_not_understood_goes_to_the_office_once),
	    cmocka_unit_test(test_a_task_quotes_a_long_text_without_cutting_a_letter),
	    cmocka_unit_test(test_a_number_that_answers_no_question_is_told_so),
	    cmocka_unit_test(test_acknowledgements_and_adverts_get_no_answer),
	    cmocka_unit_test(test_a_stranger_changes_nothing_and_is_told_once),
	    cmocka_unit_test(test_nothing_changes_unless_the_reading_is_sure),
	    cmocka_unit_test(test_robots_are_never_answered),
	    cmocka_unit_test(test_words_lead_to_decisions),
	};
	return cmocka_run_group_tests_name("replies/replies", tests, NULL, NULL);
}
