/*
 * Owns: reading the few lines of iCalendar (RFC 5545) that holidays need.
 * May use: base/, base/civil.h, document/.
 * Must not know: what the days are used for.
 */
#include "document/holidays_file.h"

#include <string.h>
#include <strings.h>

#define LINE_BYTES_MAX 2000 /* unfolded */
#define SPAN_DAYS_MAX 31

struct ics {
	struct holidays *holidays;
	struct complaints *complaints;
	const char *file;
	const char *next, *end;
	int line;      /* of the logical line being read */
	int next_line; /* of what is read next */
	bool in_calendar, in_event, calendar_ended;
	struct day start, stop; /* of the event being read; DAY_NONE: not said yet */
	bool worked;
	int event_line;
};

void holidays_begin(struct arena *arena, struct holidays *holidays)
{
	*holidays = (struct holidays){
	    .off = arena_alloc(arena, HOLIDAYS_DAYS_MAX * sizeof *holidays->off),
	    .worked = arena_alloc(arena, HOLIDAYS_DAYS_MAX * sizeof *holidays->worked),
	};
}

/* Inserts in order; false when there is no room. */
static bool add_day(struct day *days, size_t *count, struct day day)
{
	size_t at = *count;
	while (at > 0 && days[at - 1].number > day.number)
		at--;
	if (at > 0 && days[at - 1].number == day.number)
		return true;
	if (*count == HOLIDAYS_DAYS_MAX)
		return false;
	memmove(days + at + 1, days + at, (*count - at) * sizeof *days);
	days[at] = day;
	(*count)++;
	return true;
}

bool holidays_add_off(struct holidays *holidays, struct day day)
{
	return add_day(holidays->off, &holidays->off_count, day);
}

/* Takes one logical line, unfolded, without its end. False at the end of the file. */
static bool take_line(struct ics *ics, struct buffer *line)
{
	buffer_reset(line);
	if (ics->next == ics->end)
		return false;
	ics->line = ics->next_line;
	do {
		const char *stop = memchr(ics->next, '\n', (size_t)(ics->end - ics->next));
		const char *after = stop ? stop + 1 : ics->end;
		size_t len = (size_t)((stop ? stop : ics->end) - ics->next);
		if (len > 0 && ics->next[len - 1] == '\r')
			len--;
		buffer_add(line, ics->next, len);
		ics->next = after;
		ics->next_line++;
		if (ics->next == ics->end || (*ics->next != ' ' && *ics->next != '\t'))
			break;
		ics->next++; /* folded: the line goes on after one blank */
	} while (true);
	return true;
}

static struct day parse_date(struct ics *ics, const char *name, const char *value)
{
	char iso[11] = "";
	if (strlen(value) == 8 && strspn(value, "0123456789") == 8) {
		char *out = iso;
		for (int i = 0; i < 8; i++) {
			if (i == 4 || i == 6)
				*out++ = '-';
			*out++ = value[i];
		}
		*out = '\0';
	}
	struct day day;
	if (iso[0] != '\0' && civil_parse_day(iso, &day, NULL) == RESULT_OK)
		return day;
	complain(ics->complaints, ics->file, ics->line,
	    "%s must be a date that exists, such as %s;VALUE=DATE:20200902; `%.40s` is not.", name,
	    name, value);
	return DAY_NONE;
}

static void end_event(struct ics *ics)
{
	ics->in_event = false;
	if (ics->start.number == DAY_NONE.number) {
		complain(ics->complaints, ics->file, ics->event_line,
		    "This event has no usable DTSTART. Add DTSTART;VALUE=DATE:20200902.");
		return;
	}
	if (ics->stop.number == DAY_NONE.number)
		ics->stop = day_add(ics->start, 1);
	int span = ics->stop.number - ics->start.number;
	if (span < 1 || span > SPAN_DAYS_MAX) {
		complain(ics->complaints, ics->file, ics->event_line,
		    "This event lasts %d days. DTEND is the day after the last one, at most %d "
		    "days "
		    "later than DTSTART.",
		    span, SPAN_DAYS_MAX);
		return;
	}
	struct holidays *holidays = ics->holidays;
	for (int i = 0; i < span; i++) {
		struct day day = day_add(ics->start, i);
		bool added = ics->worked ? add_day(holidays->worked, &holidays->worked_count, day)
					 : add_day(holidays->off, &holidays->off_count, day);
		if (!added) {
			complain(ics->complaints, ics->file, ics->line,
			    "More than %d days in the holiday files. Remove old years.",
			    HOLIDAYS_DAYS_MAX);
			return;
		}
	}
}

