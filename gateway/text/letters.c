/*
 * Owns: normal form, folding, keys.
 * May use: base/, utf8proc, text/gsm7.h.
 * Must not know: what a text means.
 */
#include "text/letters.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "text/gsm7.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define TEXT_MAX (64 * 1024)
#define REPLACEMENT 0xFFFD

/* Decodes one code point of valid or invalid UTF-8; never stands still. */
static size_t decode(const char *text, size_t len, utf8proc_int32_t *out)
{
	utf8proc_ssize_t n =
	    utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, out);
	if (n > 0 && *out != 0)
		return (size_t)n;
	*out = REPLACEMENT;
	return 1;
}

static void add_codepoint(struct buffer *out, utf8proc_int32_t codepoint)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(codepoint, bytes);
	buffer_add(out, bytes, (size_t)n);
}

/* The text as valid UTF-8 without NUL inside; at most TEXT_MAX bytes are taken. */
static char *repair(const char *text, size_t len)
{
	struct buffer out = BUFFER(TEXT_MAX * 3);
	if (len > TEXT_MAX)
		len = TEXT_MAX;
	while (len > 0) {
		utf8proc_int32_t codepoint;
		size_t n = decode(text, len, &codepoint);
		add_codepoint(&out, codepoint);
		text += n;
		len -= n;
	}
	return buffer_take(&out);
}

static char *map(const char *text, utf8proc_option_t options)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map(
	    (const utf8proc_uint8_t *)text, 0, &out, options | UTF8PROC_NULLTERM | UTF8PROC_STABLE);
	return n < 0 ? memory_copy_text(text) : (char *)out;
}

char *letters_normalise(const char *text, size_t len)
{
	OWNED_TEXT valid = repair(text, len);
	return map(valid, UTF8PROC_COMPOSE);
}

/* Letters and signs that have no decomposition of their own. */
static const struct {
	utf8proc_int32_t from;
	const char *to;
} plain_forms[] = {
    {0x0110, "D"},
    {0x0111, "d"},
    {0x00D0, "D"},
    {0x00F0, "d"},
    {0x0189, "D"},
    {0x0256, "d"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201A, "'"},
    {0x2032, "'"},
    {0x0060, "'"},
    {0x00B4, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x201E, "\""},
    {0x00AB, "\""},
    {0x00BB, "\""},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2015, "-"},
    {0x2212, "-"},
    {0x2026, "..."},
    {0x00A0, " "},
    {0x202F, " "},
    {0x2009, " "},
    {'\t', " "},
    {0x2022, "-"},
    {0x00B7, "-"},
    {0x20AB, "d"},
    {0x00D7, "x"},
    {0x200B, ""},
    {0xFEFF, ""},
    {0x200C, ""},
    {0x200D, ""},
    {0x00AD, ""},
};

static const char *plain_form(utf8proc_int32_t codepoint)
{
	for (size_t i = 0; i < COUNT_OF(plain_forms); i++)
		if (plain_forms[i].from == codepoint)
			return plain_forms[i].to;
	return NULL;
}

static bool is_mark(utf8proc_int32_t codepoint)
{
	utf8proc_category_t category = utf8proc_category(codepoint);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

char *letters_fold(const char *text)
{
	OWNED_TEXT valid = repair(text, strlen(text));
	OWNED_TEXT apart = map(valid, UTF8PROC_DECOMPOSE);
	struct buffer out = BUFFER(TEXT_MAX * 4);
	const char *at = apart;
	size_t len = strlen(apart);
	while (len > 0) {
		utf8proc_int32_t codepoint;
		size_t n = decode(at, len, &codepoint);
		const char *plain = plain_form(codepoint);
		if (plain != NULL)
			buffer_add_text(&out, plain);
		else if (codepoint < 0x80 && gsm7_septets_of((uint32_t)codepoint) > 0)
			buffer_add_char(&out, (char)codepoint);
		else if (codepoint == 0x20AC) /* the euro sign is in GSM-7 */
			add_codepoint(&out, codepoint);
		else if (!is_mark(codepoint))
			buffer_add_char(&out, '?');
		at += n;
		len -= n;
	}
	return buffer_take(&out);
}

char *letters_key(const char *text)
{
	OWNED_TEXT folded = letters_fold(text);
	struct buffer out = BUFFER(TEXT_MAX * 4);
	bool gap = false;
	for (const char *c = folded; *c != '\0'; c++) {
		char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
		bool word = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9');
		if (!word) {
			gap = true;
			continue;
		}
		if (gap && out.len > 0)
			buffer_add_char(&out, ' ');
		gap = false;
		buffer_add_char(&out, lower);
	}
	return buffer_take(&out);
}

bool letters_have_marks(const char *text)
{
	OWNED_TEXT valid = repair(text, strlen(text));
	OWNED_TEXT apart = map(valid, UTF8PROC_DECOMPOSE);
	const char *at = apart;
	size_t len = strlen(apart);
	while (len > 0) {
		utf8proc_int32_t codepoint;
		size_t n = decode(at, len, &codepoint);
		if (is_mark(codepoint) || codepoint == 0x0110 || codepoint == 0x0111)
			return true;
		at += n;
		len -= n;
	}
	return false;
}
