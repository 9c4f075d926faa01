/*
 * Owns: figures that a report asks for: "lop=3", "3 lớp", "lớp: 3".
 * May use: understand/scan.h.
 * Must not know: which reports there are.
 */
#include "understand/scan.h"

#include <limits.h>
#include <string.h>

static bool is_figure(const struct scan *scan, size_t index)
{
	return index < scan->words.count && scan->words.items[index].digits &&
	       !scan->taken[index] && scan->words.items[index].value != INT_MAX;
}

static void keep(struct scan *scan, const char *code, size_t value, size_t first, size_t count)
{
	for (size_t i = 0; i < scan->figure_count; i++)
		if (strcmp(scan->figures[i].field, code) == 0)
			return;
	if (scan->figure_count == UNDERSTAND_FIGURES_MAX)
		return;
	scan->figures[scan->figure_count++] =
	    (struct understand_figure){.field = code, .value = scan->words.items[value].value};
	scan_add(scan, CONCEPT_FIGURE, first, count);
}

/* "lop=3", "lớp: 3", "lớp là 3", else "3 lớp". */
static void take_near(struct scan *scan, const char *code, size_t first, size_t count)
{
	size_t behind = first + count;
	enum gap gap =
	    behind < scan->words.count ? (enum gap)scan->words.items[behind].gap : GAP_LINE;
	bool tied = gap == GAP_EQUALS || gap == GAP_COLON || gap == GAP_NONE;
	if (tied && is_figure(scan, behind))
		keep(scan, code, behind, first, count + 1);
	else if (first > 0 && is_figure(scan, first - 1) &&
		 scan->words.items[first].gap <= GAP_SPACE)
		keep(scan, code, first - 1, first - 1, count + 1);
	else if (scan_word_is(scan, behind, "la") && is_figure(scan, behind + 1))
		keep(scan, code, behind + 1, first, count + 2);
	else if (gap == GAP_SPACE && is_figure(scan, behind))
		keep(scan, code, behind, first, count + 1);
}

static void take_field(struct scan *scan, const char *code, const char *key, size_t length)
{
	for (size_t i = 0; i < scan->words.count; i++) {
		size_t count = scan_match_key(scan, i, key, length);
		if (count > 0)
			take_near(scan, code, i, count);
	}
}

static void take_words(struct scan *scan, const struct understand_field *field)
{
	const char *list = field->words;
	char code[WORD_LETTERS_MAX + 1];
	size_t length = strnlen(field->code, WORD_LETTERS_MAX);
	for (size_t i = 0; i < length; i++) {
		char c = field->code[i];
		code[i] = (char)(c >= 'A' && c <= 'Z'   ? c - 'A' + 'a'
				 : c == '-' || c == '_' ? ' '
							: c);
	}
	take_field(scan, field->code, code, length);
	while (list != NULL && *list != '\0') {
		size_t phrase = strcspn(list, "|");
		take_field(scan, field->code, list, phrase);
		list += phrase + (list[phrase] == '|');
	}
}

void scan_take_figures(struct scan *scan)
{
	const struct understand_context *context = scan->context;
	for (size_t i = 0; i < context->obligation_count; i++)
		for (size_t j = 0; j < context->obligations[i].field_count; j++)
			take_words(scan, &context->obligations[i].fields[j]);
}
