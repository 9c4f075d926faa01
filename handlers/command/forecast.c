/*
 * Owns: asking the scheduler's decision for one wake-up after the other.
 * May use: plan/, scheduler/, store/reader.h.
 * Must not know: how it is shown.
 */
#include "command/forecast.h"

#include "base/buffer.h"
#include "scheduler/decide.h"
#include "scheduler/expand.h"

#include <string.h>

/* Each step is settled once, and looked at a few times before. */
#define LOOKS_MAX (8 * 32)
#define STEPS_MAX 64
#define TEXT_BYTES 8192

/* A stored obligation of the board, for what it is today. */
struct known {
	int64_t id;
	const char *report_code, *period, *unit_code, *unit_name;
	enum obligation_state state;
};

struct forecast {
	struct environment *environment;
	const struct forecast_question *question;
	struct compose_policy policy;
	struct reader_recipients recipients;
	struct store_contact *contacts;
	size_t contact_count;
	struct known *known; /* heap */
	size_t known_count, known_capacity;
	struct store_missing *missing;
	size_t missing_count;
	void (*item)(const struct forecast_item *item, void *arg);
	void *arg;
};

/* ── what is stored ──────────────────────────────────────────────────────────────────────────── */

static bool add_known(const struct board_row *row, void *arg)
{
	struct forecast *forecast = arg;
	struct arena *arena = forecast->environment->arena;
	ARRAY_GROW(forecast->known, forecast->known_count, forecast->known_capacity);
	forecast->known[forecast->known_count++] = (struct known){
	    .id = row->obligation_id,
	    .report_code = arena_copy(arena, row->report_code),
	    .period = arena_copy(arena, row->period),
	    .unit_code = arena_copy(arena, row->unit_code),
	    .unit_name = arena_copy(arena, row->unit_name),
	    .state = row->state,
	};
	return true;
}

static const struct known *find_known(
    const struct forecast *forecast, const struct store_new_obligation *obligation)
{
	for (size_t i = 0; i < forecast->known_count; i++)
		if (strcmp(forecast->known[i].unit_code, obligation->unit_code) == 0 &&
		    strcmp(forecast->known[i].report_code, obligation->report_code) == 0 &&
		    strcmp(forecast->known[i].period, obligation->period) == 0)
			return &forecast->known[i];
	return NULL;
}

static void collect_missing(struct forecast *forecast)
{
	forecast->missing = arena_alloc(
	    forecast->environment->arena, (forecast->known_count + 1) * sizeof *forecast->missing);
	for (size_t i = 0; i < forecast->known_count; i++)
		if (forecast->known[i].state == OBLIGATION_OPEN)
			forecast->missing[forecast->missing_count++] = (struct store_missing){
			    .plan_code = forecast->question->stored->code,
			    .report_code = forecast->known[i].report_code,
			    .period = forecast->known[i].period,
			    .unit_name = forecast->known[i].unit_name,
			};
}

static enum result load(struct forecast *forecast, struct failure *failure)
{
	struct reader *reader = forecast->environment->reader;
	struct arena *arena = forecast->environment->arena;
	enum result result = reader_recipients(reader, arena, &forecast->recipients, failure);
	if (result == RESULT_OK)
		result = reader_contacts(reader, arena, NULL, NULL, NULL, &forecast->contacts,
		    &forecast->contact_count, failure);
	if (result == RESULT_OK)
		result = reader_board(
		    reader, forecast->question->stored->code, NULL, add_known, forecast, failure);
	if (result == RESULT_OK)
		collect_missing(forecast);
	return result;
}

/* ── one obligation as the scheduler would be given it ───────────────────────────────────────── */

/* Those of the unit, then the owner's coordinators. */
static void add_contacts(const struct forecast *forecast, struct store_due_obligation *due)
{
	const char *owner = forecast->question->plan->owner;
	due->contacts = arena_alloc(forecast->environment->arena,
	    (2 * forecast->contact_count + 1) * sizeof *due->contacts);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < forecast->contact_count; i++) {
			const struct store_contact *contact = &forecast->contacts[i];
			if (contact->unit_code == NULL || contact->post == NULL)
				continue;
			bool of_unit = strcmp(contact->unit_code, due->unit_code) == 0;
			bool coordinates =
			    strcmp(contact->unit_code, owner) == 0 &&
			    strcmp(contact->post, plan_post_name(POST_COORDINATOR)) == 0;
			if (round == 0 ? of_unit : coordinates && !of_unit)
				due->contacts[due->contact_count++] = *contact;
		}
	}
}

struct done_steps {
	struct arena *arena;
	const struct store_new_obligation *obligation;
	struct store_due_obligation *due;
};

static bool add_done_step(const struct notice_row *row, void *arg)
{
	struct done_steps *done = arg;
	if (strcmp(row->report_code, done->obligation->report_code) == 0 &&
	    strcmp(row->period, done->obligation->period) == 0 &&
	    strcmp(row->unit_code, done->obligation->unit_code) == 0 &&
	    done->due->steps_done_count < STEPS_MAX)
		done->due->steps_done[done->due->steps_done_count++] =
		    arena_copy(done->arena, row->step);
	return true;
}

