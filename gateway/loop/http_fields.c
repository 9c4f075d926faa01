/*
 * Owns: percent-encoded fields.
 * May use: base/.
 * Must not know: the server, what fields mean.
 */
#include "loop/http_fields.h"

#include <string.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

const char *http_fields_decode(
    struct arena *arena, const char *text, size_t len, bool blanks, size_t *decoded)
{
	char *out = arena_alloc(arena, len + 1);
	size_t used = 0;
	for (size_t i = 0; i < len; i++) {
		int high = text[i] == '%' && i + 2 < len ? hex_digit(text[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
		if (low >= 0) {
			out[used++] = (char)(high << 4 | low);
			i += 2;
		} else {
			out[used++] = blanks && text[i] == '+' ? ' ' : text[i];
		}
	}
	*decoded = used;
	return out;
}

bool http_fields_read(
    struct arena *arena, const char *text, size_t len, struct http_field **fields, size_t *count)
{
	*fields = arena_alloc(arena, HTTP_FIELDS_MAX * sizeof **fields);
	*count = 0;
	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '&', len - at);
		size_t span = end != NULL ? (size_t)(end - text) - at : len - at;
		const char *equals = memchr(text + at, '=', span);
		size_t name = equals != NULL ? (size_t)(equals - text) - at : span, ignored;
		if (*count == HTTP_FIELDS_MAX)
			return false;
		if (span > 0) {
			struct http_field *field = &(*fields)[(*count)++];
			size_t skip = equals != NULL ? name + 1 : span;
			field->name = http_fields_decode(arena, text + at, name, true, &ignored);
			field->value = http_fields_decode(
			    arena, text + at + skip, span - skip, true, &field->len);
		}
		at += span + 1;
	}
	return true;
}

const struct http_field *http_fields_find(
    const struct http_field *fields, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(fields[i].name, name) == 0)
			return &fields[i];
	return NULL;
}
