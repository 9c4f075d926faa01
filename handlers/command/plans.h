/*
 * Owns: finding a stored plan by its code.
 * May use: store/reader.h, document/, command/environment.h.
 * Must not know: what is done with it.
 */
#ifndef COMMAND_PLANS_H
#define COMMAND_PLANS_H

#include "command/environment.h"
#include "plan/model.h"

struct stored_plan {
	const char *code, *name, *state, *body, *owner;
	int version;
	struct wall started; /* WALL_NEVER: never yet */
};

/* All plans, in the environment's arena. Returns EX_OK or a status after printing. */
int plans_read(struct environment *environment, const struct stored_plan **plans, size_t *count);

/* One of them; when there is none of that code, says so with the codes there are. */
int plan_look_up(struct environment *environment, const char *code, struct stored_plan *out);

/* Its text read again, in the environment's arena; NULL after printing the complaints (a holiday
 * file is gone, say). */
const struct plan *plan_parse(struct environment *environment, const struct stored_plan *stored);

#endif
