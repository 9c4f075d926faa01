/*
 * Owns: cutting a text into words.
 * May use: base/, text/letter.h.
 * Must not know: what any word means.
 */
#include "understand/words.h"

#include <limits.h>
#include <string.h>

#define TEXT_MAX 65535
#define KEY_LETTERS_MAX 10
#define KEY_BITS 6

/* ── code points ─────────────────────────────────────────────────────────────────────────────── */

enum encoding { ENCODING_UTF8, ENCODING_TCVN3, ENCODING_TCVN3_AS_LATIN1 };

/* Decodes one code point; a byte that begins none gives `bad` and counts as itself. */
static uint32_t decode(const uint8_t *at, size_t left, size_t *length, bool *bad)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = at[0] < 0x80             ? 1
		   : (at[0] & 0xE0) == 0xC0 ? 2
		   : (at[0] & 0xF0) == 0xE0 ? 3
		   : (at[0] & 0xF8) == 0xF0 ? 4
					    : 0;
	*length = 1;
	if (n == 1)
		return at[0];
	uint32_t codepoint = n == 0 ? 0 : at[0] & (0xFFU >> (n + 1));
	bool valid = n != 0 && n <= left;
	for (size_t i = 1; valid && i < n; i++) {
		valid = (at[i] & 0xC0) == 0x80;
		codepoint = codepoint << 6 | (at[i] & 0x3FU);
	}
	if (!valid || codepoint < least[n]) {
		*bad = true;
		return at[0];
	}
	*length = n;
	return codepoint;
}

/* Letters that Vietnamese shares with Latin-1; the others there betray TCVN3. */
static bool is_shared(uint32_t codepoint)
{
	static const char shared[] =
	    "\xC0\xC1\xC2\xC3\xC8\xC9\xCA\xCC\xCD\xD2\xD3\xD4\xD5\xD9\xDA\xDD"
	    "\xE0\xE1\xE2\xE3\xE8\xE9\xEA\xEC\xED\xF2\xF3\xF4\xF5\xF9\xFA\xFD\xF0\xD0";
	return memchr(shared, (int)codepoint, sizeof shared - 1) != NULL;
}

