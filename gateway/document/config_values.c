/*
 * Owns: reading, comparing and showing single values of the configuration.
 * May use: base/, text/phone.h, base/civil.h, document/.
 * Must not know: which keys there are.
 */
#include "document/config_values.h"

#include "document/config_secret.h"
#include "base/civil.h"
#include "text/phone.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ONLY_TO_MAX 50
#define WORDS_MAX 50
#define WORD_MAX 24

/* A value being read: what every type's function needs. */
struct value_reader {
	const struct tree_reader *reader;
	const struct config_key *key;
	const char *folder;
	int line;
	void *place;
};

static bool wrong(const struct value_reader *value, const char *text, const char *wanted)
{
	complain(value->reader->complaints, value->reader->file, value->line,
	    "`%s` cannot be `%.60s`. %s", value->key->path, text, wanted);
	return false;
}

static void put_text(const struct value_reader *value, const char *text)
{
	*(const char **)value->place = arena_copy(value->reader->arena, text);
}

bool config_parse_time(const char *text, int64_t *ms)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 9 || text[digits] == '\0' || text[digits + 1] != '\0')
		return false;
	static const struct {
		char unit;
		int64_t ms;
	} units[] = {{'s', SECOND_MS}, {'m', MINUTE_MS}, {'h', HOUR_MS}, {'d', DAY_MS}};
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		if (units[i].unit == text[digits]) {
			*ms = strtoll(text, NULL, 10) * units[i].ms;
			return true;
		}
	}
	return false;
}

static const char *show_time(struct arena *arena, int64_t ms)
{
	static const struct {
		int64_t ms;
		char unit;
	} units[] = {{DAY_MS, 'd'}, {HOUR_MS, 'h'}, {MINUTE_MS, 'm'}};
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (ms > 0 && ms % units[i].ms == 0)
			return arena_printf(
			    arena, "%" PRId64 "%c", ms / units[i].ms, units[i].unit);
	return arena_printf(arena, "%" PRId64 "s", ms / SECOND_MS);
}

static bool read_time(const struct value_reader *value, const char *text)
{
	struct arena *arena = value->reader->arena;
	int64_t ms;
	if (config_parse_time(text, &ms) && ms >= value->key->least && ms <= value->key->most) {
		*(int64_t *)value->place = ms;
		return true;
	}
	return wrong(value, text,
	    arena_printf(arena, "Write a length of time from %s to %s: a number and s, m, h or d.",
		show_time(arena, value->key->least), show_time(arena, value->key->most)));
}

static bool read_choice(const struct value_reader *value, const char *text)
{
	struct arena *arena = value->reader->arena;
	const char *known[8];
	size_t count = 0;
	char *rest = arena_copy(arena, value->key->choices);
	for (char *word; (word = strsep(&rest, "|")) != NULL && count < COUNT_OF(known);)
		known[count++] = word;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(text, known[i]) == 0) {
			put_text(value, text);
			return true;
		}
	}
	const char *nearest = document_nearest(text, known, count);
	return wrong(value, text,
	    nearest ? arena_printf(arena, "Did you mean `%s`?", nearest)
		    : arena_printf(arena, "Choose one of: %s.", value->key->choices));
}

static bool read_code(const struct value_reader *value, const char *text)
{
	if (!document_code_is_good(text, (size_t)value->key->most))
		return wrong(value, text,
		    arena_printf(value->reader->arena,
			"Use 1 to %d letters a-z, digits and hyphens.", (int)value->key->most));
	put_text(value, text);
	return true;
}

static bool read_path(const struct value_reader *value, const char *text)
{
	size_t most = value->key->most ? (size_t)value->key->most : 1000;
	const char *path =
	    text[0] ? document_path_in(value->reader->arena, value->folder, text) : "";
	if (strlen(path) > most)
		return wrong(value, path,
		    arena_printf(value->reader->arena,
			"The whole path must have at most %zu bytes; choose a shorter one.", most));
	put_text(value, path);
	return true;
}

static bool read_zone(const struct value_reader *value, const char *text)
{
	struct failure failure;
	if (civil_parse_zone(text, value->place, &failure) != RESULT_OK)
		return wrong(value, text, failure.text);
	return true;
}

static bool read_numbers(const struct value_reader *value, const struct tree *node)
{
	const char **texts;
	size_t count = tree_texts(value->reader, node, value->key->path, ONLY_TO_MAX, &texts);
	OWNED_BUFFER list = BUFFER(ONLY_TO_MAX * (PHONE_MAX + 1));
	for (size_t i = 0; i < count; i++) {
		struct phone phone;
		struct failure failure;
		if (phone_parse(texts[i], &phone, &failure) != RESULT_OK)
			return wrong(value, texts[i], failure.text);
		buffer_printf(&list, "%s%s", i ? "," : "", phone.e164);
	}
	put_text(value, buffer_text(&list));
	return node == NULL || count > 0;
}

