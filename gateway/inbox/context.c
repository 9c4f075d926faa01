/*
 * Owns: the context in which a text is read: from the store's rows to understand/'s terms.
 * May use: base/, text/, plan/, understand/, store/operations.h, document/plan_cache.h,
 * ledger/registering.h.
 * Must not know: how intents are answered, SQL.
 */
#include "inbox/internal.h"

#include "ledger/registering.h"
#include "text/letters.h"

#include <string.h>

static void add_words(struct buffer *words, const char *phrase)
{
	OWNED_TEXT key = letters_key(phrase);
	if (words->len > 0)
		buffer_add_char(words, '|');
	buffer_add_text(words, key);
}

const char *inbox_words_of_report(struct arena *arena, const struct plan_report *report)
{
	OWNED_BUFFER words = BUFFER(4096);
	add_words(&words, report->name);
	for (size_t i = 0; i < report->word_count; i++)
		add_words(&words, report->words[i]);
	return arena_copy(arena, buffer_text(&words));
}

const struct understand_field *inbox_fields_of_report(
    struct arena *arena, const struct plan_report *report)
{
	struct understand_field *fields =
	    arena_alloc(arena, (report->field_count + 1) * sizeof *fields);
	for (size_t i = 0; i < report->field_count; i++) {
		const struct plan_field *field = &report->fields[i];
		OWNED_BUFFER words = BUFFER(4096);
		add_words(&words, field->code);
		add_words(&words, field->name);
		for (size_t k = 0; k < field->word_count; k++)
			add_words(&words, field->words[k]);
		fields[i] = (struct understand_field){
		    .code = field->code, .words = arena_copy(arena, buffer_text(&words))};
	}
	return fields;
}

static const char *name_as_words(struct arena *arena, const char *name)
{
	OWNED_TEXT key = letters_key(name);
	return arena_copy(arena, key);
}

static bool decides(const struct plan *plan, const struct store_contact *contact)
{
	return strcmp(contact->unit_code, plan->owner) == 0 &&
	       strcmp(contact->post, plan_post_name(plan->approver)) == 0;
}

/* Requests and registrations that wait for this very sender. */
static int count_requests(struct inbox *inbox, const struct store_inbound_context_output *context,
    const struct plan *const *plans)
{
	int count = 0;
	for (size_t i = 0; i < context->request_count; i++) {
		const struct store_known_obligation *known = &context->requests[i].obligation;
		const struct plan *plan =
		    plan_cache_get(inbox->wiring.plans, known->plan_version_id, known->plan_body);
		bool mine = false;
		for (size_t p = 0; p < context->person_count && plan != NULL; p++)
			mine |= decides(plan, &context->people[p]);
		count += mine;
	}
	for (size_t i = 0; i < context->registration_count; i++) {
		const struct store_known_registration *waiting = &context->registrations[i];
		bool mine = false;
		for (size_t p = 0; p < context->person_count; p++)
			mine |= ledger_decides_registration(plans, context->plan_count,
			    &context->people[p], waiting->unit_code, waiting->owner_code);
		count += mine;
	}
	return count;
}

/* The latest of what the sender can take back besides a claim. */
static void add_recorded(
    const struct store_known_obligation *known, struct understand_obligation *out)
{
	const struct {
		bool there;
		struct wall at;
	} marks[] = {
	    {known->promised_day.number > 0 && known->promised_by_sender, known->promised_at},
	    {known->request_id != 0 && known->requested_by_sender, known->requested_at},
	    {known->attendance != ATTENDANCE_NONE && known->attendance_by_sender,
		known->attendance_at},
	};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (!marks[i].there || known->state != OBLIGATION_OPEN)
			continue;
		if (!out->recorded || wall_before(out->recorded_at, marks[i].at))
			out->recorded_at = marks[i].at;
		out->recorded = true;
	}
}

static struct understand_obligation translate(
    struct inbox *inbox, struct arena *arena, const struct store_known_obligation *known)
{
	const struct plan *plan =
	    plan_cache_get(inbox->wiring.plans, known->plan_version_id, known->plan_body);
	const struct plan_report *report =
	    plan != NULL ? plan_find_report(plan, known->report_code) : NULL;
	struct understand_obligation out = {
	    .id = known->id,
	    .report_code = known->report_code,
	    .report_words = report != NULL ? inbox_words_of_report(arena, report) : "",
	    .period = known->period,
	    .unit_code = known->unit_code,
	    .unit_name = known->unit_name,
	    .deadline = known->deadline,
	    .received = known->state == OBLIGATION_RECEIVED,
	    .claimed = known->state != OBLIGATION_OPEN,
	    .claimed_at = wall_earlier(known->claimed_at,
		known->state == OBLIGATION_RECEIVED ? known->received_at : WALL_NEVER),
	    .reminded = known->reminded,
	    .fields = report != NULL ? inbox_fields_of_report(arena, report) : NULL,
	    .field_count = report != NULL ? report->field_count : 0,
	};
	add_recorded(known, &out);
	return out;
}

