/*
 * Owns: `nhacviec board`: units × reports, who, when, document number.
 * May use: base/, base/civil.h, store/reader.h.
 * Must not know: how obligations change.
 */
#include "command/board.h"
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/subcommands.h"
#include "command/words.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#define NAMES_BYTES 2000

struct board {
	const struct environment *environment;
	struct board_row *rows; /* heap; texts in the arena */
	size_t count, capacity;
	const struct board_row **reports, **units; /* the first row of each */
	size_t report_count, unit_count;
};

/* ── reading ─────────────────────────────────────────────────────────────────────────────────── */

static bool add(const struct board_row *row, void *arg)
{
	struct board *board = arg;
	struct arena *arena = board->environment->arena;
	ARRAY_GROW(board->rows, board->count, board->capacity);
	struct board_row *copy = &board->rows[board->count++];
	*copy = *row;
	copy->plan_code = arena_copy(arena, row->plan_code);
	copy->report_code = arena_copy(arena, row->report_code);
	copy->period = arena_copy(arena, row->period);
	copy->unit_code = arena_copy(arena, row->unit_code);
	copy->unit_name = show_clean(arena, row->unit_name);
	copy->unit_kind = arena_copy(arena, row->unit_kind);
	copy->claimed_by = row->claimed_by ? show_clean(arena, row->claimed_by) : NULL;
	copy->document_number =
	    row->document_number ? show_clean(arena, row->document_number) : NULL;
	copy->figures = row->figures ? show_clean(arena, row->figures) : NULL;
	return true;
}

static bool same_report(const struct board_row *a, const struct board_row *b)
{
	return strcmp(a->report_code, b->report_code) == 0 && strcmp(a->period, b->period) == 0 &&
	       strcmp(a->plan_code, b->plan_code) == 0;
}

static bool same_unit(const struct board_row *a, const struct board_row *b)
{
	return strcmp(a->unit_code, b->unit_code) == 0;
}

/* The first row of each report or unit, in the order of the rows. */
static size_t find_firsts(const struct board *board, const struct board_row **firsts,
    bool (*same)(const struct board_row *a, const struct board_row *b))
{
	size_t count = 0;
	for (size_t r = 0; r < board->count; r++) {
		size_t i = 0;
		while (i < count && !same(firsts[i], &board->rows[r]))
			i++;
		if (i == count)
			firsts[count++] = &board->rows[r];
	}
	return count;
}

static void arrange(struct board *board)
{
	struct arena *arena = board->environment->arena;
	board->reports = arena_alloc(arena, (board->count + 1) * sizeof *board->reports);
	board->units = arena_alloc(arena, (board->count + 1) * sizeof *board->units);
	board->report_count = find_firsts(board, board->reports, same_report);
	board->unit_count = find_firsts(board, board->units, same_unit);
}

/* ── one obligation ──────────────────────────────────────────────────────────────────────────── */

bool board_is_overdue(const struct board_row *row, struct wall now)
{
	return row->state == OBLIGATION_OPEN && !wall_before(now, row->deadline);
}

bool board_is_late(const struct board_row *row)
{
	bool received = row->state == OBLIGATION_RECEIVED;
	if (row->state != OBLIGATION_CLAIMED && !received)
		return false;
	struct wall done = wall_earlier(row->claimed_at, received ? row->received_at : WALL_NEVER);
	return done.ms != WALL_NEVER.ms && !wall_before(done, row->deadline);
}

static struct show_cell describe(const struct board *board, const struct board_row *row)
{
	static const enum word states[] = {
	    WORD_STATE_OPEN, WORD_STATE_CLAIMED, WORD_STATE_RECEIVED, WORD_STATE_WAIVED};
	const struct environment *environment = board->environment;
	const struct command_context *context = environment->context;
	int zone = environment->config.zone_minutes;
	if (board_is_overdue(row, environment->now))
		return (struct show_cell){word(context, WORD_STATE_OVERDUE), COLOUR_RED};
	if (row->state == OBLIGATION_OPEN)
		return (struct show_cell){word(context, WORD_STATE_OPEN), COLOUR_NONE};
	OWNED_BUFFER text = BUFFER(1000);
	bool received = row->state == OBLIGATION_RECEIVED, late = board_is_late(row);
	buffer_add_text(&text, word(context, states[row->state]));
	if (late)
		buffer_printf(&text, " %s", word(context, WORD_LATE));
	struct civil_text when = show_moment(received ? row->received_at : row->claimed_at, zone);
	if (when.text[0] != '\0' && row->state != OBLIGATION_WAIVED)
		buffer_printf(&text, " %s", when.text);
	if (row->document_number != NULL)
		buffer_printf(&text, ", %s", row->document_number);
	if (row->claimed_by != NULL)
		buffer_printf(&text, ", %s", row->claimed_by);
	return (struct show_cell){arena_copy(environment->arena, buffer_text(&text)),
	    late ? COLOUR_YELLOW : COLOUR_GREEN};
}

