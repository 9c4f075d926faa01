/*
 * Owns: what becomes of notices: written by decisions, withheld when their obligation needs no more
 * reminding, pending again when that is taken back or when a message could not carry them.
 * May use: base/, store/.
 * Must not know: ladders, texts, who stands in for whom.
 */
#include "store/sqlite/internal.h"

#include <string.h>

bool notice_add(struct job *job, int64_t owner_id, int64_t obligation_id, int deadline_version,
    const struct store_decided_step *step)
{
	return sql_run(job->db,
		   "INSERT INTO notice (id, owner_id, obligation_id, deadline_version, step,"
		   " occurrence, person_id, moment, nominal, reason, created, due, last_call,"
		   " not_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		   " ON CONFLICT DO NOTHING",
		   VALUES(as_integer(job_new_id(job)), as_integer(owner_id),
		       as_integer(obligation_id), as_integer(deadline_version), as_text(step->step),
		       as_integer(step->occurrence), as_integer(step->person_id),
		       as_moment(step->moment), as_moment(step->nominal), as_text(step->reason),
		       as_moment(job->now), as_moment(step->send ? step->moment : WALL_NEVER),
		       as_integer(step->last_call), as_bound(step->not_after))) > 0;
}

/* ── withholding ─────────────────────────────────────────────────────────────────────────────── */

#define OF_MESSAGE                                                                                 \
	"id IN (SELECT notice.id FROM message_notice AS link"                                      \
	" JOIN notice ON notice.id = link.notice_id" NOTICE_SUBJECT " WHERE link.message_id = ?1"

static void part_ways(struct job *job, int64_t message_id, const char *reason)
{
	sql_run(job->db,
	    "UPDATE notice SET due = max(?2, moment) WHERE " OF_MESSAGE " AND " NOTICE_HAS_POINT
	    ")",
	    VALUES(as_integer(message_id), as_moment(job->now)));
	sql_run(job->db,
	    "UPDATE notice SET withheld = ?2, ended = ?3 WHERE " OF_MESSAGE
	    " AND NOT " NOTICE_HAS_POINT ")",
	    VALUES(as_integer(message_id), as_text(reason), as_moment(job->now)));
}

/* A message of which a part may have left is not put together anew while some of it has a point. */
static bool must_go_on(struct job *job, int64_t message_id)
{
	return sql_integer(job->db, 0,
		   "SELECT 1 FROM message WHERE id = ?1 AND left_at IS NOT NULL AND EXISTS ("
		   "SELECT 1 FROM message_notice AS link JOIN notice ON notice.id = "
		   "link.notice_id" NOTICE_SUBJECT
		   " WHERE link.message_id = ?1 AND " NOTICE_HAS_POINT ")",
		   VALUES(as_integer(message_id))) != 0;
}

static enum result withdraw_message(struct job *job, int64_t message_id, const char *reason)
{
	struct stored_message message;
	if (must_go_on(job, message_id) || !message_load(job, message_id, &message))
		return RESULT_OK;
	enum result result = message_move(job, &message, MESSAGE_CANCELLED, reason, WALL_NEVER);
	if (result == RESULT_OK)
		part_ways(job, message_id, reason);
	return result;
}

enum result message_cancel_pointless(struct job *job, int64_t obligation_id, const char *reason)
{
	size_t count = 0;
	int64_t *ids = NULL;
	enum result result = RESULT_OK;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT DISTINCT message.id FROM notice" NOTICE_SUBJECT
	    " JOIN message_notice ON message_notice.notice_id = notice.id"
	    " JOIN message ON message.id = message_notice.message_id"
	    " WHERE notice.obligation_id = ? AND message.state = 'queued'"
	    " AND NOT " NOTICE_HAS_POINT,
	    VALUES(as_integer(obligation_id)));
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
	}
	for (size_t i = 0; i < count && result == RESULT_OK; i++)
		result = withdraw_message(job, ids[i], reason);
	sql_run(job->db,
	    "UPDATE notice SET due = NULL, withheld = ?2, ended = ?3 WHERE id IN ("
	    "SELECT notice.id FROM notice" NOTICE_SUBJECT
	    " WHERE notice.obligation_id = ?1 AND due IS NOT NULL AND NOT " NOTICE_HAS_POINT ")",
	    VALUES(as_integer(obligation_id), as_text(reason), as_moment(job->now)));
	return result;
}

/* ── pending again ───────────────────────────────────────────────────────────────────────────── */

void notices_revive(struct job *job, int64_t obligation_id)
{
	sql_run(job->db,
	    "UPDATE notice SET due = max(?2, moment), withheld = NULL, ended = NULL WHERE id IN ("
	    "SELECT notice.id FROM notice" NOTICE_SUBJECT
	    " WHERE notice.obligation_id = ?1 AND withheld IN ('claimed', 'received', 'waived',"
	    " 'promised') AND not_after > ?2 AND " NOTICE_HAS_POINT
	    " AND NOT EXISTS (SELECT 1 FROM message_notice AS link"
	    "  JOIN message ON message.id = link.message_id"
	    "  WHERE link.notice_id = notice.id AND message.left_at IS NOT NULL))",
	    VALUES(as_integer(obligation_id), as_moment(job->now)));
}

/* An unknown fate is no failure: the text may have arrived, so nobody else is told in its place. */
static bool is_failure(enum message_state state, const char *reason)
{
	if (reason == NULL)
		return state == MESSAGE_FAILED;
	return state == MESSAGE_FAILED
		   ? strcmp(reason, "unknown-twice") != 0
		   : strcmp(reason, "number-suspended") == 0 || strcmp(reason, "fell-back") == 0;
}

int notices_go_on(struct job *job, int64_t message_id)
{
	return sql_run(job->db,
	    "UPDATE notice SET due = ?2, way = way + 1 WHERE " OF_MESSAGE
	    " AND due IS NULL AND not_after > ?2 AND " NOTICE_HAS_POINT ")",
	    VALUES(as_integer(message_id), as_moment(job->now)));
}

void notices_follow_message(
    struct job *job, int64_t message_id, enum message_state to, const char *reason)
{
	bool failed = is_failure(to, reason);
	if (!failed && to != MESSAGE_EXPIRED)
		return;
	sql_run(job->db,
	    "UPDATE notice SET due = ?2, way = way + ?3 WHERE " OF_MESSAGE
	    " AND not_after > ?2 AND " NOTICE_HAS_POINT ")",
	    VALUES(as_integer(message_id), as_moment(job->now), as_integer(failed ? 1 : 0)));
}
