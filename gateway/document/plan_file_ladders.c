/*
 * Owns: a plan's ladders: reading their steps, and whether they make sense for who uses them.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include <stdlib.h>
#include <string.h>

#define OFFSET_MAX 400 /* days, working days; hours have 24 times as many */

static const char *const step_keys[] = {"step", "when", "at", "to", "text", "last_call"};

/* "-14d", "+3wd", "0d", "-4h". */
static bool parse_offset(const char *text, int *offset, enum plan_offset_unit *unit)
{
	bool signed_text = text[0] == '-' || text[0] == '+';
	const char *digits = text + signed_text;
	size_t count = strspn(digits, "0123456789");
	if (count == 0 || count > 5)
		return false;
	*offset = (int)strtol(digits, NULL, 10) * (text[0] == '-' ? -1 : 1);
	const char *name = digits + count;
	int limit = OFFSET_MAX;
	if (strcmp(name, "d") == 0)
		*unit = OFFSET_DAYS;
	else if (strcmp(name, "wd") == 0)
		*unit = OFFSET_WORKING_DAYS;
	else if (strcmp(name, "h") == 0) {
		*unit = OFFSET_HOURS;
		limit *= 24;
	} else
		return false;
	return abs(*offset) <= limit;
}

static void read_when(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const char *when = tree_need_text(base, map, "when");
	if (when != NULL && !parse_offset(when, &step->offset, &step->offset_unit))
		complain(base->complaints, base->file, tree_get(map, "when")->line,
		    "`when` cannot be `%.40s`. Write a number of days, working days or hours "
		    "against "
		    "the day of the deadline or event: -14d, -2wd, +3wd, -4h, 0d.",
		    when);
	const char *at = tree_text_or(base, map, "at", "08:00");
	struct failure failure;
	if (at != NULL &&
	    (civil_parse_time(at, &step->at, &failure) != RESULT_OK || step->at == 1440))
		complain(base->complaints, base->file, tree_get(map, "at")->line,
		    "`at` cannot be `%.40s`. Write hours and minutes, 00:00 to 23:59.", at);
}

static void read_to(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const char *to = tree_need_text(base, map, "to");
	if (to == NULL || plan_post_of_name(to, &step->to))
		return;
	const char *known[POST_COUNT];
	for (unsigned i = 0; i < POST_COUNT; i++)
		known[i] = plan_post_name((enum plan_post)i);
	complain(base->complaints, base->file, tree_get(map, "to")->line,
	    "There is no post `%.40s`. %s", to,
	    document_advice(base->arena, to, known, POST_COUNT));
}

static void read_text(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	step->text = tree_need_text(base, map, "text");
	if (step->text == NULL || plan_find_text(plan, step->text) != NULL)
		return;
	const char *known[PLAN_TEXTS_MAX];
	for (size_t i = 0; i < plan->text_count; i++)
		known[i] = plan->texts[i].code;
	complain(base->complaints, base->file, tree_get(map, "text")->line,
	    "There is no text `%.40s` under `texts:`. %s", step->text,
	    document_advice(base->arena, step->text, known, plan->text_count));
}

static void read_step(struct plan_reader *reader, const struct tree *map, struct plan_step *step)
{
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, step_keys, COUNT_OF(step_keys));
	step->code = tree_need_text(base, map, "step");
	if (step->code != NULL && !document_code_is_good(step->code, PLAN_CODE_MAX)) {
		complain(base->complaints, base->file, tree_get(map, "step")->line,
		    "`step` cannot be `%.60s`. Use 1 to %d letters, digits and hyphens.",
		    step->code, PLAN_CODE_MAX);
		step->code = NULL;
	}
	read_when(reader, map, step);
	read_to(reader, map, step);
	read_text(reader, map, step);
	const struct tree *last_call = tree_get(map, "last_call");
	if (last_call != NULL)
		(void)tree_read_bool(base, last_call, "last_call", &step->last_call);
}

static void check_step_against_earlier(
    struct plan_reader *reader, const struct plan_ladder *ladder, size_t step, int line)
{
	const struct plan_step *mine = &ladder->steps[step];
	for (size_t i = 0; i < step; i++) {
		const struct plan_step *other = &ladder->steps[i];
		if (mine->code && other->code && strcmp(mine->code, other->code) == 0)
			complain(reader->base.complaints, reader->base.file, line,
			    "The ladder `%s` has two steps `%s`. Give each its own name.",
			    ladder->code, mine->code);
		if (mine->last_call && other->last_call && mine->to == other->to)
			complain(reader->base.complaints, reader->base.file, line,
			    "The ladder `%s` has two last calls to the %s. Keep one.", ladder->code,
			    plan_post_name(mine->to));
	}
}

static const int *read_steps(
    struct plan_reader *reader, const struct tree *list, struct plan_ladder *ladder)
{
	const struct tree_reader *base = &reader->base;
	int *lines = arena_alloc(base->arena, (PLAN_STEPS_MAX + 1) * sizeof *lines);
	ladder->steps = arena_alloc(base->arena, PLAN_STEPS_MAX * sizeof *ladder->steps);
	if (list->count == 0 || list->count > PLAN_STEPS_MAX) {
		complain(base->complaints, base->file, list->line,
		    "The ladder `%s` has %zu steps; it needs 1 to %d.", ladder->code, list->count,
		    PLAN_STEPS_MAX);
		return lines;
	}
	for (const struct tree *item = list->first; item != NULL; item = item->next) {
		if (!tree_is(base, item, TREE_MAP, "each step"))
			continue;
		size_t step = ladder->step_count++;
		lines[step] = item->line;
		read_step(reader, item, &ladder->steps[step]);
		check_step_against_earlier(reader, ladder, step, item->line);
	}
	return lines;
}

