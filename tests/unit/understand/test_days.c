/*
 * Owns: tests of what plainly promises a day, of decisions on requests and of answers about events.
 * May use: understand/, the world, cmocka.
 * Must not know: what is done about it.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "understand_world.h"

static struct reading read_in(struct arena *arena, const char *text, struct world *world)
{
	return understand(arena, text, &world->context).items[0];
}

/* Monday 8 June 2020, 09:00. */
static void test_only_a_plain_text_promises_a_day(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int month, day; /* 0: no day at all */
		bool sure;
	} cases[] = {
	    {"mai gửi", 6, 9, true}, {"Mai em gửi ạ", 6, 9, true},
	    {"chưa xong, mai gửi", 6, 9, true}, {"BC 6T mai em nộp", 6, 9, true},
	    {"thứ 5 em nộp", 6, 11, true}, {"thu nam em nop", 6, 11, true},
	    {"Thứ sáu gửi", 6, 12, true}, {"thứ 2 tuần sau em gửi", 6, 15, true},
	    {"chủ nhật gửi", 6, 14, true}, {"9/6 gửi", 6, 9, true},
	    {"em hẹn ngày 12 gửi", 6, 12, true}, {"ngày 12 tháng 6 em gửi", 6, 12, true},
	    {"chiều nay gửi", 6, 8, true},
	    /* a day, but not plainly the one of sending */
	    {"mai nếu có mạng thì gửi", 6, 9, false}, {"mai em đi họp, chưa gửi được", 0, 0, false},
	    {"hôm nay chưa gửi được", 0, 0, false}, {"mai không gửi được", 0, 0, false},
	    {"mai chưa chắc gửi", 6, 9, false}, {"9/6 hoặc 11/6 gửi", 6, 11, false},
	    {"anh Bình mai gửi", 6, 9, false}, {"chưa xong", 0, 0, false},
	    {"chưa xong, thứ 2 gửi", 6, 15, false}, /* today is one, too */
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		struct reading reading = read_in(arena, cases[i].text, &world);
		struct wall expected =
		    cases[i].day == 0
			? WALL_NEVER
			: civil_moment(civil_day(2020, cases[i].month, cases[i].day), 0, ZONE);
		if (reading.intent != INTENT_NOT_YET || reading.promised.ms != expected.ms ||
		    reading.day_is_sure != cases[i].sure)
			fail_msg("\"%s\": %s, day %lld, sure %d", cases[i].text,
			    intent_name(reading.intent), (long long)reading.promised.ms,
			    reading.day_is_sure);
		arena_free(arena);
	}
}

static void test_a_day_that_cannot_be_told_is_vague(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "tuần sau em nộp", "chưa xong, ngày 5 gửi", "chưa xong, 31/6 gửi"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		struct reading reading = read_in(arena, texts[i], &world);
		if (reading.intent != INTENT_NOT_YET || reading.promised.ms != WALL_NEVER.ms ||
		    !reading.day_is_vague || reading.day_is_sure)
			fail_msg("%s", texts[i]);
		arena_free(arena);
	}
}

static void test_questions_and_claims_are_no_promises(void **state)
{
	(void)state;
	static const char *const texts[] = {"mai gửi được không?", "gửi chưa", "mai gửi ạ?",
	    "BC 6T 45/BC-UBND ngày 9/6", "đã gửi hôm nay", "mai đã gửi", "nộp ngày nào?"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		struct reading reading = read_in(arena, texts[i], &world);
		if (reading.intent == INTENT_NOT_YET || reading.day_is_sure)
			fail_msg("%s", texts[i]);
		arena_free(arena);
	}
}

static void test_asking_for_more_time_plainly(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool sure;
	} cases[] = {
	    {"Xin lùi đến 12/6", true},
	    {"cho em nộp muộn đến thứ 6", true},
	    {"xin gia hạn BC 6T đến ngày 12/6 ạ", true},
	    {"Xin lùi đến 12/6 vì mất điện", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		struct reading reading = read_in(arena, cases[i].text, &world);
		if (reading.intent != INTENT_EXTENSION_REQUEST ||
		    reading.promised.ms != civil_moment(civil_day(2020, 6, 12), 0, ZONE).ms ||
		    reading.day_is_sure != cases[i].sure)
			fail_msg("%s", cases[i].text);
		arena_free(arena);
	}
}

static void test_a_day_alone_answers_which_day_and_nothing_else(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct world world;
	world_make(&world, COMMUNE);
	assert_false(read_in(arena, "12/6", &world).day_is_sure);
	world_ask(&world, INTENT_EXTENSION_REQUEST, 1, NULL);
	struct reading reading = read_in(arena, "12/6", &world);
	assert_int_equal(reading.intent, INTENT_EXTENSION_REQUEST);
	assert_int_equal(reading.obligation_count, 1);
	assert_true(reading.day_is_sure);
	assert_int_equal(reading.promised.ms, civil_moment(civil_day(2020, 6, 12), 0, ZONE).ms);
	reading = read_in(arena, "BC 6T 45/BC-UBND", &world);
	assert_int_equal(reading.intent, INTENT_CONFIRM);
	arena_free(arena);
}

static void test_a_choice_carries_the_day_that_was_named(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct world world;
	world_make(&world, COMMUNE);
	world_ask(&world, INTENT_NOT_YET, 2, NULL);
	world.context.question.promised = civil_moment(civil_day(2020, 6, 9), 0, ZONE);
	struct reading reading = read_in(arena, "2", &world);
	assert_int_equal(reading.intent, INTENT_NOT_YET);
	assert_int_equal(reading.promised.ms, world.context.question.promised.ms);
	assert_true(reading.day_is_sure);
	arena_free(arena);
}

