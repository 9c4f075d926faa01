/*
 * Owns: what reading any file of an administrator has in common: the list of complaints.
 * May use: base/.
 * Must not know: what the files are about.
 */
#ifndef DOCUMENT_DOCUMENT_H
#define DOCUMENT_DOCUMENT_H

#include "base/memory.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define DOCUMENT_BYTES_MAX (16 * 1024 * 1024)
#define COMPLAINTS_MAX 200

/* One thing wrong with a file. */
struct complaint {
	const char *file;
	int line;         /* from 1; 0: the file as a whole */
	const char *text; /* what is wrong and what to do, one or two sentences */
	bool warning;     /* true: works all the same */
};

/* Everything that is wrong, collected so that one run shows all of it. Strings live in `arena`. */
struct complaints {
	struct arena *arena;
	struct complaint items[COMPLAINTS_MAX];
	size_t count;
	size_t errors; /* those that are not warnings, counted past the limit too */
};

void complain(struct complaints *complaints, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void complain_mildly(struct complaints *complaints, const char *file, int line, const char *format,
    ...) __attribute__((format(printf, 4, 5)));

/* Writes one line: "FILE:LINE: WARNING TEXT", without the line when the file as a whole is meant.
 * `warning` is the word before a warning, "" for an error. */
void complaint_print(FILE *out, const char *file, int line, const char *warning, const char *text);

/* Reads a whole file (at most DOCUMENT_BYTES_MAX) into the arena, NUL added. */
MUST_CHECK enum result document_read(
    struct arena *arena, const char *path, const char **text, size_t *len, struct failure *failure);

/* The offset of the first byte that is not well-formed UTF-8; `len` when all of it is. */
size_t document_utf8_error(const char *text, size_t len);
/* The line (from 1) that the byte at `offset` is in. */
int document_line_at(const char *text, size_t offset);

/* The folder of a path, "." when it has none; and a path as seen from a folder. In the arena. */
const char *document_folder(struct arena *arena, const char *path);
const char *document_path_in(struct arena *arena, const char *folder, const char *path);

/* A code is 1 to `max` letters A-Z a-z, digits and hyphens, not a hyphen first. */
bool document_code_is_good(const char *code, size_t max);

/* The known word that `word` is probably a misspelling of, or NULL. */
const char *document_nearest(const char *word, const char *const *known, size_t count);
/* "Did you mean `recipients`?", or the list of what is known. In the arena. */
const char *document_advice(
    struct arena *arena, const char *word, const char *const *known, size_t count);

#endif
