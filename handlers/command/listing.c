/*
 * Owns: collecting rows of text, then printing them as a table or as CSV.
 * May use: base/, command/show.h.
 * Must not know: what is listed.
 */
#include "command/listing.h"

#include <stdarg.h>
#include <string.h>

#define TEXT_LEAST 20 /* a column is not cut to less */

void listing_begin(
    struct listing *listing, struct arena *arena, const char *const *head, size_t columns)
{
	*listing = (struct listing){.arena = arena, .columns = columns};
	for (size_t i = 0; i < columns; i++)
		listing->head[i] = head[i];
}

void listing_add(struct listing *listing, const char *text, enum colour colour)
{
	ARRAY_GROW(listing->cells, listing->count, listing->capacity);
	const char *copy = listing->raw ? arena_copy(listing->arena, text != NULL ? text : "")
					: show_clean(listing->arena, text);
	listing->cells[listing->count++] = (struct show_cell){copy, colour};
	listing->rows = listing->count / listing->columns;
}

void listing_printf(struct listing *listing, const char *format, ...)
{
	char text[1000];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	listing_add(listing, text, COLOUR_NONE);
}

static void cut_last_column(struct listing *listing, int limit)
{
	size_t last = listing->columns - 1;
	for (size_t c = 0; c < last; c++) {
		int width = show_width(listing->head[c]);
		for (size_t r = 0; r < listing->rows; r++) {
			int cell = show_width(listing->cells[r * listing->columns + c].text);
			width = cell > width ? cell : width;
		}
		limit -= width + 2;
	}
	if (limit < TEXT_LEAST)
		limit = TEXT_LEAST;
	for (size_t r = 0; r < listing->rows; r++) {
		struct show_cell *cell = &listing->cells[r * listing->columns + last];
		cell->text = show_cut(listing->arena, cell->text, limit);
	}
}

void listing_print(struct listing *listing, FILE *out)
{
	int limit = show_terminal_columns(out);
	if (limit > 0)
		cut_last_column(listing, limit);
	show_table(out, listing->head, listing->cells, listing->rows, listing->columns,
	    listing->columns, 0, show_has_colour(out));
}

void listing_print_csv(const struct listing *listing, FILE *out)
{
	for (size_t c = 0; c < listing->columns; c++)
		fprintf(out, "%s%s", c > 0 ? "," : "", listing->head[c]);
	fputs("\r\n", out);
	for (size_t i = 0; i < listing->rows * listing->columns; i++) {
		show_csv_field(out, listing->cells[i].text);
		fputs((i + 1) % listing->columns == 0 ? "\r\n" : ",", out);
	}
}

void listing_end(struct listing *listing)
{
	memory_free(listing->cells);
	listing->cells = NULL;
}
