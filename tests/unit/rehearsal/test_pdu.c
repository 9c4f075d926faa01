/*
 * Owns: tests of rehearsal/pdu: SUBMITs read, DELIVERs and STATUS-REPORTs written octet by octet.
 * May use: base/, rehearsal/pdu.h, cmocka.
 * Must not know: AT commands, subscribers.
 *
 * Expected octets are composed by hand after 3GPP TS 23.040 section 9.2.2 and TS 23.038 section
 * 6.1.2.1 ("hellohello" packs to E8329BFD4697D9EC37).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rehearsal/pdu.h"

#include <stdio.h>
#include <string.h>

#define CENTRE "07914889200000F0"

static struct pdu_submit read_ok(const char *hex)
{
	struct pdu_submit submit;
	struct failure failure = {0};
	if (pdu_read_submit(hex, -1, &submit, &failure) != RESULT_OK)
		fail_msg("%s: %s", hex, failure.text);
	return submit;
}

static void test_a_plain_submit_is_read(void **state)
{
	(void)state;
	struct pdu_submit s = read_ok("0001000B914809000010F700000AE8329BFD4697D9EC37");
	assert_string_equal(s.to, "+84900000017");
	assert_string_equal(s.text, "hellohello");
	assert_int_equal(s.encoding, 0);
	assert_int_equal(s.concat_reference, -1);
	assert_int_equal(s.parts, 1);
	assert_int_equal(s.part, 1);
	assert_int_equal(s.validity_minutes, 0);
	assert_false(s.wants_receipt);
	assert_false(s.flash);
}

static void test_a_national_number_stays_as_dialled(void **state)
{
	(void)state;
	struct pdu_submit s = read_ok("000100038119F100000AE8329BFD4697D9EC37");
	assert_string_equal(s.to, "911");
}

static void test_receipt_and_validity_are_read(void **state)
{
	static const struct {
		const char *octet;
		int minutes;
	} rows[] = {{"00", 5}, {"0B", 60}, {"8F", 720}, {"90", 750}, {"A7", 1440}, {"A9", 4320},
	    {"AD", 10080}, {"FF", 635040}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char hex[100];
		snprintf(hex, sizeof hex, "0031000B914809000010F70000%s0AE8329BFD4697D9EC37",
		    rows[i].octet);
		struct pdu_submit s = read_ok(hex);
		assert_true(s.wants_receipt);
		assert_int_equal(s.validity_minutes, rows[i].minutes);
		assert_string_equal(s.text, "hellohello");
	}
}

static void test_a_flash_text_is_seen(void **state)
{
	(void)state;
	assert_true(read_ok("0001000B914809000010F700F00AE8329BFD4697D9EC37").flash);
	assert_true(read_ok("0001000B914809000010F700100AE8329BFD4697D9EC37").flash);
	assert_false(read_ok("0001000B914809000010F700F10AE8329BFD4697D9EC37").flash);
}

static void test_ucs2_is_read_with_surrogate_pairs(void **state)
{
	(void)state;
	/* "Đ", U+1F600, and a lone high surrogate */
	struct pdu_submit s = read_ok("0001000B914809000010F70008080110D83DDE00D83D");
	assert_int_equal(s.encoding, 1);
	assert_string_equal(s.text, "Đ\xF0\x9F\x98\x80\xEF\xBF\xBD");
}

static void test_eight_bit_references_are_read(void **state)
{
	(void)state;
	struct pdu_submit s = read_ok("0041000B914809000010F700080A050003AB020100410042");
	assert_int_equal(s.concat_reference, 0xAB);
	assert_int_equal(s.parts, 2);
	assert_int_equal(s.part, 1);
	assert_string_equal(s.text, "AB");
}

static void test_sixteen_bit_references_are_read(void **state)
{
	(void)state;
	struct pdu_submit s = read_ok("0041000B914809000010F700080B06080412340302"
				      "00410042");
	assert_int_equal(s.concat_reference, 0x1234);
	assert_int_equal(s.parts, 3);
	assert_int_equal(s.part, 2);
}

static void test_septets_behind_a_header_skip_the_fill_bit(void **state)
{
	(void)state;
	/* Header of 6 octets, one fill bit, "A": 41 << 1 = 82; length 7 + 1 septets. */
	struct pdu_submit s = read_ok("0041000B914809000010F7000008050003AB020182");
	assert_string_equal(s.text, "A");
}

static void test_what_is_no_submit_is_refused(void **state)
{
	static const char *const rows[] = {"", "0", "0G", "00", "0001", "FF01", "0000000B91",
	    "0001000B914809000010F7"}; /* cut before the coding */
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pdu_submit submit;
		struct failure failure = {0};
		assert_int_equal(pdu_read_submit(rows[i], -1, &submit, &failure), RESULT_INVALID);
		assert_true(failure.text[0] != '\0');
	}
}

