/*
 * Owns: what a provider file's paths, conditions and templates mean over a body.
 * May use: base/, text/, document/, jansson.
 * Must not know: requests, the network, the loop.
 *
 * All of it is pure. Strings and values live in the arena given, or as long as the body.
 */
#ifndef CHANNEL_HTTP_VALUE_H
#define CHANNEL_HTTP_VALUE_H

#include "base/buffer.h"
#include "document/provider.h"

#include <jansson.h>

#define HTTP_BODY_MAX ((size_t)1024 * 1024) /* longer ones are not read: no root */
#define HTTP_DEPTH_MAX 64                   /* of JSON */

/* A header (name in any case) or a query parameter, percent-decoded. */
struct http_named {
	const char *name, *value;
	size_t len; /* bytes of `value`, which may hold NULs (UTF-16); 0: up to its NUL */
};

/* An answer, or what came in on a webhook. */
struct http_body {
	struct arena *arena;
	int status;        /* 0: none */
	const char *bytes; /* exactly as they came, in `arena`, NUL added; what is signed */
	size_t len;
	const char *text; /* the bytes as valid UTF-8 without NUL */
	json_t *root;     /* JSON; a form or query as a mapping of texts; NULL: neither */
	const struct http_named *headers, *query;
	size_t header_count, query_count;
	/* What stood in the address behind the channel's name, for `secret_path`; NULL nothing. Set
	 * by the caller after http_body_init. */
	const char *path_secret;
};

/* Makes `root` of the bytes by their content type, or of the query when there are no bytes. A list
 * or mapping in JSON is read as such whatever the type says (many servers say text/html), except in
 * a form; other JSON only when the type is JSON or NULL. A body that is not what it says has no
 * root. Of a name that comes twice the last counts. Numbers keep their digits: what a 64-bit
 * integer does not hold becomes a text. Bytes that are not UTF-8 become U+FFFD in JSON and stay as
 * they are in a form. `headers` and `query` are borrowed, `bytes` is copied. http_body_clear frees.
 */
void http_body_init(struct http_body *body, struct arena *arena, int status,
    const char *content_type, const char *bytes, size_t len, const struct http_named *headers,
    size_t header_count, const struct http_named *query, size_t query_count);
void http_body_clear(struct http_body *body);

/* One place that a path with `[]` or `*` leads to. */
struct http_place {
	json_t *value;   /* borrowed from the body */
	const char *key; /* what the nearest `*` stands for, or NULL */
};
/* All places of `each` ("" or NULL: the root alone). At most `max`; more are an error of the
 * sender: *too_many is set. */
size_t http_places(const struct http_body *body, const char *each, struct http_place *places,
    size_t max, bool *too_many);

/* The scalar at `path` from that place as text: a string as it is (valid UTF-8, NULs removed), a
 * number or true/false as JSON writes them; NULL when there is none (also for null, lists and
 * mappings). With `[]` or `*` the first there is among the first 10000 values. A name in a path may
 * itself hold dots ("hub.mode", "m.relates_to") where no shorter name is there. `place` NULL: the
 * root. */
const char *http_text_at(
    const struct http_body *body, const struct http_place *place, const char *path);
/* The same, a string's bytes exactly as they came. */
const char *http_bytes_at(
    const struct http_body *body, const struct http_place *place, const char *path, size_t *len);

/* Do all conditions hold there? Where `[]` or `*` leads to several, one that fits is enough; what
 * is null is absent. */
bool http_when_holds(
    const struct http_body *body, const struct http_place *place, const struct provider_when *when);

/* ── templates ── */

enum http_encoding {
	HTTP_AS_IS,
	HTTP_PERCENT, /* RFC 3986 unreserved stay */
	HTTP_PATH,    /* those, ":" and "@"; RESULT_INVALID for "." and ".." */
	HTTP_HEADER,  /* RESULT_INVALID when a value holds a control character */
	HTTP_XML,     /* control characters but tab and line ends are left out */
};
/* Gives a placeholder's value (borrowed until the next call), or NULL when there is none of that
 * name. */
typedef const char *http_lookup_fn(const char *name, void *arg);

#define HTTP_NAME_MAX 120
/* What a template is made of. */
struct http_piece {
	enum { HTTP_PIECE_END, HTTP_PIECE_TEXT, HTTP_PIECE_NAME, HTTP_PIECE_WRONG } kind;
	const char *text; /* TEXT: of the template itself; WRONG: what is wrong */
	size_t len;
	char name[HTTP_NAME_MAX + 1];
};
/* The piece at *at, and moves past it. Names hold letters, digits and _ . $ - : [ ] * */
struct http_piece http_next_piece(const char **at);

/* Appends the bytes encoded. */
MUST_CHECK enum result http_encode(
    const char *text, enum http_encoding encoding, struct buffer *out, struct failure *failure);

/* Fills in one template; appends. The template's own letters stay, values are encoded.
 * RESULT_INVALID for a name that `lookup` does not know, RESULT_LIMIT when `out` is full. No value
 * ever stands in `failure`. */
MUST_CHECK enum result http_fill(const char *text, enum http_encoding encoding,
    http_lookup_fn *lookup, void *arg, struct buffer *out, struct failure *failure);
/* Fills in JSON text: every string leaf and key is a template, "{name:number}" and "{name:json}" as
 * a whole leaf become what they hold; RESULT_INVALID when that is none. Appends compact JSON. */
MUST_CHECK enum result http_fill_json(const char *text, http_lookup_fn *lookup, void *arg,
    struct buffer *out, struct failure *failure);

#endif
