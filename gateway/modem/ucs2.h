/*
 * Owns: the way between UTF-8 and libgammu's text: UTF-16, big-endian, ended by two zero bytes.
 * May use: base/buffer.h.
 * Must not know: libgammu (its own converters check no bounds).
 */
#ifndef MODEM_UCS2_H
#define MODEM_UCS2_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Writes `text` (UTF-8) to `out`, which holds `units` 16-bit units, the closing zero included.
 * Returns false, with `out` empty, when the text is not UTF-8 or does not fit. Any thread. */
bool ucs2_from_utf8(unsigned char *out, size_t units, const char *text);

/* How many septets `text` (libgammu's, ended by zero) takes in the GSM 7-bit default alphabet (3GPP
 * TS 23.038, 6.2.1): 1 a letter, 2 for one of the extension table. -1 when a letter is not in it;
 * the library would quietly replace that one. Any thread. */
int ucs2_count_septets(const unsigned char *text);

/* Appends to `out` what stands in `in` up to its zero or to `units` units. A lone surrogate
 * becomes U+FFFD. Any thread. */
void ucs2_to_utf8(struct buffer *out, const unsigned char *in, size_t units);

#endif
