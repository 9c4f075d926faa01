/*
 * Owns: what is told of obligations: to the scheduler those whose wake-up has come, with everything
 * that is decided from; to replies and commands what is known of one.
 * May use: base/, store/.
 * Must not know: ladders.
 */
#include "store/sqlite/internal.h"

#include <string.h>

#define DUE_COLUMNS                                                                                \
	"obligation.id, obligation.revision, obligation.kind, report_code, period,"                \
	" plan_version_id, plan.code, plan.state, plan.started, unit.code, unit.name, unit.kind,"  \
	" named, deadline, deadline_version, obligation.state, obligation.owner_id, unit.id,"      \
	" promised_day, promises, promised_by_id,"                                                 \
	" (SELECT name FROM person WHERE id = promised_by_id),"                                    \
	" EXISTS (SELECT 1 FROM notice WHERE notice.obligation_id = obligation.id"                 \
	"  AND step = 'promise' AND occurrence = promises),"                                       \
	" CASE WHEN deadline_version > 1 THEN (SELECT max(plan.started, deadline.created)"         \
	"  FROM deadline WHERE deadline.obligation_id = obligation.id"                             \
	"  AND version = deadline_version) ELSE plan.started END"
#define DUE_TABLES                                                                                 \
	" FROM plan JOIN obligation ON obligation.plan_id = plan.id"                               \
	" JOIN unit ON unit.id = obligation.unit_id"

static struct store_due_obligation due_of_row(sqlite3_stmt *query, struct arena *arena)
{
	return (struct store_due_obligation){
	    .id = column_integer(query, 0),
	    .revision = column_integer(query, 1),
	    .kind = column_copy(query, 2, arena),
	    .report_code = column_copy(query, 3, arena),
	    .period = column_copy(query, 4, arena),
	    .plan_version_id = column_integer(query, 5),
	    .plan_code = column_copy(query, 6, arena),
	    .plan_running = column_text(query, 7)[0] == 'r',
	    .plan_started = column_moment(query, 23),
	    .unit_code = column_copy(query, 9, arena),
	    .unit_name = column_copy(query, 10, arena),
	    .unit_kind = column_copy(query, 11, arena),
	    .named = {(int32_t)column_integer(query, 12)},
	    .deadline = column_moment(query, 13),
	    .deadline_version = (int)column_integer(query, 14),
	    .state = obligation_state_of_name(column_text(query, 15)),
	    .promised_day = {(int32_t)column_integer(query, 18)},
	    .promises = (int)column_integer(query, 19),
	    .promised_by_id = column_integer(query, 20),
	    .promised_by = column_copy(query, 21, arena),
	    .promise_nudged = column_integer(query, 22) != 0,
	};
}

static void load_steps_done(
    struct database *db, struct arena *arena, struct store_due_obligation *item)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT DISTINCT step FROM notice WHERE obligation_id = ? AND deadline_version = ?",
	    VALUES(as_integer(item->id), as_integer(item->deadline_version)));
	while (sql_next(db, query)) {
		item->steps_done = arena_array_grow(
		    arena, item->steps_done, item->steps_done_count, sizeof *item->steps_done);
		item->steps_done[item->steps_done_count++] = column_copy(query, 0, arena);
	}
}

const char *plan_body_load(struct database *db, struct arena *arena, int64_t version_id)
{
	sqlite3_stmt *query = sql_select(
	    db, "SELECT body FROM plan_version WHERE id = ?", VALUES(as_integer(version_id)));
	if (!sql_next(db, query))
		return "";
	const char *body = column_copy(query, 0, arena);
	sql_close(query);
	return body;
}

static void complete(struct database *db, struct arena *arena, struct store_due_obligation *item,
    int64_t owner_id, int64_t unit_id)
{
	load_steps_done(db, arena, item);
	contacts_of_unit(db, arena, owner_id, unit_id, &item->contacts, &item->contact_count);
}

bool due_load(struct database *db, struct arena *arena, int64_t obligation_id,
    struct store_due_obligation *out)
{
	sqlite3_stmt *query =
	    sql_select(db, "SELECT " DUE_COLUMNS DUE_TABLES " WHERE obligation.id = ?",
		VALUES(as_integer(obligation_id)));
	if (!sql_next(db, query))
		return false;
	*out = due_of_row(query, arena);
	int64_t owner_id = column_integer(query, 16);
	int64_t unit_id = column_integer(query, 17);
	sql_close(query);
	out->plan_body = plan_body_load(db, arena, out->plan_version_id);
	complete(db, arena, out, owner_id, unit_id);
	return true;
}

/* One copy of a plan's text serves all obligations on that version. */
static const char *shared_body(
    struct job *job, const struct store_due_obligations_output *out, int64_t version_id)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].plan_version_id == version_id && out->items[i].plan_body != NULL)
			return out->items[i].plan_body;
	return plan_body_load(job->db, job->arena, version_id);
}

