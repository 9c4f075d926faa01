/*
 * Owns: tests that the HTTP client speaks to nobody whose certificate it cannot verify.
 * May use: loop/, cmocka, the program openssl as the server.
 * Must not know: the domain.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_server.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#define FOLDER "/tmp/test-http-tls-XXXXXX"

struct tls {
	char folder[sizeof FOLDER], key[64], certificate[64];
	FILE *said; /* by the server */
	pid_t pid;
	int port;
};

/* Starts openssl with its output into the pipe that is returned. */
static int start_openssl(const char *const argv[], pid_t *pid)
{
	int fds[2];
	assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
	*pid = fork();
	if (*pid == 0) {
		int nothing = open("/dev/null", O_RDWR);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(nothing, 0);
		dup2(fds[1], 1);
		dup2(nothing, 2);
		execvp("openssl", (char *const *)argv);
		_exit(127);
	}
	close(fds[1]);
	return fds[0];
}

static void make_certificate(struct tls *tls)
{
	const char *const argv[] = {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
	    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
	    "-addext", "subjectAltName=DNS:localhost", "-keyout", tls->key, "-out",
	    tls->certificate, NULL};
	pid_t pid;
	int status;
	close(start_openssl(argv, &pid));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static int start_server(void **state)
{
	struct tls *tls = memory_new(sizeof *tls);
	*state = tls;
	memcpy(tls->folder, FOLDER, sizeof FOLDER);
	assert_non_null(mkdtemp(tls->folder));
	snprintf(tls->key, sizeof tls->key, "%s/key.pem", tls->folder);
	snprintf(tls->certificate, sizeof tls->certificate, "%s/certificate.pem", tls->folder);
	make_certificate(tls);
	const char *const argv[] = {"openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-key",
	    tls->key, "-cert", tls->certificate, NULL};
	tls->said = fdopen(start_openssl(argv, &tls->pid), "r");
	assert_non_null(tls->said);
	char line[256];
	while (tls->port == 0 && fgets(line, sizeof line, tls->said) != NULL)
		if (strncmp(line, "ACCEPT", 6) == 0)
			tls->port = (int)strtol(strrchr(line, ':') + 1, NULL, 10);
	return tls->port > 0 ? 0 : -1;
}

static int stop_server(void **state)
{
	struct tls *tls = *state;
	kill(tls->pid, SIGKILL);
	waitpid(tls->pid, NULL, 0);
	fclose(tls->said);
	unlink(tls->key);
	unlink(tls->certificate);
	rmdir(tls->folder);
	free(tls);
	return 0;
}

static struct outcome ask(struct tls *tls, const char *host, const char *ca_file)
{
	struct failure failure;
	struct world world = new_world_on(loop_new(NULL, "test", &failure), NULL, "/");
	snprintf(world.url, sizeof world.url, "https://%s:%d/?key=SECRET", host, tls->port);
	struct http_request request = post(world.url, NULL);
	request.ca_file = ca_file;
	struct outcome outcome = exchange(&world, &request);
	end_world(&world);
	assert_null(strstr(outcome.detail, "SECRET"));
	return outcome;
}

static void test_an_untrusted_certificate_is_not_sent_to(void **state)
{
	struct outcome outcome = ask(*state, "localhost", NULL);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_non_null(strstr(outcome.detail, "self-signed certificate"));
}

static void test_a_certificate_of_the_given_file_is_trusted(void **state)
{
	struct tls *tls = *state;
	struct outcome outcome = ask(tls, "localhost", tls->certificate);
	assert_int_equal(outcome.fate, HTTP_ANSWERED);
	assert_int_equal(outcome.status, 200);
}

static void test_a_certificate_for_another_name_is_not_sent_to(void **state)
{
	struct tls *tls = *state;
	struct outcome outcome = ask(tls, "127.0.0.1", tls->certificate);
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
}

static void test_a_file_of_certificates_that_is_not_there_is_told_of(void **state)
{
	struct outcome outcome = ask(*state, "localhost", "/nowhere/ca.pem");
	assert_int_equal(outcome.fate, HTTP_NOT_SENT);
	assert_non_null(strstr(outcome.detail, "/nowhere/ca.pem"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_an_untrusted_certificate_is_not_sent_to),
	    cmocka_unit_test(test_a_certificate_of_the_given_file_is_trusted),
	    cmocka_unit_test(test_a_certificate_for_another_name_is_not_sent_to),
	    cmocka_unit_test(test_a_file_of_certificates_that_is_not_there_is_told_of),
	};
	forget_proxies();
	return cmocka_run_group_tests(tests, start_server, stop_server);
}
