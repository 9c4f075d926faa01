/*
 * Owns: the office's own test file: adding to it, and reading it again.
 * May use: base/, text/, document/, command/.
 * Must not know: the store.
 */
#include "command/own_texts.h"

#include "command/understand.h"
#include "command/words.h"
#include "text/letters.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#define COLUMNS 7
#define LINE_BYTES_MAX (8 * 1024)

/* ── lines ───────────────────────────────────────────────────────────────────────────────────── */

static void add_escaped(struct buffer *line, const char *text)
{
	size_t len = strlen(text), good = document_utf8_error(text, len);
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte == '\\')
			buffer_add_text(line, "\\\\");
		else if (byte == '\n')
			buffer_add_text(line, "\\n");
		else if (byte == '\t')
			buffer_add_text(line, "\\t");
		else if (byte < ' ' || (good < len && byte >= 0x80))
			buffer_printf(line, "\\x%02x", byte);
		else
			buffer_add_char(line, (char)byte);
	}
}

static void add_column(struct buffer *line, const char *text)
{
	buffer_add_char(line, '\t');
	add_escaped(line, text != NULL && text[0] != '\0' ? text : "-");
}

static char *next_line(char **rest)
{
	char *line = strsep(rest, "\n");
	size_t len = line != NULL ? strlen(line) : 0;
	if (len > 0 && line[len - 1] == '\r')
		line[len - 1] = '\0';
	return line;
}

static bool is_remark(const char *line)
{
	return line[0] == '\0' || strncmp(line, "# ", 2) == 0;
}

/* Cuts the line into its columns, in place; the text's escapes are undone. NULL, else what is
 * wrong. */
static const char *cut(char *line, struct own_text *out, size_t *len)
{
	const char *columns[COLUMNS] = {0};
	size_t count = 0;
	for (char *rest = line; rest != NULL; count++) {
		char *column = strsep(&rest, "\t");
		if (count < COLUMNS)
			columns[count] = column;
	}
	if (count != COLUMNS && count != COLUMNS - 1)
		return "6 or 7 columns";
	*len = understand_unescape(line, strlen(line));
	line[*len] = '\0';
	*out = (struct own_text){columns[0], columns[1], columns[2], columns[3], columns[4],
	    columns[5], columns[6] != NULL ? columns[6] : ""};
	return NULL;
}

/* ── adding ──────────────────────────────────────────────────────────────────────────────────── */

/* The line that the text is in, but for marks and case; 0: none. */
static int find_line(struct arena *arena, const char *path, const char *text)
{
	const char *content;
	size_t len;
	int number = 0;
	if (document_read(arena, path, &content, &len, NULL) != RESULT_OK)
		return 0;
	OWNED_TEXT wanted = letters_key(text);
	char *rest = arena_copy_bytes(arena, content, len);
	for (char *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
		struct own_text old;
		size_t text_len;
		number++;
		if (is_remark(line) || cut(line, &old, &text_len) != NULL)
			continue;
		OWNED_TEXT key = letters_key(old.text);
		if (strcmp(key, wanted) == 0 && (wanted[0] != '\0' || strcmp(old.text, text) == 0))
			return number;
	}
	return 0;
}

/* What root makes in the gateway's folder belongs to the folder's owner. */
static bool hand_over(int fd, struct arena *arena, const char *path)
{
	struct stat folder;
	if (geteuid() != 0 || stat(document_folder(arena, path), &folder) != 0)
		return true;
	return fchown(fd, folder.st_uid, folder.st_gid) == 0;
}

static enum result append(
    struct arena *arena, const char *path, const char *line, size_t len, struct failure *failure)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	bool fine = fd >= 0 && hand_over(fd, arena, path) && write(fd, line, len) == (ssize_t)len &&
		    fsync(fd) == 0;
	int error = errno;
	if (fd >= 0)
		close(fd);
	if (fine)
		return RESULT_OK;
	return failure_set(failure, RESULT_IO, "Cannot write %.300s: %s.", path, strerror(error));
}

enum result own_texts_add(struct arena *arena, const char *path, const struct own_text *text,
    int *line, struct failure *failure)
{
	OWNED_BUFFER row = BUFFER(LINE_BYTES_MAX);
	*line = find_line(arena, path, text->text);
	if (*line != 0)
		return failure_set(
		    failure, RESULT_CONFLICT, "The text is in line %d of %.300s.", *line, path);
	add_escaped(&row, text->text);
	add_column(&row, text->intent);
	add_column(&row, text->report);
	add_column(&row, text->document);
	add_column(&row, text->date);
	add_column(&row, text->unit);
	buffer_add_char(&row, '\t');
	add_escaped(&row, text->context);
	buffer_add_char(&row, '\n');
	if (row.overflow)
		return failure_set(failure, RESULT_LIMIT,
		    "The text is too long to be kept as a test: %d bytes at most.", LINE_BYTES_MAX);
	return append(arena, path, buffer_text(&row), row.len, failure);
}

/* ── checking ────────────────────────────────────────────────────────────────────────────────── */

struct checking {
	const struct command_context *context;
	const struct plan *const *plans;
	size_t plan_count;
	struct understand_vocabulary *vocabulary;
	struct arena *arena;
};

