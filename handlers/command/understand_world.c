/*
 * Owns: the made-up sender of `nhacviec understand`: a plan's reports, owed as the options say.
 * May use: base/, text/, plan/, document/, inbox/inbox.h (words of reports), command/.
 * Must not know: the store, how a text is read.
 *
 * The example plan is part of the program, so this works without an installation.
 */
#include "command/understand.h"

#include "command/environment.h"
#include "command/options.h"
#include "command/words.h"
#include "document/plan_file.h"
#include "inbox/inbox.h"
#include "text/letters.h"
#include "text/phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define EXAMPLE_PLAN "config/plans/trung-khanh-2020.yaml"
#define ZONE_MINUTES 420
#define UNIT_CODE "NGOC-CON"
#define UNIT_NAME "Xã Ngọc Côn"
#define UNIT_KIND "commune"
#define EVENT_ID 1000
#define CHOICES_MAX 9

/* The Makefile says that this object is made anew when the plan changes. */
__asm__(".pushsection .rodata\n"
	".global nhacviec_example_plan\n"
	"nhacviec_example_plan:\n"
	".incbin \"" EXAMPLE_PLAN "\"\n"
	".byte 0\n"
	".popsection\n");
extern const char nhacviec_example_plan[];

struct builder {
	const struct command_context *command;
	struct arena *arena;
	const struct understand_wishes *wishes;
	const struct plan *plan;
	struct understand_context *out;
	struct understand_obligation *owed;
	const struct understand_field *fields;
	size_t field_count;
};

/* ── the plan ────────────────────────────────────────────────────────────────────────────────── */

static int read_plan(struct builder *builder)
{
	const char *path = builder->wishes->plan, *text = nhacviec_example_plan;
	size_t len = strlen(text);
	struct failure failure;
	builder->plan = builder->wishes->parsed;
	if (builder->plan != NULL)
		return EX_OK;
	if (path != NULL) {
		enum result result = document_read(builder->arena, path, &text, &len, &failure);
		if (result != RESULT_OK)
			return failure_print(&failure, result);
	}
	struct complaints *complaints = arena_alloc(builder->arena, sizeof *complaints);
	complaints->arena = builder->arena;
	builder->plan = plan_file_parse(
	    builder->arena, path != NULL ? path : EXAMPLE_PLAN, text, len, NULL, complaints);
	if (builder->plan != NULL)
		return EX_OK;
	complaints_print(builder->command, complaints, false);
	return EX_DATAERR;
}

/* Words that name the year of the plan name the year of `now` instead. */
static const char *words_of_year(
    struct builder *builder, const struct plan_report *report, int year)
{
	const char *words = inbox_words_of_report(builder->arena, report);
	int plan_year = report->year != 0 ? report->year : report->first_year;
	char old[12], new[12];
	snprintf(old, sizeof old, "%d", plan_year);
	snprintf(new, sizeof new, "%d", year);
	if (report->kind != DEADLINE_YEARLY || strlen(old) != strlen(new))
		return words;
	char *changed = arena_copy(builder->arena, words);
	for (char *at = strstr(changed, old); at != NULL; at = strstr(at + strlen(old), old))
		memcpy(at, new, strlen(new));
	return changed;
}

static struct understand_obligation obligation_of(
    struct builder *builder, const struct plan_report *report, int64_t id)
{
	const struct plan_calendar *calendar = &builder->plan->calendar;
	int year = calendar_civil(calendar, builder->out->now).year;
	struct plan_report moved = *report;
	struct wall from = builder->out->now;
	struct plan_occurrence occurrence = {.deadline = WALL_NEVER};
	if (report->kind == DEADLINE_YEARLY) {
		moved.year = 0;
		moved.first_year = moved.last_year = year;
		from = calendar_moment(calendar, civil_day(year, 1, 1), 0);
	}
	bool asked = builder->field_count > 0; /* --fields, else what the plan asks for */
	bool due = plan_report_occurrences_in(
		       &moved, calendar, from, wall_add(from, 400 * DAY_MS), &occurrence, 1) > 0;
	return (struct understand_obligation){
	    .id = id,
	    .report_code = report->code,
	    .report_words = words_of_year(builder, report, year),
	    .period = due ? arena_copy(builder->arena, occurrence.period) : NULL,
	    .unit_code = UNIT_CODE,
	    .unit_name = UNIT_NAME,
	    .deadline = due ? occurrence.deadline : WALL_NEVER,
	    .claimed_at = WALL_NEVER,
	    .recorded_at = WALL_NEVER,
	    .fields = asked ? builder->fields : inbox_fields_of_report(builder->arena, report),
	    .field_count = asked ? builder->field_count : report->field_count,
	};
}

