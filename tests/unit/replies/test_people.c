/*
 * Owns: tests of silence, strangers, wrong numbers, registrations, help, and of machines.
 * May use: the fixture, cmocka.
 * Must not know: modems, SQL.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

#define UNIT "NGOC-CON"
#define REPORTER "+84900000031"
#define LEADER "+84900000032"

/* ── silence ─────────────────────────────────────────────────────────────────────────────────── */

static void test_who_owes_only_voluntary_reports_is_left_alone_altogether(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan plan = *fixture.plans[0];
	struct plan_report reports[20];
	assert_true(plan.report_count <= COUNT_OF(reports));
	memcpy(reports, plan.reports, plan.report_count * sizeof *reports);
	plan.reports = reports;
	fixture.plans[0] = &plan;
	add_6t(&fixture);
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE, "");
	assert_answer(decide(&fixture), "lần cuối");
	for (size_t i = 0; i < plan.report_count; i++)
		reports[i].voluntary = true;
	assert_answer(decide(&fixture), "sẽ không nhắn");
	assert_int_equal(fixture.decision.opt, 1);
}

static void test_who_is_only_invited_to_events_is_left_alone_altogether(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture)->kind = "event";
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE, "");
	assert_answer(decide(&fixture), "sẽ không nhắn");
}

static void test_the_office_itself_still_hears_of_last_calls(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.people[0].post = "coordinator";
	fixture.people[0].unit_code = fixture.plans[0]->owner;
	read_as(&fixture, INTENT_OPT_OUT, CONFIDENCE_SURE, "");
	assert_answer(decide(&fixture), "lần cuối");
}

static void test_only_a_sure_wish_for_silence_is_obeyed(void **state)
{
	(void)state;
	for (int confidence = 0; confidence < CONFIDENCE_SURE; confidence++) {
		FIXTURE(fixture);
		fixture.context.person_count = confidence % 2 ? 1 : 0;
		add_6t(&fixture);
		read_as(&fixture, INTENT_OPT_OUT, confidence, "");
		assert_int_equal(decide(&fixture)->opt, 0);
		assert_non_null(fixture.decision.task);
	}
}

/* ── wrong numbers ───────────────────────────────────────────────────────────────────────────── */

