/*
 * Owns: which obligations a plan makes for which units in a span of time.
 * May use: base/, plan/, store/operations.h.
 * Must not know: when anything is sent.
 */
#ifndef SCHEDULER_EXPAND_H
#define SCHEDULER_EXPAND_H

#include "plan/model.h"
#include "store/operations.h"

/* How far ahead obligations exist, so that an early answer has where to land. */
#define EXPAND_MONTHS 13

enum expand_span {
	EXPAND_AHEAD,     /* what lies between `from` and 13 months later */
	EXPAND_WITH_PAST, /* and what has passed since the beginning of the year: at import */
	EXPAND_NEW_DAYS,  /* what has come within 13 months during the last week: day by day */
};

/* Obligations of `plan` for `units` by deadline (events: start) within the span. The owner unit
 * owes a report only when the audience names it.
 *
 * Owed is by the unit that exists on the day named (events: the start). What a unit would owe that
 * has ended by then, its successor owes, over several successions if need be, whatever the
 * audience says of the successor, and once even when several units became one. A unit owes nothing
 * of before it came to be; without a successor nobody owes. Pure. */
void expand_plan(struct arena *arena, const struct plan *plan, const struct store_unit *units,
    size_t unit_count, struct wall from, enum expand_span span, struct store_new_obligation **out,
    size_t *count);

#endif
