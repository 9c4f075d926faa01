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
static void take_near(
    struct scan *scan, const char *code, size_t first, size_t count, bool names_come_first)
{
	size_t behind = first + count;
	enum gap gap =
	    behind < scan->words.count ? (enum gap)scan->words.items[behind].gap : GAP_LINE;
	bool tied = gap == GAP_EQUALS || gap == GAP_COLON || gap == GAP_NONE;
	if (tied && is_figure(scan, behind))
		keep(scan, code, behind, first, count + 1);
	else if (names_come_first && gap == GAP_SPACE && is_figure(scan, behind))
		keep(scan, code, behind, first, count + 1);
	else if (!names_come_first && first > 0 && is_figure(scan, first - 1) &&
		 scan->words.items[first].gap <= GAP_SPACE)
		keep(scan, code, first - 1, first - 1, count + 1);
	else if (scan_word_is(scan, behind, "la") && is_figure(scan, behind + 1))
		keep(scan, code, behind + 1, first, count + 2);
	else if (gap == GAP_SPACE && is_figure(scan, behind))
		keep(scan, code, behind, first, count + 1);
}

typedef void field_fn(struct scan *scan, const char *code, size_t first, size_t count, void *arg);

static void each_place(
    struct scan *scan, const char *code, const char *key, size_t length, field_fn *visit, void *arg)
{
	for (size_t i = 0; i < scan->words.count; i++) {
		size_t count = scan_match_key(scan, i, key, length);
		if (count > 0)
			visit(scan, code, i, count, arg);
	}
}

static void each_name(
    struct scan *scan, const struct understand_field *field, field_fn *visit, void *arg)
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
	each_place(scan, field->code, code, length, visit, arg);
	while (list != NULL && *list != '\0') {
		size_t phrase = strcspn(list, "|");
		each_place(scan, field->code, list, phrase, visit, arg);
		list += phrase + (list[phrase] == '|');
	}
}

static void each_field(struct scan *scan, field_fn *visit, void *arg)
{
	const struct understand_context *context = scan->context;
	for (size_t i = 0; i < context->obligation_count; i++)
		for (size_t j = 0; j < context->obligations[i].field_count; j++)
			each_name(scan, &context->obligations[i].fields[j], visit, arg);
}

static void take(struct scan *scan, const char *code, size_t first, size_t count, void *arg)
{
	take_near(scan, code, first, count, *(bool *)arg);
}

/* Where the last name stands, and whether a number ends the row: "lop 3 nguoi 120". */
struct last_name {
	size_t first;
	bool numbered;
};

static void find_last(struct scan *scan, const char *code, size_t first, size_t count, void *arg)
{
	struct last_name *last = arg;
	size_t behind = first + count;
	(void)code;
	if (first < last->first)
		return;
	last->first = first;
	last->numbered = is_figure(scan, behind) && scan->words.items[behind].gap == GAP_SPACE;
}

void scan_take_figures(struct scan *scan)
{
	struct last_name last = {0};
	each_field(scan, find_last, &last);
	each_field(scan, take, &last.numbered);
}
