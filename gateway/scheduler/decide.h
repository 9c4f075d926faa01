/*
 * Owns: what one obligation's wake-up comes to: who gets which text, or why nobody does.
 * May use: base/, plan/, text/, store/operations.h.
 * Must not know: loop, store: a pure function of what the store gave; the simulation asks it too.
 */
#ifndef SCHEDULER_DECIDE_H
#define SCHEDULER_DECIDE_H

#include "scheduler/compose.h"

/* Decides for `obligation` at `now`. `missing` is the whole list the store gave. The result and its
 * strings live in `arena`. Reasons of skipped steps: those of plan/ladder.h, and no-recipient,
 * text-too-long, same-number (somebody else with that number gets it), paper-in (not open any
 * more), promised (scheduler/promise.h). */
void decide_obligation(struct arena *arena, const struct compose_policy *policy,
    const struct plan *plan, const struct store_due_obligation *obligation,
    const struct store_missing *missing, size_t missing_count, struct wall now,
    struct store_decided *out);

#endif
