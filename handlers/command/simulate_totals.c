/*
 * Owns: the totals of a simulation: by month, channel, unit and reason, the busiest hour.
 * May use: base/, store/course.h, command/simulation.h.
 * Must not know: how they are shown.
 */
#include "command/simulation.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void simulation_totals_begin(struct simulation_totals *totals, struct arena *arena,
    int zone_minutes, size_t modems, int64_t seconds_per_part)
{
	*totals = (struct simulation_totals){
	    .arena = arena,
	    .zone_minutes = zone_minutes,
	    .modems = modems,
	    .parts_per_hour = (int64_t)modems * (HOUR_MS / SECOND_MS) / seconds_per_part,
	};
}

static int compare(const void *a, const void *b)
{
	return strcmp(
	    ((const struct simulation_sum *)a)->name, ((const struct simulation_sum *)b)->name);
}

static struct simulation_sum *sum_of(
    struct simulation_totals *totals, enum simulation_group group, const char *name)
{
	const struct simulation_sum wanted = {.name = name};
	struct simulation_sum **found = tfind(&wanted, &totals->groups[group], compare);
	if (found != NULL)
		return *found;
	struct simulation_sum *sum = arena_alloc(totals->arena, sizeof *sum);
	sum->name = arena_copy(totals->arena, name);
	if (tsearch(sum, &totals->groups[group], compare) == NULL)
		abort();
	return sum;
}

static void add(struct simulation_sum *sum, const struct course_row *row)
{
	sum->texts++;
	sum->segments += row->segments;
	sum->cost += row->cost;
}

static void count_hour(struct simulation_totals *totals, const struct course_row *row)
{
	int64_t hour = (row->at.ms + totals->zone_minutes * MINUTE_MS) / HOUR_MS;
	if (hour != totals->hour)
		simulation_totals_end(totals);
	totals->hour = hour;
	totals->hour_parts += row->segments;
}

void simulation_totals_end(struct simulation_totals *totals)
{
	if (totals->hour_parts > totals->busiest_parts) {
		totals->busiest_parts = totals->hour_parts;
		totals->busiest = totals->hour;
	}
	totals->hour_parts = 0;
}

void simulation_totals_add(struct simulation_totals *totals, const struct course_row *row)
{
	const char *reason;
	for (size_t i = 0; (reason = simulation_reason(row, i))[0] != '\0'; i++)
		sum_of(totals, GROUP_REASON, reason)->texts++;
	if (row->what != COURSE_LEFT)
		return;
	char month[16];
	struct civil when = civil_of_wall(row->at, totals->zone_minutes);
	snprintf(month, sizeof month, "%04d-%02d", when.year, when.month);
	add(&totals->all, row);
	add(sum_of(totals, GROUP_MONTH, month), row);
	add(sum_of(totals, GROUP_CHANNEL, row->channel), row);
	add(sum_of(totals, GROUP_UNIT, row->unit_name), row);
	count_hour(totals, row);
}

static void keep(void *item)
{
	(void)item; /* the arena's */
}

void simulation_totals_free(struct simulation_totals *totals)
{
	for (size_t i = 0; i < GROUP_COUNT; i++)
		tdestroy(totals->groups[i], keep);
}

struct walk {
	void (*sum)(const struct simulation_sum *sum, void *arg);
	void *arg;
};

static void visit(const void *node, VISIT which, void *closure)
{
	const struct walk *walk = closure;
	if (which == postorder || which == leaf)
		walk->sum(*(const struct simulation_sum *const *)node, walk->arg);
}

void simulation_totals_each(const struct simulation_totals *totals, enum simulation_group group,
    void (*sum)(const struct simulation_sum *sum, void *arg), void *arg)
{
	struct walk walk = {sum, arg};
	twalk_r(totals->groups[group], visit, &walk);
}

bool simulation_is_too_much(const struct simulation_totals *totals)
{
	return totals->busiest_parts >= totals->parts_per_hour;
}

struct civil_text simulation_busiest_hour(const struct simulation_totals *totals)
{
	struct wall begins = {totals->busiest * HOUR_MS - totals->zone_minutes * MINUTE_MS};
	struct civil t = civil_of_wall(begins, totals->zone_minutes);
	struct civil_text out;
	snprintf(out.text, sizeof out.text, "%04d-%02d-%02d %02d:%02d", t.year, t.month, t.day,
	    t.hour, t.minute);
	return out;
}
