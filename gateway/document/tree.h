/*
 * Owns: YAML as a tree of plain values that remember their lines, and reading values out of it.
 * May use: base/, document/document.h.
 * Must not know: what the files are about.
 *
 * A strict, small YAML: one document; mappings, lists and texts; no aliases, no tags; a key once in
 * its mapping; at most TREE_DEPTH_MAX levels, TREE_NODES_MAX values. Every text is valid UTF-8
 * without NUL. All of it lives in the arena.
 */
#ifndef DOCUMENT_TREE_H
#define DOCUMENT_TREE_H

#include "document/document.h"

#include <stdint.h>

#define TREE_DEPTH_MAX 32
#define TREE_NODES_MAX 50000
#define TREE_KEYS_MAX 2000 /* of one mapping */
#define TREE_TEXT_MAX 8192 /* bytes of one text */

enum tree_kind { TREE_TEXT, TREE_LIST, TREE_MAP };

struct tree {
	enum tree_kind kind;
	int line;        /* where it begins, from 1 */
	const char *key; /* its key when its parent is a mapping, else NULL */
	int key_line;
	const char *text;          /* TREE_TEXT; "" for nothing at all */
	struct tree *first, *next; /* children of a list or mapping; the next sibling */
	size_t count;              /* of the children */
};

/* What every reading function needs: where complaints go and what they name. */
struct tree_reader {
	struct arena *arena;
	const char *file;
	struct complaints *complaints;
};

/* NULL when it cannot be read as YAML at all; the complaint says where. Doubled keys are complained
 * of, and the first is kept. */
struct tree *tree_parse(const struct tree_reader *reader, const char *text, size_t len);

/* The value under `key`; NULL when `map` is not a mapping (or NULL), or has no such key. */
const struct tree *tree_get(const struct tree *map, const char *key);

/* Complains of every key of `map` that is not known, with the nearest that is. */
void tree_check_keys(const struct tree_reader *reader, const struct tree *map,
    const char *const *known, size_t count);

/* True when `node` is of that kind; else complains that `what` must be one. */
bool tree_is(const struct tree_reader *reader, const struct tree *node, enum tree_kind kind,
    const char *what);

/* The text under `key`. When it is missing, empty or no text: complains and returns NULL. */
const char *tree_need_text(
    const struct tree_reader *reader, const struct tree *map, const char *key);
/* The same, but `otherwise` without a complaint when the key is missing. */
const char *tree_text_or(const struct tree_reader *reader, const struct tree *map, const char *key,
    const char *otherwise);

/* A list of texts, or one text as a list of one: the number of them, at most `max`; complains of
 * what else there is. `node` may be NULL: 0. */
size_t tree_texts(const struct tree_reader *reader, const struct tree *node, const char *what,
    size_t max, const char ***texts);

/* An integer from least to most; true/false (yes/no). False after a complaint. */
bool tree_read_int(const struct tree_reader *reader, const struct tree *node, const char *what,
    int64_t least, int64_t most, int64_t *value);
bool tree_read_bool(
    const struct tree_reader *reader, const struct tree *node, const char *what, bool *value);

#endif