static void take_property(struct ics *ics, const char *name, const char *value)
{
	if (strcasecmp(name, "DTSTART") == 0)
		ics->start = parse_date(ics, "DTSTART", value);
	else if (strcasecmp(name, "DTEND") == 0)
		ics->stop = parse_date(ics, "DTEND", value);
	else if (strcasecmp(name, "CATEGORIES") == 0)
		ics->worked |= strcasestr(value, "WORKDAY") != NULL;
	else if (strcasecmp(name, "X-NHACVIEC-WORKDAY") == 0)
		ics->worked |= strcasecmp(value, "TRUE") == 0;
	else if (strcasecmp(name, "RRULE") == 0 || strcasecmp(name, "RDATE") == 0 ||
		 strcasecmp(name, "DURATION") == 0)
		complain(ics->complaints, ics->file, ics->line,
		    "%.20s is not read here. Write one event a year, with DTSTART and DTEND.",
		    name);
}

static void begin_or_end(struct ics *ics, bool begin, const char *what)
{
	bool event = strcasecmp(what, "VEVENT") == 0;
	bool calendar = strcasecmp(what, "VCALENDAR") == 0;
	if (event && begin && ics->in_calendar && !ics->in_event) {
		ics->in_event = true;
		ics->start = ics->stop = DAY_NONE;
		ics->worked = false;
		ics->event_line = ics->line;
	} else if (event && !begin && ics->in_event) {
		end_event(ics);
	} else if (calendar && begin && !ics->in_calendar) {
		ics->in_calendar = true;
	} else if (calendar && !begin && ics->in_calendar && !ics->in_event) {
		ics->in_calendar = false;
		ics->calendar_ended = true;
	} else if (event || calendar) {
		complain(ics->complaints, ics->file, ics->line,
		    "%s:%s does not belong here. Check that every BEGIN has its END.",
		    begin ? "BEGIN" : "END", event ? "VEVENT" : "VCALENDAR");
	}
}

static void take_content(struct ics *ics, char *line)
{
	char *colon = strchr(line, ':');
	if (colon == NULL) {
		complain(ics->complaints, ics->file, ics->line,
		    "`%.40s` is not a line of iCalendar (NAME:value).", line);
		return;
	}
	*colon = '\0';
	line[strcspn(line, ";")] = '\0'; /* parameters such as ;VALUE=DATE */
	const char *value = colon + 1;
	if (strcasecmp(line, "BEGIN") == 0 || strcasecmp(line, "END") == 0)
		begin_or_end(ics, strcasecmp(line, "BEGIN") == 0, value);
	else if (ics->in_event)
		take_property(ics, line, value);
}

void holidays_file_parse(const char *file, const char *text, size_t len, struct holidays *holidays,
    struct complaints *complaints)
{
	if (document_utf8_error(text, len) < len || memchr(text, '\0', len) != NULL) {
		complain(complaints, file, document_line_at(text, document_utf8_error(text, len)),
		    "Not plain UTF-8 text. Save the file as UTF-8.");
		return;
	}
	struct ics ics = {.holidays = holidays,
	    .complaints = complaints,
	    .file = file,
	    .next = text,
	    .end = text + len,
	    .next_line = 1};
	OWNED_BUFFER line = BUFFER(LINE_BYTES_MAX);
	while (take_line(&ics, &line)) {
		if (line.overflow) {
			complain(complaints, file, ics.line, "This line is longer than %d bytes.",
			    LINE_BYTES_MAX);
			return;
		}
		if (line.len > 0)
			take_content(&ics, line.data);
	}
	if (!ics.calendar_ended || ics.in_event)
		complain(complaints, file, 0,
		    "This is not a whole iCalendar file. It must begin with BEGIN:VCALENDAR and "
		    "end "
		    "with END:VCALENDAR.");
}
