/*
 * Owns: what one obligation's wake-up comes to: notices, sent-to-be or skipped.
 * May use: base/, plan/, text/, store/operations.h.
 * Must not know: loop, store.
 */
#include "scheduler/decide.h"

#include "plan/ladder.h"
#include "scheduler/promise.h"
#include "scheduler/recipients.h"

#include <string.h>

/* A reminder of what has passed is of no use for ever. */
#define LATE_USE_MS (3 * DAY_MS)

struct deciding {
	struct arena *arena;
	const struct compose_policy *policy;
	const struct plan *plan;
	const struct plan_ladder *ladder;
	struct plan_calendar calendar; /* the unit's */
	const struct store_due_obligation *obligation;
	struct store_decided_step *steps; /* heap while it grows */
	size_t count, capacity;
};

/* A step that is to be settled: one of the ladder, or a promise's nudge. */
struct sending {
	const struct plan_step *step;
	const struct plan_decision *decision;
};

static struct store_decided_step *add_step(struct deciding *deciding, const struct sending *sending)
{
	const struct plan_step *step = sending->step;
	const struct plan_decision *decision = sending->decision;
	ARRAY_GROW(deciding->steps, deciding->count, deciding->capacity);
	struct store_decided_step *out = &deciding->steps[deciding->count++];
	*out = (struct store_decided_step){
	    .step = arena_copy(deciding->arena, step->code), /* the plan may go on a reload */
	    .occurrence = decision->occurrence,
	    .moment = decision->moment,
	    .nominal = decision->nominal,
	    .reason = decision->reason,
	    .last_call = step->last_call,
	};
	return out;
}

/* After this moment the text has lost its point. */
static struct wall end_of_use(const struct deciding *deciding, const struct sending *sending)
{
	struct wall late = wall_add(sending->decision->moment, LATE_USE_MS);
	return sending->step->overdue ? late : wall_earlier(deciding->obligation->deadline, late);
}

static bool number_has_it(
    const struct recipients *recipients, size_t before, const struct store_contact *contact)
{
	for (size_t i = 0; i < before; i++)
		if (contact->phone[0] != '\0' &&
		    strcmp(recipients->items[i]->phone, contact->phone) == 0)
			return true;
	return false;
}

/* Who promised is who is asked, while they are there. */
static bool is_other_than_promiser(const struct deciding *deciding, const struct sending *sending,
    const struct recipients *recipients, const struct store_contact *one)
{
	int64_t promiser = deciding->obligation->promised_by_id;
	if (strcmp(sending->step->code, PROMISE_STEP) != 0 || one->person_id == promiser)
		return false;
	for (size_t i = 0; i < recipients->count; i++)
		if (recipients->items[i]->person_id == promiser)
			return true;
	return false;
}

static void send_step(struct deciding *deciding, const struct sending *sending)
{
	const struct recipients recipients =
	    recipients_of_step(deciding->arena, sending->step, deciding->obligation);
	if (recipients.count == 0)
		add_step(deciding, sending)->reason = "no-recipient";
	for (size_t i = 0; i < recipients.count; i++) {
		const struct store_contact *contact = recipients.items[i];
		if (is_other_than_promiser(deciding, sending, &recipients, contact))
			continue;
		struct store_decided_step *out = add_step(deciding, sending);
		out->person_id = contact->person_id;
		out->send = !number_has_it(&recipients, i, contact);
		out->not_after = end_of_use(deciding, sending);
		if (!out->send)
			out->reason = "same-number";
		else if (recipients.reason != NULL)
			out->reason = recipients.reason;
	}
}

static void settle_ladder_step(struct deciding *deciding, const struct plan_decision *decision)
{
	const struct plan_step *step = &deciding->ladder->steps[decision->step];
	const struct sending sending = {.step = step, .decision = decision};
	if (decision->action != PLAN_SEND)
		add_step(deciding, &sending);
	else if (promise_silences(
		     &deciding->calendar, deciding->obligation, step, decision->moment))
		add_step(deciding, &sending)->reason = "promised";
	else
		send_step(deciding, &sending);
}

