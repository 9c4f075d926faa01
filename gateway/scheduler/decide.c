/*
 * Owns: what one obligation's wake-up comes to.
 * May use: base/, plan/, text/, store/operations.h.
 * Must not know: loop, store.
 */
#include "scheduler/decide.h"

#include "plan/ladder.h"
#include "scheduler/promise.h"

#include <inttypes.h>
#include <string.h>

/* A reminder of what has passed is of no use for ever. */
#define LATE_USE_MS (3 * DAY_MS)

struct deciding {
	struct arena *arena;
	const struct compose_policy *policy;
	const struct plan *plan;
	const struct plan_ladder *ladder;
	const struct store_due_obligation *obligation;
	const char **missing;
	size_t missing_count;
	struct store_decided_step *steps; /* heap while it grows */
	size_t count, capacity;
};

/* ── who ─────────────────────────────────────────────────────────────────────────────────────── */

static bool can_be_reached(const struct store_contact *contact)
{
	return contact->phone != NULL && contact->phone[0] != '\0' && !contact->suspended;
}

/* Who stands in when nobody of a post can be reached. */
static const struct {
	enum plan_post then;
	const char *reason;
} stand_in[POST_COUNT] = {
    [POST_REPORTER] = {POST_DEPUTY, "reporter-unreachable"},
    [POST_DEPUTY] = {POST_LEADER, "deputy-unreachable"},
    [POST_LEADER] = {POST_COUNT, NULL},
    [POST_COORDINATOR] = {POST_COUNT, NULL},
};

static bool anybody(const struct store_due_obligation *obligation, enum plan_post post)
{
	for (size_t i = 0; i < obligation->contact_count; i++)
		if (strcmp(obligation->contacts[i].post, plan_post_name(post)) == 0 &&
		    can_be_reached(&obligation->contacts[i]))
			return true;
	return false;
}

static enum plan_post find_post(
    const struct store_due_obligation *obligation, enum plan_post post, const char **reason)
{
	while (post != POST_COUNT && !anybody(obligation, post)) {
		if (stand_in[post].reason != NULL)
			*reason = stand_in[post].reason;
		post = stand_in[post].then;
	}
	return post;
}

/* ── what ────────────────────────────────────────────────────────────────────────────────────── */

/* A step that is to be settled: one of the ladder, or a promise's nudge. */
struct sending {
	const struct plan_step *step;
	const char *body; /* of its text; NULL: the plan has none */
	int occurrence;
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
	    .occurrence = sending->occurrence,
	    .moment = decision->moment,
	    .nominal = decision->nominal,
	    .reason = decision->reason,
	    .last_call = step->last_call,
	};
	return out;
}

/* After this moment the text has lost its point. */
static struct wall end_of_use(const struct deciding *deciding, const struct plan_step *step,
    const struct plan_decision *decision)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	struct wall late = wall_add(decision->moment, LATE_USE_MS);
	return step->overdue ? late : wall_earlier(obligation->deadline, late);
}

static const struct store_new_message *make_message(struct deciding *deciding,
    const struct sending *sending, const struct store_contact *contact, const char **reason)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	const struct plan_step *step = sending->step;
	struct store_new_message *message = arena_alloc(deciding->arena, sizeof *message);
	struct failure failure;
	/* A nudge quotes who promised, even to who stands in. */
	bool quotes = strcmp(step->code, PROMISE_STEP) == 0 && obligation->promised_by != NULL;
	const char *person = quotes ? obligation->promised_by : contact->name;
	*message = (struct store_new_message){
	    .key = arena_printf(deciding->arena, "notice:%" PRId64 ":%d:%s:%d:%" PRId64,
		obligation->id, obligation->deadline_version, step->code, sending->occurrence,
		contact->person_id),
	    .purpose = step->last_call ? PURPOSE_LAST_CALL : PURPOSE_REMINDER,
	    .person_id = contact->person_id,
	    .address = contact->phone,
	    .not_after = end_of_use(deciding, step, sending->decision),
	};
	if (sending->body == NULL || compose_step(deciding->arena, deciding->policy, deciding->plan,
					 sending->body, obligation, person, deciding->missing,
					 deciding->missing_count, message, &failure) != RESULT_OK) {
		*reason = "text-too-long";
		return NULL;
	}
	return message;
}

static bool number_has_it(const struct deciding *deciding, size_t from, const char *phone)
{
	for (size_t i = from; i < deciding->count; i++)
		if (deciding->steps[i].message != NULL &&
		    strcmp(deciding->steps[i].message->address, phone) == 0)
			return true;
	return false;
}

/* Who promised is who is asked, while they are there. */
static bool is_other_than_promiser(
    const struct deciding *deciding, const struct sending *sending, const struct store_contact *one)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	if (strcmp(sending->step->code, PROMISE_STEP) != 0 ||
	    one->person_id == obligation->promised_by_id)
		return false;
	for (size_t i = 0; i < obligation->contact_count; i++)
		if (obligation->contacts[i].person_id == obligation->promised_by_id &&
		    strcmp(obligation->contacts[i].post, one->post) == 0 &&
		    can_be_reached(&obligation->contacts[i]))
			return true;
	return false;
}

static void send_step(struct deciding *deciding, const struct sending *sending)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	const char *reason = sending->decision->reason;
	size_t first = deciding->count;
	enum plan_post post = find_post(obligation, sending->step->to, &reason);
	for (size_t i = 0; i < obligation->contact_count && post != POST_COUNT; i++) {
		const struct store_contact *contact = &obligation->contacts[i];
		if (strcmp(contact->post, plan_post_name(post)) != 0 || !can_be_reached(contact) ||
		    is_other_than_promiser(deciding, sending, contact))
			continue;
		bool twice = number_has_it(deciding, first, contact->phone);
		struct store_decided_step *out = add_step(deciding, sending);
		out->reason = twice ? "same-number" : reason;
		out->person_id = contact->person_id;
		if (!twice)
			out->message = make_message(deciding, sending, contact, &out->reason);
	}
	if (deciding->count == first)
		add_step(deciding, sending)->reason = "no-recipient";
}

