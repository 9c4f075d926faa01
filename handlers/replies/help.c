/*
 * Owns: "how do I answer": just what this sender can text now, in one part.
 * May use: replies/handlers.h, plan/.
 * Must not know: modems, SQL.
 */
#include "replies/handlers.h"

#include <string.h>

struct helping {
	const struct reply_offer *offer;
	const char *list;   /* NULL: nothing yet */
	const char *answer; /* with it */
};

/* The most useful come first; what does not fit any more is left out. */
static void add(struct helping *helping, const char *text_name, const struct wording *wording)
{
	const struct reply_offer *offer = helping->offer;
	const char *item = reply_word(offer, text_name, wording);
	const char *list = helping->list == NULL
			       ? item
			       : arena_printf(offer->arena, "%s; %s", helping->list, item);
	const char *answer = reply_word(offer, "help", &(struct wording){.list = list});
	if (helping->list != NULL && !reply_fits_one_part(answer))
		return;
	helping->list = list;
	helping->answer = answer;
}

/* Of the requests and registrations that wait for the sender's word: the first one's number. */
static int number_to_decide(const struct reply_offer *offer)
{
	const struct store_inbound_context_output *context = offer->context;
	for (size_t i = 0; i < context->request_count; i++)
		if (reply_may_decide(offer, &context->requests[i]))
			return context->requests[i].number;
	for (size_t i = 0; i < context->registration_count; i++)
		if (reply_may_admit(offer, &context->registrations[i]))
			return context->registrations[i].number;
	return 0;
}

static bool waits_for_answer(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	const struct plan_event *event =
	    plan != NULL ? plan_find_event(plan, obligation->report_code) : NULL;
	return strcmp(obligation->kind, "event") == 0 && event != NULL && event->attendance &&
	       obligation->attendance == ATTENDANCE_NONE &&
	       calendar_day(&plan->calendar, offer->now).number <= event->end.number;
}

static bool can_be_undone(const struct store_known_obligation *obligation)
{
	return (obligation->state == OBLIGATION_CLAIMED && obligation->claimed_by_sender) ||
	       (obligation->promised_day.number > 0 && obligation->promised_by_sender) ||
	       (obligation->request_id != 0 && obligation->requested_by_sender) ||
	       (obligation->attendance != ATTENDANCE_NONE && obligation->attendance_by_sender);
}

void reply_help(const struct reply_offer *offer, struct reply_decision *decision)
{
	const struct store_inbound_context_output *context = offer->context;
	const struct store_known_obligation *nearest = reply_nearest(offer);
	struct helping helping = {.offer = offer};
	int number = number_to_decide(offer);
	bool event = false, undo = false;
	for (size_t i = 0; i < context->obligation_count; i++) {
		event = event || waits_for_answer(offer, &context->obligations[i]);
		undo = undo || can_be_undone(&context->obligations[i]);
	}
	if (number > 0)
		add(&helping, "help_decide",
		    &(struct wording){.request = arena_printf(offer->arena, "%d", number)});
	if (nearest != NULL)
		add(&helping, "help_report", &(struct wording){.code = nearest->report_code});
	if (event)
		add(&helping, "help_event", NULL);
	if (undo)
		add(&helping, "help_undo", NULL);
	if (nearest != NULL)
		add(&helping, "help_later", NULL);
	add(&helping, "help_status", NULL);
	add(&helping, context->people[0].opted_out ? "help_start" : "help_stop", NULL);
	decision->settled_as = "acted";
	decision->answer = helping.answer;
}
