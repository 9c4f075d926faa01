/*
 * Owns: the texts of answers to people, config/texts/LANGUAGE.yaml: name → template.
 * May use: base/, text/template.h, document/.
 * Must not know: who says what when.
 */
#ifndef DOCUMENT_TEXTS_FILE_H
#define DOCUMENT_TEXTS_FILE_H

#include "document/document.h"

struct texts;

/* Reads DIR/vi.yaml and DIR/en.yaml. Every name of the table (document/texts_names.c) must exist in
 * both, with no other placeholders than its own; NULL when errors were added. */
struct texts *texts_load(struct arena *arena, const char *dir, struct complaints *complaints);
/* The template, never NULL: an unknown name gives the name itself. Unknown languages are "vi". */
const char *texts_get(const struct texts *texts, const char *language, const char *name);

#endif
