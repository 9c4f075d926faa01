/*
 * Owns: compiling the vocabulary and looking words up in it.
 * May use: base/, understand/words.h, understand/vocabulary.h.
 * Must not know: what stands in a text around a word.
 */
#include "understand/lexicon.h"

#include <stdlib.h>
#include <string.h>

#define VARIANT_SLOTS 8192
#define NODE_SLOTS 16384
#define PHRASE_MAX 200

/* One way to spell one word. */
struct variant {
	struct spelling spelling;
	uint16_t word;
	bool likeliest;
	bool careless; /* another spelling: no pattern for mending slips */
};

/* A mending: what is left of a word's letters when one is taken out. */
struct stump {
	uint64_t key;
	uint32_t plain; /* index of the word's letters in `plains` */
};

struct node_slot {
	uint32_t key; /* node << 16 | word, + 1; 0 free */
	uint16_t next;
};

struct understand_vocabulary {
	struct letter letters[WORDS_LETTER_TABLE];
	/* Sorted by key once compiled. */
	struct variant *variants;
	size_t variant_count, variant_capacity;
	uint16_t slots[VARIANT_SLOTS]; /* 1 + index of the first variant with a key; 0 free */
	uint16_t word_count;
	struct node_slot nodes[NODE_SLOTS];
	struct lexicon_meaning (*meanings)[LEXICON_CONCEPTS_MAX];
	size_t node_count, node_capacity;
	uint64_t *plains;
	size_t plain_count, plain_capacity;
	struct stump *stumps;
	size_t stump_count, stump_capacity;
};

