/*
 * Owns: an HTTP/1.1 server: calls as plain values, answered when their answer is there.
 * May use: base/, loop/, libevent (inside http_server.c only).
 * Must not know: which resources there are, who may call them.
 *
 * Without TLS: a reverse proxy in front ends it (docs/providers.md). Limits on headers, bodies,
 * connections and idle time are real, also on a rehearsal clock, which is held while a call waits
 * for its answer. Two Content-Length headers, or one beside Transfer-Encoding, are refused: a proxy
 * in front might read such a request differently. Loop thread only.
 */
#ifndef LOOP_HTTP_SERVER_H
#define LOOP_HTTP_SERVER_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct http_server;
struct http_call;

struct http_server_config {
	const char *listen;           /* "127.0.0.1:8080", "[::1]:8080"; port 0: any that is free */
	size_t headers_max, body_max; /* bytes; more: 400, 413 */
	int connections_max;          /* at once, about; more wait to be accepted */
	int64_t idle_ms;              /* a connection that says nothing so long is closed */
	const char *proxies; /* addresses whose X-Forwarded-For counts, "," between; "" none */
};

/* One header (name as it came) or parameter of the query (both decoded). A value may hold any
 * bytes; NUL follows it. */
struct http_field {
	const char *name, *value;
	size_t len;
};
#define HTTP_FIELDS_MAX 100 /* of either; more: 400 */

/* Called for each call, which must be answered once, now or in a later turn. */
typedef void http_call_fn(struct http_call *call, void *arg);

/* NULL with `failure`: the address makes no sense or is taken. */
struct http_server *http_server_new(struct loop *loop, const struct http_server_config *config,
    http_call_fn *called, void *arg, struct failure *failure);
int http_server_port(const struct http_server *server);
/* Calls that are not answered yet are dropped; they must not be answered afterwards. */
void http_server_free(struct http_server *server); /* NULL is fine */

/* What was asked; valid until the call is answered. */
const char *http_call_method(const struct http_call *call);
const char *http_call_path(const struct http_call *call); /* decoded; no NUL in it */
const struct http_field *http_call_query(const struct http_call *call, size_t *count);
const struct http_field *http_call_headers(const struct http_call *call, size_t *count);
/* The first header of that name in any case, "" when there is none. */
const char *http_call_header(const struct http_call *call, const char *name);
const char *http_call_body(const struct http_call *call, size_t *len); /* NUL follows */
/* Who calls: the first address that no trusted proxy has added. */
const char *http_call_peer(const struct http_call *call);
/* Fields of a form: its body as a query. In the call. */
const struct http_field *http_call_form(struct http_call *call, size_t *count);

/* Answers and forgets the call. The client may have gone. content_type NULL: plain text. */
void http_call_answer(
    struct http_call *call, int status, const char *content_type, const void *body, size_t len);
/* Sets a header of the answer, before answering. */
void http_call_set_header(struct http_call *call, const char *name, const char *value);

#endif
