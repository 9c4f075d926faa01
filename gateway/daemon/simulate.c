/*
 * Owns: `nhacviec simulate`: what is asked for, running it, handing the course to a format.
 * May use: every room.
 * Must not know: how formats look.
 */
#include "daemon/simulate.h"

#include "command/environment.h"
#include "command/options.h"
#include "command/simulation.h"
#include "daemon/simulation.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* What a modem is reckoned to need for a part when nothing is said. */
#define USUAL_SECONDS_PER_PART 4
#define SECONDS_PER_PART_MAX 600

struct choices {
	const char *from, *to, *answers, *model, *format, *plan, *recipients;
	int64_t seconds_per_part; /* 0: not given */
	bool start;
};

struct run {
	const struct command_context *context;
	struct environment environment;
	struct choices choices;
	struct wall from, to;
	const struct simulation_format *format;
	struct answers_config answers;
	struct simulation *simulation;
	struct simulation_view view;
	struct simulation_totals totals;
	void *state; /* the format's */
};

/* ── what is asked for ───────────────────────────────────────────────────────────────────────── */

/* A day begins at midnight, or ends just before the next; a moment is that moment. */
static bool read_moment(const char *text, int zone_minutes, bool end_of_day, struct wall *out)
{
	struct day day;
	struct failure failure;
	if (civil_parse_day(text, &day, &failure) == RESULT_OK) {
		*out = civil_moment(day_add(day, end_of_day), 0, zone_minutes);
		if (end_of_day)
			*out = wall_add(*out, -1);
		return true;
	}
	return civil_parse_moment(text, zone_minutes, out, &failure) == RESULT_OK;
}

static int refuse(const struct run *run, enum simulation_word word, const char *given)
{
	return command_error(EX_USAGE, simulation_word(run->context, word), given);
}

static int read_range(struct run *run)
{
	const struct choices *choices = &run->choices;
	int zone = run->environment.config.zone_minutes;
	run->from = run->environment.now;
	if (choices->from != NULL && !read_moment(choices->from, zone, false, &run->from))
		return refuse(run, SIMULATION_BAD_DAY, choices->from);
	struct civil start = civil_of_wall(run->from, zone);
	bool leap = start.month == 2 && start.day == 29;
	run->to =
	    civil_moment(civil_day(start.year + 1, start.month, start.day - leap), 24 * 60, zone);
	if (choices->to != NULL && !read_moment(choices->to, zone, true, &run->to))
		return refuse(run, SIMULATION_BAD_DAY, choices->to);
	return wall_before(run->from, run->to) ? EX_OK : refuse(run, SIMULATION_BAD_RANGE, NULL);
}

static int read_choices(struct run *run)
{
	const struct choices *choices = &run->choices;
	run->answers.script = choices->answers;
	run->answers.zone_minutes = run->environment.config.zone_minutes;
	if (choices->answers != NULL && choices->model != NULL)
		return refuse(run, SIMULATION_ONE_KIND_OF_ANSWERS, NULL);
	if (choices->model != NULL && !answers_read_model(choices->model, &run->answers))
		return refuse(run, SIMULATION_BAD_MODEL, choices->model);
	if ((choices->plan == NULL) != (choices->recipients == NULL))
		return refuse(run, SIMULATION_BOTH_FILES, NULL);
	if (choices->seconds_per_part < 0 || choices->seconds_per_part > SECONDS_PER_PART_MAX)
		return refuse(run, SIMULATION_BAD_SECONDS, NULL);
	const char *format = choices->format != NULL ? choices->format : "table";
	run->format = simulation_format_find(format);
	if (run->format == NULL)
		return refuse(run, SIMULATION_BAD_FORMAT, format);
	return read_range(run);
}

/* ── files instead of the database ───────────────────────────────────────────────────────────── */

struct import {
	struct run *run;
	int status;
};

static void imported(enum result result, const struct failure *failure, json_t *body, void *arg)
{
	struct import *import = arg;
	import->status = client_tell(&import->run->environment, result, failure, body);
}

