/*
 * Owns: tests of measuring, splitting and cutting texts for providers.
 * May use: channel/http_length.h, base/, text/, cmocka.
 * Must not know: requests.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "channel/http_length.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define SMILE "\xF0\x9F\x98\x80"
#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* a woman, joined to a girl */
#define LOOSE "o\xCC\x82\xCC\xA3"                             /* ộ as a letter and two marks */

static void test_length_is_counted_in_the_unit_of_the_provider(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t characters, utf16, bytes;
	} table[] = {
	    {"", 0, 0, 0},
	    {"abc", 3, 3, 3},
	    {"Đã nộp", 6, 6, 10},
	    {LOOSE, 1, 3, 5},
	    {SMILE, 1, 2, 4},
	    {FAMILY, 3, 5, 11},
	    {"a\r\nb", 4, 4, 4},
	    {"\xFF\xE1\xBB", 3, 3, 3},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		assert_int_equal(
		    http_text_length(table[i].text, PROVIDER_CHARACTERS), table[i].characters);
		assert_int_equal(http_text_length(table[i].text, PROVIDER_UTF16), table[i].utf16);
		assert_int_equal(http_text_length(table[i].text, PROVIDER_BYTES), table[i].bytes);
	}
}

struct fitting {
	const char *text;
	int length;
	enum provider_length_unit unit;
	enum provider_too_long too_long;
	const char *parts[5];
};

static void test_a_text_is_split_where_a_reader_would_split_it(void **state)
{
	(void)state;
	static const struct fitting table[] = {
	    {"abc", 0, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"abc"}},
	    {"", 3, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {""}},
	    {"abc", 3, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"abc"}},
	    {"Đã nộp rồi", 6, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"Đã nộp", " rồi"}},
	    {"Đã nộp rồi", 7, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"Đã nộp ", "rồi"}},
	    {"một hai\nba bốn", 13, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"một hai\n", "ba bốn"}},
	    {"a\nbcdefgh ijk", 10, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"a\nbcdefgh ", "ijk"}},
	    {"a bcdefghijkl", 8, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"a bcdefg", "hijkl"}},
	    {SMILE SMILE SMILE, 5, PROVIDER_UTF16, PROVIDER_SPLIT, {SMILE SMILE, SMILE}},
	    {"a" FAMILY, 5, PROVIDER_UTF16, PROVIDER_SPLIT, {"a", FAMILY}},
	    {"xy" LOOSE "z", 3, PROVIDER_CHARACTERS, PROVIDER_SPLIT, {"xy" LOOSE, "z"}},
	    {"nộp", 4, PROVIDER_BYTES, PROVIDER_SPLIT, {"nộ", "p"}},
	    {"ộộ", 2, PROVIDER_BYTES, PROVIDER_SPLIT, {"ộ", "ộ"}},
	    {LOOSE "a", 2, PROVIDER_UTF16, PROVIDER_SPLIT,
		{"o\xCC\x82", "\xCC\xA3"
			      "a"}},
	    {"xem http://a.vn/b nhé", 17, PROVIDER_CHARACTERS, PROVIDER_SPLIT,
		{"xem http://a.vn/b", " nhé"}},
	    {"xem http://a.vn/bc nhé", 17, PROVIDER_CHARACTERS, PROVIDER_SPLIT,
		{"xem ", "http://a.vn/bc ", "nhé"}},
	    {"xem:HTTPS://a.vn/bc", 16, PROVIDER_CHARACTERS, PROVIDER_SPLIT,
		{"xem:", "HTTPS://a.vn/bc"}},
	    {"http://a.vn/0123456789", 12, PROVIDER_CHARACTERS, PROVIDER_SPLIT,
		{"http://a.vn/", "0123456789"}},
	    {"abc http:// def", 8, PROVIDER_CHARACTERS, PROVIDER_SPLIT,
		{"abc ", "http:// ", "def"}},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct arena *arena = arena_new();
		struct http_parts parts;
		const struct provider_limits limits = {.length = table[i].length,
		    .unit = table[i].unit,
		    .too_long = table[i].too_long};
		assert_int_equal(
		    http_fit_text(arena, &limits, table[i].text, &parts, NULL), RESULT_OK);
		for (size_t j = 0; j < parts.count; j++)
			if (table[i].parts[j] == NULL || strcmp(parts.texts[j], table[i].parts[j]))
				fail_msg(
				    "%s: part %zu is \"%s\"", table[i].text, j, parts.texts[j]);
		assert_null(table[i].parts[parts.count]);
		arena_free(arena);
	}
}

static void test_a_text_is_cut_with_an_ellipsis(void **state)
{
	(void)state;
	static const struct fitting table[] = {
	    {"Đã nộp", 6, PROVIDER_CHARACTERS, PROVIDER_CUT, {"Đã nộp"}},
	    {"Đã nộp rồi", 8, PROVIDER_CHARACTERS, PROVIDER_CUT, {"Đã nộp…"}},
	    {"abcdefgh", 5, PROVIDER_CHARACTERS, PROVIDER_CUT, {"abcd…"}},
	    {"abcdefgh", 7, PROVIDER_BYTES, PROVIDER_CUT, {"abcd…"}},
	    {"abcdefgh", 3, PROVIDER_BYTES, PROVIDER_CUT, {"abc"}},
	    {"abc http://a.vn/b", 15, PROVIDER_CHARACTERS, PROVIDER_CUT, {"abc…"}},
	    {"abcd" LOOSE "z", 5, PROVIDER_CHARACTERS, PROVIDER_CUT, {"abcd…"}},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct arena *arena = arena_new();
		struct http_parts parts;
		const struct provider_limits limits = {.length = table[i].length,
		    .unit = table[i].unit,
		    .too_long = table[i].too_long};
		assert_int_equal(
		    http_fit_text(arena, &limits, table[i].text, &parts, NULL), RESULT_OK);
		assert_int_equal(parts.count, 1);
		assert_string_equal(parts.texts[0], table[i].parts[0]);
		arena_free(arena);
	}
}

