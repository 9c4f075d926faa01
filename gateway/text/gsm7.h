/*
 * Owns: the GSM 7-bit default alphabet and its extension table.
 * May use: libc.
 * Must not know: parts, modems.
 *
 * Source: 3GPP TS 23.038 sections 6.2.1 and 6.2.1.1.
 */
#ifndef TEXT_GSM7_H
#define TEXT_GSM7_H

#include <stdint.h>

#define GSM7_ESCAPE 0x1B

/* Writes the septets of a character: returns 1, 2 (escape pair), or 0 when it is not in the
 * alphabet. */
int gsm7_encode(uint32_t codepoint, uint8_t septets[2]);

/* How many septets the character takes: 1, 2 or 0. */
int gsm7_septets_of(uint32_t codepoint);

/* The character of a septet, or of the septet after an escape. Unknown extensions are a space, as
 * the standard asks. */
uint32_t gsm7_decode(uint8_t septet);
uint32_t gsm7_decode_extension(uint8_t septet);

#endif
