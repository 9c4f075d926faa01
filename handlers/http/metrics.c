/*
 * Owns: /metrics: counts for Prometheus (text format 0.0.4). No personal data.
 * May use: base/, loop/loop.h, store/reader.h, channel/channel.h.
 * Must not know: how channels work.
 */
#include "http/http.h"

#include "base/buffer.h"
#include "loop/loop.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BODY_MAX 65536

static void head(struct buffer *out, const char *name, const char *kind, const char *help)
{
	buffer_printf(
	    out, "# HELP nhacviec_%s %s\n# TYPE nhacviec_%s %s\n", name, help, name, kind);
}

static long resident_bytes(void)
{
	char text[128] = "";
	long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file == NULL)
		return 0;
	if (fgets(text, sizeof text, file) != NULL) {
		const char *second = strchr(text, ' ');
		pages = second != NULL ? strtol(second, NULL, 10) : 0;
	}
	fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

static void add_totals(struct buffer *out, const struct reader_totals *totals)
{
	head(out, "messages", "gauge", "Messages by state.");
	for (int i = 0; i < MESSAGE_STATE_COUNT; i++)
		buffer_printf(out, "nhacviec_messages{state=\"%s\"} %d\n",
		    message_state_name((enum message_state)i), totals->messages[i]);
	head(out, "parts_sent", "counter", "Parts that left, or may have.");
	buffer_printf(out, "nhacviec_parts_sent %d\n", totals->parts_sent);
	head(out, "parts_resent", "counter", "Parts that left again because the answer was lost.");
	buffer_printf(out, "nhacviec_parts_resent %d\n", totals->parts_resent);
	head(out, "inbound", "counter", "Texts that came in.");
	buffer_printf(out, "nhacviec_inbound %d\n", totals->inbound);
	head(out, "tasks_open", "gauge", "Tasks that wait for somebody.");
	buffer_printf(out, "nhacviec_tasks_open %d\n", totals->tasks_open);
}

static void add_channels(struct buffer *out, const struct http_context *context)
{
	head(out, "channel_ready", "gauge", "1 when the channel can send.");
	for (size_t i = 0; i < *context->channel_count; i++)
		buffer_printf(out, "nhacviec_channel_ready{channel=\"%s\",kind=\"%s\"} %d\n",
		    context->channels[i]->name, context->channels[i]->ops->kind,
		    context->channels[i]->health == CHANNEL_READY);
}

void http_metrics(struct http_call *call, const struct http_context *context, const char *rest)
{
	OWNED_BUFFER body = BUFFER(BODY_MAX);
	struct reader_totals totals;
	struct failure failure;
	struct arena *arena = arena_new();
	(void)rest;
	bool fine = reader_totals(context->reader, arena, &totals, &failure) == RESULT_OK;
	if (fine)
		add_totals(&body, &totals);
	add_channels(&body, context);
	head(&body, "store_up", "gauge", "1 when the store answers.");
	buffer_printf(&body, "nhacviec_store_up %d\n", fine);
	head(&body, "uptime_seconds", "gauge", "Since this process began.");
	buffer_printf(&body, "nhacviec_uptime_seconds %" PRId64 "\n",
	    (loop_now(context->loop).ms - context->started.ms) / SECOND_MS);
	head(&body, "resident_bytes", "gauge", "Memory of this process.");
	buffer_printf(&body, "nhacviec_resident_bytes %ld\n", resident_bytes());
	arena_free(arena);
	http_call_answer(
	    call, 200, "text/plain; version=0.0.4; charset=utf-8", buffer_text(&body), body.len);
}
