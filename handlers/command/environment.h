/*
 * Owns: what a subcommand stands on: configuration, the store for reading, the time.
 * May use: base/, document/, store/reader.h, loop/.
 * Must not know: what the subcommands do.
 */
#ifndef COMMAND_ENVIRONMENT_H
#define COMMAND_ENVIRONMENT_H

#include "command/command.h"
#include "command/operation.h"
#include "document/config.h"
#include "store/reader.h"

struct environment {
	const struct command_context *context;
	struct arena *arena;
	struct complaints *complaints; /* of the configuration, warnings too */
	struct config config;
	struct reader *reader;    /* NULL without NEEDS_READER */
	struct wall now;          /* with NEEDS_NOW */
	const char *clock_socket; /* $NHACVIEC_CLOCK, or NULL */
};

enum { NEEDS_READER = 1, NEEDS_NOW = 2 };

/* Reads the configuration (its errors are printed) and opens what is needed. Returns EX_OK, or the
 * status to end with after a sentence was printed. environment_close follows either way. */
int environment_open(
    struct environment *environment, const struct command_context *context, unsigned needs);
void environment_close(struct environment *environment);

/* The time of the machine, or of the rehearsal that $NHACVIEC_CLOCK names. */
MUST_CHECK enum result command_now(
    const char *clock_socket, struct wall *now, struct failure *failure);

/* Prints complaints as FILE:LINE: text to stderr; warnings only when wanted. */
void complaints_print(
    const struct command_context *context, const struct complaints *complaints, bool warnings_too);

/* Prints the failure's sentence, and returns the exit status that fits. */
int failure_print(const struct failure *failure, enum result result);

/* Runs an operation in the daemon or, when none runs, here; returns the exit status. `arguments`
 * is taken. On EX_OK *body (may be NULL) is the caller's to json_decref; what went wrong has been
 * printed, complaints about a file one by one. *by_daemon (may be NULL) tells who did it. */
int client_run(const struct environment *environment, const char *operation, json_t *arguments,
    json_t **body, bool *by_daemon);

/* Prints what went wrong with an operation that ended so, or what is mentioned of a file; `body`
 * may be NULL. Returns the exit status. */
int client_tell(const struct environment *environment, enum result result,
    const struct failure *failure, json_t *body);

/* The same without printing: for client.c's tests and for who words it differently. */
MUST_CHECK enum result client_ask(const struct environment *environment, const char *operation,
    json_t *arguments, json_t **body, bool *by_daemon, struct failure *failure);

/* Ends a command that has printed a listing: EX_OK, or EX_IOERR when stdout could not take it. */
int command_end_output(const struct command_context *context);

#endif
