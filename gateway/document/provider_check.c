/*
 * Owns: whether templates, paths and JSON texts of a provider file can be what they are meant to
 * be. May use: base/, document/, jansson. Must not know: how they are filled in or followed.
 */
#include "document/provider_reader.h"

#include "document/config_values.h"

#include <jansson.h>
#include <string.h>

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_.-:$"
#define NAMES_MAX 64

/* ── placeholders ────────────────────────────────────────────────────────────────────────────── */

#define SENDING PROVIDER_IN_SEND
#define ASKING (PROVIDER_IN_SEND | PROVIDER_IN_POLL | PROVIDER_IN_REFRESH)

static const struct {
	const char *name;
	unsigned places;
} placeholders[] = {
    {"to", SENDING},
    {"to_plain", SENDING},
    {"to_local", SENDING},
    {"text", SENDING},
    {"id", SENDING},
    {"part", SENDING},
    {"parts", SENDING},
    {"validity", SENDING},
    {"receipt_url", SENDING},
    {"now", ASKING},
    {"expires", ASKING},
    {"now_ms", ASKING},
    {"utc", ASKING},
    {"channel", ASKING},
    {"jwt", ASKING},
    {"cursor", PROVIDER_IN_POLL},
    {"body", PROVIDER_IN_OVER},
    {"code", PROVIDER_IN_LINK},
};

static bool is_builtin(const char *name, enum provider_place place)
{
	for (size_t i = 0; i < COUNT_OF(placeholders); i++)
		if (strcmp(placeholders[i].name, name) == 0)
			return (placeholders[i].places & place) != 0;
	return false;
}

static bool is_setting(struct provider_reader *reader, const char *name, enum provider_place place)
{
	const struct provider *provider = reader->provider;
	for (size_t i = 0; i < provider->setting_count; i++)
		if (strcmp(provider->settings[i].name, name) == 0) {
			reader->used[i] = true;
			return place != PROVIDER_IN_LINK || !provider->settings[i].secret;
		}
	for (size_t i = 0; i < provider->refresh.keep_count; i++)
		if (strcmp(provider->refresh.keeps[i].name, name) == 0)
			return place != PROVIDER_IN_LINK;
	return false;
}

static size_t known_names(
    const struct provider_reader *reader, enum provider_place place, const char **names)
{
	const struct provider *provider = reader->provider;
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(placeholders); i++)
		if (placeholders[i].places & place)
			names[count++] = placeholders[i].name;
	for (size_t i = 0; i < provider->setting_count && count < NAMES_MAX; i++)
		names[count++] = provider->settings[i].name;
	for (size_t i = 0; i < provider->refresh.keep_count && count < NAMES_MAX; i++)
		names[count++] = provider->refresh.keeps[i].name;
	return count;
}

static void check_name(struct provider_reader *reader, int line, const char *name, const char *what,
    enum provider_place place)
{
	const char *colon = strchr(name, ':');
	const char *bare = colon != NULL
			       ? arena_copy_bytes(reader->base.arena, name, (size_t)(colon - name))
			       : name;
	if (colon != NULL && strcmp(colon, ":number") != 0 && strcmp(colon, ":json") != 0)
		PROVIDER_COMPLAIN(reader, line,
		    "`%s`: {%.60s}: after the colon stands `number` or `json`.", what, name);
	if (place == PROVIDER_IN_OVER && bare[0] == '$')
		return;
	if (is_builtin(bare, place) || is_setting(reader, bare, place))
		return;
	const char *names[NAMES_MAX + COUNT_OF(placeholders)];
	size_t count = known_names(reader, place, names);
	PROVIDER_COMPLAIN(reader, line, "`%s`: {%.60s} has no value here. %s", what, bare,
	    document_advice(reader->base.arena, bare, names, count));
}

void provider_check_template(struct provider_reader *reader, int line, const char *text,
    const char *what, enum provider_place place)
{
	for (const char *at = text; *at != '\0'; at++) {
		if (*at != '{' && *at != '}')
			continue;
		if (at[1] == *at) { /* a brace itself */
			at++;
			continue;
		}
		size_t len = *at == '{' ? strspn(at + 1, NAME_CHARACTERS) : 0;
		if (len == 0 || at[1 + len] != '}') {
			PROVIDER_COMPLAIN(reader, line,
			    "`%s`: a brace at byte %zu belongs to no {placeholder}. Write {{ or }} "
			    "for a brace itself.",
			    what, (size_t)(at - text) + 1);
			return;
		}
		check_name(
		    reader, line, arena_copy_bytes(reader->base.arena, at + 1, len), what, place);
		at += len + 1;
	}
}

const char *provider_read_template(struct provider_reader *reader, const struct tree *node,
    const char *what, enum provider_place place)
{
	if (node == NULL || !tree_is(&reader->base, node, TREE_TEXT, what))
		return NULL;
	provider_check_template(reader, node->line, node->text, what, place);
	return node->text;
}

