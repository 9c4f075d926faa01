/*
 * Owns: `nhacviec inbox teach`: a text with its right reading goes into the office's own test file.
 * May use: base/, store/reader.h, command/.
 * Must not know: how texts are read.
 */
#include "command/inbox.h"

#include "command/environment.h"
#include "command/options.h"
#include "command/own_texts.h"
#include "command/understand.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#define CONTEXT_BYTES_MAX 1000

static const char about_en[] =
    "Keeps a text of the list with its right reading in the office's own test file (own_texts in\n"
    "the configuration). `nhacviec check` has the file read, and tells what is still misread, so\n"
    "that an update can be tried on it. The file stays on this machine.\n";
static const char about_vi[] =
    "Giữ một tin trong danh sách, kèm cách hiểu đúng, vào tệp kiểm tra riêng của văn phòng\n"
    "(own_texts trong cấu hình). `nhacviec check` cho đọc lại tệp ấy và báo tin nào còn bị hiểu\n"
    "sai, để thử mỗi bản cập nhật. Tệp không rời khỏi máy này.\n";

struct teaching {
	struct environment *environment;
	int64_t id;
	bool found;
	const char *text, *sender;
	struct wall at;
	struct reader_recipients recipients;
	struct buffer open;
};

static bool take_text(const struct inbound_row *row, void *arg)
{
	struct teaching *teaching = arg;
	struct arena *arena = teaching->environment->arena;
	if (row->id != teaching->id)
		return true;
	teaching->found = true;
	teaching->text = arena_copy(arena, row->text);
	teaching->sender = arena_copy(arena, row->sender);
	teaching->at = row->received_at;
	return false;
}

/* ── what the sender owed ────────────────────────────────────────────────────────────────────── */

static bool has_phone(const struct teaching *teaching, const char *person)
{
	for (size_t i = 0; i < teaching->recipients.person_count; i++) {
		const struct store_person *one = &teaching->recipients.people[i];
		if (strcmp(one->code, person) == 0)
			return one->phone != NULL && strcmp(one->phone, teaching->sender) == 0;
	}
	return false;
}

static bool speaks_for(const struct teaching *teaching, const char *unit)
{
	for (size_t i = 0; i < teaching->recipients.post_count; i++) {
		const struct store_post *post = &teaching->recipients.posts[i];
		if (strcmp(post->unit_code, unit) == 0 && has_phone(teaching, post->person_code))
			return true;
	}
	return false;
}

static bool is_listed(const struct buffer *list, const char *code)
{
	size_t len = strlen(code);
	const char *at = buffer_text(list);
	for (at = strstr(at, code); at != NULL; at = strstr(at + 1, code))
		if ((at == buffer_text(list) || at[-1] == ',') &&
		    (at[len] == '\0' || at[len] == ','))
			return true;
	return false;
}

static void add_open(struct teaching *teaching, const char *code)
{
	if (!is_listed(&teaching->open, code))
		buffer_printf(&teaching->open, "%s%s", teaching->open.len > 0 ? "," : "", code);
}

/* Open when the text came: open still, or said to be sent at that moment or later. */
static bool take_owed(const struct board_row *row, void *arg)
{
	struct teaching *teaching = arg;
	bool open =
	    row->state == OBLIGATION_OPEN ||
	    (row->claimed_at.ms != WALL_NEVER.ms && !wall_before(row->claimed_at, teaching->at));
	if (open && speaks_for(teaching, row->unit_code))
		add_open(teaching, row->report_code);
	return true;
}

static enum result look_up(struct teaching *teaching, struct failure *failure)
{
	struct environment *environment = teaching->environment;
	enum result result =
	    reader_inbox(environment->reader, 0, false, take_text, teaching, failure);
	if (result == RESULT_OK)
		result = reader_recipients(
		    environment->reader, environment->arena, &teaching->recipients, failure);
	if (result == RESULT_OK && teaching->found)
		result =
		    reader_board(environment->reader, NULL, NULL, take_owed, teaching, failure);
	return result;
}

/* ── keeping it ──────────────────────────────────────────────────────────────────────────────── */

