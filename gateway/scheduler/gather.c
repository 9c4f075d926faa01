/*
 * Owns: what is pending at a moment becomes messages.
 * May use: base/, plan/, text/, store/operations.h.
 * Must not know: loop, store.
 */
#include "scheduler/gather.h"

#include "scheduler/decide.h"
#include "scheduler/merge.h"
#include "scheduler/promise.h"

#include <inttypes.h>
#include <string.h>

struct gathering {
	struct arena *arena;
	const struct compose_policy *policy;
	const struct store_pending_notices_output *pending;
	const struct plan *const *plans;
	struct wall now;
	struct merge_item *items; /* that may go now */
	size_t item_count;
	struct store_bound_message *messages;
	size_t message_count;
	struct store_put_off_notice *put_off;
	size_t put_off_count;
};

/* ── what does not go ────────────────────────────────────────────────────────────────────────── */

static void put_off(
    struct gathering *gathering, const struct store_pending_notice *notice, struct wall until)
{
	gathering->put_off[gathering->put_off_count++] =
	    (struct store_put_off_notice){.notice_id = notice->id, .until = until};
}

static void end(struct gathering *gathering, const struct store_pending_notice *notice,
    const char *reason, const struct store_new_task *task)
{
	gathering->put_off[gathering->put_off_count++] = (struct store_put_off_notice){
	    .notice_id = notice->id, .until = WALL_NEVER, .reason = reason, .task = task};
}

static const struct store_due_obligation *obligation_of(
    const struct gathering *gathering, const struct store_pending_notice *notice)
{
	return &gathering->pending->obligations[notice->obligation];
}

static void end_unreachable(struct gathering *gathering, const struct store_pending_notice *notice)
{
	const struct store_due_obligation *obligation = obligation_of(gathering, notice);
	struct store_new_task *task = arena_alloc(gathering->arena, sizeof *task);
	*task = (struct store_new_task){
	    .key = arena_printf(gathering->arena, "unreachable:%" PRId64 ":%" PRId64,
		obligation->id, notice->to.person_id),
	    .kind = "unreachable",
	    .text = arena_printf(gathering->arena, "%s %s, %s: %s %s", obligation->report_code,
		obligation->period, obligation->unit_name, notice->to.name, notice->to.phone),
	    .obligation_id = obligation->id,
	    .until = WALL_NEVER,
	};
	end(gathering, notice, "no-recipient", task);
}

static void end_too_long(struct gathering *gathering, const struct store_pending_notice *notice,
    const struct failure *failure)
{
	const struct store_due_obligation *obligation = obligation_of(gathering, notice);
	struct store_new_task *task = arena_alloc(gathering->arena, sizeof *task);
	*task = (struct store_new_task){
	    .key = arena_printf(gathering->arena, "text-too-long:%s:%s:%s", obligation->plan_code,
		obligation->report_code, notice->step),
	    .kind = "text-too-long",
	    .text = arena_printf(gathering->arena, "%s, %s, %s: %s", obligation->report_code,
		notice->step, obligation->unit_name, failure->text),
	    .obligation_id = obligation->id,
	    .until = WALL_NEVER,
	};
	end(gathering, notice, "text-too-long", task);
}

/* ── what may go ─────────────────────────────────────────────────────────────────────────────── */

static const struct plan_step *find_step(
    const struct plan *plan, const struct store_due_obligation *obligation, const char *code)
{
	const struct plan_ladder *ladder = decide_ladder(plan, obligation);
	if (strcmp(code, PROMISE_STEP) == 0)
		return promise_step();
	for (size_t i = 0; ladder != NULL && i < ladder->step_count; i++)
		if (strcmp(ladder->steps[i].code, code) == 0)
			return &ladder->steps[i];
	return NULL;
}

static const char *body_of(const struct gathering *gathering, const struct merge_item *item)
{
	const struct compose_policy *policy = gathering->policy;
	if (item->step == promise_step())
		return policy->text != NULL
			   ? policy->text(item->subject.language, PROMISE_TEXT, policy->text_arg)
			   : NULL;
	const struct plan_text *text = plan_find_text(item->subject.plan, item->step->text);
	return text != NULL ? plan_text_body(text, item->subject.language) : NULL;
}

