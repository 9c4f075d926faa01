/*
 * Owns: the figures that a plan's reports ask for.
 * May use: base/, text/, plan/, document/.
 * Must not know: the store, people, how figures are read from a text.
 */
#include "document/plan_reader.h"
#include "text/letters.h"

#include <string.h>

#define CODE_MAX 16
#define WORDS_MAX 10

static bool is_field_code(const char *code)
{
	size_t len = strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789");
	return len > 0 && len <= CODE_MAX && code[len] == '\0' && code[0] >= 'a';
}

static void read_field(struct plan_reader *reader, const struct tree *map, struct plan_field *field)
{
	static const char *const keys[] = {"code", "name", "words"};
	const struct tree_reader *base = &reader->base;
	tree_check_keys(base, map, keys, COUNT_OF(keys));
	field->line = map->line;
	field->code = tree_need_text(base, map, "code");
	field->name = plan_read_name(reader, map);
	field->word_count =
	    tree_texts(base, tree_get(map, "words"), "words", WORDS_MAX, &field->words);
	if (field->code != NULL && !is_field_code(field->code))
		complain(base->complaints, base->file, tree_get(map, "code")->line,
		    "A field cannot have the code `%.40s`. Use 1 to %d letters a-z and digits, a "
		    "letter first.",
		    field->code, CODE_MAX);
}

static size_t count_words(const struct plan_field *field)
{
	return 2 + field->word_count;
}

static const char *word_at(const struct plan_field *field, size_t at)
{
	const char *word = at == 0 ? field->code : at == 1 ? field->name : field->words[at - 2];
	return word != NULL ? word : "";
}

const char *plan_field_shared_word(const struct plan_field *one, const struct plan_field *other)
{
	for (size_t i = 0; i < count_words(one); i++) {
		OWNED_TEXT key = letters_key(word_at(one, i));
		for (size_t k = 0; k < count_words(other); k++) {
			OWNED_TEXT their_key = letters_key(word_at(other, k));
			if (key[0] != '\0' && strcmp(key, their_key) == 0)
				return word_at(one, i);
		}
	}
	return NULL;
}

static void check_earlier(struct plan_reader *reader, const struct plan_report *report, size_t at)
{
	const struct plan_field *mine = &report->fields[at];
	for (size_t i = 0; i < at; i++) {
		const char *word = plan_field_shared_word(mine, &report->fields[i]);
		if (word != NULL)
			complain(reader->base.complaints, reader->base.file, mine->line,
			    "Two fields of `%s` have the word `%.40s`: nobody could tell which is "
			    "meant. Give each its own.",
			    report->code, word);
	}
}

void plan_read_fields(
    struct plan_reader *reader, const struct tree *list, struct plan_report *report)
{
	const struct tree_reader *base = &reader->base;
	if (list == NULL || !tree_is(base, list, TREE_LIST, "fields"))
		return;
	if (list->count > PLAN_FIELDS_MAX) {
		complain(base->complaints, base->file, list->line,
		    "`%s` asks for %zu figures; at most %d are possible.", report->code,
		    list->count, PLAN_FIELDS_MAX);
		return;
	}
	struct plan_field *fields = arena_alloc(base->arena, (list->count + 1) * sizeof *fields);
	report->fields = fields;
	for (const struct tree *item = list->first; item != NULL; item = item->next) {
		if (!tree_is(base, item, TREE_MAP, "each field"))
			continue;
		read_field(reader, item, &fields[report->field_count]);
		check_earlier(reader, report, report->field_count++);
	}
}
