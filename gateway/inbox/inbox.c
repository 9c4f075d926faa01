/*
 * Owns: storing parts, and settling texts one after another.
 * May use: base/, loop/, store/, text/, inbox/.
 * Must not know: wire formats, how intents are answered.
 */
#include "inbox/internal.h"

#include "base/log.h"
#include "text/phone.h"
#include "text/writing.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define AFTER_FAILURE_MS (30 * SECOND_MS)
#define ANSWER_USE_MS DAY_MS
/* So often a text is read again because somebody changed what it is about; after so many failures
 * that are its own it is left to a person, so that it does not hold up those behind it. */
#define CONFLICTS_MAX 5
#define FAILURES_MAX 3

static bool is_chat(const char *address_kind)
{
	return address_kind != NULL && strcmp(address_kind, ADDRESS_KIND_PHONE) != 0;
}

/* ── storing ─────────────────────────────────────────────────────────────────────────────────── */

struct storing {
	struct storing *next; /* of those that could not be stored */
	struct inbox *inbox;
	struct arena *arena;
	const char *slot;
	bool failed; /* once at least */
	void (*stored)(const char *slot, void *arg);
	void *stored_arg;
	struct store_add_inbound_input input;
	struct store_add_inbound_output output;
};

static bool is_same_part(const struct storing *one, const struct storing *other)
{
	const struct store_add_inbound_input *a = &one->input, *b = &other->input;
	if (a->external_id != NULL || b->external_id != NULL)
		return a->external_id != NULL && b->external_id != NULL &&
		       strcmp(a->external_id, b->external_id) == 0 &&
		       strcmp(a->channel, b->channel) == 0 && strcmp(a->sender, b->sender) == 0;
	return a->network_time.ms == b->network_time.ms && a->part == b->part &&
	       a->concat_reference == b->concat_reference && strcmp(a->channel, b->channel) == 0 &&
	       strcmp(a->sender, b->sender) == 0 && strcmp(a->text, b->text) == 0;
}

/* The modem says once only what it holds, so a part that could not be stored is kept and tried
 * again. One that a new modem process has said anew takes the place of the old. */
static void keep_unstored(struct inbox *inbox, struct storing *storing)
{
	struct storing **at = &inbox->unstored;
	while (*at != NULL) {
		struct storing *old = *at;
		if (!is_same_part(old, storing)) {
			at = &old->next;
			continue;
		}
		*at = old->next;
		arena_free(old->arena);
	}
	*at = storing;
	storing->next = NULL;
	loop_timer_after(inbox->store_again, AFTER_FAILURE_MS);
}

static void add_done(enum result result, const struct failure *failure, void *arg)
{
	struct storing *storing = arg;
	struct inbox *inbox = storing->inbox;
	if (result != RESULT_OK) {
		if (!storing->failed)
			log_event(LOG_ERROR, "inbox.not-stored", "from=%s why=%s",
			    log_number(storing->input.sender).text, log_quote(failure->text).text);
		storing->failed = true;
		if (result == RESULT_IO || result == RESULT_TEMPORARY) {
			keep_unstored(inbox, storing);
			return;
		}
	} else {
		log_event(LOG_INFO, "inbox.stored", "inbound=%" PRId64 " from=%s part=%d/%d new=%d",
		    storing->output.inbound_id, log_number(storing->input.sender).text,
		    storing->input.part, storing->input.parts, storing->output.is_new);
		storing->stored(storing->slot, storing->stored_arg);
		if (storing->output.inbound_id != 0)
			inbox_poke(inbox);
	}
	arena_free(storing->arena);
}

static void store_part(struct storing *storing)
{
	store_submit(storing->inbox->wiring.store,
	    &(struct store_request){STORE_ADD_INBOUND, &storing->input, &storing->output,
		storing->arena, add_done, storing});
}

static void store_again(void *arg)
{
	struct inbox *inbox = arg;
	struct storing *next = inbox->unstored;
	inbox->unstored = NULL;
	while (next != NULL) {
		struct storing *storing = next;
		next = storing->next;
		store_part(storing);
	}
}

