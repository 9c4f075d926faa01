/*
 * Owns: building the tree from libyaml's events; the only file that includes yaml.h.
 * May use: base/, document/, libyaml.
 * Must not know: what the files are about.
 */
#include "document/tree.h"

#include <string.h>
#include <yaml.h>

/* A list or mapping that is not closed yet. */
struct open_level {
	struct tree *node;
	struct tree *last; /* its last child */
	const char *key;   /* a mapping's key that waits for its value */
	int key_line;
};

struct build {
	const struct tree_reader *reader;
	struct open_level levels[TREE_DEPTH_MAX];
	size_t depth, nodes;
	struct tree *root;
	bool documents_ended;
};

static bool refuse(const struct build *build, const yaml_mark_t *mark, const char *text)
{
	complain(build->reader->complaints, build->reader->file, (int)mark->line + 1, "%s", text);
	return false;
}

/* A key stands in its mapping before its value comes: only texts can be keys. */
static bool take_key(struct build *build, struct open_level *level, const yaml_event_t *event)
{
	if (event->type != YAML_SCALAR_EVENT)
		return refuse(build, &event->start_mark,
		    "A key must be a plain word. Check the indentation and the brackets here.");
	const char *key = (const char *)event->data.scalar.value;
	if (event->data.scalar.length != strlen(key) || event->data.scalar.length > TREE_TEXT_MAX)
		return refuse(build, &event->start_mark, "This key is too long or not text.");
	level->key = arena_copy(build->reader->arena, key);
	level->key_line = (int)event->start_mark.line + 1;
	return true;
}

/* Hangs the node under the level that is open; false when it must not be there. A doubled key's
 * value is read but not kept. */
static bool hang(struct build *build, struct tree *node, const yaml_mark_t *mark)
{
	if (build->depth == 0) {
		build->root = node;
		return true;
	}
	struct open_level *level = &build->levels[build->depth - 1];
	if (level->node->kind == TREE_MAP) {
		node->key = level->key;
		node->key_line = level->key_line;
		level->key = NULL;
		const struct tree *twin = tree_get(level->node, node->key);
		if (twin != NULL) {
			complain(build->reader->complaints, build->reader->file, node->key_line,
			    "The key `%.60s` is here twice; it is at line %d too. Keep one of "
			    "them.",
			    node->key, twin->key_line);
			return true;
		}
		if (level->node->count == TREE_KEYS_MAX)
			return refuse(build, mark, "Too many keys in one mapping; at most 2000.");
	}
	if (level->last == NULL)
		level->node->first = node;
	else
		level->last->next = node;
	level->last = node;
	level->node->count++;
	return true;
}

static bool fill_text(struct build *build, struct tree *node, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t len = event->data.scalar.length;
	if (len > TREE_TEXT_MAX)
		return refuse(build, &event->start_mark, "This text is longer than 8192 bytes.");
	if (memchr(text, '\0', len) != NULL)
		return refuse(build, &event->start_mark, "This text contains a NUL character.");
	bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	bool nothing = plain && (strcmp(text, "~") == 0 || strcmp(text, "null") == 0);
	node->text = nothing ? "" : arena_copy_bytes(build->reader->arena, text, len);
	return true;
}

static bool add_node(struct build *build, const yaml_event_t *event, enum tree_kind kind)
{
	const yaml_mark_t *mark = &event->start_mark;
	const yaml_char_t *tag = kind == TREE_TEXT   ? event->data.scalar.tag
				 : kind == TREE_LIST ? event->data.sequence_start.tag
						     : event->data.mapping_start.tag;
	if (tag != NULL)
		return refuse(build, mark, "Tags such as !name are not used here. Remove it.");
	if (++build->nodes > TREE_NODES_MAX)
		return refuse(build, mark, "The file has more than 50000 values. Split it.");
	struct open_level *level = build->depth > 0 ? &build->levels[build->depth - 1] : NULL;
	if (level != NULL && level->node->kind == TREE_MAP && level->key == NULL)
		return take_key(build, level, event);
	struct tree *node = arena_alloc(build->reader->arena, sizeof *node);
	node->kind = kind;
	node->line = (int)mark->line + 1;
	if (kind == TREE_TEXT)
		return fill_text(build, node, event) && hang(build, node, mark);
	if (build->depth == TREE_DEPTH_MAX)
		return refuse(build, mark, "The file is nested more than 32 levels deep.");
	if (!hang(build, node, mark))
		return false;
	build->levels[build->depth++] = (struct open_level){.node = node};
	return true;
}

static bool take_event(struct build *build, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		return add_node(build, event, TREE_TEXT);
	case YAML_SEQUENCE_START_EVENT:
		return add_node(build, event, TREE_LIST);
	case YAML_MAPPING_START_EVENT:
		return add_node(build, event, TREE_MAP);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		build->depth--;
		return true;
	case YAML_ALIAS_EVENT:
		return refuse(build, &event->start_mark,
		    "Aliases (*name) are not used here. Write the value out.");
	case YAML_DOCUMENT_START_EVENT:
		if (build->root != NULL)
			return refuse(build, &event->start_mark,
			    "A second document begins here (---). Keep one document a file.");
		return true;
	case YAML_STREAM_END_EVENT:
		build->documents_ended = true;
		return true;
	default:
		return true;
	}
}

static void complain_of_syntax(
    const struct tree_reader *reader, const yaml_parser_t *parser, const char *text, size_t len)
{
	const char *problem = parser->problem ? parser->problem : "it cannot be read";
	if (parser->error == YAML_READER_ERROR) {
		size_t offset = parser->problem_offset < len ? parser->problem_offset : len;
		complain(reader->complaints, reader->file, document_line_at(text, offset),
		    "Not plain UTF-8 text (%s). Save the file as UTF-8.", problem);
		return;
	}
	complain(reader->complaints, reader->file, (int)parser->problem_mark.line + 1,
	    "This is not valid YAML: %s%s%s. Check the indentation (spaces, no tabs), the colons "
	    "and the quotes here.",
	    problem, parser->context ? ", " : "", parser->context ? parser->context : "");
}

struct tree *tree_parse(const struct tree_reader *reader, const char *text, size_t len)
{
	struct build build = {.reader = reader};
	yaml_parser_t parser;
	if (!yaml_parser_initialize(&parser)) {
		complain(reader->complaints, reader->file, 0, "There is no memory to read it.");
		return NULL;
	}
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	bool ok = true;
	while (ok && !build.documents_ended) {
		yaml_event_t event;
		if (!yaml_parser_parse(&parser, &event)) {
			complain_of_syntax(reader, &parser, text, len);
			ok = false;
			break;
		}
		ok = take_event(&build, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (ok && build.root == NULL)
		complain(reader->complaints, reader->file, 0, "The file is empty.");
	return ok ? build.root : NULL;
}
