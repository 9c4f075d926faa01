/*
 * Owns: tests of what a busy loop still does: hears descriptors, keeps rounds apart.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "loop/loop.h"

#include <sys/socket.h>
#include <unistd.h>

struct busy {
	struct loop *loop;
	struct loop_timer *timer;
	int rounds, timer_calls, timer_calls_of_round;
	bool heard;
};

static void begin(struct busy *busy)
{
	struct failure failure;
	*busy = (struct busy){.loop = loop_new(NULL, "test", &failure)};
	assert_non_null(busy->loop);
}

/* Always leaves work for another round, as a store with a long queue does. */
static bool never_done(void *arg)
{
	struct busy *busy = arg;
	return !busy->heard && ++busy->rounds < 1000000;
}

static void hear(int ready, void *arg)
{
	struct busy *busy = arg;
	assert_int_equal(ready, LOOP_READ);
	busy->heard = true;
	loop_stop(busy->loop);
}

static void test_a_descriptor_is_heard_while_there_is_always_more_to_do(void **state)
{
	(void)state;
	struct busy busy;
	int pair[2];
	begin(&busy);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_int_equal(write(pair[1], "x", 1), 1);
	struct loop_watch *watch = loop_watch_new(busy.loop, pair[0], LOOP_READ, hear, &busy);
	loop_set_turn_end(busy.loop, never_done, &busy);
	assert_int_equal(loop_run(busy.loop), RESULT_OK);
	assert_true(busy.heard);
	assert_true(busy.rounds < 10);
	loop_watch_free(watch);
	close(pair[0]);
	close(pair[1]);
	loop_free(busy.loop);
}

static void set_to_the_past(void *arg)
{
	struct busy *busy = arg;
	busy->timer_calls++;
	assert_int_equal(++busy->timer_calls_of_round, 1);
	loop_timer_at(busy->timer, wall_add(loop_now(busy->loop), -HOUR_MS));
}

static bool count_round(void *arg)
{
	struct busy *busy = arg;
	busy->timer_calls_of_round = 0;
	if (++busy->rounds == 5) {
		loop_timer_cancel(busy->timer);
		loop_stop(busy->loop);
	}
	return false;
}

static void test_a_timer_that_sets_itself_to_the_past_runs_once_a_round(void **state)
{
	(void)state;
	struct busy busy;
	begin(&busy);
	busy.timer = loop_timer_new(busy.loop, set_to_the_past, &busy);
	loop_set_turn_end(busy.loop, count_round, &busy);
	loop_timer_after(busy.timer, 0);
	assert_int_equal(loop_run(busy.loop), RESULT_OK);
	assert_int_equal(busy.timer_calls, 5);
	loop_timer_free(busy.timer);
	loop_free(busy.loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_descriptor_is_heard_while_there_is_always_more_to_do),
	    cmocka_unit_test(test_a_timer_that_sets_itself_to_the_past_runs_once_a_round),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
