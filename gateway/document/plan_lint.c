/*
 * Owns: the checks of a plan against those who are to be reached, and against its closing days.
 * May use: base/, plan/, document/.
 * Must not know: where the units and people come from.
 */
#include "document/plan_lint.h"

#include "document/plan_lint_fields.h"
#include "document/plan_lint_texts.h"
#include "plan/ladder.h"

#include <string.h>

/* A step that lies before the closing day so many times does so always. */
#define OCCURRENCES_CHECKED 40

struct lint {
	const struct plan *plan;
	const char *file;
	const struct lint_world *world;
	struct complaints *complaints;
};

/* ── closing days ────────────────────────────────────────────────────────────────────────────── */

/* When a step is sent for the last time. */
static struct wall last_moment(
    const struct plan_calendar *calendar, const struct plan_step *step, struct wall first)
{
	if (step->times < 2)
		return first;
	int further = step->every * (step->times - 1);
	struct day day = calendar_day(calendar, first);
	day = step->every_unit == OFFSET_WORKING_DAYS
		  ? calendar_add_working_days(calendar, day, further)
		  : day_add(day, further);
	return day.number == DAY_NONE.number ? first : calendar_moment(calendar, day, step->at);
}

static bool check_closing_of(const struct lint *lint, const struct plan_report *report,
    const struct plan_occurrence *occurrence)
{
	const struct plan_calendar *calendar = &lint->plan->calendar;
	struct plan_subject subject = {
	    .named = occurrence->named, .deadline = occurrence->deadline, .started = {INT64_MIN}};
	struct plan_verdict verdict;
	bool told = false;
	ladder_preview(report->ladder, &subject, calendar, &verdict);
	for (size_t i = 0; i < verdict.count; i++) {
		const struct plan_decision *decision = &verdict.decisions[i];
		const struct plan_step *step = &report->ladder->steps[decision->step];
		if (decision->moment.ms == WALL_NEVER.ms ||
		    wall_before(last_moment(calendar, step, decision->moment), occurrence->closing))
			continue;
		complain_mildly(lint->complaints, lint->file, step->line,
		    "The step `%s` comes after %s %s is closed (%s). Move it before, repeat it "
		    "less often, or let `closing` be later.",
		    step->code, report->code, occurrence->period,
		    civil_iso_day(calendar_day(calendar, occurrence->closing)).text);
		told = true;
	}
	return told;
}

static void check_closing(const struct lint *lint, const struct plan_report *report)
{
	struct plan_occurrence found[OCCURRENCES_CHECKED];
	if (report->closing_days == 0)
		return;
	size_t count = plan_report_occurrences(
	    lint->plan, report, (struct wall){INT64_MIN}, WALL_NEVER, found, OCCURRENCES_CHECKED);
	for (size_t i = 0; i < count && i < OCCURRENCES_CHECKED; i++)
		if (check_closing_of(lint, report, &found[i]))
			return;
}

/* ── people and units ────────────────────────────────────────────────────────────────────────── */

static const struct lint_person *find_person(const struct lint_world *world, const char *code)
{
	for (size_t i = 0; i < world->person_count; i++)
		if (strcmp(world->people[i].code, code) == 0)
			return &world->people[i];
	return NULL;
}

static const struct lint_unit *find_unit(const struct lint_world *world, const char *code)
{
	for (size_t i = 0; i < world->unit_count; i++)
		if (strcmp(world->units[i].code, code) == 0)
			return &world->units[i];
	return NULL;
}

static bool has_post(const struct lint_world *world, const char *unit, enum plan_post post)
{
	for (size_t i = 0; i < world->post_count; i++)
		if (world->posts[i].post == post && strcmp(world->posts[i].unit_code, unit) == 0)
			return true;
	return false;
}

static bool is_in_a_group(const struct plan *plan, const char *person)
{
	for (size_t i = 0; i < plan->group_count; i++)
		for (size_t k = 0; k < plan->groups[i].person_count; k++)
			if (strcmp(plan->groups[i].people[k], person) == 0)
				return true;
	return false;
}

static bool holds_a_post(const struct lint_world *world, const char *person)
{
	for (size_t i = 0; i < world->post_count; i++)
		if (strcmp(world->posts[i].person_code, person) == 0)
			return true;
	return false;
}

static void check_people(const struct lint *lint)
{
	for (size_t i = 0; i < lint->world->person_count; i++) {
		const struct lint_person *person = &lint->world->people[i];
		if (!person->reachable && (holds_a_post(lint->world, person->code) ||
					      is_in_a_group(lint->plan, person->code)))
			complain_mildly(lint->complaints, person->file, person->line,
			    "%s (%s) cannot be reached: no number is known. Add one, or give the "
			    "post to somebody else.",
			    person->name, person->code);
	}
}

static bool speaks_to_reporters(const struct plan_ladder *ladder)
{
	for (size_t i = 0; i < ladder->step_count; i++)
		if (ladder->steps[i].group == NULL && !ladder->steps[i].to_parent &&
		    ladder->steps[i].to == POST_REPORTER)
			return true;
	return false;
}

/* One warning a unit, however many reports it owes. */
static void check_reporter(const struct lint *lint, const struct lint_unit *unit)
{
	const struct plan *plan = lint->plan;
	if (has_post(lint->world, unit->code, POST_REPORTER))
		return;
	for (size_t i = 0; i < plan->report_count; i++) {
		const struct plan_report *report = &plan->reports[i];
		if (!speaks_to_reporters(report->ladder) ||
		    !plan_audience_has(&report->audience, unit->code, unit->kind))
			continue;
		complain_mildly(lint->complaints, unit->file, unit->line,
		    "%s (%s) owes %s but has no reporter. Add a row with the post reporter.",
		    unit->name, unit->code, report->code);
		return;
	}
}

