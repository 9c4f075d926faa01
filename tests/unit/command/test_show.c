/*
 * Owns: tests of widths, tables, CSV fields, moments: what a terminal and a spreadsheet get.
 * May use: command/show.h, command/listing.h, cmocka.
 * Must not know: what is shown.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "command/file_kind.h"
#include "command/listing.h"
#include "command/show.h"

#include <stdlib.h>
#include <string.h>

/* What `print` writes; the caller frees it. */
static char *written(void (*print)(FILE *out, const void *arg), const void *arg)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	assert_non_null(out);
	print(out, arg);
	fclose(out);
	return text;
}

static void test_vietnamese_letters_take_one_column_however_they_are_written(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int width;
	} cases[] = {
	    {"", 0}, {"Xa Dam Thuy", 11}, {"Xã Đàm Thuỷ", 11},
	    {"Xa\xCC\x83 \xC4\x90\x61\xCC\x80m Thu\x79\xCC\x89", 11}, /* with combining marks */
	    {"Trà Lĩnh", 8}, {"ợ", 1}, {"o\xCC\x9B\xCC\xA3", 1},      /* two marks on one letter */
	    {"中", 2}, {"…─✓", 3}, {"\xFF", 1}, /* no UTF-8: shown as one replacement letter */
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(show_width(cases[i].text), cases[i].width);
}

static void test_a_cut_text_fits_and_ends_in_an_ellipsis(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(show_cut(arena, "Ngọc Côn", 8), "Ngọc Côn");
	assert_string_equal(show_cut(arena, "Ngọc Côn", 7), "Ngọc C…");
	assert_string_equal(show_cut(arena, "Ngọc Côn", 1), "…");
	assert_string_equal(show_cut(arena, "中中中", 4), "中…");
	for (int columns = 1; columns < 20; columns++)
		assert_true(
		    show_width(show_cut(arena, "Đề nghị Xã Đàm Thuỷ gửi", columns)) <= columns);
	arena_free(arena);
}

static void test_strangers_texts_cannot_steer_the_terminal(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	assert_string_equal(show_clean(arena, "a\033[2Jb\x07"), "a?[2Jb?");
	assert_string_equal(show_clean(arena, "a\xC2\x9B"
					      "2Jb"),
	    "a?2Jb"); /* CSI as one letter */
	assert_string_equal(show_clean(arena, "hai\ndòng\tở\rđây"), "hai dòng ở đây");
	assert_string_equal(show_clean(arena, NULL), "");
	assert_string_equal(show_clean(arena, "\xC2"), "\xC2"); /* cut in the middle: no overrun */
	arena_free(arena);
}

/* ── tables ──────────────────────────────────────────────────────────────────────────────────── */

struct table_case {
	int limit;
	bool colour;
};

static void print_table(FILE *out, const void *arg)
{
	static const char *const head[] = {"Đơn vị", "6T", "NĂM"};
	static const struct show_cell cells[] = {{"Xã Đàm Thuỷ", COLOUR_NONE},
	    {"đã báo", COLOUR_GREEN}, {"chưa", COLOUR_NONE}, {"Ngọc Côn", COLOUR_NONE},
	    {"QUÁ HẠN", COLOUR_RED}, {"", COLOUR_NONE}};
	const struct table_case *wanted = arg;
	show_table(out, head, cells, 2, 3, 1, wanted->limit, wanted->colour);
}

static void test_columns_stand_below_each_other(void **state)
{
	(void)state;
	char *text = written(print_table, &(struct table_case){0});
	assert_string_equal(text, "Đơn vị       6T       NĂM\n"
				  "───────────  ───────  ────\n"
				  "Xã Đàm Thuỷ  đã báo   chưa\n"
				  "Ngọc Côn     QUÁ HẠN\n");
	free(text);
}

static void test_a_narrow_terminal_gets_the_columns_in_blocks(void **state)
{
	(void)state;
	char *text = written(print_table, &(struct table_case){.limit = 21});
	assert_string_equal(text, "Đơn vị       6T\n"
				  "───────────  ───────\n"
				  "Xã Đàm Thuỷ  đã báo\n"
				  "Ngọc Côn     QUÁ HẠN\n"
				  "\n"
				  "Đơn vị       NĂM\n"
				  "───────────  ────\n"
				  "Xã Đàm Thuỷ  chưa\n"
				  "Ngọc Côn\n");
	free(text);
	text = written(print_table, &(struct table_case){.limit = 1}); /* never nothing at all */
	assert_non_null(strstr(text, "QUÁ HẠN"));
	assert_non_null(strstr(text, "chưa"));
	free(text);
}

static void test_colours_do_not_move_columns(void **state)
{
	(void)state;
	char *text = written(print_table, &(struct table_case){.colour = true});
	assert_non_null(strstr(text, "\033[32mđã báo\033[0m   chưa\n"));
	assert_non_null(strstr(text, "\033[31;1mQUÁ HẠN\033[0m\n"));
	free(text);
}

