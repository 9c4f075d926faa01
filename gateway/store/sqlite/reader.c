/*
 * Owns: the read-only connection; the board, recipients, plans, single obligations, contacts;
 * the backup.
 * May use: base/, store/.
 * Must not know: how anything is shown.
 */
#include "store/reader.h"

#include "store/sqlite/internal.h"
#include "store/sqlite/migrations.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

static enum result check_readable(struct database *db, struct failure *failure)
{
	int version;
	enum result result = database_check_ours(db, &version, failure);
	if (result == RESULT_OK && version < database_version)
		return failure_set(failure, RESULT_INVALID,
		    "The database %s was written by an older nhacviec and has not been brought up "
		    "to "
		    "date yet: start the daemon once (nhacviec serve).",
		    db->path);
	return result;
}

void database_uri(struct buffer *uri, const char *path, const char *query)
{
	buffer_add_text(uri, "file:");
	for (const char *c = path; *c != '\0'; c++) {
		if (strchr("?#%", *c) != NULL)
			buffer_printf(uri, "%%%02x", (unsigned char)*c);
		else
			buffer_add_char(uri, *c);
	}
	buffer_printf(uri, "?%s", query);
}

/* A database that was closed cleanly, in a directory where this user may write nothing, cannot have
 * the shared memory that a reader of the log needs, and has no log either. */
static enum result open_immutable(struct reader *reader, const char *path, struct failure *failure)
{
	OWNED_BUFFER uri = BUFFER(8192);
	database_uri(&uri, path, "immutable=1");
	enum result result = database_open(&reader->db, buffer_text(&uri),
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, failure);
	return result == RESULT_OK ? check_readable(&reader->db, failure) : result;
}

static bool log_exists(const char *path)
{
	OWNED_BUFFER name = BUFFER(8192);
	buffer_printf(&name, "%s-wal", path);
	return access(buffer_text(&name), F_OK) == 0;
}

static enum result open_reader(struct reader *reader, const char *path, struct failure *failure)
{
	enum result result =
	    database_open(&reader->db, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, failure);
	if (result != RESULT_OK)
		return result;
	sqlite3_busy_timeout(reader->db.handle, 5000);
	result = check_readable(&reader->db, failure);
	int primary = reader->db.error & 0xff;
	bool no_log_possible = primary == SQLITE_CANTOPEN || primary == SQLITE_READONLY;
	if (result == RESULT_OK || !no_log_possible || log_exists(path))
		return result;
	database_close(&reader->db);
	return open_immutable(reader, path, failure);
}

enum result reader_open_sqlite(const char *path, struct reader **out, struct failure *failure)
{
	if (access(path, F_OK) != 0 && errno == ENOENT)
		return failure_set(failure, RESULT_NOT_FOUND,
		    "There is no database %s yet. It is made by the first import (nhacviec import) "
		    "or "
		    "by the daemon (nhacviec serve).",
		    path);
	struct reader *reader = memory_new(sizeof *reader);
	enum result result = open_reader(reader, path, failure);
	if (result != RESULT_OK) {
		reader_close(reader);
		return result;
	}
	database_execute(&reader->db, "PRAGMA cache_size=-1024; PRAGMA mmap_size=0;"
				      "PRAGMA temp_store=MEMORY");
	*out = reader;
	return RESULT_OK;
}

void reader_close(struct reader *reader)
{
	if (reader == NULL)
		return;
	if (reader->is_borrowed)
		reader->db.handle = NULL;
	database_close(&reader->db);
	free(reader);
}

void reader_begin(struct reader *reader)
{
	sql_run(&reader->db, "BEGIN", NO_VALUES);
}

void reader_end(struct reader *reader)
{
	sql_run(&reader->db, "COMMIT", NO_VALUES);
}

enum result reader_result(struct reader *reader, struct failure *failure)
{
	enum result result = database_result(&reader->db, failure);
	if (result != RESULT_OK)
		database_reset_statements(&reader->db);
	database_forget_error(&reader->db);
	return result;
}

/* ── the board ───────────────────────────────────────────────────────────────────────────────── */

static struct board_row board_of_row(sqlite3_stmt *query)
{
	return (struct board_row){
	    .obligation_id = column_integer(query, 0),
	    .plan_code = column_text(query, 1),
	    .report_code = column_text(query, 2),
	    .period = column_text(query, 3),
	    .unit_code = column_text(query, 4),
	    .unit_name = column_text(query, 5),
	    .unit_kind = column_text(query, 6),
	    .named = {(int32_t)column_integer(query, 7)},
	    .deadline = column_moment(query, 8),
	    .state = obligation_state_of_name(column_text(query, 9)),
	    .claimed_at = column_moment(query, 10),
	    .claimed_by = column_text(query, 11),
	    .document_number = column_text(query, 12),
	    .received_at = column_moment(query, 13),
	    .closing = column_moment(query, 14),
	    .sent_on = {(int32_t)column_integer(query, 15)},
	    .figures = column_text(query, 16),
	    .nothing_to_report = column_integer(query, 17) != 0,
	};
}