static bool is_word(const char *text)
{
	size_t len = strlen(text);
	if (text[0] == '+')
		return len >= 3 && len <= 15 && strspn(text + 1, "0123456789") == len - 1;
	return document_code_is_good(text, WORD_MAX);
}

static bool read_words(const struct value_reader *value, const struct tree *node)
{
	const char **texts;
	size_t count = tree_texts(value->reader, node, value->key->path, WORDS_MAX, &texts);
	OWNED_BUFFER list = BUFFER(WORDS_MAX * (WORD_MAX + 1));
	for (size_t i = 0; i < count; i++) {
		if (!is_word(texts[i]))
			return wrong(value, texts[i],
			    "Write codes such as viettel, or beginnings such as \"+8491\".");
		buffer_printf(&list, "%s%s", i ? "," : "", texts[i]);
	}
	put_text(value, buffer_text(&list));
	return node == NULL || count > 0;
}

static bool read_line(const struct value_reader *value, const char *text)
{
	if (strlen(text) > (size_t)value->key->most || strpbrk(text, "\r\n\t") != NULL)
		return wrong(value, text,
		    arena_printf(value->reader->arena, "Write one line of at most %d bytes.",
			(int)value->key->most));
	put_text(value, text);
	return true;
}

static bool read_int(const struct value_reader *value, const struct tree *node)
{
	int64_t read;
	if (!tree_read_int(
		value->reader, node, value->key->path, value->key->least, value->key->most, &read))
		return false;
	*(int *)value->place = (int)read;
	return true;
}

static bool read_text_of(const struct value_reader *value, const char *text)
{
	switch (value->key->type) {
	case CONFIG_CHOICE:
		return read_choice(value, text);
	case CONFIG_CODE:
		return read_code(value, text);
	case CONFIG_PATH:
		return read_path(value, text);
	case CONFIG_TIME:
		return read_time(value, text);
	case CONFIG_ZONE:
		return read_zone(value, text);
	case CONFIG_SECRET: {
		const char *secret = config_secret_read(
		    value->reader, value->line, value->key->path, text, value->folder);
		if (secret != NULL)
			put_text(value, secret);
		return secret != NULL;
	}
	case CONFIG_LINE:
		return read_line(value, text);
	case CONFIG_TOKEN: {
		const char *token = config_secret_fetch(
		    value->reader, value->line, value->key->path, text, value->folder);
		if (token != NULL)
			put_text(value, token);
		return token != NULL;
	}
	case CONFIG_NUMBERS:
	case CONFIG_WORDS:
	case CONFIG_INT:
		break; /* read from the node itself */
	}
	return false;
}

bool config_read_value(const struct tree_reader *reader, const struct config_key *key,
    const struct tree *node, const char *folder, void *base)
{
	struct tree given = {.kind = TREE_TEXT, .text = key->otherwise};
	struct value_reader value = {.reader = reader,
	    .key = key,
	    .folder = folder,
	    .line = node ? node->line : 0,
	    .place = (char *)base + key->offset};
	if (key->type == CONFIG_NUMBERS)
		return read_numbers(&value, node);
	if (key->type == CONFIG_WORDS)
		return read_words(&value, node);
	if (key->type == CONFIG_INT)
		return read_int(&value, node ? node : &given);
	if (node == NULL && key->otherwise[0] == '\0') {
		put_text(&value, "");
		return true;
	}
	if (node == NULL)
		return read_text_of(&value, key->otherwise);
	if (!tree_is(reader, node, TREE_TEXT, key->path))
		return false;
	if (node->text[0] == '\0')
		return wrong(&value, "", "Write its value after the colon, or remove the line.");
	return read_text_of(&value, node->text);
}

bool config_values_equal(const struct config_key *key, const void *a, const void *b)
{
	const char *left = (const char *)a + key->offset, *right = (const char *)b + key->offset;
	switch (key->type) {
	case CONFIG_INT:
	case CONFIG_ZONE:
		return *(const int *)left == *(const int *)right;
	case CONFIG_TIME:
		return *(const int64_t *)left == *(const int64_t *)right;
	default:
		return strcmp(*(const char *const *)left, *(const char *const *)right) == 0;
	}
}

const char *config_show_value(struct arena *arena, const struct config_key *key, const void *base)
{
	const char *place = (const char *)base + key->offset;
	switch (key->type) {
	case CONFIG_INT:
		return arena_printf(arena, "%d", *(const int *)place);
	case CONFIG_ZONE: {
		int minutes = *(const int *)place;
		return arena_printf(arena, "%c%02d:%02d", minutes < 0 ? '-' : '+',
		    abs(minutes) / 60, abs(minutes) % 60);
	}
	case CONFIG_TIME:
		return show_time(arena, *(const int64_t *)place);
	case CONFIG_SECRET:
	case CONFIG_TOKEN:
		return "(secret)";
	default:
		return arena_copy(arena, *(const char *const *)place);
	}
}
