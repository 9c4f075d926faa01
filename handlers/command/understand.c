/*
 * Owns: `nhacviec understand`: texts on standard input, what each is read as on standard output.
 * May use: base/, understand/, command/.
 * Must not know: the store, the daemon, the configuration.
 */
#include "command/understand.h"

#include "command/environment.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define LINE_MAX_BYTES (64 * 1024)

struct session {
	const struct command_context *command;
	struct understand_context context;
	struct arena *arena; /* of one text at a time */
	bool escapes, live;
	char *line; /* LINE_MAX_BYTES + 1 */
	long number;
};

/* Reads up to the line's end. False: nothing is left. A longer line is read to its end and `*len`
 * is one more than the limit. */
static bool read_line(struct session *session, size_t *len)
{
	int c = getc_unlocked(stdin);
	*len = 0;
	if (c == EOF)
		return false;
	for (; c != EOF && c != '\n'; c = getc_unlocked(stdin))
		if (*len <= LINE_MAX_BYTES)
			session->line[(*len)++] = (char)c;
	session->number++;
	if (*len > 0 && *len <= LINE_MAX_BYTES && session->line[*len - 1] == '\r')
		(*len)--;
	return true;
}

/* A text that is cut could say the contrary behind the cut: it is not read at all. */
static struct readings read_too_long(struct session *session)
{
	struct reading *reading = arena_alloc(session->arena, sizeof *reading);
	*reading = (struct reading){.intent = INTENT_UNKNOWN,
	    .sent_on = WALL_NEVER,
	    .promised = WALL_NEVER,
	    .evidence = "longer than 65536 bytes"};
	command_error(
	    EX_OK, word(session->command, WORD_LINE_TOO_LONG), session->number, LINE_MAX_BYTES);
	return (struct readings){.items = reading, .count = 1, .said = 1};
}

static void answer(struct session *session, size_t len)
{
	struct readings readings;
	arena_reset(session->arena);
	if (len > LINE_MAX_BYTES) {
		readings = read_too_long(session);
	} else {
		if (session->escapes)
			len = understand_unescape(session->line, len);
		readings = understand_bytes(session->arena, session->line, len, &session->context);
	}
	json_t *object = understand_json(&session->context, &readings);
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
	if (session->live)
		fflush(stdout);
}

static int read_all(struct session *session)
{
	struct understand_vocabulary *vocabulary = understand_vocabulary_new();
	size_t len;
	session->context.vocabulary = vocabulary;
	session->line = memory_new(LINE_MAX_BYTES + 1);
	session->arena = arena_new();
	while (read_line(session, &len) && !ferror(stdout))
		answer(session, len);
	arena_free(session->arena);
	memory_free(session->line);
	understand_vocabulary_free(vocabulary);
	return command_end_output(session->command);
}

static int start(struct session *session, const struct understand_wishes *wishes)
{
	struct arena *arena = arena_new();
	int status = understand_make_world(session->command, arena, wishes, &session->context);
	if (status == EX_OK)
		status = read_all(session);
	arena_free(arena);
	return status;
}

static const char about_en[] =
    "Reads one text a line on standard input and writes what it is understood as, one JSON\n"
    "object a line: intent, report (a code, \"ambiguous\" or null), period, document, date, unit,\n"
    "fields (figures; \"nil\": nothing to report), confidence (0 to 100; from 90 it is acted\n"
    "upon, from 50 the sender is asked), alternatives (\"also\": said in the same text),\n"
    "evidence. Needs no configuration, database or daemon.\n";
static const char about_vi[] =
    "Đọc mỗi dòng một tin từ đầu vào chuẩn, ghi cách hiểu tin đó, mỗi dòng một đối tượng JSON:\n"
    "intent, report (mã, \"ambiguous\" hoặc null), period, document, date, unit, fields (số\n"
    "liệu; \"nil\": không phát sinh), confidence (0 đến 100; từ 90 thì làm theo, từ 50 thì hỏi\n"
    "lại), alternatives (\"also\": cũng nói trong tin đó), evidence. Không cần cấu hình, cơ sở\n"
    "dữ liệu hay dịch vụ.\n";

int command_understand(const struct command_context *context, int argc, char **argv)
{
	struct understand_wishes wishes = {0};
	struct session session = {.command = context};
	const struct option_form options[] = {
	    {"now", OPTION_TEXT, &wishes.now, "MOMENT", "such as 2026-06-08T09:00; else now",
		"như 2026-06-08T09:00; không nêu: lúc này"},
	    {"open", OPTION_TEXT, &wishes.open, "CODES", "reports owed: 6T,NAM (both); -: none",
		"báo cáo còn nợ: 6T,NAM (cả hai); -: không"},
	    {"claimed", OPTION_TEXT, &wishes.claimed, "CODES", "said to be sent an hour ago",
		"đã nhắn là gửi một giờ trước"},
	    {"reminded", OPTION_TEXT, &wishes.reminded, "CODES", "lately reminded of",
		"mới được nhắc"},
	    {"asked", OPTION_TEXT, &wishes.asked, "QUESTION",
		"numbered question put: 1:6T,2:NAM or cancel:1:6T,2:NAM",
		"câu vừa hỏi: 1:6T,2:NAM hoặc cancel:1:6T,2:NAM"},
	    {"sender", OPTION_TEXT, &wishes.sender, "ADDRESS", "who wrote: 195 or VIETTEL, robots",
		"người gửi: 195 hoặc VIETTEL, tin tự động"},
	    {"requests", OPTION_NUMBER, &wishes.requests, "N",
		"requests for more time wait for the sender", "số đề nghị lùi hạn chờ người gửi"},
	    {"event", OPTION_TEXT, &wishes.event, "NAME", "attendance at it is asked",
		"đang hỏi có dự không"},
	    {"fields", OPTION_TEXT, &wishes.fields, "CODES", "figures asked for: lop,nguoi",
		"số liệu cần có: lop,nguoi"},
	    {"plan", OPTION_TEXT, &wishes.plan, "FILE", "a plan; else the example of 6T and NAM",
		"tệp kế hoạch; không nêu: kế hoạch mẫu có 6T và NAM"},
	    {"escapes", OPTION_FLAG, &session.escapes, NULL, "\\n, \\t, \\\\ and \\xNN are undone",
		"hiểu \\n, \\t, \\\\ và \\xNN"},
	};
	const struct command_form form = {
	    .usage_en = "[OPTIONS] <TEXTS",
	    .usage_vi = "[TÙY CHỌN] <CÁC_TIN",
	    .about_en = about_en,
	    .about_vi = about_vi,
	    .options = options,
	    .option_count = COUNT_OF(options),
	};
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	struct stat output;
	session.live = isatty(STDOUT_FILENO) ||
		       (fstat(STDOUT_FILENO, &output) == 0 && !S_ISREG(output.st_mode));
	return start(&session, &wishes);
}
