/*
 * Owns: the handlers, one file an intent, and what they have in common.
 * May use: base/, plan/, understand/, ledger/, inbox/reply.h.
 * Must not know: modems, SQL. No other room includes this file.
 */
#ifndef REPLIES_HANDLERS_H
#define REPLIES_HANDLERS_H

#include "inbox/reply.h"
#include "ledger/ledger.h"
#include "plan/model.h"

typedef void reply_fn(const struct reply_offer *offer, struct reply_decision *decision);

reply_fn reply_confirm, reply_cancel, reply_status, reply_help, reply_not_yet, reply_extension,
    reply_opt_out, reply_opt_in, reply_unknown, reply_pass_on, reply_stranger, reply_nothing;

/* ── the sender and what they owe (offer.c) ──────────────────────────────────────────────────── */

/* The report with this id; NULL when the sender owes no such one any more. */
const struct store_known_obligation *reply_find(const struct reply_offer *offer, int64_t id);
bool reply_is_open_report(const struct store_known_obligation *obligation);
/* The open report whose deadline comes first; NULL when nothing is open. */
const struct store_known_obligation *reply_nearest(const struct reply_offer *offer);
const struct plan *reply_plan_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);
/* Who of the people with this number speaks for the unit: its reporter first. */
int64_t reply_person_for(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);
struct ledger_source reply_source(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);
/* A task for the office about this text and, unless NULL, this obligation; until the end of the
 * next working day. */
struct store_new_task *reply_task(const struct reply_offer *offer, const char *kind,
    const struct store_known_obligation *obligation);

/* ── wording (wording.c) ─────────────────────────────────────────────────────────────────────── */

struct wording {
	const char *report, *unit, *number, *code, *choices, *list, *count, *last_day, *promised;
};
/* The named text, filled; placeholders without a value are "". */
const char *reply_word(
    const struct reply_offer *offer, const char *name, const struct wording *wording);
/* One answer after another; `before` may be NULL. */
const char *reply_join(const struct reply_offer *offer, const char *before, const char *after);
/* report, unit, code and last_day of an obligation. */
struct wording reply_wording_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);

/* Short names for obligations that stand in one list, parallel to `items`: "6T Xã Ngọc Côn" or,
 * without the unit, "6T". Two of one code and unit get their periods. */
const char **reply_labels(const struct reply_offer *offer,
    const struct store_known_obligation *const *items, size_t count, bool with_unit);
bool reply_same_unit(const struct store_known_obligation *const *items, size_t count);

/* True when the best reading is about just what the open question asks about, all of it: "cả 2". */
bool reply_is_whole_question(const struct reply_offer *offer);

/* Puts a numbered question about these obligations, as many as fit one part (at most 5). */
void reply_ask(const struct reply_offer *offer, struct reply_decision *decision,
    const char *text_name, enum intent intent, const struct store_known_obligation *const *choices,
    size_t count, const char *document_number);

#endif
