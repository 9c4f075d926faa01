/*
 * Owns: what importing a plan and importing recipients have in common.
 * May use: command/arguments.h, document/, store/.
 * Must not know: what is in the files.
 */
#ifndef COMMAND_OPERATION_IMPORT_H
#define COMMAND_OPERATION_IMPORT_H

#include "command/arguments.h"

#include "document/document.h"

/* One import under way; lives in the operation's arena. */
struct importing {
	struct operation *operation;
	struct complaints *complaints;   /* about the file */
	const char *file, *text;         /* its name, its contents */
	bool preview;                    /* change nothing */
	struct reader_recipients stored; /* before the import */
	int zone_minutes;
};

#define IMPORTING_MORE_MAX 4

/* Reads the arguments `file`, `text`, `preview` and at most IMPORTING_MORE_MAX `more`, and what is
 * stored. False: the operation has failed. */
bool importing_begin(struct importing *importing, struct operation *operation,
    const struct argument *more, size_t more_count);

/* True, after failing the operation with all complaints, when there are errors, or when the file
 * came to nothing (`read` is false). */
bool importing_refuse(struct importing *importing, bool read);

/* Ends the operation after the store's answer. `body` (taken) is what to say beyond complaints and
 * differences: kind and the like. `more` (taken, may be NULL) are differences that come last. */
void importing_end(struct importing *importing, enum result result, const struct failure *failure,
    const struct store_differences *differences, json_t *more, json_t *body);

/* Whether a unit of that code is stored; `arg` is a struct reader_recipients. */
bool importing_is_stored(const char *code, void *arg);

#endif
