/*
 * Owns: tests of the loop: turns, deferred calls, timers, descriptors, signals, children.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "loop/loop.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct trace {
	struct loop *loop;
	char text[64];
	struct loop_timer *timer, *other;
	int left;
	bool more;
};

static void note(struct trace *trace, char c)
{
	size_t len = strlen(trace->text);
	assert_true(len + 1 < sizeof trace->text);
	trace->text[len] = c;
}

static void note_a(void *arg)
{
	note(arg, 'a');
}

static void note_b(void *arg)
{
	note(arg, 'b');
}

static void stop(void *arg)
{
	struct trace *trace = arg;
	note(trace, '.');
	loop_stop(trace->loop);
}

static struct loop *new_loop(void)
{
	struct failure failure;
	struct loop *loop = loop_new(NULL, "test", &failure);
	assert_non_null(loop);
	return loop;
}

/* ── turns ───────────────────────────────────────────────────────────────────────────────────── */

static void defer_more(void *arg)
{
	struct trace *trace = arg;
	note(trace, 'm');
	loop_defer(trace->loop, note_b, trace);
	loop_defer(trace->loop, stop, trace);
}

static void test_deferred_calls_keep_their_order_over_rounds(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop()};
	loop_defer(trace.loop, defer_more, &trace);
	loop_defer(trace.loop, note_a, &trace);
	assert_int_equal(loop_run(trace.loop), RESULT_OK);
	assert_string_equal(trace.text, "mab.");
	loop_free(trace.loop);
}

static bool turn_ends(void *arg)
{
	struct trace *trace = arg;
	note(trace, 'e');
	if (trace->left == 0) {
		loop_stop(trace->loop);
		return false;
	}
	trace->left--;
	loop_defer(trace->loop, note_a, trace);
	return true;
}

static void test_the_end_of_a_turn_comes_again_until_it_leaves_nothing(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop(), .left = 2};
	loop_set_turn_end(trace.loop, turn_ends, &trace);
	loop_defer(trace.loop, note_b, &trace);
	assert_int_equal(loop_run(trace.loop), RESULT_OK);
	assert_string_equal(trace.text, "beaeae");
	loop_free(trace.loop);
}

/* ── timers ──────────────────────────────────────────────────────────────────────────────────── */

static void test_timers_run_in_the_order_of_their_moments_and_never_early(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop()};
	struct loop_timer *late = loop_timer_new(trace.loop, stop, &trace);
	struct loop_timer *middle = loop_timer_new(trace.loop, note_b, &trace);
	struct loop_timer *early = loop_timer_new(trace.loop, note_a, &trace);
	struct mono begin = loop_mono(trace.loop);
	loop_timer_after(late, 60);
	loop_timer_at(middle, wall_add(loop_now(trace.loop), 30));
	loop_timer_after(early, 5);
	assert_true(loop_timer_is_set(middle));
	assert_int_equal(loop_run(trace.loop), RESULT_OK);
	assert_string_equal(trace.text, "ab.");
	assert_true(loop_mono(trace.loop).ms - begin.ms >= 60);
	assert_false(loop_timer_is_set(early));
	loop_timer_free(early);
	loop_timer_free(middle);
	loop_timer_free(late);
	loop_free(trace.loop);
}

static void test_a_cancelled_or_moved_timer_keeps_quiet(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop()};
	struct loop_timer *cancelled = loop_timer_new(trace.loop, note_a, &trace);
	struct loop_timer *never = loop_timer_new(trace.loop, note_a, &trace);
	struct loop_timer *moved = loop_timer_new(trace.loop, note_b, &trace);
	struct loop_timer *end = loop_timer_new(trace.loop, stop, &trace);
	loop_timer_after(cancelled, 1);
	loop_timer_cancel(cancelled);
	loop_timer_at(never, WALL_NEVER);
	loop_timer_after(moved, 1);
	loop_timer_after(moved, 10);
	loop_timer_after(end, 40);
	assert_false(loop_timer_is_set(never));
	loop_run(trace.loop);
	assert_string_equal(trace.text, "b.");
	loop_timer_free(cancelled);
	loop_timer_free(never);
	loop_timer_free(moved);
	loop_timer_free(end);
	loop_free(trace.loop);
}

static void free_both(void *arg)
{
	struct trace *trace = arg;
	note(trace, 'f');
	loop_timer_free(trace->timer);
	loop_timer_free(trace->other);
	loop_defer(trace->loop, stop, trace);
}

