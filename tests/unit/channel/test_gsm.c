/*
 * Owns: tests of channel/gsm: what it makes of a modem process that dies, hangs, lies or refuses.
 * May use: channel/, loop/, fake_modem.h, cmocka.
 * Must not know: libgammu.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/log.h"
#include "base/memory.h"
#include "channel/gsm.h"
#include "loop/loop.h"
#include "fake_modem.h"

#include <sys/stat.h>

#define PATIENCE_MS (20 * SECOND_MS)
/* With the 45 s that a submit may take beyond its limit: half a second. */
#define VERDICT_LIMIT_MS (500 - 45 * SECOND_MS)

struct world {
	char directory[64], marks[96], program[4096];
	struct loop *loop;
	struct loop_timer *patience;
	struct channel *channel;
	bool inside_call, gave_up;
	/* What came. */
	enum channel_health health;
	int ready, down, outcomes, inbounds, refusals, stops;
	int ready_at_outcome; /* `ready` when the last outcome came */
	struct channel_outcome last;
	char sim[32], slot[32], fingerprint[GSM_FINGERPRINT_MAX];
	/* What ends the wait: one of the counters above reaches a number. */
	const int *awaited;
	int until;
};

static void look(struct world *world)
{
	assert_false(world->inside_call);
	if (world->awaited != NULL && *world->awaited >= world->until)
		loop_stop(world->loop);
}

static void on_health(
    void *owner, const char *name, enum channel_health health, const char *detail, const char *sim)
{
	struct world *world = owner;
	assert_string_equal(name, "m1");
	(void)detail;
	world->health = health;
	world->ready += health == CHANNEL_READY;
	world->down += health == CHANNEL_DOWN;
	snprintf(world->sim, sizeof world->sim, "%s", sim);
	look(world);
}

static void on_outcome(void *owner, const char *name, const struct channel_outcome *outcome)
{
	struct world *world = owner;
	(void)name;
	world->last = *outcome;
	world->ready_at_outcome = world->ready;
	world->outcomes++;
	look(world);
}

static void on_inbound(void *owner, const char *name, const struct channel_inbound *inbound)
{
	struct world *world = owner;
	(void)name;
	assert_string_equal(inbound->sender, "+84900000003");
	assert_string_equal(inbound->text, "đã nộp");
	assert_int_equal(inbound->network_time.ms, 1588662000000);
	assert_int_equal(inbound->concat_reference, 200);
	assert_int_equal(inbound->parts, 3);
	assert_int_equal(inbound->part, 2);
	snprintf(world->slot, sizeof world->slot, "%s", inbound->slot);
	world->inbounds++;
	look(world);
}

static void on_receipt(void *owner, const char *name, const struct channel_receipt *receipt)
{
	(void)owner;
	(void)name;
	(void)receipt;
}

static void on_pin_refused(void *owner, const char *name, const char *fingerprint)
{
	struct world *world = owner;
	(void)name;
	snprintf(world->fingerprint, sizeof world->fingerprint, "%s", fingerprint);
	world->refusals++;
	look(world);
}

static void on_stopped(void *owner)
{
	struct world *world = owner;
	world->stops++;
	look(world);
}

static void give_up(void *arg)
{
	struct world *world = arg;
	world->gave_up = true;
	loop_stop(world->loop);
}

/* Turns the loop until the counter reaches `until`. */
static void await(struct world *world, const int *counter, int until)
{
	world->awaited = counter;
	world->until = until;
	if (*counter < until)
		loop_timer_after(world->patience, PATIENCE_MS);
	if (*counter < until)
		loop_run(world->loop);
	loop_timer_cancel(world->patience);
	world->awaited = NULL;
	assert_false(world->gave_up);
	assert_true(*counter >= until);
}

/* Turns that are sure to have run everything that was put off. */
static void turn(struct world *world, int64_t ms)
{
	loop_timer_after(world->patience, ms);
	loop_run(world->loop);
	world->gave_up = false;
}

