/*
 * Owns: a plan's texts and the table of placeholders they may use.
 * May use: base/, text/template.h, plan/, document/.
 * Must not know: what the placeholders are filled with.
 */
#include "document/plan_file.h"
#include "document/plan_reader.h"

#include "text/template.h"

#include <string.h>

#define ANYWHERE (USED_BY_REPORT | USED_BY_EVENT | USED_BY_SUMMARY)
#define IN_REPORTS (USED_BY_REPORT | USED_BY_SUMMARY)

static const struct {
	const char *name;
	unsigned uses; /* where it has a value */
} placeholders[] = {
    {"office", ANYWHERE},
    {"unit", ANYWHERE},
    {"person", ANYWHERE},
    {"code", ANYWHERE},
    {"report", IN_REPORTS},
    {"deadline", IN_REPORTS},
    {"last_day", IN_REPORTS},
    {"missing", USED_BY_SUMMARY},
    {"missing_count", USED_BY_SUMMARY},
    {"event", USED_BY_EVENT},
    {"start", USED_BY_EVENT},
    {"end", USED_BY_EVENT},
};

bool plan_placeholder_exists(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(placeholders); i++)
		if (strcmp(placeholders[i].name, name) == 0)
			return true;
	return false;
}

void plan_read_texts(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	size_t count = plan_read_codes(reader, node, "texts", TREE_TEXT, PLAN_TEXTS_MAX, &children);
	struct arena *arena = reader->base.arena;
	struct plan_text *texts = arena_alloc(arena, (count + 1) * sizeof *texts);
	int *lines = arena_alloc(arena, (count + 1) * sizeof *lines);
	for (size_t i = 0; i < count; i++) {
		texts[i] = (struct plan_text){.code = children[i]->key, .body = children[i]->text};
		lines[i] = children[i]->line;
		size_t len = strlen(texts[i].body);
		if (len == 0 || len > PLAN_TEXT_BYTES_MAX)
			complain(reader->base.complaints, reader->base.file, lines[i],
			    "The text `%s` has %zu bytes; it needs 1 to %d.", texts[i].code, len,
			    PLAN_TEXT_BYTES_MAX);
	}
	reader->plan->texts = texts;
	reader->plan->text_count = count;
	reader->text_lines = lines;
	reader->text_uses = arena_alloc(arena, (count + 1) * sizeof *reader->text_uses);
}

struct text_check {
	struct plan_reader *reader;
	size_t text;
};

/* Complains of a placeholder that has no value where the text is used. */
static void check_use(const struct text_check *check, const char *name, unsigned uses)
{
	struct plan_reader *reader = check->reader;
	unsigned wrong = reader->text_uses[check->text] & ~uses;
	if (wrong == 0)
		return;
	const char *where = wrong & USED_BY_EVENT    ? "an event"
			    : wrong & USED_BY_REPORT ? "a report without `compiles`"
						     : "a report";
	complain(reader->base.complaints, reader->base.file, reader->text_lines[check->text],
	    "The text `%s` is used by %s, where {%s} has no value. Give %s a text of its own.",
	    reader->plan->texts[check->text].code, where, name, where);
}

static const char *look_up(const char *name, void *arg)
{
	const struct text_check *check = arg;
	const char *known[COUNT_OF(placeholders)];
	for (size_t i = 0; i < COUNT_OF(placeholders); i++) {
		known[i] = placeholders[i].name;
		if (strcmp(placeholders[i].name, name) == 0) {
			check_use(check, name, placeholders[i].uses);
			return "";
		}
	}
	struct plan_reader *reader = check->reader;
	const char *nearest = document_nearest(name, known, COUNT_OF(known));
	OWNED_BUFFER list = BUFFER(400);
	for (size_t i = 0; i < COUNT_OF(known); i++)
		buffer_printf(&list, "%s{%s}", i ? " " : "", known[i]);
	complain(reader->base.complaints, reader->base.file, reader->text_lines[check->text],
	    "The text `%s` has the unknown placeholder {%.40s}.%s%s%s Known: %s.",
	    reader->plan->texts[check->text].code, name, nearest ? " Did you mean {" : "",
	    nearest ? nearest : "", nearest ? "}?" : "", buffer_text(&list));
	return "";
}

void plan_check_texts(struct plan_reader *reader)
{
	for (size_t i = 0; i < reader->plan->text_count; i++) {
		const struct plan_text *text = &reader->plan->texts[i];
		struct text_check check = {.reader = reader, .text = i};
		struct failure failure;
		OWNED_BUFFER out = BUFFER(PLAN_TEXT_BYTES_MAX);
		if (template_expand(text->body, look_up, &check, &out, &failure) != RESULT_OK)
			complain(reader->base.complaints, reader->base.file, reader->text_lines[i],
			    "The text `%s`: %s", text->code, failure.text);
		if (reader->text_uses[i] == 0)
			complain_mildly(reader->base.complaints, reader->base.file,
			    reader->text_lines[i], "No step uses the text `%s`.", text->code);
	}
}
