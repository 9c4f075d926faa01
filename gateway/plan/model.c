/*
 * Owns: finding things in a plan, and what follows from its calendar for units and years.
 * May use: base/, base/civil.h, plan/calendar.h.
 * Must not know: YAML, the store, the clock.
 */
#include "plan/model.h"

#include "base/memory.h"

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

static const char *const day_off_words[DAY_OFF_COUNT] = {"stay", "earlier", "later"};

const char *plan_day_off_word(enum plan_day_off day_off)
{
	return (unsigned)day_off < DAY_OFF_COUNT ? day_off_words[day_off] : "unknown";
}

bool plan_day_off_of_word(const char *word, enum plan_day_off *day_off)
{
	for (unsigned i = 0; i < DAY_OFF_COUNT; i++) {
		if (strcmp(word, day_off_words[i]) == 0) {
			*day_off = (enum plan_day_off)i;
			return true;
		}
	}
	return false;
}

struct plan_calendar plan_calendar_for_unit(
    const struct plan *plan, const char *unit_code, const char *unit_kind)
{
	struct plan_calendar calendar = plan->calendar;
	for (size_t i = 0; i < plan->closure_count && i < PLAN_CLOSURES_MAX; i++)
		if (plan_audience_has(&plan->closures[i].audience, unit_code, unit_kind))
			calendar.closed |= UINT64_C(1) << i;
	return calendar;
}

static int last_year_of(const struct plan *plan)
{
	int last = 0;
	for (size_t i = 0; i < plan->report_count; i++)
		if (plan->reports[i].last_year > last)
			last = plan->reports[i].last_year;
	for (size_t i = 0; i < plan->event_count; i++) {
		const struct plan_event *event = &plan->events[i];
		struct day day =
		    event->day_count > 0 ? event->days[event->day_count - 1] : event->start;
		int year = civil_of_day(day).year;
		if (year > last)
			last = year;
	}
	return last;
}

static bool year_has_file(const struct plan *plan, int year)
{
	for (size_t i = 0; i < plan->holiday_year_count; i++)
		if (plan->holiday_years[i] == year)
			return true;
	return false;
}

int plan_missing_holiday_year(const struct plan *plan, struct day today)
{
	struct civil civil = civil_of_day(today);
	int last = last_year_of(plan);
	if (last >= civil.year && !year_has_file(plan, civil.year))
		return civil.year;
	if (civil.month >= 10 && last > civil.year && !year_has_file(plan, civil.year + 1))
		return civil.year + 1;
	return 0;
}
