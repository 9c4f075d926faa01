/*
 * Owns: the course of a span of time as the store holds it: what left, what did not and why.
 * May use: base/, store/operations.h, store/reader.h.
 * Must not know: how it is shown.
 */
#ifndef STORE_COURSE_H
#define STORE_COURSE_H

#include "store/reader.h"

enum course_kind {
	COURSE_LEFT,    /* a text that left */
	COURSE_SKIPPED, /* a step for which no text was made */
	COURSE_DROPPED, /* a text that was made and never left */
	COURSE_WAITS,   /* a text that was held back and still waits */
};

/* One step of one report or event that the text carries. */
struct course_step {
	const char *kind; /* "report" | "event" */
	const char *plan_code;
	const char *code, *period, *step, *unit_code, *unit_name;
	const char *reason; /* why it was moved or skipped, or NULL */
	struct wall nominal;
};

struct course_row {
	enum course_kind what;
	struct wall at; /* left; else when it was decided that it does not */
	enum message_purpose purpose;
	const char *person_code, *person_name; /* "" nobody known */
	const char *address;                   /* "" when no text was made */
	const char *channel, *text;            /* "" when it did not leave */
	const char *unit_code, *unit_name;     /* of the first step, else the person's; or "" */
	int segments, cost;                    /* 0 when it did not leave */
	const char *reason;              /* of the message: held, cancelled, expired; or NULL */
	const struct course_step *steps; /* none for answers and what the office sends */
	size_t step_count;
};

/* Everything from `from` to `to`, both included, in the order in which it happened. Texts are
 * borrowed until `row` returns; a callback that returns false ends the listing. */
enum result reader_course(struct reader *reader, struct wall from, struct wall to,
    bool (*row)(const struct course_row *row, void *arg), void *arg, struct failure *failure);

/* What a text that is on its way is about. */
struct course_subject {
	const char *kind, *code; /* as in course_step */
	enum obligation_state state;
	struct wall deadline;
};
/* The subjects of the message whose present attempt this is; in the arena. */
enum result reader_subjects(struct reader *reader, struct arena *arena, int64_t attempt_id,
    struct course_subject **out, size_t *count, struct failure *failure);

#endif
