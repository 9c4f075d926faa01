/*
 * Owns: what board.c and totals.c share, and what is derived of an obligation.
 * May use: store/reader.h.
 * Must not know: terminals.
 */
#ifndef COMMAND_BOARD_H
#define COMMAND_BOARD_H

#include "command/environment.h"

/* Open, and the deadline has come. */
bool board_is_overdue(const struct board_row *row, struct wall now);
/* Claimed or received, but not before the deadline. */
bool board_is_late(const struct board_row *row);

/* Messages by state, parts, cost, what was withheld and why: as text, or as CSV with the columns
 * what, reason, count. Returns EX_OK or a status after printing. */
int totals_print(const struct environment *environment, bool csv);

#endif
