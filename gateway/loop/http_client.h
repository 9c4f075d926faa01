/*
 * Owns: requests to servers: HTTP, HTTPS, and mail by SMTP; what became of each is told honestly.
 * May use: base/, loop/, libcurl (inside http_client*.c only).
 * Must not know: the domain, what is asked of whom.
 *
 * One client a process. Connections are kept and used again, HTTP/2 is spoken over TLS where the
 * server offers it, certificates are always verified, a redirect is an answer like any other, and
 * a request leaves at most once unless it says that it may be repeated: libcurl by itself repeats
 * one when a connection that was used before dies ahead of the first byte of the answer.
 *
 * Limits run on the machine's monotonic time, also in rehearsal, where the clock is held
 * (loop_hold) for as long as an exchange is under way. Proxies of the environment are used.
 */
#ifndef LOOP_HTTP_CLIENT_H
#define LOOP_HTTP_CLIENT_H

#include "base/result.h"
#include "loop/loop.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_client;
struct http_exchange;

struct http_header {
	const char *name, *value;
};

enum http_fate {
	HTTP_ANSWERED, /* a whole answer came: status, headers, body */
	HTTP_NOT_SENT, /* proven: the server got nothing to act on */
	HTTP_UNKNOWN,  /* it may have been acted on: the answer is lost, cut off, too long, too late
			*/
};

struct http_request {
	/* For mail the method is not looked at. A POST, PUT or PATCH without a body says so. */
	const char *method;
	const char *url; /* http, https; smtp, smtps for mail: nothing else is spoken */
	/* A header or a mail address with a line break in it is refused, not sent (HTTP_NOT_SENT).
	 * Content-Type is sent when it stands here only. */
	const struct http_header *headers;
	size_t header_count;
	const char *body; /* NULL: none */
	size_t body_len;
	const char *user, *password; /* basic, for mail the login; NULL: none */
	/* Mail: one bare address each; the body is the message (RFC 5322, lines ended by CRLF). */
	const char *mail_from, *mail_to;
	const char *ca_file; /* PEM: only these are trusted. NULL: the system's */
	/* Milliseconds of real time, above 0: until the connection stands (its turn among
	 * connections_per_host, name, TLS), and until the end of the answer. */
	int64_t connect_ms, whole_ms;
	size_t answer_max; /* bytes of body; a longer one is cut off: HTTP_UNKNOWN */
	/* Doing it twice is the same as doing it once: it may be repeated when a connection that
	 * was used before dies without an answer. */
	bool repeatable;
	/* Mail over smtp: no login and no mail without TLS. If not set, TLS is used if offered, and
	 * a password leaves in clear if it is not. */
	bool starttls_required;
	/* A rehearsal clock is not held while it is under way: a question that may stay open long.
	 */
	bool background;
};

struct http_answer {
	enum http_fate fate;
	/* 0: none came. May be known although the fate is HTTP_UNKNOWN. For mail the SMTP code: a
	 * refusal of login, sender, recipient or message is an answer. */
	int status;
	/* Bytes and a NUL; for mail the server's last reply. Never NULL. What came of it, if the
	 * fate is HTTP_UNKNOWN. All that is borrowed here is so until done returns. */
	const char *body;
	size_t body_len;
	const struct http_header *headers; /* names as they came; see http_answer_header */
	size_t header_count;
	const char
	    *detail; /* a phrase for log and errors: no URL, no secret, nothing of the body */
};

typedef void http_done_fn(const struct http_answer *answer, void *arg);

/* Requests beyond connections_per_host wait for their turn inside their connect_ms. The loop is
 * borrowed. NULL with `failure` when libcurl cannot start. */
struct http_client *http_client_new(
    struct loop *loop, int connections_per_host, struct failure *failure);
/* Exchanges under way end without done being called. Not from inside done. NULL is fine. */
void http_client_free(struct http_client *client);

/* Copies the request. done is called exactly once, never from inside this call, unless the exchange
 * is cancelled first; from then on the exchange is gone. done may send and cancel others. */
struct http_exchange *http_client_send(
    struct http_client *client, const struct http_request *request, http_done_fn *done, void *arg);
/* done is not called. What has left has left. NULL is fine. */
void http_exchange_cancel(struct http_exchange *exchange);

/* The value of the first header of that name, in whatever case; NULL when there is none. */
const char *http_answer_header(const struct http_answer *answer, const char *name);

/* "answered", "not-sent", "unknown". */
const char *http_fate_name(enum http_fate fate);

#endif
