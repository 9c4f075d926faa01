/*
 * Owns: a byte buffer that grows up to a stated bound; all text is built with it.
 * May use: base/memory.
 * Must not know: the product.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Once `overflow` is set the buffer takes nothing more; the caller checks it once, at the end. */
struct buffer {
	char *data; /* NUL after len bytes whenever data is not NULL */
	size_t len, capacity, max;
	bool overflow;
};

#define BUFFER(max_bytes) ((struct buffer){.max = (max_bytes)})

void buffer_clear(struct buffer *buffer); /* frees; may be used again */
void buffer_reset(struct buffer *buffer); /* empties, keeps the memory */
void buffer_add(struct buffer *buffer, const void *bytes, size_t len);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_consume(struct buffer *buffer, size_t len); /* drops the first len bytes */
const char *buffer_text(const struct buffer *buffer);   /* never NULL */
char *buffer_take(struct buffer *buffer); /* hands the text over (caller frees) and empties */

#define OWNED_BUFFER __attribute__((cleanup(buffer_clear))) struct buffer

#endif
