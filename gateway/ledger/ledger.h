/*
 * Owns: the operations on obligations: which change is legal from which state, for whom.
 * May use: base/, store/operations.h.
 * Must not know: who called: an official's text, an officer's command, a page.
 *
 * Pure: builds the change that a store operation then applies atomically (ledger entry, obligation,
 * queued notices, wake-up). The store refuses a change whose revision has moved on.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "store/operations.h"

/* Who says so. */
struct ledger_source {
	int64_t inbound_id, person_id; /* 0, 0: a user of the office */
	const char *actor;             /* the sender's number, or the user */
	const char *note;              /* the words; NULL none */
};

/* Builds the change of `action` on `obligation`. RESULT_CONFLICT, with a sentence for people, when
 * its state does not allow it ("… was received on …; reopen it first"). A CLAIM of something
 * claimed with another number becomes a CORRECT; with the same number or none it is
 * RESULT_CONFLICT with nothing to do (*already is set). */
MUST_CHECK enum result ledger_change(enum ledger_action action,
    const struct store_known_obligation *obligation, const char *document_number,
    const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure);

#endif
