/*
 * Owns: tests of base/frame: round trip, and streams that are cut, lying or hostile.
 * May use: base/, cmocka.
 * Must not know: what frames carry.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/frame.h"

#include <string.h>

static void test_what_is_written_is_read(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&buffer, 7);
	frame_put_int(&buffer, -42);
	frame_put_text(&buffer, "Ngọc Côn");
	frame_put_text(&buffer, NULL);
	frame_end(&buffer, mark);
	struct frame frame;
	size_t size;
	assert_int_equal(frame_peek(&buffer, &frame, &size), 1);
	assert_int_equal(size, buffer.len);
	assert_int_equal(frame.type, 7);
	assert_int_equal(frame_get_int(&frame), -42);
	assert_string_equal(frame_get_text(&frame), "Ngọc Côn");
	assert_string_equal(frame_get_text(&frame), "");
	assert_false(frame.malformed);
	assert_int_equal(frame_get_int(&frame), 0);
	assert_true(frame.malformed);
}

static void test_a_cut_frame_waits_and_a_lying_one_is_refused(void **state)
{
	(void)state;
	OWNED_BUFFER buffer = BUFFER(FRAME_MAX);
	size_t mark = frame_begin(&buffer, 1);
	frame_put_text(&buffer, "abc");
	frame_end(&buffer, mark);
	struct frame frame;
	size_t size, whole = buffer.len;
	for (buffer.len = 0; buffer.len < whole; buffer.len++)
		assert_int_equal(frame_peek(&buffer, &frame, &size), 0);
	uint32_t lie = 1000; /* a text longer than its frame */
	memcpy(buffer.data + 5, &lie, sizeof lie);
	assert_int_equal(frame_peek(&buffer, &frame, &size), 1);
	assert_string_equal(frame_get_text(&frame), "");
	assert_true(frame.malformed);
	lie = FRAME_MAX + 1;
	memcpy(buffer.data, &lie, sizeof lie);
	assert_int_equal(frame_peek(&buffer, &frame, &size), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_written_is_read),
	    cmocka_unit_test(test_a_cut_frame_waits_and_a_lying_one_is_refused),
	};
	return cmocka_run_group_tests_name("base/frame", tests, NULL, NULL);
}
