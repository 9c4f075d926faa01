/*
 * Owns: what one code point is to a reader of Vietnamese: its plain letter, its marks, its tone.
 * May use: base/, utf8proc.
 * Must not know: words.
 *
 * Pure and thread-safe.
 */
#ifndef TEXT_LETTER_H
#define TEXT_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum letter_mark { MARK_BAR = 1, MARK_HAT = 2, MARK_BREVE = 4, MARK_HORN = 8 };
enum letter_tone { TONE_NONE, TONE_GRAVE, TONE_ACUTE, TONE_HOOK, TONE_TILDE, TONE_DOT };

struct letter {
	char base;     /* a-z, 0-9; 0: no letter by itself */
	uint8_t marks; /* of enum letter_mark */
	uint8_t tone;  /* enum letter_tone */
	bool upper;
	bool combining; /* marks or tone belong to the letter before it */
};

/* "Ộ" → o, hat, dot, upper. Full-width forms count as plain, Ð and Ɖ as Đ. */
struct letter letter_of_codepoint(uint32_t codepoint);

/* A letter of the old single-byte encoding TCVN3 (ABC), bytes 0xA1 to 0xFE; base 0: none. */
struct letter letter_of_tcvn3(uint8_t byte);

#endif