static void test_a_file_is_no_terminal(void **state)
{
	(void)state;
	FILE *file = tmpfile();
	assert_non_null(file);
	assert_int_equal(show_terminal_columns(file), 0);
	assert_false(show_has_colour(file));
	fclose(file);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────── */

static void print_field(FILE *out, const void *arg)
{
	show_csv_field(out, arg);
}

static void test_csv_fields_are_quoted_and_never_formulas(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
	    {"", ""},
	    {"Xã Đàm Thuỷ", "Xã Đàm Thuỷ"},
	    {"a,b", "\"a,b\""},
	    {"a;b", "\"a;b\""},
	    {"nói \"xong\"", "\"nói \"\"xong\"\"\""},
	    {"hai\ndòng", "\"hai\ndòng\""},
	    {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
	    {"+84912345678", "'+84912345678"},
	    {"-1", "'-1"},
	    {"@SUM(A1)", "'@SUM(A1)"},
	    {"=1,2", "\"'=1,2\""},
	    {"\t=1", "\"'\t=1\""},
	    {"a=1", "a=1"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *text = written(print_field, cases[i][0]);
		assert_string_equal(text, cases[i][1]);
		free(text);
	}
}

static void print_listing(FILE *out, const void *arg)
{
	static const char *const head[] = {"id", "text"};
	struct arena *arena = arena_new();
	struct listing listing;
	const bool *csv = arg;
	listing_begin(&listing, arena, head, 2);
	listing.raw = *csv;
	listing_printf(&listing, "%d", 7);
	listing_add(&listing, "hai\ndòng", COLOUR_NONE);
	listing_printf(&listing, "%d", 12);
	listing_add(&listing, NULL, COLOUR_NONE);
	if (*csv)
		listing_print_csv(&listing, out);
	else
		show_table(out, listing.head, listing.cells, listing.rows, listing.columns,
		    listing.columns, 0, false);
	listing_end(&listing);
	arena_free(arena);
}

static void test_a_listing_keeps_texts_as_they_are_in_csv_alone(void **state)
{
	(void)state;
	bool csv = true;
	char *text = written(print_listing, &csv);
	assert_string_equal(text, "id,text\r\n7,\"hai\ndòng\"\r\n12,\r\n");
	free(text);
	csv = false;
	text = written(print_listing, &csv);
	assert_non_null(strstr(text, "7   hai dòng\n"));
	free(text);
}

static void test_moments_are_shown_in_the_offices_zone(void **state)
{
	(void)state;
	struct wall moment = civil_moment(civil_day(2020, 6, 10), 8 * 60 + 5, 420);
	assert_string_equal(show_moment(moment, 420).text, "08:05 10/6/2020");
	assert_string_equal(show_csv_moment(moment, 420).text, "2020-06-10 08:05");
	assert_string_equal(show_csv_moment(moment, 0).text, "2020-06-10 01:05");
	assert_string_equal(show_moment(WALL_NEVER, 420).text, "");
	assert_string_equal(show_csv_moment((struct wall){0}, 420).text, "");
}

static void test_a_file_is_told_by_its_content(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool recipients;
	} cases[] = {
	    {"unit_code,unit_name\nA,B\n", true},
	    {"\xEF\xBB\xBFunit_code;unit_name\r\n", true},
	    {"\n  \nunit_code,x", true},
	    {"plan: TK-2020\nname: a, b\n", false},
	    {"# a, comment\n\nplan: X\n", false},
	    {"name: a, b", false},
	    {"", false},
	    {"\n\n", false},
	    {"#", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
		    file_is_recipients(cases[i].text, strlen(cases[i].text)), cases[i].recipients);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_vietnamese_letters_take_one_column_however_they_are_written),
	    cmocka_unit_test(test_a_cut_text_fits_and_ends_in_an_ellipsis),
	    cmocka_unit_test(test_strangers_texts_cannot_steer_the_terminal),
	    cmocka_unit_test(test_columns_stand_below_each_other),
	    cmocka_unit_test(test_a_narrow_terminal_gets_the_columns_in_blocks),
	    cmocka_unit_test(test_colours_do_not_move_columns),
	    cmocka_unit_test(test_a_file_is_no_terminal),
	    cmocka_unit_test(test_csv_fields_are_quoted_and_never_formulas),
	    cmocka_unit_test(test_a_listing_keeps_texts_as_they_are_in_csv_alone),
	    cmocka_unit_test(test_moments_are_shown_in_the_offices_zone),
	    cmocka_unit_test(test_a_file_is_told_by_its_content),
	};
	return cmocka_run_group_tests_name("command/show", tests, NULL, NULL);
}