static void begin(struct world *world, const char *behaviour, const char *pin)
{
	static const struct channel_events events = {
	    .health = on_health,
	    .outcome = on_outcome,
	    .inbound = on_inbound,
	    .receipt = on_receipt,
	    .pin_refused = on_pin_refused,
	};
	struct failure failure = {0};
	*world = (struct world){.directory = "/tmp/test-gsm-XXXXXX"};
	assert_non_null(mkdtemp(world->directory));
	snprintf(world->marks, sizeof world->marks, "%s/marks", world->directory);
	assert_true(readlink("/proc/self/exe", world->program, sizeof world->program - 1) > 0);
	setenv(FAKE_MODEM, behaviour, 1);
	setenv(FAKE_MARKS, world->marks, 1);
	world->loop = loop_new(NULL, "test", &failure);
	assert_non_null(world->loop);
	world->patience = loop_timer_new(world->loop, give_up, world);
	world->channel = gsm_channel_new(world->loop,
	    &(struct gsm_config){.name = "m1",
		.device = "/dev/null",
		.connection = "at115200",
		.pin = pin,
		.pace = "brisk",
		.verdict_limit_ms = VERDICT_LIMIT_MS,
		.program = world->program,
		.state_dir = world->directory},
	    &events, world);
}

static void start(struct world *world)
{
	world->inside_call = true;
	world->channel->ops->start(world->channel);
	world->inside_call = false;
}

static enum result submit(struct world *world, int64_t attempt)
{
	world->inside_call = true;
	enum result result =
	    world->channel->ops->submit(world->channel, &(struct channel_part){.attempt = attempt,
							    .part = 2,
							    .address = "+84912345678",
							    .text = "xin chao",
							    .parts = 3,
							    .validity_minutes = 60});
	world->inside_call = false;
	return result;
}

static void stop(struct world *world)
{
	world->inside_call = true;
	world->channel->ops->stop(world->channel, on_stopped, world);
	world->inside_call = false;
	await(world, &world->stops, 1);
}

static void end(struct world *world)
{
	if (world->stops == 0)
		stop(world);
	turn(world, 10);
	assert_int_equal(world->stops, 1);
	world->channel->ops->free(world->channel);
	loop_timer_free(world->patience);
	loop_free(world->loop);
	unlink(world->marks);
	assert_int_equal(rmdir(world->directory), 0);
	unsetenv(FAKE_MODEM);
}

static int starts(const struct world *world)
{
	struct stat status;
	return stat(world->marks, &status) == 0 ? (int)status.st_size : 0;
}

/* ── tests ───────────────────────────────────────────────────────────────────────────────────── */

static void test_what_a_death_means_for_the_part_in_flight(void **state)
{
	(void)state;
	static const struct {
		const char *behaviour;
		enum channel_outcome_kind kind;
	} cases[] = {
	    {"obedient", CHANNEL_SENT},
	    {"reconnects", CHANNEL_SENT},
	    {"dies-before-begun", CHANNEL_NOT_SENT},
	    {"dies-after-begun", CHANNEL_UNKNOWN},
	    {"dies-after-outcome", CHANNEL_SENT},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct world world;
		begin(&world, cases[i].behaviour, "");
		assert_int_equal(submit(&world, 6), RESULT_TEMPORARY);
		start(&world);
		await(&world, &world.ready, 1);
		assert_string_equal(world.sim, "452040000000001");
		assert_int_equal(submit(&world, 7), RESULT_OK);
		assert_int_equal(submit(&world, 8), RESULT_CONFLICT);
		await(&world, &world.outcomes, 1);
		assert_int_equal(world.last.attempt, 7);
		assert_int_equal(world.last.part, 2);
		assert_int_equal(world.last.kind, cases[i].kind);
		turn(&world, 50);
		assert_int_equal(world.outcomes, 1);
		end(&world);
	}
}

static void test_a_process_that_hangs_in_a_submit_is_replaced(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "hangs", "");
	start(&world);
	await(&world, &world.ready, 1);
	struct mono before = loop_mono(world.loop);
	assert_int_equal(submit(&world, 7), RESULT_OK);
	await(&world, &world.down, 1);
	assert_int_equal(world.outcomes, 1);
	assert_int_equal(world.last.kind, CHANNEL_UNKNOWN);
	assert_true(loop_mono(world.loop).ms - before.ms >= 500);
	await(&world, &world.ready, 2);
	end(&world);
}

static void test_it_waits_longer_after_each_failure(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "ready-at-third", "");
	start(&world);
	struct mono before = loop_mono(world.loop);
	await(&world, &world.ready, 1);
	int64_t took = loop_mono(world.loop).ms - before.ms;
	assert_int_equal(world.down, 2);
	assert_int_equal(starts(&world), 3);
	assert_true(took >= 3 * SECOND_MS); /* 1 s, then 2 s */
	end(&world);
}

