/*
 * Owns: what every channel must do: the list of cases of the port channel/channel.h.
 * May use: channel/channel.h, loop/, cmocka.
 * Must not know: which channel it is; the file that includes this gives a struct channel_bench.
 */
#ifndef CHANNEL_CASES_H
#define CHANNEL_CASES_H

#include "channel/channel.h"
#include "loop/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an implementation brings. `bench` is passed back to each function. */
struct channel_bench {
	/* A network and a channel on it, not started. Aborts the test when it cannot. */
	struct channel *(*open)(struct channel_bench *bench, struct loop *loop,
	    const struct channel_events *events, void *owner);
	void (*close)(struct channel_bench *bench, struct channel *channel);
	/* Somebody texts the channel. */
	void (*text_in)(struct channel_bench *bench, const char *from, const char *text);
	const char *address;     /* takes texts */
	const char *bad_address; /* can never take one */
};

enum { CHANNEL_EVENTS_MAX = 64, CHANNEL_PATIENCE_MS = 30 * 1000 };

struct channel_world {
	struct channel_bench *bench;
	struct loop *loop;
	struct loop_timer *patience;
	struct channel *channel;
	bool inside_call, gave_up, resubmits;
	int ready, outcomes, inbounds, receipts, stops;
	struct channel_outcome outcome[CHANNEL_EVENTS_MAX];
	char text[200], sender[40], slot[40], recipient[40];
	const int *awaited;
	int until;
};

static enum result world_submit(struct channel_world *world, int64_t attempt, const char *address)
{
	bool outer = world->inside_call;
	world->inside_call = true;
	enum result result =
	    world->channel->ops->submit(world->channel, &(struct channel_part){.attempt = attempt,
							    .part = 1,
							    .address = address,
							    .text = "Xin chao",
							    .concat_reference = 7,
							    .parts = 2,
							    .validity_minutes = 60,
							    .want_receipt = true});
	world->inside_call = outer;
	return result;
}

static void world_look(struct channel_world *world)
{
	assert_false(world->inside_call);
	if (world->awaited != NULL && *world->awaited >= world->until)
		loop_stop(world->loop);
}

static void world_health(
    void *owner, const char *name, enum channel_health health, const char *detail, const char *sim)
{
	struct channel_world *world = owner;
	assert_string_equal(name, world->channel->name);
	assert_int_equal(health, world->channel->health);
	assert_non_null(detail);
	assert_non_null(sim);
	world->ready += health == CHANNEL_READY;
	world_look(world);
}

static void world_outcome(void *owner, const char *name, const struct channel_outcome *outcome)
{
	struct channel_world *world = owner;
	(void)name;
	assert_true(world->outcomes < CHANNEL_EVENTS_MAX);
	world->outcome[world->outcomes++] = *outcome;
	if (world->resubmits)
		assert_int_equal(
		    world_submit(world, outcome->attempt + 1, world->bench->address), RESULT_OK);
	world_look(world);
}

static void world_inbound(void *owner, const char *name, const struct channel_inbound *inbound)
{
	struct channel_world *world = owner;
	(void)name;
	snprintf(world->text, sizeof world->text, "%s", inbound->text);
	snprintf(world->sender, sizeof world->sender, "%s", inbound->sender);
	snprintf(world->slot, sizeof world->slot, "%s", inbound->slot);
	assert_in_range(inbound->part, 1, inbound->parts);
	world->inbounds++;
	world_look(world);
}

static void world_receipt(void *owner, const char *name, const struct channel_receipt *receipt)
{
	struct channel_world *world = owner;
	(void)name;
	snprintf(world->recipient, sizeof world->recipient, "%s", receipt->recipient);
	if (receipt->slot[0] != '\0')
		world->channel->ops->accept_inbound(world->channel, receipt->slot);
	world->receipts++;
	world_look(world);
}

static void world_pin_refused(void *owner, const char *name, const char *fingerprint)
{
	(void)owner;
	fail_msg("%s: PIN refused (%s)", name, fingerprint);
}

static void world_stopped(void *owner)
{
	struct channel_world *world = owner;
	world->stops++;
	world_look(world);
}

