/*
 * Owns: a folder of small records that wait to be fetched: each is durable when it has been added.
 * May use: base/.
 * Must not know: what the records are about, the database.
 *
 * For the relay, which has no database: it stores what came in until the office's node has taken
 * it. Ids rise, also over restarts and when the folder was empty in between.
 */
#ifndef STORE_SPOOL_H
#define STORE_SPOOL_H

#include "base/memory.h"
#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

struct spool;

/* Opens the folder, which is made (0700) when it is not there. `most`: records it may hold. NULL
 * with `failure` when it cannot be used, or another process has it open. */
struct spool *spool_open(const char *folder, size_t most, struct failure *failure);
void spool_close(struct spool *spool); /* NULL is fine */

/* Adds a record; on disk when this returns RESULT_OK. RESULT_LIMIT: it is full. */
MUST_CHECK enum result spool_add(
    struct spool *spool, const void *bytes, size_t len, int64_t *id, struct failure *failure);

/* The oldest record with an id above `after`, in the arena. RESULT_NOT_FOUND: there is none. */
MUST_CHECK enum result spool_next(struct spool *spool, int64_t after, struct arena *arena,
    int64_t *id, const char **bytes, size_t *len, struct failure *failure);

/* Forgets every record up to and with `id`. */
MUST_CHECK enum result spool_drop(struct spool *spool, int64_t id, struct failure *failure);

size_t spool_count(const struct spool *spool);

#endif
