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
	"  AND version = deadline_version) ELSE plan.started END,"                                 \
	" (SELECT parent.code FROM unit AS parent WHERE parent.id = unit.parent_id), closing"
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
	    .parent_code = column_text(query, 24) != NULL ? column_copy(query, 24, arena) : "",
	    .named = {(int32_t)column_integer(query, 12)},
	    .deadline = column_moment(query, 13),
	    .deadline_version = (int)column_integer(query, 14),
	    .state = obligation_state_of_name(column_text(query, 15)),
	    .promised_day = {(int32_t)column_integer(query, 18)},
	    .promises = (int)column_integer(query, 19),
	    .promised_by_id = column_integer(query, 20),
	    .promised_by = column_copy(query, 21, arena),
	    .promise_nudged = column_integer(query, 22) != 0,
	    .closing = column_moment(query, 25),
	};
}

static void load_steps_done(
    struct database *db, struct arena *arena, struct store_due_obligation *item)
{
	struct store_step_done *done = NULL;
	size_t count = 0;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT DISTINCT step, occurrence FROM notice WHERE obligation_id = ?"
	    " AND deadline_version = ?",
	    VALUES(as_integer(item->id), as_integer(item->deadline_version)));
	while (sql_next(db, query)) {
		done = arena_array_grow(arena, done, count, sizeof *done);
		done[count++] = (struct store_step_done){
		    column_copy(query, 0, arena), (int)column_integer(query, 1)};
	}
	item->steps_done = done;
	item->steps_done_count = count;
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

bool due_load_facts(struct database *db, struct arena *arena, int64_t obligation_id,
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
	contacts_of_unit(db, arena, owner_id, unit_id, &out->contacts, &out->contact_count);
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

/* ── groups ──────────────────────────────────────────────────────────────────────────────────── */

/* The members are the same for all obligations of one version, of which all have one owner. */
static const struct store_group_members *find_members(
    const struct store_due_obligations_output *out, int64_t version_id, const char *code)
{
	for (size_t i = 0; i < out->count; i++)
		for (size_t g = 0;
		     g < out->items[i].group_count && out->items[i].plan_version_id == version_id;
		     g++)
			if (strcmp(out->items[i].groups[g].code, code) == 0)
				return &out->items[i].groups[g];
	return NULL;
}

static void load_groups(struct job *job, const struct store_due_obligations_input *in,
    const struct store_due_obligations_output *out, int64_t owner_id,
    struct store_due_obligation *item)
{
	const struct store_group *groups;
	size_t count = in->groups != NULL ? in->groups(item, &groups, in->arg) : 0;
	if (count == 0)
		return;
	item->groups = arena_alloc(job->arena, count * sizeof *item->groups);
	for (size_t i = 0; i < count; i++) {
		const struct store_group_members *known =
		    find_members(out, item->plan_version_id, groups[i].code);
		struct store_group_members *members = &item->groups[item->group_count++];
		if (known != NULL) {
			*members = *known;
			continue;
		}
		*members =
		    (struct store_group_members){.code = arena_copy(job->arena, groups[i].code)};
		contacts_of_group(
		    job->db, job->arena, owner_id, &groups[i], &members->contacts, &members->count);
	}
}

/* ── what is due ─────────────────────────────────────────────────────────────────────────────── */

struct due_key {
	int64_t id, owner_id;
};

enum result operation_due_obligations(struct job *job, const void *input, void *output)
{
	const struct store_due_obligations_input *in = input;
	struct store_due_obligations_output *out = output;
	struct due_key *keys = NULL;
	size_t count = 0;
	job->now = in->now;
	/* The few plans first (CROSS JOIN keeps the order), then each one's wake-ups by their
	 * index. */
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.id, obligation.owner_id FROM plan CROSS JOIN obligation"
	    " ON obligation.plan_id = plan.id"
	    " WHERE plan.state = 'running' AND obligation.wake_at <= ?1"
	    " ORDER BY obligation.wake_at, obligation.id LIMIT ?2",
	    VALUES(as_moment(job->now), as_integer(in->limit > 0 ? in->limit : 100)));
	while (sql_next(job->db, query)) {
		keys = arena_array_grow(job->arena, keys, count, sizeof *keys);
		keys[count++] =
		    (struct due_key){column_integer(query, 0), column_integer(query, 1)};
	}
	for (size_t i = 0; i < count; i++) {
		struct store_due_obligation item;
		if (!due_load_facts(job->db, job->arena, keys[i].id, &item))
			continue;
		item.plan_body = shared_body(job, out, item.plan_version_id);
		load_steps_done(job->db, job->arena, &item);
		load_groups(job, in, out, keys[i].owner_id, &item);
		out->items =
		    arena_array_grow(job->arena, out->items, out->count, sizeof *out->items);
		out->items[out->count++] = item;
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
	    .sent_on = {(int32_t)column_integer(query, 23)},
	    .figures = column_copy(query, 24, arena),
	    .nothing_to_report = column_integer(query, 25) != 0,
	    .received_at = column_moment(query, 26),
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
