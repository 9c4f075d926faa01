/*
 * Owns: the operation `import-plan`.
 * May use: base/, loop/, document/, plan/, scheduler/expand.h, store/.
 * Must not know: where the file came from.
 */
#include "command/arguments.h"

#include "document/plan_file.h"
#include "loop/loop.h"
#include "scheduler/expand.h"

#include <string.h>

struct importing {
	struct operation *operation;
	struct complaints *complaints;
	struct store_import_plan_input input;
	struct store_import_plan_output output;
};

/* ── who owes what ───────────────────────────────────────────────────────────────────────────── */

static bool is_stored(const struct reader_recipients *stored, const char *code)
{
	for (size_t i = 0; i < stored->unit_count; i++)
		if (strcmp(stored->units[i].code, code) == 0)
			return true;
	return false;
}

static void check_audience(struct complaints *complaints, const char *file, int line,
    const char *code, const struct plan_audience *audience, const struct reader_recipients *stored)
{
	bool anybody = audience->unit_count > 0;
	for (size_t i = 0; i < audience->unit_count; i++)
		if (!is_stored(stored, audience->units[i]))
			complain(complaints, file, line,
			    "`%s` names the unit %.60s, which is not known. Import the recipients "
			    "first, or correct the code.",
			    code, audience->units[i]);
	for (size_t i = 0; i < stored->unit_count && !anybody; i++)
		anybody = plan_audience_has(audience, stored->units[i].code, stored->units[i].kind);
	if (!anybody)
		complain_mildly(complaints, file, line,
		    "`%s` is for kinds of units of which none is known: nobody owes it.", code);
}

static void check_audiences(struct complaints *complaints, const char *file,
    const struct plan *plan, const struct reader_recipients *stored)
{
	if (!is_stored(stored, plan->owner))
		complain(complaints, file, 0,
		    "The plan belongs to %s (`owner`), which is not known. Import the recipients "
		    "first, or correct the code.",
		    plan->owner);
	for (size_t i = 0; i < plan->report_count; i++)
		check_audience(complaints, file, plan->reports[i].line, plan->reports[i].code,
		    &plan->reports[i].audience, stored);
	for (size_t i = 0; i < plan->event_count; i++)
		check_audience(complaints, file, plan->events[i].line, plan->events[i].code,
		    &plan->events[i].audience, stored);
}

static enum result read_file(struct importing *importing, const char *name, const char *text)
{
	struct operation *operation = importing->operation;
	struct reader_recipients stored = {0};
	struct store_new_obligation *obligations;
	struct failure failure;
	enum result result =
	    reader_recipients(operation->place->reader, operation->arena, &stored, &failure);
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return result;
	}
	const struct plan *plan = plan_file_parse(operation->arena, name, text, strlen(text),
	    operation->place->config->holidays_dir, importing->complaints);
	if (plan != NULL)
		check_audiences(importing->complaints, name, plan, &stored);
	if (plan == NULL || importing->complaints->errors > 0) {
		operation_fail_by_complaints(operation, importing->complaints);
		return RESULT_INVALID;
	}
	importing->input.code = plan->code;
	importing->input.name = plan->name;
	importing->input.owner = plan->owner;
	importing->input.body = text;
	expand_plan(operation->arena, plan, stored.units, stored.unit_count, importing->input.now,
	    true, &obligations, &importing->input.obligation_count);
	importing->input.obligations = obligations;
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
	json_object_set_new(body, "kind", json_string("plan"));
	json_object_set_new(body, "code", json_string(importing->input.code));
	json_object_set_new(body, "version", json_integer(importing->output.version));
	json_object_set_new(
	    body, "differences", operation_differences_json(&importing->output.differences));
	operation_finish(operation, body);
}

void operation_import_plan_run(struct operation *operation)
{
	struct importing *importing = arena_alloc(operation->arena, sizeof *importing);
	const char *file = "plan", *text = NULL;
	importing->operation = operation;
	importing->complaints = arena_alloc(operation->arena, sizeof *importing->complaints);
	importing->complaints->arena = operation->arena;
	importing->input = (struct store_import_plan_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	const struct argument arguments[] = {
	    {"file", ARGUMENT_TEXT, false, ARGUMENT_LINE_MAX, &file},
	    {"text", ARGUMENT_TEXT, true, DOCUMENT_BYTES_MAX, &text},
	    {"preview", ARGUMENT_FLAG, false, 0, &importing->input.preview},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)) ||
	    read_file(importing, file, text) != RESULT_OK)
		return;
	store_submit(operation->place->store,
	    &(struct store_request){STORE_IMPORT_PLAN, &importing->input, &importing->output,
		operation->arena, imported, importing});
}
