/*
 * Owns: reading the texts of answers and checking them against the table of names.
 * May use: base/, text/template.h, document/.
 * Must not know: who says what when.
 */
#include "document/texts_file.h"

#include "document/texts_names.h"
#include "document/tree.h"
#include "text/template.h"

#include <string.h>

#define TEXT_BYTES_MAX 1000

static const char *const languages[] = {"vi", "en"};

struct texts {
	const char **templates[COUNT_OF(languages)]; /* in the order of texts_names */
};

struct placeholder_check {
	const struct tree_reader *reader;
	const struct tree *node;
	const struct texts_name *name;
};

static bool list_has(const char *list, const char *word)
{
	size_t len = strlen(word);
	for (const char *at = list; *at != '\0';) {
		size_t span = strcspn(at, " ");
		if (span == len && strncmp(at, word, len) == 0)
			return true;
		at += span + (at[span] == ' ');
	}
	return false;
}

static const char *look_up(const char *name, void *arg)
{
	const struct placeholder_check *check = arg;
	const char *known = check->name->placeholders;
	if (!list_has(known, name))
		complain(check->reader->complaints, check->reader->file, check->node->line,
		    "`%s` has the placeholder {%.40s}, which has no value here. Known: %s.",
		    check->name->name, name, known[0] ? known : "none");
	return "";
}

static const char *read_template(
    const struct tree_reader *reader, const struct tree *root, const struct texts_name *name)
{
	const char *text = tree_need_text(reader, root, name->name);
	if (text == NULL)
		return NULL;
	struct placeholder_check check = {
	    .reader = reader, .node = tree_get(root, name->name), .name = name};
	struct failure failure;
	OWNED_BUFFER out = BUFFER(TEXT_BYTES_MAX);
	if (template_expand(text, look_up, &check, &out, &failure) != RESULT_OK)
		complain(reader->complaints, reader->file, check.node->line, "`%s`: %s", name->name,
		    failure.text);
	else if (out.overflow || strlen(text) > TEXT_BYTES_MAX)
		complain(reader->complaints, reader->file, check.node->line,
		    "`%s` is longer than %d bytes.", name->name, TEXT_BYTES_MAX);
	return text;
}

static const char **read_language(
    struct arena *arena, const char *path, struct complaints *complaints)
{
	struct tree_reader reader = {.arena = arena, .file = path, .complaints = complaints};
	const char **templates = arena_alloc(arena, texts_name_count * sizeof *templates);
	const char **names = arena_alloc(arena, texts_name_count * sizeof *names);
	struct failure failure;
	const char *text;
	size_t len;
	if (document_read(arena, path, &text, &len, &failure) != RESULT_OK) {
		complain(complaints, path, 0, "%s", failure.text);
		return templates;
	}
	const struct tree *root = tree_parse(&reader, text, len);
	if (root == NULL || !tree_is(&reader, root, TREE_MAP, "the file"))
		return templates;
	for (size_t i = 0; i < texts_name_count; i++) {
		names[i] = texts_names[i].name;
		templates[i] = read_template(&reader, root, &texts_names[i]);
	}
	tree_check_keys(&reader, root, names, texts_name_count);
	return templates;
}

struct texts *texts_load(struct arena *arena, const char *dir, struct complaints *complaints)
{
	size_t errors_before = complaints->errors;
	struct texts *texts = arena_alloc(arena, sizeof *texts);
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		const char *path =
		    document_path_in(arena, dir, arena_printf(arena, "%s.yaml", languages[i]));
		texts->templates[i] = read_language(arena, path, complaints);
	}
	return complaints->errors > errors_before ? NULL : texts;
}

const char *texts_get(const struct texts *texts, const char *language, const char *name)
{
	size_t at = 0;
	for (size_t i = 0; i < COUNT_OF(languages); i++)
		if (strcmp(languages[i], language) == 0)
			at = i;
	for (size_t i = 0; i < texts_name_count; i++)
		if (strcmp(texts_names[i].name, name) == 0)
			return texts->templates[at][i];
	return name;
}
