/*
 * Owns: the office's decision on a registration, as a part of `request-decide`.
 * May use: command/operation.h.
 * Must not know: who asked.
 */
#ifndef COMMAND_OPERATION_PEOPLE_H
#define COMMAND_OPERATION_PEOPLE_H

#include "command/operation.h"

struct operation_registration {
	int64_t number;
	const char *plan_code; /* of a plan of the owner; NULL: whichever owner has the number */
	bool grants;
};

/* Ends the operation: the registration with this number becomes a person, or is refused, and the
 * number is told; RESULT_NOT_FOUND when nothing waits under it. The body has number, name, address,
 * granted. */
void operation_registration_decide(
    struct operation *operation, const struct operation_registration *question);

#endif
