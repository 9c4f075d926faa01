/*
 * Owns: the periods that reports are about: years, halves, quarters, months, weeks, days.
 * May use: base/civil.h.
 * Must not know: deadlines, working days.
 *
 * Pure. A period is its kind and an index that counts up by one from each period to the next.
 */
#ifndef PLAN_PERIOD_H
#define PLAN_PERIOD_H

#include "base/civil.h"

enum plan_period {
	PERIOD_YEAR,
	PERIOD_HALF,
	PERIOD_QUARTER,
	PERIOD_MONTH,
	PERIOD_WEEK, /* ISO 8601: Monday to Sunday, of the year that its Thursday is in */
	PERIOD_DAY,
	PERIOD_COUNT
};

/* Up to which day the figures of a report reach. */
enum plan_cutoff {
	CUTOFF_NONE,       /* not said */
	CUTOFF_PERIOD_END, /* the period's last day */
	CUTOFF_DECREE,     /* Decree 09/2019/ND-CP art. 12: the 14th of the period's last month */
	CUTOFF_COUNT
};

/* "year" …; "none", "period-end", "decree-09-2019". */
const char *plan_period_word(enum plan_period period);
bool plan_period_of_word(const char *word, enum plan_period *period);
const char *plan_cutoff_word(enum plan_cutoff cutoff);
bool plan_cutoff_of_word(const char *word, enum plan_cutoff *cutoff);

/* The period that `day` lies in, and the first and last day of a period. */
int plan_period_index(enum plan_period period, struct day day);
struct day plan_period_first(enum plan_period period, int index);
struct day plan_period_last(enum plan_period period, int index);

/* The last day that figures cover. DAY_NONE for CUTOFF_NONE, and for the decree in weeks and days,
 * of which it does not speak. */
struct day plan_period_cutoff(enum plan_period period, int index, enum plan_cutoff cutoff);

/* "2020", "2020-H1", "2020-Q3", "2020-06", "2020-W23", "2020-06-10". */
struct plan_period_name {
	char text[12];
};
struct plan_period_name plan_period_name(enum plan_period period, int index);

#endif
