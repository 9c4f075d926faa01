/*
 * Owns: the codes that link an account to a person: issued by the office, used by a text.
 * May use: base/, store/.
 * Must not know: where randomness comes from, words.
 *
 * A code is six digits, so guessing is bounded: it lives for a week, one a person, and whoever has
 * sent LINK_WRONG_CODES_MAX wrong ones in a day links nothing for the rest of it.
 */
#include "store/sqlite/internal.h"

#include <inttypes.h>
#include <string.h>

/* ── issuing ─────────────────────────────────────────────────────────────────────────────────── */

static void end_codes(struct job *job, int64_t person_id)
{
	sql_run(job->db,
	    "UPDATE link_code SET used_at = ?1, ended_as = 'expired' WHERE used_at IS NULL"
	    " AND until <= ?1",
	    VALUES(as_moment(job->now)));
	sql_run(job->db,
	    "UPDATE link_code SET used_at = ?, ended_as = 'replaced' WHERE used_at IS NULL"
	    " AND person_id = ?",
	    VALUES(as_moment(job->now), as_integer(person_id)));
}

static bool is_code(const char *code)
{
	return strlen(code) == LINK_CODE_DIGITS && strspn(code, "0123456789") == LINK_CODE_DIGITS;
}

struct holder {
	int64_t id, owner_id;
	const char *name;
};

static enum result find_holder(struct job *job, const char *code, struct holder *out)
{
	size_t found = 0;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, owner_id, name FROM person WHERE code = ? AND valid_until IS NULL",
	    VALUES(as_text(code)));
	for (; sql_next(job->db, query); found++)
		*out = (struct holder){column_integer(query, 0), column_integer(query, 1),
		    column_copy(query, 2, job->arena)};
	if (found == 1)
		return RESULT_OK;
	if (found > 1)
		return failure_set(
		    job->failure, RESULT_CONFLICT, "Several offices have a person %.60s.", code);
	return failure_set(job->failure, RESULT_NOT_FOUND,
	    "There is no person %.60s. `nhacviec export` writes the list of those there are.",
	    code);
}

enum result operation_issue_link_code(struct job *job, const void *input, void *output)
{
	const struct store_issue_link_code_input *in = input;
	struct store_issue_link_code_output *out = output;
	struct holder holder = {0};
	job->now = in->now;
	enum result result = find_holder(job, in->person_code, &holder);
	if (result != RESULT_OK)
		return result;
	end_codes(job, holder.id);
	out->person_name = holder.name;
	out->until = wall_add(job->now, LINK_CODE_LIFE_MS);
	for (size_t i = 0; i < in->code_count && out->code == NULL; i++) {
		if (!is_code(in->codes[i]))
			continue;
		int inserted = sql_run(job->db,
		    "INSERT INTO link_code (id, owner_id, person_id, code, kind, created, until,"
		    " actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		    VALUES(as_integer(job_new_id(job)), as_integer(holder.owner_id),
			as_integer(holder.id), as_text(in->codes[i]), as_text(in->kind),
			as_moment(job->now), as_moment(out->until), as_text(in->actor)));
		if (inserted > 0)
			out->code = arena_copy(job->arena, in->codes[i]);
	}
	if (out->code == NULL && job->db->error == SQLITE_OK)
		return failure_set(job->failure, RESULT_CONFLICT,
		    "The codes drawn are other people's. Draw again.");
	audit_write(job, holder.owner_id, in->actor, "link-code-issued", in->person_code, in->kind);
	return RESULT_OK;
}

/* ── using ───────────────────────────────────────────────────────────────────────────────────── */

/* The person whose live code this is; 0 nobody's. */
static int64_t person_of_code(struct job *job, const char *kind, const char *code)
{
	return sql_integer(job->db, 0,
	    "SELECT person_id FROM link_code JOIN person ON person.id = person_id"
	    " WHERE link_code.code = ? AND used_at IS NULL AND until > ?"
	    " AND (kind IS NULL OR kind = ?) AND person.valid_until IS NULL",
	    VALUES(as_text(code), as_moment(job->now), as_text(kind)));
}

