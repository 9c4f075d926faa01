/*
 * Owns: cutting a text into words; taking out the document number.
 * May use: base/, text/, understand/days.h.
 * Must not know: intents.
 */
#include "understand/tokens.h"

#include "text/letters.h"
#include "understand/days.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define TEXT_MAX 4000
#define SYMBOL_MAX 24

static size_t digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

static bool starts_word(const char *text, const char *start)
{
	return text == start || !isalnum((unsigned char)text[-1]);
}

/* ── words that only their marks tell apart ──────────────────────────────────────────────────── */

static const struct {
	const char *spellings[3], *means;
} told_apart[] = {
    {{"dạ", "Dạ", "DẠ"}, "vang"},           /* yes; "da" could be đã, a claim */
    {{"sáu", "Sáu", "SÁU"}, "6"},           /* six; "sau" could be after */
    {{"tối", "Tối", "TỐI"}, "buoi toi"},    /* this evening; "toi" could be I */
    {{"đúng", "Đúng", "ĐÚNG"}, "chuan"},    /* right; "dung" could be do not */
    {{"vắng", "Vắng", "VẮNG"}, "vang mat"}, /* absent; "vang" could be yes */
    {{"chờ", "Chờ", "CHỜ"}, "doi"},         /* wait; "cho" could be for */
    {{"à", "À", "À"}, "ha"},                /* asks; "a" is polite */
};

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static const char *told_apart_as(const char *word, size_t len)
{
	for (size_t i = 0; i < COUNT_OF(told_apart); i++)
		for (size_t j = 0; j < COUNT_OF(told_apart[i].spellings); j++) {
			const char *spelling = told_apart[i].spellings[j];
			if (strlen(spelling) == len && memcmp(spelling, word, len) == 0)
				return told_apart[i].means;
		}
	return NULL;
}

/* The text in plain letters, those words replaced. */
static char *fold_words(const char *text)
{
	OWNED_TEXT normal = letters_normalise(text, strlen(text));
	OWNED_BUFFER words = BUFFER((size_t)256 * 1024);
	for (const char *at = normal; *at != '\0';) {
		size_t len = 0;
		while (at[len] != '\0' && is_word_byte(at[len]))
			len++;
		const char *means = told_apart_as(at, len);
		if (means != NULL)
			buffer_add_text(&words, means);
		else
			buffer_add(&words, at, len > 0 ? len : 1);
		at += len > 0 ? len : 1;
	}
	return letters_fold(buffer_text(&words));
}

static size_t count_of(const char *text, char wanted)
{
	size_t count = 0;
	for (; *text != '\0'; text++)
		count += *text == wanted;
	return count;
}

static bool has_question_mark(const char *text)
{
	return strchr(text, '?') != NULL || strstr(text, "？") != NULL ||
	       strstr(text, "❓") != NULL || strstr(text, "❔") != NULL;
}

/* ── document numbers ────────────────────────────────────────────────────────────────────────── */

/* What the symbol begins with: so "2/tuan" is no document. */
static const char *const types[] = {"bc", "bcubnd", "ubnd", "cv", "kh", "qd", "tb", "ttr", "bb",
    "nq", "gm", "ct", "nd", "tt", "vp", "hd", "pldtbxh", NULL};
/* "45/BC - UBND" is one symbol, "45/BC - chua gui" is not. */
static const char *const bodies[] = {"ubnd", "hdnd", NULL};
static const char *const never_in_symbol[] = {"chua", "chx", "khong", "ko", "mai", "se", "sap",
    "dang", "dinh", "gui", "nop", "da", "roi", "xong", "huy", "neu", NULL};

static bool is_one_of(const char *const *list, const char *word, size_t len)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (strlen(list[i]) == len && strncasecmp(list[i], word, len) == 0)
			return true;
	return false;
}

static size_t symbol_letters(const char *at)
{
	size_t n = 0;
	while (isalpha((unsigned char)at[n]) || (n > 0 && at[n] == '&'))
		n++;
	return n;
}

static void add_upper(struct buffer *out, const char *from, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buffer_add_char(out, (char)toupper((unsigned char)from[i]));
}

/* "BC-UBND"; returns its end, or NULL when no symbol stands there. */
static const char *match_symbol(const char *at, struct buffer *out)
{
	size_t n = symbol_letters(at);
	if (n == 0 || !is_one_of(types, at, n))
		return NULL;
	add_upper(out, at, n);
	at += n;
	for (;;) {
		const char *dash = at + strspn(at, " ");
		if (*dash != '-')
			return at;
		const char *part = dash + 1 + strspn(dash + 1, " ");
		bool apart = dash > at || part > dash + 1;
		n = symbol_letters(part);
		if (n == 0 || n > SYMBOL_MAX || out->len + n + 1 > out->max ||
		    (apart ? !is_one_of(bodies, part, n) : is_one_of(never_in_symbol, part, n)))
			return at;
		buffer_add_char(out, '-');
		add_upper(out, part, n);
		at = part + n;
	}
}

/* Number and symbol after Decree 30/2020: digits, "/", perhaps a year and "/", then letters with
 * "-" and "&". Blanks around "/" are forgiven. Returns the end, or NULL. */
