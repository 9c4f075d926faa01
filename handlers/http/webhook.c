/*
 * Owns: /webhook/CHANNEL[/SECRET]: a provider tells what came in.
 * May use: loop/http_server.h, channel/channel.h.
 * Must not know: any provider: the channel verifies and reads it.
 */
#include "http/http.h"

#include "base/memory.h"

#include <string.h>

static void answered(int status, const char *text, void *arg)
{
	struct http_call *call = arg;
	http_call_answer(call, status, NULL, text, strlen(text));
}

static struct channel *find_channel(
    const struct http_context *context, const char *name, size_t len)
{
	for (size_t i = 0; i < *context->channel_count; i++) {
		struct channel *channel = context->channels[i];
		if (channel->ops->webhook != NULL && strlen(channel->name) == len &&
		    strncmp(channel->name, name, len) == 0)
			return channel;
	}
	return NULL;
}

static struct channel_pair *pairs_of(
    struct arena *arena, const struct http_field *fields, size_t count)
{
	struct channel_pair *pairs = arena_alloc(arena, (count + 1) * sizeof *pairs);
	for (size_t i = 0; i < count; i++)
		pairs[i] = (struct channel_pair){fields[i].name, fields[i].value, fields[i].len};
	return pairs;
}

void http_webhook_called(
    struct http_call *call, const struct http_context *context, const char *rest)
{
	size_t name_len = strcspn(rest, "/"), count;
	struct channel *channel = find_channel(context, rest, name_len);
	if (channel == NULL) {
		http_say(call, 404, "not found\n");
		return;
	}
	struct arena *arena = arena_new();
	struct channel_webhook webhook = {
	    .method = strcmp(http_call_method(call), "POST") == 0 ? "POST" : "GET",
	    .secret = rest[name_len] == '/' ? rest + name_len + 1 : "",
	    .content_type = http_call_header(call, "Content-Type"),
	};
	const struct http_field *query = http_call_query(call, &count);
	webhook.query = pairs_of(arena, query, count);
	webhook.query_count = count;
	const struct http_field *headers = http_call_headers(call, &count);
	webhook.headers = pairs_of(arena, headers, count);
	webhook.header_count = count;
	webhook.body = http_call_body(call, &webhook.body_len);
	channel->ops->webhook(channel, &webhook, answered, call);
	arena_free(arena);
}
