/*
 * Owns: plans: importing a version, starting, pausing, closing.
 * May use: base/, store/.
 * Must not know: what a plan's text says.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum result plan_find(struct job *job, const char *code, struct stored_plan *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, owner_id, version_id, state, started FROM plan WHERE code = ? LIMIT 2",
	    VALUES(as_text(code)));
	if (!sql_next(job->db, query))
		return failure_set(job->failure, RESULT_NOT_FOUND,
		    "There is no plan %s. Import it first (nhacviec import FILE).", code);
	*out = (struct stored_plan){
	    .id = column_integer(query, 0),
	    .owner_id = column_integer(query, 1),
	    .version_id = column_integer(query, 2),
	    .started = column_moment(query, 4),
	};
	snprintf(out->state, sizeof out->state, "%s", column_text(query, 3));
	bool ambiguous = sql_next(job->db, query);
	if (!ambiguous)
		return RESULT_OK;
	sql_close(query);
	return failure_set(job->failure, RESULT_CONFLICT,
	    "Two coordinating units have a plan %s. Give one of them another code.", code);
}

/* ── importing ───────────────────────────────────────────────────────────────────────────────── */

struct import {
	struct job *job;
	const struct store_import_plan_input *in;
	struct stored_plan plan;
	int version;
	bool new_body;
	struct difference_list list;
};

static void add_version(struct import *import, int number)
{
	struct job *job = import->job;
	import->plan.version_id = job_new_id(job);
	import->version = number;
	import->new_body = true;
	sql_run(job->db,
	    "INSERT INTO plan_version (id, owner_id, plan_id, number, body, imported, actor)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(import->plan.version_id), as_integer(import->plan.owner_id),
		as_integer(import->plan.id), as_integer(number), as_text(import->in->body),
		as_moment(job->now), as_text(import->in->actor)));
	sql_run(job->db, "UPDATE plan SET version_id = ?, name = ? WHERE id = ?",
	    VALUES(as_integer(import->plan.version_id), as_text(import->in->name),
		as_integer(import->plan.id)));
}

static void add_plan(struct import *import, int64_t owner_id)
{
	struct job *job = import->job;
	const struct store_import_plan_input *in = import->in;
	import->plan = (struct stored_plan){
	    .id = job_new_id(job), .owner_id = owner_id, .started = WALL_NEVER, .state = "draft"};
	sql_run(job->db,
	    "INSERT INTO plan (id, owner_id, code, name, state) VALUES (?, ?, ?, ?, 'draft')",
	    VALUES(as_integer(import->plan.id), as_integer(owner_id), as_text(in->code),
		as_text(in->name)));
	add_version(import, 1);
	difference_add(&import->list, '+', "plan", "plan %s version 1", in->code);
}

static enum result import_version(struct import *import)
{
	struct job *job = import->job;
	const struct store_import_plan_input *in = import->in;
	int64_t owner_id = sql_integer(job->db, 0,
	    "SELECT id FROM unit WHERE code = ? AND owner_id = id", VALUES(as_text(in->owner)));
	if (owner_id == 0)
		return failure_set(job->failure, RESULT_INVALID,
		    "The plan %s belongs to %s, which is not stored as a coordinating unit. Import "
		    "the recipients first.",
		    in->code, in->owner);
	int64_t known =
	    sql_integer(job->db, 0, "SELECT id FROM plan WHERE code = ? AND owner_id = ?",
		VALUES(as_text(in->code), as_integer(owner_id)));
	if (known == 0) {
		add_plan(import, owner_id);
		return RESULT_OK;
	}
	enum result result = plan_find(job, in->code, &import->plan);
	if (result != RESULT_OK)
		return result;
	if (strcmp(import->plan.state, "closed") == 0)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The plan %s is closed. Import the new one under another code.", in->code);
	import->version =
	    (int)sql_integer(job->db, 0, "SELECT number FROM plan_version WHERE id = ?",
		VALUES(as_integer(import->plan.version_id)));
	bool same = sql_integer(job->db, 0, "SELECT body = ? FROM plan_version WHERE id = ?",
			VALUES(as_text(in->body), as_integer(import->plan.version_id))) != 0;
	if (same)
		return RESULT_OK;
	difference_add(&import->list, '~', "plan", "plan %s version %d → %d", in->code,
	    import->version, import->version + 1);
	add_version(import, import->version + 1);
	return RESULT_OK;
}

/* What is due at once is looked at by the scheduler when the plan has been started. */
static struct wall first_wake(const struct import *import)
{
	return import->plan.started.ms == INT64_MAX ? WALL_NEVER : import->job->now;
}

