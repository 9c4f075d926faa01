/*
 * Owns: reading texts, lists, numbers and yes/no out of a tree, complaining of what is not so.
 * May use: base/, document/.
 * Must not know: libyaml, what the files are about.
 */
#include "document/tree.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const struct tree *tree_get(const struct tree *map, const char *key)
{
	if (map == NULL || map->kind != TREE_MAP)
		return NULL;
	for (const struct tree *node = map->first; node != NULL; node = node->next)
		if (strcmp(node->key, key) == 0)
			return node;
	return NULL;
}

void tree_check_keys(const struct tree_reader *reader, const struct tree *map,
    const char *const *known, size_t count)
{
	if (map == NULL || map->kind != TREE_MAP)
		return;
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		bool found = false;
		for (size_t i = 0; i < count && !found; i++)
			found = strcmp(node->key, known[i]) == 0;
		if (!found)
			complain(reader->complaints, reader->file, node->key_line,
			    "Unknown key `%.60s`. %s", node->key,
			    document_advice(reader->arena, node->key, known, count));
	}
}

bool tree_is(const struct tree_reader *reader, const struct tree *node, enum tree_kind kind,
    const char *what)
{
	static const char *const wanted[] = {
	    [TREE_TEXT] = "a single value, on one line after the colon",
	    [TREE_LIST] = "a list: [one, two], or one line each that begins with `- `",
	    [TREE_MAP] = "a group of `key: value` lines, indented",
	};
	if (node->kind == kind)
		return true;
	complain(reader->complaints, reader->file, node->line, "`%.60s` must be %s.", what,
	    wanted[kind]);
	return false;
}

static const char *need_text_of(
    const struct tree_reader *reader, const struct tree *node, const char *key)
{
	if (!tree_is(reader, node, TREE_TEXT, key))
		return NULL;
	if (node->text[0] != '\0')
		return node->text;
	complain(reader->complaints, reader->file, node->line,
	    "`%.60s` is empty. Write its value after the colon, or remove the line.", key);
	return NULL;
}

const char *tree_need_text(
    const struct tree_reader *reader, const struct tree *map, const char *key)
{
	const struct tree *node = tree_get(map, key);
	if (node != NULL)
		return need_text_of(reader, node, key);
	complain(reader->complaints, reader->file, map->line,
	    "`%.60s` is missing here. Add `%.60s: …`.", key, key);
	return NULL;
}

const char *tree_text_or(const struct tree_reader *reader, const struct tree *map, const char *key,
    const char *otherwise)
{
	const struct tree *node = tree_get(map, key);
	return node == NULL ? otherwise : need_text_of(reader, node, key);
}

size_t tree_texts(const struct tree_reader *reader, const struct tree *node, const char *what,
    size_t max, const char ***texts)
{
	*texts = NULL;
	if (node == NULL)
		return 0;
	const struct tree *item = node->kind == TREE_LIST ? node->first : node;
	size_t room = node->kind == TREE_LIST ? node->count : 1, count = 0;
	if (room > max) {
		complain(reader->complaints, reader->file, node->line,
		    "`%.60s` has %zu entries; at most %zu are possible.", what, room, max);
		return 0;
	}
	*texts = arena_alloc(reader->arena, (room + 1) * sizeof **texts);
	for (; item != NULL && count < room; item = item->next) {
		const char *text = need_text_of(reader, item, what);
		if (text != NULL)
			(*texts)[count++] = text;
		if (item == node)
			break;
	}
	return count;
}

bool tree_read_int(const struct tree_reader *reader, const struct tree *node, const char *what,
    int64_t least, int64_t most, int64_t *value)
{
	if (!tree_is(reader, node, TREE_TEXT, what))
		return false;
	const char *text = node->text;
	size_t digits = strspn(text + (text[0] == '-'), "0123456789");
	errno = 0;
	long long read = digits > 0 ? strtoll(text, NULL, 10) : 0;
	bool whole = digits > 0 && text[(text[0] == '-') + digits] == '\0';
	if (!whole || errno != 0 || read < least || read > most) {
		complain(reader->complaints, reader->file, node->line,
		    "`%.60s` must be a whole number from %" PRId64 " to %" PRId64
		    ", without dots or commas; `%.40s` is not.",
		    what, least, most, text);
		return false;
	}
	*value = read;
	return true;
}

bool tree_read_bool(
    const struct tree_reader *reader, const struct tree *node, const char *what, bool *value)
{
	if (!tree_is(reader, node, TREE_TEXT, what))
		return false;
	if (strcasecmp(node->text, "true") == 0 || strcasecmp(node->text, "yes") == 0)
		*value = true;
	else if (strcasecmp(node->text, "false") == 0 || strcasecmp(node->text, "no") == 0)
		*value = false;
	else {
		complain(reader->complaints, reader->file, node->line,
		    "`%.60s` must be true or false; `%.40s` is neither.", what, node->text);
		return false;
	}
	return true;
}
