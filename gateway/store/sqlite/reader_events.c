/*
 * Owns: listing events with how many of the invited have answered.
 * May use: base/, store/.
 * Must not know: how anything is shown.
 */
#include "store/reader.h"
#include "store/sqlite/internal.h"

enum result reader_events(struct reader *reader, const char *event_code,
    bool (*row)(const struct event_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT plan.code, report_code, period, max(plan_version_id), plan_version.body,"
	    " min(named), count(*), sum(attendance IS 'coming'), sum(attendance IS 'absent')"
	    " FROM obligation JOIN plan ON plan.id = obligation.plan_id"
	    " JOIN plan_version ON plan_version.id = plan_version_id"
	    " WHERE obligation.kind = 'event' AND retired_at IS NULL"
	    " AND (?1 IS NULL OR report_code = ?1)"
	    " GROUP BY plan.id, report_code, period ORDER BY min(named), report_code, period",
	    VALUES(as_text(event_code)));
	while (sql_next(db, query)) {
		const struct event_row event = {
		    .plan_code = column_text(query, 0),
		    .event_code = column_text(query, 1),
		    .period = column_text(query, 2),
		    .plan_version_id = column_integer(query, 3),
		    .plan_body = column_text(query, 4),
		    .start = {(int32_t)column_integer(query, 5)},
		    .invited = (int)column_integer(query, 6),
		    .coming = (int)column_integer(query, 7),
		    .absent = (int)column_integer(query, 8),
		};
		if (!row(&event, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}
