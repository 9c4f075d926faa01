/*
 * Owns: what init.c and init_plan.c share.
 * May use: base/.
 * Must not know: questions, files.
 */
#ifndef COMMAND_INIT_H
#define COMMAND_INIT_H

#include <stdbool.h>
#include <stdio.h>

struct init_plan {
	const char *office; /* as texts name it; one line without quotes and braces */
	const char *owner;  /* code of the coordinating unit */
	int year;
	bool has_holidays; /* there is a file vn-YEAR.ics */
};

/* Writes a plan of one year: the six-month and the annual report, the Action Month. */
void init_write_plan(FILE *out, const struct init_plan *plan);

#endif
