/*
 * Owns: importing units, people and posts: what would change, changing it.
 * May use: base/, store/.
 * Must not know: files.
 *
 * A preview is the import itself, undone: it says exactly what the import would.
 */
#include "store/sqlite/internal.h"

#include <string.h>

struct import {
	struct job *job;
	const struct store_import_recipients_input *in;
	int64_t owner_id;
	struct difference_list list;
};

/* ── units ───────────────────────────────────────────────────────────────────────────────────── */

static bool has_unit(const struct store_import_recipients_input *in, const char *code)
{
	for (size_t i = 0; i < in->unit_count; i++)
		if (strcmp(in->units[i].code, code) == 0)
			return true;
	return false;
}

static enum result find_owner(struct import *import)
{
	struct job *job = import->job;
	const char *owner = import->in->owner;
	import->owner_id = sql_integer(job->db, 0,
	    "SELECT id FROM unit WHERE code = ? AND owner_id = id", VALUES(as_text(owner)));
	if (import->owner_id != 0)
		return RESULT_OK;
	if (!has_unit(import->in, owner))
		return failure_set(job->failure, RESULT_INVALID,
		    "The coordinating unit %s is neither stored nor in the file. Add a row for it.",
		    owner);
	import->owner_id = job_new_id(job);
	return RESULT_OK;
}

/* "(commune, from 2020-03-01, until 2025-07-01)". */
static const char *describe_unit(
    const struct import *import, const char *kind, struct wall from, struct wall until)
{
	struct arena *arena = import->job->arena;
	int zone = import->in->zone_minutes;
	const char *begins = "", *ends = "";
	if (from.ms != 0)
		begins = arena_printf(
		    arena, ", from %s", civil_iso_day(civil_day_of_wall(from, zone)).text);
	if (until.ms != INT64_MAX)
		ends = arena_printf(
		    arena, ", until %s", civil_iso_day(civil_day_of_wall(until, zone)).text);
	return arena_printf(arena, "(%s%s%s)", kind, begins, ends);
}

/* As stored: WALL_NEVER when no end is known. */
static struct wall end_of(const struct store_unit *unit)
{
	return unit->valid_until.ms == 0 ? WALL_NEVER : unit->valid_until;
}

static void add_unit(struct import *import, const struct store_unit *unit)
{
	struct job *job = import->job;
	bool is_owner = strcmp(unit->code, import->in->owner) == 0;
	sql_run(job->db,
	    "INSERT INTO unit (id, owner_id, code, name, kind, valid_from, valid_until)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(is_owner ? import->owner_id : job_new_id(job)),
		as_integer(import->owner_id), as_text(unit->code), as_text(unit->name),
		as_text(unit->kind), as_integer(unit->valid_from.ms), as_moment(end_of(unit))));
	difference_add(&import->list, '+', "unit", "unit %s %s %s", unit->code, unit->name,
	    describe_unit(import, unit->kind, unit->valid_from, end_of(unit)));
}

static void import_unit(struct import *import, const struct store_unit *unit)
{
	struct job *job = import->job;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, name, kind, valid_until, valid_from FROM unit"
	    " WHERE code = ? AND owner_id = ?",
	    VALUES(as_text(unit->code), as_integer(import->owner_id)));
	if (!sql_next(job->db, query)) {
		add_unit(import, unit);
		return;
	}
	int64_t id = column_integer(query, 0);
	struct wall until = column_moment(query, 3), from = {column_integer(query, 4)};
	bool again = !wall_before(job->now, until) && wall_before(job->now, end_of(unit));
	bool same = until.ms == end_of(unit).ms && from.ms == unit->valid_from.ms &&
		    strcmp(column_text(query, 1), unit->name) == 0 &&
		    strcmp(column_text(query, 2), unit->kind) == 0;
	if (!same)
		difference_add(&import->list, '~', "unit", "unit %s %s %s → %s %s%s", unit->code,
		    column_text(query, 1),
		    describe_unit(import, column_text(query, 2), from, until), unit->name,
		    describe_unit(import, unit->kind, unit->valid_from, end_of(unit)),
		    again ? ", valid again" : "");
	sql_close(query);
	if (!same)
		sql_run(job->db,
		    "UPDATE unit SET name = ?1, kind = ?2, valid_from = ?3, valid_until = ?4,"
		    " passed_at = CASE WHEN ?4 <= ?5 THEN passed_at END WHERE id = ?6",
		    VALUES(as_text(unit->name), as_text(unit->kind),
			as_integer(unit->valid_from.ms), as_moment(end_of(unit)),
			as_moment(job->now), as_integer(id)));
}

