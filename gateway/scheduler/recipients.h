/*
 * Owns: to whom a step speaks, who stands in, and which way to go after a failure.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, moments, loop, store.
 *
 * Pure. A post that nobody holds who can be reached falls to the next: reporter, deputy, leader,
 * each time with the reason. A group has no stand-ins.
 */
#ifndef SCHEDULER_RECIPIENTS_H
#define SCHEDULER_RECIPIENTS_H

#include "plan/model.h"
#include "scheduler/ways.h"
#include "store/operations.h"

struct recipients {
	const struct store_contact **items; /* in the arena; each person once, all of them can be
					       reached */
	size_t count;
	const char *reason; /* "reporter-unreachable" or "deputy-unreachable": somebody stands in;
			       NULL: those who are meant */
};

/* None when nobody can be reached. */
struct recipients recipients_of_step(struct arena *arena, const struct plan_step *step,
    const struct store_due_obligation *obligation);

/* The groups that steps of `ladder` speak to, as the store looks them up; returns how many. */
size_t recipients_groups(
    struct arena *arena, const struct plan_ladder *ladder, const struct store_group **out);

/* One way a notice can go: over a channel to a person. */
struct way {
	int index;
	const struct store_contact *contact;
	struct store_address to; /* channel NULL: any that reaches the kind */
	const char *reason;      /* why it is not who was meant; NULL */
};

/* A notice that is looked for a way. */
struct way_question {
	const struct way_table *table;
	const struct plan_step *step;
	const struct store_due_obligation *obligation;
	const struct store_contact *meant; /* who is owed it */
	bool last_call;
};
/* The first way from `first` on: ways are the slots of who is meant one by one (scheduler/ways.h),
 * then those who stand in, by post and code, each over their own. Numbers that are known to be
 * wrong and accounts that are not linked are passed over, and no number comes twice. False when no
 * way is left. */
bool recipients_find_way(
    struct arena *arena, const struct way_question *question, int first, struct way *out);

#endif
