/*
 * Owns: `nhacviec calendar`: a plan's year as a table, or as iCalendar.
 * May use: base/, plan/, command/.
 * Must not know: how days are reckoned.
 */
#include "command/environment.h"
#include "command/ical.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/subcommands.h"
#include "command/words.h"
#include "command/year.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "plan/wording.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#define YEAR_LEAST 1990
#define YEAR_MOST 2100
#define TEXT_BYTES 1000

struct choices {
	int64_t year;
	bool ics;
};

/* ── a line of the table ─────────────────────────────────────────────────────────────────────── */

static const char *origin_of(const struct command_context *context, const struct year_item *item)
{
	if (item->kind == YEAR_WORKED)
		return word(context, WORD_CALENDAR_WORKED);
	if (item->kind == YEAR_CLOSURE)
		return word(context, WORD_CALENDAR_CLOSURE);
	if (item->kind == YEAR_DEADLINE)
		return word(context, WORD_CALENDAR_DEADLINE);
	if (item->kind == YEAR_EVENT)
		return word(context, WORD_CALENDAR_EVENT);
	return word(
	    context, item->name[0] != '\0' ? WORD_CALENDAR_HOLIDAY : WORD_CALENDAR_STATUTORY);
}

/* "6T báo cáo 6 tháng (2020), trước 10/6, chậm nhất thứ Ba 9/6". */
static const char *describe(
    struct arena *arena, const struct command_context *context, const struct year_item *item)
{
	OWNED_BUFFER text = BUFFER(TEXT_BYTES);
	buffer_printf(&text, "%s%s%s", item->code, item->code[0] != '\0' ? " " : "", item->name);
	if (item->kind == YEAR_DEADLINE) {
		buffer_printf(&text, " (%s), ", item->period);
		buffer_printf(&text,
		    word(context, item->by ? WORD_CALENDAR_BY : WORD_CALENDAR_BEFORE),
		    civil_short_day(item->start).text,
		    wording_day(item->last_useful, context->language).text);
	}
	if ((item->kind == YEAR_EVENT || item->kind == YEAR_CLOSURE) &&
	    item->end.number != item->start.number)
		buffer_printf(&text, ", %s–%s", civil_short_day(item->start).text,
		    civil_short_day(item->end).text);
	if (item->place[0] != '\0')
		buffer_printf(&text, ", %s", item->place);
	return arena_copy(arena, buffer_text(&text));
}

/* ── months ──────────────────────────────────────────────────────────────────────────────────── */

static void print_heading(const struct command_context *context,
    const struct plan_calendar *calendar, int year, int month)
{
	OWNED_BUFFER weekends = BUFFER(200);
	int working = 0;
	for (int day = 1; civil_date_exists(year, month, day); day++) {
		struct day date = civil_day(year, month, day);
		bool worked = calendar_is_working_day(calendar, date);
		working += worked;
		if (!worked && !calendar->working_weekday[civil_of_day(date).weekday])
			buffer_printf(&weekends, "%s%d", weekends.len > 0 ? ", " : "", day);
	}
	printf(word(context, WORD_CALENDAR_MONTH), month, year, working);
	printf("  %s: %s\n", word(context, WORD_CALENDAR_WEEKEND), buffer_text(&weekends));
}

static void print_items(
    const struct environment *environment, const struct year *year, int number, int month)
{
	const char *const head[] = {word(environment->context, WORD_CALENDAR_DAY),
	    word(environment->context, WORD_CALENDAR_KIND),
	    word(environment->context, WORD_COLUMN_TEXT)};
	struct listing listing;
	listing_begin(&listing, environment->arena, head, COUNT_OF(head));
	for (size_t i = 0; i < year->count; i++) {
		const struct year_item *item = &year->items[i];
		struct civil start = civil_of_day(item->start);
		if (start.year != number || start.month != month)
			continue;
		listing_add(&listing, wording_day(item->start, environment->context->language).text,
		    COLOUR_NONE);
		listing_add(&listing, origin_of(environment->context, item),
		    item->kind == YEAR_OFF        ? COLOUR_GREEN
		    : item->kind == YEAR_DEADLINE ? COLOUR_RED
						  : COLOUR_NONE);
		listing_add(&listing, describe(environment->arena, environment->context, item),
		    COLOUR_NONE);
	}
	if (listing.rows > 0)
		listing_print(&listing, stdout);
	listing_end(&listing);
}

static void print_table(const struct environment *environment, const struct plan *plan,
    const struct year *year, int number)
{
	printf("%s %d\n", plan->name, number);
	for (int month = 1; month <= 12; month++) {
		print_heading(environment->context, &plan->calendar, number, month);
		print_items(environment, year, number, month);
	}
}

