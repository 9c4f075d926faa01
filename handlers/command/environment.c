/*
 * Owns: opening and closing what a subcommand stands on, printing what went wrong.
 * May use: base/, document/, store/reader.h, loop/.
 * Must not know: what the subcommands do.
 */
#include "command/environment.h"

#include "base/step_clock.h"
#include "command/options.h"
#include "command/words.h"
#include "loop/loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum result command_now(const char *clock_socket, struct wall *now, struct failure *failure)
{
	if (clock_socket != NULL) {
		struct step_clock *clock =
		    step_clock_join(clock_socket, "command", "helper", failure);
		if (clock == NULL)
			return failure->code;
		*now = step_clock_now(clock);
		step_clock_leave(clock);
		return RESULT_OK;
	}
	struct loop *loop = loop_new(NULL, "command", failure);
	if (loop == NULL)
		return failure->code;
	*now = loop_now(loop);
	loop_free(loop);
	return RESULT_OK;
}

void complaints_print(
    const struct command_context *context, const struct complaints *complaints, bool warnings_too)
{
	size_t errors = 0;
	for (size_t i = 0; i < complaints->count; i++) {
		const struct complaint *item = &complaints->items[i];
		errors += !item->warning;
		if (item->warning && !warnings_too)
			continue;
		complaint_print(stderr, item->file, item->line,
		    item->warning ? word(context, WORD_WARNING) : "", item->text);
	}
	if (complaints->errors > errors) {
		fputs("… ", stderr);
		fprintf(stderr, word(context, WORD_MORE_ERRORS), complaints->errors - errors);
		fputc('\n', stderr);
	}
}

int failure_print(const struct failure *failure, enum result result)
{
	return command_error(result_exit_status(result), "%s", failure->text);
}

int environment_open(
    struct environment *environment, const struct command_context *context, unsigned needs)
{
	struct failure failure;
	const char *clock_socket = getenv("NHACVIEC_CLOCK");
	*environment = (struct environment){
	    .context = context,
	    .arena = arena_new(),
	    .complaints = memory_new(sizeof *environment->complaints),
	    .clock_socket = clock_socket != NULL && clock_socket[0] != '\0' ? clock_socket : NULL,
	};
	environment->complaints->arena = environment->arena;
	config_load(
	    environment->arena, context->config, &environment->config, environment->complaints);
	if (environment->complaints->errors > 0) {
		complaints_print(context, environment->complaints, false);
		return EX_CONFIG;
	}
	enum result result = RESULT_OK;
	if (needs & NEEDS_READER)
		result = reader_open_sqlite(
		    environment->config.database, &environment->reader, &failure);
	if (result == RESULT_OK && (needs & NEEDS_NOW))
		result = command_now(environment->clock_socket, &environment->now, &failure);
	return result == RESULT_OK ? EX_OK : failure_print(&failure, result);
}

void environment_close(struct environment *environment)
{
	if (environment->reader != NULL)
		reader_close(environment->reader);
	memory_free(environment->complaints);
	arena_free(environment->arena);
}

int command_end_output(const struct command_context *context)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EX_OK;
	return command_error(EX_IOERR, word(context, WORD_CANNOT_WRITE_OUTPUT), strerror(errno));
}
