/*
 * Owns: collecting complaints, reading a whole file, finding what is not UTF-8.
 * May use: base/.
 * Must not know: what the files are about.
 */
#include "document/document.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COMPLAINT_BYTES 1200

/* Files may hold anything: control characters and broken letters must not reach a terminal. */
static void make_printable(char *text)
{
	size_t len = strlen(text);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = ' ';
	for (size_t at = 0; (at = document_utf8_error(text, len)) < len;)
		text[at] = '?';
}

static void add_complaint(struct complaints *complaints, const char *file, int line, bool warning,
    const char *format, va_list args)
{
	complaints->errors += !warning;
	if (complaints->count == COMPLAINTS_MAX)
		return;
	char text[COMPLAINT_BYTES];
	vsnprintf(text, sizeof text, format, args);
	make_printable(text);
	complaints->items[complaints->count++] = (struct complaint){
	    .file = arena_copy(complaints->arena, file),
	    .line = line,
	    .text = arena_copy(complaints->arena, text),
	    .warning = warning,
	};
}

void complain(struct complaints *complaints, const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_complaint(complaints, file, line, false, format, args);
	va_end(args);
}

void complain_mildly(
    struct complaints *complaints, const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add_complaint(complaints, file, line, true, format, args);
	va_end(args);
}

void complaint_print(FILE *out, const char *file, int line, const char *warning, const char *text)
{
	fputs(file, out);
	if (line > 0)
		fprintf(out, ":%d", line);
	fprintf(out, ": %s%s\n", warning, text);
}

static void close_descriptor(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
}

enum result document_read(
    struct arena *arena, const char *path, const char **text, size_t *len, struct failure *failure)
{
	__attribute__((cleanup(close_descriptor))) int descriptor =
	    open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	if (descriptor < 0 || fstat(descriptor, &status) != 0)
		return failure_set(failure,
		    errno == ENOENT || errno == ENOTDIR || errno == EACCES ? RESULT_NOT_FOUND
									   : RESULT_IO,
		    "Cannot read %.300s: %s. Check the path and the permissions.", path,
		    strerror(errno));
	if (!S_ISREG(status.st_mode))
		return failure_set(failure, RESULT_INVALID,
		    "%.300s is not a regular file. Give the path of a file.", path);
	if (status.st_size > DOCUMENT_BYTES_MAX)
		return failure_set(failure, RESULT_LIMIT,
		    "%.300s has %lld bytes; at most %d are read. Split it, or check that it is "
		    "the right file.",
		    path, (long long)status.st_size, DOCUMENT_BYTES_MAX);
	size_t size = (size_t)status.st_size, filled = 0;
	char *bytes = arena_alloc(arena, size + 1);
	while (filled < size) {
		ssize_t got = read(descriptor, bytes + filled, size - filled);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return failure_set(
			    failure, RESULT_IO, "Cannot read %.300s: %s.", path, strerror(errno));
		if (got == 0)
			break; /* it became shorter meanwhile */
		filled += (size_t)got;
	}
	*text = bytes;
	*len = filled;
	return RESULT_OK;
}

/* The length of the well-formed UTF-8 sequence at `text` (1…4), or 0. */
static size_t utf8_sequence(const unsigned char *text, size_t left)
{
	unsigned char lead = text[0];
	if (lead < 0x80)
		return 1;
	size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (lead < 0xC2 || lead > 0xF4 || size > left)
		return 0;
	uint32_t letter = lead & (0xFFu >> (size + 1));
	for (size_t i = 1; i < size; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
		letter = letter << 6 | (text[i] & 0x3Fu);
	}
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	bool surrogate = letter >= 0xD800 && letter < 0xE000;
	return letter < least[size] || letter > 0x10FFFF || surrogate ? 0 : size;
}

size_t document_utf8_error(const char *text, size_t len)
{
	size_t at = 0;
	while (at < len) {
		size_t size = utf8_sequence((const unsigned char *)text + at, len - at);
		if (size == 0)
			return at;
		at += size;
	}
	return len;
}

int document_line_at(const char *text, size_t offset)
{
	int line = 1;
	for (size_t i = 0; i < offset; i++)
		line += text[i] == '\n';
	return line;
}

const char *document_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (slash == NULL)
		return ".";
	return slash == path ? "/" : arena_copy_bytes(arena, path, (size_t)(slash - path));
}

const char *document_path_in(struct arena *arena, const char *folder, const char *path)
{
	if (path[0] == '/' || strcmp(folder, ".") == 0)
		return arena_copy(arena, path);
	const char *between = strcmp(folder, "/") == 0 ? "" : "/";
	return arena_printf(arena, "%s%s%s", folder, between, path);
}

bool document_code_is_good(const char *code, size_t max)
{
	size_t len = strlen(code);
	if (len == 0 || len > max || code[0] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = code[i];
		if (!(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return true;
}

/* Optimal string alignment distance; words longer than `row` allows are as far as can be. */
#define NEAR_LETTERS 40

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t distance(const char *a, const char *b)
{
	size_t a_len = strlen(a), b_len = strlen(b);
	if (a_len > NEAR_LETTERS || b_len > NEAR_LETTERS)
		return SIZE_MAX;
	size_t rows[3][NEAR_LETTERS + 1];
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
		const size_t *above_that = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			row[j] = smaller(above[j] + 1, row[j - 1] + 1);
			row[j] = smaller(row[j], above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = smaller(row[j], above_that[j - 2] + 1);
		}
	}
	return rows[a_len % 3][b_len];
}

const char *document_nearest(const char *word, const char *const *known, size_t count)
{
	const char *nearest = NULL;
	size_t limit = strlen(word) / 3 + 1, best = limit < 3 ? limit + 1 : 4;
	for (size_t i = 0; i < count; i++) {
		size_t far = distance(word, known[i]);
		if (far < best) {
			best = far;
			nearest = known[i];
		}
	}
	return nearest;
}

const char *document_advice(
    struct arena *arena, const char *word, const char *const *known, size_t count)
{
	const char *nearest = document_nearest(word, known, count);
	if (nearest != NULL)
		return arena_printf(arena, "Did you mean `%s`?", nearest);
	OWNED_BUFFER list = BUFFER(700);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&list, "%s%s", i ? ", " : "", known[i]);
	return arena_printf(arena, "Known: %s.", buffer_text(&list));
}
