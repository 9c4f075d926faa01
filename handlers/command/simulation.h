/*
 * Owns: showing a simulation: the formats, the totals, what is said about it.
 * May use: base/, store/course.h, command/command.h.
 * Must not know: how the simulation is run (daemon/simulate.c).
 */
#ifndef COMMAND_SIMULATION_H
#define COMMAND_SIMULATION_H

#include "command/command.h"
#include "store/course.h"

/* ── totals ──────────────────────────────────────────────────────────────────────────────────── */

enum simulation_group { GROUP_MONTH, GROUP_CHANNEL, GROUP_UNIT, GROUP_REASON, GROUP_COUNT };

struct simulation_sum {
	const char *name; /* "2020-06", a channel, a unit's name, a reason */
	int64_t texts, segments, cost;
};

struct simulation_totals {
	struct arena *arena;
	int zone_minutes;
	void *groups[GROUP_COUNT]; /* search trees of the sums */
	struct simulation_sum all;
	int64_t hour, hour_parts; /* the hour under way, in hours since 1970 of the zone */
	int64_t busiest, busiest_parts;
	size_t modems;
	int64_t parts_per_hour; /* of all modems together */
};

/* `seconds_per_part` is what one modem needs. Ends with simulation_totals_free. */
void simulation_totals_begin(struct simulation_totals *totals, struct arena *arena,
    int zone_minutes, size_t modems, int64_t seconds_per_part);
/* Rows must come in the order of their moments. */
void simulation_totals_add(struct simulation_totals *totals, const struct course_row *row);
void simulation_totals_end(struct simulation_totals *totals);
void simulation_totals_free(struct simulation_totals *totals);
/* The sums of a group in the order of their names. */
void simulation_totals_each(const struct simulation_totals *totals, enum simulation_group group,
    void (*sum)(const struct simulation_sum *sum, void *arg), void *arg);
/* True when the busiest hour asks for all that the modems can send, or more. */
bool simulation_is_too_much(const struct simulation_totals *totals);
/* "2020-06-01 08:00": when the busiest hour begins. */
struct civil_text simulation_busiest_hour(const struct simulation_totals *totals);

/* ── formats ─────────────────────────────────────────────────────────────────────────────────── */

struct simulation_view {
	const struct command_context *context;
	struct arena *arena; /* for what the format keeps */
	int zone_minutes;
	struct wall from, to;
	const char *const *notes; /* what must be said about this run, sentences */
	size_t note_count;
};

struct simulation_format {
	const char *name;
	/* True: totals and notes are part of it; else they are told on stderr. */
	bool shows_totals;
	void *(*begin)(const struct simulation_view *view); /* the state of the others */
	void (*row)(void *state, const struct course_row *row);
	/* Everything stands on stdout afterwards; frees the state. */
	void (*end)(void *state, const struct simulation_totals *totals);
};
extern const struct simulation_format simulation_table, simulation_json, simulation_csv,
    simulation_ics, simulation_html;

/* NULL when there is none of that name. */
const struct simulation_format *simulation_format_find(const char *name);

/* What the row is about, in the words of reports and steps: "6T", "announcement" … Values that
 * several steps share stand once; `separator` stands between different ones. In the arena. */
enum simulation_field { FIELD_REPORT, FIELD_EVENT, FIELD_STEP, FIELD_UNIT, FIELD_COUNT };
const char *simulation_field_text(struct arena *arena, const struct course_row *row,
    enum simulation_field field, const char *separator);
/* The distinct values one by one; "" for an index past the last. Answers and texts of the office
 * have one step: "answer", "task", "send". */
const char *simulation_field_value(
    const struct course_row *row, enum simulation_field field, size_t index);
/* The reasons of the row: of the message, then of its steps, each once; "" past the last. */
const char *simulation_reason(const struct course_row *row, size_t index);

/* ── words ───────────────────────────────────────────────────────────────────────────────────── */

enum simulation_word {
	SIMULATION_WHEN,
	SIMULATION_TO,
	SIMULATION_UNIT,
	SIMULATION_ABOUT,
	SIMULATION_STEP,
	SIMULATION_CHANNEL,
	SIMULATION_SEGMENTS,
	SIMULATION_COST,
	SIMULATION_REASONS,
	SIMULATION_TEXT,
	SIMULATION_TEXTS,
	SIMULATION_MONTH,
	SIMULATION_NUMBER,
	SIMULATION_ALL,
	SIMULATION_TITLE, /* %s %s: the days */
	SIMULATION_NOTHING,
	SIMULATION_BUSIEST, /* %s moment, parts, parts an hour (long long) */
	SIMULATION_TOO_MUCH,
	SIMULATION_WITHOUT_HISTORY, /* %s the day */
	SIMULATION_STARTED,         /* %s the plan, %s the moment */
	SIMULATION_PAUSED,          /* %s the plan */
	SIMULATION_NO_PLAN,
	SIMULATION_BAD_RANGE,
	SIMULATION_BAD_DAY,    /* %s */
	SIMULATION_BAD_FORMAT, /* %s */
	SIMULATION_BAD_MODEL,  /* %s */
	SIMULATION_ONE_KIND_OF_ANSWERS,
	SIMULATION_BOTH_FILES,
	SIMULATION_BAD_SECONDS,
	SIMULATION_WORD_COUNT
};
const char *simulation_word(const struct command_context *context, enum simulation_word word);

#endif
