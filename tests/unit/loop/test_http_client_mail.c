/*
 * Owns: tests of mail by SMTP: what is sent, what a refusal is, when the outcome is unknown.
 * May use: loop/, cmocka.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_server.h"

#define MESSAGE                                                                                    \
	"From: <office@example.vn>\r\nTo: <an@example.vn>\r\nSubject: x\r\n\r\nDear "              \
	"An,\r\n.dot\r\n"

/* ── a mail server; it notes the dialogue in last_head, the message in last_body ─────────────── */

struct manners {
	const char *offers;    /* after "250-test", each line with its 250 */
	const char *recipient; /* its reply to RCPT, to the login, to the message; NULL: silence */
	const char *login, *message;
	bool ends_after_sender, ends_after_message;
};

static void take_message(struct server *server, int fd)
{
	char line[1024];
	size_t len = 0;
	while (read_line(fd, line, sizeof line) && strcmp(line, ".") != 0)
		len += (size_t)snprintf(
		    server->last_body + len, sizeof server->last_body - len, "%s\n", line);
	server->bodies++;
}

static void reply(int fd, const char *text)
{
	say(fd, text);
	say(fd, "\r\n");
}

static void serve_mail(struct server *server, int fd, const struct manners *manners)
{
	char line[1024];
	size_t len = 0;
	reply(fd, "220 test");
	while (read_line(fd, line, sizeof line)) {
		len += (size_t)snprintf(
		    server->last_head + len, sizeof server->last_head - len, "%s\n", line);
		if (strncmp(line, "EHLO", 4) == 0) {
			reply(fd, manners->offers != NULL ? manners->offers : "250 test");
		} else if (strncmp(line, "AUTH", 4) == 0) {
			reply(fd, "334 ");
			if (read_line(fd, line, sizeof line))
				reply(fd, manners->login);
		} else if (strncmp(line, "MAIL", 4) == 0) {
			if (manners->ends_after_sender)
				return;
			reply(fd, "250 sender ok");
		} else if (strncmp(line, "RCPT", 4) == 0) {
			reply(fd, manners->recipient != NULL ? manners->recipient : "250 ok");
		} else if (strcmp(line, "DATA") == 0) {
			reply(fd, "354 go on");
			take_message(server, fd);
			if (manners->ends_after_message)
				return;
			if (manners->message != NULL)
				reply(fd, manners->message);
		} else if (strcmp(line, "QUIT") == 0) {
			wait_for_end(fd); /* never answers: nobody may wait for it */
		}
	}
}

static void take_it(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){.message = "250 2.0.0 queued as 42"});
}

static void refuse_recipient(struct server *server, int fd)
{
	serve_mail(
	    server, fd, &(struct manners){.recipient = "550-5.1.1 unknown\r\n550 5.1.1 user"});
}

static void refuse_for_now(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){.recipient = "451 4.7.1 greylisted"});
}

static void refuse_message(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){.message = "554 5.6.0 spam"});
}

static void refuse_login(struct server *server, int fd)
{
	serve_mail(server, fd,
	    &(struct manners){
		.offers = "250-test\r\n250 AUTH PLAIN", .login = "535 5.7.8 bad credentials"});
}

static void accept_login(struct server *server, int fd)
{
	serve_mail(server, fd,
	    &(struct manners){.offers = "250-test\r\n250 AUTH PLAIN",
		.login = "235 welcome",
		.message = "250 ok"});
}

static void end_after_sender(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){.ends_after_sender = true});
}

static void end_after_message(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){.ends_after_message = true});
}

static void fall_silent_after_message(struct server *server, int fd)
{
	serve_mail(server, fd, &(struct manners){0});
}

static void turn_away(struct server *server, int fd)
{
	(void)server;
	reply(fd, "554 no service here");
	wait_for_end(fd);
}

static void greet_never(struct server *server, int fd)
{
	(void)server;
	wait_for_end(fd);
}

/* ── the tests ───────────────────────────────────────────────────────────────────────────────── */

static struct world mail_world(serve_fn *serve)
{
	struct world world = new_world(serve, "/");
	snprintf(world.url, sizeof world.url, "smtp://127.0.0.1:%d/", world.server->port);
	return world;
}

static struct http_request mail(const char *url)
{
	struct http_request request = post(url, MESSAGE);
	request.mail_from = "office@example.vn";
	request.mail_to = "an@example.vn";
	return request;
}

