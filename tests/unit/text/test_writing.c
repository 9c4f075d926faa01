/*
 * Owns: tests of text/writing: when diacritics are sent.
 * May use: text/, cmocka.
 * Must not know: messages.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/writing.h"

#include <string.h>

static struct segments cut(struct arena *arena, const char *text, enum writing_marks marks)
{
	struct segments out;
	struct failure failure;
	assert_int_equal(writing_cut(arena, text, marks, 3, &out, &failure), RESULT_OK);
	return out;
}

static void test_diacritics_are_sent_when_they_cost_no_part_more(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const char text[] = "Đã ghi: báo cáo năm";
	assert_string_equal(cut(arena, text, WRITING_PLAIN).parts[0], "Da ghi: bao cao nam");
	assert_string_equal(cut(arena, text, WRITING_FULL).parts[0], text);
	assert_string_equal(cut(arena, text, WRITING_IF_FREE).parts[0], text);
	assert_int_equal(cut(arena, text, WRITING_IF_FREE).encoding, SEGMENT_UCS2);
	arena_free(arena);
}

static void test_a_text_that_would_cost_more_goes_in_plain_letters(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	static const char text[] = "Đã ghi: báo cáo sáu tháng đầu năm của Xã Ngọc Côn, "
				   "số 45/BC-UBND. Sai thì nhắn HUY";
	struct segments out = cut(arena, text, WRITING_IF_FREE);
	assert_int_equal(out.encoding, SEGMENT_GSM7);
	assert_int_equal(out.count, 1);
	assert_int_equal(cut(arena, text, WRITING_FULL).count, 2);
	arena_free(arena);
}

static void test_a_text_that_is_too_long_is_refused(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct segments out;
	struct failure failure;
	char text[400];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(
	    writing_cut(arena, text, WRITING_IF_FREE, 2, &out, &failure), RESULT_LIMIT);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_diacritics_are_sent_when_they_cost_no_part_more),
	    cmocka_unit_test(test_a_text_that_would_cost_more_goes_in_plain_letters),
	    cmocka_unit_test(test_a_text_that_is_too_long_is_refused),
	};
	return cmocka_run_group_tests_name("text/writing", tests, NULL, NULL);
}