void plan_read_ladders(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	size_t count =
	    plan_read_codes(reader, node, "ladders", TREE_LIST, PLAN_LADDERS_MAX, &children);
	struct arena *arena = reader->base.arena;
	struct plan *plan = reader->plan;
	plan->ladders = arena_alloc(arena, (count + 1) * sizeof *plan->ladders);
	plan->ladder_count = count;
	reader->step_lines = arena_alloc(arena, (count + 1) * sizeof *reader->step_lines);
	int *lines = arena_alloc(arena, (count + 1) * sizeof *lines);
	for (size_t i = 0; i < count; i++) {
		plan->ladders[i].code = children[i]->key;
		lines[i] = children[i]->key_line;
		reader->step_lines[i] = read_steps(reader, children[i], &plan->ladders[i]);
	}
	reader->ladder_lines = lines;
	reader->ladder_used = arena_alloc(arena, (count + 1) * sizeof *reader->ladder_used);
}

static void mark_texts(struct plan_reader *reader, const struct plan_ladder *ladder, unsigned use)
{
	for (size_t i = 0; i < ladder->step_count; i++) {
		const char *code = ladder->steps[i].text;
		const struct plan_text *text = code ? plan_find_text(reader->plan, code) : NULL;
		if (text != NULL)
			reader->text_uses[text - reader->plan->texts] |= use;
	}
}

const struct plan_ladder *plan_use_ladder(
    struct plan_reader *reader, const struct tree *map, unsigned use)
{
	const struct tree_reader *base = &reader->base;
	const struct plan *plan = reader->plan;
	const char *code = tree_need_text(base, map, "ladder");
	if (code == NULL)
		return NULL;
	const char *known[PLAN_LADDERS_MAX];
	for (size_t i = 0; i < plan->ladder_count; i++) {
		known[i] = plan->ladders[i].code;
		if (strcmp(code, known[i]) == 0) {
			reader->ladder_used[i] = true;
			mark_texts(reader, &plan->ladders[i], use);
			return &plan->ladders[i];
		}
	}
	complain(base->complaints, base->file, tree_get(map, "ladder")->line,
	    "There is no ladder `%.40s` under `ladders:`. %s", code,
	    document_advice(base->arena, code, known, plan->ladder_count));
	return NULL;
}

/* Checks one occurrence (deadline WALL_NEVER: an event). True when something was complained of. */
static bool check_occurrence(struct plan_reader *reader, const struct plan_ladder *ladder,
    const struct plan_subject *subject, const char *who, const char *when)
{
	const int *lines = reader->step_lines[ladder - reader->plan->ladders];
	struct plan_verdict verdict;
	ladder_preview(ladder, subject, &reader->plan->calendar, &verdict);
	for (size_t i = 0; i < verdict.count; i++) {
		struct plan_step *step = &ladder->steps[i];
		struct wall nominal = verdict.decisions[i].nominal;
		if (i > 0 && wall_before(nominal, verdict.decisions[i - 1].nominal)) {
			complain(reader->base.complaints, reader->base.file, lines[i],
			    "The step `%s` comes before the step above it (for %s %s). Put the "
			    "steps in the order of their days.",
			    step->code, who, when);
			return true;
		}
		bool overdue = !wall_before(nominal, subject->deadline);
		step->overdue |= overdue;
		if (overdue && step->last_call) {
			complain(reader->base.complaints, reader->base.file, lines[i],
			    "The step `%s` is a last call, but lies after the deadline of %s %s. "
			    "Move it before, or remove `last_call`.",
			    step->code, who, when);
			return true;
		}
	}
	return false;
}

static void check_report(struct plan_reader *reader, const struct plan_report *report)
{
	struct plan_occurrence occurrences[PLAN_YEARS_MAX];
	size_t count = plan_report_occurrences(reader->plan, report, (struct wall){INT64_MIN},
	    WALL_NEVER, occurrences, PLAN_YEARS_MAX);
	for (size_t i = 0; i < count && i < PLAN_YEARS_MAX; i++) {
		struct plan_subject subject = {.named = occurrences[i].named,
		    .deadline = occurrences[i].deadline,
		    .started = {INT64_MIN}};
		if (check_occurrence(
			reader, report->ladder, &subject, report->code, occurrences[i].period))
			return;
	}
}

void plan_check_ladders(struct plan_reader *reader)
{
	const struct plan *plan = reader->plan;
	for (size_t i = 0; i < plan->ladder_count; i++)
		if (!reader->ladder_used[i])
			complain_mildly(reader->base.complaints, reader->base.file,
			    reader->ladder_lines[i], "No report and no event uses the ladder `%s`.",
			    plan->ladders[i].code);
	if (reader->base.complaints->errors > 0)
		return; /* moments of a half-read plan would only mislead */
	for (size_t i = 0; i < plan->report_count; i++)
		check_report(reader, &plan->reports[i]);
	for (size_t i = 0; i < plan->event_count; i++) {
		const struct plan_event *event = &plan->events[i];
		struct plan_subject subject = {
		    .named = event->start, .deadline = WALL_NEVER, .started = {INT64_MIN}};
		(void)check_occurrence(reader, event->ladder, &subject, event->code, "");
	}
}
