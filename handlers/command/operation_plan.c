/*
 * Owns: the operation `import-plan`.
 * May use: base/, loop/, document/, plan/, scheduler/expand.h, store/.
 * Must not know: where the file came from.
 */
#include "command/operation_import.h"
#include "command/plan_changes.h"

#include "document/plan_file.h"
#include "loop/loop.h"
#include "scheduler/expand.h"

#include <string.h>

struct importing_plan {
	struct importing common;
	const struct plan *plan;
	struct store_import_plan_input input;
	struct store_import_plan_output output;
	json_t *changes; /* of texts and steps; NULL: there was no plan of that code */
};

/* ── who owes what ───────────────────────────────────────────────────────────────────────────── */

static void check_audience(struct complaints *complaints, const char *file, int line,
    const char *code, const struct plan_audience *audience, struct reader_recipients *stored)
{
	bool anybody = audience->unit_count > 0;
	for (size_t i = 0; i < audience->unit_count; i++)
		if (!importing_is_stored(audience->units[i], stored))
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
    const struct plan *plan, struct reader_recipients *stored)
{
	if (!importing_is_stored(plan->owner, stored))
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

/* ── what was before ─────────────────────────────────────────────────────────────────────────── */

struct earlier {
	const char *code;
	char *body; /* heap; NULL: there is no such plan */
};

static bool find_earlier(const struct plan_row *row, void *arg)
{
	struct earlier *earlier = arg;
	if (strcmp(row->code, earlier->code) != 0)
		return true;
	earlier->body = memory_copy_text(row->body);
	return false;
}

/* A version that cannot be read any more (its holidays are gone) has nothing to compare with. */
static void compare_with_earlier(struct importing_plan *importing)
{
	struct operation *operation = importing->common.operation;
	struct earlier earlier = {.code = importing->plan->code};
	struct complaints unheard = {.arena = operation->arena};
	if (reader_plans(operation->place->reader, find_earlier, &earlier, NULL) != RESULT_OK ||
	    earlier.body == NULL)
		return;
	const char *body = arena_copy(operation->arena, earlier.body);
	memory_free(earlier.body);
	const struct plan *plan = plan_file_parse(operation->arena, "plan", body, strlen(body),
	    operation->place->config->holidays_dir, &unheard);
	if (plan != NULL)
		importing->changes = plan_changes_json(
		    operation->arena, plan, importing->plan, importing->input.now);
}

static bool read_file(struct importing_plan *importing)
{
	struct importing *common = &importing->common;
	struct operation *operation = common->operation;
	struct store_new_obligation *obligations;
	const struct plan *plan = plan_file_parse(operation->arena, common->file, common->text,
	    strlen(common->text), operation->place->config->holidays_dir, common->complaints);
	if (plan != NULL)
		check_audiences(common->complaints, common->file, plan, &common->stored);
	if (importing_refuse(common, plan != NULL))
		return false;
	importing->plan = plan;
	importing->input.code = plan->code;
	importing->input.name = plan->name;
	importing->input.owner = plan->owner;
	importing->input.body = common->text;
	importing->input.preview = common->preview;
	importing->input.zone_minutes = common->zone_minutes;
	expand_plan(operation->arena, plan, common->stored.units, common->stored.unit_count,
	    importing->input.now, EXPAND_WITH_PAST, &obligations,
	    &importing->input.obligation_count);
	importing->input.obligations = obligations;
	return true;
}

/* ── the operation ───────────────────────────────────────────────────────────────────────────── */

static void imported(enum result result, const struct failure *failure, void *arg)
{
	struct importing_plan *importing = arg;
	importing_end(&importing->common, result, failure, &importing->output.differences,
	    importing->changes,
	    json_pack("{s:s, s:s, s:i}", "kind", "plan", "code", importing->input.code, "version",
		importing->output.version));
}

void operation_import_plan_run(struct operation *operation)
{
	struct importing_plan *importing = arena_alloc(operation->arena, sizeof *importing);
	importing->input = (struct store_import_plan_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	if (!importing_begin(&importing->common, operation, NULL, 0) || !read_file(importing))
		return;
	compare_with_earlier(importing);
	store_submit(operation->place->store,
	    &(struct store_request){STORE_IMPORT_PLAN, &importing->input, &importing->output,
		operation->arena, imported, importing});
}
