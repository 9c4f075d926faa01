/*
 * Owns: from a request's text to its operation, and from the outcome to the reply's text.
 * May use: base/, loop/, document/, store/, jansson.
 * Must not know: what the operations do.
 */
#include "command/operation.h"

#include "command/arguments.h"
#include "loop/loop.h"

#include <stdlib.h>
#include <string.h>

const struct operation_kind operation_kinds[] = {
    {"import-recipients", operation_import_recipients_run},
    {"import-plan", operation_import_plan_run},
    {"plan-state", operation_plan_state_run},
    {"pause", operation_pause_run},
    {"ledger", operation_ledger_run},
    {"request-decide", operation_request_decide_run},
    {"number-resume", operation_number_resume_run},
    {"link", operation_link_run},
    {"link-address", operation_link_address_run},
    {"unlink", operation_unlink_run},
    {"send", operation_send_run},
    {"task-close", operation_task_close_run},
    {"inbox-decide", operation_inbox_decide_run},
    {"wake", operation_wake_run},
    {NULL, NULL},
};

/* ── ending ──────────────────────────────────────────────────────────────────────────────────── */

static void deliver(void *arg)
{
	struct operation *operation = arg;
	operation->finished(operation->result,
	    operation->result == RESULT_OK ? NULL : &operation->failure, operation->body,
	    operation->finished_arg);
	json_decref(operation->body);
	json_decref(operation->root);
	arena_free(operation->arena);
	free(operation);
}

static void end(struct operation *operation)
{
	if (operation->starting)
		loop_defer(operation->place->loop, deliver, operation);
	else
		deliver(operation);
}

void operation_finish(struct operation *operation, json_t *body)
{
	operation->result = RESULT_OK;
	operation->body = body;
	end(operation);
}

void operation_fail_with(
    struct operation *operation, enum result result, const struct failure *failure, json_t *body)
{
	operation->result = result;
	operation->failure = *failure;
	operation->body = body;
	end(operation);
}

void operation_fail(struct operation *operation, enum result result, const struct failure *failure)
{
	operation_fail_with(operation, result, failure, NULL);
}

void operation_poke(const struct operation *operation)
{
	if (operation->place->poke != NULL)
		operation->place->poke(operation->place->poke_arg);
}

/* ── starting ────────────────────────────────────────────────────────────────────────────────── */

static const struct operation_kind *find_kind(const char *name)
{
	const struct operation_kind *kind = operation_kinds;
	while (kind->name != NULL && strcmp(kind->name, name) != 0)
		kind++;
	return kind->name != NULL ? kind : NULL;
}

static enum result read_request(struct operation *operation, const char *request, size_t len,
    const struct operation_kind **kind, struct failure *failure)
{
	json_error_t error;
	const char *name = NULL;
	operation->root = json_loadb(request, len, JSON_REJECT_DUPLICATES, &error);
	if (operation->root == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "The request is not JSON (%.150s, at byte %d).", error.text, error.position);
	if (json_unpack_ex(operation->root, &error, 0, "{s:s, s:o !}", "operation", &name,
		"arguments", &operation->arguments) != 0 ||
	    !json_is_object(operation->arguments))
		return failure_set(failure, RESULT_INVALID,
		    "A request is {\"operation\": NAME, \"arguments\": {…}} and nothing else.");
	*kind = find_kind(name);
	if (*kind == NULL)
		return failure_set(failure, RESULT_INVALID,
		    "There is no operation \"%.40s\". Are daemon and command of the same version?",
		    name);
	return RESULT_OK;
}

void operation_start(const struct operation_place *place, const char *actor, const char *request,
    size_t len, void (*finished)(enum result, const struct failure *, json_t *body, void *arg),
    void *finished_arg)
{
	struct operation *operation = memory_new(sizeof *operation);
	const struct operation_kind *kind = NULL;
	struct failure failure;
	*operation = (struct operation){
	    .place = place,
	    .arena = arena_new(),
	    .finished = finished,
	    .finished_arg = finished_arg,
	    .starting = true,
	};
	operation->actor = arena_copy(operation->arena, actor);
	enum result result = read_request(operation, request, len, &kind, &failure);
	if (result != RESULT_OK) {
		operation_fail(operation, result, &failure);
		return;
	}
	/* Whatever the operation ends with in here is told later, so it is alive until then. */
	kind->run(operation);
	operation->starting = false;
}

/* ── replies ─────────────────────────────────────────────────────────────────────────────────── */

char *operation_reply_text(enum result result, const struct failure *failure, json_t *body)
{
	json_t *reply = json_pack("{s:s}", "result", result_name(result));
	if (failure != NULL) /* a sentence cut in the middle of a letter is no UTF-8 */
		json_object_set_new(reply, "failure",
		    document_utf8_error(failure->text, strlen(failure->text)) ==
			    strlen(failure->text)
			? json_string(failure->text)
			: json_stringn(failure->text,
			      document_utf8_error(failure->text, strlen(failure->text))));
	if (body != NULL)
		json_object_set(reply, "body", body);
	char *text = json_dumps(reply, JSON_COMPACT);
	json_decref(reply);
	return text != NULL ? text : memory_copy_text("{\"result\":\"internal\"}");
}

json_t *operation_complaints_json(const struct complaints *complaints)
{
	json_t *list = json_array();
	for (size_t i = 0; i < complaints->count; i++) {
		const struct complaint *item = &complaints->items[i];
		json_array_append_new(
		    list, json_pack("{s:s, s:i, s:s, s:b}", "file", item->file, "line", item->line,
			      "text", item->text, "warning", item->warning));
	}
	return json_pack("{s:o}", "complaints", list);
}

void operation_fail_by_complaints(struct operation *operation, const struct complaints *complaints)
{
	struct failure failure;
	const char *file = complaints->count > 0 ? complaints->items[0].file : "the file";
	enum result result = failure_set(&failure, RESULT_INVALID,
	    complaints->errors == 1 ? "%zu error in %.200s; nothing was changed."
				    : "%zu errors in %.200s; nothing was changed.",
	    complaints->errors, file);
	operation_fail_with(operation, result, &failure, operation_complaints_json(complaints));
}

json_t *operation_differences_json(const struct store_differences *differences)
{
	json_t *list = json_array();
	for (size_t i = 0; i < differences->count; i++) {
		const char sign[] = {differences->items[i].sign, '\0'};
		json_array_append_new(
		    list, json_pack("{s:s, s:s, s:s}", "sign", sign, "what",
			      differences->items[i].what, "text", differences->items[i].text));
	}
	return list;
}