static size_t hash(uint64_t key)
{
	return (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 40);
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────── */

static struct spelling spelling_of(const struct word *word)
{
	return (struct spelling){.key = word->key, .marks = word->marks, .tone = word->tone};
}

static bool is_same(struct spelling one, struct spelling other)
{
	return one.key == other.key && one.marks == other.marks && one.tone == other.tone;
}

static void add_variant(
    struct understand_vocabulary *lexicon, struct spelling spelling, uint16_t word)
{
	for (size_t i = 0; i < lexicon->variant_count; i++)
		if (is_same(lexicon->variants[i].spelling, spelling) &&
		    lexicon->variants[i].word == word)
			return;
	ARRAY_GROW(lexicon->variants, lexicon->variant_count, lexicon->variant_capacity);
	lexicon->variants[lexicon->variant_count++] =
	    (struct variant){.spelling = spelling, .word = word};
}

/* The word that is spelled so by careful people; a new one when there is none yet. */
static uint16_t word_of(struct understand_vocabulary *lexicon, struct spelling spelling)
{
	for (size_t i = 0; i < lexicon->variant_count; i++)
		if (is_same(lexicon->variants[i].spelling, spelling))
			return lexicon->variants[i].word;
	add_variant(lexicon, spelling, lexicon->word_count);
	return lexicon->word_count++;
}

static int compare_variants(const void *a, const void *b)
{
	const struct variant *one = a, *other = b;
	if (one->spelling.key != other->spelling.key)
		return one->spelling.key < other->spelling.key ? -1 : 1;
	if (one->likeliest != other->likeliest)
		return one->likeliest ? -1 : 1;
	return one->word < other->word ? -1 : one->word > other->word;
}

static void index_variants(struct understand_vocabulary *lexicon)
{
	qsort(
	    lexicon->variants, lexicon->variant_count, sizeof *lexicon->variants, compare_variants);
	for (size_t i = 0; i < lexicon->variant_count; i++) {
		uint64_t key = lexicon->variants[i].spelling.key;
		if (i > 0 && lexicon->variants[i - 1].spelling.key == key)
			continue;
		size_t slot = hash(key) % VARIANT_SLOTS;
		while (lexicon->slots[slot] != 0)
			slot = (slot + 1) % VARIANT_SLOTS;
		lexicon->slots[slot] = (uint16_t)(i + 1);
	}
}

/* The first variant with this key; NULL: none. */
static const struct variant *find(const struct understand_vocabulary *lexicon, uint64_t key)
{
	if (key == 0)
		return NULL;
	for (size_t slot = hash(key) % VARIANT_SLOTS; lexicon->slots[slot] != 0;
	     slot = (slot + 1) % VARIANT_SLOTS) {
		const struct variant *variant = &lexicon->variants[lexicon->slots[slot] - 1];
		if (variant->spelling.key == key)
			return variant;
	}
	return NULL;
}

bool lexicon_knows(const struct understand_vocabulary *lexicon, uint64_t key)
{
	return find(lexicon, key) != NULL;
}

static bool is_hook_or_tilde(uint8_t tone)
{
	return tone == TONE_HOOK || tone == TONE_TILDE;
}

/* `spelled` has nothing that `meant` has not. */
static bool fits(struct spelling spelled, struct spelling meant)
{
	bool tone = spelled.tone == TONE_NONE || spelled.tone == meant.tone ||
		    (is_hook_or_tilde(spelled.tone) && is_hook_or_tilde(meant.tone));
	return tone && (spelled.marks & ~meant.marks) == 0;
}

static size_t add_candidate(uint16_t *out, size_t count, uint16_t word)
{
	for (size_t i = 0; i < count; i++)
		if (out[i] == word)
			return count;
	if (count < LEXICON_CANDIDATES_MAX)
		out[count++] = word;
	return count;
}

size_t lexicon_candidates(const struct understand_vocabulary *lexicon, struct spelling spelling,
    bool exact, uint16_t out[LEXICON_CANDIDATES_MAX])
{
	const struct variant *first = find(lexicon, spelling.key);
	const struct variant *end = lexicon->variants + lexicon->variant_count;
	size_t count = 0;
	bool marked = spelling.marks != 0 || spelling.tone != 0;
	if (first == NULL)
		return 0;
	for (const struct variant *at = first; at < end && at->spelling.key == spelling.key; at++)
		if ((marked || exact) && is_same(at->spelling, spelling))
			count = add_candidate(out, count, at->word);
	/* "đa" in a text that is half without marks may be "đã" as well. */
	if (count > 0 && (exact || spelling.tone != TONE_NONE || !marked))
		return count;
	bool toned = marked && exact;
	for (const struct variant *at = first; at < end && at->spelling.key == spelling.key; at++)
		if (fits(spelling, at->spelling) &&
		    (!toned || spelling.tone != TONE_NONE || at->spelling.tone == TONE_NONE))
			count = add_candidate(out, count, at->word);
	return count;
}

/* ── slips ───────────────────────────────────────────────────────────────────────────────────── */

#define MEND_LETTERS_LEAST 4
#define KEY_BITS 6
#define KEY_LETTERS_MAX 10

static size_t letters_in(uint64_t key)
{
	size_t count = 0;
	for (; key != 0; key >>= KEY_BITS)
		count++;
	return count;
}

/* The key without its letter `at`, counted from the right. */
static uint64_t without(uint64_t key, size_t at)
{
	uint64_t low = at == 0 ? 0 : key & ((UINT64_C(1) << (KEY_BITS * at)) - 1);
	return key >> (KEY_BITS * (at + 1)) << (KEY_BITS * at) | low;
}

static void add_stump(struct understand_vocabulary *lexicon, uint64_t key, size_t plain)
{
	ARRAY_GROW(lexicon->stumps, lexicon->stump_count, lexicon->stump_capacity);
	lexicon->stumps[lexicon->stump_count++] =
	    (struct stump){.key = key, .plain = (uint32_t)plain};
}

static int compare_stumps(const void *a, const void *b)
{
	const struct stump *one = a, *other = b;
	if (one->key != other->key)
		return one->key < other->key ? -1 : 1;
	return one->plain < other->plain ? -1 : one->plain > other->plain;
}

static void index_slips(struct understand_vocabulary *lexicon)
{
	for (size_t i = 0; i < lexicon->variant_count; i++) {
		uint64_t key = lexicon->variants[i].spelling.key;
		size_t count = letters_in(key);
		if (count < MEND_LETTERS_LEAST || lexicon->variants[i].careless ||
		    (lexicon->plain_count > 0 && lexicon->plains[lexicon->plain_count - 1] == key))
			continue;
		ARRAY_GROW(lexicon->plains, lexicon->plain_count, lexicon->plain_capacity);
		lexicon->plains[lexicon->plain_count] = key;
		add_stump(lexicon, key, lexicon->plain_count);
		for (size_t at = 0; at < count; at++)
			add_stump(lexicon, without(key, at), lexicon->plain_count);
		lexicon->plain_count++;
	}
	qsort(lexicon->stumps, lexicon->stump_count, sizeof *lexicon->stumps, compare_stumps);
}

/* One letter more, less or other, or two neighbours swapped (Damerau 1964). */
static bool is_one_slip(uint64_t one, uint64_t other)
{
	size_t a = letters_in(one), b = letters_in(other);
	if (a == b) {
		uint64_t differs = one ^ other;
		size_t places = 0, first = 0, last = 0;
		for (size_t at = 0; at < a; at++) {
			if ((differs >> (KEY_BITS * at) & 63) == 0)
				continue;
			first = places++ == 0 ? at : first;
			last = at;
		}
		if (places <= 1)
			return true;
		uint64_t low = one >> (KEY_BITS * first) & 63, high = one >> (KEY_BITS * last) & 63;
		return places == 2 && last == first + 1 &&
		       (other >> (KEY_BITS * first) & 63) == high &&
		       (other >> (KEY_BITS * last) & 63) == low;
	}
	uint64_t longer = a > b ? one : other, shorter = a > b ? other : one;
	for (size_t at = 0; at < (a > b ? a : b); at++)
		if (without(longer, at) == shorter)
			return true;
	return false;
}

static bool has_same_letters(uint64_t one, uint64_t other)
{
	unsigned sums[2] = {0, 0}, squares[2] = {0, 0};
	for (; one != 0 || other != 0; one >>= KEY_BITS, other >>= KEY_BITS) {
		unsigned a = (unsigned)(one & 63), b = (unsigned)(other & 63);
		sums[0] += a;
		sums[1] += b;
		squares[0] += a * a;
		squares[1] += b * b;
	}
	return sums[0] == sums[1] && squares[0] == squares[1];
}

struct mending {
	uint64_t spelled, found, swapped;
	bool several;
};

static void try_stump(
    const struct understand_vocabulary *lexicon, uint64_t key, struct mending *mending)
{
	size_t low = 0, high = lexicon->stump_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (lexicon->stumps[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < lexicon->stump_count && lexicon->stumps[low].key == key; low++) {
		uint64_t plain = lexicon->plains[lexicon->stumps[low].plain];
		if (plain == mending->found || !is_one_slip(mending->spelled, plain))
			continue;
		mending->several |= mending->found != 0;
		mending->found = plain;
		/* Two swapped letters are the likeliest of slips. */
		if (has_same_letters(mending->spelled, plain))
			mending->swapped = plain;
	}
}

uint64_t lexicon_mend(
    const struct understand_vocabulary *lexicon, const struct letter *letters, size_t count)
{
	struct mending mending = {.spelled = words_key(letters, count)};
	if (count < MEND_LETTERS_LEAST || mending.spelled == 0)
		return 0;
	try_stump(lexicon, mending.spelled, &mending);
	for (size_t at = 0; at < count; at++)
		try_stump(lexicon, without(mending.spelled, at), &mending);
	if (mending.swapped != 0)
		return mending.swapped;
	return mending.several ? 0 : mending.found;
}

/* ── phrases ─────────────────────────────────────────────────────────────────────────────────── */

static struct node_slot *node_slot(
    const struct understand_vocabulary *lexicon, int node, uint16_t word)
{
	uint32_t key = ((uint32_t)node << 16 | word) + 1;
	size_t slot = hash(key) % NODE_SLOTS;
	while (lexicon->nodes[slot].key != 0 && lexicon->nodes[slot].key != key)
		slot = (slot + 1) % NODE_SLOTS;
	return (struct node_slot *)&lexicon->nodes[slot];
}

int lexicon_step(const struct understand_vocabulary *lexicon, int node, uint16_t word)
{
	const struct node_slot *slot = node_slot(lexicon, node, word);
	return slot->key == 0 ? -1 : slot->next;
}

const struct lexicon_meaning *lexicon_meanings(
    const struct understand_vocabulary *lexicon, int node)
{
	return lexicon->meanings[node];
}

static int new_node(struct understand_vocabulary *lexicon)
{
	ARRAY_GROW(lexicon->meanings, lexicon->node_count, lexicon->node_capacity);
	memset(lexicon->meanings[lexicon->node_count], 0, sizeof *lexicon->meanings);
	return (int)lexicon->node_count++;
}

static void add_phrase(struct understand_vocabulary *lexicon, struct words *words,
    const char *phrase, struct lexicon_meaning meaning)
{
	int node = 0;
	words_read(words, phrase, lexicon->letters);
	for (size_t i = 0; i < words->count; i++) {
		uint16_t word = word_of(lexicon, spelling_of(&words->items[i]));
		struct node_slot *slot = node_slot(lexicon, node, word);
		if (slot->key == 0) {
			slot->key = ((uint32_t)node << 16 | word) + 1;
			slot->next = (uint16_t)new_node(lexicon);
		}
		node = slot->next;
	}
	struct lexicon_meaning *meanings = lexicon->meanings[node];
	for (size_t i = 0; node > 0 && i < LEXICON_CONCEPTS_MAX; i++) {
		if (meanings[i].concept == meaning.concept)
			return;
		if (meanings[i].concept == CONCEPT_NONE) {
			meanings[i] = meaning;
			return;
		}
	}
}

typedef void phrase_fn(struct understand_vocabulary *lexicon, struct words *words,
    const char *phrase, const void *arg);

/* Calls `take` for each of the "|"-separated phrases. */
static void each_phrase(struct understand_vocabulary *lexicon, struct words *words,
    const char *list, phrase_fn *take, const void *arg)
{
	char phrase[PHRASE_MAX];
	while (*list != '\0') {
		size_t len = strcspn(list, "|");
		if (len < sizeof phrase) {
			memcpy(phrase, list, len);
			phrase[len] = '\0';
			take(lexicon, words, phrase, arg);
		}
		list += len + (list[len] == '|');
	}
}

static void take_phrase(
    struct understand_vocabulary *lexicon, struct words *words, const char *phrase, const void *arg)
{
	add_phrase(lexicon, words, phrase, *(const struct lexicon_meaning *)arg);
}

static void take_spelling(
    struct understand_vocabulary *lexicon, struct words *words, const char *phrase, const void *arg)
{
	words_read(words, phrase, lexicon->letters);
	if (words->count != 1)
		return;
	size_t before = lexicon->variant_count;
	add_variant(lexicon, spelling_of(&words->items[0]), *(const uint16_t *)arg);
	if (lexicon->variant_count > before)
		lexicon->variants[before].careless = true;
}

static void add_table(struct understand_vocabulary *lexicon, struct words *words,
    const struct vocabulary_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct lexicon_meaning meaning = {
		    (uint8_t)table->rows[i].concept, (int8_t)table->rows[i].value};
		each_phrase(lexicon, words, table->rows[i].phrases, take_phrase, &meaning);
	}
}

/* The likeliest words stand first among those of the same letters. */
static void prefer_likeliest(struct understand_vocabulary *lexicon, struct words *words)
{
	for (size_t i = 0; vocabulary_likeliest[i] != NULL; i++) {
		words_read(words, vocabulary_likeliest[i], lexicon->letters);
		struct spelling spelling = spelling_of(&words->items[0]);
		for (size_t j = 0; j < lexicon->variant_count; j++)
			if (is_same(lexicon->variants[j].spelling, spelling))
				lexicon->variants[j].likeliest = true;
	}
}

/* After the phrases: only words that they use have other spellings. */
static void add_spellings(struct understand_vocabulary *lexicon, struct words *words)
{
	for (size_t i = 0; i < vocabulary_spelling_count; i++) {
		words_read(words, vocabulary_spellings[i].word, lexicon->letters);
		if (words->count != 1)
			continue;
		uint16_t word = word_of(lexicon, spelling_of(&words->items[0]));
		each_phrase(
		    lexicon, words, vocabulary_spellings[i].spellings, take_spelling, &word);
	}
}

struct understand_vocabulary *understand_vocabulary_new(void)
{
	struct understand_vocabulary *lexicon = memory_new(sizeof *lexicon);
	struct words *words = memory_new(sizeof *words);
	words_fill_table(lexicon->letters);
	new_node(lexicon);
	add_table(lexicon, words, &vocabulary_days);
	add_table(lexicon, words, &vocabulary_agencies);
	add_table(lexicon, words, &vocabulary_reports);
	add_table(lexicon, words, &vocabulary_requests);
	add_table(lexicon, words, &vocabulary_speech);
	add_spellings(lexicon, words);
	prefer_likeliest(lexicon, words);
	index_variants(lexicon);
	index_slips(lexicon);
	memory_free(words);
	return lexicon;
}

void understand_vocabulary_free(struct understand_vocabulary *vocabulary)
{
	if (vocabulary == NULL)
		return;
	memory_free(vocabulary->variants);
	memory_free(vocabulary->meanings);
	memory_free(vocabulary->plains);
	memory_free(vocabulary->stumps);
	memory_free(vocabulary);
}

const struct letter *lexicon_letters(const struct understand_vocabulary *lexicon)
{
	return lexicon->letters;
}
