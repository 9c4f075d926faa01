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
    reply_approve, reply_refuse, reply_attend, reply_absent, reply_opt_out, reply_opt_in,
    reply_unknown, reply_misdirected, reply_register, reply_pass_on, reply_proxy, reply_stranger,
    reply_nothing, reply_link;

/* Adds what is decided on the next thing that the text says (combine.c). One question at a time,
 * one change of a report: the first stays, and the sender is told that the next is the office's or
 * is reminded of as before. */
void reply_combine(const struct reply_offer *offer, struct reply_decision *decision,
    const struct reply_decision *next);

/* True when the text gives a code by which a chat account may be linked (link.c). */
bool reply_is_link(const struct reply_offer *offer);

/* Takes the brief words for an answer that does not fit one part. */
void reply_shorten(struct reply_decision *decision);

/* True for what is said of a unit that is not the sender's: reply_proxy answers it (proxy.c). */
bool reply_is_for_other_unit(const struct reading *reading);

/* Claims or corrects this report as the reading says, or asks about a doubtful number
 * (claiming.c). */
void reply_claim(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation);
/* The same for a unit below the sender's; no number is doubted. */
void reply_claim_for(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation);
/* True when a question about a doubtful number is open. */
bool reply_is_doubt_open(const struct reply_offer *offer);
/* "No" to that question: nothing is recorded, the right number is asked for. */
void reply_decline(const struct reply_offer *offer, struct reply_decision *decision);
/* The day on which it was sent, as the reading says; zeroed: not said. */
struct day reply_sent_on(const struct reply_offer *offer);
/* The figures that a question about this report must keep; NULL none. */
const char *reply_figures_to_keep(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);

/* ── the sender and what they owe (offer.c) ──────────────────────────────────────────────────── */

/* The report with this id; NULL when the sender owes no such one any more. */
const struct store_known_obligation *reply_find(const struct reply_offer *offer, int64_t id);
/* The sender's part in an event with this id; NULL when there is none. */
const struct store_known_obligation *reply_find_event(const struct reply_offer *offer, int64_t id);
/* What the store knows of the reading's number and unit; NULL: nothing was asked. */
const struct store_claim_facts *reply_facts(const struct reply_offer *offer);
/* The unit with this code among those that a text may name; NULL: there is none. */
const struct store_named_unit *reply_named_unit(const struct reply_offer *offer, const char *code);
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
/* The unit's name as far as the offer tells it, else its code. */
const char *reply_unit_name(const struct reply_offer *offer, const char *code);
/* Whether the sender holds a post that decides on this request or registration (approve.c). */
bool reply_may_decide(const struct reply_offer *offer, const struct store_known_request *request);
bool reply_may_admit(
    const struct reply_offer *offer, const struct store_known_registration *registration);
/* A task for the office about this text and, unless NULL, this obligation; until the end of the
 * next working day. */
struct store_new_task *reply_task(const struct reply_offer *offer, const char *kind,
    const struct store_known_obligation *obligation);

/* ── wording (wording.c) ─────────────────────────────────────────────────────────────────────── */

struct wording {
	const char *report, *unit, *number, *code, *choices, *list, *count, *last_day, *promised,
	    *event, *request, *other, *day, *person;
};
/* The named text, filled; placeholders without a value are "". */
const char *reply_word(
    const struct reply_offer *offer, const char *name, const struct wording *wording);
/* In plain letters. */
bool reply_fits_one_part(const char *text);
/* One answer after another; `before` may be NULL. */
const char *reply_join(const struct reply_offer *offer, const char *before, const char *after);
/* report, unit, code and last_day of an obligation. */
struct wording reply_wording_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation);

/* "thứ Sáu 12/6" in the sender's language. */
const char *reply_day_words(const struct reply_offer *offer, struct day day);

/* Short names for obligations that stand in one list, parallel to `items`: "6T Xã Ngọc Côn" or,
 * without the unit, "6T". Two of one code and unit get their periods. */
const char **reply_labels(const struct reply_offer *offer,
    const struct store_known_obligation *const *items, size_t count, bool with_unit);
bool reply_same_unit(const struct store_known_obligation *const *items, size_t count);

/* True when the best reading is about just what the open question asks about, all of it: "cả 2". */
bool reply_is_whole_question(const struct reply_offer *offer);

/* The day that the best reading names; zeroed when none. */
struct day reply_day_of(const struct reply_offer *offer);

/* True when the open question, whatever it asks, has this obligation among its choices: what is
 * recorded of it settles the question. */
bool reply_settles_question(const struct reply_offer *offer, int64_t obligation_id);

/* Puts a question, durable, to live for two days; the answer is the caller's. */
void reply_put_question(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_new_question *question);

/* Asks whether this one report has been sent: "1 đúng, 2 sai". */
void reply_ask_sure(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, const char *document_number);

/* Puts a numbered question about these obligations, as many as fit one part (at most 5). The day
 * that was named is kept with it. */
void reply_ask(const struct reply_offer *offer, struct reply_decision *decision,
    const char *text_name, enum intent intent, const struct store_known_obligation *const *choices,
    size_t count, const char *document_number);
/* Asks on which day, about one report: the answer is a day alone. */
void reply_ask_day(const struct reply_offer *offer, struct reply_decision *decision,
    const char *text_name, enum intent intent, const struct store_known_obligation *obligation);

/* The open reports that "later" may be about: those named, else those last reminded of, else all.
 * `choices` has room for all the sender's obligations. Returns how many. */
size_t reply_later_choices(
    const struct reply_offer *offer, const struct store_known_obligation **choices);

/* HUY (take_back.c): takes back the last thing recorded from the sender among what the reading is
 * about, when it is no claim. False: there is no such thing, nothing is decided. */
bool reply_take_back(const struct reply_offer *offer, struct reply_decision *decision);

/* Asks the approvers for time until the end of `day` (request.c): the change, the messages, the
 * answer, and a task when nobody can decide. `text_name`: how the sender is answered. */
void reply_request(const struct reply_offer *offer, struct reply_decision *decision,
    const struct plan *plan, const struct store_known_obligation *obligation, struct day day,
    const char *text_name);

#endif
