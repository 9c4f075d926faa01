/*
 * Owns: rows of comma-separated values (RFC 4180): the fields of each, and its line.
 * May use: base/.
 * Must not know: what the columns mean.
 *
 * The separator is a comma, a semicolon or a tab: the one the first line has most of. Blanks around
 * fields are dropped. Rows without any content are passed over.
 */
#ifndef DOCUMENT_CSV_H
#define DOCUMENT_CSV_H

#include "document/document.h"

#include <stdio.h>

#define CSV_FIELDS_MAX 32
#define CSV_FIELD_MAX 400 /* bytes of one field */

struct csv {
	struct arena *arena;
	const char *file;
	struct complaints *complaints;
	const char *next, *end;
	char separator;
	int next_line;
};

struct csv_row {
	int line; /* where it begins, from 1 */
	const char *fields[CSV_FIELDS_MAX];
	size_t count;
};

/* Checks the text as a whole (UTF-8, no NUL) and passes over a BOM. False after a complaint. */
bool csv_begin(struct csv *csv, struct arena *arena, const char *file, const char *text, size_t len,
    struct complaints *complaints);

/* The next row: 1; 0 at the end; -1 after a complaint that makes the rest unreadable. */
int csv_take(struct csv *csv, struct csv_row *row);

/* Writes one field, quoted when it must be; then the caller writes the comma or line end. */
void csv_write_field(FILE *out, const char *text);

#endif
