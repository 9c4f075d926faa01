/*
 * Owns: the channel cases, run against `gsm` (nhacviec-modem and libgammu on a virtual modem) and
 * `perfect`.
 * May use: channel/gsm.h, channel/perfect.h, the built programs, cmocka.
 * Must not know: frames.
 *
 * The programs are those of NHACVIEC_BUILD, else of the build this test stands in.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/log.h"
#include "channel/gsm.h"
#include "channel/perfect.h"
#include "channel_cases.h"

#include <ftw.h>
#include <libgen.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define MODEM_STARTS_WITHIN_MS (20 * SECOND_MS)
#define LOOK_EVERY_US 5000

struct gsm_bench {
	struct channel_bench port; /* first */
	char directory[64], device[96], socket[96], program[4200], modem[4210];
	pid_t network;
};

static void find_programs(struct gsm_bench *bench)
{
	char self[4096];
	const char *build = getenv("NHACVIEC_BUILD");
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	assert_true(n > 0);
	self[n] = '\0';
	if (build == NULL) /* BUILD/tests/conformance/test_channel */
		build = dirname(dirname(dirname(self)));
	assert_true(snprintf(bench->program, sizeof bench->program, "%s/nhacviec", build) < 4200);
	snprintf(bench->modem, sizeof bench->modem, "%s-modem", bench->program);
	if (access(bench->program, X_OK) != 0 || access(bench->modem, X_OK) != 0)
		fail_msg("%s and nhacviec-modem must be built first", bench->program);
}

static int call_network(const struct gsm_bench *bench)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", bench->socket);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	close(fd);
	return -1;
}

static void start_network(struct gsm_bench *bench)
{
	bench->network = fork();
	if (bench->network == 0) {
		execl(bench->program, bench->program, "virtual-modem", "--link", bench->device,
		    "--socket", bench->socket, "--latency", "30", "--delivery", "10", "--receipt",
		    "10", (char *)NULL);
		_exit(127);
	}
	for (int64_t waited = 0; waited < MODEM_STARTS_WITHIN_MS * 1000; waited += LOOK_EVERY_US) {
		int fd = call_network(bench);
		if (fd >= 0) {
			close(fd);
			return;
		}
		usleep(LOOK_EVERY_US);
	}
	fail_msg("the virtual modem did not start");
}

static struct channel *open_gsm(
    struct channel_bench *port, struct loop *loop, const struct channel_events *events, void *owner)
{
	struct gsm_bench *bench = (struct gsm_bench *)port;
	snprintf(bench->directory, sizeof bench->directory, "/tmp/nhacviec-channel-XXXXXX");
	assert_non_null(mkdtemp(bench->directory));
	snprintf(bench->device, sizeof bench->device, "%s/modem", bench->directory);
	snprintf(bench->socket, sizeof bench->socket, "%s/net.sock", bench->directory);
	find_programs(bench);
	start_network(bench);
	return gsm_channel_new(loop,
	    &(struct gsm_config){.name = "virtual1",
		.device = bench->device,
		.connection = "at115200",
		.pin = "",
		.pace = "brisk",
		.verdict_limit_ms = 20 * SECOND_MS,
		.program = bench->modem,
		.state_dir = bench->directory},
	    events, owner);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
	(void)status;
	(void)type;
	(void)where;
	return remove(path);
}

static void close_gsm(struct channel_bench *port, struct channel *channel)
{
	struct gsm_bench *bench = (struct gsm_bench *)port;
	int status;
	channel->ops->free(channel);
	kill(bench->network, SIGTERM);
	assert_int_equal(waitpid(bench->network, &status, 0), bench->network);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_int_equal(nftw(bench->directory, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void text_in(struct channel_bench *port, const char *from, const char *text)
{
	struct gsm_bench *bench = (struct gsm_bench *)port;
	char line[400], answer[100];
	size_t n = (size_t)snprintf(line, sizeof line, "handset-send %s - ", from);
	for (const char *c = text; *c != '\0' && n + 4 < sizeof line; c++)
		n += (size_t)snprintf(line + n, sizeof line - n, "%%%02X", (unsigned char)*c);
	line[n++] = '\n';
	int fd = call_network(bench);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, line, n), n);
	assert_true(read(fd, answer, sizeof answer) > 2);
	assert_memory_equal(answer, "ok", 2);
	close(fd);
}

static struct gsm_bench gsm_bench = {
    .port =
	{
	    .open = open_gsm,
	    .close = close_gsm,
	    .text_in = text_in,
	    .address = "+84900000003",
	    .bad_address = "khong phai so",
	},
};

/* ── perfect ─────────────────────────────────────────────────────────────────────────────────── */

struct perfect_bench {
	struct channel_bench port; /* first */
	struct channel *channel;
};

static struct channel *open_perfect(
    struct channel_bench *port, struct loop *loop, const struct channel_events *events, void *owner)
{
	struct perfect_bench *bench = (struct perfect_bench *)port;
	bench->channel = perfect_channel_new(
	    loop, &(struct perfect_config){.name = "virtual1", .part_ms = 30}, events, owner);
	return bench->channel;
}

static void close_perfect(struct channel_bench *port, struct channel *channel)
{
	(void)port;
	channel->ops->free(channel);
}

static void say_perfect(struct channel_bench *port, const char *from, const char *text)
{
	struct failure failure;
	assert_int_equal(
	    perfect_channel_say(((struct perfect_bench *)port)->channel, from, text, &failure),
	    RESULT_OK);
}

static struct perfect_bench perfect_bench = {
    .port =
	{
	    .open = open_perfect,
	    .close = close_perfect,
	    .text_in = say_perfect,
	    .address = "+84900000003",
	    .bad_address = "khong phai so",
	},
};

int main(void)
{
	log_set_level(LOG_ERROR);
	const struct CMUnitTest perfect[] = {CHANNEL_CASES(&perfect_bench)};
	const struct CMUnitTest gsm[] = {CHANNEL_CASES(&gsm_bench)};
	int failed = cmocka_run_group_tests_name("channel perfect", perfect, NULL, NULL);
	return failed + cmocka_run_group_tests_name("channel gsm", gsm, NULL, NULL);
}
