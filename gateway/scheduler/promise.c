/*
 * Owns: what a promise does to the reminders.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, loop, store.
 */
#include "scheduler/promise.h"

const struct plan_step *promise_step(void)
{
	static const struct plan_step step = {
	    .code = PROMISE_STEP, .to = POST_REPORTER, .overdue = true};
	return &step;
}

static bool is_promised(const struct store_due_obligation *obligation)
{
	return obligation->promised_day.number > 0;
}

static struct wall first_allowed_after(
    const struct plan_calendar *calendar, const struct store_due_obligation *obligation)
{
	return calendar_next_allowed(
	    calendar, calendar_moment(calendar, day_add(obligation->promised_day, 1), 0));
}

struct wall promise_nudge_at(
    const struct plan_calendar *calendar, const struct store_due_obligation *obligation)
{
	if (!is_promised(obligation) || obligation->promise_nudged)
		return WALL_NEVER;
	return first_allowed_after(calendar, obligation);
}

static bool is_same_day(const struct plan_calendar *calendar, struct wall a, struct wall b)
{
	return b.ms != WALL_NEVER.ms &&
	       calendar_day(calendar, a).number == calendar_day(calendar, b).number;
}

bool promise_silences(const struct plan_calendar *calendar,
    const struct store_due_obligation *obligation, const struct plan_step *step, struct wall moment)
{
	if (!is_promised(obligation))
		return false;
	if (calendar_day(calendar, moment).number <= obligation->promised_day.number)
		return true;
	return step->to == POST_REPORTER && step->group == NULL && !step->last_call &&
	       is_same_day(calendar, moment, first_allowed_after(calendar, obligation));
}

bool promise_meets_last_call(const struct plan_ladder *ladder, const struct plan_subject *subject,
    const struct plan_calendar *calendar, struct wall nudge_at)
{
	struct plan_verdict verdict;
	ladder_preview(ladder, subject, calendar, &verdict);
	for (size_t i = 0; i < verdict.count; i++) {
		const struct plan_decision *decision = &verdict.decisions[i];
		const struct plan_step *step = &ladder->steps[decision->step];
		if (step->last_call && step->to == POST_REPORTER && decision->action == PLAN_SEND &&
		    is_same_day(calendar, decision->moment, nudge_at))
			return true;
	}
	return false;
}
