/*
 * Owns: the rules of ladder.h: where each step's moment falls, and which of the due steps is sent.
 * May use: base/, plan/.
 * Must not know: the store, people, the clock (`now` is a value).
 *
 * A step is settled (sent or skipped) at the first look at or after its moment that is an allowed
 * moment, or earlier when it can no longer be sent. Each look settles at most one step per post by
 * sending it.
 */
#include "plan/ladder.h"

#include <string.h>

/* A send this much after its moment is a catch-up: a timer is late by milliseconds, an outage is
 * not. */
#define CATCH_UP_MS (10 * MINUTE_MS)

/* Where one step falls. */
struct placed {
	struct wall nominal, moment;
	const char *moved;    /* NULL, "moved-later", "moved-earlier" */
	bool before_deadline; /* of no use once the deadline has passed */
	bool before_start;
	bool last_call;
	bool settled; /* already, or by a decision of this look */
};

struct ladder_look {
	const struct plan_ladder *ladder;
	const struct plan_subject *subject;
	const struct plan_calendar *calendar;
	struct plan_verdict *verdict;
	struct placed placed[PLAN_STEPS_MAX];
	size_t count;
};

static struct wall nominal_moment(const struct plan_step *step, const struct plan_subject *subject,
    const struct plan_calendar *calendar)
{
	struct day day = subject->named;
	int minute = step->at;
	switch (step->offset_unit) {
	case OFFSET_DAYS:
		day = day_add(day, step->offset);
		break;
	case OFFSET_WORKING_DAYS:
		day = calendar_add_working_days(calendar, day, step->offset);
		if (day.number == DAY_NONE.number)
			return WALL_NEVER;
		break;
	case OFFSET_HOURS:
		minute = step->offset * 60;
		break;
	}
	return calendar_moment(calendar, day, minute);
}

static struct placed place_step(const struct plan_step *step, const struct plan_subject *subject,
    const struct plan_calendar *calendar)
{
	struct placed placed = {.nominal = nominal_moment(step, subject, calendar)};
	bool has_deadline = subject->deadline.ms != WALL_NEVER.ms;
	placed.before_deadline = has_deadline && wall_before(placed.nominal, subject->deadline);
	placed.last_call = step->last_call && placed.before_deadline;
	placed.moment = calendar_next_allowed(calendar, placed.nominal);
	if (placed.moment.ms != placed.nominal.ms)
		placed.moved = "moved-later";
	if (placed.moved != NULL && placed.before_deadline &&
	    wall_before(calendar_last_useful(calendar, subject->deadline), placed.moment)) {
		placed.moment = calendar_previous_allowed(calendar, placed.nominal);
		placed.moved = "moved-earlier";
	}
	placed.before_start = wall_before(placed.moment, subject->started);
	return placed;
}

static void look_begin(struct ladder_look *look, const struct plan_ladder *ladder,
    const struct plan_subject *subject, const struct plan_calendar *calendar,
    struct plan_verdict *verdict)
{
	memset(look, 0, sizeof *look);
	memset(verdict, 0, sizeof *verdict);
	verdict->wake = WALL_NEVER;
	look->ladder = ladder;
	look->subject = subject;
	look->calendar = calendar;
	look->verdict = verdict;
	look->count = ladder->step_count < PLAN_STEPS_MAX ? ladder->step_count : PLAN_STEPS_MAX;
	for (size_t i = 0; i < look->count; i++)
		look->placed[i] = place_step(&ladder->steps[i], subject, calendar);
}

static void settle(
    struct ladder_look *look, size_t step, enum plan_action action, const char *reason)
{
	struct placed *placed = &look->placed[step];
	placed->settled = true;
	look->verdict->decisions[look->verdict->count++] = (struct plan_decision){
	    .step = step,
	    .action = action,
	    .reason = reason,
	    .moment = placed->moment,
	    .nominal = placed->nominal,
	};
}

/* True when another step for the same post takes the place of this one by its moment: a later step
 * that is not later in time, or a last call that this one does not come after. */
