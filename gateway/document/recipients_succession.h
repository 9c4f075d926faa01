/*
 * Owns: what must be right about the beginning, the end and the successors of units in a file.
 * May use: base/, document/.
 * Must not know: rows, the store.
 */
#ifndef DOCUMENT_RECIPIENTS_SUCCESSION_H
#define DOCUMENT_RECIPIENTS_SUCCESSION_H

#include "document/recipients_file.h"
#include "document/text_index.h"

/* Adds a complaint, at the unit's line, for each unit that ends before it begins, each successor
 * that is the unit itself, is not known, has no end to follow, or begins only after that end, and
 * each circle of successors. `by_code` finds units of the file; `known_unit` (may be NULL) others.
 */
void recipients_check_succession(struct arena *arena, const char *file,
    const struct recipients *recipients, const struct text_index *by_code,
    bool (*known_unit)(const char *code, void *arg), void *arg, struct complaints *complaints);

#endif
