/*
 * Owns: iCalendar through libical.
 * May use: base/, libical.
 * Must not know: plans.
 */
#include "command/ical.h"

#include <libical/ical.h>
#include <stdlib.h>

static struct icaltimetype date_of(struct day day)
{
	struct civil civil = civil_of_day(day);
	struct icaltimetype date = icaltime_null_date();
	date.year = civil.year;
	date.month = civil.month;
	date.day = civil.day;
	return date;
}

static struct icaltimetype moment_of(struct wall moment)
{
	return icaltime_from_timet_with_zone(
	    (time_t)(moment.ms / SECOND_MS), 0, icaltimezone_get_utc_timezone());
}

static icalcomponent *make_event(const struct ical_event *event, struct wall stamp)
{
	icalcomponent *component = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	icalcomponent_add_property(component, icalproperty_new_uid(event->uid));
	icalcomponent_add_property(component, icalproperty_new_dtstamp(moment_of(stamp)));
	icalcomponent_add_property(
	    component, icalproperty_new_dtstart(
			   event->timed ? moment_of(event->from) : date_of(event->start)));
	icalcomponent_add_property(component,
	    icalproperty_new_dtend(
		event->timed ? moment_of(event->until) : date_of(day_add(event->end, 1))));
	icalcomponent_add_property(component, icalproperty_new_summary(event->summary));
	if (event->description[0] != '\0')
		icalcomponent_add_property(
		    component, icalproperty_new_description(event->description));
	icalcomponent_add_property(component, icalproperty_new_categories(event->category));
	icalcomponent_add_property(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	return component;
}

/* One event at a time: an export may have hundreds of thousands. */
static void print_component(FILE *out, icalcomponent *component)
{
	char *text = icalcomponent_as_ical_string_r(component);
	if (text != NULL)
		fputs(text, out);
	free(text);
	icalcomponent_free(component);
}

static void print_property(FILE *out, icalproperty *property)
{
	char *text = icalproperty_as_ical_string_r(property);
	if (text != NULL)
		fputs(text, out);
	free(text);
	icalproperty_free(property);
}

void ical_write(
    FILE *out, const char *name, const struct ical_event *events, size_t count, struct wall stamp)
{
	icalproperty *title = icalproperty_new_x(name);
	icalproperty_set_x_name(title, "X-WR-CALNAME");
	fputs("BEGIN:VCALENDAR\r\n", out);
	print_property(out, icalproperty_new_version("2.0"));
	print_property(out, icalproperty_new_prodid("-//nhacviec//" NHACVIEC_VERSION "//VI"));
	print_property(out, title);
	for (size_t i = 0; i < count; i++)
		print_component(out, make_event(&events[i], stamp));
	fputs("END:VCALENDAR\r\n", out);
}

static struct day day_of(struct icaltimetype date)
{
	return civil_date_exists(date.year, date.month, date.day)
		   ? civil_day(date.year, date.month, date.day)
		   : DAY_NONE;
}

static void read_calendar(icalcomponent *calendar,
    void (*day)(struct day first, struct day last, const char *summary, void *arg), void *arg)
{
	for (icalcomponent *event =
		 icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
	     event != NULL;
	     event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		struct day first = day_of(icalcomponent_get_dtstart(event));
		struct day end = day_of(icalcomponent_get_dtend(event));
		const char *summary = icalcomponent_get_summary(event);
		if (first.number == DAY_NONE.number || summary == NULL)
			continue;
		bool lasts = end.number != DAY_NONE.number && end.number > first.number;
		day(first, lasts ? day_add(end, -1) : first, summary, arg);
	}
}

void ical_read_names(const char *text,
    void (*day)(struct day first, struct day last, const char *summary, void *arg), void *arg)
{
	icalcomponent *root = icalparser_parse_string(text);
	if (root == NULL)
		return;
	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT)
		read_calendar(root, day, arg);
	for (icalcomponent *calendar =
		 icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
	     calendar != NULL;
	     calendar = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
		read_calendar(calendar, day, arg);
	icalcomponent_free(root);
}
