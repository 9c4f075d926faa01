/*
 * Owns: comparing two versions of a plan: texts, the moments of steps.
 * May use: base/, plan/, jansson.
 * Must not know: the store, how it is shown.
 */
#include "command/plan_changes.h"

#include "plan/ladder.h"

#include <string.h>

#define OCCURRENCES_MAX 64

struct comparison {
	struct arena *arena;
	const struct plan *old, *new;
	struct wall now, until;
	json_t *list;
};

static void add(struct comparison *comparison, char sign, const char *what, const char *text)
{
	const char signs[] = {sign, '\0'};
	json_array_append_new(comparison->list,
	    json_pack("{s:s, s:s, s:s}", "sign", signs, "what", what, "text", text));
}

/* ── texts ───────────────────────────────────────────────────────────────────────────────────── */

/* The body in exactly that language; NULL language is the plan's own. NULL: there is none. */
static const char *body_in(const struct plan_text *text, const char *language)
{
	if (language == NULL)
		return text->body;
	for (size_t i = 0; i < text->language_count; i++)
		if (strcmp(text->languages[i], language) == 0)
			return text->bodies[i];
	return NULL;
}

static void compare_body(struct comparison *comparison, const struct plan_text *old,
    const struct plan_text *new, const char *language)
{
	const char *before = old != NULL ? body_in(old, language) : NULL;
	const char *after = new != NULL ? body_in(new, language) : NULL;
	const char *name =
	    arena_printf(comparison->arena, "text %s%s%s", old != NULL ? old->code : new->code,
		language != NULL ? " " : "", language != NULL ? language : "");
	if (before == NULL && after != NULL)
		add(comparison, '+', "text",
		    arena_printf(comparison->arena, "%s: %s", name, after));
	else if (before != NULL && after == NULL)
		add(comparison, '-', "text",
		    arena_printf(comparison->arena, "%s: %s", name, before));
	else if (before != NULL && strcmp(before, after) != 0)
		add(comparison, '~', "text",
		    arena_printf(comparison->arena, "%s: %s → %s", name, before, after));
}

static void compare_text(
    struct comparison *comparison, const struct plan_text *old, const struct plan_text *new)
{
	compare_body(comparison, old, new, NULL);
	for (size_t i = 0; old != NULL && i < old->language_count; i++)
		compare_body(comparison, old, new, old->languages[i]);
	for (size_t i = 0; new != NULL &&i < new->language_count; i++)
		if (old == NULL || body_in(old, new->languages[i]) == NULL)
			compare_body(comparison, old, new, new->languages[i]);
}

static void compare_texts(struct comparison *comparison)
{
	const struct plan *old = comparison->old, *new = comparison->new;
	for (size_t i = 0; i < old->text_count; i++)
		compare_text(comparison, &old->texts[i], plan_find_text(new, old->texts[i].code));
	for (size_t i = 0; i < new->text_count; i++)
		if (plan_find_text(old, new->texts[i].code) == NULL)
			compare_text(comparison, NULL, &new->texts[i]);
}

/* ── steps ───────────────────────────────────────────────────────────────────────────────────── */

/* One occurrence as one version of the plan has it. */
struct side {
	const struct plan *plan;
	const struct plan_ladder *ladder; /* NULL: this version does not have the occurrence */
	struct plan_verdict verdict;
};

static void preview(
    struct side *side, struct day named, struct wall deadline, const struct plan_event *event)
{
	struct plan_subject subject = {.named = named, .deadline = deadline};
	if (event != NULL)
		ladder_set_event(&subject, event, named, &side->plan->calendar);
	ladder_preview(side->ladder, &subject, &side->plan->calendar, &side->verdict);
}

/* The moment of the `nth` decision to send a step of that code; WALL_NEVER: there is none. */
static struct wall moment_of(const struct side *side, const char *code, int nth)
{
	for (size_t i = 0; side->ladder != NULL && i < side->verdict.count; i++) {
		const struct plan_decision *decision = &side->verdict.decisions[i];
		if (decision->action == PLAN_SEND &&
		    strcmp(side->ladder->steps[decision->step].code, code) == 0 && nth-- == 0)
			return decision->moment;
	}
	return WALL_NEVER;
}