static void test_a_wrong_number_is_suspended_and_thanked_once(void **state)
{
	(void)state;
	static const struct {
		enum understand_misdirected why;
		const char *word;
	} cases[] = {
	    {MISDIRECTED_WRONG_NUMBER, "wrong-number"},
	    {MISDIRECTED_TRANSFERRED, "transferred"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		add_6t(&fixture);
		fixture.context.text = "Nhầm số rồi";
		read_as(&fixture, INTENT_UNKNOWN, CONFIDENCE_SURE, "");
		fixture.reading.misdirected = cases[i].why;
		const struct reply_decision *decision = decide(&fixture);
		assert_string_equal(decision->misdirected, cases[i].word);
		assert_string_equal(decision->task->kind, cases[i].word);
		assert_string_equal(decision->task->key, "misdirected:" SENDER);
		assert_answer(decision, "Cảm ơn");
		assert_true(fits_one_part(decision->answer));
		assert_int_equal(decision->change_count, 0);
		fixture.context.misdirected = cases[i].word;
		decision = decide(&fixture);
		assert_null(decision->answer);
		assert_null(decision->misdirected);
		assert_non_null(decision->task);
	}
}

static void test_a_number_is_not_suspended_on_a_guess_or_by_a_stranger(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.context.text = "có nhầm không";
	read_as(&fixture, INTENT_UNKNOWN, CONFIDENCE_SURE - 1, "");
	fixture.reading.misdirected = MISDIRECTED_WRONG_NUMBER;
	assert_null(decide(&fixture)->misdirected);
	assert_non_null(fixture.decision.task);
	fixture.reading.confidence = CONFIDENCE_SURE;
	fixture.context.person_count = 0;
	fixture.offer.answer_strangers = true;
	assert_null(decide(&fixture)->misdirected);
	assert_null(fixture.decision.answer);
	assert_non_null(fixture.decision.task);
}

/* ── registering ─────────────────────────────────────────────────────────────────────────────── */

struct scene {
	struct fixture fixture;
	struct store_asked_unit unit;
	struct store_contact contacts[4];
};

static void scene_end(struct scene *scene)
{
	fixture_end(&scene->fixture);
}

/* A stranger texts DK NGOC-CON. */
static void scene_begin(struct scene *scene)
{
	const char *owner;
	fixture_begin(&scene->fixture);
	owner = scene->fixture.plans[0]->owner;
	scene->contacts[0] = (struct store_contact){
	    31, "A", "An", REPORTER, "vi", "reporter", UNIT, false, false, NULL, 0, ""};
	scene->contacts[1] = (struct store_contact){
	    33, "B", "Bình", "+84900000033", "vi", "deputy", UNIT, false, false, NULL, 0, ""};
	scene->contacts[2] = (struct store_contact){
	    32, "C", "Chi", LEADER, "en", "leader", UNIT, false, false, NULL, 0, ""};
	scene->contacts[3] = (struct store_contact){
	    9, "D", "Dung", APPROVER, "vi", "coordinator", owner, false, false, NULL, 0, ""};
	scene->unit = (struct store_asked_unit){.code = UNIT,
	    .name = "Xã Ngọc Côn",
	    .owner_code = owner,
	    .contacts = scene->contacts,
	    .contact_count = 4,
	    .free_number = 7};
	scene->fixture.context.person_count = 0;
	scene->fixture.context.text = "DK NGOC-CON";
	scene->fixture.context.named_units = &scene->unit;
	scene->fixture.context.named_unit_count = 1;
	scene->fixture.offer.answer_strangers = true;
	read_as(&scene->fixture, INTENT_REGISTER, CONFIDENCE_SURE, "");
	scene->fixture.reading.code = "NGOC-CON";
}

#define SCENE(name)                                                                                \
	__attribute__((cleanup(scene_end))) struct scene name = {0};                               \
	scene_begin(&name)

static void test_a_registration_waits_and_those_who_decide_are_asked(void **state)
{
	(void)state;
	SCENE(scene);
	const struct reply_decision *decision = decide(&scene.fixture);
	assert_non_null(decision->registration);
	assert_string_equal(decision->registration->unit_code, UNIT);
	assert_string_equal(decision->registration->address, SENDER);
	assert_int_equal(decision->registration->number, 7);
	assert_string_equal(decision->task->key, "registration:" SENDER);
	assert_answer(decision, "Xã Ngọc Côn");
	assert_int_equal(decision->message_count, 3); /* the deputy decides nothing */
	assert_string_equal(decision->messages[0].address, REPORTER);
	assert_string_equal(decision->messages[1].address, LEADER);
	assert_string_equal(decision->messages[2].address, APPROVER);
	for (size_t i = 0; i < 3; i++)
		assert_true(fits_one_part(decision->messages[i].text));
	assert_non_null(strstr(decision->messages[0].text, "DUYET 7 hoặc KHONG 7"));
	assert_non_null(strstr(decision->messages[1].text, "wants"));
}

static void test_the_code_may_be_written_in_any_way(void **state)
{
	(void)state;
	static const char *const codes[] = {"ngoc con", "NgọcCôn", "NGOC CON", "ngoc-con"};
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		SCENE(scene);
		scene.fixture.reading.code = codes[i];
		assert_non_null(decide(&scene.fixture)->registration);
	}
}

static void test_an_unknown_code_is_explained_and_nothing_is_kept(void **state)
{
	(void)state;
	SCENE(scene);
	scene.fixture.reading.code = "NGOC-KHE";
	const struct reply_decision *decision = decide(&scene.fixture);
	assert_null(decision->registration);
	assert_null(decision->task);
	assert_int_equal(decision->message_count, 0);
	assert_answer(decision, "NGOC-KHE");
	scene.fixture.reading.code = NULL;
	assert_answer(decide(&scene.fixture), "DK <mã đơn vị>");
	scene.fixture.context.same_text_answered_today = true;
	assert_null(decide(&scene.fixture)->answer);
}

