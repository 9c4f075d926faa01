/*
 * Owns: the rules of ladder.h: where each step's moment falls, and which of the due steps is sent.
 * May use: base/, plan/.
 * Must not know: the store, people, the clock (`now` is a value).
 *
 * An occurrence of a step is settled (sent or skipped) at the first look in the window of its
 * moment, at the first allowed one after that, or earlier when it can no longer be sent. Of what a
 * look finds missed it sends at most one per target.
 */
#include "plan/ladder.h"

#include <string.h>

/* A send this much after its moment is a catch-up: a timer is late by milliseconds, an outage is
 * not. */
#define CATCH_UP_MS (10 * MINUTE_MS)

/* Where one occurrence of a step falls. */
struct placed {
	size_t step;
	int occurrence;
	struct wall nominal, moment;
	const char *moved; /* NULL, "moved-later", "moved-earlier" */
	struct wall limit; /* of no use from then on; WALL_NEVER: of use always */
	const char *never; /* why it can not be sent, whatever the time is; NULL: it can */
	bool last_call;
	bool settled; /* already, or by a decision of this look */
};

struct ladder_look {
	const struct plan_ladder *ladder;
	const struct plan_subject *subject;
	const struct plan_calendar *calendar;
	struct plan_verdict *verdict;
	struct placed placed[PLAN_MOMENTS_MAX];
	size_t count;
};

/* ── where steps fall ────────────────────────────────────────────────────────────────────────── */

/* What hours count from. */
static struct wall zero_hour(const struct plan_step *step, const struct plan_subject *subject,
    const struct plan_calendar *calendar)
{
	if (subject->deadline.ms != WALL_NEVER.ms)
		return step->offset < 0 ? calendar_last_useful(calendar, subject->deadline)
					: subject->deadline;
	return subject->begins.ms != 0 ? subject->begins
				       : calendar_moment(calendar, subject->named, 0);
}

static struct wall first_nominal(const struct plan_step *step, const struct plan_subject *subject,
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
		return wall_add(zero_hour(step, subject, calendar), step->offset * HOUR_MS);
	}
	return calendar_moment(calendar, day, minute);
}

static struct wall nominal_moment(const struct plan_step *step, int occurrence,
    const struct plan_subject *subject, const struct plan_calendar *calendar)
{
	struct wall first = first_nominal(step, subject, calendar);
	if (occurrence == 0 || first.ms == WALL_NEVER.ms)
		return first;
	struct civil civil = calendar_civil(calendar, first);
	struct day day = calendar_day(calendar, first);
	int shift = occurrence * step->every;
	day = step->every_unit == OFFSET_WORKING_DAYS
		  ? calendar_add_working_days(calendar, day, shift)
		  : day_add(day, shift);
	if (day.number == DAY_NONE.number ||
	    (wall_before(first, subject->deadline) &&
		!wall_before(calendar_moment(calendar, day, 0), subject->deadline)))
		return WALL_NEVER;
	return calendar_moment(calendar, day, civil.hour * 60 + civil.minute);
}

/* A reminder of what is to come is not moved past its beginning, one of what goes on not past its
 * end. */
static struct wall limit_of_event(const struct plan_subject *subject, struct wall nominal)
{
	if (wall_before(nominal, subject->begins))
		return subject->begins;
	return wall_before(nominal, subject->ends) ? subject->ends : WALL_NEVER;
}

