/*
 * Owns: tests of the command line: global options, subcommands, their options, their help, words.
 * May use: command/, cmocka.
 * Must not know: what the commands do.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"

#include "command/options.h"
#include "command/words.h"

#include <sysexits.h>

/* ── the program ─────────────────────────────────────────────────────────────────────────────── */

static void test_help_lists_every_command_in_both_languages(void **state)
{
	(void)state;
	const struct outcome *outcome = run("--help", "--lang", "vi", NULL);
	assert_status(outcome, EX_OK);
	for (const struct command *command = commands; command->name != NULL; command++) {
		assert_says(outcome->out, command->name);
		assert_says(outcome->out, command->summary_vi);
	}
	outcome = run("--lang=en", "--help", NULL);
	for (const struct command *command = commands; command->name != NULL; command++)
		assert_says(outcome->out, command->summary_en);
}

static void test_every_command_has_help_in_both_languages(void **state)
{
	(void)state;
	for (const struct command *command = commands; command->name != NULL; command++) {
		char vietnamese[OUTPUT_MAX];
		const struct outcome *outcome = run("--lang", "vi", command->name, "--help", NULL);
		assert_status(outcome, EX_OK);
		assert_string_equal(outcome->err, "");
		assert_says(outcome->out, "nhacviec");
		memcpy(vietnamese, outcome->out, sizeof vietnamese);
		outcome = run("--lang", "en", command->name, "--help", NULL);
		assert_status(outcome, EX_OK);
		assert_says(outcome->out, command->name);
		assert_string_not_equal(outcome->out, vietnamese);
	}
}

static void test_the_language_is_that_of_the_locale(void **state)
{
	(void)state;
	setenv("LC_ALL", "", 1);
	setenv("LC_MESSAGES", "vi_VN.UTF-8", 1);
	setenv("LANG", "en_US.UTF-8", 1);
	assert_says(run(NULL)->err, "Hãy cho biết");
	setenv("LC_ALL", "C", 1);
	assert_says(run(NULL)->err, "Say what to do");
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	setenv("LANG", "vie", 1); /* no language of ours */
	assert_says(run(NULL)->err, "Say what to do");
	unsetenv("LANG");
	assert_says(run("--lang", "vi", NULL)->err, "Hãy cho biết");
}

