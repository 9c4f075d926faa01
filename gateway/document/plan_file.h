/*
 * Owns: plans as YAML: reading with every error at its line, and nothing of a plan that is half
 * right.
 * May use: base/, text/, plan/, document/.
 * Must not know: the store, people.
 */
#ifndef DOCUMENT_PLAN_FILE_H
#define DOCUMENT_PLAN_FILE_H

#include "document/document.h"
#include "plan/model.h"

/* Reads a plan from `text`. Returns NULL when errors were added to `complaints`. Holidays are taken
 * from `holidays_dir`/NAME.ics as the plan names them; NULL: no file is read, the law's days off
 * stand in. `file` is used in complaints only. */
struct plan *plan_file_parse(struct arena *arena, const char *file, const char *text, size_t len,
    const char *holidays_dir, struct complaints *complaints);

/* The placeholders that texts may use; used by the parser to check and by the scheduler to fill. */
bool plan_placeholder_exists(const char *name);

#endif
