/*
 * Owns: filling the texts of answers.
 * May use: base/, text/, plan/, inbox/reply.h.
 * Must not know: Vietnamese: it stands in the texts.
 */
#include "replies/handlers.h"

#include "plan/wording.h"
#include "text/letters.h"
#include "text/segment.h"
#include "text/template.h"

#include <string.h>

#define ANSWER_MAX 2000

struct filling {
	const struct reply_offer *offer;
	const struct wording *wording;
};

static const char *or_nothing(const char *value)
{
	return value != NULL ? value : "";
}

static const char *look_up(const char *name, void *arg)
{
	const struct filling *filling = arg;
	const struct wording *wording = filling->wording;
	const struct {
		const char *name, *value;
	} values[] = {
	    {"report", wording->report},
	    {"unit", wording->unit},
	    {"number", wording->number},
	    {"code", wording->code},
	    {"choices", wording->choices},
	    {"list", wording->list},
	    {"count", wording->count},
	    {"last_day", wording->last_day},
	    {"promised", wording->promised},
	    {"event", wording->event},
	    {"request", wording->request},
	    {"other", wording->other},
	    {"day", wording->day},
	    {"person", wording->person},
	    {"office", filling->offer->office},
	};
	for (size_t i = 0; i < COUNT_OF(values); i++)
		if (strcmp(values[i].name, name) == 0)
			return or_nothing(values[i].value);
	return "";
}

const char *reply_word(
    const struct reply_offer *offer, const char *name, const struct wording *wording)
{
	static const struct wording none;
	struct filling filling = {offer, wording != NULL ? wording : &none};
	const char *body = offer->text(offer->language, name, offer->text_arg);
	struct failure failure;
	OWNED_BUFFER text = BUFFER(ANSWER_MAX);
	if (template_expand(body, look_up, &filling, &text, &failure) != RESULT_OK)
		return arena_copy(offer->arena, body); /* texts are checked when loaded */
	return arena_copy(offer->arena, buffer_text(&text));
}

bool reply_fits_one_part(const char *text)
{
	OWNED_TEXT plain = letters_fold(text);
	return segment_encoding_of(plain) == SEGMENT_GSM7 && segment_count(plain) == 1;
}

const char *reply_join(const struct reply_offer *offer, const char *before, const char *after)
{
	return before == NULL ? after : arena_printf(offer->arena, "%s. %s", before, after);
}

const char *reply_day_words(const struct reply_offer *offer, struct day day)
{
	return arena_copy(offer->arena, wording_day(day, offer->language).text);
}

/* "báo cáo năm", or "báo cáo năm 2019" when the unit has another one of these. */
static const char *report_name(const struct reply_offer *offer, const struct plan *plan,
    const struct store_known_obligation *obligation)
{
	const struct plan_report *report =
	    plan != NULL ? plan_find_report(plan, obligation->report_code) : NULL;
	const char *name = report != NULL ? report->name : obligation->report_code;
	for (size_t i = 0; i < offer->context->obligation_count; i++) {
		const struct store_known_obligation *other = &offer->context->obligations[i];
		if (other->id != obligation->id && other->state != OBLIGATION_RECEIVED &&
		    strcmp(other->report_code, obligation->report_code) == 0 &&
		    strcmp(other->unit_code, obligation->unit_code) == 0)
			return arena_printf(offer->arena, "%s %s", name, obligation->period);
	}
	return name;
}

struct wording reply_wording_of(
    const struct reply_offer *offer, const struct store_known_obligation *obligation)
{
	const struct plan *plan = reply_plan_of(offer, obligation);
	const struct plan_event *event =
	    plan != NULL ? plan_find_event(plan, obligation->report_code) : NULL;
	bool has_deadline = plan != NULL && obligation->deadline.ms != WALL_NEVER.ms;
	struct wall last = has_deadline
			       ? calendar_last_useful(&plan->calendar, obligation->deadline)
			       : wall_add(obligation->deadline, -1);
	struct day last_day =
	    event == NULL ? civil_day_of_wall(last, offer->zone_minutes) : obligation->named;
	return (struct wording){
	    .event = event != NULL ? event->name : obligation->report_code,
	    .report = report_name(offer, plan, obligation),
	    .unit = obligation->unit_name,
	    .code = obligation->report_code,
	    .last_day = reply_day_words(offer, last_day),
	};
}
