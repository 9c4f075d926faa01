/*
 * Owns: accounts by which people are reached besides their phone: linked, blocked, unlinked.
 * May use: base/, store/.
 * Must not know: providers, how codes are checked.
 *
 * One row a person and account while it lives. A blocked one keeps its row, so that a text from
 * there links it again; an unlinked one only tells what was.
 */
#include "store/reader.h"
#include "store/sqlite/internal.h"

bool address_is_linked(struct database *db, const char *kind, const char *address)
{
	return sql_integer(db, 0,
		   "SELECT 1 FROM address WHERE address = ? AND kind = ? AND state = 'linked'",
		   VALUES(as_text(address), as_text(kind))) != 0;
}

/* Who links an account is there: what was said of it before is over. */
void address_link(struct job *job, int64_t person_id, const struct store_address *address)
{
	int64_t owner_id = owner_of_person(job->db, person_id);
	preference_set(job, owner_id, address->address, "suspended", false);
	sql_run(job->db,
	    "INSERT INTO address (id, owner_id, person_id, kind, address, channel, state,"
	    " linked_at) VALUES (?, ?, ?, ?, ?, ?, 'linked', ?)"
	    " ON CONFLICT (address, kind, person_id) WHERE state <> 'unlinked' DO UPDATE SET"
	    " state = 'linked', channel = excluded.channel, linked_at = excluded.linked_at,"
	    " ended_at = NULL, detail = NULL",
	    VALUES(as_integer(job_new_id(job)), as_integer(owner_id), as_integer(person_id),
		as_text(address->kind), as_text(address->address),
		as_text(address->channel != NULL ? address->channel : ""), as_moment(job->now)));
}

/* ── blocked ─────────────────────────────────────────────────────────────────────────────────── */

static const char *task_key(struct job *job, const char *kind, const char *address)
{
	return arena_printf(job->arena, "address-blocked:%s:%s", kind, address);
}

/* Who is not reached there any more, for the office. */
static const char *name_holders(struct job *job, const char *kind, const char *address)
{
	const char *names = NULL;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT group_concat(name, ', ') FROM (SELECT name FROM person JOIN address AS link"
	    " ON link.person_id = person.id WHERE link.address = ? AND link.kind = ?"
	    " AND link.state = 'blocked' ORDER BY person.id)",
	    VALUES(as_text(address), as_text(kind)));
	if (sql_next(job->db, query)) {
		names = column_copy(query, 0, job->arena);
		sql_close(query);
	}
	return names != NULL ? names : "";
}

enum result address_block(
    struct job *job, const char *kind, const char *address, const char *detail)
{
	int changed = sql_run(job->db,
	    "UPDATE address SET state = 'blocked', ended_at = ?, detail = ?"
	    " WHERE address = ? AND kind = ? AND state = 'linked'",
	    VALUES(as_moment(job->now), as_text(detail), as_text(address), as_text(kind)));
	if (changed <= 0)
		return RESULT_OK;
	int64_t owner_id = sql_integer(job->db, 0,
	    "SELECT owner_id FROM address WHERE address = ? AND kind = ? AND state = 'blocked'",
	    VALUES(as_text(address), as_text(kind)));
	const struct store_new_task task = {
	    .key = task_key(job, kind, address),
	    .kind = "address-blocked",
	    .text = arena_printf(
		job->arena, "%s %s: %s", kind, address, name_holders(job, kind, address)),
	    .until = WALL_NEVER,
	};
	int64_t task_id;
	bool is_new;
	audit_write(job, owner_id, kind, "address-blocked", address, detail);
	return task_open(job, owner_id, &task, &task_id, &is_new);
}

enum result operation_block_address(struct job *job, const void *input, void *output)
{
	const struct store_block_address_input *in = input;
	(void)output;
	job->now = in->now;
	return address_block(job, in->kind, in->address, in->reason);
}

