/*
 * Owns: tasks for the office; what is remembered of SIMs and channels.
 * May use: base/, store/.
 * Must not know: why.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>

enum result task_open(struct job *job, int64_t owner_id, const struct store_new_task *task,
    int64_t *task_id, bool *is_new)
{
	*task_id = job_new_id(job);
	*is_new = sql_run(job->db,
		      "INSERT INTO task (id, owner_id, key, kind, text, inbound_id, obligation_id,"
		      " message_id, opened, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		      " ON CONFLICT DO NOTHING",
		      VALUES(as_integer(*task_id), as_integer(owner_id), as_text(task->key),
			  as_text(task->kind), as_text(task->text), as_id(task->inbound_id),
			  as_id(task->obligation_id), as_id(task->message_id), as_moment(job->now),
			  as_bound(task->until))) > 0;
	if (!*is_new)
		*task_id =
		    sql_integer(job->db, 0, "SELECT id FROM task WHERE key = ? AND closed IS NULL",
			VALUES(as_text(task->key)));
	return RESULT_OK;
}

/* The owner of what the task is about. */
static int64_t owner_of_task(struct database *db, const struct store_new_task *task)
{
	int64_t owner_id = sql_integer(db, 0,
	    "SELECT coalesce((SELECT owner_id FROM obligation WHERE id = ?1),"
	    " (SELECT owner_id FROM message WHERE id = ?2),"
	    " (SELECT owner_id FROM inbound WHERE id = ?3))",
	    VALUES(as_id(task->obligation_id), as_id(task->message_id), as_id(task->inbound_id)));
	return owner_id != 0 ? owner_id : owner_default(db);
}

enum result operation_open_task(struct job *job, const void *input, void *output)
{
	const struct store_open_task_input *in = input;
	struct store_open_task_output *out = output;
	job->now = in->now;
	return task_open(
	    job, owner_of_task(job->db, &in->task), &in->task, &out->task_id, &out->is_new);
}

enum result operation_close_task(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_close_task_input *in = input;
	job->now = in->now;
	int changed = sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ?, note = ? WHERE id = ? AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(in->actor), as_text(in->note),
		as_integer(in->task_id)));
	if (changed > 0)
		audit_write(job, owner_default(job->db), in->actor, "close-task",
		    arena_printf(job->arena, "%" PRId64, in->task_id), in->note);
	else if (job->db->error == SQLITE_OK)
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no open task %" PRId64 ".", in->task_id);
	return RESULT_OK;
}

enum result operation_set_sim(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_set_sim_input *in = input;
	job->now = in->now;
	if (in->value == NULL)
		sql_run(job->db, "DELETE FROM sim WHERE channel = ? AND name = ?",
		    VALUES(as_text(in->channel), as_text(in->name)));
	else
		sql_run(job->db,
		    "INSERT INTO sim (owner_id, channel, name, value, at) VALUES (?, ?, ?, ?, ?)"
		    " ON CONFLICT (channel, name) DO UPDATE SET value = excluded.value,"
		    " at = excluded.at",
		    VALUES(as_integer(owner_default(job->db)), as_text(in->channel),
			as_text(in->name), as_text(in->value), as_moment(job->now)));
	return RESULT_OK;
}

enum result operation_get_sim(struct job *job, const void *input, void *output)
{
	const struct store_get_sim_input *in = input;
	struct store_get_sim_output *out = output;
	sqlite3_stmt *query =
	    sql_select(job->db, "SELECT value FROM sim WHERE channel = ? AND name = ?",
		VALUES(as_text(in->channel), as_text(in->name)));
	if (!sql_next(job->db, query))
		return RESULT_OK;
	out->value = column_copy(query, 0, job->arena);
	sql_close(query);
	return RESULT_OK;
}
