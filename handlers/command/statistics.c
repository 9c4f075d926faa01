/*
 * Owns: `nhacviec statistics`: of each report and period, how many were expected and how they came.
 * May use: base/, base/civil.h, store/reader.h, jansson.
 * Must not know: how obligations change.
 */
#include "command/board.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <string.h>
#include <sysexits.h>

/* What is counted of a set of obligations. What was waived is not expected; expected = on time +
 * late + missing + pending. */
struct counts {
	int expected, reported, on_time, received, late, missing, pending, after_closing;
};

struct count_row {
	const char *plan, *report, *period; /* in the arena */
	struct day named;
	struct counts counts;
};

struct choices {
	const char *plan, *report, *period, *kind, *from, *to;
	struct option_list units;
	struct day first, last; /* named days; DAY_NONE: open */
	bool csv, json;
};

struct statistics {
	const struct environment *environment;
	const struct choices *choices;
	struct count_row *rows; /* heap */
	size_t count, capacity;
	struct counts total;
};

/* ── counting ────────────────────────────────────────────────────────────────────────────────── */

static bool is_named(const struct option_list *list, const char *code)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], code) == 0)
			return true;
	return list->count == 0;
}

static bool is_wanted(const struct choices *choices, const struct board_row *row)
{
	return (choices->period == NULL || strcmp(choices->period, row->period) == 0) &&
	       (choices->kind == NULL || strcmp(choices->kind, row->unit_kind) == 0) &&
	       is_named(&choices->units, row->unit_code) &&
	       (choices->first.number == DAY_NONE.number ||
		   row->named.number >= choices->first.number) &&
	       (choices->last.number == DAY_NONE.number ||
		   row->named.number <= choices->last.number);
}

/* When the unit had reported: its claim that stands, or that the office held the paper. */
static struct wall reported_at(const struct board_row *row)
{
	return wall_before(row->received_at, row->claimed_at) ? row->received_at : row->claimed_at;
}

static void count(struct counts *counts, const struct board_row *row, struct wall now)
{
	bool reported = row->state == OBLIGATION_CLAIMED || row->state == OBLIGATION_RECEIVED;
	bool late = reported && !wall_before(reported_at(row), row->deadline);
	bool overdue = board_is_overdue(row, now);
	counts->expected++;
	counts->reported += reported;
	counts->on_time += reported && !late;
	counts->late += late;
	counts->received += row->state == OBLIGATION_RECEIVED;
	counts->missing += overdue;
	counts->pending += !reported && !overdue;
	counts->after_closing += reported && !wall_before(reported_at(row), row->closing);
}

static bool add(const struct board_row *row, void *arg)
{
	struct statistics *statistics = arg;
	struct arena *arena = statistics->environment->arena;
	if (row->state == OBLIGATION_WAIVED || !is_wanted(statistics->choices, row))
		return true;
	size_t at = statistics->count;
	while (at > 0 && (strcmp(statistics->rows[at - 1].plan, row->plan_code) != 0 ||
			     strcmp(statistics->rows[at - 1].report, row->report_code) != 0 ||
			     strcmp(statistics->rows[at - 1].period, row->period) != 0))
		at--;
	if (at == 0) {
		ARRAY_GROW(statistics->rows, statistics->count, statistics->capacity);
		statistics->rows[statistics->count++] =
		    (struct count_row){.plan = arena_copy(arena, row->plan_code),
			.report = arena_copy(arena, row->report_code),
			.period = arena_copy(arena, row->period),
			.named = row->named};
		at = statistics->count;
	}
	count(&statistics->rows[at - 1].counts, row, statistics->environment->now);
	count(&statistics->total, row, statistics->environment->now);
	return true;
}

/* ── showing ─────────────────────────────────────────────────────────────────────────────────── */

#define NUMBERS 8
static const char *const number_names[NUMBERS] = {
    "expected", "reported", "on_time", "received", "late", "missing", "pending", "after_closing"};
static const enum word number_words[NUMBERS] = {WORD_STATISTICS_EXPECTED, WORD_STATISTICS_REPORTED,
    WORD_STATISTICS_ON_TIME, WORD_STATISTICS_RECEIVED, WORD_STATISTICS_LATE,
    WORD_STATISTICS_MISSING, WORD_STATISTICS_PENDING, WORD_STATISTICS_AFTER_CLOSING};

static void numbers_of(const struct counts *counts, int out[NUMBERS])
{
	const int numbers[NUMBERS] = {counts->expected, counts->reported, counts->on_time,
	    counts->received, counts->late, counts->missing, counts->pending,
	    counts->after_closing};
	memcpy(out, numbers, sizeof numbers);
}

static void list_row(struct listing *listing, const char *plan, const char *report,
    const char *period, const char *day, const struct counts *counts)
{
	int numbers[NUMBERS];
	const char *const texts[] = {plan, report, period, day};
	numbers_of(counts, numbers);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		listing_add(listing, texts[i], COLOUR_NONE);
	for (size_t i = 0; i < NUMBERS; i++)
		listing_printf(listing, "%d", numbers[i]);
}

