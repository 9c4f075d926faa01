/*
 * Owns: turning a template and its facts into a message.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: when it is sent, through what.
 */
#include "scheduler/compose.h"

#include "plan/wording.h"
#include "text/letters.h"
#include "text/segment.h"
#include "text/template.h"

#include <string.h>

/* A filled-in text is cut into at most SEGMENT_PARTS_MAX parts; more bytes than this never fit. */
#define COMPOSED_MAX (SEGMENT_PARTS_MAX * SEGMENT_GSM7_SINGLE * 4)

enum result compose_text(struct arena *arena, const struct compose_policy *policy, const char *text,
    struct store_new_message *out, struct failure *failure)
{
	OWNED_TEXT folded =
	    policy->fold ? letters_fold(text) : letters_normalise(text, strlen(text));
	struct segments segments;
	enum result result = segment_split(arena, folded, policy->parts_max, &segments, failure);
	if (result != RESULT_OK)
		return result;
	out->encoding = segments.encoding;
	out->parts = (const char *const *)segments.parts;
	out->part_count = segments.count;
	out->cost = segments.count * policy->price_per_part;
	out->validity_minutes = policy->validity_minutes;
	return RESULT_OK;
}

/* ── placeholders ────────────────────────────────────────────────────────────────────────────── */

struct facts {
	struct arena *arena;
	const struct plan *plan;
	const struct store_due_obligation *obligation;
	const struct plan_report *report; /* NULL for events */
	const struct plan_event *event;   /* NULL for reports */
	const char *person;
	const char *const *missing;
	size_t missing_count;
};

static const char *list_missing(const struct facts *facts)
{
	if (facts->missing_count == 0)
		return "không";
	OWNED_BUFFER list = BUFFER(4096);
	wording_list(&list, facts->missing, facts->missing_count, WORDING_MISSING_MAX);
	return arena_copy(facts->arena, buffer_text(&list));
}

static const char *look_up(const char *name, void *arg)
{
	const struct facts *facts = arg;
	const struct store_due_obligation *obligation = facts->obligation;
	const struct plan_calendar *calendar = &facts->plan->calendar;
	struct arena *arena = facts->arena;
	if (strcmp(name, "office") == 0)
		return facts->plan->office;
	if (strcmp(name, "unit") == 0)
		return obligation->unit_name;
	if (strcmp(name, "person") == 0)
		return facts->person;
	if (strcmp(name, "promised") == 0)
		return arena_copy(arena, wording_day(obligation->promised_day, "vi").text);
	if (strcmp(name, "code") == 0)
		return obligation->report_code;
	if (strcmp(name, "report") == 0)
		return facts->report != NULL ? facts->report->name : obligation->report_code;
	if (strcmp(name, "event") == 0)
		return facts->event != NULL ? facts->event->name : obligation->report_code;
	if (strcmp(name, "deadline") == 0)
		return arena_copy(arena, civil_short_day(obligation->named).text);
	if (strcmp(name, "last_day") == 0 && obligation->deadline.ms != WALL_NEVER.ms)
		return arena_copy(
		    arena, wording_day(calendar_day(calendar,
					   calendar_last_useful(calendar, obligation->deadline)),
			       "vi")
			       .text);
	if (strcmp(name, "start") == 0)
		return arena_copy(arena, civil_short_day(obligation->named).text);
	if (strcmp(name, "end") == 0 && facts->event != NULL)
		return arena_copy(arena, civil_short_day(facts->event->end).text);
	if (strcmp(name, "missing") == 0)
		return list_missing(facts);
	if (strcmp(name, "missing_count") == 0)
		return arena_printf(arena, "%zu", facts->missing_count);
	return NULL;
}

enum result compose_step(struct arena *arena, const struct compose_policy *policy,
    const struct plan *plan, const char *body, const struct store_due_obligation *obligation,
    const char *person_name, const char *const *missing, size_t missing_count,
    struct store_new_message *out, struct failure *failure)
{
	struct facts facts = {
	    .arena = arena,
	    .plan = plan,
	    .obligation = obligation,
	    .report = plan_find_report(plan, obligation->report_code),
	    .event = plan_find_event(plan, obligation->report_code),
	    .person = person_name,
	    .missing = missing,
	    .missing_count = missing_count,
	};
	OWNED_BUFFER text = BUFFER(COMPOSED_MAX);
	enum result result = template_expand(body, look_up, &facts, &text, failure);
	if (result != RESULT_OK)
		return result;
	if (text.overflow)
		return failure_set(failure, RESULT_LIMIT,
		    "The text for %s of %s is longer than %d bytes: shorten it in the plan.",
		    obligation->report_code, obligation->unit_name, COMPOSED_MAX);
	return compose_text(arena, policy, buffer_text(&text), out, failure);
}
