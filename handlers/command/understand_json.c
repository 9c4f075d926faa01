/*
 * Owns: a reading as JSON, for `nhacviec understand`.
 * May use: base/, text/, understand/, jansson by command/operation.h.
 * Must not know: where texts come from.
 */
#include "command/understand.h"

#include "base/civil.h"
#include "text/letters.h"

#include <string.h>

/* null for NULL; bytes that are no UTF-8 become U+FFFD. */
static json_t *text_json(const char *text)
{
	if (text == NULL)
		return json_null();
	json_t *value = json_string(text);
	if (value != NULL)
		return value;
	OWNED_TEXT clean = letters_normalise(text, strlen(text));
	return json_string(clean);
}

static const struct understand_obligation *find(
    const struct understand_context *context, int64_t id)
{
	for (size_t i = 0; i < context->obligation_count; i++)
		if (context->obligations[i].id == id)
			return &context->obligations[i];
	return NULL;
}

/* ── which report ────────────────────────────────────────────────────────────────────────────── */

/* The answer "both" to a numbered question means several; anything else with several means none. */
static bool picks_several(const struct understand_context *context, const struct reading *reading)
{
	return context->question.count > 0 && reading->intent == context->question.intent &&
	       reading->obligation_count > 1 && reading->confidence >= CONFIDENCE_SURE;
}

/* The obligation whose report is meant; NULL and *ambiguous when several are possible, NULL without
 * when none. */
static const struct understand_obligation *meant(
    const struct understand_context *context, const struct reading *reading, bool *ambiguous)
{
	const struct understand_obligation *first = NULL;
	*ambiguous = false;
	for (size_t i = 0; i < reading->obligation_count; i++) {
		const struct understand_obligation *one = find(context, reading->obligations[i]);
		if (one == NULL)
			continue;
		if (first == NULL)
			first = one;
		*ambiguous |= strcmp(first->report_code, one->report_code) != 0;
	}
	return *ambiguous ? NULL : first;
}

/* The obligation of a report that is only spoken of: "mẫu 6T ở đâu". */
static const struct understand_obligation *of_report(
    const struct understand_context *context, const char *code)
{
	for (size_t i = 0; code != NULL && i < context->obligation_count; i++)
		if (strcmp(context->obligations[i].report_code, code) == 0)
			return &context->obligations[i];
	return NULL;
}

static const char *report_of(
    const struct reading *reading, const struct understand_obligation *obligation, bool ambiguous)
{
	if (reading->names_other)
		return NULL;
	if (ambiguous)
		return "ambiguous";
	return obligation != NULL ? obligation->report_code : reading->report_code;
}

/* ── a reading ───────────────────────────────────────────────────────────────────────────────── */

static bool is_moment(struct wall moment)
{
	return moment.ms != 0 && moment.ms != WALL_NEVER.ms;
}

static json_t *date_json(const struct understand_context *context, const struct reading *reading)
{
	struct wall moment = WALL_NEVER;
	if (reading->intent == INTENT_CONFIRM)
		moment = reading->sent_on;
	else if (reading->intent == INTENT_NOT_YET || reading->intent == INTENT_EXTENSION_REQUEST)
		moment = reading->promised;
	if (!is_moment(moment))
		return json_null();
	return json_string(civil_iso_day(civil_day_of_wall(moment, context->zone_minutes)).text);
}

static json_t *fields_json(const struct reading *reading)
{
	json_t *fields = json_object();
	for (size_t i = 0; i < reading->figure_count; i++)
		json_object_set_new(
		    fields, reading->figures[i].field, json_integer(reading->figures[i].value));
	if (reading->nothing_to_report)
		json_object_set_new(fields, "nil", json_true());
	return fields;
}

static json_t *alternative_json(
    const struct understand_context *context, const struct reading *reading, bool also)
{
	bool ambiguous;
	const struct understand_obligation *obligation = meant(context, reading, &ambiguous);
	json_t *item = json_object();
	json_object_set_new(item, "intent", json_string(intent_name(reading->intent)));
	json_object_set_new(item, "report", text_json(report_of(reading, obligation, ambiguous)));
	json_object_set_new(item, "confidence", json_integer(reading->confidence));
	if (also)
		json_object_set_new(item, "also", json_true());
	return item;
}

/* All that "both" means: the report of the reading itself is ambiguous then. */
static void add_picked(
    json_t *list, const struct understand_context *context, const struct reading *reading)
{
	for (size_t i = 0; picks_several(context, reading) && i < reading->obligation_count; i++) {
		struct reading one = *reading;
		one.obligations = &reading->obligations[i];
		one.obligation_count = 1;
		one.report_code = NULL;
		json_array_append_new(list, alternative_json(context, &one, true));
	}
}

json_t *understand_json(const struct understand_context *context, const struct readings *readings)
{
	const struct reading *first = &readings->items[0];
	bool ambiguous;
	const struct understand_obligation *obligation = meant(context, first, &ambiguous);
	const char *report = report_of(first, obligation, ambiguous);
	obligation = obligation != NULL ? obligation : of_report(context, report);
	json_t *alternatives = json_array();
	add_picked(alternatives, context, first);
	for (size_t i = 1; i < readings->count; i++)
		json_array_append_new(alternatives,
		    alternative_json(context, &readings->items[i], i < readings->said));
	json_t *object = json_object();
	json_object_set_new(object, "intent", json_string(intent_name(first->intent)));
	json_object_set_new(object, "report", text_json(report));
	json_object_set_new(object, "period",
	    text_json(report != NULL && obligation != NULL ? obligation->period : NULL));
	json_object_set_new(object, "document", text_json(first->document_number));
	json_object_set_new(object, "date", date_json(context, first));
	json_object_set_new(object, "unit", text_json(first->unit_name));
	json_object_set_new(object, "fields", fields_json(first));
	json_object_set_new(object, "confidence", json_integer(first->confidence));
	json_object_set_new(object, "alternatives", alternatives);
	json_object_set_new(
	    object, "evidence", text_json(first->evidence != NULL ? first->evidence : ""));
	return object;
}