static bool is_ascii_letter(uint8_t byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static enum encoding guess_encoding(const uint8_t *text, size_t len)
{
	size_t bad = 0, good = 0, betrays = 0, beyond = 0;
	for (size_t i = 0, n; i < len; i += n) {
		if (text[i] < 0x80) {
			n = 1;
			continue;
		}
		bool is_bad = false;
		uint32_t codepoint = decode(text + i, len - i, &n, &is_bad);
		bad += is_bad;
		good += !is_bad;
		beyond += !is_bad && codepoint > 0xFF;
		bool beside = (i > 0 && is_ascii_letter(text[i - 1])) ||
			      (i + n < len && is_ascii_letter(text[i + n]));
		betrays += !is_bad && codepoint >= 0xA1 && codepoint <= 0xFF && beside &&
			   !is_shared(codepoint) && letter_of_tcvn3((uint8_t)codepoint).base != 0;
	}
	if (bad > good)
		return ENCODING_TCVN3;
	return bad == 0 && beyond == 0 && betrays > 0 ? ENCODING_TCVN3_AS_LATIN1 : ENCODING_UTF8;
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────── */

struct reader {
	struct words *words;
	struct word *word; /* being read; NULL between words */
	struct word next;  /* what stood before the one to come */
	bool quoted;
};

static void end_word(struct reader *reader)
{
	struct words *words = reader->words;
	struct word *word = reader->word;
	if (word == NULL)
		return;
	const struct letter *letters = words->letters + word->first;
	size_t capitals = 0;
	for (size_t i = 0; i < word->count; i++) {
		word->marks |= letters[i].marks;
		if (letters[i].tone != 0)
			word->tone = letters[i].tone;
		capitals += letters[i].upper;
		if (word->digits)
			word->value =
			    word->count > 9 ? INT_MAX : word->value * 10 + (letters[i].base - '0');
	}
	word->capital = letters[0].upper;
	word->shouted = capitals == word->count && capitals > 1;
	/* "06" is 6 */
	bool padded = word->digits && word->count == 2 && letters[0].base == '0';
	word->key = words_key(letters + padded, word->count - padded);
	words->marked += word->marks != 0 || word->tone != 0;
	words->count++;
	reader->word = NULL;
	reader->next = (struct word){.gap = GAP_NONE, .quoted = reader->quoted};
}

static void add_letter(struct reader *reader, struct letter letter, size_t from, size_t to)
{
	struct words *words = reader->words;
	bool digit = letter.base >= '0' && letter.base <= '9';
	if (reader->word != NULL && reader->word->digits != digit)
		end_word(reader);
	if (reader->word != NULL && reader->word->count == WORD_LETTERS_MAX) {
		words->cut = true;
		return;
	}
	if (words->letter_count == WORDS_LETTERS_MAX ||
	    (reader->word == NULL && words->count == WORDS_MAX)) {
		words->cut = true;
		return;
	}
	if (reader->word == NULL) {
		reader->word = &words->items[words->count];
		*reader->word = reader->next;
		reader->word->first = (uint16_t)words->letter_count;
		reader->word->from = (uint16_t)from;
		reader->word->digits = digit;
	}
	words->letters[words->letter_count++] = letter;
	reader->word->count++;
	reader->word->to = (uint16_t)to;
}

static void add_combining(struct reader *reader, struct letter mark)
{
	if (reader->word == NULL)
		return;
	struct letter *last = &reader->words->letters[reader->words->letter_count - 1];
	last->marks |= mark.marks;
	if (mark.tone != 0)
		last->tone = mark.tone;
}

static enum gap gap_of(uint32_t codepoint)
{
	switch (codepoint) {
	case ' ':
	case '\t':
	case 0xA0:
	case 0x3000:
		return GAP_SPACE;
	case '\n':
	case '\r':
		return GAP_LINE;
	case ',':
	case '(':
	case ')':
	case '[':
	case ']':
		return GAP_COMMA;
	case '.':
	case 0x2026:
		return GAP_DOT;
	case ';':
	case '!':
	case '?':
	case 0xFF1F:
		return GAP_STOP;
	case '/':
	case '\\':
		return GAP_SLASH;
	case '-':
	case '_':
		return GAP_DASH;
	case '@':
		return GAP_AT;
	case '=':
		return GAP_EQUALS;
	case ':':
		return GAP_COLON;
	default:
		return codepoint >= 0x2010 && codepoint <= 0x2015   ? GAP_DASH
		       : codepoint >= 0x2000 && codepoint <= 0x200A ? GAP_SPACE
								    : GAP_SIGN;
	}
}

static bool is_quote(uint32_t codepoint)
{
	return codepoint == '"' || codepoint == 0x201C || codepoint == 0x201D ||
	       codepoint == 0xAB || codepoint == 0xBB;
}

static bool is_invisible(uint32_t codepoint)
{
	return (codepoint >= 0x200B && codepoint <= 0x200D) || codepoint == 0xFEFF ||
	       codepoint == 0xAD || codepoint == 0xFE0F;
}

static void add_sign(struct reader *reader, uint32_t codepoint)
{
	struct words *words = reader->words;
	bool asks =
	    codepoint == '?' || codepoint == 0xFF1F || codepoint == 0x2753 || codepoint == 0x2754;
	end_word(reader);
	if (is_quote(codepoint)) {
		reader->quoted = !reader->quoted;
		reader->next.quoted = reader->quoted;
	}
	if (asks) {
		words->question_mark = words->ends_asking = true;
		if (words->count > 0)
			words->items[words->count - 1].asked = true;
	}
	bool odd = codepoint < 0x80 ? strchr("%+*#$^~|\\<>", (int)codepoint) != NULL
				    : gap_of(codepoint) == GAP_SIGN && !is_quote(codepoint);
	words->strange |= odd && !asks;
	enum gap gap = asks ? GAP_STOP : gap_of(codepoint);
	reader->next.spaced |= gap == GAP_SPACE || gap == GAP_LINE;
	if (gap > (enum gap)reader->next.gap)
		reader->next.gap = (uint8_t)gap;
}

static void take(
    struct reader *reader, uint32_t codepoint, struct letter letter, size_t from, size_t to)
{
	if (letter.combining)
		add_combining(reader, letter);
	else if (letter.base != 0)
		add_letter(reader, letter, from, to);
	else if (!is_invisible(codepoint))
		add_sign(reader, codepoint);
	if (letter.base != 0)
		reader->words->ends_asking = false;
}

void words_read(struct words *words, const char *text, const struct letter *table)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t len = strlen(text);
	struct reader reader = {.words = words, .next = {.gap = GAP_STOP}};
	words->count = words->letter_count = words->marked = 0;
	words->question_mark = words->ends_asking = words->strange = false;
	words->cut = len > TEXT_MAX;
	if (words->cut)
		len = TEXT_MAX;
	enum encoding encoding = guess_encoding(bytes, len);
	for (size_t i = 0, n; i < len; i += n) {
		bool bad = false;
		uint32_t codepoint = bytes[i];
		n = 1;
		if (bytes[i] >= 0x80 && encoding != ENCODING_TCVN3)
			codepoint = decode(bytes + i, len - i, &n, &bad);
		struct letter letter = codepoint >= 0x80 && encoding != ENCODING_UTF8
					   ? letter_of_tcvn3((uint8_t)codepoint)
				       : codepoint < WORDS_LETTER_TABLE
					   ? table[codepoint]
					   : letter_of_codepoint(codepoint);
		words->cut |= bad;
		take(
		    &reader, bad ? 0xFFFD : codepoint, bad ? (struct letter){0} : letter, i, i + n);
	}
	end_word(&reader);
}

void words_fill_table(struct letter table[WORDS_LETTER_TABLE])
{
	for (uint32_t i = 0; i < WORDS_LETTER_TABLE; i++)
		table[i] = letter_of_codepoint(i);
}

/* ── keys ────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t code_of(char base)
{
	return base >= 'a' ? (uint64_t)(base - 'a' + 1) : (uint64_t)(base - '0' + 27);
}

uint64_t words_key(const struct letter *letters, size_t count)
{
	uint64_t key = 0;
	if (count > KEY_LETTERS_MAX)
		return 0;
	for (size_t i = 0; i < count; i++)
		key = key << KEY_BITS | code_of(letters[i].base);
	return key;
}

uint64_t words_key_of_text(const char *plain)
{
	uint64_t key = 0;
	size_t count = 0;
	for (; plain[count] != '\0'; count++)
		key = key << KEY_BITS | code_of(plain[count]);
	return count > KEY_LETTERS_MAX ? 0 : key;
}

size_t words_keys_of_name(const char *name, const struct letter *table, uint64_t *keys, size_t max)
{
	const uint8_t *at = (const uint8_t *)name;
	size_t left = strlen(name), count = 0;
	uint64_t key = 0;
	for (size_t n; left > 0; at += n, left -= n) {
		bool bad = false;
		uint32_t codepoint = decode(at, left, &n, &bad);
		struct letter letter = codepoint < WORDS_LETTER_TABLE
					   ? table[codepoint]
					   : letter_of_codepoint(codepoint);
		if (letter.base != 0)
			key = key << KEY_BITS | code_of(letter.base);
		else if (!letter.combining && key != 0 && count < max) {
			keys[count++] = key;
			key = 0;
		}
	}
	if (key != 0 && count < max)
		keys[count++] = key;
	return count;
}

void words_plain(const struct words *words, const struct word *word, char *out)
{
	for (size_t i = 0; i < word->count; i++)
		out[i] = words->letters[word->first + i].base;
	out[word->count] = '\0';
}
