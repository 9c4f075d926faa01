/*
 * Owns: recording what channels say of parts: outcomes and receipts.
 * May use: base/, loop/, store/, outbox/.
 * Must not know: wire formats, obligations.
 */
#include "outbox/internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const enum store_outcome outcome_of_channel[] = {
    [CHANNEL_SENT] = OUTCOME_SENT,
    [CHANNEL_NOT_SENT] = OUTCOME_NOT_SENT,
    [CHANNEL_REFUSED] = OUTCOME_REFUSED,
    [CHANNEL_REFUSED_FOREVER] = OUTCOME_REFUSED_FOREVER,
    [CHANNEL_UNKNOWN] = OUTCOME_UNKNOWN,
};

static const char *const outcome_words[] = {
    [CHANNEL_SENT] = "sent",
    [CHANNEL_NOT_SENT] = "not-sent",
    [CHANNEL_REFUSED] = "refused",
    [CHANNEL_REFUSED_FOREVER] = "refused-forever",
    [CHANNEL_UNKNOWN] = "unknown",
};

/* ── outcomes ────────────────────────────────────────────────────────────────────────────────── */

struct outcome_record {
	struct outbox *outbox;
	struct arena *arena;
	struct lane *waits; /* the lane whose next part waits for this commit, or NULL */
	struct store_record_outcome_input input;
	struct store_record_outcome_output output;
};

static void task_done(enum result result, const struct failure *failure, void *arg)
{
	if (result != RESULT_OK)
		log_event(LOG_ERROR, "outbox.task-failed", "why=%s", log_quote(failure->text).text);
	arena_free(arg);
}

/* A message that failed for good is something a human must know. */
static void open_task(struct outbox *outbox, const struct outcome_record *record)
{
	struct arena *arena = arena_new();
	struct store_open_task_input *input = arena_alloc(arena, sizeof *input);
	*input = (struct store_open_task_input){
	    .now = loop_now(outbox->loop),
	    .task =
		{
		    .key =
			arena_printf(arena, "message-failed:%" PRId64, record->output.message_id),
		    .kind = "message-failed",
		    .text = arena_printf(arena, "%s (code %d): %s", record->input.channel,
			record->input.code, record->input.detail),
		    .message_id = record->output.message_id,
		    .until = wall_add(loop_now(outbox->loop), DAY_MS),
		},
	};
	store_submit(outbox->store,
	    &(struct store_request){STORE_OPEN_TASK, input, NULL, arena, task_done, arena});
}

static void outcome_done(enum result result, const struct failure *failure, void *arg)
{
	struct outcome_record *record = arg;
	struct outbox *outbox = record->outbox;
	if (result != RESULT_OK)
		/* The part stays `sending`; its lease ends it as unknown: never repeated blindly.
		 */
		log_event(LOG_ERROR, "outbox.outcome-not-recorded", "attempt=%" PRId64 " why=%s",
		    record->input.attempt_id, log_quote(failure->text).text);
	else if (!record->output.stale && record->output.state == MESSAGE_FAILED &&
		 !record->input.address_is_blocked)
		open_task(outbox, record);
	if (result == RESULT_OK && record->output.state == MESSAGE_FAILED)
		outbox_gave_up(outbox);
	if (result == RESULT_OK)
		outbox_changed(outbox);
	if (record->waits != NULL)
		outbox_part_recorded(record->waits, result == RESULT_OK && !record->output.stale);
	arena_free(record->arena);
}

static struct wall retry_moment(
    const struct outbox *outbox, const struct lane *lane, const struct channel_outcome *outcome)
{
	struct wall now = loop_now(outbox->loop);
	const struct outbox_policy *policy = &outbox->policy;
	if (outcome->kind == CHANNEL_NOT_SENT && outcome->retry_after_ms > 0)
		return wall_add(now, outcome->retry_after_ms);
	if (lane == NULL)
		return wall_add(now, policy->retry_first_ms);
	/* What provably never left does not count towards giving up; not-after bounds it. */
	if (outcome->kind == CHANNEL_REFUSED && lane->claim.refusals + 1 >= policy->attempts_max)
		return WALL_NEVER;
	int64_t wait = outbox_backoff_ms(policy, lane->claim.key, lane->claim.attempt_number);
	return wall_add(now, outcome->retry_after_ms > wait ? outcome->retry_after_ms : wait);
}

void outbox_record(struct outbox *outbox, const char *channel, struct lane *lane,
    const struct channel_outcome *outcome, bool more)
{
	struct arena *arena = arena_new();
	struct outcome_record *record = arena_alloc(arena, sizeof *record);
	*record = (struct outcome_record){
	    .outbox = outbox,
	    .arena = arena,
	    .waits = more ? lane : NULL,
	    .input =
		{
		    .now = loop_now(outbox->loop),
		    .channel = arena_copy(arena, channel),
		    .sim = arena_copy(arena, outbox_sim(outbox, channel)),
		    .attempt_id = outcome->attempt,
		    .part = outcome->part,
		    .outcome = outcome_of_channel[outcome->kind],
		    .code = outcome->code,
		    .reference = outcome->reference,
		    .detail = arena_copy(arena, outcome->detail != NULL ? outcome->detail : ""),
		    .retry_at = outcome->kind == CHANNEL_REFUSED_FOREVER
				    ? WALL_NEVER
				    : retry_moment(outbox, lane, outcome),
		    .number_is_wrong = outcome->number_is_wrong,
		    .address_is_blocked = outcome->address_is_blocked,
		    .external_id = arena_copy(arena, outcome->external_id),
		},
	};
	log_event(outcome->kind == CHANNEL_SENT ? LOG_INFO : LOG_WARNING, "outbox.outcome",
	    "attempt=%" PRId64 " part=%d channel=%s outcome=%s code=%d reference=%d",
	    outcome->attempt, outcome->part, record->input.channel, outcome_words[outcome->kind],
	    outcome->code, outcome->reference);
	store_submit(outbox->store, &(struct store_request){STORE_RECORD_OUTCOME, &record->input,
					&record->output, arena, outcome_done, record});
}

