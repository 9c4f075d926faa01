/*
 * Owns: tests of the outbox's lanes: a claim that fails, an outcome told twice, what a sweep joins.
 * May use: outbox/, loop/, store/store.h and channel/channel.h (a store and a channel of its own),
 * cmocka.
 * Must not know: SQL, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "loop/loop.h"
#include "outbox/outbox.h"

#include <stdio.h>
#include <string.h>

static const struct plan_calendar calendar = {.zone_minutes = 420};
static const struct outbox_policy policy = {.calendar = &calendar,
    .only_to = "",
    .retry_first_ms = 20,
    .retry_longest_ms = 1000,
    .attempts_max = 6,
    .lease_ms = 60000};

struct world {
	struct store store; /* first */
	struct channel channel;
	struct loop *loop;
	struct outbox *outbox;
	struct store_request pending[16];
	size_t count;
	bool has_message, joins;
	int claims_fail, claims, sweeps, joined;
	char submitted[16]; /* the numbers of the parts, in the order they were handed over */
	bool wrong_number;
	struct wall sweep_at;
};

static struct world *of_store(struct store *store)
{
	return (struct world *)store;
}

/* ── the store ───────────────────────────────────────────────────────────────────────────────── */

static void submit_request(struct store *store, const struct store_request *request)
{
	struct world *world = of_store(store);
	assert_true(world->count < COUNT_OF(world->pending));
	world->pending[world->count++] = *request;
}

static enum result claim(struct world *world, struct store_claim_due_output *out)
{
	static struct store_claimed_part parts[] = {{0, "a"}, {1, "b"}, {2, "c"}};
	world->claims++;
	if (world->claims_fail-- > 0)
		return RESULT_IO;
	if (world->has_message)
		*out = (struct store_claim_due_output){.claimed = true,
		    .message_id = 1,
		    .attempt_id = 5,
		    .attempt_number = 1,
		    .key = "k",
		    .address = "+84900000001",
		    .part_count = 3,
		    .parts = parts,
		    .parts_to_send = 3};
	world->has_message = false;
	return RESULT_OK;
}

static enum result run(struct world *world, const struct store_request *request)
{
	switch (request->operation) {
	case STORE_CLAIM_DUE:
		return claim(world, request->output);
	case STORE_NEXT_MOMENTS:
		*(struct store_next_moments_output *)request->output =
		    (struct store_next_moments_output){
			.wake_at = WALL_NEVER, .next_try = WALL_NEVER, .sweep = world->sweep_at};
		return RESULT_OK;
	case STORE_SWEEP:
		world->sweeps++;
		world->sweep_at = WALL_NEVER;
		((struct store_sweep_output *)request->output)->joined = world->joins;
		return RESULT_OK;
	case STORE_RECORD_OUTCOME:
		world->wrong_number |=
		    ((const struct store_record_outcome_input *)request->input)->number_is_wrong;
		((struct store_record_outcome_output *)request->output)->state = MESSAGE_SENDING;
		return RESULT_OK;
	default:
		fail_msg("operation %d", request->operation);
		return RESULT_INTERNAL;
	}
}

static bool flush(void *arg)
{
	struct world *world = arg;
	struct store_request pending[COUNT_OF(world->pending)];
	struct failure failure = {.code = RESULT_IO, .text = "The disk is full."};
	size_t count = world->count;
	memcpy(pending, world->pending, sizeof pending);
	world->count = 0;
	for (size_t i = 0; i < count; i++) {
		enum result result = run(world, &pending[i]);
		pending[i].done(result, result == RESULT_OK ? NULL : &failure, pending[i].arg);
	}
	return world->count > 0;
}

static const struct store_ops store_ops = {.kind = "test", .submit = submit_request};

/* ── the channel ─────────────────────────────────────────────────────────────────────────────── */

static enum result submit_part(struct channel *channel, const struct channel_part *part)
{
	struct world *world = (struct world *)((char *)channel - offsetof(struct world, channel));
	size_t len = strlen(world->submitted);
	assert_true(len + 1 < sizeof world->submitted);
	world->submitted[len] = (char)('0' + part->part);
	return RESULT_OK;
}

