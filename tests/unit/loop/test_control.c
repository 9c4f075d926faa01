/*
 * Owns: tests of the control socket: two callers at once, early leavers, lies about length, stale
 * and live sockets, replies that come late or never.
 * May use: loop/, cmocka, threads for the blocking side.
 * Must not know: what requests mean.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "loop/control.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CALLS 4

struct server {
	struct loop *loop;
	struct control *control;
	char path[100];
	/* What came in. */
	struct control_call *calls[CALLS];
	char requests[CALLS][64], caller[96];
	size_t count, wanted, bytes;
};

static void server_start(struct server *server, control_request_fn *fn)
{
	struct failure failure;
	*server = (struct server){0};
	snprintf(server->path, sizeof server->path, "/tmp/test-control-%ld", (long)getpid());
	unlink(server->path);
	server->loop = loop_new(NULL, "test", &failure);
	server->control = control_new(server->loop, server->path, fn, server, &failure);
	if (server->control == NULL)
		fail_msg("%s", failure.text);
}

static void server_end(struct server *server)
{
	control_free(server->control);
	assert_int_equal(access(server->path, F_OK), -1);
	loop_free(server->loop);
}

static void collect(
    struct control_call *call, const char *caller, const char *request, size_t len, void *arg)
{
	struct server *server = arg;
	assert_true(server->count < CALLS);
	server->calls[server->count] = call;
	snprintf(server->requests[server->count], sizeof server->requests[0], "%.*s",
	    (int)(len < 60 ? len : 60), request);
	snprintf(server->caller, sizeof server->caller, "%s", caller);
	server->bytes += len;
	if (++server->count == server->wanted)
		loop_stop(server->loop);
}

struct question {
	pthread_t thread;
	const char *path, *request;
	size_t len;
	enum result result;
	char *reply;
	size_t reply_len;
	struct failure failure;
	struct loop *loop; /* stopped by the end of the watched pipe */
	int done_pipe[2];
};

static void *ask(void *arg)
{
	struct question *question = arg;
	question->result = control_ask(question->path, question->request, question->len,
	    &question->reply, &question->reply_len, &question->failure);
	close(question->done_pipe[1]);
	return NULL;
}

static void question_start(struct question *question, struct server *server, const char *request)
{
	*question = (struct question){
	    .path = server->path, .request = request, .len = strlen(request), .loop = server->loop};
	assert_int_equal(pipe(question->done_pipe), 0);
	pthread_create(&question->thread, NULL, ask, question);
}

static void answered(int ready, void *arg)
{
	struct question *question = arg;
	(void)ready;
	loop_stop(question->loop);
}

/* Turns the loop until the asking thread is done. */
static void question_end(struct question *question)
{
	struct loop_watch *watch =
	    loop_watch_new(question->loop, question->done_pipe[0], LOOP_READ, answered, question);
	loop_run(question->loop);
	loop_watch_free(watch);
	close(question->done_pipe[0]);
	pthread_join(question->thread, NULL);
}

static int call_up(const struct server *server)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", server->path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void stop_loop(void *loop)
{
	loop_stop(loop);
}

/* Turns that are sure to have seen what was sent before. */
static void turn(struct server *server)
{
	struct loop_timer *timer = loop_timer_new(server->loop, stop_loop, server->loop);
	loop_timer_after(timer, 30);
	loop_run(server->loop);
	loop_timer_free(timer);
}

/* ── tests ───────────────────────────────────────────────────────────────────────────────────── */

static void test_two_callers_get_each_their_own_reply_whatever_the_order(void **state)
{
	(void)state;
	struct server server;
	struct question first, second;
	server_start(&server, collect);
	server.wanted = 2;
	question_start(&first, &server, "first");
	question_start(&second, &server, "second");
	loop_run(server.loop);
	for (size_t i = 2; i-- > 0;)
		control_reply(server.calls[i], server.requests[i], strlen(server.requests[i]));
	question_end(&first);
	question_end(&second);
	assert_int_equal(first.result, RESULT_OK);
	assert_int_equal(second.result, RESULT_OK);
	assert_string_equal(first.reply, "first");
	assert_string_equal(second.reply, "second");
	assert_int_equal(second.reply_len, 6);
	free(first.reply);
	free(second.reply);
	server_end(&server);
}

