/*
 * Owns: the operation `import-recipients`.
 * May use: base/, loop/, document/, store/.
 * Must not know: where the file came from.
 */
#include "command/arguments.h"

#include "document/recipients_file.h"
#include "loop/loop.h"

#include <string.h>

struct importing {
	struct operation *operation;
	struct complaints *complaints;
	struct store_import_recipients_input input;
	struct store_import_recipients_output output;
};

/* ── the file ────────────────────────────────────────────────────────────────────────────────── */

static bool is_known(const char *code, void *arg)
{
	const struct reader_recipients *stored = arg;
	for (size_t i = 0; i < stored->unit_count; i++)
		if (strcmp(stored->units[i].code, code) == 0)
			return true;
	return false;
}

/* The coordinating unit: the one at the top of the file, else the one at the top of what is
 * stored. */
static const char *find_owner(const struct recipients *file, const struct reader_recipients *stored)
{
	const char *owner = NULL;
	size_t tops = 0;
	for (size_t i = 0; i < file->unit_count; i++) {
		if (file->units[i].parent[0] == '\0') {
			owner = file->units[i].code;
			tops++;
		}
	}
	for (size_t i = 0; i < stored->unit_count && tops == 0; i++)
		if (stored->units[i].parent == NULL || stored->units[i].parent[0] == '\0')
			return stored->units[i].code;
	return tops == 1 ? owner : NULL;
}

static void fill_input(struct importing *importing, const struct recipients *file)
{
	struct arena *arena = importing->operation->arena;
	struct store_unit *units = arena_alloc(arena, (file->unit_count + 1) * sizeof *units);
	struct store_person *people = arena_alloc(arena, (file->person_count + 1) * sizeof *people);
	struct store_post *posts = arena_alloc(arena, (file->post_count + 1) * sizeof *posts);
	for (size_t i = 0; i < file->unit_count; i++)
		units[i] = (struct store_unit){file->units[i].code, file->units[i].name,
		    file->units[i].kind, file->units[i].parent};
	for (size_t i = 0; i < file->person_count; i++)
		people[i] = (struct store_person){file->people[i].code, file->people[i].name,
		    file->people[i].phone, file->people[i].language};
	for (size_t i = 0; i < file->post_count; i++)
		posts[i] = (struct store_post){file->posts[i].unit_code, file->posts[i].person_code,
		    plan_post_name(file->posts[i].post)};
	importing->input.units = units;
	importing->input.unit_count = file->unit_count;
	importing->input.people = people;
	importing->input.person_count = file->person_count;
	importing->input.posts = posts;
	importing->input.post_count = file->post_count;
}

static enum result read_file(struct importing *importing, const char *name, const char *text)
{
	struct operation *operation = importing->operation;
	struct reader_recipients stored = {0};
	struct failure failure;
	enum result result =
	    reader_recipients(operation->place->reader, operation->arena, &stored, &failure);
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return result;
	}
	const struct recipients *file = recipients_file_parse(
	    operation->arena, name, text, strlen(text), is_known, &stored, importing->complaints);
	if (file != NULL && importing->input.owner == NULL)
		importing->input.owner = find_owner(file, &stored);
	if (file != NULL && importing->input.owner == NULL)
		complain(importing->complaints, name, 0,
		    "Several units have no `parent`, so it is not clear which one coordinates. "
		    "Give the others a parent, or name it with --owner CODE.");
	if (file == NULL || importing->complaints->errors > 0) {
		operation_fail_by_complaints(operation, importing->complaints);
		return RESULT_INVALID;
	}
	fill_input(importing, file);
	return RESULT_OK;
}

/* ── the operation ───────────────────────────────────────────────────────────────────────────── */

static void imported(enum result result, const struct failure *failure, void *arg)
{
	struct importing *importing = arg;
	struct operation *operation = importing->operation;
	if (result != RESULT_OK) {
		operation_fail(operation, result, failure);
		return;
	}
	if (!importing->input.preview)
		operation_poke(operation);
	json_t *body = operation_complaints_json(importing->complaints);
	json_object_set_new(body, "kind", json_string("recipients"));
	json_object_set_new(body, "owner", json_string(importing->input.owner));
	json_object_set_new(
	    body, "differences", operation_differences_json(&importing->output.differences));
	operation_finish(operation, body);
}

void operation_import_recipients_run(struct operation *operation)
{
	struct importing *importing = arena_alloc(operation->arena, sizeof *importing);
	const char *file = "recipients", *text = NULL;
	importing->operation = operation;
	importing->complaints = arena_alloc(operation->arena, sizeof *importing->complaints);
	importing->complaints->arena = operation->arena;
	importing->input = (struct store_import_recipients_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	const struct argument arguments[] = {
	    {"file", ARGUMENT_TEXT, false, ARGUMENT_LINE_MAX, &file},
	    {"text", ARGUMENT_TEXT, true, DOCUMENT_BYTES_MAX, &text},
	    {"owner", ARGUMENT_CODE, false, PLAN_CODE_MAX, &importing->input.owner},
	    {"preview", ARGUMENT_FLAG, false, 0, &importing->input.preview},
	    {"retire", ARGUMENT_FLAG, false, 0, &importing->input.retire},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)) ||
	    read_file(importing, file, text) != RESULT_OK)
		return;
	store_submit(operation->place->store,
	    &(struct store_request){STORE_IMPORT_RECIPIENTS, &importing->input, &importing->output,
		operation->arena, imported, importing});
}
