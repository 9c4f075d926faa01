/*
 * Owns: new moons, the sun's place, and the lunar months that follow from them.
 * May use: base/civil.h.
 * Must not know: which days are holidays, any office's time zone.
 */
#include "plan/lunar.h"

#include <math.h>
#include <stddef.h>

#define DEGREE (3.14159265358979323846 / 180)
#define EPOCH_JULIAN_DAY 2440588 /* 1970-01-01 */
#define LOCAL_NOON_SHIFT (0.5 + 7.0 / 24)
#define SYNODIC_MONTH 29.530588853
#define FIRST_NEW_MOON 2415021.077 /* of k = 0, around New Year 1900 */
#define WINTER_SECTOR 9            /* of 30 degrees, from the spring equinox */

/* The local day of the new moon number k. */
static int new_moon(int k)
{
	static const struct {
		double amplitude;
		int sun, moon, node; /* multiples of the three anomalies */
	} terms[] = {
	    {-0.4068, 0, 1, 0},
	    {0.0021, 2, 0, 0},
	    {0.0161, 0, 2, 0},
	    {-0.0004, 0, 3, 0},
	    {0.0104, 0, 0, 2},
	    {-0.0051, 1, 1, 0},
	    {-0.0074, 1, -1, 0},
	    {0.0004, 1, 0, 2},
	    {-0.0004, -1, 0, 2},
	    {-0.0006, 0, 1, 2},
	    {0.0010, 0, -1, 2},
	    {0.0005, 1, 2, 0},
	};
	double t = k / 1236.85, t2 = t * t, t3 = t2 * t;
	double sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
	double moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
	double node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
	double moment = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3 +
			0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * DEGREE);
	moment += (0.1734 - 0.000393 * t) * sin(sun * DEGREE);
	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
		moment += terms[i].amplitude *
			  sin((terms[i].sun * sun + terms[i].moon * moon + terms[i].node * node) *
			      DEGREE);
	moment -= -0.000278 + 0.000265 * t + 0.000262 * t2; /* from even to earthly time */
	return (int)floor(moment + LOCAL_NOON_SHIFT);
}

/* In which of its twelve sectors the sun stands when the local day begins. */
static int sun_sector(int julian_day)
{
	double t = (julian_day - LOCAL_NOON_SHIFT - 2451545) / 36525, t2 = t * t;
	double anomaly =
	    (357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t2 * t) * DEGREE;
	double longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2 +
			   (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(anomaly) +
			   (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
			   0.00029 * sin(3 * anomaly);
	longitude -= 360 * floor(longitude / 360);
	return (int)(longitude / 30);
}

/* The number of the new moon that begins the month with the winter solstice of `year`. */
static int eleventh_month(int year)
{
	int last = civil_day(year, 12, 31).number + EPOCH_JULIAN_DAY;
	int k = (int)floor((last - FIRST_NEW_MOON) / SYNODIC_MONTH) + 1;
	while (new_moon(k) > last)
		k--;
	return sun_sector(new_moon(k)) >= WINTER_SECTOR ? k - 1 : k;
}

/* Of the thirteen months from `first` on: how far the leap one is from it; 0 when there are but
 * twelve. */
static int leap_offset(int first, int next)
{
	if (next - first != 13)
		return 0;
	for (int i = 1; i < 13; i++)
		if (sun_sector(new_moon(first + i)) == sun_sector(new_moon(first + i + 1)))
			return i;
	return 0;
}

/* The number of the new moon that begins a month of the lunar year. */
static int month_number(int year, int month, int *leap)
{
	/* Months 11 and 12 belong to the next solstice's count. */
	int from = month >= 11 ? year : year - 1;
	int first = eleventh_month(from);
	int after_eleventh = month >= 11 ? month - 11 : month + 1;
	*leap = leap_offset(first, eleventh_month(from + 1));
	return first + after_eleventh + (*leap != 0 && after_eleventh >= *leap);
}

struct day lunar_month_begin(int year, int month)
{
	int leap;
	if (year < LUNAR_YEAR_LEAST || year > LUNAR_YEAR_MOST || month < 1 || month > 12)
		return DAY_NONE;
	return (struct day){new_moon(month_number(year, month, &leap)) - EPOCH_JULIAN_DAY};
}

int lunar_leap_month(int year, struct day *begin)
{
	*begin = DAY_NONE;
	if (year < LUNAR_YEAR_LEAST || year > LUNAR_YEAR_MOST)
		return 0;
	for (int month = 1; month <= 12; month++) {
		int leap, number = month_number(year, month, &leap);
		int first = eleventh_month(month >= 11 ? year : year - 1);
		if (leap == 0 || number + 1 != first + leap)
			continue;
		*begin = (struct day){new_moon(number + 1) - EPOCH_JULIAN_DAY};
		return month;
	}
	return 0;
}