static bool is_near(const struct comparison *comparison, struct wall moment)
{
	return moment.ms >= comparison->now.ms && moment.ms < comparison->until.ms;
}

static const char *moment_text(const struct comparison *comparison, struct wall moment)
{
	int zone = comparison->new->calendar.zone_minutes;
	return moment.ms == INT64_MAX
		   ? "–"
		   : arena_copy(comparison->arena, civil_short_moment(moment, zone).text);
}

static void compare_step(struct comparison *comparison, const char *name, const char *code,
    struct wall before, struct wall after)
{
	if (before.ms == after.ms || (!is_near(comparison, before) && !is_near(comparison, after)))
		return;
	char sign = before.ms == INT64_MAX ? '+' : after.ms == INT64_MAX ? '-' : '~';
	add(comparison, sign, "step",
	    arena_printf(comparison->arena, "step %s %s: %s → %s", name, code,
		moment_text(comparison, before), moment_text(comparison, after)));
}

/* Each decision of `side` against the same one of `other`; with `only_new`, those alone that
 * `other` lacks. */
static void compare_sides(struct comparison *comparison, const char *name, const struct side *side,
    const struct side *other, bool only_new)
{
	for (size_t i = 0; side->ladder != NULL && i < side->verdict.count; i++) {
		const struct plan_decision *decision = &side->verdict.decisions[i];
		const char *code = side->ladder->steps[decision->step].code;
		int nth = 0;
		if (decision->action != PLAN_SEND)
			continue;
		for (size_t j = 0; j < i; j++)
			nth += side->verdict.decisions[j].action == PLAN_SEND &&
			       side->verdict.decisions[j].step == decision->step;
		struct wall theirs = moment_of(other, code, nth);
		if (!only_new)
			compare_step(comparison, name, code, decision->moment, theirs);
		else if (theirs.ms == INT64_MAX)
			compare_step(comparison, name, code, theirs, decision->moment);
	}
}

static void compare_ladders(
    struct comparison *comparison, const char *name, const struct side *old, const struct side *new)
{
	compare_sides(comparison, name, old, new, false);
	compare_sides(comparison, name, new, old, true);
}

struct occurrences {
	struct plan_occurrence items[OCCURRENCES_MAX];
	size_t count;
};

/* Those whose steps may fall into the days that are compared. */
static void find_occurrences(const struct comparison *comparison, const struct plan *plan,
    const struct plan_report *report, struct occurrences *out)
{
	*out = (struct occurrences){0};
	if (report == NULL)
		return;
	size_t count = plan_report_occurrences(plan, report,
	    wall_add(comparison->now, -PLAN_CHANGES_DAYS * DAY_MS),
	    wall_add(comparison->until, 2 * PLAN_CHANGES_DAYS * DAY_MS), out->items,
	    OCCURRENCES_MAX);
	out->count = count < OCCURRENCES_MAX ? count : OCCURRENCES_MAX;
}

static const struct plan_occurrence *find_period(
    const struct occurrences *occurrences, const char *period)
{
	for (size_t i = 0; i < occurrences->count; i++)
		if (strcmp(occurrences->items[i].period, period) == 0)
			return &occurrences->items[i];
	return NULL;
}

static void compare_occurrence(struct comparison *comparison, const struct plan_report *old_report,
    const struct plan_occurrence *old, const struct plan_report *new_report,
    const struct plan_occurrence *new)
{
	struct side before = {.plan = comparison->old}, after = {.plan = comparison->new};
	if (old != NULL) {
		before.ladder = old_report->ladder;
		preview(&before, old->named, old->deadline, NULL);
	}
	if (new != NULL) {
		after.ladder = new_report->ladder;
		preview(&after, new->named, new->deadline, NULL);
	}
	const char *name = arena_printf(comparison->arena, "%s %s",
	    old != NULL ? old_report->code : new_report->code,
	    old != NULL ? old->period : new->period);
	compare_ladders(comparison, name, &before, &after);
}

