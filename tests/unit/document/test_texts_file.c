/*
 * Owns: tests of document/texts_file, and that every shipped text fits one part when folded.
 * May use: document/, plan/, text/, cmocka.
 * Must not know: who says what when.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "document/plan_file.h"
#include "document/recipients_file.h"
#include "document/texts_file.h"
#include "document/texts_names.h"
#include "fixture.h"
#include "plan/wording.h"
#include "text/letters.h"
#include "text/segment.h"
#include "text/template.h"

/* The longest values that the shipped plan and list can give. */
struct worst {
	const char *office, *unit, *person, *report, *event, *code;
	char missing[WORDING_MISSING_MAX + 1], list[WORDING_LIST_MAX + 1],
	    choices[WORDING_CHOICES_MAX + 1];
	const char *language;
};

static size_t letters_of(const char *text)
{
	OWNED_TEXT folded = letters_fold(text);
	return strlen(folded);
}

static void keep_longer(const char **kept, const char *text)
{
	if (*kept == NULL || letters_of(text) > letters_of(*kept))
		*kept = text;
}

static struct worst find_worst(struct fixture *fixture, const struct plan **plan_out)
{
	size_t len;
	const char *text = read_whole(fixture->arena, "config/plans/trung-khanh-2020.yaml", &len);
	const struct plan *plan = plan_file_parse(
	    fixture->arena, "plan", text, len, "config/holidays", &fixture->complaints);
	text = read_whole(fixture->arena, "config/recipients/trung-khanh-2020.csv", &len);
	const struct recipients *recipients = recipients_file_parse(
	    fixture->arena, "list", text, len, NULL, NULL, &fixture->complaints);
	assert_errors(fixture, 0);
	struct worst worst = {.office = plan->office};
	for (size_t i = 0; i < recipients->unit_count; i++)
		keep_longer(&worst.unit, recipients->units[i].name);
	for (size_t i = 0; i < recipients->person_count; i++)
		keep_longer(&worst.person, recipients->people[i].name);
	for (size_t i = 0; i < plan->report_count; i++) {
		keep_longer(&worst.report, plan->reports[i].name);
		keep_longer(&worst.code, plan->reports[i].code);
	}
	for (size_t i = 0; i < plan->event_count; i++)
		keep_longer(&worst.event, plan->events[i].name);
	memset(worst.missing, 'x', WORDING_MISSING_MAX);
	memset(worst.list, 'x', WORDING_LIST_MAX);
	memset(worst.choices, 'x', WORDING_CHOICES_MAX);
	*plan_out = plan;
	return worst;
}

static const char *worst_value(const char *name, void *arg)
{
	const struct worst *worst = arg;
	bool english = strcmp(worst->language, "en") == 0;
	const struct {
		const char *name, *value;
	} values[] = {
	    {"office", worst->office},
	    {"unit", worst->unit},
	    {"person", worst->person},
	    {"report", worst->report},
	    {"event", worst->event},
	    {"code", worst->code},
	    {"missing", worst->missing},
	    {"missing_count", "33"},
	    {"list", worst->list},
	    {"choices", worst->choices},
	    {"count", "12"},
	    {"request", "12"},
	    {"deadline", "10/12"},
	    {"start", "15/11"},
	    {"end", "15/12"},
	    {"last_day", english ? "Wed 23/12" : "thứ Sáu 23/12"},
	    {"promised", english ? "Wed 23/12" : "Chủ nhật 23/12"},
	    {"day", english ? "Wed 23/12" : "Chủ nhật 23/12"},
	    {"other", worst->unit},
	    {"number", english ? ", number 1234/BC-UBND" : ", số 1234/BC-UBND"},
	};
	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return values[i].value;
	return NULL;
}

static bool fits(const char *code, const char *template, struct worst *worst)
{
	OWNED_BUFFER out = BUFFER(4000);
	struct failure failure;
	if (template_expand(template, worst_value, worst, &out, &failure) != RESULT_OK)
		fail_msg("%s: %s", code, failure.text);
	OWNED_TEXT folded = letters_fold(buffer_text(&out));
	assert_int_equal(segment_encoding_of(folded), SEGMENT_GSM7);
	bool one = segment_count(folded) == 1;
	if (!one)
		print_message("%s takes %d parts, %zu letters: %s\n", code, segment_count(folded),
		    strlen(folded), folded);
	return one;
}

