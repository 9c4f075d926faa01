/*
 * Owns: showing on a terminal: the width of letters, padded columns, colours, moments.
 * May use: base/, base/civil.h, utf8proc (width.c alone).
 * Must not know: what is shown.
 */
#ifndef COMMAND_SHOW_H
#define COMMAND_SHOW_H

#include "base/memory.h"
#include "base/civil.h"

#include <stdio.h>

/* How many columns of a terminal the text takes: combining marks take none, wide letters two. */
int show_width(const char *text);

/* Writes the text and blanks up to `columns`; a longer text is written whole. */
void show_padded(FILE *out, const char *text, int columns);

/* The text with every control character replaced, so that what strangers send cannot steer a
 * terminal, and every line end by a blank. In the arena. NULL gives "". */
const char *show_clean(struct arena *arena, const char *text);

/* The text in at most `columns`, cut with "…". In the arena. */
const char *show_cut(struct arena *arena, const char *text, int columns);

/* Columns of the terminal that `out` is; 0 when it is none (a file, a pipe): no limit, no colour.
 * $COLUMNS wins over what the terminal says. */
int show_terminal_columns(FILE *out);
/* True when colours are wanted: a terminal, and no $NO_COLOR. */
bool show_has_colour(FILE *out);

enum colour { COLOUR_NONE, COLOUR_GREEN, COLOUR_RED, COLOUR_YELLOW };

struct show_cell {
	const char *text;
	enum colour colour;
};

/* Prints a table: head, line, rows. `cells` has rows × columns items, the head is `head`. When the
 * terminal is narrower than the table, the columns after the first `fixed` are dealt to several
 * tables below each other, each with the fixed ones; columns 0: no limit. */
void show_table(FILE *out, const char *const *head, const struct show_cell *cells, size_t rows,
    size_t columns, size_t fixed, int limit, bool colour);

/* A field of CSV as RFC 4180 wants it, quoted when needed. What a spreadsheet would take for a
 * formula (= + - @, tab, carriage return first) gets a ' before it. Comma or line end is the
 * caller's. */
void show_csv_field(FILE *out, const char *text);

/* "08:05 10/6/2020"; "" for WALL_NEVER and 0. And "2020-06-10 08:05" for files. */
struct civil_text show_moment(struct wall moment, int zone_minutes);
struct civil_text show_csv_moment(struct wall moment, int zone_minutes);

#endif
