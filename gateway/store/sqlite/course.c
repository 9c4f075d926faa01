/*
 * Owns: reading the course of a span of time, and what a text on its way is about.
 * May use: base/, store/.
 * Must not know: how it is shown.
 */
#include "store/course.h"

#include "store/sqlite/internal.h"

/* ── one row ─────────────────────────────────────────────────────────────────────────────────── */

static const char *text_or_empty(const char *text)
{
	return text != NULL ? text : "";
}

static void add_step(struct arena *arena, struct course_row *row, sqlite3_stmt *query)
{
	struct course_step *steps =
	    arena_array_grow(arena, (void *)row->steps, row->step_count, sizeof *steps);
	steps[row->step_count++] = (struct course_step){
	    .kind = column_copy(query, 0, arena),
	    .code = column_copy(query, 1, arena),
	    .period = column_copy(query, 2, arena),
	    .step = column_copy(query, 3, arena),
	    .unit_code = column_copy(query, 4, arena),
	    .unit_name = column_copy(query, 5, arena),
	    .reason = column_copy(query, 6, arena),
	    .nominal = column_moment(query, 7),
	    .plan_code = column_copy(query, 8, arena),
	};
	row->steps = steps;
}

#define STEP_COLUMNS                                                                               \
	"SELECT obligation.kind, report_code, period, step, unit.code, unit.name,"                 \
	" coalesce(withheld, notice.reason),"                                                      \
	" nominal, plan.code"
#define STEP_TABLES                                                                                \
	" JOIN obligation ON obligation.id = notice.obligation_id"                                 \
	" JOIN unit ON unit.id = obligation.unit_id"                                               \
	" JOIN plan ON plan.id = obligation.plan_id"

static void load_message(
    struct database *db, struct arena *arena, int64_t message_id, struct course_row *row)
{
	bool left = row->what == COURSE_LEFT;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT purpose, address, coalesce(person.code, ''), coalesce(person.name, ''),"
	    " part_count, cost, coalesce(reason, wait_reason),"
	    " (SELECT group_concat(text, '') FROM (SELECT text FROM part"
	    "  WHERE part.message_id = message.id ORDER BY number)),"
	    " (SELECT part.channel FROM part WHERE part.message_id = message.id"
	    "  ORDER BY number LIMIT 1), person.id"
	    " FROM message LEFT JOIN person ON person.id = message.person_id WHERE message.id = ?",
	    VALUES(as_integer(message_id)));
	if (!sql_next(db, query))
		return;
	int64_t person_id = column_integer(query, 9);
	row->purpose = (enum message_purpose)column_integer(query, 0);
	row->address = column_copy(query, 1, arena);
	row->person_code = column_copy(query, 2, arena);
	row->person_name = column_copy(query, 3, arena);
	row->segments = left ? (int)column_integer(query, 4) : 0;
	row->cost = left ? (int)column_integer(query, 5) : 0;
	row->reason = column_copy(query, 6, arena);
	row->text = left ? text_or_empty(column_copy(query, 7, arena)) : "";
	row->channel = left ? text_or_empty(column_copy(query, 8, arena)) : "";
	sql_close(query);
	query = sql_select(db,
	    STEP_COLUMNS " FROM message_notice JOIN notice ON notice.id = notice_id" STEP_TABLES
			 " WHERE message_id = ? ORDER BY notice.id",
	    VALUES(as_integer(message_id)));
	while (sql_next(db, query))
		add_step(arena, row, query);
	if (row->step_count > 0)
		return;
	query = sql_select(db,
	    "SELECT unit.code, unit.name FROM post JOIN unit ON unit.id = unit_id"
	    " WHERE person_id = ? AND post.valid_until IS NULL ORDER BY post.id LIMIT 1",
	    VALUES(as_integer(person_id)));
	if (!sql_next(db, query))
		return;
	row->unit_code = column_copy(query, 0, arena);
	row->unit_name = column_copy(query, 1, arena);
	sql_close(query);
}

