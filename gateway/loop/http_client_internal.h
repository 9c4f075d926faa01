/*
 * Owns: what the http_client*.c files share: one exchange from request to answer.
 * May use: base/, loop/, libcurl.
 * Must not know: the domain. No other file includes this one.
 */
#ifndef LOOP_HTTP_CLIENT_INTERNAL_H
#define LOOP_HTTP_CLIENT_INTERNAL_H

#include "loop/http_client.h"

#include "base/buffer.h"

#include <curl/curl.h>

#define HTTP_HEAD_MAX ((size_t)64 * 1024) /* bytes of all headers of one answer */

struct http_client {
	struct loop *loop;
	CURLM *multi;
	struct loop_timer *timer;      /* libcurl's one timer */
	struct loop_timer *turn_timer; /* for who waits for a connection: libcurl does not look */
	struct mono next_turn_limit;   /* of the machine: when turn_timer runs */
	struct http_exchange *first;   /* under way */
	struct http_exchange *refused; /* told of by refusal_timer */
	struct loop_timer *refusal_timer;
	CURL **idle; /* handles to be used again */
	size_t idle_count, idle_capacity, idle_max;
};

struct http_exchange {
	struct http_client *client;
	struct http_exchange *next, **link; /* in client->first or client->refused */
	http_done_fn *done;
	void *arg;
	CURL *easy; /* NULL: refused */
	char refusal[160];

	/* what is sent */
	bool is_mail, repeatable, background;
	char *body;
	size_t body_len, body_given;
	struct curl_slist *headers, *recipients;
	int64_t connect_ms, whole_ms;
	struct mono begin_until; /* of the machine */
	int times_begun;         /* how often libcurl was about to send the request */
	bool body_asked;         /* libcurl has begun to send the body */
	int *sockets; /* mail: second descriptors of what libcurl connects with; see mail_said */
	size_t socket_count, socket_capacity;

	/* what came */
	struct buffer head; /* name NUL value NUL, …; for mail the server's last reply */
	size_t header_count;
	bool reply_ended; /* mail: the reply in `head` is whole */
	struct buffer answer;
	char error[CURL_ERROR_SIZE]; /* libcurl's own words; may hold what is nobody's business */
};

/* http_client_request.c: gives `easy` everything the request asks for; false with the reason in
 * exchange->refusal when it cannot be sent. Nothing of `request` is needed afterwards. */
bool http_exchange_prepare(struct http_exchange *exchange, const struct http_request *request);

/* http_client_answer.c: makes `easy` collect the answer in the exchange. */
void http_exchange_listen(struct http_exchange *exchange, size_t answer_max);

/* Makes an answer of what was collected and of how libcurl ended, and calls done with it. */
void http_exchange_tell(struct http_exchange *exchange, CURLcode code);

#endif
