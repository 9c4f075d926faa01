/*
 * Owns: two notes that outlive a process: a reading of the modem's store that never ended, and a
 * PIN that was tried.
 * May use: base/.
 * Must not know: libgammu, frames.
 */
#ifndef MODEM_MARKS_H
#define MODEM_MARKS_H

#include <stdbool.h>

#define MARK_PATH_MAX 512

/* ── readings ────────────────────────────────────────────────────────────────────────────────── */

/* A text that crashes the reader takes the process with it; what the note says at the next start
 * tells which. */
struct reading_mark {
	char path[MARK_PATH_MAX]; /* "" when no note can be kept */
	bool crashed;             /* a reading before this process never ended */
	int slot;                 /* the slot it was at; 0: it was a listing, or there was none */
	int times;                /* how often in a row that slot was the last one */
};

/* Reads the note that an earlier process may have left. */
void reading_mark_open(struct reading_mark *mark, const char *directory, const char *name);

/* Before a reading begins; `slot` 0 for a listing of all. */
void reading_mark_set(const struct reading_mark *mark, int slot);

/* All was read: removes the note, and forgets what it said at the start. */
void reading_mark_clear(struct reading_mark *mark);

/* ── the PIN ─────────────────────────────────────────────────────────────────────────────────── */

/* Three wrong PINs lock a SIM, and a process may die between trying one and telling anybody. So the
 * try is noted durably first, as a hash of the PIN, and the note goes only when the PIN was right.
 */

/* Whether this PIN was tried and not known to be right. */
bool pin_mark_holds(const char *path, const char *pin);

/* Returns false when the disk refuses; the PIN must not be tried then. */
bool pin_mark_set(const char *path, const char *pin);

void pin_mark_clear(const char *path);

#endif