static void load_notice(
    struct database *db, struct arena *arena, int64_t notice_id, struct course_row *row)
{
	sqlite3_stmt *query = sql_select(db,
	    STEP_COLUMNS ", coalesce(person.code, ''), coalesce(person.name, '') FROM "
			 "notice" STEP_TABLES " LEFT JOIN person ON person.id = notice.person_id"
			 " WHERE notice.id = ?",
	    VALUES(as_integer(notice_id)));
	if (!sql_next(db, query))
		return;
	add_step(arena, row, query);
	row->person_code = column_copy(query, 9, arena);
	row->person_name = column_copy(query, 10, arena);
	row->purpose = PURPOSE_REMINDER;
	sql_close(query);
}

static struct course_row load_row(
    struct database *db, struct arena *arena, enum course_kind what, int64_t id, struct wall at)
{
	struct course_row row = {
	    .what = what,
	    .at = at,
	    .person_code = "",
	    .person_name = "",
	    .address = "",
	    .channel = "",
	    .text = "",
	    .unit_code = "",
	    .unit_name = "",
	};
	if (what == COURSE_SKIPPED)
		load_notice(db, arena, id, &row);
	else
		load_message(db, arena, id, &row);
	if (row.step_count > 0) {
		row.unit_code = row.steps[0].unit_code;
		row.unit_name = row.steps[0].unit_name;
	}
	return row;
}

/* ── the listing ─────────────────────────────────────────────────────────────────────────────── */

/* Attempts' ids grow with time, so they order what left at one moment. */
#define COURSE                                                                                     \
	"SELECT 0 AS what, id, left_at AS at, attempt_id AS tie FROM message"                      \
	" WHERE left_at BETWEEN ?1 AND ?2 AND attempt_id IS NOT NULL"                              \
	" UNION ALL SELECT 1, id, coalesce(ended, created) AS settled, id FROM notice"             \
	"  WHERE due IS NULL AND settled BETWEEN ?1 AND ?2"                                        \
	"  AND NOT EXISTS (SELECT 1 FROM message_notice WHERE notice_id = notice.id)"              \
	" UNION ALL SELECT 2, id, max(created, coalesce((SELECT max(at) FROM attempt"              \
	"  WHERE attempt.message_id = message.id), 0)) AS ended, id FROM message"                  \
	"  WHERE left_at IS NULL AND state NOT IN ('queued', 'sending')"                           \
	"  AND ended BETWEEN ?1 AND ?2"                                                            \
	" UNION ALL SELECT 3, id, created, id FROM message WHERE state = 'queued'"                 \
	"  AND left_at IS NULL AND wait_reason IS NOT NULL AND created BETWEEN ?1 AND ?2"          \
	" ORDER BY at, tie"

enum result reader_course(struct reader *reader, struct wall from, struct wall to,
    bool (*row)(const struct course_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query =
	    sql_select(db, COURSE, VALUES(as_integer(from.ms), as_integer(to.ms)));
	while (sql_next(db, query)) {
		struct arena *arena = arena_new();
		const struct course_row item =
		    load_row(db, arena, (enum course_kind)column_integer(query, 0),
			column_integer(query, 1), column_moment(query, 2));
		bool go_on = row(&item, arg);
		arena_free(arena);
		if (!go_on) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

enum result reader_subjects(struct reader *reader, struct arena *arena, int64_t attempt_id,
    struct course_subject **out, size_t *count, struct failure *failure)
{
	struct database *db = &reader->db;
	*out = NULL;
	*count = 0;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.kind, report_code, obligation.state, deadline FROM attempt"
	    " JOIN message_notice ON message_notice.message_id = attempt.message_id"
	    " JOIN notice ON notice.id = notice_id"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " WHERE attempt.id = ? ORDER BY notice.id",
	    VALUES(as_integer(attempt_id)));
	while (sql_next(db, query)) {
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = (struct course_subject){
		    .kind = column_copy(query, 0, arena),
		    .code = column_copy(query, 1, arena),
		    .state = obligation_state_of_name(column_text(query, 2)),
		    .deadline = column_moment(query, 3),
		};
	}
	return reader_result(reader, failure);
}
