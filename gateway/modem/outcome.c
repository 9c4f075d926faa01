/*
 * Owns: the frame of an outcome.
 * May use: base/frame.h, modem/protocol.h.
 * Must not know: libgammu, sockets, files.
 */
#include "modem/outcome.h"

#include "base/frame.h"

void outcome_encode(struct buffer *out, const struct outcome *outcome)
{
	size_t mark = frame_begin(out, MODEM_EVENT_OUTCOME);
	frame_put_int(out, outcome->attempt);
	frame_put_int(out, outcome->part);
	frame_put_int(out, outcome->result);
	frame_put_int(out, outcome->code);
	frame_put_int(out, outcome->reference);
	frame_put_text(out, outcome->detail);
	frame_end(out, mark);
}
