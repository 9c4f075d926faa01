/*
 * Owns: "tham gia" and "vang mat": whether the unit comes to an event.
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL.
 *
 * The latest answer counts; the earlier ones stay in the ledger.
 */
#include "replies/handlers.h"

#include <string.h>

static bool asks_for_answer(
    const struct reply_offer *offer, const struct store_known_obligation *part)
{
	const struct plan *plan = reply_plan_of(offer, part);
	const struct plan_event *event =
	    plan != NULL ? plan_find_event(plan, part->report_code) : NULL;
	return strcmp(part->kind, "event") == 0 && event != NULL && event->attendance &&
	       part->state == OBLIGATION_OPEN &&
	       civil_day_of_wall(offer->now, offer->zone_minutes).number <= event->end.number;
}

/* Those the text names, else those reminded of, else all to come. */
static size_t choices_of(
    const struct reply_offer *offer, const struct store_known_obligation **choices)
{
	const struct reading *reading = offer->reading;
	size_t count = 0, reminded = 0;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct store_known_obligation *part =
		    reply_find_event(offer, reading->obligations[i]);
		if (part != NULL && asks_for_answer(offer, part))
			choices[count++] = part;
	}
	if (reading->obligation_count > 0)
		return count;
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		if (asks_for_answer(offer, &offer->context->obligations[i])) {
			choices[count++] = &offer->context->obligations[i];
			reminded += choices[count - 1]->reminded;
		}
	size_t kept = 0;
	for (size_t i = 0; i < count && reminded > 0; i++)
		if (choices[i]->reminded)
			choices[kept++] = choices[i];
	return reminded > 0 ? kept : count;
}

static void record(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *part, enum ledger_action action)
{
	const struct ledger_source source = reply_source(offer, part);
	struct wording wording = reply_wording_of(offer, part);
	struct store_change *change = &decision->changes[decision->change_count];
	struct failure failure;
	bool already;
	if (ledger_change(action, part, NULL, &source, change, &already, &failure) == RESULT_OK)
		decision->change_count++;
	decision->answer = reply_join(offer, decision->answer,
	    reply_word(offer, action == LEDGER_ATTEND ? "attend_noted" : "absent_noted", &wording));
}

static void answer(
    const struct reply_offer *offer, struct reply_decision *decision, enum ledger_action action)
{
	const struct reading *reading = offer->reading;
	const struct store_known_obligation **choices = arena_alloc(offer->arena,
	    (offer->context->obligation_count + reading->obligation_count + 1) * sizeof *choices);
	size_t count = choices_of(offer, choices);
	if (count == 0) {
		reply_pass_on(offer, decision);
		return;
	}
	if (reading->confidence < CONFIDENCE_SURE) {
		struct wording wording = reply_wording_of(offer, choices[0]);
		decision->settled_as = "asked";
		decision->answer = reply_word(offer, "attend_how", &wording);
		return;
	}
	if (count > 1 && !reply_is_whole_question(offer)) {
		reply_ask(offer, decision, "which_event", reading->intent, choices, count, NULL);
		return;
	}
	decision->changes = arena_alloc(offer->arena, count * sizeof *decision->changes);
	decision->settled_as = "acted";
	decision->close_question = offer->context->question.id != 0;
	for (size_t i = 0; i < count; i++)
		record(offer, decision, choices[i], action);
}

void reply_attend(const struct reply_offer *offer, struct reply_decision *decision)
{
	answer(offer, decision, LEDGER_ATTEND);
}

void reply_absent(const struct reply_offer *offer, struct reply_decision *decision)
{
	answer(offer, decision, LEDGER_ABSENT);
}
