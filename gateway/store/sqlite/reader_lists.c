/*
 * Owns: the listings of messages, parts, inbound texts, tasks, notices and the ledger; the totals.
 * May use: base/, store/.
 * Must not know: how anything is shown.
 */
#include "store/reader.h"

#include "store/sqlite/internal.h"

#include <string.h>

#define MESSAGE_TEXT                                                                               \
	"(SELECT group_concat(text, '') FROM (SELECT text FROM part"                               \
	" WHERE part.message_id = message.id ORDER BY number))"
/* The channel it went or is to go by. */
#define MESSAGE_CHANNEL                                                                            \
	"coalesce((SELECT part.channel FROM part WHERE part.message_id = message.id"               \
	" ORDER BY number LIMIT 1), message.channel)"
#define MESSAGE_COLUMNS                                                                            \
	"SELECT message.id, key, purpose, state, coalesce(reason, wait_reason), address,"          \
	" person.name, " MESSAGE_CHANNEL ", " MESSAGE_TEXT                                         \
	", part_count, cost, attempts, created,"                                                   \
	" sent_at, delivered_at, next_try"                                                         \
	" FROM message LEFT JOIN person ON person.id = message.person_id"                          \
	" WHERE (?1 IS NULL OR address = ?1) AND (?2 IS NULL OR state = ?2) AND created >= ?3"

static struct message_row message_of_row(sqlite3_stmt *query)
{
	return (struct message_row){
	    .id = column_integer(query, 0),
	    .key = column_text(query, 1),
	    .purpose = message_purpose_name((enum message_purpose)column_integer(query, 2)),
	    .state = column_text(query, 3),
	    .reason = column_text(query, 4),
	    .address = column_text(query, 5),
	    .person_name = column_text(query, 6),
	    .channel = column_text(query, 7),
	    .text = column_text(query, 8),
	    .parts = (int)column_integer(query, 9),
	    .cost = (int)column_integer(query, 10),
	    .attempts = (int)column_integer(query, 11),
	    .created = column_moment(query, 12),
	    .sent_at = column_moment(query, 13),
	    .delivered_at = column_moment(query, 14),
	    .next_try = column_moment(query, 15),
	};
}

