/*
 * Owns: tests of text/letters: all Vietnamese letters in both forms, keys, folding, bad bytes.
 * May use: text/, base/, cmocka.
 * Must not know: what texts mean.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/gsm7.h"
#include "text/letters.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* The 134 letters with marks (67, two cases), by the plain letter they fold to. */
static const struct {
	char plain;
	const char *letters;
} marked[] = {
    {'a', "àáảãạăằắẳẵặâầấẩẫậ"},
    {'A', "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"},
    {'e', "èéẻẽẹêềếểễệ"},
    {'E', "ÈÉẺẼẸÊỀẾỂỄỆ"},
    {'i', "ìíỉĩị"},
    {'I', "ÌÍỈĨỊ"},
    {'o', "òóỏõọôồốổỗộơờớởỡợ"},
    {'O', "ÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"},
    {'u', "ùúủũụưừứửữự"},
    {'U', "ÙÚỦŨỤƯỪỨỬỮỰ"},
    {'y', "ỳýỷỹỵ"},
    {'Y', "ỲÝỶỸỴ"},
    {'d', "đ"},
    {'D', "Đ"},
};

/* Base letter, its shape, its tone, as code points apart: what a phone in NFD sends. */
static const struct {
	uint32_t composed, apart[3];
} decomposed[] = {
    {0x1EAD, {'a', 0x0323, 0x0302}},
    {0x1EAD, {'a', 0x0302, 0x0323}},
    {0x1EA5, {'a', 0x0302, 0x0301}},
    {0x1EB3, {'a', 0x0306, 0x0309}},
    {0x1EC5, {'e', 0x0302, 0x0303}},
    {0x1EDB, {'o', 0x031B, 0x0301}},
    {0x1EDB, {'o', 0x0301, 0x031B}},
    {0x1EF1, {'u', 0x031B, 0x0323}},
    {0x1EF1, {'u', 0x0323, 0x031B}},
    {0x1ED9, {'o', 0x0323, 0x0302}},
    {0x00E0, {'a', 0x0300, 0}},
    {0x1EF7, {'y', 0x0309, 0}},
    {0x0129, {'i', 0x0303, 0}},
    {0x01A0, {'O', 0x031B, 0}},
    {0x0102, {'A', 0x0306, 0}},
    {0x00CA, {'E', 0x0302, 0}},
};

static void put(struct buffer *out, uint32_t codepoint)
{
	char bytes[5];
	if (codepoint != 0)
		buffer_add(out, bytes, (size_t)utf8_put(codepoint, bytes));
}

static void test_all_134_letters_fold_to_one_plain_letter(void **state)
{
	(void)state;
	int seen = 0;
	for (size_t i = 0; i < COUNT_OF(marked); i++) {
		const char *at = marked[i].letters;
		for (const char *from = at; utf8_next(&at) != 0; from = at, seen++) {
			char one[5] = "";
			memcpy(one, from, (size_t)(at - from));
			OWNED_TEXT folded = letters_fold(one);
			assert_int_equal(strlen(folded), 1);
			assert_int_equal(folded[0], marked[i].plain);
			assert_true(letters_have_marks(one));
			OWNED_TEXT normal = letters_normalise(one, strlen(one));
			assert_string_equal(normal, one);
		}
	}
	assert_int_equal(seen, 134);
}

static void test_letters_in_pieces_are_composed_and_fold_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(decomposed); i++) {
		OWNED_BUFFER whole = BUFFER(20);
		OWNED_BUFFER apart = BUFFER(20);
		put(&whole, decomposed[i].composed);
		for (size_t j = 0; j < 3; j++)
			put(&apart, decomposed[i].apart[j]);
		OWNED_TEXT normal = letters_normalise(buffer_text(&apart), apart.len);
		assert_string_equal(normal, buffer_text(&whole));
		OWNED_TEXT a = letters_fold(buffer_text(&whole));
		OWNED_TEXT b = letters_fold(buffer_text(&apart));
		assert_string_equal(a, b);
		assert_int_equal(strlen(a), 1);
		assert_true(letters_have_marks(buffer_text(&apart)));
	}
}

static void test_all_the_letters_that_look_like_d_with_a_stroke_are_d(void **state)
{
	(void)state;
	static const struct {
		const char *text, *folded;
	} table[] = {{"Đ", "D"}, {"đ", "d"}, {"Ð", "D"}, {"ð", "d"}, {"Ɖ", "D"}, {"ɖ", "d"},
	    {"Ðàm Thuỷ", "Dam Thuy"}};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_TEXT folded = letters_fold(table[i].text);
		assert_string_equal(folded, table[i].folded);
	}
}

