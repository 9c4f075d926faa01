/*
 * Owns: the client: libcurl's multi interface on our loop, the exchanges under way, their handles.
 * May use: base/, loop/, libcurl.
 * Must not know: the domain; what is in a request or an answer (http_client_request.c, _answer.c).
 */
#include "loop/http_client.h"

#include "base/log.h"
#include "base/memory.h"
#include "loop/http_client_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Connections kept open, and handles kept for reuse, for each that one server may have. */
#define KEPT_FACTOR 4

/* ── exchanges ───────────────────────────────────────────────────────────────────────────────── */

static void put_in(struct http_exchange **list, struct http_exchange *exchange)
{
	exchange->next = *list;
	exchange->link = list;
	if (exchange->next != NULL)
		exchange->next->link = &exchange->next;
	*list = exchange;
}

static void take_out(struct http_exchange *exchange)
{
	*exchange->link = exchange->next;
	if (exchange->next != NULL)
		exchange->next->link = exchange->link;
}

static CURL *take_handle(struct http_client *client)
{
	CURL *easy = client->idle_count > 0 ? client->idle[--client->idle_count] : curl_easy_init();
	if (easy == NULL)
		abort(); /* as everywhere when memory is out */
	return easy;
}

static void keep_handle(struct http_client *client, CURL *easy)
{
	if (client->idle_count == client->idle_max) {
		curl_easy_cleanup(easy);
		return;
	}
	curl_easy_reset(easy);
	ARRAY_GROW(client->idle, client->idle_count, client->idle_capacity);
	client->idle[client->idle_count++] = easy;
}

static void free_exchange(struct http_exchange *exchange)
{
	if (exchange->easy != NULL)
		keep_handle(exchange->client, exchange->easy);
	curl_slist_free_all(exchange->headers);
	curl_slist_free_all(exchange->recipients);
	for (size_t i = 0; i < exchange->socket_count; i++)
		close(exchange->sockets[i]);
	free(exchange->sockets);
	buffer_clear(&exchange->head);
	buffer_clear(&exchange->answer);
	free(exchange->body);
	free(exchange);
}

/* From here on libcurl calls nothing for the exchange any more. */
static void detach(struct http_exchange *exchange)
{
	take_out(exchange);
	if (exchange->easy == NULL)
		return;
	curl_multi_remove_handle(exchange->client->multi, exchange->easy);
	if (!exchange->background)
		loop_release(exchange->client->loop);
}

static void tell_finished(struct http_client *client)
{
	int left;
	for (CURLMsg *message; (message = curl_multi_info_read(client->multi, &left)) != NULL;) {
		struct http_exchange *exchange = NULL;
		CURLcode code = message->data.result; /* the message ends with the removal */
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
		detach(exchange);
		http_exchange_tell(exchange, code);
		free_exchange(exchange);
	}
}

static void tell_refused(void *arg)
{
	struct http_client *client = arg;
	while (client->refused != NULL) {
		struct http_exchange *exchange = client->refused;
		detach(exchange);
		http_exchange_tell(exchange, CURLE_OK);
		free_exchange(exchange);
	}
}

/* libcurl's own limits begin to count when an exchange has got its connection. */
static struct http_exchange *first_overdue(struct http_client *client, struct mono now)
{
	struct http_exchange *exchange = client->first;
	while (exchange != NULL && (exchange->times_begun > 0 || now.ms < exchange->begin_until.ms))
		exchange = exchange->next;
	return exchange;
}

static void limit_turn(struct http_client *client, const struct http_exchange *exchange)
{
	if (exchange->times_begun > 0 || exchange->begin_until.ms >= client->next_turn_limit.ms)
		return;
	client->next_turn_limit = exchange->begin_until;
	loop_timer_after_real(client->turn_timer, exchange->begin_until.ms - mono_of_machine().ms);
}

static void end_overdue(void *arg)
{
	struct http_client *client = arg;
	struct mono now = mono_of_machine();
	for (struct http_exchange *late; (late = first_overdue(client, now)) != NULL;) {
		detach(late);
		http_exchange_tell(late, CURLE_OPERATION_TIMEDOUT);
		free_exchange(late);
	}
	client->next_turn_limit = MONO_NEVER;
	for (const struct http_exchange *e = client->first; e != NULL; e = e->next)
		limit_turn(client, e);
}

/* ── libcurl on the loop ─────────────────────────────────────────────────────────────────────── */

static void act(struct http_client *client, curl_socket_t socket, int ready)
{
	int running;
	CURLMcode code = curl_multi_socket_action(client->multi, socket, ready, &running);
	if (code != CURLM_OK)
		log_event(
		    LOG_ERROR, "http.multi", "error=%s", log_quote(curl_multi_strerror(code)).text);
	tell_finished(client);
}

