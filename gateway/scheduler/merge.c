/*
 * Owns: which notices for one person share a text, and how that reads.
 * May use: base/, plan/, text/, store/operations.h, scheduler/compose.h.
 * Must not know: loop, store, moments.
 */
#include "scheduler/merge.h"

#include "scheduler/promise.h"
#include "text/template.h"

#include <string.h>

#define SHARED_TEXT_MAX 4096

struct merging {
	struct arena *arena;
	const struct compose_policy *policy;
	const struct merge_item *items;
	size_t count;
	bool *used;
	const struct merge_item **chosen; /* room for all */
	size_t chosen_count;
};

static int parts_alone(const struct merging *merging)
{
	int parts = 0;
	for (size_t i = 0; i < merging->chosen_count; i++)
		parts += merging->chosen[i]->single.part_count;
	return parts;
}

/* Takes what is chosen as one text. */
static void take(
    struct merging *merging, const struct store_new_message *message, struct merged *out)
{
	*out = (struct merged){.message = *message, .count = merging->chosen_count};
	out->items = arena_alloc(merging->arena, out->count * sizeof(struct merge_item *));
	for (size_t i = 0; i < out->count; i++) {
		out->items[i] = merging->chosen[i];
		merging->used[merging->chosen[i] - merging->items] = true;
	}
}

/* ── the same step for several units ─────────────────────────────────────────────────────────── */

static bool is_same_step(const struct merge_item *one, const struct merge_item *other)
{
	const struct store_due_obligation *a = one->subject.obligation;
	const struct store_due_obligation *b = other->subject.obligation;
	return a->plan_version_id == b->plan_version_id && strcmp(a->kind, b->kind) == 0 &&
	       strcmp(a->report_code, b->report_code) == 0 && strcmp(a->period, b->period) == 0 &&
	       a->deadline.ms == b->deadline.ms && a->named.number == b->named.number &&
	       strcmp(one->notice->step, other->notice->step) == 0 &&
	       one->notice->occurrence == other->notice->occurrence;
}

static void choose_same_step(struct merging *merging, size_t first)
{
	merging->chosen_count = 0;
	for (size_t i = first; i < merging->count; i++)
		if (!merging->used[i] && is_same_step(&merging->items[first], &merging->items[i]))
			merging->chosen[merging->chosen_count++] = &merging->items[i];
}

static bool take_digest(struct merging *merging, size_t first, struct merged *out)
{
	const struct merge_item *item = &merging->items[first];
	const struct plan_text *text = item->step->digest != NULL
					   ? plan_find_text(item->subject.plan, item->step->digest)
					   : NULL;
	choose_same_step(merging, first);
	if (text == NULL || merging->chosen_count < 2)
		return false;
	const char **units = arena_alloc(merging->arena, merging->chosen_count * sizeof(char *));
	for (size_t i = 0; i < merging->chosen_count; i++)
		units[i] = merging->chosen[i]->subject.obligation->unit_name;
	struct compose_subject subject = item->subject;
	subject.units = units;
	subject.unit_count = merging->chosen_count;
	struct store_new_message message = {0};
	struct failure failure;
	if (compose_step(merging->arena, merging->policy, &subject,
		plan_text_body(text, subject.language), &message, &failure) != RESULT_OK ||
	    message.part_count > parts_alone(merging))
		return false;
	take(merging, &message, out);
	return true;
}

/* ── several reports, several units
 * ───────────────────────────────────────────────────────────────────────── */

/* A summary's own text says who is missing, a nudge quotes a promise: neither is put into a list.
 */
static bool can_be_listed(const struct merge_item *item)
{
	const struct store_due_obligation *obligation = item->subject.obligation;
	const struct plan_report *report =
	    plan_find_report(item->subject.plan, obligation->report_code);
	return strcmp(obligation->kind, "report") == 0 && report != NULL &&
	       report->compile_count == 0 && item->step->group == NULL && !item->step->to_parent &&
	       strcmp(item->notice->step, PROMISE_STEP) != 0;
}

