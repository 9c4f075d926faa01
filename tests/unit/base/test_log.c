/*
 * Owns: tests of base/log: one line an event, numbers masked, values that cannot break the line.
 * May use: base/log.h, cmocka.
 * Must not know: who logs.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say(enum log_level level, const char *value)
{
	log_event(level, "outbox.sent", "to=%s text=%s", log_number("+84912345678").text,
	    log_quote(value).text);
}

/* What one event writes to stderr. */
static void catch_line(enum log_level level, const char *value, char *out, size_t size)
{
	int pipe_ends[2], before = dup(STDERR_FILENO);
	assert_true(before >= 0);
	assert_int_equal(pipe(pipe_ends), 0);
	dup2(pipe_ends[1], STDERR_FILENO);
	say(level, value);
	dup2(before, STDERR_FILENO);
	close(pipe_ends[1]);
	close(before);
	ssize_t len = read(pipe_ends[0], out, size - 1);
	close(pipe_ends[0]);
	out[len > 0 ? len : 0] = '\0';
}

static void test_an_event_is_one_line_with_masked_numbers(void **state)
{
	(void)state;
	char line[2000];
	unsetenv("JOURNAL_STREAM");
	log_set_level(LOG_INFO);
	catch_line(LOG_WARNING, "a \"b\"\nc\\", line, sizeof line);
	assert_string_equal(
	    line, "warning outbox.sent to=+8491****678 text=\"a \\\"b\\\" c\\\\\"\n");
	setenv("JOURNAL_STREAM", "8:1", 1);
	catch_line(LOG_ERROR, "x", line, sizeof line);
	unsetenv("JOURNAL_STREAM");
	assert_string_equal(line, "<3>outbox.sent to=+8491****678 text=\"x\"\n");
}

static void test_what_is_less_important_than_the_level_is_not_written(void **state)
{
	(void)state;
	char line[2000];
	log_set_level(LOG_WARNING);
	catch_line(LOG_INFO, "x", line, sizeof line);
	assert_string_equal(line, "");
	log_set_level(LOG_INFO);
	catch_line(LOG_DEBUG, "x", line, sizeof line);
	assert_string_equal(line, "");
	assert_int_equal(log_level_now(), LOG_INFO);
}

static void test_numbers_are_whole_only_when_debugging(void **state)
{
	(void)state;
	static const struct {
		const char *number, *masked;
	} table[] = {
	    {"+84912345678", "+8491****678"},
	    {"0912345678", "091****678"},
	    {"12345678", "1****678"},
	    {"1234567", "****567"},
	    {"5656", "5656"}, /* a network's short code is nobody's */
	    {"", "-"},
	    {NULL, "-"},
	};
	log_set_level(LOG_INFO);
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		assert_string_equal(log_number(table[i].number).text, table[i].masked);
	log_set_level(LOG_DEBUG);
	assert_string_equal(log_number("+84912345678").text, "+84912345678");
	log_set_level(LOG_INFO);
}

static void test_a_long_value_is_cut_and_still_closed(void **state)
{
	(void)state;
	char value[1000];
	memset(value, '"', sizeof value - 1);
	value[sizeof value - 1] = '\0';
	struct log_quote_text quoted = log_quote(value);
	size_t len = strlen(quoted.text);
	assert_true(len < sizeof quoted.text);
	assert_int_equal(quoted.text[len - 1], '"');
	assert_int_equal(len % 2, 0); /* no escape cut in two */
	memset(value, 'a', sizeof value - 1);
	assert_int_equal(strlen(log_quote(value).text), 202);
	assert_string_equal(log_quote(NULL).text, "\"\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_event_is_one_line_with_masked_numbers),
	    cmocka_unit_test(test_what_is_less_important_than_the_level_is_not_written),
	    cmocka_unit_test(test_numbers_are_whole_only_when_debugging),
	    cmocka_unit_test(test_a_long_value_is_cut_and_still_closed),
	};
	return cmocka_run_group_tests_name("base/log", tests, NULL, NULL);
}
