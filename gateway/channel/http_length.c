/*
 * Owns: cutting and splitting texts for providers.
 * May use: base/, text/utf8.h, text/letters.h, document/provider.h, utf8proc.
 * Must not know: SMS segments, requests.
 *
 * The text is taken as a row of atoms, each what a reader sees as one letter (UAX #29). NFC joins
 * no letters over the bounds of these, so their lengths may be added up.
 */
#include "channel/http_length.h"

#include "text/letters.h"
#include "text/utf8.h"

#include <string.h>
#include <strings.h>
#include <utf8proc.h>

#define ELLIPSIS "…"
#define LETTER_MAX 4 /* no code point is longer, in any unit */
/* Longer ones are counted as they are: no script has such letters. */
#define NORMAL_MAX 1000

struct atom {
	size_t offset; /* in bytes */
	size_t length; /* in the provider's unit */
	size_t link;   /* the number of the link it is in; 0: none */
	bool blank, line_end;
};
struct atoms {
	const char *text;
	struct atom *items;
	size_t count, capacity;
};

/* ── length ── */

/* The end of the letter at `text`, which is not empty. */
static const char *behind_letter(const char *text)
{
	utf8proc_int32_t state = 0, next;
	utf8proc_int32_t before = (utf8proc_int32_t)utf8_next(&text);
	for (const char *at = text; (next = (utf8proc_int32_t)utf8_next(&at)) != 0; text = at) {
		if (utf8proc_grapheme_break_stateful(before, next, &state))
			break;
		before = next;
	}
	return text;
}

/* One code point that NFC leaves alone, of those that make up nearly every text. */
static bool is_common(const char *bytes, size_t len)
{
	const char *at = bytes;
	uint32_t codepoint = utf8_next(&at);
	return (size_t)(at - bytes) == len &&
	       (codepoint < 0x300 || (codepoint >= 0x1E00 && codepoint <= 0x1EFF));
}

static size_t utf16_units(const char *bytes, size_t len)
{
	size_t units = 0;
	for (const char *at = bytes; at < bytes + len;)
		units += utf8_next(&at) > 0xFFFF ? 2 : 1;
	return units;
}

static size_t codepoints(const char *bytes, size_t len)
{
	size_t count = 0;
	for (const char *at = bytes; at < bytes + len; count++)
		utf8_next(&at);
	return count;
}

static size_t letter_length(const char *bytes, size_t len, enum provider_length_unit unit)
{
	if (unit == PROVIDER_BYTES)
		return len;
	if (unit == PROVIDER_UTF16)
		return utf16_units(bytes, len);
	if (is_common(bytes, len))
		return 1;
	if (len > NORMAL_MAX)
		return codepoints(bytes, len);
	OWNED_TEXT normal = letters_normalise(bytes, len);
	return utf8_length(normal);
}

size_t http_text_length(const char *text, enum provider_length_unit unit)
{
	size_t length = 0;
	while (*text != '\0') {
		const char *end = behind_letter(text);
		length += letter_length(text, (size_t)(end - text), unit);
		text = end;
	}
	return length;
}

/* ── atoms ── */

static void add_atom(struct atoms *atoms, const char *start, size_t length)
{
	ARRAY_GROW(atoms->items, atoms->count, atoms->capacity);
	atoms->items[atoms->count++] = (struct atom){
	    .offset = (size_t)(start - atoms->text),
	    .length = length,
	    .blank = strchr(" \t\r\n", *start) != NULL,
	    .line_end = strchr("\r\n", *start) != NULL,
	};
}

/* A letter that alone is longer than a part falls into its code points. */
static void add_letter(struct atoms *atoms, const char *start, const char *end,
    enum provider_length_unit unit, size_t limit)
{
	size_t length = letter_length(start, (size_t)(end - start), unit);
	if (length <= limit) {
		add_atom(atoms, start, length);
		return;
	}
	while (start < end) {
		const char *next = start;
		utf8_next(&next);
		add_atom(atoms, start, letter_length(start, (size_t)(next - start), unit));
		start = next;
	}
}

static bool begins_link(const char *text)
{
	size_t len = strncasecmp(text, "http://", 7) == 0    ? 7
		     : strncasecmp(text, "https://", 8) == 0 ? 8
							     : 0;
	return len > 0 && text[len] != '\0' && strchr(" \t\r\n<>\"", text[len]) == NULL;
}

static bool ends_link(const struct atoms *atoms, size_t i)
{
	return i == atoms->count || strchr(" \t\r\n<>\"", atoms->text[atoms->items[i].offset]);
}