/* After all units are there: a child may come before its parent in the file. */
static enum result import_parent(struct import *import, const struct store_unit *unit)
{
	struct job *job = import->job;
	int64_t parent_id = 0;
	if (unit->parent != NULL && unit->parent[0] != '\0') {
		enum result result = unit_find(job, import->owner_id, unit->parent, &parent_id);
		if (result != RESULT_OK)
			return failure_set(job->failure, RESULT_INVALID,
			    "The unit %s names the parent %s, which does not exist. Add a row for "
			    "it "
			    "or correct the code.",
			    unit->code, unit->parent);
	}
	int changed = sql_run(job->db,
	    "UPDATE unit SET parent_id = ?1 WHERE code = ?2 AND owner_id = ?3"
	    " AND parent_id IS NOT ?1",
	    VALUES(as_id(parent_id), as_text(unit->code), as_integer(import->owner_id)));
	if (changed > 0 && parent_id != 0)
		difference_add(
		    &import->list, '~', "unit", "unit %s parent %s", unit->code, unit->parent);
	else if (changed > 0)
		difference_add(&import->list, '~', "unit", "unit %s without parent", unit->code);
	return RESULT_OK;
}

static enum result import_successor(struct import *import, const struct store_unit *unit)
{
	struct job *job = import->job;
	int64_t successor_id = 0, unit_id;
	enum result result = unit_find(job, import->owner_id, unit->code, &unit_id);
	bool named = unit->successor != NULL && unit->successor[0] != '\0';
	if (result == RESULT_OK && named &&
	    unit_find(job, import->owner_id, unit->successor, &successor_id) != RESULT_OK)
		result = failure_set(job->failure, RESULT_INVALID,
		    "The unit %s names the successor %s, which does not exist. Add a row for it "
		    "or correct the code.",
		    unit->code, unit->successor);
	if (result != RESULT_OK)
		return result;
	int changed = sql_run(job->db,
	    "UPDATE unit SET successor_id = ?1 WHERE id = ?2 AND successor_id IS NOT ?1",
	    VALUES(as_id(successor_id), as_integer(unit_id)));
	if (changed == 0)
		return RESULT_OK;
	if (named)
		difference_add(&import->list, '~', "unit", "unit %s successor %s", unit->code,
		    unit->successor);
	else
		difference_add(&import->list, '~', "unit", "unit %s without successor", unit->code);
	return succession_check(job, unit_id, unit->code);
}

/* ── people ──────────────────────────────────────────────────────────────────────────────────── */

/* What waits for the old number goes to the new one, unless a part of it has left already. */
static void follow_phone(struct job *job, int64_t person_id, const char *from, const char *to)
{
	if (from[0] == '\0' || to[0] == '\0')
		return;
	sql_run(job->db,
	    "UPDATE message SET address = ? WHERE address = ? AND state IN ('queued', 'sending', "
	    "'unknown')"
	    " AND state = 'queued'"
	    " AND person_id = ? AND left_at IS NULL AND purpose <> ?",
	    VALUES(as_text(to), as_text(from), as_integer(person_id), as_integer(PURPOSE_ANSWER)));
}

static void add_person(struct import *import, const struct store_person *person)
{
	struct job *job = import->job;
	sql_run(job->db,
	    "INSERT INTO person (id, owner_id, code, name, phone, language, valid_from, prefers)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(import->owner_id), as_text(person->code),
		as_text(person->name), as_text(person->phone), as_text(person->language),
		as_moment(job->now), as_text(person->prefers)));
	number_reassign(job, import->in->actor, "", person->phone);
	difference_add(&import->list, '+', "person", "person %s %s %s", person->code, person->name,
	    person->phone);
}

static const char *or_dash(const char *text)
{
	return text[0] != '\0' ? text : "–";
}

static void import_person(struct import *import, const struct store_person *person)
{
	struct job *job = import->job;
	sqlite3_stmt *query = sql_select(job->db,
	    "SELECT id, name, phone, language, valid_until, coalesce(prefers, '') FROM person"
	    " WHERE code = ? AND owner_id = ?",
	    VALUES(as_text(person->code), as_integer(import->owner_id)));
	if (!sql_next(job->db, query)) {
		add_person(import, person);
		return;
	}
	int64_t id = column_integer(query, 0);
	const char *phone = column_copy(query, 2, job->arena);
	bool again = column_moment(query, 4).ms != INT64_MAX;
	bool same = !again && strcmp(column_text(query, 1), person->name) == 0 &&
		    strcmp(phone, person->phone) == 0 &&
		    strcmp(column_text(query, 3), person->language) == 0;
	bool other_order =
	    person->prefers != NULL && strcmp(column_text(query, 5), person->prefers) != 0;
	if (other_order)
		difference_add(&import->list, '~', "person", "person %s prefers %s → %s",
		    person->code, or_dash(column_text(query, 5)), or_dash(person->prefers));
	if (!same)
		difference_add(&import->list, '~', "person", "person %s %s %s %s → %s %s %s%s",
		    person->code, column_text(query, 1), phone, column_text(query, 3), person->name,
		    person->phone, person->language, again ? ", valid again" : "");
	sql_close(query);
	if (other_order)
		sql_run(job->db, "UPDATE person SET prefers = ? WHERE id = ?",
		    VALUES(as_text(person->prefers), as_integer(id)));
	if (same)
		return;
	sql_run(job->db,
	    "UPDATE person SET name = ?, phone = ?, language = ?, valid_until = NULL WHERE id = ?",
	    VALUES(as_text(person->name), as_text(person->phone), as_text(person->language),
		as_integer(id)));
	if (strcmp(phone, person->phone) == 0)
		return;
	follow_phone(job, id, phone, person->phone);
	number_reassign(job, import->in->actor, phone, person->phone);
}

