/*
 * Owns: reading and writing comma-separated values.
 * May use: base/.
 * Must not know: what the columns mean.
 */
#include "document/csv.h"

#include "base/buffer.h"

#include <string.h>

static char guess_separator(const char *text, size_t len)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	for (size_t i = 0; i < len && text[i] != '\n'; i++) {
		commas += text[i] == ',';
		semicolons += text[i] == ';';
		tabs += text[i] == '\t';
	}
	if (tabs > commas && tabs > semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

bool csv_begin(struct csv *csv, struct arena *arena, const char *file, const char *text, size_t len,
    struct complaints *complaints)
{
	size_t bad = document_utf8_error(text, len);
	const char *nul = memchr(text, '\0', bad);
	if (nul != NULL)
		bad = (size_t)(nul - text);
	if (bad < len) {
		complain(complaints, file, document_line_at(text, bad),
		    "This is not UTF-8 text. In the spreadsheet choose Save As, \"CSV UTF-8\".");
		return false;
	}
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	*csv = (struct csv){.arena = arena,
	    .file = file,
	    .complaints = complaints,
	    .next = text,
	    .end = text + len,
	    .separator = guess_separator(text, len),
	    .next_line = 1};
	return true;
}

/* A quoted field, the opening quote taken already. False when its end never comes. */
static bool take_quoted(struct csv *csv, struct buffer *field)
{
	while (csv->next < csv->end) {
		char c = *csv->next++;
		if (c == '"') {
			if (csv->next == csv->end || *csv->next != '"')
				return true;
			csv->next++;
		}
		csv->next_line += c == '\n';
		buffer_add_char(field, c);
	}
	return false;
}

static bool at_separator(const struct csv *csv)
{
	return csv->next == csv->end || *csv->next == csv->separator || *csv->next == '\n';
}

static const char *trimmed(struct arena *arena, const struct buffer *field)
{
	const char *text = buffer_text(field);
	size_t len = field->len;
	static const char *const blanks = " \t\r\n";
	size_t skip = strspn(text, blanks);
	while (len > skip && strchr(blanks, text[len - 1]) != NULL)
		len--;
	return arena_copy_bytes(arena, text + skip, len - skip);
}

static int refuse(struct csv *csv, int line, const char *text)
{
	complain(csv->complaints, csv->file, line, "%s", text);
	return -1;
}

/* One field up to its separator. -1 after a complaint, else 0. */
static int take_field(struct csv *csv, int line, const char **out)
{
	OWNED_BUFFER field = BUFFER(CSV_FIELD_MAX);
	while (csv->next < csv->end && *csv->next == ' ')
		csv->next++;
	if (csv->next < csv->end && *csv->next == '"') {
		csv->next++;
		if (!take_quoted(csv, &field))
			return refuse(csv, line,
			    "A quote (\") that opens in this row never closes. "
			    "Add the closing quote.");
		while (!at_separator(csv) && (*csv->next == ' ' || *csv->next == '\r'))
			csv->next++;
		if (!at_separator(csv))
			return refuse(csv, line,
			    "Text follows a closing quote (\"). Write a quote "
			    "inside quotes twice (\"\").");
	} else {
		const char *from = csv->next;
		while (!at_separator(csv))
			csv->next++;
		buffer_add(&field, from, (size_t)(csv->next - from));
	}
	if (field.overflow)
		return refuse(csv, line,
		    "A field of this row is longer than 400 bytes. Shorten it; a "
		    "missing quote can be the cause.");
	*out = trimmed(csv->arena, &field);
	return 0;
}

static bool is_empty(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->fields[i][0] != '\0')
			return false;
	return true;
}

static int take_row(struct csv *csv, struct csv_row *row)
{
	*row = (struct csv_row){.line = csv->next_line};
	for (;;) {
		if (row->count == CSV_FIELDS_MAX)
			return refuse(csv, row->line,
			    "This row has more than 32 fields. Check the "
			    "separators and quotes.");
		if (take_field(csv, row->line, &row->fields[row->count]) != 0)
			return -1;
		row->count++;
		if (csv->next == csv->end)
			return 1;
		char stop = *csv->next++;
		if (stop == '\n') {
			csv->next_line++;
			return 1;
		}
	}
}

int csv_take(struct csv *csv, struct csv_row *row)
{
	while (csv->next < csv->end) {
		int result = take_row(csv, row);
		if (result < 0 || !is_empty(row))
			return result;
	}
	return 0;
}

void csv_write_field(FILE *out, const char *text)
{
	if (strpbrk(text, ",;\t\"\r\n") == NULL) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}