static void test_a_known_number_is_told_that_it_is_known(void **state)
{
	(void)state;
	SCENE(scene);
	scene.fixture.context.person_count = 1;
	assert_null(decide(&scene.fixture)->registration);
	assert_answer(&scene.fixture.decision, "đã có trong danh sách");
}

static void test_registrations_are_few(void **state)
{
	(void)state;
	SCENE(scene);
	scene.fixture.context.registering =
	    (struct store_known_registration){.id = 5, .unit_name = "Xã Đàm Thủy"};
	assert_null(decide(&scene.fixture)->registration);
	assert_answer(&scene.fixture.decision, "Xã Đàm Thủy");
	scene.fixture.context.registering.id = 0;
	scene.fixture.context.registrations_before = 2;
	assert_null(decide(&scene.fixture)->registration);
	assert_non_null(scene.fixture.decision.task);
	assert_int_equal(scene.fixture.decision.message_count, 0);
	scene.fixture.context.registrations_before = 0;
	scene.unit.waiting = 20;
	assert_null(decide(&scene.fixture)->registration);
	scene.unit.waiting = 0;
	scene.fixture.context.answers_last_day = 3;
	assert_null(decide(&scene.fixture)->answer);
	scene.fixture.reading.confidence = CONFIDENCE_SURE - 1;
	assert_null(decide(&scene.fixture)->registration);
}

static struct store_known_registration waiting_registration(const struct fixture *fixture)
{
	return (struct store_known_registration){.id = 70,
	    .number = 7,
	    .address = "+84900000077",
	    .channel = "modem",
	    .unit_code = UNIT,
	    .unit_name = "Xã Ngọc Côn",
	    .owner_code = fixture->plans[0]->owner};
}

