/*
 * Owns: the table of resources, and finding the one that a call is for.
 * May use: base/, loop/http_server.h.
 * Must not know: what the resources do.
 */
#include "http/http.h"

#include "base/log.h"

#include <string.h>

#define WEBHOOK_BODY_MAX HTTP_BODY_MAX
#define FORM_BODY_MAX ((size_t)64 * 1024)

const struct http_route http_routes[] = {
    {"/healthz", true, false, 0, http_healthz},
    {"/metrics", true, false, 0, http_metrics},
    {"/webhook/", true, true, WEBHOOK_BODY_MAX, http_webhook_called},
    {"/cgi-bin/sendsms", true, true, FORM_BODY_MAX, http_sendsms},
    {NULL, false, false, 0, NULL},
};

void http_say(struct http_call *call, int status, const char *text)
{
	http_call_answer(call, status, NULL, text, strlen(text));
}

static const struct http_route *find_route(const char *path, const char **rest)
{
	for (const struct http_route *route = http_routes; route->path != NULL; route++) {
		size_t len = strlen(route->path);
		bool beginning = route->path[len - 1] == '/';
		if (beginning ? strncmp(path, route->path, len) == 0
			      : strcmp(path, route->path) == 0) {
			*rest = path + len;
			return route;
		}
	}
	return NULL;
}

/* A GET answers HEAD, too; the server leaves the body out. */
static bool takes(const struct http_route *route, const char *method)
{
	return strcmp(method, "POST") == 0 ? route->post : route->get;
}

void http_route_call(struct http_call *call, void *arg)
{
	const struct http_context *context = arg;
	const char *rest = "", *method = http_call_method(call);
	const struct http_route *route = find_route(http_call_path(call), &rest);
	size_t len;
	(void)http_call_body(call, &len);
	log_event(LOG_DEBUG, "http.call", "method=%s route=%s from=%s body=%zu", method,
	    route != NULL ? route->path : "-", log_quote(http_call_peer(call)).text, len);
	if (route == NULL) {
		http_say(call, 404, "not found\n");
	} else if (!takes(route, method)) {
		http_call_set_header(call, "Allow",
		    route->get && route->post ? "GET, POST"
		    : route->get              ? "GET"
					      : "POST");
		http_say(call, 405, "this method is not taken here\n");
	} else if (len > route->body_max) {
		http_say(call, 413, "the body is too long\n");
	} else {
		route->resource(call, context, rest);
	}
}