struct stored_obligation {
	int64_t id, version_id;
	struct day named;
	struct wall deadline, closing;
	int deadline_version;
	bool retired;
};

static bool load_obligation(
    struct import *import, const struct store_new_obligation *item, struct stored_obligation *out)
{
	struct database *db = import->job->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.id, plan_version_id, named, deadline, deadline_version, retired_at,"
	    " closing"
	    " FROM obligation JOIN unit ON unit.id = obligation.unit_id"
	    " WHERE plan_id = ? AND obligation.kind = ? AND report_code = ? AND period = ?"
	    " AND unit.code = ? AND unit.owner_id = ?",
	    VALUES(as_integer(import->plan.id), as_text(item->kind), as_text(item->report_code),
		as_text(item->period), as_text(item->unit_code),
		as_integer(import->plan.owner_id)));
	if (!sql_next(db, query))
		return false;
	*out = (struct stored_obligation){
	    .id = column_integer(query, 0),
	    .version_id = column_integer(query, 1),
	    .named = {(int32_t)column_integer(query, 2)},
	    .deadline = column_moment(query, 3),
	    .deadline_version = (int)column_integer(query, 4),
	    .retired = column_moment(query, 5).ms != INT64_MAX,
	    .closing = column_moment(query, 6),
	};
	sql_close(query);
	return true;
}

/* The statistics alone look at it: nobody needs to be woken for it. */
static void move_closing(struct import *import, const struct store_new_obligation *item,
    const struct stored_obligation *stored)
{
	struct wall closing = item->closing.ms == 0 ? WALL_NEVER : item->closing;
	if (closing.ms == stored->closing.ms)
		return;
	sql_run(import->job->db, "UPDATE obligation SET closing = ? WHERE id = ?",
	    VALUES(as_moment(closing), as_integer(stored->id)));
	difference_add(&import->list, '~', "closing", "obligation %s %s %s: closing day",
	    item->report_code, item->period, item->unit_code);
}

/* A moved deadline is a further version; notices of the old one lose their point. */
static enum result move_deadline(struct import *import, const struct store_new_obligation *item,
    const struct stored_obligation *stored)
{
	struct job *job = import->job;
	int version = stored->deadline_version + 1;
	sql_run(job->db,
	    "INSERT INTO deadline (id, owner_id, obligation_id, version, named, deadline, created,"
	    " actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(import->plan.owner_id),
		as_integer(stored->id), as_integer(version), as_integer(item->named.number),
		as_moment(item->deadline), as_moment(job->now), as_text(import->in->actor)));
	sql_run(job->db,
	    "UPDATE obligation SET named = ?, deadline = ?, deadline_version = ? WHERE id = ?",
	    VALUES(as_integer(item->named.number), as_moment(item->deadline), as_integer(version),
		as_integer(stored->id)));
	difference_add(&import->list, '~', "deadline", "obligation %s %s %s: %s → %s",
	    item->report_code, item->period, item->unit_code, civil_iso_day(stored->named).text,
	    civil_iso_day(item->named).text);
	return message_cancel_pointless(job, stored->id, "deadline-moved");
}

/* What the plan said last: an extension that was granted since is no difference of the plan's. */
static bool plan_has_moved_it(struct import *import, const struct store_new_obligation *item,
    const struct stored_obligation *stored)
{
	struct database *db = import->job->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT named, deadline FROM deadline WHERE obligation_id = ?1"
	    " AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.obligation_id = ?1"
	    "  AND ledger.action = 'extend' AND ledger.at = deadline.created)"
	    " ORDER BY version DESC LIMIT 1",
	    VALUES(as_integer(stored->id)));
	if (!sql_next(db, query))
		return stored->deadline.ms != item->deadline.ms ||
		       stored->named.number != item->named.number;
	bool moved = column_integer(query, 0) != item->named.number ||
		     column_moment(query, 1).ms != item->deadline.ms;
	sql_close(query);
	return moved;
}

static enum result import_known(struct import *import, const struct store_new_obligation *item,
    const struct stored_obligation *stored)
{
	struct job *job = import->job;
	enum result result = RESULT_OK;
	bool moved = plan_has_moved_it(import, item, stored);
	bool changed = moved || stored->retired || stored->version_id != import->plan.version_id;
	if (stored->retired)
		difference_add(&import->list, '+', "obligation", "obligation %s %s %s: again",
		    item->report_code, item->period, item->unit_code);
	if (moved)
		result = move_deadline(import, item, stored);
	move_closing(import, item, stored);
	if (changed)
		sql_run(job->db,
		    "UPDATE obligation SET plan_version_id = ?, retired_at = NULL,"
		    " revision = revision + 1,"
		    " wake_at = CASE WHEN state IN ('open', 'claimed') THEN ? END WHERE id = ?",
		    VALUES(as_integer(import->plan.version_id), as_moment(first_wake(import)),
			as_integer(stored->id)));
	return result;
}

