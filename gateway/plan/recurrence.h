/*
 * Owns: the days of an iCalendar rule (RFC 5545 RRULE).
 * May use: base/, plan/period.h.
 * Must not know: deadlines, events, working days, times of day.
 *
 * Rules are about days: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL, COUNT, UNTIL, BYMONTH,
 * BYMONTHDAY, BYDAY, BYYEARDAY, BYWEEKNO, BYSETPOS and WKST. A day of the month that a month does
 * not have is that month's last (the 31st of every month, 29 February in common years), since a
 * report that is left out is worse than one asked for a day early. A day that no month of the rule
 * has (31 June) is refused.
 */
#ifndef PLAN_RECURRENCE_H
#define PLAN_RECURRENCE_H

#include "plan/period.h"

#include <stddef.h>

#define RECURRENCE_DAYS_MAX 2000
#define RECURRENCE_BYTES_MAX 200
#define RECURRENCE_YEARS_MAX 30

struct plan_recurrence {
	const char *rule; /* "FREQ=MONTHLY;BYMONTHDAY=15" */
	struct day from;  /* no day before this one; also what an INTERVAL counts from */
	struct day until; /* no day after it; DAY_NONE: the rule itself ends, by COUNT or UNTIL */
	const struct day *except; /* days left out, in any order */
	size_t except_count;
};

/* The days of the rule, ascending, no day twice, into `days` (room for RECURRENCE_DAYS_MAX).
 * RESULT_INVALID with a sentence that says what is wrong and what would be right: a rule that is
 * not one, is about hours, does not end within RECURRENCE_YEARS_MAX years of `from`, has no day at
 * all or too many, or an exception that is none of its days. */
MUST_CHECK enum result recurrence_expand(const struct plan_recurrence *recurrence, struct day *days,
    size_t *count, struct failure *failure);

/* The period that such a rule's occurrences are about when nothing else is said: that of its FREQ,
 * and quarters and halves for every third and sixth month. `rule` may be malformed: PERIOD_YEAR. */
enum plan_period recurrence_period(const char *rule);

#endif
