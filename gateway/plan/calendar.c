/*
 * Owns: which days are worked and which moments are allowed, and the nearest of either.
 * May use: base/, base/civil.h.
 * Must not know: files, the clock, ladders.
 *
 * Moments are judged by their whole minute: 11:29:59 is in the minute 11:29. What is allowed can
 * only begin at the start of a window or the end of the quiet hours, and end at their opposites, so
 * the searches look at those minutes alone.
 */
#include "plan/calendar.h"

#define SEARCH_DAYS 400
#define DAY_MINUTES 1440

static int zone_at(const struct plan_calendar *calendar, struct wall moment)
{
	size_t low = 0, high = calendar->transition_count; /* how many have come by then */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (wall_before(moment, calendar->transitions[middle].from))
			high = middle;
		else
			low = middle + 1;
	}
	return low > 0 ? calendar->transitions[low - 1].minutes : calendar->zone_minutes;
}

/* Of the two offsets around the time, the earlier moment that shows the minute wins; when neither
 * shows it, it lies in a gap, and the transition itself is the first moment after it. */
struct wall calendar_moment(const struct plan_calendar *calendar, struct day day, int minute_of_day)
{
	struct wall plain = civil_moment(day, minute_of_day, calendar->zone_minutes);
	if (calendar->transition_count == 0)
		return plain;
	struct wall nominal = civil_moment(day, minute_of_day, 0);
	int before = zone_at(calendar, wall_add(nominal, -DAY_MS));
	int after = zone_at(calendar, wall_add(nominal, DAY_MS));
	struct wall early = wall_add(nominal, -before * MINUTE_MS);
	struct wall late = wall_add(nominal, -after * MINUTE_MS);
	if (zone_at(calendar, early) == before)
		return early;
	if (zone_at(calendar, late) == after)
		return late;
	for (size_t i = 0; i < calendar->transition_count; i++)
		if (wall_before(late, calendar->transitions[i].from))
			return calendar->transitions[i].from;
	return late;
}

struct civil calendar_civil(const struct plan_calendar *calendar, struct wall moment)
{
	return civil_of_wall(moment, zone_at(calendar, moment));
}

struct day calendar_day(const struct plan_calendar *calendar, struct wall moment)
{
	return civil_day_of_wall(moment, zone_at(calendar, moment));
}

static bool days_have(const struct day *days, size_t count, struct day day)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (days[middle].number == day.number)
			return true;
		if (days[middle].number < day.number)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool is_closed(const struct plan_calendar *calendar, struct day day)
{
	for (size_t i = 0; i < calendar->closure_count && calendar->closed >> i != 0; i++)
		if ((calendar->closed >> i & 1) != 0 &&
		    calendar->closures[i].from.number <= day.number &&
		    day.number <= calendar->closures[i].to.number)
			return true;
	return false;
}

bool calendar_is_working_day(const struct plan_calendar *calendar, struct day day)
{
	if (is_closed(calendar, day))
		return false;
	if (days_have(calendar->days_worked, calendar->days_worked_count, day))
		return true;
	return calendar->working_weekday[civil_of_day(day).weekday] &&
	       !days_have(calendar->days_off, calendar->days_off_count, day);
}

static struct day nearest_working_day(
    const struct plan_calendar *calendar, struct day day, int direction)
{
	for (int i = 1; i <= SEARCH_DAYS; i++) {
		struct day found = day_add(day, i * direction);
		if (calendar_is_working_day(calendar, found))
			return found;
	}
	return DAY_NONE;
}

struct day calendar_next_working_day(const struct plan_calendar *calendar, struct day day)
{
	return nearest_working_day(calendar, day, 1);
}

struct day calendar_previous_working_day(const struct plan_calendar *calendar, struct day day)
{
	return nearest_working_day(calendar, day, -1);
}

struct day calendar_add_working_days(const struct plan_calendar *calendar, struct day day, int n)
{
	int direction = n < 0 ? -1 : 1;
	for (int left = n * direction; left > 0 && day.number != DAY_NONE.number; left--)
		day = nearest_working_day(calendar, day, direction);
	return day;
}

static int minute_of(const struct plan_calendar *calendar, struct wall moment)
{
	struct civil civil = calendar_civil(calendar, moment);
	return civil.hour * 60 + civil.minute;
}

