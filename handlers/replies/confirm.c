/*
 * Owns: "the report has been sent": which reports it is about; the answer to a doubt.
 * May use: replies/handlers.h.
 * Must not know: modems, SQL; how a claim is recorded (claiming.c).
 *
 * Only a reading that is sure changes anything.
 */
#include "replies/handlers.h"

#include <string.h>

static void claim(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *const *obligations, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct reply_decision next = {0};
		reply_claim(offer, &next, obligations[i]);
		reply_combine(offer, decision, &next);
	}
}

/* The reports the reading is about that the sender owes or owed. What the office holds already is
 * left out where something else may be meant. */
static size_t choose(const struct reply_offer *offer, const struct store_known_obligation **choices)
{
	const struct reading *reading = offer->reading;
	size_t count = 0, waiting = 0;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct store_known_obligation *item =
		    reply_find(offer, reading->obligations[i]);
		bool other = item != NULL && reading->unit_code != NULL &&
			     strcmp(item->unit_code, reading->unit_code) != 0;
		if (item == NULL || other)
			continue;
		choices[count++] = item;
		waiting += item->state != OBLIGATION_RECEIVED;
	}
	if (waiting == 0 || waiting == count)
		return count;
	waiting = 0;
	for (size_t i = 0; i < count; i++)
		if (choices[i]->state != OBLIGATION_RECEIVED)
			choices[waiting++] = choices[i];
	return waiting;
}

/* ── the answer to "Đúng số này? Nhắn 1 đúng, 2 sai" ─────────────────────────────────────────── */

static bool says_no(const struct reading *reading)
{
	for (size_t i = 0; i < reading->obligation_count; i++)
		if (reading->obligations[i] == 0)
			return true;
	return false;
}

bool reply_is_doubt_open(const struct reply_offer *offer)
{
	const struct store_inbound_context_output *context = offer->context;
	return context->question.id != 0 && context->question.intent == INTENT_CONFIRM &&
	       context->question.count > 0 &&
	       context->question.choices[context->question.count - 1] == 0;
}

void reply_decline(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	const struct store_known_obligation *obligation =
	    context->question.count > 0 ? reply_find(offer, context->question.choices[0]) : NULL;
	decision->settled_as = "acted";
	decision->close_question = context->question.id != 0;
	if (obligation == NULL) {
		decision->answer = reply_word(offer, "choice_expired", NULL);
		return;
	}
	struct wording wording = reply_wording_of(offer, obligation);
	wording.number = context->question.document_number;
	decision->answer = reply_word(offer, "doubt_no", &wording);
}

/* Yes is a claim like any other. "Both" is no answer: the question stays. */
static void answer_no(const struct reply_offer *offer, struct reply_decision *decision)
{
	if (offer->reading->obligation_count == 1) {
		reply_decline(offer, decision);
		return;
	}
	decision->settled_as = "asked";
	decision->answer = reply_word(offer, "choice_wrong", &(struct wording){.count = "2"});
}

/* ── nothing that is owed ────────────────────────────────────────────────────────────────────── */

static bool is_in_audience(const struct reply_offer *offer, const struct plan_report *report,
    const struct store_contact *contact)
{
	const struct store_named_unit *unit = reply_named_unit(offer, contact->unit_code);
	return unit == NULL || plan_audience_has(&report->audience, unit->code, unit->kind);
}

/* The plans have the report, and none of the sender's units owes it. */
static bool is_owed_by_others(const struct reply_offer *offer, const char *code)
{
	bool exists = false;
	for (size_t i = 0; i < offer->plan_count && code != NULL; i++) {
		const struct plan_report *report =
		    offer->plans[i] != NULL ? plan_find_report(offer->plans[i], code) : NULL;
		exists |= report != NULL;
		for (size_t p = 0; p < offer->context->person_count && report != NULL; p++)
			if (is_in_audience(offer, report, &offer->context->people[p]))
				return false;
	}
	return exists;
}

static void answer_unowed(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_contact *sender =
	    offer->context->person_count > 0 ? &offer->context->people[0] : NULL;
	if (reading->names_other && sender != NULL &&
	    is_owed_by_others(offer, reading->report_code)) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "wrong_report",
		    &(struct wording){.code = reading->report_code,
			.unit = reply_named_unit(offer, sender->unit_code)->name});
	} else if (reply_nearest(offer) == NULL && !reading->names_other) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "nothing_open", NULL);
	} else {
		reply_pass_on(offer, decision); /* names one that is not known to be owed */
	}
}

void reply_confirm(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_known_obligation **choices =
	    arena_alloc(offer->arena, (reading->obligation_count + 1) * sizeof *choices);
	bool sure = reading->confidence >= CONFIDENCE_SURE;
	size_t count = choose(offer, choices);
	if (says_no(reading)) {
		answer_no(offer, decision);
	} else if (count > 0 && sure && (count == 1 || reply_is_whole_question(offer))) {
		claim(offer, decision, choices, count);
	} else if (count == 1 && !reading->names_other) {
		reply_ask_sure(offer, decision, choices[0], reading->document_number);
	} else if (count > 0) {
		reply_ask(offer, decision, "which_report", INTENT_CONFIRM, choices, count,
		    reading->document_number);
	} else if (reading->obligation_count > 0 && offer->context->question.id != 0) {
		/* What was asked about has been settled otherwise meanwhile. */
		decision->settled_as = "acted";
		decision->close_question = true;
		decision->answer = reply_word(offer, "choice_expired", NULL);
	} else {
		answer_unowed(offer, decision);
	}
}