void inbox_channel_inbound(struct inbox *inbox, const char *channel, const char *sim,
    const struct channel_inbound *inbound, void (*stored)(const char *slot, void *arg), void *arg)
{
	static const char *const kinds[] = {
	    [SENDER_PHONE] = "phone", [SENDER_SHORT_CODE] = "short-code", [SENDER_NAME] = "name"};
	bool by_chat = is_chat(inbound->address_kind);
	struct arena *arena = arena_new();
	struct storing *storing = arena_alloc(arena, sizeof *storing);
	struct phone phone;
	enum sender_kind kind =
	    phone_sender_kind(inbound->sender, inbound->sender_is_alphanumeric, &phone);
	*storing = (struct storing){
	    .inbox = inbox,
	    .arena = arena,
	    .slot = arena_copy(arena, inbound->slot),
	    .stored = stored,
	    .stored_arg = arg,
	    .input =
		{
		    .now = loop_now(inbox->wiring.loop),
		    .channel = arena_copy(arena, channel),
		    .sim = arena_copy(arena, sim),
		    .sender = arena_copy(
			arena, !by_chat && kind == SENDER_PHONE ? phone.e164 : inbound->sender),
		    .sender_kind = by_chat ? "chat" : kinds[kind],
		    .address_kind =
			arena_copy(arena, by_chat ? inbound->address_kind : ADDRESS_KIND_PHONE),
		    .external_id = arena_copy(arena, inbound->external_id),
		    .network_time = inbound->network_time,
		    .concat_reference = inbound->concat_reference,
		    .parts = inbound->parts,
		    .part = inbound->part,
		    .encoding = inbound->encoding,
		    .text = arena_copy(arena, inbound->text),
		},
	};
	store_part(storing);
}

/* ── settling ────────────────────────────────────────────────────────────────────────────────── */

static void start_settling(struct inbox *inbox);

static void end_settling(struct settling *settling, bool again)
{
	struct inbox *inbox = settling->inbox;
	arena_free(settling->arena);
	inbox->working = false;
	if (again || inbox->poked)
		start_settling(inbox);
}

static void try_later(struct settling *settling, const char *what, const struct failure *failure)
{
	log_event(LOG_ERROR, "inbox.failed", "what=%s inbound=%" PRId64 " why=%s", what,
	    settling->context.inbound_id, log_quote(failure->text).text);
	loop_timer_after(settling->inbox->retry, AFTER_FAILURE_MS);
	settling->inbox->poked = false;
	end_settling(settling, false);
}

static void settle_failed(
    struct settling *settling, enum result result, const struct failure *failure)
{
	struct inbox *inbox = settling->inbox;
	if (inbox->trouble != settling->settle.inbound_id)
		inbox->conflicts = inbox->failures = 0;
	inbox->trouble = settling->settle.inbound_id;
	/* Somebody changed the obligation between reading and writing: read again. */
	if (result == RESULT_CONFLICT && inbox->conflicts++ < CONFLICTS_MAX) {
		end_settling(settling, true);
		return;
	}
	inbox->conflicts = 0;
	if (result != RESULT_IO && result != RESULT_TEMPORARY)
		inbox->failures++;
	try_later(settling, "settle", failure);
}

static void settle_done(enum result result, const struct failure *failure, void *arg)
{
	struct settling *settling = arg;
	struct inbox *inbox = settling->inbox;
	if (result != RESULT_OK) {
		settle_failed(settling, result, failure);
		return;
	}
	inbox->trouble = 0;
	log_event(LOG_INFO, "inbox.settled",
	    "inbound=%" PRId64 " from=%s intent=%s confidence=%d as=%s changes=%zu answered=%d",
	    settling->settle.inbound_id, log_number(settling->context.sender).text,
	    settling->settle.intent, settling->settle.confidence, settling->settle.settled_as,
	    settling->settle.change_count, settling->settle.answer != NULL);
	inbox->wiring.settled(inbox->wiring.settled_arg);
	end_settling(settling, true);
}

/* An answer is owed: one that is too long goes in plain letters, in as many parts as it needs. */
static bool write_answer(struct settling *settling, const char *text, enum writing_marks marks,
    struct segments *segments)
{
	const struct inbox_policy *policy = &settling->inbox->policy;
	struct failure failure;
	if (writing_cut(settling->arena, text, policy->fold ? marks : WRITING_FULL,
		policy->parts_max, segments, &failure) == RESULT_OK ||
	    writing_cut(settling->arena, text, WRITING_PLAIN, SEGMENT_PARTS_MAX, segments,
		&failure) == RESULT_OK)
		return true;
	log_event(LOG_ERROR, "inbox.answer-too-long", "inbound=%" PRId64 " why=%s",
	    settling->context.inbound_id, log_quote(failure.text).text);
	return false;
}

/* By chat it goes whole and as it is written. */
static void keep_whole(struct settling *settling, const char *text, struct segments *segments)
{
	char **parts = arena_alloc(settling->arena, sizeof *parts);
	parts[0] = arena_copy(settling->arena, text);
	*segments = (struct segments){.encoding = SEGMENT_UCS2, .parts = parts, .count = 1};
}

/* The answer goes out on the channel and SIM the text came in on, in the sender's way of writing.
 */
