/*
 * Owns: the fuzz target of text/: folding and normal form are final, parts joined are the text, a
 * phone number read reads again as itself, a template is filled in or refused.
 * May use: text/, base/.
 * Must not know: what texts mean.
 *
 * Seeds: tests/fuzz/seeds/text.
 */
#include "text/gsm7.h"
#include "text/letters.h"
#include "text/phone.h"
#include "text/segment.h"
#include "text/template.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TEXT_MAX 4000

static void require(bool true_always)
{
	if (!true_always)
		abort();
}

static void check_letters(const char *text)
{
	OWNED_TEXT folded = letters_fold(text);
	OWNED_TEXT twice = letters_fold(folded);
	require(strcmp(folded, twice) == 0);
	require(segment_encoding_of(folded) == SEGMENT_GSM7);
	OWNED_TEXT normal = letters_normalise(text, strlen(text));
	OWNED_TEXT again = letters_normalise(normal, strlen(normal));
	require(strcmp(normal, again) == 0);
	OWNED_TEXT of_normal = letters_fold(normal);
	require(strcmp(folded, of_normal) == 0);
	OWNED_TEXT key = letters_key(text);
	OWNED_TEXT key_again = letters_key(key);
	require(strcmp(key, key_again) == 0);
	for (const char *at = normal; *at != '\0';)
		require(utf8_next(&at) != 0);
}

static void check_segments(const char *text)
{
	struct arena *arena = arena_new();
	struct segments parts;
	OWNED_BUFFER joined = BUFFER(TEXT_MAX + 1);
	enum result result = segment_split(arena, text, SEGMENT_PARTS_MAX, &parts, NULL);
	require(result == RESULT_OK ? parts.count == segment_count(text)
				    : segment_count(text) > SEGMENT_PARTS_MAX);
	for (int i = 0; result == RESULT_OK && i < parts.count; i++) {
		require(parts.count == 1 || parts.parts[i][0] != '\0');
		buffer_add_text(&joined, parts.parts[i]);
	}
	require(result != RESULT_OK || strcmp(buffer_text(&joined), text) == 0);
	arena_free(arena);
}

static const char *look_up(const char *name, void *arg)
{
	(void)arg;
	return strlen(name) % 2 == 0 ? name : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > TEXT_MAX)
		return 0;
	OWNED_TEXT text = memory_new(size + 1);
	memcpy(text, data, size);
	check_letters(text);
	check_segments(text);
	struct phone phone, again;
	if (phone_parse(text, &phone, NULL) == RESULT_OK)
		require(phone_parse(phone.e164, &again, NULL) == RESULT_OK &&
			strcmp(phone.e164, again.e164) == 0);
	OWNED_BUFFER out = BUFFER(TEXT_MAX);
	enum result result = template_expand(text, look_up, NULL, &out, NULL);
	require(result == RESULT_OK || result == RESULT_INVALID);
	return 0;
}
