/*
 * Owns: the agency, association or school that a text speaks for: "Hội LHPN huyện", "TTYT Hạ Lang".
 * May use: understand/scan.h, the rows of vocabulary_agencies.c.
 * Must not know: what is said of it.
 *
 * A unit of the sender's own, or of the office, is found however its kind is shortened.
 */
#include "understand/scan.h"

#include <string.h>

#define KEYS_MAX 14
#define TAIL_WORDS_MAX 4

/* What stands in front of whom something is sent to, asked of or brought by. */
static const char *const towards[] = {"cho", "sang", "qua", "den", "toi", "len", "gui", "nop",
    "tai", "nho", "voi", "vao", "xuong", "ra", "hoi", "nhan", "chuyen", "dua", "giao", "anh", "chi",
    "cac", "mot", "may", "moi", "trong", "o", NULL};

static bool is_any(const struct scan *scan, size_t index, const char *const *list)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (scan_word_is(scan, index, list[i]))
			return true;
	return false;
}

/* ── which unit of the plan it is ────────────────────────────────────────────────────────────── */

/* One of the row's ways to say it stands among the words of a name. */
static bool holds_way(
    const uint64_t *name, size_t count, const char *ways, const struct letter *table)
{
	while (*ways != '\0') {
		char way[128] = {0};
		uint64_t keys[KEYS_MAX];
		size_t length = strcspn(ways, "|");
		memcpy(way, ways, length < sizeof way ? length : sizeof way - 1);
		size_t words = words_keys_of_name(way, table, keys, KEYS_MAX);
		for (size_t at = 0; words > 0 && at + words <= count; at++)
			if (memcmp(name + at, keys, words * sizeof *keys) == 0)
				return true;
		ways += length + (ways[length] == '|');
	}
	return false;
}

static bool holds_key(const uint64_t *keys, size_t count, uint64_t key)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i] == key)
			return true;
	return false;
}

/* The name is of this kind, and has all words that follow the kind in the text. */
static bool is_called_so(
    const struct scan *scan, const char *name, int kind, const struct item *item)
{
	const struct letter *table = lexicon_letters(scan->context->vocabulary);
	uint64_t keys[KEYS_MAX];
	size_t count = name != NULL ? words_keys_of_name(name, table, keys, KEYS_MAX) : 0;
	for (size_t i = 0; i < vocabulary_agencies.count; i++) {
		const struct vocabulary_phrases *row = &vocabulary_agencies.rows[i];
		if (row->value != kind || !holds_way(keys, count, row->phrases, table))
			continue;
		for (size_t j = 1; j <= (size_t)item->value; j++) {
			uint64_t key = scan->words.items[item->first + item->count - j].key;
			if (!scan_word_is(scan, item->first + item->count - j, "huyen") &&
			    !holds_key(keys, count, key))
				return false;
		}
		return true;
	}
	return false;
}

/* A unit of the sender's own, else the only one of the office's, else as it is written. */
static void keep_agency(struct scan *scan, const struct item *item, int kind)
{
	const struct understand_context *context = scan->context;
	const struct understand_unit *only = NULL;
	size_t found = 0;
	for (size_t i = 0; i < context->obligation_count; i++) {
		const struct understand_obligation *own = &context->obligations[i];
		if (is_called_so(scan, own->unit_name, kind, item)) {
			scan_keep_unit(scan, own->unit_name, own->unit_code, true);
			return;
		}
	}
	for (size_t i = 0; i < context->unit_count; i++)
		if (is_called_so(scan, context->units[i].name, kind, item)) {
			only = &context->units[i];
			found++;
		}
	if (found == 1)
		scan_keep_unit(scan, only->name, only->code, false);
	else
		scan_keep_unit(scan, scan_written(scan, item->first, item->count), NULL, false);
}

/* ── where it stands ─────────────────────────────────────────────────────────────────────────── */

static bool speaks_for_it(const struct scan *scan, const struct item *item)
{
	size_t index = item->first;
	if (index == 0 || scan->words.items[index].gap >= GAP_COMMA)
		return true;
	const struct word *before = &scan->words.items[index - 1];
	bool person = before->capital && !before->shouted && index > 1;
	return !is_any(scan, index - 1, towards) && !person;
}

/* "huyện", and a place's name in capitals: how many words belong to it. */
static size_t tail_of(const struct scan *scan, const struct item *item)
{
	size_t at = item->first + item->count, end = at;
	bool shouted = scan->words.items[at - 1].shouted && scan->words.items[at - 1].count > 6;
	if (scan_word_is(scan, end, "huyen") && scan->words.items[end].gap == GAP_SPACE)
		end++;
	while (end < scan->words.count && end < at + TAIL_WORDS_MAX) {
		const struct word *word = &scan->words.items[end];
		bool place = word->capital && (!word->shouted || scan_word_is(scan, end, "tt")) &&
			     !word->digits && word->gap == GAP_SPACE && !shouted;
		if (!place)
			break;
		end++;
	}
	return end - at;
}

static void swallow(struct scan *scan, size_t index, size_t words)
{
	struct item *item = &scan->items[index];
	size_t end = item->first + item->count + words, next = index + 1;
	while (next < scan->item_count && scan->items[next].first < end)
		next++;
	if (next > index + 1 && scan->items[next - 1].first + scan->items[next - 1].count > end)
		return; /* a phrase goes on behind it: no name */
	item->count = (uint16_t)(end - item->first);
	memmove(&scan->items[index + 1], &scan->items[next],
	    (scan->item_count - next) * sizeof *scan->items);
	scan->item_count -= next - index - 1;
	item->value = (int)words;
}

void scan_name_agencies(struct scan *scan)
{
	for (size_t i = 0; i < scan->item_count; i++) {
		struct item *item = &scan->items[i];
		if (item->concept != CONCEPT_AGENCY)
			continue;
		int kind = item->value;
		item->value = 0;
		swallow(scan, i, tail_of(scan, item));
		bool speaks = speaks_for_it(scan, item);
		item->concept = speaks ? CONCEPT_OWN_UNIT : CONCEPT_PLACE;
		memset(item->others, 0, sizeof item->others);
		if (speaks && scan->unit_name == NULL && !scan->words.items[item->first].quoted)
			keep_agency(scan, item, kind);
		item->value = 0;
	}
}
