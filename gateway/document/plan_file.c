/*
 * Owns: the plan file as a whole, and its head.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 */
#include "document/plan_file.h"

#include "document/plan_reader.h"

#include <string.h>

#define NAME_BYTES_MAX 200
#define OFFICE_BYTES_MAX 60
#define PAPER_WITHIN 5
#define PAPER_WITHIN_MAX 250
#define REPLY_TO_BYTES_MAX 16 /* a number or a short name */

size_t plan_read_codes(struct plan_reader *reader, const struct tree *node, const char *what,
    enum tree_kind kind, enum tree_kind also, size_t max, const struct tree ***children)
{
	const struct tree_reader *base = &reader->base;
	*children = NULL;
	if (node == NULL || (node->kind == TREE_TEXT && node->text[0] == '\0') ||
	    !tree_is(base, node, TREE_MAP, what))
		return 0;
	if (node->count > max) {
		complain(base->complaints, base->file, node->line,
		    "%zu %s; at most %zu are possible.", node->count, what, max);
		return 0;
	}
	*children = arena_alloc(base->arena, (node->count + 1) * sizeof **children);
	size_t count = 0;
	for (const struct tree *child = node->first; child != NULL; child = child->next) {
		if (!document_code_is_good(child->key, PLAN_CODE_MAX))
			complain(base->complaints, base->file, child->key_line,
			    "`%.60s` cannot be a code. Use 1 to %d letters A-Z, digits and "
			    "hyphens.",
			    child->key, PLAN_CODE_MAX);
		else if (child->kind == also || tree_is(base, child, kind, child->key))
			(*children)[count++] = child;
	}
	return count;
}

static const char *read_head_text(
    struct plan_reader *reader, const struct tree *root, const char *key, size_t max)
{
	const char *text = tree_need_text(&reader->base, root, key);
	if (text != NULL && (strlen(text) > max || strpbrk(text, "\r\n{}") != NULL)) {
		complain(reader->base.complaints, reader->base.file, tree_get(root, key)->line,
		    "`%s` must be one line of at most %zu bytes, without braces.", key, max);
		return NULL;
	}
	return text;
}

static const char *read_head_code(
    struct plan_reader *reader, const struct tree *root, const char *key)
{
	const char *code = tree_need_text(&reader->base, root, key);
	if (code != NULL && !document_code_is_good(code, PLAN_CODE_MAX))
		complain(reader->base.complaints, reader->base.file, tree_get(root, key)->line,
		    "`%s` cannot be `%.60s`. Use 1 to %d letters A-Z, digits and hyphens.", key,
		    code, PLAN_CODE_MAX);
	return code;
}

/* Extensions are decided in the owner's own house. */
static void read_approver(struct plan_reader *reader, const struct tree *node)
{
	const struct tree_reader *base = &reader->base;
	enum plan_post post = POST_COORDINATOR;
	if (node != NULL && tree_is(base, node, TREE_TEXT, "approver") &&
	    (!plan_post_of_name(node->text, &post) ||
		(post != POST_COORDINATOR && post != POST_LEADER)))
		complain(base->complaints, base->file, node->line,
		    "`approver` cannot be `%.40s`. Write coordinator or leader: who of the owner "
		    "decides on later deadlines.",
		    node->text);
	reader->plan->approver = post;
}

static void read_paper_within(struct plan_reader *reader, const struct tree *node)
{
	int64_t days = PAPER_WITHIN;
	if (node != NULL)
		(void)tree_read_int(
		    &reader->base, node, "paper_within", 0, PAPER_WITHIN_MAX, &days);
	reader->plan->paper_within = (int)days;
}

bool plan_read_duty(struct plan_reader *reader, const struct tree *node, bool otherwise)
{
	const struct tree_reader *base = &reader->base;
	if (node == NULL || !tree_is(base, node, TREE_TEXT, "duty"))
		return otherwise;
	bool voluntary = strcmp(node->text, "voluntary") == 0;
	if (!voluntary && strcmp(node->text, "statutory") != 0)
		complain(base->complaints, base->file, node->line,
		    "`duty` cannot be `%.40s`. Write statutory (last calls reach also who wants no "
		    "texts) or voluntary.",
		    node->text);
	return voluntary;
}

static void read_plan(struct plan_reader *reader, const struct tree *root)
{
	static const char *const keys[] = {"plan", "name", "owner", "office", "reply_to",
	    "approver", "paper_within", "duty", "calendar", "texts", "groups", "ladders", "reports",
	    "events"};
	struct plan *plan = reader->plan;
	tree_check_keys(&reader->base, root, keys, COUNT_OF(keys));
	plan->code = read_head_code(reader, root, "plan");
	plan->name = read_head_text(reader, root, "name", NAME_BYTES_MAX);
	plan->owner = read_head_code(reader, root, "owner");
	plan->approver = POST_COORDINATOR;
	plan->office = read_head_text(reader, root, "office", OFFICE_BYTES_MAX);
	if (tree_get(root, "reply_to") != NULL)
		plan->reply_to = read_head_text(reader, root, "reply_to", REPLY_TO_BYTES_MAX);
	read_approver(reader, tree_get(root, "approver"));
	read_paper_within(reader, tree_get(root, "paper_within"));
	plan->voluntary = plan_read_duty(reader, tree_get(root, "duty"), false);
	plan_read_calendar(reader, tree_get(root, "calendar"));
	plan_read_texts(reader, tree_get(root, "texts"));
	plan_read_groups(reader, tree_get(root, "groups"));
	plan_read_ladders(reader, tree_get(root, "ladders"));
	plan_read_reports(reader, tree_get(root, "reports"));
	plan_read_events(reader, tree_get(root, "events"));
	if (plan->report_count == 0 && plan->event_count == 0 &&
	    reader->base.complaints->errors == 0)
		complain(reader->base.complaints, reader->base.file, root->line,
		    "The plan has neither reports nor events. Add `reports:` or `events:`.");
	plan_check_texts(reader);
	plan_check_deadlines(reader);
	plan_check_ladders(reader);
	plan_check_holidays(reader);
}

struct plan *plan_file_parse(struct arena *arena, const char *file, const char *text, size_t len,
    const char *holidays_dir, struct complaints *complaints)
{
	size_t errors_before = complaints->errors;
	struct plan_reader reader = {
	    .base = {.arena = arena, .file = file, .complaints = complaints},
	    .plan = arena_alloc(arena, sizeof *reader.plan),
	    .holidays_dir = holidays_dir,
	};
	const struct tree *root = tree_parse(&reader.base, text, len);
	if (root != NULL && tree_is(&reader.base, root, TREE_MAP, "the plan"))
		read_plan(&reader, root);
	return complaints->errors > errors_before ? NULL : reader.plan;
}
