/*
 * Owns: HUY: undoing what the sender has claimed, until the end of the next working day.
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL. HUY never opts out.
 */
#include "replies/handlers.h"

#include <string.h>

/* A HUY without a report is not about what was claimed longer ago. */
#define SPOKEN_OF_MS (60 * DAY_MS)

static bool in_time(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	struct day claimed = civil_day_of_wall(obligation->claimed_at, offer->zone_minutes);
	struct day last = plan != NULL ? calendar_next_working_day(&plan->calendar, claimed)
				       : day_add(claimed, 1);
	return wall_before(offer->now, civil_moment(day_add(last, 1), 0, offer->zone_minutes));
}

static void undo(const struct reply_offer *offer,
    const struct store_known_obligation *const *obligations, size_t count,
    struct reply_decision *decision)
{
	decision->changes = arena_alloc(offer->arena, count * sizeof *decision->changes);
	decision->settled_as = "acted";
	decision->close_question = offer->context->question.id != 0;
	for (size_t i = 0; i < count; i++) {
		const struct ledger_source source = reply_source(offer, obligations[i]);
		struct wording wording = reply_wording_of(offer, obligations[i]);
		struct store_change *change = &decision->changes[decision->change_count];
		struct failure failure;
		bool already;
		if (ledger_change(LEDGER_UNDO, obligations[i], NULL, &source, change, &already,
			&failure) != RESULT_OK)
			continue; /* legal from `claimed`, and only those are undone here */
		change->document_number = NULL;
		decision->change_count++;
		decision->answer = reply_join(
		    offer, decision->answer, reply_word(offer, "claim_undone", &wording));
	}
}

/* What the office holds is only spoken of when it is named, or was said just now. */
static bool is_meant(const struct reply_offer *offer, const struct store_known_obligation *item)
{
	const char *named = offer->reading->report_code;
	if (named != NULL && strcmp(named, item->report_code) == 0)
		return true;
	if (item->state == OBLIGATION_RECEIVED)
		return item->claimed_by_sender && item->claimed_at.ms != WALL_NEVER.ms &&
		       in_time(offer, item);
	return wall_before(offer->now, wall_add(item->claimed_at, SPOKEN_OF_MS));
}

static bool is_listed(const struct store_known_obligation *const *items, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (items[i]->id == id)
			return true;
	return false;
}

/* One text that claimed several is taken back whole by a HUY that names none of them: adds the
 * others. False: the choices come from several texts. */
static bool add_claimed_together(
    const struct reply_offer *offer, const struct store_known_obligation **choices, size_t *count)
{
	int64_t text = choices[0]->claimed_inbound_id;
	if (text == 0 || offer->reading->report_code != NULL)
		return false;
	for (size_t i = 1; i < *count; i++)
		if (choices[i]->claimed_inbound_id != text)
			return false;
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *item = &offer->context->obligations[i];
		if (item->claimed_inbound_id == text && item->state == OBLIGATION_CLAIMED &&
		    item->claimed_by_sender && !is_listed(choices, *count, item->id))
			choices[(*count)++] = item;
	}
	return true;
}

/* Too late, recorded by somebody else, or the office holds the paper: a person decides. */
static void refuse(const struct reply_offer *offer, const struct store_known_obligation *obligation,
    struct reply_decision *decision)
{
	struct wording wording = reply_wording_of(offer, obligation);
	decision->settled_as = "task";
	decision->task = reply_task(offer, "undo-too-late", obligation);
	decision->answer = reply_word(offer, "undo_too_late", &wording);
}

/* The last moment at which something was recorded from the sender. */
static struct wall last_recorded(const struct reply_offer *offer)
{
	struct wall last = {0};
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *item = &offer->context->obligations[i];
		const struct wall moments[] = {
		    item->claimed_by_sender && item->state != OBLIGATION_OPEN ? item->claimed_at
									      : last,
		    item->promised_day.number > 0 && item->promised_by_sender ? item->promised_at
									      : last,
		    item->request_id != 0 && item->requested_by_sender ? item->requested_at : last,
		    item->attendance != ATTENDANCE_NONE && item->attendance_by_sender
			? item->attendance_at
			: last,
		};
		for (size_t j = 0; j < COUNT_OF(moments); j++)
			if (moments[j].ms != WALL_NEVER.ms && wall_before(last, moments[j]))
				last = moments[j];
	}
	return last;
}

/* What was said last has led to the question that is open: HUY is about that. */
static bool is_about_question(const struct reply_offer *offer)
{
	const struct store_inbound_context_output *context = offer->context;
	return context->question.id != 0 && context->question.intent != INTENT_CANCEL &&
	       offer->reading->report_code == NULL &&
	       offer->reading->confidence >= CONFIDENCE_SURE &&
	       wall_before(last_recorded(offer), context->question.asked_at);
}

/* The claims come newest first; a HUY that names none is about the newest. */
static bool is_newest(const struct store_known_obligation *const *choices, size_t count)
{
	return count > 1 && wall_before(choices[1]->claimed_at, choices[0]->claimed_at);
}

void reply_cancel(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	if (reply_is_doubt_open(offer) && reading->report_code == NULL &&
	    reading->confidence >= CONFIDENCE_SURE) {
		reply_decline(offer, decision); /* the claim that was last said */
		return;
	}
	if (is_about_question(offer)) {
		decision->settled_as = "acted";
		decision->close_question = true;
		decision->answer = reply_word(offer, "question_dropped", NULL);
		return;
	}
	const struct store_known_obligation **choices = arena_alloc(offer->arena,
	    (reading->obligation_count + offer->context->obligation_count + 1) * sizeof *choices);
	const struct store_known_obligation *recorded = NULL;
	bool sure = reading->confidence >= CONFIDENCE_SURE;
	size_t count = 0;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct store_known_obligation *obligation =
		    reply_find(offer, reading->obligations[i]);
		if (obligation == NULL || obligation->state == OBLIGATION_OPEN)
			continue;
		if (obligation->state == OBLIGATION_CLAIMED && obligation->claimed_by_sender &&
		    in_time(offer, obligation))
			choices[count++] = obligation;
		else if (is_meant(offer, obligation) &&
			 (recorded == NULL || obligation->claimed_by_sender))
			recorded = obligation;
	}
	decision->close_question =
	    offer->context->question.id != 0 && offer->context->question.intent == INTENT_CANCEL;
	if (reply_take_back(offer, decision))
		return;
	bool answers =
	    offer->context->question.id != 0 && offer->context->question.intent == INTENT_CANCEL;
	bool together = count > 0 && !answers && add_claimed_together(offer, choices, &count);
	if (count > 1 && sure && !answers && !together && reading->report_code == NULL &&
	    is_newest(choices, count))
		count = 1;
	if (count > 0 && sure && (count == 1 || together || reply_is_whole_question(offer))) {
		undo(offer, choices, count, decision);
	} else if (count > 0) {
		reply_ask(offer, decision, "which_undo", INTENT_CANCEL, choices, count, NULL);
	} else if (recorded != NULL) {
		refuse(offer, recorded, decision);
	} else {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "nothing_to_undo", NULL);
	}
}
