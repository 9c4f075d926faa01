/*
 * Owns: what the files on claims have of each other: claims.c, claim_sure.c, claim_numbers.c.
 * May use: understand/weigh.h.
 * Must not know: what is done about a claim.
 */
#ifndef UNDERSTAND_CLAIM_H
#define UNDERSTAND_CLAIM_H

#include "understand/weigh.h"

struct claim {
	const struct statement *sent; /* the claiming statement; NULL: none, only a short form */
	bool later;                   /* another statement says not, or later, of the same */
	bool after;                   /* and it comes behind the claim */
	bool asked;                   /* a question in the claim's own clause */
	bool doubted;
	bool strong;
};

/* ── claims.c ────────────────────────────────────────────────────────────────────────────────── */

/* A new claim of the report mentioned (-1: none, or several), with its number; RATHER at most. */
struct reading *claim_report_numbered(
    struct weighing *work, int mention, const char *number, const char *evidence);
/* A condition, a question, a delay stands beside the verb. */
bool claim_is_put_off(const struct weighing *work);
/* A correction is of what was claimed lately, if anything was; of one alone it is sure. */
void claim_keep_claimed(const struct weighing *work, struct reading *reading);

/* ── claim_sure.c ────────────────────────────────────────────────────────────────────────────── */

/* CERTAIN, or RATHER. */
int claim_confidence(
    const struct weighing *work, const struct claim *claim, const struct reading *reading);
/* "đã", "rồi", "xong": the tense is said, not only taken from a day. */
bool claim_says_done(const struct weighing *work);
/* A day to come, "à", somebody's name: small things that make one ask. */
bool claim_has_doubt(const struct weighing *work);
/* NULL is one, "45/KH-UBND" is none. */
bool claim_is_report_number(const char *number);
/* Nothing but reports, numbers, days and words of sending, "và", "cả". */
bool claim_is_plain_list(const struct weighing *work);
/* Of two clauses about two reports each is judged by itself. */
bool claim_is_plain_alone(const struct weighing *work, const struct claim *claim);
/* "Gửi BC 6T 45/BC-UBND": a bare verb, and the reading made of it is about one report. */
bool claim_is_plain_sending(const struct weighing *work, const struct statement *bare);

/* ── claim_numbers.c: true: the readings are made ────────────────────────────────────────────── */

bool claim_numbered_reports(struct weighing *work);
/* The clause, and what is listed before it, names several reports. */
bool claim_lists_several(const struct weighing *work, uint8_t clause);
/* A sure claim of each of them; false: it is not so sure. */
bool claim_several(struct weighing *work, uint8_t clause);
bool claim_correction(struct weighing *work);

#endif
