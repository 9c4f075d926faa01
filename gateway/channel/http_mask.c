/*
 * Owns: showing people a request without its secrets.
 * May use: base/, channel/http_request.h, channel/http_digest.h.
 * Must not know: which values are secret.
 */
#include "channel/http_request.h"

#include "channel/http_digest.h"

#include <stdlib.h>
#include <string.h>

#define MASK "•••"
#define SHOWN_MAX (4 * HTTP_REQUEST_MAX)
#define SPELLINGS 7 /* of one secret */

static const char *the_secret(const char *name, void *arg)
{
	(void)name;
	return arg;
}

/* The secret as it may stand in a request, as *spellings. */
static void spell(struct arena *arena, const char *secret, const char *spellings[SPELLINGS])
{
	static const enum http_encoding encodings[] = {
	    HTTP_AS_IS, HTTP_PERCENT, HTTP_PATH, HTTP_XML};
	struct buffer text = BUFFER(SHOWN_MAX);
	for (size_t i = 0; i < COUNT_OF(encodings); i++) {
		buffer_reset(&text);
		(void)!http_encode(secret, encodings[i], &text, NULL);
		spellings[i] = arena_copy(arena, buffer_text(&text));
	}
	buffer_reset(&text);
	if (http_fill_json("\"{secret}\"", the_secret, (void *)secret, &text, NULL) == RESULT_OK)
		spellings[4] = arena_copy_bytes(arena, buffer_text(&text) + 1, text.len - 2);
	else
		spellings[4] = secret;
	buffer_reset(&text);
	http_add_base64(&text, secret, strlen(secret));
	spellings[5] = arena_copy(arena, buffer_text(&text));
	buffer_reset(&text);
	http_add_base64url(&text, secret, strlen(secret));
	spellings[6] = arena_copy(arena, buffer_text(&text));
	buffer_clear(&text);
}

static int by_length(const void *a, const void *b)
{
	size_t first = strlen(*(const char *const *)a), second = strlen(*(const char *const *)b);
	return (first < second) - (first > second);
}

static size_t length_of_secret(const char *text, const char *const *spellings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(spellings[i]);
		if (len > 0 && strncmp(text, spellings[i], len) == 0)
			return len;
	}
	return 0;
}

const char *http_mask(
    struct arena *arena, const char *text, const char *const *secrets, size_t count)
{
	struct buffer masked = BUFFER(SHOWN_MAX);
	const char **spellings = arena_alloc(arena, (count * SPELLINGS + 1) * sizeof *spellings);
	size_t known = 0;
	for (size_t i = 0; i < count; i++) {
		if (secrets[i] == NULL || secrets[i][0] == '\0')
			continue;
		spell(arena, secrets[i], spellings + known);
		known += SPELLINGS;
	}
	qsort(spellings, known, sizeof *spellings, by_length);
	while (*text != '\0') {
		size_t len = length_of_secret(text, spellings, known);
		if (len > 0)
			buffer_add_text(&masked, MASK);
		else
			buffer_add_char(&masked, *text);
		text += len > 0 ? len : 1;
	}
	const char *copy = arena_copy(arena, buffer_text(&masked));
	buffer_clear(&masked);
	return copy;
}

const char *http_built_masked(
    struct arena *arena, const struct http_built *built, const char *const *secrets, size_t count)
{
	struct buffer shown = BUFFER(SHOWN_MAX);
	buffer_printf(&shown, "%s %s\n", built->method, built->url);
	if (built->user != NULL)
		buffer_printf(&shown, "User: %s\nPassword: " MASK "\n", built->user);
	if (built->mail_from != NULL)
		buffer_printf(
		    &shown, "MAIL FROM:<%s>\nRCPT TO:<%s>\n", built->mail_from, built->mail_to);
	for (size_t i = 0; i < built->header_count; i++)
		buffer_printf(&shown, "%s: %s\n", built->headers[i].name, built->headers[i].value);
	if (built->body != NULL)
		buffer_printf(&shown, "\n%s", built->body);
	const char *masked = http_mask(arena, buffer_text(&shown), secrets, count);
	buffer_clear(&shown);
	return masked;
}
