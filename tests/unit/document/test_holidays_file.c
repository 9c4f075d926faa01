/*
 * Owns: tests of document/holidays_file: the shipped years, folding, what is refused.
 * May use: document/, cmocka.
 * Must not know: what the days are used for.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "document/holidays_file.h"
#include "fixture.h"

#define CALENDAR(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"

static void parse(struct fixture *fixture, const char *text, struct holidays *holidays)
{
	holidays_begin(fixture->arena, holidays);
	holidays_file_parse("h.ics", text, strlen(text), holidays, &fixture->complaints);
}

static void assert_days(const struct day *days, size_t count, const char *const *expected)
{
	for (size_t i = 0; i < count; i++) {
		assert_non_null(expected[i]);
		assert_string_equal(civil_iso_day(days[i]).text, expected[i]);
	}
	assert_null(expected[count]);
}

static void test_the_shipped_years_have_the_days_off(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct holidays holidays;
	holidays_begin(fixture.arena, &holidays);
	static const char *const files[] = {
	    "config/holidays/vn-2021.ics", "config/holidays/vn-2020.ics"};
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		size_t len;
		const char *text = read_whole(fixture.arena, files[i], &len);
		holidays_file_parse(files[i], text, len, &holidays, &fixture.complaints);
	}
	assert_int_equal(fixture.complaints.count, 0);
	assert_days(holidays.off, holidays.off_count,
	    (const char *const[]){"2020-01-01", "2020-01-23", "2020-01-24", "2020-01-25",
		"2020-01-26", "2020-01-27", "2020-01-28", "2020-01-29", "2020-04-02", "2020-04-30",
		"2020-05-01", "2020-09-02", "2021-01-01", "2021-02-10", "2021-02-11", "2021-02-12",
		"2021-02-13", "2021-02-14", "2021-02-15", "2021-02-16", "2021-04-21", "2021-04-30",
		"2021-05-01", "2021-05-03", "2021-09-02", "2021-09-03", NULL});
	assert_int_equal(holidays.worked_count, 0);
}

static void test_events_are_read_in_the_forms_programs_write(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct holidays holidays;
	parse(&fixture,
	    CALENDAR(EVENT("DTSTART;VALUE=DATE:20200902\r\nSUMMARY:Qu\r\n ốc khánh\r\n"
			   "DESCRIPTION:a\r\n\tb: c\r\nX-OTHER;P=1:x\r\n")
		    EVENT("DTSTART:20200430\nDTEND;VALUE=DA\n TE:20200502\n")
			EVENT("dtstart;value=date:20200509\r\nCATEGORIES:HOLIDAY,WORKDAY\r\n")
			    EVENT("DTSTART;VALUE=DATE:20200516\r\nX-NHACVIEC-WORKDAY:TRUE\r\n")
				EVENT("DTSTART;VALUE=DATE:20200902\r\n")),
	    &holidays);
	assert_errors(&fixture, 0);
	assert_days(holidays.off, holidays.off_count,
	    (const char *const[]){"2020-04-30", "2020-05-01", "2020-09-02", NULL});
	assert_days(holidays.worked, holidays.worked_count,
	    (const char *const[]){"2020-05-09", "2020-05-16", NULL});
}

static void test_what_would_give_wrong_days_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {CALENDAR(EVENT("SUMMARY:x\r\n")), 3, "no usable DTSTART"},
	    {CALENDAR(EVENT("DTSTART:20200230\r\n")), 4, "date that exists"},
	    {CALENDAR(EVENT("DTSTART:20200902T080000Z\r\n")), 4, "date that exists"},
	    {CALENDAR(EVENT("DTSTART:20200902\r\nDTEND:20200902\r\n")), 3, "lasts 0 days"},
	    {CALENDAR(EVENT("DTSTART:20200902\r\nDTEND:20210902\r\n")), 3, "lasts 365 days"},
	    {CALENDAR(EVENT("DTSTART:20200902\r\nRRULE:FREQ=YEARLY\r\n")), 5, "RRULE"},
	    {CALENDAR("BEGIN:VEVENT\r\n"), 4, "does not belong here"},
	    {CALENDAR("END:VEVENT\r\n"), 3, "does not belong here"},
	    {"BEGIN:VEVENT\r\n", 1, "does not belong here"},
	    {"BEGIN:VCALENDAR\r\n", 0, "not a whole iCalendar"},
	    {"", 0, "not a whole iCalendar"},
	    {"hello\n", 1, "not a line of iCalendar"},
	    {"a:\xff\n", 1, "UTF-8"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct holidays holidays;
		parse(&fixture, cases[i].text, &holidays);
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

static void test_days_and_lines_are_bounded(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct holidays holidays;
	OWNED_BUFFER text = BUFFER(1000000);
	buffer_add_text(&text, "BEGIN:VCALENDAR\n");
	for (int year = 1900; year < 2100; year++)
		buffer_printf(
		    &text, "BEGIN:VEVENT\nDTSTART:%d0101\nDTEND:%d0201\nEND:VEVENT\n", year, year);
	buffer_add_text(&text, "END:VCALENDAR\n");
	parse(&fixture, text.data, &holidays);
	assert_int_equal(holidays.off_count, HOLIDAYS_DAYS_MAX);
	assert_true(fixture.complaints.errors > 0);
	buffer_reset(&text);
	buffer_add_text(&text, "SUMMARY:");
	for (int i = 0; i < 3000; i++)
		buffer_add_text(&text, "x\n ");
	parse(&fixture, text.data, &holidays);
	assert_complaint(&fixture, 1, "longer than");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_shipped_years_have_the_days_off),
	    cmocka_unit_test(test_events_are_read_in_the_forms_programs_write),
	    cmocka_unit_test(test_what_would_give_wrong_days_is_refused),
	    cmocka_unit_test(test_days_and_lines_are_bounded),
	};
	return cmocka_run_group_tests_name("document/holidays_file", tests, NULL, NULL);
}
