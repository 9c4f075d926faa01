/*
 * Owns: a plan's texts and the table of placeholders they may use.
 * May use: base/, text/template.h, plan/, document/.
 * Must not know: what the placeholders are filled with.
 */
#include "document/plan_file.h"
#include "document/plan_reader.h"

#include "text/template.h"

#include <string.h>

#define IN_REPORTS (USED_BY_REPORT | USED_BY_SUMMARY)
#define ANYWHERE (IN_REPORTS | USED_BY_EVENT)
#define EITHER_WAY (USED_SINGLY | USED_AS_DIGEST)
#define LANGUAGES_MAX 10
#define OWN_LANGUAGE "vi"

static const struct {
	const char *name;
	unsigned uses; /* where it has a value */
} placeholders[] = {
    {"office", ANYWHERE | EITHER_WAY},
    {"unit", ANYWHERE | USED_SINGLY},
    {"person", ANYWHERE | EITHER_WAY},
    {"code", ANYWHERE | EITHER_WAY},
    {"reply_to", ANYWHERE | EITHER_WAY},
    {"list", ANYWHERE | USED_AS_DIGEST},
    {"count", ANYWHERE | USED_AS_DIGEST},
    {"report", IN_REPORTS | EITHER_WAY},
    {"deadline", IN_REPORTS | EITHER_WAY},
    {"last_day", IN_REPORTS | EITHER_WAY},
    {"missing", USED_BY_SUMMARY | EITHER_WAY},
    {"missing_count", USED_BY_SUMMARY | EITHER_WAY},
    {"event", USED_BY_EVENT | EITHER_WAY},
    {"start", USED_BY_EVENT | EITHER_WAY},
    {"end", USED_BY_EVENT | EITHER_WAY},
    {"place", USED_BY_EVENT | EITHER_WAY},
    {"time", USED_BY_EVENT | EITHER_WAY},
};

bool plan_placeholder_exists(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(placeholders); i++)
		if (strcmp(placeholders[i].name, name) == 0)
			return true;
	return false;
}

static void check_length(struct plan_reader *reader, const char *code, const struct tree *node)
{
	size_t len = strlen(node->text);
	if (len == 0 || len > PLAN_TEXT_BYTES_MAX)
		complain(reader->base.complaints, reader->base.file, node->line,
		    "The text `%s` has %zu bytes; it needs 1 to %d.", code, len,
		    PLAN_TEXT_BYTES_MAX);
}

static bool is_language(const char *name)
{
	size_t len = strlen(name);
	return len >= 2 && len <= 3 && strspn(name, "abcdefghijklmnopqrstuvwxyz") == len;
}

/* {vi: …, en: …}: the plan's own language is the body, the others stand beside it. */
static const int *read_languages(
    struct plan_reader *reader, const struct tree *map, struct plan_text *text)
{
	const struct tree_reader *base = &reader->base;
	const struct tree *own = tree_get(map, OWN_LANGUAGE);
	text->body = "";
	if (own == NULL || map->count > LANGUAGES_MAX) {
		complain(base->complaints, base->file, map->line,
		    "The text `%s` needs %s, and at most %d languages. Write {vi: …, en: …}.",
		    text->code, "`" OWN_LANGUAGE "`", LANGUAGES_MAX);
		return NULL;
	}
	text->languages = arena_alloc(base->arena, map->count * sizeof *text->languages);
	text->bodies = arena_alloc(base->arena, map->count * sizeof *text->bodies);
	int *lines = arena_alloc(base->arena, map->count * sizeof *lines);
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		if (!is_language(node->key))
			complain(base->complaints, base->file, node->key_line,
			    "`%.40s` is not a language. Write its short code, such as vi or en.",
			    node->key);
		if (!tree_is(base, node, TREE_TEXT, node->key))
			continue;
		check_length(reader, text->code, node);
		if (node == own) {
			text->body = node->text;
			continue;
		}
		text->languages[text->language_count] = node->key;
		text->bodies[text->language_count] = node->text;
		lines[text->language_count++] = node->line;
	}
	return lines;
}

