/*
 * Owns: `nhacviec tasks`.
 * May use: base/, store/reader.h, command/ (the operations).
 * Must not know: how tasks arise.
 */
#include "command/environment.h"
#include "command/listing.h"
#include "command/options.h"
#include "command/subcommands.h"
#include "command/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

struct table {
	struct listing listing;
	const struct environment *environment;
};

static bool add_row(const struct task_row *row, void *arg)
{
	struct table *table = arg;
	struct listing *listing = &table->listing;
	const struct environment *environment = table->environment;
	int zone = environment->config.zone_minutes;
	bool open = row->closed.ms == 0 || row->closed.ms == WALL_NEVER.ms;
	bool late = open && row->until.ms != 0 && wall_before(row->until, environment->now);
	listing_printf(listing, "%" PRId64, row->id);
	listing_add(listing, show_moment(row->opened, zone).text, COLOUR_NONE);
	listing_add(listing, show_moment(row->until, zone).text, late ? COLOUR_RED : COLOUR_NONE);
	listing_printf(listing, "%s%s: %s", open ? "" : "✓ ",
	    task_kind_in_words(environment->context->language, row->kind),
	    row->text != NULL ? row->text : "");
	return true;
}

static int list(const struct environment *environment, bool closed_too)
{
	const struct command_context *context = environment->context;
	const char *const head[] = {word(context, WORD_COLUMN_NUMBER),
	    word(context, WORD_COLUMN_WHEN), word(context, WORD_COLUMN_UNTIL),
	    word(context, WORD_COLUMN_TASK)};
	struct table table = {.environment = environment};
	struct failure failure;
	listing_begin(&table.listing, environment->arena, head, COUNT_OF(head));
	enum result result =
	    reader_tasks(environment->reader, closed_too, add_row, &table, &failure);
	int status = result == RESULT_OK ? EX_OK : failure_print(&failure, result);
	if (status == EX_OK && table.listing.rows == 0)
		fputs(word(context, WORD_NO_TASKS), stdout);
	else if (status == EX_OK)
		listing_print(&table.listing, stdout);
	listing_end(&table.listing);
	return status == EX_OK ? command_end_output(context) : status;
}

static int close_task(const struct command_context *context, int64_t id, const char *note)
{
	struct environment environment;
	int status = environment_open(&environment, context, 0);
	if (status == EX_OK)
		status = client_run(&environment, "task-close",
		    json_pack("{s:I, s:s?}", "id", (json_int_t)id, "note", note), NULL, NULL);
	if (status == EX_OK)
		printf(word(context, WORD_TASK_CLOSED), (long long)id);
	environment_close(&environment);
	return status;
}

int command_tasks(const struct command_context *context, int argc, char **argv)
{
	bool all = false;
	const char *note = NULL;
	const struct option_form options[] = {
	    {"all", OPTION_FLAG, &all, NULL, "closed ones too", "cả việc đã đóng"},
	    {"note", OPTION_TEXT, &note, "TEXT", "what was decided (with close)",
		"đã quyết định gì (với close)"},
	};
	const struct command_form form = {
	    .usage_en = "[close ID]",
	    .usage_vi = "[close SỐ]",
	    .about_en =
		"Lists what a human must decide: who, why, until when. `tasks close ID` says "
		"that it is\ndone.\n",
	    .about_vi = "Liệt kê việc cần người xử lý: ai, vì sao, hạn nào. `tasks close SỐ` là đã "
			"xong.\n",
	    .options = options,
	    .option_count = COUNT_OF(options),
	    .most = 2,
	};
	struct environment environment;
	int words, status;
	if (!options_read(context, &form, argc, argv, &words, &status))
		return status;
	if (words > 0) {
		char *end = NULL;
		errno = 0;
		long long id = words == 2 ? strtoll(argv[2], &end, 10) : 0;
		if (words != 2 || strcmp(argv[1], "close") != 0 || *end != '\0' || errno != 0 ||
		    id <= 0)
			return command_error(EX_USAGE, "%s", word(context, WORD_BAD_TASK_WORDS));
		return close_task(context, id, note);
	}
	status = environment_open(&environment, context, NEEDS_READER | NEEDS_NOW);
	if (status == EX_OK)
		status = list(&environment, all);
	environment_close(&environment);
	return status;
}
