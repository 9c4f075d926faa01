/*
 * Owns: whether a rule is one that is understood here, part by part.
 * May use: base/, base/civil.h.
 * Must not know: libical, deadlines.
 *
 * Pure. Libraries take malformed rules in silence or refuse them without a reason, so each part is
 * looked at here first.
 */
#ifndef PLAN_RECURRENCE_RULE_H
#define PLAN_RECURRENCE_RULE_H

#include "base/civil.h"

/* What a good rule says that matters to those who use it. */
struct recurrence_rule {
	char frequency;  /* 'D', 'W', 'M', 'Y' */
	int interval;    /* 1 when not said */
	bool ends;       /* by COUNT or UNTIL */
	bool month_ends; /* names a day (29 to 31) that not every month has */
};

/* Reads `text`. RESULT_INVALID with what is wrong and what would be right. */
MUST_CHECK enum result recurrence_rule_read(
    const char *text, struct recurrence_rule *rule, struct failure *failure);

#endif