static bool intent_exists(const struct command_context *context, const char *name)
{
	OWNED_BUFFER known = BUFFER(1000);
	for (int i = 0; i < INTENT_COUNT; i++) {
		if (strcmp(intent_name((enum intent)i), name) == 0)
			return true;
		buffer_printf(&known, "%s%s", i > 0 ? ", " : "", intent_name((enum intent)i));
	}
	command_error(EX_USAGE, word(context, WORD_BAD_INTENT), name, buffer_text(&known));
	return false;
}

/* The moment in the plan's zone, to the minute. */
static const char *context_of(const struct teaching *teaching)
{
	struct environment *environment = teaching->environment;
	struct civil_text moment = civil_rfc3339(teaching->at, environment->config.zone_minutes);
	bool robot = teaching->sender[0] != '+';
	return arena_printf(environment->arena, "now=%.16s open=%s%s%s", moment.text,
	    teaching->open.len > 0 ? buffer_text(&teaching->open) : "-", robot ? " sender=" : "",
	    robot ? teaching->sender : "");
}

static int keep(struct teaching *teaching, const struct own_text *reading)
{
	struct environment *environment = teaching->environment;
	const struct command_context *context = environment->context;
	const char *path = environment->config.own_texts;
	struct own_text text = *reading;
	struct failure failure;
	int line = 0;
	enum result result = look_up(teaching, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	if (!teaching->found)
		return command_error(
		    EX_NOINPUT, word(context, WORD_NO_SUCH_TEXT), (long long)teaching->id);
	if (text.report != NULL && strcmp(text.report, "-") != 0 &&
	    strcmp(text.report, "ambiguous") != 0)
		add_open(teaching, text.report);
	text.text = teaching->text;
	text.context = context_of(teaching);
	result = own_texts_add(environment->arena, path, &text, &line, &failure);
	if (line != 0)
		return command_error(EX_DATAERR, word(context, WORD_TAUGHT_BEFORE), path, line);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	printf(word(context, WORD_TEXT_TAUGHT), path);
	return command_end_output(context);
}

static int teach(const struct command_context *context, int64_t id, const struct own_text *reading)
{
	struct environment environment;
	struct teaching teaching = {
	    .environment = &environment, .id = id, .open = BUFFER(CONTEXT_BYTES_MAX)};
	int status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status = keep(&teaching, reading);
	buffer_clear(&teaching.open);
	environment_close(&environment);
	return status;
}

int inbox_teach_command(const struct command_context *context, int argc, char **argv)
{
	struct own_text reading = {0};
	const struct option_form options[] = {
	    {"intent", OPTION_TEXT, &reading.intent, "INTENT", "what it says: confirm, not-yet …",
		"tin nói gì: confirm, not-yet …"},
	    {"report", OPTION_TEXT, &reading.report, "CODE", "of which report, or ambiguous",
		"báo cáo nào, hoặc ambiguous"},
	    {"document", OPTION_TEXT, &reading.document, "NUMBER", "such as 45/BC-UBND",
		"như 45/BC-UBND"},
	    {"date", OPTION_TEXT, &reading.date, "DAY", "the day it names: 2020-06-12",
		"ngày nêu trong tin: 2020-06-12"},
	    {"unit", OPTION_TEXT, &reading.unit, "NAME", "the unit it speaks for",
		"đơn vị mà tin nói thay"},
	};
	const struct command_form form = {
	    .usage_en = "ID --intent INTENT [OPTIONS]",
	    .usage_vi = "SỐ --intent Ý_ĐỊNH [TÙY CHỌN]",
	    .about_en = about_en,
	    .about_vi = about_vi,
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 1,
	    .most = 1,
	};
	int words, status;
	int64_t id;
	struct failure failure;
	struct day day;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (!inbox_read_id(context, argv[1], &id) ||
	    !intent_exists(context, reading.intent != NULL ? reading.intent : "-"))
		return EX_USAGE;
	if (reading.date != NULL && civil_parse_day(reading.date, &day, &failure) != RESULT_OK)
		return command_error(EX_USAGE, "%s", failure.text);
	return teach(context, id, &reading);
}
