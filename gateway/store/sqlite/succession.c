/*
 * Owns: units that end: what they owe passes to their successors, or is waived with a task.
 * May use: base/, store/.
 * Must not know: why a unit ends.
 */
#include "store/sqlite/internal.h"

#include "base/buffer.h"

#include <string.h>

/* More successions in a row than the history of any office has. */
#define SUCCESSIONS_MAX 32
#define LIST_BYTES 1500

struct passing {
	struct job *job;
	const struct store_pass_units_input *in;
	struct store_pass_units_output *out;
};

/* An obligation that its unit does not owe any more. */
struct leaving {
	int64_t id, owner_id, unit_id, successor_id;
	const char *unit_code, *unit_name;
	struct stored_plan plan; /* on the version that the obligation is on */
	struct store_new_obligation same;
};

enum result succession_check(struct job *job, int64_t unit_id, const char *code)
{
	int64_t circular = sql_integer(job->db, 0,
	    "WITH RECURSIVE later (id) AS (SELECT successor_id FROM unit WHERE id = ?1"
	    " UNION SELECT successor_id FROM unit JOIN later ON unit.id = later.id)"
	    " SELECT 1 FROM later WHERE id = ?1",
	    VALUES(as_integer(unit_id)));
	if (circular == 0)
		return RESULT_OK;
	return failure_set(job->failure, RESULT_INVALID,
	    "The successors of the unit %s lead back to itself. Correct one of them; the last "
	    "unit has none.",
	    code);
}

/* ?1 now, ?2 the zone in milliseconds. */
#define UNIT_IS_PAST                                                                               \
	"(unit.valid_until <= ?1 OR obligation.named * 86400000 - ?2 >= unit.valid_until)"

static struct leaving leaving_of_row(sqlite3_stmt *query, struct arena *arena)
{
	return (struct leaving){
	    .id = column_integer(query, 0),
	    .owner_id = column_integer(query, 1),
	    .unit_id = column_integer(query, 2),
	    .successor_id = column_integer(query, 3),
	    .unit_code = column_copy(query, 4, arena),
	    .unit_name = column_copy(query, 5, arena),
	    .plan =
		{
		    .id = column_integer(query, 6),
		    .owner_id = column_integer(query, 1),
		    .version_id = column_integer(query, 7),
		    .started = column_moment(query, 8),
		},
	    .same =
		{
		    .kind = column_copy(query, 9, arena),
		    .report_code = column_copy(query, 10, arena),
		    .period = column_copy(query, 11, arena),
		    .named = {(int32_t)column_integer(query, 12)},
		    .deadline = column_moment(query, 13),
		    .closing = column_moment(query, 14),
		},
	};
}

static struct leaving *find_leaving(const struct passing *passing, size_t *count)
{
	struct job *job = passing->job;
	struct leaving *items = NULL;
	*count = 0;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT obligation.id, obligation.owner_id, unit.id, unit.successor_id, unit.code,"
	    " unit.name, plan.id, plan_version_id, plan.started, obligation.kind, report_code,"
	    " period, named, deadline, closing"
	    " FROM unit JOIN obligation ON obligation.unit_id = unit.id"
	    " JOIN plan ON plan.id = obligation.plan_id"
	    " WHERE unit.valid_until IS NOT NULL AND obligation.state = 'open'"
	    " AND retired_at IS NULL AND plan.state <> 'closed' AND " UNIT_IS_PAST
	    " AND (obligation.kind = 'report'"
	    " OR obligation.named * 86400000 - ?2 >= unit.valid_until)"
	    " ORDER BY unit.code, obligation.id",
	    VALUES(
		as_moment(job->now), as_integer((int64_t)passing->in->zone_minutes * MINUTE_MS)));
	while (sql_next(job->db, query)) {
		items = arena_array_grow(job->arena, items, *count, sizeof *items);
		items[(*count)++] = leaving_of_row(query, job->arena);
	}
	return items;
}

struct heir {
	int64_t id;
	const char *code, *name;
};

