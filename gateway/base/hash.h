/*
 * Owns: telling texts apart by a number.
 * May use: libc.
 * Must not know: what is hashed. No secret: whoever knows the text knows the number.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

/* FNV-1a, 64 bits (Fowler, Noll, Vo): the same number on every machine, so it may be stored. */
static inline uint64_t hash_text(const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return hash;
}

#endif
