/*
 * Owns: `nhacviec why`: what was or will be sent to a person or about a unit, and why not.
 * May use: base/, text/phone.h, store/reader.h, command/foresight.h.
 * Must not know: how reminders are decided.
 */
#include "command/environment.h"
#include "command/foresight.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/show.h"
#include "command/simulation.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "text/phone.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define FORESIGHT_MS (400 * DAY_MS)

#define PLANS_MAX 64

struct why {
	struct environment *environment;
	const char *who;         /* a person's code, a number or a unit's code */
	const char *unit_code;   /* when it is a unit's */
	const char *report_code; /* NULL: all */
	struct day day;          /* DAY_NONE: all */
	bool headed, found;
	const char *plans[PLANS_MAX]; /* codes of those that something will come of */
	size_t plan_count;
};

static bool is_asked_for(const struct why *why, struct wall moment)
{
	return why->day.number == DAY_NONE.number ||
	       civil_day_of_wall(moment, why->environment->config.zone_minutes).number ==
		   why->day.number;
}

/* ── what was sent ───────────────────────────────────────────────────────────────────────────── */

/* When, or why not: "08:00 2/6/2020", "… , planned for …". */
static const char *describe_moment(const struct why *why, struct wall moment, struct wall nominal)
{
	int zone = why->environment->config.zone_minutes;
	const char *when = arena_copy(why->environment->arena, show_moment(moment, zone).text);
	if (moment.ms / MINUTE_MS == nominal.ms / MINUTE_MS || nominal.ms == 0 ||
	    nominal.ms == WALL_NEVER.ms)
		return when;
	return arena_printf(why->environment->arena,
	    word(why->environment->context, WORD_MOVED_FROM), when,
	    show_moment(nominal, zone).text);
}

static void print_head(struct why *why, enum word head)
{
	if (!why->headed)
		fputs(word(why->environment->context, head), stdout);
	why->headed = true;
}

static void print_text(const struct why *why, const char *text)
{
	if (text != NULL && text[0] != '\0')
		printf("      %s\n", show_clean(why->environment->arena, text));
}

static bool print_notice(const struct notice_row *row, void *arg)
{
	struct why *why = arg;
	struct arena *arena = why->environment->arena;
	const char *language = why->environment->context->language;
	const char *state =
	    message_state_in_words(language, row->message_state ? row->message_state : "skipped");
	const char *reason = row->message_reason != NULL ? row->message_reason : row->reason;
	bool left = row->sent_at.ms != 0 && row->sent_at.ms != WALL_NEVER.ms;
	struct wall moment = left ? row->sent_at : row->moment;
	if (!is_asked_for(why, moment))
		return true;
	print_head(why, WORD_WHY_SENT);
	printf("  %s  %s %s %s, %s", describe_moment(why, moment, row->nominal), row->report_code,
	    row->period, show_clean(arena, row->unit_name), row->step);
	if (row->person_name != NULL)
		printf(" → %s %s", show_clean(arena, row->person_name),
		    row->address != NULL ? row->address : "");
	printf(": %s%s%s\n", state, reason != NULL ? ", " : "", reason_in_words(language, reason));
	if (reason != row->reason && row->reason != NULL)
		printf("      %s\n", reason_in_words(language, row->reason));
	print_text(why, row->text);
	return true;
}

/* ── what will be sent ───────────────────────────────────────────────────────────────────────── */

static bool is_about(const struct why *why, const struct course_row *row)
{
	bool of_unit = false, of_report = why->report_code == NULL;
	for (size_t i = 0; i < row->step_count; i++) {
		of_unit |=
		    why->unit_code != NULL && strcmp(row->steps[i].unit_code, why->unit_code) == 0;
		of_report |=
		    why->report_code != NULL && strcmp(row->steps[i].code, why->report_code) == 0;
	}
	bool of_person =
	    strcmp(row->person_code, why->who) == 0 || strcmp(row->address, why->who) == 0;
	return row->step_count > 0 && of_report && is_asked_for(why, row->at) &&
	       (why->unit_code != NULL ? of_unit : of_person);
}

static void remember_plan(struct why *why, const char *code)
{
	for (size_t i = 0; i < why->plan_count; i++)
		if (strcmp(why->plans[i], code) == 0)
			return;
	if (why->plan_count < PLANS_MAX)
		why->plans[why->plan_count++] = arena_copy(why->environment->arena, code);
}

static void print_reasons(const struct why *why, const struct course_row *row)
{
	const char *language = why->environment->context->language;
	const char *before = ": ";
	if (row->what != COURSE_LEFT) {
		printf("%s%s", before,
		    message_state_in_words(language, row->what == COURSE_SKIPPED   ? "skipped"
						     : row->what == COURSE_DROPPED ? "cancelled"
										   : "queued"));
		before = ", ";
	}
	const char *reason;
	for (size_t i = 0; (reason = simulation_reason(row, i))[0] != '\0'; i++) {
		printf("%s%s", before, reason_in_words(language, reason));
		before = ", ";
	}
	fputc('\n', stdout);
}

