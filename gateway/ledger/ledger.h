/*
 * Owns: the operations on obligations: which change is legal from which state, for whom.
 * May use: base/, plan/, store/operations.h.
 * Must not know: who called: an official's text, an officer's command, a page.
 *
 * Pure: builds the change that a store operation then applies atomically (ledger entry, obligation,
 * queued notices, wake-up). The store refuses a change whose revision has moved on.
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "plan/model.h"
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
/* From where a promise, a request, an extension or an answer is legal is told here too, but those
 * that carry a day are built below. WITHDRAW and REFUSE take the request that waits. */
MUST_CHECK enum result ledger_change(enum ledger_action action,
    const struct store_known_obligation *obligation, const char *document_number,
    const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure);

/* So many promises in a row for one report; the next one is for a person to talk about. */
#define LEDGER_PROMISES_MAX 2
/* Nobody is given more time than this past the deadline through a text. */
#define LEDGER_EXTENSION_DAYS_MAX 366

/* The deadline that "until this day" means: what is sent on that day is in time. `named` is the day
 * that texts say for it: for a report due `before` a day, the day after. */
struct ledger_deadline {
	struct day named;
	struct wall moment;
};
struct ledger_deadline ledger_deadline_until(
    const struct plan *plan, const struct store_known_obligation *obligation, struct day day);

/* What a day that an official names for an open report comes to. */
enum ledger_day {
	LEDGER_DAY_PAST,    /* has gone by */
	LEDGER_DAY_PROMISE, /* in time: a promise */
	LEDGER_DAY_LATER,   /* past the deadline: more time must be asked for */
	LEDGER_DAY_TOO_FAR,
};
enum ledger_day ledger_day_kind(const struct plan *plan,
    const struct store_known_obligation *obligation, struct day day, struct wall now);

/* A promise to send on `day`. RESULT_CONFLICT when the state does not allow it or, with *already,
 * when just that is promised; RESULT_LIMIT when an official (not the office) has promised
 * LEDGER_PROMISES_MAX times in a row. */
MUST_CHECK enum result ledger_promise(const struct store_known_obligation *obligation,
    struct day day, const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure);

/* A request for time until the end of `day`, number `number`; it lapses at the end of the last
 * useful day of the deadline, or of the next working day when that has come. RESULT_CONFLICT when
 * the state does not allow it or one waits (*already: for the same day). */
MUST_CHECK enum result ledger_request(const struct plan *plan,
    const struct store_known_obligation *obligation, struct day day, int number, struct wall now,
    const struct ledger_source *source, struct store_change *out, bool *already,
    struct failure *failure);

/* A new deadline version: until the end of `day`. `request_id`: the request that is approved by it;
 * 0: the office's own. RESULT_CONFLICT when the state does not allow it or the deadline would be
 * the one there is; a request never makes it earlier. */
MUST_CHECK enum result ledger_extend(const struct plan *plan,
    const struct store_known_obligation *obligation, struct day day, int64_t request_id,
    const struct ledger_source *source, struct store_change *out, struct failure *failure);

#endif
