/*
 * Owns: a call of the channel's webhook: whether it is the provider's, what it is answered.
 * May use: base/, loop/, channel/.
 * Must not know: the server, any particular provider.
 *
 * The provider hears 200 only when all that it brought is durable: else it would not say it again.
 */
#include "channel/http_internal.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

struct call {
	struct http_channel *http;
	struct arena *arena;
	int status;
	const char *text;
	channel_webhook_answer_fn *answer;
	void *arg;
};

static void say(void *arg)
{
	struct call *call = arg;
	call->answer(call->status, call->text, call->arg);
	arena_free(call->arena);
}

static void say_later(struct call *call, int status, const char *text)
{
	call->status = status;
	call->text = arena_copy(call->arena, text);
	loop_defer(call->http->loop, say, call);
}

static const struct http_named *copy_pairs(
    struct arena *arena, const struct channel_pair *pairs, size_t count)
{
	struct http_named *copies = arena_alloc(arena, (count + 1) * sizeof *copies);
	for (size_t i = 0; i < count; i++)
		copies[i] = (struct http_named){.name = arena_copy(arena, pairs[i].name),
		    .value = arena_copy_bytes(arena, pairs[i].value, pairs[i].len),
		    .len = pairs[i].len};
	return copies;
}

static void log_denied(const struct http_channel *http, const char *why)
{
	log_event(LOG_WARNING, "http.webhook-denied", "channel=%s why=%s", http->channel.name,
	    log_quote(why).text);
}

static void read_call(struct call *call, const struct http_body *body, struct http_lookup *lookup)
{
	struct http_channel *http = call->http;
	const char *text = "";
	switch (http_verify_webhook(&http->provider->webhook, body, http_account_value, lookup,
	    loop_now(http->loop), &text)) {
	case HTTP_WEBHOOK_TAKE:
		call->status = 200;
		call->text = http->provider->webhook.answer;
		http_take_in(http, body, say, call);
		return;
	case HTTP_WEBHOOK_CHALLENGE:
		say_later(call, 200, text);
		return;
	case HTTP_WEBHOOK_DENIED:
	case HTTP_WEBHOOK_OLD:
		log_denied(http, text);
		say_later(call, 401, "not verified\n");
		return;
	}
}

void http_webhook(struct channel *channel, const struct channel_webhook *webhook,
    channel_webhook_answer_fn *answer, void *arg)
{
	struct http_channel *http = (struct http_channel *)channel;
	const struct provider_webhook *takes = &http->provider->webhook;
	struct arena *arena = arena_new();
	struct call *call = arena_alloc(arena, sizeof *call);
	struct http_lookup lookup = {
	    .arena = arena, .account = &http->account, .now = loop_now(http->loop)};
	*call = (struct call){.http = http, .arena = arena, .answer = answer, .arg = arg};
	bool get = strcmp(webhook->method, "GET") == 0;
	if (!takes->there || (!takes->secret_path && webhook->secret[0] != '\0')) {
		say_later(call, 404, "not found\n");
		return;
	}
	if (get ? !takes->get : !takes->post) {
		say_later(call, 405, "this method is not taken\n");
		return;
	}
	struct http_body body;
	http_body_init(&body, arena, 0, webhook->content_type,
	    arena_copy_bytes(arena, webhook->body, webhook->body_len), webhook->body_len,
	    copy_pairs(arena, webhook->headers, webhook->header_count), webhook->header_count,
	    copy_pairs(arena, webhook->query, webhook->query_count), webhook->query_count);
	body.path_secret = webhook->secret;
	read_call(call, &body, &lookup);
	http_body_clear(&body);
}