/* ── what is owed ────────────────────────────────────────────────────────────────────────────── */

static int refuse_code(const struct builder *builder, const char *code)
{
	OWNED_BUFFER known = BUFFER(2000);
	for (size_t i = 0; i < builder->plan->report_count; i++)
		buffer_printf(&known, "%s%s", i > 0 ? ", " : "", builder->plan->reports[i].code);
	return command_error(
	    EX_USAGE, word(builder->command, WORD_UNKNOWN_REPORT), code, buffer_text(&known));
}

static struct understand_obligation *find_owed(struct builder *builder, const char *code)
{
	for (size_t i = 0; i < builder->out->obligation_count; i++)
		if (strcmp(builder->owed[i].report_code, code) == 0)
			return &builder->owed[i];
	return NULL;
}

/* The obligation of that code, owed from now on if it was not. NULL: there is no such report. */
static struct understand_obligation *owe(struct builder *builder, const char *code)
{
	struct understand_obligation *owed = find_owed(builder, code);
	const struct plan_report *report = plan_find_report(builder->plan, code);
	if (owed != NULL || report == NULL)
		return owed;
	size_t at = builder->out->obligation_count++;
	builder->owed[at] = obligation_of(builder, report, (int64_t)at + 1);
	return &builder->owed[at];
}

typedef void mark_fn(struct builder *builder, struct understand_obligation *owed);

static void leave(struct builder *builder, struct understand_obligation *owed)
{
	(void)builder;
	(void)owed;
}

static void claim(struct builder *builder, struct understand_obligation *owed)
{
	owed->claimed = true;
	owed->claimed_at = wall_add(builder->out->now, -HOUR_MS);
}

static void remind(struct builder *builder, struct understand_obligation *owed)
{
	(void)builder;
	owed->reminded = true;
}

static int owe_list(struct builder *builder, const char *codes, mark_fn *mark)
{
	char *rest = arena_copy(builder->arena, codes);
	if (codes == NULL || strcmp(codes, "-") == 0)
		return EX_OK;
	for (char *code = strsep(&rest, ","); code != NULL; code = strsep(&rest, ",")) {
		struct understand_obligation *owed = owe(builder, code);
		if (owed == NULL)
			return refuse_code(builder, code);
		mark(builder, owed);
	}
	return EX_OK;
}

static int owe_what_is_open(struct builder *builder)
{
	const struct plan *plan = builder->plan;
	if (builder->wishes->open != NULL)
		return owe_list(builder, builder->wishes->open, leave);
	if (plan_find_report(plan, "6T") != NULL && plan_find_report(plan, "NAM") != NULL)
		return owe_list(builder, "6T,NAM", leave);
	for (size_t i = 0; i < plan->report_count; i++)
		if (plan_audience_has(&plan->reports[i].audience, UNIT_CODE, UNIT_KIND))
			(void)owe(builder, plan->reports[i].code);
	return EX_OK;
}

static void add_others(struct builder *builder)
{
	const struct plan *plan = builder->plan;
	struct understand_obligation *others = arena_alloc(
	    builder->arena, (plan->report_count + plan->event_count + 1) * sizeof *others);
	size_t count = 0;
	for (size_t i = 0; i < plan->report_count; i++)
		if (find_owed(builder, plan->reports[i].code) == NULL) {
			others[count] = obligation_of(builder, &plan->reports[i], 0);
			others[count].unit_code = others[count].unit_name = "";
			count++;
		}
	for (size_t i = 0; i < plan->event_count; i++) {
		OWNED_TEXT key = letters_key(plan->events[i].name);
		others[count++] =
		    (struct understand_obligation){.report_code = plan->events[i].code,
			.report_words = arena_copy(builder->arena, key),
			.unit_code = "",
			.unit_name = ""};
	}
	builder->out->other_reports = others;
	builder->out->other_report_count = count;
}

/* ── the rest of the sender ──────────────────────────────────────────────────────────────────── */

static void add_fields(struct builder *builder)
{
	char *rest = arena_copy(builder->arena, builder->wishes->fields);
	struct understand_field *fields =
	    arena_alloc(builder->arena, UNDERSTAND_FIGURES_MAX * sizeof *fields);
	builder->fields = fields;
	while (rest != NULL && builder->field_count < UNDERSTAND_FIGURES_MAX) {
		const char *code = strsep(&rest, ",");
		OWNED_TEXT key = letters_key(code);
		fields[builder->field_count++] =
		    (struct understand_field){code, arena_copy(builder->arena, key)};
	}
}

