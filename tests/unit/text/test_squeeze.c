/*
 * Owns: tests of text/squeeze.
 * May use: text/, cmocka.
 * Must not know: units.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "text/squeeze.h"

static void test_a_code_is_the_same_however_it_is_written(void **state)
{
	(void)state;
	static const char *const ways[] = {
	    "NGOC-CON", "Ngọc Côn", "ngoccon", " ngọc-CÔN.", "NGOC_CON"};
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		char out[40];
		squeeze_text(ways[i], out, sizeof out);
		assert_string_equal(out, "ngoccon");
	}
}

static void test_what_does_not_fit_is_cut(void **state)
{
	(void)state;
	char out[4];
	squeeze_text("Đình Phong", out, sizeof out);
	assert_string_equal(out, "din");
	squeeze_text("", out, 1);
	assert_string_equal(out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_code_is_the_same_however_it_is_written),
	    cmocka_unit_test(test_what_does_not_fit_is_cut),
	};
	return cmocka_run_group_tests_name("text/squeeze", tests, NULL, NULL);
}