enum result reader_board(struct reader *reader, const char *plan_code, const char *report_code,
    bool (*row)(const struct board_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.id, plan.code, report_code, period, unit.code, unit.name, unit.kind,"
	    " named, deadline, obligation.state, claimed_at,"
	    " coalesce(person.name, obligation.claimed_by), document_number, "
	    "received_at, closing, sent_on, figures, nothing_to_report" KNOWN_TABLES
	    " LEFT JOIN person ON person.id = obligation.claimed_by_id"
	    " WHERE obligation.kind = 'report' AND retired_at IS NULL"
	    " AND (?1 IS NULL OR plan.code = ?1) AND (?2 IS NULL OR report_code = ?2)"
	    " ORDER BY deadline, report_code, unit.kind, unit.code",
	    VALUES(as_text(plan_code), as_text(report_code)));
	while (sql_next(db, query)) {
		struct board_row item = board_of_row(query);
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

/* ── recipients, contacts ────────────────────────────────────────────────────────────────────── */

static void read_units(struct database *db, struct arena *arena, struct reader_recipients *out)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT unit.code, unit.name, unit.kind, coalesce(parent.code, ''), unit.valid_from,"
	    " coalesce(unit.valid_until, 0), coalesce(successor.code, ''),"
	    " (SELECT owner.code FROM unit AS owner WHERE owner.id = unit.owner_id) FROM unit"
	    " LEFT JOIN unit AS parent ON parent.id = unit.parent_id"
	    " LEFT JOIN unit AS successor ON successor.id = unit.successor_id ORDER BY unit.id",
	    NO_VALUES);
	while (sql_next(db, query)) {
		out->units =
		    arena_array_grow(arena, out->units, out->unit_count, sizeof *out->units);
		out->unit_owners = arena_array_grow(
		    arena, out->unit_owners, out->unit_count, sizeof *out->unit_owners);
		out->unit_owners[out->unit_count] = column_copy(query, 7, arena);
		out->units[out->unit_count++] = (struct store_unit){
		    .code = column_copy(query, 0, arena),
		    .name = column_copy(query, 1, arena),
		    .kind = column_copy(query, 2, arena),
		    .parent = column_copy(query, 3, arena),
		    .valid_from = {column_integer(query, 4)},
		    .valid_until = {column_integer(query, 5)},
		    .successor = column_copy(query, 6, arena),
		};
	}
}

static void read_people(struct database *db, struct arena *arena, struct reader_recipients *out)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT code, name, phone, language, coalesce(prefers, '') FROM person WHERE "
	    "valid_until IS NULL ORDER BY id",
	    NO_VALUES);
	while (sql_next(db, query)) {
		out->people =
		    arena_array_grow(arena, out->people, out->person_count, sizeof *out->people);
		out->people[out->person_count++] = (struct store_person){
		    .code = column_copy(query, 0, arena),
		    .name = column_copy(query, 1, arena),
		    .phone = column_copy(query, 2, arena),
		    .language = column_copy(query, 3, arena),
		    .prefers = column_copy(query, 4, arena),
		};
	}
}

static void read_posts(struct database *db, struct arena *arena, struct reader_recipients *out)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT unit.code, person.code, post.post FROM post"
	    " JOIN unit ON unit.id = post.unit_id JOIN person ON person.id = post.person_id"
	    " WHERE post.valid_until IS NULL ORDER BY post.id",
	    NO_VALUES);
	while (sql_next(db, query)) {
		out->posts =
		    arena_array_grow(arena, out->posts, out->post_count, sizeof *out->posts);
		out->posts[out->post_count++] = (struct store_post){
		    .unit_code = column_copy(query, 0, arena),
		    .person_code = column_copy(query, 1, arena),
		    .post = column_copy(query, 2, arena),
		};
	}
}

enum result reader_recipients(struct reader *reader, struct arena *arena,
    struct reader_recipients *out, struct failure *failure)
{
	*out = (struct reader_recipients){0};
	read_units(&reader->db, arena, out);
	read_people(&reader->db, arena, out);
	read_posts(&reader->db, arena, out);
	return reader_result(reader, failure);
}

enum result reader_contacts(struct reader *reader, struct arena *arena, const char *person_code,
    const char *post, const char *unit_kind, struct store_contact **out, size_t *count,
    struct failure *failure)
{
	*out = NULL;
	*count = 0;
	sqlite3_stmt *query = sql_select(&reader->db,
	    "SELECT " CONTACT_COLUMNS " FROM person"
	    " LEFT JOIN (post JOIN unit ON unit.id = post.unit_id AND unit.passed_at IS NULL)"
	    " ON post.person_id = person.id AND post.valid_until IS NULL"
	    " WHERE person.valid_until IS NULL"
	    " AND (?1 IS NULL OR person.code = ?1) AND (?2 IS NULL OR post.post = ?2)"
	    " AND (?3 IS NULL OR unit.kind = ?3) ORDER BY unit.code, person.code, post.post",
	    VALUES(as_text(person_code), as_text(post), as_text(unit_kind)));
	while (sql_next(&reader->db, query)) {
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = contact_of_row(query, arena);
	}
	return reader_result(reader, failure);
}

