/*
 * Owns: what an import leads to beyond what it changes itself, told in its differences.
 * May use: base/, store/.
 * Must not know: what was imported.
 */
#include "store/sqlite/internal.h"

#define TEXT_LETTERS 60

void consequences_begin(struct job *job)
{
	sql_run(
	    job->db, "CREATE TEMP TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY)", NO_VALUES);
	sql_run(job->db, "DELETE FROM temp.waiting", NO_VALUES);
	sql_run(job->db, "INSERT INTO temp.waiting SELECT id FROM message WHERE state = 'queued'",
	    NO_VALUES);
}

static void list_cancelled(struct job *job, struct difference_list *list)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT message.address, coalesce(person.name, ''),"
	    " substr((SELECT text FROM part WHERE message_id = message.id AND number = 0), 1, ?),"
	    " coalesce(message.reason, '') FROM temp.waiting"
	    " JOIN message ON message.id = temp.waiting.id"
	    " LEFT JOIN person ON person.id = message.person_id"
	    " WHERE message.state = 'cancelled' ORDER BY message.id",
	    VALUES(as_integer(TEXT_LETTERS)));
	while (sql_next(job->db, query))
		difference_add(list, '-', "message", "message to %s %s (%s): %s",
		    column_text(query, 1), column_text(query, 0), column_text(query, 3),
		    column_text(query, 2));
	sql_run(job->db, "DELETE FROM temp.waiting", NO_VALUES);
}

enum result consequences_add(
    struct job *job, const char *actor, int zone_minutes, struct difference_list *list)
{
	struct store_pass_units_output out = {0};
	const struct store_pass_units_input in = {
	    .now = job->now, .actor = actor, .zone_minutes = zone_minutes};
	enum result result = operation_pass_units(job, &in, &out);
	if (result != RESULT_OK)
		return result;
	if (out.passed > 0)
		difference_add(
		    list, '~', "pass", "%d open obligations pass to successors", out.passed);
	if (out.waived > 0)
		difference_add(list, '-', "pass",
		    "%d open obligations of units that end without a successor", out.waived);
	list_cancelled(job, list);
	return RESULT_OK;
}
