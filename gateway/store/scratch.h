/*
 * Owns: the port of a scratch store: a copy in which anything may happen and nothing is kept.
 * May use: base/, store/store.h, store/reader.h.
 * Must not know: what it is tried out for.
 *
 * It lives in memory, and spills into a file without a name when it grows large, so that nothing is
 * left behind however the process ends. What it was copied from is only read, and may be in use.
 */
#ifndef STORE_SCRATCH_H
#define STORE_SCRATCH_H

#include "store/reader.h"
#include "store/store.h"

struct scratch_source {
	const char *path;     /* of the database to copy; NULL: begin empty */
	bool without_history; /* units, people, posts, preferences, plans and switches alone: what
				 happened to them, and what they owe, is left out; plans that
				 run wait for their start again */
};

/* Opens store and reader on one copy. Close the reader first. `node` makes the ids, `now` stamps
 * them. Errors are those of reader_open_sqlite; RESULT_IO also when there is no room. */
MUST_CHECK enum result store_open_scratch_sqlite(const struct scratch_source *source, unsigned node,
    struct wall now, struct store **store, struct reader **reader, struct failure *failure);

/* When something last happened that stands in the store: an import, a text in or out, a change of
 * an obligation. Zero when nothing ever did. */
MUST_CHECK enum result reader_newest_change(
    struct reader *reader, struct wall *out, struct failure *failure);

#endif
