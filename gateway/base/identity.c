/*
 * Owns: making ids.
 * May use: base/clock.
 * Must not know: what they identify.
 */
#include "base/identity.h"

#define EPOCH_MS INT64_C(1577836800000) /* 2020-01-01 00:00 UTC */
#define NODE_BITS 10
#define COUNTER_BITS 12
#define TICK_SHIFT (NODE_BITS + COUNTER_BITS)

void identity_init(struct identity *identity, unsigned node, int64_t last)
{
	*identity = (struct identity){.last = last, .node = node & ((1u << NODE_BITS) - 1)};
}

static int64_t compose(const struct identity *identity, int64_t tick, int64_t counter)
{
	return (tick << TICK_SHIFT) | ((int64_t)identity->node << COUNTER_BITS) | counter;
}

int64_t identity_next(struct identity *identity, struct wall now)
{
	int64_t tick = now.ms > EPOCH_MS ? now.ms - EPOCH_MS : 0;
	int64_t last_tick = identity->last >> TICK_SHIFT;
	int64_t counter = 0;
	if (tick <= last_tick) {
		tick = last_tick;
		counter = (identity->last & ((1 << COUNTER_BITS) - 1)) + 1;
		/* The last one may be another node's, of a higher number. */
		if (counter >> COUNTER_BITS || compose(identity, tick, counter) <= identity->last) {
			tick++;
			counter = 0;
		}
	}
	identity->last = compose(identity, tick, counter);
	return identity->last;
}
