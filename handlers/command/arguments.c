/*
 * Owns: reading an operation's arguments: hostile input until here.
 * May use: base/, document/, jansson.
 * Must not know: which operations there are.
 */
#include "command/arguments.h"

#include <string.h>

static bool has_control_characters(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
		if (*c < 0x20 || *c == 0x7f)
			return true;
	return false;
}

static enum result take_text(
    const struct argument *argument, const json_t *value, struct failure *failure)
{
	const char *text = json_string_value(value);
	size_t len = json_string_length(value);
	if (text == NULL || len == 0 || strlen(text) != len)
		return failure_set(
		    failure, RESULT_INVALID, "%s must be a text, not empty.", argument->name);
	if (len > argument->max)
		return failure_set(failure, RESULT_LIMIT,
		    "%s has %zu bytes; at most %zu are possible. Shorten it.", argument->name, len,
		    argument->max);
	if (argument->max <= ARGUMENT_LINE_MAX && has_control_characters(text))
		return failure_set(failure, RESULT_INVALID,
		    "%s must be one line without control characters.", argument->name);
	if (argument->kind == ARGUMENT_CODE && !document_code_is_good(text, argument->max))
		return failure_set(failure, RESULT_INVALID,
		    "%s cannot be \"%.60s\": a code has 1 to %zu letters A-Z, digits and hyphens.",
		    argument->name, has_control_characters(text) ? "…" : text, argument->max);
	*(const char **)argument->into = text;
	return RESULT_OK;
}

static enum result take(
    const struct argument *argument, const json_t *value, struct failure *failure)
{
	switch (argument->kind) {
	case ARGUMENT_TEXT:
	case ARGUMENT_CODE:
		return take_text(argument, value, failure);
	case ARGUMENT_FLAG:
		if (!json_is_boolean(value))
			return failure_set(
			    failure, RESULT_INVALID, "%s must be true or false.", argument->name);
		*(bool *)argument->into = json_is_true(value);
		return RESULT_OK;
	case ARGUMENT_NUMBER:
		if (!json_is_integer(value) || json_integer_value(value) < 0)
			return failure_set(failure, RESULT_INVALID,
			    "%s must be a whole number, 0 or above.", argument->name);
		*(int64_t *)argument->into = json_integer_value(value);
		return RESULT_OK;
	}
	return failure_set(failure, RESULT_INTERNAL, "%s has no kind.", argument->name);
}

static const struct argument *find(const struct argument *arguments, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(arguments[i].name, name) == 0)
			return &arguments[i];
	return NULL;
}

static enum result take_all(struct operation *operation, const struct argument *arguments,
    size_t count, struct failure *failure)
{
	const char *name;
	json_t *value;
	json_object_foreach(operation->arguments, name, value)
	{
		const struct argument *argument = find(arguments, count, name);
		if (argument == NULL)
			return failure_set(failure, RESULT_INVALID,
			    "This operation has no argument \"%.40s\".",
			    has_control_characters(name) ? "…" : name);
		enum result result =
		    json_is_null(value) ? RESULT_OK : take(argument, value, failure);
		if (result != RESULT_OK)
			return result;
	}
	for (size_t i = 0; i < count; i++) {
		const json_t *given = json_object_get(operation->arguments, arguments[i].name);
		if (arguments[i].needed && (given == NULL || json_is_null(given)))
			return failure_set(
			    failure, RESULT_INVALID, "%s is missing.", arguments[i].name);
	}
	return RESULT_OK;
}

bool arguments_read(struct operation *operation, const struct argument *arguments, size_t count)
{
	struct failure failure;
	enum result result = take_all(operation, arguments, count, &failure);
	if (result != RESULT_OK)
		operation_fail(operation, result, &failure);
	return result == RESULT_OK;
}
