/*
 * Owns: iCalendar (RFC 5545): writing days as events that any calendar program reads, reading the
 * names of days from holiday files.
 * May use: base/, libical (ical.c alone).
 * Must not know: plans.
 */
#ifndef COMMAND_ICAL_H
#define COMMAND_ICAL_H

#include "base/civil.h"
#include "base/memory.h"

/* A whole day. */
struct ical_event {
	const char *uid;       /* the same for the same thing in each export */
	struct day start, end; /* both belong to it */
	const char *summary, *description, *category; /* description may be "" */
};

/* A VCALENDAR of these events, UTF-8, lines ended by CRLF and folded at 75 octets. `stamp`: when
 * they were said so. In the arena. */
const char *ical_write(struct arena *arena, const char *name, const struct ical_event *events,
    size_t count, struct wall stamp);

/* Calls `day` for each event of the text that has a date and a summary, with its first and last
 * day. What is no iCalendar has none. */
void ical_read_names(const char *text,
    void (*day)(struct day first, struct day last, const char *summary, void *arg), void *arg);

#endif
