/*
 * Owns: /healthz: is this node able to do its work? For watchers; no personal data.
 * May use: base/, store/reader.h, channel/channel.h.
 * Must not know: how channels work.
 */
#include "http/http.h"

#include "base/buffer.h"

#define BODY_MAX 8192

static const char *const words[] = {
    [CHANNEL_CONNECTING] = "connecting",
    [CHANNEL_READY] = "ready",
    [CHANNEL_DOWN] = "down",
    [CHANNEL_HALTED] = "halted",
};

static bool store_answers(const struct http_context *context)
{
	struct reader_totals totals;
	struct failure failure;
	struct arena *arena = arena_new();
	bool answers = reader_totals(context->reader, arena, &totals, &failure) == RESULT_OK;
	arena_free(arena);
	return answers;
}

/* A channel that is down is told but is no reason to call the node ill: others may do, and
 * restarting it would mend nothing. */
void http_healthz(struct http_call *call, const struct http_context *context, const char *rest)
{
	OWNED_BUFFER body = BUFFER(BODY_MAX);
	bool fine = store_answers(context);
	(void)rest;
	buffer_printf(&body,
	    "{\"status\":\"%s\",\"version\":\"%s\",\"store\":\"%s\",\"channels\":{",
	    fine ? "ok" : "failing", NHACVIEC_VERSION, fine ? "ok" : "failing");
	for (size_t i = 0; i < *context->channel_count; i++)
		buffer_printf(&body, "%s\"%s\":\"%s\"", i > 0 ? "," : "",
		    context->channels[i]->name, words[context->channels[i]->health]);
	buffer_add_text(&body, "}}\n");
	http_call_answer(call, fine ? 200 : 503, "application/json", buffer_text(&body), body.len);
}
