/*
 * Owns: a plan's ladders, and whether their steps make sense for who uses them.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_reader.h"

#include <string.h>

/* A ladder that fits so many times of a report, seven years of weeks, fits the rest. */
#define OCCURRENCES_CHECKED 400

/* "received": only the paper ends the ladder; "reported": so does a claim. */
static void read_until(
    struct plan_reader *reader, const struct tree *map, struct plan_ladder *ladder)
{
	const struct tree_reader *base = &reader->base;
	const char *until = tree_text_or(base, map, "until", "reported");
	if (until == NULL)
		return;
	ladder->until_received = strcmp(until, "received") == 0;
	if (!ladder->until_received && strcmp(until, "reported") != 0)
		complain(base->complaints, base->file, tree_get(map, "until")->line,
		    "`until` cannot be `%.40s`. Write reported (an answer that it was sent ends "
		    "the reminders) or received (only the paper does).",
		    until);
}

static const int *read_ladder(
    struct plan_reader *reader, const struct tree *node, struct plan_ladder *ladder)
{
	static const char *const keys[] = {"until", "steps"};
	const struct tree_reader *base = &reader->base;
	if (node->kind == TREE_LIST)
		return plan_read_steps(reader, node, ladder);
	tree_check_keys(base, node, keys, COUNT_OF(keys));
	read_until(reader, node, ladder);
	const struct tree *steps = tree_get(node, "steps");
	if (steps == NULL)
		complain(base->complaints, base->file, node->line,
		    "`steps` is missing here. Add `steps:` and the steps, one line each.");
	else if (tree_is(base, steps, TREE_LIST, "steps"))
		return plan_read_steps(reader, steps, ladder);
	return arena_alloc(base->arena, sizeof(int));
}

void plan_read_ladders(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	size_t count = plan_read_codes(
	    reader, node, "ladders", TREE_LIST, TREE_MAP, PLAN_LADDERS_MAX, &children);
	struct arena *arena = reader->base.arena;
	struct plan *plan = reader->plan;
	plan->ladders = arena_alloc(arena, (count + 1) * sizeof *plan->ladders);
	plan->ladder_count = count;
	reader->step_lines = arena_alloc(arena, (count + 1) * sizeof *reader->step_lines);
	int *lines = arena_alloc(arena, (count + 1) * sizeof *lines);
	for (size_t i = 0; i < count; i++) {
		plan->ladders[i].code = children[i]->key;
		lines[i] = children[i]->key_line;
		reader->step_lines[i] = read_ladder(reader, children[i], &plan->ladders[i]);
	}
	reader->ladder_lines = lines;
	reader->ladder_used = arena_alloc(arena, (count + 1) * sizeof *reader->ladder_used);
}

static void mark_text(struct plan_reader *reader, const char *code, unsigned use)
{
	const struct plan_text *text = code ? plan_find_text(reader->plan, code) : NULL;
	if (text != NULL)
		reader->text_uses[text - reader->plan->texts] |= use;
}

static void mark_texts(struct plan_reader *reader, const struct plan_ladder *ladder, unsigned use)
{
	for (size_t i = 0; i < ladder->step_count; i++) {
		mark_text(reader, ladder->steps[i].text, use | USED_SINGLY);
		mark_text(reader, ladder->steps[i].digest, use | USED_AS_DIGEST);
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
	struct plan_occurrence *occurrences = memory_new(OCCURRENCES_CHECKED * sizeof *occurrences);
	size_t count = plan_report_occurrences(reader->plan, report, (struct wall){INT64_MIN},
	    WALL_NEVER, occurrences, OCCURRENCES_CHECKED);
	for (size_t i = 0; i < count && i < OCCURRENCES_CHECKED; i++) {
		struct plan_subject subject = {.named = occurrences[i].named,
		    .deadline = occurrences[i].deadline,
		    .started = {INT64_MIN}};
		if (check_occurrence(
			reader, report->ladder, &subject, report->code, occurrences[i].period))
			break;
	}
	memory_free(occurrences);
}

/* A text that tells the time of day of what lasts all day could not be sent. */
static void check_time(struct plan_reader *reader, const struct plan_event *event)
{
	for (size_t i = 0; event->at < 0 && i < event->ladder->step_count; i++) {
		const struct plan_text *text =
		    plan_find_text(reader->plan, event->ladder->steps[i].text);
		bool tells = text != NULL && strstr(text->body, "{time}") != NULL;
		for (size_t j = 0; text != NULL && j < text->language_count; j++)
			tells |= strstr(text->bodies[j], "{time}") != NULL;
		if (tells) {
			complain(reader->base.complaints, reader->base.file, event->line,
			    "The event `%s` has no time of day, but its text `%s` tells {time}. "
			    "Write at: 08:00, or leave {time} out.",
			    event->code, text->code);
			return;
		}
	}
}

static void check_event(struct plan_reader *reader, const struct plan_event *event)
{
	check_time(reader, event);
	struct plan_event_occurrence *occurrences =
	    memory_new(OCCURRENCES_CHECKED * sizeof *occurrences);
	size_t count = plan_event_occurrences(reader->plan, event, (struct wall){INT64_MIN},
	    WALL_NEVER, occurrences, OCCURRENCES_CHECKED);
	for (size_t i = 0; i < count && i < OCCURRENCES_CHECKED; i++) {
		struct plan_subject subject = {
		    .named = occurrences[i].start, .deadline = WALL_NEVER, .started = {INT64_MIN}};
		ladder_set_event(&subject, event, occurrences[i].start, &reader->plan->calendar);
		if (check_occurrence(
			reader, event->ladder, &subject, event->code, occurrences[i].period))
			break;
	}
	memory_free(occurrences);
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
	for (size_t i = 0; i < plan->event_count; i++)
		check_event(reader, &plan->events[i]);
}
