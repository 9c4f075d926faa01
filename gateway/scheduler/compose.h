/*
 * Owns: turning a template and its facts into a message: filled in, folded or not, cut, priced.
 * May use: base/, text/, plan/, store/operations.h.
 * Must not know: when it is sent, through what.
 */
#ifndef SCHEDULER_COMPOSE_H
#define SCHEDULER_COMPOSE_H

#include "base/buffer.h"
#include "plan/model.h"
#include "scheduler/ways.h"
#include "store/operations.h"

/* How the office writes. */
struct compose_policy {
	bool fold;          /* plain letters (GSM-7) instead of full diacritics */
	int parts_max;      /* a text that needs more is refused */
	int price_per_part; /* đồng */
	int validity_minutes;
	bool whole;            /* in one part, as it is written: for chat, whose channels cut */
	struct way_table ways; /* the configured channels; none: SMS only */
	/* Texts of ours by name (document/texts_file.h); NULL: promises get no nudge, and different
	 * reports do not share a text. */
	const char *(*text)(const char *language, const char *name, void *arg);
	void *text_arg;
};

/* Fills `out`'s encoding, parts, part_count, cost and validity from a finished text. RESULT_LIMIT
 * with a sentence when it needs too many parts. Strings live in `arena`. */
MUST_CHECK enum result compose_text(struct arena *arena, const struct compose_policy *policy,
    const char *text, struct store_new_message *out, struct failure *failure);

/* What one text is about, and for whom. Borrowed. */
struct compose_subject {
	const struct plan *plan;
	const struct store_due_obligation *obligation; /* of a digest: of any of its units */
	const char *person;                            /* {person} */
	const char *language;
	const char *const *missing; /* units that have not reported what this report compiles */
	size_t missing_count;
	const char *const *units; /* of a digest: {list}, {count} */
	size_t unit_count;
};

/* Appends `body` with the placeholders of document/plan_file.h filled in. RESULT_INVALID with a
 * sentence when it asks for what the subject does not have. */
MUST_CHECK enum result compose_fill(struct arena *arena, const struct compose_subject *subject,
    const char *body, struct buffer *out, struct failure *failure);

/* The text of one step for one person: filled in, then as compose_text. */
MUST_CHECK enum result compose_step(struct arena *arena, const struct compose_policy *policy,
    const struct compose_subject *subject, const char *body, struct store_new_message *out,
    struct failure *failure);

#endif
