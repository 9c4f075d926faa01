/*
 * Owns: asking the office for papers that were claimed and have not come.
 * May use: base/, store/.
 * Must not know: how long a paper may take.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>

static const char *key_of(struct job *job, int64_t obligation_id)
{
	return arena_printf(job->arena, "paper-not-received:%" PRId64, obligation_id);
}

void paper_close_task(struct job *job, int64_t obligation_id, const char *actor)
{
	sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ? WHERE key = ? AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(actor), as_text(key_of(job, obligation_id))));
}

static enum result ask_for(struct job *job, int64_t obligation_id)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.owner_id, report_code, period, unit.name,"
	    " coalesce(', ' || document_number, ''), claimed_at" KNOWN_TABLES
	    " WHERE obligation.id = ?",
	    VALUES(as_integer(obligation_id)));
	if (!sql_next(job->db, query))
		return RESULT_OK;
	int64_t owner_id = column_integer(query, 0), claimed_at = column_integer(query, 5);
	const struct store_new_task task = {
	    .key = key_of(job, obligation_id),
	    .kind = "paper-not-received",
	    .text = arena_printf(job->arena, "%s %s %s%s", column_text(query, 1),
		column_text(query, 2), column_text(query, 3), column_text(query, 4)),
	    .obligation_id = obligation_id,
	    .until = WALL_NEVER,
	};
	sql_close(query);
	sql_run(job->db, "UPDATE obligation SET paper_asked = ? WHERE id = ?",
	    VALUES(as_integer(claimed_at), as_integer(obligation_id)));
	int64_t task_id;
	bool is_new;
	return task_open(job, owner_id, &task, &task_id, &is_new);
}

enum result operation_ask_papers(struct job *job, const void *input, void *output)
{
	const struct store_ask_papers_input *in = input;
	struct store_ask_papers_output *out = output;
	struct stored_plan plan;
	int64_t *ids = NULL;
	size_t count = 0;
	job->now = in->now;
	enum result result = plan_find(job, in->plan_code, &plan);
	if (result != RESULT_OK)
		return result;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id FROM obligation WHERE plan_id = ?1 AND state = 'claimed'"
	    " AND claimed_at < ?2 AND retired_at IS NULL"
	    " AND (paper_asked IS NULL OR paper_asked <> claimed_at) ORDER BY claimed_at LIMIT ?3",
	    VALUES(as_integer(plan.id), as_moment(in->claimed_before), as_integer(in->most)));
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
	}
	for (size_t i = 0; i < count && result == RESULT_OK; i++, out->asked++)
		result = ask_for(job, ids[i]);
	return result;
}
