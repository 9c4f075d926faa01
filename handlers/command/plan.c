/*
 * Owns: `nhacviec plan diff`.
 * May use: base/, document/, command/ (the operations).
 * Must not know: what a plan says.
 */
#include "command/differences.h"
#include "command/environment.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command_form form = {
    .usage_en = "diff FILE",
    .usage_vi = "diff TỆP",
    .about_en =
	"Shows what importing this version of a plan would change, and changes nothing:\n"
	"obligations added and removed, deadlines moved, waiting messages that would be\n"
	"cancelled, texts, and steps that would come at another moment in the next 60 days.\n",
    .about_vi =
	"Cho biết việc nhập bản kế hoạch này sẽ thay đổi gì, và không thay đổi gì: việc phải\n"
	"báo cáo thêm và bớt, hạn dời, tin đang chờ bị hủy, nội dung tin, và các bước đổi giờ\n"
	"trong 60 ngày tới.\n",
    .least = 2,
    .most = 2,
};

static int show(const struct environment *environment, const char *path)
{
	struct failure failure;
	const char *text, *operation;
	size_t len;
	int status = EX_OK;
	enum result result = document_read(environment->arena, path, &text, &len, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	json_t *arguments =
	    differences_arguments(environment, path, text, len, &operation, &status);
	if (arguments == NULL)
		return status;
	struct differences_count count = {0};
	if (strcmp(operation, "import-plan") == 0)
		status = differences_preview(environment, operation, arguments, &count);
	else
		status = command_error(
		    EX_DATAERR, word(environment->context, WORD_NOT_A_PLAN), path, path);
	json_decref(arguments);
	if (status != EX_OK)
		return status;
	if (count.changes == 0)
		fputs(word(environment->context, WORD_NOTHING_TO_CHANGE), stdout);
	else
		printf(word(environment->context, WORD_WOULD_CHANGE), count.changes);
	return command_end_output(environment->context);
}

int command_plan(const struct command_context *context, int argc, char **argv)
{
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (strcmp(argv[1], "diff") != 0)
		return command_error(EX_USAGE, word(context, WORD_BAD_PLAN_WORDS), argv[1]);
	status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = show(&environment, argv[2]);
	environment_close(&environment);
	return status;
}
