/*
 * Owns: bodies, and walking along paths through them.
 * May use: base/, document/provider.h, channel/http_parse.h, jansson.
 * Must not know: conditions, templates, rules.
 */
#include "channel/http_value.h"

#include "channel/http_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A path with [] is looked at again for every item and rule: what one look costs is bounded. */
#define LOOK_MAX 10000

/* ── the body ── */

static bool type_is(const char *content_type, const char *type)
{
	size_t len = strlen(type);
	return strncasecmp(content_type, type, len) == 0 &&
	       (content_type[len] == '\0' || strchr("; \t", content_type[len]) != NULL);
}

static bool type_is_json(const char *content_type)
{
	size_t len = strcspn(content_type, "; \t");
	return type_is(content_type, "application/json") || type_is(content_type, "text/json") ||
	       (len > 5 && strncasecmp(content_type + len - 5, "+json", 5) == 0);
}

static json_t *query_as_form(const struct http_named *query, size_t count)
{
	json_t *form = count > 0 ? json_object() : NULL;
	for (size_t i = 0; i < count; i++)
		http_form_set(form, query[i].name, strlen(query[i].name), query[i].value,
		    query[i].len > 0 ? query[i].len : strlen(query[i].value));
	return form;
}

static json_t *read_root(const struct http_body *body, const char *content_type)
{
	if (body->len == 0)
		return query_as_form(body->query, body->query_count);
	if (body->len > HTTP_BODY_MAX)
		return NULL;
	if (content_type != NULL && type_is(content_type, "application/x-www-form-urlencoded"))
		return http_parse_form(body->bytes, body->len);
	json_t *root = http_parse_json(body->bytes, body->len);
	if (json_is_array(root) || json_is_object(root) || content_type == NULL ||
	    content_type[0] == '\0' || type_is_json(content_type))
		return root;
	json_decref(root);
	return NULL;
}

void http_body_init(struct http_body *body, struct arena *arena, int status,
    const char *content_type, const char *bytes, size_t len, const struct http_named *headers,
    size_t header_count, const struct http_named *query, size_t query_count)
{
	*body = (struct http_body){
	    .arena = arena,
	    .status = status,
	    .bytes = arena_copy_bytes(arena, len > 0 ? bytes : "", len),
	    .len = len,
	    .headers = headers,
	    .header_count = header_count,
	    .query = query,
	    .query_count = query_count,
	};
	body->text = http_clean_text(arena, body->bytes, len);
	body->root = read_root(body, content_type);
}

void http_body_clear(struct http_body *body)
{
	json_decref(body->root);
	body->root = NULL;
}

/* ── paths ── */

/* Told of each place; true: that is enough. */
typedef bool seen_fn(json_t *value, const char *key, void *arg);
struct walk {
	seen_fn *seen;
	void *arg;
	size_t left; /* values that may still be looked at */
};

static bool walk_on(struct walk *walk, json_t *value, const char *key, const char *path);

/* What comes behind a name or bracket: a dot is passed over. */
static const char *behind(const char *path)
{
	return *path == '.' ? path + 1 : path;
}

static bool walk_list(struct walk *walk, json_t *list, const char *key, const char *path)
{
	char *end;
	if (path[1] == ']') {
		for (size_t i = 0; i < json_array_size(list); i++)
			if (walk_on(walk, json_array_get(list, i), key, behind(path + 2)))
				return true;
		return false;
	}
	unsigned long index = strtoul(path + 1, &end, 10);
	return end > path + 1 && *end == ']' &&
	       walk_on(walk, json_array_get(list, index), key, behind(end + 1));
}

static bool walk_values(struct walk *walk, json_t *mapping, const char *path)
{
	const char *name;
	json_t *value;
	json_object_foreach(mapping, name, value)
	{
		if (walk_on(walk, value, name, behind(path + 1)))
			return true;
	}
	return false;
}

/* The member whose name `path` begins with, the shortest that is there. */
static json_t *member(const json_t *mapping, const char *path, const char **rest)
{
	for (size_t len = strcspn(path, ".["); len > 0;) {
		char name[HTTP_NAME_MAX + 1];
		if (len > HTTP_NAME_MAX)
			return NULL;
		memcpy(name, path, len);
		name[len] = '\0';
		json_t *value = json_object_get(mapping, name);
		*rest = behind(path + len);
		if (value != NULL || path[len] == '\0')
			return value;
		len += 1 + strcspn(path + len + 1, ".[");
	}
	return NULL;
}

static bool walk_on(struct walk *walk, json_t *value, const char *key, const char *path)
{
	if (value == NULL || walk->left == 0)
		return false;
	walk->left--;
	if (*path == '\0')
		return walk->seen(value, key, walk->arg);
	if (*path == '[')
		return walk_list(walk, value, key, path);
	if (path[0] == '*' && (path[1] == '\0' || path[1] == '.' || path[1] == '['))
		return walk_values(walk, value, path);
	const char *rest = "";
	json_t *next = member(value, path, &rest);
	return walk_on(walk, next, key, rest);
}

