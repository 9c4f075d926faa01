/*
 * Owns: what the parts of the plan's reader share; nobody else includes it.
 * May use: base/, plan/, document/.
 * Must not know: the store, people.
 *
 * The plan file, in the order it is read:
 *   plan, name, owner, office   texts of one line
 *   calendar   zone, working_days, send_window, quiet_hours, end_of_work, holidays
 *   texts      CODE: template
 *   ladders    CODE: list of { step, when, at, to, text, last_call }
 *   reports    CODE: { name, words, for, before | by, years, ladder, compiles }
 *   events     CODE: { name, start, end, for, ladder }
 */
#ifndef DOCUMENT_PLAN_READER_H
#define DOCUMENT_PLAN_READER_H

#include "document/tree.h"
#include "plan/ladder.h"

#define PLAN_TEXTS_MAX 200
#define PLAN_LADDERS_MAX 50
#define PLAN_REPORTS_MAX 100
#define PLAN_EVENTS_MAX 100
#define PLAN_YEARS_MAX 30
#define PLAN_TEXT_BYTES_MAX 1000

/* Bits: in what a text is used. */
enum text_use { USED_BY_REPORT = 1, USED_BY_EVENT = 2, USED_BY_SUMMARY = 4 };

/* A step's and a text's lines, for checks that come after reading. */
struct plan_reader {
	struct tree_reader base;
	struct plan *plan;
	const char *holidays_dir;
	const int *text_lines;   /* by text */
	unsigned *text_uses;     /* by text, enum text_use */
	const int **step_lines;  /* by ladder, by step */
	const int *ladder_lines; /* by ladder */
	bool *ladder_used;       /* by ladder */
};

void plan_read_calendar(struct plan_reader *reader, const struct tree *node);
void plan_read_texts(struct plan_reader *reader, const struct tree *node);
void plan_read_ladders(struct plan_reader *reader, const struct tree *node);
void plan_read_reports(struct plan_reader *reader, const struct tree *node);
void plan_read_events(struct plan_reader *reader, const struct tree *node);

/* After all is read: placeholders against the use of each text, the order of each ladder's steps,
 * steps past the deadline, what nobody uses. */
void plan_check_texts(struct plan_reader *reader);
void plan_check_ladders(struct plan_reader *reader);

/* The children of a mapping whose keys are codes, in an array of at most `max`; complains of bad
 * codes and of what has another kind. */
size_t plan_read_codes(struct plan_reader *reader, const struct tree *node, const char *what,
    enum tree_kind kind, size_t max, const struct tree ***children);

/* `ladder: CODE` of a report or event: the ladder (its texts marked with `use`), or NULL after a
 * complaint. */
const struct plan_ladder *plan_use_ladder(
    struct plan_reader *reader, const struct tree *map, unsigned use);

#endif
