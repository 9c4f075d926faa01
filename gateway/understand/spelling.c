/*
 * Owns: words that are not in the vocabulary as they are spelled: repeated letters, typing residue
 * (Telex, VNI), glued words, slips.
 * May use: understand/scan.h.
 * Must not know: what words mean.
 */
#include "understand/scan.h"

#include <string.h>
#include <strings.h>

#define GLUED_LETTERS_MAX 36

/* ── syllables ───────────────────────────────────────────────────────────────────────────────── */

static const char *const onsets[] = {"ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th",
    "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "", NULL};
static const char *const rimes[] = {"a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap",
    "at", "au", "ay", "e", "ec", "ech", "em", "en", "eng", "enh", "eo", "ep", "et", "eu", "i", "ia",
    "ich", "iec", "iem", "ien", "ieng", "iep", "iet", "ieu", "im", "in", "inh", "ip", "it", "iu",
    "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oat", "oay", "oc", "oe",
    "oen", "oeo", "oet", "oi", "om", "on", "ong", "oong", "op", "ot", "u", "ua", "uan", "uang",
    "uat", "uay", "uc", "ue", "uech", "uenh", "ui", "um", "un", "ung", "uo", "uoc", "uoi", "uom",
    "uon", "uong", "uop", "uot", "uou", "up", "ut", "uu", "uy", "uya", "uych", "uyen", "uyet",
    "uynh", "uyt", "uyu", "y", "ye", "yem", "yen", "yet", "yeu", "oap", "uanh", "uit", NULL};

/* Could be Vietnamese: then it is a word we do not know, not a slip. */
static bool is_syllable(const char *plain)
{
	for (size_t i = 0; onsets[i] != NULL; i++) {
		size_t length = strlen(onsets[i]);
		if (strncmp(plain, onsets[i], length) != 0)
			continue;
		for (size_t j = 0; rimes[j] != NULL; j++)
			if (strcmp(plain + length, rimes[j]) == 0)
				return true;
	}
	return false;
}

/* ── putting words in the place of one ───────────────────────────────────────────────────────── */

/* Ends in c, ch, p, t: such a syllable is spoken with a tone. */
static bool is_stopped(const struct scan *scan, const struct word *word)
{
	char last = scan->words.letters[word->first + word->count - 1U].base;
	char before = scan->words.letters[word->first + word->count - 2U].base;
	return last == 'c' || last == 'p' || last == 't' || (last == 'h' && before == 'c');
}

static void fill_candidates(struct scan *scan, size_t index)
{
	const struct word *word = &scan->words.items[index];
	struct candidates *candidates = &scan->candidates[index];
	candidates->count = (uint8_t)lexicon_candidates(scan->context->vocabulary,
	    (struct spelling){word->key, word->marks, word->tone}, scan->exact, candidates->words);
	if (candidates->count == 0 && scan->exact && word->marks != 0 && word->tone == TONE_NONE &&
	    word->count >= 3) {
		/* "nôp" can be no word without its tone, "rôi" hardly: then it is not sure. */
		candidates->count = (uint8_t)lexicon_candidates(scan->context->vocabulary,
		    (struct spelling){word->key, word->marks, word->tone}, false,
		    candidates->words);
		scan->words.strange |= candidates->count > 0 && !is_stopped(scan, word);
	}
	candidates->known = lexicon_knows(scan->context->vocabulary, word->key);
}

static void measure(const struct words *words, struct word *word)
{
	word->marks = word->tone = 0;
	for (size_t i = 0; i < word->count; i++) {
		word->marks |= words->letters[word->first + i].marks;
		if (words->letters[word->first + i].tone != 0)
			word->tone = words->letters[word->first + i].tone;
	}
	word->key = words_key(words->letters + word->first, word->count);
}

static bool is_usable(const struct scan *scan, const struct word *word)
{
	uint16_t found[LEXICON_CANDIDATES_MAX];
	return lexicon_candidates(scan->context->vocabulary,
		   (struct spelling){word->key, word->marks, word->tone}, false, found) > 0;
}

/* New letters for a word, when there is still room. */
static struct letter *room_for_letters(struct scan *scan, size_t count)
{
	struct words *words = &scan->words;
	if (words->letter_count + count > WORDS_LETTERS_MAX)
		return NULL;
	struct letter *letters = words->letters + words->letter_count;
	words->letter_count += count;
	return letters;
}

/* ── "roiiii", "okkk" ────────────────────────────────────────────────────────────────────────── */

static bool mend_repeated(struct scan *scan, struct word *word)
{
	const struct letter *old = scan->words.letters + word->first;
	struct letter kept[WORD_LETTERS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < word->count; i++)
		if (count == 0 || kept[count - 1].base != old[i].base)
			kept[count++] = old[i];
		else if (old[i].tone != 0 || old[i].marks != 0)
			kept[count - 1] = old[i];
	struct word shorter = *word;
	struct letter *letters = count < word->count ? room_for_letters(scan, count) : NULL;
	if (letters == NULL)
		return false;
	memcpy(letters, kept, count * sizeof *kept);
	shorter.first = (uint16_t)(letters - scan->words.letters);
	shorter.count = (uint8_t)count;
	measure(&scan->words, &shorter);
	if (!is_usable(scan, &shorter))
		return false;
	*word = shorter;
	return true;
}

/* ── Telex and VNI ───────────────────────────────────────────────────────────────────────────── */

static struct letter *last_of(struct letter *letters, size_t count, const char *bases)
{
	while (count-- > 0)
		if (strchr(bases, letters[count].base) != NULL)
			return &letters[count];
	return NULL;
}

static bool add_mark(struct letter *letters, size_t count, const char *bases, uint8_t mark)
{
	struct letter *letter = last_of(letters, count, bases);
	if (letter == NULL)
		return false;
	letter->marks |= mark;
	return true;
}

static bool add_tone(struct letter *letters, size_t count, uint8_t tone)
{
	struct letter *letter = last_of(letters, count, "aeiouy");
	if (letter == NULL)
		return false;
	letter->tone = tone;
	return true;
}

/* Takes one typed letter; true when it is a Telex key that fits what came before. */
static bool take_telex(struct letter *out, size_t count, char typed)
{
	static const char tones[] = "fsrxj";
	const char *tone = strchr(tones, typed);
	if (count == 0)
		return false;
	if (tone != NULL)
		return add_tone(out, count, (uint8_t)(TONE_GRAVE + (tone - tones)));
	if (typed == 'w')
		return add_mark(out, count, "ou", MARK_HORN) ||
		       add_mark(out, count, "a", MARK_BREVE);
	if (typed == 'd' && out[0].base == 'd' && out[0].marks == 0)
		return add_mark(out, 1, "d", MARK_BAR);
	if (strchr("aeo", typed) != NULL) {
		struct letter *vowel = last_of(out, count, "aeo");
		if (vowel == NULL || vowel->base != typed || vowel->marks != 0)
			return false;
		vowel->marks |= MARK_HAT;
		return true;
	}
	return false;
}

/* "xjn", "gja": j for i. */
static bool mend_teen(struct scan *scan, struct word *word)
{
	struct letter *letters = room_for_letters(scan, word->count);
	bool any = false;
	if (letters == NULL)
		return false;
	memcpy(letters, scan->words.letters + word->first, word->count * sizeof *letters);
	for (size_t i = 0; i < word->count; i++)
		if (letters[i].base == 'j') {
			letters[i].base = 'i';
			any = true;
		}
	struct word mended = *word;
	mended.first = (uint16_t)(letters - scan->words.letters);
	measure(&scan->words, &mended);
	if (!any || !is_usable(scan, &mended))
		return false;
	*word = mended;
	return true;
}

/* VNI: 1 to 5 tones, 6 hat, 7 horn, 8 breve, 9 bar. */
static bool take_vni(struct letter *out, size_t count, char typed)
{
	static const uint8_t tones[] = {TONE_ACUTE, TONE_GRAVE, TONE_HOOK, TONE_TILDE, TONE_DOT};
	for (size_t i = 0; i < count && typed <= '5'; i++)
		if (out[i].tone != TONE_NONE)
			return false; /* "so34" is a number */
	if (typed >= '1' && typed <= '5')
		return add_tone(out, count, tones[typed - '1']);
	switch (typed) {
	case '6':
		return add_mark(out, count, "aeo", MARK_HAT);
	case '7':
		return add_mark(out, count, "ou", MARK_HORN);
	case '8':
		return add_mark(out, count, "a", MARK_BREVE);
	case '9':
		return add_mark(out, count, "d", MARK_BAR);
	default:
		return false;
	}
}

typedef bool take_fn(struct letter *out, size_t count, char typed);

/* The letters as they were meant; 0: nothing was typed in that way. "ươ" takes its horns from one
 * key. */
static size_t retype(
    const struct letter *typed, size_t count, take_fn *take, struct letter out[WORD_LETTERS_MAX])
{
	size_t written = 0, keys = 0;
	for (size_t i = 0; i < count && written < WORD_LETTERS_MAX; i++) {
		if (take(out, written, typed[i].base))
			keys++;
		else
			out[written++] = typed[i];
	}
	for (size_t i = 1; i < written; i++)
		if (out[i - 1].base == 'u' && out[i].base == 'o' && (out[i].marks & MARK_HORN))
			out[i - 1].marks |= MARK_HORN;
	return keys > 0 ? written : 0;
}

static bool mend_typing(struct scan *scan, struct word *word, take_fn *take)
{
	struct letter meant[WORD_LETTERS_MAX];
	size_t count = retype(scan->words.letters + word->first, word->count, take, meant);
	struct letter *letters = count > 0 ? room_for_letters(scan, count) : NULL;
	if (letters == NULL)
		return false;
	memcpy(letters, meant, count * sizeof *meant);
	struct word mended = *word;
	mended.first = (uint16_t)(letters - scan->words.letters);
	mended.count = (uint8_t)count;
	mended.digits = false;
	measure(&scan->words, &mended);
	if (!is_usable(scan, &mended))
		return false;
	*word = mended;
	return true;
}

/* "gu7i3" was cut into four words: letters and digits without a gap, from `index` on. */
static size_t glued_run(const struct words *words, size_t index, size_t *letters)
{
	size_t count = 1;
	*letters = words->items[index].count;
	while (index + count < words->count && words->items[index + count].gap == GAP_NONE) {
		*letters += words->items[index + count].count;
		count++;
	}
	return count;
}

static bool mend_vni(struct scan *scan, size_t index)
{
	struct words *words = &scan->words;
	size_t letters, run = glued_run(words, index, &letters);
	if (run < 2 || words->items[index].digits || letters > 12)
		return false;
	struct word whole = words->items[index];
	whole.count = (uint8_t)letters; /* they stand one behind another */
	whole.to = words->items[index + run - 1].to;
	whole.asked = words->items[index + run - 1].asked;
	if (words->items[index + run - 1].first + words->items[index + run - 1].count !=
		whole.first + letters ||
	    !mend_typing(scan, &whole, take_vni))
		return false;
	words->items[index] = whole;
	memmove(&words->items[index + 1], &words->items[index + run],
	    (words->count - index - run) * sizeof *words->items);
	words->count -= run - 1;
	return true;
}

/* ── glued words ─────────────────────────────────────────────────────────────────────────────── */

/* Pieces of the vocabulary that make up all of it; as few as possible. */
static size_t cut_glued(
    const struct scan *scan, const struct word *word, uint8_t lengths[GLUED_LETTERS_MAX])
{
	const struct letter *letters = scan->words.letters + word->first;
	uint8_t best[GLUED_LETTERS_MAX + 1], piece[GLUED_LETTERS_MAX + 1];
	size_t count = word->count;
	memset(best, 255, sizeof best);
	best[0] = 0;
	for (size_t end = 1; end <= count; end++)
		for (size_t length = 1; length <= end && length <= 7; length++) {
			size_t from = end - length;
			bool edge = end == count || from == 0;
			bool particle = length == 1 && edge &&
					(letters[from].base == 'a' || letters[from].base == 'e');
			struct word part = {
			    .first = (uint16_t)(word->first + from), .count = (uint8_t)length};
			if (best[from] == 255 || (length < 2 && !particle))
				continue;
			measure(&scan->words, &part);
			if (!is_usable(scan, &part) || best[from] + 1 >= best[end])
				continue;
			best[end] = (uint8_t)(best[from] + 1);
			piece[end] = (uint8_t)length;
		}
	if (best[count] == 255)
		return 0;
	size_t pieces = best[count];
	for (size_t end = count, i = pieces; i > 0; i--) {
		lengths[i - 1] = piece[end];
		end -= piece[end];
	}
	return pieces;
}

static bool mend_glued(struct scan *scan, size_t index)
{
	struct words *words = &scan->words;
	uint8_t lengths[GLUED_LETTERS_MAX];
	struct word whole = words->items[index];
	if (whole.count < 5 || whole.count > GLUED_LETTERS_MAX)
		return false;
	size_t pieces = cut_glued(scan, &whole, lengths);
	if (pieces < 2 || words->count + pieces - 1 > WORDS_MAX)
		return false;
	memmove(&words->items[index + pieces], &words->items[index + 1],
	    (words->count - index - 1) * sizeof *words->items);
	words->count += pieces - 1;
	uint16_t first = whole.first;
	for (size_t i = 0; i < pieces; i++) {
		struct word part = whole;
		part.first = first;
		part.count = lengths[i];
		part.gap = i == 0 ? whole.gap : GAP_NONE;
		part.asked = i + 1 == pieces && whole.asked;
		measure(words, &part);
		words->items[index + i] = part;
		first = (uint16_t)(first + lengths[i]);
	}
	return true;
}

/* ── slips ───────────────────────────────────────────────────────────────────────────────────── */

static bool mend_slip(struct scan *scan, struct word *word)
{
	uint64_t key =
	    lexicon_mend(scan->context->vocabulary, scan->words.letters + word->first, word->count);
	if (key == 0)
		return false;
	word->key = key; /* its marks may stand on what was mistyped */
	word->marks = word->tone = 0;
	return true;
}

static bool is_code_in(const char *plain, const struct understand_obligation *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(plain, items[i].report_code) == 0)
			return true;
	return false;
}