static void add_event(struct builder *builder)
{
	if (builder->wishes->event == NULL)
		return;
	OWNED_TEXT key = letters_key(builder->wishes->event);
	struct understand_obligation *event = arena_alloc(builder->arena, sizeof *event);
	*event = (struct understand_obligation){
	    .id = EVENT_ID,
	    .report_code = "EVENT",
	    .report_words = arena_copy(builder->arena, key),
	    .unit_code = UNIT_CODE,
	    .unit_name = UNIT_NAME,
	    .deadline = WALL_NEVER,
	    .claimed_at = WALL_NEVER,
	    .recorded_at = WALL_NEVER,
	    .reminded = true,
	};
	builder->out->events = event;
	builder->out->event_count = 1;
}

static void set_sender(struct builder *builder)
{
	const char *sender = builder->wishes->sender;
	bool robot = false;
	if (sender != NULL) {
		struct phone phone;
		bool named = strspn(sender, "+0123456789 .-") != strlen(sender);
		robot = phone_sender_kind(sender, named, &phone) != SENDER_PHONE;
	}
	builder->out->sender_is_robot = robot;
	builder->out->sender_is_known = !robot;
}

static bool intent_of_name(const char *name, enum intent *out)
{
	for (int i = 0; i < INTENT_COUNT; i++)
		if (strcmp(intent_name((enum intent)i), name) == 0) {
			*out = (enum intent)i;
			return true;
		}
	return false;
}

/* "cancel:1:6T,2:NAM": the intent is optional, the numbers rise from 1. */
static int set_question(struct builder *builder)
{
	const char *asked = builder->wishes->asked;
	struct understand_question *question = &builder->out->question;
	int64_t *choices = arena_alloc(builder->arena, CHOICES_MAX * sizeof *choices);
	if (asked == NULL)
		return EX_OK;
	char *rest = arena_copy(builder->arena, asked);
	question->intent = INTENT_CONFIRM;
	question->promised = WALL_NEVER;
	question->choices = choices;
	char *colon = strchr(rest, ':');
	if (colon != NULL && colon[1] >= '1' && colon[1] <= '9' && colon[2] == ':') {
		*colon = '\0';
		if (!intent_of_name(rest, &question->intent))
			return command_error(
			    EX_USAGE, word(builder->command, WORD_BAD_ASKED), asked);
		rest = colon + 1;
	}
	for (char *item = strsep(&rest, ","); item != NULL; item = strsep(&rest, ",")) {
		if (question->count == CHOICES_MAX || item[0] != '1' + question->count ||
		    item[1] != ':')
			return command_error(
			    EX_USAGE, word(builder->command, WORD_BAD_ASKED), asked);
		struct understand_obligation *owed = owe(builder, item + 2);
		if (owed == NULL)
			return refuse_code(builder, item + 2);
		if (question->intent == INTENT_CANCEL)
			claim(builder, owed);
		choices[question->count++] = owed->id;
	}
	return EX_OK;
}

static int set_now(struct builder *builder)
{
	struct failure failure;
	enum result result =
	    builder->wishes->now != NULL
		? civil_parse_moment(
		      builder->wishes->now, ZONE_MINUTES, &builder->out->now, &failure)
		: command_now(getenv("NHACVIEC_CLOCK"), &builder->out->now, &failure);
	return result == RESULT_OK ? EX_OK : failure_print(&failure, result);
}

int understand_make_world(const struct command_context *command, struct arena *arena,
    const struct understand_wishes *wishes, struct understand_context *out)
{
	struct builder builder = {.command = command, .arena = arena, .wishes = wishes, .out = out};
	*out = (struct understand_context){.zone_minutes = ZONE_MINUTES,
	    .request_count = wishes->requests > INT16_MAX ? INT16_MAX : (int)wishes->requests};
	int status = set_now(&builder);
	if (status == EX_OK)
		status = read_plan(&builder);
	if (status != EX_OK)
		return status;
	builder.owed = arena_alloc(arena, (builder.plan->report_count + 1) * sizeof *builder.owed);
	out->obligations = builder.owed;
	add_fields(&builder);
	status = owe_what_is_open(&builder);
	if (status == EX_OK)
		status = owe_list(&builder, wishes->claimed, claim);
	if (status == EX_OK)
		status = owe_list(&builder, wishes->reminded, remind);
	if (status == EX_OK)
		status = set_question(&builder);
	add_others(&builder);
	add_event(&builder);
	set_sender(&builder);
	return status;
}
