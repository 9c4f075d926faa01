/*
 * Owns: what a plan's year holds: days off and why, days worked instead, deadlines, events.
 * May use: base/, plan/, document/, command/ical.h.
 * Must not know: how it is shown.
 */
#ifndef COMMAND_YEAR_H
#define COMMAND_YEAR_H

#include "base/memory.h"
#include "plan/model.h"

enum year_kind {
	YEAR_OFF,      /* a weekday off; `name` as the holiday file has it, "" when it has none */
	YEAR_CLOSURE,  /* some units are closed: `name` is why, `place` says which */
	YEAR_WORKED,   /* a day worked although it is a weekend's */
	YEAR_DEADLINE, /* `last_useful` is the last day to hand in */
	YEAR_EVENT,
};

struct year_item {
	enum year_kind kind;
	struct day start, end; /* both belong to it */
	const char *code, *name, *period, *place;
	struct day last_useful;
	bool by; /* a deadline that the day named belongs to */
};

struct year {
	struct year_item *items; /* by day, then by kind */
	size_t count;
};

/* The year of one plan. Names of days off come from the .ics files in `holidays_dir`; a folder
 * that cannot be read gives none. Everything lives in the arena or is borrowed from the plan. */
void year_of_plan(struct arena *arena, const struct plan *plan, int number,
    const char *holidays_dir, struct year *out);

#endif
