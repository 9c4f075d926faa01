/*
 * Owns: what the tests of channel/http_* share: bodies by hand, places to look values up.
 * May use: channel/http_value.h, base/.
 * Must not know: any one test.
 */
#ifndef TESTS_UNIT_CHANNEL_HTTP_FIXTURE_H
#define TESTS_UNIT_CHANNEL_HTTP_FIXTURE_H

#include "base/memory.h"
#include "channel/http_value.h"

#include <string.h>

/* A body that came with this type; `body` is cleared by body_end. */
static inline void body_begin(
    struct http_body *body, int status, const char *content_type, const char *text)
{
	http_body_init(
	    body, arena_new(), status, content_type, text, strlen(text), NULL, 0, NULL, 0);
}

static inline void body_end(struct http_body *body)
{
	http_body_clear(body);
	arena_free(body->arena);
}

/* Values by name: pairs, ended by NULL. */
static inline const char *look_up_pair(const char *name, void *arg)
{
	for (const char *const *pair = arg; pair[0] != NULL; pair += 2)
		if (strcmp(pair[0], name) == 0)
			return pair[1];
	return NULL;
}

#endif
