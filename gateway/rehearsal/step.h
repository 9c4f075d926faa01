/*
 * Owns: the rule by which the discrete clock moves.
 * May use: base/clock.h.
 * Must not know: sockets, modems. Pure.
 */
#ifndef REHEARSAL_STEP_H
#define REHEARSAL_STEP_H

#include "base/clock.h"

struct step_state {
	struct wall now;
	bool driver;    /* somebody drives, or time was told to pass */
	bool busy;      /* a client works, or the modems hold what nobody has fetched yet */
	bool waiting;   /* something of a client is in flight */
	bool no_answer; /* and no answer will come: a modem keeps silent, or nothing happens */
	struct wall wait_until;   /* the earliest timer of all clients while one waits */
	struct wall client_next;  /* the earliest timer of all clients */
	struct wall latency_next; /* the earliest event of the network's latency */
	struct wall event_next;   /* the earliest of all events of network and handsets */
};

/* The moment to move to (≥ now), or WALL_NEVER: stay. */
struct wall step_next(const struct step_state *state);

#endif
