/*
 * Owns: tests of document/csv and document/recipients_file: forms, mistakes by row, round trip.
 * May use: document/, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "document/recipients_file.h"
#include "fixture.h"

#define HEADER "unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language\n"
#define OFFICE "O,Phòng,office,,,,,,\n"

static struct recipients *parse(struct fixture *fixture, const char *text)
{
	return recipients_file_parse(
	    fixture->arena, "r.csv", text, strlen(text), NULL, NULL, &fixture->complaints);
}

static const char *print(struct arena *arena, const struct recipients *recipients)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	recipients_file_write(out, recipients);
	fclose(out);
	const char *copy = arena_copy_bytes(arena, text, len);
	free(text);
	return copy;
}

static size_t count_kind(const struct recipients *recipients, const char *kind)
{
	size_t count = 0;
	for (size_t i = 0; i < recipients->unit_count; i++)
		count += strcmp(recipients->units[i].kind, kind) == 0;
	return count;
}

static void test_the_shipped_list_is_the_district_of_2020(void **state)
{
	(void)state;
	FIXTURE(fixture);
	size_t len;
	struct recipients *recipients = parse(
	    &fixture, read_whole(fixture.arena, "config/recipients/trung-khanh-2020.csv", &len));
	assert_int_equal(fixture.complaints.count, 0);
	assert_non_null(recipients);
	assert_int_equal(count_kind(recipients, "commune"), 19);
	assert_int_equal(count_kind(recipients, "township"), 2);
	assert_int_equal(count_kind(recipients, "agency"), 12);
	assert_int_equal(count_kind(recipients, "office"), 1);
	for (size_t i = 0; i < recipients->person_count; i++) {
		const char *phone = recipients->people[i].phone;
		assert_true(phone[0] == '\0' || strncmp(phone, "+849000000", 10) == 0);
	}
	/* Everybody but the office has exactly one reporter. */
	for (size_t u = 0; u < recipients->unit_count; u++) {
		size_t reporters = 0;
		for (size_t p = 0; p < recipients->post_count; p++)
			reporters +=
			    recipients->posts[p].post == POST_REPORTER &&
			    strcmp(recipients->posts[p].unit_code, recipients->units[u].code) == 0;
		assert_int_equal(
		    reporters, strcmp(recipients->units[u].kind, "office") == 0 ? 0 : 1);
	}
}

static void test_what_is_written_reads_back_the_same(void **state)
{
	(void)state;
	size_t len;
	FIXTURE(fixture);
	const char *const texts[] = {
	    read_whole(fixture.arena, "config/recipients/trung-khanh-2020.csv", &len),
	    HEADER "O,\"Phòng \"\"A\"\", B\",office,,,,,,\nX,Xã; X,commune,O,P1,\"Lê, Văn\",leader,"
		   "+4915112345678,en\n,,,,P2,Không việc,,,\nX,,,,P3,Bà Ba,reporter,,vi\n",
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct recipients *first = parse(&fixture, texts[i]);
		assert_errors(&fixture, 0);
		const char *written = print(fixture.arena, first);
		struct recipients *second = parse(&fixture, written);
		assert_errors(&fixture, 0);
		assert_int_equal(first->unit_count, second->unit_count);
		assert_int_equal(first->person_count, second->person_count);
		assert_int_equal(first->post_count, second->post_count);
		for (size_t u = 0; u < first->unit_count; u++) {
			assert_string_equal(first->units[u].code, second->units[u].code);
			assert_string_equal(first->units[u].name, second->units[u].name);
			assert_string_equal(first->units[u].kind, second->units[u].kind);
			assert_string_equal(first->units[u].parent, second->units[u].parent);
		}
		assert_string_equal(written, print(fixture.arena, second));
	}
}