/* Settles the nudge of a promise when its moment has come; returns when to look again for it. */
static struct wall settle_nudge(
    struct deciding *deciding, const struct plan_subject *subject, struct wall now)
{
	const struct plan_calendar *calendar = &deciding->calendar;
	struct wall moment = promise_nudge_at(calendar, deciding->obligation);
	if (deciding->policy->text == NULL)
		return WALL_NEVER;
	if (wall_before(now, moment))
		return moment;
	if (!calendar_is_allowed(calendar, now))
		return calendar_next_allowed(calendar, now);
	const struct plan_decision decision = {
	    .moment = now, .nominal = moment, .occurrence = deciding->obligation->promises};
	const struct sending sending = {.step = promise_step(), .decision = &decision};
	if (promise_meets_last_call(deciding->ladder, subject, calendar, moment))
		add_step(deciding, &sending)->reason = "superseded";
	else
		send_step(deciding, &sending);
	return WALL_NEVER;
}

/* ── all ─────────────────────────────────────────────────────────────────────────────────────── */

const struct plan_ladder *decide_ladder(
    const struct plan *plan, const struct store_due_obligation *obligation)
{
	const struct plan_report *report = plan_find_report(plan, obligation->report_code);
	const struct plan_event *event = plan_find_event(plan, obligation->report_code);
	if (strcmp(obligation->kind, "report") == 0)
		return report != NULL ? report->ladder : NULL;
	return event != NULL ? event->ladder : NULL;
}

static void mark_done(const struct deciding *deciding, uint64_t done[PLAN_STEPS_MAX])
{
	const struct store_due_obligation *obligation = deciding->obligation;
	for (size_t s = 0; s < deciding->ladder->step_count; s++)
		for (size_t i = 0; i < obligation->steps_done_count; i++) {
			const struct store_step_done *one = &obligation->steps_done[i];
			if (strcmp(deciding->ladder->steps[s].code, one->step) == 0 &&
			    one->occurrence < PLAN_TIMES_MAX)
				done[s] |= UINT64_C(1) << one->occurrence;
		}
}

static void look_at_ladder(struct deciding *deciding, struct wall now, struct store_decided *out)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	uint64_t done[PLAN_STEPS_MAX] = {0};
	struct plan_verdict verdict;
	mark_done(deciding, done);
	struct plan_subject subject = {
	    .named = obligation->named,
	    .deadline = obligation->deadline,
	    .closing = obligation->closing,
	    .started = obligation->plan_started,
	    .done = done,
	};
	const struct plan_event *event = plan_find_event(deciding->plan, obligation->report_code);
	if (event != NULL)
		ladder_set_event(&subject, event, obligation->named, &deciding->calendar);
	ladder_decide(deciding->ladder, &subject, &deciding->calendar, now, &verdict);
	for (size_t i = 0; i < verdict.count; i++)
		settle_ladder_step(deciding, &verdict.decisions[i]);
	out->wake_at = wall_earlier(verdict.wake, settle_nudge(deciding, &subject, now));
}

static bool is_owed(const struct plan_ladder *ladder, enum obligation_state state)
{
	return state == OBLIGATION_OPEN || (state == OBLIGATION_CLAIMED && ladder->until_received);
}

void decide_obligation(struct arena *arena, const struct compose_policy *policy,
    const struct plan *plan, const struct store_due_obligation *obligation, struct wall now,
    struct store_decided *out)
{
	struct deciding deciding = {
	    .arena = arena,
	    .policy = policy,
	    .plan = plan,
	    .ladder = decide_ladder(plan, obligation),
	    .calendar = plan_calendar_for_unit(plan, obligation->unit_code, obligation->unit_kind),
	    .obligation = obligation,
	};
	*out = (struct store_decided){
	    .obligation_id = obligation->id,
	    .revision = obligation->revision,
	    .wake_at = WALL_NEVER,
	};
	if (deciding.ladder == NULL)
		return;
	out->until_received = deciding.ladder->until_received;
	if (!is_owed(deciding.ladder, obligation->state))
		return;
	look_at_ladder(&deciding, now, out);
	struct store_decided_step *steps = arena_alloc(arena, (deciding.count + 1) * sizeof *steps);
	for (size_t i = 0; i < deciding.count; i++)
		steps[i] = deciding.steps[i];
	memory_free(deciding.steps);
	out->steps = steps;
	out->step_count = deciding.count;
}