void plan_read_texts(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	size_t count =
	    plan_read_codes(reader, node, "texts", TREE_TEXT, TREE_MAP, PLAN_TEXTS_MAX, &children);
	struct arena *arena = reader->base.arena;
	struct plan_text *texts = arena_alloc(arena, (count + 1) * sizeof *texts);
	int *lines = arena_alloc(arena, (count + 1) * sizeof *lines);
	reader->language_lines = arena_alloc(arena, (count + 1) * sizeof *reader->language_lines);
	for (size_t i = 0; i < count; i++) {
		texts[i] = (struct plan_text){.code = children[i]->key, .line = children[i]->line};
		lines[i] = children[i]->line;
		if (children[i]->kind == TREE_MAP) {
			reader->language_lines[i] = read_languages(reader, children[i], &texts[i]);
			if (tree_get(children[i], OWN_LANGUAGE) != NULL)
				lines[i] = tree_get(children[i], OWN_LANGUAGE)->line;
			continue;
		}
		texts[i].body = children[i]->text;
		check_length(reader, texts[i].code, children[i]);
	}
	reader->plan->texts = texts;
	reader->plan->text_count = count;
	reader->text_lines = lines;
	reader->text_uses = arena_alloc(arena, (count + 1) * sizeof *reader->text_uses);
}

struct text_check {
	struct plan_reader *reader;
	size_t text;
	int line;
};

/* Complains of a placeholder that has no value where the text is used. */
static void check_use(const struct text_check *check, const char *name, unsigned uses)
{
	struct plan_reader *reader = check->reader;
	unsigned wrong = reader->text_uses[check->text] & ~uses;
	if (wrong == 0)
		return;
	const char *where = wrong & USED_BY_EVENT     ? "an event"
			    : wrong & USED_BY_REPORT  ? "a report without `compiles`"
			    : wrong & USED_BY_SUMMARY ? "a report"
			    : wrong & USED_AS_DIGEST  ? "a digest of several units"
						      : "a step for one unit";
	complain(reader->base.complaints, reader->base.file, check->line,
	    "The text `%s` is used by %s, where {%s} has no value. Give %s a text of its own.",
	    reader->plan->texts[check->text].code, where, name, where);
}

static void check_reply_to(const struct text_check *check, const char *name)
{
	struct plan_reader *reader = check->reader;
	if (strcmp(name, "reply_to") == 0 && reader->plan->reply_to == NULL)
		complain(reader->base.complaints, reader->base.file, check->line,
		    "The text `%s` tells whom to answer, which the plan does not say. Write "
		    "reply_to: 0912345678 below `office:`.",
		    reader->plan->texts[check->text].code);
}

static const char *look_up(const char *name, void *arg)
{
	const struct text_check *check = arg;
	const char *known[COUNT_OF(placeholders)];
	for (size_t i = 0; i < COUNT_OF(placeholders); i++) {
		known[i] = placeholders[i].name;
		if (strcmp(placeholders[i].name, name) == 0) {
			check_use(check, name, placeholders[i].uses);
			check_reply_to(check, name);
			return "";
		}
	}
	struct plan_reader *reader = check->reader;
	const char *nearest = document_nearest(name, known, COUNT_OF(known));
	OWNED_BUFFER list = BUFFER(400);
	for (size_t i = 0; i < COUNT_OF(known); i++)
		buffer_printf(&list, "%s{%s}", i ? " " : "", known[i]);
	complain(reader->base.complaints, reader->base.file, check->line,
	    "The text `%s` has the unknown placeholder {%.40s}.%s%s%s Known: %s.",
	    reader->plan->texts[check->text].code, name, nearest ? " Did you mean {" : "",
	    nearest ? nearest : "", nearest ? "}?" : "", buffer_text(&list));
	return "";
}

static void check_body(struct plan_reader *reader, size_t text, const char *body, int line)
{
	struct text_check check = {.reader = reader, .text = text, .line = line};
	struct failure failure;
	OWNED_BUFFER out = BUFFER(PLAN_TEXT_BYTES_MAX);
	if (template_expand(body, look_up, &check, &out, &failure) != RESULT_OK)
		complain(reader->base.complaints, reader->base.file, line, "The text `%s`: %s",
		    reader->plan->texts[text].code, failure.text);
}

void plan_check_texts(struct plan_reader *reader)
{
	for (size_t i = 0; i < reader->plan->text_count; i++) {
		const struct plan_text *text = &reader->plan->texts[i];
		check_body(reader, i, text->body, reader->text_lines[i]);
		for (size_t k = 0; k < text->language_count; k++)
			check_body(reader, i, text->bodies[k], reader->language_lines[i][k]);
		if (reader->text_uses[i] == 0)
			complain_mildly(reader->base.complaints, reader->base.file,
			    reader->text_lines[i], "No step uses the text `%s`.", text->code);
	}
}
