/*
 * Owns: what a promise does to the reminders: silence until its day is over, then one nudge.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, loop, store.
 *
 * Pure. The nudge is a step of its own, on no ladder: PROMISE_STEP, its occurrence is the promise's
 * number. On the nudge's day the reporter hears nothing else, except that a last call of that day
 * is worth more and takes the nudge's place.
 */
#ifndef SCHEDULER_PROMISE_H
#define SCHEDULER_PROMISE_H

#include "plan/ladder.h"
#include "store/operations.h"

#define PROMISE_STEP "promise"
#define PROMISE_TEXT "reminder-promise"

/* The nudge as a step: to the reporter, after the deadline too. */
const struct plan_step *promise_step(void);

/* The first allowed moment after the promised day; WALL_NEVER when nothing is promised or the nudge
 * has been decided. */
struct wall promise_nudge_at(
    const struct plan_calendar *calendar, const struct store_due_obligation *obligation);

/* True when a step with this moment is not sent because of the promise. */
bool promise_silences(const struct plan_calendar *calendar,
    const struct store_due_obligation *obligation, const struct plan_step *step,
    struct wall moment);

/* True when the ladder has a last call for the reporter on the day of the nudge. */
bool promise_meets_last_call(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct wall nudge_at);

#endif
