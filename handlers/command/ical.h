/*
 * Owns: writing iCalendar (RFC 5545) that calendar programs read.
 * May use: base/, libical (ical.c alone).
 * Must not know: what the entries are about.
 */
#ifndef COMMAND_ICAL_H
#define COMMAND_ICAL_H

#include "base/clock.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct ical_entry {
	const char *uid; /* the same entry keeps it in every export */
	struct wall start, end;
	bool all_day;            /* the local days from start's to the one before end's */
	const char *summary;     /* UTF-8, one line */
	const char *description; /* UTF-8, or NULL */
};

/* Writes one VCALENDAR with an event an entry. Moments are written in UTC; `zone_minutes` east of
 * it tells which day an all-day entry is on. `stamp` is when this was made. What the file could not
 * take shows in ferror(out). */
void ical_write(
    FILE *out, const struct ical_entry *entries, size_t count, struct wall stamp, int zone_minutes);

#endif
