/*
 * Owns: what became of one submitted part, and its frame.
 * May use: base/frame.h, modem/protocol.h.
 * Must not know: libgammu, sockets, files.
 */
#ifndef MODEM_OUTCOME_H
#define MODEM_OUTCOME_H

#include "base/buffer.h"
#include "modem/protocol.h"

#include <stdint.h>

struct outcome {
	int64_t attempt;
	int part;
	enum modem_outcome result;
	int code;      /* CMS/CME or 0 */
	int reference; /* 0…255 or -1 */
	char detail[160];
};

/* Appends the MODEM_EVENT_OUTCOME frame. Any thread. */
void outcome_encode(struct buffer *out, const struct outcome *outcome);

#endif
