/*
 * Owns: what a new version of a plan changes beyond its obligations: texts, the moments of steps.
 * May use: base/, plan/, jansson.
 * Must not know: the store, how it is shown.
 */
#ifndef COMMAND_PLAN_CHANGES_H
#define COMMAND_PLAN_CHANGES_H

#include "command/operation.h"
#include "plan/model.h"

/* How far ahead the moments of steps are compared. */
#define PLAN_CHANGES_DAYS 60

/* A list of {"sign", "what", "text"} as operation_differences_json makes it; `what` is "text" for
 * texts that came ('+'), went ('-') or were changed ('~', with the old and the new body), and
 * "step" for the steps of reports and events that would come at another moment within the next
 * PLAN_CHANGES_DAYS days, were plan and answers left as they are. The caller's to decref. */
json_t *plan_changes_json(
    struct arena *arena, const struct plan *old, const struct plan *new, struct wall now);

#endif
