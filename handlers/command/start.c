/*
 * Owns: `nhacviec start`: shows what goes out in the next seven days, then runs the plan.
 * May use: base/, store/reader.h, command/ (foresight, operations).
 * Must not know: how reminders are decided.
 */
#include "command/environment.h"
#include "command/foresight.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/simulation.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define PREVIEW_MS (7 * DAY_MS)

/* What goes out at one moment for one step of one report. */
struct group {
	struct wall moment;
	const char *about, *step, *text;
	int messages, parts;
};

struct preview {
	struct environment *environment;
	const char *plan_code;
	struct group *groups; /* heap */
	size_t count, capacity;
	int messages, parts;
	long long cost;
};

static bool is_of_plan(const struct course_row *row, const char *plan_code)
{
	for (size_t i = 0; i < row->step_count; i++)
		if (strcmp(row->steps[i].plan_code, plan_code) == 0)
			return true;
	return false;
}

/* "6T 2020", "TK10+TK5 2020". */
static const char *describe(struct arena *arena, const struct course_row *row)
{
	const char *report = simulation_field_text(arena, row, FIELD_REPORT, "+");
	const char *event = simulation_field_text(arena, row, FIELD_EVENT, "+");
	return arena_printf(arena, "%s%s%s %s", report,
	    report[0] != '\0' && event[0] != '\0' ? "+" : "", event, row->steps[0].period);
}

static bool add(const struct course_row *row, void *arg)
{
	struct preview *preview = arg;
	struct arena *arena = preview->environment->arena;
	size_t i = 0;
	if (row->what != COURSE_LEFT || !is_of_plan(row, preview->plan_code))
		return true;
	const char *about = describe(arena, row);
	const char *step = simulation_field_text(arena, row, FIELD_STEP, "+");
	while (i < preview->count &&
	       (preview->groups[i].moment.ms / MINUTE_MS != row->at.ms / MINUTE_MS ||
		   strcmp(preview->groups[i].about, about) != 0 ||
		   strcmp(preview->groups[i].step, step) != 0))
		i++;
	if (i == preview->count) {
		ARRAY_GROW(preview->groups, preview->count, preview->capacity);
		preview->groups[preview->count++] = (struct group){
		    .moment = row->at,
		    .about = about,
		    .step = step,
		    .text = arena_copy(arena, row->text),
		};
	}
	preview->groups[i].messages++;
	preview->groups[i].parts += row->segments;
	preview->messages++;
	preview->parts += row->segments;
	preview->cost += row->cost;
	return true;
}

static int by_moment(const void *left, const void *right)
{
	const struct group *a = left, *b = right;
	if (a->moment.ms != b->moment.ms)
		return a->moment.ms < b->moment.ms ? -1 : 1;
	int order = strcmp(a->about, b->about);
	return order != 0 ? order : strcmp(a->step, b->step);
}

static void print_preview(const struct environment *environment, struct preview *preview)
{
	const struct command_context *context = environment->context;
	int zone = environment->config.zone_minutes;
	const char *const head[] = {word(context, WORD_COLUMN_WHEN),
	    word(context, WORD_COLUMN_REPORT), word(context, WORD_COLUMN_STEP),
	    word(context, WORD_COLUMN_MESSAGES), word(context, WORD_COLUMN_PARTS),
	    word(context, WORD_COLUMN_TEXT)};
	if (preview->count == 0) {
		fputs(word(context, WORD_NOTHING_GOES_OUT), stdout);
		return;
	}
	printf(word(context, WORD_WILL_GO_OUT),
	    show_moment(wall_add(environment->now, PREVIEW_MS), zone).text);
	qsort(preview->groups, preview->count, sizeof *preview->groups, by_moment);
	struct listing listing;
	listing_begin(&listing, environment->arena, head, COUNT_OF(head));
	for (size_t i = 0; i < preview->count; i++) {
		const struct group *group = &preview->groups[i];
		listing_add(&listing, show_moment(group->moment, zone).text, COLOUR_NONE);
		listing_add(&listing, group->about, COLOUR_NONE);
		listing_add(&listing, group->step, COLOUR_NONE);
		listing_printf(&listing, "%d", group->messages);
		listing_printf(&listing, "%d", group->parts);
		listing_add(&listing, group->text, COLOUR_NONE);
	}
	listing_print(&listing, stdout);
	listing_end(&listing);
	printf(word(context, WORD_WILL_GO_OUT_TOTAL), preview->messages, preview->parts,
	    preview->cost);
}