static const struct store_new_message *make_answer(struct settling *settling, struct wall now)
{
	const struct inbox_policy *policy = &settling->inbox->policy;
	const struct store_inbound_context_output *context = &settling->context;
	const char *text = settling->decision.answer;
	enum writing_marks marks = settling->with_marks ? WRITING_IF_FREE : WRITING_PLAIN;
	struct segments segments;
	if (text == NULL)
		return NULL;
	if (is_chat(context->address_kind))
		keep_whole(settling, text, &segments);
	else if (!write_answer(settling, text, marks, &segments))
		return NULL;
	settling->answer = (struct store_new_message){
	    .key = arena_printf(settling->arena, "answer:%" PRId64, context->inbound_id),
	    .purpose = PURPOSE_ANSWER,
	    .person_id = context->person_count > 0 ? context->people[0].person_id : 0,
	    .address_kind = context->address_kind,
	    .address = context->sender,
	    .channel = context->channel,
	    .encoding = segments.encoding,
	    .parts = (const char *const *)segments.parts,
	    .part_count = segments.count,
	    .cost = is_chat(context->address_kind) ? 0 : segments.count * policy->price_per_part,
	    .not_before = now,
	    .not_after = wall_add(now, ANSWER_USE_MS),
	    .validity_minutes = (int)(ANSWER_USE_MS / MINUTE_MS),
	    .inbound_id = context->inbound_id,
	};
	return &settling->answer;
}

/* What others are told; a text that fits nowhere is left out and logged. */
static void make_messages(struct settling *settling)
{
	const struct inbox_policy *policy = &settling->inbox->policy;
	const struct reply_decision *decision = &settling->decision;
	struct store_new_message *messages =
	    arena_alloc(settling->arena, (decision->message_count + 1) * sizeof *messages);
	size_t count = 0;
	for (size_t i = 0; i < decision->message_count; i++) {
		const struct reply_message *from = &decision->messages[i];
		struct segments segments;
		bool chat = is_chat(from->address_kind);
		if (chat)
			keep_whole(settling, from->text, &segments);
		else if (!write_answer(settling, from->text, WRITING_PLAIN, &segments))
			continue;
		messages[count++] = (struct store_new_message){
		    .key = from->key,
		    .purpose = from->purpose,
		    .person_id = from->person_id,
		    .address_kind = from->address_kind,
		    .address = from->address,
		    .channel = from->channel,
		    .encoding = segments.encoding,
		    .parts = (const char *const *)segments.parts,
		    .part_count = segments.count,
		    .cost = chat ? 0 : segments.count * policy->price_per_part,
		    .not_before = settling->context_input.now,
		    .not_after = from->not_after,
		    .validity_minutes = (int)(ANSWER_USE_MS / MINUTE_MS),
		};
	}
	settling->settle.messages = messages;
	settling->settle.message_count = count;
}

/* The text failed again and again: nothing is made of it but a task. */
static void set_aside(struct settling *settling)
{
	const struct store_inbound_context_output *context = &settling->context;
	struct store_new_task *task = arena_alloc(settling->arena, sizeof *task);
	*task = (struct store_new_task){
	    .key = arena_printf(settling->arena, "inbound:%" PRId64, context->inbound_id),
	    .kind = "unknown",
	    .text = arena_printf(settling->arena, "%s: %s", context->sender, context->text),
	    .inbound_id = context->inbound_id,
	    .until = wall_add(settling->context_input.now, DAY_MS),
	};
	settling->settle = (struct store_settle_inbound_input){
	    .now = settling->context_input.now,
	    .inbound_id = context->inbound_id,
	    .intent = intent_name(INTENT_UNKNOWN),
	    .evidence = "could not be settled",
	    .settled_as = "task",
	    .task = task,
	};
}