struct collecting {
	struct http_place *places;
	size_t count, max;
	bool too_many;
};

static bool collect(json_t *value, const char *key, void *arg)
{
	struct collecting *collecting = arg;
	collecting->too_many = collecting->count == collecting->max;
	if (!collecting->too_many)
		collecting->places[collecting->count++] = (struct http_place){value, key};
	return collecting->too_many;
}

size_t http_places(const struct http_body *body, const char *each, struct http_place *places,
    size_t max, bool *too_many)
{
	struct collecting collecting = {.places = places, .max = max};
	struct walk walk = {collect, &collecting, SIZE_MAX};
	if (each == NULL || *each == '\0')
		collect(body->root, NULL, &collecting);
	else
		walk_on(&walk, body->root, NULL, each);
	*too_many = collecting.too_many;
	return collecting.count;
}

/* ── what stands at a path ── */

static const struct http_named *named(
    const struct http_named *items, size_t count, const char *name, bool any_case)
{
	for (size_t i = 0; i < count; i++)
		if ((any_case ? strcasecmp : strcmp)(items[i].name, name) == 0)
			return &items[i];
	return NULL;
}

static const char *after(const char *path, const char *start)
{
	size_t len = strlen(start);
	return strncmp(path, start, len) == 0 ? path + len : NULL;
}

/* A place that is no part of the JSON. */
static bool find_special(const struct http_body *body, const struct http_place *place,
    const char *path, struct http_found *found)
{
	const char *name;
	const struct http_named *item = NULL;
	if (strcmp(path, "$body") == 0) {
		*found = (struct http_found){.bytes = body->bytes, .len = body->len};
	} else if (strcmp(path, "$status") == 0) {
		snprintf(found->digits, sizeof found->digits, "%d", body->status);
		found->bytes = found->digits;
	} else if (strcmp(path, "$key") == 0) {
		found->bytes = place != NULL ? place->key : NULL;
	} else if ((name = after(path, "$header.")) != NULL) {
		item = named(body->headers, body->header_count, name, true);
	} else if ((name = after(path, "$query.")) != NULL) {
		item = named(body->query, body->query_count, name, false);
	} else {
		return false;
	}
	if (item != NULL)
		*found = (struct http_found){.bytes = item->value, .len = item->len};
	if (found->bytes != NULL && found->len == 0)
		found->len = strlen(found->bytes);
	return true;
}

static void find_scalar(const json_t *value, struct http_found *found)
{
	found->bytes = found->digits;
	if (json_is_string(value)) {
		found->bytes = json_string_value(value);
		found->len = json_string_length(value);
		return;
	}
	if (json_is_integer(value))
		snprintf(found->digits, sizeof found->digits, "%" JSON_INTEGER_FORMAT,
		    json_integer_value(value));
	else if (json_is_boolean(value))
		snprintf(found->digits, sizeof found->digits, "%s",
		    json_is_true(value) ? "true" : "false");
	else
		found->bytes = NULL;
	found->len = strlen(found->digits);
}

struct looking {
	http_found_fn *seen;
	void *arg;
};

static bool look_at(json_t *value, const char *key, void *arg)
{
	(void)key;
	const struct looking *looking = arg;
	struct http_found found = {0};
	if (json_is_null(value))
		return false;
	find_scalar(value, &found);
	return looking->seen(&found, looking->arg);
}

void http_look(const struct http_body *body, const struct http_place *place, const char *path,
    http_found_fn *seen, void *arg)
{
	struct http_found found = {0};
	if (find_special(body, place, path, &found)) {
		if (found.bytes != NULL)
			seen(&found, arg);
		return;
	}
	struct looking looking = {seen, arg};
	struct walk walk = {look_at, &looking, LOOK_MAX};
	const char *from_top = strcmp(path, "$json") == 0 ? "" : after(path, "$json.");
	if (from_top != NULL || place == NULL)
		walk_on(&walk, body->root, NULL, from_top != NULL ? from_top : path);
	else
		walk_on(&walk, place->value, place->key, path);
}

/* Keeps the first scalar. */
static bool take_scalar(const struct http_found *found, void *arg)
{
	struct http_found *taken = arg;
	if (found->bytes != NULL)
		*taken = *found;
	if (found->bytes == found->digits)
		taken->bytes = taken->digits;
	return found->bytes != NULL;
}

const char *http_bytes_at(
    const struct http_body *body, const struct http_place *place, const char *path, size_t *len)
{
	struct http_found found = {0};
	http_look(body, place, path, take_scalar, &found);
	*len = found.len;
	return found.bytes == found.digits ? arena_copy(body->arena, found.digits) : found.bytes;
}

const char *http_text_at(
    const struct http_body *body, const struct http_place *place, const char *path)
{
	size_t len;
	const char *bytes = http_bytes_at(body, place, path, &len);
	if (bytes == body->bytes)
		return body->text;
	return bytes != NULL ? http_clean_text(body->arena, bytes, len) : NULL;
}
