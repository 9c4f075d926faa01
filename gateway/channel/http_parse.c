/*
 * Owns: reading JSON, forms, UTF-16 and numbers of strangers.
 * May use: base/, text/utf8.h, document/document.h, jansson.
 * Must not know: providers, paths.
 *
 * jansson refuses a text with one wrong byte or half a surrogate pair and rounds what no 64-bit
 * number holds; a message would be lost for it, or an id changed. So the text is put in order
 * first, in the same walk that bounds its depth.
 */
#include "channel/http_parse.h"

#include "base/buffer.h"
#include "channel/http_value.h"
#include "document/document.h"
#include "text/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FORM_FIELDS_MAX 1000
#define YEAR_10000_MS INT64_C(253402300800000)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* ── JSON ── */

static size_t digits(const char *text, size_t len, size_t at)
{
	while (at < len && is_digit(text[at]))
		at++;
	return at;
}

bool http_is_json_number(const char *text, size_t len)
{
	size_t at = len > 0 && text[0] == '-';
	size_t start = at;
	at = digits(text, len, at);
	if (at == start || (text[start] == '0' && at > start + 1))
		return false;
	if (at < len && text[at] == '.') {
		start = at + 1;
		at = digits(text, len, start);
		if (at == start)
			return false;
	}
	if (at < len && (text[at] | 0x20) == 'e') {
		start = at + 1;
		start += start < len && (text[start] == '+' || text[start] == '-');
		at = digits(text, len, start);
		if (at == start)
			return false;
	}
	return at == len;
}

static bool fits_64_bits(const char *text, size_t len)
{
	char copy[24];
	if (len >= sizeof copy || digits(text, len, text[0] == '-') != len)
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	errno = 0;
	(void)strtoll(copy, NULL, 10);
	return errno == 0;
}

/* Copies a number; one that would change becomes a string of the same letters. */
static size_t tidy_number(const char *text, size_t left, struct buffer *out)
{
	size_t len = 0;
	while (len < left &&
	       (is_digit(text[len]) || (text[len] != '\0' && strchr("+-.eE", text[len]) != NULL)))
		len++;
	bool as_text = http_is_json_number(text, len) && !fits_64_bits(text, len);
	if (as_text)
		buffer_add_char(out, '"');
	buffer_add(out, text, len);
	if (as_text)
		buffer_add_char(out, '"');
	return len;
}

/* The UTF-16 unit that "\uXXXX" at `text` stands for, or -1. */
static int escaped_unit(const char *text, size_t left)
{
	int unit = 0;
	if (left < 6 || text[0] != '\\' || text[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex_digit(text[i]) < 0)
			return -1;
		unit = unit << 4 | hex_digit(text[i]);
	}
	return unit;
}

