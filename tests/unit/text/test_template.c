/*
 * Owns: tests of text/template: filling in, braces, refusals with the column.
 * May use: text/template.h, base/, cmocka.
 * Must not know: which placeholders the product has.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "text/template.h"

#include <stdlib.h>
#include <string.h>

static const char *look_up(const char *name, void *arg)
{
	int *calls = arg;
	(*calls)++;
	if (strcmp(name, "unit") == 0)
		return "xã Ngọc Côn";
	if (strcmp(name, "empty") == 0)
		return "";
	if (strcmp(name, "a_1.b") == 0)
		return "{unit}"; /* a value is never expanded again */
	return NULL;
}

static void test_placeholders_are_filled_in(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
		int calls;
	} table[] = {
	    {"", "", 0},
	    {"plain", "plain", 0},
	    {"{unit}", "xã Ngọc Côn", 1},
	    {"của {unit}, {unit}.", "của xã Ngọc Côn, xã Ngọc Côn.", 2},
	    {"[{empty}]", "[]", 1},
	    {"{{unit}}", "{unit}", 0},
	    {"{{{unit}}}", "{xã Ngọc Côn}", 1},
	    {"{a_1.b}", "{unit}", 1},
	    {"nhắn: BC <số>", "nhắn: BC <số>", 0},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		int calls = 0;
		if (template_expand(table[i].text, look_up, &calls, &out, &failure) != RESULT_OK)
			fail_msg("%s: %s", table[i].text, failure.text);
		assert_string_equal(buffer_text(&out), table[i].expected);
		assert_int_equal(calls, table[i].calls);
	}
}

static void test_a_wrong_template_is_refused_with_its_column(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} table[] = {
	    {"abc {unknown}", "{unknown} at column 5"},
	    {"{", "column 1"},
	    {"ab{unit", "column 3"},
	    {"ab}", "column 3"},
	    {"{}", "column 1"},
	    {"{Unit}", "column 1"},
	    {"{un it}", "column 1"},
	    {"{unit}}", "column 7"},
	    {"{đơn}", "column 1"},
	    {"{a234567890123456789012345678901234567890}", "column 1"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		int calls = 0;
		if (template_expand(table[i].text, look_up, &calls, &out, &failure) !=
		    RESULT_INVALID)
			fail_msg("%s is taken", table[i].text);
		if (strstr(failure.text, table[i].reason) == NULL)
			fail_msg("%s: %s", table[i].text, failure.text);
	}
}

static void test_any_text_is_filled_in_or_refused(void **state)
{
	(void)state;
	static const char alphabet[] = "{{{}}}unit.empty_ \xC4\x91";
	unsigned seed = 1;
	for (int round = 0; round < 50000; round++) {
		size_t len = (size_t)(rand_r(&seed) % 60);
		char *text = memory_new(len + 1);
		for (size_t i = 0; i < len; i++)
			text[i] = alphabet[rand_r(&seed) % (sizeof alphabet - 1)];
		OWNED_BUFFER out = BUFFER(100);
		struct failure failure;
		int calls = 0;
		enum result result = template_expand(text, look_up, &calls, &out, &failure);
		assert_true(result == RESULT_OK || result == RESULT_INVALID);
		assert_true(out.len <= out.max);
		memory_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_placeholders_are_filled_in),
	    cmocka_unit_test(test_a_wrong_template_is_refused_with_its_column),
	    cmocka_unit_test(test_any_text_is_filled_in_or_refused),
	};
	return cmocka_run_group_tests_name("text/template", tests, NULL, NULL);
}
