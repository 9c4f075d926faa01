/*
 * Owns: tests of text/segment and text/gsm7: sizes at every edge, pairs at the cut, identity.
 * May use: text/, base/, cmocka.
 * Must not know: modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "text/gsm7.h"
#include "text/segment.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

static void fill(struct buffer *out, const char *piece, int times)
{
	for (int i = 0; i < times; i++)
		buffer_add_text(out, piece);
}

static int units_of(const char *text, enum segment_encoding encoding)
{
	int units = 0;
	for (uint32_t c; (c = utf8_next(&text)) != 0;)
		units += encoding == SEGMENT_GSM7 ? gsm7_septets_of(c) : c > 0xFFFF ? 2 : 1;
	return units;
}

static void test_a_text_takes_as_many_parts_as_the_standard_says(void **state)
{
	(void)state;
	static const struct {
		const char *first, *piece;
		int times;
		enum segment_encoding encoding;
		int parts;
		const char *why;
	} table[] = {
	    {"", "", 0, SEGMENT_GSM7, 1, "nothing is one empty part"},
	    {"", "a", 1, SEGMENT_GSM7, 1, "one letter"},
	    {"", "a", 160, SEGMENT_GSM7, 1, "160 alone"},
	    {"", "a", 161, SEGMENT_GSM7, 2, "161 no longer alone"},
	    {"", "a", 306, SEGMENT_GSM7, 2, "2 × 153"},
	    {"", "a", 307, SEGMENT_GSM7, 3, "one more"},
	    {"", "a", 1530, SEGMENT_GSM7, 10, "10 × 153"},
	    {"", "a", 1531, SEGMENT_GSM7, 11, "counted beyond what is allowed"},
	    {"", "€", 80, SEGMENT_GSM7, 1, "80 pairs"},
	    {"", "€", 81, SEGMENT_GSM7, 2, "81 pairs"},
	    {"", "{", 152, SEGMENT_GSM7, 2, "76 pairs a part: the 153rd septet stays empty"},
	    {"", "{", 153, SEGMENT_GSM7, 3, "an escape pair is not split"},
	    {"a", "{", 152, SEGMENT_GSM7, 2, "153 filled by the odd one"},
	    {"à", "e", 159, SEGMENT_GSM7, 1, "à is in the GSM alphabet"},
	    {"ạ", "a", 69, SEGMENT_UCS2, 1, "70 units of UCS-2 alone"},
	    {"ạ", "a", 70, SEGMENT_UCS2, 2, "71"},
	    {"ạ", "a", 133, SEGMENT_UCS2, 2, "2 × 67"},
	    {"ạ", "a", 134, SEGMENT_UCS2, 3, "135"},
	    {"", "ử", 670, SEGMENT_UCS2, 10, "10 × 67"},
	    {"", "😀", 35, SEGMENT_UCS2, 1, "35 surrogate pairs"},
	    {"", "😀", 36, SEGMENT_UCS2, 2, "36 surrogate pairs"},
	    {"", "😀", 66, SEGMENT_UCS2, 2, "33 pairs a part: the 67th unit stays empty"},
	    {"", "😀", 67, SEGMENT_UCS2, 3, "a surrogate pair is not split"},
	    {"a", "😀", 66, SEGMENT_UCS2, 2, "67 filled by the odd one"},
	    {"\xC2\xA0", "a", 69, SEGMENT_UCS2, 1, "a no-break space is not in GSM-7"},
	    {"\xFF", "a", 70, SEGMENT_UCS2, 2, "a bad byte counts as one unit"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER text = BUFFER(20000);
		buffer_add_text(&text, table[i].first);
		fill(&text, table[i].piece, table[i].times);
		if (segment_encoding_of(buffer_text(&text)) != table[i].encoding ||
		    segment_count(buffer_text(&text)) != table[i].parts)
			fail_msg("%s: %d parts", table[i].why, segment_count(buffer_text(&text)));
	}
}

/* Splits, and checks each part and their joint. */
static void check_split(const char *text)
{
	struct arena *arena = arena_new();
	struct segments parts;
	struct failure failure;
	int count = segment_count(text);
	enum result result = segment_split(arena, text, SEGMENT_PARTS_MAX, &parts, &failure);
	if (count > SEGMENT_PARTS_MAX) {
		assert_int_equal(result, RESULT_LIMIT);
		arena_free(arena);
		return;
	}
	assert_int_equal(result, RESULT_OK);
	assert_int_equal(parts.count, count);
	int limit = parts.encoding == SEGMENT_GSM7
			? (count == 1 ? SEGMENT_GSM7_SINGLE : SEGMENT_GSM7_PART)
			: (count == 1 ? SEGMENT_UCS2_SINGLE : SEGMENT_UCS2_PART);
	OWNED_BUFFER joined = BUFFER(100000);
	for (int i = 0; i < parts.count; i++) {
		int units = units_of(parts.parts[i], parts.encoding);
		assert_true(units <= limit);
		assert_true(i + 1 == parts.count || units >= limit - 1);
		buffer_add_text(&joined, parts.parts[i]);
	}
	assert_string_equal(buffer_text(&joined), text);
	arena_free(arena);
}

