/*
 * Owns: asking for and showing what an import changes.
 * May use: base/, document/, command/, jansson.
 * Must not know: whether it will be applied.
 */
#include "command/differences.h"

#include "command/file_kind.h"
#include "command/options.h"
#include "command/show.h"
#include "command/words.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

static const struct {
	const char *what;
	enum word heading;
} sections[] = {
    {"plan", WORD_SECTION_PLAN},
    {"unit", WORD_SECTION_UNITS},
    {"person", WORD_SECTION_PEOPLE},
    {"post", WORD_SECTION_POSTS},
    {"obligation", WORD_SECTION_OBLIGATIONS},
    {"deadline", WORD_SECTION_DEADLINES},
    {"closing", WORD_SECTION_CLOSING},
    {"pass", WORD_SECTION_PASSED},
    {"message", WORD_SECTION_MESSAGES},
    {"text", WORD_SECTION_TEXTS},
    {"step", WORD_SECTION_STEPS},
};

static void print_section(const struct environment *environment, json_t *list, const char *what,
    enum word heading, struct differences_count *count)
{
	size_t i;
	bool begun = false;
	json_t *item;
	json_array_foreach(list, i, item)
	{
		const char *sign = json_string_value(json_object_get(item, "sign"));
		const char *of = json_string_value(json_object_get(item, "what"));
		const char *text = json_string_value(json_object_get(item, "text"));
		if (sign == NULL || of == NULL || strcmp(of, what) != 0)
			continue;
		if (!begun)
			fputs(word(environment->context, heading), stdout);
		begun = true;
		printf("%s %s\n", sign, show_clean(environment->arena, text));
		count->changes += sign[0] != '?';
		count->left_alone += sign[0] == '?';
	}
}

struct differences_count differences_print(const struct environment *environment, json_t *body)
{
	struct differences_count count = {0};
	json_t *list = json_object_get(body, "differences");
	for (size_t i = 0; i < COUNT_OF(sections); i++)
		print_section(environment, list, sections[i].what, sections[i].heading, &count);
	return count;
}

int differences_preview(const struct environment *environment, const char *name, json_t *arguments,
    struct differences_count *count)
{
	json_t *preview = json_copy(arguments), *body = NULL;
	json_object_set_new(preview, "preview", json_true());
	int status = client_run(environment, name, preview, &body, NULL);
	if (status == EX_OK)
		*count = differences_print(environment, body);
	json_decref(body);
	return status;
}

json_t *differences_arguments(const struct environment *environment, const char *path,
    const char *text, size_t len, const char **operation, int *status)
{
	size_t bad = document_utf8_error(text, len);
	if (bad < len) {
		fprintf(stderr, "%s:%d: %s\n", path, document_line_at(text, bad),
		    word(environment->context, WORD_NOT_UTF8));
		*status = EX_DATAERR;
		return NULL;
	}
	*operation = file_is_recipients(text, len) ? "import-recipients" : "import-plan";
	json_t *arguments = json_pack("{s:s, s:s%}", "file", path, "text", text, len);
	if (arguments == NULL)
		*status =
		    command_error(EX_DATAERR, "%s", word(environment->context, WORD_NOT_UTF8));
	return arguments;
}
