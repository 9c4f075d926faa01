/*
 * Owns: what the two files on claims have of each other: claims.c, claim_numbers.c.
 * May use: understand/weigh.h.
 * Must not know: what is done about a claim.
 */
#ifndef UNDERSTAND_CLAIM_H
#define UNDERSTAND_CLAIM_H

#include "understand/weigh.h"

/* ── claims.c ────────────────────────────────────────────────────────────────────────────────── */

/* A new claim of the report mentioned (-1: none, or several), with its number; RATHER at most. */
struct reading *claim_report_numbered(
    struct weighing *work, int mention, const char *number, const char *evidence);
/* A condition, a question, a delay stands beside the verb. */
bool claim_is_put_off(const struct weighing *work);
/* Nothing but reports, numbers, days and words of sending, "và", "cả". */
bool claim_is_plain_list(const struct weighing *work);
/* A correction is of what was claimed lately, if anything was; of one alone it is sure. */
void claim_keep_claimed(const struct weighing *work, struct reading *reading);

/* ── claim_numbers.c: true: the readings are made ────────────────────────────────────────────── */

bool claim_numbered_reports(struct weighing *work);
/* The clause, and what is listed before it, names several reports. */
bool claim_lists_several(const struct weighing *work, uint8_t clause);
/* A sure claim of each of them; false: it is not so sure. */
bool claim_several(struct weighing *work, uint8_t clause);
bool claim_correction(struct weighing *work);

#endif