static void test_parts_joined_are_the_text(void **state)
{
	(void)state;
	static const char *const pieces[] = {
	    "a", "bc ", "€", "{", "ạ", "đ", "😀", "à", "\xFF", "\n", "0123456789"};
	unsigned seed = 153;
	for (int round = 0; round < 1500; round++) {
		OWNED_BUFFER text = BUFFER(100000);
		int length = rand_r(&seed) % 700;
		int kinds = round % 3 == 0 ? 4 : (int)COUNT_OF(pieces); /* GSM-7 alone, or all */
		for (int i = 0; i < length; i++)
			buffer_add_text(&text, pieces[rand_r(&seed) % kinds]);
		check_split(buffer_text(&text));
	}
	for (int length = 0; length < 320; length++) { /* pairs at each possible place */
		OWNED_BUFFER plain = BUFFER(2000);
		fill(&plain, "a", length);
		fill(&plain, "€", 90);
		check_split(buffer_text(&plain));
		OWNED_BUFFER wide = BUFFER(3000);
		fill(&wide, "ạ", length);
		fill(&wide, "😀", 40);
		check_split(buffer_text(&wide));
	}
}

static void test_a_text_too_long_is_refused_with_both_numbers(void **state)
{
	(void)state;
	static const struct {
		const char *piece;
		int times, allowed, needs, limit;
	} table[] = {
	    {"a", 307, 2, 3, 2}, {"a", 161, 1, 2, 1}, {"ạ", 671, 10, 11, 10},
	    {"a", 1531, 50, 11, 10}, /* whatever the configuration says */
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct arena *arena = arena_new();
		OWNED_BUFFER text = BUFFER(20000);
		fill(&text, table[i].piece, table[i].times);
		struct segments parts = {0};
		struct failure failure = {0};
		assert_int_equal(
		    segment_split(arena, buffer_text(&text), table[i].allowed, &parts, &failure),
		    RESULT_LIMIT);
		OWNED_BUFFER words = BUFFER(100);
		buffer_printf(&words, "needs %d SMS parts", table[i].needs);
		assert_non_null(strstr(failure.text, buffer_text(&words)));
		buffer_reset(&words);
		buffer_printf(&words, "%d are allowed", table[i].limit);
		assert_non_null(strstr(failure.text, buffer_text(&words)));
		arena_free(arena);
	}
}

static void test_the_gsm_alphabet_is_its_own_inverse(void **state)
{
	(void)state;
	int single = 0, pairs = 0;
	for (uint32_t codepoint = 1; codepoint <= 0xFFFF; codepoint++) {
		uint8_t septets[2];
		int n = gsm7_encode(codepoint, septets);
		assert_int_equal(n, gsm7_septets_of(codepoint));
		if (n == 1)
			assert_int_equal(gsm7_decode(septets[0]), codepoint);
		if (n == 2) {
			assert_int_equal(septets[0], GSM7_ESCAPE);
			assert_int_equal(gsm7_decode_extension(septets[1]), codepoint);
		}
		single += n == 1;
		pairs += n == 2;
	}
	assert_int_equal(single, 127);
	assert_int_equal(pairs, 10);
	assert_int_equal(gsm7_decode_extension('Z'), ' ');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_text_takes_as_many_parts_as_the_standard_says),
	    cmocka_unit_test(test_parts_joined_are_the_text),
	    cmocka_unit_test(test_a_text_too_long_is_refused_with_both_numbers),
	    cmocka_unit_test(test_the_gsm_alphabet_is_its_own_inverse),
	};
	return cmocka_run_group_tests_name("text/segment", tests, NULL, NULL);
}
