/*
 * Owns: to whom a step speaks, who stands in, and which way to go after a failure.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, moments, loop, store.
 */
#include "scheduler/recipients.h"

#include <string.h>

static const struct {
	enum plan_post then;
	const char *reason;
} stand_in[POST_COUNT] = {
    [POST_REPORTER] = {POST_DEPUTY, "reporter-unreachable"},
    [POST_DEPUTY] = {POST_LEADER, "deputy-unreachable"},
    [POST_LEADER] = {POST_COUNT, NULL},
    [POST_COORDINATOR] = {POST_COUNT, NULL},
};

static bool can_be_reached(const struct store_contact *contact)
{
	bool by_phone = contact->phone != NULL && contact->phone[0] != '\0' && !contact->suspended;
	return by_phone || contact->address_count > 0;
}

/* The coordinators are the owner's, whatever unit they belong to. */
static bool holds(const struct store_contact *contact, const struct plan_step *step,
    const struct store_due_obligation *obligation, enum plan_post post)
{
	const char *unit = step->to_parent ? obligation->parent_code : obligation->unit_code;
	if (strcmp(contact->post, plan_post_name(post)) != 0)
		return false;
	return post == POST_COORDINATOR || strcmp(contact->unit_code, unit) == 0;
}

/* ── at first ────────────────────────────────────────────────────────────────────────────────── */

static void add(struct recipients *recipients, const struct store_contact *contact)
{
	for (size_t i = 0; i < recipients->count; i++)
		if (recipients->items[i]->person_id == contact->person_id)
			return;
	recipients->items[recipients->count++] = contact;
}

static void add_holders(struct recipients *recipients, const struct plan_step *step,
    const struct store_due_obligation *obligation, enum plan_post post)
{
	for (size_t i = 0; i < obligation->contact_count; i++)
		if (holds(&obligation->contacts[i], step, obligation, post) &&
		    can_be_reached(&obligation->contacts[i]))
			add(recipients, &obligation->contacts[i]);
}

static void add_group(struct recipients *recipients, const struct store_group_members *members)
{
	for (size_t i = 0; i < members->count; i++)
		if (can_be_reached(&members->contacts[i]))
			add(recipients, &members->contacts[i]);
}

static const struct store_group_members *find_group(
    const struct store_due_obligation *obligation, const struct plan_group *group)
{
	static const struct store_group_members nobody;
	for (size_t i = 0; i < obligation->group_count; i++)
		if (strcmp(obligation->groups[i].code, group->code) == 0)
			return &obligation->groups[i];
	return &nobody;
}

struct recipients recipients_of_step(struct arena *arena, const struct plan_step *step,
    const struct store_due_obligation *obligation)
{
	struct recipients recipients = {0};
	const struct store_group_members *members =
	    step->group != NULL ? find_group(obligation, step->group) : NULL;
	size_t most = members != NULL ? members->count : obligation->contact_count;
	recipients.items = arena_alloc(arena, (most + 1) * sizeof(struct store_contact *));
	if (members != NULL) {
		add_group(&recipients, members);
		return recipients;
	}
	for (enum plan_post post = step->to; post != POST_COUNT; post = stand_in[post].then) {
		add_holders(&recipients, step, obligation, post);
		if (recipients.count > 0)
			break;
		if (stand_in[post].reason != NULL)
			recipients.reason = stand_in[post].reason;
	}
	return recipients;
}

static struct store_group look_up_of(struct arena *arena, const struct plan_group *group)
{
	const char **posts = arena_alloc(arena, POST_COUNT * sizeof *posts);
	struct store_group out = {
	    .code = group->code,
	    .people = group->people,
	    .person_count = group->person_count,
	    .posts = posts,
	    .kinds = group->units.kinds,
	    .kind_count = group->units.kind_count,
	    .units = group->units.units,
	    .unit_count = group->units.unit_count,
	};
	for (unsigned post = 0; post < POST_COUNT; post++)
		if (group->posts[post])
			posts[out.post_count++] = plan_post_name((enum plan_post)post);
	return out;
}

