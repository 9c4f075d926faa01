/*
 * Owns: allocation that cannot fail, arenas.
 * May use: libc.
 * Must not know: the product.
 */
#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_BLOCK 4096

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	max_align_t data[];
};

struct arena {
	struct arena_block *first;
	struct arena_block *spare; /* empty ones, zeroed */
};

static void *checked(void *p)
{
	if (p == NULL) {
		fputs("nhacviec: out of memory\n", stderr);
		abort();
	}
	return p;
}

void *memory_new(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

void *memory_resize(void *p, size_t size)
{
	return checked(realloc(p, size ? size : 1));
}

char *memory_copy_text(const char *text)
{
	return text == NULL ? NULL : checked(strdup(text));
}

void memory_free(void *p)
{
	free(p);
}

void memory_free_text(char **text)
{
	free(*text);
	*text = NULL;
}

struct arena *arena_new(void)
{
	return memory_new(sizeof(struct arena));
}

static void free_blocks(struct arena_block *block)
{
	while (block != NULL) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
}

void arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	free_blocks(arena->first);
	free_blocks(arena->spare);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	while (arena->first != NULL) {
		struct arena_block *block = arena->first;
		arena->first = block->next;
		memset(block->data, 0, block->used);
		block->used = 0;
		block->next = arena->spare;
		arena->spare = block;
	}
}

void arena_adopt(struct arena *arena, struct arena *other)
{
	struct arena_block **link = &arena->first;
	while (*link != NULL)
		link = &(*link)->next;
	*link = other->first;
	free_blocks(other->spare);
	free(other);
}

/* A spare block with that much room, taken out of the list; NULL when there is none. */
static struct arena_block *take_spare(struct arena *arena, size_t size)
{
	for (struct arena_block **at = &arena->spare; *at != NULL; at = &(*at)->next) {
		struct arena_block *block = *at;
		if (block->size < size)
			continue;
		*at = block->next;
		return block;
	}
	return NULL;
}

static struct arena_block *new_block(size_t size)
{
	size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;
	struct arena_block *block = memory_new(sizeof *block + room);
	block->size = room;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = sizeof(max_align_t);
	size = (size + align - 1) / align * align;
	struct arena_block *block = arena->first;
	if (block == NULL || block->size - block->used < size) {
		block = take_spare(arena, size);
		if (block == NULL)
			block = new_block(size);
		block->next = arena->first;
		arena->first = block;
	}
	void *p = (char *)block->data + block->used;
	block->used += size;
	return p;
}

char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);
	if (len > 0)
		memcpy(copy, bytes, len);
	return copy;
}

char *arena_copy(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_copy_bytes(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}
