/*
 * Owns: what a ladder says at a moment: which steps are due, which are skipped and why, when to
 * look again. The scheduler and the simulation ask the same function.
 * May use: base/, plan/.
 * Must not know: the store, people, the clock (`now` is a value).
 *
 * Rules (design: "Time"):
 * - A step's nominal moment is its offset from the named date at its time of day. A repeated step
 *   has one for each occurrence; those of a step before the deadline end with it.
 *   Hours count from the last useful moment back and from the deadline on; of an event, from its
 *   beginning, and no reminder is moved past what it reminds of.
 * - Outside the allowed moments it moves to the next allowed one; a step before the deadline that
 *   would so move past the deadline's last useful moment moves back instead, to the previous
 *   allowed moment.
 * - A step whose moment is not later than that of a step before it for the same post makes the
 *   earlier one superseded (only the later is sent).
 * - Steps with a moment before the plan's start are skipped, "before-start", those after the
 *   report's closing day "closed".
 * - Late (now past the moment: an outage, or now not allowed): of the missed steps for a post only
 *   the latest is sent, at the next allowed moment; the others are skipped, "superseded". A last
 *   call is not superseded, by moving or by a later missed step: it goes at the next allowed moment
 *   before the deadline, and when there is none it is skipped as "too-late": the overdue step takes
 *   over. The same holds for every step before the deadline when the deadline has passed.
 * - A look settles what falls before the end of the send window that it happens in, and the next
 *   look is due when the window begins that the next step falls into: so at the start of a window
 *   everything of that window is known, and can share messages.
 *
 * "The same post" is the same target: post of the unit, post of its parent unit, or group.
 */
#ifndef PLAN_LADDER_H
#define PLAN_LADDER_H

#include "plan/model.h"

enum plan_action { PLAN_SEND, PLAN_SKIP };

struct plan_decision {
	size_t step;
	int occurrence; /* of a repeated step, from 0 */
	enum plan_action action;
	const char *reason; /* PLAN_SKIP: "before-start", "superseded", "too-late"; PLAN_SEND: NULL,
			       or why it moved: "moved-later", "moved-earlier", "catch-up" */
	struct wall moment; /* the step's moment after all moves; may lie later in this window */
	struct wall nominal; /* before them */
};

struct plan_subject {
	struct day named;         /* the deadline's named day, or the event's start */
	struct wall deadline;     /* WALL_NEVER for events */
	struct wall begins, ends; /* of an event, the latter exclusive; 0 for reports */
	struct wall closing;      /* from then on a report counts no more; 0 or WALL_NEVER: none */
	/* When the plan was started (a resumed plan keeps its first start). For a later deadline
	 * version, when that was decided: its steps of before then are nobody's outage. */
	struct wall started;
	/* done[i]: a bit for each occurrence of step i that has been sent or skipped already, the
	 * lowest for the first (count = ladder's step_count); NULL: none */
	const uint64_t *done;
};

#define PLAN_STEPS_MAX 32
#define PLAN_TIMES_MAX 30 /* of a repeated step */
#define PLAN_MOMENTS_MAX (PLAN_STEPS_MAX * PLAN_TIMES_MAX)

struct plan_verdict {
	struct plan_decision decisions[PLAN_MOMENTS_MAX]; /* what to do now */
	size_t count;
	struct wall wake; /* when to ask again; WALL_NEVER: the ladder has ended */
};

/* Sets when a time of `event` that starts on `start` begins and ends. */
void ladder_set_event(struct plan_subject *subject, const struct plan_event *event,
    struct day start, const struct plan_calendar *calendar);

void ladder_decide(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct wall now, struct plan_verdict *out);

/* All moments of a ladder as they would come without outages, for checks: one decision a step, of
 * a repeated one the first occurrence, in the order of the steps; `done` is not looked at, `wake`
 * is WALL_NEVER. */
void ladder_preview(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct plan_verdict *out);

#endif
