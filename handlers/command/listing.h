/*
 * Owns: collecting rows of text, then printing them as a table or as CSV.
 * May use: base/, command/show.h.
 * Must not know: what is listed.
 */
#ifndef COMMAND_LISTING_H
#define COMMAND_LISTING_H

#include "command/show.h"

#define LISTING_COLUMNS_MAX 20

struct listing {
	struct arena *arena; /* of the texts; the caller's */
	const char *head[LISTING_COLUMNS_MAX];
	size_t columns, rows;
	bool raw;                /* set after listing_begin: texts are kept as they are, for CSV */
	struct show_cell *cells; /* heap */
	size_t count, capacity;
};

/* The head's texts are borrowed. */
void listing_begin(
    struct listing *listing, struct arena *arena, const char *const *head, size_t columns);
/* Cells go in from left to right, row after row; texts are copied (NULL is ""), and unless
 * raw, control characters replaced. */
void listing_add(struct listing *listing, const char *text, enum colour colour);
void listing_printf(struct listing *listing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* On a terminal the last column is cut so that a row fits one line. */
void listing_print(struct listing *listing, FILE *out);
void listing_print_csv(const struct listing *listing, FILE *out);
void listing_end(struct listing *listing);

#endif