static void time_came(void *arg)
{
	act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static int set_timer(CURLM *multi, long ms, void *arg)
{
	struct http_client *client = arg;
	(void)multi;
	if (ms < 0)
		loop_timer_cancel(client->timer);
	else
		loop_timer_after_real(client->timer, ms);
	return 0;
}

struct socket_watch {
	struct http_client *client;
	curl_socket_t socket;
	struct loop_watch *watch;
};

static void socket_ready(int ready, void *arg)
{
	struct socket_watch *watch = arg; /* may be gone when act returns */
	act(watch->client, watch->socket,
	    (ready & LOOP_READ ? CURL_CSELECT_IN : 0) |
		(ready & LOOP_WRITE ? CURL_CSELECT_OUT : 0));
}

static int watch_socket(CURL *easy, curl_socket_t socket, int what, void *arg, void *socket_arg)
{
	struct http_client *client = arg;
	struct socket_watch *watch = socket_arg;
	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (watch != NULL)
			loop_watch_free(watch->watch);
		free(watch);
		return 0;
	}
	int wanted =
	    (what & CURL_POLL_IN ? LOOP_READ : 0) | (what & CURL_POLL_OUT ? LOOP_WRITE : 0);
	if (watch != NULL) {
		loop_watch_want(watch->watch, wanted);
		return 0;
	}
	watch = memory_new(sizeof *watch);
	*watch = (struct socket_watch){.client = client, .socket = socket};
	watch->watch = loop_watch_new(client->loop, socket, wanted, socket_ready, watch);
	curl_multi_assign(client->multi, socket, watch);
	return 0;
}

/* ── life ────────────────────────────────────────────────────────────────────────────────────── */

static void configure(struct http_client *client, int connections_per_host)
{
	CURLM *multi = client->multi;
	long kept = (long)connections_per_host * KEPT_FACTOR;
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, client);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
	curl_multi_setopt(multi, CURLMOPT_TIMERDATA, client);
	curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)connections_per_host);
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kept);
	client->idle_max = (size_t)kept;
}

struct http_client *http_client_new(
    struct loop *loop, int connections_per_host, struct failure *failure)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		failure_set(failure, RESULT_INTERNAL, "libcurl cannot start.");
		return NULL;
	}
	CURLM *multi = curl_multi_init();
	if (multi == NULL) {
		curl_global_cleanup();
		failure_set(failure, RESULT_INTERNAL, "libcurl cannot make a multi handle.");
		return NULL;
	}
	struct http_client *client = memory_new(sizeof *client);
	*client = (struct http_client){.loop = loop, .multi = multi, .next_turn_limit = MONO_NEVER};
	client->timer = loop_timer_new(loop, time_came, client);
	client->turn_timer = loop_timer_new(loop, end_overdue, client);
	client->refusal_timer = loop_timer_new(loop, tell_refused, client);
	configure(client, connections_per_host > 0 ? connections_per_host : 1);
	return client;
}

void http_client_free(struct http_client *client)
{
	if (client == NULL)
		return;
	while (client->first != NULL)
		http_exchange_cancel(client->first);
	while (client->refused != NULL)
		http_exchange_cancel(client->refused);
	for (size_t i = 0; i < client->idle_count; i++)
		curl_easy_cleanup(client->idle[i]);
	curl_multi_cleanup(client->multi);
	curl_global_cleanup();
	loop_timer_free(client->timer);
	loop_timer_free(client->turn_timer);
	loop_timer_free(client->refusal_timer);
	free(client->idle);
	free(client);
}

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

static void refuse_later(struct http_exchange *exchange)
{
	keep_handle(exchange->client, exchange->easy);
	exchange->easy = NULL;
	put_in(&exchange->client->refused, exchange);
	loop_timer_after(exchange->client->refusal_timer, 0);
}

struct http_exchange *http_client_send(
    struct http_client *client, const struct http_request *request, http_done_fn *done, void *arg)
{
	struct http_exchange *exchange = memory_new(sizeof *exchange);
	*exchange = (struct http_exchange){.client = client,
	    .done = done,
	    .arg = arg,
	    .easy = take_handle(client),
	    .background = request->background};
	if (!http_exchange_prepare(exchange, request)) {
		refuse_later(exchange);
		return exchange;
	}
	http_exchange_listen(exchange, request->answer_max);
	curl_easy_setopt(exchange->easy, CURLOPT_PRIVATE, exchange);
	CURLMcode code = curl_multi_add_handle(client->multi, exchange->easy);
	if (code != CURLM_OK) {
		snprintf(
		    exchange->refusal, sizeof exchange->refusal, "%s", curl_multi_strerror(code));
		refuse_later(exchange);
		return exchange;
	}
	put_in(&client->first, exchange);
	if (!exchange->background)
		loop_hold(client->loop);
	exchange->begin_until = mono_add(mono_of_machine(), exchange->connect_ms);
	limit_turn(client, exchange);
	return exchange;
}

void http_exchange_cancel(struct http_exchange *exchange)
{
	if (exchange == NULL)
		return;
	detach(exchange);
	free_exchange(exchange);
}