static struct placed place(const struct ladder_look *look, size_t step, int occurrence)
{
	const struct plan_subject *subject = look->subject;
	const struct plan_calendar *calendar = look->calendar;
	const struct plan_step *drawn = &look->ladder->steps[step];
	struct placed placed = {
	    .step = step,
	    .occurrence = occurrence,
	    .nominal = nominal_moment(drawn, occurrence, subject, calendar),
	};
	bool before_deadline =
	    subject->deadline.ms != WALL_NEVER.ms && wall_before(placed.nominal, subject->deadline);
	/* More time than that was granted: then it is not closed. */
	struct wall closing =
	    wall_before(subject->deadline, subject->closing) ? subject->closing : WALL_NEVER;
	bool has_deadline = subject->deadline.ms != WALL_NEVER.ms;
	placed.limit = before_deadline ? subject->deadline
		       : has_deadline  ? closing
				       : limit_of_event(subject, placed.nominal);
	placed.last_call = drawn->last_call && before_deadline;
	placed.moment = calendar_next_allowed(calendar, placed.nominal);
	if (placed.moment.ms != placed.nominal.ms)
		placed.moved = "moved-later";
	struct wall latest = before_deadline ? calendar_last_useful(calendar, subject->deadline)
			     : has_deadline  ? WALL_NEVER
					     : wall_add(placed.limit, -1);
	if (placed.moved != NULL && wall_before(latest, placed.moment)) {
		placed.moment = calendar_previous_allowed(calendar, placed.nominal);
		placed.moved = "moved-earlier";
	}
	if (wall_before(placed.moment, subject->started))
		placed.never = "before-start";
	else if (placed.moment.ms == WALL_NEVER.ms)
		placed.never = "too-late";
	else if (has_deadline && !before_deadline && !wall_before(placed.moment, closing))
		placed.never = "closed";
	return placed;
}

/* Keeps the order of the steps; a repetition goes behind whatever comes before it in time, so that
 * of the two that fall together the step that comes once is told. */
static void insert(struct ladder_look *look, const struct placed *placed)
{
	size_t at = look->count++;
	while (placed->occurrence > 0 && at > 0 &&
	       !wall_before(look->placed[at - 1].nominal, placed->nominal)) {
		look->placed[at] = look->placed[at - 1];
		at--;
	}
	look->placed[at] = *placed;
}

static int times_of(const struct plan_step *step)
{
	if (step->times <= 1)
		return 1;
	return step->times < PLAN_TIMES_MAX ? step->times : PLAN_TIMES_MAX;
}

static void look_begin(struct ladder_look *look, const struct plan_ladder *ladder,
    const struct plan_subject *subject, const struct plan_calendar *calendar,
    struct plan_verdict *verdict)
{
	verdict->count = 0;
	verdict->wake = WALL_NEVER;
	look->ladder = ladder;
	look->subject = subject;
	look->calendar = calendar;
	look->verdict = verdict;
	look->count = 0;
	size_t steps = ladder->step_count < PLAN_STEPS_MAX ? ladder->step_count : PLAN_STEPS_MAX;
	for (size_t i = 0; i < steps; i++) {
		const struct placed placed = place(look, i, 0);
		insert(look, &placed);
	}
}

static void add_repetitions(struct ladder_look *look)
{
	size_t steps = look->count;
	for (size_t i = 0; i < steps; i++)
		for (int occurrence = 1; occurrence < times_of(&look->ladder->steps[i]);
		     occurrence++) {
			const struct placed placed = place(look, i, occurrence);
			insert(look, &placed);
		}
}

static bool is_same_target(const struct ladder_look *look, size_t a, size_t b)
{
	const struct plan_step *one = &look->ladder->steps[look->placed[a].step];
	const struct plan_step *other = &look->ladder->steps[look->placed[b].step];
	if (one->group != NULL || other->group != NULL)
		return one->group == other->group;
	return one->to == other->to && one->to_parent == other->to_parent;
}

/* ── what becomes of them ────────────────────────────────────────────────────────────────────── */

static void settle(
    struct ladder_look *look, size_t index, enum plan_action action, const char *reason)
{
	struct placed *placed = &look->placed[index];
	placed->settled = true;
	look->verdict->decisions[look->verdict->count++] = (struct plan_decision){
	    .step = placed->step,
	    .occurrence = placed->occurrence,
	    .action = action,
	    .reason = reason,
	    .moment = placed->moment,
	    .nominal = placed->nominal,
	};
}

/* True when another step for the same target takes the place of this one by its moment: a later
 * step that is not later in time, or a last call that this one does not come after. */
static bool is_overtaken(const struct ladder_look *look, size_t index)
{
	const struct placed *mine = &look->placed[index];
	for (size_t i = 0; i < look->count; i++) {
		const struct placed *other = &look->placed[i];
		if (i == index || other->never != NULL || !is_same_target(look, i, index))
			continue;
		bool i_am_later = index > i;
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
		if (!look->placed[i].settled && look->placed[i].never != NULL)
			settle(look, i, PLAN_SKIP, look->placed[i].never);
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
		    (next.ms == WALL_NEVER.ms || !wall_before(next, placed->limit)))
			settle(look, i, PLAN_SKIP,
			    placed->limit.ms != WALL_NEVER.ms &&
				    placed->limit.ms == look->subject->closing.ms
				? "closed"
				: "too-late");
	}
}