static void world_give_up(void *arg)
{
	struct channel_world *world = arg;
	world->gave_up = true;
	loop_stop(world->loop);
}

/* Turns the loop until the counter reaches `until`. */
static void world_await(struct channel_world *world, const int *counter, int until)
{
	world->awaited = counter;
	world->until = until;
	loop_timer_after(world->patience, CHANNEL_PATIENCE_MS);
	if (*counter < until)
		loop_run(world->loop);
	loop_timer_cancel(world->patience);
	world->awaited = NULL;
	assert_false(world->gave_up);
	assert_true(*counter >= until);
}

/* Lets pass what would show that something comes too often. */
static void world_pass(struct channel_world *world, int64_t ms)
{
	loop_timer_after(world->patience, ms);
	loop_run(world->loop);
	world->gave_up = false;
}

static void world_start(struct channel_world *world)
{
	world->inside_call = true;
	world->channel->ops->start(world->channel);
	world->inside_call = false;
}

static void world_stop(struct channel_world *world)
{
	world->inside_call = true;
	world->channel->ops->stop(world->channel, world_stopped, world);
	world->inside_call = false;
	world_await(world, &world->stops, 1);
}

static struct channel_world *world_open(void **state)
{
	static const struct channel_events events = {
	    .health = world_health,
	    .outcome = world_outcome,
	    .inbound = world_inbound,
	    .receipt = world_receipt,
	    .pin_refused = world_pin_refused,
	};
	struct failure failure = {0};
	struct channel_world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	world->bench = *state;
	world->loop = loop_new(NULL, "test", &failure);
	assert_non_null(world->loop);
	world->patience = loop_timer_new(world->loop, world_give_up, world);
	world->channel = world->bench->open(world->bench, world->loop, &events, world);
	return world;
}

static struct channel_world *world_open_ready(void **state)
{
	struct channel_world *world = world_open(state);
	world_start(world);
	world_await(world, &world->ready, 1);
	return world;
}

static void world_close(struct channel_world *world)
{
	if (world->stops == 0)
		world_stop(world);
	world_pass(world, 20);
	assert_int_equal(world->stops, 1);
	world->bench->close(world->bench, world->channel);
	loop_timer_free(world->patience);
	loop_free(world->loop);
	free(world);
}

/* ── the cases ───────────────────────────────────────────────────────────────────────────────── */

static void case_nothing_is_taken_before_it_is_ready(void **state)
{
	struct channel_world *world = world_open(state);
	assert_int_equal(world_submit(world, 1, world->bench->address), RESULT_TEMPORARY);
	world_start(world);
	assert_int_equal(world_submit(world, 2, world->bench->address), RESULT_TEMPORARY);
	world_await(world, &world->ready, 1);
	world_pass(world, 100);
	assert_int_equal(world->outcomes, 0);
	world_close(world);
}

static void case_a_submit_has_one_outcome_of_its_own(void **state)
{
	struct channel_world *world = world_open_ready(state);
	assert_int_equal(world_submit(world, 41, world->bench->address), RESULT_OK);
	world_await(world, &world->outcomes, 1);
	assert_int_equal(world->outcome[0].attempt, 41);
	assert_int_equal(world->outcome[0].part, 1);
	assert_int_equal(world->outcome[0].kind, CHANNEL_SENT);
	world_await(world, &world->receipts, 1);
	assert_string_equal(world->recipient, world->bench->address);
	world_pass(world, 200);
	assert_int_equal(world->outcomes, 1);
	assert_int_equal(world->receipts, 1);
	world_close(world);
}

static void case_a_second_part_in_flight_is_refused_without_harm(void **state)
{
	struct channel_world *world = world_open_ready(state);
	assert_int_equal(world_submit(world, 51, world->bench->address), RESULT_OK);
	assert_int_equal(world_submit(world, 52, world->bench->address), RESULT_CONFLICT);
	world_await(world, &world->outcomes, 1);
	assert_int_equal(world->outcome[0].attempt, 51);
	assert_int_equal(world->outcome[0].kind, CHANNEL_SENT);
	assert_int_equal(world_submit(world, 53, world->bench->address), RESULT_OK);
	world_await(world, &world->outcomes, 2);
	assert_int_equal(world->outcome[1].attempt, 53);
	world_close(world);
}