static enum result import_obligation(struct import *import, const struct store_new_obligation *item)
{
	struct stored_obligation stored;
	if (load_obligation(import, item, &stored))
		return import_known(import, item, &stored);
	bool added;
	enum result result =
	    obligation_open(import->job, &import->plan, item, import->in->actor, &added);
	if (result == RESULT_OK && added)
		difference_add(&import->list, '+', "obligation", "obligation %s %s %s %s",
		    item->report_code, item->period, item->unit_code,
		    civil_iso_day(item->named).text);
	return result;
}

/* Open obligations that still lie ahead and that the plan no longer has. */
static enum result retire_absent(struct import *import)
{
	struct job *job = import->job;
	struct database *db = job->db;
	const struct store_import_plan_input *in = import->in;
	sql_run(db,
	    "CREATE TEMP TABLE IF NOT EXISTS owed (kind TEXT, report_code TEXT, period TEXT,"
	    " unit_code TEXT, PRIMARY KEY (unit_code, report_code, period, kind))",
	    NO_VALUES);
	sql_run(db, "DELETE FROM temp.owed", NO_VALUES);
	for (size_t i = 0; i < in->obligation_count; i++)
		sql_run(db, "INSERT INTO temp.owed VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		    VALUES(as_text(in->obligations[i].kind),
			as_text(in->obligations[i].report_code), as_text(in->obligations[i].period),
			as_text(in->obligations[i].unit_code)));
	size_t count = 0;
	int64_t *ids = NULL;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.id, report_code, period, unit.code, named FROM obligation"
	    " JOIN unit ON unit.id = obligation.unit_id"
	    " WHERE plan_id = ?1 AND state = 'open' AND retired_at IS NULL"
	    " AND coalesce(deadline, (named + 1) * 86400000) > ?2"
	    " AND NOT EXISTS (SELECT 1 FROM temp.owed WHERE owed.unit_code = unit.code"
	    " AND owed.report_code = obligation.report_code AND owed.period = obligation.period"
	    " AND owed.kind = obligation.kind) ORDER BY obligation.id",
	    VALUES(as_integer(import->plan.id), as_moment(job->now)));
	while (sql_next(db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
		difference_add(&import->list, '-', "obligation", "obligation %s %s %s %s",
		    column_text(query, 1), column_text(query, 2), column_text(query, 3),
		    civil_iso_day((struct day){(int32_t)column_integer(query, 4)}).text);
	}
	enum result result = RESULT_OK;
	for (size_t i = 0; i < count && result == RESULT_OK; i++)
		result = obligation_retire(job, ids[i]);
	sql_run(db, "DELETE FROM temp.owed", NO_VALUES);
	return result;
}

enum result operation_import_plan(struct job *job, const void *input, void *output)
{
	const struct store_import_plan_input *in = input;
	struct store_import_plan_output *out = output;
	job->now = in->now;
	struct import import = {
	    .job = job, .in = in, .list = {.out = &out->differences, .arena = job->arena}};
	sql_run(job->db, "SAVEPOINT preview", NO_VALUES);
	consequences_begin(job);
	enum result result = import_version(&import);
	for (size_t i = 0; i < in->obligation_count && result == RESULT_OK; i++)
		result = import_obligation(&import, &in->obligations[i]);
	/* The same body owes the same; its list grows only as time goes on. */
	if (result == RESULT_OK && import.new_body)
		result = retire_absent(&import);
	if (result == RESULT_OK)
		result = consequences_add(job, in->actor, in->zone_minutes, &import.list);
	if (result != RESULT_OK)
		return result;
	if (in->preview)
		sql_run(job->db, "ROLLBACK TO preview", NO_VALUES);
	sql_run(job->db, "RELEASE preview", NO_VALUES);
	out->version = import.version;
	if (!in->preview && import.list.changes > 0)
		audit_write(job, import.plan.owner_id, in->actor, "import-plan", in->code,
		    arena_printf(
			job->arena, "version %d, %d changes", import.version, import.list.changes));
	return RESULT_OK;
}

/* ── starting, pausing, closing ──────────────────────────────────────────────────────────────── */

static bool plan_can_move(const char *from, const char *to)
{
	static const struct {
		const char *from, *to;
	} legal[] = {
	    {"draft", "running"},
	    {"running", "paused"},
	    {"paused", "running"},
	    {"draft", "closed"},
	    {"running", "closed"},
	    {"paused", "closed"},
	};
	for (size_t i = 0; i < COUNT_OF(legal); i++)
		if (strcmp(legal[i].from, from) == 0 && strcmp(legal[i].to, to) == 0)
			return true;
	return false;
}