enum result reader_messages(struct reader *reader, const struct message_filter *filter,
    bool (*row)(const struct message_row *row, void *arg), void *arg, struct failure *failure)
{
	static const char newest[] = MESSAGE_COLUMNS " ORDER BY message.id DESC LIMIT ?4";
	static const char oldest[] = MESSAGE_COLUMNS " ORDER BY message.id LIMIT ?4";
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db, filter->limit > 0 ? newest : oldest,
	    VALUES(as_text(filter->address), as_text(filter->state), as_integer(filter->since.ms),
		as_integer(filter->limit > 0 ? filter->limit : -1)));
	while (sql_next(db, query)) {
		struct message_row item = message_of_row(query);
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

enum result reader_parts(struct reader *reader, bool (*row)(const struct part_row *row, void *arg),
    void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT message_id, number, address, part.state, part.channel, text,"
	    " coalesce(reference, -1), submissions, coalesce(submitted_at, started_at)"
	    " FROM message JOIN part ON part.message_id = message.id ORDER BY message_id, number",
	    NO_VALUES);
	while (sql_next(db, query)) {
		const struct part_row item = {
		    .message_id = column_integer(query, 0),
		    .part = (int)column_integer(query, 1),
		    .address = column_text(query, 2),
		    .state = column_text(query, 3),
		    .channel = column_text(query, 4),
		    .text = column_text(query, 5),
		    .reference = (int)column_integer(query, 6),
		    .submissions = (int)column_integer(query, 7),
		    .submitted_at = column_moment(query, 8),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

enum result reader_inbox(struct reader *reader, int limit, bool waiting,
    bool (*row)(const struct inbound_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT id, sender, (SELECT name FROM person WHERE sender <> '' AND person.id "
	    "IN " PEOPLE_AT("inbound.address_kind",
		"inbound.sender") " AND valid_until IS NULL ORDER BY id LIMIT 1), text, intent, "
				  "settled_as, evidence,"
				  " confidence, network_time, received_at FROM inbound WHERE NOT "
				  "?1 OR id IN"
				  " (SELECT inbound_id FROM task WHERE closed IS NULL) ORDER BY id "
				  "DESC LIMIT ?2",
	    VALUES(as_integer(waiting), as_integer(limit > 0 ? limit : -1)));
	while (sql_next(db, query)) {
		const struct inbound_row item = {
		    .id = column_integer(query, 0),
		    .sender = column_text(query, 1),
		    .person_name = column_text(query, 2),
		    .text = column_text(query, 3),
		    .intent = column_text(query, 4),
		    .settled_as = column_text(query, 5),
		    .evidence = column_text(query, 6),
		    .confidence = (int)column_integer(query, 7),
		    .network_time = column_moment(query, 8),
		    .received_at = column_moment(query, 9),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

enum result reader_tasks(struct reader *reader, bool closed_too,
    bool (*row)(const struct task_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT id, inbound_id, kind, text, opened, until, closed FROM task"
	    " WHERE closed IS NULL OR ? ORDER BY id",
	    VALUES(as_integer(closed_too)));
	while (sql_next(db, query)) {
		const struct task_row item = {
		    .id = column_integer(query, 0),
		    .inbound_id = column_integer(query, 1),
		    .kind = column_text(query, 2),
		    .text = column_text(query, 3),
		    .opened = column_moment(query, 4),
		    .until = column_moment(query, 5),
		    .closed = column_moment(query, 6),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

static struct notice_row notice_of_row(sqlite3_stmt *query)
{
	return (struct notice_row){
	    .obligation_id = column_integer(query, 0),
	    .report_code = column_text(query, 1),
	    .period = column_text(query, 2),
	    .unit_code = column_text(query, 3),
	    .unit_name = column_text(query, 4),
	    .step = column_text(query, 5),
	    .person_name = column_text(query, 6),
	    .address = column_text(query, 7),
	    .moment = column_moment(query, 8),
	    .nominal = column_moment(query, 9),
	    .reason = column_text(query, 10),
	    .message_state = column_text(query, 11),
	    .message_reason = column_text(query, 12),
	    .text = column_text(query, 13),
	    .sent_at = column_moment(query, 14),
	};
}

enum result reader_notices(struct reader *reader, const char *who, const char *report_code,
    bool (*row)(const struct notice_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.id, report_code, period, unit.code, unit.name, step,"
	    " coalesce((SELECT name FROM person AS other WHERE other.id = message.person_id),"
	    "  person.name), coalesce(message.address, person.phone), moment, nominal,"
	    " coalesce(withheld, notice.reason), CASE WHEN message.id IS NULL AND due IS NOT NULL"
	    "  THEN 'pending' ELSE message.state END, coalesce(message.reason, "
	    "message.wait_reason), " MESSAGE_TEXT ", message.sent_at FROM notice"
	    " JOIN obligation ON obligation.id = notice.obligation_id"
	    " JOIN unit ON unit.id = obligation.unit_id"
	    " LEFT JOIN person ON person.id = notice.person_id"
	    " LEFT JOIN message_notice ON message_notice.notice_id = notice.id"
	    " LEFT JOIN message ON message.id = message_notice.message_id"
	    " WHERE (person.code = ?1 OR person.phone = ?1 OR message.address = ?1"
	    "  OR unit.code = ?1) AND (?2 IS NULL OR report_code = ?2)"
	    " ORDER BY coalesce(moment, notice.created), notice.id, message_notice.rung",
	    VALUES(as_text(who), as_text(report_code)));
	while (sql_next(db, query)) {
		struct notice_row item = notice_of_row(query);
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

enum result reader_ledger(struct reader *reader, const char *unit_code,
    bool (*row)(const struct ledger_row *row, void *arg), void *arg, struct failure *failure)
{
	struct database *db = &reader->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT obligation.id, unit.code, report_code, period, action, ledger.document_number,"
	    " actor, person.name, note, at FROM ledger"
	    " JOIN obligation ON obligation.id = ledger.obligation_id"
	    " JOIN unit ON unit.id = obligation.unit_id"
	    " LEFT JOIN person ON person.id = ledger.person_id"
	    " WHERE ?1 IS NULL OR unit.code = ?1 ORDER BY ledger.id",
	    VALUES(as_text(unit_code)));
	while (sql_next(db, query)) {
		const struct ledger_row item = {
		    .obligation_id = column_integer(query, 0),
		    .unit_code = column_text(query, 1),
		    .report_code = column_text(query, 2),
		    .period = column_text(query, 3),
		    .action = column_text(query, 4),
		    .document_number = column_text(query, 5),
		    .actor = column_text(query, 6),
		    .person_name = column_text(query, 7),
		    .note = column_text(query, 8),
		    .at = column_moment(query, 9),
		};
		if (!row(&item, arg)) {
			sql_close(query);
			break;
		}
	}
	return reader_result(reader, failure);
}

/* ── totals ──────────────────────────────────────────────────────────────────────────────────── */

static void count_states(struct database *db, struct reader_totals *out)
{
	sqlite3_stmt *query =
	    sql_select(db, "SELECT state, count(*) FROM message GROUP BY state", NO_VALUES);
	while (sql_next(db, query))
		for (int state = 0; state < MESSAGE_STATE_COUNT; state++)
			if (strcmp(column_text(query, 0), message_state_name(state)) == 0)
				out->messages[state] = (int)column_integer(query, 1);
}

static void count_reasons(struct database *db, struct arena *arena, struct reader_totals *out)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT 'skipped', coalesce(withheld, reason) AS why, count(*) FROM notice"
	    " WHERE due IS NULL AND NOT EXISTS"
	    " (SELECT 1 FROM message_notice WHERE notice_id = notice.id) GROUP BY why"
	    " UNION ALL SELECT state, reason, count(*) FROM message"
	    " WHERE state IN ('cancelled', 'expired', 'failed') GROUP BY state, reason"
	    " ORDER BY 1, 2",
	    NO_VALUES);
	while (sql_next(db, query)) {
		out->reasons =
		    arena_array_grow(arena, out->reasons, out->reason_count, sizeof *out->reasons);
		const char *reason = column_copy(query, 1, arena);
		out->reasons[out->reason_count++] = (struct reason_count){
		    .what = column_copy(query, 0, arena),
		    .reason = reason != NULL ? reason : "",
		    .count = (int)column_integer(query, 2),
		};
	}
}

enum result reader_totals(
    struct reader *reader, struct arena *arena, struct reader_totals *out, struct failure *failure)
{
	struct database *db = &reader->db;
	*out = (struct reader_totals){0};
	count_states(db, out);
	sqlite3_stmt *query = sql_select(db,
	    "SELECT count(*), coalesce(sum(submissions - 1), 0),"
	    " coalesce(sum(cost * submissions / part_count), 0)"
	    " FROM part JOIN message ON message.id = part.message_id WHERE submissions > 0",
	    NO_VALUES);
	if (sql_next(db, query)) {
		out->parts_sent = (int)column_integer(query, 0);
		out->parts_resent = (int)column_integer(query, 1);
		out->cost = column_integer(query, 2);
		sql_close(query);
	}
	out->inbound = (int)sql_integer(db, 0, "SELECT count(*) FROM inbound", NO_VALUES);
	out->tasks_open =
	    (int)sql_integer(db, 0, "SELECT count(*) FROM task WHERE closed IS NULL", NO_VALUES);
	count_reasons(db, arena, out);
	return reader_result(reader, failure);
}