static bool compiles(const struct plan_report *report, const char *code)
{
	for (size_t i = 0; report != NULL && i < report->compile_count; i++)
		if (strcmp(report->compiles[i], code) == 0)
			return true;
	return false;
}

static void collect_missing(const struct gathering *gathering, struct compose_subject *subject)
{
	const struct store_pending_notices_output *pending = gathering->pending;
	const struct store_due_obligation *obligation = subject->obligation;
	const struct plan_report *report = plan_find_report(subject->plan, obligation->report_code);
	if (report == NULL || report->compile_count == 0)
		return;
	const char **missing =
	    arena_alloc(gathering->arena, (pending->missing_count + 1) * sizeof(char *));
	for (size_t i = 0; i < pending->missing_count; i++)
		if (compiles(report, pending->missing[i].report_code) &&
		    strcmp(pending->missing[i].plan_code, obligation->plan_code) == 0 &&
		    strcmp(pending->missing[i].period, obligation->period) == 0)
			missing[subject->missing_count++] = pending->missing[i].unit_name;
	subject->missing = missing;
}

/* By chat a text goes whole and with its marks. */
static struct compose_policy policy_for(
    const struct gathering *gathering, const struct merge_item *item)
{
	struct compose_policy policy = *gathering->policy;
	if (!way_is_phone(item->way.to.kind)) {
		policy.whole = true;
		policy.price_per_part = ways_price(&policy.ways, &item->way.to);
	}
	return policy;
}

/* The text as it would stand alone. A nudge quotes who promised, even to who stands in. */
static bool compose_alone(
    const struct gathering *gathering, struct merge_item *item, struct failure *failure)
{
	const struct store_due_obligation *obligation = item->subject.obligation;
	item->subject.person = item->step == promise_step() && obligation->promised_by != NULL
				   ? obligation->promised_by
				   : item->way.contact->name;
	item->subject.language = item->way.contact->language;
	collect_missing(gathering, &item->subject);
	const char *body = body_of(gathering, item);
	if (body == NULL) {
		failure_set(failure, RESULT_NOT_FOUND, "The plan has no text %s.",
		    item->step->text != NULL ? item->step->text : PROMISE_TEXT);
		return false;
	}
	struct compose_policy policy = policy_for(gathering, item);
	return compose_step(gathering->arena, &policy, &item->subject, body, &item->single,
		   failure) == RESULT_OK;
}

/* True when its time is now; else it has been put off or ended. */
static bool is_timely(struct gathering *gathering, const struct store_pending_notice *notice,
    const struct plan_calendar *calendar)
{
	struct wall now = gathering->now, from, until;
	if (calendar_window_of(calendar, now, &from, &until))
		return wall_before(notice->due, until);
	struct wall next = calendar_next_allowed(calendar, now);
	if (wall_before(now, notice->due))
		return false;
	if (wall_before(next, notice->not_after))
		put_off(gathering, notice, next);
	else
		end(gathering, notice, "not-after", NULL);
	return false;
}

static bool find_way(const struct gathering *gathering, const struct store_pending_notice *notice,
    struct merge_item *item)
{
	const struct way_question question = {
	    .table = &gathering->policy->ways,
	    .step = item->step,
	    .obligation = obligation_of(gathering, notice),
	    .meant = &notice->to,
	    .last_call = notice->last_call,
	};
	return recipients_find_way(gathering->arena, &question, notice->way, &item->way);
}