/* The sender's part in an event that is not over and asks for an answer. False: it is not such. */
static bool translate_event(struct inbox *inbox, struct arena *arena,
    const struct store_known_obligation *known, struct wall now, struct understand_obligation *out)
{
	const struct plan *plan =
	    plan_cache_get(inbox->wiring.plans, known->plan_version_id, known->plan_body);
	const struct plan_event *event =
	    plan != NULL ? plan_find_event(plan, known->report_code) : NULL;
	if (strcmp(known->kind, "event") != 0 || event == NULL || !event->attendance ||
	    calendar_day(&plan->calendar, now).number > event->end.number)
		return false;
	*out = (struct understand_obligation){
	    .id = known->id,
	    .report_code = known->report_code,
	    .report_words = name_as_words(arena, event->name),
	    .unit_code = known->unit_code,
	    .unit_name = known->unit_name,
	    .deadline = WALL_NEVER,
	    .claimed_at = WALL_NEVER,
	    .reminded = known->reminded,
	};
	add_recorded(known, out);
	return true;
}

static bool owes(const struct understand_context *context, const char *code)
{
	for (size_t i = 0; i < context->obligation_count; i++)
		if (strcmp(context->obligations[i].report_code, code) == 0)
			return true;
	return false;
}

/* Reports and events of the plans that the sender does not owe: naming one of them is no claim. */
static void add_others(struct arena *arena, const struct plan *plan,
    struct understand_context *context, struct understand_obligation *others)
{
	for (size_t i = 0; i < plan->report_count; i++)
		if (!owes(context, plan->reports[i].code))
			others[context->other_report_count++] =
			    (struct understand_obligation){.report_code = plan->reports[i].code,
				.report_words = inbox_words_of_report(arena, &plan->reports[i]),
				.unit_code = "",
				.unit_name = ""};
	for (size_t i = 0; i < plan->event_count; i++)
		others[context->other_report_count++] =
		    (struct understand_obligation){.report_code = plan->events[i].code,
			.report_words = name_as_words(arena, plan->events[i].name),
			.unit_code = "",
			.unit_name = ""};
}

static void collect_obligations(struct inbox *inbox, struct arena *arena,
    const struct store_inbound_context_output *context, struct understand_context *out)
{
	struct understand_obligation *obligations =
	    arena_alloc(arena, (context->obligation_count + 1) * sizeof *obligations);
	out->obligations = obligations;
	for (size_t i = 0; i < context->obligation_count; i++)
		if (strcmp(context->obligations[i].kind, "report") == 0)
			obligations[out->obligation_count++] =
			    translate(inbox, arena, &context->obligations[i]);
	struct understand_obligation *events =
	    arena_alloc(arena, (context->obligation_count + 1) * sizeof *events);
	out->events = events;
	for (size_t i = 0; i < context->obligation_count; i++)
		out->event_count += translate_event(
		    inbox, arena, &context->obligations[i], out->now, &events[out->event_count]);
}

const struct plan **inbox_plans(
    struct inbox *inbox, struct arena *arena, const struct store_inbound_context_output *context)
{
	const struct plan **plans = arena_alloc(arena, (context->plan_count + 1) * sizeof *plans);
	for (size_t i = 0; i < context->plan_count; i++)
		plans[i] = plan_cache_get(
		    inbox->wiring.plans, context->plan_version_ids[i], context->plan_bodies[i]);
	return plans;
}

static const struct plan **collect_plans(struct inbox *inbox, struct arena *arena,
    const struct store_inbound_context_output *context, struct understand_context *out)
{
	const struct plan **plans = inbox_plans(inbox, arena, context);
	size_t others = 0;
	for (size_t i = 0; i < context->plan_count; i++) {
		if (plans[i] != NULL)
			others += plans[i]->report_count + plans[i]->event_count;
	}
	struct understand_obligation *list = arena_alloc(arena, (others + 1) * sizeof *list);
	out->other_reports = list;
	for (size_t i = 0; i < context->plan_count; i++)
		if (plans[i] != NULL)
			add_others(arena, plans[i], out, list);
	return plans;
}

static void collect_units(struct arena *arena, const struct store_inbound_context_output *context,
    struct understand_context *out)
{
	struct understand_unit *units =
	    arena_alloc(arena, (context->unit_count + 1) * sizeof *units);
	for (size_t i = 0; i < context->unit_count; i++)
		units[i] = (struct understand_unit){
		    .code = context->units[i].code, .name = context->units[i].name};
	out->units = units;
	out->unit_count = context->unit_count;
}

static struct understand_question translate_question(
    const struct store_inbound_context_output *context, int zone_minutes)
{
	int count = context->question.id != 0 ? context->question.count : 0;
	bool has_day =
	    context->question.day.number > 0 && context->question.intent != INTENT_CONFIRM;
	return (struct understand_question){
	    .count = count,
	    .choices = context->question.choices,
	    .yes_or_no = count > 1 && context->question.choices[count - 1] == 0,
	    .intent = (enum intent)context->question.intent,
	    .document_number = context->question.document_number,
	    .promised = has_day ? civil_moment(context->question.day, 0, zone_minutes) : WALL_NEVER,
	};
}

struct readings inbox_understand(struct inbox *inbox, struct arena *arena,
    const struct store_inbound_context_output *context, struct wall now, const struct plan ***plans)
{
	struct understand_context in = {
	    .vocabulary = inbox->vocabulary,
	    .now = now,
	    .zone_minutes = inbox->policy.zone_minutes,
	    .sender_is_robot = !sender_kind_is_person(context->sender_kind),
	    .sender_is_known = context->person_count > 0,
	    .question = translate_question(context, inbox->policy.zone_minutes),
	};
	collect_obligations(inbox, arena, context, &in);
	collect_units(arena, context, &in);
	*plans = collect_plans(inbox, arena, context, &in);
	in.request_count = count_requests(inbox, context, *plans);
	return understand(arena, context->text, &in);
}
