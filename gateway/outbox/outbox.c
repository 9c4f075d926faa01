/*
 * Owns: lanes: one message at a time through each channel.
 * May use: base/, loop/, store/, channel/, outbox/.
 * Must not know: wire formats, obligations.
 */
#include "outbox/internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Candidates checked in one claiming transaction: bounds how long it may take. */
#define LOOK_AT 32
/* Bytes of a text of the most parts there can be. */
#define WHOLE_MAX 8192

static void retry_came(void *arg)
{
	outbox_poke(arg);
}

struct outbox *outbox_new(struct loop *loop, struct store *store, struct plan_cache *plans,
    const struct outbox_policy *policy, unsigned node)
{
	struct outbox *outbox = memory_new(sizeof *outbox);
	*outbox = (struct outbox){
	    .loop = loop, .store = store, .plans = plans, .policy = *policy, .node = node};
	outbox->timer = loop_timer_new(loop, outbox_time_came, outbox);
	outbox->retry = loop_timer_new(loop, retry_came, outbox);
	outbox->receipts_again = loop_timer_new(loop, outbox_receipts_again, outbox);
	return outbox;
}

void outbox_free(struct outbox *outbox)
{
	if (outbox == NULL)
		return;
	loop_timer_free(outbox->timer);
	loop_timer_free(outbox->retry);
	loop_timer_free(outbox->receipts_again);
	outbox_forget_receipts(outbox);
	for (size_t i = 0; i < outbox->lane_count; i++) {
		arena_free(outbox->lanes[i]->arena);
		free(outbox->lanes[i]->whole);
		free(outbox->lanes[i]);
	}
	free(outbox->lanes);
	free(outbox->ways);
	free(outbox);
}

void outbox_set_policy(struct outbox *outbox, const struct outbox_policy *policy)
{
	outbox->policy = *policy;
	outbox_poke(outbox);
}

void outbox_on_joined(struct outbox *outbox, void (*joined)(void *arg), void *arg)
{
	outbox->joined = joined;
	outbox->joined_arg = arg;
}

void outbox_on_given_up(struct outbox *outbox, void (*given_up)(void *arg), void *arg)
{
	outbox->given_up = given_up;
	outbox->given_up_arg = arg;
}

void outbox_on_changed(struct outbox *outbox, void (*changed)(void *arg), void *arg)
{
	outbox->changed = changed;
	outbox->changed_arg = arg;
}

void outbox_changed(const struct outbox *outbox)
{
	if (outbox->changed != NULL && !outbox->draining)
		outbox->changed(outbox->changed_arg);
}

void outbox_gave_up(struct outbox *outbox)
{
	if (outbox->given_up != NULL && !outbox->draining)
		outbox->given_up(outbox->given_up_arg);
}

void outbox_add_channel(
    struct outbox *outbox, struct channel *channel, const struct outbox_terms *terms)
{
	for (int number = 0; number < channel->at_once_max; number++) {
		struct lane *lane = memory_new(sizeof *lane);
		*lane = (struct lane){.outbox = outbox, .channel = channel, .number = number};
		ARRAY_GROW(outbox->lanes, outbox->lane_count, outbox->lane_capacity);
		outbox->lanes[outbox->lane_count++] = lane;
	}
	ARRAY_GROW(outbox->ways, outbox->way_count, outbox->way_capacity);
	outbox->ways[outbox->way_count++] =
	    (struct outbox_way){.channel = channel, .terms = *terms};
}

struct lane *outbox_find_lane(struct outbox *outbox, const char *channel, int64_t attempt)
{
	for (size_t i = 0; i < outbox->lane_count; i++) {
		struct lane *lane = outbox->lanes[i];
		if (lane->state == LANE_SENDS && lane->claim.attempt_id == attempt &&
		    strcmp(lane->channel->name, channel) == 0)
			return lane;
	}
	return NULL;
}

static struct outbox_way *find_way(const struct outbox *outbox, const char *channel)
{
	for (size_t i = 0; i < outbox->way_count; i++)
		if (strcmp(outbox->ways[i].channel->name, channel) == 0)
			return &outbox->ways[i];
	return NULL;
}

const char *outbox_sim(const struct outbox *outbox, const char *channel)
{
	const struct outbox_way *way = find_way(outbox, channel);
	return way != NULL ? way->sim : "";
}