void address_shows_life(struct job *job, const char *kind, const char *address)
{
	int changed = sql_run(job->db,
	    "UPDATE address SET state = 'linked', ended_at = NULL, detail = NULL"
	    " WHERE address = ? AND kind = ? AND state = 'blocked'",
	    VALUES(as_text(address), as_text(kind)));
	if (changed <= 0)
		return;
	sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ? WHERE key = ? AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(address), as_text(task_key(job, kind, address))));
	audit_write(
	    job, owner_of_address(job->db, address), address, "address-unblocked", address, kind);
}

/* ── by the office ───────────────────────────────────────────────────────────────────────────── */

enum result operation_link_address(struct job *job, const void *input, void *output)
{
	const struct store_link_address_input *in = input;
	struct store_link_address_output *out = output;
	int64_t person_id = 0;
	job->now = in->now;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, name FROM person WHERE code = ? AND valid_until IS NULL",
	    VALUES(as_text(in->person_code)));
	if (sql_next(job->db, query)) {
		person_id = column_integer(query, 0);
		out->person_name = column_copy(query, 1, job->arena);
		sql_close(query);
	}
	if (person_id == 0)
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no person %.60s. `nhacviec export recipients` lists the codes.",
		    in->person_code);
	address_link(job, person_id, &(struct store_address){in->kind, in->address, in->channel});
	audit_write(job, owner_of_person(job->db, person_id), in->actor, "link", in->person_code,
	    in->address);
	return RESULT_OK;
}

enum result operation_unlink(struct job *job, const void *input, void *output)
{
	const struct store_unlink_input *in = input;
	struct store_unlink_output *out = output;
	job->now = in->now;
	out->unlinked = sql_run(job->db,
	    "UPDATE address SET state = 'unlinked', ended_at = ?1, detail = ?2"
	    " WHERE state <> 'unlinked' AND (?3 IS NOT NULL OR ?4 IS NOT NULL)"
	    " AND (?3 IS NULL OR person_id IN (SELECT id FROM person WHERE code = ?3))"
	    " AND (?4 IS NULL OR address = ?4)",
	    VALUES(as_moment(job->now), as_text(in->actor), as_text(in->person_code),
		as_text(in->address)));
	const char *who = in->person_code != NULL ? in->person_code
			  : in->address != NULL   ? in->address
						  : "";
	if (out->unlinked <= 0 && job->db->error == SQLITE_OK)
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "No account is linked to %.100s. `nhacviec link` lists those that are.", who);
	sql_run(job->db,
	    "UPDATE task SET closed = ?1, closed_by = ?2 WHERE kind = 'address-blocked'"
	    " AND closed IS NULL AND NOT EXISTS (SELECT 1 FROM address AS link"
	    "  WHERE link.state = 'blocked'"
	    "  AND task.key = 'address-blocked:' || link.kind || ':' || link.address)",
	    VALUES(as_moment(job->now), as_text(in->actor)));
	audit_write(job, owner_default(job->db), in->actor, "unlink", who, in->address);
	return RESULT_OK;
}

enum result reader_addresses(struct reader *reader, const char *person_code,
    bool (*row)(const struct address_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT person.code, person.name, link.kind, link.address, link.channel, link.state,"
	    " link.detail, link.linked_at FROM address AS link"
	    " JOIN person ON person.id = link.person_id WHERE link.state <> 'unlinked'"
	    " AND person.valid_until IS NULL AND (?1 IS NULL OR person.code = ?1)"
	    " ORDER BY person.code, link.linked_at, link.id",
	    VALUES(as_text(person_code)));
	while (sql_next(db, query)) {
		const struct address_row item = {
		    .person_code = column_text(query, 0),
		    .person_name = column_text(query, 1),
		    .kind = column_text(query, 2),
		    .address = column_text(query, 3),
		    .channel = column_text(query, 4),
		    .state = column_text(query, 5),
		    .detail = column_text(query, 6),
		    .linked_at = column_moment(query, 7),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}
