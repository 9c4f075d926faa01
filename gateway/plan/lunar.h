/*
 * Owns: the lunar calendar of Viet Nam: months by the new moons over UTC+7.
 * May use: base/civil.h.
 * Must not know: which days are holidays, any office's time zone.
 *
 * Pure. A month begins on the local day of its new moon. The month with the winter solstice is the
 * eleventh; when thirteen months lie between two such, the first of them in which the sun enters no
 * new twelfth of its way is the leap month, and has the number of the month before it. The Chinese
 * calendar does the same over UTC+8 and now and then differs by a day or a month. Moon and sun
 * after Jean Meeus, Astronomical Algorithms, to within minutes for 1900–2199.
 */
#ifndef PLAN_LUNAR_H
#define PLAN_LUNAR_H

#include "base/civil.h"

#define LUNAR_YEAR_LEAST 1900
#define LUNAR_YEAR_MOST 2199

/* The first day of a month (1 to 12; not the leap one) of the lunar year that begins in `year`.
 * Tết is that of month 1; Hùng Kings' day is nine days after that of month 3. DAY_NONE for years
 * outside LUNAR_YEAR_LEAST … LUNAR_YEAR_MOST. */
struct day lunar_month_begin(int year, int month);

/* The leap month of that year: its number, and its first day in `begin`. 0: the year has none. */
int lunar_leap_month(int year, struct day *begin);

#endif
