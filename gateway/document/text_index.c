/*
 * Owns: a hash table with open addressing over borrowed texts.
 * May use: base/.
 * Must not know: what the texts are.
 */
#include "document/text_index.h"

#include "base/hash.h"

#include <stdint.h>
#include <string.h>

struct text_slot {
	const char *text; /* NULL: free */
	size_t position;
};

/* The slot that holds the text, or the free one where it belongs. */
static struct text_slot *slot_of(const struct text_index *index, const char *text)
{
	uint64_t hash = hash_text(text);
	size_t at = (size_t)(hash ^ hash >> 32) & (index->capacity - 1);
	while (index->slots[at].text != NULL && strcmp(index->slots[at].text, text) != 0)
		at = (at + 1) & (index->capacity - 1);
	return &index->slots[at];
}

size_t text_index_find(const struct text_index *index, const char *text)
{
	if (index->capacity == 0)
		return TEXT_INDEX_NONE;
	const struct text_slot *slot = slot_of(index, text);
	return slot->text == NULL ? TEXT_INDEX_NONE : slot->position;
}

static void grow(struct text_index *index)
{
	struct text_index larger = {
	    .arena = index->arena, .capacity = index->capacity ? index->capacity * 2 : 64};
	larger.slots = arena_alloc(index->arena, larger.capacity * sizeof *larger.slots);
	for (size_t i = 0; i < index->capacity; i++)
		if (index->slots[i].text != NULL)
			*slot_of(&larger, index->slots[i].text) = index->slots[i];
	larger.count = index->count;
	*index = larger;
}

void text_index_put(struct text_index *index, const char *text, size_t position)
{
	if (index->count * 2 >= index->capacity)
		grow(index);
	*slot_of(index, text) = (struct text_slot){.text = text, .position = position};
	index->count++;
}
