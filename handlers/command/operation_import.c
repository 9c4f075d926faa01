/*
 * Owns: beginning, refusing and ending an import of whatever file.
 * May use: base/, document/, store/, jansson.
 * Must not know: what is in the files.
 */
#include "command/operation_import.h"

#include <string.h>

bool importing_begin(struct importing *importing, struct operation *operation,
    const struct argument *more, size_t more_count)
{
	struct failure failure;
	*importing = (struct importing){.operation = operation,
	    .complaints = arena_alloc(operation->arena, sizeof *importing->complaints),
	    .file = "-",
	    .zone_minutes = operation->place->config->zone_minutes};
	importing->complaints->arena = operation->arena;
	struct argument arguments[3 + IMPORTING_MORE_MAX] = {
	    {"file", ARGUMENT_TEXT, false, ARGUMENT_LINE_MAX, &importing->file},
	    {"text", ARGUMENT_TEXT, true, DOCUMENT_BYTES_MAX, &importing->text},
	    {"preview", ARGUMENT_FLAG, false, 0, &importing->preview},
	};
	for (size_t i = 0; i < more_count && i < IMPORTING_MORE_MAX; i++)
		arguments[3 + i] = more[i];
	if (!arguments_read(operation, arguments, 3 + more_count))
		return false;
	enum result result = reader_recipients(
	    operation->place->reader, operation->arena, &importing->stored, &failure);
	if (result != RESULT_OK)
		operation_fail(operation, result, &failure);
	return result == RESULT_OK;
}

bool importing_refuse(struct importing *importing, bool read)
{
	if (read && importing->complaints->errors == 0)
		return false;
	operation_fail_by_complaints(importing->operation, importing->complaints);
	return true;
}

void importing_end(struct importing *importing, enum result result, const struct failure *failure,
    const struct store_differences *differences, json_t *more, json_t *body)
{
	struct operation *operation = importing->operation;
	if (result != RESULT_OK) {
		json_decref(more);
		json_decref(body);
		operation_fail(operation, result, failure);
		return;
	}
	if (!importing->preview)
		operation_poke(operation);
	json_t *complete = operation_complaints_json(importing->complaints);
	json_t *list = operation_differences_json(differences);
	json_object_update(complete, body);
	json_decref(body);
	json_array_extend(list, more);
	json_decref(more);
	json_object_set_new(complete, "differences", list);
	operation_finish(operation, complete);
}

bool importing_is_stored(const char *code, void *arg)
{
	const struct reader_recipients *stored = arg;
	for (size_t i = 0; i < stored->unit_count; i++)
		if (strcmp(stored->units[i].code, code) == 0)
			return true;
	return false;
}
