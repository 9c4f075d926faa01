/*
 * Owns: a text as words: its folded form, its keys, what was taken out of it (number, dates).
 * May use: base/, text/, base/civil.h.
 * Must not know: intents.
 */
#ifndef UNDERSTAND_TOKENS_H
#define UNDERSTAND_TOKENS_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>

#define TOKENS_MAX 120

struct token {
	const char *key; /* a-z 0-9 */
	bool known;      /* somebody has accounted for it */
};

struct tokens {
	struct token items[TOKENS_MAX];
	size_t count;
	bool cut; /* the text was longer, or has signs that are no words: nothing can be sure */
	bool question_mark;
	const char *document_number;  /* "45/BC-UBND", or NULL */
	struct wall day;              /* midnight of the first day named, or WALL_NEVER */
	int day_count;                /* how many days are named */
	bool day_is_vague;            /* some day is meant that nobody can tell: "tuan sau" */
	size_t day_index, day_length; /* the spoken day's tokens; 0, 0 for a written one */
};

/* Document number and dates are taken out first, so that their digits are not words. Words that
 * only their marks tell apart are told apart here: "dạ" (yes) is "vang", "tối" (tonight) is "toi
 * nay", "sáu" is "6"; without marks they stay what they are, and doubtful. */
void tokens_read(
    struct arena *arena, const char *text, struct wall now, int zone_minutes, struct tokens *out);

/* Finds the phrase ("6 thang") as successive tokens from `from` on; returns its index or -1, and
 * how many tokens it takes. Digits glued to letters count as apart ("6thang", "6t" = "6 t"). */
int tokens_find(const struct tokens *tokens, const char *phrase, size_t from, size_t *length);
void tokens_mark(struct tokens *tokens, size_t index, size_t length);
bool tokens_have(const struct tokens *tokens, const char *phrase);

/* Lists end with NULL. Marks every place of every phrase; true when there was one. */
bool tokens_mark_any(struct tokens *tokens, const char *const *phrases);
/* True when one of the phrases stands somewhere that nobody has accounted for. Words of other
 * lists that only look like these, or that name a unit ("Dinh Phong"), are marked before. */
bool tokens_have_unknown(const struct tokens *tokens, const char *const *phrases);
/* True when every token is accounted for. */
bool tokens_are_known(const struct tokens *tokens);

#endif
