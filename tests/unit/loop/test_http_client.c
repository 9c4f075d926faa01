/*
 * Owns: tests of the HTTP client against servers that answer, stall, lie and die.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_server.h"

#include <fcntl.h>

#define OK_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nRetry-After:  7 \r\nX-Empty:\r\n\r\ngood"

/* ── behaviours ──────────────────────────────────────────────────────────────────────────────── */

static void answer_all(struct server *server, int fd)
{
	while (read_request(server, fd))
		say(fd, OK_ANSWER);
}

static void answer_once_then_die(struct server *server, int fd)
{
	if (read_request(server, fd))
		say(fd, OK_ANSWER);
	read_request(server, fd);
}

static void answer_head_only(struct server *server, int fd)
{
	while (read_request(server, fd))
		say(fd, "HTTP/1.1 204 No Content\r\n\r\n");
}

static void answer_half(struct server *server, int fd)
{
	if (read_request(server, fd))
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
}

static void answer_half_a_chunk(struct server *server, int fd)
{
	if (read_request(server, fd))
		say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf");
}

static void answer_nonsense(struct server *server, int fd)
{
	if (read_request(server, fd))
		say(fd, "\x16\x03\x01 what?\r\n\r\n");
}

static void say_continue_and_die(struct server *server, int fd)
{
	if (read_request(server, fd))
		say(fd, "HTTP/1.1 100 Continue\r\n\r\n");
}

static void answer_after_a_continue(struct server *server, int fd)
{
	while (read_request(server, fd)) {
		say(fd, "HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n");
		say(fd, OK_ANSWER);
	}
}

static void stall(struct server *server, int fd)
{
	read_request(server, fd);
	wait_for_end(fd);
}