static bool is_loaded(
    const struct store_due_obligations_output *out, const struct store_due_obligation *item)
{
	for (size_t i = 0; i < out->missing_count; i++)
		if (strcmp(out->missing[i].plan_code, item->plan_code) == 0 &&
		    strcmp(out->missing[i].period, item->period) == 0)
			return true;
	return false;
}

static void load_missing(struct job *job, struct store_due_obligations_output *out,
    const struct store_due_obligation *item)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT plan.code, report_code, period, unit.name" DUE_TABLES
	    " WHERE plan.state = 'running' AND obligation.kind = 'report'"
	    " AND obligation.state = 'open' AND retired_at IS NULL"
	    " AND plan.code = ? AND period = ?"
	    " ORDER BY plan.code, report_code, period, unit.code",
	    VALUES(as_text(item->plan_code), as_text(item->period)));
	while (sql_next(job->db, query)) {
		out->missing = arena_array_grow(
		    job->arena, out->missing, out->missing_count, sizeof *out->missing);
		out->missing[out->missing_count++] = (struct store_missing){
		    .plan_code = column_copy(query, 0, job->arena),
		    .report_code = column_copy(query, 1, job->arena),
		    .period = column_copy(query, 2, job->arena),
		    .unit_name = column_copy(query, 3, job->arena),
		};
	}
}

enum result operation_due_obligations(struct job *job, const void *input, void *output)
{
	const struct store_due_obligations_input *in = input;
	struct store_due_obligations_output *out = output;
	job->now = in->now;
	/* The few plans first (CROSS JOIN keeps the order), then each one's wake-ups by their
	 * index. */
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT " DUE_COLUMNS " FROM plan CROSS JOIN obligation ON obligation.plan_id = plan.id"
	    " JOIN unit ON unit.id = obligation.unit_id"
	    " WHERE plan.state = 'running' AND obligation.wake_at <= ?1"
	    " ORDER BY obligation.wake_at, obligation.id LIMIT ?2",
	    VALUES(as_moment(job->now), as_integer(in->limit > 0 ? in->limit : 100)));
	while (sql_next(job->db, query)) {
		struct store_due_obligation item = due_of_row(query, job->arena);
		item.plan_body = shared_body(job, out, item.plan_version_id);
		complete(job->db, job->arena, &item, column_integer(query, 16),
		    column_integer(query, 17));
		out->items =
		    arena_array_grow(job->arena, out->items, out->count, sizeof *out->items);
		out->items[out->count++] = item;
	}
	for (size_t i = 0; i < out->count; i++) {
		const struct store_due_obligation *item = &out->items[i];
		bool wanted = in->wants_missing == NULL || in->wants_missing(item, in->wants_arg);
		if (wanted && !is_loaded(out, item))
			load_missing(job, out, item);
	}
	return RESULT_OK;
}

/* ── as replies and commands see them ────────────────────────────────────────────────────────── */

static enum attendance attendance_of_name(const char *name)
{
	if (name == NULL)
		return ATTENDANCE_NONE;
	return strcmp(name, "coming") == 0 ? ATTENDANCE_COMING : ATTENDANCE_ABSENT;
}

struct store_known_obligation known_of_row(sqlite3_stmt *query, struct arena *arena)
{
	return (struct store_known_obligation){
	    .id = column_integer(query, 0),
	    .revision = column_integer(query, 1),
	    .kind = column_copy(query, 2, arena),
	    .plan_code = column_copy(query, 3, arena),
	    .report_code = column_copy(query, 4, arena),
	    .period = column_copy(query, 5, arena),
	    .unit_code = column_copy(query, 6, arena),
	    .unit_name = column_copy(query, 7, arena),
	    .plan_version_id = column_integer(query, 8),
	    .named = {(int32_t)column_integer(query, 9)},
	    .deadline = column_moment(query, 10),
	    .state = obligation_state_of_name(column_text(query, 11)),
	    .claimed_at = column_moment(query, 12),
	    .document_number = column_copy(query, 13, arena),
	    .promised_day = {(int32_t)column_integer(query, 14)},
	    .promised_at = column_moment(query, 15),
	    .promises_in_row = (int)column_integer(query, 16),
	    .attendance = attendance_of_name(column_text(query, 17)),
	    .attendance_at = column_moment(query, 18),
	    .request_id = column_integer(query, 19),
	    .request_number = (int)column_integer(query, 20),
	    .requested_day = {(int32_t)column_integer(query, 21)},
	    .requested_at = column_moment(query, 22),
	};
}

void known_add_bodies(
    struct database *db, struct arena *arena, struct store_known_obligation *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i && items[i].plan_body == NULL; j++)
			if (items[j].plan_version_id == items[i].plan_version_id)
				items[i].plan_body = items[j].plan_body;
		if (items[i].plan_body == NULL)
			items[i].plan_body = plan_body_load(db, arena, items[i].plan_version_id);
	}
}
