/*
 * Owns: the operation `import-recipients`.
 * May use: base/, loop/, document/, store/.
 * Must not know: where the file came from.
 */
#include "command/operation_import.h"
#include "command/recipients.h"

#include "loop/loop.h"

#include <string.h>

struct importing_recipients {
	struct importing common;
	struct store_import_recipients_input input;
	struct store_import_recipients_output output;
};

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

static bool read_file(struct importing_recipients *importing)
{
	struct importing *common = &importing->common;
	struct store_import_recipients_input *input = &importing->input;
	const struct recipients *file =
	    recipients_file_parse(common->operation->arena, common->file, common->text,
		strlen(common->text), importing_is_stored, &common->stored, common->complaints);
	if (file != NULL && input->owner == NULL)
		input->owner = find_owner(file, &common->stored);
	if (file != NULL && input->owner == NULL)
		complain(common->complaints, common->file, 0,
		    "Several units have no `parent`, so it is not clear which one coordinates. "
		    "Give the others a parent, or name it with --owner CODE.");
	if (importing_refuse(common, file != NULL))
		return false;
	struct reader_recipients stored;
	recipients_to_store(common->operation->arena, file, common->zone_minutes, &stored);
	input->units = stored.units;
	input->unit_count = stored.unit_count;
	input->people = stored.people;
	input->person_count = stored.person_count;
	input->posts = stored.posts;
	input->post_count = stored.post_count;
	input->preview = common->preview;
	return true;
}

static void imported(enum result result, const struct failure *failure, void *arg)
{
	struct importing_recipients *importing = arg;
	importing_end(&importing->common, result, failure, &importing->output.differences, NULL,
	    json_pack("{s:s, s:s?}", "kind", "recipients", "owner", importing->input.owner));
}

void operation_import_recipients_run(struct operation *operation)
{
	struct importing_recipients *importing = arena_alloc(operation->arena, sizeof *importing);
	importing->input =
	    (struct store_import_recipients_input){.now = loop_now(operation->place->loop),
		.actor = operation->actor,
		.zone_minutes = operation->place->config->zone_minutes};
	const struct argument more[] = {
	    {"owner", ARGUMENT_CODE, false, PLAN_CODE_MAX, &importing->input.owner},
	    {"retire", ARGUMENT_FLAG, false, 0, &importing->input.retire},
	};
	if (!importing_begin(&importing->common, operation, more, COUNT_OF(more)) ||
	    !read_file(importing))
		return;
	store_submit(operation->place->store,
	    &(struct store_request){STORE_IMPORT_RECIPIENTS, &importing->input, &importing->output,
		operation->arena, imported, importing});
}