static void redirect(struct server *server, int fd)
{
	while (read_request(server, fd))
		say(fd, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
}

static void refuse_early(struct server *server, int fd)
{
	char line[512];
	while (read_line(fd, line, sizeof line) && line[0] != '\0')
		continue;
	server->requests++;
	say(fd, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
	wait_for_end(fd);
}

static void answer_a_gigabyte(struct server *server, int fd)
{
	static const char block[64 * 1024];
	if (!read_request(server, fd))
		return;
	say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
	for (ssize_t len; (len = send(fd, block, sizeof block, MSG_NOSIGNAL)) > 0;)
		server->bytes += len;
}

static void answer_endless_headers(struct server *server, int fd)
{
	if (!read_request(server, fd))
		return;
	say(fd, "HTTP/1.1 200 OK\r\n");
	while (send(fd, "X-More: more\r\n", 14, MSG_NOSIGNAL) > 0)
		server->bytes += 14;
}

/* ── answers ─────────────────────────────────────────────────────────────────────────────────── */

static void test_an_answer_comes_with_status_headers_and_body(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/send");
	const struct http_header headers[] = {
	    {"Content-Type", "application/json"}, {"X-Key", "Đức"}, {"X-None", ""}};
	struct http_request request = post(world.url, "{\"a\":1}");
	request.headers = headers;
	request.header_count = 3;
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 200);
	assert_string_equal(outcome.body, "good");
	assert_string_equal(outcome.retry_after, "7");
	assert_int_equal(outcome.header_count, 3);
	assert_string_equal(outcome.detail, "answered 200");
	const char *head = world.server->last_head;
	assert_memory_equal(head, "POST /send HTTP/1.1\n", 20);
	assert_non_null(strstr(head, "\nContent-Type: application/json\n"));
	assert_non_null(strstr(head, "\nX-Key: Đức\n"));
	assert_non_null(strstr(head, "\nX-None:"));
	assert_null(strstr(head, "Expect:"));
	assert_string_equal(world.server->last_body, "{\"a\":1}");
	end_world(&world);
}

static void test_methods_and_the_login_are_sent_as_asked(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/x");
	struct http_request request = post(world.url, NULL);
	request.user = "an";
	request.password = "b:c";
	assert_int_equal(exchange(&world, &request).status, 200);
	assert_memory_equal(world.server->last_head, "GET /x ", 7);
	assert_non_null(strstr(world.server->last_head, "\nAuthorization: Basic YW46Yjpj\n"));
	request = post(world.url, "body");
	request.method = "PUT";
	assert_int_equal(exchange(&world, &request).status, 200);
	assert_memory_equal(world.server->last_head, "PUT /x ", 7);
	assert_null(strstr(world.server->last_head, "Content-Type"));
	request = post(world.url, NULL);
	request.method = "DELETE";
	assert_int_equal(exchange(&world, &request).status, 200);
	assert_memory_equal(world.server->last_head, "DELETE /x ", 10);
	request.method = "POST";
	assert_int_equal(exchange(&world, &request).status, 200);
	assert_memory_equal(world.server->last_head, "POST /x ", 8);
	assert_non_null(strstr(world.server->last_head, "\nContent-Length: 0\n"));
	request.method = "HEAD";
	assert_int_equal(exchange(&world, &request).fate, HTTP_ANSWERED);
	end_world(&world);
}

static void test_a_connection_is_used_again(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/");
	struct http_request request = post(world.url, "body");
	for (int i = 0; i < 20; i++)
		assert_int_equal(exchange(&world, &request).status, 200);
	assert_int_equal(world.server->connections, 1);
	assert_int_equal(world.server->requests, 20);
	end_world(&world);
}

static void test_a_long_body_arrives_whole(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/");
	size_t len = 3 * 1000 * 1000;
	OWNED_TEXT body = memory_new(len + 1);
	memset(body, 'x', len);
	struct http_request request = post(world.url, body);
	assert_int_equal(exchange(&world, &request).status, 200);
	assert_int_equal(world.server->bytes, len);
	assert_null(strstr(world.server->last_head, "Transfer-Encoding"));
	end_world(&world);
}

static void test_an_answer_without_a_body_is_whole(void **state)
{
	(void)state;
	struct world world = new_world(answer_head_only, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 204);
	assert_int_equal(outcome.body_len, 0);
	end_world(&world);
}

static void test_a_redirect_is_handed_over(void **state)
{
	(void)state;
	struct world world = new_world(redirect, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 302);
	assert_int_equal(world.server->requests, 1);
	end_world(&world);
}

static void test_a_refusal_before_the_end_of_the_body_is_an_answer(void **state)
{
	(void)state;
	struct world world = new_world(refuse_early, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 413);
	end_world(&world);
}

static void test_only_the_final_head_counts(void **state)
{
	(void)state;
	struct world world = new_world(answer_after_a_continue, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 200);
	assert_int_equal(outcome.header_count, 3);
	end_world(&world);
}

/* ── not sent ────────────────────────────────────────────────────────────────────────────────── */

static void test_a_refused_connection_is_not_sent(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/botSECRET/send?key=SECRET");
	int port;
	close(listen_anywhere(&port, 1));
	snprintf(world.url, sizeof world.url, "http://127.0.0.1:%d/SECRET?a=SECRET", port);
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_int_equal(outcome.status, 0);
	assert_non_null(strstr(outcome.detail, "Connection refused"));
	assert_null(strstr(outcome.detail, "SECRET"));
	end_world(&world);
}

static void test_an_unknown_name_is_not_sent(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/");
	struct http_request request = post("http://name.invalid/SECRET?a=SECRET", "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_null(strstr(outcome.detail, "SECRET"));
	assert_true(outcome.took_ms < 4000);
	end_world(&world);
}

static void test_a_handshake_that_stalls_is_not_sent(void **state)
{
	(void)state;
	struct world world = new_world(stall, "/");
	snprintf(world.url, sizeof world.url, "https://127.0.0.1:%d/", world.server->port);
	struct http_request request = post(world.url, "body");
	request.connect_ms = 150;
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_string_equal(outcome.detail, "no connection within 150 ms");
	assert_in_range(outcome.took_ms, 149, 2000);
	end_world(&world);
}

static void test_a_connection_that_is_never_taken_is_not_sent(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/");
	int port, fillers[8], listener = listen_anywhere(&port, 0);
	struct sockaddr_in address = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	for (int i = 0; i < 8; i++) { /* a full queue answers no further SYN */
		fillers[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		(void)connect(fillers[i], (struct sockaddr *)&address, sizeof address);
	}
	snprintf(world.url, sizeof world.url, "http://127.0.0.1:%d/", port);
	struct http_request request = post(world.url, "body");
	request.connect_ms = 150;
	assert_int_equal(exchange(&world, &request).fate, HTTP_NOT_SENT);
	for (int i = 0; i < 8; i++)
		close(fillers[i]);
	close(listener);
	end_world(&world);
}

static void test_what_cannot_be_asked_is_refused_and_never_leaves(void **state)
{
	(void)state;
	struct world world = new_world(answer_all, "/");
	const struct http_header split = {"X-To", "a\r\nX-Evil: b"}, named = {"X To", "a"};
	struct http_request requests[6];
	for (int i = 0; i < 6; i++)
		requests[i] = post(world.url, "body");
	requests[0].headers = &split;
	requests[0].header_count = 1;
	requests[1].headers = &named;
	requests[1].header_count = 1;
	requests[2].method = "POST / HTTP/1.1\r\nX-Evil:";
	requests[3].url = "file:///etc/passwd";
	requests[4].url = "http://127.0.0.1:99999999/";
	requests[5].url = "smtp://127.0.0.1/";
	for (int i = 0; i < 6; i++) {
		struct outcome outcome = exchange(&world, &requests[i]);
		assert_int_equal(outcome.fate, HTTP_NOT_SENT);
		assert_true(outcome.detail[0] != '\0');
		assert_null(strstr(outcome.detail, "Evil"));
	}
	assert_int_equal(world.server->connections, 0);
	end_world(&world);
}

/* ── unknown ─────────────────────────────────────────────────────────────────────────────────── */

static void unknown_after(serve_fn *serve, int status)
{
	struct world world = new_world(serve, "/botSECRET/send?key=SECRET");
	struct http_request request = post(world.url, "SECRET body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_UNKNOWN);
	assert_int_equal(outcome.status, status);
	assert_int_equal(world.server->requests, 1);
	assert_null(strstr(outcome.detail, "SECRET"));
	assert_true(outcome.detail[0] != '\0');
	end_world(&world);
}

static void test_an_answer_cut_off_is_unknown(void **state)
{
	(void)state;
	unknown_after(answer_half, 200);
	unknown_after(answer_half_a_chunk, 200);
}

static void test_what_is_no_answer_is_unknown(void **state)
{
	(void)state;
	unknown_after(answer_nonsense, 0);
	unknown_after(say_continue_and_die, 0);
}

static void test_a_stall_after_the_request_is_unknown_within_the_limit(void **state)
{
	(void)state;
	struct world world = new_world(stall, "/SECRET?a=SECRET");
	struct http_request request = post(world.url, "body");
	request.whole_ms = 200;
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_UNKNOWN);
	assert_string_equal(outcome.detail, "no whole answer within 200 ms");
	assert_in_range(outcome.took_ms, 199, 2000);
	end_world(&world);
}

static void test_an_answer_too_long_is_cut_off(void **state)
{
	(void)state;
	struct world world = new_world(answer_a_gigabyte, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_UNKNOWN);
	assert_int_equal(outcome.status, 200);
	assert_int_equal(outcome.body_len, request.answer_max);
	assert_string_equal(outcome.detail, "the answer is longer than 65536 bytes");
	struct server *server = world.server;
	http_client_free(world.client);
	world.client = NULL;
	assert_true(server->bytes < 64 * 1024 * 1024);
	end_world(&world);
}

static void test_headers_without_end_are_cut_off(void **state)
{
	(void)state;
	struct world world = new_world(answer_endless_headers, "/");
	struct http_request request = post(world.url, "body");
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_UNKNOWN);
	assert_int_equal(outcome.header_count, 0);
	assert_non_null(strstr(outcome.detail, "head is longer"));
	end_world(&world);
}

/* ── a connection that was used before dies ──────────────────────────────────────────────────── */

static struct outcome second_of_two(struct world *world, const char *body, bool repeatable)
{
	struct http_request request = post(world->url, body);
	request.repeatable = repeatable;
	assert_int_equal(exchange(world, &request).status, 200);
	return exchange(world, &request);
}

static void test_a_body_that_was_read_is_never_sent_again(void **state)
{
	(void)state;
	struct world world = new_world(answer_once_then_die, "/");
	struct outcome outcome = second_of_two(&world, "body", false);
	assert_int_equal(outcome.fate, HTTP_UNKNOWN);
	assert_int_equal(outcome.status, 0);
	assert_int_equal(world.server->bodies, 2);
	assert_int_equal(world.server->requests, 2);
	end_world(&world);
}

static void test_a_request_without_a_body_is_never_sent_again(void **state)
{
	(void)state;
	struct world world = new_world(answer_once_then_die, "/");
	assert_int_equal(second_of_two(&world, NULL, false).fate, HTTP_UNKNOWN);
	assert_int_equal(world.server->requests, 2);
	end_world(&world);
}

static void test_an_empty_body_is_never_sent_again(void **state)
{
	(void)state;
	struct world world = new_world(answer_once_then_die, "/");
	assert_int_equal(second_of_two(&world, "", false).fate, HTTP_UNKNOWN);
	assert_int_equal(world.server->requests, 2);
	end_world(&world);
}

static void test_what_may_be_repeated_is(void **state)
{
	(void)state;
	struct world world = new_world(answer_once_then_die, "/");
	struct outcome outcome = second_of_two(&world, "body", true);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 200);
	assert_int_equal(world.server->bodies, 3);
	struct http_request request = post(world.url, NULL);
	request.repeatable = true;
	for (int i = 0; i < 12; i++) /* handles are used again; their patience must be new */
		assert_int_equal(exchange(&world, &request).fate, HTTP_ANSWERED);
	end_world(&world);
}

/* ── many, and none ──────────────────────────────────────────────────────────────────────────── */

static void test_a_request_waits_for_its_turn_inside_its_limit(void **state)
{
	(void)state;
	struct failure failure;
	struct world world = new_world(stall, "/");
	http_client_free(world.client);
	world.client = http_client_new(world.loop, 1, &failure);
	struct http_request request = post(world.url, "body");
	struct outcome first = {.loop = world.loop};
	http_client_send(world.client, &request, note_outcome, &first);
	request.connect_ms = 200;
	struct outcome second = exchange(&world, &request);
	assert_int_equal(second.fate, HTTP_NOT_SENT);
	assert_in_range(second.took_ms, 199, 2000);
	assert_int_equal(first.told, 0);
	assert_true(world.server->requests <= 1);
	end_world(&world);
}

struct burst {
	struct world *world;
	int left, under_way, answered;
};

static void send_next(const struct http_answer *answer, void *arg)
{
	struct burst *burst = arg;
	if (answer != NULL) {
		burst->under_way--;
		burst->answered += answer->fate == HTTP_ANSWERED;
	}
	for (; burst->left > 0 && burst->under_way < 8; burst->left--, burst->under_way++) {
		struct http_request request = post(burst->world->url, "body");
		http_client_send(burst->world->client, &request, send_next, burst);
	}
	if (burst->under_way == 0)
		loop_stop(burst->world->loop);
}

static void test_many_at_once_all_end_and_may_send_more_from_done(void **state)
{
	(void)state;
	struct failure failure;
	struct world world = new_world(answer_all, "/");
	http_client_free(world.client); /* the server serves one connection at a time */
	world.client = http_client_new(world.loop, 1, &failure);
	struct burst burst = {.world = &world, .left = 300};
	send_next(NULL, &burst);
	assert_int_equal(loop_run(world.loop), RESULT_OK);
	assert_int_equal(burst.answered, 300);
	assert_int_equal(world.server->connections, 1);
	end_world(&world);
}

static void test_a_cancelled_exchange_is_never_told_of(void **state)
{
	(void)state;
	struct world world = new_world(stall, "/");
	struct outcome cancelled = {.loop = world.loop};
	struct http_request request = post(world.url, "body");
	struct http_exchange *running =
	    http_client_send(world.client, &request, note_outcome, &cancelled);
	request.url = "nonsense";
	struct http_exchange *refused =
	    http_client_send(world.client, &request, note_outcome, &cancelled);
	http_exchange_cancel(refused);
	request.url = world.url;
	request.whole_ms = 200;
	request.connect_ms = 100;
	exchange(&world, &request);
	http_exchange_cancel(running);
	http_exchange_cancel(NULL);
	exchange(&world, &request);
	assert_int_equal(cancelled.told, 0);
	end_world(&world);
}

static void test_a_client_is_freed_with_exchanges_under_way(void **state)
{
	(void)state;
	struct world world = new_world(stall, "/");
	struct outcome outcome = {.loop = world.loop};
	struct http_request request = post(world.url, "body");
	http_client_send(world.client, &request, note_outcome, &outcome);
	http_client_send(world.client, &request, note_outcome, &outcome);
	struct http_request other = post("http://name.invalid/", NULL);
	http_client_send(world.client, &other, note_outcome, &outcome);
	other.url = "nonsense";
	http_client_send(world.client, &other, note_outcome, &outcome);
	end_world(&world);
	assert_int_equal(outcome.told, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_answer_comes_with_status_headers_and_body),
	    cmocka_unit_test(test_methods_and_the_login_are_sent_as_asked),
	    cmocka_unit_test(test_a_connection_is_used_again),
	    cmocka_unit_test(test_a_long_body_arrives_whole),
	    cmocka_unit_test(test_an_answer_without_a_body_is_whole),
	    cmocka_unit_test(test_a_redirect_is_handed_over),
	    cmocka_unit_test(test_a_refusal_before_the_end_of_the_body_is_an_answer),
	    cmocka_unit_test(test_only_the_final_head_counts),
	    cmocka_unit_test(test_a_refused_connection_is_not_sent),
	    cmocka_unit_test(test_an_unknown_name_is_not_sent),
	    cmocka_unit_test(test_a_handshake_that_stalls_is_not_sent),
	    cmocka_unit_test(test_a_connection_that_is_never_taken_is_not_sent),
	    cmocka_unit_test(test_what_cannot_be_asked_is_refused_and_never_leaves),
	    cmocka_unit_test(test_an_answer_cut_off_is_unknown),
	    cmocka_unit_test(test_what_is_no_answer_is_unknown),
	    cmocka_unit_test(test_a_stall_after_the_request_is_unknown_within_the_limit),
	    cmocka_unit_test(test_an_answer_too_long_is_cut_off),
	    cmocka_unit_test(test_headers_without_end_are_cut_off),
	    cmocka_unit_test(test_a_body_that_was_read_is_never_sent_again),
	    cmocka_unit_test(test_a_request_without_a_body_is_never_sent_again),
	    cmocka_unit_test(test_an_empty_body_is_never_sent_again),
	    cmocka_unit_test(test_what_may_be_repeated_is),
	    cmocka_unit_test(test_a_request_waits_for_its_turn_inside_its_limit),
	    cmocka_unit_test(test_many_at_once_all_end_and_may_send_more_from_done),
	    cmocka_unit_test(test_a_cancelled_exchange_is_never_told_of),
	    cmocka_unit_test(test_a_client_is_freed_with_exchanges_under_way),
	};
	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
