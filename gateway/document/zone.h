/*
 * Owns: time zones by name, with their daylight saving.
 * May use: base/, plan/calendar.h, libical.
 * Must not know: plans.
 */
#ifndef DOCUMENT_ZONE_H
#define DOCUMENT_ZONE_H

#include "base/memory.h"
#include "plan/calendar.h"

/* Years for which daylight saving is known; afterwards a zone keeps its last offset. */
#define ZONE_YEAR_LEAST 2000
#define ZONE_YEAR_MOST 2100

/* Sets the calendar's zone from "Asia/Ho_Chi_Minh", "Europe/Berlin", "+07:00" or "UTC"; its
 * transitions lie in the arena. Zones with daylight saving come from the machine's time zone data.
 * RESULT_INVALID with a sentence for a name that is not there. */
MUST_CHECK enum result zone_read(
    struct arena *arena, const char *name, struct plan_calendar *calendar, struct failure *failure);

#endif
