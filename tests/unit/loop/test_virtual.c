/*
 * Owns: tests of the virtual clock inside one process.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "loop/loop.h"

#include <signal.h>
#include <unistd.h>

#define START_MS (1000 * DAY_MS)

struct world {
	struct loop *loop;
	struct loop_timer *timer;
	int64_t seen_ms[8];
	int seen, turns;
	int fds[2];
	struct loop_watch *watch;
};

static struct world new_world(void)
{
	struct failure failure;
	struct world world = {.loop = loop_new_virtual((struct wall){START_MS}, &failure)};
	assert_non_null(world.loop);
	return world;
}

static void see(void *arg)
{
	struct world *world = arg;
	assert_true(world->seen < 8);
	world->seen_ms[world->seen++] = loop_now(world->loop).ms - START_MS;
}

static void see_each_hour(void *arg)
{
	struct world *world = arg;
	see(world);
	loop_timer_after(world->timer, HOUR_MS);
}

static void test_time_jumps_from_timer_to_timer(void **state)
{
	(void)state;
	struct world world = new_world();
	struct loop_timer *wall = loop_timer_new(world.loop, see, &world);
	world.timer = loop_timer_new(world.loop, see_each_hour, &world);
	loop_timer_at(wall, (struct wall){START_MS + 90 * MINUTE_MS});
	loop_timer_after(world.timer, HOUR_MS);
	assert_int_equal(
	    loop_run_until(world.loop, (struct wall){START_MS + 2 * HOUR_MS}), RESULT_OK);
	assert_int_equal(world.seen, 3);
	assert_int_equal(world.seen_ms[0], HOUR_MS);
	assert_int_equal(world.seen_ms[1], 90 * MINUTE_MS);
	assert_int_equal(world.seen_ms[2], 2 * HOUR_MS);
	loop_timer_free(wall);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

static void test_time_ends_at_the_end_and_goes_on_from_there(void **state)
{
	(void)state;
	struct world world = new_world();
	world.timer = loop_timer_new(world.loop, see, &world);
	loop_timer_after(world.timer, 3 * HOUR_MS);
	assert_int_equal(
	    loop_run_until(world.loop, (struct wall){START_MS + 2 * HOUR_MS}), RESULT_OK);
	assert_int_equal(world.seen, 0);
	assert_int_equal(loop_now(world.loop).ms, START_MS + 2 * HOUR_MS);
	assert_int_equal(loop_mono(world.loop).ms, 2 * HOUR_MS);
	assert_int_equal(
	    loop_run_until(world.loop, (struct wall){START_MS + 3 * HOUR_MS}), RESULT_OK);
	assert_int_equal(world.seen, 1);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

static void test_with_nothing_to_come_it_ends_at_once(void **state)
{
	(void)state;
	struct world world = new_world();
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_OK);
	assert_int_equal(loop_now(world.loop).ms, START_MS);
	loop_free(world.loop);
}

static bool three_turns(void *arg)
{
	struct world *world = arg;
	return ++world->turns < 3;
}

static void test_time_stands_still_while_a_turn_leaves_work(void **state)
{
	(void)state;
	struct world world = new_world();
	world.timer = loop_timer_new(world.loop, see, &world);
	loop_timer_after(world.timer, 1);
	loop_set_turn_end(world.loop, three_turns, &world);
	loop_defer(world.loop, see, &world);
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_OK);
	assert_true(world.turns >= 3);
	assert_int_equal(world.seen_ms[0], 0);
	assert_int_equal(world.seen_ms[1], 1);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

static void answer_comes(int ready, void *arg)
{
	struct world *world = arg;
	(void)ready;
	loop_watch_free(world->watch);
	world->watch = NULL;
	loop_release(world->loop);
	see(world);
}

static void test_time_stands_still_while_something_is_held(void **state)
{
	(void)state;
	struct world world = new_world();
	assert_int_equal(pipe(world.fds), 0);
	world.timer = loop_timer_new(world.loop, see, &world);
	loop_timer_after(world.timer, HOUR_MS);
	loop_hold(world.loop);
	world.watch = loop_watch_new(world.loop, world.fds[0], LOOP_READ, answer_comes, &world);
	assert_int_equal(write(world.fds[1], "x", 1), 1);
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_OK);
	assert_int_equal(world.seen, 2);
	assert_int_equal(world.seen_ms[0], 0);
	assert_int_equal(world.seen_ms[1], HOUR_MS);
	close(world.fds[0]);
	close(world.fds[1]);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

static void limit_reached(void *arg)
{
	struct world *world = arg;
	loop_release(world->loop);
	see(world);
}

static void test_a_real_limit_ends_a_hold_and_moves_no_virtual_time(void **state)
{
	(void)state;
	struct world world = new_world();
	world.timer = loop_timer_new(world.loop, see, &world);
	struct loop_timer *limit = loop_timer_new(world.loop, limit_reached, &world);
	loop_timer_after(world.timer, HOUR_MS);
	loop_timer_after_real(limit, 30);
	loop_hold(world.loop);
	struct mono before = mono_of_machine();
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_OK);
	assert_true(mono_of_machine().ms - before.ms >= 30);
	assert_int_equal(world.seen, 2);
	assert_int_equal(world.seen_ms[0], 0);
	assert_int_equal(world.seen_ms[1], HOUR_MS);
	loop_timer_free(limit);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

static void test_a_hold_for_what_can_never_come_is_an_error(void **state)
{
	(void)state;
	struct world world = new_world();
	loop_hold(world.loop);
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_INTERNAL);
	loop_free(world.loop);
}

static void stop(void *arg)
{
	struct world *world = arg;
	loop_stop(world->loop);
}

static void raise_term(void *arg)
{
	(void)arg;
	raise(SIGTERM);
}

static void test_a_signal_is_heard_between_two_jumps(void **state)
{
	(void)state;
	struct world world = new_world();
	loop_on_signal(world.loop, SIGTERM, stop, &world);
	struct loop_timer *raises = loop_timer_new(world.loop, raise_term, NULL);
	world.timer = loop_timer_new(world.loop, see, &world);
	loop_timer_after(raises, HOUR_MS);
	loop_timer_after(world.timer, 2 * HOUR_MS);
	assert_int_equal(loop_run_until(world.loop, WALL_NEVER), RESULT_OK);
	assert_int_equal(world.seen, 0);
	assert_int_equal(loop_now(world.loop).ms, START_MS + HOUR_MS);
	loop_timer_free(raises);
	loop_timer_free(world.timer);
	loop_free(world.loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_time_jumps_from_timer_to_timer),
	    cmocka_unit_test(test_time_ends_at_the_end_and_goes_on_from_there),
	    cmocka_unit_test(test_with_nothing_to_come_it_ends_at_once),
	    cmocka_unit_test(test_time_stands_still_while_a_turn_leaves_work),
	    cmocka_unit_test(test_time_stands_still_while_something_is_held),
	    cmocka_unit_test(test_a_real_limit_ends_a_hold_and_moves_no_virtual_time),
	    cmocka_unit_test(test_a_hold_for_what_can_never_come_is_an_error),
	    cmocka_unit_test(test_a_signal_is_heard_between_two_jumps),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
