/*
 * Owns: owners, contacts, preferences of numbers, the audit, differences: what many files need.
 * May use: base/, store/.
 * Must not know: why it is asked.
 */
#include "store/sqlite/internal.h"

#include <stdio.h>
#include <string.h>

int64_t owner_default(struct database *db)
{
	return sql_integer(db, 0, "SELECT min(owner_id) FROM unit", NO_VALUES);
}

int64_t owner_of_person(struct database *db, int64_t person_id)
{
	int64_t owner = sql_integer(
	    db, 0, "SELECT owner_id FROM person WHERE id = ?", VALUES(as_integer(person_id)));
	return owner != 0 ? owner : owner_default(db);
}

int64_t owner_of_address(struct database *db, const char *address)
{
	int64_t owner = sql_integer(db, 0,
	    "SELECT owner_id FROM person WHERE valid_until IS NULL AND (phone = ?1 OR id IN"
	    " (SELECT person_id FROM address AS link WHERE link.address = ?1"
	    "  AND link.state = 'linked')) ORDER BY id LIMIT 1",
	    VALUES(as_text(address)));
	return owner != 0 ? owner : owner_default(db);
}

bool preference_is_set(struct database *db, const char *address, const char *name)
{
	return sql_integer(db, 0, "SELECT 1 FROM preference WHERE address = ? AND name = ?",
		   VALUES(as_text(address), as_text(name))) != 0;
}

void preference_set(
    struct job *job, int64_t owner_id, const char *address, const char *name, bool set)
{
	int changed;
	if (set)
		changed = sql_run(job->db,
		    "INSERT INTO preference (owner_id, address, name, since) VALUES (?, ?, ?, ?)"
		    " ON CONFLICT DO NOTHING",
		    VALUES(as_integer(owner_id), as_text(address), as_text(name),
			as_moment(job->now)));
	else
		changed = sql_run(job->db, "DELETE FROM preference WHERE address = ? AND name = ?",
		    VALUES(as_text(address), as_text(name)));
	if (changed > 0)
		audit_write(job, owner_id, address, set ? "preference-set" : "preference-cleared",
		    address, name);
}

void *arena_array_grow(struct arena *arena, void *items, size_t count, size_t item_size)
{
	/* Doubles at each power of two, so the copies left behind add up to less than the array. */
	if (count != 0 && (count & (count - 1)) != 0)
		return items;
	void *larger = arena_alloc(arena, (count == 0 ? 1 : count * 2) * item_size);
	if (count != 0)
		memcpy(larger, items, count * item_size);
	return larger;
}

/* "kind US address US channel RS", once or more; no address has such characters in it. */
static void read_addresses(struct store_contact *contact, struct arena *arena, const char *rows)
{
	struct store_address *addresses = NULL;
	char *next = rows != NULL ? arena_copy(arena, rows) : NULL;
	while (next != NULL && *next != '\0') {
		char *address = strchr(next, '\x1f');
		char *channel = address != NULL ? strchr(address + 1, '\x1f') : NULL;
		char *end = channel != NULL ? strchr(channel + 1, '\x1e') : NULL;
		if (end == NULL)
			break;
		*address = *channel = *end = '\0';
		addresses =
		    arena_array_grow(arena, addresses, contact->address_count, sizeof *addresses);
		addresses[contact->address_count++] =
		    (struct store_address){next, address + 1, channel + 1};
		next = end + 1;
	}
	contact->addresses = addresses;
}

struct store_contact contact_of_row(sqlite3_stmt *query, struct arena *arena)
{
	struct store_contact contact = {
	    .person_id = column_integer(query, 0),
	    .person_code = column_copy(query, 1, arena),
	    .name = column_copy(query, 2, arena),
	    .phone = column_copy(query, 3, arena),
	    .language = column_copy(query, 4, arena),
	    .post = column_copy(query, 5, arena),
	    .unit_code = column_copy(query, 6, arena),
	    .suspended = column_integer(query, 7) != 0,
	    .opted_out = column_integer(query, 8) != 0,
	    .prefers = column_copy(query, 9, arena),
	};
	read_addresses(&contact, arena, column_text(query, 10));
	if (contact.post == NULL) { /* a person without any post */
		contact.post = "";
		contact.unit_code = "";
	}
	return contact;
}

static void collect_contacts(struct database *db, sqlite3_stmt *query, struct arena *arena,
    struct store_contact **out, size_t *count)
{
	while (sql_next(db, query)) {
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = contact_of_row(query, arena);
	}
}

#define POST_ORDER                                                                                 \
	" CASE post.post WHEN 'reporter' THEN 0 WHEN 'deputy' THEN 1 WHEN 'leader' THEN 2"         \
	" ELSE 3 END, person.code"
#define VALID_POSTS                                                                                \
	" FROM post JOIN person ON person.id = post.person_id JOIN unit ON unit.id = post.unit_id" \
	" WHERE post.valid_until IS NULL AND person.valid_until IS NULL AND unit.passed_at IS "    \
	"NULL"

