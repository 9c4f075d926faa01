/*
 * Owns: `nhacviec import`.
 * May use: base/, document/, command/ (the operations).
 * Must not know: what is in the files.
 */
#include "command/differences.h"
#include "command/environment.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* What `import` ends with when it was not told to apply what it has shown. */
#define STATUS_NOT_APPLIED 1

struct choices {
	bool dry_run, retire, yes;
	const char *owner;
};

/* A plan that has never been started waits for its start. */
static bool find_draft(const struct plan_row *row, void *arg)
{
	const char **code = arg;
	if (strcmp(row->code, *code) != 0)
		return true;
	if (strcmp(row->state, "draft") != 0)
		*code = NULL;
	return false;
}

static void mention_start(const struct environment *environment, json_t *body)
{
	const char *code = json_string_value(json_object_get(body, "code"));
	struct reader *reader = NULL;
	if (code == NULL ||
	    reader_open_sqlite(environment->config.database, &reader, NULL) != RESULT_OK)
		return;
	const char *draft = code;
	if (reader_plans(reader, find_draft, &draft, NULL) == RESULT_OK && draft != NULL)
		printf(word(environment->context, WORD_PLAN_IS_DRAFT), code);
	reader_close(reader);
}

/* On a terminal somebody can be asked; a script must have said --yes. */
static bool may_apply(const struct command_context *context, const struct choices *choices)
{
	char answer[16] = "";
	if (choices->yes)
		return true;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return false;
	fputs(word(context, WORD_APPLY), stdout);
	fflush(stdout);
	if (fgets(answer, sizeof answer, stdin) == NULL)
		return false;
	return strchr("cCyY", answer[0]) != NULL && answer[0] != '\0';
}

/* What was shown is applied; warnings about the file have been printed with it. */
static int apply(const struct environment *environment, const char *operation, json_t *arguments)
{
	struct failure failure;
	json_t *body = NULL;
	enum result result =
	    client_ask(environment, operation, json_incref(arguments), &body, NULL, &failure);
	if (result == RESULT_OK) {
		size_t changes = 0, i;
		json_t *item;
		json_array_foreach(json_object_get(body, "differences"), i, item)
		{
			const char *sign = json_string_value(json_object_get(item, "sign"));
			changes += sign != NULL && sign[0] != '?';
		}
		printf(word(environment->context, WORD_CHANGED), (int)changes);
		mention_start(environment, body);
	}
	json_decref(body);
	return result == RESULT_OK ? EX_OK : failure_print(&failure, result);
}

static int import_text(const struct environment *environment, const char *path, const char *text,
    size_t len, const struct choices *choices)
{
	const struct command_context *context = environment->context;
	const char *operation;
	int status = EX_OK;
	struct differences_count count;
	json_t *arguments =
	    differences_arguments(environment, path, text, len, &operation, &status);
	if (arguments == NULL)
		return status;
	if (strcmp(operation, "import-recipients") == 0) {
		json_object_set_new(arguments, "retire", json_boolean(choices->retire));
		if (choices->owner != NULL)
			json_object_set_new(arguments, "owner", json_string(choices->owner));
	}
	status = differences_preview(environment, operation, arguments, &count);
	if (status == EX_OK && count.left_alone > 0)
		printf(word(context, WORD_LEFT_ALONE), count.left_alone);
	if (status == EX_OK && count.changes == 0) {
		fputs(word(context, WORD_NOTHING_TO_CHANGE), stdout);
	} else if (status == EX_OK && choices->dry_run) {
		printf(word(context, WORD_WOULD_CHANGE), count.changes);
	} else if (status == EX_OK && may_apply(context, choices)) {
		status = apply(environment, operation, arguments);
	} else if (status == EX_OK) {
		printf(word(context, WORD_NOT_APPLIED), count.changes);
		status = STATUS_NOT_APPLIED;
	}
	json_decref(arguments);
	int output = command_end_output(context);
	return status == EX_OK ? output : status;
}

int command_import(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
	    {"yes", OPTION_FLAG, &choices.yes, NULL, "apply what is shown, without asking",
		"thực hiện các thay đổi được nêu mà không hỏi"},
	    {"dry-run", OPTION_FLAG, &choices.dry_run, NULL, "only show what would change",
		"chỉ xem sẽ thay đổi gì"},
	    {"retire", OPTION_FLAG, &choices.retire, NULL,
		"end units, people and posts that the list does not name",
		"cho hết hiệu lực đơn vị, người, chức trách không có trong danh sách"},
	    {"owner", OPTION_TEXT, &choices.owner, "CODE",
		"the coordinating unit, when the list has several at the top",
		"đơn vị chủ trì, khi danh sách có nhiều đơn vị cấp trên cùng"},
	};
	const struct command_form form = {
	    .usage_en = "FILE",
	    .usage_vi = "TỆP",
	    .about_en =
		"Reads a plan (YAML) or a list of units, people and posts (CSV), whichever the "
		"file is.\nAll errors are listed by line and nothing is changed then; else it "
		"is shown what would\nchange: obligations added and removed, deadlines moved, "
		"queued messages cancelled, texts\nand steps. It changes, in one step, with "
		"--yes, or when the question on the terminal is\nanswered with y; else "
		"nothing is applied and the exit status is 1. Importing sends nothing.\nThe "
		"same file again changes nothing.\n",
	    .about_vi =
		"Nhập kế hoạch (YAML) hoặc danh sách đơn vị, cán bộ, chức trách (CSV), tùy nội "
		"dung tệp.\nMọi lỗi được liệt kê theo dòng và khi đó không thay đổi gì; nếu "
		"không có lỗi, lệnh nêu\nnhững gì sẽ thay đổi: việc thêm và bớt, hạn dời, "
		"tin chờ bị hủy, nội dung tin và các bước.\nChỉ thực hiện, cùng một lúc, khi "
		"có --yes hoặc khi trả lời c trên màn hình; nếu không thì\nkhông áp dụng gì "
		"và mã thoát là 1. Việc nhập không gửi tin. Nhập lại tệp cũ không đổi gì.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .least = 1,
	    .most = 1,
	};
	struct environment environment;
	struct failure failure;
	int words, status;
	const char *text;
	size_t len;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	status = environment_open(&environment, context, 0);
	if (status == EX_OK) {
		enum result result =
		    document_read(environment.arena, argv[1], &text, &len, &failure);
		if (result == RESULT_OK && len == 0)
			result = failure_set(&failure, RESULT_INVALID,
			    "%s is empty: a plan or a list of recipients is needed.", argv[1]);
		status = result == RESULT_OK
			     ? import_text(&environment, argv[1], text, len, &choices)
			     : failure_print(&failure, result);
	}
	environment_close(&environment);
	return status;
}
