/*
 * Owns: tests of text/utf8: right, wrong and cut sequences.
 * May use: text/utf8.h, base/, cmocka.
 * Must not know: letters, SMS.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

static void test_every_code_point_is_written_and_read_back(void **state)
{
	(void)state;
	for (uint32_t codepoint = 1; codepoint <= 0x10FFFF; codepoint++) {
		char bytes[5];
		if (codepoint >= 0xD800 && codepoint <= 0xDFFF)
			continue;
		int n = utf8_put(codepoint, bytes);
		const char *at = bytes;
		if (utf8_next(&at) != codepoint || at != bytes + n || *at != '\0')
			fail_msg("U+%04X does not come back", codepoint);
	}
}

static void test_wrong_bytes_are_replaced_one_by_one(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t expected[6];
		const char *why;
	} table[] = {
	    {"", {0}, "nothing"},
	    {"\x80", {0xFFFD}, "a continuation alone"},
	    {"\xC0\x80", {0xFFFD, 0xFFFD}, "an overlong NUL"},
	    {"\xC1\xBF", {0xFFFD, 0xFFFD}, "an overlong DEL"},
	    {"\xE0\x80\xAF", {0xFFFD, 0xFFFD, 0xFFFD}, "an overlong slash"},
	    {"\xED\xA0\x80", {0xFFFD, 0xFFFD, 0xFFFD}, "a surrogate"},
	    {"\xF4\x90\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, "beyond U+10FFFF"},
	    {"\xF8\x88\x80\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}, "five bytes"},
	    {"\xE1\xBB", {0xFFFD, 0xFFFD}, "cut at the end"},
	    {"\xE1\xBBz", {0xFFFD, 0xFFFD, 'z'}, "cut by a letter"},
	    {"a\xFF"
	     "b",
		{'a', 0xFFFD, 'b'}, "between letters"},
	    {"\xF0\x9F\x98\x80"
	     "1",
		{0x1F600, '1'}, "a right one of four bytes"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		const char *at = table[i].text;
		size_t n = 0;
		uint32_t codepoint;
		while ((codepoint = utf8_next(&at)) != 0) {
			if (n >= COUNT_OF(table[i].expected) || codepoint != table[i].expected[n])
				fail_msg("%s: U+%04X at %zu", table[i].why, codepoint, n);
			n++;
		}
		if (n < COUNT_OF(table[i].expected) && table[i].expected[n] != 0)
			fail_msg("%s: ends after %zu", table[i].why, n);
		assert_int_equal(utf8_length(table[i].text), n);
	}
}

static void test_no_bytes_lead_past_the_end(void **state)
{
	(void)state;
	unsigned seed = 7;
	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)(rand_r(&seed) % 12);
		char *text = memory_new(len + 1); /* exact: the sanitizer sees a read beyond */
		for (size_t i = 0; i < len; i++)
			text[i] = (char)(1 + rand_r(&seed) % 255);
		const char *at = text;
		while (utf8_next(&at) != 0)
			assert_true(at <= text + len);
		assert_ptr_equal(at, text + len);
		memory_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_code_point_is_written_and_read_back),
	    cmocka_unit_test(test_wrong_bytes_are_replaced_one_by_one),
	    cmocka_unit_test(test_no_bytes_lead_past_the_end),
	};
	return cmocka_run_group_tests_name("text/utf8", tests, NULL, NULL);
}
