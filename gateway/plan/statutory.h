/*
 * Owns: the public holidays of Viet Nam, as far as the law alone gives them.
 * May use: base/civil.h, plan/lunar.h.
 * Must not know: holiday files, plans.
 *
 * Pure. Labour Code 2019, article 112: 1 January; Tết, taken as its eve and the four days from New
 * Year's Day on; Hùng Kings' day, the 10th of the third lunar month; 30 April; 1 May; 2 September
 * and one day beside it. That day is the one that makes the longer row with the weekend: 1
 * September when the 2nd is a Tuesday, Wednesday, Friday or Saturday, else the 3rd; before 2021,
 * when that law came into force, there was none. A holiday on a weekly day off gives the next
 * working day off.
 *
 * What the government decides anew each year (which five days of Tết, the day beside 2 September,
 * working days swapped for Saturdays) is in the holiday files, which therefore go before this.
 */
#ifndef PLAN_STATUTORY_H
#define PLAN_STATUTORY_H

#include "base/civil.h"

#include <stddef.h>

#define STATUTORY_DAYS_MAX 22 /* eleven, and a day instead of each */

/* The days off of a year (LUNAR_YEAR_LEAST … LUNAR_YEAR_MOST; others have none) into `days`,
 * ascending: how many there are. working_weekday: 0 Sunday … 6 Saturday. Days off that are a weekly
 * day off anyway are among them. */
size_t statutory_days_off(
    int year, const bool working_weekday[7], struct day days[STATUTORY_DAYS_MAX]);

#endif