size_t recipients_groups(
    struct arena *arena, const struct plan_ladder *ladder, const struct store_group **out)
{
	size_t count = 0;
	for (size_t i = 0; i < ladder->step_count; i++)
		count += ladder->steps[i].group != NULL;
	if (count == 0)
		return 0;
	struct store_group *groups = arena_alloc(arena, count * sizeof *groups);
	count = 0;
	for (size_t i = 0; i < ladder->step_count; i++)
		if (ladder->steps[i].group != NULL)
			groups[count++] = look_up_of(arena, ladder->steps[i].group);
	*out = groups;
	return count;
}

/* ── after a failure ─────────────────────────────────────────────────────────────────────────── */

struct way_search {
	struct arena *arena;
	const struct way_question *asked;
	int first, index;
	struct way *out;
};

/* Walks over the ways to one contact; true when the one looked for is among them. */
static bool try_contact(
    struct way_search *search, const struct store_contact *contact, const char *reason)
{
	const struct way_question *asked = search->asked;
	struct way_slot slots[WAY_SLOTS_MAX];
	int count = (int)ways_list(
	    search->arena, asked->table, asked->step, contact->prefers, asked->last_call, slots);
	int base = search->index;
	search->index += count;
	for (int at = base < search->first ? search->first : base; at < search->index; at++) {
		struct store_address to;
		if (!ways_reach(contact, &slots[at - base], &to))
			continue;
		*search->out =
		    (struct way){.index = at, .contact = contact, .to = to, .reason = reason};
		return true;
	}
	return false;
}

static bool is_same(const struct store_contact *one, const struct store_contact *other)
{
	if (one->phone[0] == '\0' || other->phone[0] == '\0')
		return one->person_id == other->person_id;
	return strcmp(one->phone, other->phone) == 0;
}

static bool was_before(const struct way_search *search, const struct store_contact *contact)
{
	const struct store_due_obligation *obligation = search->asked->obligation;
	if (is_same(contact, search->asked->meant))
		return true;
	for (const struct store_contact *one = obligation->contacts; one < contact; one++)
		if (is_same(one, contact) &&
		    holds(one, search->asked->step, obligation, POST_DEPUTY))
			return true;
	return false;
}

static bool try_stand_ins(struct way_search *search, enum plan_post post, const char *reason)
{
	const struct store_due_obligation *obligation = search->asked->obligation;
	for (size_t i = 0; i < obligation->contact_count; i++) {
		const struct store_contact *contact = &obligation->contacts[i];
		if (holds(contact, search->asked->step, obligation, post) &&
		    !was_before(search, contact) && try_contact(search, contact, reason))
			return true;
	}
	return false;
}

static enum plan_post post_of(const struct way_question *asked)
{
	const struct store_due_obligation *obligation = asked->obligation;
	for (unsigned post = asked->step->to; post < POST_COUNT; post++)
		for (size_t i = 0; i < obligation->contact_count; i++)
			if (obligation->contacts[i].person_id == asked->meant->person_id &&
			    holds(&obligation->contacts[i], asked->step, obligation,
				(enum plan_post)post))
				return (enum plan_post)post;
	return asked->step->to;
}

bool recipients_find_way(
    struct arena *arena, const struct way_question *question, int first, struct way *out)
{
	struct way_search search = {.arena = arena, .asked = question, .first = first, .out = out};
	if (try_contact(&search, question->meant, NULL))
		return true;
	if (question->step->group != NULL)
		return false;
	for (enum plan_post post = post_of(question); stand_in[post].then != POST_COUNT;
	     post = stand_in[post].then)
		if (try_stand_ins(&search, stand_in[post].then, stand_in[post].reason))
			return true;
	return false;
}