/* ── decisions ───────────────────────────────────────────────────────────────────────────────── */

static void test_decisions_and_their_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum intent intent;
		int numbers[3];
		bool all, sure;
	} cases[] = {
	    {"DUYET 3", INTENT_APPROVE, {3}, false, true},
	    {"duyệt 3 4", INTENT_APPROVE, {3, 4}, false, true},
	    {"Duyệt", INTENT_APPROVE, {0}, false, true},
	    {"duyet het", INTENT_APPROVE, {0}, true, true},
	    {"duyệt số 3 nhé", INTENT_APPROVE, {3}, false, true},
	    {"KHONG 3", INTENT_REFUSE, {3}, false, true},
	    {"không", INTENT_REFUSE, {0}, false, true},
	    {"không duyệt 12", INTENT_REFUSE, {12}, false, true},
	    {"duyệt 3 nếu kịp", INTENT_APPROVE, {3}, false, false},
	    {"duyệt 3?", INTENT_APPROVE, {3}, false, false},
	    {"duyet het 3", INTENT_APPROVE, {3}, true, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, OFFICE);
		world.context.request_count = 2;
		struct reading reading = read_in(arena, cases[i].text, &world);
		bool same = reading.intent == cases[i].intent && reading.all == cases[i].all &&
			    (reading.confidence >= CONFIDENCE_SURE) == cases[i].sure;
		for (size_t n = 0; n < 3; n++)
			same &= (n < reading.number_count ? reading.numbers[n] : 0) ==
				cases[i].numbers[n];
		if (!same)
			fail_msg("%s", cases[i].text);
		arena_free(arena);
	}
}

static void test_no_alone_is_a_decision_only_while_a_request_waits(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct world world;
	world_make(&world, COMMUNE);
	assert_int_not_equal(read_in(arena, "Không", &world).intent, INTENT_REFUSE);
	assert_int_equal(read_in(arena, "DUYET 3", &world).intent, INTENT_APPROVE);
	arena_free(arena);
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────── */

static void test_answers_about_events(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int waiting; /* events reminded of and not answered, of two */
		enum intent intent;
		int named;
		bool sure;
	} cases[] = {
	    {"tham gia", 1, INTENT_ATTEND, 0, true},
	    {"Xã em tham gia ạ", 2, INTENT_ATTEND, 0, true},
	    {"vắng", 1, INTENT_ABSENT, 0, true},
	    {"Vắng mặt", 2, INTENT_ABSENT, 0, true},
	    {"không dự được", 1, INTENT_ABSENT, 0, true},
	    {"tham gia lễ ra quân", 2, INTENT_ATTEND, 1, true},
	    {"có", 1, INTENT_ATTEND, 0, true},
	    {"em đi", 1, INTENT_ATTEND, 0, true},
	    {"vang", 1, INTENT_ATTEND, 0, false},
	    {"vâng", 2, INTENT_ACKNOWLEDGE, 0, true},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		const struct understand_obligation events[] = {
		    {.id = 31,
			.report_code = "LE",
			.report_words = "le ra quan",
			.unit_code = "NGOC-CON",
			.unit_name = "Xã Ngọc Côn",
			.reminded = cases[i].waiting > 0},
		    {.id = 32,
			.report_code = "BM",
			.report_words = "be mac",
			.unit_code = "NGOC-CON",
			.unit_name = "Xã Ngọc Côn",
			.reminded = cases[i].waiting > 1},
		};
		world.context.events = events;
		world.context.event_count = 2;
		struct reading reading = read_in(arena, cases[i].text, &world);
		if (reading.intent != cases[i].intent ||
		    reading.obligation_count != (size_t)cases[i].named ||
		    (reading.confidence >= CONFIDENCE_SURE) != cases[i].sure)
			fail_msg("\"%s\": %s %d", cases[i].text, intent_name(reading.intent),
			    reading.confidence);
		arena_free(arena);
	}
}

static void test_short_words_answer_nothing_when_two_events_wait(void **state)
{
	(void)state;
	static const char *const texts[] = {"có", "em đi", "không", "tham gia?", "ai tham gia"};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct arena *arena = arena_new();
		struct world world;
		world_make(&world, COMMUNE);
		const struct understand_obligation events[] = {
		    {.id = 31,
			.report_code = "LE",
			.report_words = "le ra quan",
			.unit_code = "A",
			.unit_name = "A",
			.reminded = true},
		    {.id = 32,
			.report_code = "BM",
			.report_words = "be mac",
			.unit_code = "A",
			.unit_name = "A",
			.reminded = true},
		};
		world.context.events = events;
		world.context.event_count = 2;
		enum intent intent = read_in(arena, texts[i], &world).intent;
		if (intent == INTENT_ATTEND || intent == INTENT_ABSENT)
			fail_msg("%s", texts[i]);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_only_a_plain_text_promises_a_day),
	    cmocka_unit_test(test_a_day_that_cannot_be_told_is_vague),
	    cmocka_unit_test(test_questions_and_claims_are_no_promises),
	    cmocka_unit_test(test_asking_for_more_time_plainly),
	    cmocka_unit_test(test_a_day_alone_answers_which_day_and_nothing_else),
	    cmocka_unit_test(test_a_choice_carries_the_day_that_was_named),
	    cmocka_unit_test(test_decisions_and_their_numbers),
	    cmocka_unit_test(test_no_alone_is_a_decision_only_while_a_request_waits),
	    cmocka_unit_test(test_answers_about_events),
	    cmocka_unit_test(test_short_words_answer_nothing_when_two_events_wait),
	};
	return cmocka_run_group_tests_name("understand/days", tests, NULL, NULL);
}