static int import_file(struct run *run, const char *operation, const char *path)
{
	struct import import = {.run = run, .status = EX_SOFTWARE};
	struct failure failure;
	const char *text;
	size_t len;
	enum result result = document_read(run->environment.arena, path, &text, &len, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	json_t *request = json_pack("{s:s, s:{s:s, s:s%}}", "operation", operation, "arguments",
	    "file", path, "text", text, len);
	char *line = request != NULL ? json_dumps(request, JSON_COMPACT) : NULL;
	json_decref(request);
	if (line == NULL) {
		complaint_print(stderr, path,
		    document_line_at(text, document_utf8_error(text, len)), "", "not valid UTF-8");
		return EX_DATAERR;
	}
	operation_start(
	    simulation_place(run->simulation), "simulate", line, strlen(line), imported, &import);
	if (simulation_settle(run->simulation) != RESULT_OK)
		import.status = EX_SOFTWARE;
	free(line);
	return import.status;
}

static int import_files(struct run *run)
{
	if (run->choices.plan == NULL)
		return EX_OK;
	int status = import_file(run, "import-recipients", run->choices.recipients);
	return status == EX_OK ? import_file(run, "import-plan", run->choices.plan) : status;
}

/* ── the run ─────────────────────────────────────────────────────────────────────────────────── */

static int make_simulation(struct run *run)
{
	struct environment *environment = &run->environment;
	struct complaints *complaints = environment->complaints;
	struct failure failure = {0};
	const struct texts *texts =
	    texts_load(environment->arena, environment->config.texts_dir, complaints);
	if (complaints->errors > 0) {
		complaints_print(run->context, complaints, false);
		return EX_CONFIG;
	}
	run->simulation = simulation_new(
	    &(struct simulation_wishes){
		.config = &environment->config,
		.texts = texts,
		.from = run->from,
		.now = environment->now,
		.empty = run->choices.plan != NULL,
		.start = run->choices.start,
		.part_ms = run->choices.seconds_per_part * SECOND_MS,
		.answers = run->answers,
	    },
	    &failure);
	if (run->simulation == NULL)
		return failure_print(&failure, failure.code);
	return import_files(run);
}

static void note(struct run *run, const char **notes, const char *sentence)
{
	notes[run->view.note_count++] = sentence;
}

static void make_notes(struct run *run, const struct simulation_remarks *remarks)
{
	struct arena *arena = run->environment.arena;
	int zone = run->environment.config.zone_minutes;
	const struct civil_text from = civil_short_moment(run->from, zone);
	const char **notes = arena_alloc(
	    arena, (1 + remarks->started_count + remarks->paused_count) * sizeof *notes);
	if (remarks->without_history)
		note(run, notes,
		    arena_printf(arena, simulation_word(run->context, SIMULATION_WITHOUT_HISTORY),
			from.text));
	for (size_t i = 0; i < remarks->started_count; i++)
		note(run, notes,
		    arena_printf(arena, simulation_word(run->context, SIMULATION_STARTED),
			remarks->started[i], from.text));
	for (size_t i = 0; i < remarks->paused_count; i++)
		note(run, notes,
		    arena_printf(arena, simulation_word(run->context, SIMULATION_PAUSED),
			remarks->paused[i]));
	run->view.notes = notes;
}

static bool take_row(const struct course_row *row, void *arg)
{
	struct run *run = arg;
	simulation_totals_add(&run->totals, row);
	run->format->row(run->state, row);
	return ferror(stdout) == 0;
}

/* Formats that a program reads have no place for them. */
static void tell_apart(const struct run *run)
{
	for (size_t i = 0; i < run->view.note_count; i++)
		fprintf(stderr, "nhacviec: %s\n", run->view.notes[i]);
	if (simulation_is_too_much(&run->totals))
		fprintf(
		    stderr, "nhacviec: %s\n", simulation_word(run->context, SIMULATION_TOO_MUCH));
}

static int show(struct run *run)
{
	struct environment *environment = &run->environment;
	struct failure failure;
	int64_t seconds = run->choices.seconds_per_part > 0 ? run->choices.seconds_per_part
							    : USUAL_SECONDS_PER_PART;
	run->view.context = run->context;
	run->view.arena = environment->arena;
	run->view.zone_minutes = environment->config.zone_minutes;
	run->view.from = run->from;
	run->view.to = run->to;
	simulation_totals_begin(&run->totals, environment->arena, run->view.zone_minutes,
	    simulation_channels(run->simulation), seconds);
	run->state = run->format->begin(&run->view);
	enum result result = reader_course(
	    simulation_reader(run->simulation), run->from, run->to, take_row, run, &failure);
	simulation_totals_end(&run->totals);
	run->format->end(run->state, &run->totals);
	if (!run->format->shows_totals)
		tell_apart(run);
	simulation_totals_free(&run->totals);
	return result == RESULT_OK ? command_end_output(run->context)
				   : failure_print(&failure, result);
}

static int simulate(struct run *run)
{
	struct simulation_remarks remarks = {0};
	struct failure failure;
	int status = read_choices(run);
	if (status == EX_OK)
		status = make_simulation(run);
	if (status != EX_OK)
		return status;
	enum result result = simulation_begin(run->simulation, &remarks, &failure);
	if (result == RESULT_OK && remarks.no_plan)
		return command_error(
		    EX_NOINPUT, "%s", simulation_word(run->context, SIMULATION_NO_PLAN));
	if (result == RESULT_OK)
		result = simulation_run(run->simulation, run->to, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	make_notes(run, &remarks);
	return show(run);
}

int daemon_simulate(const struct command_context *context, int argc, char **argv)
{
	struct run run = {.context = context};
	struct choices *choices = &run.choices;
	const struct option_form options[] = {
	    {"from", OPTION_TEXT, &choices->from, "DAY", "first day or moment (now)",
		"ngày hoặc thời điểm đầu (bây giờ)"},
	    {"to", OPTION_TEXT, &choices->to, "DAY", "last day or moment (a year later)",
		"ngày hoặc thời điểm cuối (một năm sau)"},
	    {"answers", OPTION_TEXT, &choices->answers, "FILE",
		"officials answer by this script, as those of virtual-modem do",
		"cán bộ trả lời theo kịch bản này, như với virtual-modem"},
	    {"answer-model", OPTION_TEXT, &choices->model, "NAME",
		"none; all: everybody confirms; mixed:SEED: on time, late, never, promises",
		"none; all: ai cũng báo đã gửi; mixed:SỐ: đúng hạn, trễ, không, hứa"},
	    {"format", OPTION_TEXT, &choices->format, "NAME",
		"table (default), json, csv, ics, html", "table (mặc định), json, csv, ics, html"},
	    {"plan", OPTION_TEXT, &choices->plan, "FILE",
		"simulate this plan, without the database",
		"chạy thử kế hoạch này, không dùng cơ sở dữ liệu"},
	    {"recipients", OPTION_TEXT, &choices->recipients, "FILE", "with these recipients",
		"với danh sách này"},
	    {"start", OPTION_FLAG, &choices->start, NULL, "run paused plans too",
		"chạy cả kế hoạch đang tạm dừng"},
	    {"seconds-per-part", OPTION_NUMBER, &choices->seconds_per_part, "N",
		"a modem needs so long for a part, and texts wait for one another",
		"modem cần chừng ấy giây một phần, tin phải chờ nhau"},
	};
	const struct command_form form = {
	    .usage_en = "[--from DAY] [--to DAY] [OPTIONS]",
	    .usage_vi = "[--from NGÀY] [--to NGÀY] [TÙY CHỌN]",
	    .about_en =
		"Lives through a span of time on a copy of the database, by the gateway's own\n"
		"rules and on a network without failures: every text, and why others are moved,\n"
		"merged or skipped. Sends nothing, changes nothing, also beside a running "
		"gateway.\n",
	    .about_vi =
		"Chạy thử một khoảng thời gian trên bản sao cơ sở dữ liệu, theo đúng quy tắc của\n"
		"dịch vụ, trên mạng không trục trặc: mọi tin, và vì sao tin khác bị dời, gộp, bỏ.\n"
		"Không gửi gì, không thay đổi gì, kể cả khi dịch vụ đang chạy.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&run.environment, context, NEEDS_NOW);
	if (status == EX_OK)
		status = simulate(&run);
	simulation_free(run.simulation);
	environment_close(&run.environment);
	return status;
}