/* ── posts ───────────────────────────────────────────────────────────────────────────────────── */

static enum result import_post(struct import *import, const struct store_post *post)
{
	struct job *job = import->job;
	int64_t unit_id;
	enum result result = unit_find(job, import->owner_id, post->unit_code, &unit_id);
	if (result != RESULT_OK)
		return result;
	int64_t person_id =
	    sql_integer(job->db, 0, "SELECT id FROM person WHERE code = ? AND owner_id = ?",
		VALUES(as_text(post->person_code), as_integer(import->owner_id)));
	if (person_id == 0)
		return failure_set(job->failure, RESULT_INVALID,
		    "The post %s of %s names the person %s, who does not exist.", post->post,
		    post->unit_code, post->person_code);
	int changed = sql_run(job->db,
	    "INSERT INTO post (id, owner_id, unit_id, person_id, post, valid_from)"
	    " VALUES (?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (unit_id, person_id, post) DO UPDATE SET valid_until = NULL"
	    " WHERE valid_until IS NOT NULL",
	    VALUES(as_integer(job_new_id(job)), as_integer(import->owner_id), as_integer(unit_id),
		as_integer(person_id), as_text(post->post), as_moment(job->now)));
	if (changed > 0)
		difference_add(&import->list, '+', "post", "post %s of %s: %s", post->post,
		    post->unit_code, post->person_code);
	return RESULT_OK;
}

/* ── what the file does not name ─────────────────────────────────────────────────────────────── */

/* Marks what is named, in temporary tables: the comparison then is one query each. */
static void remember_named(struct import *import)
{
	struct database *db = import->job->db;
	const struct store_import_recipients_input *in = import->in;
	sql_run(db, "CREATE TEMP TABLE IF NOT EXISTS named (kind TEXT, a TEXT, b TEXT, c TEXT)",
	    NO_VALUES);
	sql_run(db, "DELETE FROM temp.named", NO_VALUES);
	static const char insert[] = "INSERT INTO temp.named VALUES (?, ?, ?, ?)";
	for (size_t i = 0; i < in->unit_count; i++)
		sql_run(db, insert,
		    VALUES(
			as_text("unit"), as_text(in->units[i].code), as_text(NULL), as_text(NULL)));
	for (size_t i = 0; i < in->person_count; i++)
		sql_run(db, insert,
		    VALUES(as_text("person"), as_text(in->people[i].code), as_text(NULL),
			as_text(NULL)));
	for (size_t i = 0; i < in->post_count; i++)
		sql_run(db, insert,
		    VALUES(as_text("post"), as_text(in->posts[i].unit_code),
			as_text(in->posts[i].person_code), as_text(in->posts[i].post)));
}

struct absent {
	int64_t id;
	const char *label;
};

static size_t list_absent(
    struct import *import, const char *what, const char *sql, struct absent **out)
{
	struct arena *arena = import->job->arena;
	struct database *db = import->job->db;
	size_t count = 0;
	*out = NULL;
	sqlite3_stmt *query = sql_select(db, sql, VALUES(as_integer(import->owner_id)));
	while (sql_next(db, query)) {
		*out = arena_array_grow(arena, *out, count, sizeof **out);
		(*out)[count++] = (struct absent){
		    .id = column_integer(query, 0), .label = column_copy(query, 1, arena)};
	}
	for (size_t i = 0; i < count; i++)
		difference_add(
		    &import->list, import->in->retire ? '-' : '?', what, "%s", (*out)[i].label);
	return import->in->retire ? count : 0;
}