void inbox_settle_as(struct settling *settling, const struct readings *readings,
    const struct plan *const *plans, bool by_office)
{
	struct inbox *inbox = settling->inbox;
	struct wall now = settling->context_input.now;
	const struct store_inbound_context_output *context = &settling->context;
	const struct reply_offer offer = {
	    .arena = settling->arena,
	    .now = now,
	    .zone_minutes = inbox->policy.zone_minutes,
	    .context = context,
	    .by_office = by_office,
	    .readings = readings,
	    .facts = context->facts,
	    .link = context->link,
	    .plans = plans,
	    .plan_count = context->plan_count,
	    .language =
		context->person_count > 0 ? context->people[0].language : inbox->policy.language,
	    .office = context->plan_count > 0 && plans[0] != NULL ? plans[0]->office
								  : inbox->policy.office,
	    .hourly_answers = inbox->policy.hourly_answers,
	    .answer_strangers = inbox->policy.answer_strangers,
	    .text = inbox->wiring.text,
	    .text_arg = inbox->wiring.text_arg,
	};
	struct reply_decision *decision = &settling->decision;
	inbox->wiring.replies->decide(&offer, decision);
	settling->with_marks = readings->with_marks;
	if (decision->question != NULL) {
		decision->question->address = context->sender;
		decision->question->channel = context->channel;
	}
	settling->settle = (struct store_settle_inbound_input){
	    .now = now,
	    .inbound_id = context->inbound_id,
	    .intent = intent_name(readings->items[0].intent),
	    .confidence = readings->items[0].confidence,
	    .evidence = readings->items[0].evidence,
	    .settled_as = decision->settled_as,
	    .changes = decision->changes,
	    .change_count = decision->change_count,
	    .answer = make_answer(settling, now),
	    .question = decision->question,
	    .close_question = decision->close_question,
	    .task = decision->task,
	    .opt = decision->opt,
	    .opt_address = context->sender,
	    .misdirected = decision->misdirected,
	    .registration = decision->registration,
	    .decided = decision->decided,
	    .decided_count = decision->decided_count,
	    .link = decision->link,
	};
	make_messages(settling);
}

static bool is_given_up(const struct inbox *inbox, int64_t inbound_id)
{
	return inbox->trouble == inbound_id && inbox->failures >= FAILURES_MAX;
}

static void read_text(const struct store_inbound_context_output *context, struct arena *arena,
    struct store_claim_asks *asks, void *arg)
{
	struct settling *settling = arg;
	struct inbox *inbox = settling->inbox;
	struct wall now = settling->context_input.now;
	if (is_given_up(inbox, context->inbound_id))
		return;
	settling->readings = inbox_understand(inbox, arena, context, now, &settling->plans);
	if (context->person_count > 0)
		inbox_ask_facts(arena, &settling->readings, now, inbox->policy.zone_minutes, asks);
	asks->link_code = inbox_link_code(&settling->readings);
}

static void decide(struct settling *settling)
{
	inbox_settle_as(settling, &settling->readings, settling->plans, false);
}

static void context_done(enum result result, const struct failure *failure, void *arg)
{
	struct settling *settling = arg;
	struct inbox *inbox = settling->inbox;
	if (result != RESULT_OK) {
		try_later(settling, "context", failure);
		return;
	}
	if (settling->context.inbound_id == 0) {
		end_settling(settling, false);
		return;
	}
	if (is_given_up(inbox, settling->context.inbound_id))
		set_aside(settling);
	else
		decide(settling);
	store_submit(
	    inbox->wiring.store, &(struct store_request){STORE_SETTLE_INBOUND, &settling->settle,
				     NULL, settling->arena, settle_done, settling});
}

static void start_settling(struct inbox *inbox)
{
	struct arena *arena = arena_new();
	struct settling *settling = arena_alloc(arena, sizeof *settling);
	inbox->working = true;
	inbox->poked = false;
	*settling = (struct settling){.inbox = inbox,
	    .arena = arena,
	    .context_input = {
		.now = loop_now(inbox->wiring.loop), .read = read_text, .read_arg = settling}};
	store_submit(inbox->wiring.store,
	    &(struct store_request){STORE_INBOUND_CONTEXT, &settling->context_input,
		&settling->context, arena, context_done, settling});
}

void inbox_poke(struct inbox *inbox)
{
	if (inbox->working)
		inbox->poked = true;
	else
		start_settling(inbox);
}

/* ── making it ───────────────────────────────────────────────────────────────────────────────── */

static void retry(void *arg)
{
	inbox_poke(arg);
}

struct inbox *inbox_new(const struct inbox_wiring *wiring, const struct inbox_policy *policy)
{
	struct inbox *inbox = memory_new(sizeof *inbox);
	*inbox = (struct inbox){
	    .wiring = *wiring, .policy = *policy, .vocabulary = understand_vocabulary_new()};
	inbox->retry = loop_timer_new(wiring->loop, retry, inbox);
	inbox->store_again = loop_timer_new(wiring->loop, store_again, inbox);
	return inbox;
}

void inbox_free(struct inbox *inbox)
{
	if (inbox == NULL)
		return;
	while (inbox->unstored != NULL) {
		struct storing *storing = inbox->unstored;
		inbox->unstored = storing->next;
		arena_free(storing->arena);
	}
	loop_timer_free(inbox->store_again);
	loop_timer_free(inbox->retry);
	understand_vocabulary_free(inbox->vocabulary);
	free(inbox);
}

void inbox_set_policy(struct inbox *inbox, const struct inbox_policy *policy)
{
	inbox->policy = *policy;
}