/* ── plans and obligations ───────────────────────────────────────────────────────────────────── */

enum result reader_plans(struct reader *reader, bool (*row)(const struct plan_row *row, void *arg),
    void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT plan.code, plan.name, plan.state, body, unit.code, number, started, imported"
	    " FROM plan JOIN plan_version ON plan_version.id = plan.version_id"
	    " JOIN unit ON unit.id = plan.owner_id ORDER BY plan.code",
	    NO_VALUES);
	while (sql_next(db, query)) {
		const struct plan_row item = {
		    .code = column_text(query, 0),
		    .name = column_text(query, 1),
		    .state = column_text(query, 2),
		    .body = column_text(query, 3),
		    .owner = column_text(query, 4),
		    .version = (int)column_integer(query, 5),
		    .started = column_moment(query, 6),
		    .imported = column_moment(query, 7),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

/* `sql` picks the one nearest to ?4 of unit ?1, code ?2, period ?3. */
static enum result find_known(struct reader *reader, struct arena *arena, const char *sql,
    const struct sql_value *values, size_t count, struct store_known_obligation *out, bool *found,
    struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db, sql, values, count);
	*found = sql_next(db, query);
	if (*found) {
		*out = known_of_row(query, arena);
		sql_close(query);
		known_add_bodies(db, arena, out, 1);
	}
	return reader_result(reader, failure);
}

enum result reader_find_obligation(struct reader *reader, struct arena *arena,
    const char *unit_code, const char *report_code, const char *period, struct wall now,
    struct store_known_obligation *out, struct failure *failure)
{
	bool found;
	enum result result = find_known(reader, arena,
	    "SELECT " KNOWN_COLUMNS KNOWN_TABLES
	    " WHERE unit.code = ?1 AND report_code = ?2 AND (?3 IS NULL OR period = ?3)"
	    " AND obligation.kind = 'report' AND retired_at IS NULL"
	    " ORDER BY plan.state = 'closed', abs(deadline - ?4) LIMIT 1",
	    VALUES(as_text(unit_code), as_text(report_code), as_text(period), as_moment(now)), out,
	    &found, failure);
	if (result != RESULT_OK || found)
		return result;
	return failure_set(failure, RESULT_NOT_FOUND,
	    "The unit %s owes no report %s%s%s. The board (nhacviec board) lists who owes what.",
	    unit_code, report_code, period != NULL ? " of " : "", period != NULL ? period : "");
}

enum result reader_find_event_part(struct reader *reader, struct arena *arena,
    const char *unit_code, const char *event_code, const char *period, struct wall now,
    struct store_known_obligation *out, struct failure *failure)
{
	bool found;
	enum result result = find_known(reader, arena,
	    "SELECT " KNOWN_COLUMNS KNOWN_TABLES
	    " WHERE unit.code = ?1 AND report_code = ?2 AND (?3 IS NULL OR period = ?3)"
	    " AND obligation.kind = 'event' AND retired_at IS NULL"
	    " ORDER BY plan.state = 'closed', abs(named * 86400000 - ?4) LIMIT 1",
	    VALUES(as_text(unit_code), as_text(event_code), as_text(period), as_moment(now)), out,
	    &found, failure);
	if (result != RESULT_OK || found)
		return result;
	return failure_set(failure, RESULT_NOT_FOUND,
	    "The unit %s has no part in an event %s. `nhacviec events` lists them.", unit_code,
	    event_code);
}

/* ── backup ──────────────────────────────────────────────────────────────────────────────────── */

static enum result make_durable(const char *path, struct failure *failure)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error = fd < 0 || fsync(fd) != 0 ? errno : 0;
	if (fd >= 0)
		close(fd);
	if (error == 0)
		return RESULT_OK;
	return failure_set(failure, RESULT_IO, "The copy %s cannot be written to the disk: %s.",
	    path, strerror(error));
}

static enum result refuse_existing(const char *path, struct failure *failure)
{
	return failure_set(failure, RESULT_CONFLICT,
	    "%s exists already; a backup never overwrites. Name another file or move it away.",
	    path);
}

/* The copy gets its name when it is whole and on the disk, and only if nobody has that name. */
enum result reader_backup(struct reader *reader, const char *path, struct failure *failure)
{
	if (access(path, F_OK) == 0)
		return refuse_existing(path, failure);
	OWNED_BUFFER partial = BUFFER(8192);
	buffer_printf(&partial, "%s.part-%ld", path, (long)getpid());
	const char *name = buffer_text(&partial);
	unlink(name);
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd < 0)
		return failure_set(
		    failure, RESULT_IO, "The copy %s cannot be made: %s.", name, strerror(errno));
	close(fd);
	sql_run(&reader->db, "VACUUM INTO ?", VALUES(as_text(name)));
	enum result result = reader_result(reader, failure);
	if (result == RESULT_OK)
		result = make_durable(name, failure);
	if (result == RESULT_OK && link(name, path) != 0)
		result = errno == EEXIST
			     ? refuse_existing(path, failure)
			     : failure_set(failure, RESULT_IO, "The copy cannot be named %s: %s.",
				   path, strerror(errno));
	unlink(name);
	return result;
}