static void test_the_predecessor_or_leader_decides_by_number(void **state)
{
	(void)state;
	static const struct {
		enum intent intent;
		const char *post;
		bool decides;
	} cases[] = {
	    {INTENT_APPROVE, "reporter", true},
	    {INTENT_REFUSE, "leader", true},
	    {INTENT_APPROVE, "deputy", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct store_known_registration waiting = waiting_registration(&fixture);
		fixture.context.registrations = &waiting;
		fixture.context.registration_count = 1;
		fixture.people[0].unit_code = UNIT;
		fixture.people[0].post = cases[i].post;
		read_as(&fixture, cases[i].intent, CONFIDENCE_SURE, "");
		fixture.reading.numbers[0] = 7;
		fixture.reading.number_count = 1;
		const struct reply_decision *decision = decide(&fixture);
		if (!cases[i].decides) {
			assert_int_equal(decision->decided_count, 0);
			assert_string_equal(decision->task->kind, "not-approver");
			continue;
		}
		assert_int_equal(decision->decided_count, 1);
		assert_int_equal(decision->decided[0].registration_id, 70);
		assert_int_equal(decision->decided[0].granted, cases[i].intent == INTENT_APPROVE);
		assert_string_equal(decision->decided[0].post, "reporter");
		assert_answer(decision, "đăng ký: 7 DK +84900000077 Xã Ngọc Côn");
		assert_int_equal(decision->message_count, 1);
		assert_string_equal(decision->messages[0].address, "+84900000077");
		assert_true(fits_one_part(decision->messages[0].text));
	}
}

static void test_all_lets_nobody_in_and_a_wrong_number_decides_nothing(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_known_registration waiting[2] = {
	    waiting_registration(&fixture), waiting_registration(&fixture)};
	waiting[1].number = 8;
	fixture.context.registrations = waiting;
	fixture.context.registration_count = 2;
	fixture.people[0].unit_code = UNIT;
	read_as(&fixture, INTENT_APPROVE, CONFIDENCE_SURE, "");
	fixture.reading.all = true;
	assert_int_equal(decide(&fixture)->decided_count, 0);
	assert_answer(&fixture.decision, "8 DK");
	fixture.reading.all = false;
	fixture.reading.numbers[0] = 9;
	fixture.reading.number_count = 1;
	assert_int_equal(decide(&fixture)->decided_count, 0);
	fixture.reading.number_count = 0;
	assert_int_equal(decide(&fixture)->decided_count, 0);
	fixture.context.registration_count = 1;
	assert_int_equal(decide(&fixture)->decided_count, 1);
}

/* ── help and status ─────────────────────────────────────────────────────────────────────────── */

static void test_help_names_what_this_person_can_text_now(void **state)
{
	(void)state;
	FIXTURE(fixture);
	read_as(&fixture, INTENT_HELP, CONFIDENCE_SURE, "");
	assert_null(strstr(decide(&fixture)->answer, "HUY"));
	assert_null(strstr(fixture.decision.answer, "DUYET"));
	add_6t(&fixture);
	make_claimed(add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10"),
	    "45/BC-UBND", "2020-06-01T08:00", true);
	assert_answer(decide(&fixture), "BC 6T <số>");
	assert_answer(&fixture.decision, "HUY");
	struct store_known_registration waiting = waiting_registration(&fixture);
	fixture.context.registrations = &waiting;
	fixture.context.registration_count = 1;
	fixture.people[0].unit_code = UNIT;
	assert_answer(decide(&fixture), "DUYET 7 hoặc KHONG 7");
	assert_true(fits_one_part(fixture.decision.answer));
	fixture.plans[0]->events[0].attendance = true;
	struct store_known_obligation *part = add_open(
	    &fixture, fixture.plans[0]->events[0].code, "PHONG-NAM", "Xã Phong Nậm", "2020-11-15");
	part->kind = "event";
	assert_answer(decide(&fixture), "THAM GIA hoặc VANG MAT");
	assert_true(fits_one_part(fixture.decision.answer));
	part->attendance = ATTENDANCE_COMING;
	assert_null(strstr(decide(&fixture)->answer, "THAM GIA"));
}

static void test_status_tells_what_is_claimed_when_it_fits(void **state)
{
	(void)state;
	FIXTURE(fixture);
	read_as(&fixture, INTENT_STATUS, CONFIDENCE_SURE, "");
	make_claimed(add_6t(&fixture), "45/BC-UBND", "2020-06-01T08:00", true);
	assert_answer(decide(&fixture), "Đã ghi 6T số 45/BC-UBND, chờ bản giấy");
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	assert_answer(decide(&fixture), "NAM Xã Phong Nậm (10/12)");
	assert_answer(&fixture.decision, "6T số 45/BC-UBND");
	assert_true(fits_one_part(fixture.decision.answer));
	for (int i = 0; i < 4; i++)
		add_open(&fixture, i % 2 ? "TK10" : "TK5", i % 2 ? "A" : "B",
		    i % 2 ? "Văn phòng HĐND-UBND" : "Xã Trung Phúc", "2020-06-10");
	decide(&fixture);
	assert_true(fits_one_part(fixture.decision.answer));
}

/* ── machines ────────────────────────────────────────────────────────────────────────────────── */

static void test_short_codes_and_names_are_never_answered(void **state)
{
	(void)state;
	static const char *const kinds[] = {"short-code", "name"};
	for (int intent = 0; intent < INTENT_COUNT; intent++)
		for (size_t k = 0; k < COUNT_OF(kinds); k++) {
			FIXTURE(fixture);
			add_6t(&fixture);
			fixture.offer.answer_strangers = true;
			fixture.context.person_count = k;
			fixture.context.sender_kind = kinds[k];
			read_as(&fixture, (enum intent)intent, 100, "1");
			fixture.reading.misdirected = MISDIRECTED_WRONG_NUMBER;
			const struct reply_decision *decision = decide(&fixture);
			assert_null(decision->answer);
			assert_null(decision->misdirected);
			assert_int_equal(decision->change_count, 0);
			assert_int_equal(decision->opt, 0);
		}
}

static void test_past_the_hours_answers_a_text_still_counts_and_a_person_looks(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	fixture.offer.hourly_answers = 20;
	fixture.context.answers_last_hour = 19;
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "1");
	assert_non_null(decide(&fixture)->answer);
	fixture.context.answers_last_hour = 20;
	const struct reply_decision *decision = decide(&fixture);
	assert_null(decision->answer);
	assert_int_equal(decision->change_count, 1);
	assert_string_equal(decision->settled_as, "acted");
	assert_string_equal(decision->task->key, "answers-capped:" SENDER);
}

