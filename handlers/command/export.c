/*
 * Owns: `nhacviec export`.
 * May use: base/, document/recipients_file.h, store/reader.h.
 * Must not know: how the store keeps things.
 */
#include "command/environment.h"
#include "command/options.h"
#include "command/plans.h"
#include "command/recipients.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct command_form form = {
    .usage_en = "plan CODE | recipients",
    .usage_vi = "plan MÃ | recipients",
    .about_en =
	"Writes a plan as it was imported, byte for byte, or the list of units, people and\n"
	"posts as CSV, to stdout. Importing that again changes nothing.\n",
    .about_vi =
	"Ghi kế hoạch đúng như khi nhập, hoặc danh sách đơn vị, cán bộ, chức trách dạng CSV,\n"
	"ra stdout. Nhập lại tệp đó không thay đổi gì.\n",
    .least = 1,
    .most = 2,
};

static int export_plan(struct environment *environment, const char *code)
{
	struct stored_plan plan;
	int status = plan_look_up(environment, code, &plan);
	if (status != EX_OK)
		return status;
	fputs(plan.body, stdout);
	return command_end_output(environment->context);
}

static int export_recipients(struct environment *environment)
{
	struct reader_recipients stored;
	struct recipients recipients;
	struct failure failure;
	enum result result =
	    reader_recipients(environment->reader, environment->arena, &stored, &failure);
	if (result != RESULT_OK)
		return failure_print(&failure, result);
	recipients_from_store(
	    environment->arena, &stored, environment->config.zone_minutes, &recipients);
	recipients_file_write(stdout, &recipients);
	return command_end_output(environment->context);
}

int command_export(const struct command_context *context, int argc, char **argv)
{
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	bool plan = strcmp(argv[1], "plan") == 0 && words == 2;
	bool recipients = strcmp(argv[1], "recipients") == 0 && words == 1;
	if (!plan && !recipients)
		return command_error(EX_USAGE, word(context, WORD_BAD_EXPORT), argv[1]);
	status = environment_open(&environment, context, NEEDS_READER);
	if (status == EX_OK)
		status =
		    plan ? export_plan(&environment, argv[2]) : export_recipients(&environment);
	environment_close(&environment);
	return status;
}