static void test_the_caller_is_named_by_the_kernel(void **state)
{
	(void)state;
	struct server server;
	struct question question;
	char expected[64];
	server_start(&server, collect);
	server.wanted = 1;
	question_start(&question, &server, "who");
	loop_run(server.loop);
	snprintf(expected, sizeof expected, "(%u) pid %d", (unsigned)getuid(), (int)getpid());
	assert_non_null(strstr(server.caller, expected));
	control_reply(server.calls[0], "", 0);
	question_end(&question);
	assert_int_equal(question.result, RESULT_OK);
	assert_int_equal(question.reply_len, 0);
	free(question.reply);
	server_end(&server);
}

static void test_the_socket_is_for_owner_and_group(void **state)
{
	(void)state;
	struct server server;
	struct stat status;
	server_start(&server, collect);
	assert_int_equal(stat(server.path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0660);
	server_end(&server);
}

static void test_a_large_request_and_reply_come_whole(void **state)
{
	(void)state;
	struct server server;
	struct question question;
	size_t size = 3 * 1024 * 1024;
	char *large = memory_new(size + 1);
	memset(large, 'x', size);
	server_start(&server, collect);
	server.wanted = 1;
	question_start(&question, &server, large);
	loop_run(server.loop);
	assert_int_equal(server.bytes, size);
	control_reply(server.calls[0], large, size);
	question_end(&question);
	assert_int_equal(question.result, RESULT_OK);
	assert_int_equal(question.reply_len, size);
	assert_memory_equal(question.reply, large, size);
	free(question.reply);
	free(large);
	server_end(&server);
}

static void test_who_leaves_early_loses_only_the_reply(void **state)
{
	(void)state;
	struct server server;
	server_start(&server, collect);
	uint32_t length = htonl(3);
	int fd = call_up(&server);
	assert_int_equal(write(fd, &length, 4), 4);
	assert_int_equal(write(fd, "abc", 3), 3);
	close(fd);
	server.wanted = 1;
	loop_run(server.loop);
	assert_string_equal(server.requests[0], "abc");
	control_reply(server.calls[0], "too late", 8);
	/* Half a request is no request. */
	fd = call_up(&server);
	assert_int_equal(write(fd, &length, 4), 4);
	assert_int_equal(write(fd, "ab", 2), 2);
	close(fd);
	turn(&server);
	assert_int_equal(server.count, 1);
	server_end(&server);
}

static void test_a_lie_about_the_length_ends_the_call(void **state)
{
	(void)state;
	static const uint32_t lies[] = {0, CONTROL_REQUEST_MAX + 1, UINT32_MAX};
	struct server server;
	server_start(&server, collect);
	for (size_t i = 0; i < COUNT_OF(lies); i++) {
		uint32_t length = htonl(lies[i]);
		char byte;
		int fd = call_up(&server);
		assert_int_equal(write(fd, &length, 4), 4);
		turn(&server);
		assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), 0);
		close(fd);
	}
	assert_int_equal(server.count, 0);
	server_end(&server);
}

static void test_silent_callers_do_not_keep_others_out(void **state)
{
	(void)state;
	struct server server;
	struct question question;
	int silent[40];
	server_start(&server, collect);
	for (size_t i = 0; i < COUNT_OF(silent); i++) {
		silent[i] = call_up(&server);
		if (i % 8 == 0)
			turn(&server);
	}
	server.wanted = 1;
	question_start(&question, &server, "let me in");
	loop_run(server.loop);
	control_reply(server.calls[0], "ok", 2);
	question_end(&question);
	assert_int_equal(question.result, RESULT_OK);
	free(question.reply);
	for (size_t i = 0; i < COUNT_OF(silent); i++)
		close(silent[i]);
	server_end(&server);
}

