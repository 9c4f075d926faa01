/*
 * Owns: the office's own test file: texts with their right readings (`own_texts`).
 * May use: base/, document/, command/.
 * Must not know: how texts are read.
 *
 * The form is that of the product's own labelled texts, tests/replies/README.md.
 */
#ifndef COMMAND_OWN_TEXTS_H
#define COMMAND_OWN_TEXTS_H

#include "command/environment.h"
#include "plan/model.h"

/* One text and what it is; NULL or "-": no such thing. `context`: words NAME=VALUE. */
struct own_text {
	const char *text; /* as it came */
	const char *intent, *report, *document, *date, *unit, *context;
};

/* Adds it to the file, which is made when it is not there, for its owner alone. RESULT_CONFLICT
 * with the line when the same text, but for marks and case, is in it already; RESULT_IO. */
MUST_CHECK enum result own_texts_add(struct arena *arena, const char *path,
    const struct own_text *text, int *line, struct failure *failure);

/* Has the texts of the file read, with what they are about looked up in these plans, and complains
 * mildly, at their lines, about those that are still misread. Without the file there is nothing. */
void own_texts_check(const struct command_context *context, const char *path,
    const struct plan *const *plans, size_t plan_count, struct complaints *complaints);

#endif
