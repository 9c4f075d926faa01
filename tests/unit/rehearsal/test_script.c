/*
 * Owns: tests of the script by which simulated officials answer.
 * May use: rehearsal/script.h, cmocka.
 * Must not know: modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "rehearsal/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct told {
	int count;
	char number[24], text[100];
	int64_t after_ms, moment_ms;
};

static void hear_reply(const char *number, int64_t after_ms, const char *text, void *arg)
{
	struct told *told = arg;
	told->count++;
	told->after_ms = after_ms;
	snprintf(told->number, sizeof told->number, "%s", number);
	snprintf(told->text, sizeof told->text, "%s", text);
}

static void hear_moment(const char *number, struct wall moment, const char *text, void *arg)
{
	hear_reply(number, 0, text, arg);
	((struct told *)arg)->moment_ms = moment.ms;
}

static struct script *read_text(const char *text, struct failure *failure)
{
	char path[] = "/tmp/nhacviec-script-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	struct script *script = script_read(path, 420, failure);
	unlink(path);
	return script;
}

static struct script *read_fine(const char *text)
{
	struct failure failure = {0};
	struct script *script = read_text(text, &failure);
	if (script == NULL)
		fail_msg("%s", failure.text);
	return script;
}

static void test_the_nth_text_with_the_words_is_answered_whatever_its_marks(void **state)
{
	(void)state;
	struct told told = {0};
	struct script *script = read_fine(
	    "# comment\n+84900000017 on \"báo cáo 6\" nth 2 after 1d2h3m4s reply \"BC 6T\"\n");
	script_hear(script, "+84900000017", "Nhac: BAO CAO 6 thang", hear_reply, &told);
	script_hear(script, "+84900000018", "bao cao 6 thang", hear_reply, &told);
	script_hear(script, "+84900000017", "chuyen khac", hear_reply, &told);
	assert_int_equal(told.count, 0);
	script_hear(script, "+84900000017", "báo cáo 6 tháng", hear_reply, &told);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.text, "BC 6T");
	assert_int_equal(told.after_ms, DAY_MS + 2 * HOUR_MS + 3 * MINUTE_MS + 4 * SECOND_MS);
	script_hear(script, "+84900000017", "bao cao 6 thang", hear_reply, &told);
	assert_int_equal(told.count, 1);
	script_free(script);
}

static void test_what_is_said_at_a_moment_is_told_in_the_scripts_zone(void **state)
{
	(void)state;
	struct told told = {0};
	struct script *script = read_fine("0900000017 at 1970-01-01T07:00 say \"chao\"\n");
	script_tell_moments(script, hear_moment, &told);
	assert_int_equal(told.count, 1);
	assert_string_equal(told.number, "+84900000017");
	assert_int_equal(told.moment_ms, 0);
	script_hear(script, "+84900000017", "chao", hear_reply, &told);
	assert_int_equal(told.count, 1);
	script_free(script);
}

static void test_a_wrong_rule_is_refused_with_its_line(void **state)
{
	(void)state;
	static const char *const wrong[] = {
	    "# fine\nnobody on x reply y\n",
	    "# fine\n+84900000017 when x\n",
	    "# fine\n+84900000017 on x\n",
	    "# fine\n+84900000017 on x nth 0 reply y\n",
	    "# fine\n+84900000017 on x after soon reply y\n",
	    "# fine\n+84900000017 on x whenever 3 reply y\n",
	    "# fine\n+84900000017 on x reply\n",
	    "# fine\n+84900000017 at noon say y\n",
	    "# fine\n+84900000017 at 2020-06-01T09:00 shout y\n",
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct failure failure = {0};
		assert_null(read_text(wrong[i], &failure));
		assert_int_equal(failure.code, RESULT_INVALID);
		assert_non_null(strstr(failure.text, ":2: "));
	}
}

static void test_a_script_that_is_not_there_is_refused(void **state)
{
	(void)state;
	struct failure failure = {0};
	assert_null(script_read("/nowhere/officials", 420, &failure));
	assert_int_equal(failure.code, RESULT_NOT_FOUND);
	assert_non_null(strstr(failure.text, "/nowhere/officials"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_nth_text_with_the_words_is_answered_whatever_its_marks),
	    cmocka_unit_test(test_what_is_said_at_a_moment_is_told_in_the_scripts_zone),
	    cmocka_unit_test(test_a_wrong_rule_is_refused_with_its_line),
	    cmocka_unit_test(test_a_script_that_is_not_there_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
