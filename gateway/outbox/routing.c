/*
 * Owns: how the outbox's channels stand for the choice between them; taking back what was chosen.
 * May use: base/, loop/, store/, channel/, outbox/.
 * Must not know: wire formats, obligations.
 */
#include "outbox/internal.h"

#include "base/log.h"
#include "outbox/route.h"

#include <string.h>

/* A modem that is starting is waited for; one that is down or halted is not. */
static bool is_healthy(const struct channel *channel)
{
	return channel->health == CHANNEL_READY || channel->health == CHANNEL_CONNECTING;
}

/* A channel that is being probed, or was told to wait, gets texts that have not been tried yet: one
 * that came back from it would else be the probe each time. */
static bool takes_this(const struct channel *channel, const struct store_route_facts *facts)
{
	return is_healthy(channel) &&
	       (facts->attempts == 0 || channel->at_once >= channel->at_once_max);
}

static int in_flight(const struct outbox *outbox, const struct channel *channel)
{
	int count = 0;
	for (size_t i = 0; i < outbox->lane_count; i++)
		count += outbox->lanes[i]->channel == channel &&
			 (outbox->lanes[i]->state == LANE_SENDS ||
			     outbox->lanes[i]->state == LANE_RECORDS);
	return count;
}

const char *outbox_route(const struct store_route_facts *facts, void *arg)
{
	const struct outbox *outbox = arg;
	struct route_channel channels[OUTBOX_CHANNELS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < outbox->way_count && count < OUTBOX_CHANNELS_MAX; i++) {
		const struct outbox_way *way = &outbox->ways[i];
		channels[count++] = (struct route_channel){
		    .name = way->channel->name,
		    .address_kind = way->channel->address_kind,
		    .healthy = takes_this(way->channel, facts),
		    .price = way->terms.price,
		    .prefers = way->terms.prefers,
		    .prefers_count = way->terms.prefers_count,
		    .in_flight = in_flight(outbox, way->channel),
		    .at_once = way->channel->at_once_max,
		};
	}
	return route_choose(&outbox->policy.routes, channels, count, facts->address_kind,
	    facts->address, facts->began_on != NULL ? facts->began_on : facts->last_channel);
}

/* ── a channel that is down ──────────────────────────────────────────────────────────────────── */

struct rerouting {
	struct outbox *outbox;
	struct arena *arena;
	struct store_reroute_input input;
	struct store_reroute_output output;
};

static const char *name_of(const struct rerouting *rerouting)
{
	return rerouting->input.channel != NULL ? rerouting->input.channel : "all";
}

static void rerouted(enum result result, const struct failure *failure, void *arg)
{
	struct rerouting *rerouting = arg;
	struct outbox *outbox = rerouting->outbox;
	if (result != RESULT_OK)
		log_event(LOG_ERROR, "outbox.reroute-failed", "channel=%s why=%s",
		    name_of(rerouting), log_quote(failure->text).text);
	else if (rerouting->output.freed > 0)
		log_event(LOG_INFO, "outbox.rerouted", "channel=%s messages=%d", name_of(rerouting),
		    rerouting->output.freed);
	bool more = result == RESULT_OK && rerouting->output.freed > 0;
	arena_free(rerouting->arena);
	if (more)
		outbox_poke(outbox);
}

static void take_back(struct outbox *outbox, const char *channel)
{
	struct arena *arena = arena_new();
	struct rerouting *rerouting = arena_alloc(arena, sizeof *rerouting);
	*rerouting = (struct rerouting){
	    .outbox = outbox,
	    .arena = arena,
	    .input = {.now = loop_now(outbox->loop), .channel = arena_copy(arena, channel)},
	};
	store_submit(outbox->store, &(struct store_request){STORE_REROUTE, &rerouting->input,
					&rerouting->output, arena, rerouted, rerouting});
}

void outbox_take_back(struct outbox *outbox, const struct channel *channel)
{
	if (!is_healthy(channel) && !outbox->draining && outbox->way_count > 1)
		take_back(outbox, channel->name);
}

void outbox_take_all_back(struct outbox *outbox)
{
	take_back(outbox, NULL);
}
