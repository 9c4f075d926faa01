/*
 * Owns: what a provider file's paths, conditions and templates mean over a body.
 * May use: base/, document/provider.h, jansson.
 * Must not know: requests, the network, the loop.
 *
 * All of it is pure. Strings and values live in the arena given, or as long as the body.
 */
#ifndef CHANNEL_HTTP_VALUE_H
#define CHANNEL_HTTP_VALUE_H

#include "base/buffer.h"
#include "document/provider.h"

#include <jansson.h>

struct http_named { /* a header (name in any case) or a query parameter */
	const char *name, *value;
};

/* An answer, or what came in on a webhook. */
struct http_body {
	struct arena *arena;
	int status; /* 0: none */
	const char *bytes;
	size_t len;
	json_t *root; /* JSON; a form or query as a mapping of texts; NULL: neither */
	const struct http_named *headers, *query;
	size_t header_count, query_count;
};

/* Makes `root` of the bytes by their content type (JSON also when it says nothing and it is JSON),
 * or of the query when there are no bytes. A body that is not what it says has no root. Numbers
 * keep all their digits (64-bit). Nesting and size are bounded. http_body_clear frees. */
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

/* The scalar at `path` from that place as text: a string as it is, a number or true/false as JSON
 * writes them; NULL when there is none (also for null, lists and mappings). With `[]` the first. */
const char *http_text_at(
    const struct http_body *body, const struct http_place *place, const char *path);

/* Do all conditions hold there? */
bool http_when_holds(
    const struct http_body *body, const struct http_place *place, const struct provider_when *when);

/* ── templates ── */

enum http_encoding {
	HTTP_AS_IS,
	HTTP_PERCENT, /* RFC 3986 unreserved stay */
	HTTP_HEADER,  /* RESULT_INVALID when a value holds a control character */
	HTTP_XML,
};
/* Gives a placeholder's value, or NULL when there is none of that name. */
typedef const char *http_lookup_fn(const char *name, void *arg);

/* Fills in one template; appends. Names may contain $, - and : besides a-z 0-9 _ and dots. */
MUST_CHECK enum result http_fill(const char *text, enum http_encoding encoding,
    http_lookup_fn *lookup, void *arg, struct buffer *out, struct failure *failure);
/* Fills in JSON text: every string leaf and key is a template, "{name:number}" and "{name:json}" as
 * a whole leaf become what they hold. Appends compact JSON. */
MUST_CHECK enum result http_fill_json(const char *text, http_lookup_fn *lookup, void *arg,
    struct buffer *out, struct failure *failure);

#endif