static bool is_locked(struct job *job, const char *kind, const char *address)
{
	return sql_integer(job->db, 0,
		   "SELECT count(*) FROM link_try WHERE address = ? AND kind = ? AND at > ?",
		   VALUES(as_text(address), as_text(kind),
		       as_moment(wall_add(job->now, -DAY_MS)))) >= LINK_WRONG_CODES_MAX;
}

struct store_link_facts *link_look_up(
    struct job *job, const struct store_inbound_context_output *context, const char *code)
{
	struct store_link_facts *facts = arena_alloc(job->arena, sizeof *facts);
	*facts = (struct store_link_facts){
	    .result = LINK_WRONG, .person_name = "", .language = "", .unit_name = ""};
	if (is_locked(job, context->address_kind, context->sender)) {
		facts->result = LINK_LOCKED;
		return facts;
	}
	facts->person_id = person_of_code(job, context->address_kind, code);
	if (facts->person_id == 0)
		return facts;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT person.name, person.language, coalesce((SELECT unit.name FROM post"
	    "  JOIN unit ON unit.id = post.unit_id WHERE post.person_id = person.id"
	    "  AND post.valid_until IS NULL AND unit.passed_at IS NULL"
	    "  ORDER BY post.id LIMIT 1), '') FROM person WHERE person.id = ?",
	    VALUES(as_integer(facts->person_id)));
	if (!sql_next(job->db, query))
		return facts;
	facts->result = LINK_RIGHT;
	facts->person_name = column_copy(query, 0, job->arena);
	facts->language = column_copy(query, 1, job->arena);
	facts->unit_name = column_copy(query, 2, job->arena);
	sql_close(query);
	return facts;
}

static void count_wrong(struct job *job, const struct store_address *sender)
{
	sql_run(job->db, "DELETE FROM link_try WHERE address = ? AND kind = ? AND at <= ?",
	    VALUES(as_text(sender->address), as_text(sender->kind),
		as_moment(wall_add(job->now, -DAY_MS))));
	sql_run(job->db,
	    "INSERT INTO link_try (id, owner_id, kind, address, at) VALUES (?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)),
		as_integer(owner_of_address(job->db, sender->address)), as_text(sender->kind),
		as_text(sender->address), as_moment(job->now)));
}

static bool load_sender(struct job *job, int64_t inbound_id, struct store_address *out)
{
	sqlite3_stmt *query =
	    sql_select(job->db, "SELECT address_kind, sender, channel FROM inbound WHERE id = ?",
		VALUES(as_integer(inbound_id)));
	if (!sql_next(job->db, query))
		return false;
	*out = (struct store_address){column_copy(query, 0, job->arena),
	    column_copy(query, 1, job->arena), column_copy(query, 2, job->arena)};
	sql_close(query);
	return true;
}

enum result link_settle(struct job *job, int64_t inbound_id, const struct store_link *link)
{
	struct store_address sender;
	if (!load_sender(job, inbound_id, &sender))
		return RESULT_OK;
	if (!link->right) {
		count_wrong(job, &sender);
		return RESULT_OK;
	}
	int64_t person_id = person_of_code(job, sender.kind, link->code);
	if (person_id == 0 || is_locked(job, sender.kind, sender.address))
		return failure_set(
		    job->failure, RESULT_CONFLICT, "The code is not live any more. Look again.");
	sql_run(job->db,
	    "UPDATE link_code SET used_at = ?, ended_as = 'used' WHERE code = ?"
	    " AND used_at IS NULL",
	    VALUES(as_moment(job->now), as_text(link->code)));
	address_link(job, person_id, &sender);
	address_shows_life(job, sender.kind, sender.address);
	audit_write(job, owner_of_person(job->db, person_id), sender.address, "link",
	    sender.address, arena_printf(job->arena, "%s %" PRId64, sender.kind, person_id));
	return RESULT_OK;
}
