/*
 * Owns: applying the scheduler's decisions; the moments at which somebody must look again.
 * May use: base/, store/.
 * Must not know: how it was decided.
 */
#include "store/sqlite/internal.h"

static void apply(
    struct job *job, const struct store_decided *item, struct store_apply_decisions_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT owner_id, deadline_version FROM obligation WHERE id = ? AND revision = ?",
	    VALUES(as_integer(item->obligation_id), as_integer(item->revision)));
	if (!sql_next(job->db, query)) {
		out->stale++;
		return;
	}
	int64_t owner_id = column_integer(query, 0);
	int deadline_version = (int)column_integer(query, 1);
	sql_close(query);
	for (size_t i = 0; i < item->step_count; i++)
		if (notice_add(
			job, owner_id, item->obligation_id, deadline_version, &item->steps[i]))
			*(item->steps[i].send ? &out->pending : &out->skipped) += 1;
	sql_run(job->db, "UPDATE obligation SET wake_at = ?, until_received = ? WHERE id = ?",
	    VALUES(as_moment(item->wake_at), as_integer(item->until_received),
		as_integer(item->obligation_id)));
}

enum result operation_apply_decisions(struct job *job, const void *input, void *output)
{
	const struct store_apply_decisions_input *in = input;
	struct store_apply_decisions_output *out = output;
	job->now = in->now;
	for (size_t i = 0; i < in->count; i++)
		apply(job, &in->items[i], out);
	return RESULT_OK;
}

static struct wall earliest(
    struct database *db, const char *sql, const struct sql_value *values, size_t count)
{
	return (struct wall){sql_integer(db, INT64_MAX, sql, values, count)};
}

static struct wall next_sweep(struct database *db, const struct store_next_moments_input *in)
{
	struct wall moments[] = {
	    earliest(db,
		"SELECT min(not_after) FROM message WHERE state = 'queued' AND not_after IS NOT "
		"NULL",
		NO_VALUES),
	    earliest(db, "SELECT min(lease_until) FROM message WHERE state = 'sending'", NO_VALUES),
	    earliest(db,
		"SELECT min(unknown_since + CASE last_call WHEN 1 THEN ?1 ELSE ?2 END)"
		" FROM message WHERE state = 'unknown'",
		VALUES(as_integer(in->patience_last_call_ms), as_integer(in->patience_ms))),
	    earliest(db, "SELECT min(until) FROM question WHERE closed_at IS NULL", NO_VALUES),
	    {request_next_lapse(db)},
	    earliest(db, "SELECT min(received_at) + ? FROM inbound_part WHERE inbound_id IS NULL",
		VALUES(as_integer(INBOUND_JOIN_MS))),
	};
	struct wall first = WALL_NEVER;
	for (size_t i = 0; i < COUNT_OF(moments); i++)
		first = wall_earlier(first, moments[i]);
	return first;
}

enum result operation_next_moments(struct job *job, const void *input, void *output)
{
	static const struct store_next_moments_input none;
	const struct store_next_moments_input *in = input != NULL ? input : &none;
	struct store_next_moments_output *out = output;
	struct database *db = job->db;
	out->wake_at = earliest(db,
	    "SELECT min((SELECT min(wake_at) FROM obligation WHERE plan_id = plan.id"
	    " AND wake_at IS NOT NULL)) FROM plan WHERE state = 'running'",
	    NO_VALUES);
	out->wake_at = wall_earlier(
	    out->wake_at, earliest(db,
			      "SELECT due FROM notice CROSS JOIN obligation"
			      " ON obligation.id = notice.obligation_id CROSS JOIN plan"
			      " ON plan.id = obligation.plan_id WHERE due IS NOT NULL"
			      " AND plan.state = 'running' ORDER BY due LIMIT 1",
			      NO_VALUES));
	out->next_try = WALL_NEVER;
	for (int purpose = PURPOSE_ANSWER; purpose <= PURPOSE_AD_HOC; purpose++)
		out->next_try = wall_earlier(out->next_try,
		    earliest(db,
			"SELECT min(next_try) FROM message WHERE state = 'queued' AND purpose = ?"
			" AND next_try > ?",
			VALUES(as_integer(purpose), as_moment(in->now))));
	out->sweep = wall_earlier(
	    next_sweep(db, in), (struct wall){fallback_next(db, in->now, in->fallback_ms)});
	out->inbound_waiting = (int)sql_integer(
	    db, 0, "SELECT count(*) FROM inbound WHERE settled_at IS NULL", NO_VALUES);
	return RESULT_OK;
}