static void test_what_cannot_be_understood_ends_with_advice_and_64(void **state)
{
	(void)state;
	static const struct {
		const char *words[4];
		const char *says;
	} cases[] = {
	    {{NULL}, "--help"},
	    {{"bord"}, "Did you mean board?"},
	    {{"zzzzzzzzzz"}, "lists them"},
	    {{"--lang", "fr", "board"}, "vi or en"},
	    {{"board", "--config"}, "--config needs a value"},
	    {{"board", "--lang="}, "--lang needs a value"},
	    {{"board", "--csw"}, "Did you mean --csv?"},
	    {{"board", "-x"}, "no option --x"},
	    {{"board", "--report"}, "--report needs a value"},
	    {{"board", "--report="}, "--report needs a value"},
	    {{"board", "--csv=1"}, "takes no value"},
	    {{"board", "A", "B"}, "Too many words"},
	    {{"claim", "A"}, "needed: UNIT REPORT"},
	    {{"messages", "--limit", "-3"}, "needs a number"},
	    {{"messages", "--limit", "99999999999999999999"}, "needs a number"},
	    {{"messages", "--limit", "3x"}, "needs a number"},
	    {{"pause"}, "Name one"},
	    {{"pause", "PLAN", "--all"}, "Name one"},
	    {{"send", "text"}, "--group"},
	    {{"export", "nothing"}, "recipients"},
	    {{"export", "plan"}, "recipients"},
	    {{"tasks", "close"}, "close ID"},
	    {{"tasks", "close", "0x1"}, "close ID"},
	    {{"tasks", "open", "1"}, "close ID"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *const *words = cases[i].words;
		const struct outcome *outcome = run(words[0], words[1], words[2], words[3], NULL);
		assert_status(outcome, EX_USAGE);
		assert_says(outcome->err, cases[i].says);
		assert_int_equal(strncmp(outcome->err, "nhacviec: ", 10), 0);
		/* One sentence on one line. */
		assert_ptr_equal(
		    strchr(outcome->err, '\n'), outcome->err + strlen(outcome->err) - 1);
	}
}

static void test_global_options_stand_anywhere_but_after_two_hyphens(void **state)
{
	(void)state;
	unsetenv("NHACVIEC_CONFIG");
	const struct outcome *outcome =
	    run("board", "--config", "/nonexistent/a.yaml", "--lang", "en", NULL);
	assert_status(outcome, EX_CONFIG);
	assert_says(outcome->err, "/nonexistent/a.yaml: ");
	setenv("NHACVIEC_CONFIG", "/nonexistent/b.yaml", 1);
	assert_says(run("board", NULL)->err, "/nonexistent/b.yaml: ");
	outcome = run("send", "--to", "P1", "--", "--config", NULL);
	assert_says(outcome->err, "/nonexistent/b.yaml: ");
	outcome = run("send", "--to", "P1", "--", "--config", "x", NULL);
	assert_says(outcome->err, "Too many words");
	unsetenv("NHACVIEC_CONFIG");
	assert_says(run("board", NULL)->err, NHACVIEC_SYSCONFDIR "/nhacviec/nhacviec.yaml: ");
}

static void test_the_version_is_that_of_the_build(void **state)
{
	(void)state;
	assert_string_equal(run("--version", NULL)->out, "nhacviec " NHACVIEC_VERSION "\n");
}

static int run_extra(const struct command_context *context, int argc, char **argv)
{
	printf("extra %d %s %d", argc, argv[argc - 1], context->debug);
	return 42;
}

static void test_an_extra_command_is_found_listed_and_suggested(void **state)
{
	(void)state;
	static const struct command extra[] = {
	    {"serve", "run the gateway", "chạy", run_extra}, {NULL, NULL, NULL, NULL}};
	char program[] = "nhacviec", name[] = "serve", debug[] = "--debug", word[] = "w";
	char *argv[] = {program, name, debug, word, NULL};
	assert_int_equal(command_main(4, argv, extra, NULL, NULL), 42);
	fflush(stdout);
	char *nothing[] = {NULL};
	assert_int_equal(command_main(0, nothing, extra, NULL, NULL), EX_USAGE);
}

/* ── one form ────────────────────────────────────────────────────────────────────────────────── */

static void test_options_and_words_may_be_mixed(void **state)
{
	(void)state;
	const struct command_context context = {.language = "en"};
	bool flag = false;
	const char *text = NULL;
	int64_t number = -1;
	const struct option_form options[] = {
	    {"flag", OPTION_FLAG, &flag, NULL, "", ""},
	    {"text", OPTION_TEXT, &text, "T", "", ""},
	    {"number", OPTION_NUMBER, &number, "N", "", ""},
	};
	const struct command_form form = {
	    .options = options, .option_count = COUNT_OF(options), .most = 4};
	char words[][12] = {
	    "name", "one", "--text", "--odd", "two", "--number=0", "--flag", "--", "--flag", "-"};
	char *argv[COUNT_OF(words) + 1] = {NULL};
	int count, status;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		argv[i] = words[i];
	assert_true(options_read(&context, &form, COUNT_OF(words), argv, &count, &status));
	assert_int_equal(count, 4);
	assert_string_equal(argv[1], "one");
	assert_string_equal(argv[2], "two");
	assert_string_equal(argv[3], "--flag");
	assert_string_equal(argv[4], "-");
	assert_true(flag);
	assert_string_equal(text, "--odd");
	assert_int_equal(number, 0);
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────── */

/* The conversions of a format, one after the other: "%s %d" → "sd", with length modifiers. */
static void conversions(const char *format, char *out, size_t size)
{
	size_t len = 0;
	for (const char *c = format; *c != '\0'; c++) {
		if (*c != '%')
			continue;
		c++;
		if (*c == '%' || *c == ')' || *c == ' ')
			continue; /* a percent sign in running text never meets printf's arguments
				   */
		c += strspn(c, "0123456789.-");
		while (*c != '\0' && strchr("lz", *c) != NULL && len + 2 < size)
			out[len++] = *c++;
		out[len++] = *c;
	}
	out[len] = '\0';
}

static void test_every_word_exists_in_both_languages_with_the_same_arguments(void **state)
{
	(void)state;
	for (int i = 0; i < WORD_COUNT; i++) {
		const char *en = word_in("en", (enum word)i), *vi = word_in("vi", (enum word)i);
		char en_takes[40], vi_takes[40];
		if (en == NULL || vi == NULL)
			fail_msg("word %d is missing", i);
		conversions(en, en_takes, sizeof en_takes);
		conversions(vi, vi_takes, sizeof vi_takes);
		if (strcmp(en_takes, vi_takes) != 0)
			fail_msg("\"%s\" and \"%s\" take different arguments", en, vi);
		const char *en_end = en + strlen(en), *vi_end = vi + strlen(vi);
		assert_int_equal(en_end[-1] == '\n', vi_end[-1] == '\n');
	}
}

static void test_every_reason_has_words_in_both_languages(void **state)
{
	(void)state;
	static const char *const reasons[] = {"paused", "plan-paused", "number-unknown",
	    "quiet-hours", "send-window", "daily-brake", "monthly-cap", "not-before",
	    "obligation-closed", "deadline-moved", "number-suspended", "opted-out", "not-in-trial",
	    "hourly-answers", "not-after", "before-start", "superseded", "too-late", "moved-later",
	    "moved-earlier", "catch-up", "no-recipient", "text-too-long", "same-number",
	    "reporter-unreachable", "deputy-unreachable", "plan-closed"};
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		const char *en = reason_in_words("en", reasons[i]);
		const char *vi = reason_in_words("vi", reasons[i]);
		assert_string_not_equal(en, reasons[i]);
		assert_string_not_equal(vi, en);
	}
	assert_string_equal(reason_in_words("vi", "something-new"), "something-new");
	assert_string_equal(reason_in_words("vi", NULL), "");
	assert_string_equal(message_state_in_words("vi", "delivered"), "đã đến máy");
	assert_string_equal(task_kind_in_words("en", "odd"), "odd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_help_lists_every_command_in_both_languages),
	    cmocka_unit_test(test_every_command_has_help_in_both_languages),
	    cmocka_unit_test(test_the_language_is_that_of_the_locale),
	    cmocka_unit_test(test_what_cannot_be_understood_ends_with_advice_and_64),
	    cmocka_unit_test(test_global_options_stand_anywhere_but_after_two_hyphens),
	    cmocka_unit_test(test_the_version_is_that_of_the_build),
	    cmocka_unit_test(test_an_extra_command_is_found_listed_and_suggested),
	    cmocka_unit_test(test_options_and_words_may_be_mixed),
	    cmocka_unit_test(test_every_word_exists_in_both_languages_with_the_same_arguments),
	    cmocka_unit_test(test_every_reason_has_words_in_both_languages),
	};
	return cmocka_run_group_tests_name("command/options", tests, NULL, NULL);
}
