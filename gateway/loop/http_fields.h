/*
 * Owns: percent-encoded fields: queries and forms.
 * May use: base/.
 * Must not know: the server, what fields mean.
 */
#ifndef LOOP_HTTP_FIELDS_H
#define LOOP_HTTP_FIELDS_H

#include "base/memory.h"
#include "loop/http_server.h"

/* Percent-decodes; `plus` means a blank when `blanks`. A "%" that begins nothing stays. NUL added.
 */
const char *http_fields_decode(
    struct arena *arena, const char *text, size_t len, bool blanks, size_t *decoded);

/* `a=b&c`: false when there are more than HTTP_FIELDS_MAX. */
bool http_fields_read(
    struct arena *arena, const char *text, size_t len, struct http_field **fields, size_t *count);

/* The first of that name; NULL when there is none. */
const struct http_field *http_fields_find(
    const struct http_field *fields, size_t count, const char *name);

#endif
