/*
 * Owns: "the report has been sent": a claim, a correction, or a question.
 * May use: replies/handlers.h, ledger/.
 * Must not know: modems, SQL.
 *
 * Only a reading that is sure changes anything.
 */
#include "replies/handlers.h"

static const char *number_words(const struct reply_offer *offer, const char *number)
{
	if (number == NULL)
		return "";
	return reply_word(offer, "number_words", &(struct wording){.number = number});
}

static const char *claim_one(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, const char *number,
    struct reply_decision *decision)
{
	struct wording wording = reply_wording_of(offer, obligation);
	const struct ledger_source source = reply_source(offer, obligation);
	struct store_change *change = &decision->changes[decision->change_count];
	struct failure failure;
	bool already;
	if (ledger_change(LEDGER_CLAIM, obligation, number, &source, change, &already, &failure) !=
	    RESULT_OK) {
		wording.number = number_words(offer, obligation->document_number);
		bool keeps = already && number == NULL && obligation->document_number != NULL;
		return reply_word(offer, keeps ? "number_kept" : "claim_again", &wording);
	}
	decision->change_count++;
	wording.number = number_words(offer, change->document_number);
	return reply_word(offer,
	    change->action == LEDGER_CORRECT ? "claim_corrected" : "claim_recorded", &wording);
}

static void claim(const struct reply_offer *offer,
    const struct store_known_obligation *const *obligations, size_t count, const char *number,
    struct reply_decision *decision)
{
	decision->changes = arena_alloc(offer->arena, count * sizeof *decision->changes);
	decision->settled_as = "acted";
	decision->close_question = offer->context->question.id != 0;
	for (size_t i = 0; i < count; i++)
		decision->answer = reply_join(
		    offer, decision->answer, claim_one(offer, obligations[i], number, decision));
}

void reply_confirm(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_known_obligation **choices =
	    arena_alloc(offer->arena, (reading->obligation_count + 1) * sizeof *choices);
	bool sure = reading->confidence >= CONFIDENCE_SURE;
	bool one = reading->obligation_count == 1;
	size_t count = 0;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		choices[count] = reply_find(offer, reading->obligations[i]);
		count += choices[count] != NULL;
	}
	if (count > 0 && sure && (one || reply_is_whole_question(offer))) {
		claim(offer, choices, count, reading->document_number, decision);
	} else if (count > 0) {
		reply_ask(offer, decision, "which_report", INTENT_CONFIRM, choices, count,
		    reading->document_number);
	} else if (reading->obligation_count > 0 && offer->context->question.id != 0) {
		/* What was asked about has been settled otherwise meanwhile. */
		decision->settled_as = "acted";
		decision->close_question = true;
		decision->answer = reply_word(offer, "choice_expired", NULL);
	} else if (reply_nearest(offer) == NULL) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "nothing_open", NULL);
	} else {
		reply_pass_on(offer, decision); /* names one that is not known to be owed */
	}
}