/* ── receipts ────────────────────────────────────────────────────────────────────────────────── */

struct receipt_record {
	struct receipt_record *next; /* of those that could not be stored */
	struct outbox *outbox;
	struct arena *arena;
	const char *slot;
	bool failed; /* once at least */
	void (*stored)(const char *slot, void *arg);
	void *stored_arg;
	struct store_record_receipt_input input;
	struct store_record_receipt_output output;
};

static bool is_same_receipt(const struct receipt_record *one, const struct receipt_record *other)
{
	const struct store_record_receipt_input *a = &one->input, *b = &other->input;
	if (a->external_id != NULL || b->external_id != NULL)
		return a->external_id != NULL && b->external_id != NULL &&
		       strcmp(a->external_id, b->external_id) == 0 && a->status == b->status &&
		       strcmp(a->channel, b->channel) == 0;
	return a->reference == b->reference && a->status == b->status &&
	       a->submit_time.ms == b->submit_time.ms && strcmp(a->channel, b->channel) == 0 &&
	       strcmp(a->recipient, b->recipient) == 0;
}

/* A modem tells a receipt once, so it is kept and tried again. One that a new modem process has
 * told anew takes the place of the old. */
static void keep_receipt(struct outbox *outbox, struct receipt_record *record)
{
	struct receipt_record **at = &outbox->receipts;
	while (*at != NULL) {
		struct receipt_record *old = *at;
		if (!is_same_receipt(old, record)) {
			at = &old->next;
			continue;
		}
		*at = old->next;
		arena_free(old->arena);
	}
	*at = record;
	record->next = NULL;
	loop_timer_after(outbox->receipts_again, outbox->policy.retry_first_ms);
}

static void receipt_done(enum result result, const struct failure *failure, void *arg)
{
	struct receipt_record *record = arg;
	if (result != RESULT_OK) {
		if (!record->failed)
			log_event(LOG_ERROR, "outbox.receipt-not-recorded", "why=%s",
			    log_quote(failure->text).text);
		record->failed = true;
		if (result == RESULT_IO || result == RESULT_TEMPORARY) {
			keep_receipt(record->outbox, record);
			return;
		}
	} else {
		log_event(LOG_INFO, "outbox.receipt",
		    "message=%" PRId64 " matched=%d status=%d state=%s", record->output.message_id,
		    record->output.matched, record->input.status,
		    record->output.matched ? message_state_name(record->output.state) : "-");
		record->stored(record->slot, record->stored_arg);
		outbox_changed(record->outbox);
		if (record->output.settled_unknown)
			outbox_poke(record->outbox);
		if (record->output.matched && record->output.state == MESSAGE_FAILED)
			outbox_gave_up(record->outbox);
	}
	arena_free(record->arena);
}

static void store_receipt(struct receipt_record *record)
{
	store_submit(
	    record->outbox->store, &(struct store_request){STORE_RECORD_RECEIPT, &record->input,
				       &record->output, record->arena, receipt_done, record});
}

void outbox_receipts_again(void *arg)
{
	struct outbox *outbox = arg;
	struct receipt_record *next = outbox->receipts;
	outbox->receipts = NULL;
	while (next != NULL) {
		struct receipt_record *record = next;
		next = record->next;
		store_receipt(record);
	}
}

void outbox_forget_receipts(struct outbox *outbox)
{
	while (outbox->receipts != NULL) {
		struct receipt_record *record = outbox->receipts;
		outbox->receipts = record->next;
		arena_free(record->arena);
	}
}

void outbox_channel_receipt(struct outbox *outbox, const char *channel,
    const struct channel_receipt *receipt, void (*stored)(const char *slot, void *arg), void *arg)
{
	struct arena *arena = arena_new();
	struct receipt_record *record = arena_alloc(arena, sizeof *record);
	*record = (struct receipt_record){
	    .outbox = outbox,
	    .arena = arena,
	    .slot = arena_copy(arena, receipt->slot),
	    .stored = stored,
	    .stored_arg = arg,
	    .input =
		{
		    .now = loop_now(outbox->loop),
		    .channel = arena_copy(arena, channel),
		    .sim = arena_copy(arena, outbox_sim(outbox, channel)),
		    .recipient = arena_copy(arena, receipt->recipient),
		    .external_id = arena_copy(arena, receipt->external_id),
		    .reference = receipt->reference,
		    .status = receipt->status,
		    .submit_time = receipt->submit_time,
		    .discharge_time = receipt->discharge_time,
		},
	};
	store_receipt(record);
}
