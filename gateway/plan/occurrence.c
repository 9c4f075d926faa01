/*
 * Owns: when a report is due and an event takes place, time after time.
 * May use: base/, plan/.
 * Must not know: YAML, rules (they have been expanded), units, the clock.
 *
 * Every kind of deadline is a row of days numbered from 0 that only ascends, so the few that matter
 * are found by halving, however long the row is.
 */
#include "plan/model.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* How far a named day may move off its place in the row: over the longest row of days off. */
#define MOVE_DAYS_MAX 60

static int row_length(const struct plan_report *report)
{
	if (report->kind == DEADLINE_DAYS)
		return report->day_count > INT_MAX ? INT_MAX : (int)report->day_count;
	if (report->kind == DEADLINE_PERIOD)
		return report->last_period - report->first_period + 1;
	return report->year != 0 ? 1 : report->last_year - report->first_year + 1;
}

static struct day day_of_year(const struct plan_report *report, int at)
{
	int year = report->year != 0 ? report->year : report->first_year + at;
	int day = report->day;
	if (!civil_date_exists(year, report->month, day))
		day = 28; /* the parser lets no other day through than 29 February */
	return civil_day(year, report->month, day);
}

/* The day in the row, before it moves off a day off. */
static struct day row_day(
    const struct plan_report *report, const struct plan_calendar *calendar, int at)
{
	if (report->kind == DEADLINE_DAYS)
		return report->days[at];
	if (report->kind == DEADLINE_YEARLY)
		return day_of_year(report, at);
	struct day cutoff =
	    plan_period_cutoff(report->period, report->first_period + at, report->cutoff);
	if (cutoff.number == DAY_NONE.number)
		return DAY_NONE;
	return report->due_unit == OFFSET_WORKING_DAYS
		   ? calendar_add_working_days(calendar, cutoff, report->due)
		   : day_add(cutoff, report->due);
}

static struct day move_off(
    const struct plan_calendar *calendar, struct day day, enum plan_day_off day_off)
{
	if (day_off == DAY_OFF_STAY || calendar_is_working_day(calendar, day))
		return day;
	struct day moved = day_off == DAY_OFF_EARLIER ? calendar_previous_working_day(calendar, day)
						      : calendar_next_working_day(calendar, day);
	return moved.number == DAY_NONE.number ? day : moved;
}

static int period_of(const struct plan_report *report, struct day day, int at)
{
	if (report->kind == DEADLINE_PERIOD)
		return report->first_period + at;
	return plan_period_index(report->period, day) - report->covers_previous;
}

static struct plan_occurrence occurrence_at(
    const struct plan_report *report, const struct plan_calendar *calendar, struct day day, int at)
{
	int period = period_of(report, day, at);
	struct plan_occurrence occurrence = {
	    .named = move_off(calendar, day, report->day_off),
	    .closing = WALL_NEVER,
	    .cutoff = plan_period_cutoff(report->period, period, report->cutoff),
	};
	memcpy(occurrence.period, plan_period_name(report->period, period).text,
	    sizeof occurrence.period);
	struct day exclusive = report->by ? day_add(occurrence.named, 1) : occurrence.named;
	occurrence.deadline = calendar_moment(calendar, exclusive, 0);
	if (report->closing_days > 0)
		occurrence.closing =
		    calendar_moment(calendar, day_add(exclusive, report->closing_days), 0);
	return occurrence;
}

/* The first place in the row whose day is not before `day` (a day's number). */
static int first_place(
    const struct plan_report *report, const struct plan_calendar *calendar, int length, int64_t day)
{
	int low = 0, high = length;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (row_day(report, calendar, middle).number < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t plan_report_occurrences_in(const struct plan_report *report,
    const struct plan_calendar *calendar, struct wall from, struct wall to,
    struct plan_occurrence *out, size_t max)
{
	int length = row_length(report);
	int64_t first = (int64_t)calendar_day(calendar, from).number - MOVE_DAYS_MAX;
	int64_t last = (int64_t)calendar_day(calendar, to).number + MOVE_DAYS_MAX;
	size_t count = 0;
	for (int at = first_place(report, calendar, length, first); at < length; at++) {
		struct day day = row_day(report, calendar, at);
		if (day.number > last)
			break;
		struct plan_occurrence occurrence = occurrence_at(report, calendar, day, at);
		if (wall_before(occurrence.deadline, from) || !wall_before(occurrence.deadline, to))
			continue;
		if (count < max)
			out[count] = occurrence;
		count++;
	}
	return count;
}

size_t plan_report_occurrences(const struct plan *plan, const struct plan_report *report,
    struct wall from, struct wall to, struct plan_occurrence *out, size_t max)
{
	return plan_report_occurrences_in(report, &plan->calendar, from, to, out, max);
}

static struct plan_event_occurrence event_at(
    const struct plan *plan, const struct plan_event *event, struct day start)
{
	struct plan_event_occurrence occurrence = {
	    .start = start,
	    .end = day_add(start, event->end.number - event->start.number),
	    .begins = calendar_moment(&plan->calendar, start, event->at > 0 ? event->at : 0),
	};
	bool repeats = event->days != NULL;
	enum plan_period period = repeats ? PERIOD_DAY : PERIOD_YEAR;
	memcpy(occurrence.period, plan_period_name(period, plan_period_index(period, start)).text,
	    sizeof occurrence.period);
	return occurrence;
}

size_t plan_event_occurrences(const struct plan *plan, const struct plan_event *event,
    struct wall from, struct wall to, struct plan_event_occurrence *out, size_t max)
{
	const struct day *days = event->days != NULL ? event->days : &event->start;
	size_t day_count = event->days != NULL ? event->day_count : 1, count = 0;
	for (size_t i = 0; i < day_count; i++) {
		struct plan_event_occurrence occurrence = event_at(plan, event, days[i]);
		struct wall over = calendar_moment(&plan->calendar, day_add(occurrence.end, 1), 0);
		if (!wall_before(from, over) || !wall_before(occurrence.begins, to))
			continue;
		if (count < max)
			out[count] = occurrence;
		count++;
	}
	return count;
}
