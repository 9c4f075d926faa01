/*
 * Owns: reading operators.yaml.
 * May use: base/, text/phone.h, document/.
 * Must not know: what it is used for.
 */
#include "document/operators.h"

#include "document/tree.h"
#include "text/phone.h"

#include <string.h>

#define PREFIXES_MAX 200
#define CODE_MAX 24

static bool is_prefix(const char *text)
{
	size_t len = strlen(text);
	return text[0] == '0' && len >= 3 && len <= 9 && strspn(text, "0123456789") == len;
}

/* "086" → "8486". */
static void read_prefixes(
    const struct tree_reader *reader, const struct tree *node, struct operator_numbers *operator_)
{
	const char **texts;
	size_t count = tree_texts(reader, node, node->key, PREFIXES_MAX, &texts);
	const char **prefixes = arena_alloc(reader->arena, (count + 1) * sizeof *prefixes);
	for (size_t i = 0; i < count; i++)
		if (is_prefix(texts[i]))
			prefixes[operator_->prefix_count++] =
			    arena_printf(reader->arena, "84%s", texts[i] + 1);
		else
			complain(reader->complaints, reader->file, node->line,
			    "“%.40s” is no beginning of a number. Write \"086\", in quotes.",
			    texts[i]);
	operator_->prefixes = prefixes;
}

static void read_operators(
    const struct tree_reader *reader, const struct tree *map, struct operators *out)
{
	if (map == NULL || !tree_is(reader, map, TREE_MAP, "operators"))
		return;
	out->items = arena_alloc(reader->arena, (map->count + 1) * sizeof *out->items);
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		if (!document_code_is_good(node->key, CODE_MAX)) {
			complain(reader->complaints, reader->file, node->key_line,
			    "“%.40s” is no code of an operator: letters, digits, hyphens.",
			    node->key);
			continue;
		}
		struct operator_numbers *operator_ = &out->items[out->count++];
		operator_->code = node->key;
		read_prefixes(reader, node, operator_);
	}
}

static bool is_known(const struct operators *operators, const char *code)
{
	for (size_t i = 0; i < operators->count; i++)
		if (strcmp(operators->items[i].code, code) == 0)
			return true;
	return false;
}

static void read_ported(
    const struct tree_reader *reader, const struct tree *map, struct operators *out)
{
	if (map == NULL || !tree_is(reader, map, TREE_MAP, "ported"))
		return;
	out->ported = arena_alloc(reader->arena, (map->count + 1) * sizeof *out->ported);
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		struct phone phone;
		struct failure failure;
		if (phone_parse(node->key, &phone, &failure) != RESULT_OK)
			complain(
			    reader->complaints, reader->file, node->key_line, "%s", failure.text);
		else if (node->kind != TREE_TEXT || !is_known(out, node->text))
			complain(reader->complaints, reader->file, node->line,
			    "“%.40s” is none of the operators above.",
			    node->kind == TREE_TEXT ? node->text : "");
		else
			out->ported[out->ported_count++] = (struct operator_ported){
			    arena_copy(reader->arena, phone.e164), node->text};
	}
}

void operators_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct operators *operators, struct complaints *complaints)
{
	static const char *const known[] = {"operators", "ported"};
	const struct tree_reader reader = {
	    .arena = arena, .file = arena_copy(arena, path), .complaints = complaints};
	*operators = (struct operators){0};
	const struct tree *root = tree_parse(&reader, text, len);
	if (root == NULL || !tree_is(&reader, root, TREE_MAP, "the file"))
		return;
	tree_check_keys(&reader, root, known, COUNT_OF(known));
	read_operators(&reader, tree_get(root, "operators"), operators);
	read_ported(&reader, tree_get(root, "ported"), operators);
}

void operators_load(struct arena *arena, const char *path, struct operators *operators,
    struct complaints *complaints)
{
	struct failure failure;
	const char *text;
	size_t len;
	*operators = (struct operators){0};
	if (document_read(arena, path, &text, &len, &failure) != RESULT_OK)
		complain(complaints, path, 0, "%s", failure.text);
	else
		operators_parse(arena, path, text, len, operators, complaints);
}