static void test_what_is_too_long_is_refused_where_the_file_says_so(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct http_parts parts;
	struct failure failure;
	struct provider_limits limits = {.length = 4, .too_long = PROVIDER_REFUSE};
	assert_int_equal(http_fit_text(arena, &limits, "abcd", &parts, &failure), RESULT_OK);
	assert_int_equal(http_fit_text(arena, &limits, "abcde", &parts, &failure), RESULT_LIMIT);
	assert_non_null(strstr(failure.text, "5"));
	limits = (struct provider_limits){.length = 1, .too_long = PROVIDER_SPLIT};
	assert_int_equal(
	    http_fit_text(arena, &limits, "abcdefghijklmnopqrst", &parts, &failure), RESULT_OK);
	assert_int_equal(parts.count, HTTP_PARTS_MAX);
	assert_int_equal(
	    http_fit_text(arena, &limits, "abcdefghijklmnopqrstu", &parts, &failure), RESULT_LIMIT);
	arena_free(arena);
}

/* ── properties over texts by chance ── */

static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed % below;
}

static void draw_text(uint32_t *seed, struct buffer *text)
{
	static const char *const bricks[] = {"a", "b", " ", "\n", "\r\n", "ộ", LOOSE, SMILE, FAMILY,
	    "https://a.vn/x?y=%20", " http://huyen.vn ", "\xFF", "\xE1\xBB", "\xCC\xA3", "…",
	    "\xE0\xA5\x98", "nộp ", "10/6", "\xEA\xB0\x80\xE1\x86\xA8"};
	for (uint32_t n = 1 + draw(seed, 40); n > 0; n--)
		buffer_add_text(text, bricks[draw(seed, COUNT_OF(bricks))]);
}

static size_t count_of(const char *text, const char *what)
{
	size_t count = 0;
	while ((text = strstr(text, what)) != NULL) {
		count++;
		text += strlen(what);
	}
	return count;
}

static void check_split(struct arena *arena, const char *text, const struct provider_limits *limits)
{
	struct http_parts parts;
	OWNED_BUFFER joined = BUFFER(10000);
	size_t families = 0;
	if (http_fit_text(arena, limits, text, &parts, NULL) != RESULT_OK)
		return;
	for (size_t i = 0; i < parts.count; i++) {
		buffer_add_text(&joined, parts.texts[i]);
		families += count_of(parts.texts[i], FAMILY);
		if (http_text_length(parts.texts[i], limits->unit) > (size_t)limits->length)
			fail_msg("part %zu of \"%s\" is longer than %d", i, text, limits->length);
		assert_true(parts.texts[i][0] != '\0');
	}
	assert_string_equal(buffer_text(&joined), text);
	assert_int_equal(families, count_of(text, FAMILY));
}

static void test_splitting_loses_nothing_and_keeps_the_limit(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 2463534242u;
	for (int round = 0; round < 20000; round++) {
		OWNED_BUFFER text = BUFFER(10000);
		draw_text(&seed, &text);
		/* At least as long as the longest of the letters. */
		const struct provider_limits limits = {.length = (int)(40 + draw(&seed, 40)),
		    .unit = (enum provider_length_unit)draw(&seed, 3),
		    .too_long = PROVIDER_SPLIT};
		check_split(arena, buffer_text(&text), &limits);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void test_a_cut_text_is_a_beginning_within_the_limit(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	uint32_t seed = 88172645u;
	for (int round = 0; round < 20000; round++) {
		OWNED_BUFFER text = BUFFER(10000);
		struct http_parts parts;
		draw_text(&seed, &text);
		const struct provider_limits limits = {.length = (int)(7 + draw(&seed, 60)),
		    .unit = (enum provider_length_unit)draw(&seed, 3),
		    .too_long = PROVIDER_CUT};
		assert_int_equal(
		    http_fit_text(arena, &limits, buffer_text(&text), &parts, NULL), RESULT_OK);
		assert_int_equal(parts.count, 1);
		size_t len = strlen(parts.texts[0]);
		if (http_text_length(parts.texts[0], limits.unit) > (size_t)limits.length)
			fail_msg("\"%s\" is longer than %d", parts.texts[0], limits.length);
		if (strcmp(parts.texts[0], buffer_text(&text)) != 0) {
			assert_string_equal(parts.texts[0] + len - 3, "…");
			assert_memory_equal(parts.texts[0], buffer_text(&text), len - 3);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_length_is_counted_in_the_unit_of_the_provider),
	    cmocka_unit_test(test_a_text_is_split_where_a_reader_would_split_it),
	    cmocka_unit_test(test_a_text_is_cut_with_an_ellipsis),
	    cmocka_unit_test(test_what_is_too_long_is_refused_where_the_file_says_so),
	    cmocka_unit_test(test_splitting_loses_nothing_and_keeps_the_limit),
	    cmocka_unit_test(test_a_cut_text_is_a_beginning_within_the_limit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
