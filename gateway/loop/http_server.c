/*
 * Owns: the server: evhttp on the loop's base, its limits, calls that wait for their answer.
 * May use: base/, loop/, libevent.
 * Must not know: which resources there are.
 */
#include "loop/http_server.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "loop/http_fields.h"
#include "loop/internal.h"

#include <dirent.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <event2/listener.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/queue.h>
#include <sys/socket.h>

#define ADDRESS_MAX 128
#define FULL_LOOK_MS 100

struct http_call {
	struct http_call *next, **link; /* of those that are not answered */
	struct http_server *server;
	struct evhttp_request *request; /* NULL: the client has gone */
	struct arena *arena;
	const char *method, *path, *peer;
	struct http_field *query, *headers, *form;
	size_t query_count, header_count, form_count;
	const char *body;
	size_t body_len;
	bool form_read;
};

struct http_server {
	struct loop *loop;
	struct evhttp *http;
	struct evhttp_bound_socket *bound;
	char *proxies;
	int connections_max, descriptors; /* open ones before there were connections */
	struct event *again;              /* real time */
	http_call_fn *called;
	void *arg;
	struct http_call *calls;
};

/* ── connections ─────────────────────────────────────────────────────────────────────────────── */

/* libevent does not say when a connection goes, so open descriptors are counted. */
static int count_descriptors(void)
{
	DIR *folder = opendir("/proc/self/fd");
	int count = 0;
	if (folder == NULL)
		return 0;
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count;
}

static bool is_full(const struct http_server *server)
{
	return count_descriptors() - server->descriptors >= server->connections_max;
}

/* While there are too many, new ones wait with the kernel. */
static void look_again(evutil_socket_t fd, short what, void *arg)
{
	struct http_server *server = arg;
	const struct timeval soon = {.tv_usec = FULL_LOOK_MS * 1000};
	(void)fd;
	(void)what;
	if (is_full(server))
		event_add(server->again, &soon);
	else
		evconnlistener_enable(evhttp_bound_socket_get_listener(server->bound));
}

static struct bufferevent *connection_opened(struct event_base *base, void *arg)
{
	struct http_server *server = arg;
	const struct timeval soon = {.tv_usec = FULL_LOOK_MS * 1000};
	if (is_full(server)) {
		evconnlistener_disable(evhttp_bound_socket_get_listener(server->bound));
		event_add(server->again, &soon);
	}
	return bufferevent_socket_new(base, -1, 0);
}

/* ── a call ──────────────────────────────────────────────────────────────────────────────────── */

static void drop_call(struct http_call *call)
{
	*call->link = call->next;
	if (call->next != NULL)
		call->next->link = call->link;
	loop_release(call->server->loop);
	arena_free(call->arena);
}

static void client_left(struct evhttp_connection *connection, void *arg)
{
	struct http_call *call = arg;
	(void)connection;
	call->request = NULL; /* evhttp frees it */
}

static void refuse(struct evhttp_request *request, int status, const char *why)
{
	struct evbuffer *body = evbuffer_new();
	evbuffer_add(body, why, strlen(why));
	evhttp_add_header(evhttp_request_get_output_headers(request), "Connection", "close");
	evhttp_send_reply(request, status, NULL, body);
	evbuffer_free(body);
}

/* What a proxy in front may have read differently. */
static bool is_ambiguous(struct evhttp_request *request)
{
	const struct evkeyvalq *headers = evhttp_request_get_input_headers(request);
	const struct evkeyval *header;
	int lengths = 0, encodings = 0;
	TAILQ_FOREACH(header, headers, next)
	{
		lengths += strcasecmp(header->key, "Content-Length") == 0;
		encodings += strcasecmp(header->key, "Transfer-Encoding") == 0;
	}
	return lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0);
}

static bool copy_headers(struct http_call *call, struct evhttp_request *request)
{
	const struct evkeyvalq *headers = evhttp_request_get_input_headers(request);
	const struct evkeyval *header;
	call->headers = arena_alloc(call->arena, HTTP_FIELDS_MAX * sizeof *call->headers);
	TAILQ_FOREACH(header, headers, next)
	{
		if (call->header_count == HTTP_FIELDS_MAX)
			return false;
		call->headers[call->header_count++] =
		    (struct http_field){.name = arena_copy(call->arena, header->key),
			.value = arena_copy(call->arena, header->value),
			.len = strlen(header->value)};
	}
	return true;
}

static bool list_has(const char *list, const char *word, size_t len)
{
	for (const char *at = list; *at != '\0';) {
		while (*at == ' ' || *at == ',')
			at++;
		size_t span = strcspn(at, ", ");
		if (span == len && strncmp(at, word, len) == 0)
			return len > 0;
		at += span;
	}
	return false;
}

