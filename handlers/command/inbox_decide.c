/*
 * Owns: `nhacviec inbox decide`: the office says what a text means.
 * May use: command/ (the operations).
 * Must not know: which decision is legal when, how it is answered.
 */
#include "command/inbox.h"

#include "command/environment.h"
#include "command/options.h"
#include "command/words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

static const char about_en[] =
    "Settles a text of the list as the office decides, as if the official had said it plainly:\n"
    "the ledger is changed with the text as its source, the sender is answered, the task and the\n"
    "question it led to are closed. DECISION: confirm, received, not-yet, extension-request,\n"
    "cancel, attend, absent, status, help, opt-out, opt-in, or nothing (nothing is made of it).\n";
static const char about_vi[] =
    "Xử lý một tin trong danh sách theo quyết định của văn phòng, như khi cán bộ đã nhắn rõ ràng:\n"
    "sổ theo dõi được ghi với tin đó là nguồn, người gửi được trả lời, việc và câu hỏi do tin đó\n"
    "được đóng. QUYẾT_ĐỊNH: confirm (đã gửi), received (đã nhận), not-yet (chưa gửi),\n"
    "extension-request (xin lùi hạn), cancel (hủy), attend (dự), absent (vắng), status, help,\n"
    "opt-out (ngừng tin), opt-in, nothing (không làm gì).\n";

bool inbox_read_id(const struct command_context *context, const char *text, int64_t *id)
{
	char *end = NULL;
	errno = 0;
	long long value = strtoll(text, &end, 10);
	*id = value;
	if (*text != '\0' && *end == '\0' && errno == 0 && value > 0)
		return true;
	command_error(EX_USAGE, word(context, WORD_BAD_TEXT_ID), text);
	return false;
}

static void print_outcome(const struct command_context *context, json_t *body)
{
	const char *sender = json_string_value(json_object_get(body, "sender"));
	const char *answer = json_string_value(json_object_get(body, "answer"));
	printf(word(context, answer != NULL ? WORD_TEXT_DECIDED_ANSWERED : WORD_TEXT_DECIDED),
	    (int)json_integer_value(json_object_get(body, "changes")), sender != NULL ? sender : "",
	    answer != NULL ? answer : "");
}

int inbox_decide_command(const struct command_context *context, int argc, char **argv)
{
	const char *report = NULL, *unit = NULL, *period = NULL, *number = NULL, *until = NULL;
	const struct option_form options[] = {
	    {"report", OPTION_TEXT, &report, "CODE", "the report or event it is about",
		"báo cáo hay sự kiện nói đến"},
	    {"unit", OPTION_TEXT, &unit, "CODE", "of which unit, when the sender has several",
		"của đơn vị nào, khi người gửi phụ trách nhiều đơn vị"},
	    {"period", OPTION_TEXT, &period, "PERIOD", "which year or period", "năm hay kỳ nào"},
	    {"number", OPTION_TEXT, &number, "NUMBER", "the document's number: 45/BC-UBND",
		"số văn bản: 45/BC-UBND"},
	    {"until", OPTION_TEXT, &until, "DAY", "promised or asked for: 2020-06-12",
		"ngày hẹn hoặc ngày xin lùi đến: 2020-06-12"},
	};
	const struct command_form form = {
	    .usage_en = "ID DECISION [OPTIONS]",
	    .usage_vi = "SỐ QUYẾT_ĐỊNH [TÙY CHỌN]",
	    .about_en = about_en,
	    .about_vi = about_vi,
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 2,
	    .most = 2,
	};
	struct environment environment;
	json_t *body = NULL;
	int words, status;
	int64_t id;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (!inbox_read_id(context, argv[1], &id))
		return EX_USAGE;
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = client_run(&environment, "inbox-decide",
		    json_pack("{s:I, s:s, s:s?, s:s?, s:s?, s:s?, s:s?}", "id", (json_int_t)id,
			"decision", argv[2], "report", report, "unit", unit, "period", period,
			"number", number, "day", until),
		    &body, NULL);
	if (status == EX_OK) {
		print_outcome(context, body);
		status = command_end_output(context);
	}
	json_decref(body);
	environment_close(&environment);
	return status;
}
