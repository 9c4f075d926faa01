/*
 * Owns: one connection to SQLite: prepared statements by their text, values, sticky errors.
 * May use: base/, sqlite3 (included here and nowhere else).
 * Must not know: what is stored.
 *
 * Errors are sticky: after the first one every call does nothing (no rows, no changes) until
 * database_forget_error, so that an operation is written straight down and checked once, at its
 * end. A statement's text must be a string literal or otherwise live as long as the connection: the
 * cache is keyed by its address. One thread a connection.
 */
#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include "base/civil.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/result.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#define STATEMENTS_MAX 512 /* a power of two, well above the number of statements there are */

struct database {
	sqlite3 *handle;
	char *path;
	struct {
		const char *sql;
		sqlite3_stmt *statement;
	} cache[STATEMENTS_MAX];
	int error;        /* extended code of the first error, SQLITE_OK */
	int system_error; /* errno of it, 0 */
	char message[200];
};

/* Opens `path` (a copy is kept). On failure nothing is left open. `flags` as sqlite3_open_v2's. */
MUST_CHECK enum result database_open(
    struct database *db, const char *path, int flags, struct failure *failure);
void database_close(struct database *db);
void database_forget_error(struct database *db);
/* Resets what a failed operation left in the middle of its rows. */
void database_reset_statements(struct database *db);
/* The sentence for the sticky error; RESULT_OK when there is none. */
enum result database_result(const struct database *db, struct failure *failure);
/* Runs text that is not worth keeping (pragmas, migrations). False on error. */
bool database_execute(struct database *db, const char *sql);

struct sql_value {
	enum { VALUE_NULL, VALUE_INTEGER, VALUE_TEXT } kind;
	int64_t integer;
	const char *text;
};

static inline struct sql_value as_integer(int64_t integer)
{
	return (struct sql_value){.kind = VALUE_INTEGER, .integer = integer};
}

/* 0 is stored as NULL: an id that is none. */
static inline struct sql_value as_id(int64_t id)
{
	return id == 0 ? (struct sql_value){.kind = VALUE_NULL} : as_integer(id);
}

static inline struct sql_value as_moment(struct wall moment)
{
	return moment.ms == INT64_MAX ? (struct sql_value){.kind = VALUE_NULL}
				      : as_integer(moment.ms);
}

/* A bound that a zeroed input leaves open, as WALL_NEVER does. */
static inline struct sql_value as_bound(struct wall moment)
{
	return moment.ms == 0 ? (struct sql_value){.kind = VALUE_NULL} : as_moment(moment);
}

/* A zeroed day and DAY_NONE are NULL: no day said. */
static inline struct sql_value as_day(struct day day)
{
	return day.number <= 0 ? (struct sql_value){.kind = VALUE_NULL} : as_integer(day.number);
}

/* The text is borrowed until the statement has run. */
static inline struct sql_value as_text(const char *text)
{
	return text == NULL ? (struct sql_value){.kind = VALUE_NULL}
			    : (struct sql_value){.kind = VALUE_TEXT, .text = text};
}

#define VALUES(...)                                                                                \
	(const struct sql_value[]){__VA_ARGS__}, COUNT_OF(((const struct sql_value[]){__VA_ARGS__}))
#define NO_VALUES NULL, 0

/* Runs a statement to its end; returns how many rows it changed. */
int sql_run(struct database *db, const char *sql, const struct sql_value *values, size_t count);
/* Begins a query; rows come by sql_next, which closes it after the last one. A query that is left
 * before its end must be closed by sql_close. The same text must not be begun twice at once. */
sqlite3_stmt *sql_select(
    struct database *db, const char *sql, const struct sql_value *values, size_t count);
bool sql_next(struct database *db, sqlite3_stmt *query);
void sql_close(sqlite3_stmt *query);
/* The first column of the first row, or `otherwise` when there is no row or it is NULL. */
int64_t sql_integer(struct database *db, int64_t otherwise, const char *sql,
    const struct sql_value *values, size_t count);

int64_t column_integer(sqlite3_stmt *query, int column);    /* NULL gives 0 */
struct wall column_moment(sqlite3_stmt *query, int column); /* NULL gives WALL_NEVER */
const char *column_text(sqlite3_stmt *query, int column);   /* until the next row; or NULL */
char *column_copy(sqlite3_stmt *query, int column, struct arena *arena); /* or NULL */

#endif