static enum result retire_unit(struct import *import, int64_t unit_id)
{
	struct job *job = import->job;
	int zone = import->in->zone_minutes;
	struct wall today = civil_moment(civil_day_of_wall(job->now, zone), 0, zone);
	sql_run(job->db, "UPDATE unit SET valid_until = ? WHERE id = ?",
	    VALUES(as_moment(today), as_integer(unit_id)));
	if (sql_integer(job->db, 0, "SELECT successor_id FROM unit WHERE id = ?",
		VALUES(as_integer(unit_id))) != 0)
		return RESULT_OK; /* what it owes passes on */
	for (;;) {
		int64_t obligation_id = sql_integer(job->db, 0,
		    "SELECT id FROM obligation WHERE unit_id = ?1 AND retired_at IS NULL"
		    " AND state = 'open' AND (deadline > ?2 OR deadline IS NULL) LIMIT 1",
		    VALUES(as_integer(unit_id), as_moment(job->now)));
		if (obligation_id == 0)
			return RESULT_OK;
		enum result result = obligation_retire(job, obligation_id);
		if (result != RESULT_OK)
			return result;
	}
}

static enum result handle_absent(struct import *import)
{
	struct job *job = import->job;
	struct absent *items;
	remember_named(import);
	size_t count = list_absent(import, "post",
	    "SELECT post.id, 'post ' || post.post || ' of ' || unit.code || ': ' || person.code"
	    " FROM post JOIN unit ON unit.id = post.unit_id JOIN person ON person.id = "
	    "post.person_id"
	    " WHERE post.owner_id = ? AND post.valid_until IS NULL AND NOT EXISTS (SELECT 1 FROM"
	    " temp.named WHERE kind = 'post' AND a = unit.code AND b = person.code AND c = "
	    "post.post)"
	    " ORDER BY unit.code, person.code, post.post",
	    &items);
	for (size_t i = 0; i < count; i++)
		sql_run(job->db, "UPDATE post SET valid_until = ? WHERE id = ?",
		    VALUES(as_moment(job->now), as_integer(items[i].id)));
	count = list_absent(import, "person",
	    "SELECT id, 'person ' || code || ' ' || name FROM person WHERE owner_id = ?"
	    " AND valid_until IS NULL"
	    " AND code NOT IN (SELECT a FROM temp.named WHERE kind = 'person') ORDER BY code",
	    &items);
	for (size_t i = 0; i < count; i++)
		sql_run(job->db, "UPDATE person SET valid_until = ? WHERE id = ?",
		    VALUES(as_moment(job->now), as_integer(items[i].id)));
	/* The coordinating unit itself is never retired by a file that forgot it. */
	count = list_absent(import, "unit",
	    "SELECT id, 'unit ' || code || ' ' || name FROM unit WHERE owner_id = ?1 AND id <> ?1"
	    " AND passed_at IS NULL"
	    " AND code NOT IN (SELECT a FROM temp.named WHERE kind = 'unit') ORDER BY code",
	    &items);
	enum result result = RESULT_OK;
	for (size_t i = 0; i < count && result == RESULT_OK; i++)
		result = retire_unit(import, items[i].id);
	sql_run(job->db, "DELETE FROM temp.named", NO_VALUES);
	return result;
}

/* ── the operation ───────────────────────────────────────────────────────────────────────────── */

static enum result import_all(struct import *import)
{
	const struct store_import_recipients_input *in = import->in;
	enum result result = find_owner(import);
	for (size_t i = 0; i < in->unit_count && result == RESULT_OK; i++)
		import_unit(import, &in->units[i]);
	for (size_t i = 0; i < in->unit_count && result == RESULT_OK; i++)
		result = import_parent(import, &in->units[i]);
	for (size_t i = 0; i < in->unit_count && result == RESULT_OK; i++)
		result = import_successor(import, &in->units[i]);
	for (size_t i = 0; i < in->person_count && result == RESULT_OK; i++)
		import_person(import, &in->people[i]);
	for (size_t i = 0; i < in->post_count && result == RESULT_OK; i++)
		result = import_post(import, &in->posts[i]);
	if (result == RESULT_OK)
		result = handle_absent(import);
	return result;
}

enum result operation_import_recipients(struct job *job, const void *input, void *output)
{
	const struct store_import_recipients_input *in = input;
	struct store_import_recipients_output *out = output;
	job->now = in->now;
	struct import import = {
	    .job = job, .in = in, .list = {.out = &out->differences, .arena = job->arena}};
	sql_run(job->db, "SAVEPOINT preview", NO_VALUES);
	consequences_begin(job);
	enum result result = import_all(&import);
	if (result == RESULT_OK)
		result = consequences_add(job, in->actor, in->zone_minutes, &import.list);
	if (result != RESULT_OK)
		return result;
	if (in->preview)
		sql_run(job->db, "ROLLBACK TO preview", NO_VALUES);
	sql_run(job->db, "RELEASE preview", NO_VALUES);
	if (!in->preview && import.list.changes > 0) {
		audit_write(job, import.owner_id, in->actor, "import-recipients", in->owner,
		    arena_printf(job->arena, "%d changes", import.list.changes));
	}
	return RESULT_OK;
}
