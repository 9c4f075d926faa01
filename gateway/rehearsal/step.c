/*
 * Owns: the rule by which the discrete clock moves.
 * May use: base/clock.h.
 * Must not know: sockets, modems.
 */
#include "rehearsal/step.h"

struct wall step_next(const struct step_state *state)
{
	struct wall next = WALL_NEVER;
	if (!state->driver || state->busy)
		return WALL_NEVER;
	if (state->waiting) {
		next = state->latency_next;
		if (state->no_answer)
			next = wall_earlier(next, state->wait_until);
	} else {
		next = wall_earlier(state->client_next, state->event_next);
	}
	return wall_before(next, state->now) ? state->now : next;
}
