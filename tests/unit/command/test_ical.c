/*
 * Owns: tests of command/ical: what is written reads back, in lines that any program takes.
 * May use: command/ical.h, cmocka.
 * Must not know: plans.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "command/ical.h"

#include "base/memory.h"

#include <stdlib.h>

#include <stdbool.h>
#include <string.h>

#define STAMP ((struct wall){1589418000000}) /* 14 May 2020 01:00 UTC */

static const struct ical_event events[] = {
    {.uid = "TK-2020-6T-2020@nhacviec",
	.start = {18423}, /* 10 June 2020 */
	.end = {18423},
	.summary = "hạn: báo cáo 6 tháng; mục 1, 2 \\ 3",
	.description = "Báo cáo 6 tháng công tác bình đẳng giới và sự tiến bộ của phụ nữ, trước "
		       "10/6, chậm nhất thứ Ba 9/6\nnộp về Phòng Lao động - Thương binh và Xã hội",
	.category = "DEADLINE"},
    {.uid = "TK-2020-THD-2020@nhacviec",
	.start = {18581}, /* 15 November – 15 December 2020 */
	.end = {18611},
	.summary = "Tháng hành động",
	.description = "",
	.category = "EVENT"},
};

static const char *written(struct arena *arena)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	assert_non_null(out);
	ical_write(out, "Kế hoạch", events, 2, STAMP);
	fclose(out);
	const char *copy = arena_copy(arena, text);
	free(text);
	return copy;
}

static void test_lines_are_folded_at_75_octets_and_end_in_crlf(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *text = written(arena);
	size_t lines = 0;
	for (const char *line = text; *line != '\0'; lines++) {
		const char *end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 75);
		assert_null(memchr(line, '\n', (size_t)(end - line)));
		/* No letter is cut in two: a line never begins within one. */
		assert_int_not_equal((unsigned char)line[line[0] == ' '] & 0xC0, 0x80);
		line = end + 2;
	}
	assert_true(lines > 20);
	arena_free(arena);
}

static void test_days_are_dates_and_the_stamp_is_in_utc(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const char *text = written(arena);
	assert_non_null(strstr(text, "DTSTART;VALUE=DATE:20200610\r\n"));
	assert_non_null(strstr(text, "DTEND;VALUE=DATE:20200611\r\n"));
	assert_non_null(strstr(text, "DTSTART;VALUE=DATE:20201115\r\n"));
	assert_non_null(strstr(text, "DTEND;VALUE=DATE:20201216\r\n"));
	assert_non_null(strstr(text, "DTSTAMP:20200514T010000Z\r\n"));
	assert_non_null(strstr(text, "UID:TK-2020-6T-2020@nhacviec\r\n"));
	assert_string_equal(written(arena), text);
	arena_free(arena);
}

struct read {
	int count;
	bool same;
};

static void compare(struct day first, struct day last, const char *summary, void *arg)
{
	struct read *read = arg;
	const struct ical_event *event = &events[read->count++];
	read->same = read->same && first.number == event->start.number &&
		     last.number == event->end.number && strcmp(summary, event->summary) == 0;
}

static void test_what_was_written_reads_back(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct read read = {.same = true};
	ical_read_names(written(arena), compare, &read);
	assert_int_equal(read.count, 2);
	assert_true(read.same);
	arena_free(arena);
}

static void never(struct day first, struct day last, const char *summary, void *arg)
{
	(void)first;
	(void)last;
	(void)arg;
	fail_msg("%s", summary);
}

static void test_what_is_no_calendar_has_no_days(void **state)
{
	(void)state;
	ical_read_names("", never, NULL);
	ical_read_names("unit_code,unit_name\r\nA,B\r\n", never, NULL);
	ical_read_names(
	    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n", never, NULL);
	ical_read_names("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200631\r\n"
			"SUMMARY:31 June\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
	    never, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines_are_folded_at_75_octets_and_end_in_crlf),
	    cmocka_unit_test(test_days_are_dates_and_the_stamp_is_in_utc),
	    cmocka_unit_test(test_what_was_written_reads_back),
	    cmocka_unit_test(test_what_is_no_calendar_has_no_days),
	};
	return cmocka_run_group_tests_name("command/ical", tests, NULL, NULL);
}
