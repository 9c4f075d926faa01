/*
 * Owns: tests of modem/journal and of modem/receive's reading of headers.
 * May use: modem/, cmocka.
 * Must not know: modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/frame.h"
#include "base/memory.h"
#include "modem/journal.h"
#include "modem/receive.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char directory[] = "/tmp/nhacviec-modem-XXXXXX";
static char path[128];

static int make_directory(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/modem-m1.outcomes", directory);
	return 0;
}

static int remove_directory(void **state)
{
	(void)state;
	journal_remove(path);
	return rmdir(directory);
}

static void append_bytes(const char *file, const char *bytes, size_t len)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

static void test_what_is_kept_is_handed_over(void **state)
{
	(void)state;
	OWNED_BUFFER frames = BUFFER(FRAME_MAX);
	assert_int_equal(journal_read(path, &frames), 0);
	for (int i = 0; i < 3; i++) {
		struct outcome outcome = {.attempt = 70 + i,
		    .part = i,
		    .result = MODEM_SENT,
		    .reference = 9,
		    .detail = "x"};
		assert_int_equal(journal_append(path, &outcome, NULL), RESULT_OK);
	}
	append_bytes(path, "\x30\0\0\0\x03torn", 9);
	assert_int_equal(journal_read(path, &frames), 3);
	struct frame frame;
	size_t size;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(frame_peek(&frames, &frame, &size), 1);
		assert_int_equal(frame.type, MODEM_EVENT_OUTCOME);
		assert_int_equal(frame_get_int(&frame), 70 + i);
		assert_int_equal(frame_get_int(&frame), i);
		assert_int_equal(frame_get_int(&frame), MODEM_SENT);
		buffer_consume(&frames, size);
	}
	assert_int_equal(frames.len, 0);
	journal_remove(path);
	assert_int_equal(journal_read(path, &frames), 0);
}

static void test_a_disk_that_refuses_is_told(void **state)
{
	(void)state;
	struct outcome outcome = {.attempt = 1};
	struct failure failure = {0};
	assert_int_equal(
	    journal_append("/nonexistent/modem-m1.outcomes", &outcome, &failure), RESULT_IO);
	assert_true(failure.text[0] != '\0');
}

static void test_a_place_in_a_message_is_found_in_any_header(void **state)
{
	(void)state;
	static const struct {
		unsigned char header[16];
		size_t len;
		bool found;
		int reference, parts, part;
	} cases[] = {
	    {{5, 0, 3, 200, 3, 2}, 6, true, 200, 3, 2},
	    {{6, 8, 4, 0x12, 0x34, 2, 1}, 7, true, 0x1234, 2, 1},
	    {{9, 0x24, 1, 1, 0, 3, 7, 2, 2, 0}, 9, true, 7, 2, 2},
	    {{5, 0, 3, 200, 0, 0}, 6, false, 0, 0, 0},
	    {{5, 0, 3, 200, 2, 3}, 6, false, 0, 0, 0},
	    {{5, 0, 30, 200, 2, 1}, 6, false, 0, 0, 0},
	    {{255, 0, 3, 200}, 4, false, 0, 0, 0},
	    {{5, 0}, 2, false, 0, 0, 0},
	    {{0}, 0, false, 0, 0, 0},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int reference = -1, parts = -1, part = -1;
		unsigned char *copy = memory_new(cases[i].len + 1);
		unsigned char *exact = memory_resize(copy, cases[i].len > 0 ? cases[i].len : 1);
		for (size_t j = 0; j < cases[i].len; j++)
			exact[j] = cases[i].header[j];
		assert_int_equal(
		    receive_find_concatenation(exact, cases[i].len, &reference, &parts, &part),
		    cases[i].found);
		if (cases[i].found) {
			assert_int_equal(reference, cases[i].reference);
			assert_int_equal(parts, cases[i].parts);
			assert_int_equal(part, cases[i].part);
		}
		memory_free(exact);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_kept_is_handed_over),
	    cmocka_unit_test(test_a_disk_that_refuses_is_told),
	    cmocka_unit_test(test_a_place_in_a_message_is_found_in_any_header),
	};
	return cmocka_run_group_tests_name(
	    "modem/journal", tests, make_directory, remove_directory);
}