/* The missed step that is sent for the target of `first`: the last call if there is one, else the
 * latest. COUNT when there is none. */
static size_t choose_due(const struct ladder_look *look, size_t first, struct wall now)
{
	size_t chosen = look->count;
	for (size_t i = 0; i < look->count; i++) {
		if (!is_same_target(look, i, first) || !is_due(&look->placed[i], now) ||
		    is_overtaken(look, i))
			continue;
		if (chosen == look->count || !look->placed[chosen].last_call ||
		    look->placed[i].last_call)
			chosen = i;
	}
	return chosen;
}

static void settle_due_of_target(
    struct ladder_look *look, size_t first, struct wall now, struct wall next)
{
	size_t chosen = choose_due(look, first, now);
	for (size_t i = 0; i < look->count; i++)
		if (i != chosen && is_same_target(look, i, first) && is_due(&look->placed[i], now))
			settle(look, i, PLAN_SKIP, "superseded");
	if (chosen == look->count || wall_before(now, next))
		return;
	struct placed *placed = &look->placed[chosen];
	bool late = now.ms - placed->moment.ms > CATCH_UP_MS;
	if (late)
		placed->moment = now;
	settle(look, chosen, PLAN_SEND, late ? "catch-up" : placed->moved);
}

static bool is_first_of_target(const struct ladder_look *look, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (is_same_target(look, i, index))
			return false;
	return true;
}

/* What falls into the rest of this window is sent at its moment. */
static void settle_coming(struct ladder_look *look, struct wall now)
{
	struct wall from, until;
	if (!calendar_window_of(look->calendar, now, &from, &until))
		return;
	for (size_t i = 0; i < look->count; i++) {
		if (look->placed[i].settled || !wall_before(look->placed[i].moment, until))
			continue;
		if (is_overtaken(look, i))
			settle(look, i, PLAN_SKIP, "superseded");
		else
			settle(look, i, PLAN_SEND, look->placed[i].moved);
	}
}

static struct wall next_look(const struct ladder_look *look, struct wall now, struct wall next)
{
	struct wall first = WALL_NEVER, from, until;
	for (size_t i = 0; i < look->count; i++)
		if (!look->placed[i].settled)
			first = wall_earlier(
			    first, is_due(&look->placed[i], now) ? next : look->placed[i].moment);
	/* Quiet hours may part a window: its beginning can lie behind. */
	return calendar_window_of(look->calendar, first, &from, &until) && wall_before(now, from)
		   ? from
		   : first;
}

void ladder_set_event(struct plan_subject *subject, const struct plan_event *event,
    struct day start, const struct plan_calendar *calendar)
{
	int days = event->end.number - event->start.number;
	subject->begins = calendar_moment(calendar, start, event->at > 0 ? event->at : 0);
	subject->ends = calendar_moment(calendar, day_add(start, days + 1), 0);
}

void ladder_decide(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct wall now, struct plan_verdict *out)
{
	struct ladder_look look;
	look_begin(&look, ladder, subject, calendar, out);
	add_repetitions(&look);
	for (size_t i = 0; i < look.count; i++)
		look.placed[i].settled =
		    subject->done != NULL &&
		    (subject->done[look.placed[i].step] >> look.placed[i].occurrence & 1) != 0;
	struct wall next = calendar_next_allowed(calendar, now);
	settle_hopeless(&look);
	settle_too_late(&look, now, next);
	for (size_t i = 0; i < look.count; i++)
		if (is_first_of_target(&look, i))
			settle_due_of_target(&look, i, now, next);
	settle_coming(&look, now);
	out->wake = next_look(&look, now, next);
}

void ladder_preview(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct plan_verdict *out)
{
	struct ladder_look look;
	look_begin(&look, ladder, subject, calendar, out);
	for (size_t i = 0; i < look.count; i++) {
		if (look.placed[i].never != NULL)
			settle(&look, i, PLAN_SKIP, look.placed[i].never);
		else if (is_overtaken(&look, i))
			settle(&look, i, PLAN_SKIP, "superseded");
		else
			settle(&look, i, PLAN_SEND, look.placed[i].moved);
	}
}