static void look_at(struct gathering *gathering, const struct store_pending_notice *notice)
{
	const struct store_due_obligation *obligation = obligation_of(gathering, notice);
	const struct plan *plan = gathering->plans[notice->obligation];
	struct merge_item item = {.notice = notice};
	struct failure failure;
	if (!notice->has_point || !wall_before(gathering->now, notice->not_after)) {
		end(gathering, notice, notice->has_point ? "not-after" : "obligation-closed", NULL);
		return;
	}
	if (plan == NULL) {
		put_off(gathering, notice, wall_add(gathering->now, HOUR_MS));
		return;
	}
	struct plan_calendar calendar =
	    plan_calendar_for_unit(plan, obligation->unit_code, obligation->unit_kind);
	if (!is_timely(gathering, notice, &calendar))
		return;
	item.step = find_step(plan, obligation, notice->step);
	item.subject = (struct compose_subject){.plan = plan, .obligation = obligation};
	if (item.step == NULL)
		end(gathering, notice, "step-gone", NULL);
	else if (!find_way(gathering, notice, &item))
		end_unreachable(gathering, notice);
	else if (!compose_alone(gathering, &item, &failure))
		end_too_long(gathering, notice, &failure);
	else
		gathering->items[gathering->item_count++] = item;
}

/* ── who gets what ───────────────────────────────────────────────────────────────────────────── */

static bool is_due(const struct gathering *gathering, const struct merge_item *item)
{
	return !wall_before(gathering->now, item->notice->due);
}

static bool go_together(const struct merge_item *one, const struct merge_item *other)
{
	const char *a = one->way.to.channel, *b = other->way.to.channel;
	return strcmp(one->way.to.kind, other->way.to.kind) == 0 &&
	       strcmp(one->way.to.address, other->way.to.address) == 0 &&
	       (a == NULL || b == NULL ? a == b : strcmp(a, b) == 0);
}

/* Of two notices about the same thing for the same person the one that says more: a last call, else
 * the later. */
static bool says_more(const struct merge_item *one, const struct merge_item *other)
{
	if (one->notice->last_call != other->notice->last_call)
		return one->notice->last_call;
	return wall_before(other->notice->due, one->notice->due) ||
	       (one->notice->due.ms == other->notice->due.ms &&
		   one->notice->id > other->notice->id);
}

/* What stands in the way of `mine` among the notices for the same person: nothing, one that is due
 * and takes its place, or one that is due while it can wait. */
enum hindrance { HINDERED_BY_NONE, HINDERED_FOR_GOOD, HINDERED_FOR_NOW };

static enum hindrance find_hindrance(
    const struct gathering *gathering, const struct merge_item *mine)
{
	for (size_t i = 0; i < gathering->item_count; i++) {
		const struct merge_item *other = &gathering->items[i];
		if (other == mine || !go_together(mine, other) || !is_due(gathering, other) ||
		    other->subject.obligation != mine->subject.obligation)
			continue;
		if (!is_due(gathering, mine))
			return HINDERED_FOR_NOW;
		if (says_more(other, mine))
			return HINDERED_FOR_GOOD;
	}
	return HINDERED_BY_NONE;
}

/* Ends what another notice makes superfluous and leaves out what waits for its own moment. */
static void sort_out(struct gathering *gathering)
{
	enum hindrance *found =
	    arena_alloc(gathering->arena, (gathering->item_count + 1) * sizeof *found);
	size_t kept = 0;
	for (size_t i = 0; i < gathering->item_count; i++)
		found[i] = find_hindrance(gathering, &gathering->items[i]);
	for (size_t i = 0; i < gathering->item_count; i++) {
		if (found[i] == HINDERED_FOR_GOOD)
			end(gathering, gathering->items[i].notice, "superseded", NULL);
		if (found[i] == HINDERED_BY_NONE)
			gathering->items[kept++] = gathering->items[i];
	}
	gathering->item_count = kept;
}

static const char *key_of(struct arena *arena, const struct merge_item *item)
{
	const struct store_due_obligation *obligation = item->subject.obligation;
	const struct store_pending_notice *notice = item->notice;
	const char *key = arena_printf(arena, "notice:%" PRId64 ":%d:%s:%d:%" PRId64,
	    obligation->id, obligation->deadline_version, notice->step, notice->occurrence,
	    notice->to.person_id);
	return notice->rung == 0 ? key : arena_printf(arena, "%s:%d", key, notice->rung);
}

