/*
 * Owns: opening and retiring obligations, rolling them forward.
 * May use: base/, store/.
 * Must not know: which obligations a plan implies.
 */
#include "store/sqlite/internal.h"

#include <string.h>

enum result unit_find(struct job *job, int64_t owner_id, const char *code, int64_t *unit_id)
{
	*unit_id = sql_integer(job->db, 0, "SELECT id FROM unit WHERE code = ? AND owner_id = ?",
	    VALUES(as_text(code), as_integer(owner_id)));
	if (*unit_id != 0)
		return RESULT_OK;
	return failure_set(job->failure, RESULT_INVALID,
	    "There is no unit %s. Import the recipients that name it first.", code);
}

enum obligation_state obligation_state_of_name(const char *name)
{
	for (int state = OBLIGATION_OPEN; state < OBLIGATION_WAIVED; state++)
		if (strcmp(obligation_state_name(state), name) == 0)
			return state;
	return OBLIGATION_WAIVED;
}

enum result obligation_open(struct job *job, const struct stored_plan *plan,
    const struct store_new_obligation *obligation, const char *actor, bool *added)
{
	int64_t unit_id;
	enum result result = unit_find(job, plan->owner_id, obligation->unit_code, &unit_id);
	*added = false;
	if (result != RESULT_OK)
		return result;
	int64_t id = job_new_id(job);
	struct wall wake = plan->started.ms == INT64_MAX ? WALL_NEVER : job->now;
	int inserted = sql_run(job->db,
	    "INSERT INTO obligation (id, owner_id, revision, plan_id, plan_version_id, kind,"
	    " report_code, period, unit_id, state, named, deadline, deadline_version, wake_at,"
	    " created, closing) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, 'open', ?, ?, 1, ?, ?, ?)"
	    " ON CONFLICT DO NOTHING",
	    VALUES(as_integer(id), as_integer(plan->owner_id), as_integer(plan->id),
		as_integer(plan->version_id), as_text(obligation->kind),
		as_text(obligation->report_code), as_text(obligation->period), as_integer(unit_id),
		as_integer(obligation->named.number), as_moment(obligation->deadline),
		as_moment(wake), as_moment(job->now), as_bound(obligation->closing)));
	if (inserted == 0)
		return RESULT_OK;
	sql_run(job->db,
	    "INSERT INTO deadline (id, owner_id, obligation_id, version, named, deadline, created,"
	    " actor) VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(plan->owner_id), as_integer(id),
		as_integer(obligation->named.number), as_moment(obligation->deadline),
		as_moment(job->now), as_text(actor)));
	*added = true;
	return RESULT_OK;
}

enum result obligation_retire(struct job *job, int64_t obligation_id)
{
	sql_run(job->db,
	    "UPDATE obligation SET retired_at = ?, wake_at = NULL, revision = revision + 1"
	    " WHERE id = ?",
	    VALUES(as_moment(job->now), as_integer(obligation_id)));
	paper_close_task(job, obligation_id, "nhacviec");
	return message_cancel_pointless(job, obligation_id, "retired");
}

enum result operation_open_obligations(struct job *job, const void *input, void *output)
{
	const struct store_open_obligations_input *in = input;
	struct store_open_obligations_output *out = output;
	struct stored_plan plan;
	job->now = in->now;
	enum result result = plan_find(job, in->plan_code, &plan);
	for (size_t i = 0; i < in->obligation_count && result == RESULT_OK; i++) {
		bool added = false;
		result = obligation_open(job, &plan, &in->obligations[i], "nhacviec", &added);
		out->added += added;
	}
	return result;
}
