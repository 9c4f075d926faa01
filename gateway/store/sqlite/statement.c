/*
 * Owns: opening a connection, the statement cache, binding, stepping, the sentences for errors.
 * May use: base/, store/sqlite/sqlite.h.
 * Must not know: what is stored.
 */
#include "store/sqlite/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SQLite does not keep the errno of a write that failed inside COMMIT; the C library still has it,
 * when it was cleared before: successful calls leave it alone. */
static void note_error(struct database *db, int code)
{
	int system_error = errno;
	if (db->error != SQLITE_OK)
		return;
	db->error = code;
	db->system_error = system_error != 0 ? system_error : sqlite3_system_errno(db->handle);
	snprintf(db->message, sizeof db->message, "%s", sqlite3_errmsg(db->handle));
}

enum result database_open(struct database *db, const char *path, int flags, struct failure *failure)
{
	*db = (struct database){.path = memory_copy_text(path)};
	errno = 0;
	int code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_EXRESCODE, NULL);
	if (code == SQLITE_OK)
		return RESULT_OK;
	if (db->handle != NULL)
		note_error(db, code);
	const char *why = db->system_error != 0 ? strerror(db->system_error) : sqlite3_errstr(code);
	enum result result = failure_set(failure, RESULT_IO,
	    "The database %s cannot be opened: %s. Check that its directory exists and may be "
	    "written by this user.",
	    path, why);
	database_close(db);
	return result;
}

void database_close(struct database *db)
{
	for (size_t i = 0; i < STATEMENTS_MAX; i++)
		sqlite3_finalize(db->cache[i].statement);
	sqlite3_close(db->handle);
	free(db->path);
	*db = (struct database){0};
}

void database_forget_error(struct database *db)
{
	db->error = SQLITE_OK;
	db->system_error = 0;
	db->message[0] = '\0';
}

void database_reset_statements(struct database *db)
{
	for (size_t i = 0; i < STATEMENTS_MAX; i++)
		if (db->cache[i].statement != NULL)
			sqlite3_reset(db->cache[i].statement);
}

static bool disk_is_full(const struct database *db)
{
	return (db->error & 0xff) == SQLITE_FULL || db->system_error == ENOSPC ||
	       db->system_error == EDQUOT || db->system_error == EFBIG;
}

enum result database_result(const struct database *db, struct failure *failure)
{
	int primary = db->error & 0xff;
	if (primary == SQLITE_OK)
		return RESULT_OK;
	if ((primary == SQLITE_FULL || primary == SQLITE_IOERR) && disk_is_full(db))
		return failure_set(failure, RESULT_IO,
		    "The disk that holds %s is full: free space there. Nothing that was stored is "
		    "lost; work goes on as soon as there is room.",
		    db->path);
	switch (primary) {
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return failure_set(failure, RESULT_IO,
		    "The database %s cannot be read or written: %s%s%s. Check the disk and the "
		    "rights on the file and its directory.",
		    db->path, db->message, db->system_error ? ": " : "",
		    db->system_error ? strerror(db->system_error) : "");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return failure_set(failure, RESULT_INVALID,
		    "The database %s is damaged: %s. Stop the daemon, keep the file and its -wal "
		    "aside, put the newest backup in its place and start again.",
		    db->path, db->message);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return failure_set(failure, RESULT_TEMPORARY,
		    "The database %s is in use by another program: %s. Try again in a moment.",
		    db->path, db->message);
	default:
		return failure_set(failure, RESULT_INTERNAL, "The database %s refused: %s.",
		    db->path, db->message);
	}
}

bool database_execute(struct database *db, const char *sql)
{
	if (db->error != SQLITE_OK)
		return false;
	errno = 0;
	int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		note_error(db, code);
	return code == SQLITE_OK;
}

static sqlite3_stmt *prepared(struct database *db, const char *sql)
{
	size_t slot = ((uintptr_t)sql >> 3) * 2654435761u % STATEMENTS_MAX;
	for (size_t tries = 0; tries < STATEMENTS_MAX; tries++) {
		if (db->cache[slot].sql == sql)
			return db->cache[slot].statement;
		if (db->cache[slot].sql == NULL)
			break;
		slot = (slot + 1) % STATEMENTS_MAX;
	}
	sqlite3_stmt *statement = NULL;
	errno = 0;
	int code =
	    sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
	if (code != SQLITE_OK) {
		note_error(db, code);
		return NULL;
	}
	db->cache[slot].sql = sql;
	db->cache[slot].statement = statement;
	return statement;
}

static void bind(sqlite3_stmt *statement, int index, const struct sql_value *value)
{
	switch (value->kind) {
	case VALUE_INTEGER:
		sqlite3_bind_int64(statement, index, value->integer);
		break;
	case VALUE_TEXT:
		sqlite3_bind_text(statement, index, value->text, -1, SQLITE_STATIC);
		break;
	case VALUE_NULL:
		sqlite3_bind_null(statement, index);
		break;
	}
}

sqlite3_stmt *sql_select(
    struct database *db, const char *sql, const struct sql_value *values, size_t count)
{
	if (db->error != SQLITE_OK)
		return NULL;
	sqlite3_stmt *statement = prepared(db, sql);
	if (statement == NULL)
		return NULL;
	if (sqlite3_stmt_busy(statement) ||
	    (size_t)sqlite3_bind_parameter_count(statement) != count) {
		db->error = SQLITE_MISUSE;
		snprintf(db->message, sizeof db->message, "misused statement: %.150s", sql);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		bind(statement, (int)i + 1, &values[i]);
	return statement;
}

bool sql_next(struct database *db, sqlite3_stmt *query)
{
	if (query == NULL)
		return false;
	errno = 0;
	int code = sqlite3_step(query);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		note_error(db, code);
	sql_close(query);
	return false;
}

/* Bindings are let go too: the texts bound are borrowed. */
void sql_close(sqlite3_stmt *query)
{
	if (query == NULL)
		return;
	sqlite3_reset(query);
	sqlite3_clear_bindings(query);
}

int sql_run(struct database *db, const char *sql, const struct sql_value *values, size_t count)
{
	sqlite3_stmt *statement = sql_select(db, sql, values, count);
	if (statement == NULL)
		return 0;
	while (sql_next(db, statement))
		continue;
	return db->error == SQLITE_OK ? sqlite3_changes(db->handle) : 0;
}

int64_t sql_integer(struct database *db, int64_t otherwise, const char *sql,
    const struct sql_value *values, size_t count)
{
	sqlite3_stmt *query = sql_select(db, sql, values, count);
	if (!sql_next(db, query))
		return otherwise;
	int64_t found =
	    sqlite3_column_type(query, 0) == SQLITE_NULL ? otherwise : column_integer(query, 0);
	sql_close(query);
	return found;
}

int64_t column_integer(sqlite3_stmt *query, int column)
{
	return sqlite3_column_int64(query, column);
}

struct wall column_moment(sqlite3_stmt *query, int column)
{
	if (sqlite3_column_type(query, column) == SQLITE_NULL)
		return WALL_NEVER;
	return (struct wall){sqlite3_column_int64(query, column)};
}

const char *column_text(sqlite3_stmt *query, int column)
{
	return (const char *)sqlite3_column_text(query, column);
}

char *column_copy(sqlite3_stmt *query, int column, struct arena *arena)
{
	return arena_copy(arena, column_text(query, column));
}
