/*
 * Owns: units, people, posts and numbers as CSV.
 * May use: base/, text/, plan/model.h (posts), document/.
 * Must not know: the store.
 *
 * UTF-8 (a BOM is fine), comma or semicolon, quoted fields as in RFC 4180, a header line with these
 * names in any order (unknown ones are an error that lists the known):
 *   unit_code, unit_name, unit_kind, parent, valid_from, valid_until, successor,
 *   person_code, person_name, post, phone, language
 * One row a post. A unit or a person may appear in several rows; what is said of it must agree, and
 * an empty field says nothing. A unit without posts has a row with its own columns alone, so has a
 * person. valid_from and valid_until are days (2020-03-01) of the unit: its first one, and the
 * first on which it is no more; successor is the code of the unit that owes in its place from then
 * on. These three, parent and language may be missing as columns; the language is then vi.
 */
#ifndef DOCUMENT_RECIPIENTS_FILE_H
#define DOCUMENT_RECIPIENTS_FILE_H

#include "base/civil.h"
#include "document/document.h"
#include "plan/model.h"

#include <stdio.h>

struct recipient_unit {
	const char *code, *name, *kind, *parent; /* parent "" for the top */
	struct day valid_from;                   /* its first day; DAY_NONE: since ever */
	struct day
	    valid_until;       /* the first day on which it is no more; DAY_NONE: no end is known */
	const char *successor; /* a unit's code, "" none */
	int line;
};

struct recipient_person {
	const char *code, *name, *phone /* E.164 or "" */, *language /* "vi" | "en" */;
	/* The order in which they want to be reached, "zalo,sms"; "" the office's; NULL: the file
	 * has no such column, what is known stays. */
	const char *prefers;
	int line;
};

struct recipient_post {
	const char *unit_code, *person_code;
	enum plan_post post;
	int line;
};

struct recipients {
	struct recipient_unit *units;
	size_t unit_count;
	struct recipient_person *people;
	size_t person_count;
	struct recipient_post *posts;
	size_t post_count;
};

/* Returns NULL when errors were added. `known_unit` tells whether a parent's or successor's code
 * exists outside the file (may be NULL: none do). */
struct recipients *recipients_file_parse(struct arena *arena, const char *file, const char *text,
    size_t len, bool (*known_unit)(const char *code, void *arg), void *arg,
    struct complaints *complaints);

/* Writes the canonical form: what an import of it would change is nothing. valid_from, valid_until
 * and successor are written when some unit has one of them, prefers when some person has it. */
void recipients_file_write(FILE *out, const struct recipients *recipients);

#endif