const char *provider_template_of(struct provider_reader *reader, const struct tree *map,
    const char *key, enum provider_place place)
{
	return provider_read_template(reader, tree_get(map, key), key, place);
}

/* ── paths ───────────────────────────────────────────────────────────────────────────────────── */

/* One name and what stands in brackets behind it: "messages[]", "[0]", "*". */
static bool step_is_good(const char *step, size_t len)
{
	size_t name = 0;
	while (name < len && step[name] != '[' && step[name] != ']')
		name++;
	for (size_t at = name; at < len;) {
		size_t digits = at + 1 < len ? strspn(step + at + 1, "0123456789") : 0;
		if (step[at] != '[' || digits > 6 || at + 1 + digits >= len ||
		    step[at + 1 + digits] != ']')
			return false;
		at += digits + 2;
	}
	return len > 0;
}

static bool path_is_good(const char *path)
{
	static const char *const prefixes[] = {"$query.", "$header.", "$json."};
	for (size_t i = 0; i < COUNT_OF(prefixes); i++)
		if (strncmp(path, prefixes[i], strlen(prefixes[i])) == 0)
			return path[strlen(prefixes[i])] != '\0';
	if (path[0] == '$')
		return strcmp(path, "$key") == 0 || strcmp(path, "$body") == 0 ||
		       strcmp(path, "$status") == 0;
	for (const char *at = path; *at != '\0';) {
		size_t len = strcspn(at, ".");
		if (!step_is_good(at, len) || (at[len] == '.' && at[len + 1] == '\0'))
			return false;
		at += len + (at[len] == '.');
	}
	return true;
}

const char *provider_read_path(
    struct provider_reader *reader, const struct tree *node, const char *what)
{
	if (node == NULL || !tree_is(&reader->base, node, TREE_TEXT, what))
		return NULL;
	if (!path_is_good(node->text))
		PROVIDER_COMPLAIN(reader, node->line,
		    "`%s`: “%.80s” is no path. Write names with dots between them, such as "
		    "`result.message_id`, `items[].id`, `$header.name`.",
		    what, node->text);
	return node->text;
}

const char *provider_path_of(
    struct provider_reader *reader, const struct tree *map, const char *key)
{
	return provider_read_path(reader, tree_get(map, key), key);
}

/* ── JSON ────────────────────────────────────────────────────────────────────────────────────── */

static void check_leaves(struct provider_reader *reader, int line, json_t *value, const char *what,
    enum provider_place place)
{
	const char *key;
	json_t *child;
	size_t i;
	if (json_is_string(value))
		provider_check_template(reader, line, json_string_value(value), what, place);
	json_array_foreach(value, i, child) check_leaves(reader, line, child, what, place);
	json_object_foreach(value, key, child)
	{
		provider_check_template(reader, line, key, what, place);
		check_leaves(reader, line, child, what, place);
	}
}

const char *provider_read_json(struct provider_reader *reader, const struct tree *node,
    const char *what, enum provider_place place)
{
	json_error_t error;
	if (node == NULL || !tree_is(&reader->base, node, TREE_TEXT, what))
		return NULL;
	json_t *root = json_loads(node->text, JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		PROVIDER_COMPLAIN(reader, node->line, "`%s` is no JSON: %s, at its byte %d.", what,
		    error.text, error.position);
	else
		check_leaves(reader, node->line, root, what, place);
	json_decref(root);
	return node->text;
}

/* ── other values ────────────────────────────────────────────────────────────────────────────── */

int provider_choice_of(struct provider_reader *reader, const struct tree *map, const char *key,
    const char *const *choices, size_t count, int otherwise)
{
	const struct tree *node = tree_get(map, key);
	if (node == NULL)
		return otherwise;
	if (!tree_is(&reader->base, node, TREE_TEXT, key))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (strcmp(choices[i], node->text) == 0)
			return (int)i;
	PROVIDER_COMPLAIN(reader, node->line, "`%s` cannot be “%.60s”. %s", key, node->text,
	    document_advice(reader->base.arena, node->text, choices, count));
	return -1;
}

bool provider_bool_of(
    struct provider_reader *reader, const struct tree *map, const char *key, bool otherwise)
{
	const struct tree *node = tree_get(map, key);
	bool value = otherwise;
	if (node != NULL)
		(void)tree_read_bool(&reader->base, node, key, &value);
	return value;
}

int64_t provider_time_of(struct provider_reader *reader, const struct tree *map, const char *key,
    int64_t least_ms, int64_t most_ms, int64_t otherwise)
{
	const struct tree *node = tree_get(map, key);
	int64_t ms;
	if (node == NULL)
		return otherwise;
	if (node->kind == TREE_TEXT && config_parse_time(node->text, &ms) && ms >= least_ms &&
	    ms <= most_ms)
		return ms;
	PROVIDER_COMPLAIN(reader, node->line,
	    "`%s` must be a time such as 30s, 5m or 2h, from %lld to %lld seconds.", key,
	    (long long)(least_ms / 1000), (long long)(most_ms / 1000));
	return otherwise;
}
