/*
 * Owns: `nhacviec import`.
 * May use: base/, document/, command/ (the operations).
 * Must not know: what is in the files.
 */
#include "command/environment.h"
#include "command/file_kind.h"
#include "command/options.h"
#include "command/show.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

struct choices {
	bool dry_run, retire;
	const char *owner;
};

static int print_result(
    const struct environment *environment, json_t *body, const struct choices *choices)
{
	const struct command_context *context = environment->context;
	int changes = 0, left_alone = 0;
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(body, "differences"), i, item)
	{
		const char *sign = json_string_value(json_object_get(item, "sign"));
		const char *text = json_string_value(json_object_get(item, "text"));
		bool alone = sign != NULL && sign[0] == '?';
		changes += !alone;
		left_alone += alone;
		printf("%s %s\n", sign != NULL ? sign : "", show_clean(environment->arena, text));
	}
	if (changes == 0)
		fputs(word(context, WORD_NOTHING_TO_CHANGE), stdout);
	else
		printf(word(context, choices->dry_run ? WORD_WOULD_CHANGE : WORD_CHANGED), changes);
	if (left_alone > 0)
		printf(word(context, WORD_LEFT_ALONE), left_alone);
	return command_end_output(context);
}

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

static int import_text(const struct environment *environment, const char *path, const char *text,
    size_t len, const struct choices *choices)
{
	bool recipients = file_is_recipients(text, len);
	size_t bad = document_utf8_error(text, len);
	if (bad < len) {
		fprintf(stderr, "%s:%d: %s\n", path, document_line_at(text, bad),
		    word(environment->context, WORD_NOT_UTF8));
		return EX_DATAERR;
	}
	json_t *arguments = json_pack(
	    "{s:s, s:s%, s:b}", "file", path, "text", text, len, "preview", choices->dry_run);
	if (recipients && arguments != NULL)
		json_object_set_new(arguments, "retire", json_boolean(choices->retire));
	if (recipients && arguments != NULL && choices->owner != NULL)
		json_object_set_new(arguments, "owner", json_string(choices->owner));
	json_t *body = NULL;
	int status = client_run(
	    environment, recipients ? "import-recipients" : "import-plan", arguments, &body, NULL);
	if (status == EX_OK)
		status = print_result(environment, body, choices);
	if (status == EX_OK && !choices->dry_run)
		mention_start(environment, body);
	json_decref(body);
	return status;
}

int command_import(const struct command_context *context, int argc, char **argv)
{
	struct choices choices = {0};
	const struct option_form options[] = {
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
		"is shown what changes,\nand all of it changes in one step. Importing sends "
		"nothing. The same file again changes\nnothing.\n",
	    .about_vi =
		"Nhập kế hoạch (YAML) hoặc danh sách đơn vị, cán bộ, chức trách (CSV), tùy nội "
		"dung tệp.\nMọi lỗi được liệt kê theo dòng và khi đó không thay đổi gì; nếu "
		"không có lỗi, các thay đổi\nđược liệt kê và thực hiện cùng lúc. Việc nhập "
		"không gửi tin. Nhập lại tệp cũ không đổi gì.\n",
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
