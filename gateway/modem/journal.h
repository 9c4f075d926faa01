/*
 * Owns: the outcomes that no daemon took, kept in a file for the next process.
 * May use: modem/outcome.h, base/.
 * Must not know: libgammu, sockets.
 */
#ifndef MODEM_JOURNAL_H
#define MODEM_JOURNAL_H

#include "base/buffer.h"
#include "base/result.h"
#include "modem/outcome.h"

/* Appends the frame of one outcome to the file and makes it durable (fsync) before returning.
 * RESULT_IO with `failure` set when the disk refuses. */
MUST_CHECK enum result journal_append(
    const char *path, const struct outcome *outcome, struct failure *failure);

/* Appends to `frames` what the file holds: whole OUTCOME frames alone; a torn end or anything else
 * ends the reading. At most 256 KiB are read. Returns how many frames; 0 when there is no file. */
int journal_read(const char *path, struct buffer *frames);

/* Removes the file; a missing one is fine. */
void journal_remove(const char *path);

#endif