static void add_message(struct gathering *gathering, const struct merged *merged)
{
	const struct merge_item *first = merged->items[0];
	struct store_bound_message *bound = &gathering->messages[gathering->message_count++];
	struct store_bound_notice *notices =
	    arena_alloc(gathering->arena, merged->count * sizeof *notices);
	*bound = (struct store_bound_message){
	    .message = merged->message, .notices = notices, .notice_count = merged->count};
	bound->message.not_after = WALL_NEVER;
	for (size_t i = 0; i < merged->count; i++) {
		const struct merge_item *item = merged->items[i];
		bool has_reason = item->notice->reason != NULL;
		notices[i] = (struct store_bound_notice){
		    .id = item->notice->id,
		    .reason = item->way.reason,
		    .way = item->way.index,
		};
		if (notices[i].reason == NULL && merged->count > 1 && !has_reason)
			notices[i].reason = "merged";
		bound->last_call |= item->notice->last_call;
		bound->message.not_after =
		    wall_earlier(bound->message.not_after, item->notice->not_after);
	}
	bound->message.key = key_of(gathering->arena, first);
	bound->message.purpose = bound->last_call ? PURPOSE_LAST_CALL : PURPOSE_REMINDER;
	bound->message.person_id = first->way.contact->person_id;
	bound->message.address_kind = first->way.to.kind;
	bound->message.address = first->way.to.address;
	bound->message.channel = first->way.to.channel;
}

/* All items that go together with the one at `first`, which are the first of their kind. */
static void gather_person(struct gathering *gathering, size_t first, bool *gathered)
{
	size_t count = 0, most = gathering->item_count - first;
	struct merge_item *items = arena_alloc(gathering->arena, most * sizeof *items);
	struct merged *texts = arena_alloc(gathering->arena, most * sizeof *texts);
	bool any_due = false;
	for (size_t i = first; i < gathering->item_count; i++) {
		if (gathered[i] || !go_together(&gathering->items[first], &gathering->items[i]))
			continue;
		gathered[i] = true;
		any_due |= is_due(gathering, &gathering->items[i]);
		items[count++] = gathering->items[i];
	}
	struct compose_policy policy = policy_for(gathering, &gathering->items[first]);
	size_t text_count =
	    any_due ? merge_texts(gathering->arena, &policy, items, count, texts) : 0;
	for (size_t i = 0; i < text_count; i++) {
		bool due = false; /* a text that nothing due shares keeps its own moment */
		for (size_t j = 0; j < texts[i].count; j++)
			due |= is_due(gathering, texts[i].items[j]);
		if (due)
			add_message(gathering, &texts[i]);
	}
}

void gather_messages(struct arena *arena, const struct compose_policy *policy,
    const struct store_pending_notices_output *pending, const struct plan *const *plans,
    struct wall now, struct store_bind_notices_input *out)
{
	size_t most = pending->count + 1;
	struct gathering gathering = {
	    .arena = arena,
	    .policy = policy,
	    .pending = pending,
	    .plans = plans,
	    .now = now,
	    .items = arena_alloc(arena, most * sizeof *gathering.items),
	    .messages = arena_alloc(arena, most * sizeof *gathering.messages),
	    .put_off = arena_alloc(arena, most * sizeof *gathering.put_off),
	};
	bool *gathered = arena_alloc(arena, most * sizeof *gathered);
	for (size_t i = 0; i < most; i++)
		gathered[i] = false;
	for (size_t i = 0; i < pending->count; i++)
		look_at(&gathering, &pending->items[i]);
	sort_out(&gathering);
	for (size_t i = 0; i < gathering.item_count; i++)
		if (!gathered[i])
			gather_person(&gathering, i, gathered);
	*out = (struct store_bind_notices_input){
	    .now = now,
	    .messages = gathering.messages,
	    .message_count = gathering.message_count,
	    .put_off = gathering.put_off,
	    .put_off_count = gathering.put_off_count,
	};
}
