/*
 * Owns: what a text is read and weighed against: units that it may name, where its number stands.
 * May use: base/, store/.
 * Must not know: what a text means, which number is doubtful.
 */
#include "store/sqlite/internal.h"

/* ── units that may be named ─────────────────────────────────────────────────────────────────── */

#define VALID_UNIT                                                                                 \
	" unit.passed_at IS NULL AND unit.valid_from <= ?2"                                        \
	" AND (unit.valid_until IS NULL OR unit.valid_until > ?2)"

void named_units_load(struct job *job, struct store_inbound_context_output *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT code, name, kind FROM unit WHERE id IN"
	    " (SELECT id FROM (SELECT unit.id FROM unit WHERE unit.parent_id IN"
	    "   (SELECT mine.parent_id FROM post JOIN person ON person.id = post.person_id"
	    "    JOIN unit AS mine ON mine.id = post.unit_id WHERE person.id IN " PEOPLE_AT("?4",
		"?1") "    AND person.valid_until IS NULL AND post.valid_until IS NULL)"
		      "   AND" VALID_UNIT " LIMIT ?3)"
		      "  UNION SELECT id FROM (SELECT unit.id FROM unit WHERE unit.owner_id IN"
		      "   " OWNERS_OF_SENDER("?4") " AND" VALID_UNIT " LIMIT ?3)) ORDER BY code",
	    VALUES(as_text(out->sender), as_moment(job->now), as_integer(STORE_NAMED_UNITS_MAX),
		as_text(out->address_kind)));
	while (sql_next(job->db, query)) {
		out->units =
		    arena_array_grow(job->arena, out->units, out->unit_count, sizeof *out->units);
		out->units[out->unit_count++] =
		    (struct store_named_unit){.code = column_copy(query, 0, job->arena),
			.name = column_copy(query, 1, job->arena),
			.kind = column_copy(query, 2, job->arena)};
	}
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────── */

static const char *read_text(
    struct job *job, const char *sql, const struct sql_value *values, size_t count)
{
	sqlite3_stmt *query = sql_select(job->db, sql, values, count);
	if (!sql_next(job->db, query))
		return NULL;
	const char *text = column_copy(query, 0, job->arena);
	sql_close(query);
	return text;
}

#define GIVEN                                                                                      \
	" other.kind = 'report' AND other.retired_at IS NULL"                                      \
	" AND other.state IN ('claimed', 'received')"
/* "/BC-UBND" of "45/BC-UBND"; "" of a bare number. */
#define SYMBOL(number)                                                                             \
	"iif(instr(" number ", '/') > 0, substr(" number ", instr(" number ", '/')), '')"

static struct store_number_facts number_facts(
    struct job *job, const char *number, struct wall year_start, int64_t id)
{
	return (struct store_number_facts){
	    .obligation_id = id,
	    .unit_kind = read_text(job,
		"SELECT unit.kind FROM obligation JOIN unit ON unit.id = unit_id"
		" WHERE obligation.id = ?",
		VALUES(as_integer(id))),
	    .other_unit = read_text(job,
		"SELECT unit.name FROM obligation AS this JOIN unit AS mine ON mine.id = "
		"this.unit_id"
		" JOIN obligation AS other ON other.document_number = ?2"
		"  AND other.report_code = this.report_code AND other.period = this.period"
		"  AND other.plan_id = this.plan_id AND other.unit_id <> this.unit_id"
		" JOIN unit ON unit.id = other.unit_id AND unit.parent_id IS mine.parent_id"
		" WHERE this.id = ?1 AND" GIVEN " ORDER BY other.id LIMIT 1",
		VALUES(as_integer(id), as_text(number))),
	    .other_period = read_text(job,
		"SELECT other.period FROM obligation AS this"
		" JOIN obligation AS other ON other.document_number = ?2"
		"  AND other.report_code = this.report_code AND other.unit_id = this.unit_id"
		"  AND other.id <> this.id WHERE this.id = ?1 AND" GIVEN
		" ORDER BY other.id DESC LIMIT 1",
		VALUES(as_integer(id), as_text(number))),
	    .higher = read_text(job,
		"SELECT other.document_number FROM obligation AS this"
		" JOIN obligation AS other ON other.unit_id = this.unit_id AND other.id <> this.id"
		" WHERE this.id = ?1 AND" GIVEN " AND coalesce(other.claimed_at,"
		"  other.received_at) >= ?3 AND " SYMBOL("other.document_number") " = " SYMBOL(
		    "?2") " AND CAST(other.document_number AS INTEGER) > CAST(?2 AS INTEGER)"
			  " ORDER BY CAST(other.document_number AS INTEGER) DESC LIMIT 1",
		VALUES(as_integer(id), as_text(number), as_moment(year_start))),
	};
}

/* ── the unit that a text speaks for ─────────────────────────────────────────────────────────── */

static void load_named(struct job *job, const struct store_inbound_context_output *context,
    const char *unit_code, struct store_claim_facts *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT unit.id, unit.name, EXISTS (SELECT 1 FROM post"
	    "  JOIN person ON person.id = post.person_id WHERE person.id IN " PEOPLE_AT("?4",
		"?1") "  AND person.valid_until IS NULL AND post.valid_until IS NULL"
		      "  AND post.post IN ('coordinator', 'leader')"
		      "  AND post.unit_id IN (unit.owner_id, unit.parent_id))"
		      " FROM unit WHERE unit.code = ?3 AND unit.owner_id IN " OWNERS_OF_SENDER(
			  "?4") " AND" VALID_UNIT " LIMIT 1",
	    VALUES(as_text(context->sender), as_moment(job->now), as_text(unit_code),
		as_text(context->address_kind)));
	if (!sql_next(job->db, query))
		return;
	int64_t unit_id = column_integer(query, 0);
	out->named_unit = column_copy(query, 1, job->arena);
	out->sender_is_above = column_integer(query, 2) != 0;
	sql_close(query);
	query = sql_select(job->db,
	    "SELECT " KNOWN_COLUMNS KNOWN_TABLES " WHERE unit.id = ? AND obligation.kind = 'report'"
	    " AND plan.state <> 'closed' AND retired_at IS NULL"
	    " AND obligation.state IN ('open', 'claimed') ORDER BY deadline, obligation.id",
	    VALUES(as_integer(unit_id)));
	while (sql_next(job->db, query)) {
		out->named =
		    arena_array_grow(job->arena, out->named, out->named_count, sizeof *out->named);
		out->named[out->named_count++] = known_of_row(query, job->arena);
	}
	known_add_bodies(job->db, job->arena, out->named, out->named_count);
}

static void look_up(struct job *job, const struct store_inbound_context_output *context,
    struct wall year_start, const struct store_claim_ask *ask, struct store_claim_facts *out)
{
	size_t count = ask->document_number != NULL ? ask->obligation_count : 0;
	out->numbers = arena_alloc(job->arena, (count + 1) * sizeof *out->numbers);
	for (size_t i = 0; i < count; i++)
		out->numbers[out->number_count++] =
		    number_facts(job, ask->document_number, year_start, ask->obligations[i]);
	if (ask->unit_code != NULL)
		load_named(job, context, ask->unit_code, out);
}

struct store_claim_facts *claim_facts_load(struct job *job,
    const struct store_inbound_context_output *context, const struct store_claim_asks *asks)
{
	struct store_claim_facts *facts =
	    arena_alloc(job->arena, (asks->count + 1) * sizeof *facts);
	for (size_t i = 0; i < asks->count; i++)
		look_up(job, context, asks->year_start, &asks->items[i], &facts[i]);
	return facts;
}
