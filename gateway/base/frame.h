/*
 * Owns: framed binary messages over a stream socket: length, type, fields.
 * May use: base/buffer.
 * Must not know: what the messages mean (modem/protocol.h).
 *
 * On the wire: u32 length of what follows, u8 type, then fields in the order the protocol states.
 * An integer is 8 bytes, a text is u32 length + bytes + NUL; all in the machine's byte order (both
 * ends are processes of one machine).
 */
#ifndef BASE_FRAME_H
#define BASE_FRAME_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

#define FRAME_MAX (64 * 1024)

/* Writing: frame_begin, frame_put_* in the protocol's order, frame_end. Appends to `out`. */
size_t frame_begin(struct buffer *out, uint8_t type); /* returns the mark that frame_end wants */
void frame_put_int(struct buffer *out, int64_t value);
void frame_put_text(struct buffer *out, const char *text); /* NULL is written as "" */
void frame_end(struct buffer *out, size_t mark);

/* Reading. A frame points into the buffer it was read from and is valid until that changes. */
struct frame {
	uint8_t type;
	const char *next, *end;
	bool malformed; /* sticky: a field was missing or overran; getters then give 0 and "" */
};

/* Looks for a whole frame at the start of `in`. Returns 1 and the frame's size in *size (give it
 * to buffer_consume when done), 0 when more bytes are needed, -1 when the stream is broken. */
int frame_peek(const struct buffer *in, struct frame *frame, size_t *size);
int64_t frame_get_int(struct frame *frame);
const char *frame_get_text(struct frame *frame); /* never NULL */

#endif
