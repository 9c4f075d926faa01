/*
 * Owns: 64-bit, time-ordered ids made by this node: no sequences, no collisions between nodes.
 * May use: base/clock.
 * Must not know: what they identify.
 *
 * 41 bits of milliseconds since 2020-01-01 UTC, 10 bits of node number, 12 bits of counter; always
 * positive. When more than 4,096 are wanted in a millisecond, or the clock went back, ids run ahead
 * of the clock rather than repeat.
 */
#ifndef BASE_IDENTITY_H
#define BASE_IDENTITY_H

#include "base/clock.h"

#include <stdint.h>

struct identity {
	int64_t last;
	unsigned node; /* 0…1023 */
};

/* `last` is the largest id that exists (0 for none): the next one is larger. */
void identity_init(struct identity *identity, unsigned node, int64_t last);
int64_t identity_next(struct identity *identity, struct wall now);

#endif
