/*
 * Owns: what the files of http_value.h and http_answer.h share: reading bytes into values.
 * May use: base/, jansson.
 * Must not know: providers. No other file includes this.
 */
#ifndef CHANNEL_HTTP_PARSE_H
#define CHANNEL_HTTP_PARSE_H

#include "base/memory.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* JSON, any value; NULL when it is none, too deep or too long. See http_body_init. `text` has a
 * NUL after `len` bytes. The caller's to json_decref. */
json_t *http_parse_json(const char *text, size_t len);

/* `a=b&c=d`, percent-decoded, as a mapping of texts; the last of a name counts. The texts' bytes
 * are not looked at. NULL when there are more than 1000. */
json_t *http_parse_form(const char *text, size_t len);
/* Sets one of such a mapping. */
void http_form_set(json_t *form, const char *name, size_t name_len, const char *value, size_t len);

/* The bytes as valid UTF-8 without NUL; themselves when they are (they must have a NUL behind). */
const char *http_clean_text(struct arena *arena, const char *bytes, size_t len);

/* UTF-16 (big-endian unless a byte order mark says otherwise) as UTF-8 without NUL. */
const char *http_utf16_text(struct arena *arena, const char *bytes, size_t len);

/* "1700000000", "1700000000.000100": the number times `unit_ms`, cut to whole milliseconds. False
 * when it is none, negative or beyond the year 9999. */
bool http_parse_ms(const char *text, int64_t unit_ms, int64_t *ms);

/* Is it a number as JSON writes them? */
bool http_is_json_number(const char *text, size_t len);

/* What stands at a path: a scalar's bytes (a NUL behind them), or NULL for a list or mapping. */
struct http_found {
	const char *bytes;
	size_t len;
	char digits[32]; /* where `bytes` may point */
};
/* True: that is enough. */
typedef bool http_found_fn(const struct http_found *found, void *arg);
struct http_body;
struct http_place;
/* Tells all there is at `path` but null, at most 10000 values looked at. */
void http_look(const struct http_body *body, const struct http_place *place, const char *path,
    http_found_fn *seen, void *arg);

#endif