static void test_a_timer_may_free_itself_and_another_that_is_due(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop()};
	trace.timer = loop_timer_new(trace.loop, free_both, &trace);
	trace.other = loop_timer_new(trace.loop, free_both, &trace);
	loop_timer_after(trace.timer, 0);
	loop_timer_after(trace.other, 0);
	loop_run(trace.loop);
	assert_string_equal(trace.text, "f.");
	loop_free(trace.loop);
}

static void set_again(void *arg)
{
	struct trace *trace = arg;
	note(trace, 'a');
	if (--trace->left > 0)
		loop_timer_after(trace->timer, 0);
	else
		loop_stop(trace->loop);
}

static void test_a_timer_set_to_now_by_itself_runs_again(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop(), .left = 4};
	trace.timer = loop_timer_new(trace.loop, set_again, &trace);
	loop_timer_after(trace.timer, 0);
	loop_run(trace.loop);
	assert_string_equal(trace.text, "aaaa");
	loop_timer_free(trace.timer);
	loop_free(trace.loop);
}

/* ── descriptors and signals ─────────────────────────────────────────────────────────────────── */

struct pipe_end {
	struct trace trace;
	struct loop_watch *watch;
	int fd;
};

static void read_one(int ready, void *arg)
{
	struct pipe_end *end = arg;
	char c;
	assert_int_equal(ready, LOOP_READ);
	ssize_t got = read(end->fd, &c, 1);
	if (got == 1) {
		note(&end->trace, c);
		return;
	}
	loop_watch_free(end->watch);
	loop_stop(end->trace.loop);
}

static void test_a_descriptor_is_told_of_while_it_is_ready_and_at_its_end(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	struct pipe_end end = {.trace.loop = new_loop(), .fd = ends[0]};
	end.watch = loop_watch_new(end.trace.loop, ends[0], LOOP_READ, read_one, &end);
	assert_int_equal(write(ends[1], "xyz", 3), 3);
	close(ends[1]);
	loop_run(end.trace.loop);
	assert_string_equal(end.trace.text, "xyz");
	close(ends[0]);
	loop_free(end.trace.loop);
}

static void raise_signal(void *arg)
{
	(void)arg;
	raise(SIGUSR1);
}

static void test_a_signal_is_a_call_from_the_loop(void **state)
{
	(void)state;
	struct trace trace = {.loop = new_loop()};
	loop_on_signal(trace.loop, SIGUSR1, stop, &trace);
	loop_defer(trace.loop, raise_signal, &trace);
	loop_run(trace.loop);
	assert_string_equal(trace.text, ".");
	loop_free(trace.loop);
}

/* ── children ────────────────────────────────────────────────────────────────────────────────── */

struct birth {
	struct loop *loop;
	struct loop_child *child;
	int status, exits;
	int sockets[2];
};

static void child_exited(int status, void *arg)
{
	struct birth *birth = arg;
	birth->status = status;
	birth->exits++;
	loop_stop(birth->loop);
}

static void start_child(struct birth *birth, const char *script)
{
	char shell[] = "/bin/sh", option[] = "-c", text[200];
	char *const argv[] = {shell, option, text, NULL};
	snprintf(text, sizeof text, "%s", script);
	struct failure failure;
	birth->loop = new_loop();
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, birth->sockets), 0);
	birth->child =
	    loop_child_start(birth->loop, argv, birth->sockets[1], child_exited, birth, &failure);
	assert_non_null(birth->child);
}

static void test_a_child_talks_over_its_descriptor_3_and_its_exit_is_told(void **state)
{
	(void)state;
	struct birth birth = {0};
	char heard[8] = "";
	start_child(&birth, "read line <&3; printf %s \"$line!\" >&3; exit 7");
	assert_true(loop_child_pid(birth.child) > 0);
	assert_int_equal(write(birth.sockets[0], "hi\n", 3), 3);
	loop_run(birth.loop);
	assert_int_equal(birth.exits, 1);
	assert_true(WIFEXITED(birth.status));
	assert_int_equal(WEXITSTATUS(birth.status), 7);
	assert_int_equal(read(birth.sockets[0], heard, sizeof heard - 1), 3);
	assert_string_equal(heard, "hi!");
	close(birth.sockets[0]);
	loop_free(birth.loop);
}

static void test_a_hung_child_can_be_killed(void **state)
{
	(void)state;
	struct birth birth = {0};
	start_child(&birth, "trap '' TERM; while :; do read line <&3 || :; done");
	loop_child_kill(birth.child, SIGKILL);
	loop_run(birth.loop);
	assert_true(WIFSIGNALED(birth.status));
	assert_int_equal(WTERMSIG(birth.status), SIGKILL);
	close(birth.sockets[0]);
	loop_free(birth.loop);
}