/* A part in an event is not on the board, so it is put together here. */
static enum result make_due(const struct forecast *forecast,
    const struct store_new_obligation *obligation, struct store_due_obligation *due,
    struct failure *failure)
{
	struct arena *arena = forecast->environment->arena;
	*due = (struct store_due_obligation){
	    .kind = obligation->kind,
	    .report_code = obligation->report_code,
	    .period = obligation->period,
	    .plan_code = forecast->question->stored->code,
	    .plan_started = forecast->question->stored->started,
	    .unit_code = obligation->unit_code,
	    .named = obligation->named,
	    .deadline = obligation->deadline,
	    .deadline_version = 1,
	    .state = OBLIGATION_OPEN,
	    .steps_done = arena_alloc(arena, STEPS_MAX * sizeof *due->steps_done),
	};
	for (size_t i = 0; i < forecast->recipients.unit_count; i++) {
		const struct store_unit *unit = &forecast->recipients.units[i];
		if (strcmp(unit->code, obligation->unit_code) == 0) {
			due->unit_name = unit->name;
			due->unit_kind = unit->kind;
		}
	}
	add_contacts(forecast, due);
	if (due->plan_started.ms == WALL_NEVER.ms)
		return RESULT_OK; /* nothing can have been done yet */
	struct done_steps done = {arena, obligation, due};
	return reader_notices(forecast->environment->reader, obligation->unit_code,
	    obligation->report_code, add_done_step, &done, failure);
}

static enum result load_due(const struct forecast *forecast,
    const struct store_new_obligation *obligation, struct store_due_obligation *due,
    struct failure *failure)
{
	const struct known *known = find_known(forecast, obligation);
	enum result result = known != NULL
				 ? reader_due_obligation(forecast->environment->reader,
				       forecast->environment->arena, known->id, due, failure)
				 : make_due(forecast, obligation, due, failure);
	due->plan_running = true;
	if (due->plan_started.ms == WALL_NEVER.ms)
		due->plan_started = forecast->environment->now;
	return result;
}

/* ── one wake-up after the other ─────────────────────────────────────────────────────────────── */

static const struct store_contact *find_contact(
    const struct store_due_obligation *due, int64_t person_id)
{
	for (size_t i = 0; i < due->contact_count && person_id != 0; i++)
		if (due->contacts[i].person_id == person_id)
			return &due->contacts[i];
	return NULL;
}

static void tell(const struct forecast *forecast, const struct store_due_obligation *due,
    const struct store_decided_step *step, struct wall now)
{
	const struct forecast_item item = {
	    .moment = step->message != NULL ? now : step->moment,
	    .nominal = step->nominal,
	    .report_code = due->report_code,
	    .period = due->period,
	    .unit_code = due->unit_code,
	    .unit_name = due->unit_name,
	    .step = step->step,
	    .reason = step->reason,
	    .contact = find_contact(due, step->person_id),
	    .message = step->message,
	};
	forecast->item(&item, forecast->arg);
}

static void follow(const struct forecast *forecast, struct store_due_obligation *due)
{
	struct arena *arena = forecast->environment->arena;
	struct wall now = forecast->environment->now;
	const char **done = arena_alloc(arena, (STEPS_MAX + due->steps_done_count) * sizeof *done);
	size_t done_count = due->steps_done_count;
	for (size_t i = 0; i < done_count; i++)
		done[i] = due->steps_done[i];
	due->steps_done = done;
	for (int look = 0; look < LOOKS_MAX; look++) {
		struct store_decided decided;
		decide_obligation(arena, &forecast->policy, forecast->question->plan, due,
		    forecast->missing, forecast->missing_count, now, &decided);
		for (size_t i = 0; i < decided.step_count; i++) {
			tell(forecast, due, &decided.steps[i], now);
			bool first =
			    i == 0 || strcmp(decided.steps[i].step, decided.steps[i - 1].step) != 0;
			if (first && due->steps_done_count < done_count + STEPS_MAX)
				done[due->steps_done_count++] = decided.steps[i].step;
		}
		if (!wall_before(now, decided.wake_at) ||
		    !wall_before(decided.wake_at, forecast->question->until))
			return;
		now = decided.wake_at;
	}
}

static enum result follow_all(struct forecast *forecast, struct failure *failure)
{
	const struct forecast_question *question = forecast->question;
	struct store_new_obligation *obligations;
	size_t count;
	expand_plan(forecast->environment->arena, question->plan, forecast->recipients.units,
	    forecast->recipients.unit_count, forecast->environment->now, true, &obligations,
	    &count);
	for (size_t i = 0; i < count; i++) {
		const struct store_new_obligation *obligation = &obligations[i];
		struct store_due_obligation due;
		if ((question->unit_code != NULL &&
			strcmp(question->unit_code, obligation->unit_code) != 0) ||
		    (question->report_code != NULL &&
			strcmp(question->report_code, obligation->report_code) != 0))
			continue;
		enum result result = load_due(forecast, obligation, &due, failure);
		if (result != RESULT_OK)
			return result;
		follow(forecast, &due);
	}
	return RESULT_OK;
}

enum result forecast_ask(struct environment *environment, const struct forecast_question *question,
    void (*item)(const struct forecast_item *item, void *arg), void *arg, struct failure *failure)
{
	const struct config *config = &environment->config;
	struct forecast forecast = {
	    .environment = environment,
	    .question = question,
	    .policy =
		{
		    .fold = strcmp(config->encoding, "plain") == 0,
		    .parts_max = config->parts_max,
		    .price_per_part = config->price_per_part,
		    .validity_minutes = (int)(config->validity_ms / MINUTE_MS),
		},
	    .item = item,
	    .arg = arg,
	};
	enum result result = load(&forecast, failure);
	if (result == RESULT_OK)
		result = follow_all(&forecast, failure);
	memory_free(forecast.known);
	return result;
}

const char *forecast_text(struct arena *arena, const struct store_new_message *message)
{
	OWNED_BUFFER text = BUFFER(TEXT_BYTES);
	for (int i = 0; i < message->part_count; i++)
		buffer_add_text(&text, message->parts[i]);
	return arena_copy(arena, buffer_text(&text));
}
