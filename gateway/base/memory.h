/*
 * Owns: allocation that cannot fail, arenas, growable arrays.
 * May use: libc.
 * Must not know: the product. Every size that comes from outside meets a limit before it comes
 * here.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

/* As malloc/calloc/realloc/strdup, but abort with a message when memory is out. */
void *memory_new(size_t size); /* zeroed */
void *memory_resize(void *p, size_t size);
char *memory_copy_text(const char *text); /* NULL stays NULL */
void memory_free(void *p);                /* NULL is fine */

/* Makes room for one more item: `items` is a pointer to an array with `count` used of `capacity`.
 */
#define ARRAY_GROW(items, count, capacity)                                                         \
	((count) < (capacity)                                                                      \
		? (void)0                                                                          \
		: (void)((items) = memory_resize((items),                                          \
			     ((capacity) = (capacity) ? (capacity)*2 : 8) * sizeof *(items))))

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* For `__attribute__((cleanup(…)))`: frees what a `char *` local points at. */
void memory_free_text(char **text);
#define OWNED_TEXT __attribute__((cleanup(memory_free_text))) char *

/* An arena: memory that is freed all at once. Not for more than one thread. */
struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);                       /* NULL is fine */
void arena_adopt(struct arena *arena, struct arena *other); /* other's memory lives with arena */
/* Everything in it is gone, its memory stays for what comes next: no more is taken from the system
 * than the most that was in it at once. */
void arena_reset(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size);     /* zeroed, aligned for any type */
char *arena_copy(struct arena *arena, const char *text); /* NULL stays NULL */
char *arena_copy_bytes(struct arena *arena, const void *bytes, size_t len); /* NUL added */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