static void test_the_announced_length_must_be_right(void **state)
{
	(void)state;
	const char *hex = "0001000B914809000010F700000AE8329BFD4697D9EC37";
	int right = (int)strlen(hex) / 2 - 1;
	struct pdu_submit submit;
	assert_int_equal(pdu_read_submit(hex, right, &submit, NULL), RESULT_OK);
	assert_int_equal(pdu_read_submit(hex, right + 1, &submit, NULL), RESULT_INVALID);
	assert_int_equal(pdu_read_submit(hex, right - 1, &submit, NULL), RESULT_INVALID);
}

/* 2020-06-01 09:00:00 in Viet Nam */
#define MOMENT ((struct wall){1590976800000})

static void test_a_deliver_is_written_octet_by_octet(void **state)
{
	(void)state;
	OWNED_BUFFER hex = BUFFER(1024);
	const struct pdu_deliver deliver = {.from = "+84900000017",
	    .time = MOMENT,
	    .zone_minutes = 420,
	    .concat_reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = "hellohello"};
	int length = pdu_write_deliver(&deliver, &hex);
	assert_string_equal(buffer_text(&hex), CENTRE "04"
						      "0B914809000010F7"
						      "0000"
						      "02601090000082"
						      "0A"
						      "E8329BFD4697D9EC37");
	assert_int_equal(length, (int)(hex.len - strlen(CENTRE)) / 2);
}

static void test_a_part_of_a_deliver_carries_its_header(void **state)
{
	(void)state;
	OWNED_BUFFER hex = BUFFER(1024);
	const struct pdu_deliver deliver = {.from = "191",
	    .time = MOMENT,
	    .zone_minutes = -210,
	    .encoding = 1,
	    .concat_reference = 0xAB,
	    .parts = 2,
	    .part = 2,
	    .text = "Đ\xF0\x9F\x98\x80"};
	(void)pdu_write_deliver(&deliver, &hex);
	/* 22:30 of the day before, 14 quarters west: 41 with the sign bit set is 49 */
	assert_string_equal(buffer_text(&hex), CENTRE "44"
						      "038191F1"
						      "0008"
						      "02501322030049"
						      "0C"
						      "050003AB0202"
						      "0110D83DDE00");
}

static void test_a_receipt_is_written_octet_by_octet(void **state)
{
	(void)state;
	OWNED_BUFFER hex = BUFFER(1024);
	const struct pdu_report report = {.reference = 200,
	    .recipient = "+84900000017",
	    .submitted = MOMENT,
	    .discharged = wall_add(MOMENT, 61 * SECOND_MS),
	    .zone_minutes = 420,
	    .status = 0x46};
	int length = pdu_write_report(&report, &hex);
	assert_string_equal(buffer_text(&hex), CENTRE "06"
						      "C8"
						      "0B914809000010F7"
						      "02601090000082"
						      "02601090101082"
						      "46");
	assert_int_equal(length, 25);
}

static void test_a_text_shorter_than_it_says_is_refused(void **state)
{
	static const char *const rows[] = {
	    "0041000B914809000010F70008020500030A0201004100420043", /* shorter than its header */
	    "0041000B914809000010F70004020500030A0201004100420043",
	    "0001000B914809000010F70008080041",  /* UCS-2 cut off */
	    "0001000B914809000010F700000AE832"}; /* septets cut off */
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct pdu_submit submit;
		assert_int_equal(pdu_read_submit(rows[i], -1, &submit, NULL), RESULT_INVALID);
	}
}

static void test_a_name_states_its_useful_semi_octets(void **state)
{
	(void)state;
	OWNED_BUFFER hex = BUFFER(1024);
	const struct pdu_deliver deliver = {.from = "VIETTEL", /* 49 bits: 13 semi-octets */
	    .time = MOMENT,
	    .zone_minutes = 420,
	    .concat_reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = "hi"};
	(void)pdu_write_deliver(&deliver, &hex);
	assert_memory_equal(buffer_text(&hex) + strlen(CENTRE) + 2, "0DD0", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_plain_submit_is_read),
	    cmocka_unit_test(test_a_national_number_stays_as_dialled),
	    cmocka_unit_test(test_receipt_and_validity_are_read),
	    cmocka_unit_test(test_a_flash_text_is_seen),
	    cmocka_unit_test(test_ucs2_is_read_with_surrogate_pairs),
	    cmocka_unit_test(test_eight_bit_references_are_read),
	    cmocka_unit_test(test_sixteen_bit_references_are_read),
	    cmocka_unit_test(test_septets_behind_a_header_skip_the_fill_bit),
	    cmocka_unit_test(test_what_is_no_submit_is_refused),
	    cmocka_unit_test(test_the_announced_length_must_be_right),
	    cmocka_unit_test(test_a_deliver_is_written_octet_by_octet),
	    cmocka_unit_test(test_a_part_of_a_deliver_carries_its_header),
	    cmocka_unit_test(test_a_text_shorter_than_it_says_is_refused),
	    cmocka_unit_test(test_a_name_states_its_useful_semi_octets),
	    cmocka_unit_test(test_a_receipt_is_written_octet_by_octet),
	};
	return cmocka_run_group_tests_name("rehearsal/pdu", tests, NULL, NULL);
}
