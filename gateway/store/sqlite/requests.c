/*
 * Owns: extension requests: opened with a short number, decided, withdrawn, lapsed; who decides.
 * May use: base/, store/.
 * Must not know: words, which day is sensible.
 */
#include "store/reader.h"
#include "store/sqlite/internal.h"

#include <inttypes.h>

/* ── opening and closing ─────────────────────────────────────────────────────────────────────── */

enum result request_open(
    struct job *job, int64_t owner_id, const struct store_change *change, int64_t *request_id)
{
	*request_id = job_new_id(job);
	int added = sql_run(job->db,
	    "INSERT INTO extension_request (id, owner_id, obligation_id, number, asked_day,"
	    " asked_by_id, asked_by, asked_at, inbound_id, lapse_at, state)"
	    " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'pending' WHERE NOT EXISTS"
	    " (SELECT 1 FROM registration WHERE state = 'pending' AND owner_id = ?2"
	    "  AND number = ?4) ON CONFLICT DO NOTHING",
	    VALUES(as_integer(*request_id), as_integer(owner_id), as_integer(change->obligation_id),
		as_integer(change->request_number), as_integer(change->day.number),
		as_id(change->person_id), as_text(change->actor != NULL ? change->actor : ""),
		as_moment(job->now), as_id(change->inbound_id), as_bound(change->lapse_at)));
	if (added > 0 || job->db->error != SQLITE_OK)
		return RESULT_OK;
	return failure_set(job->failure, RESULT_CONFLICT,
	    "A request for more time waits already, or its number %d is taken. Look again.",
	    change->request_number);
}

static int close_where(struct job *job, const char *sql, int64_t id,
    const struct store_change *change, const char *decided_as)
{
	return sql_run(job->db, sql,
	    VALUES(as_integer(id), as_text(decided_as), as_id(change->person_id),
		as_text(change->actor), as_moment(job->now), as_id(change->inbound_id)));
}

#define DECIDE                                                                                     \
	"UPDATE extension_request SET state = ?2, decided_by_id = ?3, decided_by = ?4,"            \
	" decided_at = ?5, decided_inbound_id = ?6 WHERE state = 'pending' AND "

enum result request_close(
    struct job *job, const struct store_change *change, const char *decided_as)
{
	if (close_where(job, DECIDE "id = ?1", change->request_id, change, decided_as) > 0 ||
	    job->db->error != SQLITE_OK)
		return RESULT_OK;
	return failure_set(job->failure, RESULT_CONFLICT,
	    "The request for more time does not wait any more. Look again.");
}

void request_close_any(struct job *job, const struct store_change *change, const char *decided_as)
{
	close_where(job, DECIDE "obligation_id = ?1", change->obligation_id, change, decided_as);
}

/* ── lapsing ─────────────────────────────────────────────────────────────────────────────────── */

static enum result lapse(struct job *job, int64_t request_id)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT request.owner_id, request.obligation_id, request.inbound_id, request.asked_day,"
	    " report_code, unit.name, coalesce(person.name, request.asked_by), obligation.state"
	    " FROM extension_request AS request"
	    " JOIN obligation ON obligation.id = request.obligation_id"
	    " JOIN unit ON unit.id = obligation.unit_id"
	    " LEFT JOIN person ON person.id = request.asked_by_id WHERE request.id = ?",
	    VALUES(as_integer(request_id)));
	if (!sql_next(job->db, query))
		return RESULT_OK;
	int64_t owner_id = column_integer(query, 0);
	struct day asked = {(int32_t)column_integer(query, 3)};
	const char *state = column_copy(query, 7, job->arena);
	struct store_new_task task = {
	    .key = arena_printf(job->arena, "extension-lapsed:%" PRId64, request_id),
	    .kind = "extension-lapsed",
	    .text = arena_printf(job->arena, "%s (%s %s): %s", column_text(query, 6),
		column_text(query, 4), column_text(query, 5), civil_full_day(asked).text),
	    .inbound_id = column_integer(query, 2),
	    .obligation_id = column_integer(query, 1),
	    .until = WALL_NEVER,
	};
	sql_close(query);
	sql_run(job->db,
	    "UPDATE extension_request SET state = 'lapsed', decided_by = 'nhacviec',"
	    " decided_at = ?2 WHERE id = ?1",
	    VALUES(as_integer(request_id), as_moment(job->now)));
	sql_run(job->db,
	    "INSERT INTO ledger (id, owner_id, obligation_id, action, from_state, to_state, actor,"
	    " at, day, request_id) VALUES (?1, ?2, ?3, 'lapse-request', ?4, ?4, 'nhacviec', ?5, ?6,"
	    " ?7)",
	    VALUES(as_integer(job_new_id(job)), as_integer(owner_id),
		as_integer(task.obligation_id), as_text(state), as_moment(job->now), as_day(asked),
		as_integer(request_id)));
	audit_write(job, owner_id, "nhacviec", "lapse-request", task.text, NULL);
	int64_t task_id;
	bool is_new;
	return task_open(job, owner_id, &task, &task_id, &is_new);
}

