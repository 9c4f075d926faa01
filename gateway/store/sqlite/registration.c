/*
 * Owns: registrations: strangers who ask for a place in a unit, and what becomes of it.
 * May use: base/, text/squeeze.h, store/.
 * Must not know: words, who may decide.
 */
#include "store/reader.h"
#include "store/sqlite/internal.h"

#include "text/squeeze.h"

#include <inttypes.h>
#include <string.h>

#define NAMED_UNITS_MAX 5
#define SQUEEZED_BYTES 512 /* a text that names a unit does so early */

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

void registration_sweep(struct job *job)
{
	sql_run(job->db,
	    "UPDATE registration SET state = 'lapsed', decided_by = 'nhacviec', decided_at = ?1"
	    " WHERE state = 'pending' AND lapse_at <= ?1",
	    VALUES(as_moment(job->now)));
}

enum result registration_open(
    struct job *job, int64_t inbound_id, const struct store_new_registration *registration)
{
	registration_sweep(job);
	int added = sql_run(job->db,
	    "INSERT INTO registration (id, owner_id, unit_id, number, address, channel, inbound_id,"
	    " asked_at, lapse_at, state, address_kind) SELECT ?1, unit.owner_id, unit.id, ?2, ?3,"
	    " ?4, ?5, ?6, ?7, 'pending', coalesce(?10, 'phone') FROM unit JOIN unit AS owner ON "
	    "owner.id = unit.owner_id"
	    " WHERE unit.code = ?8 AND owner.code = ?9 AND unit.passed_at IS NULL"
	    " AND NOT EXISTS (SELECT 1 FROM " TAKEN_NUMBERS " AS taken"
	    "  WHERE taken.owner_id = unit.owner_id AND taken.number = ?2) ON CONFLICT DO NOTHING",
	    VALUES(as_integer(job_new_id(job)), as_integer(registration->number),
		as_text(registration->address), as_text(registration->channel), as_id(inbound_id),
		as_moment(job->now), as_bound(registration->lapse_at),
		as_text(registration->unit_code), as_text(registration->owner_code),
		as_text(registration->address_kind)));
	if (added > 0 || job->db->error != SQLITE_OK)
		return RESULT_OK;
	return failure_set(job->failure, RESULT_CONFLICT,
	    "A registration of this number waits already, or its number %d is taken. Look again.",
	    registration->number);
}

/* ── deciding ────────────────────────────────────────────────────────────────────────────────── */

struct candidate {
	int64_t owner_id, unit_id;
	const char *kind, *address, *channel, *unit_code;
};

/* Who granted it has vouched for the account. */
static int64_t add_person_of_account(struct job *job, const struct candidate *candidate)
{
	int64_t person_id = job_new_id(job);
	sql_run(job->db,
	    "INSERT INTO person (id, owner_id, code, name, phone, language, valid_from)"
	    " VALUES (?, ?, ?, ?, '', 'vi', ?)",
	    VALUES(as_integer(person_id), as_integer(candidate->owner_id),
		as_text(arena_printf(job->arena, "DK%s%" PRId64, candidate->kind, person_id)),
		as_text(arena_printf(job->arena, "%s %s", candidate->kind, candidate->address)),
		as_moment(job->now)));
	address_link(job, person_id,
	    &(struct store_address){candidate->kind, candidate->address, candidate->channel});
	return person_id;
}

static int64_t find_or_add_person(struct job *job, const struct candidate *candidate)
{
	int64_t person_id = sql_integer(job->db, 0,
	    "SELECT id FROM person WHERE id IN " PEOPLE_AT(
		"?1", "?2") " AND owner_id = ?3 AND valid_until IS NULL ORDER BY id LIMIT 1",
	    VALUES(as_text(candidate->kind), as_text(candidate->address),
		as_integer(candidate->owner_id)));
	if (person_id != 0)
		return person_id;
	if (strcmp(candidate->kind, ADDRESS_KIND_PHONE) != 0)
		return add_person_of_account(job, candidate);
	const char *code = arena_printf(
	    job->arena, "DK%s", candidate->address + (candidate->address[0] == '+' ? 1 : 0));
	sql_run(job->db,
	    "INSERT INTO person (id, owner_id, code, name, phone, language, valid_from)"
	    " VALUES (?, ?, ?, ?, ?, 'vi', ?) ON CONFLICT (code, owner_id)"
	    " DO UPDATE SET phone = excluded.phone, valid_until = NULL",
	    VALUES(as_integer(job_new_id(job)), as_integer(candidate->owner_id), as_text(code),
		as_text(candidate->address), as_text(candidate->address), as_moment(job->now)));
	return sql_integer(job->db, 0, "SELECT id FROM person WHERE code = ? AND owner_id = ?",
	    VALUES(as_text(code), as_integer(candidate->owner_id)));
}

