/*
 * Owns: the bare letters and digits of a text, for codes that people write in their own way.
 * May use: base/, text/letters.h.
 * Must not know: what the codes stand for.
 */
#ifndef TEXT_SQUEEZE_H
#define TEXT_SQUEEZE_H

#include <stddef.h>

/* "NGOC-CON", "Ngọc Côn" and "ngoccon" all become "ngoccon". Writes at most `room` bytes, the NUL
 * included; what is longer is cut. `room` ≥ 1. */
void squeeze_text(const char *text, char *out, size_t room);

#endif
