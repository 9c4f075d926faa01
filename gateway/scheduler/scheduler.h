/*
 * Owns: due steps become notices and messages; obligations are rolled forward daily.
 * May use: base/, loop/, store/, plan/, text/, document/plan_cache.h.
 * Must not know: wire formats, channels.
 *
 * Reminders are computed, not piled up: at an obligation's wake-up plan/ladder.h says what happens
 * then and when to look next. Loop thread only.
 */
#ifndef SCHEDULER_SCHEDULER_H
#define SCHEDULER_SCHEDULER_H

#include "document/plan_cache.h"
#include "scheduler/compose.h"
#include "store/reader.h"

struct loop;
struct scheduler;

/* `queued` is called after messages were enqueued. */
struct scheduler *scheduler_new(struct loop *loop, struct store *store, struct reader *reader,
    struct plan_cache *plans, const struct compose_policy *policy, void (*queued)(void *arg),
    void *arg);
void scheduler_free(struct scheduler *scheduler);
void scheduler_set_policy(struct scheduler *scheduler, const struct compose_policy *policy);

/* Rolls obligations forward now (the daemon has just started), then looks at what is due. */
void scheduler_roll(struct scheduler *scheduler);

/* Something may be due now: a plan was started, a claim undone. Cheap. */
void scheduler_poke(struct scheduler *scheduler);

#endif
