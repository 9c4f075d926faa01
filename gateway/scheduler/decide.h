/*
 * Owns: what one obligation's wake-up comes to: who is owed which step and when, or why nobody is.
 * May use: base/, plan/, store/operations.h.
 * Must not know: loop, store, texts: a pure function of what the store gave; the simulation asks it
 * too.
 */
#ifndef SCHEDULER_DECIDE_H
#define SCHEDULER_DECIDE_H

#include "scheduler/compose.h"

/* Decides for `obligation` at `now`: what falls before the end of the send window that `now` is in.
 * The result and its strings live in `arena`. Reasons of skipped steps: those of plan/ladder.h, and
 * no-recipient, same-number (somebody else with that number gets it), promised
 * (scheduler/promise.h). */
void decide_obligation(struct arena *arena, const struct compose_policy *policy,
    const struct plan *plan, const struct store_due_obligation *obligation, struct wall now,
    struct store_decided *out);

/* The ladder it is reminded by; NULL: the plan has no such report or event any more. */
const struct plan_ladder *decide_ladder(
    const struct plan *plan, const struct store_due_obligation *obligation);

#endif
