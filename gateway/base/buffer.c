/*
 * Owns: the bounded byte buffer.
 * May use: base/memory.
 * Must not know: the product.
 */
#include "base/buffer.h"

#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct buffer *buffer, size_t more)
{
	if (buffer->overflow || more > buffer->max - buffer->len) {
		buffer->overflow = true;
		return false;
	}
	if (buffer->len + more + 1 > buffer->capacity) {
		size_t capacity = buffer->capacity ? buffer->capacity : 64;
		while (capacity < buffer->len + more + 1)
			capacity *= 2;
		buffer->data = memory_resize(buffer->data, capacity);
		buffer->capacity = capacity;
	}
	return true;
}

void buffer_clear(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = BUFFER(buffer->max);
}

void buffer_reset(struct buffer *buffer)
{
	buffer->len = 0;
	buffer->overflow = false;
	if (buffer->data != NULL)
		buffer->data[0] = '\0';
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t len)
{
	if (!make_room(buffer, len))
		return;
	if (len > 0)
		memcpy(buffer->data + buffer->len, bytes, len);
	buffer->len += len;
	buffer->data[buffer->len] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
	buffer_add(buffer, text, strlen(text));
}

void buffer_add_char(struct buffer *buffer, char c)
{
	buffer_add(buffer, &c, 1);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len >= 0 && make_room(buffer, (size_t)len)) {
		vsnprintf(buffer->data + buffer->len, (size_t)len + 1, format, again);
		buffer->len += (size_t)len;
	}
	va_end(again);
}

void buffer_consume(struct buffer *buffer, size_t len)
{
	if (len >= buffer->len) {
		buffer_reset(buffer);
		return;
	}
	memmove(buffer->data, buffer->data + len, buffer->len - len + 1);
	buffer->len -= len;
}

const char *buffer_text(const struct buffer *buffer)
{
	return buffer->data != NULL ? buffer->data : "";
}

char *buffer_take(struct buffer *buffer)
{
	char *text = buffer->data != NULL ? buffer->data : memory_copy_text("");
	*buffer = BUFFER(buffer->max);
	return text;
}