/* "THNAM" is what the plan calls it, no slip. */
static bool is_code(const struct scan *scan, const char *plain)
{
	const struct understand_context *context = scan->context;
	return is_code_in(plain, context->obligations, context->obligation_count) ||
	       is_code_in(plain, context->other_reports, context->other_report_count) ||
	       is_code_in(plain, context->events, context->event_count);
}

static void mend(struct scan *scan, size_t index)
{
	struct word *word = &scan->words.items[index];
	char plain[WORD_LETTERS_MAX + 1];
	words_plain(&scan->words, word, plain);
	bool symbol = !word->spaced && word->shouted &&
		      (word->gap == GAP_DASH || word->gap == GAP_SLASH || word->gap == GAP_DOT);
	if (symbol || is_code(scan, plain) || mend_repeated(scan, word) ||
	    mend_typing(scan, word, take_telex) || mend_teen(scan, word) ||
	    mend_glued(scan, index) || is_syllable(plain))
		return;
	mend_slip(scan, word);
}

void scan_mend_spelling(struct scan *scan)
{
	struct words *words = &scan->words;
	size_t letter_words = 0;
	for (size_t i = 0; i < words->count; i++)
		letter_words += !words->items[i].digits && words->items[i].count > 1;
	scan->exact = words->marked * 2 > letter_words;
	for (size_t i = 0; i < words->count; i++) {
		struct word *word = &words->items[i];
		if (!word->digits && !mend_vni(scan, i) && !is_usable(scan, word) &&
		    (word->count > 1 || word->marks != 0))
			mend(scan, i);
		fill_candidates(scan, i);
	}
}
