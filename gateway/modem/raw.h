/*
 * Owns: the few AT commands spoken past libgammu, where its decoder must be kept off a text.
 * May use: POSIX, base/buffer.h.
 * Must not know: libgammu, frames.
 *
 * Source: 3GPP TS 27.005, PDU mode. Not to be mixed with a call into libgammu; after one of these
 * the session must be connected anew, for libgammu keeps in mind which memory is chosen.
 */
#ifndef MODEM_RAW_H
#define MODEM_RAW_H

#include "base/buffer.h"

enum raw_result {
	RAW_DONE,
	RAW_REFUSED, /* the modem said no: an empty slot, or not a text that came in */
	RAW_SILENT,  /* no answer in time, or the device went away */
};

/* Appends to `hex` the PDU of a text or report that lies in slot `index` of `memory` ("SM", "ME").
 * Blocks for up to 10 s. */
enum raw_result raw_read_slot(int tty, const char *memory, int index, struct buffer *hex);

/* Empties the slot. Blocks for up to 10 s. */
enum raw_result raw_delete_slot(int tty, const char *memory, int index);

#endif
