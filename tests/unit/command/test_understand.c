/*
 * Owns: tests of `nhacviec understand`: what goes in, the form of what comes out.
 * May use: command/, jansson by command/operation.h, cmocka.
 * Must not know: how texts are read (tests/unit/understand/, tests/replies/).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "command/understand.h"
#include "fixture.h"

#include <sysexits.h>

#define NOW "--now=2026-06-08T09:00"

static int setup(void **state)
{
	(void)state;
	unsetenv("NHACVIEC_CLOCK");
	setenv("NHACVIEC_CONFIG", "/nonexistent/nhacviec.yaml", 1);
	setenv("LC_ALL", "C", 1);
	return 0;
}

static json_t *line_of(const struct outcome *outcome, int number)
{
	const char *line = outcome->out;
	for (int i = 0; i < number; i++) {
		line = strchr(line, '\n');
		assert_non_null(line);
		line++;
	}
	json_t *object = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
	assert_non_null(object);
	return object;
}

static void assert_value(const struct outcome *outcome, int number, const char *key, const char *is)
{
	json_t *object = line_of(outcome, number);
	const char *value = json_string_value(json_object_get(object, key));
	if (is == NULL)
		assert_true(json_is_null(json_object_get(object, key)));
	else if (value == NULL || strcmp(value, is) != 0)
		fail_msg("%s of line %d is not %s:\n%s", key, number, is, outcome->out);
	json_decref(object);
}

static int lines_of(const struct outcome *outcome)
{
	int lines = 0;
	for (const char *c = outcome->out; *c != '\0'; c++)
		lines += *c == '\n';
	return lines;
}

static void each_line_gives_one_object_with_its_keys_in_order(void **state)
{
	static const char *const keys[] = {"intent", "report", "period", "document", "date", "unit",
	    "fields", "confidence", "alternatives", "evidence"};
	(void)state;
	const struct outcome *outcome =
	    type("BC 6T 45/BC-UBND\nHUY\n\n?\n", "understand", NOW, NULL);
	assert_status(outcome, EX_OK);
	assert_int_equal(lines_of(outcome), 4);
	for (int i = 0; i < 4; i++) {
		json_t *object = line_of(outcome, i);
		size_t at = 0;
		const char *key;
		json_t *value;
		json_object_foreach(object, key, value)
		{
			assert_true(at < COUNT_OF(keys));
			assert_string_equal(key, keys[at++]);
		}
		assert_int_equal(at, COUNT_OF(keys));
		json_decref(object);
	}
}

static void no_configuration_is_needed_and_both_reports_are_open(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("BC 6T 45/BC-UBND\nBC NAM\nda gui bao cao roi\n", "understand", NOW, NULL);
	assert_status(outcome, EX_OK);
	assert_value(outcome, 0, "intent", "confirm");
	assert_value(outcome, 0, "report", "6T");
	assert_value(outcome, 0, "document", "45/BC-UBND");
	assert_value(outcome, 1, "report", "NAM");
	assert_value(outcome, 1, "period", "2026");
	assert_value(outcome, 1, "document", NULL);
	assert_value(outcome, 2, "report", "ambiguous");
	assert_value(outcome, 2, "period", NULL);
}

static void what_is_owed_can_be_said(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("da gui bao cao roi\n", "understand", NOW, "--open", "NAM", NULL);
	assert_value(outcome, 0, "report", "NAM");
	outcome = type("BC 6T\n", "understand", NOW, "--open", "-", NULL);
	assert_value(outcome, 0, "report", NULL);
}

static void an_unknown_code_is_refused_with_those_that_are_known(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("BC 6T\n", "understand", NOW, "--open", "6T,QUY", NULL);
	assert_status(outcome, EX_USAGE);
	assert_says(outcome->err, "QUY");
	assert_says(outcome->err, "6T, NAM");
	assert_string_equal(outcome->out, "");
}

static void a_day_is_told_as_a_date_of_the_year_of_now(void **state)
{
	(void)state;
	const struct outcome *outcome = type("6t mai em gui\n", "understand", NOW, NULL);
	assert_value(outcome, 0, "intent", "not-yet");
	assert_value(outcome, 0, "date", "2026-06-09");
}

static void the_year_of_the_plan_itself_is_a_year_like_others(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("BC nam 2020\n", "understand", "--now=2020-06-08T09:00", NULL);
	assert_value(outcome, 0, "report", "NAM");
	assert_value(outcome, 0, "period", "2020");
}

static void an_answer_to_a_question_picks_one_or_both(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("2\nca 2\n", "understand", NOW, "--asked", "1:6T,2:NAM", NULL);
	assert_value(outcome, 0, "intent", "confirm");
	assert_value(outcome, 0, "report", "NAM");
	assert_value(outcome, 1, "report", "ambiguous");
	json_t *both = line_of(outcome, 1);
	json_t *also = json_array_get(json_object_get(both, "alternatives"), 1);
	assert_string_equal(json_string_value(json_object_get(also, "report")), "NAM");
	assert_true(json_is_true(json_object_get(also, "also")));
	json_decref(both);
	outcome = type("1\n", "understand", NOW, "--asked", "cancel:1:6T,2:NAM", NULL);
	assert_value(outcome, 0, "intent", "cancel");
	assert_value(outcome, 0, "report", "6T");
}

static void a_question_in_another_form_is_refused(void **state)
{
	static const char *const bad[] = {
	    "6T", "1:6T,3:NAM", "2:6T", "dance:1:6T", "1:6T,", "1:QUY", ":", "1:"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_status(type("1\n", "understand", NOW, "--asked", bad[i], NULL), EX_USAGE);
}

static void short_codes_and_names_are_robots(void **state)
{
	static const char *const robots[] = {"195", "VIETTEL"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(robots); i++)
		assert_value(type("BC 6T\n", "understand", NOW, "--sender", robots[i], NULL), 0,
		    "intent", "advert");
	assert_value(type("BC 6T\n", "understand", NOW, "--sender", "0912345678", NULL), 0,
	    "intent", "confirm");
}

static void escapes_are_undone_only_when_asked_for(void **state)
{
	char text[] = "a\\nb\\\\n\\x41\\xZZ\\q\\";
	(void)state;
	size_t len = understand_unescape(text, strlen(text));
	assert_int_equal(len, strlen("a\nb\\nA\\xZZ\\q\\"));
	assert_memory_equal(text, "a\nb\\nA\\xZZ\\q\\", len);
	const char *input = "BC 6T\\n45/BC-UBND\n";
	assert_value(
	    type(input, "understand", NOW, "--escapes", NULL), 0, "document", "45/BC-UBND");
	assert_int_equal(lines_of(type(input, "understand", NOW, "--escapes", NULL)), 1);
}

static void a_line_that_is_too_long_claims_nothing_and_keeps_the_others_in_step(void **state)
{
	(void)state;
	size_t len = 70000;
	char *input = memory_new(len + 100);
	memset(input, ' ', len);
	memcpy(input, "BC 6T", 5);
	memcpy(input + len, "\nBC NAM\n", 9);
	const struct outcome *outcome = type(input, "understand", NOW, NULL);
	assert_int_equal(lines_of(outcome), 2);
	assert_value(outcome, 0, "intent", "unknown");
	assert_value(outcome, 1, "report", "NAM");
	assert_says(outcome->err, "Line 1");
	memory_free(input);
}

static void bytes_that_are_no_text_give_an_object_too(void **state)
{
	(void)state;
	const struct outcome *outcome =
	    type("\xff\xfe\x80 abc\n\xe1\xbb\n\x01\x1b\n", "understand", NOW, NULL);
	assert_status(outcome, EX_OK);
	assert_int_equal(lines_of(outcome), 3);
	assert_value(outcome, 0, "intent", "unknown");
}

static void what_stands_behind_a_nul_is_not_overlooked(void **state)
{
	static const char text[] = "BC 6T\0 chua gui";
	(void)state;
	struct understand_wishes wishes = {.now = "2026-06-08T09:00"};
	struct understand_context context;
	struct command_context command = {.language = "en"};
	struct arena *arena = arena_new();
	struct understand_vocabulary *vocabulary = understand_vocabulary_new();
	assert_int_equal(understand_make_world(&command, arena, &wishes, &context), EX_OK);
	context.vocabulary = vocabulary;
	struct readings readings = understand_bytes(arena, text, sizeof text - 1, &context);
	assert_true(readings.items[0].intent != INTENT_CONFIRM ||
		    readings.items[0].confidence < CONFIDENCE_SURE);
	understand_vocabulary_free(vocabulary);
	arena_free(arena);
}

static void readings_are_told_by_their_fields(void **state)
{
	(void)state;
	struct understand_wishes wishes = {.now = "2026-06-08T09:00"};
	struct understand_context context;
	struct command_context command = {.language = "en"};
	struct arena *arena = arena_new();
	assert_int_equal(understand_make_world(&command, arena, &wishes, &context), EX_OK);
	int64_t one = context.obligations[0].id;
	struct reading items[] = {
	    {.intent = INTENT_CONFIRM,
		.confidence = 95,
		.obligations = &one,
		.obligation_count = 1,
		.sent_on = civil_moment(civil_day(2026, 6, 5), 0, context.zone_minutes),
		.promised = WALL_NEVER,
		.unit_name = "Xã Đình Phong",
		.figures = {{"lop", 3}, {"nguoi", 120}},
		.figure_count = 2,
		.nothing_to_report = true,
		.evidence = "\xff"},
	    {.intent = INTENT_NOT_YET, .confidence = 90, .evidence = ""},
	    {.intent = INTENT_QUESTION, .confidence = 40, .evidence = ""},
	    {.intent = INTENT_CONFIRM,
		.confidence = 30,
		.report_code = "TH6T",
		.names_other = true,
		.evidence = ""}};
	const struct readings readings = {.items = items, .count = 4, .said = 2};
	json_t *object = understand_json(&context, &readings);
	char *text = json_dumps(object, JSON_COMPACT);
	assert_string_equal(text,
	    "{\"intent\":\"confirm\",\"report\":\"6T\",\"period\":\"2026\",\"document\":null,"
	    "\"date\":\"2026-06-05\",\"unit\":\"Xã Đình Phong\",\"fields\":{\"lop\":3,"
	    "\"nguoi\":120,\"nil\":true},\"confidence\":95,\"alternatives\":["
	    "{\"intent\":\"not-yet\",\"report\":null,\"confidence\":90,\"also\":true},"
	    "{\"intent\":\"question\",\"report\":null,\"confidence\":40},"
	    "{\"intent\":\"confirm\",\"report\":null,\"confidence\":30}],"
	    "\"evidence\":\"\xEF\xBF\xBD\"}");
	free(text);
	json_decref(object);
	arena_free(arena);
}

static void the_made_up_sender_is_as_the_options_say(void **state)
{
	(void)state;
	struct understand_wishes wishes = {.now = "2026-06-08T09:00",
	    .open = "6T",
	    .claimed = "NAM",
	    .reminded = "6T",
	    .event = "Tập huấn",
	    .fields = "lop,nguoi",
	    .requests = 2};
	struct understand_context context;
	struct command_context command = {.language = "en"};
	struct arena *arena = arena_new();
	assert_int_equal(understand_make_world(&command, arena, &wishes, &context), EX_OK);
	assert_int_equal(context.obligation_count, 2);
	const struct understand_obligation *half = &context.obligations[0];
	const struct understand_obligation *year = &context.obligations[1];
	assert_true(half->reminded && !half->claimed && year->claimed && !year->reminded);
	assert_true(half->deadline.ms == civil_moment(civil_day(2026, 6, 10), 0, 420).ms);
	assert_true(year->deadline.ms == civil_moment(civil_day(2026, 12, 10), 0, 420).ms);
	assert_true(wall_before(year->claimed_at, context.now));
	assert_non_null(strstr(year->report_words, "nam 2026"));
	assert_null(strstr(year->report_words, "2020"));
	assert_int_equal(half->field_count, 2);
	assert_string_equal(half->fields[1].code, "nguoi");
	assert_int_equal(context.event_count, 1);
	assert_string_equal(context.events[0].report_words, "tap huan");
	assert_int_equal(context.request_count, 2);
	for (size_t i = 0; i < context.other_report_count; i++)
		assert_string_not_equal(context.other_reports[i].report_code, "6T");
	assert_true(context.other_report_count >= 4);
	arena_free(arena);
}

static void a_plan_of_ones_own_can_be_tried(void **state)
{
	struct place place;
	(void)state;
	place_begin(&place);
	write_in_place(&place, "plan.yaml",
	    "plan: P\nname: Kế hoạch\nowner: VP\noffice: VP\n"
	    "calendar:\n  zone: Asia/Ho_Chi_Minh\n  holidays: [nobody-has-this]\n"
	    "texts:\n  nhac: \"{office}: {report} hạn {deadline}\"\n"
	    "ladders:\n  mot:\n    - {step: nhac, when: -1d, at: 08:00, to: reporter, text: nhac}\n"
	    "reports:\n  QUY:\n    name: báo cáo quý\n    for: {kinds: [commune]}\n"
	    "    by: 07-05\n    years: 2020\n    ladder: mot\n");
	const struct outcome *outcome =
	    type("BC QUY 7/BC-UBND\n", "understand", NOW, "--plan", place.path, NULL);
	assert_status(outcome, EX_OK);
	assert_value(outcome, 0, "report", "QUY");
	write_in_place(&place, "plan.yaml", "plan: [\n");
	assert_status(type("BC QUY\n", "understand", NOW, "--plan", place.path, NULL), EX_DATAERR);
	place_end(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(each_line_gives_one_object_with_its_keys_in_order, setup),
	    cmocka_unit_test_setup(no_configuration_is_needed_and_both_reports_are_open, setup),
	    cmocka_unit_test_setup(what_is_owed_can_be_said, setup),
	    cmocka_unit_test_setup(an_unknown_code_is_refused_with_those_that_are_known, setup),
	    cmocka_unit_test_setup(a_day_is_told_as_a_date_of_the_year_of_now, setup),
	    cmocka_unit_test_setup(the_year_of_the_plan_itself_is_a_year_like_others, setup),
	    cmocka_unit_test_setup(an_answer_to_a_question_picks_one_or_both, setup),
	    cmocka_unit_test_setup(a_question_in_another_form_is_refused, setup),
	    cmocka_unit_test_setup(short_codes_and_names_are_robots, setup),
	    cmocka_unit_test_setup(escapes_are_undone_only_when_asked_for, setup),
	    cmocka_unit_test_setup(
		a_line_that_is_too_long_claims_nothing_and_keeps_the_others_in_step, setup),
	    cmocka_unit_test_setup(bytes_that_are_no_text_give_an_object_too, setup),
	    cmocka_unit_test_setup(what_stands_behind_a_nul_is_not_overlooked, setup),
	    cmocka_unit_test_setup(readings_are_told_by_their_fields, setup),
	    cmocka_unit_test_setup(the_made_up_sender_is_as_the_options_say, setup),
	    cmocka_unit_test_setup(a_plan_of_ones_own_can_be_tried, setup),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
