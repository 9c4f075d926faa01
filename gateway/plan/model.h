/*
 * Owns: what a plan says, as plain values: reports, events, ladders, texts.
 * May use: base/, base/civil.h, plan/calendar.h, plan/period.h.
 * Must not know: YAML, the store, the clock.
 *
 * All strings and arrays live in the arena of whoever made the plan (document/plan_file.h).
 */
#ifndef PLAN_MODEL_H
#define PLAN_MODEL_H

#include "plan/calendar.h"
#include "plan/period.h"

#define PLAN_CODE_MAX 24

enum plan_offset_unit { OFFSET_DAYS, OFFSET_WORKING_DAYS, OFFSET_HOURS };

/* To whom a step speaks. */
enum plan_post { POST_REPORTER, POST_DEPUTY, POST_LEADER, POST_COORDINATOR, POST_COUNT };
const char *plan_post_name(enum plan_post post); /* "reporter" … */
bool plan_post_of_name(const char *name, enum plan_post *post);

/* The kinds of units there are: "commune", "township", "agency", "office", … */
const char *const *plan_unit_kinds(size_t *count);
bool plan_unit_kind_exists(const char *kind);

/* Which units: by kind ("commune", "township", "agency", "office") or by code. */
struct plan_audience {
	const char **kinds;
	size_t kind_count;
	const char **units;
	size_t unit_count;
};

/* Named people, or the holders of some posts in some units. */
struct plan_group {
	const char *code;
	const char **people; /* person codes; NULL: by rule */
	size_t person_count;
	bool posts[POST_COUNT];     /* the rule: these posts … */
	struct plan_audience units; /* … in these units */
	int line;
};

struct plan_step {
	const char *code; /* unique in its ladder */
	int offset;       /* against the named date of the deadline (10/6) or the event's start */
	enum plan_offset_unit offset_unit;
	int at; /* minute of the day; ignored for OFFSET_HOURS */
	/* To whom: a post of the unit itself, of its parent unit, or a group (then `to` is unused).
	 */
	enum plan_post to;
	bool to_parent;
	const struct plan_group *group;
	const char *text;   /* code of a text */
	const char *digest; /* code of the text for one person and several units, with {list} and
			       {count}; NULL: each unit's text by itself */
	/* Repeated: again every `every` (days or working days) until it was sent `times` times in
	 * all. 0 times: once. */
	int every;
	enum plan_offset_unit every_unit; /* OFFSET_DAYS or OFFSET_WORKING_DAYS */
	int times;
	const char **channels; /* in this order, the next when one finally fails; NULL: any */
	size_t channel_count;
	bool last_call;
	bool overdue; /* derived: the step lies after the deadline of some report that uses it */
	int line;     /* in the file, for messages of later checks */
};

struct plan_ladder {
	const char *code;
	struct plan_step *steps; /* in order of their moments */
	size_t step_count;
	bool until_received; /* a claim does not end it, the paper does */
};

struct plan_text {
	const char *code;
	const char *body; /* a template, text/template.h, in the plan's language (vi) */
	/* Other languages, parallel arrays. */
	const char **languages, **bodies;
	size_t language_count;
	int line; /* in the file, for messages of later checks */
};

/* How the named days of a report come about. */
enum plan_deadline_kind {
	DEADLINE_YEARLY, /* month and day of the years; or one day, with its year */
	DEADLINE_DAYS,   /* the days of a rule */
	DEADLINE_PERIOD, /* so long after the cut-off of each period */
};

/* Where a named day goes that is a day off. */
enum plan_day_off { DAY_OFF_STAY, DAY_OFF_EARLIER, DAY_OFF_LATER, DAY_OFF_COUNT };
const char *plan_day_off_word(enum plan_day_off day_off); /* "stay" … */
bool plan_day_off_of_word(const char *word, enum plan_day_off *day_off);

/* A figure that the claim of a report is asked to give. */
struct plan_field {
	const char *code;   /* "lop" */
	const char *name;   /* "số lớp" */
	const char **words; /* other words for it */
	size_t word_count;
	int line;
};
#define PLAN_FIELDS_MAX 8

struct plan_report {
	const char *code;   /* "6T" */
	const char *name;   /* "báo cáo 6 tháng" */
	const char **words; /* other words people use for it, any spelling */
	size_t word_count;
	struct plan_audience audience;
	const struct plan_ladder *ladder;
	bool voluntary; /* no law asks for it: who wants no texts is left alone */
	/* The deadline. `before`: 00:00 of the day named; `by`: 24:00 of it. Relative ones are
	 * always `by`. */
	enum plan_deadline_kind kind;
	bool by;
	int month, day, year;      /* yearly; year 0: every year from first_year to last_year */
	int first_year, last_year; /* of every kind: the years that named days lie in */
	const struct day *days;    /* DEADLINE_DAYS: ascending */
	size_t day_count;
	int first_period, last_period; /* DEADLINE_PERIOD: their indices (plan/period.h) */
	int due; /* DEADLINE_PERIOD: this many days or working days after the cut-off */
	enum plan_offset_unit due_unit;
	enum plan_day_off day_off;
	/* What an occurrence is about: the period that its day lies in before it moves off a day
	 * off, or the one before that. */
	enum plan_period period;
	bool covers_previous;
	enum plan_cutoff cutoff;
	int closing_days; /* days from the deadline to the closing day; 0: it never closes */
	/* Codes of the reports whose missing units the texts of this one name ({missing}). */
	const char **compiles;
	size_t compile_count;
	const struct plan_field *fields;
	size_t field_count;
	int line; /* in the file, for messages of later checks */
};

