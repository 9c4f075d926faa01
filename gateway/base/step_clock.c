/*
 * Owns: the client's side of the shared discrete clock.
 * May use: base/clock, base/buffer, base/result.
 * Must not know: event loops, the virtual network.
 */
#include "base/step_clock.h"

#include "base/memory.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum said { SAID_NOTHING, SAID_BUSY, SAID_IDLE, SAID_WAIT };

struct step_clock {
	int fd;
	struct buffer in;
	struct mono now;
	int64_t shift_ms; /* of the machine's clock against it */
	uint64_t sequence;
	enum said said;
	struct mono said_moment;
	bool gone;
};

static void say(struct step_clock *clock, const char *line)
{
	size_t len = strlen(line);
	while (len > 0 && !clock->gone) {
		ssize_t n = send(clock->fd, line, len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			struct pollfd room = {.fd = clock->fd, .events = POLLOUT};
			poll(&room, 1, 1000);
			continue;
		}
		if (n <= 0) {
			clock->gone = true;
			return;
		}
		line += n;
		len -= (size_t)n;
	}
}

static int take_lines(struct step_clock *clock)
{
	int moved = 0;
	char *end;
	while (clock->in.len > 0 && (end = memchr(clock->in.data, '\n', clock->in.len)) != NULL) {
		*end = '\0';
		uint64_t sequence;
		int64_t ms, shift_ms;
		if (sscanf(clock->in.data, "time %" SCNu64 " %" SCNd64 " %" SCNd64, &sequence, &ms,
			&shift_ms) == 3) {
			clock->sequence = sequence;
			clock->now = (struct mono){ms};
			clock->shift_ms = shift_ms;
			clock->said = SAID_NOTHING;
			moved = 1;
		}
		buffer_consume(&clock->in, (size_t)(end - clock->in.data) + 1);
	}
	return moved;
}

int step_clock_read(struct step_clock *clock)
{
	char bytes[512];
	for (;;) {
		ssize_t n = recv(clock->fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n <= 0) {
			clock->gone = true;
			break;
		}
		buffer_add(&clock->in, bytes, (size_t)n);
	}
	int moved = take_lines(clock);
	return clock->gone || clock->in.overflow ? -1 : moved;
}

static int connect_to(const char *path, struct failure *failure)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		failure_set(failure, RESULT_INVALID,
		    "The clock socket's path %s is too long (107 bytes at most).", path);
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
		failure_set(failure, RESULT_IO,
		    "Cannot join the rehearsal clock at %s: %s. Start 'nhacviec virtual-modem' "
		    "first.",
		    path, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	return fd;
}

struct step_clock *step_clock_join(
    const char *path, const char *name, const char *role, struct failure *failure)
{
	int fd = connect_to(path, failure);
	if (fd < 0)
		return NULL;
	struct step_clock *clock = memory_new(sizeof *clock);
	char line[200];
	clock->fd = fd;
	clock->in = BUFFER(64 * 1024);
	snprintf(line, sizeof line, "join %s %s\n", name, role);
	say(clock, line);
	struct pollfd ready = {.fd = fd, .events = POLLIN};
	int moved = 0;
	while (moved == 0 && poll(&ready, 1, 20000) > 0)
		moved = step_clock_read(clock);
	if (moved != 1) {
		failure_set(failure, RESULT_IO, "The rehearsal clock at %s does not answer.", path);
		step_clock_leave(clock);
		return NULL;
	}
	return clock;
}

void step_clock_leave(struct step_clock *clock)
{
	if (clock == NULL)
		return;
	close(clock->fd);
	buffer_clear(&clock->in);
	free(clock);
}

int step_clock_descriptor(const struct step_clock *clock)
{
	return clock->fd;
}

struct wall step_clock_now(const struct step_clock *clock)
{
	return (struct wall){clock->now.ms + clock->shift_ms};
}

struct mono step_clock_mono(const struct step_clock *clock)
{
	return clock->now;
}

void step_clock_busy(struct step_clock *clock)
{
	if (clock->said == SAID_BUSY || clock->said == SAID_NOTHING)
		return; /* a client counts as busy until it reports */
	say(clock, "busy\n");
	clock->said = SAID_BUSY;
}

static void report(struct step_clock *clock, enum said what, const char *word, struct mono moment)
{
	char line[100];
	if (clock->said == what && clock->said_moment.ms == moment.ms)
		return;
	if (moment.ms == INT64_MAX)
		snprintf(line, sizeof line, "%s %" PRIu64 " -\n", word, clock->sequence);
	else
		snprintf(line, sizeof line, "%s %" PRIu64 " %" PRId64 "\n", word, clock->sequence,
		    moment.ms);
	say(clock, line);
	clock->said = what;
	clock->said_moment = moment;
}

void step_clock_idle(struct step_clock *clock, struct mono next)
{
	report(clock, SAID_IDLE, "idle", next);
}

void step_clock_wait(struct step_clock *clock, struct mono until)
{
	report(clock, SAID_WAIT, "wait", until);
}
