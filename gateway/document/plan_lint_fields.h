/*
 * Owns: figures whose words could be taken for a report.
 * May use: base/, text/, plan/, document/.
 * Must not know: how texts are read.
 */
#ifndef DOCUMENT_PLAN_LINT_FIELDS_H
#define DOCUMENT_PLAN_LINT_FIELDS_H

#include "document/document.h"
#include "plan/model.h"

/* Warns of each figure, once, that has a word which names a report of the plan. */
void plan_lint_fields(const struct plan *plan, const char *file, struct complaints *complaints);

#endif