static int show_preview(struct environment *environment, const struct stored_plan *stored)
{
	const struct foresight_question question = {
	    .plan_code = stored->code,
	    .until = wall_add(environment->now, PREVIEW_MS),
	};
	struct preview preview = {.environment = environment, .plan_code = stored->code};
	struct failure failure;
	if (plan_parse(environment, stored) == NULL)
		return command_error(
		    EX_CONFIG, word(environment->context, WORD_FORECAST_FAILED), stored->code);
	enum result result =
	    environment->context->foresight->look(environment, &question, add, &preview, &failure);
	int status = EX_OK;
	if (result == RESULT_OK)
		print_preview(environment, &preview);
	else
		status = failure_print(&failure, result);
	free(preview.groups);
	return status;
}

static int run_plan(struct environment *environment, const struct stored_plan *stored)
{
	const struct command_context *context = environment->context;
	bool by_daemon;
	json_t *body = NULL;
	int status = client_run(environment, "plan-state",
	    json_pack("{s:s, s:s}", "plan", stored->code, "to", "running"), &body, &by_daemon);
	if (status != EX_OK)
		return status;
	struct wall started = {json_integer_value(json_object_get(body, "started"))};
	printf(word(context, WORD_STARTED), stored->code,
	    show_moment(started, environment->config.zone_minutes).text);
	if (!by_daemon)
		fputs(word(context, WORD_NO_DAEMON), stdout);
	json_decref(body);
	return command_end_output(context);
}

static int start(struct environment *environment, const char *code, bool dry_run)
{
	const struct command_context *context = environment->context;
	struct stored_plan stored;
	int status = plan_look_up(environment, code, &stored);
	if (status != EX_OK)
		return status;
	if (strcmp(stored.state, "running") == 0 && !dry_run) {
		printf(word(context, WORD_ALREADY_RUNNING), code);
		return command_end_output(context);
	}
	if (strcmp(stored.state, "draft") != 0 && strcmp(stored.state, "running") != 0)
		return command_error(EX_DATAERR, word(context, WORD_STARTED_BEFORE), code,
		    message_state_in_words(context->language, stored.state), code);
	status = show_preview(environment, &stored);
	if (status != EX_OK)
		return status;
	if (!dry_run)
		return run_plan(environment, &stored);
	if (strcmp(stored.state, "draft") == 0)
		printf(word(context, WORD_NOT_STARTED), code);
	return command_end_output(context);
}

int command_start(const struct command_context *context, int argc, char **argv)
{
	bool dry_run = false;
	const struct option_form options[] = {
	    {"dry-run", OPTION_FLAG, &dry_run, NULL, "only show what would go out",
		"chỉ xem sẽ gửi gì"},
	};
	const struct command_form form = {
	    .usage_en = "PLAN",
	    .usage_vi = "KẾ_HOẠCH",
	    .about_en =
		"Shows what the plan sends in the next seven days, then runs it. Steps that lie "
		"before\nthe start are skipped, so starting in mid-year floods nobody.\n",
	    .about_vi =
		"Cho xem kế hoạch sẽ gửi gì trong bảy ngày tới, rồi cho chạy. Các bước trước "
		"lúc bắt đầu\nđược bỏ qua, nên chạy giữa năm không gửi dồn dập.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 1,
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = start(&environment, argv[1], dry_run);
	environment_close(&environment);
	return status;
}
