/*
 * Owns: encoding and decoding of frames.
 * May use: base/buffer.
 * Must not know: what the messages mean.
 */
#include "base/frame.h"

#include <string.h>

size_t frame_begin(struct buffer *out, uint8_t type)
{
	size_t mark = out->len;
	uint32_t length = 0;
	buffer_add(out, &length, sizeof length);
	buffer_add(out, &type, sizeof type);
	return mark;
}

void frame_put_int(struct buffer *out, int64_t value)
{
	buffer_add(out, &value, sizeof value);
}

void frame_put_text(struct buffer *out, const char *text)
{
	if (text == NULL)
		text = "";
	uint32_t length = (uint32_t)strlen(text);
	buffer_add(out, &length, sizeof length);
	buffer_add(out, text, (size_t)length + 1);
}

void frame_end(struct buffer *out, size_t mark)
{
	if (out->overflow)
		return;
	uint32_t length = (uint32_t)(out->len - mark - sizeof length);
	memcpy(out->data + mark, &length, sizeof length);
}

int frame_peek(const struct buffer *in, struct frame *frame, size_t *size)
{
	uint32_t length;
	if (in->len < sizeof length)
		return 0;
	memcpy(&length, in->data, sizeof length);
	if (length < 1 || length > FRAME_MAX)
		return -1;
	if (in->len < sizeof length + length)
		return 0;
	const char *start = in->data + sizeof length;
	*frame = (struct frame){
	    .type = (uint8_t)start[0],
	    .next = start + 1,
	    .end = start + length,
	};
	*size = sizeof length + length;
	return 1;
}

static const char *take(struct frame *frame, size_t len)
{
	if (frame->malformed || (size_t)(frame->end - frame->next) < len) {
		frame->malformed = true;
		return NULL;
	}
	const char *p = frame->next;
	frame->next += len;
	return p;
}

int64_t frame_get_int(struct frame *frame)
{
	int64_t value = 0;
	const char *p = take(frame, sizeof value);
	if (p != NULL)
		memcpy(&value, p, sizeof value);
	return value;
}

const char *frame_get_text(struct frame *frame)
{
	uint32_t length = 0;
	const char *p = take(frame, sizeof length);
	if (p != NULL)
		memcpy(&length, p, sizeof length);
	p = frame->malformed ? NULL : take(frame, (size_t)length + 1);
	if (p == NULL || p[length] != '\0' || memchr(p, '\0', length) != NULL) {
		frame->malformed = true;
		return "";
	}
	return p;
}
