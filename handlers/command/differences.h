/*
 * Owns: showing what an import changes, section by section: for `import` and `plan diff`.
 * May use: command/environment.h, jansson.
 * Must not know: whether it will be applied.
 */
#ifndef COMMAND_DIFFERENCES_H
#define COMMAND_DIFFERENCES_H

#include "command/environment.h"

struct differences_count {
	int changes;    /* + ~ - */
	int left_alone; /* ? */
};

/* Prints the "differences" of an import's reply to stdout, under a heading for each kind of them,
 * and counts them. */
struct differences_count differences_print(const struct environment *environment, json_t *body);

/* Asks the operation `name` what it would change and prints that; nothing is changed. `arguments`
 * are borrowed. Returns EX_OK, or a status after printing. */
int differences_preview(const struct environment *environment, const char *name, json_t *arguments,
    struct differences_count *count);

/* The operation that imports this text, "import-plan" or "import-recipients", and its arguments
 * (the caller's to decref); NULL after printing that it is not UTF-8 (*status says so). */
json_t *differences_arguments(const struct environment *environment, const char *path,
    const char *text, size_t len, const char **operation, int *status);

#endif
