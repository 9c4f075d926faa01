/*
 * Owns: holidays as iCalendar: days off, and Saturdays worked instead.
 * May use: base/, base/civil.h, document/.
 * Must not know: what the days are used for.
 *
 * Read are VEVENTs with DTSTART;VALUE=DATE, DTEND;VALUE=DATE (the day after the last; default one
 * day) and SUMMARY. A VEVENT with CATEGORIES:WORKDAY or X-NHACVIEC-WORKDAY:TRUE is a day worked
 * whatever weekday it is. Other properties are passed over; rules of repetition and times of day
 * are errors, since leaving them out would give wrong days. (libical reads more, but cannot say in
 * which line a mistake is.)
 */
#ifndef DOCUMENT_HOLIDAYS_FILE_H
#define DOCUMENT_HOLIDAYS_FILE_H

#include "document/document.h"
#include "base/civil.h"

#define HOLIDAYS_DAYS_MAX 4000

struct holidays {
	struct day *off, *worked; /* sorted, no day twice; room for HOLIDAYS_DAYS_MAX each */
	size_t off_count, worked_count;
};

/* Empty, with its room in the arena. */
void holidays_begin(struct arena *arena, struct holidays *holidays);

/* Adds a day off, once. False when there is no room. */
bool holidays_add_off(struct holidays *holidays, struct day day);

/* Adds the days of one file. */
void holidays_file_parse(const char *file, const char *text, size_t len, struct holidays *holidays,
    struct complaints *complaints);

#endif