static const char *text_of(const struct merging *merging, const char *language, const char *name)
{
	return merging->policy->text(language, name, merging->policy->text_arg);
}

static bool add_item(
    const struct merging *merging, const struct merge_item *item, struct buffer *list)
{
	const char *name = MERGE_ITEM;
	if (item->step->overdue)
		name = MERGE_ITEM_OVERDUE;
	else if (item->step->last_call)
		name = MERGE_ITEM_LAST_CALL;
	struct failure failure;
	if (list->len > 0)
		buffer_add_text(list, "; ");
	return compose_fill(merging->arena, &item->subject,
		   text_of(merging, item->subject.language, name), list, &failure) == RESULT_OK;
}

struct list_facts {
	const char *office, *list;
};

static const char *look_up_list(const char *name, void *arg)
{
	const struct list_facts *facts = arg;
	if (strcmp(name, "office") == 0)
		return facts->office;
	return strcmp(name, "list") == 0 ? facts->list : NULL;
}

static bool compose_list(const struct merging *merging, struct store_new_message *out)
{
	const struct compose_subject *first = &merging->chosen[0]->subject;
	OWNED_BUFFER list = BUFFER(SHARED_TEXT_MAX);
	OWNED_BUFFER text = BUFFER(SHARED_TEXT_MAX);
	struct failure failure;
	for (size_t i = 0; i < merging->chosen_count; i++)
		if (!add_item(merging, merging->chosen[i], &list))
			return false;
	struct list_facts facts = {first->plan->office, buffer_text(&list)};
	return template_expand(text_of(merging, first->language, MERGE_TEXT), look_up_list, &facts,
		   &text, &failure) == RESULT_OK &&
	       !list.overflow && !text.overflow &&
	       compose_text(merging->arena, merging->policy, buffer_text(&text), out, &failure) ==
		   RESULT_OK;
}

static void choose_listed(struct merging *merging, size_t first, size_t most)
{
	const char *office = merging->items[first].subject.plan->office;
	merging->chosen_count = 0;
	for (size_t i = first; i < merging->count && merging->chosen_count < most; i++)
		if (!merging->used[i] && can_be_listed(&merging->items[i]) &&
		    strcmp(merging->items[i].subject.plan->office, office) == 0)
			merging->chosen[merging->chosen_count++] = &merging->items[i];
}

/* As many as pay, from the first on. */
static bool take_list(struct merging *merging, size_t first, struct merged *out)
{
	if (merging->policy->text == NULL || !can_be_listed(&merging->items[first]))
		return false;
	choose_listed(merging, first, merging->count);
	for (size_t most = merging->chosen_count; most > 1; most--) {
		struct store_new_message message = {0};
		choose_listed(merging, first, most);
		if (compose_list(merging, &message) && message.part_count <= parts_alone(merging)) {
			take(merging, &message, out);
			return true;
		}
	}
	return false;
}

/* ── all ─────────────────────────────────────────────────────────────────────────────────────── */

size_t merge_texts(struct arena *arena, const struct compose_policy *policy,
    const struct merge_item *items, size_t count, struct merged *out)
{
	struct merging merging = {
	    .arena = arena,
	    .policy = policy,
	    .items = items,
	    .count = count,
	    .used = arena_alloc(arena, (count + 1) * sizeof(bool)),
	    .chosen = arena_alloc(arena, (count + 1) * sizeof(struct merge_item *)),
	};
	size_t made = 0;
	for (size_t i = 0; i < count; i++)
		merging.used[i] = false;
	for (size_t i = 0; i < count; i++)
		if (!merging.used[i] && take_digest(&merging, i, &out[made]))
			made++;
	for (size_t i = 0; i < count; i++) {
		if (merging.used[i])
			continue;
		if (!take_list(&merging, i, &out[made])) {
			merging.chosen[0] = &items[i];
			merging.chosen_count = 1;
			take(&merging, &items[i].single, &out[made]);
		}
		made++;
	}
	return made;
}