/* From the right: each proxy of ours adds whom it heard. */
static const char *find_peer(struct http_call *call, const char *direct)
{
	const char *forwarded = http_call_header(call, "X-Forwarded-For");
	const char *proxies = call->server->proxies, *peer = direct;
	size_t end = strlen(forwarded);
	while (list_has(proxies, peer, strlen(peer)) && end > 0) {
		size_t start = end;
		while (start > 0 && forwarded[start - 1] != ',')
			start--;
		const char *word = forwarded + start;
		size_t len = end - start;
		while (len > 0 && *word == ' ')
			word++, len--;
		while (len > 0 && word[len - 1] == ' ')
			len--;
		if (len == 0 || len >= ADDRESS_MAX)
			break;
		peer = arena_copy_bytes(call->arena, word, len);
		end = start > 0 ? start - 1 : 0;
	}
	return peer;
}

static bool read_target(struct http_call *call, const char *uri)
{
	size_t path_len = strcspn(uri, "?#");
	size_t len;
	call->path = http_fields_decode(call->arena, uri, path_len, false, &len);
	if (call->path[0] != '/' || strlen(call->path) != len)
		return false;
	if (uri[path_len] != '?')
		return true;
	const char *query = uri + path_len + 1;
	return http_fields_read(
	    call->arena, query, strcspn(query, "#"), &call->query, &call->query_count);
}

static const char *method_name(enum evhttp_cmd_type method)
{
	return method == EVHTTP_REQ_POST ? "POST" : method == EVHTTP_REQ_HEAD ? "HEAD" : "GET";
}

static void called(struct evhttp_request *request, void *arg)
{
	struct http_server *server = arg;
	struct evhttp_connection *connection = evhttp_request_get_connection(request);
	struct evbuffer *input = evhttp_request_get_input_buffer(request);
	char *address = NULL;
	uint16_t port;
	if (is_ambiguous(request)) {
		refuse(request, 400, "The length of the body is given twice.\n");
		return;
	}
	struct arena *arena = arena_new();
	struct http_call *call = arena_alloc(arena, sizeof *call);
	*call = (struct http_call){
	    .next = server->calls,
	    .link = &server->calls,
	    .server = server,
	    .request = request,
	    .arena = arena,
	    .method = method_name(evhttp_request_get_command(request)),
	    .body_len = evbuffer_get_length(input),
	};
	evhttp_connection_get_peer(connection, &address, &port);
	if (!copy_headers(call, request) || !read_target(call, evhttp_request_get_uri(request))) {
		refuse(request, 400, "The address or the headers make no sense.\n");
		arena_free(arena);
		return;
	}
	call->body = arena_copy_bytes(arena, evbuffer_pullup(input, -1), call->body_len);
	call->peer = find_peer(call, address != NULL ? arena_copy(arena, address) : "");
	if (server->calls != NULL)
		server->calls->link = &call->next;
	server->calls = call;
	loop_hold(server->loop);
	loop_woken(server->loop);
	evhttp_connection_set_closecb(connection, client_left, call);
	server->called(call, server->arg);
}

/* ── what was asked ──────────────────────────────────────────────────────────────────────────── */

const char *http_call_method(const struct http_call *call)
{
	return call->method;
}

const char *http_call_path(const struct http_call *call)
{
	return call->path;
}

const struct http_field *http_call_query(const struct http_call *call, size_t *count)
{
	*count = call->query_count;
	return call->query;
}

const struct http_field *http_call_headers(const struct http_call *call, size_t *count)
{
	*count = call->header_count;
	return call->headers;
}

const char *http_call_header(const struct http_call *call, const char *name)
{
	for (size_t i = 0; i < call->header_count; i++)
		if (strcasecmp(call->headers[i].name, name) == 0)
			return call->headers[i].value;
	return "";
}

const char *http_call_body(const struct http_call *call, size_t *len)
{
	*len = call->body_len;
	return call->body;
}

const char *http_call_peer(const struct http_call *call)
{
	return call->peer;
}

const struct http_field *http_call_form(struct http_call *call, size_t *count)
{
	if (!call->form_read && !http_fields_read(call->arena, call->body, call->body_len,
				    &call->form, &call->form_count))
		call->form_count = 0;
	call->form_read = true;
	*count = call->form_count;
	return call->form;
}

/* ── the answer ──────────────────────────────────────────────────────────────────────────────── */

void http_call_set_header(struct http_call *call, const char *name, const char *value)
{
	if (call->request != NULL && strpbrk(value, "\r\n") == NULL)
		evhttp_add_header(evhttp_request_get_output_headers(call->request), name, value);
}