static void print_listing(const struct statistics *statistics)
{
	const struct command_context *context = statistics->environment->context;
	bool csv = statistics->choices->csv;
	const char *head[4 + NUMBERS] = {"plan", "report", "period", "day"};
	if (!csv) {
		head[0] = word(context, WORD_PLAN);
		head[1] = word(context, WORD_COLUMN_REPORT);
		head[2] = word(context, WORD_PERIOD);
		head[3] = word(context, WORD_DEADLINE);
	}
	for (size_t i = 0; i < NUMBERS; i++)
		head[4 + i] = csv ? number_names[i] : word(context, number_words[i]);
	struct listing listing;
	listing_begin(&listing, statistics->environment->arena, head, COUNT_OF(head));
	for (size_t i = 0; i < statistics->count; i++) {
		const struct count_row *row = &statistics->rows[i];
		list_row(&listing, row->plan, row->report, row->period,
		    csv ? civil_iso_day(row->named).text : civil_full_day(row->named).text,
		    &row->counts);
	}
	list_row(
	    &listing, csv ? "total" : word(context, WORD_TOTAL), "", "", "", &statistics->total);
	if (csv)
		listing_print_csv(&listing, stdout);
	else
		listing_print(&listing, stdout);
	listing_end(&listing);
}

static json_t *counts_json(const struct counts *counts)
{
	int numbers[NUMBERS];
	json_t *object = json_object();
	numbers_of(counts, numbers);
	for (size_t i = 0; i < NUMBERS; i++)
		json_object_set_new(object, number_names[i], json_integer(numbers[i]));
	return object;
}

/* One object a line; the last one has "total". */
static void print_json(const struct statistics *statistics)
{
	for (size_t i = 0; i <= statistics->count; i++) {
		bool last = i == statistics->count;
		const struct count_row *row = &statistics->rows[i];
		json_t *object = last ? json_pack("{s:b}", "total", true)
				      : json_pack("{s:s, s:s, s:s, s:s}", "plan", row->plan,
					    "report", row->report, "period", row->period, "day",
					    civil_iso_day(row->named).text);
		json_t *counts = counts_json(last ? &statistics->total : &row->counts);
		json_object_update(object, counts);
		json_dumpf(object, stdout, JSON_COMPACT);
		fputc('\n', stdout);
		json_decref(counts);
		json_decref(object);
	}
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

static int show(struct environment *environment, const struct choices *choices)
{
	struct statistics statistics = {.environment = environment, .choices = choices};
	struct stored_plan found;
	struct failure failure;
	int status = EX_OK;
	if (choices->plan != NULL)
		status = plan_look_up(environment, choices->plan, &found);
	if (status != EX_OK)
		return status;
	enum result result = reader_board(
	    environment->reader, choices->plan, choices->report, add, &statistics, &failure);
	if (result != RESULT_OK)
		status = failure_print(&failure, result);
	else if (choices->json)
		print_json(&statistics);
	else
		print_listing(&statistics);
	memory_free(statistics.rows);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

/* False after printing that it is no day. */
static bool read_day(
    const struct command_context *context, const char *name, const char *text, struct day *day)
{
	*day = DAY_NONE;
	if (text == NULL || civil_parse_day(text, day, NULL) == RESULT_OK)
		return true;
	command_error(EX_USAGE, word(context, WORD_OPTION_WANTS_DAY), name, text);
	return false;
}

int command_statistics(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
	    {"report", OPTION_TEXT, &choices.report, "CODE", "only this report", "chỉ báo cáo này"},
	    {"period", OPTION_TEXT, &choices.period, "PERIOD", "only this period, such as 2020",
		"chỉ kỳ này, như 2020"},
	    {"unit", OPTION_TEXTS, &choices.units, "CODE", "only this unit; may be repeated",
		"chỉ đơn vị này; có thể lặp lại"},
	    {"kind", OPTION_TEXT, &choices.kind, "KIND", "only units of this kind",
		"chỉ đơn vị loại này"},
	    {"from", OPTION_TEXT, &choices.from, "DAY", "deadlines from this day on",
		"hạn từ ngày này"},
	    {"to", OPTION_TEXT, &choices.to, "DAY", "deadlines up to this day",
		"hạn đến hết ngày này"},
	    {"csv", OPTION_FLAG, &choices.csv, NULL, "as CSV", "dạng CSV"},
	    {"json", OPTION_FLAG, &choices.json, NULL, "as JSON, one object a line",
		"dạng JSON, mỗi dòng một đối tượng"},
	};
	const struct command_form form = {
	    .usage_en = "[PLAN]",
	    .usage_vi = "[KẾ_HOẠCH]",
	    .about_en =
		"Counts, for each report and period and in all: reports expected, reported, on "
		"time,\nreceived, late, missing (the deadline has passed), pending (it has not), "
		"and reported\nonly after the closing day. What was waived is not expected.\n",
	    .about_vi =
		"Thống kê theo từng báo cáo và kỳ, và tổng cộng: phải báo cáo, đã báo cáo, đúng "
		"hạn, đã nhận,\ntrễ hạn, còn thiếu (đã quá hạn), chưa đến hạn, và báo cáo sau ngày "
		"khóa sổ. Việc được miễn\nkhông tính.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (!read_day(context, "from", choices.from, &choices.first) ||
	    !read_day(context, "to", choices.to, &choices.last))
		return EX_USAGE;
	choices.plan = words == 1 ? argv[1] : NULL;
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = show(&environment, &choices);
	environment_close(&environment);
	return status;
}