/* ── iCalendar ───────────────────────────────────────────────────────────────────────────────── */

/* The same thing of the same plan has the same UID in each export, so that importing it again moves
 * what has moved instead of adding it once more. */
static const char *uid_of(
    struct arena *arena, const struct plan *plan, const struct year_item *item)
{
	if (item->kind == YEAR_OFF || item->kind == YEAR_WORKED)
		return arena_printf(arena, "day-%s@nhacviec", civil_iso_day(item->start).text);
	if (item->kind == YEAR_CLOSURE)
		return arena_printf(arena, "%s-closure-%s-%08x@nhacviec", plan->code,
		    civil_iso_day(item->start).text, (unsigned)hash_text(item->place));
	return arena_printf(arena, "%s-%s-%s@nhacviec", plan->code, item->code, item->period);
}

static void print_ical(
    const struct environment *environment, const struct plan *plan, const struct year *year)
{
	static const char *const categories[] = {[YEAR_OFF] = "HOLIDAY",
	    [YEAR_WORKED] = "WORKDAY",
	    [YEAR_DEADLINE] = "DEADLINE",
	    [YEAR_EVENT] = "EVENT"};
	struct arena *arena = environment->arena;
	struct ical_event *events = arena_alloc(arena, (year->count + 1) * sizeof *events);
	for (size_t i = 0; i < year->count; i++) {
		const struct year_item *item = &year->items[i];
		const char *origin = origin_of(environment->context, item);
		const char *name = item->name[0] != '\0' ? item->name : origin;
		events[i] = (struct ical_event){.uid = uid_of(arena, plan, item),
		    .start = item->start,
		    .end = item->end,
		    .summary = item->code[0] != '\0'
				   ? arena_printf(arena, "%s: %s (%s)", origin, name, item->code)
				   : arena_printf(arena, "%s", name),
		    .description = describe(arena, environment->context, item),
		    .category = categories[item->kind]};
	}
	ical_write(stdout, plan->name, events, year->count, environment->now);
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

/* The plan that is named, else the only or first one that is not closed. */
static int choose_plan(struct environment *environment, const char *code, struct stored_plan *out)
{
	const struct stored_plan *plans;
	size_t count;
	if (code != NULL)
		return plan_look_up(environment, code, out);
	int status = plans_read(environment, &plans, &count);
	if (status != EX_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		if (strcmp(plans[i].state, "closed") != 0) {
			*out = plans[i];
			return EX_OK;
		}
	return command_error(EX_NOINPUT, "%s", word(environment->context, WORD_CALENDAR_NO_PLAN));
}

static int show(struct environment *environment, const char *code, const struct choices *choices)
{
	struct stored_plan stored;
	struct year year;
	int status = choose_plan(environment, code, &stored);
	if (status != EX_OK)
		return status;
	const struct plan *plan = plan_parse(environment, &stored);
	if (plan == NULL)
		return EX_DATAERR;
	int number = choices->year != 0 ? (int)choices->year
					: calendar_civil(&plan->calendar, environment->now).year;
	year_of_plan(environment->arena, plan, number, environment->config.holidays_dir, &year);
	if (choices->ics)
		print_ical(environment, plan, &year);
	else
		print_table(environment, plan, &year, number);
	return command_end_output(environment->context);
}

int command_calendar(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
	    {"year", OPTION_NUMBER, &choices.year, "YEAR", "the year; else the present one",
		"năm; nếu không nêu: năm nay"},
	    {"ics", OPTION_FLAG, &choices.ics, NULL,
		"as iCalendar, for Google Calendar, Outlook, Thunderbird",
		"dạng iCalendar, cho Google Calendar, Outlook, Thunderbird"},
	};
	const struct command_form form = {
	    .usage_en = "[PLAN]",
	    .usage_vi = "[KẾ_HOẠCH]",
	    .about_en = "Shows a year month by month: working days, days off and why, days worked "
			"instead,\ndeadlines with the last useful day, events.\n",
	    .about_vi = "Cho xem lịch năm theo từng tháng: ngày làm việc, ngày nghỉ và lý do, ngày "
			"làm bù, hạn\nbáo cáo với ngày nộp chậm nhất, sự kiện.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (choices.year != 0 && (choices.year < YEAR_LEAST || choices.year > YEAR_MOST))
		return command_error(EX_USAGE, "%s", word(context, WORD_CALENDAR_BAD_YEAR));
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = show(&environment, words == 1 ? argv[1] : NULL, &choices);
	environment_close(&environment);
	return status;
}