void http_call_answer(
    struct http_call *call, int status, const char *content_type, const void *body, size_t len)
{
	struct evhttp_request *request = call->request;
	if (request != NULL) {
		struct evbuffer *out = evbuffer_new();
		evbuffer_add(out, body, len);
		http_call_set_header(call, "Content-Type",
		    content_type != NULL ? content_type : "text/plain; charset=utf-8");
		http_call_set_header(call, "X-Content-Type-Options", "nosniff");
		evhttp_connection_set_closecb(evhttp_request_get_connection(request), NULL, NULL);
		evhttp_send_reply(request, status, NULL, out);
		evbuffer_free(out);
	}
	drop_call(call);
}

/* ── the server ──────────────────────────────────────────────────────────────────────────────── */

/* "HOST:PORT", the host in brackets when it has colons. */
static bool split_address(const char *text, char host[ADDRESS_MAX], int *port)
{
	const char *colon = strrchr(text, ':');
	char *end;
	if (colon == NULL || colon == text || (size_t)(colon - text) >= ADDRESS_MAX)
		return false;
	long number = strtol(colon + 1, &end, 10);
	bool brackets = text[0] == '[' && colon[-1] == ']';
	size_t from = brackets ? 1 : 0, len = (size_t)(colon - text) - 2 * from;
	memcpy(host, text + from, len);
	host[len] = '\0';
	*port = (int)number;
	return end != colon + 1 && *end == '\0' && number >= 0 && number <= 65535 &&
	       (brackets || strchr(host, ':') == NULL) && host[0] != '\0';
}

static void set_limits(struct http_server *server, const struct http_server_config *config)
{
	evhttp_set_max_headers_size(server->http, (ev_ssize_t)config->headers_max);
	evhttp_set_max_body_size(server->http, (ev_ssize_t)config->body_max);
	evhttp_set_allowed_methods(
	    server->http, EVHTTP_REQ_GET | EVHTTP_REQ_POST | EVHTTP_REQ_HEAD);
	const struct timeval idle = {
	    .tv_sec = config->idle_ms / 1000, .tv_usec = config->idle_ms % 1000 * 1000};
	evhttp_set_timeout_tv(server->http, &idle);
	evhttp_set_bevcb(server->http, connection_opened, server);
	evhttp_set_gencb(server->http, called, server);
}

static bool open_server(
    struct http_server *server, const struct http_server_config *config, struct failure *failure)
{
	char host[ADDRESS_MAX];
	int port, on = 1;
	if (!split_address(config->listen, host, &port)) {
		failure_set(failure, RESULT_INVALID,
		    "`http.listen`: “%.100s” is no address. Write 127.0.0.1:8080.", config->listen);
		return false;
	}
	server->http = evhttp_new(server->loop->base);
	if (server->http == NULL)
		abort(); /* memory is out */
	set_limits(server, config);
	server->bound = evhttp_bind_socket_with_handle(server->http, host, (uint16_t)port);
	if (server->bound == NULL) {
		failure_set(failure, RESULT_CONFLICT,
		    "`http.listen`: %.100s cannot be opened: %s. Is another program using it?",
		    config->listen, strerror(errno));
		return false;
	}
	/* Accepted sockets inherit it; without, an answer waits for the client's delayed ACK. */
	server->again = evtimer_new(server->loop->base, look_again, server);
	server->descriptors = count_descriptors();
	setsockopt(
	    evhttp_bound_socket_get_fd(server->bound), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return true;
}

struct http_server *http_server_new(struct loop *loop, const struct http_server_config *config,
    http_call_fn *call, void *arg, struct failure *failure)
{
	struct http_server *server = memory_new(sizeof *server);
	*server = (struct http_server){
	    .loop = loop,
	    .proxies = memory_copy_text(config->proxies),
	    .connections_max = config->connections_max,
	    .called = call,
	    .arg = arg,
	};
	if (open_server(server, config, failure))
		return server;
	http_server_free(server);
	return NULL;
}

int http_server_port(const struct http_server *server)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof address;
	int fd = evhttp_bound_socket_get_fd(server->bound);
	if (getsockname(fd, (struct sockaddr *)&address, &len) != 0)
		return 0;
	return address.ss_family == AF_INET6 ? ntohs(((struct sockaddr_in6 *)&address)->sin6_port)
					     : ntohs(((struct sockaddr_in *)&address)->sin_port);
}

void http_server_free(struct http_server *server)
{
	if (server == NULL)
		return;
	while (server->calls != NULL) {
		struct http_call *call = server->calls;
		if (call->request != NULL)
			evhttp_connection_set_closecb(
			    evhttp_request_get_connection(call->request), NULL, NULL);
		drop_call(call);
	}
	if (server->http != NULL)
		evhttp_free(server->http);
	if (server->again != NULL)
		event_free(server->again);
	memory_free(server->proxies);
	free(server);
}