static void compare_report(
    struct comparison *comparison, const struct plan_report *old, const struct plan_report *new)
{
	struct occurrences before, after;
	find_occurrences(comparison, comparison->old, old, &before);
	find_occurrences(comparison, comparison->new, new, &after);
	for (size_t i = 0; i < before.count; i++)
		compare_occurrence(comparison, old, &before.items[i], new,
		    find_period(&after, before.items[i].period));
	for (size_t i = 0; i < after.count; i++)
		if (find_period(&before, after.items[i].period) == NULL)
			compare_occurrence(comparison, old, NULL, new, &after.items[i]);
}

struct times {
	struct plan_event_occurrence items[OCCURRENCES_MAX];
	size_t count;
};

static void find_times(const struct comparison *comparison, const struct plan *plan,
    const struct plan_event *event, struct times *out)
{
	*out = (struct times){0};
	if (event == NULL)
		return;
	size_t count = plan_event_occurrences(plan, event,
	    wall_add(comparison->now, -PLAN_CHANGES_DAYS * DAY_MS),
	    wall_add(comparison->until, 2 * PLAN_CHANGES_DAYS * DAY_MS), out->items,
	    OCCURRENCES_MAX);
	out->count = count < OCCURRENCES_MAX ? count : OCCURRENCES_MAX;
}

static const struct plan_event_occurrence *find_time(const struct times *times, const char *period)
{
	for (size_t i = 0; i < times->count; i++)
		if (strcmp(times->items[i].period, period) == 0)
			return &times->items[i];
	return NULL;
}

static void compare_time(struct comparison *comparison, const struct plan_event *old_event,
    const struct plan_event_occurrence *old, const struct plan_event *new_event,
    const struct plan_event_occurrence *new)
{
	struct side before = {.plan = comparison->old}, after = {.plan = comparison->new};
	if (old != NULL) {
		before.ladder = old_event->ladder;
		preview(&before, old->start, WALL_NEVER, old_event);
	}
	if (new != NULL) {
		after.ladder = new_event->ladder;
		preview(&after, new->start, WALL_NEVER, new_event);
	}
	const char *name = arena_printf(comparison->arena, "%s %s",
	    old != NULL ? old_event->code : new_event->code,
	    old != NULL ? old->period : new->period);
	compare_ladders(comparison, name, &before, &after);
}

static void compare_event(
    struct comparison *comparison, const struct plan_event *old, const struct plan_event *new)
{
	struct times before, after;
	find_times(comparison, comparison->old, old, &before);
	find_times(comparison, comparison->new, new, &after);
	for (size_t i = 0; i < before.count; i++)
		compare_time(comparison, old, &before.items[i], new,
		    find_time(&after, before.items[i].period));
	for (size_t i = 0; i < after.count; i++)
		if (find_time(&before, after.items[i].period) == NULL)
			compare_time(comparison, old, NULL, new, &after.items[i]);
}

static void compare_steps(struct comparison *comparison)
{
	const struct plan *old = comparison->old, *new = comparison->new;
	for (size_t i = 0; i < old->report_count; i++)
		compare_report(
		    comparison, &old->reports[i], plan_find_report(new, old->reports[i].code));
	for (size_t i = 0; i < new->report_count; i++)
		if (plan_find_report(old, new->reports[i].code) == NULL)
			compare_report(comparison, NULL, &new->reports[i]);
	for (size_t i = 0; i < old->event_count; i++)
		compare_event(
		    comparison, &old->events[i], plan_find_event(new, old->events[i].code));
	for (size_t i = 0; i < new->event_count; i++)
		if (plan_find_event(old, new->events[i].code) == NULL)
			compare_event(comparison, NULL, &new->events[i]);
}

json_t *plan_changes_json(
    struct arena *arena, const struct plan *old, const struct plan *new, struct wall now)
{
	struct comparison comparison = {.arena = arena,
	    .old = old,
	    .new = new,
	    .now = now,
	    .until = wall_add(now, PLAN_CHANGES_DAYS * DAY_MS),
	    .list = json_array()};
	compare_texts(&comparison);
	compare_steps(&comparison);
	return comparison.list;
}
