/*
 * Owns: turning a template and its facts into a message.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: when it is sent, through what.
 */
#include "scheduler/compose.h"

#include "base/memory.h"
#include "plan/wording.h"
#include "text/template.h"
#include "text/writing.h"

#include <string.h>

/* A filled-in text is cut into at most SEGMENT_PARTS_MAX parts; more bytes than this never fit. */
#define COMPOSED_MAX (SEGMENT_PARTS_MAX * SEGMENT_GSM7_SINGLE * 4)

static void keep_whole(struct arena *arena, const char *text, struct store_new_message *out)
{
	const char **parts = arena_alloc(arena, sizeof *parts);
	parts[0] = arena_copy(arena, text);
	out->encoding = SEGMENT_UCS2;
	out->parts = parts;
	out->part_count = 1;
}

enum result compose_text(struct arena *arena, const struct compose_policy *policy, const char *text,
    struct store_new_message *out, struct failure *failure)
{
	struct segments segments;
	out->validity_minutes = policy->validity_minutes;
	if (policy->whole) {
		keep_whole(arena, text, out);
		out->cost = policy->price_per_part;
		return RESULT_OK;
	}
	enum result result = writing_cut(arena, text, policy->fold ? WRITING_PLAIN : WRITING_FULL,
	    policy->parts_max, &segments, failure);
	if (result != RESULT_OK)
		return result;
	out->encoding = segments.encoding;
	out->parts = (const char *const *)segments.parts;
	out->part_count = segments.count;
	out->cost = segments.count * policy->price_per_part;
	return RESULT_OK;
}

/* ── placeholders ────────────────────────────────────────────────────────────────────────────── */

struct facts {
	struct arena *arena;
	const struct compose_subject *subject;
	const struct plan_report *report; /* NULL for events */
	const struct plan_event *event;   /* NULL for reports */
	struct plan_calendar calendar;    /* the unit's */
};

static const char *list_names(
    struct arena *arena, const char *const *names, size_t count, size_t max_letters)
{
	OWNED_BUFFER list = BUFFER(4096);
	wording_list(&list, names, count, max_letters);
	return arena_copy(arena, buffer_text(&list));
}

static const char *name_of(const struct facts *facts)
{
	if (facts->report != NULL)
		return facts->report->name;
	return facts->event != NULL ? facts->event->name : facts->subject->obligation->report_code;
}

static const char *word_day(const struct facts *facts, struct day day)
{
	return arena_copy(facts->arena, wording_day(day, facts->subject->language).text);
}

static const char *look_up_event(const struct facts *facts, const char *name)
{
	const struct plan_event *event = facts->event;
	struct day start = facts->subject->obligation->named;
	if (strcmp(name, "start") == 0)
		return arena_copy(facts->arena, civil_short_day(start).text);
	if (event == NULL)
		return NULL;
	if (strcmp(name, "end") == 0)
		return arena_copy(facts->arena,
		    civil_short_day(day_add(start, event->end.number - event->start.number)).text);
	if (strcmp(name, "place") == 0)
		return event->place;
	if (strcmp(name, "time") == 0 && event->at >= 0)
		return arena_printf(facts->arena, "%02d:%02d", event->at / 60, event->at % 60);
	return NULL;
}

static const char *look_up_list(const struct facts *facts, const char *name)
{
	const struct compose_subject *subject = facts->subject;
	struct arena *arena = facts->arena;
	if (strcmp(name, "missing") == 0)
		return subject->missing_count == 0
			   ? "không"
			   : list_names(arena, subject->missing, subject->missing_count,
				 WORDING_MISSING_MAX);
	if (strcmp(name, "missing_count") == 0)
		return arena_printf(arena, "%zu", subject->missing_count);
	if (subject->unit_count == 0)
		return NULL;
	if (strcmp(name, "list") == 0)
		return list_names(arena, subject->units, subject->unit_count, WORDING_LIST_MAX);
	if (strcmp(name, "count") == 0)
		return arena_printf(arena, "%zu", subject->unit_count);
	return NULL;
}

static const char *look_up(const char *name, void *arg)
{
	const struct facts *facts = arg;
	const struct compose_subject *subject = facts->subject;
	const struct store_due_obligation *obligation = subject->obligation;
	if (strcmp(name, "reply_to") == 0)
		return subject->plan->reply_to;
	if (strcmp(name, "office") == 0)
		return subject->plan->office;
	if (strcmp(name, "unit") == 0)
		return obligation->unit_name;
	if (strcmp(name, "person") == 0)
		return subject->person;
	if (strcmp(name, "promised") == 0)
		return word_day(facts, obligation->promised_day);
	if (strcmp(name, "code") == 0)
		return obligation->report_code;
	if (strcmp(name, "report") == 0 || strcmp(name, "event") == 0)
		return name_of(facts);
	if (strcmp(name, "deadline") == 0)
		return arena_copy(facts->arena, civil_short_day(obligation->named).text);
	if (strcmp(name, "last_day") == 0 && obligation->deadline.ms != WALL_NEVER.ms)
		return word_day(
		    facts, calendar_day(&facts->calendar,
			       calendar_last_useful(&facts->calendar, obligation->deadline)));
	const char *value = look_up_event(facts, name);
	return value != NULL ? value : look_up_list(facts, name);
}

enum result compose_fill(struct arena *arena, const struct compose_subject *subject,
    const char *body, struct buffer *out, struct failure *failure)
{
	const struct store_due_obligation *obligation = subject->obligation;
	struct facts facts = {
	    .arena = arena,
	    .subject = subject,
	    .report = plan_find_report(subject->plan, obligation->report_code),
	    .event = plan_find_event(subject->plan, obligation->report_code),
	    .calendar =
		plan_calendar_for_unit(subject->plan, obligation->unit_code, obligation->unit_kind),
	};
	if (strcmp(obligation->kind, "report") == 0)
		facts.event = NULL;
	else
		facts.report = NULL;
	return template_expand(body, look_up, &facts, out, failure);
}

enum result compose_step(struct arena *arena, const struct compose_policy *policy,
    const struct compose_subject *subject, const char *body, struct store_new_message *out,
    struct failure *failure)
{
	OWNED_BUFFER text = BUFFER(COMPOSED_MAX);
	enum result result = compose_fill(arena, subject, body, &text, failure);
	if (result != RESULT_OK)
		return result;
	if (text.overflow)
		return failure_set(failure, RESULT_LIMIT,
		    "The text for %s of %s is longer than %d bytes: shorten it in the plan.",
		    subject->obligation->report_code, subject->obligation->unit_name, COMPOSED_MAX);
	return compose_text(arena, policy, buffer_text(&text), out, failure);
}