/* Follows the successions to the unit that exists when the obligation is due; id 0: none does. */
static struct heir find_heir(const struct passing *passing, const struct leaving *leaving)
{
	struct job *job = passing->job;
	int64_t id = leaving->successor_id;
	for (int i = 0; i < SUCCESSIONS_MAX && id != 0; i++) {
		sqlite3_stmt *query = sql_select(job->db,
		    "SELECT unit.id, unit.code, unit.name, unit.successor_id,"
		    " unit.valid_until IS NOT NULL AND " UNIT_IS_PAST
		    " FROM unit JOIN obligation ON obligation.id = ?3 WHERE unit.id = ?4",
		    VALUES(as_moment(job->now),
			as_integer((int64_t)passing->in->zone_minutes * MINUTE_MS),
			as_integer(leaving->id), as_integer(id)));
		if (!sql_next(job->db, query))
			break;
		const struct heir heir = {.id = id,
		    .code = column_copy(query, 1, job->arena),
		    .name = column_copy(query, 2, job->arena)};
		id = column_integer(query, 3);
		bool past = column_integer(query, 4) != 0;
		sql_close(query);
		if (!past)
			return heir;
	}
	return (struct heir){0};
}

/* Ends the old obligation; an event is no entry in the ledger, it is only no longer the unit's. */
static enum result end_obligation(const struct passing *passing, const struct leaving *leaving,
    enum ledger_action action, const char *note)
{
	if (strcmp(leaving->same.kind, "report") != 0)
		return obligation_retire(passing->job, leaving->id);
	return ledger_apply(passing->job, &(struct store_change){.obligation_id = leaving->id,
					      .action = action,
					      .actor = passing->in->actor,
					      .note = note});
}

static enum result pass(
    const struct passing *passing, const struct leaving *leaving, const struct heir *heir)
{
	struct job *job = passing->job;
	bool added;
	struct store_new_obligation same = leaving->same;
	same.unit_code = heir->code;
	enum result result = end_obligation(passing, leaving, LEDGER_PASS,
	    arena_printf(job->arena, "→ %s %s", heir->code, heir->name));
	if (result == RESULT_OK)
		result = obligation_open(job, &leaving->plan, &same, passing->in->actor, &added);
	passing->out->passed++;
	return result;
}

/* The obligations from `items` on that belong to the same unit and have nobody to pass to. */
static enum result waive(
    const struct passing *passing, const struct leaving *items, size_t count, size_t *taken)
{
	struct job *job = passing->job;
	OWNED_BUFFER list = BUFFER(LIST_BYTES);
	enum result result = RESULT_OK;
	int64_t task_id;
	bool is_new;
	buffer_printf(&list, "%s %s:", items->unit_code, items->unit_name);
	for (*taken = 0;
	     *taken < count && result == RESULT_OK && items[*taken].unit_id == items->unit_id;
	     ++*taken) {
		const struct leaving *leaving = &items[*taken];
		if (find_heir(passing, leaving).id != 0)
			break;
		result = end_obligation(passing, leaving, LEDGER_WAIVE, "unit ended");
		buffer_printf(&list, "%s %s %s", *taken > 0 ? "," : "", leaving->same.report_code,
		    leaving->same.period);
		passing->out->waived++;
	}
	if (result != RESULT_OK)
		return result;
	const struct store_new_task task = {
	    .key = arena_printf(job->arena, "unit-ended:%s", items->unit_code),
	    .kind = "unit-ended",
	    .text = arena_copy(job->arena, buffer_text(&list)),
	    .obligation_id = items->id,
	    .until = WALL_NEVER,
	};
	return task_open(job, items->owner_id, &task, &task_id, &is_new);
}

enum result operation_pass_units(struct job *job, const void *input, void *output)
{
	const struct store_pass_units_input *in = input;
	struct passing passing = {.job = job, .in = in, .out = output};
	enum result result = RESULT_OK;
	size_t count;
	job->now = in->now;
	const struct leaving *items = find_leaving(&passing, &count);
	for (size_t i = 0; i < count && result == RESULT_OK;) {
		const struct heir heir = find_heir(&passing, &items[i]);
		size_t taken = 1;
		result = heir.id != 0 ? pass(&passing, &items[i], &heir)
				      : waive(&passing, &items[i], count - i, &taken);
		i += taken;
	}
	if (result == RESULT_OK)
		passing.out->ended = sql_run(job->db,
		    "UPDATE unit SET passed_at = ?1 WHERE valid_until <= ?1 AND passed_at IS NULL",
		    VALUES(as_moment(job->now)));
	return result;
}
