/*
 * Owns: "not yet" and "may we have more time".
 * May use: replies/handlers.h, plan/.
 * Must not know: modems, SQL.
 *
 * Neither changes the obligation: reminders go on and the deadline stands until a person decides.
 */
#include "replies/handlers.h"

#include "plan/wording.h"

enum among { AMONG_NAMED, AMONG_REMINDED, AMONG_OPEN };

static bool belongs(const struct reply_offer *offer,
    const struct store_known_obligation *obligation, enum among among)
{
	const struct reading *reading = &offer->readings->items[0];
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

/* What "not done yet" is about: the report it names, else the one last reminded of, else the next
 * one. NULL when that cannot be told. */
static const struct store_known_obligation *subject_of(const struct reply_offer *offer)
{
	bool reminded = false;
	if (offer->readings->items[0].obligation_count > 0)
		return first_due(offer, AMONG_NAMED);
	for (size_t i = 0; i < offer->context->obligation_count; i++)
		reminded |= offer->context->obligations[i].reminded &&
			    reply_is_open_report(&offer->context->obligations[i]);
	return first_due(offer, reminded ? AMONG_REMINDED : AMONG_OPEN);
}

static const char *day_words(const struct reply_offer *offer, struct wall moment)
{
	struct day day = civil_day_of_wall(moment, offer->zone_minutes);
	return arena_copy(offer->arena, wording_day(day, offer->language).text);
}

void reply_not_yet(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = &offer->readings->items[0];
	const struct store_known_obligation *subject = subject_of(offer);
	bool promises = reading->promised.ms != WALL_NEVER.ms;
	if (subject == NULL && reading->obligation_count == 0) {
		reply_status(offer, decision);
		return;
	}
	if (subject == NULL) { /* names what counts as sent, or several alike */
		reply_pass_on(offer, decision);
		return;
	}
	struct wording wording = reply_wording_of(offer, subject);
	decision->settled_as = "acted";
	decision->close_question = offer->context->question.id != 0;
	if (promises) {
		wording.promised = day_words(offer, reading->promised);
		if (!wall_before(reading->promised, subject->deadline))
			decision->task = reply_task(offer, "late-promise", subject);
	}
	decision->answer =
	    reply_word(offer, promises ? "not_yet_promised" : "not_yet_noted", &wording);
}

void reply_extension(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct reading *reading = &offer->readings->items[0];
	const struct store_known_obligation *subject = subject_of(offer);
	if (reply_nearest(offer) == NULL) {
		decision->settled_as = "acted";
		decision->answer = reply_word(offer, "nothing_open", NULL);
		return;
	}
	decision->settled_as = "task";
	decision->close_question = offer->context->question.id != 0;
	decision->task = reply_task(offer, "extension-request", subject);
	if (subject == NULL || reading->promised.ms == WALL_NEVER.ms) {
		decision->answer = reply_word(offer, "passed_on", NULL);
		return;
	}
	struct wording wording = reply_wording_of(offer, subject);
	wording.promised = day_words(offer, reading->promised);
	decision->answer = reply_word(offer, "extension_noted", &wording);
}
