/*
 * Owns: finding reports and units in a text.
 * May use: base/, text/, understand/.
 * Must not know: what is claimed.
 */
#include "understand/match.h"

#include "text/letters.h"
#include "understand/vocabulary.h"

#include <string.h>

struct place {
	int index;
	size_t length;
	enum doubt doubt;
};

static bool token_is(const struct tokens *tokens, int index, const char *key)
{
	return index >= 0 && index < (int)tokens->count &&
	       strcmp(tokens->items[index].key, key) == 0;
}

static bool follows_report_word(const struct tokens *tokens, int index)
{
	return token_is(tokens, index - 1, "bc") ||
	       (token_is(tokens, index - 1, "cao") && token_is(tokens, index - 2, "bao"));
}

/* A report's code that is a plain word ("nam": year, five, a name) names the report only right
 * behind "bc" / "bao cao"; where it opens the text it may. */
static bool stands_as_code(const struct tokens *tokens, int index, const char *code)
{
	return strpbrk(code, "0123456789") != NULL || index == 0 ||
	       follows_report_word(tokens, index) || (index == 1 && token_is(tokens, 0, "huy"));
}

static struct place find_code(const struct tokens *tokens, const char *code)
{
	OWNED_TEXT key = letters_key(code);
	struct place place = {-1, 0, DOUBT_NONE};
	size_t from = 0;
	do {
		place.index = tokens_find(tokens, key, from, &place.length);
		from = (size_t)place.index + 1;
	} while (place.index >= 0 && !stands_as_code(tokens, place.index, key));
	if (place.index == 0 && strpbrk(key, "0123456789") == NULL)
		place.doubt = DOUBT_A_NAME;
	/* T6 is June, not 6T: tokens are compared in order, so "t 6" never equals "6 t"; but in
	 * "t 6 t" the 6 belongs to the month. */
	if (token_is(tokens, place.index - 1, "t"))
		place.index = -1;
	if (place.index < 0)
		place.length = 0;
	return place;
}

/* "ngay 6 thang nay" is a day; "sau thang" may be after the month, and a time that does not stand
 * behind "bao cao" may be when it will be sent. */
static struct place judge_words(const struct tokens *tokens, int index, size_t length)
{
	struct place place = {index, length, DOUBT_NONE};
	int next = index + (int)length;
	if (token_is(tokens, index - 1, "ngay"))
		place.index = -1;
	bool says_report = token_is(tokens, index, "bao") && token_is(tokens, index + 1, "cao");
	int first = says_report ? index + 2 : index;
	if (token_is(tokens, next, "nay") || token_is(tokens, first, "sau"))
		place.doubt = DOUBT_AFTER;
	else if (!says_report && !follows_report_word(tokens, index))
		place.doubt = DOUBT_WHEN;
	return place;
}

static struct place find_words(struct arena *arena, const struct tokens *tokens, const char *words)
{
	struct place best = {-1, 0, DOUBT_NONE};
	char *list = arena_copy(arena, words), *phrase;
	while ((phrase = strsep(&list, "|")) != NULL) {
		size_t length;
		if (strchr(phrase, ' ') == NULL)
			continue; /* one word alone is too little */
		int index = tokens_find(tokens, phrase, 0, &length);
		if (index < 0 || length <= best.length)
			continue;
		struct place place = judge_words(tokens, index, length);
		if (place.index >= 0)
			best = place;
	}
	return best;
}

static struct place find_report(
    struct arena *arena, const struct tokens *tokens, const struct understand_obligation *report)
{
	struct place code = find_code(tokens, report->report_code);
	struct place words = find_words(arena, tokens, report->report_words);
	return words.index >= 0 && words.length > code.length ? words : code;
}

/* "tong hop 6 thang" names the summary, not 6T: a longer name that covers a shorter one wins. */
static bool is_covered(struct arena *arena, const struct tokens *tokens,
    const struct understand_context *context, const char *code, struct place place)
{
	for (size_t i = 0; i < context->obligation_count + context->other_report_count; i++) {
		const struct understand_obligation *other =
		    i < context->obligation_count
			? &context->obligations[i]
			: &context->other_reports[i - context->obligation_count];
		if (strcmp(other->report_code, code) == 0)
			continue;
		struct place wider = find_report(arena, tokens, other);
		if (wider.index >= 0 && wider.length > place.length && wider.index <= place.index &&
		    (size_t)wider.index + wider.length >= (size_t)place.index + place.length)
			return true;
	}
	return false;
}

static bool already_named(const struct matches *matches, const char *code)
{
	for (size_t i = 0; i < matches->named_count; i++)
		if (strcmp(matches->named[i]->report_code, code) == 0)
			return true;
	return false;
}