static void settle_ladder_step(struct deciding *deciding, const struct plan_decision *decision)
{
	const struct plan_step *step = &deciding->ladder->steps[decision->step];
	const struct plan_text *text = plan_find_text(deciding->plan, step->text);
	const struct sending sending = {
	    .step = step, .body = text != NULL ? text->body : NULL, .decision = decision};
	if (decision->action != PLAN_SEND)
		add_step(deciding, &sending);
	else if (promise_silences(
		     &deciding->plan->calendar, deciding->obligation, step, decision->moment))
		add_step(deciding, &sending)->reason = "promised";
	else
		send_step(deciding, &sending);
}

/* Settles the nudge of a promise when its moment has come; returns when to look again for it. */
static struct wall settle_nudge(
    struct deciding *deciding, const struct plan_subject *subject, struct wall now)
{
	static const struct plan_step step = {
	    .code = PROMISE_STEP, .to = POST_REPORTER, .overdue = true};
	const struct plan_calendar *calendar = &deciding->plan->calendar;
	const struct compose_policy *policy = deciding->policy;
	struct wall moment = promise_nudge_at(calendar, deciding->obligation);
	if (policy->text == NULL)
		return WALL_NEVER;
	if (wall_before(now, moment))
		return moment;
	if (!calendar_is_allowed(calendar, now))
		return calendar_next_allowed(calendar, now);
	const struct plan_decision decision = {.moment = now, .nominal = moment};
	const struct sending sending = {.step = &step,
	    .body = policy->text("vi", PROMISE_TEXT, policy->text_arg),
	    .occurrence = deciding->obligation->promises,
	    .decision = &decision};
	if (promise_meets_last_call(deciding->ladder, subject, calendar, moment))
		add_step(deciding, &sending)->reason = "superseded";
	else
		send_step(deciding, &sending);
	return WALL_NEVER;
}

/* ── all ─────────────────────────────────────────────────────────────────────────────────────── */

static const struct plan_ladder *ladder_of(
    const struct plan *plan, const struct store_due_obligation *obligation)
{
	const struct plan_report *report = plan_find_report(plan, obligation->report_code);
	const struct plan_event *event = plan_find_event(plan, obligation->report_code);
	if (strcmp(obligation->kind, "report") == 0)
		return report != NULL ? report->ladder : NULL;
	return event != NULL ? event->ladder : NULL;
}

static bool compiles(const struct plan_report *report, const char *code)
{
	for (size_t i = 0; report != NULL && i < report->compile_count; i++)
		if (strcmp(report->compiles[i], code) == 0)
			return true;
	return false;
}

static void collect_missing(
    struct deciding *deciding, const struct store_missing *missing, size_t count)
{
	const struct plan_report *report =
	    plan_find_report(deciding->plan, deciding->obligation->report_code);
	deciding->missing = arena_alloc(deciding->arena, (count + 1) * sizeof(char *));
	for (size_t i = 0; i < count; i++)
		if (compiles(report, missing[i].report_code) &&
		    strcmp(missing[i].plan_code, deciding->obligation->plan_code) == 0 &&
		    strcmp(missing[i].period, deciding->obligation->period) == 0)
			deciding->missing[deciding->missing_count++] = missing[i].unit_name;
}

static void look_at_ladder(struct deciding *deciding, struct wall now, struct store_decided *out)
{
	const struct store_due_obligation *obligation = deciding->obligation;
	bool done[PLAN_STEPS_MAX] = {false};
	struct plan_verdict verdict;
	for (size_t s = 0; s < deciding->ladder->step_count; s++)
		for (size_t i = 0; i < obligation->steps_done_count; i++)
			if (strcmp(deciding->ladder->steps[s].code, obligation->steps_done[i]) == 0)
				done[s] = true;
	const struct plan_subject subject = {
	    .named = obligation->named,
	    .deadline = obligation->deadline,
	    .started = obligation->plan_started,
	    .done = done,
	};
	ladder_decide(deciding->ladder, &subject, &deciding->plan->calendar, now, &verdict);
	for (size_t i = 0; i < verdict.count; i++)
		settle_ladder_step(deciding, &verdict.decisions[i]);
	out->wake_at = wall_earlier(verdict.wake, settle_nudge(deciding, &subject, now));
}

void decide_obligation(struct arena *arena, const struct compose_policy *policy,
    const struct plan *plan, const struct store_due_obligation *obligation,
    const struct store_missing *missing, size_t missing_count, struct wall now,
    struct store_decided *out)
{
	struct deciding deciding = {
	    .arena = arena,
	    .policy = policy,
	    .plan = plan,
	    .ladder = ladder_of(plan, obligation),
	    .obligation = obligation,
	};
	*out = (struct store_decided){
	    .obligation_id = obligation->id,
	    .revision = obligation->revision,
	    .wake_at = WALL_NEVER,
	};
	if (deciding.ladder == NULL || obligation->state != OBLIGATION_OPEN)
		return;
	collect_missing(&deciding, missing, missing_count);
	look_at_ladder(&deciding, now, out);
	struct store_decided_step *steps = arena_alloc(arena, (deciding.count + 1) * sizeof *steps);
	for (size_t i = 0; i < deciding.count; i++)
		steps[i] = deciding.steps[i];
	memory_free(deciding.steps);
	out->steps = steps;
	out->step_count = deciding.count;
}
