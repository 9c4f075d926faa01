/*
 * Owns: what is pending at a moment becomes messages: which notices go now, to whom, in which
 * texts. May use: base/, plan/, text/, store/operations.h. Must not know: loop, store: a pure
 * function of what the store gave; the simulation asks it too.
 */
#ifndef SCHEDULER_GATHER_H
#define SCHEDULER_GATHER_H

#include "scheduler/compose.h"

/* Puts the pending notices into messages. A notice whose moment lies later in the present send
 * window goes along with one that is due, unless that is of the same obligation.
 *
 * `plans` are parallel to the obligations of `pending`; NULL: its plan cannot be read, its notices
 * wait an hour. Everything due is bound, put off or ended. The result lives in `arena`; it borrows
 * from `pending` and `plans`. Reasons of ended notices: obligation-closed, not-after, step-gone,
 * superseded, text-too-long, no-recipient; the last two open tasks, text-too-long and unreachable.
 * Reasons of bound ones: merged, reporter-unreachable, deputy-unreachable. */
void gather_messages(struct arena *arena, const struct compose_policy *policy,
    const struct store_pending_notices_output *pending, const struct plan *const *plans,
    struct wall now, struct store_bind_notices_input *out);

#endif
