/*
 * Owns: one text, not five: which notices for one person share a text, and how that reads.
 * May use: base/, plan/, text/, store/operations.h, scheduler/compose.h.
 * Must not know: loop, store, moments.
 *
 * Pure. The same step of the same report for several units becomes the step's digest; what
 * else is owed to one person becomes one list (texts reminder-merged…). Texts share only when that
 * takes no more parts than the texts by themselves, and no more than are allowed.
 */
#ifndef SCHEDULER_MERGE_H
#define SCHEDULER_MERGE_H

#include "scheduler/compose.h"
#include "scheduler/recipients.h"

#define MERGE_TEXT "reminder-merged"
#define MERGE_ITEM "reminder-merged-item"
#define MERGE_ITEM_LAST_CALL "reminder-merged-item-last-call"
#define MERGE_ITEM_OVERDUE "reminder-merged-item-overdue"

/* A notice with its text as it would stand alone. */
struct merge_item {
	const struct store_pending_notice *notice;
	const struct plan_step *step;
	struct way way;
	struct compose_subject subject;
	struct store_new_message single; /* as composed */
};

struct merged {
	struct store_new_message message; /* as composed */
	const struct merge_item **items;  /* in the arena */
	size_t count;
};

/* All items go to one number over one channel. Writes at most `count` texts to `out`, in the order
 * of their first items; returns how many. */
size_t merge_texts(struct arena *arena, const struct compose_policy *policy,
    const struct merge_item *items, size_t count, struct merged *out);

#endif