static void case_the_next_part_may_be_given_from_the_outcome(void **state)
{
	struct channel_world *world = world_open_ready(state);
	world->resubmits = true;
	assert_int_equal(world_submit(world, 100, world->bench->address), RESULT_OK);
	world_await(world, &world->outcomes, 9);
	world->resubmits = false;
	world_await(world, &world->outcomes, 10);
	for (int i = 0; i < 10; i++)
		assert_int_equal(world->outcome[i].attempt, 100 + i);
	world_close(world);
}

static void case_an_impossible_address_is_refused_for_good(void **state)
{
	struct channel_world *world = world_open_ready(state);
	assert_int_equal(world_submit(world, 61, world->bench->bad_address), RESULT_OK);
	world_await(world, &world->outcomes, 1);
	assert_int_equal(world->outcome[0].attempt, 61);
	assert_int_equal(world->outcome[0].kind, CHANNEL_REFUSED_FOREVER);
	assert_int_equal(world_submit(world, 62, world->bench->address), RESULT_OK);
	world_await(world, &world->outcomes, 2);
	assert_int_equal(world->outcome[1].kind, CHANNEL_SENT);
	world_close(world);
}

static void case_a_text_is_told_once_and_may_be_accepted(void **state)
{
	struct channel_world *world = world_open_ready(state);
	world->bench->text_in(world->bench, world->bench->address, "Đã nộp 12/BC");
	world_await(world, &world->inbounds, 1);
	assert_string_equal(world->text, "Đã nộp 12/BC");
	assert_string_equal(world->sender, world->bench->address);
	world->bench->text_in(world->bench, world->bench->address, "OK");
	world_await(world, &world->inbounds, 2); /* the first is not told again with it */
	assert_string_equal(world->text, "OK");
	world->channel->ops->accept_inbound(world->channel, world->slot);
	world_pass(world, 200);
	assert_int_equal(world->inbounds, 2);
	world_close(world);
}

static void case_a_stop_finishes_what_is_in_flight_and_tells_once(void **state)
{
	struct channel_world *world = world_open_ready(state);
	assert_int_equal(world_submit(world, 71, world->bench->address), RESULT_OK);
	world_stop(world);
	assert_int_equal(world->outcomes, 1);
	assert_int_equal(world->outcome[0].attempt, 71);
	/* Handed over but not begun when the stop came, it may also prove never to have left. */
	assert_true(
	    world->outcome[0].kind == CHANNEL_SENT || world->outcome[0].kind == CHANNEL_NOT_SENT);
	assert_int_equal(world_submit(world, 72, world->bench->address), RESULT_TEMPORARY);
	world_close(world);
}

static void case_a_stop_before_the_start_tells_too(void **state)
{
	struct channel_world *world = world_open(state);
	world_stop(world);
	world_close(world);
}

#define CHANNEL_CASE(name, bench)                                                                  \
	{                                                                                          \
#name, case_##name, NULL, NULL, bench                                              \
	}
#define CHANNEL_CASES(bench)                                                                       \
	CHANNEL_CASE(nothing_is_taken_before_it_is_ready, bench),                                  \
	    CHANNEL_CASE(a_submit_has_one_outcome_of_its_own, bench),                              \
	    CHANNEL_CASE(a_second_part_in_flight_is_refused_without_harm, bench),                  \
	    CHANNEL_CASE(the_next_part_may_be_given_from_the_outcome, bench),                      \
	    CHANNEL_CASE(an_impossible_address_is_refused_for_good, bench),                        \
	    CHANNEL_CASE(a_text_is_told_once_and_may_be_accepted, bench),                          \
	    CHANNEL_CASE(a_stop_finishes_what_is_in_flight_and_tells_once, bench),                 \
	    CHANNEL_CASE(a_stop_before_the_start_tells_too, bench)

#endif
