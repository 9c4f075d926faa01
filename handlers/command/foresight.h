/*
 * Owns: the port through which commands look at the time to come: for `start` and `why`.
 * May use: store/course.h, command/environment.h.
 * Must not know: how it is lived through (daemon/foresight.c hands it down).
 */
#ifndef COMMAND_FORESIGHT_H
#define COMMAND_FORESIGHT_H

#include "command/environment.h"
#include "store/course.h"

struct foresight_question {
	/* Code of a plan that is taken as started now, if it is not running yet. NULL: all that
	 * wait for their start or are paused are. */
	const char *plan_code;
	struct wall until;
};

struct foresight {
	/* Lives on from now until `until` on a copy of the store, by the daemon's own rules, on a
	 * network without failures, with nobody answering; then tells what happened, in the order
	 * of the moments. Rows as in reader_course. */
	enum result (*look)(const struct environment *environment,
	    const struct foresight_question *question,
	    bool (*row)(const struct course_row *row, void *arg), void *arg,
	    struct failure *failure);
};

#endif