/* At the first start everything is looked at; after a pause what would be looked at later is looked
 * at now, so that nothing of the pause is overlooked. */
static void wake_obligations(struct job *job, const struct stored_plan *plan, bool first)
{
	if (first)
		sql_run(job->db,
		    "UPDATE obligation SET wake_at = ?1 WHERE plan_id = ?2 AND state IN ('open', "
		    "'claimed')"
		    " AND retired_at IS NULL",
		    VALUES(as_moment(job->now), as_integer(plan->id)));
	else
		sql_run(job->db,
		    "UPDATE obligation SET wake_at = min(wake_at, ?1) WHERE plan_id = ?2"
		    " AND wake_at IS NOT NULL",
		    VALUES(as_moment(job->now), as_integer(plan->id)));
}

/* What waited for a pause to end is looked at again now. */
static void wake_waiting_messages(struct job *job)
{
	sql_run(job->db,
	    "UPDATE message SET next_try = max(?1, not_before), wait_reason = NULL"
	    " WHERE state = 'queued' AND wait_reason IS NOT NULL",
	    VALUES(as_moment(job->now)));
}

static enum result close_plan(struct job *job, const struct stored_plan *plan)
{
	sql_run(job->db, "UPDATE obligation SET wake_at = NULL WHERE plan_id = ?",
	    VALUES(as_integer(plan->id)));
	size_t count = 0;
	int64_t *ids = NULL;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.id FROM message"
	    " JOIN message_notice ON message_notice.message_id = message.id"
	    " JOIN notice ON notice.id = message_notice.notice_id"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " WHERE message.state = 'queued' AND obligation.plan_id = ?1"
	    " UNION SELECT obligation.id FROM notice"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " WHERE due IS NOT NULL AND obligation.plan_id = ?1",
	    VALUES(as_integer(plan->id)));
	while (sql_next(job->db, query)) {
		ids = arena_array_grow(job->arena, ids, count, sizeof *ids);
		ids[count++] = column_integer(query, 0);
	}
	enum result result = RESULT_OK;
	for (size_t i = 0; i < count && result == RESULT_OK; i++)
		result = message_cancel_pointless(job, ids[i], "plan-closed");
	return result;
}

enum result operation_set_plan_state(struct job *job, const void *input, void *output)
{
	const struct store_set_plan_state_input *in = input;
	struct store_set_plan_state_output *out = output;
	struct stored_plan plan;
	job->now = in->now;
	enum result result = plan_find(job, in->code, &plan);
	if (result != RESULT_OK)
		return result;
	out->from = arena_copy(job->arena, plan.state);
	out->started = plan.started;
	if (strcmp(plan.state, in->to) == 0)
		return RESULT_OK;
	if (!plan_can_move(plan.state, in->to))
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The plan %s is %s and cannot become %s.", in->code, plan.state, in->to);
	bool running = strcmp(in->to, "running") == 0;
	bool first = running && plan.started.ms == INT64_MAX;
	if (first)
		out->started = job->now;
	sql_run(job->db, "UPDATE plan SET state = ?, started = ? WHERE id = ?",
	    VALUES(as_text(in->to), as_moment(out->started), as_integer(plan.id)));
	if (running) {
		wake_obligations(job, &plan, first);
		wake_waiting_messages(job);
	}
	if (strcmp(in->to, "closed") == 0)
		result = close_plan(job, &plan);
	audit_write(job, plan.owner_id, in->actor, "plan-state", in->code,
	    arena_printf(job->arena, "%s → %s", plan.state, in->to));
	return result;
}

enum result operation_set_paused(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_set_paused_input *in = input;
	job->now = in->now;
	int64_t owner_id = owner_default(job->db);
	int changed = sql_run(job->db,
	    "INSERT INTO switch (owner_id, scope, paused, actor, at) VALUES (?, ?, ?, ?, ?)"
	    " ON CONFLICT (scope) DO UPDATE SET paused = excluded.paused, actor = excluded.actor,"
	    " at = excluded.at WHERE paused <> excluded.paused",
	    VALUES(as_integer(owner_id), as_text(in->scope), as_integer(in->paused),
		as_text(in->actor), as_moment(job->now)));
	if (changed == 0)
		return RESULT_OK;
	if (!in->paused)
		wake_waiting_messages(job);
	audit_write(job, owner_id, in->actor, in->paused ? "pause" : "resume", in->scope, NULL);
	return RESULT_OK;
}