static bool print_row(const struct course_row *row, void *arg)
{
	struct why *why = arg;
	struct arena *arena = why->environment->arena;
	if (!is_about(why, row))
		return true;
	print_head(why, WORD_WHY_WILL);
	for (size_t i = 0; i < row->step_count; i++) {
		const struct course_step *step = &row->steps[i];
		printf(i == 0 ? "  %s  " : "      + %s  ",
		    describe_moment(why, row->at, step->nominal));
		printf("%s %s %s, %s%s", step->code, step->period,
		    show_clean(arena, step->unit_name), step->step,
		    i + 1 < row->step_count ? "\n" : "");
		remember_plan(why, step->plan_code);
	}
	if (row->person_name[0] != '\0')
		printf(" → %s %s", show_clean(arena, row->person_name), row->address);
	print_reasons(why, row);
	print_text(why, row->text);
	return ferror(stdout) == 0;
}

/* What was shown of plans that do not run is told as if they ran from now on. */
static int print_waiting_plans(const struct why *why)
{
	const struct command_context *context = why->environment->context;
	const struct stored_plan *plans;
	size_t count;
	int status = plans_read(why->environment, &plans, &count);
	for (size_t i = 0; i < count && status == EX_OK; i++)
		for (size_t j = 0; j < why->plan_count; j++)
			if (strcmp(plans[i].code, why->plans[j]) == 0 &&
			    strcmp(plans[i].state, "running") != 0)
				printf(word(context, WORD_WHY_PLAN_WAITS), plans[i].code,
				    message_state_in_words(context->language, plans[i].state));
	return status;
}

static int look_ahead(struct why *why)
{
	const struct environment *environment = why->environment;
	const struct foresight_question question = {
	    .until = wall_add(environment->now, FORESIGHT_MS)};
	struct failure failure;
	why->headed = false;
	enum result result =
	    environment->context->foresight->look(environment, &question, print_row, why, &failure);
	why->found |= why->headed;
	return result == RESULT_OK ? print_waiting_plans(why) : failure_print(&failure, result);
}

/* ── who is meant ────────────────────────────────────────────────────────────────────────────── */

static enum result find_who(struct why *why, const char *given, struct failure *failure)
{
	struct environment *environment = why->environment;
	struct reader_recipients known;
	struct phone phone;
	enum result result =
	    reader_recipients(environment->reader, environment->arena, &known, failure);
	if (result != RESULT_OK)
		return result;
	why->who = given;
	for (size_t i = 0; i < known.unit_count; i++)
		if (strcmp(known.units[i].code, given) == 0)
			why->unit_code = given;
	for (size_t i = 0; i < known.person_count; i++)
		if (strcmp(known.people[i].code, given) == 0)
			return RESULT_OK;
	if (why->unit_code != NULL)
		return RESULT_OK;
	if (phone_parse(given, &phone, NULL) != RESULT_OK)
		return failure_set(
		    failure, RESULT_NOT_FOUND, word(environment->context, WORD_WHY_UNKNOWN), given);
	why->who = arena_copy(environment->arena, phone.e164);
	return RESULT_OK;
}

static int answer(struct why *why, const char *given)
{
	struct environment *environment = why->environment;
	struct failure failure;
	enum result result = find_who(why, given, &failure);
	if (result == RESULT_OK)
		result = reader_notices(
		    environment->reader, why->who, why->report_code, print_notice, why, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	why->found = why->headed;
	int status = look_ahead(why);
	if (status == EX_OK && !why->found)
		printf(word(environment->context, WORD_WHY_NOTHING), given);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

/* A report's code or a day, in either order. */
static int take_words(struct why *why, char **words, int count)
{
	const struct command_context *context = why->environment->context;
	struct failure failure;
	why->day = DAY_NONE;
	for (int i = 0; i < count; i++) {
		if (why->day.number == DAY_NONE.number &&
		    civil_parse_day(words[i], &why->day, &failure) == RESULT_OK)
			continue;
		if (why->report_code != NULL)
			return command_error(EX_USAGE, word(context, WORD_WHY_NO_DAY), words[i]);
		why->report_code = words[i];
	}
	return EX_OK;
}

int command_why(const struct command_context *context, int argc, char **argv)
{
	static const struct command_form form = {
	    .usage_en = "PERSON|NUMBER|UNIT [REPORT] [DAY]",
	    .usage_vi = "NGƯỜI|SỐ|ĐƠN_VỊ [BÁO_CÁO] [NGÀY]",
	    .about_en =
		"Tells what was sent to a person or about a unit, what was not and why, and what "
		"will be\nsent if no answer comes. DAY: 2020-06-09.\n",
	    .about_vi =
		"Cho biết đã gửi gì cho một người hoặc về một đơn vị, không gửi gì và vì sao, và "
		"sẽ gửi gì\nnếu chưa có trả lời. NGÀY: 2020-06-09.\n",
	    .least = 1,
	    .most = 3,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	struct why why = {.environment = &environment};
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = take_words(&why, argv + 2, words - 1);
	if (status == EX_OK)
		status = answer(&why, argv[1]);
	environment_close(&environment);
	return status;
}