static bool is_high_half(int unit)
{
	return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_half(int unit)
{
	return unit >= 0xDC00 && unit <= 0xDFFF;
}

static size_t tidy_escape(const char *text, size_t left, struct buffer *out)
{
	int unit = escaped_unit(text, left);
	size_t len = unit >= 0 ? 6 : left < 2 ? left : 2;
	if (is_high_half(unit) && is_low_half(escaped_unit(text + 6, left - 6))) {
		buffer_add(out, text, 12);
		return 12;
	}
	if (is_high_half(unit) || is_low_half(unit))
		buffer_add_text(out, "\\uFFFD");
	else
		buffer_add(out, text, len);
	return len;
}

/* Copies from behind a string's opening quote to its closing one, both bytes of UTF-8 and escapes
 * made valid. */
static size_t tidy_string(const char *text, size_t left, struct buffer *out)
{
	size_t at = 0;
	while (at < left) {
		if (text[at] == '"') {
			buffer_add_char(out, '"');
			return at + 1;
		}
		if (text[at] == '\\') {
			at += tidy_escape(text + at, left - at, out);
		} else if ((unsigned char)text[at] < 0x80) {
			buffer_add_char(out, text[at++]);
		} else {
			char bytes[5];
			const char *next = text + at;
			utf8_put(utf8_next(&next), bytes);
			buffer_add_text(out, bytes);
			at = (size_t)(next - text);
		}
	}
	return at;
}

/* False when it is too deep. */
static bool tidy_json(const char *text, size_t len, struct buffer *out)
{
	int depth = 0;
	size_t at = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	while (at < len) {
		char c = text[at];
		if (is_digit(c) || c == '-') {
			at += tidy_number(text + at, len - at, out);
			continue;
		}
		depth += (c == '[' || c == '{') - (c == ']' || c == '}');
		if (depth > HTTP_DEPTH_MAX)
			return false;
		buffer_add_char(out, c);
		at++;
		if (c == '"')
			at += tidy_string(text + at, len - at, out);
	}
	return !out->overflow;
}

json_t *http_parse_json(const char *text, size_t len)
{
	if (len > HTTP_BODY_MAX)
		return NULL;
	OWNED_BUFFER tidy = BUFFER(len * 3 + 1);
	if (!tidy_json(text, len, &tidy))
		return NULL;
	return json_loadb(buffer_text(&tidy), tidy.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

/* ── forms ── */

void http_form_set(json_t *form, const char *name, size_t name_len, const char *value, size_t len)
{
	struct arena *arena = arena_new();
	const char *copy = arena_copy_bytes(arena, name, name_len);
	json_object_set_new_nocheck(
	    form, http_clean_text(arena, copy, name_len), json_stringn_nocheck(value, len));
	arena_free(arena);
}

/* Percent-decodes into `out`, which has room for `len`; how many bytes came of it. */
static size_t percent_decode(const char *text, size_t len, char *out)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		bool escaped = text[i] == '%' && len - i > 2 && hex_digit(text[i + 1]) >= 0 &&
			       hex_digit(text[i + 2]) >= 0;
		if (escaped) {
			out[n++] = (char)(hex_digit(text[i + 1]) << 4 | hex_digit(text[i + 2]));
			i += 2;
		} else {
			out[n++] = text[i] == '+' ? ' ' : text[i];
		}
	}
	return n;
}

json_t *http_parse_form(const char *text, size_t len)
{
	json_t *form = json_object();
	char *room = memory_new(len + 1);
	size_t count = 0;
	for (size_t at = 0; at < len && count <= FORM_FIELDS_MAX;) {
		const char *ampersand = memchr(text + at, '&', len - at);
		size_t field = ampersand != NULL ? (size_t)(ampersand - text) - at : len - at;
		const char *equals = memchr(text + at, '=', field);
		size_t name = equals != NULL ? (size_t)(equals - text) - at : field;
		size_t value = field - name - (equals != NULL);
		if (name > 0) {
			size_t name_len = percent_decode(text + at, name, room);
			size_t value_len =
			    percent_decode(text + at + field - value, value, room + name);
			http_form_set(form, room, name_len, room + name, value_len);
			count++;
		}
		at += field + 1;
	}
	memory_free(room);
	if (count <= FORM_FIELDS_MAX)
		return form;
	json_decref(form);
	return NULL;
}

/* ── texts and numbers ── */

const char *http_clean_text(struct arena *arena, const char *bytes, size_t len)
{
	if (memchr(bytes, '\0', len) == NULL && document_utf8_error(bytes, len) == len)
		return bytes;
	struct buffer clean = BUFFER(len * 3 + 1);
	const char *end = bytes + len;
	for (const char *at = bytes; at < end;) {
		char letter[5];
		if (*at == '\0') {
			at++;
			continue;
		}
		utf8_put(utf8_next(&at), letter);
		buffer_add_text(&clean, letter);
	}
	const char *text = arena_copy(arena, buffer_text(&clean));
	buffer_clear(&clean);
	return text;
}

static int unit_at(const char *bytes, size_t len, size_t at, bool little)
{
	if (len - at < 2)
		return -1;
	unsigned char a = (unsigned char)bytes[at], b = (unsigned char)bytes[at + 1];
	return little ? b << 8 | a : a << 8 | b;
}

const char *http_utf16_text(struct arena *arena, const char *bytes, size_t len)
{
	bool little = len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0;
	size_t at = little || (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0) ? 2 : 0;
	struct buffer text = BUFFER(len * 3 + 4);
	while (at < len) {
		char letter[5];
		int unit = unit_at(bytes, len, at, little);
		int next = len - at > 2 ? unit_at(bytes, len, at + 2, little) : -1;
		uint32_t codepoint = 0xFFFD;
		at += 2;
		if (is_high_half(unit) && is_low_half(next)) {
			codepoint = 0x10000u + ((uint32_t)(unit - 0xD800) << 10) +
				    (uint32_t)(next - 0xDC00);
			at += 2;
		} else if (unit >= 0 && !is_high_half(unit) && !is_low_half(unit)) {
			codepoint = (uint32_t)unit;
		}
		if (codepoint == 0)
			continue;
		utf8_put(codepoint, letter);
		buffer_add_text(&text, letter);
	}
	const char *copy = arena_copy(arena, buffer_text(&text));
	buffer_clear(&text);
	return copy;
}

bool http_parse_ms(const char *text, int64_t unit_ms, int64_t *ms)
{
	int64_t whole = 0, fraction = 0, scale = unit_ms;
	const char *at = text;
	for (; is_digit(*at); at++) {
		whole = whole * 10 + (*at - '0');
		if (whole > YEAR_10000_MS / unit_ms)
			return false;
	}
	if (at == text)
		return false;
	if (*at == '.') {
		for (at++; is_digit(*at); at++) {
			scale /= 10;
			fraction += scale * (*at - '0');
		}
	}
	*ms = whole * unit_ms + fraction;
	return *at == '\0' && *ms < YEAR_10000_MS;
}
