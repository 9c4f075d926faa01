/*
 * Owns: tests of scheduler/compose: the shipped texts filled in, folded, cut and priced.
 * May use: scheduler/compose.h, document/plan_file.h, cmocka.
 * Must not know: when a text leaves.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

static const char *body_of(const struct fixture *fixture, const char *text)
{
	const struct plan_text *found = plan_find_text(fixture->plan, text);
	assert_non_null(found);
	return found->body;
}

static enum result compose(struct fixture *fixture, const char *body, const char *const *missing,
    size_t count, struct store_new_message *out, struct failure *failure)
{
	static const char *const units[] = {"Xã Ngọc Côn", "Xã Đàm Thủy"}; /* of a digest */
	*out = (struct store_new_message){0};
	const struct compose_subject subject = {.plan = fixture->plan,
	    .obligation = &fixture->obligation,
	    .person = "Nông Thị Hoa",
	    .language = "vi",
	    .missing = missing,
	    .missing_count = count,
	    .units = units,
	    .unit_count = COUNT_OF(units)};
	return compose_step(fixture->arena, &fixture->policy, &subject, body, out, failure);
}

static void test_the_first_reminder_reads_as_the_plan_words_it(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_new_message message;
	struct failure failure;
	assert_int_equal(
	    compose(&fixture, body_of(&fixture, "bao-truoc"), NULL, 0, &message, &failure),
	    RESULT_OK);
	assert_int_equal(message.part_count, 1);
	assert_int_equal(message.encoding, 0);
	assert_int_equal(message.cost, 350);
	assert_int_equal(message.validity_minutes, 1440);
	assert_string_equal(message.parts[0], "P.LDTBXH Trung Khanh: bao cao 6 thang cua Xa Ngoc "
					      "Con han truoc 10/6, cham nhat thu Ba "
					      "9/6. Gui xong nhan: BC 6T <so BC>. Tro giup: TG");
}

static void test_full_diacritics_go_as_unicode_and_cost_more(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.policy.fold = false;
	fixture.policy.parts_max = 3;
	struct store_new_message message;
	struct failure failure;
	assert_int_equal(
	    compose(&fixture, body_of(&fixture, "bao-truoc"), NULL, 0, &message, &failure),
	    RESULT_OK);
	assert_int_equal(message.encoding, 1);
	assert_int_equal(message.part_count, 2);
	assert_int_equal(message.cost, 2 * 350);
	fixture.policy.parts_max = 1;
	assert_int_equal(
	    compose(&fixture, body_of(&fixture, "bao-truoc"), NULL, 0, &message, &failure),
	    RESULT_LIMIT);
	assert_non_null(strstr(failure.text, "2 SMS parts"));
}

static void test_every_shipped_text_folded_is_one_part(void **state)
{
	(void)state;
	FIXTURE(fixture);
	fixture.policy.parts_max = 1;
	fixture.obligation.unit_name = "Thị trấn Trùng Khánh";
	for (size_t i = 0; i < fixture.plan->text_count; i++) {
		struct store_new_message message;
		struct failure failure = {0};
		const struct plan_text *text = &fixture.plan->texts[i];
		struct fixture event = fixture;
		if (strncmp(text->code, "thang-", 6) == 0)
			make_event(&event);
		if (compose(&event, text->body, NULL, 0, &message, &failure) != RESULT_OK)
			fail_msg("%s: %s", text->code, failure.text);
		assert_int_equal(message.part_count, 1);
		if (strchr(message.parts[0], '{') != NULL)
			fail_msg("%s: %s", text->code, message.parts[0]);
	}
}

static void test_the_summary_names_who_is_missing_or_says_nobody(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char *const missing[] = {"Xã Ngọc Côn", "Xã Đình Phong"};
	struct store_new_message message;
	struct failure failure;
	fixture.obligation.report_code = "TH6T";
	const char *body = "Thiếu {missing_count}: {missing}.";
	assert_int_equal(compose(&fixture, body, missing, 2, &message, &failure), RESULT_OK);
	assert_string_equal(message.parts[0], "Thieu 2: Xa Ngoc Con, Xa Dinh Phong.");
	assert_int_equal(compose(&fixture, body, NULL, 0, &message, &failure), RESULT_OK);
	assert_string_equal(message.parts[0], "Thieu 0: khong.");
	const char *many[40];
	for (size_t i = 0; i < 40; i++)
		many[i] = "Xã Đàm Thủy";
	assert_int_equal(compose(&fixture, body, many, 40, &message, &failure), RESULT_OK);
	assert_int_equal(message.part_count, 1);
	assert_non_null(strstr(message.parts[0], "(+"));
}

static void test_placeholders_of_reports_and_events(void **state)
{
	(void)state;
	static const struct {
		bool event;
		const char *body, *expected;
	} table[] = {
	    {false, "{report} {code} {deadline} {last_day}", "bao cao 6 thang 6T 10/6 thu Ba 9/6"},
	    {false, "{person}, {unit}, {office}",
		"Nong Thi Hoa, Xa Ngoc Con, P.LDTBXH Trung Khanh"},
	    {true, "{event} {start} {end}", "Thang hanh dong vi binh dang gioi 15/11 15/12"},
	    {true, "{code}", "THD"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		FIXTURE(fixture);
		if (table[i].event)
			make_event(&fixture);
		struct store_new_message message;
		struct failure failure = {0};
		if (compose(&fixture, table[i].body, NULL, 0, &message, &failure) != RESULT_OK)
			fail_msg("%s: %s", table[i].body, failure.text);
		assert_string_equal(message.parts[0], table[i].expected);
	}
}

static void test_what_a_text_cannot_say_is_refused(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_new_message message;
	struct failure failure;
	assert_int_equal(compose(&fixture, "{end}", NULL, 0, &message, &failure), RESULT_INVALID);
	assert_int_equal(compose(&fixture, "{phone}", NULL, 0, &message, &failure), RESULT_INVALID);
	assert_non_null(strstr(failure.text, "{phone}"));
	make_event(&fixture);
	assert_int_equal(
	    compose(&fixture, "{last_day}", NULL, 0, &message, &failure), RESULT_INVALID);
	char *huge = arena_alloc(fixture.arena, 20001);
	memset(huge, 'x', 20000);
	assert_int_equal(compose(&fixture, huge, NULL, 0, &message, &failure), RESULT_LIMIT);
}

static void test_the_days_named_are_those_of_the_deadline(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct store_new_message message;
	struct failure failure;
	fixture.obligation.named = civil_day(2020, 5, 4); /* Monday after a long weekend */
	fixture.obligation.deadline = moment(5, 4, 0, 0);
	assert_int_equal(
	    compose(&fixture, "{deadline} {last_day}", NULL, 0, &message, &failure), RESULT_OK);
	assert_string_equal(message.parts[0], "4/5 thu Tu 29/4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_first_reminder_reads_as_the_plan_words_it),
	    cmocka_unit_test(test_full_diacritics_go_as_unicode_and_cost_more),
	    cmocka_unit_test(test_every_shipped_text_folded_is_one_part),
	    cmocka_unit_test(test_the_summary_names_who_is_missing_or_says_nobody),
	    cmocka_unit_test(test_placeholders_of_reports_and_events),
	    cmocka_unit_test(test_what_a_text_cannot_say_is_refused),
	    cmocka_unit_test(test_the_days_named_are_those_of_the_deadline),
	};
	return cmocka_run_group_tests_name("scheduler/compose", tests, NULL, NULL);
}
