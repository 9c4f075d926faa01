/*
 * Owns: numbers that get no texts: because there is no such number, or because people said that it
 * reaches somebody else.
 * May use: base/, store/.
 * Must not know: who said so in which words.
 */
#include "store/reader.h"
#include "store/sqlite/internal.h"

void number_shows_life(struct job *job, int64_t owner_id, const char *address)
{
	if (number_misdirected(job->db, job->arena, address) == NULL)
		preference_set(job, owner_id, address, "suspended", false);
}

void number_suspend(struct job *job, int64_t owner_id, const char *address, const char *why)
{
	int changed = sql_run(job->db,
	    "INSERT INTO preference (owner_id, address, name, since, detail)"
	    " VALUES (?, ?, 'suspended', ?, ?)"
	    " ON CONFLICT (address, name) DO UPDATE SET detail = excluded.detail"
	    " WHERE detail IS NULL",
	    VALUES(as_integer(owner_id), as_text(address), as_moment(job->now), as_text(why)));
	if (changed > 0)
		audit_write(job, owner_id, address, "number-suspended", address, why);
}

const char *number_misdirected(struct database *db, struct arena *arena, const char *address)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT detail FROM preference WHERE address = ? AND name = 'suspended'"
	    " AND detail IS NOT NULL",
	    VALUES(as_text(address)));
	if (!sql_next(db, query))
		return NULL;
	const char *why = column_copy(query, 0, arena);
	sql_close(query);
	return why;
}

static void close_task(struct job *job, const char *actor, const char *address)
{
	sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ? WHERE key = 'misdirected:' || ?"
	    " AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(actor), as_text(address)));
}

void number_reassign(struct job *job, const char *actor, const char *from, const char *to)
{
	if (from[0] != '\0')
		close_task(job, actor, from);
	if (to[0] == '\0')
		return;
	close_task(job, actor, to);
	preference_set(job, owner_of_address(job->db, to), to, "suspended", false);
}

enum result operation_resume_number(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_resume_number_input *in = input;
	int64_t owner_id = owner_of_address(job->db, in->address);
	job->now = in->now;
	int changed =
	    sql_run(job->db, "DELETE FROM preference WHERE address = ? AND name = 'suspended'",
		VALUES(as_text(in->address)));
	if (changed == 0 && job->db->error == SQLITE_OK)
		return failure_set(
		    job->failure, RESULT_NOT_FOUND, "The number %s is not suspended.", in->address);
	close_task(job, in->actor, in->address);
	audit_write(job, owner_id, in->actor, "number-resumed", in->address, NULL);
	return RESULT_OK;
}

enum result reader_suspended(struct reader *reader,
    bool (*row)(const struct suspended_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT address, coalesce(detail, ''), person.code, person.name, since FROM preference"
	    " LEFT JOIN person ON person.phone = address AND person.valid_until IS NULL"
	    " WHERE preference.name = 'suspended' ORDER BY since, address, person.code",
	    NO_VALUES);
	while (sql_next(db, query)) {
		const struct suspended_row item = {
		    .address = column_text(query, 0),
		    .why = column_text(query, 1),
		    .person_code = column_text(query, 2),
		    .person_name = column_text(query, 3),
		    .since = column_moment(query, 4),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}