enum result request_sweep(struct job *job, int most, int *lapsed)
{
	int64_t *ids = NULL;
	size_t count = 0;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id FROM extension_request WHERE state = 'pending' AND lapse_at <= ? LIMIT ?",
	    VALUES(as_moment(job->now), as_integer(most)));
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
	}
	enum result result = RESULT_OK;
	for (size_t i = 0; i < count && result == RESULT_OK; i++, (*lapsed)++)
		result = lapse(job, ids[i]);
	return result;
}

int64_t request_next_lapse(struct database *db)
{
	return sql_integer(db, INT64_MAX,
	    "SELECT min(lapse_at) FROM extension_request WHERE state = 'pending'", NO_VALUES);
}

/* ── for replies and commands ────────────────────────────────────────────────────────────────── */

static struct store_known_request request_of_row(sqlite3_stmt *query, struct arena *arena)
{
	struct store_known_request request = {
	    .obligation = known_of_row(query, arena),
	    .asked_by_id = column_integer(query, KNOWN_COUNT),
	    .asked_by = column_copy(query, KNOWN_COUNT + 1, arena),
	    .address = column_copy(query, KNOWN_COUNT + 2, arena),
	    .language = column_copy(query, KNOWN_COUNT + 3, arena),
	    .channel = column_copy(query, KNOWN_COUNT + 4, arena),
	    .address_kind = column_copy(query, KNOWN_COUNT + 5, arena),
	};
	request.id = request.obligation.request_id;
	request.number = request.obligation.request_number;
	request.asked_day = request.obligation.requested_day;
	request.asked_at = request.obligation.requested_at;
	return request;
}

/* It was asked for by chat, and the account is still somebody's. */
#define IS_LINKED                                                                                  \
	"(inbound.address_kind <> 'phone' AND EXISTS (SELECT 1 FROM address AS link"               \
	" WHERE link.address = inbound.sender AND link.kind = inbound.address_kind"                \
	" AND link.state = 'linked'))"
#define REQUEST_COLUMNS                                                                            \
	KNOWN_COLUMNS                                                                              \
	", request.asked_by_id, coalesce(asker.name, request.asked_by),"                           \
	" iif(" IS_LINKED ", inbound.sender, coalesce(asker.phone,"                                \
	"  iif(inbound.address_kind = 'phone', inbound.sender, NULL), '')),"                       \
	" coalesce(asker.language, 'vi'),"                                                         \
	" iif(inbound.address_kind = 'phone' OR " IS_LINKED ", inbound.channel, NULL),"            \
	" iif(" IS_LINKED ", inbound.address_kind, 'phone')"
#define REQUEST_TABLES                                                                             \
	KNOWN_TABLES " LEFT JOIN person AS asker ON asker.id = request.asked_by_id"                \
		     " LEFT JOIN inbound ON inbound.id = request.inbound_id"

static void collect(struct database *db, struct arena *arena, sqlite3_stmt *query,
    struct store_known_request **out, size_t *count)
{
	while (sql_next(db, query)) {
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = request_of_row(query, arena);
	}
	for (size_t i = 0; i < *count; i++)
		known_add_bodies(db, arena, &(*out)[i].obligation, 1);
}

void requests_load(struct job *job, struct store_inbound_context_output *out)
{
	out->free_request_number = (int)sql_integer(job->db, 1,
	    "SELECT min(number) + 1 FROM (SELECT 0 AS number UNION ALL SELECT number"
	    " FROM " SPOKEN_NUMBERS " WHERE owner_id IN " OWNERS_OF_SENDER(
		"?2") ") AS taken WHERE NOT EXISTS (SELECT 1 FROM " SPOKEN_NUMBERS " AS next"
		      " WHERE next.owner_id IN " OWNERS_OF_SENDER(
			  "?2") " AND next.number = taken.number + 1)",
	    VALUES(as_text(out->sender), as_text(out->address_kind)));
	contacts_of_owners(
	    job->db, job->arena, out->address_kind, out->sender, &out->office, &out->office_count);
	collect(job->db, job->arena,
	    sql_select(job->db,
		"SELECT " REQUEST_COLUMNS REQUEST_TABLES
		" WHERE request.state = 'pending' AND obligation.owner_id IN"
		" (SELECT post.unit_id FROM post JOIN person ON person.id = post.person_id"
		"  WHERE person.id IN " PEOPLE_AT(
		    "?2", "?1") "  AND person.valid_until IS NULL AND post.valid_until IS NULL)"
				" ORDER BY request.number",
		VALUES(as_text(out->sender), as_text(out->address_kind))),
	    &out->requests, &out->request_count);
}

enum result reader_requests(struct reader *reader, struct arena *arena,
    struct store_known_request **out, size_t *count, struct failure *failure)
{
	*out = NULL;
	*count = 0;
	collect(&reader->db, arena,
	    sql_select(&reader->db,
		"SELECT " REQUEST_COLUMNS REQUEST_TABLES " WHERE request.state = 'pending'"
		" ORDER BY obligation.owner_id, request.number",
		NO_VALUES),
	    out, count);
	return reader_result(reader, failure);
}
