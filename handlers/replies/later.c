/*
 * Owns: "not yet" and "may we have more time".
 * May use: replies/handlers.h, ledger/, plan/.
 * Must not know: modems, SQL.
 *
 * A day in time is a promise: silence until it is over. A later one is a request: the deadline
 * stands until an approver decides. Both only when the text is plain and about one report; else a
 * question.
 */
#include "replies/handlers.h"

enum among { AMONG_NAMED, AMONG_REMINDED, AMONG_OPEN };

static bool belongs(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, enum among among)
{
	const struct reading *reading = offer->reading;
	if (among == AMONG_OPEN)
		return true;
	if (among == AMONG_REMINDED)
		return obligation->reminded;
	for (size_t i = 0; i < reading->obligation_count; i++)
		if (reading->obligations[i] == obligation->id)
			return true;
	return false;
}

/* The first due of the open reports in that circle; NULL when it is empty or two are due at once.
 */
static const struct store_known_obligation *first_due(
    const struct reply_offer *offer, enum among among)
{
	const struct store_known_obligation *first = NULL;
	bool tie = false;
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *obligation = &offer->context->obligations[i];
		if (!reply_is_open_report(obligation) || !belongs(offer, obligation, among))
			continue;
		tie = first != NULL && (tie || obligation->deadline.ms == first->deadline.ms) &&
		      !wall_before(obligation->deadline, first->deadline);
		if (first == NULL || wall_before(obligation->deadline, first->deadline))
			first = obligation;
	}
	return tie ? NULL : first;
}

static bool any_reminded(const struct reply_offer *offer)
{
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		if (offer->context->obligations[i].reminded &&
		    reply_is_open_report(&offer->context->obligations[i]))
			return true;
	return false;
}

/* What "not done yet" is about: the report it names, else the one last reminded of, else the next
 * one. NULL when that cannot be told. */
static const struct store_known_obligation *subject_of(const struct reply_offer *offer)
{
	if (offer->reading->obligation_count > 0)
		return first_due(offer, AMONG_NAMED);
	return first_due(offer, any_reminded(offer) ? AMONG_REMINDED : AMONG_OPEN);
}

size_t reply_later_choices(
    const struct reply_offer *offer, const struct store_known_obligation **choices)
{
	bool named = offer->reading->obligation_count > 0;
	enum among among = named ? AMONG_NAMED : any_reminded(offer) ? AMONG_REMINDED : AMONG_OPEN;
	size_t count = 0;
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *obligation = &offer->context->obligations[i];
		if (reply_is_open_report(obligation) && belongs(offer, obligation, among))
			choices[count++] = obligation;
	}
	return count;
}

/* ── with a day ──────────────────────────────────────────────────────────────────────────────── */

static void promise(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, struct day day)
{
	const struct ledger_source source = reply_source(offer, obligation);
	struct wording wording = reply_wording_of(offer, obligation);
	struct store_change *change = &decision->changes[decision->change_count];
	struct failure failure;
	bool already;
	enum result result = ledger_promise(obligation, day, &source, change, &already, &failure);
	wording.promised = reply_day_words(offer, day);
	decision->settled_as = "acted";
	if (result == RESULT_OK)
		decision->change_count++;
	if (result == RESULT_OK || already) {
		decision->answer = reply_join(
		    offer, decision->answer, reply_word(offer, "promise_recorded", &wording));
		return;
	}
	decision->settled_as = "task";
	decision->task = reply_task(offer, "promise-again", obligation);
	decision->answer =
	    reply_join(offer, decision->answer, reply_word(offer, "promise_too_often", &wording));
}

static void take_day(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, bool asks_for_more)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	struct day day = reply_day_of(offer);
	if (plan == NULL) {
		reply_pass_on(offer, decision);
		return;
	}
	switch (ledger_day_kind(plan, obligation, day, offer->now)) {
	case LEDGER_DAY_PAST:
		reply_ask_day(offer, decision,
		    asks_for_more ? "extension_which_day" : "promise_which_day",
		    offer->reading->intent, obligation);
		break;
	case LEDGER_DAY_PROMISE:
		promise(offer, decision, obligation, day);
		break;
	case LEDGER_DAY_LATER:
		reply_request(offer, decision, plan, obligation, day,
		    asks_for_more ? "extension_noted" : "extension_instead");
		break;
	case LEDGER_DAY_TOO_FAR:
		decision->settled_as = "task";
		decision->task = reply_task(offer, "extension-request", obligation);
		decision->answer = reply_word(offer, "passed_on", NULL);
		break;
	}
}