static void test_folding_leaves_what_gsm_carries_and_replaces_the_rest(void **state)
{
	(void)state;
	static const struct {
		const char *text, *folded;
	} table[] = {
	    {"", ""},
	    {"Gửi xong nhắn: BC 6T <số BC>", "Gui xong nhan: BC 6T <so BC>"},
	    {"“ngoặc” ‘kép’ – — …", "\"ngoac\" 'kep' - - ..."},
	    {"10\xC2\xA0%", "10 %"},
	    {"5000₫", "5000d"},
	    {"10 €", "10 €"},
	    {"dòng\r\nhai", "dong\r\nhai"},
	    {"mặt 😀 cười", "mat ? cuoi"},
	    {"北", "?"},
	    {"a\tb", "a b"},
	    {"ẩn\xE2\x80\x8B đi", "an di"},
	    {"{[~^|\\]}", "{[~^|\\]}"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_TEXT folded = letters_fold(table[i].text);
		assert_string_equal(folded, table[i].folded);
	}
}

static void test_names_written_differently_have_one_key(void **state)
{
	(void)state;
	static const char *const same[][2] = {
	    {"Xã Đàm Thuỷ", "xa dam thuy"},
	    {"Xã Đàm Thuỷ", "Xã Đàm Thủy"},
	    {"XÃ ĐÀM THUỶ", "  xã,  đàm-thuỷ. "},
	    {"Thị trấn Trà Lĩnh", "Thi tran Tra\xCC\x80 Li\xCC\x83nh"},
	    {"Ngọc Côn", "NGOC CON"},
	    {"P.LĐTBXH", "p ldtbxh"},
	    {"Hoà Bình", "Hòa Bình"},
	};
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		OWNED_TEXT a = letters_key(same[i][0]);
		OWNED_TEXT b = letters_key(same[i][1]);
		assert_string_equal(a, b);
	}
	OWNED_TEXT other = letters_key("Đàm Thị");
	OWNED_TEXT one = letters_key("Đàm Thuỷ");
	assert_string_not_equal(other, one);
}

static void test_plain_text_has_no_marks(void **state)
{
	(void)state;
	assert_false(letters_have_marks(""));
	assert_false(letters_have_marks("BC 6T 45/BC-UBND"));
	assert_false(letters_have_marks("\xFF\xFE"));
	assert_true(letters_have_marks("da gưi"));
}

/* Texts of whole letters, stray marks, signs and raw bytes. */
static char *any_text(unsigned *seed, size_t len)
{
	struct buffer out = BUFFER(4096);
	for (size_t i = 0; i < len; i++)
		switch (rand_r(seed) % 5) {
		case 0:
			put(&out, 0x20 + (uint32_t)(rand_r(seed) % 0x60));
			break;
		case 1:
			put(&out, 0x1EA0 + (uint32_t)(rand_r(seed) % 0x5A));
			break;
		case 2:
			put(&out, 0x0300 + (uint32_t)(rand_r(seed) % 0x30));
			break;
		case 3:
			put(&out, 1 + (uint32_t)(rand_r(seed) % 0xD7FE));
			break;
		default:
			buffer_add_char(&out, (char)(1 + rand_r(seed) % 255));
		}
	return buffer_take(&out);
}

static void test_any_text_folds_once_and_normalises_once(void **state)
{
	(void)state;
	unsigned seed = 20200610;
	for (int round = 0; round < 5000; round++) {
		OWNED_TEXT text = any_text(&seed, (size_t)(rand_r(&seed) % 40));
		OWNED_TEXT folded = letters_fold(text);
		OWNED_TEXT twice = letters_fold(folded);
		assert_string_equal(twice, folded);
		const char *at = folded;
		for (uint32_t c; (c = utf8_next(&at)) != 0;)
			assert_int_not_equal(gsm7_septets_of(c), 0);
		OWNED_TEXT normal = letters_normalise(text, strlen(text));
		OWNED_TEXT again = letters_normalise(normal, strlen(normal));
		assert_string_equal(again, normal);
		OWNED_TEXT folded_normal = letters_fold(normal);
		assert_string_equal(folded_normal, folded);
		OWNED_TEXT key = letters_key(text);
		OWNED_TEXT key_again = letters_key(key);
		assert_string_equal(key_again, key);
		assert_int_equal(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789 "), strlen(key));
	}
}

static void test_bytes_with_nul_and_huge_texts_are_taken_within_bounds(void **state)
{
	(void)state;
	OWNED_TEXT nul = letters_normalise("a\0b", 3);
	assert_string_equal(nul, "a\xEF\xBF\xBD"
				 "b");
	OWNED_TEXT none = letters_normalise("", 0);
	assert_string_equal(none, "");
	size_t size = 300000;
	OWNED_TEXT huge = memory_new(size + 1);
	memset(huge, 'x', size);
	OWNED_TEXT cut = letters_normalise(huge, size);
	assert_int_equal(strlen(cut), 64 * 1024);
	memset(huge, 0xFF, size);
	OWNED_TEXT bad = letters_fold(huge);
	assert_int_equal(strspn(bad, "?"), strlen(bad));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_all_134_letters_fold_to_one_plain_letter),
	    cmocka_unit_test(test_letters_in_pieces_are_composed_and_fold_alike),
	    cmocka_unit_test(test_all_the_letters_that_look_like_d_with_a_stroke_are_d),
	    cmocka_unit_test(test_folding_leaves_what_gsm_carries_and_replaces_the_rest),
	    cmocka_unit_test(test_names_written_differently_have_one_key),
	    cmocka_unit_test(test_plain_text_has_no_marks),
	    cmocka_unit_test(test_any_text_folds_once_and_normalises_once),
	    cmocka_unit_test(test_bytes_with_nul_and_huge_texts_are_taken_within_bounds),
	};
	return cmocka_run_group_tests_name("text/letters", tests, NULL, NULL);
}
