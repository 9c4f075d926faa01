/*
 * Owns: what a resource of the HTTP server may use, and the ways to answer.
 * May use: base/, loop/, store/, channel/channel.h, document/config.h.
 * Must not know: the daemon, modems.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "channel/channel.h"
#include "document/config.h"
#include "loop/http_server.h"
#include "store/reader.h"
#include "store/store.h"

/* Handed down by the daemon; outlives the server. */
struct http_context {
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	const struct config *config;
	struct wall started;
	/* The channels as they stand now. */
	struct channel *const *channels;
	const size_t *channel_count;
	/* Tells scheduler and outbox that something is to be sent. */
	void (*poke)(void *arg);
	void *poke_arg;
};

/* `rest`: what follows the route's path. Must answer the call, now or later. */
typedef void http_resource_fn(
    struct http_call *call, const struct http_context *context, const char *rest);

struct http_route {
	const char *path; /* whole, or a beginning that ends in "/" */
	bool get, post;
	size_t body_max;
	http_resource_fn *resource;
};

/* Every resource; ends with a NULL path (routes.c). */
extern const struct http_route http_routes[];
/* The largest body that any route takes. */
#define HTTP_BODY_MAX ((size_t)1024 * 1024)

/* An http_call_fn whose `arg` is a struct http_context: finds the route, checks method and body. */
void http_route_call(struct http_call *call, void *context);

/* A short plain text, ended by a line end. */
void http_say(struct http_call *call, int status, const char *text);

http_resource_fn http_healthz, http_metrics, http_webhook_called, http_sendsms;

#endif