static const struct channel_ops channel_ops = {.kind = "test", .submit = submit_part};

static void tell(struct world *world, int part, enum channel_outcome_kind kind)
{
	outbox_channel_outcome(world->outbox, "m",
	    &(struct channel_outcome){.attempt = 5,
		.part = part,
		.kind = kind,
		.reference = -1,
		.number_is_wrong = kind == CHANNEL_REFUSED_FOREVER});
}

static void begin(struct world *world)
{
	struct failure failure;
	world->store.ops = &store_ops;
	world->channel = (struct channel){.ops = &channel_ops,
	    .name = "m",
	    .health = CHANNEL_READY,
	    .address_kind = "phone",
	    .at_once = 1,
	    .at_once_max = 1};
	world->loop = loop_new(NULL, "test", &failure);
	world->outbox = outbox_new(world->loop, &world->store, NULL, &policy, 1);
	outbox_add_channel(world->outbox, &world->channel, &(struct outbox_terms){0});
	loop_set_turn_end(world->loop, flush, world);
}

static void end(struct world *world)
{
	while (flush(world))
		;
	outbox_free(world->outbox);
	loop_free(world->loop);
}

static void stop(void *arg)
{
	loop_stop(arg);
}

static void run_for(struct world *world, int64_t ms)
{
	struct loop_timer *timer = loop_timer_new(world->loop, stop, world->loop);
	loop_timer_after(timer, ms);
	assert_int_equal(loop_run(world->loop), RESULT_OK);
	loop_timer_free(timer);
}

/* ── cases ───────────────────────────────────────────────────────────────────────────────────── */

static void test_a_claim_that_failed_is_tried_again_though_nothing_else_happens(void **state)
{
	(void)state;
	struct world world = {.sweep_at = WALL_NEVER, .claims_fail = 1, .has_message = true};
	begin(&world);
	outbox_poke(world.outbox);
	run_for(&world, 200);
	assert_int_equal(world.claims, 2);
	assert_string_equal(world.submitted, "0");
	end(&world);
}

static void test_an_outcome_told_twice_skips_no_part(void **state)
{
	(void)state;
	struct world world = {.sweep_at = WALL_NEVER, .has_message = true};
	begin(&world);
	outbox_poke(world.outbox);
	while (flush(&world))
		;
	tell(&world, 0, CHANNEL_SENT);
	tell(&world, 0, CHANNEL_SENT);
	while (flush(&world))
		;
	assert_string_equal(world.submitted, "01");
	tell(&world, 1, CHANNEL_SENT);
	while (flush(&world))
		;
	assert_string_equal(world.submitted, "012");
	end(&world);
}

static void test_a_number_nobody_has_is_told_to_the_store(void **state)
{
	(void)state;
	struct world world = {.sweep_at = WALL_NEVER, .has_message = true};
	begin(&world);
	outbox_poke(world.outbox);
	while (flush(&world))
		;
	tell(&world, 0, CHANNEL_REFUSED_FOREVER);
	while (flush(&world))
		;
	assert_true(world.wrong_number);
	assert_string_equal(world.submitted, "0");
	end(&world);
}

static void joined(void *arg)
{
	((struct world *)arg)->joined++;
}

static void test_texts_that_a_sweep_joined_are_told(void **state)
{
	(void)state;
	struct world world = {.sweep_at = {0}, .joins = true};
	begin(&world);
	outbox_on_joined(world.outbox, joined, &world);
	outbox_poke(world.outbox);
	run_for(&world, 50);
	assert_int_equal(world.sweeps, 1);
	assert_int_equal(world.joined, 1);
	end(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_claim_that_failed_is_tried_again_though_nothing_else_happens),
	    cmocka_unit_test(test_an_outcome_told_twice_skips_no_part),
	    cmocka_unit_test(test_a_number_nobody_has_is_told_to_the_store),
	    cmocka_unit_test(test_texts_that_a_sweep_joined_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
