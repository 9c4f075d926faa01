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
	const char *place;     /* "" none */
	int at;                /* minute of the day it begins, -1: a whole day */
	bool attendance;       /* the invited are asked to answer whether they come */
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
	enum plan_post approver; /* who of the owner decides on extensions */
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

/* One occurrence of a report. */
struct plan_occurrence {
	char period[12];      /* "2020", "2020-H1", "2020-Q3", "2020-06", "2020-W23" */
	struct wall deadline; /* exclusive: the first moment that is too late */
	struct day named;     /* the day people say: 10/6 */
	struct wall closing;  /* after it a report counts no more; WALL_NEVER none */
	struct day cutoff;    /* the last day that its figures cover; DAY_NONE unknown */
};

/* The occurrences whose deadline lies in [from, to), earliest first; writes at most `max`. Returns
 * how many there are. 29 February falls on 28 in common years. */
size_t plan_report_occurrences(const struct plan *plan, const struct plan_report *report,
    struct wall from, struct wall to, struct plan_occurrence *out, size_t max);

#endif
