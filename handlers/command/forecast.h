/*
 * Owns: what a plan would send from now on, if nobody answered: for `start` and `why`.
 * May use: plan/, scheduler/decide.h, store/reader.h, command/plans.h.
 * Must not know: how it is shown.
 *
 * It is the scheduler's own decision, asked for one wake-up after the other.
 */
#ifndef COMMAND_FORECAST_H
#define COMMAND_FORECAST_H

#include "command/plans.h"

struct forecast_item {
	struct wall moment, nominal; /* when it is sent or skipped; as the plan says */
	const char *report_code, *period, *unit_code, *unit_name, *step;
	const char *reason;                      /* why skipped or moved; NULL none */
	const struct store_contact *contact;     /* NULL: concerns nobody in particular */
	const struct store_new_message *message; /* NULL: skipped */
};

struct forecast_question {
	const struct stored_plan *stored;
	const struct plan *plan;
	const char *unit_code, *report_code; /* NULL: all */
	struct wall until;
};

/* Calls `item` for each step that falls between now and `until`, obligation by obligation. A plan
 * that was never started is taken as started now. Everything lives in the environment's arena. */
MUST_CHECK enum result forecast_ask(struct environment *environment,
    const struct forecast_question *question,
    void (*item)(const struct forecast_item *item, void *arg), void *arg, struct failure *failure);

/* The text of a message, its parts joined. In the arena. */
const char *forecast_text(struct arena *arena, const struct store_new_message *message);

#endif
