/*
 * Owns: a server on 127.0.0.1 that the tests of the HTTP client make behave as they like, and one
 * request sent and waited for.
 * May use: loop/, cmocka, sockets, one thread a server.
 * Must not know: the domain.
 */
#ifndef TESTS_UNIT_LOOP_HTTP_SERVER_H
#define TESTS_UNIT_LOOP_HTTP_SERVER_H

#include "base/memory.h"
#include "loop/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* ── the server ──────────────────────────────────────────────────────────────────────────────── */

struct server;
typedef void serve_fn(struct server *server, int fd);

struct server {
	int listener, port;
	pthread_t thread;
	serve_fn *serve; /* one connection after the other; closes nothing */
	atomic_int connections, requests, bodies;
	atomic_llong bytes; /* given or taken, as the behaviour counts */
	char last_head[4096], last_body[4096];
};

static inline void *server_run(void *arg)
{
	struct server *server = arg;
	for (int fd; (fd = accept(server->listener, NULL, NULL)) >= 0;) {
		server->connections++;
		server->serve(server, fd);
		close(fd);
	}
	return NULL;
}

static inline int listen_anywhere(int *port, int backlog)
{
	struct sockaddr_in address = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(fd, backlog), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	*port = ntohs(address.sin_port);
	return fd;
}

static inline struct server *server_start(serve_fn *serve)
{
	struct server *server = memory_new(sizeof *server);
	server->serve = serve;
	server->listener = listen_anywhere(&server->port, 64);
	assert_int_equal(pthread_create(&server->thread, NULL, server_run, server), 0);
	return server;
}

/* The client's connections must be gone: a behaviour may wait for their end. */
static inline void server_stop(struct server *server)
{
	shutdown(server->listener, SHUT_RDWR);
	pthread_join(server->thread, NULL);
	close(server->listener);
	free(server);
}

static inline void say(int fd, const char *text)
{
	send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static inline void wait_for_end(int fd)
{
	char bytes[512];
	while (recv(fd, bytes, sizeof bytes, 0) > 0)
		continue;
}

/* A line without its end; false at the end of the connection. */
static inline bool read_line(int fd, char *line, size_t size)
{
	size_t len = 0;
	for (char c; recv(fd, &c, 1, 0) == 1;) {
		if (c == '\n') {
			line[len > 0 && line[len - 1] == '\r' ? len - 1 : len] = '\0';
			return true;
		}
		if (len + 1 < size)
			line[len++] = c;
	}
	return false;
}

/* Reads one whole request; false when none came whole. */
static inline bool read_request(struct server *server, int fd)
{
	char line[1024], whole[sizeof server->last_head];
	size_t head = 0, body = 0, taken = 0;
	do {
		if (!read_line(fd, line, sizeof line))
			return false;
		head += (size_t)snprintf(whole + head, sizeof whole - head, "%s\n", line);
		if (head >= sizeof whole)
			abort();
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			body = strtoul(line + 15, NULL, 10);
	} while (line[0] != '\0');
	memcpy(server->last_head, whole, head + 1);
	server->requests++;
	for (char bytes[4096]; taken < body;) {
		size_t want = body - taken < sizeof bytes ? body - taken : sizeof bytes;
		ssize_t len = recv(fd, bytes, want, 0);
		if (len <= 0)
			return false;
		if (taken == 0)
			snprintf(
			    server->last_body, sizeof server->last_body, "%.*s", (int)len, bytes);
		taken += (size_t)len;
	}
	if (body > 0)
		server->bodies++;
	server->bytes += (long long)body;
	return true;
}

/* ── the client's side ───────────────────────────────────────────────────────────────────────── */

struct outcome {
	struct loop *loop;
	int told; /* how often done was called */
	enum http_fate fate;
	int status;
	char body[256], detail[600], retry_after[64];
	size_t body_len, header_count;
	int64_t took_ms;
};

static inline void note_outcome(const struct http_answer *answer, void *arg)
{
	struct outcome *outcome = arg;
	const char *retry_after = http_answer_header(answer, "retry-after");
	outcome->told++;
	outcome->fate = answer->fate;
	outcome->status = answer->status;
	outcome->body_len = answer->body_len;
	outcome->header_count = answer->header_count;
	assert_int_equal(answer->body[answer->body_len], '\0');
	snprintf(outcome->body, sizeof outcome->body, "%s", answer->body);
	snprintf(outcome->detail, sizeof outcome->detail, "%s", answer->detail);
	snprintf(outcome->retry_after, sizeof outcome->retry_after, "%s",
	    retry_after != NULL ? retry_after : "");
	loop_stop(outcome->loop);
}

/* A proxy of the machine's environment would stand between client and server. */
static inline void forget_proxies(void)
{
	const char *const names[] = {
	    "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		unsetenv(names[i]);
}

struct world {
	struct loop *loop;
	struct http_client *client;
	struct server *server;
	char url[128];
};

static inline struct world new_world_on(struct loop *loop, serve_fn *serve, const char *path)
{
	struct failure failure;
	struct world world = {.loop = loop};
	assert_non_null(world.loop);
	world.client = http_client_new(world.loop, 4, &failure);
	assert_non_null(world.client);
	if (serve == NULL)
		return world;
	world.server = server_start(serve);
	snprintf(world.url, sizeof world.url, "http://127.0.0.1:%d%s", world.server->port, path);
	return world;
}

static inline struct world new_world(serve_fn *serve, const char *path)
{
	struct failure failure;
	return new_world_on(loop_new(NULL, "test", &failure), serve, path);
}

static inline void end_world(struct world *world)
{
	http_client_free(world->client);
	loop_free(world->loop);
	if (world->server != NULL)
		server_stop(world->server);
}

static inline struct http_request post(const char *url, const char *body)
{
	return (struct http_request){.method = body != NULL ? "POST" : "GET",
	    .url = url,
	    .body = body,
	    .body_len = body != NULL ? strlen(body) : 0,
	    .connect_ms = 3000,
	    .whole_ms = 5000,
	    .answer_max = 64 * 1024};
}

/* Sends it and runs the loop until it has ended. */
static inline struct outcome exchange(struct world *world, const struct http_request *request)
{
	struct outcome outcome = {.loop = world->loop};
	struct mono begin = mono_of_machine();
	assert_non_null(http_client_send(world->client, request, note_outcome, &outcome));
	assert_int_equal(outcome.told, 0);
	assert_int_equal(loop_run(world->loop), RESULT_OK);
	assert_int_equal(outcome.told, 1);
	outcome.took_ms = mono_of_machine().ms - begin.ms;
	return outcome;
}

#endif
