/*
 * Owns: `nhacviec why`: what was or will be sent to a person or about a unit, and why not.
 * May use: base/, text/phone.h, store/reader.h, command/forecast.h.
 * Must not know: how reminders are decided.
 */
#include "command/environment.h"
#include "command/forecast.h"
#include "command/options.h"
#include "command/show.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "text/phone.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define FORECAST_MS (400 * DAY_MS)

struct why {
	struct environment *environment;
	const char *who;       /* a person's code, a number or a unit's code */
	const char *unit_code; /* when it is a unit's */
	bool headed;
	struct forecast_item *items; /* heap */
	size_t count, capacity;
};

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
	print_head(why, WORD_WHY_SENT);
	printf("  %s  %s %s %s, %s",
	    describe_moment(why, left ? row->sent_at : row->moment, row->nominal), row->report_code,
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

static void add_item(const struct forecast_item *item, void *arg)
{
	struct why *why = arg;
	const struct store_contact *contact = item->contact;
	bool about = why->unit_code != NULL ||
		     (contact != NULL &&
			 (strcmp(contact->person_code, why->who) == 0 ||
			     (contact->phone != NULL && strcmp(contact->phone, why->who) == 0)));
	if (!about)
		return;
	ARRAY_GROW(why->items, why->count, why->capacity);
	why->items[why->count++] = *item;
}

static int by_moment(const void *left, const void *right)
{
	const struct forecast_item *a = left, *b = right;
	if (a->moment.ms != b->moment.ms)
		return a->moment.ms < b->moment.ms ? -1 : 1;
	return strcmp(a->report_code, b->report_code);
}

static void print_items(struct why *why)
{
	struct arena *arena = why->environment->arena;
	const char *language = why->environment->context->language;
	if (why->count > 0)
		qsort(why->items, why->count, sizeof *why->items, by_moment);
	why->headed = false;
	for (size_t i = 0; i < why->count; i++) {
		const struct forecast_item *item = &why->items[i];
		print_head(why, WORD_WHY_WILL);
		printf("  %s  %s %s %s, %s", describe_moment(why, item->moment, item->nominal),
		    item->report_code, item->period, show_clean(arena, item->unit_name),
		    item->step);
		if (item->contact != NULL)
			printf(" → %s %s", show_clean(arena, item->contact->name),
			    item->contact->phone != NULL ? item->contact->phone : "");
		if (item->message == NULL)
			printf(": %s", message_state_in_words(language, "skipped"));
		if (item->reason != NULL)
			printf("%s %s", item->message == NULL ? "," : ":",
			    reason_in_words(language, item->reason));
		fputc('\n', stdout);
		if (item->message != NULL)
			print_text(why, forecast_text(arena, item->message));
	}
}

static enum result ask_plan(struct why *why, const struct stored_plan *stored,
    const char *report_code, struct failure *failure)
{
	struct environment *environment = why->environment;
	const struct forecast_question question = {
	    .stored = stored,
	    .plan = plan_parse(environment, stored),
	    .unit_code = why->unit_code,
	    .report_code = report_code,
	    .until = wall_add(environment->now, FORECAST_MS),
	};
	size_t before = why->count;
	if (question.plan == NULL)
		return failure_set(failure, RESULT_INVALID,
		    word(environment->context, WORD_FORECAST_FAILED), stored->code);
	enum result result = forecast_ask(environment, &question, add_item, why, failure);
	if (why->count > before && strcmp(stored->state, "running") != 0)
		printf(word(environment->context, WORD_WHY_PLAN_WAITS), stored->code,
		    message_state_in_words(environment->context->language, stored->state));
	return result;
}

static int ask_plans(struct why *why, const char *report_code)
{
	const struct stored_plan *plans;
	struct failure failure;
	size_t count;
	int status = plans_read(why->environment, &plans, &count);
	for (size_t i = 0; i < count && status == EX_OK; i++) {
		if (strcmp(plans[i].state, "closed") == 0)
			continue;
		enum result result = ask_plan(why, &plans[i], report_code, &failure);
		if (result != RESULT_OK)
			status = failure_print(&failure, result);
	}
	return status;
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

static int answer(struct environment *environment, const char *given, const char *report_code)
{
	struct why why = {.environment = environment};
	struct failure failure;
	enum result result = find_who(&why, given, &failure);
	if (result == RESULT_OK)
		result = reader_notices(
		    environment->reader, why.who, report_code, print_notice, &why, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	bool sent = why.headed;
	int status = ask_plans(&why, report_code);
	if (status == EX_OK)
		print_items(&why);
	if (status == EX_OK && !sent && why.count == 0)
		printf(word(environment->context, WORD_WHY_NOTHING), given);
	free(why.items);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

int command_why(const struct command_context *context, int argc, char **argv)
{
	static const struct command_form form = {
	    .usage_en = "PERSON|NUMBER|UNIT [REPORT]",
	    .usage_vi = "NGƯỜI|SỐ|ĐƠN_VỊ [BÁO_CÁO]",
	    .about_en =
		"Tells what was sent to a person or about a unit, what was not and why, and what "
		"will be\nsent if no answer comes.\n",
	    .about_vi =
		"Cho biết đã gửi gì cho một người hoặc về một đơn vị, không gửi gì và vì sao, và "
		"sẽ gửi gì\nnếu chưa có trả lời.\n",
	    .least = 1,
	    .most = 2,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = answer(&environment, argv[1], words == 2 ? argv[2] : NULL);
	environment_close(&environment);
	return status;
}