/* Words of the unit's name without its kind: "Xã Ngọc Côn" → "ngoc con". */
static const char *bare_unit_name(const char *key)
{
	static const char *const kinds[] = {"xa ", "thi tran ", "phuong ", "phong ", "ubnd xa "};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strncmp(key, kinds[i], strlen(kinds[i])) == 0)
			return key + strlen(kinds[i]);
	return key;
}

static bool mark_unit(struct tokens *tokens, const char *unit_name)
{
	OWNED_TEXT key = letters_key(unit_name);
	size_t length;
	int index = tokens_find(tokens, bare_unit_name(key), 0, &length);
	if (index < 0)
		return false;
	tokens_mark(tokens, (size_t)index, length);
	return true;
}

/* Two of the sender's units named: as if none was, and the caller asks. */
static void mark_units(
    struct tokens *tokens, const struct understand_context *context, struct matches *out)
{
	bool several = false;
	for (size_t i = 0; i < context->obligation_count; i++) {
		const struct understand_obligation *obligation = &context->obligations[i];
		if (!mark_unit(tokens, obligation->unit_name))
			continue;
		several |=
		    out->unit_code != NULL && strcmp(out->unit_code, obligation->unit_code) != 0;
		out->unit_code = obligation->unit_code;
	}
	if (several)
		out->unit_code = NULL;
}

/* Several words for one report: "bao cao 6 thang" and "6 thang dau nam" share their middle. */
static void mark_report(struct arena *arena, struct tokens *tokens,
    const struct understand_obligation *report, struct place place)
{
	char *list = arena_copy(arena, report->report_words), *phrase;
	tokens_mark(tokens, (size_t)place.index, place.length);
	while ((phrase = strsep(&list, "|")) != NULL) {
		size_t length;
		int index = tokens_find(tokens, phrase, 0, &length);
		if (index >= 0 && index < place.index + (int)place.length &&
		    index + (int)length > place.index)
			tokens_mark(tokens, (size_t)index, length);
	}
}

static void keep_named_unit(struct matches *out)
{
	size_t kept = 0;
	for (size_t i = 0; i < out->named_count; i++) {
		const struct understand_obligation *named = out->named[i];
		if (out->unit_code == NULL || strcmp(named->unit_code, out->unit_code) == 0)
			out->named[kept++] = named;
	}
	out->named_count = kept;
	for (size_t i = 1; i < kept; i++)
		out->mixed_units |= strcmp(out->named[i]->unit_code, out->named[0]->unit_code) != 0;
}

static void match_owed(struct arena *arena, struct tokens *tokens,
    const struct understand_context *context, struct matches *out)
{
	for (size_t i = 0; i < context->obligation_count; i++) {
		const struct understand_obligation *obligation = &context->obligations[i];
		struct place place = find_report(arena, tokens, obligation);
		if (place.index < 0 ||
		    is_covered(arena, tokens, context, obligation->report_code, place))
			continue;
		out->report_count += !already_named(out, obligation->report_code);
		out->named[out->named_count++] = obligation;
		if (place.doubt > out->doubt)
			out->doubt = place.doubt;
	}
}

static void match_others(struct arena *arena, struct tokens *tokens,
    const struct understand_context *context, struct matches *out)
{
	for (size_t i = 0; i < context->other_report_count; i++) {
		const struct understand_obligation *other = &context->other_reports[i];
		struct place place = find_report(arena, tokens, other);
		if (place.index < 0 ||
		    is_covered(arena, tokens, context, other->report_code, place))
			continue;
		out->names_other = true;
		out->report_count++;
		tokens_mark(tokens, (size_t)place.index, place.length);
	}
}

void match_reports(struct arena *arena, struct tokens *tokens,
    const struct understand_context *context, struct matches *out)
{
	size_t length;
	*out = (struct matches){0};
	out->named = arena_alloc(arena, (context->obligation_count + 1) * sizeof(void *));
	match_owed(arena, tokens, context, out);
	match_others(arena, tokens, context, out);
	for (size_t i = 0; i < out->named_count; i++)
		mark_report(
		    arena, tokens, out->named[i], find_report(arena, tokens, out->named[i]));
	for (size_t i = 0; vocabulary_reports[i] != NULL; i++) {
		int index = tokens_find(tokens, vocabulary_reports[i], 0, &length);
		if (index >= 0) {
			out->with_word = true;
			tokens_mark(tokens, (size_t)index, length);
		}
	}
	mark_units(tokens, context, out);
	keep_named_unit(out);
}
