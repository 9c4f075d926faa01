/*
 * Owns: what the parts of the plan's reader share; nobody else includes it.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 *
 * The plan file, in the order it is read:
 *   plan, name, owner, office   texts of one line
 *   approver   coordinator | leader
 *   duty       statutory | voluntary: of its reports, unless they say otherwise
 *   calendar   zone, working_days, send_window, quiet_hours, end_of_work, holidays, statutory,
 *              closures: list of { from, to, for, why }
 *   texts      CODE: template, or { vi: template, en: template }
 *   groups     CODE: { people } or { posts, for }
 *   ladders    CODE: list of { step, when, at, to, text, digest, every, times, channels,
 *              last_call }, or { until, steps: that list }
 *   reports    CODE: { name, words, for, before | by | due, years, from, until, except, period,
 *              covers, cutoff, day_off, closing, ladder, compiles, duty }
 *   events     CODE: { name, start, end, at, place, attendance, repeat, until, except, for,
 *              ladder }
 */
#ifndef DOCUMENT_PLAN_READER_H
#define DOCUMENT_PLAN_READER_H

#include "document/tree.h"
#include "plan/ladder.h"
#include "plan/recurrence.h"

#define PLAN_TEXTS_MAX 200
#define PLAN_GROUPS_MAX 100
#define PLAN_LADDERS_MAX 50
#define PLAN_REPORTS_MAX 100
#define PLAN_EVENTS_MAX 100
#define PLAN_YEARS_MAX RECURRENCE_YEARS_MAX
#define PLAN_YEAR_LEAST 2000
#define PLAN_YEAR_MOST 2100
#define PLAN_TEXT_BYTES_MAX 1000
#define PLAN_OFFSET_MAX 400 /* days, working days; hours have 24 times as many */

/* Bits: in what a text is used, and whether for one unit or as a digest of several. */
enum text_use {
	USED_BY_REPORT = 1,
	USED_BY_EVENT = 2,
	USED_BY_SUMMARY = 4,
	USED_SINGLY = 8,
	USED_AS_DIGEST = 16,
};

/* A step's and a text's lines, for checks that come after reading. */
struct plan_reader {
	struct tree_reader base;
	struct plan *plan;
	const char *holidays_dir;
	const int *text_lines;      /* by text */
	const int **language_lines; /* by text, by language */
	unsigned *text_uses;        /* by text, enum text_use */
	const int **step_lines;     /* by ladder, by step */
	const int *ladder_lines;    /* by ladder */
	bool *ladder_used;          /* by ladder */
	bool statutory;             /* days off of years without a file are reckoned */
};

void plan_read_calendar(struct plan_reader *reader, const struct tree *node);
void plan_read_texts(struct plan_reader *reader, const struct tree *node);
void plan_read_groups(struct plan_reader *reader, const struct tree *node);
void plan_read_ladders(struct plan_reader *reader, const struct tree *node);
void plan_read_reports(struct plan_reader *reader, const struct tree *node);
void plan_read_events(struct plan_reader *reader, const struct tree *node);

/* `holidays` and `statutory` of the calendar, after its working days. */
void plan_read_holidays(struct plan_reader *reader, const struct tree *map);

/* `fields` of a report; NULL none. */
void plan_read_fields(
    struct plan_reader *reader, const struct tree *list, struct plan_report *report);
/* A word (or the code, or the name) of one field that the other has too; NULL: they share none. */
const char *plan_field_shared_word(const struct plan_field *one, const struct plan_field *other);

/* The deadline of a report, with all keys that belong to it. */
void plan_read_deadline(
    struct plan_reader *reader, const struct tree *map, struct plan_report *report);

/* After all is read: placeholders against the use of each text, two deadlines in one period, the
 * order of each ladder's steps, steps past the deadline, what nobody uses, years without
 * holidays. */
void plan_check_texts(struct plan_reader *reader);
void plan_check_deadlines(struct plan_reader *reader);
void plan_check_ladders(struct plan_reader *reader);
void plan_check_holidays(struct plan_reader *reader);

/* The children of a mapping whose keys are codes, in an array of at most `max`; complains of bad
 * codes and of what is neither `kind` nor `also`. */
size_t plan_read_codes(struct plan_reader *reader, const struct tree *node, const char *what,
    enum tree_kind kind, enum tree_kind also, size_t max, const struct tree ***children);

/* `for: {kinds: […], units: […]}` of `map`; complains when it is missing or names nobody. */
void plan_read_audience(
    struct plan_reader *reader, const struct tree *map, struct plan_audience *audience);

/* `name` of a report or event: one line; NULL after a complaint. */
/* `duty` of the plan or of a report; `otherwise` when it is not said. True: voluntary. */
bool plan_read_duty(struct plan_reader *reader, const struct tree *node, bool otherwise);
const char *plan_read_name(struct plan_reader *reader, const struct tree *map);

/* A day under `key`, between PLAN_YEAR_LEAST and PLAN_YEAR_MOST; DAY_NONE after a complaint, which
 * comes for a missing key too. */
struct day plan_read_day(struct plan_reader *reader, const struct tree *map, const char *key);

/* Expands `rule` (`key` of `map`) from `from`, with `until` and `except` of `map`; 0 days after a
 * complaint. In the arena. */
size_t plan_read_rule(struct plan_reader *reader, const struct tree *map, const char *key,
    const char *rule, struct day from, const struct day **days);

/* "-14d", "+3wd", "0d", "-4h": false when it is none, or further than PLAN_OFFSET_MAX. */
bool plan_parse_offset(const char *text, int *offset, enum plan_offset_unit *unit);

/* Reads the steps of a list into `ladder`; their lines. */
const int *plan_read_steps(
    struct plan_reader *reader, const struct tree *list, struct plan_ladder *ladder);

/* `ladder: CODE` of a report or event: the ladder (its texts marked with `use`), or NULL after a
 * complaint. */
const struct plan_ladder *plan_use_ladder(
    struct plan_reader *reader, const struct tree *map, unsigned use);

#endif