static struct outcome mail_outcome(serve_fn *serve)
{
	struct world world = mail_world(serve);
	struct http_request request = mail(world.url);
	request.connect_ms = request.whole_ms = 300;
	struct outcome outcome = exchange(&world, &request);
	assert_true(outcome.took_ms < 2000);
	assert_null(strstr(outcome.detail, "@"));
	end_world(&world);
	return outcome;
}

static void test_mail_that_is_taken_is_answered(void **state)
{
	(void)state;
	struct world world = mail_world(take_it);
	struct http_request request = mail(world.url);
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 250);
	assert_string_equal(outcome.body, "250 2.0.0 queued as 42\r\n");
	assert_true(outcome.took_ms < 2000); /* QUIT is never answered */
	exchange(&world, &request);
	assert_int_equal(world.server->bodies, 2);
	assert_non_null(strstr(world.server->last_head, "MAIL FROM:<office@example.vn>"));
	assert_non_null(strstr(world.server->last_head, "RCPT TO:<an@example.vn>"));
	assert_string_equal(world.server->last_body,
	    "From: <office@example.vn>\nTo: <an@example.vn>\nSubject: x\n\nDear An,\n..dot\n");
	end_world(&world);
}

static void test_a_refusal_is_an_answer_with_its_code(void **state)
{
	(void)state;
	struct outcome outcome = mail_outcome(refuse_recipient);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 550);
	assert_string_equal(outcome.body, "550-5.1.1 unknown\r\n550 5.1.1 user\r\n");
	outcome = mail_outcome(refuse_for_now);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 451);
	outcome = mail_outcome(refuse_message);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 554);
	outcome = mail_outcome(turn_away);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 554);
}

static void test_what_ends_before_the_message_was_not_sent(void **state)
{
	(void)state;
	assert_int_equal(mail_outcome(end_after_sender).fate, HTTP_NOT_SENT);
	assert_int_equal(mail_outcome(greet_never).fate, HTTP_NOT_SENT);
}

static void test_what_ends_after_the_message_is_unknown(void **state)
{
	(void)state;
	assert_int_equal(mail_outcome(end_after_message).fate, HTTP_UNKNOWN);
	assert_int_equal(mail_outcome(fall_silent_after_message).fate, HTTP_UNKNOWN);
}

static void test_the_login_is_answered(void **state)
{
	(void)state;
	struct world world = mail_world(accept_login);
	struct http_request request = mail(world.url);
	request.user = "office";
	request.password = "SECRET";
	assert_int_equal(exchange(&world, &request).fate, HTTP_ANSWERED);
	assert_non_null(strstr(world.server->last_head, "AUTH PLAIN"));
	end_world(&world);
	world = mail_world(refuse_login);
	request.url = world.url;
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 535);
	assert_null(strstr(outcome.detail, "SECRET"));
	assert_int_equal(world.server->bodies, 0);
	end_world(&world);
}

static void test_without_the_tls_that_is_required_nothing_is_said(void **state)
{
	(void)state;
	struct world world = mail_world(take_it);
	struct http_request request = mail(world.url);
	request.starttls_required = true;
	struct outcome outcome = exchange(&world, &request);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_null(strstr(world.server->last_head, "MAIL"));
	end_world(&world);
}

static void test_an_address_that_would_end_its_line_is_refused(void **state)
{
	(void)state;
	const char *const addresses[] = {
	    "", "a@b>\r\nRCPT TO:<c@d", "a@b\r\nDATA", "<a@b>", "a b@c", "a@b\x7f"};
	struct world world = mail_world(take_it);
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		struct http_request request = mail(world.url);
		request.mail_to = addresses[i];
		assert_int_equal(exchange(&world, &request).fate, HTTP_NOT_SENT);
		request.mail_to = "an@example.vn";
		request.mail_from = addresses[i];
		assert_int_equal(exchange(&world, &request).fate, HTTP_NOT_SENT);
	}
	assert_int_equal(world.server->connections, 0);
	end_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_mail_that_is_taken_is_answered),
	    cmocka_unit_test(test_a_refusal_is_an_answer_with_its_code),
	    cmocka_unit_test(test_what_ends_before_the_message_was_not_sent),
	    cmocka_unit_test(test_what_ends_after_the_message_is_unknown),
	    cmocka_unit_test(test_the_login_is_answered),
	    cmocka_unit_test(test_without_the_tls_that_is_required_nothing_is_said),
	    cmocka_unit_test(test_an_address_that_would_end_its_line_is_refused),
	};
	forget_proxies();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
