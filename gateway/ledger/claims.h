/*
 * Owns: claims: what they say besides "sent", and which numbers a careful colleague would doubt.
 * May use: base/, text/, store/operations.h, ledger/ledger.h.
 * Must not know: who is asked how; SQL.
 */
#ifndef LEDGER_CLAIMS_H
#define LEDGER_CLAIMS_H

#include "ledger/ledger.h"

/* What somebody says of a report that was sent; what is not said is NULL, zeroed, false. */
struct ledger_said {
	const char *document_number;
	struct day sent_on;
	const char *figures; /* "lop=3 nguoi=120" */
	bool nothing_to_report;
};

/* The claim of an open report, or the correction of a claimed one: as ledger_change, but anything
 * said that differs from what is recorded is a correction. What is not said stays. */
MUST_CHECK enum result ledger_claim(const struct store_known_obligation *obligation,
    const struct ledger_said *said, const struct ledger_source *source, struct store_change *out,
    bool *already, struct failure *failure);

/* The figures recorded with those newly said in their place; either may be NULL. In the arena. */
const char *ledger_merge_figures(struct arena *arena, const char *recorded, const char *said);

enum ledger_doubt {
	LEDGER_DOUBT_NONE,
	LEDGER_DOUBT_OTHER_UNIT,   /* another unit gave the same number */
	LEDGER_DOUBT_OTHER_PERIOD, /* the unit gave it for an earlier time of this report */
	LEDGER_DOUBT_SYMBOL,       /* such a unit signs nothing with this symbol */
	LEDGER_DOUBT_LOWER,        /* numbers grow within a year; a higher one was given before */
};
/* Why `document_number` should be asked about before it is recorded. */
enum ledger_doubt ledger_doubt_number(
    const char *document_number, const struct store_number_facts *facts);

#endif
