/*
 * Owns: what a plan says, as plain values: reports, events, ladders, texts.
 * May use: base/, base/civil.h, plan/calendar.h.
 * Must not know: YAML, the store, the clock.
 *
 * All strings and arrays live in the arena of whoever made the plan (document/plan_file.h).
 */
#ifndef PLAN_MODEL_H
#define PLAN_MODEL_H

#include "plan/calendar.h"

#define PLAN_CODE_MAX 24

enum plan_offset_unit { OFFSET_DAYS, OFFSET_WORKING_DAYS, OFFSET_HOURS };

/* To whom a step speaks. */
enum plan_post { POST_REPORTER, POST_DEPUTY, POST_LEADER, POST_COORDINATOR, POST_COUNT };
const char *plan_post_name(enum plan_post post); /* "reporter" … */
bool plan_post_of_name(const char *name, enum plan_post *post);

/* The kinds of units there are: "commune", "township", "agency", "office", … */
const char *const *plan_unit_kinds(size_t *count);
bool plan_unit_kind_exists(const char *kind);

struct plan_step {
	const char *code; /* unique in its ladder */
	int offset;       /* against the named date of the deadline (10/6) or the event's start */
	enum plan_offset_unit offset_unit;
	int at; /* minute of the day; ignored for OFFSET_HOURS */
	enum plan_post to;
	const char *text; /* code of a text */
	bool last_call;
	bool overdue; /* derived: the step lies after the deadline of some report that uses it */
};

struct plan_ladder {
	const char *code;
	struct plan_step *steps; /* in order of their moments */
	size_t step_count;
};

struct plan_text {
	const char *code;
	const char *body; /* a template, text/template.h */
};

/* Which units: by kind ("commune", "township", "agency", "office") or by code. */
struct plan_audience {
	const char **kinds;
	size_t kind_count;
	const char **units;
	size_t unit_count;
};

struct plan_report {
	const char *code;   /* "6T" */
	const char *name;   /* "báo cáo 6 tháng" */
	const char **words; /* other words people use for it, any spelling */
	size_t word_count;
	struct plan_audience audience;
	const struct plan_ladder *ladder;
	/* The deadline. `before`: 00:00 of the day named; `by`: 24:00 of it. */
	bool by;
	int month, day, year; /* year 0: every year from first_year to last_year */
	int first_year, last_year;
	/* Codes of the reports whose missing units the texts of this one name ({missing}). */
	const char **compiles;
	size_t compile_count;
	int line; /* in the file, for messages of later checks */
};

struct plan_event {
	const char *code, *name;
	struct day start, end; /* both belong to it */
	struct plan_audience audience;
	const struct plan_ladder *ladder;
	int line;
};

struct plan {
	const char *code, *name;
	const char *owner;  /* unit code of the coordinating unit */
	const char *office; /* how texts name it: "P.LDTBXH Trung Khanh" */
	struct plan_calendar calendar;
	struct plan_text *texts;
	size_t text_count;
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
bool plan_audience_has(
    const struct plan_audience *audience, const char *unit_code, const char *unit_kind);

/* One occurrence of a report. */
struct plan_occurrence {
	char period[8];       /* "2020" */
	struct wall deadline; /* exclusive: the first moment that is too late */
	struct day named;     /* the day people say: 10/6 */
};

/* The occurrences whose deadline lies in [from, to), earliest first; writes at most `max`. Returns
 * how many there are. 29 February falls on 28 in common years. */
size_t plan_report_occurrences(const struct plan *plan, const struct plan_report *report,
    struct wall from, struct wall to, struct plan_occurrence *out, size_t max);

#endif
