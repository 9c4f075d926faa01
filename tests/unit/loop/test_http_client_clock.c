/*
 * Owns: tests that a virtual or a rehearsal clock waits for the HTTP client, in real time.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_server.h"

#include <signal.h>
#include <sys/un.h>
#include <sys/wait.h>

#define START ((struct wall){1000 * DAY_MS})

struct course {
	struct loop *loop;
	struct http_answer answer;
	int told, hours;
	struct wall told_at, hour_at;
};

static void note_answer(const struct http_answer *answer, void *arg)
{
	struct course *course = arg;
	course->answer = *answer;
	course->told++;
	course->told_at = loop_now(course->loop);
}

static void note_hour(void *arg)
{
	struct course *course = arg;
	course->hours++;
	course->hour_at = loop_now(course->loop);
	loop_stop(course->loop);
}

static void answer_late(struct server *server, int fd)
{
	while (read_request(server, fd)) {
		usleep(60 * 1000); /* an idle clock would have jumped hours by now */
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	}
}

static void stall(struct server *server, int fd)
{
	read_request(server, fd);
	wait_for_end(fd);
}

/* Sends at the start, with a timer an hour later: what happened first, and when? */
static struct course run_course(struct world *world, int64_t whole_ms)
{
	struct course course = {.loop = world->loop};
	struct loop_timer *hour = loop_timer_new(world->loop, note_hour, &course);
	struct http_request request = post(world->url, "body");
	request.whole_ms = whole_ms;
	loop_timer_after(hour, HOUR_MS);
	http_client_send(world->client, &request, note_answer, &course);
	assert_int_equal(loop_run(world->loop), RESULT_OK);
	loop_timer_free(hour);
	return course;
}

static struct loop *virtual_loop(void)
{
	struct failure failure;
	return loop_new_virtual(START, &failure);
}

static void test_virtual_time_stands_still_until_the_answer(void **state)
{
	(void)state;
	struct world world = new_world_on(virtual_loop(), answer_late, "/");
	struct course course = run_course(&world, 5000);
	assert_int_equal(course.told, 1);
	assert_int_equal(course.answer.fate, HTTP_ANSWERED);
	assert_int_equal(course.told_at.ms, START.ms);
	assert_int_equal(course.hours, 1);
	assert_int_equal(course.hour_at.ms, START.ms + HOUR_MS);
	end_world(&world);
}

static void test_a_limit_runs_out_although_virtual_time_stands_still(void **state)
{
	(void)state;
	struct world world = new_world_on(virtual_loop(), stall, "/");
	struct mono begin = mono_of_machine();
	struct course course = run_course(&world, 150);
	assert_in_range(mono_of_machine().ms - begin.ms, 149, 3000);
	assert_int_equal(course.told, 1);
	assert_int_equal(course.answer.fate, HTTP_UNKNOWN);
	assert_int_equal(course.told_at.ms, START.ms);
	assert_int_equal(course.hours, 1);
	end_world(&world);
}

static void test_what_is_cancelled_holds_no_time_any_more(void **state)
{
	(void)state;
	struct world world = new_world_on(virtual_loop(), stall, "/");
	struct course course = {.loop = world.loop};
	struct http_request request = post(world.url, "body");
	http_exchange_cancel(http_client_send(world.client, &request, note_answer, &course));
	http_client_send(world.client, &request, note_answer, &course);
	http_client_free(world.client); /* with one under way */
	world.client = NULL;
	struct loop_timer *hour = loop_timer_new(world.loop, note_hour, &course);
	loop_timer_after(hour, HOUR_MS);
	assert_int_equal(loop_run(world.loop), RESULT_OK);
	assert_int_equal(course.hours, 1);
	assert_int_equal(course.told, 0);
	loop_timer_free(hour);
	end_world(&world);
}

static void test_what_is_refused_is_told_of_at_once_on_virtual_time(void **state)
{
	(void)state;
	struct world world = new_world_on(virtual_loop(), NULL, "/");
	snprintf(world.url, sizeof world.url, "nonsense");
	struct course course = run_course(&world, 5000);
	assert_int_equal(course.told, 1);
	assert_int_equal(course.answer.fate, HTTP_NOT_SENT);
	assert_int_equal(course.told_at.ms, START.ms);
	assert_int_equal(course.hours, 1);
	end_world(&world);
}

/* ── a clock that others share ───────────────────────────────────────────────────────────────── */

/* Moves to what its one client names when that is idle, never while it says "wait". */
static void run_clock(int listener)
{
	int fd = accept(listener, NULL, NULL);
	FILE *in = fdopen(fd, "r");
	char line[200], next[40];
	long long now = START.ms;
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

static void on_a_shared_clock(serve_fn *serve, int64_t whole_ms, enum http_fate fate)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(
	    address.sun_path, sizeof address.sun_path, "/tmp/test-http-clock-%ld", (long)getpid());
	unlink(address.sun_path);
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listener, 1), 0);
	pid_t clock = fork();
	if (clock == 0)
		run_clock(listener);
	close(listener);
	struct failure failure;
	struct world world = new_world_on(loop_new(address.sun_path, "test", &failure), serve, "/");
	struct course course = run_course(&world, whole_ms);
	assert_int_equal(course.told, 1);
	assert_int_equal(course.answer.fate, fate);
	assert_int_equal(course.told_at.ms, START.ms);
	assert_int_equal(course.hours, 1);
	end_world(&world);
	kill(clock, SIGKILL);
	waitpid(clock, NULL, 0);
	unlink(address.sun_path);
}

static void test_a_rehearsal_waits_for_an_answer(void **state)
{
	(void)state;
	on_a_shared_clock(answer_late, 5000, HTTP_ANSWERED);
}

static void test_a_limit_runs_out_although_the_rehearsal_waits(void **state)
{
	(void)state;
	on_a_shared_clock(stall, 150, HTTP_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_virtual_time_stands_still_until_the_answer),
	    cmocka_unit_test(test_a_limit_runs_out_although_virtual_time_stands_still),
	    cmocka_unit_test(test_what_is_cancelled_holds_no_time_any_more),
	    cmocka_unit_test(test_what_is_refused_is_told_of_at_once_on_virtual_time),
	    cmocka_unit_test(test_a_rehearsal_waits_for_an_answer),
	    cmocka_unit_test(test_a_limit_runs_out_although_the_rehearsal_waits),
	};
	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
