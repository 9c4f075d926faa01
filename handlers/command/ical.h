/*
 * Owns: iCalendar (RFC 5545): writing days as events that any calendar program reads, reading the
 * names of days from holiday files.
 * May use: base/, libical (ical.c alone).
 * Must not know: plans.
 */
#ifndef COMMAND_ICAL_H
#define COMMAND_ICAL_H

#include "base/civil.h"

#include <stdio.h>

struct ical_event {
	const char *uid; /* the same for the same thing in each export */
	bool timed;
	struct day start, end;   /* whole days, both belong to it; when not timed */
	struct wall from, until; /* when timed */
	const char *summary, *description, *category; /* description may be "" */
};

/* Writes a VCALENDAR of these events, UTF-8, lines ended by CRLF and folded at 75 octets; moments
 * in UTC. `stamp`: when they were said so. What the file could not take shows in ferror(out). */
void ical_write(
    FILE *out, const char *name, const struct ical_event *events, size_t count, struct wall stamp);

/* Calls `day` for each event of the text that has a date and a summary, with its first and last
 * day. What is no iCalendar has none. */
void ical_read_names(const char *text,
    void (*day)(struct day first, struct day last, const char *summary, void *arg), void *arg);

#endif
