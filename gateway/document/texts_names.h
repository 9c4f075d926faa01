/*
 * Owns: the table of answers: the name of each and what it may be filled with.
 * May use: nothing.
 * Must not know: how they are worded, who says what when.
 */
#ifndef DOCUMENT_TEXTS_NAMES_H
#define DOCUMENT_TEXTS_NAMES_H

#include <stddef.h>

struct texts_name {
	const char *name;
	const char *placeholders; /* separated by blanks; "" for none */
};

extern const struct texts_name texts_names[];
extern const size_t texts_name_count;

#endif
