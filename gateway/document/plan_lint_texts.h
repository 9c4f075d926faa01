/*
 * Owns: how long a plan's texts can get.
 * May use: base/, text/, plan/, document/.
 * Must not know: who is reached how.
 */
#ifndef DOCUMENT_PLAN_LINT_TEXTS_H
#define DOCUMENT_PLAN_LINT_TEXTS_H

#include "document/plan_lint.h"

/* Warns of each text, once, that takes more than world->parts_max parts in the worst case of a
 * report or event that uses it. */
void plan_lint_texts(const struct plan *plan, const char *file, const struct lint_world *world,
    struct complaints *complaints);

#endif
