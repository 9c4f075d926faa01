/*
 * Owns: finding texts among many: text → position, in an arena.
 * May use: base/.
 * Must not know: what the texts are.
 */
#ifndef DOCUMENT_TEXT_INDEX_H
#define DOCUMENT_TEXT_INDEX_H

#include "base/memory.h"

#define TEXT_INDEX_NONE ((size_t)-1)

struct text_index {
	struct arena *arena;
	struct text_slot *slots;
	size_t count, capacity; /* capacity is a power of two, or 0 */
};

/* The position put in for `text`, or TEXT_INDEX_NONE. */
size_t text_index_find(const struct text_index *index, const char *text);
/* Puts in a text that is not there yet; `text` is borrowed for the index's life. */
void text_index_put(struct text_index *index, const char *text, size_t position);

#endif