static void test_forms_that_spreadsheets_write_are_read(void **state)
{
	(void)state;
	static const char *const texts[] = {
	    "\xEF\xBB\xBF" HEADER "O,Phòng A,office,,P,Bà Ba,leader,0900 000 001,\r\n",
	    "phone;post;person_name;person_code;unit_kind;unit_name;unit_code\r\n"
	    "900000001;leader;Bà Ba;P;office;Phòng A;O",
	    "UNIT_CODE\tunit_name\tunit_kind\tperson_code\tperson_name\tpost\tphone\n\n"
	    " O \t Phòng A\toffice\tP\t\"Bà Ba\"\tleader\t\"+84 900-000-001\"\n\t\t\t\t\t\t\n",
	    /* the name in decomposed letters */
	    HEADER "O,Pho\xCC\x80ng A,office,,P,Ba\xCC\x80 Ba,leader,84900000001,vi\n",
	};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		FIXTURE(fixture);
		struct recipients *recipients = parse(&fixture, texts[i]);
		assert_errors(&fixture, 0);
		assert_int_equal(recipients->unit_count, 1);
		assert_string_equal(recipients->units[0].name, "Phòng A");
		assert_string_equal(recipients->people[0].name, "Bà Ba");
		assert_string_equal(recipients->people[0].phone, "+84900000001");
		assert_string_equal(recipients->people[0].language, "vi");
		assert_int_equal(recipients->posts[0].post, POST_LEADER);
	}
}

static void test_an_order_of_ways_is_read_by_either_name_and_written_back(void **state)
{
	(void)state;
	static const char *const names[] = {"prefers", "ưu tiên"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		FIXTURE(fixture);
		const char *text = arena_printf(fixture.arena,
		    "unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,"
		    "language,%s\nA,Xã A,office,,P,Bà Ba,leader,0900000001,vi,\"zalo,sms\"\n",
		    names[i]);
		struct recipients *recipients = parse(&fixture, text);
		assert_errors(&fixture, 0);
		assert_string_equal(recipients->people[0].prefers, "zalo,sms");
		assert_non_null(strstr(print(fixture.arena, recipients), ",\"zalo,sms\"\n"));
	}
	FIXTURE(fixture);
	assert_null(parse(&fixture, HEADER OFFICE "A,Xã A,commune,O,P,Bà Ba,reporter,,\n")
			->people[0]
			.prefers);
	assert_null(parse(&fixture, "unit_code,unit_name,unit_kind,person_code,person_name,post,"
				    "phone,prefers\nA,Xã A,office,P,Bà Ba,leader,,zalo/sms\n"));
}

static void test_a_later_row_may_be_silent_or_fill_in(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct recipients *recipients =
	    parse(&fixture, HEADER OFFICE "A,Xã A,commune,,P,Bà Ba,reporter,,\n"
					  "B,Xã B,commune,O,P,,leader,0900000001,en\n"
					  "A,,,O,P,Bà Ba,leader,,\n");
	assert_errors(&fixture, 0);
	assert_int_equal(recipients->person_count, 1);
	assert_int_equal(recipients->post_count, 3);
	assert_string_equal(recipients->people[0].phone, "+84900000001");
	assert_string_equal(recipients->people[0].language, "en");
	assert_string_equal(recipients->units[1].parent, "O");
}

