/*
 * Owns: filling in templates.
 * May use: base/.
 * Must not know: which placeholders exist for what.
 */
#include "text/template.h"

#include <string.h>

#define NAME_MAX_BYTES 40

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

enum result template_expand(const char *text, template_lookup_fn *lookup, void *arg,
    struct buffer *out, struct failure *failure)
{
	for (const char *at = text; *at != '\0';) {
		size_t column = (size_t)(at - text) + 1;
		if ((at[0] == '{' || at[0] == '}') && at[1] == at[0]) {
			buffer_add_char(out, at[0]);
			at += 2;
			continue;
		}
		if (at[0] == '}')
			return failure_set(failure, RESULT_INVALID,
			    "A closing brace stands alone at column %zu: write }} for a brace.",
			    column);
		if (at[0] != '{') {
			buffer_add_char(out, *at++);
			continue;
		}
		char name[NAME_MAX_BYTES];
		size_t len = 0;
		while (is_name_char(at[1 + len]) && len < sizeof name - 1) {
			name[len] = at[1 + len];
			len++;
		}
		name[len] = '\0';
		if (len == 0 || at[1 + len] != '}')
			return failure_set(failure, RESULT_INVALID,
			    "The brace at column %zu does not close around a name: write {name}, "
			    "or "
			    "{{ for a brace.",
			    column);
		const char *value = lookup(name, arg);
		if (value == NULL)
			return failure_set(failure, RESULT_INVALID,
			    "Unknown placeholder {%s} at column %zu.", name, column);
		buffer_add_text(out, value);
		at += len + 2;
	}
	return RESULT_OK;
}
