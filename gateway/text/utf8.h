/*
 * Owns: walking over the code points of a UTF-8 text.
 * May use: libc.
 * Must not know: letters, encodings of SMS.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The code point at *text, and moves past it; 0 at the end. A byte that begins no valid sequence is
 * U+FFFD and one byte long. */
uint32_t utf8_next(const char **text);

/* Writes the UTF-8 bytes of a code point, and a NUL; returns how many bytes (1…4). */
int utf8_put(uint32_t codepoint, char out[5]);

/* How many code points. */
size_t utf8_length(const char *text);

#endif