static void test_mistakes_are_named_by_row(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {"", 0, "no rows"},
	    {"unit_code,unit_nam,unit_kind,person_code,person_name,post,phone\n", 1,
		"Did you mean `unit_name`?"},
	    {"unit_code,unit_code\n", 1, "already a column `unit_code`"},
	    {"unit_code,unit_name,unit_kind,person_code,person_name,phone\n", 1,
		"column `post` is missing"},
	    {HEADER OFFICE "A,Xã A,comune,O,,,,,\n", 3, "Did you mean `commune`?"},
	    {HEADER OFFICE "A,,commune,O,,,,,\n", 3, "unit_name of A must be"},
	    {HEADER OFFICE "A b,Xã,commune,O,,,,,\n", 3, "cannot be a code"},
	    {HEADER OFFICE "A,Xã A,commune,X,,,,,\n", 3, "there is no unit `X`"},
	    {HEADER OFFICE "A,Xã A,commune,A,,,,,\n", 3, "lead back to itself"},
	    {HEADER "A,Xã A,commune,B,,,,,\nB,Xã B,commune,A,,,,,\n", 3, "lead back to itself"},
	    {HEADER OFFICE "A,Xã A,commune,O,,,,,\nA,Xã AA,commune,O,,,,,\n", 4,
		"but `Xã A` on line 3"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,0900000001,\nO,,,,P,Bốn,deputy,0900000001,\n", 4,
		"person_name of P"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,0900000001,\nO,,,,P,Ba,deputy,0900000002,\n", 4,
		"phone of P is"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,02063826123,\n", 3, "phone of P:"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,091,\n", 3, "phone of P:"},
	    {HEADER OFFICE "O,,,,P,Ba,boss,,\n", 3, "There is no post `boss`"},
	    {HEADER OFFICE "O,,,,P,Ba,,,\n", 3, "post is empty"},
	    {HEADER OFFICE "O,,,,,,leader,,\n", 3, "needs unit_code and person_code"},
	    {HEADER OFFICE ",,,,,Ba,,,\n", 3, "neither unit_code nor person_code"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,,\nO,,,,P,Ba,leader,,\n", 4, "on line 3 already"},
	    {HEADER OFFICE "O,,,,P,,leader,,\n", 3, "person_name of P must be"},
	    {HEADER OFFICE "O,,,,P,Ba,leader,,de\n", 3, "Write vi or en"},
	    {HEADER OFFICE "A,X\xe3,commune,O,,,,,\n", 3, "CSV UTF-8"},
	    {HEADER OFFICE "A,\"Xã,commune,O,,,,,\n", 3, "never closes"},
	    {HEADER OFFICE "A,\"Xã\"A,commune,O,,,,,\n", 3, "follows a closing quote"},
	    {HEADER OFFICE "A,\"Xã\nA\",commune,O,,,,,\n", 3, "must be one line"},
	    {HEADER OFFICE "A,{unit},commune,O,,,,,\n", 3, "without braces"},
	    {HEADER OFFICE "A,X\033[31m,commune,O,,,,,\n", 3, "control characters"},
	    {HEADER OFFICE "A,Xã,commune,O,,,,,,x\n", 3, "more fields"},
	    {HEADER OFFICE ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,x\n", 3, "more than 32 fields"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, cases[i].text));
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

#define DATED                                                                                      \
	"unit_code,unit_name,unit_kind,parent,valid_from,valid_until,successor,person_code,"       \
	"person_name,post,phone,language\n"

static void test_the_days_and_the_successor_of_a_unit_are_read_and_written(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct recipients *recipients =
	    parse(&fixture, DATED "O,Office,office,,,,,,,,,\n"
				  "TH,Xã Thông Huề,commune,O,,2020-03-01,DD,P1,An,reporter,,\n"
				  "TH,,,,,,,P2,Ba,leader,,\n"
				  "DD,Xã Đoài Dương,commune,O,2020-03-01,,,,,,,\n");
	assert_errors(&fixture, 0);
	const struct recipient_unit *old = &recipients->units[1], *merged = &recipients->units[2];
	assert_int_equal(old->valid_from.number, DAY_NONE.number);
	assert_int_equal(old->valid_until.number, civil_day(2020, 3, 1).number);
	assert_string_equal(old->successor, "DD");
	assert_int_equal(merged->valid_from.number, civil_day(2020, 3, 1).number);
	const char *once = print(fixture.arena, recipients);
	assert_non_null(strstr(once, "TH,Xã Thông Huề,commune,O,,2020-03-01,DD,P1"));
	assert_string_equal(print(fixture.arena, parse(&fixture, once)), once);
}

static void test_units_that_cannot_follow_each_other_are_refused_by_row(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int line;
		const char *words;
	} cases[] = {
	    {DATED "A,Xã,commune,,,2020-06-31,,,,,,\n", 2, "does not exist"},
	    {DATED "A,Xã,commune,,1/3/2020,,,,,,,\n", 2, "year-month-day"},
	    {DATED "A,Xã,commune,,2020-03-01,2020-02-29,,,,,,\n", 2, "must be a later day"},
	    {DATED "A,Xã,commune,,,2020-03-01,Z,,,,,\n", 2, "there is no unit `Z`"},
	    {DATED "A,Xã,commune,,,2020-03-01,A,,,,,\n", 2, "its own successor"},
	    {DATED "A,Xã,commune,,,,B,,,,,\nB,Xã,commune,,,,,,,,,\n", 2, "but no end"},
	    {DATED "A,Xã,commune,,,2020-03-01,B,,,,,\nB,Xã,commune,,2020-04-01,,,,,,,\n", 2,
		"begins only on 2020-04-01"},
	    {DATED "A,Xã,commune,,,2020-03-01,B,,,,,\nB,Xã,commune,,,2020-04-01,C,,,,,\n"
		   "C,Xã,commune,,,2020-05-01,A,,,,,\n",
		4, "lead back to itself"},
	    {DATED "A,Xã,commune,,,2020-03-01,,P,An,reporter,,\n"
		   "A,,,,,2020-03-02,,Q,Ba,leader,,\n",
		3, "Make them agree"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		FIXTURE(fixture);
		assert_null(parse(&fixture, cases[i].text));
		assert_complaint(&fixture, cases[i].line, cases[i].words);
	}
}

static void test_long_fields_are_refused(void **state)
{
	(void)state;
	static const int lengths[] = {200, 500};
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		FIXTURE(fixture);
		OWNED_BUFFER text = BUFFER(2000);
		buffer_add_text(&text, HEADER "A,");
		for (int n = 0; n < lengths[i]; n++)
			buffer_add_char(&text, 'x');
		buffer_add_text(&text, ",commune,,,,,,\n");
		assert_null(parse(&fixture, text.data));
		assert_complaint(&fixture, 2, i == 0 ? "1 to 150 bytes" : "longer than 400");
	}
}

static void test_a_number_of_before_2018_is_read_and_pointed_out(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct recipients *recipients =
	    parse(&fixture, HEADER OFFICE "O,,,,P,Ba,leader,01641234567,\n");
	assert_errors(&fixture, 0);
	assert_string_equal(recipients->people[0].phone, "+84341234567");
	assert_complaint(&fixture, 3, "before 2018");
}

static bool knows_district(const char *code, void *arg)
{
	(void)arg;
	return strcmp(code, "DISTRICT") == 0;
}

static void test_a_parent_may_be_known_elsewhere(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char text[] = HEADER "A,Xã A,commune,DISTRICT,,,,,\n";
	assert_non_null(recipients_file_parse(fixture.arena, "r.csv", text, sizeof text - 1,
	    knows_district, NULL, &fixture.complaints));
	assert_null(parse(&fixture, text));
}

static void test_many_units_are_read_in_good_time(void **state)
{
	(void)state;
	FIXTURE(fixture);
	OWNED_BUFFER text = BUFFER(4000000);
	buffer_add_text(&text, HEADER "U0,Xã 0,commune,,P0,Bà 0,reporter,,\n");
	for (int i = 1; i < 20000; i++) /* each the child of the one before: the longest climb */
		buffer_printf(
		    &text, "U%d,Xã %d,commune,U%d,P%d,Bà %d,reporter,,\n", i, i, i - 1, i, i);
	struct recipients *recipients = parse(&fixture, text.data);
	assert_errors(&fixture, 0);
	assert_int_equal(recipients->unit_count, 20000);
	assert_int_equal(strlen(print(fixture.arena, recipients)) > text.len, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_shipped_list_is_the_district_of_2020),
	    cmocka_unit_test(test_what_is_written_reads_back_the_same),
	    cmocka_unit_test(test_forms_that_spreadsheets_write_are_read),
	    cmocka_unit_test(test_an_order_of_ways_is_read_by_either_name_and_written_back),
	    cmocka_unit_test(test_a_later_row_may_be_silent_or_fill_in),
	    cmocka_unit_test(test_mistakes_are_named_by_row),
	    cmocka_unit_test(test_the_days_and_the_successor_of_a_unit_are_read_and_written),
	    cmocka_unit_test(test_units_that_cannot_follow_each_other_are_refused_by_row),
	    cmocka_unit_test(test_long_fields_are_refused),
	    cmocka_unit_test(test_a_number_of_before_2018_is_read_and_pointed_out),
	    cmocka_unit_test(test_a_parent_may_be_known_elsewhere),
	    cmocka_unit_test(test_many_units_are_read_in_good_time),
	};
	return cmocka_run_group_tests_name("document/recipients_file", tests, NULL, NULL);
}