static int64_t admit(struct job *job, const struct candidate *candidate, const char *post)
{
	int64_t person_id = find_or_add_person(job, candidate);
	sql_run(job->db,
	    "INSERT INTO post (id, owner_id, unit_id, person_id, post, valid_from)"
	    " VALUES (?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (unit_id, person_id, post) DO UPDATE SET valid_until = NULL",
	    VALUES(as_integer(job_new_id(job)), as_integer(candidate->owner_id),
		as_integer(candidate->unit_id), as_integer(person_id), as_text(post),
		as_moment(job->now)));
	return person_id;
}

static bool load_candidate(struct job *job, int64_t registration_id, struct candidate *out)
{
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT registration.owner_id, unit_id, address, unit.code, address_kind,"
	    " coalesce(channel, '') FROM registration"
	    " JOIN unit ON unit.id = unit_id WHERE registration.id = ? AND state = 'pending'"
	    " AND (lapse_at IS NULL OR lapse_at > ?)",
	    VALUES(as_integer(registration_id), as_moment(job->now)));
	if (!sql_next(job->db, query))
		return false;
	*out = (struct candidate){
	    .owner_id = column_integer(query, 0),
	    .unit_id = column_integer(query, 1),
	    .address = column_copy(query, 2, job->arena),
	    .unit_code = column_copy(query, 3, job->arena),
	    .kind = column_copy(query, 4, job->arena),
	    .channel = column_copy(query, 5, job->arena),
	};
	sql_close(query);
	return true;
}

enum result registration_decide(
    struct job *job, int64_t inbound_id, const struct store_registration_decision *decision)
{
	struct candidate candidate;
	if (!load_candidate(job, decision->registration_id, &candidate))
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The registration does not wait any more. Look again.");
	int64_t person_id = decision->granted ? admit(job, &candidate, decision->post) : 0;
	sql_run(job->db,
	    "UPDATE registration SET state = ?, person_id = ?, decided_by_id = ?, decided_by = ?,"
	    " decided_at = ?, decided_inbound_id = ? WHERE id = ?",
	    VALUES(as_text(decision->granted ? "approved" : "refused"), as_id(person_id),
		as_id(decision->person_id), as_text(decision->actor), as_moment(job->now),
		as_id(inbound_id), as_integer(decision->registration_id)));
	sql_run(job->db,
	    "UPDATE task SET closed = ?, closed_by = ? WHERE key = 'registration:' || ?"
	    " AND closed IS NULL",
	    VALUES(as_moment(job->now), as_text(decision->actor), as_text(candidate.address)));
	audit_write(job, candidate.owner_id, decision->actor,
	    decision->granted ? "registration-approved" : "registration-refused", candidate.address,
	    candidate.unit_code);
	return RESULT_OK;
}

enum result operation_decide_registration(struct job *job, const void *input, void *output)
{
	(void)output;
	const struct store_decide_registration_input *in = input;
	job->now = in->now;
	enum result result = registration_decide(job, 0, &in->decision);
	if (result != RESULT_OK)
		return result;
	return tell_others(job, owner_default(job->db), in->messages, in->message_count);
}

/* ── the context of a text ───────────────────────────────────────────────────────────────────── */

static void add_contacts(
    struct job *job, int64_t owner_id, int64_t unit_id, struct store_asked_unit *unit)
{
	struct store_contact *own, *staff;
	size_t own_count, staff_count;
	contacts_in_unit(job->db, job->arena, unit_id, &own, &own_count);
	contacts_in_unit(job->db, job->arena, owner_id, &staff, &staff_count);
	size_t more = unit_id != owner_id ? staff_count : 0;
	unit->contacts = arena_alloc(job->arena, (own_count + more + 1) * sizeof *unit->contacts);
	if (own_count > 0)
		memcpy(unit->contacts, own, own_count * sizeof *own);
	if (more > 0)
		memcpy(unit->contacts + own_count, staff, more * sizeof *staff);
	unit->contact_count = own_count + more;
}

static void fill_named_unit(
    struct job *job, int64_t owner_id, int64_t unit_id, struct store_asked_unit *unit)
{
	add_contacts(job, owner_id, unit_id, unit);
	unit->free_number = (int)sql_integer(job->db, 1,
	    "SELECT min(number) + 1 FROM (SELECT 0 AS number UNION ALL SELECT number"
	    " FROM " SPOKEN_NUMBERS " WHERE owner_id = ?1) AS taken WHERE NOT EXISTS (SELECT 1"
	    " FROM " SPOKEN_NUMBERS " AS next WHERE next.owner_id = ?1"
	    " AND next.number = taken.number + 1)",
	    VALUES(as_integer(owner_id)));
	unit->waiting = (int)sql_integer(job->db, 0,
	    "SELECT count(*) FROM registration WHERE state = 'pending' AND owner_id = ?1"
	    " AND (lapse_at IS NULL OR lapse_at > ?2)",
	    VALUES(as_integer(owner_id), as_moment(job->now)));
}

