/*
 * Owns: the fuzz target of base/frame: any stream is a row of frames, waits, or is refused; getters
 * never leave the frame.
 * May use: base/frame.h.
 * Must not know: what frames carry.
 *
 * Seeds: none needed.
 */
#include "base/frame.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_fields(struct frame *frame)
{
	const char *end = frame->end;
	for (int i = 0; i < 200 && !frame->malformed; i++) {
		if (i % 2 == 0)
			frame_get_int(frame);
		else if (strlen(frame_get_text(frame)) > FRAME_MAX)
			abort();
		if (frame->next > end)
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	OWNED_BUFFER in = BUFFER((size_t)4 * FRAME_MAX);
	buffer_add(&in, data, size);
	struct frame frame;
	size_t frame_size;
	while (frame_peek(&in, &frame, &frame_size) == 1) {
		if (frame_size == 0 || frame_size > in.len)
			abort();
		read_fields(&frame);
		buffer_consume(&in, frame_size);
	}
	return 0;
}