/* ── the table ───────────────────────────────────────────────────────────────────────────────── */

static void print_table(const struct board *board)
{
	struct arena *arena = board->environment->arena;
	size_t columns = board->report_count + 1;
	const char **head = arena_alloc(arena, columns * sizeof *head);
	struct show_cell *cells = arena_alloc(arena, board->unit_count * columns * sizeof *cells);
	head[0] = word(board->environment->context, WORD_UNIT);
	for (size_t c = 0; c < board->report_count; c++)
		head[c + 1] = arena_printf(arena, "%s %s (%s)", board->reports[c]->report_code,
		    board->reports[c]->period, civil_short_day(board->reports[c]->named).text);
	for (size_t u = 0; u < board->unit_count; u++) {
		cells[u * columns].text = board->units[u]->unit_name;
		for (size_t c = 1; c < columns; c++)
			cells[u * columns + c].text = "";
	}
	for (size_t r = 0; r < board->count; r++) {
		size_t u = 0, c = 0;
		while (!same_unit(board->units[u], &board->rows[r]))
			u++;
		while (!same_report(board->reports[c], &board->rows[r]))
			c++;
		cells[u * columns + c + 1] = describe(board, &board->rows[r]);
	}
	show_table(stdout, head, cells, board->unit_count, columns, 1,
	    show_terminal_columns(stdout), show_has_colour(stdout));
}

/* "6T 2020: GREEN, all 21 have reported." */
static void print_summary(const struct board *board, const struct board_row *report)
{
	const struct command_context *context = board->environment->context;
	OWNED_BUFFER overdue_names = BUFFER(NAMES_BYTES);
	int all = 0, open = 0, overdue = 0;
	for (size_t r = 0; r < board->count; r++) {
		const struct board_row *row = &board->rows[r];
		if (!same_report(report, row))
			continue;
		all++;
		open += row->state == OBLIGATION_OPEN;
		if (board_is_overdue(row, board->environment->now))
			buffer_printf(
			    &overdue_names, "%s%s", overdue++ > 0 ? ", " : "", row->unit_name);
	}
	const char *name =
	    arena_printf(board->environment->arena, "%s %s", report->report_code, report->period);
	const char *colour = overdue > 0 ? "\033[31;1m" : open == 0 ? "\033[32m" : "";
	bool coloured = show_has_colour(stdout) && colour[0] != '\0';
	fputs(coloured ? colour : "", stdout);
	if (overdue > 0)
		printf(
		    word(context, WORD_BOARD_RED), name, overdue, all, buffer_text(&overdue_names));
	else if (open == 0)
		printf(word(context, WORD_BOARD_GREEN), name, all);
	else
		printf(word(context, WORD_BOARD_WAITING), name, all - open, all);
	puts(coloured ? "\033[0m" : "");
}

static void print_board(const struct board *board)
{
	if (board->count == 0) {
		fputs(word(board->environment->context, WORD_BOARD_EMPTY), stdout);
		return;
	}
	print_table(board);
	fputc('\n', stdout);
	for (size_t c = 0; c < board->report_count; c++)
		print_summary(board, board->reports[c]);
}

/* ── a file ──────────────────────────────────────────────────────────────────────────────────── */

