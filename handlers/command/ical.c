/*
 * Owns: writing iCalendar (RFC 5545) through libical: folding, escaping, the forms of moments.
 * May use: base/, libical.
 * Must not know: what the entries are about.
 */
#include "command/ical.h"

#include "base/civil.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <time.h>

static struct icaltimetype time_of(struct wall moment, bool all_day, int zone_minutes)
{
	if (!all_day)
		return icaltime_from_timet_with_zone(
		    (time_t)(moment.ms / SECOND_MS), 0, icaltimezone_get_utc_timezone());
	struct civil day = civil_of_wall(moment, zone_minutes);
	struct icaltimetype time = icaltime_null_date();
	time.year = day.year;
	time.month = day.month;
	time.day = day.day;
	return time;
}

static void print_component(FILE *out, icalcomponent *component)
{
	char *text = icalcomponent_as_ical_string_r(component);
	if (text != NULL)
		fputs(text, out);
	free(text);
	icalcomponent_free(component);
}

static void write_entry(
    FILE *out, const struct ical_entry *entry, struct wall stamp, int zone_minutes)
{
	icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	bool all_day = entry->all_day;
	icalcomponent_add_property(event, icalproperty_new_uid(entry->uid));
	icalcomponent_add_property(
	    event, icalproperty_new_dtstamp(time_of(stamp, false, zone_minutes)));
	icalcomponent_add_property(
	    event, icalproperty_new_dtstart(time_of(entry->start, all_day, zone_minutes)));
	icalcomponent_add_property(
	    event, icalproperty_new_dtend(time_of(entry->end, all_day, zone_minutes)));
	icalcomponent_add_property(event, icalproperty_new_summary(entry->summary));
	if (entry->description != NULL)
		icalcomponent_add_property(event, icalproperty_new_description(entry->description));
	print_component(out, event);
}

void ical_write(
    FILE *out, const struct ical_entry *entries, size_t count, struct wall stamp, int zone_minutes)
{
	fputs("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//nhacviec//" NHACVIEC_VERSION
	      "//VI\r\nCALSCALE:GREGORIAN\r\n",
	    out);
	for (size_t i = 0; i < count; i++)
		write_entry(out, &entries[i], stamp, zone_minutes);
	fputs("END:VCALENDAR\r\n", out);
}