static void test_a_reply_after_the_end_does_no_harm_and_the_caller_knows_nothing(void **state)
{
	(void)state;
	struct server server;
	struct question question;
	server_start(&server, collect);
	server.wanted = 1;
	question_start(&question, &server, "stop");
	loop_run(server.loop);
	control_free(server.control);
	control_reply(server.calls[0], "ok", 2);
	pthread_join(question.thread, NULL);
	close(question.done_pipe[0]);
	assert_int_equal(question.result, RESULT_UNKNOWN);
	assert_null(question.reply);
	loop_free(server.loop);
}

static void test_no_daemon_is_told_apart_from_trouble(void **state)
{
	(void)state;
	struct server server;
	struct failure failure;
	char *reply, *large = memory_new(CONTROL_REQUEST_MAX + 1);
	size_t len;
	assert_int_equal(
	    control_ask("/tmp/no-such-folder/control.sock", "x", 1, &reply, &len, &failure),
	    RESULT_NOT_FOUND);
	assert_int_equal(
	    control_ask("/tmp", large, CONTROL_REQUEST_MAX + 1, &reply, &len, &failure),
	    RESULT_LIMIT);
	char too_long[300];
	memset(too_long, 'p', sizeof too_long);
	too_long[sizeof too_long - 1] = '\0';
	assert_int_equal(control_ask(too_long, "x", 1, &reply, &len, &failure), RESULT_INVALID);
	free(large);
	server_start(&server, collect);
	assert_null(control_new(server.loop, too_long, collect, &server, &failure));
	assert_int_equal(failure.code, RESULT_INVALID);
	server_end(&server);
}

static void test_a_stale_socket_is_replaced_a_live_one_and_a_file_are_not(void **state)
{
	(void)state;
	struct server server, second;
	struct failure failure;
	char *reply;
	size_t len;
	/* A dead daemon leaves its socket behind. */
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "/tmp/test-control-%ld-stale",
	    (long)getpid());
	unlink(address.sun_path);
	int dead = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(dead, (struct sockaddr *)&address, sizeof address), 0);
	close(dead);
	assert_int_equal(
	    control_ask(address.sun_path, "x", 1, &reply, &len, &failure), RESULT_NOT_FOUND);
	server_start(&server, collect);
	struct control *revived =
	    control_new(server.loop, address.sun_path, collect, &second, &failure);
	assert_non_null(revived);
	assert_null(control_new(server.loop, address.sun_path, collect, &second, &failure));
	assert_int_equal(failure.code, RESULT_DENIED);
	assert_int_equal(access(address.sun_path, F_OK), 0);
	control_free(revived);
	FILE *file = fopen(address.sun_path, "w");
	assert_non_null(file);
	fclose(file);
	assert_null(control_new(server.loop, address.sun_path, collect, &second, &failure));
	assert_int_equal(failure.code, RESULT_DENIED);
	assert_int_equal(access(address.sun_path, F_OK), 0);
	unlink(address.sun_path);
	server_end(&server);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_two_callers_get_each_their_own_reply_whatever_the_order),
	    cmocka_unit_test(test_the_caller_is_named_by_the_kernel),
	    cmocka_unit_test(test_the_socket_is_for_owner_and_group),
	    cmocka_unit_test(test_a_large_request_and_reply_come_whole),
	    cmocka_unit_test(test_who_leaves_early_loses_only_the_reply),
	    cmocka_unit_test(test_a_lie_about_the_length_ends_the_call),
	    cmocka_unit_test(test_silent_callers_do_not_keep_others_out),
	    cmocka_unit_test(test_a_reply_after_the_end_does_no_harm_and_the_caller_knows_nothing),
	    cmocka_unit_test(test_no_daemon_is_told_apart_from_trouble),
	    cmocka_unit_test(test_a_stale_socket_is_replaced_a_live_one_and_a_file_are_not),
	};
	return cmocka_run_group_tests_name("loop/control", tests, NULL, NULL);
}
