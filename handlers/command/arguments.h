/*
 * Owns: the arguments of an operation, read by a table of them: nothing else gets in.
 * May use: command/operation.h.
 * Must not know: which operations there are.
 */
#ifndef COMMAND_ARGUMENTS_H
#define COMMAND_ARGUMENTS_H

#include "command/operation.h"

enum argument_kind {
	ARGUMENT_TEXT,   /* const char **; well-formed UTF-8; lives as long as the operation */
	ARGUMENT_CODE,   /* the same, a code of letters, digits and hyphens */
	ARGUMENT_FLAG,   /* bool * */
	ARGUMENT_NUMBER, /* int64_t *, 0 and above */
};

struct argument {
	const char *name;
	enum argument_kind kind;
	bool needed;
	size_t max; /* bytes of texts */
	void *into; /* left alone when the argument is not given or null */
};

/* True when all are there, of their kind and length, and no others. Else the operation has failed
 * with a sentence that names the first bad one. Texts are never empty and hold no control
 * characters, except those longer than 2,000 bytes may be (files), which are taken as they are. */
bool arguments_read(struct operation *operation, const struct argument *arguments, size_t count);

/* Longest texts. */
#define ARGUMENT_NAME_MAX 120
#define ARGUMENT_NOTE_MAX 500
#define ARGUMENT_LINE_MAX 2000

/* The operations. */
operation_fn operation_import_recipients_run, operation_import_plan_run, operation_plan_state_run,
    operation_pause_run, operation_ledger_run, operation_send_run, operation_task_close_run,
    operation_wake_run, operation_request_decide_run, operation_number_resume_run,
    operation_inbox_decide_run, operation_link_run, operation_link_address_run,
    operation_unlink_run;

/* The plan that the obligation is on, in the operation's arena; NULL with a sentence when it cannot
 * be read any more. */
const struct plan *operation_plan_of(struct operation *operation,
    const struct store_known_obligation *obligation, struct failure *failure);

/* What a failed or finished store request comes to. */
void operation_poke(const struct operation *operation);

/* {"complaints": […]} of what is wrong with a file; and {"differences": […]}. */
json_t *operation_complaints_json(const struct complaints *complaints);
json_t *operation_differences_json(const struct store_differences *differences);
/* Fails with the first error as the sentence and all complaints in the body. */
void operation_fail_by_complaints(struct operation *operation, const struct complaints *complaints);

#endif
