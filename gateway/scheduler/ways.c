/*
 * Owns: the order of ways to one person.
 * May use: base/, plan/, store/operations.h.
 * Must not know: texts, moments, who stands in, providers.
 */
#include "scheduler/ways.h"

#include <string.h>

bool way_is_phone(const char *kind)
{
	return strcmp(kind, ADDRESS_KIND_PHONE) == 0;
}

struct slots {
	struct way_slot *items;
	size_t count;
};

static void add(struct slots *slots, const char *kind, const char *channel)
{
	for (size_t i = 0; i < slots->count; i++) {
		const char *other = slots->items[i].channel;
		if (strcmp(slots->items[i].kind, kind) == 0 &&
		    (channel == NULL || other == NULL ? channel == other
						      : strcmp(channel, other) == 0))
			return;
	}
	if (slots->count < WAY_SLOTS_MAX)
		slots->items[slots->count++] = (struct way_slot){kind, channel};
}

/* A channel's name, a kind of the table, or the word for SMS. False: none of these. */
static bool add_word(struct slots *slots, const struct way_table *table, const char *word)
{
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->items[i].name, word) == 0) {
			add(slots, table->items[i].kind, table->items[i].name);
			return true;
		}
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->items[i].kind, word) == 0) {
			add(slots, table->items[i].kind, NULL);
			return true;
		}
	if (strcmp(word, WAY_SMS) != 0 && !way_is_phone(word))
		return false;
	add(slots, ADDRESS_KIND_PHONE, NULL);
	return true;
}

static void add_preferred(
    struct slots *slots, struct arena *arena, const struct way_table *table, const char *prefers)
{
	static const char gaps[] = ", ";
	for (const char *at = prefers + strspn(prefers, gaps); *at != '\0';) {
		size_t len = strcspn(at, gaps);
		add_word(slots, table, arena_copy_bytes(arena, at, len));
		at += len;
		at += strspn(at, gaps);
	}
}

static void add_all(struct slots *slots, const struct way_table *table)
{
	for (size_t i = 0; i < table->count && slots->count + 1 < WAY_SLOTS_MAX; i++)
		if (!way_is_phone(table->items[i].kind))
			add(slots, table->items[i].kind, NULL);
	add(slots, ADDRESS_KIND_PHONE, NULL);
}

/* SMS to the front, all else in its order. */
static void put_phones_first(struct slots *slots)
{
	struct way_slot sorted[WAY_SLOTS_MAX];
	size_t count = 0;
	for (int phones = 1; phones >= 0; phones--)
		for (size_t i = 0; i < slots->count; i++)
			if (way_is_phone(slots->items[i].kind) == (phones == 1))
				sorted[count++] = slots->items[i];
	memcpy(slots->items, sorted, count * sizeof *sorted);
}

size_t ways_list(struct arena *arena, const struct way_table *table, const struct plan_step *step,
    const char *prefers, bool last_call, struct way_slot out[WAY_SLOTS_MAX])
{
	struct slots slots = {out, 0};
	for (size_t i = 0; i < step->channel_count; i++)
		if (!add_word(&slots, table, step->channels[i]))
			add(&slots, ADDRESS_KIND_PHONE, step->channels[i]);
	if (step->channel_count == 0) {
		if (prefers != NULL)
			add_preferred(&slots, arena, table, prefers);
		add_all(&slots, table);
	}
	if (last_call)
		put_phones_first(&slots);
	return slots.count;
}

bool ways_reach(
    const struct store_contact *contact, const struct way_slot *slot, struct store_address *out)
{
	if (way_is_phone(slot->kind)) {
		*out = (struct store_address){ADDRESS_KIND_PHONE, contact->phone, slot->channel};
		return contact->phone != NULL && contact->phone[0] != '\0' && !contact->suspended;
	}
	for (size_t i = 0; i < contact->address_count; i++) {
		const struct store_address *address = &contact->addresses[i];
		if (strcmp(address->kind, slot->kind) != 0 ||
		    (slot->channel != NULL && strcmp(address->channel, slot->channel) != 0))
			continue;
		*out = *address;
		if (out->channel[0] == '\0')
			out->channel = NULL;
		return true;
	}
	return false;
}

int ways_price(const struct way_table *table, const struct store_address *to)
{
	for (size_t i = 0; i < table->count; i++)
		if (to->channel != NULL && strcmp(table->items[i].name, to->channel) == 0)
			return table->items[i].price;
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->items[i].kind, to->kind) == 0)
			return table->items[i].price;
	return 0;
}
