/*
 * Owns: `nhacviec claim`, `receive`, `reopen`, `waive`, `promise` and `extend`: the office's own
 * entries.
 * May use: command/ (the operations).
 * Must not know: which entry is legal when.
 */
#include "command/environment.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct entry_kind {
	const char *action;
	enum word state; /* what the report is afterwards */
	const char *about_en, *about_vi;
	bool has_number;
	bool has_day;            /* a third word, and its own sentence: `state` */
	const char *undo_action; /* of --undo, or NULL */
};

static int print_result(
    const struct command_context *context, const struct entry_kind *kind, json_t *body)
{
	const char *name = json_string_value(json_object_get(body, "name"));
	const char *report = json_string_value(json_object_get(body, "report"));
	const char *period = json_string_value(json_object_get(body, "period"));
	const char *day = json_string_value(json_object_get(body, "day"));
	bool already = json_is_true(json_object_get(body, "already"));
	bool said = day != NULL && day[0] != '\0';
	if (said)
		printf(word(context, kind->state), report != NULL ? report : "",
		    period != NULL ? period : "", name != NULL ? name : "", day);
	else
		printf(word(context, already ? WORD_LEDGER_ALREADY : WORD_LEDGER_DONE),
		    report != NULL ? report : "", period != NULL ? period : "",
		    name != NULL ? name : "",
		    word(context, kind->has_day ? WORD_STATE_OPEN : kind->state));
	return command_end_output(context);
}

static int run(
    const struct command_context *context, int argc, char **argv, const struct entry_kind *kind)
{
	const char *number = NULL, *note = NULL, *period = NULL;
	bool undo = false;
	const struct option_form options[] = {
	    {"note", OPTION_TEXT, &note, "TEXT", "a remark for the record", "ghi chú lưu lại"},
	    {"period", OPTION_TEXT, &period, "YEAR", "which year, when it is not the nearest",
		"năm nào, khi không phải kỳ gần nhất"},
	    {"number", OPTION_TEXT, &number, "NUMBER", "the document's number, such as 45/BC-UBND",
		"số văn bản, như 45/BC-UBND"},
	};
	const struct option_form undoable[] = {options[0], options[1],
	    {"undo", OPTION_FLAG, &undo, NULL, "takes the promise back; then without a day",
		"hủy ngày hẹn; không ghi ngày"}};
	const struct command_form form = {
	    .usage_en = kind->has_day ? "UNIT REPORT DAY" : "UNIT REPORT",
	    .usage_vi = kind->has_day ? "ĐƠN_VỊ BÁO_CÁO NGÀY" : "ĐƠN_VỊ BÁO_CÁO",
	    .about_en = kind->about_en,
	    .about_vi = kind->about_vi,
	    .options = kind->undo_action != NULL ? undoable : options,
	    .option_count = COUNT_OF(options) - (kind->undo_action == NULL && !kind->has_number),
	    .least = kind->has_day && kind->undo_action == NULL ? 3 : 2,
	    .most = kind->has_day ? 3 : 2,
	};
	struct environment environment;
	json_t *body = NULL;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = client_run(&environment, "ledger",
		    json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "action",
			undo ? kind->undo_action : kind->action, "unit", argv[1], "report", argv[2],
			"number", number, "note", note, "period", period, "day",
			words > 2 ? argv[3] : NULL),
		    &body, NULL);
	if (status == EX_OK)
		status = print_result(context, kind, body);
	json_decref(body);
	environment_close(&environment);
	return status;
}

int command_claim(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"claim", WORD_STATE_CLAIMED,
	    "Records that a unit says it has sent the report, as its own text would. Its reminders "
	    "end.\n",
	    "Ghi rằng đơn vị cho biết đã gửi báo cáo, như khi họ tự nhắn. Không nhắc họ nữa.\n",
	    true, false, NULL};
	return run(context, argc, argv, &kind);
}

int command_receive(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"receive", WORD_STATE_RECEIVED,
	    "Records that the office holds the report. Its reminders end.\n",
	    "Ghi rằng cơ quan đã nhận được báo cáo. Không nhắc đơn vị nữa.\n", true, false, NULL};
	return run(context, argc, argv, &kind);
}

int command_reopen(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"reopen", WORD_STATE_OPEN,
	    "Undoes claim, receive or waive: the report is expected again, and reminders go on. "
	    "What "
	    "was\nrecorded before stays in the record.\n",
	    "Hủy việc ghi đã báo, đã nhận hoặc được miễn: lại chờ báo cáo và nhắc tiếp. Những gì "
	    "đã "
	    "ghi\ntrước vẫn được lưu.\n",
	    false, false, NULL};
	return run(context, argc, argv, &kind);
}

int command_waive(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"waive", WORD_STATE_WAIVED,
	    "Records that the unit need not send the report. Its reminders end; `reopen` undoes "
	    "it.\n",
	    "Ghi rằng đơn vị được miễn báo cáo. Không nhắc họ nữa; `reopen` để hủy.\n", false,
	    false, NULL};
	return run(context, argc, argv, &kind);
}

int command_promise(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"promise", WORD_PROMISED,
	    "Records that the unit will send the report on a day, such as 2020-06-08. It is not "
	    "reminded until\nthat day is over; then once.\n",
	    "Ghi rằng đơn vị hẹn gửi báo cáo vào một ngày, như 2020-06-08. Hết ngày ấy mới nhắc "
	    "lại, một\nlần.\n",
	    false, true, "unpromise"};
	return run(context, argc, argv, &kind);
}

int command_extend(const struct command_context *context, int argc, char **argv)
{
	static const struct entry_kind kind = {"extend", WORD_EXTENDED,
	    "Gives the unit a new deadline: the end of a day, such as 2020-06-12. The old one "
	    "stays "
	    "on record.\nAnother `extend` undoes it. The unit is not told by itself.\n",
	    "Đổi hạn của đơn vị: hết một ngày, như 2020-06-12. Hạn cũ vẫn được lưu. Muốn hủy thì "
	    "`extend` lại.\nĐơn vị không được tự động báo tin.\n",
	    false, true, NULL};
	return run(context, argc, argv, &kind);
}
