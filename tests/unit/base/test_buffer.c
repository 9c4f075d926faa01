/*
 * Owns: tests of base/buffer: the bound holds, and after it nothing more is taken.
 * May use: base/, cmocka.
 * Must not know: what is built.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"

#include <string.h>

static void test_text_is_built_piece_by_piece(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(100);
	assert_string_equal(buffer_text(&buffer), "");
	buffer_add_text(&buffer, "xã ");
	buffer_printf(&buffer, "%s %d", "Ngọc Côn", 45);
	buffer_add_char(&buffer, '/');
	buffer_add(&buffer, "BCx", 2);
	assert_string_equal(buffer_text(&buffer), "xã Ngọc Côn 45/BC");
	buffer_consume(&buffer, strlen("xã "));
	assert_string_equal(buffer_text(&buffer), "Ngọc Côn 45/BC");
	buffer_consume(&buffer, 1000);
	assert_string_equal(buffer_text(&buffer), "");
	assert_int_equal(buffer.len, 0);
}

static void test_the_bound_holds_and_what_does_not_fit_is_left_out_whole(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(5);
	buffer_add_text(&buffer, "12345");
	assert_false(buffer.overflow);
	buffer_add_text(&buffer, "");
	assert_false(buffer.overflow);
	buffer_add_char(&buffer, '6');
	assert_true(buffer.overflow);
	assert_string_equal(buffer_text(&buffer), "12345");
	buffer_consume(&buffer, 4);
	buffer_add_char(&buffer, '7'); /* still nothing: the caller checks once, at the end */
	assert_string_equal(buffer_text(&buffer), "5");
	buffer_reset(&buffer);
	assert_false(buffer.overflow);
	buffer_printf(&buffer, "%d", 123456);
	assert_true(buffer.overflow);
	assert_string_equal(buffer_text(&buffer), "");
}

static void test_taking_hands_the_text_over_and_empties(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(50);
	OWNED_TEXT none = buffer_take(&buffer);
	assert_string_equal(none, "");
	buffer_add_text(&buffer, "abc");
	OWNED_TEXT text = buffer_take(&buffer);
	assert_string_equal(text, "abc");
	assert_int_equal(buffer.len, 0);
	buffer_add_text(&buffer, "d");
	assert_string_equal(buffer_text(&buffer), "d");
	assert_string_equal(text, "abc");
}

static void test_growing_keeps_every_byte(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(100000);
	for (int i = 0; i < 100000; i++)
		buffer_add_char(&buffer, (char)('a' + i % 26));
	assert_false(buffer.overflow);
	assert_int_equal(buffer.len, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buffer.data[i], 'a' + i % 26);
	assert_int_equal(buffer.data[100000], '\0');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_is_built_piece_by_piece),
	    cmocka_unit_test(test_the_bound_holds_and_what_does_not_fit_is_left_out_whole),
	    cmocka_unit_test(test_taking_hands_the_text_over_and_empties),
	    cmocka_unit_test(test_growing_keeps_every_byte),
	};
	return cmocka_run_group_tests_name("base/buffer", tests, NULL, NULL);
}
