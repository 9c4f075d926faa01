/*
 * Owns: what is legal in a plan but would disappoint: it is told before anything is sent.
 * May use: base/, text/, plan/, document/document.h.
 * Must not know: where the units and people come from (files, the store).
 *
 * Pure: nothing is read, everything comes in as values, which are borrowed.
 */
#ifndef DOCUMENT_PLAN_LINT_H
#define DOCUMENT_PLAN_LINT_H

#include "document/document.h"
#include "plan/model.h"

struct lint_unit {
	const char *code, *name, *kind;
	const char *file; /* and line: where warnings of it point; line 0 for the whole */
	int line;
};

struct lint_person {
	const char *code, *name;
	bool reachable; /* has a number or an address */
	const char *file;
	int line;
};

struct lint_post {
	const char *unit_code, *person_code;
	enum plan_post post;
};

/* A way out. One-way: whoever answers it reaches nobody. */
struct lint_channel {
	const char *name;
	bool two_way;
};

struct lint_world {
	const struct lint_unit *units; /* none at all: what hangs on them is not looked at */
	size_t unit_count;
	const struct lint_person *people;
	size_t person_count;
	const struct lint_post *posts;
	size_t post_count;
	const struct lint_channel *channels; /* none at all: likewise */
	size_t channel_count;
	bool fold;     /* texts go in plain letters */
	int parts_max; /* a text that needs more is not sent */
};

/* Adds a warning for each: a step after the closing day; a text that needs more parts than allowed
 * with the longest values that it can get here; a post holder or group member whom nothing reaches,
 * or who is not known; a unit that has no reporter for a report; a group of nobody; a channel that
 * is not there; a route on which an answer is expected, cannot be given, and the text does not say
 * {reply_to} whom. `file` names the plan. */
void plan_lint(const struct plan *plan, const char *file, const struct lint_world *world,
    struct complaints *complaints);

/* The warning of plan_missing_holiday_year, when there is one. */
void plan_lint_holidays(
    const struct plan *plan, const char *file, struct day today, struct complaints *complaints);

#endif