static bool has_all(struct arena *arena, const struct plan *plan, const char *codes)
{
	char *rest = arena_copy(arena, codes);
	for (char *code = strsep(&rest, ","); code != NULL; code = strsep(&rest, ","))
		if (strcmp(code, "-") != 0 && plan_find_report(plan, code) == NULL)
			return false;
	return true;
}

/* The first plan that knows all that is owed; the example when none does. */
static const struct plan *plan_for(struct checking *checking, const char *open)
{
	for (size_t i = 0; i < checking->plan_count && open != NULL; i++)
		if (has_all(checking->arena, checking->plans[i], open))
			return checking->plans[i];
	return NULL;
}

/* NULL, else the word that says nothing. */
static const char *read_context(
    struct checking *checking, const char *words, struct understand_wishes *out)
{
	char *rest = arena_copy(checking->arena, words);
	for (char *item = strsep(&rest, " "); item != NULL; item = strsep(&rest, " ")) {
		const struct {
			const char *name;
			const char **into;
		} names[] = {{"now", &out->now}, {"open", &out->open}, {"asked", &out->asked},
		    {"sender", &out->sender}, {"claimed", &out->claimed},
		    {"reminded", &out->reminded}, {"event", &out->event}, {"fields", &out->fields}};
		size_t len = strcspn(item, "="), i = 0;
		if (item[0] == '\0')
			continue;
		while (i < COUNT_OF(names) &&
		       (strncmp(names[i].name, item, len) != 0 || names[i].name[len] != '\0'))
			i++;
		if (i == COUNT_OF(names) || item[len] == '\0' || item[len + 1] == '\0')
			return arena_copy(checking->arena, item);
		for (char *c = item + len + 1; *c != '\0'; c++)
			*c = *c == '_' ? ' ' : *c;
		*names[i].into = item + len + 1;
	}
	return NULL;
}

static const char *value_of(json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));
	return value != NULL ? value : "-";
}

static bool is_same(const char *got, const char *wanted)
{
	OWNED_TEXT a = letters_key(got);
	OWNED_TEXT b = letters_key(wanted);
	return strcmp(a, b) == 0;
}

/* "confirm 6T 45/BC-UBND - -" */
static const char *in_words(struct arena *arena, const char *const values[5])
{
	return arena_printf(arena, "%.40s %.40s %.60s %.20s %.80s", values[0], values[1], values[2],
	    values[3], values[4]);
}

/* NULL when the text is read right, else what it is read as. */
static const char *misread_as(struct checking *checking, const struct understand_context *context,
    const struct own_text *text, size_t len)
{
	struct readings readings = understand_bytes(checking->arena, text->text, len, context);
	json_t *object = understand_json(context, &readings);
	const char *const got[] = {value_of(object, "intent"), value_of(object, "report"),
	    value_of(object, "document"), value_of(object, "date"), value_of(object, "unit")};
	bool right = strcmp(got[0], text->intent) == 0 && strcmp(got[1], text->report) == 0 &&
		     strcmp(got[2], text->document) == 0 && strcmp(got[3], text->date) == 0 &&
		     is_same(got[4], text->unit);
	const char *words = right ? NULL : in_words(checking->arena, got);
	json_decref(object);
	return words;
}

static void check_line(struct checking *checking, const char *path, int number, char *line,
    struct complaints *complaints)
{
	struct understand_wishes wishes = {0};
	struct understand_context context;
	struct own_text text;
	size_t len = 0;
	const char *wrong = cut(line, &text, &len);
	if (wrong == NULL)
		wrong = read_context(checking, text.context, &wishes);
	wishes.parsed = plan_for(checking, wishes.open);
	if (wrong == NULL &&
	    understand_make_world(checking->context, checking->arena, &wishes, &context) != EX_OK)
		wrong = arena_copy(checking->arena, text.context);
	if (wrong != NULL) {
		complain_mildly(
		    complaints, path, number, word(checking->context, WORD_BAD_OWN_TEXT), wrong);
		return;
	}
	context.vocabulary = checking->vocabulary;
	const char *got = misread_as(checking, &context, &text, len);
	const char *const wanted[] = {
	    text.intent, text.report, text.document, text.date, text.unit};
	if (got != NULL)
		complain_mildly(complaints, path, number,
		    word(checking->context, WORD_STILL_MISREAD), got,
		    in_words(checking->arena, wanted));
}

void own_texts_check(const struct command_context *context, const char *path,
    const struct plan *const *plans, size_t plan_count, struct complaints *complaints)
{
	struct checking checking = {.context = context, .plans = plans, .plan_count = plan_count};
	const char *content;
	size_t len;
	int number = 0;
	if (access(path, F_OK) != 0)
		return;
	struct failure failure;
	if (document_read(complaints->arena, path, &content, &len, &failure) != RESULT_OK) {
		complain_mildly(complaints, path, 0, "%s", failure.text);
		return;
	}
	checking.vocabulary = understand_vocabulary_new();
	checking.arena = arena_new();
	char *rest = arena_copy_bytes(complaints->arena, content, len);
	for (char *line = next_line(&rest); line != NULL; line = next_line(&rest)) {
		number++;
		arena_reset(checking.arena);
		if (!is_remark(line))
			check_line(&checking, path, number, line, complaints);
	}
	arena_free(checking.arena);
	understand_vocabulary_free(checking.vocabulary);
}