/* ── resting ─────────────────────────────────────────────────────────────────────────────────── */

static bool all_lanes_rest(const struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->lane_count; i++)
		if (outbox->lanes[i]->state != LANE_RESTS)
			return false;
	return true;
}

static void rest(struct lane *lane)
{
	struct outbox *outbox = lane->outbox;
	lane->state = LANE_RESTS;
	arena_free(lane->arena);
	lane->arena = NULL;
	free(lane->whole);
	lane->whole = NULL;
	if (!all_lanes_rest(outbox))
		return;
	if (outbox->drained != NULL) {
		loop_fn *drained = outbox->drained;
		outbox->drained = NULL;
		loop_defer(outbox->loop, drained, outbox->drained_arg);
		return;
	}
	outbox_set_timer(outbox);
}

/* ── claiming ────────────────────────────────────────────────────────────────────────────────── */

static void submit_next_part(struct lane *lane);

/* One lane looks for something to do. What it finds wakes the next; one that has sent goes on by
 * itself. So an idle channel is looked at once, and a busy one by all its lanes. */
static void wake_lane(struct outbox *outbox, const struct channel *channel)
{
	struct lane *resting = NULL;
	for (size_t i = 0; i < outbox->lane_count; i++) {
		struct lane *lane = outbox->lanes[i];
		if (lane->channel != channel)
			continue;
		if (lane->state == LANE_CLAIMS)
			lane->poked = true;
		else if (lane->state == LANE_RESTS && resting == NULL)
			resting = lane;
	}
	if (resting != NULL)
		outbox_claim(resting);
}

/* What was found is for another channel. */
static void wake_others(struct outbox *outbox, const struct channel *channel)
{
	for (size_t i = 0; i < outbox->way_count; i++)
		if (outbox->ways[i].channel != channel)
			wake_lane(outbox, outbox->ways[i].channel);
}

static void claim_done(enum result result, const struct failure *failure, void *arg)
{
	struct lane *lane = arg;
	struct outbox *outbox = lane->outbox;
	const struct store_claim_due_output *claim = &lane->claim;
	if (result != RESULT_OK) {
		log_event(LOG_ERROR, "outbox.claim-failed", "channel=%s why=%s",
		    lane->channel->name, log_quote(failure->text).text);
		rest(lane);
		loop_timer_after(outbox->retry, outbox->policy.retry_first_ms);
		return;
	}
	outbox_watch_cap(outbox, lane->place.parts_this_month);
	if (claim->cancelled + claim->expired > 0) {
		outbox_gave_up(outbox);
		outbox_changed(outbox);
	}
	if (claim->routed > 0)
		wake_others(outbox, lane->channel);
	if (claim->claimed) {
		lane->next_part = 0;
		submit_next_part(lane);
		wake_lane(outbox, lane->channel);
		return;
	}
	bool again = lane->poked || claim->looked_at >= LOOK_AT;
	rest(lane);
	if (again)
		outbox_claim(lane);
}

void outbox_claim(struct lane *lane)
{
	struct outbox *outbox = lane->outbox;
	lane->poked = lane->state == LANE_CLAIMS;
	if (lane->state != LANE_RESTS || outbox->draining ||
	    lane->channel->health != CHANNEL_READY || lane->number >= lane->channel->at_once)
		return;
	struct wall now = loop_now(outbox->loop);
	int zone = outbox->policy.calendar->zone_minutes;
	struct civil today = civil_of_wall(now, zone);
	struct day day = civil_day(today.year, today.month, today.day);
	lane->state = LANE_CLAIMS;
	lane->arena = arena_new();
	lane->place = (struct outbox_check_place){
	    .policy = &outbox->policy, .plans = outbox->plans, .now = now};
	lane->input = (struct store_claim_due_input){
	    .now = now,
	    .day_start = civil_moment(day, 0, zone),
	    .month_start = civil_moment(day_add(day, 1 - today.day), 0, zone),
	    .channel = lane->channel->name,
	    .address_kind = lane->channel->address_kind,
	    .whole = lane->channel->whole_texts,
	    .node = outbox->node,
	    .lease_ms = outbox->policy.lease_ms,
	    .look_at = LOOK_AT,
	    .check = outbox_check,
	    .check_arg = &lane->place,
	    .route = outbox_route,
	    .route_arg = outbox,
	};
	lane->claim = (struct store_claim_due_output){0};
	store_submit(outbox->store, &(struct store_request){STORE_CLAIM_DUE, &lane->input,
					&lane->claim, lane->arena, claim_done, lane});
}

