/*
 * Owns: covering the words that nobody has taken with phrases of the vocabulary.
 * May use: understand/scan.h.
 * Must not know: what the items together mean.
 */
#include "understand/scan.h"

#include <stdlib.h>
#include <string.h>

#define PHRASE_WORDS_MAX 8

struct item *scan_add(struct scan *scan, enum concept concept, size_t first, size_t count)
{
	/* Every item has a word of its own, so there is always room. */
	struct item *item = &scan->items[scan->item_count++];
	*item = (struct item){.concept = (uint8_t) concept,
	    .first = (uint16_t)first,
	    .count = (uint16_t)count,
	    .day = WALL_NEVER};
	for (size_t i = first; i < first + count; i++)
		scan->taken[i] = true;
	return item;
}

static bool has_letters(
    const struct scan *scan, const struct word *word, const char *plain, size_t length)
{
	const struct letter *letters = scan->words.letters + word->first;
	bool padded = word->digits && word->count == length + 1 && letters[0].base == '0';
	if (word->count != length + padded)
		return false;
	for (size_t i = 0; i < length; i++)
		if (letters[padded + i].base != plain[i])
			return false;
	return true;
}

size_t scan_match_key(const struct scan *scan, size_t index, const char *key, size_t length)
{
	size_t at = index;
	const char *end = key + length;
	if (index >= scan->words.count)
		return 0;
	char first = scan->words.letters[scan->words.items[index].first].base;
	if (first != key[0] && first != '0')
		return 0;
	while (key < end) {
		if (*key == ' ') {
			key++;
			continue;
		}
		bool digit = *key >= '0' && *key <= '9';
		size_t run = 0;
		while (key + run < end && key[run] != ' ' &&
		       (key[run] >= '0' && key[run] <= '9') == digit)
			run++;
		if (at >= scan->words.count || scan->taken[at] ||
		    !has_letters(scan, &scan->words.items[at], key, run))
			return 0;
		at++;
		key += run;
	}
	return at - index;
}

const char *scan_written(const struct scan *scan, size_t first, size_t count)
{
	const struct word *from = &scan->words.items[first];
	const struct word *to = &scan->words.items[first + count - 1];
	return arena_copy_bytes(
	    scan->arena, scan->text + from->from, (size_t)(to->to - from->from));
}

/* ── phrases ─────────────────────────────────────────────────────────────────────────────────── */

/* The longest phrase that begins at a word: its nodes (spellings may allow several). */
struct match {
	size_t length;
	int nodes[LEXICON_CONCEPTS_MAX];
	size_t node_count;
};

struct search {
	const struct scan *scan;
	struct match best[PHRASE_WORDS_MAX + 1]; /* by length */
};

static void keep(struct match *match, int node)
{
	for (size_t i = 0; i < match->node_count; i++)
		if (match->nodes[i] == node)
			return;
	if (match->node_count < LEXICON_CONCEPTS_MAX)
		match->nodes[match->node_count++] = node;
}

/* No phrase goes on over a comma, a full stop or a line; "P.LĐTBXH" is one. */
static bool goes_on(const struct scan *scan, size_t at)
{
	const struct word *word = &scan->words.items[at];
	return at < scan->words.count && !scan->taken[at] &&
	       (word->gap < GAP_COMMA || (word->gap == GAP_DOT && !word->spaced));
}

static void follow(struct search *search, size_t first, size_t depth, int node)
{
	const struct scan *scan = search->scan;
	const struct understand_vocabulary *lexicon = scan->context->vocabulary;
	size_t at = first + depth;
	if (depth > 0 && lexicon_meanings(lexicon, node)[0].concept != CONCEPT_NONE)
		keep(&search->best[depth], node);
	if (depth == PHRASE_WORDS_MAX || (depth > 0 && !goes_on(scan, at)))
		return;
	const struct candidates *candidates = &scan->candidates[at];
	for (size_t i = 0; i < candidates->count; i++) {
		int next = lexicon_step(lexicon, node, candidates->words[i]);
		if (next >= 0)
			follow(search, first, depth + 1, next);
	}
}

/* The likeliest of the words it may be; what else that very phrase means goes with it. */
static void add_meanings(const struct scan *scan, const struct match *match, struct item *item)
{
	const struct lexicon_meaning *meanings =
	    lexicon_meanings(scan->context->vocabulary, match->nodes[0]);
	item->certain = match->node_count == 1;
	item->concept = meanings[0].concept;
	item->value = meanings[0].value;
	memcpy(item->others, meanings + 1, sizeof item->others);
}

/* What a cover is worth: long phrases say more than their words apart. */
static int worth(size_t length)
{
	return (int)(length * length) + 1;
}

void scan_cover(struct scan *scan)
{
	size_t count = scan->words.count;
	struct match *chosen = arena_alloc(scan->arena, (count + 1) * sizeof *chosen);
	int *best = arena_alloc(scan->arena, (count + 2) * sizeof *best);
	for (size_t i = count; i-- > 0;) {
		best[i] = best[i + 1];
		if (scan->taken[i])
			continue;
		struct search search = {.scan = scan};
		follow(&search, i, 0, 0);
		for (size_t length = 1; length <= PHRASE_WORDS_MAX; length++) {
			const struct match *match = &search.best[length];
			if (match->node_count == 0 || worth(length) + best[i + length] < best[i])
				continue;
			best[i] = worth(length) + best[i + length];
			chosen[i] = *match;
			chosen[i].length = length;
		}
	}
	for (size_t i = 0; i < count;) {
		if (scan->taken[i]) {
			i++;
			continue;
		}
		size_t length = chosen[i].length > 0 ? chosen[i].length : 1;
		struct item *item = scan_add(
		    scan, scan->words.items[i].digits ? CONCEPT_NUMBER : CONCEPT_NONE, i, length);
		item->value = scan->words.items[i].value;
		if (chosen[i].length > 0)
			add_meanings(scan, &chosen[i], item);
		i += length;
	}
	/* By their places: the takers' come first so far. */
	for (size_t i = 1; i < scan->item_count; i++)
		for (size_t j = i; j > 0 && scan->items[j].first < scan->items[j - 1].first; j--) {
			struct item swap = scan->items[j];
			scan->items[j] = scan->items[j - 1];
			scan->items[j - 1] = swap;
		}
}