static const char *match_number(const char *at, struct buffer *out)
{
	size_t n = digits_at(at);
	if (n < 1 || n > 5)
		return NULL;
	buffer_printf(out, "%.*s/", (int)n, at);
	at += n;
	at += strspn(at, " ");
	if (*at != '/')
		return NULL;
	at += 1 + strspn(at + 1, " ");
	n = digits_at(at);
	if (n == 4 && at[n] == '/') {
		buffer_printf(out, "%.4s/", at);
		at += n + 1;
	}
	return match_symbol(at, out);
}

static void blank(char *from, const char *to)
{
	memset(from, ' ', (size_t)(to - from));
}

static void take_number(struct arena *arena, char *text, struct tokens *out)
{
	OWNED_BUFFER number = BUFFER(60);
	for (char *at = text; *at != '\0'; at++) {
		if (!isdigit((unsigned char)*at) || !starts_word(at, text))
			continue;
		buffer_reset(&number);
		const char *end = match_number(at, &number);
		if (end == NULL) {
			at += digits_at(at) - 1;
			continue;
		}
		out->document_number = arena_copy(arena, buffer_text(&number));
		blank(at, end);
		return;
	}
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────── */

static void add_token(struct arena *arena, struct tokens *out, const char *from, size_t len)
{
	if (out->count == TOKENS_MAX) {
		out->cut = true;
		return;
	}
	out->items[out->count++] = (struct token){.key = arena_copy_bytes(arena, from, len)};
}

/* Digits and letters are words of their own: "6t" is "6 t", "bc6t" is "bc 6 t". */
static void cut_words(struct arena *arena, const char *key, struct tokens *out)
{
	while (*key != '\0') {
		size_t len = digits_at(key);
		if (len == 0)
			len = strcspn(key, " 0123456789");
		if (len > 0)
			add_token(arena, out, key, len);
		key += len;
		key += strspn(key, " ");
	}
}

void tokens_read(
    struct arena *arena, const char *text, struct wall now, int zone_minutes, struct tokens *out)
{
	*out = (struct tokens){.day = WALL_NEVER};
	OWNED_TEXT folded = fold_words(text);
	out->question_mark = has_question_mark(text);
	out->cut =
	    count_of(folded, '?') > count_of(text, '?') || strpbrk(folded, "%=+*#$@^~|\\") != NULL;
	if (strlen(folded) > TEXT_MAX) {
		folded[TEXT_MAX] = '\0';
		out->cut = true;
	}
	take_number(arena, folded, out);
	days_take_written(folded, now, zone_minutes, out);
	OWNED_TEXT key = letters_key(folded);
	cut_words(arena, key, out);
	days_take_spoken(out, now, zone_minutes);
}

/* The next word of a phrase, cut as cut_words cuts. */
static const char *next_word(const char *phrase, size_t *len)
{
	phrase += strspn(phrase, " ");
	*len = digits_at(phrase);
	if (*len == 0)
		*len = strcspn(phrase, " 0123456789");
	return phrase;
}

int tokens_find(const struct tokens *tokens, const char *phrase, size_t from, size_t *length)
{
	for (size_t i = from; i < tokens->count; i++) {
		size_t at = i, len;
		const char *word = next_word(phrase, &len);
		while (len > 0 && at < tokens->count && strlen(tokens->items[at].key) == len &&
		       memcmp(tokens->items[at].key, word, len) == 0) {
			at++;
			word = next_word(word + len, &len);
		}
		if (len == 0 && at > i) {
			*length = at - i;
			return (int)i;
		}
	}
	return -1;
}

void tokens_mark(struct tokens *tokens, size_t index, size_t length)
{
	for (size_t i = index; i < index + length && i < tokens->count; i++)
		tokens->items[i].known = true;
}

bool tokens_have(const struct tokens *tokens, const char *phrase)
{
	size_t length;
	return tokens_find(tokens, phrase, 0, &length) >= 0;
}

/* Words of other lists that only look like these, or that name a unit ("Dinh Phong"), are marked
 * before: what is accounted for is not looked at again. */
static bool all_known(const struct tokens *tokens, int index, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!tokens->items[(size_t)index + i].known)
			return false;
	return true;
}

bool tokens_mark_any(struct tokens *tokens, const char *const *phrases)
{
	bool any = false;
	for (size_t i = 0; phrases[i] != NULL; i++) {
		size_t length, from = 0;
		int index;
		while ((index = tokens_find(tokens, phrases[i], from, &length)) >= 0) {
			tokens_mark(tokens, (size_t)index, length);
			from = (size_t)index + length;
			any = true;
		}
	}
	return any;
}

bool tokens_have_unknown(const struct tokens *tokens, const char *const *phrases)
{
	for (size_t i = 0; phrases[i] != NULL; i++) {
		size_t length, from = 0;
		int index;
		while ((index = tokens_find(tokens, phrases[i], from, &length)) >= 0) {
			if (!all_known(tokens, index, length))
				return true;
			from = (size_t)index + length;
		}
	}
	return false;
}

bool tokens_are_known(const struct tokens *tokens)
{
	return all_known(tokens, 0, tokens->count);
}