/* One plain statement about one report is acted on; "cả 2" after our question about all of them,
 * when both days are in time: two requests at once are for a person to read. */
static bool is_clear(const struct reply_offer *offer,
    const struct store_known_obligation *const *choices, size_t count)
{
	const struct reading *reading = offer->reading;
	if (reading->confidence < CONFIDENCE_SURE || !reading->day_is_sure)
		return false;
	if (count == 1)
		return true;
	for (size_t i = 0; i < count; i++) {
		const struct plan *plan = reply_plan_of(offer, choices[i]);
		if (plan == NULL || ledger_day_kind(plan, choices[i], reply_day_of(offer),
					offer->now) != LEDGER_DAY_PROMISE)
			return false;
	}
	return reply_is_whole_question(offer);
}

static void with_day(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *const *choices, size_t count, bool asks_for_more)
{
	decision->changes = arena_alloc(offer->arena, count * sizeof *decision->changes);
	if (!is_clear(offer, choices, count)) {
		reply_ask(offer, decision, asks_for_more ? "extension_which" : "promise_which",
		    offer->reading->intent, choices, count, NULL);
		return;
	}
	for (size_t i = 0; i < count; i++)
		decision->close_question |= reply_settles_question(offer, choices[i]->id);
	for (size_t i = 0; i < count; i++)
		take_day(offer, decision, choices[i], asks_for_more);
}

/* ── the intents ─────────────────────────────────────────────────────────────────────────────── */

static const struct store_known_obligation **room_for_choices(const struct reply_offer *offer)
{
	return arena_alloc(offer->arena,
	    (offer->context->obligation_count + 1) * sizeof(const struct store_known_obligation *));
}

void reply_not_yet(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_known_obligation **choices = room_for_choices(offer);
	size_t count = reply_later_choices(offer, choices);
	if (count > 0 && reading->promised.ms != WALL_NEVER.ms) {
		with_day(offer, decision, choices, count, false);
		return;
	}
	const struct store_known_obligation *subject = subject_of(offer);
	bool answers_question =
	    offer->context->question.id != 0 && offer->context->question.intent == INTENT_NOT_YET;
	if (subject == NULL && reading->obligation_count == 0) {
		reply_status(offer, decision);
		return;
	}
	if (subject == NULL) { /* names what counts as sent, or several alike */
		reply_pass_on(offer, decision);
		return;
	}
	if (count == 1 && (reading->day_is_vague || answers_question)) {
		reply_ask_day(offer, decision, "promise_which_day", INTENT_NOT_YET, subject);
		return;
	}
	struct wording wording = reply_wording_of(offer, subject);
	decision->settled_as = "acted";
	decision->close_question = reply_settles_question(offer, subject->id);
	decision->answer = reply_word(offer, "not_yet_noted", &wording);
}

void reply_extension(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = offer->reading;
	const struct store_known_obligation **choices = room_for_choices(offer);
	size_t count = reply_later_choices(offer, choices);
	if (reply_nearest(offer) == NULL) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "nothing_open", NULL);
		return;
	}
	if (count > 0 && reading->promised.ms != WALL_NEVER.ms) {
		with_day(offer, decision, choices, count, true);
		return;
	}
	const struct store_known_obligation *subject = subject_of(offer);
	if (subject != NULL) {
		reply_ask_day(
		    offer, decision, "extension_which_day", INTENT_EXTENSION_REQUEST, subject);
		return;
	}
	if (count > 1) {
		reply_ask(offer, decision, "extension_which_one", INTENT_EXTENSION_REQUEST, choices,
		    count, NULL);
		return;
	}
	decision->settled_as = "task";
	decision->task = reply_task(offer, "extension-request", NULL);
	decision->answer = reply_word(offer, "passed_on", NULL);
}
