/*
 * Owns: the scratch store: an unnamed database, filled from another one or empty.
 * May use: base/, store/.
 * Must not know: what is tried out in it.
 */
#include "store/scratch.h"

#include "store/sqlite/internal.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

/* What is kept in memory before it spills into the unnamed file. Each commit walks over all pages
 * that have changed since they spilled, so a large cache is slower than a small one. */
#define SCRATCH_PRAGMAS                                                                            \
	"PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;"                                      \
	"PRAGMA foreign_keys=ON; PRAGMA cache_size=-4096; PRAGMA trusted_schema=OFF"

/* What happened, and what follows from the plans for the units: a run of its own makes it anew.
 * Every other table is what people entered, and is kept. */
static const char *const history[] = {"obligation", "deadline", "ledger", "notice", "message",
    "message_notice", "part", "attempt", "receipt", "program_receipt", "concat_counter", "usage",
    "inbound_part", "inbound", "question", "link_try", "extension_request", "registration", "task",
    "audit"};

/* ── copying ─────────────────────────────────────────────────────────────────────────────────── */

bool scratch_is_history(const char *table)
{
	for (size_t i = 0; i < COUNT_OF(history); i++)
		if (strcmp(history[i], table) == 0)
			return true;
	return false;
}

static void copy_tables(struct database *db, bool without_history)
{
	struct arena *arena = arena_new();
	const char **tables = NULL;
	size_t count = 0;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
	    NO_VALUES);
	while (sql_next(db, query)) {
		tables = arena_array_grow(arena, tables, count, sizeof *tables);
		tables[count++] = column_copy(query, 0, arena);
	}
	for (size_t i = 0; i < count; i++) {
		database_execute(db, arena_printf(arena, "DELETE FROM main.\"%s\"", tables[i]));
		if (!without_history || !scratch_is_history(tables[i]))
			database_execute(db,
			    arena_printf(arena, "INSERT INTO main.\"%s\" SELECT * FROM live.\"%s\"",
				tables[i], tables[i]));
	}
	/* What has not sent anything has not been started. */
	if (without_history)
		database_execute(
		    db, "UPDATE plan SET state = 'draft', started = NULL WHERE state = 'running'");
	arena_free(arena);
}

/* One transaction sees one state of what may be in use. */
static void copy(struct database *db, const struct scratch_source *source)
{
	OWNED_BUFFER uri = BUFFER(8192);
	database_uri(&uri, source->path, "mode=ro");
	sql_run(db, "ATTACH ? AS live", VALUES(as_text(buffer_text(&uri))));
	if ((db->error & 0xff) == SQLITE_CANTOPEN || (db->error & 0xff) == SQLITE_READONLY) {
		database_forget_error(db);
		buffer_clear(&uri);
		database_uri(&uri, source->path, "immutable=1");
		sql_run(db, "ATTACH ? AS live", VALUES(as_text(buffer_text(&uri))));
	}
	database_execute(db, "PRAGMA foreign_keys=OFF; BEGIN");
	copy_tables(db, source->without_history);
	database_execute(db, "COMMIT; DETACH live; PRAGMA foreign_keys=ON");
}

/* Refuses what is damaged, another program's, of another version or not there, as every reading
 * command does. */
static enum result check_source(const char *path, struct failure *failure)
{
	struct reader *reader = NULL;
	enum result result = reader_open_sqlite(path, &reader, failure);
	reader_close(reader);
	return result;
}

/* ── opening and closing ─────────────────────────────────────────────────────────────────────── */

static void close_scratch(struct store *port)
{
	struct sqlite_store *store = (struct sqlite_store *)port;
	database_close(&store->db);
	free(store->pending);
	free(store);
}

static void tend(struct store *port)
{
	(void)port; /* there is no log that could grow */
}

static const struct store_ops scratch_ops = {
    .kind = "sqlite-scratch",
    .submit = store_submit_sqlite,
    .flush = store_flush_sqlite,
    .tend = tend,
    .close = close_scratch,
};

/* Reads by the store's own connection: an unnamed database has no other. */
static struct reader *borrow_reader(const struct sqlite_store *store)
{
	struct reader *reader = memory_new(sizeof *reader);
	reader->db.handle = store->db.handle;
	reader->db.path = memory_copy_text(store->db.path);
	reader->is_borrowed = true;
	return reader;
}

enum result store_open_scratch_sqlite(const struct scratch_source *source, unsigned node,
    struct wall now, struct store **out, struct reader **reader, struct failure *failure)
{
	enum result result = source->path != NULL ? check_source(source->path, failure) : RESULT_OK;
	if (result != RESULT_OK)
		return result;
	struct sqlite_store *store = memory_new(sizeof *store);
	store->port.ops = &scratch_ops;
	store->lock_fd = -1;
	result = database_open(&store->db, "",
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
	    failure);
	if (result == RESULT_OK)
		result = store_prepare_sqlite(store, SCRATCH_PRAGMAS, node, now, failure);
	if (result == RESULT_OK && source->path != NULL) {
		copy(&store->db, source);
		store_start_ids(store, node);
		result = database_result(&store->db, failure);
	}
	if (result != RESULT_OK) {
		close_scratch(&store->port);
		return result;
	}
	*out = &store->port;
	*reader = borrow_reader(store);
	return RESULT_OK;
}

/* ── what happened last ──────────────────────────────────────────────────────────────────────── */

enum result reader_newest_change(struct reader *reader, struct wall *out, struct failure *failure)
{
	out->ms = sql_integer(&reader->db, 0,
	    "SELECT max(coalesce((SELECT max(at) FROM audit), 0),"
	    " coalesce((SELECT max(at) FROM ledger), 0),"
	    " coalesce((SELECT max(at) FROM attempt), 0),"
	    " coalesce((SELECT max(created) FROM message), 0),"
	    " coalesce((SELECT max(created) FROM notice), 0),"
	    " coalesce((SELECT max(received_at) FROM inbound_part), 0))",
	    NO_VALUES);
	return reader_result(reader, failure);
}