static void load_named_units(struct job *job, struct store_inbound_context_output *out)
{
	char text[SQUEEZED_BYTES], code[SQUEEZED_BYTES];
	int64_t unit_ids[NAMED_UNITS_MAX], owner_ids[NAMED_UNITS_MAX];
	squeeze_text(out->text, text, sizeof text);
	out->named_units = arena_alloc(job->arena, NAMED_UNITS_MAX * sizeof *out->named_units);
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT unit.id, unit.owner_id, unit.code, unit.name, owner.code FROM unit"
	    " JOIN unit AS owner ON owner.id = unit.owner_id WHERE unit.passed_at IS NULL"
	    " AND (unit.valid_until IS NULL OR unit.valid_until > ?)"
	    " ORDER BY length(unit.code) DESC, unit.code",
	    VALUES(as_moment(job->now)));
	while (sql_next(job->db, query)) {
		squeeze_text(column_text(query, 2), code, sizeof code);
		if (code[0] == '\0' || strstr(text, code) == NULL)
			continue;
		unit_ids[out->named_unit_count] = column_integer(query, 0);
		owner_ids[out->named_unit_count] = column_integer(query, 1);
		out->named_units[out->named_unit_count++] = (struct store_asked_unit){
		    .code = column_copy(query, 2, job->arena),
		    .name = column_copy(query, 3, job->arena),
		    .owner_code = column_copy(query, 4, job->arena),
		};
		if (out->named_unit_count == NAMED_UNITS_MAX) {
			sql_close(query);
			break;
		}
	}
	for (size_t i = 0; i < out->named_unit_count; i++)
		fill_named_unit(job, owner_ids[i], unit_ids[i], &out->named_units[i]);
}

#define REGISTRATION_COLUMNS                                                                       \
	"SELECT registration.id, number, address, channel, unit.code, unit.name, owner.code,"      \
	" asked_at, address_kind FROM registration JOIN unit ON unit.id = unit_id"                 \
	" JOIN unit AS owner ON owner.id = registration.owner_id WHERE state = 'pending'"          \
	" AND (lapse_at IS NULL OR lapse_at > ?1)"

static void collect(struct database *db, struct arena *arena, sqlite3_stmt *query,
    struct store_known_registration **out, size_t *count)
{
	while (sql_next(db, query)) {
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = (struct store_known_registration){
		    .id = column_integer(query, 0),
		    .number = (int)column_integer(query, 1),
		    .address = column_copy(query, 2, arena),
		    .channel = column_copy(query, 3, arena),
		    .unit_code = column_copy(query, 4, arena),
		    .unit_name = column_copy(query, 5, arena),
		    .owner_code = column_copy(query, 6, arena),
		    .asked_at = column_moment(query, 7),
		    .address_kind = column_copy(query, 8, arena),
		};
	}
}

void registrations_load(struct job *job, struct store_inbound_context_output *out)
{
	struct store_known_registration *own = NULL;
	size_t count = 0;
	if (out->person_count > 0) {
		collect(job->db, job->arena,
		    sql_select(job->db,
			REGISTRATION_COLUMNS
			" AND EXISTS (SELECT 1 FROM post JOIN person ON person.id = post.person_id"
			"  WHERE person.id IN " PEOPLE_AT(
			    "?3", "?2") "  AND person.valid_until IS NULL"
					"  AND post.valid_until IS NULL"
					"  AND post.unit_id IN (registration.unit_id, "
					"registration.owner_id))"
					" ORDER BY number",
			VALUES(
			    as_moment(job->now), as_text(out->sender), as_text(out->address_kind))),
		    &out->registrations, &out->registration_count);
		return;
	}
	if (!sender_kind_is_person(out->sender_kind))
		return;
	collect(job->db, job->arena,
	    sql_select(job->db, REGISTRATION_COLUMNS " AND address = ?2",
		VALUES(as_moment(job->now), as_text(out->sender))),
	    &own, &count);
	if (count > 0)
		out->registering = own[0];
	out->registrations_before = (int)sql_integer(job->db, 0,
	    "SELECT count(*) FROM registration WHERE address = ? AND asked_at > ?",
	    VALUES(as_text(out->sender), as_moment(wall_add(job->now, -30 * DAY_MS))));
	load_named_units(job, out);
}

enum result reader_registrations(struct reader *reader, struct arena *arena, struct wall now,
    struct store_known_registration **out, size_t *count, struct failure *failure)
{
	*out = NULL;
	*count = 0;
	collect(&reader->db, arena,
	    sql_select(&reader->db, REGISTRATION_COLUMNS " ORDER BY registration.owner_id, number",
		VALUES(as_moment(now))),
	    out, count);
	return reader_result(reader, failure);
}
