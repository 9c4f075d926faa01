/*
 * Owns: HUY of what is no claim: a promise, a request for more time, an answer about an event.
 * May use: replies/handlers.h, ledger/.
 * Must not know: modems, SQL.
 *
 * Only the last thing recorded from the sender is meant: what a claim has followed stands.
 */
#include "replies/handlers.h"

struct record {
	const struct store_known_obligation *obligation;
	enum ledger_action action; /* that takes it back */
	const char *text;
	struct wall at;
};

static void consider(struct record *latest, bool there, const struct record *candidate)
{
	if (there && (latest->obligation == NULL || wall_before(latest->at, candidate->at)))
		*latest = *candidate;
}

static void look_at(struct record *latest, const struct store_known_obligation *item)
{
	if (item->state != OBLIGATION_OPEN)
		return;
	consider(latest, item->promised_day.number > 0 && item->promised_by_sender,
	    &(struct record){item, LEDGER_UNPROMISE, "promise_undone", item->promised_at});
	consider(latest, item->request_id != 0 && item->requested_by_sender,
	    &(struct record){item, LEDGER_WITHDRAW, "extension_undone", item->requested_at});
	consider(latest, item->attendance != ATTENDANCE_NONE && item->attendance_by_sender,
	    &(struct record){item, LEDGER_UNANSWER, "answer_undone", item->attendance_at});
}

static bool is_followed_by_claim(const struct reply_offer *offer, struct wall at)
{
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *item = &offer->context->obligations[i];
		if (item->state == OBLIGATION_CLAIMED && item->claimed_by_sender &&
		    !wall_before(item->claimed_at, at))
			return true;
	}
	return false;
}

bool reply_take_back(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	struct record latest = {0};
	if (reading->confidence < CONFIDENCE_SURE)
		return false;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct store_known_obligation *item =
		    reply_find(offer, reading->obligations[i]);
		if (item == NULL)
			item = reply_find_event(offer, reading->obligations[i]);
		if (item != NULL)
			look_at(&latest, item);
	}
	if (latest.obligation == NULL || is_followed_by_claim(offer, latest.at))
		return false;
	const struct ledger_source source = reply_source(offer, latest.obligation);
	struct wording wording = reply_wording_of(offer, latest.obligation);
	struct failure failure;
	bool already;
	decision->changes = arena_alloc(offer->arena, sizeof *decision->changes);
	if (ledger_change(latest.action, latest.obligation, NULL, &source, decision->changes,
		&already, &failure) != RESULT_OK)
		return false;
	decision->change_count = 1;
	decision->settled_as = "acted";
	decision->close_question = offer->context->question.id != 0;
	decision->answer = reply_word(offer, latest.text, &wording);
	return true;
}
