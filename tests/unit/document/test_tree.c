/*
 * Owns: tests of document/document and document/tree: lines, limits, hostile YAML.
 * May use: document/, cmocka.
 * Must not know: what the files are about.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "document/tree.h"
#include "fixture.h"

static struct tree *parse(struct fixture *fixture, const char *text, size_t len)
{
	struct tree_reader reader = {
	    .arena = fixture->arena, .file = "a.yaml", .complaints = &fixture->complaints};
	return tree_parse(&reader, text, len);
}

static void test_values_remember_their_lines(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char text[] = "# head\na: 1\nb:\n  - x\n  - {c: y, d: [p, q]}\n'e': ~\n";
	struct tree *root = parse(&fixture, text, sizeof text - 1);
	assert_non_null(root);
	assert_int_equal(root->count, 3);
	assert_string_equal(tree_get(root, "a")->text, "1");
	assert_int_equal(tree_get(root, "a")->line, 2);
	const struct tree *b = tree_get(root, "b");
	assert_int_equal(b->kind, TREE_LIST);
	assert_int_equal(b->count, 2);
	assert_int_equal(b->key_line, 3);
	const struct tree *map = b->first->next;
	assert_int_equal(map->line, 5);
	assert_string_equal(tree_get(map, "d")->first->next->text, "q");
	assert_string_equal(tree_get(root, "e")->text, "");
	assert_null(tree_get(root, "f"));
	assert_null(tree_get(b, "f"));
	assert_errors(&fixture, 0);
}

static void test_what_yaml_allows_but_we_do_not_is_refused_at_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {"a: &x 1\nb: *x\n", 2, "Aliases"},
	    {"a: 1\nb: !!binary aGk=\n", 2, "Tags"},
	    {"a: 1\n---\nb: 1\n", 2, "second document"},
	    {"? [a, b]\n: 1\n", 1, "key must be a plain word"},
	    {"a: 1\n  b: 2\n", 2, "not valid YAML"},
	    {"a:\n\t- x\n", 2, "not valid YAML"},
	    {"a: \"x\\0y\"\n", 1, "NUL"},
	    {"a: [1, 2\n", 2, "not valid YAML"},
	    {"", 0, "empty"},
	    {"# nothing\n", 0, "empty"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, cases[i].text, strlen(cases[i].text)));
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

static void test_a_doubled_key_is_an_error_and_the_first_stays(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char text[] = "a: 1\nb: 2\na: 3\n";
	struct tree *root = parse(&fixture, text, sizeof text - 1);
	assert_string_equal(tree_get(root, "a")->text, "1");
	assert_complaint(&fixture, 3, "it is at line 1 too");
	assert_errors(&fixture, 1);
}

static void test_depth_size_and_count_are_bounded(void **state)
{
	(void)state;
	for (int extra = 0; extra <= 1; extra++) {
		FIXTURE(fixture);
		OWNED_BUFFER text = BUFFER(1000);
		for (int i = 0; i < TREE_DEPTH_MAX + extra; i++)
			buffer_add_char(&text, '[');
		for (int i = 0; i < TREE_DEPTH_MAX + extra; i++)
			buffer_add_char(&text, ']');
		struct tree *root = parse(&fixture, text.data, text.len);
		assert_int_equal(root == NULL, extra);
	}
	FIXTURE(fixture);
	OWNED_BUFFER many = BUFFER(1000000);
	for (int i = 0; i < TREE_NODES_MAX + 1; i++)
		buffer_add_text(&many, "- x\n");
	assert_null(parse(&fixture, many.data, many.len));
	assert_complaint(&fixture, TREE_NODES_MAX, "50000 values");
	buffer_reset(&many);
	buffer_add_text(&many, "a: ");
	for (int i = 0; i < TREE_TEXT_MAX + 1; i++)
		buffer_add_char(&many, 'x');
	assert_null(parse(&fixture, many.data, many.len));
	assert_complaint(&fixture, 1, "longer than 8192");
	buffer_reset(&many);
	for (int i = 0; i < 200000; i++)
		buffer_add_char(&many, '{');
	assert_null(parse(&fixture, many.data, many.len));
}

static void test_bytes_that_are_not_utf8_are_complained_of_at_their_line(void **state)
{
	(void)state;
	static const char *const bad[] = {
	    "a: 1\nb: \xff\n", "a: 1\nb: \xc3(\n", "a: 1\nb: x\x01\n"};
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, bad[i], strlen(bad[i])));
		assert_complaint(&fixture, 2, "UTF-8");
	}
}

static void test_malformed_utf8_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len, bad;
	} cases[] = {{"abc", 3, 3}, {"Đoài", 6, 6}, {"a\xc0\x80", 3, 1}, {"\xe1\xbb", 2, 0},
	    {"\xed\xa0\x80", 3, 0}, {"\xf4\x90\x80\x80", 4, 0}, {"\xf0\x9f\x98\x80", 4, 4},
	    {"\xe0\x80\xaf", 3, 0}, {"x\x80", 2, 1}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(document_utf8_error(cases[i].text, cases[i].len), cases[i].bad);
}

static void test_misspelt_words_are_recognised(void **state)
{
	(void)state;
	static const char *const known[] = {"recipients", "reports", "events", "texts"};
	static const struct {
		const char *word, *nearest;
	} cases[] = {{"recipents", "recipients"}, {"report", "reports"}, {"evnets", "events"},
	    {"text", "texts"}, {"zebra", NULL}, {"x", NULL}, {"", NULL}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *nearest = document_nearest(cases[i].word, known, COUNT_OF(known));
		if (cases[i].nearest == NULL)
			assert_null(nearest);
		else
			assert_string_equal(nearest, cases[i].nearest);
	}
}

static void test_complaints_are_printable_and_bounded(void **state)
{
	(void)state;
	FIXTURE(fixture);
	complain(&fixture.complaints, "f", 1, "bell \a and broken \xff letter");
	assert_string_equal(fixture.complaints.items[0].text, "bell   and broken ? letter");
	complain_mildly(&fixture.complaints, "f", 1, "mild");
	assert_errors(&fixture, 1);
	for (int i = 0; i < 2 * COMPLAINTS_MAX; i++)
		complain(&fixture.complaints, "f", i, "x");
	assert_int_equal(fixture.complaints.count, COMPLAINTS_MAX);
	assert_errors(&fixture, 1 + 2 * COMPLAINTS_MAX);
}

static void test_only_regular_files_are_read(void **state)
{
	(void)state;
	FIXTURE(fixture);
	const char *folder = make_folder(fixture.arena), *text;
	const char *fifo = arena_printf(fixture.arena, "%s/fifo", folder);
	size_t len;
	struct failure failure;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(document_read(fixture.arena, fifo, &text, &len, &failure), RESULT_INVALID);
	assert_int_equal(
	    document_read(fixture.arena, folder, &text, &len, &failure), RESULT_INVALID);
	const char *missing = arena_printf(fixture.arena, "%s/nothing", folder);
	assert_int_equal(
	    document_read(fixture.arena, missing, &text, &len, &failure), RESULT_NOT_FOUND);
	assert_non_null(strstr(failure.text, missing));
	const char *big = write_file(fixture.arena, folder, "big", "");
	assert_int_equal(truncate(big, DOCUMENT_BYTES_MAX + 1), 0);
	assert_int_equal(document_read(fixture.arena, big, &text, &len, &failure), RESULT_LIMIT);
	remove_folder(folder, (const char *const[]){"fifo", "big"}, 2);
}

static void test_numbers_and_yes_or_no_are_strict(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool number, word;
	} cases[] = {{"5", true, false}, {"-5", true, false}, {"05", true, false},
	    {"11", false, false}, {"5.0", false, false}, {"5x", false, false}, {"", false, false},
	    {"-", false, false}, {"99999999999999999999", false, false}, {"true", false, true},
	    {"No", false, true}, {"ja", false, false}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		struct tree_reader reader = {
		    .arena = fixture.arena, .file = "f", .complaints = &fixture.complaints};
		struct tree node = {.kind = TREE_TEXT, .text = cases[i].text};
		int64_t number;
		bool word;
		assert_int_equal(
		    tree_read_int(&reader, &node, "n", -10, 10, &number), cases[i].number);
		assert_int_equal(tree_read_bool(&reader, &node, "b", &word), cases[i].word);
		assert_errors(&fixture, (size_t)!cases[i].number + !cases[i].word);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values_remember_their_lines),
	    cmocka_unit_test(test_what_yaml_allows_but_we_do_not_is_refused_at_its_line),
	    cmocka_unit_test(test_a_doubled_key_is_an_error_and_the_first_stays),
	    cmocka_unit_test(test_depth_size_and_count_are_bounded),
	    cmocka_unit_test(test_bytes_that_are_not_utf8_are_complained_of_at_their_line),
	    cmocka_unit_test(test_malformed_utf8_is_found),
	    cmocka_unit_test(test_misspelt_words_are_recognised),
	    cmocka_unit_test(test_complaints_are_printable_and_bounded),
	    cmocka_unit_test(test_only_regular_files_are_read),
	    cmocka_unit_test(test_numbers_and_yes_or_no_are_strict),
	};
	return cmocka_run_group_tests_name("document/tree", tests, NULL, NULL);
}
