/*
 * Owns: the vocabulary, compiled: from spelled words to phrases to concepts.
 * May use: base/, understand/words.h, understand/vocabulary.h.
 * Must not know: what stands in a text around a word.
 *
 * A word of the vocabulary is its plain letters, the marks on them, and its tone. A spelled word
 * may stand for it when it has the same letters and no mark or tone that the word has not: "da" and
 * "đa" may be "đã", "dá" may not. Hook and tilde are one tone, as in half of the country. Immutable
 * once made; threads may share it.
 */
#ifndef UNDERSTAND_LEXICON_H
#define UNDERSTAND_LEXICON_H

#include "understand/understand.h"
#include "understand/vocabulary.h"
#include "understand/words.h"

#define LEXICON_CANDIDATES_MAX 8
#define LEXICON_CONCEPTS_MAX 3

/* How a word is spelled. */
struct spelling {
	uint64_t key; /* words_key() */
	uint8_t marks, tone;
};

/* The words it may stand for; returns how many (at most LEXICON_CANDIDATES_MAX). `exact`: the text
 * is written with all marks, so what has none is meant to have none. */
size_t lexicon_candidates(const struct understand_vocabulary *lexicon, struct spelling spelling,
    bool exact, uint16_t out[LEXICON_CANDIDATES_MAX]);
/* Some word has these letters, whatever its marks. */
bool lexicon_knows(const struct understand_vocabulary *lexicon, uint64_t key);

/* The word of at least four letters that is one slip away: a letter missing, doubled, wrong, or two
 * swapped. 0: none, or several. */
uint64_t lexicon_mend(
    const struct understand_vocabulary *lexicon, const struct letter *letters, size_t count);

/* From phrase to longer phrase: node 0 is the empty one; -1: no phrase goes on so. */
int lexicon_step(const struct understand_vocabulary *lexicon, int node, uint16_t word);

struct lexicon_meaning {
	uint8_t concept; /* enum concept; CONCEPT_NONE ends the list */
	int8_t value;
};
/* What the phrase that ends in this node means: LEXICON_CONCEPTS_MAX items. */
const struct lexicon_meaning *lexicon_meanings(
    const struct understand_vocabulary *lexicon, int node);

const struct letter *lexicon_letters(const struct understand_vocabulary *lexicon);

#endif
