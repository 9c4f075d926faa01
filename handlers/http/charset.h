/*
 * Owns: texts of programs in other encodings.
 * May use: base/, iconv.
 * Must not know: what the texts are for.
 */
#ifndef HTTP_CHARSET_H
#define HTTP_CHARSET_H

#include "base/memory.h"

/* The bytes as UTF-8 without control characters but line ends; NULL when the encoding is not known,
 * the bytes are not of it, or the text has more than `most` bytes. In the arena. */
const char *charset_to_utf8(
    struct arena *arena, const char *bytes, size_t len, const char *charset, size_t most);

#endif
