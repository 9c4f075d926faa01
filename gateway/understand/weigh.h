/*
 * Owns: from what a text says to its readings.
 * May use: understand/scan.h, understand/statement.h, understand/understand.h.
 * Must not know: I/O, clocks, how to answer.
 *
 * Each `weigh_…` looks for one kind of thing that people want; true: it is that, and the reading is
 * filled. They are asked in the order of understand.c: what is plainest first.
 */
#ifndef UNDERSTAND_WEIGH_H
#define UNDERSTAND_WEIGH_H

#include "understand/statement.h"

enum { CERTAIN = 95, RATHER = 70, HARDLY = 40 };

struct weighing {
	struct arena *arena;
	const struct understand_context *context;
	struct scan scan;
	struct statements statements;
	uint64_t present[(CONCEPT_COUNT + 63) / 64]; /* a bit a concept that some item stands for */
	struct reading readings[4]; /* the first `said` are said, the others alternatives */
	size_t count, said;
	bool has_quotation; /* of our own texts */
	int quoted_report;  /* that a quotation of our own reminder names; -1 none */
};

/* ── questions put to the items ──────────────────────────────────────────────────────────────── */

/* Notes what the items stand for; before all other questions. */
void weigh_begin(struct weighing *work);
size_t weigh_count(const struct weighing *work, enum concept concept);
bool weigh_has(const struct weighing *work, enum concept concept);
/* Some item is one of these (the list ends with CONCEPT_NONE). */
bool weigh_has_any(const struct weighing *work, const enum concept *concepts);
/* Every item is one of these (the list ends with CONCEPT_NONE) or says nothing. */
bool weigh_only(const struct weighing *work, const enum concept *concepts);
/* The same, words that nobody knows apart. */
bool weigh_only_known(const struct weighing *work, const enum concept *concepts);
/* Particles, pronouns, names: nothing that could matter. */
bool weigh_says_nothing(const struct item *item);
/* Words that nobody knows. */
size_t weigh_unknown(const struct weighing *work);
const char *weigh_unknown_words(struct weighing *work);
/* The words of an item, as evidence. */
const char *weigh_words_of(struct weighing *work, size_t item);

/* The first item that is no address, particle or name; NULL: there is none. */
const struct item *weigh_first_that_says(const struct weighing *work, size_t *index);

/* The obligation with this id; NULL when the context has none. */
const struct understand_obligation *weigh_obligation(const struct weighing *work, int64_t id);

/* ── readings ────────────────────────────────────────────────────────────────────────────────── */

/* A new reading, said; the caller fills the rest. */
struct reading *weigh_add(
    struct weighing *work, enum intent intent, int confidence, const char *evidence);
/* What a reading is about: a mention, or (-1) whatever is open. */
void weigh_set_subject(struct weighing *work, struct reading *reading, int mention);
/* The report that is named, if any, without obligations to choose from. */
void weigh_set_named(struct weighing *work, struct reading *reading);
void weigh_set_unit(struct weighing *work, struct reading *reading);
/* The mention that an item makes; -1 it makes none. */
int weigh_mention_at(const struct weighing *work, size_t item);
/* The only mention of the text; -1 none or several. */
int weigh_only_mention(const struct weighing *work);
/* The last thing stated about a report is that it was sent. */
bool weigh_statements_end_sent(const struct weighing *work);

/* ── kinds, each in its file ─────────────────────────────────────────────────────────────────── */

bool weigh_answer(struct weighing *work);      /* answers.c: to the open question */
bool weigh_code(struct weighing *work);        /* commands.c: DK, LK */
bool weigh_decision(struct weighing *work);    /* decisions.c: DUYET, KHONG */
bool weigh_command(struct weighing *work);     /* commands.c: whole texts: HUY, TT, TG, STOP … */
bool weigh_advert(struct weighing *work);      /* wishes.c */
bool weigh_silence(struct weighing *work);     /* wishes.c: no more texts, texts again */
bool weigh_misdirected(struct weighing *work); /* wishes.c */
bool weigh_cancel(struct weighing *work);      /* cancels.c */
bool weigh_attendance(struct weighing *work);  /* attendance.c */
bool weigh_extension(struct weighing *work);   /* later.c */
bool weigh_later(struct weighing *work);       /* later.c: not yet */
bool weigh_claim(struct weighing *work);       /* claims.c */
bool weigh_how(struct weighing *work);         /* asking.c: help, where it asks how to text */
bool weigh_asking(struct weighing *work);      /* asking.c: status, help, question */
bool weigh_courtesy(struct weighing *work);    /* asking.c: acknowledge */

#endif
