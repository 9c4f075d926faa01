/*
 * Owns: numbered questions, and the short names of obligations that stand in one list.
 * May use: base/, text/, plan/wording.h, inbox/reply.h.
 * Must not know: what is done with the answer.
 */
#include "replies/handlers.h"

#include "base/buffer.h"
#include "plan/wording.h"
#include "text/utf8.h"

#include <string.h>

#define CHOICES_MAX 5
#define CHOICES_BYTES_MAX 2000
#define QUESTION_LIVES_MS (48 * HOUR_MS)

/* ── labels ──────────────────────────────────────────────────────────────────────────────────── */

static const char *label(const struct reply_offer *offer,
    const struct store_known_obligation *const *items, size_t count, size_t index, bool with_unit)
{
	const struct store_known_obligation *item = items[index];
	const char *period = "";
	for (size_t i = 0; i < count; i++)
		if (i != index && strcmp(items[i]->report_code, item->report_code) == 0 &&
		    strcmp(items[i]->unit_code, item->unit_code) == 0)
			period = item->period;
	return arena_printf(offer->arena, "%s%s%s%s%s", item->report_code,
	    period[0] != '\0' ? " " : "", period, with_unit ? " " : "",
	    with_unit ? item->unit_name : "");
}

const char **reply_labels(const struct reply_offer *offer,
    const struct store_known_obligation *const *items, size_t count, bool with_unit)
{
	const char **labels = arena_alloc(offer->arena, (count + 1) * sizeof *labels);
	for (size_t i = 0; i < count; i++)
		labels[i] = label(offer, items, count, i, with_unit);
	return labels;
}

bool reply_same_unit(const struct store_known_obligation *const *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(items[i]->unit_code, items[0]->unit_code) != 0)
			return false;
	return true;
}

/* ── the question ────────────────────────────────────────────────────────────────────────────── */

/* "1 6T Xã Phong Nậm, 2 6T Xã Đình Phong": as many as fit; returns how many. */
static size_t list_choices(struct buffer *list, const char *const *labels, size_t count)
{
	size_t listed = 0, letters = 0;
	buffer_reset(list);
	for (; listed < count; listed++) {
		/* ", " and "1 " before each but the first's comma */
		letters += utf8_length(labels[listed]) + (listed > 0 ? 4 : 2);
		if (listed > 0 && letters > WORDING_CHOICES_MAX)
			break;
		buffer_printf(list, "%s%zu %s", listed > 0 ? ", " : "", listed + 1, labels[listed]);
	}
	return listed;
}

bool reply_is_whole_question(const struct reply_offer *offer)
{
	const struct reading *reading = offer->reading;
	const struct store_inbound_context_output *context = offer->context;
	if (context->question.id == 0 || context->question.intent != (int)reading->intent ||
	    reading->obligation_count != (size_t)context->question.count)
		return false;
	for (size_t i = 0; i < reading->obligation_count; i++)
		if (reading->obligations[i] != context->question.choices[i])
			return false;
	return true;
}

struct day reply_day_of(const struct reply_offer *offer)
{
	struct wall promised = offer->reading->promised;
	return promised.ms == WALL_NEVER.ms ? (struct day){0}
					    : civil_day_of_wall(promised, offer->zone_minutes);
}

bool reply_settles_question(const struct reply_offer *offer, int64_t obligation_id)
{
	const struct store_inbound_context_output *context = offer->context;
	for (int i = 0; context->question.id != 0 && i < context->question.count; i++)
		if (context->question.choices[i] == obligation_id)
			return true;
	return false;
}

/* A claim that was asked about and never settled is not lost with its question. */
static void keep_replaced(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_new_question *question)
{
	const struct store_inbound_context_output *context = offer->context;
	bool claims = context->question.id != 0 && context->question.intent == INTENT_CONFIRM;
	for (int i = 0; i < question->count; i++)
		claims &= !reply_settles_question(offer, question->choices[i]) ||
			  question->intent == INTENT_CANCEL;
	if (claims && decision->task == NULL && context->question.count > 0)
		decision->task = reply_task(
		    offer, "question-replaced", reply_find(offer, context->question.choices[0]));
}

void reply_put_question(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_new_question *question)
{
	struct store_new_question *copy = arena_alloc(offer->arena, sizeof *copy);
	*copy = *question;
	copy->until = wall_add(offer->now, QUESTION_LIVES_MS);
	keep_replaced(offer, decision, question);
	decision->question = copy;
	decision->close_question = false; /* the new one replaces it */
	decision->settled_as = "asked";
}

void reply_ask_day(const struct reply_offer *offer, struct reply_decision *decision,
    const char *text_name, enum intent intent, const struct store_known_obligation *obligation)
{
	struct wording wording = reply_wording_of(offer, obligation);
	int64_t *id = arena_alloc(offer->arena, sizeof *id);
	*id = obligation->id;
	reply_put_question(offer, decision,
	    &(struct store_new_question){.person_id = reply_person_for(offer, obligation),
		.choices = id,
		.count = 1,
		.intent = intent});
	decision->answer = reply_word(offer, text_name, &wording);
}

void reply_ask_sure(const struct reply_offer *offer, struct reply_decision *decision,
    const struct store_known_obligation *obligation, const char *document_number)
{
	struct wording wording = reply_wording_of(offer, obligation);
	int64_t *choices = arena_alloc(offer->arena, 2 * sizeof *choices);
	choices[0] = obligation->id;
	choices[1] = 0; /* "2 sai" */
	reply_put_question(offer, decision,
	    &(struct store_new_question){
		.person_id = reply_person_for(offer, obligation),
		.choices = choices,
		.count = 2,
		.intent = INTENT_CONFIRM,
		.document_number = document_number,
		.day = reply_sent_on(offer),
		.figures = reply_figures_to_keep(offer, obligation),
		.nothing_to_report = offer->reading->nothing_to_report,
	    });
	wording.number =
	    document_number == NULL
		? ""
		: reply_word(offer, "number_words", &(struct wording){.number = document_number});
	decision->answer = reply_word(offer, "claim_sure", &wording);
}

void reply_ask(const struct reply_offer *offer, struct reply_decision *decision,
    const char *text_name, enum intent intent, const struct store_known_obligation *const *choices,
    size_t count, const char *document_number)
{
	OWNED_BUFFER list = BUFFER(CHOICES_BYTES_MAX);
	size_t wanted = count < CHOICES_MAX ? count : CHOICES_MAX;
	size_t asked = list_choices(&list, reply_labels(offer, choices, wanted, true), wanted);
	if (asked < wanted && reply_same_unit(choices, wanted))
		asked = list_choices(&list, reply_labels(offer, choices, wanted, false), wanted);
	int64_t *ids = arena_alloc(offer->arena, asked * sizeof *ids);
	for (size_t i = 0; i < asked; i++)
		ids[i] = choices[i]->id;
	bool claims = intent == INTENT_CONFIRM;
	struct day day = claims ? reply_sent_on(offer) : reply_day_of(offer);
	reply_put_question(offer, decision,
	    &(struct store_new_question){
		.person_id = reply_person_for(offer, choices[0]),
		.choices = ids,
		.count = (int)asked,
		.intent = intent,
		.document_number = document_number,
		.day = day,
		.figures = claims ? reply_figures_to_keep(offer, choices[0]) : NULL,
		.nothing_to_report = claims && offer->reading->nothing_to_report,
	    });
	decision->answer = reply_word(offer, text_name,
	    &(struct wording){.choices = buffer_text(&list),
		.promised = day.number > 0 ? reply_day_words(offer, day) : NULL});
}