static void test_a_question_that_cannot_be_put_becomes_a_task(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	fixture.offer.hourly_answers = 20;
	read_as(&fixture, INTENT_CONFIRM, CONFIDENCE_SURE, "12");
	assert_non_null(decide(&fixture)->question);
	fixture.context.answers_last_hour = 20;
	assert_null(decide(&fixture)->question);
	assert_string_equal(fixture.decision.settled_as, "task");
	assert_string_equal(fixture.decision.task->key, "inbound:500");
}

static void test_the_same_answer_to_the_same_words_ends_after_three(void **state)
{
	(void)state;
	FIXTURE(fixture);
	add_6t(&fixture);
	read_as(&fixture, INTENT_STATUS, CONFIDENCE_SURE, "");
	OWNED_TEXT plain = letters_fold(decide(&fixture)->answer);
	fixture.context.same_answer = plain;
	fixture.context.same_answers = 2;
	assert_non_null(decide(&fixture)->answer);
	fixture.context.same_answers = 3;
	assert_null(decide(&fixture)->answer);
	assert_string_equal(fixture.decision.task->kind, "answers-alike");
	add_open(&fixture, "NAM", "PHONG-NAM", "Xã Phong Nậm", "2020-12-10");
	assert_non_null(decide(&fixture)->answer); /* it says something new */
}

static void test_strangers_are_not_answered_where_the_office_says_so(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.context.person_count = 0;
	read_as(&fixture, INTENT_QUESTION, CONFIDENCE_SURE, "");
	assert_null(decide(&fixture)->answer);
	assert_non_null(fixture.decision.task);
	fixture.offer.answer_strangers = true;
	assert_answer(decide(&fixture), "chưa có trong danh sách");
	fixture.context.answered_before = true;
	assert_null(decide(&fixture)->answer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_owes_only_voluntary_reports_is_left_alone_altogether),
	    cmocka_unit_test(test_who_is_only_invited_to_events_is_left_alone_altogether),
	    cmocka_unit_test(test_the_office_itself_still_hears_of_last_calls),
	    cmocka_unit_test(test_only_a_sure_wish_for_silence_is_obeyed),
	    cmocka_unit_test(test_a_wrong_number_is_suspended_and_thanked_once),
	    cmocka_unit_test(test_a_number_is_not_suspended_on_a_guess_or_by_a_stranger),
	    cmocka_unit_test(test_a_registration_waits_and_those_who_decide_are_asked),
	    cmocka_unit_test(test_the_code_may_be_written_in_any_way),
	    cmocka_unit_test(test_an_unknown_code_is_explained_and_nothing_is_kept),
	    cmocka_unit_test(test_a_known_number_is_told_that_it_is_known),
	    cmocka_unit_test(test_registrations_are_few),
	    cmocka_unit_test(test_the_predecessor_or_leader_decides_by_number),
	    cmocka_unit_test(test_all_lets_nobody_in_and_a_wrong_number_decides_nothing),
	    cmocka_unit_test(test_help_names_what_this_person_can_text_now),
	    cmocka_unit_test(test_status_tells_what_is_claimed_when_it_fits),
	    cmocka_unit_test(test_short_codes_and_names_are_never_answered),
	    cmocka_unit_test(test_past_the_hours_answers_a_text_still_counts_and_a_person_looks),
	    cmocka_unit_test(test_a_question_that_cannot_be_put_becomes_a_task),
	    cmocka_unit_test(test_the_same_answer_to_the_same_words_ends_after_three),
	    cmocka_unit_test(test_strangers_are_not_answered_where_the_office_says_so),
	};
	return cmocka_run_group_tests_name("replies/people", tests, NULL, NULL);
}