static void test_a_refused_pin_is_told_and_never_tried_again(void **state)
{
	(void)state;
	struct world world;
	char expected[GSM_FINGERPRINT_MAX], other[GSM_FINGERPRINT_MAX];
	gsm_pin_fingerprint("1234", expected);
	gsm_pin_fingerprint("1235", other);
	assert_string_not_equal(expected, other);
	begin(&world, "refuses-pin", "1234");
	start(&world);
	await(&world, &world.refusals, 1);
	turn(&world, 1500);
	assert_int_equal(world.health, CHANNEL_HALTED);
	assert_string_equal(world.fingerprint, expected);
	assert_int_equal(world.refusals, 1);
	assert_int_equal(starts(&world), 1);
	world.inside_call = true;
	world.channel->ops->retry(world.channel);
	world.inside_call = false;
	await(&world, &world.refusals, 2);
	assert_int_equal(starts(&world), 2);
	end(&world);
}

static void test_a_pin_known_to_be_wrong_starts_nothing(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "obedient", "1234");
	world.channel->ops->free(world.channel);
	static const struct channel_events events = {.health = on_health};
	world.channel = gsm_channel_new(world.loop,
	    &(struct gsm_config){.name = "m1",
		.device = "/dev/null",
		.connection = "at",
		.pin = "1234",
		.pin_is_refused = true,
		.pace = "brisk",
		.verdict_limit_ms = VERDICT_LIMIT_MS,
		.program = world.program,
		.state_dir = world.directory},
	    &events, &world);
	start(&world);
	turn(&world, 100);
	assert_int_equal(world.health, CHANNEL_HALTED);
	assert_int_equal(submit(&world, 1), RESULT_TEMPORARY);
	assert_int_equal(starts(&world), 0);
	end(&world);
}

static void test_outcomes_of_an_earlier_daemon_come_before_ready(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "tells-old-outcome", "");
	start(&world);
	await(&world, &world.outcomes, 1);
	assert_int_equal(world.ready_at_outcome, 0);
	assert_int_equal(world.last.attempt, 99);
	assert_int_equal(world.last.part, 1);
	await(&world, &world.ready, 1);
	end(&world);
}

static void test_an_accepted_slot_goes_back_as_it_came(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "hears", "");
	start(&world);
	await(&world, &world.inbounds, 1);
	assert_string_equal(world.slot, "5:1");
	world.channel->ops->accept_inbound(world.channel, "5:1");
	await(&world, &world.inbounds, 2); /* the fake echoes what it was told to delete */
	assert_string_equal(world.slot, "5:1");
	end(&world);
}

static void test_a_process_that_talks_nonsense_is_replaced(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "garbles", "");
	start(&world);
	await(&world, &world.ready, 2);
	assert_int_equal(world.down, 1);
	end(&world);
}

static void test_a_program_that_is_not_there_is_told(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "obedient", "");
	world.channel->ops->free(world.channel);
	static const struct channel_events events = {.health = on_health};
	world.channel = gsm_channel_new(world.loop,
	    &(struct gsm_config){.name = "m1",
		.device = "/dev/null",
		.connection = "at",
		.pin = "",
		.pace = "brisk",
		.program = "/nonexistent/nhacviec-modem",
		.state_dir = world.directory},
	    &events, &world);
	start(&world);
	await(&world, &world.down, 1);
	end(&world);
}

static void test_a_stop_does_not_wait_for_a_modem_that_is_deaf(void **state)
{
	(void)state;
	struct world world;
	begin(&world, "deaf", "");
	start(&world);
	turn(&world, 100);
	assert_int_equal(world.health, CHANNEL_CONNECTING);
	struct mono before = loop_mono(world.loop);
	stop(&world);
	assert_true(loop_mono(world.loop).ms - before.ms < 8 * SECOND_MS);
	end(&world);
}

int main(void)
{
	fake_modem_main();
	log_set_level(LOG_ERROR);
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_a_death_means_for_the_part_in_flight),
	    cmocka_unit_test(test_a_process_that_hangs_in_a_submit_is_replaced),
	    cmocka_unit_test(test_it_waits_longer_after_each_failure),
	    cmocka_unit_test(test_a_refused_pin_is_told_and_never_tried_again),
	    cmocka_unit_test(test_a_pin_known_to_be_wrong_starts_nothing),
	    cmocka_unit_test(test_outcomes_of_an_earlier_daemon_come_before_ready),
	    cmocka_unit_test(test_an_accepted_slot_goes_back_as_it_came),
	    cmocka_unit_test(test_a_process_that_talks_nonsense_is_replaced),
	    cmocka_unit_test(test_a_program_that_is_not_there_is_told),
	    cmocka_unit_test(test_a_stop_does_not_wait_for_a_modem_that_is_deaf),
	};
	return cmocka_run_group_tests_name("channel/gsm", tests, NULL, NULL);
}
