/*
 * Owns: choosing the encoding and cutting a text into parts.
 * May use: base/, text/gsm7.h, text/utf8.h.
 * Must not know: modems, messages.
 */
#include "text/segment.h"

#include "text/gsm7.h"
#include "text/utf8.h"

#include <string.h>

static int units_of(enum segment_encoding encoding, uint32_t codepoint)
{
	if (encoding == SEGMENT_GSM7)
		return gsm7_septets_of(codepoint);
	return codepoint > 0xFFFF ? 2 : 1;
}

enum segment_encoding segment_encoding_of(const char *text)
{
	uint32_t codepoint;
	while ((codepoint = utf8_next(&text)) != 0)
		if (gsm7_septets_of(codepoint) == 0)
			return SEGMENT_UCS2;
	return SEGMENT_GSM7;
}

static size_t units_in_all(enum segment_encoding encoding, const char *text)
{
	size_t units = 0;
	uint32_t codepoint;
	while ((codepoint = utf8_next(&text)) != 0)
		units += (size_t)units_of(encoding, codepoint);
	return units;
}

static int part_limit(enum segment_encoding encoding, size_t units)
{
	if (encoding == SEGMENT_GSM7)
		return units <= SEGMENT_GSM7_SINGLE ? SEGMENT_GSM7_SINGLE : SEGMENT_GSM7_PART;
	return units <= SEGMENT_UCS2_SINGLE ? SEGMENT_UCS2_SINGLE : SEGMENT_UCS2_PART;
}

/* Moves *text past one part of at most `limit` units; a pair that does not fit whole goes on. */
static void skip_part(enum segment_encoding encoding, int limit, const char **text)
{
	int used = 0;
	for (;;) {
		const char *next = *text;
		uint32_t codepoint = utf8_next(&next);
		if (codepoint == 0)
			return;
		used += units_of(encoding, codepoint);
		if (used > limit)
			return;
		*text = next;
	}
}

static int count_parts(enum segment_encoding encoding, int limit, const char *text)
{
	int count = 0;
	do {
		skip_part(encoding, limit, &text);
		count++;
	} while (*text != '\0');
	return count;
}

int segment_count(const char *text)
{
	enum segment_encoding encoding = segment_encoding_of(text);
	return count_parts(encoding, part_limit(encoding, units_in_all(encoding, text)), text);
}

enum result segment_split(struct arena *arena, const char *text, int max_parts,
    struct segments *out, struct failure *failure)
{
	enum segment_encoding encoding = segment_encoding_of(text);
	int limit = part_limit(encoding, units_in_all(encoding, text));
	int count = count_parts(encoding, limit, text);
	if (max_parts > SEGMENT_PARTS_MAX)
		max_parts = SEGMENT_PARTS_MAX;
	if (count > max_parts)
		return failure_set(failure, RESULT_LIMIT,
		    "The text needs %d SMS parts as %s and %d are allowed: shorten it, or leave "
		    "out "
		    "letters with marks.",
		    count, encoding == SEGMENT_GSM7 ? "plain letters" : "Unicode", max_parts);
	*out = (struct segments){.encoding = encoding, .count = count};
	out->parts = arena_alloc(arena, (size_t)count * sizeof *out->parts);
	for (int i = 0; i < count; i++) {
		const char *start = text;
		skip_part(encoding, limit, &text);
		out->parts[i] = arena_copy_bytes(arena, start, (size_t)(text - start));
	}
	return RESULT_OK;
}