static void test_every_text_of_the_plan_fits_one_part(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const struct plan *plan;
	struct worst worst = find_worst(&fixture, &plan);
	worst.language = "vi";
	size_t misfits = 0;
	for (size_t i = 0; i < plan->text_count; i++)
		misfits += !fits(plan->texts[i].code, plan->texts[i].body, &worst);
	assert_int_equal(misfits, 0);
}

static void test_every_answer_fits_one_part_in_both_languages(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const struct plan *plan;
	struct worst worst = find_worst(&fixture, &plan);
	struct texts *texts = texts_load(fixture.arena, "config/texts", &fixture.complaints);
	show_complaints(&fixture);
	assert_non_null(texts);
	static const char *const languages[] = {"vi", "en"};
	size_t misfits = 0;
	for (size_t l = 0; l < COUNT_OF(languages); l++) {
		worst.language = languages[l];
		for (size_t i = 0; i < texts_name_count; i++)
			misfits += !fits(texts_names[i].name,
			    texts_get(texts, languages[l], texts_names[i].name), &worst);
	}
	assert_int_equal(misfits, 0);
}

static void test_the_first_text_names_the_office_and_how_to_answer(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const struct plan *plan;
	(void)find_worst(&fixture, &plan);
	for (size_t i = 0; i < plan->text_count; i++)
		assert_int_equal(strncmp(plan->texts[i].body, "{office}", 8), 0);
	assert_non_null(strstr(plan_find_text(plan, "bao-truoc")->body, "BC {code}"));
}

static void test_texts_are_given_by_language_and_name(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct texts *texts = texts_load(fixture.arena, "config/texts", &fixture.complaints);
	assert_non_null(strstr(texts_get(texts, "vi", "claim_recorded"), "Đã ghi"));
	assert_non_null(strstr(texts_get(texts, "en", "claim_recorded"), "Noted"));
	assert_string_equal(
	    texts_get(texts, "fr", "status_none"), texts_get(texts, "vi", "status_none"));
	assert_string_equal(texts_get(texts, "vi", "no_such_name"), "no_such_name");
}

/* A folder whose two files are the shipped English one with one change. */
static const char *changed_folder(struct fixture *fixture, const char *from, const char *to)
{
	size_t len;
	const char *text = read_whole(fixture->arena, "config/texts/en.yaml", &len);
	const char *at = strstr(text, from);
	assert_non_null(at);
	const char *changed =
	    arena_printf(fixture->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
	const char *folder = make_folder(fixture->arena);
	write_file(fixture->arena, folder, "vi.yaml", changed);
	write_file(fixture->arena, folder, "en.yaml", text);
	return folder;
}

static void test_mistakes_in_texts_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to, *words;
		int line;
	} cases[] = {
	    {"claim_recorded:", "claim_recordet:", "Did you mean `claim_recorded`?", 12},
	    {"status_none:", "# status_none:", "`status_none` is missing", 11},
	    {"Noted: {report}", "Noted: {event}", "{event}, which has no value here", 12},
	    {"Noted: {report}", "Noted: {report", "`claim_recorded`:", 12},
	    {"{choices}\"", "{count}\"", "Known: choices", 23},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		const char *folder = changed_folder(&fixture, cases[i].from, cases[i].to);
		assert_null(texts_load(fixture.arena, folder, &fixture.complaints));
		assert_complaint(&fixture, cases[i].line, cases[i].words);
		remove_folder(folder, (const char *const[]){"vi.yaml", "en.yaml"}, 2);
	}
	FIXTURE(fixture);
	assert_null(texts_load(fixture.arena, "/no/such/folder", &fixture.complaints));
	assert_complaint(&fixture, 0, "/no/such/folder/vi.yaml");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_text_of_the_plan_fits_one_part),
	    cmocka_unit_test(test_every_answer_fits_one_part_in_both_languages),
	    cmocka_unit_test(test_the_first_text_names_the_office_and_how_to_answer),
	    cmocka_unit_test(test_texts_are_given_by_language_and_name),
	    cmocka_unit_test(test_mistakes_in_texts_are_named),
	};
	return cmocka_run_group_tests_name("document/texts_file", tests, NULL, NULL);
}
