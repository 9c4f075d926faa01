/*
 * Owns: tests of text/phone: numbers as people, phones and spreadsheets write them.
 * May use: text/phone.h, base/, cmocka.
 * Must not know: people.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/phone.h"

#include <stdlib.h>
#include <string.h>

/* Every 4-digit prefix that moved in 2018 (Decision 798/QD-BTTTT). */
static const char *const moved[][2] = {{"0162", "032"}, {"0163", "033"}, {"0164", "034"},
    {"0165", "035"}, {"0166", "036"}, {"0167", "037"}, {"0168", "038"}, {"0169", "039"},
    {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0126", "076"}, {"0128", "078"},
    {"0123", "083"}, {"0124", "084"}, {"0125", "085"}, {"0127", "081"}, {"0129", "082"},
    {"0186", "056"}, {"0188", "058"}, {"0199", "059"}};

static void expect(const char *text, const char *e164)
{
	struct phone phone;
	struct failure failure = {0};
	if (phone_parse(text, &phone, &failure) != RESULT_OK)
		fail_msg("\"%s\": %s", text, failure.text);
	if (strcmp(phone.e164, e164) != 0)
		fail_msg("\"%s\" became %s", text, phone.e164);
}

static void test_one_number_in_all_its_spellings(void **state)
{
	(void)state;
	static const char *const spellings[] = {"0912345678", "0912 345 678", "0912.345.678",
	    "0912-345-678", "(0912) 345678", "+84912345678", "+84 912 345 678", "84912345678",
	    "0084912345678", "00 84 912 345 678", "(+84) 0912345678", "+840912345678",
	    "840912345678", "912345678", "\t0912345678 ",
	    "0912\xC2\xA0"
	    "345 678"};
	for (size_t i = 0; i < COUNT_OF(spellings); i++)
		expect(spellings[i], "+84912345678");
}

static void test_the_prefix_084_is_not_the_country_code(void **state)
{
	(void)state;
	expect("0841234567", "+84841234567");
	expect("841234567", "+84841234567"); /* a spreadsheet ate the 0 */
	expect("84841234567", "+84841234567");
	expect("+84841234567", "+84841234567");
	expect("+84341234567", "+84341234567");
	expect("84341234567", "+84341234567");
}

static void test_numbers_of_before_2018_are_moved(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(moved); i++) {
		const char *forms[] = {"%s1234567", "+84%s1234567", "84%s1234567", "%s1234567"};
		for (size_t form = 0; form < COUNT_OF(forms); form++) {
			/* the 0 stays in the first form alone; the last is a spreadsheet's */
			const char *prefix = moved[i][0] + (form > 0);
			OWNED_BUFFER text = BUFFER(40);
			OWNED_BUFFER expected = BUFFER(40);
			buffer_printf(&text, forms[form], prefix);
			buffer_printf(&expected, "+84%s1234567", moved[i][1] + 1);
			expect(buffer_text(&text), buffer_text(&expected));
			struct phone phone;
			assert_int_equal(phone_parse(buffer_text(&text), &phone, NULL), RESULT_OK);
			assert_true(phone.was_old);
		}
	}
	struct phone phone;
	assert_int_equal(phone_parse("0912345678", &phone, NULL), RESULT_OK);
	assert_false(phone.was_old);
}

static void test_every_mobile_prefix_is_accepted(void **state)
{
	(void)state;
	for (int prefix = 10; prefix < 100; prefix++) {
		OWNED_BUFFER text = BUFFER(40);
		buffer_printf(&text, "0%d1234567", prefix);
		struct phone phone;
		bool mobile = strchr("35789", '0' + prefix / 10) != NULL;
		assert_int_equal(
		    phone_parse(buffer_text(&text), &phone, NULL) == RESULT_OK, mobile);
	}
}

static void test_foreign_numbers_stay_as_they_are(void **state)
{
	(void)state;
	expect("+86 139 1234 5678", "+8613912345678");
	expect("0086 139 1234 5678", "+8613912345678");
	expect("+12025550123", "+12025550123");
}