static bool is_overtaken(const struct ladder_look *look, size_t step)
{
	const struct placed *mine = &look->placed[step];
	for (size_t i = 0; i < look->count; i++) {
		const struct placed *other = &look->placed[i];
		if (i == step || other->before_start || other->moment.ms == WALL_NEVER.ms ||
		    look->ladder->steps[i].to != look->ladder->steps[step].to)
			continue;
		bool i_am_later = step > i;
		bool in_order = i_am_later ? wall_before(other->moment, mine->moment)
					   : wall_before(mine->moment, other->moment);
		if (in_order)
			continue;
		if (mine->last_call != other->last_call ? other->last_call : !i_am_later)
			return true;
	}
	return false;
}

/* Skips what can never be sent, whatever the time is. */
static void settle_hopeless(struct ladder_look *look)
{
	for (size_t i = 0; i < look->count; i++) {
		if (look->placed[i].settled)
			continue;
		if (look->placed[i].before_start)
			settle(look, i, PLAN_SKIP, "before-start");
		else if (look->placed[i].moment.ms == WALL_NEVER.ms)
			settle(look, i, PLAN_SKIP, "too-late");
	}
}

static bool is_due(const struct placed *placed, struct wall now)
{
	return !placed->settled && !wall_before(now, placed->moment);
}

/* Skips the due steps whose next allowed moment lies past the deadline. */
static void settle_too_late(struct ladder_look *look, struct wall now, struct wall next)
{
	for (size_t i = 0; i < look->count; i++) {
		struct placed *placed = &look->placed[i];
		if (is_due(placed, now) &&
		    (next.ms == WALL_NEVER.ms ||
			(placed->before_deadline && !wall_before(next, look->subject->deadline))))
			settle(look, i, PLAN_SKIP, "too-late");
	}
}

/* The due step that is sent for a post: the last call if there is one, else the latest. COUNT when
 * none is due. */
static size_t choose_due(const struct ladder_look *look, enum plan_post post, struct wall now)
{
	size_t chosen = look->count;
	for (size_t i = 0; i < look->count; i++) {
		if (look->ladder->steps[i].to != post || !is_due(&look->placed[i], now) ||
		    is_overtaken(look, i))
			continue;
		if (chosen == look->count || !look->placed[chosen].last_call ||
		    look->placed[i].last_call)
			chosen = i;
	}
	return chosen;
}

static void settle_due_of_post(
    struct ladder_look *look, enum plan_post post, struct wall now, struct wall next)
{
	size_t chosen = choose_due(look, post, now);
	for (size_t i = 0; i < look->count; i++)
		if (i != chosen && look->ladder->steps[i].to == post &&
		    is_due(&look->placed[i], now))
			settle(look, i, PLAN_SKIP, "superseded");
	if (chosen == look->count || wall_before(now, next))
		return;
	struct placed *placed = &look->placed[chosen];
	bool late = now.ms - placed->moment.ms > CATCH_UP_MS;
	if (late)
		placed->moment = now;
	settle(look, chosen, PLAN_SEND, late ? "catch-up" : placed->moved);
}

void ladder_decide(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct wall now, struct plan_verdict *out)
{
	struct ladder_look look;
	look_begin(&look, ladder, subject, calendar, out);
	for (size_t i = 0; i < look.count; i++)
		look.placed[i].settled = subject->done != NULL && subject->done[i];
	struct wall next = calendar_next_allowed(calendar, now);
	settle_hopeless(&look);
	settle_too_late(&look, now, next);
	for (unsigned post = 0; post < POST_COUNT; post++)
		settle_due_of_post(&look, (enum plan_post)post, now, next);
	for (size_t i = 0; i < look.count; i++)
		if (!look.placed[i].settled)
			out->wake = wall_earlier(
			    out->wake, is_due(&look.placed[i], now) ? next : look.placed[i].moment);
}

void ladder_preview(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct plan_verdict *out)
{
	struct ladder_look look;
	look_begin(&look, ladder, subject, calendar, out);
	for (size_t i = 0; i < look.count; i++) {
		if (look.placed[i].before_start)
			settle(&look, i, PLAN_SKIP, "before-start");
		else if (look.placed[i].moment.ms == WALL_NEVER.ms)
			settle(&look, i, PLAN_SKIP, "too-late");
		else if (is_overtaken(&look, i))
			settle(&look, i, PLAN_SKIP, "superseded");
		else
			settle(&look, i, PLAN_SEND, look.placed[i].moved);
	}
}