static void test_a_forgotten_child_is_never_told_of(void **state)
{
	(void)state;
	struct birth birth = {0};
	start_child(&birth, "exit 0");
	pid_t pid = loop_child_pid(birth.child);
	loop_child_free(birth.child);
	struct trace trace = {.loop = birth.loop};
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	loop_defer(birth.loop, stop, &trace);
	loop_run(birth.loop);
	assert_int_equal(birth.exits, 0);
	close(birth.sockets[0]);
	loop_free(birth.loop);
}

static void test_a_program_that_is_not_there_is_refused_with_advice(void **state)
{
	(void)state;
	struct loop *loop = new_loop();
	struct failure failure;
	char nowhere[] = "/nonexistent/nhacviec-modem";
	char *const argv[] = {nowhere, NULL};
	assert_null(loop_child_start(loop, argv, -1, child_exited, NULL, &failure));
	assert_int_equal(failure.code, RESULT_NOT_FOUND);
	assert_non_null(strstr(failure.text, "/nonexistent/nhacviec-modem"));
	loop_free(loop);
}

/* ── the rehearsal's clock ───────────────────────────────────────────────────────────────────── */

/* A clock that moves to whatever its one client names next, as fast as it can. */
static void run_clock(int listener)
{
	int fd = accept(listener, NULL, NULL);
	FILE *in = fdopen(fd, "r");
	char line[200], next[40];
	long long now = 1000000;
	unsigned long long sequence = 1, reported;
	dprintf(fd, "time %llu %lld 0\n", sequence, now);
	while (in != NULL && fgets(line, sizeof line, in) != NULL) {
		if (sscanf(line, "idle %llu %39s", &reported, next) != 2 || reported != sequence ||
		    next[0] == '-')
			continue;
		now = strtoll(next, NULL, 10);
		dprintf(fd, "time %llu %lld 0\n", ++sequence, now);
	}
	_exit(0);
}

static void test_rehearsal_time_jumps_to_the_next_timer(void **state)
{
	(void)state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "/tmp/test-loop-%ld", (long)getpid());
	unlink(address.sun_path);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 1), 0);
	pid_t clock = fork();
	if (clock == 0)
		run_clock(listener);
	close(listener);
	struct failure failure;
	struct trace trace = {.loop = loop_new(address.sun_path, "test", &failure)};
	assert_non_null(trace.loop);
	assert_true(loop_is_rehearsal(trace.loop));
	assert_int_equal(loop_now(trace.loop).ms, 1000000);
	struct loop_timer *year = loop_timer_new(trace.loop, stop, &trace);
	struct loop_timer *day = loop_timer_new(trace.loop, note_a, &trace);
	loop_timer_at(year, wall_add(loop_now(trace.loop), 365 * DAY_MS));
	loop_timer_after(day, DAY_MS);
	assert_int_equal(loop_run(trace.loop), RESULT_OK);
	assert_string_equal(trace.text, "a.");
	assert_int_equal(loop_now(trace.loop).ms, 1000000 + 365 * DAY_MS);
	assert_int_equal(loop_mono(trace.loop).ms, 365 * DAY_MS);
	/* Without its clock a rehearsal has no time. */
	kill(clock, SIGKILL);
	waitpid(clock, NULL, 0);
	assert_int_equal(loop_run(trace.loop), RESULT_IO);
	loop_timer_free(day);
	loop_timer_free(year);
	loop_free(trace.loop);
	unlink(address.sun_path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_deferred_calls_keep_their_order_over_rounds),
	    cmocka_unit_test(test_the_end_of_a_turn_comes_again_until_it_leaves_nothing),
	    cmocka_unit_test(test_timers_run_in_the_order_of_their_moments_and_never_early),
	    cmocka_unit_test(test_a_cancelled_or_moved_timer_keeps_quiet),
	    cmocka_unit_test(test_a_timer_may_free_itself_and_another_that_is_due),
	    cmocka_unit_test(test_a_timer_set_to_now_by_itself_runs_again),
	    cmocka_unit_test(test_a_descriptor_is_told_of_while_it_is_ready_and_at_its_end),
	    cmocka_unit_test(test_a_signal_is_a_call_from_the_loop),
	    cmocka_unit_test(test_a_child_talks_over_its_descriptor_3_and_its_exit_is_told),
	    cmocka_unit_test(test_a_hung_child_can_be_killed),
	    cmocka_unit_test(test_a_forgotten_child_is_never_told_of),
	    cmocka_unit_test(test_a_program_that_is_not_there_is_refused_with_advice),
	    cmocka_unit_test(test_rehearsal_time_jumps_to_the_next_timer),
	};
	return cmocka_run_group_tests_name("loop/loop", tests, NULL, NULL);
}
