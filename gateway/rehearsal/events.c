/*
 * Owns: the events of the network to come, as a binary heap; the witness's log.
 * May use: base/, base/civil.h, rehearsal/.
 * Must not know: what events do.
 */
#include "rehearsal/internal.h"

#include "base/civil.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool comes_before(const struct event *a, const struct event *b)
{
	return a->moment.ms != b->moment.ms ? a->moment.ms < b->moment.ms : a->order < b->order;
}

static void swap_events(struct network *network, size_t a, size_t b)
{
	struct event event = network->events[a];
	network->events[a] = network->events[b];
	network->events[b] = event;
}

static void push_event(struct network *network, const struct event *event)
{
	ARRAY_GROW(network->events, network->event_count, network->event_capacity);
	size_t i = network->event_count++;
	network->events[i] = *event;
	for (; i > 0 && comes_before(&network->events[i], &network->events[(i - 1) / 2]);
	     i = (i - 1) / 2)
		swap_events(network, i, (i - 1) / 2);
}

static struct event pop_event(struct network *network)
{
	struct event first = network->events[0];
	network->events[0] = network->events[--network->event_count];
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++)
			if (child < network->event_count &&
			    comes_before(&network->events[child], &network->events[least]))
				least = child;
		if (least == i)
			return first;
		swap_events(network, i, least);
		i = least;
	}
}

void network_plan(struct network *network, int64_t after_ms, bool latency, event_run_fn *run,
    event_drop_fn *drop, void *arg)
{
	push_event(network, &(struct event){.moment = wall_add(network->now, after_ms),
				.order = network->order++,
				.latency = latency,
				.run = run,
				.drop = drop,
				.arg = arg});
}

void network_plan_at(
    struct network *network, struct wall moment, event_run_fn *run, event_drop_fn *drop, void *arg)
{
	push_event(network,
	    &(struct event){
		.moment = moment, .order = network->order++, .run = run, .drop = drop, .arg = arg});
}

void network_run_due(struct network *network)
{
	while (network->event_count > 0 && !wall_before(network->now, network->events[0].moment)) {
		struct event event = pop_event(network);
		network->last_event_real_ms = mono_of_machine().ms;
		event.run(network, event.arg);
	}
}

/* ── the log ─────────────────────────────────────────────────────────────────────────────────── */

void network_log(struct network *network, const char *event, const char *format, ...)
{
	char pairs[3600];
	va_list args;
	va_start(args, format);
	vsnprintf(pairs, sizeof pairs, format, args);
	va_end(args);
	if (network->log < 0)
		return;
	struct civil t = civil_of_wall(network->now, network->zone_minutes);
	OWNED_BUFFER line = BUFFER(4096);
	buffer_printf(&line, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%+03d:%02d %s %s\n", t.year,
	    t.month, t.day, t.hour, t.minute, t.second, (int)(network->now.ms % 1000),
	    network->zone_minutes / 60, abs(network->zone_minutes % 60), event, pairs);
	if (write(network->log, line.data, line.len) < 0)
		network->quit = true; /* a witness that cannot write is none */
}

const char *network_encode(const char *text)
{
	static char buffers[4][3000];
	static int turn;
	char *out = buffers[turn = (turn + 1) % 4];
	size_t n = 0;
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0' && n + 4 < 3000;
	     c++) {
		if (*c <= ' ' || *c == '%' || *c == 0x7F)
			n += (size_t)snprintf(out + n, 4, "%%%02X", *c);
		else
			out[n++] = (char)*c;
	}
	out[n] = '\0';
	return out;
}

void network_decode(char *text)
{
	char *out = text;
	for (; *text != '\0'; text++) {
		unsigned value;
		if (*text == '%' && sscanf(text + 1, "%2x", &value) == 1 && text[1] != '\0' &&
		    text[2] != '\0' && value != 0) {
			*out++ = (char)value;
			text += 2;
		} else {
			*out++ = *text;
		}
	}
	*out = '\0';
}
