/*
 * Owns: finding things in a plan, and the occurrences of a report.
 * May use: base/, base/civil.h, plan/calendar.h.
 * Must not know: YAML, the store, the clock.
 */
#include "plan/model.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

static const char *const post_names[POST_COUNT] = {
    [POST_REPORTER] = "reporter",
    [POST_DEPUTY] = "deputy",
    [POST_LEADER] = "leader",
    [POST_COORDINATOR] = "coordinator",
};

const char *plan_post_name(enum plan_post post)
{
	return (unsigned)post < POST_COUNT ? post_names[post] : "unknown";
}

bool plan_post_of_name(const char *name, enum plan_post *post)
{
	for (unsigned i = 0; i < POST_COUNT; i++) {
		if (strcmp(name, post_names[i]) == 0) {
			*post = (enum plan_post)i;
			return true;
		}
	}
	return false;
}

static const char *const unit_kinds[] = {
    "commune", "township", "ward", "agency", "office", "district", "province"};

const char *const *plan_unit_kinds(size_t *count)
{
	*count = COUNT_OF(unit_kinds);
	return unit_kinds;
}

bool plan_unit_kind_exists(const char *kind)
{
	for (size_t i = 0; i < COUNT_OF(unit_kinds); i++)
		if (strcmp(unit_kinds[i], kind) == 0)
			return true;
	return false;
}

const struct plan_report *plan_find_report(const struct plan *plan, const char *code)
{
	for (size_t i = 0; i < plan->report_count; i++)
		if (strcmp(plan->reports[i].code, code) == 0)
			return &plan->reports[i];
	return NULL;
}

const struct plan_event *plan_find_event(const struct plan *plan, const char *code)
{
	for (size_t i = 0; i < plan->event_count; i++)
		if (strcmp(plan->events[i].code, code) == 0)
			return &plan->events[i];
	return NULL;
}

const struct plan_text *plan_find_text(const struct plan *plan, const char *code)
{
	for (size_t i = 0; i < plan->text_count; i++)
		if (strcmp(plan->texts[i].code, code) == 0)
			return &plan->texts[i];
	return NULL;
}

const char *plan_text_body(const struct plan_text *text, const char *language)
{
	for (size_t i = 0; i < text->language_count; i++)
		if (strcmp(text->languages[i], language) == 0)
			return text->bodies[i];
	return text->body;
}

static bool words_have(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

bool plan_audience_has(
    const struct plan_audience *audience, const char *unit_code, const char *unit_kind)
{
	return words_have(audience->kinds, audience->kind_count, unit_kind) ||
	       words_have(audience->units, audience->unit_count, unit_code);
}

static struct plan_occurrence occurrence_of_year(
    const struct plan *plan, const struct plan_report *report, int year)
{
	int day = report->day;
	if (!civil_date_exists(year, report->month, day))
		day = 28; /* the parser lets no other day through than 29 February */
	struct plan_occurrence occurrence = {
	    .named = civil_day(year, report->month, day),
	    .closing = WALL_NEVER,
	    .cutoff = DAY_NONE,
	};
	struct day exclusive = report->by ? day_add(occurrence.named, 1) : occurrence.named;
	occurrence.deadline = calendar_moment(&plan->calendar, exclusive, 0);
	snprintf(occurrence.period, sizeof occurrence.period, "%04d", year % 10000);
	return occurrence;
}

size_t plan_report_occurrences(const struct plan *plan, const struct plan_report *report,
    struct wall from, struct wall to, struct plan_occurrence *out, size_t max)
{
	int first = report->year ? report->year : report->first_year;
	int last = report->year ? report->year : report->last_year;
	size_t count = 0;
	for (int year = first; year <= last; year++) {
		struct plan_occurrence occurrence = occurrence_of_year(plan, report, year);
		if (wall_before(occurrence.deadline, from) || !wall_before(occurrence.deadline, to))
			continue;
		if (count < max)
			out[count] = occurrence;
		count++;
	}
	return count;
}