static bool minute_is_quiet(const struct plan_calendar *calendar, int minute)
{
	int from = calendar->quiet_from, to = calendar->quiet_to;
	return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/* On a working day. */
static bool minute_is_allowed(const struct plan_calendar *calendar, int minute)
{
	if (minute_is_quiet(calendar, minute))
		return false;
	for (size_t i = 0; i < calendar->window_count; i++)
		if (minute >= calendar->window[i].from && minute < calendar->window[i].to)
			return true;
	return false;
}

bool calendar_is_quiet(const struct plan_calendar *calendar, struct wall moment)
{
	return minute_is_quiet(calendar, minute_of(calendar, moment));
}

bool calendar_is_allowed(const struct plan_calendar *calendar, struct wall moment)
{
	return calendar_is_working_day(calendar, calendar_day(calendar, moment)) &&
	       minute_is_allowed(calendar, minute_of(calendar, moment));
}

/* The first allowed minute ≥ `least` of a working day, or -1. */
static int first_allowed_minute(const struct plan_calendar *calendar, int least)
{
	int best = least < DAY_MINUTES && minute_is_allowed(calendar, least) ? least : -1;
	for (size_t i = 0; i <= calendar->window_count; i++) {
		int minute =
		    i < calendar->window_count ? calendar->window[i].from : calendar->quiet_to;
		if (minute >= least && minute < DAY_MINUTES && (best < 0 || minute < best) &&
		    minute_is_allowed(calendar, minute))
			best = minute;
	}
	return best;
}

/* The last allowed minute ≤ `most` of a working day, or -1. */
static int last_allowed_minute(const struct plan_calendar *calendar, int most)
{
	int best = most >= 0 && minute_is_allowed(calendar, most) ? most : -1;
	for (size_t i = 0; i <= calendar->window_count; i++) {
		int end =
		    i < calendar->window_count ? calendar->window[i].to : calendar->quiet_from;
		int minute = end - 1;
		if (minute >= 0 && minute <= most && minute > best &&
		    minute_is_allowed(calendar, minute))
			best = minute;
	}
	return best;
}

struct wall calendar_next_allowed(const struct plan_calendar *calendar, struct wall moment)
{
	if (moment.ms == WALL_NEVER.ms || calendar_is_allowed(calendar, moment))
		return moment;
	struct day day = calendar_day(calendar, moment);
	int least = minute_of(calendar, moment) + 1;
	for (int i = 0; i <= SEARCH_DAYS; i++, day = day_add(day, 1), least = 0) {
		if (!calendar_is_working_day(calendar, day))
			continue;
		int minute = first_allowed_minute(calendar, least);
		for (; minute >= 0; minute = first_allowed_minute(calendar, minute + 1)) {
			struct wall found = calendar_moment(calendar, day, minute);
			/* not so only of minutes that do not exist, or come twice */
			if (!wall_before(found, moment) && calendar_is_allowed(calendar, found))
				return found;
		}
	}
	return WALL_NEVER;
}

struct wall calendar_previous_allowed(const struct plan_calendar *calendar, struct wall moment)
{
	if (moment.ms == WALL_NEVER.ms)
		return WALL_NEVER;
	struct wall last = {moment.ms - 1};
	struct day day = calendar_day(calendar, last);
	int most = minute_of(calendar, last);
	for (int i = 0; i <= SEARCH_DAYS; i++, day = day_add(day, -1), most = DAY_MINUTES - 1) {
		if (!calendar_is_working_day(calendar, day))
			continue;
		int minute = last_allowed_minute(calendar, most);
		for (; minute >= 0; minute = last_allowed_minute(calendar, minute - 1)) {
			struct wall found = calendar_moment(calendar, day, minute);
			if (calendar_is_allowed(calendar, found))
				return found;
		}
	}
	return WALL_NEVER;
}

struct wall calendar_next_not_quiet(const struct plan_calendar *calendar, struct wall moment)
{
	if (moment.ms == WALL_NEVER.ms || !calendar_is_quiet(calendar, moment))
		return moment;
	struct day day = calendar_day(calendar, moment);
	if (minute_of(calendar, moment) >= calendar->quiet_to)
		day = day_add(day, 1);
	struct wall end = calendar_moment(calendar, day, calendar->quiet_to);
	if (!wall_before(end, moment))
		return end;
	/* Clocks have gone back over the end of the quiet hours: it comes a second time. */
	int left = calendar->quiet_to - minute_of(calendar, moment);
	return wall_add(moment, left * MINUTE_MS);
}

/* What is allowed ends at the end of its window, or where quiet hours begin in it. */
bool calendar_window_of(
    const struct plan_calendar *calendar, struct wall moment, struct wall *from, struct wall *until)
{
	if (!calendar_is_allowed(calendar, moment))
		return false;
	struct day day = calendar_day(calendar, moment);
	int minute = minute_of(calendar, moment);
	int first = minute, end = minute + 1;
	for (size_t i = 0; i < calendar->window_count; i++)
		if (minute >= calendar->window[i].from && minute < calendar->window[i].to) {
			first = calendar->window[i].from;
			end = calendar->window[i].to;
		}
	while (!minute_is_allowed(calendar, first))
		first++;
	while (!minute_is_allowed(calendar, end - 1))
		end--;
	*from = calendar_moment(calendar, day, first);
	*until = calendar_moment(calendar, day, end);
	return true;
}

struct wall calendar_last_useful(const struct plan_calendar *calendar, struct wall deadline)
{
	if (deadline.ms == WALL_NEVER.ms)
		return WALL_NEVER;
	struct day day = calendar_day(calendar, (struct wall){deadline.ms - 1});
	for (int i = 0; i <= SEARCH_DAYS; i++, day = day_add(day, -1)) {
		struct wall end = calendar_moment(calendar, day, calendar->end_of_work);
		if (end.ms <= deadline.ms && calendar_is_working_day(calendar, day))
			return end;
	}
	return deadline;
}