static void print_csv(const struct board *board)
{
	static const char *const head[] = {"plan", "report", "period", "unit_code", "unit_name",
	    "unit_kind", "day", "deadline", "state", "late", "claimed_at", "claimed_by", "sent_on",
	    "figures", "document_number", "received_at"};
	const struct environment *environment = board->environment;
	int zone = environment->config.zone_minutes;
	struct listing listing;
	listing_begin(&listing, environment->arena, head, COUNT_OF(head));
	for (size_t r = 0; r < board->count; r++) {
		const struct board_row *row = &board->rows[r];
		bool overdue = board_is_overdue(row, environment->now);
		const char *const texts[] = {row->plan_code, row->report_code, row->period,
		    row->unit_code, row->unit_name, row->unit_kind};
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			listing_add(&listing, texts[i], COLOUR_NONE);
		listing_add(&listing, civil_iso_day(row->named).text, COLOUR_NONE);
		listing_add(&listing, show_csv_moment(row->deadline, zone).text, COLOUR_NONE);
		listing_add(
		    &listing, overdue ? "overdue" : obligation_state_name(row->state), COLOUR_NONE);
		listing_add(&listing, board_is_late(row) ? "late" : "", COLOUR_NONE);
		listing_add(&listing, show_csv_moment(row->claimed_at, zone).text, COLOUR_NONE);
		listing_add(&listing, row->claimed_by, COLOUR_NONE);
		listing_add(&listing,
		    row->sent_on.number > 0 ? civil_iso_day(row->sent_on).text : "", COLOUR_NONE);
		listing_add(&listing, row->nothing_to_report ? "none" : row->figures, COLOUR_NONE);
		listing_add(&listing, row->document_number, COLOUR_NONE);
		listing_add(&listing, show_csv_moment(row->received_at, zone).text, COLOUR_NONE);
	}
	listing_print_csv(&listing, stdout);
	listing_end(&listing);
}

/* ── the command ─────────────────────────────────────────────────────────────────────────────── */

struct choices {
	const char *report;
	bool csv, totals;
};

/* The plan or the report that was named has nothing on the board: mostly a slip of the pen. */
static int explain_nothing(struct environment *environment, const char *plan, const char *report)
{
	struct stored_plan found;
	int status = plan != NULL ? plan_look_up(environment, plan, &found) : EX_OK;
	if (status == EX_OK && report != NULL)
		return command_error(
		    EX_NOINPUT, word(environment->context, WORD_NO_SUCH_REPORT), report);
	if (status == EX_OK)
		fputs(word(environment->context, WORD_BOARD_EMPTY), stdout);
	return status;
}

static int show(struct environment *environment, const char *plan, const struct choices *choices)
{
	struct board board = {.environment = environment};
	struct failure failure;
	int status = EX_OK;
	reader_begin(environment->reader);
	enum result result =
	    reader_board(environment->reader, plan, choices->report, add, &board, &failure);
	if (result != RESULT_OK) {
		status = failure_print(&failure, result);
	} else if (board.count == 0 && (plan != NULL || choices->report != NULL)) {
		status = explain_nothing(environment, plan, choices->report);
	} else if (!choices->csv) {
		arrange(&board);
		print_board(&board);
	} else if (!choices->totals) {
		print_csv(&board);
	}
	if (status == EX_OK && choices->totals)
		status = totals_print(environment, choices->csv);
	reader_end(environment->reader);
	free(board.rows);
	return status == EX_OK ? command_end_output(environment->context) : status;
}

int command_board(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
	    {"report", OPTION_TEXT, &choices.report, "CODE", "only this report", "chỉ báo cáo này"},
	    {"csv", OPTION_FLAG, &choices.csv, NULL, "as CSV, a line for each unit and report",
		"dạng CSV, mỗi đơn vị và báo cáo một dòng"},
	    {"totals", OPTION_FLAG, &choices.totals, NULL,
		"also messages, parts, cost, what was refused or skipped and why",
		"thêm số tin, số phần, chi phí, tin không gửi và lý do"},
	};
	const struct command_form form = {
	    .usage_en = "[PLAN]",
	    .usage_vi = "[KẾ_HOẠCH]",
	    .about_en =
		"Shows which unit has reported what, when, by whom and under which number, and "
		"which has\nnot. A report without overdue units is green, one with them red.\n",
	    .about_vi =
		"Cho biết đơn vị nào đã báo cáo gì, lúc nào, ai báo, số văn bản nào, và đơn vị "
		"nào chưa.\nBáo cáo không có đơn vị quá hạn thì xanh, có thì đỏ.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 1,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = show(&environment, words == 1 ? argv[1] : NULL, &choices);
	environment_close(&environment);
	return status;
}