static bool rule_finds_somebody(const struct lint_world *world, const struct plan_group *group)
{
	for (size_t i = 0; i < world->post_count; i++) {
		const struct lint_post *post = &world->posts[i];
		const struct lint_unit *unit = find_unit(world, post->unit_code);
		if (group->posts[post->post] && unit != NULL &&
		    plan_audience_has(&group->units, unit->code, unit->kind))
			return true;
	}
	return false;
}

static void check_group(const struct lint *lint, const struct plan_group *group)
{
	size_t known = 0;
	for (size_t i = 0; i < group->person_count; i++) {
		if (find_person(lint->world, group->people[i]) != NULL)
			known++;
		else
			complain_mildly(lint->complaints, lint->file, group->line,
			    "The group `%s` names `%s`, whom the list of recipients does not have. "
			    "Correct the code, or add the person.",
			    group->code, group->people[i]);
	}
	bool empty = group->people != NULL ? known == 0 : !rule_finds_somebody(lint->world, group);
	if (empty)
		complain_mildly(lint->complaints, lint->file, group->line,
		    "The group `%s` is empty: nobody has these posts in these units. Correct "
		    "`people`, `posts` or `for`.",
		    group->code);
}

/* ── channels ────────────────────────────────────────────────────────────────────────────────── */

static bool may_use(const struct plan_step *step, const char *channel)
{
	for (size_t i = 0; i < step->channel_count; i++)
		if (strcmp(step->channels[i], channel) == 0)
			return true;
	return step->channel_count == 0;
}

static bool says_whom_to_answer(const struct plan *plan, const char *code)
{
	const struct plan_text *text = code ? plan_find_text(plan, code) : NULL;
	bool says = text == NULL || strstr(text->body, "{reply_to}") != NULL;
	for (size_t i = 0; text != NULL && i < text->language_count; i++)
		says = says && strstr(text->bodies[i], "{reply_to}") != NULL;
	return says;
}

static void check_route(const struct lint *lint, const struct plan_step *step)
{
	const struct lint_world *world = lint->world;
	if (says_whom_to_answer(lint->plan, step->text) &&
	    says_whom_to_answer(lint->plan, step->digest))
		return;
	for (size_t i = 0; i < world->channel_count; i++) {
		if (world->channels[i].two_way || !may_use(step, world->channels[i].name))
			continue;
		complain_mildly(lint->complaints, lint->file, step->line,
		    "The step `%s` may go over `%s`, which takes no answers, and its text does not "
		    "say whom to answer. Put {reply_to} into the text, or name other `channels`.",
		    step->code, world->channels[i].name);
		return;
	}
}

static void check_channels(const struct lint *lint, const struct plan_step *step)
{
	const struct lint_world *world = lint->world;
	for (size_t i = 0; i < step->channel_count && world->channel_count > 0; i++) {
		bool found = false;
		for (size_t k = 0; k < world->channel_count && !found; k++)
			found = strcmp(world->channels[k].name, step->channels[i]) == 0;
		if (!found)
			complain_mildly(lint->complaints, lint->file, step->line,
			    "The step `%s` names the channel `%s`, which is not configured. "
			    "Correct the name, or add the channel.",
			    step->code, step->channels[i]);
	}
}

/* Whoever gets a text of a report is to answer it; of an event, only where attendance is asked. */
static bool is_answered(const struct plan *plan, const struct plan_ladder *ladder)
{
	for (size_t i = 0; i < plan->report_count; i++)
		if (plan->reports[i].ladder == ladder)
			return true;
	for (size_t i = 0; i < plan->event_count; i++)
		if (plan->events[i].ladder == ladder && plan->events[i].attendance)
			return true;
	return false;
}

static void check_steps(const struct lint *lint, const struct plan_ladder *ladder)
{
	for (size_t i = 0; i < ladder->step_count; i++) {
		check_channels(lint, &ladder->steps[i]);
		if (is_answered(lint->plan, ladder))
			check_route(lint, &ladder->steps[i]);
	}
}

void plan_lint(const struct plan *plan, const char *file, const struct lint_world *world,
    struct complaints *complaints)
{
	const struct lint lint = {plan, file, world, complaints};
	for (size_t i = 0; i < plan->report_count; i++)
		check_closing(&lint, &plan->reports[i]);
	for (size_t i = 0; i < plan->ladder_count; i++)
		check_steps(&lint, &plan->ladders[i]);
	plan_lint_texts(plan, file, world, complaints);
	plan_lint_fields(plan, file, complaints);
	if (world->unit_count == 0)
		return;
	check_people(&lint);
	for (size_t i = 0; i < world->unit_count; i++)
		check_reporter(&lint, &world->units[i]);
	for (size_t i = 0; i < plan->group_count; i++)
		check_group(&lint, &plan->groups[i]);
}

void plan_lint_holidays(
    const struct plan *plan, const char *file, struct day today, struct complaints *complaints)
{
	int year = plan_missing_holiday_year(plan, today);
	if (year != 0)
		complain_mildly(complaints, file, 0,
		    "The holidays of %d are reckoned, not decided: no file speaks for that year. "
		    "Put vn-%d.ics into the folder of holidays, and vn-%d into `holidays:`.",
		    year, year, year);
}