struct plan_event {
	const char *code, *name;
	const char *place;     /* "" none */
	int at;                /* minute of the day it begins, -1: a whole day */
	bool attendance;       /* the invited are asked to answer whether they come */
	struct day start, end; /* both belong to it; of the first time, when it repeats */
	/* The first days of all times, ascending; each lasts as long as the first. NULL: once. */
	const struct day *days;
	size_t day_count;
	struct plan_audience audience;
	const struct plan_ladder *ladder;
	int line;
};

/* Days off for some units only: a storm, a flood. */
struct plan_closure {
	struct day from, to; /* both belong to it */
	struct plan_audience audience;
	const char *why;
	int line;
};

struct plan {
	const char *code, *name;
	const char *owner;  /* unit code of the coordinating unit */
	const char *office; /* how texts name it: "P.LDTBXH Trung Khanh" */
	struct plan_calendar calendar;
	const int *holiday_years; /* for which a file speaks, ascending */
	size_t holiday_year_count;
	struct plan_closure *closures; /* as the calendar's spans, in the same order */
	size_t closure_count;
	const char *reply_to;    /* whom to answer when a text cannot be answered; NULL not said */
	enum plan_post approver; /* who of the owner decides on extensions */
	int paper_within; /* working days from a claim until the office is asked for the paper; 0:
			     never */
	bool voluntary;   /* its reports, unless they say otherwise */
	struct plan_text *texts;
	size_t text_count;
	struct plan_group *groups;
	size_t group_count;
	struct plan_ladder *ladders;
	size_t ladder_count;
	struct plan_report *reports;
	size_t report_count;
	struct plan_event *events;
	size_t event_count;
};

const struct plan_report *plan_find_report(const struct plan *plan, const char *code);
const struct plan_event *plan_find_event(const struct plan *plan, const char *code);
const struct plan_text *plan_find_text(const struct plan *plan, const char *code);
/* The body in `language`, else the plan's own. */
const char *plan_text_body(const struct plan_text *text, const char *language);
bool plan_audience_has(
    const struct plan_audience *audience, const char *unit_code, const char *unit_kind);

/* The plan's calendar as it holds for one unit: its closures are days off. Borrows from the plan.
 */
struct plan_calendar plan_calendar_for_unit(
    const struct plan *plan, const char *unit_code, const char *unit_kind);

/* The year whose holiday file is missing: this year's (of `today`), or from 1 October on the next
 * one's, when the plan has deadlines or events in it or later. 0: none. Statutory days are reckoned
 * for such years, but swaps and the days around Tết are decided anew each year. */
int plan_missing_holiday_year(const struct plan *plan, struct day today);

/* One occurrence of a report. */
struct plan_occurrence {
	char period[12];      /* "2020", "2020-H1", "2020-Q3", "2020-06", "2020-W23" */
	struct wall deadline; /* exclusive: the first moment that is too late */
	struct day named;     /* the day people say: 10/6 */
	struct wall closing;  /* after it a report counts no more; WALL_NEVER none */
	struct day cutoff;    /* the last day that its figures cover; DAY_NONE unknown */
};

/* The occurrences whose deadline lies in [from, to), earliest first; writes at most `max`. Returns
 * how many there are. 29 February falls on 28 in common years.
 * The days are the plan's; see plan_report_occurrences_in for a unit's own. */
size_t plan_report_occurrences(const struct plan *plan, const struct plan_report *report,
    struct wall from, struct wall to, struct plan_occurrence *out, size_t max);

/* The same under a unit's own calendar (plan_calendar_for_unit): its closures move what moves off
 * days off. Equal for all units whose calendars have the same `closed`. */
size_t plan_report_occurrences_in(const struct plan_report *report,
    const struct plan_calendar *calendar, struct wall from, struct wall to,
    struct plan_occurrence *out, size_t max);

/* One time of an event. */
struct plan_event_occurrence {
	char period[12];       /* "2020"; the day, "2020-06-15", of an event that repeats */
	struct day start, end; /* both belong to it */
	struct wall begins;    /* at its time of day, 00:00 of a whole day */
};

/* The times of an event that are not over at `from` and begin before `to`, earliest first; writes
 * at most `max`. Returns how many there are. */
size_t plan_event_occurrences(const struct plan *plan, const struct plan_event *event,
    struct wall from, struct wall to, struct plan_event_occurrence *out, size_t max);

#endif
