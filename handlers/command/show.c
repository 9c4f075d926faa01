/*
 * Owns: padding, colours, tables, CSV fields, moments.
 * May use: base/, base/civil.h.
 * Must not know: what is shown.
 */
#include "command/show.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP 2
#define CLEAN_MAX (64 * 1024)
#define CLEAN_PAIR 2 /* bytes of a C1 control character in UTF-8 */

void show_padded(FILE *out, const char *text, int columns)
{
	fputs(text, out);
	for (int width = show_width(text); width < columns; width++)
		fputc(' ', out);
}

const char *show_clean(struct arena *arena, const char *text)
{
	OWNED_BUFFER clean = BUFFER(CLEAN_MAX);
	for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
		bool c1 = c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0;
		if (*c == '\n' || *c == '\r' || *c == '\t')
			buffer_add_char(&clean, ' ');
		else if (c1 || *c < 0x20 || *c == 0x7f)
			buffer_add_char(&clean, '?');
		else
			buffer_add_char(&clean, (char)*c);
		c += c1 ? CLEAN_PAIR - 1 : 0;
	}
	return arena_copy(arena, buffer_text(&clean));
}

int show_terminal_columns(FILE *out)
{
	struct winsize size;
	if (!isatty(fileno(out)))
		return 0;
	const char *given = getenv("COLUMNS");
	long columns = given != NULL ? strtol(given, NULL, 10) : 0;
	if (columns <= 0 && ioctl(fileno(out), TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	return columns > 0 && columns < 10000 ? (int)columns : 80;
}

bool show_has_colour(FILE *out)
{
	const char *no = getenv("NO_COLOR");
	return isatty(fileno(out)) && (no == NULL || no[0] == '\0');
}

/* ── tables ──────────────────────────────────────────────────────────────────────────────────── */

struct table {
	FILE *out;
	const char *const *head;
	const struct show_cell *cells;
	size_t rows, columns, fixed;
	bool colour;
	int *widths;
};

static void print_cell(const struct table *table, const struct show_cell *cell, int width)
{
	static const char *const codes[] = {
	    [COLOUR_GREEN] = "\033[32m", [COLOUR_RED] = "\033[31;1m", [COLOUR_YELLOW] = "\033[33m"};
	bool coloured = table->colour && cell->colour != COLOUR_NONE;
	if (coloured)
		fputs(codes[cell->colour], table->out);
	fputs(cell->text, table->out);
	if (coloured)
		fputs("\033[0m", table->out);
	for (int at = show_width(cell->text); at < width; at++)
		fputc(' ', table->out);
}

/* One line of the fixed columns and those from `first` up to `end`. */
static void print_line(const struct table *table, const struct show_cell *cells, const char *rule,
    size_t first, size_t end)
{
	size_t last_shown = 0; /* blanks at the end of a line are noise in a file */
	for (size_t c = 0; c < end; c++)
		if ((c < table->fixed || c >= first) && (rule || cells[c].text[0] != '\0'))
			last_shown = c;
	for (size_t c = 0; c <= last_shown; c++) {
		if (c >= table->fixed && c < first)
			continue;
		bool last = c == last_shown;
		if (rule != NULL) {
			for (int i = 0; i < table->widths[c]; i++)
				fputs(rule, table->out);
		} else {
			print_cell(table, &cells[c], last ? 0 : table->widths[c]);
		}
		if (!last)
			fprintf(table->out, "%*s", GAP, "");
	}
	fputc('\n', table->out);
}

static void print_block(const struct table *table, size_t first, size_t end)
{
	struct show_cell *head = memory_new((table->columns + 1) * sizeof *head);
	for (size_t c = 0; c < table->columns; c++)
		head[c].text = table->head[c];
	print_line(table, head, NULL, first, end);
	print_line(table, NULL, "─", first, end);
	for (size_t r = 0; r < table->rows; r++)
		print_line(table, &table->cells[r * table->columns], NULL, first, end);
	free(head);
}

/* How many columns from `first` on fit; at least one. */
static size_t fit(const struct table *table, size_t first, int limit)
{
	int width = 0;
	for (size_t c = 0; c < table->fixed; c++)
		width += table->widths[c] + GAP;
	size_t end = first;
	while (end < table->columns) {
		width += table->widths[end];
		if (limit > 0 && width > limit && end > first)
			break;
		width += GAP;
		end++;
	}
	return end;
}

void show_table(FILE *out, const char *const *head, const struct show_cell *cells, size_t rows,
    size_t columns, size_t fixed, int limit, bool colour)
{
	int *widths = memory_new((columns + 1) * sizeof *widths);
	for (size_t c = 0; c < columns; c++) {
		widths[c] = show_width(head[c]);
		for (size_t r = 0; r < rows; r++) {
			int width = show_width(cells[r * columns + c].text);
			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	const struct table table = {out, head, cells, rows, columns, fixed, colour, widths};
	size_t first = fixed;
	do {
		size_t end = fit(&table, first, limit);
		if (first > fixed)
			fputc('\n', out);
		print_block(&table, first, end);
		first = end;
	} while (first < columns);
	free(widths);
}

/* ── files ───────────────────────────────────────────────────────────────────────────────────── */

void show_csv_field(FILE *out, const char *text)
{
	bool formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;
	bool quoted = strpbrk(text, ",;\"\r\n\t") != NULL;
	if (quoted)
		fputc('"', out);
	if (formula)
		fputc('\'', out);
	for (const char *c = text; *c != '\0'; c++) {
		if (*c == '"')
			fputc('"', out);
		fputc(*c, out);
	}
	if (quoted)
		fputc('"', out);
}

/* ── moments ─────────────────────────────────────────────────────────────────────────────────── */

static bool is_none(struct wall moment)
{
	return moment.ms == 0 || moment.ms == WALL_NEVER.ms;
}

struct civil_text show_moment(struct wall moment, int zone_minutes)
{
	return is_none(moment) ? (struct civil_text){""} : civil_short_moment(moment, zone_minutes);
}

struct civil_text show_csv_moment(struct wall moment, int zone_minutes)
{
	if (is_none(moment))
		return (struct civil_text){""};
	struct civil_text text = civil_rfc3339(moment, zone_minutes);
	text.text[10] = ' '; /* the T; spreadsheets know "2020-06-10 08:05" */
	text.text[16] = '\0';
	return text;
}