void outbox_poke(struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->way_count; i++)
		wake_lane(outbox, outbox->ways[i].channel);
	if (all_lanes_rest(outbox) && !outbox->draining)
		outbox_set_timer(outbox);
}

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

static void give_back(struct lane *lane, const char *why)
{
	const struct store_claim_due_output *claim = &lane->claim;
	outbox_record(lane->outbox, lane->channel->name, lane,
	    &(struct channel_outcome){
		.attempt = claim->attempt_id,
		.part = claim->parts[lane->next_part].index,
		.kind = CHANNEL_NOT_SENT,
		.reference = -1,
		.detail = why,
	    },
	    false);
	rest(lane);
}

/* All parts that are to leave, as one text: they were cut where nothing is lost. */
static const char *whole_text(struct lane *lane)
{
	const struct store_claim_due_output *claim = &lane->claim;
	struct buffer text = BUFFER(WHOLE_MAX);
	for (size_t i = 0; i < claim->parts_to_send; i++)
		buffer_add_text(&text, claim->parts[i].text);
	free(lane->whole);
	lane->whole = buffer_take(&text);
	return lane->whole;
}

static void submit_next_part(struct lane *lane)
{
	const struct store_claim_due_output *claim = &lane->claim;
	const struct store_claimed_part *part = &claim->parts[lane->next_part];
	lane->state = LANE_SENDS;
	bool whole = lane->channel->whole_texts;
	const struct channel_part out = {
	    .attempt = claim->attempt_id,
	    .message = claim->message_id,
	    .part = part->index,
	    .address = claim->address,
	    .encoding = claim->encoding,
	    .text = whole ? whole_text(lane) : part->text,
	    .concat_reference = claim->concat_reference,
	    .parts = whole ? 1 : claim->part_count,
	    .validity_minutes = claim->validity_minutes,
	    .want_receipt = true,
	};
	if (lane->outbox->draining || lane->channel->health != CHANNEL_READY) {
		give_back(lane, "the channel is not ready");
		return;
	}
	log_event(LOG_DEBUG, "outbox.submit",
	    "message=%" PRId64 " attempt=%d part=%d channel=%s to=%s", claim->message_id,
	    claim->attempt_number, part->index, lane->channel->name,
	    log_number(claim->address).text);
	if (lane->channel->ops->submit(lane->channel, &out) != RESULT_OK)
		give_back(lane, "the channel took no submit");
}

void outbox_channel_outcome(
    struct outbox *outbox, const char *channel, const struct channel_outcome *outcome)
{
	struct lane *lane = outbox_find_lane(outbox, channel, outcome->attempt);
	bool ours = lane != NULL && outcome->part == lane->claim.parts[lane->next_part].index;
	bool more = ours && outcome->kind == CHANNEL_SENT && !lane->channel->whole_texts &&
		    lane->next_part + 1 < lane->claim.parts_to_send;
	outbox_record(outbox, channel, lane, outcome, more);
	if (more)
		lane->state = LANE_RECORDS;
	if (!ours || more)
		return; /* of an earlier daemon, or late; or the next part follows the commit */
	rest(lane);
	outbox_claim(lane);
}

void outbox_part_recorded(struct lane *lane, bool go_on)
{
	if (go_on) {
		lane->next_part++;
		submit_next_part(lane);
		return;
	}
	rest(lane);
	outbox_claim(lane);
}

void outbox_channel_health(struct outbox *outbox, const char *channel, const char *sim)
{
	struct outbox_way *way = find_way(outbox, channel);
	if (way == NULL)
		return;
	if (sim != NULL && sim[0] != '\0')
		snprintf(way->sim, sizeof way->sim, "%s", sim);
	outbox_take_back(outbox, way->channel);
	wake_lane(outbox, way->channel);
}

void outbox_drain(struct outbox *outbox, void (*idle)(void *arg), void *arg)
{
	outbox->draining = true;
	loop_timer_cancel(outbox->timer);
	loop_timer_cancel(outbox->retry);
	if (all_lanes_rest(outbox)) {
		loop_defer(outbox->loop, idle, arg);
		return;
	}
	outbox->drained = idle;
	outbox->drained_arg = arg;
}
