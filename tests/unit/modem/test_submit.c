/*
 * Owns: tests of modem/submit, modem/cms, modem/ucs2: what is handed over, what a refusal means.
 * May use: modem/, cmocka.
 * Must not know: modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "modem/cms.h"
#include "modem/submit.h"
#include "modem/ucs2.h"

#include <stdio.h>

static struct submit_part part_of(char *text, bool ucs2, int parts)
{
	return (struct submit_part){
	    .number = "+84912345678",
	    .text = text,
	    .ucs2 = ucs2,
	    .parts = parts,
	    .part = parts - 1,
	    .reference = 200,
	    .validity_minutes = 1440,
	    .receipt = true,
	};
}

static const unsigned char centre[(GSM_MAX_NUMBER_LENGTH + 1) * 2] = {0, '+', 0, '1'};

static void test_a_part_is_built_as_told(void **state)
{
	(void)state;
	GSM_SMSMessage message;
	struct submit_part part = part_of((char[]){"Đề nghị"}, true, 3);
	assert_null(submit_build(&message, &part, centre));
	static const unsigned char header[] = {5, 0, 3, 200, 3, 3};
	assert_int_equal(message.UDH.Length, sizeof header);
	assert_memory_equal(message.UDH.Text, header, sizeof header);
	assert_int_equal(message.PDU, SMS_Status_Report);
	assert_int_equal(message.Class, -1);
	assert_int_equal(message.Coding, SMS_Coding_Unicode_No_Compression);
	assert_int_equal(message.SMSC.Location, 0);
	assert_int_equal(message.SMSC.Validity.Relative, 0xa7);
	assert_memory_equal(message.Text, "\x01\x10\x1e\xc1\0 ", 6);
	part = part_of((char[]){"BC 6T"}, false, 1);
	part.receipt = false;
	assert_null(submit_build(&message, &part, centre));
	assert_int_equal(message.UDH.Type, UDH_NoUDH);
	assert_int_equal(message.PDU, SMS_Submit);
	assert_int_equal(message.Coding, SMS_Coding_Default_No_Compression);
}

/* A text of `count` times `letter`. */
static char *repeated(const char *letter, int count)
{
	struct buffer text = BUFFER(2000);
	for (int i = 0; i < count; i++)
		buffer_add_text(&text, letter);
	return buffer_take(&text);
}

static void test_what_would_be_cut_or_replaced_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *letter;
		int count;
		bool ucs2;
		int parts;
		bool fits;
	} cases[] = {
	    {"a", 160, false, 1, true},
	    {"a", 161, false, 1, false},
	    {"a", 153, false, 2, true},
	    {"a", 154, false, 2, false},
	    {"[", 80, false, 1, true},
	    {"[", 81, false, 1, false},
	    {"à", 160, false, 1, true},
	    {"ạ", 1, false, 1, false},
	    {"`", 1, false, 1, false},
	    {"ế", 70, true, 1, true},
	    {"ế", 71, true, 1, false},
	    {"ế", 67, true, 2, true},
	    {"ế", 68, true, 2, false},
	    {"\xf0\x9f\x98\x80", 35, true, 1, true},
	    {"\xf0\x9f\x98\x80", 36, true, 1, false},
	    {"\xff", 1, true, 1, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		GSM_SMSMessage message;
		OWNED_TEXT text = repeated(cases[i].letter, cases[i].count);
		struct submit_part part = part_of(text, cases[i].ucs2, cases[i].parts);
		assert_int_equal(submit_build(&message, &part, centre) == NULL, cases[i].fits);
	}
}

static void test_an_impossible_number_or_place_is_refused(void **state)
{
	(void)state;
	static const char *const numbers[] = {"", "+", "abc", "+84 912", "1234567890123456789012"};
	GSM_SMSMessage message;
	struct submit_part part = part_of((char[]){"a"}, false, 1);
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		snprintf(part.number, sizeof part.number, "%s", numbers[i]);
		assert_non_null(submit_build(&message, &part, centre));
	}
	part = part_of((char[]){"a"}, false, 2);
	part.part = 2;
	assert_non_null(submit_build(&message, &part, centre));
	part.part = 1;
	part.reference = 256;
	assert_non_null(submit_build(&message, &part, centre));
}

static void test_letters_survive_both_ways(void **state)
{
	(void)state;
	static const char text[] = "Ngọc Côn £€ \xf0\x9f\x98\x80";
	unsigned char units[80];
	OWNED_BUFFER back = BUFFER(200);
	assert_true(ucs2_from_utf8(units, 40, text));
	ucs2_to_utf8(&back, units, 40);
	assert_string_equal(buffer_text(&back), text);
	buffer_reset(&back);
	ucs2_to_utf8(&back, (const unsigned char[]){0xd8, 0x3d, 0, 'a', 0, 0}, 3);
	assert_string_equal(buffer_text(&back), "\xef\xbf\xbd"
						"a");
	static const char *const broken[] = {
	    "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe1\xbb"};
	for (size_t i = 0; i < COUNT_OF(broken); i++)
		assert_false(ucs2_from_utf8(units, 40, broken[i]));
	assert_false(ucs2_from_utf8(units, 3, "abc"));
}

static void test_refusals_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(cms_outcome(1), MODEM_REFUSED_FOREVER);
	assert_int_equal(cms_outcome(38), MODEM_REFUSED);
	assert_int_equal(cms_outcome(28), MODEM_REFUSED); /* our SIM: the text can wait */
	assert_int_equal(cms_outcome(196), MODEM_REFUSED_FOREVER);
	assert_int_equal(cms_outcome(304), MODEM_REFUSED_FOREVER);
	assert_int_equal(cms_outcome(332), MODEM_OUTCOME_UNKNOWN);
	assert_int_equal(cms_outcome(500), MODEM_REFUSED);
	assert_int_equal(cms_outcome(0), MODEM_REFUSED);
	assert_int_equal(cms_outcome(9999), MODEM_REFUSED);
	assert_string_equal(cms_name(331), "no network service");
	assert_string_equal(cms_name(9999), "unspecified");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_part_is_built_as_told),
	    cmocka_unit_test(test_what_would_be_cut_or_replaced_is_refused),
	    cmocka_unit_test(test_an_impossible_number_or_place_is_refused),
	    cmocka_unit_test(test_letters_survive_both_ways),
	    cmocka_unit_test(test_refusals_are_told_apart),
	};
	return cmocka_run_group_tests_name("modem/submit", tests, NULL, NULL);
}