void contacts_of_unit(struct database *db, struct arena *arena, int64_t owner_id, int64_t unit_id,
    struct store_contact **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS VALID_POSTS " AND post.unit_id = ? ORDER BY" POST_ORDER,
		VALUES(as_integer(unit_id))),
	    arena, out, count);
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS VALID_POSTS
		" AND post.unit_id = (SELECT parent_id FROM unit WHERE id = ?)"
		" AND post.post <> 'coordinator' ORDER BY" POST_ORDER,
		VALUES(as_integer(unit_id))),
	    arena, out, count);
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS VALID_POSTS
		" AND post.owner_id = ? AND post.post = 'coordinator' AND post.unit_id <> ?"
		" ORDER BY person.code",
		VALUES(as_integer(owner_id), as_integer(unit_id))),
	    arena, out, count);
}

void contacts_in_unit(struct database *db, struct arena *arena, int64_t unit_id,
    struct store_contact **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS VALID_POSTS " AND post.unit_id = ? ORDER BY" POST_ORDER,
		VALUES(as_integer(unit_id))),
	    arena, out, count);
}

void contacts_of_owners(struct database *db, struct arena *arena, const char *kind,
    const char *address, struct store_contact **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS VALID_POSTS " AND post.unit_id IN (SELECT own.owner_id"
		" FROM post AS own JOIN person AS holder ON holder.id = own.person_id"
		" WHERE holder.id IN " PEOPLE_AT(
		    "?1", "?2") " AND own.valid_until IS NULL"
				" AND holder.valid_until IS NULL) ORDER BY unit.code," POST_ORDER,
		VALUES(as_text(kind), as_text(address))),
	    arena, out, count);
}

static bool is_one_of(const char *const *words, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

static void add_holders(struct database *db, struct arena *arena, int64_t owner_id,
    const struct store_group *group, const char *post, struct store_contact **out, size_t *count)
{
	sqlite3_stmt *query = sql_select(db,
	    "SELECT " CONTACT_COLUMNS ", unit.kind" VALID_POSTS
	    " AND post.owner_id = ? AND post.post = ? ORDER BY unit.code, person.code",
	    VALUES(as_integer(owner_id), as_text(post)));
	while (sql_next(db, query)) {
		if (!is_one_of(
			group->kinds, group->kind_count, column_text(query, CONTACT_COUNT)) &&
		    !is_one_of(group->units, group->unit_count, column_text(query, 6)))
			continue;
		*out = arena_array_grow(arena, *out, *count, sizeof **out);
		(*out)[(*count)++] = contact_of_row(query, arena);
	}
}

void contacts_of_group(struct database *db, struct arena *arena, int64_t owner_id,
    const struct store_group *group, struct store_contact **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	for (size_t i = 0; i < group->person_count; i++)
		collect_contacts(db,
		    sql_select(db,
			"SELECT " CONTACT_COLUMNS " FROM person"
			" LEFT JOIN post ON post.id = (SELECT min(id) FROM post AS first"
			"  WHERE first.person_id = person.id AND first.valid_until IS NULL)"
			" LEFT JOIN unit ON unit.id = post.unit_id WHERE person.code = ?"
			" AND person.owner_id = ? AND person.valid_until IS NULL",
			VALUES(as_text(group->people[i]), as_integer(owner_id))),
		    arena, out, count);
	for (size_t i = 0; i < group->post_count && group->person_count == 0; i++)
		add_holders(db, arena, owner_id, group, group->posts[i], out, count);
}

void contacts_at(struct database *db, struct arena *arena, const char *kind, const char *address,
    struct store_contact **out, size_t *count)
{
	*out = NULL;
	*count = 0;
	if (address[0] == '\0')
		return;
	/* A join in brackets would be put together whole, with all posts there are, each time. */
	collect_contacts(db,
	    sql_select(db,
		"SELECT " CONTACT_COLUMNS " FROM person"
		" LEFT JOIN post ON post.person_id = person.id AND post.valid_until IS NULL"
		"  AND EXISTS (SELECT 1 FROM unit WHERE id = post.unit_id AND passed_at IS NULL)"
		" LEFT JOIN unit ON unit.id = post.unit_id"
		" WHERE person.id IN " PEOPLE_AT("?1", "?2") " AND person.valid_until IS NULL"
							     " ORDER BY unit.code," POST_ORDER,
		VALUES(as_text(kind), as_text(address))),
	    arena, out, count);
}

void audit_write(struct job *job, int64_t owner_id, const char *actor, const char *action,
    const char *subject, const char *detail)
{
	sql_run(job->db,
	    "INSERT INTO audit (id, owner_id, at, actor, action, subject, detail)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)",
	    VALUES(as_integer(job_new_id(job)), as_integer(owner_id), as_moment(job->now),
		as_text(actor != NULL ? actor : ""), as_text(action), as_text(subject),
		as_text(detail)));
}

void difference_add(
    struct difference_list *list, char sign, const char *what, const char *format, ...)
{
	struct store_differences *out = list->out;
	char line[512];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	out->items = arena_array_grow(list->arena, out->items, out->count, sizeof *out->items);
	out->items[out->count++] = (struct store_difference){
	    .sign = sign, .what = what, .text = arena_copy(list->arena, line)};
	if (sign != '?')
		list->changes++;
}