static void test_what_cannot_be_a_mobile_number_is_refused_with_a_reason(void **state)
{
	(void)state;
	static const struct {
		const char *text, *reason;
	} table[] = {
	    {"", "empty"},
	    {"   ", "empty"},
	    {"khong co", "not a phone number"},
	    {"0912345678x", "not a phone number"},
	    {"0912345678/0987654321", "too many digits"},
	    {"+84+912345678", "not a phone number"},
	    {"02063826123", "landline"},
	    {"0206 382 612", "landline"},
	    {"+842063826123", "landline"},
	    {"091234567", "too short"},
	    {"0012345678", "cannot be a mobile"},
	    {"09123456789", "too long"},
	    {"+8491234567", "too short"},
	    {"+849123456789", "too long"},
	    {"0412345678", "begin with"},
	    {"0612345678", "begin with"},
	    {"01001234567", "too long"}, /* 0100 never existed */
	    {"5656", "10 digits"},
	    {"191", "10 digits"},
	    {"19001234", "10 digits"},
	    {"1800123456", "too long"},
	    {"12345678901234567", "too many digits"},
	    {"+1234567", "8 to 15"},
	    {"+0912345678", "8 to 15"},
	    {"+1234567890123456", "8 to 15"},
	    {"9,12346E+08", "not a phone number"},
	    {"\xEF\xBC\x90"
	     "912345678",
		"not a phone number"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct phone phone;
		struct failure failure = {0};
		if (phone_parse(table[i].text, &phone, &failure) != RESULT_INVALID)
			fail_msg("\"%s\" became %s", table[i].text, phone.e164);
		if (strstr(failure.text, table[i].reason) == NULL)
			fail_msg("\"%s\": %s", table[i].text, failure.text);
	}
}

static void test_senders_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *sender;
		bool alphanumeric;
		enum sender_kind kind;
		const char *e164;
	} table[] = {
	    {"+84912345678", false, SENDER_PHONE, "+84912345678"},
	    {"0912345678", false, SENDER_PHONE, "+84912345678"},
	    {"841641234567", false, SENDER_PHONE, "+84341234567"},
	    {"191", false, SENDER_SHORT_CODE, ""},
	    {"5656", false, SENDER_SHORT_CODE, ""},
	    {"+1234", false, SENDER_SHORT_CODE, ""},
	    {"Viettel", true, SENDER_NAME, ""},
	    {"0912345678", true, SENDER_NAME, ""},
	    {"", false, SENDER_NAME, ""},
	    {"BO LDTBXH", false, SENDER_NAME, ""},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct phone phone;
		enum sender_kind kind =
		    phone_sender_kind(table[i].sender, table[i].alphanumeric, &phone);
		if (kind != table[i].kind || strcmp(phone.e164, table[i].e164) != 0)
			fail_msg("%s: kind %d, \"%s\"", table[i].sender, kind, phone.e164);
	}
}

static void test_what_was_read_reads_again_as_itself(void **state)
{
	(void)state;
	static const char alphabet[] = "0123456789+ .-()84\xC2\xA0x";
	unsigned seed = 84;
	for (int round = 0; round < 50000; round++) {
		size_t len = (size_t)(rand_r(&seed) % 20);
		char *text = memory_new(len + 1);
		for (size_t i = 0; i < len; i++)
			text[i] = alphabet[rand_r(&seed) % (sizeof alphabet - 1)];
		struct phone phone, again;
		if (phone_parse(text, &phone, NULL) == RESULT_OK) {
			assert_int_equal(phone_parse(phone.e164, &again, NULL), RESULT_OK);
			assert_string_equal(again.e164, phone.e164);
			assert_int_equal(phone.e164[0], '+');
		}
		memory_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_number_in_all_its_spellings),
	    cmocka_unit_test(test_the_prefix_084_is_not_the_country_code),
	    cmocka_unit_test(test_numbers_of_before_2018_are_moved),
	    cmocka_unit_test(test_every_mobile_prefix_is_accepted),
	    cmocka_unit_test(test_foreign_numbers_stay_as_they_are),
	    cmocka_unit_test(test_what_cannot_be_a_mobile_number_is_refused_with_a_reason),
	    cmocka_unit_test(test_senders_are_told_apart),
	    cmocka_unit_test(test_what_was_read_reads_again_as_itself),
	};
	return cmocka_run_group_tests_name("text/phone", tests, NULL, NULL);
}
