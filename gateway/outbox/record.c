/*
 * Owns: recording what channels say of parts: outcomes and receipts.
 * May use: base/, loop/, store/, outbox/.
 * Must not know: wire formats, obligations.
 */
#include "outbox/internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>

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
	else if (!record->output.stale && record->output.state == MESSAGE_FAILED)
		open_task(outbox, record);
	if (record->waits != NULL)
		outbox_part_recorded(record->waits, result == RESULT_OK && !record->output.stale);
	arena_free(record->arena);
}

static struct wall retry_moment(
    const struct outbox *outbox, const struct lane *lane, const struct channel_outcome *outcome)
{
	struct wall now = loop_now(outbox->loop);
	const struct outbox_policy *policy = &outbox->policy;
	bool ours =
	    lane != NULL && lane->state == LANE_SENDS && lane->claim.attempt_id == outcome->attempt;
	if (!ours)
		return wall_add(now, policy->retry_first_ms);
	/* What provably never left does not count towards giving up; not-after bounds it. */
	if (outcome->kind == CHANNEL_REFUSED && lane->claim.refusals + 1 >= policy->attempts_max)
		return WALL_NEVER;
	return wall_add(
	    now, outbox_backoff_ms(policy, lane->claim.key, lane->claim.attempt_number));
}

void outbox_record(
    struct outbox *outbox, struct lane *lane, const struct channel_outcome *outcome, bool more)
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
		    .channel = arena_copy(arena, lane != NULL ? lane->channel->name : ""),
		    .sim = arena_copy(arena, lane != NULL ? lane->sim : ""),
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
	struct outbox *outbox;
	struct arena *arena;
	const char *slot;
	void (*stored)(const char *slot, void *arg);
	void *stored_arg;
	struct store_record_receipt_input input;
	struct store_record_receipt_output output;
};

static void receipt_done(enum result result, const struct failure *failure, void *arg)
{
	struct receipt_record *record = arg;
	if (result != RESULT_OK) {
		/* It stays on the modem and is read again. */
		log_event(LOG_ERROR, "outbox.receipt-not-recorded", "why=%s",
		    log_quote(failure->text).text);
	} else {
		log_event(LOG_INFO, "outbox.receipt",
		    "message=%" PRId64 " matched=%d status=%d state=%s", record->output.message_id,
		    record->output.matched, record->input.status,
		    record->output.matched ? message_state_name(record->output.state) : "-");
		record->stored(record->slot, record->stored_arg);
		if (record->output.settled_unknown)
			outbox_poke(record->outbox);
	}
	arena_free(record->arena);
}

void outbox_channel_receipt(struct outbox *outbox, const char *channel,
    const struct channel_receipt *receipt, void (*stored)(const char *slot, void *arg), void *arg)
{
	const struct lane *lane = outbox_find_lane(outbox, channel);
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
		    .sim = arena_copy(arena, lane != NULL ? lane->sim : ""),
		    .recipient = arena_copy(arena, receipt->recipient),
		    .reference = receipt->reference,
		    .status = receipt->status,
		    .submit_time = receipt->submit_time,
		    .discharge_time = receipt->discharge_time,
		},
	};
	store_submit(outbox->store, &(struct store_request){STORE_RECORD_RECEIPT, &record->input,
					&record->output, arena, receipt_done, record});
}
