/*
 * Owns: a text as words: letters with their marks, and what stands between them.
 * May use: base/, text/letter.h.
 * Must not know: what any word means.
 *
 * A word is a run of letters or a run of digits: "6thang" is two words without a gap.
 */
#ifndef UNDERSTAND_WORDS_H
#define UNDERSTAND_WORDS_H

#include "text/letter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORDS_MAX 200
#define WORDS_LETTERS_MAX 1800
#define WORD_LETTERS_MAX 40

/* What stands before a word; of several signs the last in this list. */
enum gap {
	GAP_NONE,
	GAP_SPACE,
	GAP_SIGN, /* any sign without a name here */
	GAP_AT,   /* @ */
	GAP_DASH,
	GAP_SLASH,
	GAP_EQUALS,
	GAP_COLON,
	GAP_COMMA, /* also brackets */
	GAP_DOT,
	GAP_STOP, /* ; ! ? and the text's beginning */
	GAP_LINE,
};

struct word {
	uint16_t first; /* of its letters, in words->letters */
	uint8_t count;
	uint8_t gap;         /* enum gap, before it */
	uint8_t marks, tone; /* all of its letters' */
	bool spaced;         /* the gap holds a blank, too */
	bool digits;
	bool capital;  /* begins with a capital letter */
	bool shouted;  /* all letters are capitals, at least two */
	bool asked;    /* a question mark stands right behind it */
	bool quoted;   /* inside quotation marks */
	uint16_t from; /* bytes of the text, [from, to) */
	uint16_t to;
	uint64_t key; /* its plain letters packed, words_key(); 0 when it is too long */
	int value;    /* of digits; INT_MAX when there are more than nine */
};

struct words {
	struct word items[WORDS_MAX + 8]; /* looked at a little ahead */
	size_t count;
	struct letter letters[WORDS_LETTERS_MAX];
	size_t letter_count;
	size_t marked;      /* words with marks or tone */
	bool question_mark; /* anywhere */
	bool ends_asking;   /* behind the last word */
	bool cut;           /* the text is longer, or holds what can't be read */
	bool strange;       /* signs that are no part of a short answer: % = + # … */
};

/* A table of letters by code point, made once: letter_of_codepoint is slow. */
#define WORDS_LETTER_TABLE 0x2000
void words_fill_table(struct letter table[WORDS_LETTER_TABLE]);

/* `text` is UTF-8 as it came, or bytes of the old encoding TCVN3, also when these were taken for
 * Latin-1 on their way. At most 64 KiB are looked at. */
void words_read(struct words *words, const char *text, const struct letter *table);

/* Plain letters packed six bits each; 0 for more than ten of them or none. */
uint64_t words_key(const struct letter *letters, size_t count);
uint64_t words_key_of_text(const char *plain); /* a-z 0-9 */
/* The keys of the words of a name; returns how many, at most `max`. */
size_t words_keys_of_name(const char *name, const struct letter *table, uint64_t *keys, size_t max);

/* The word's plain letters, NUL added; `out` holds WORD_LETTERS_MAX + 1. */
void words_plain(const struct words *words, const struct word *word, char *out);

#endif