/* Numbers the atoms of each link that fits into a part. */
static void mark_links(struct atoms *atoms, size_t limit)
{
	size_t links = 0;
	for (size_t i = 0; i < atoms->count; i++) {
		if (!begins_link(atoms->text + atoms->items[i].offset))
			continue;
		size_t end = i, length = 0;
		for (; !ends_link(atoms, end); end++)
			length += atoms->items[end].length;
		links++;
		for (size_t j = i; j < end && length <= limit; j++)
			atoms->items[j].link = links;
		i = end - 1;
	}
}

static void find_atoms(
    struct atoms *atoms, const char *text, enum provider_length_unit unit, size_t limit)
{
	*atoms = (struct atoms){.text = text};
	while (*text != '\0') {
		const char *end = behind_letter(text);
		add_letter(atoms, text, end, unit, limit);
		text = end;
	}
	mark_links(atoms, limit);
}

/* ── breaking ── */

/* May a part end before atom `i`? */
static bool is_whole_before(const struct atoms *atoms, size_t i)
{
	size_t link = atoms->items[i - 1].link;
	return link == 0 || i == atoms->count || atoms->items[i].link != link;
}

/* Where the part that begins at atom `start` ends: behind the last line end of its second half; as
 * far as it may go when a blank follows; behind the last blank of its second half; before whatever
 * else stays whole. */
static size_t find_end(const struct atoms *atoms, size_t start, size_t limit)
{
	size_t end = start, length = 0, line_end = 0, blank = 0, whole = 0;
	while (end < atoms->count && (length += atoms->items[end].length) <= limit)
		end++;
	if (end == atoms->count)
		return end;
	if (end == start)
		return start + 1;
	for (size_t i = start + 1; i <= end; i++) {
		bool late = (i - start) * 2 >= end - start;
		if (late && atoms->items[i - 1].line_end)
			line_end = i;
		if (late && atoms->items[i - 1].blank)
			blank = i;
		if (is_whole_before(atoms, i))
			whole = i;
	}
	if (line_end == 0 && atoms->items[end].blank)
		return end;
	return line_end > 0 ? line_end : blank > 0 ? blank : whole > 0 ? whole : end;
}

static size_t offset_of(const struct atoms *atoms, size_t i)
{
	return i < atoms->count ? atoms->items[i].offset : strlen(atoms->text);
}

static enum result split(struct arena *arena, const struct atoms *atoms, size_t limit,
    struct http_parts *parts, struct failure *failure)
{
	for (size_t start = 0; start < atoms->count;) {
		if (parts->count == HTTP_PARTS_MAX)
			return failure_set(failure, RESULT_LIMIT,
			    "The text needs more than %d parts of %zu.", HTTP_PARTS_MAX, limit);
		size_t end = find_end(atoms, start, limit);
		size_t from = offset_of(atoms, start);
		parts->texts[parts->count++] =
		    arena_copy_bytes(arena, atoms->text + from, offset_of(atoms, end) - from);
		start = end;
	}
	return RESULT_OK;
}

static void cut(struct arena *arena, const struct atoms *atoms, size_t limit, const char *ellipsis,
    struct http_parts *parts)
{
	size_t end = find_end(atoms, 0, limit);
	while (end > 1 && atoms->items[end - 1].blank)
		end--;
	parts->count = 1;
	parts->texts[0] =
	    arena_printf(arena, "%.*s%s", (int)offset_of(atoms, end), atoms->text, ellipsis);
}

enum result http_fit_text(struct arena *arena, const struct provider_limits *limits,
    const char *text, struct http_parts *parts, struct failure *failure)
{
	size_t limit = limits->length > 0 ? (size_t)limits->length : SIZE_MAX;
	size_t length = http_text_length(text, limits->unit);
	*parts = (struct http_parts){0};
	if (length <= limit) {
		parts->count = 1;
		parts->texts[0] = arena_copy(arena, text);
		return RESULT_OK;
	}
	if (limits->too_long == PROVIDER_REFUSE)
		return failure_set(failure, RESULT_LIMIT,
		    "The text is %zu long, the provider takes %zu.", length, limit);
	bool cutting = limits->too_long == PROVIDER_CUT;
	size_t ellipsis = cutting ? http_text_length(ELLIPSIS, limits->unit) : 0;
	bool with_ellipsis = cutting && ellipsis + LETTER_MAX <= limit;
	struct atoms atoms;
	enum result result = RESULT_OK;
	limit -= with_ellipsis ? ellipsis : 0;
	find_atoms(&atoms, text, limits->unit, limit);
	if (cutting)
		cut(arena, &atoms, limit, with_ellipsis ? ELLIPSIS : "", parts);
	else
		result = split(arena, &atoms, limit, parts, failure);
	memory_free(atoms.items);
	return result;
}
