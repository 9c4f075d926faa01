/*
 * Owns: a plan's groups and audiences: who is meant.
 * May use: base/, plan/, document/.
 * Must not know: the store, which people and units there are.
 */
#include "document/plan_reader.h"

#include <string.h>

#define PEOPLE_MAX 1000
#define UNITS_MAX 1000

void plan_read_audience(
    struct plan_reader *reader, const struct tree *map, struct plan_audience *audience)
{
	static const char *const keys[] = {"kinds", "units"};
	const struct tree_reader *base = &reader->base;
	const struct tree *node = tree_get(map, "for");
	if (node == NULL) {
		complain(base->complaints, base->file, map->line,
		    "`for` is missing here. Say which units are meant: for: {kinds: [commune]}.");
		return;
	}
	if (!tree_is(base, node, TREE_MAP, "for"))
		return;
	tree_check_keys(base, node, keys, COUNT_OF(keys));
	size_t kind_count;
	const char *const *kinds = plan_unit_kinds(&kind_count);
	audience->kind_count =
	    tree_texts(base, tree_get(node, "kinds"), "kinds", kind_count, &audience->kinds);
	for (size_t i = 0; i < audience->kind_count; i++)
		if (!plan_unit_kind_exists(audience->kinds[i]))
			complain(base->complaints, base->file, tree_get(node, "kinds")->line,
			    "There is no kind of unit `%.40s`. %s", audience->kinds[i],
			    document_advice(base->arena, audience->kinds[i], kinds, kind_count));
	audience->unit_count =
	    tree_texts(base, tree_get(node, "units"), "units", UNITS_MAX, &audience->units);
	if (audience->kind_count == 0 && audience->unit_count == 0)
		complain(base->complaints, base->file, node->line,
		    "`for` names nobody. Write kinds: [commune, township] or units: [CODE].");
}

static void read_people(
    struct plan_reader *reader, const struct tree *node, struct plan_group *group)
{
	const struct tree_reader *base = &reader->base;
	group->person_count = tree_texts(base, node, "people", PEOPLE_MAX, &group->people);
	if (group->person_count == 0)
		complain(base->complaints, base->file, node->line,
		    "The group `%s` names nobody. Write people: [CODE].", group->code);
	for (size_t i = 1; i < group->person_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(group->people[i], group->people[k]) == 0)
				complain(base->complaints, base->file, node->line,
				    "The group `%s` names `%.40s` twice. Keep one.", group->code,
				    group->people[i]);
}

static void read_posts(
    struct plan_reader *reader, const struct tree *node, struct plan_group *group)
{
	const struct tree_reader *base = &reader->base;
	const char **names, *known[POST_COUNT];
	size_t count = tree_texts(base, node, "posts", POST_COUNT, &names);
	for (unsigned i = 0; i < POST_COUNT; i++)
		known[i] = plan_post_name((enum plan_post)i);
	for (size_t i = 0; i < count; i++) {
		enum plan_post post;
		if (plan_post_of_name(names[i], &post))
			group->posts[post] = true;
		else
			complain(base->complaints, base->file, node->line,
			    "There is no post `%.40s`. %s", names[i],
			    document_advice(base->arena, names[i], known, POST_COUNT));
	}
	if (count == 0)
		complain(base->complaints, base->file, node->line,
		    "`posts` is empty. Write posts: [reporter].");
}

static void read_group(struct plan_reader *reader, const struct tree *map, struct plan_group *group)
{
	static const char *const keys[] = {"people", "posts", "for"};
	const struct tree_reader *base = &reader->base;
	const struct tree *people = tree_get(map, "people"), *posts = tree_get(map, "posts");
	tree_check_keys(base, map, keys, COUNT_OF(keys));
	group->code = map->key;
	group->line = map->key_line;
	if ((people == NULL) == (posts == NULL)) {
		complain(base->complaints, base->file, group->line,
		    "The group `%s` needs either `people: [CODE]`, or `posts: [reporter]` with "
		    "`for: {kinds: [commune]}`.",
		    group->code);
		return;
	}
	if (posts != NULL) {
		read_posts(reader, posts, group);
		plan_read_audience(reader, map, &group->units);
		return;
	}
	read_people(reader, people, group);
	if (tree_get(map, "for") != NULL)
		complain(base->complaints, base->file, tree_get(map, "for")->line,
		    "`for` does not go with `people`. Remove it, or write `posts`.");
}

void plan_read_groups(struct plan_reader *reader, const struct tree *node)
{
	const struct tree **children;
	struct plan *plan = reader->plan;
	size_t count =
	    plan_read_codes(reader, node, "groups", TREE_MAP, TREE_MAP, PLAN_GROUPS_MAX, &children);
	plan->groups = arena_alloc(reader->base.arena, (count + 1) * sizeof *plan->groups);
	plan->group_count = count;
	for (size_t i = 0; i < count; i++)
		read_group(reader, children[i], &plan->groups[i]);
}
