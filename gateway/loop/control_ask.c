/*
 * Owns: the caller's side of the control socket: one blocking question.
 * May use: base/, loop/control.h.
 * Must not know: what requests mean.
 */
#include "loop/control.h"

#include "base/memory.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* The longest honest answer is that of a big import. */
#define ANSWER_LIMIT_S 300
#define REPLY_MAX ((size_t)256 * 1024 * 1024)

static void close_descriptor(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static enum result call_daemon(const char *path, int *out, struct failure *failure)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path)
		return failure_set(failure, RESULT_INVALID,
		    "The control socket's path %.300s is too long: %zu bytes at most. Set "
		    "control_socket in the configuration.",
		    path, sizeof address.sun_path - 1);
	memcpy(address.sun_path, path, strlen(path) + 1);
	*out = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (*out < 0)
		return failure_set(
		    failure, RESULT_IO, "Cannot make a socket: %s.", strerror(errno));
	const struct timeval limit = {.tv_sec = ANSWER_LIMIT_S};
	setsockopt(*out, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	setsockopt(*out, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
	if (connect(*out, (struct sockaddr *)&address, sizeof address) == 0)
		return RESULT_OK;
	if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
		return failure_set(failure, RESULT_NOT_FOUND, "No daemon listens at %.300s.", path);
	if (errno == EACCES || errno == EPERM)
		return failure_set(failure, RESULT_DENIED,
		    "This user may not talk to the daemon at %.300s. Use sudo, or become a member "
		    "of the socket's group.",
		    path);
	return failure_set(failure, RESULT_TEMPORARY, "Cannot reach the daemon at %.300s: %s.",
	    path, strerror(errno));
}

static bool send_all(int fd, const void *bytes, size_t len)
{
	const char *next = bytes;
	while (len > 0) {
		ssize_t sent = send(fd, next, len, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		next += sent;
		len -= (size_t)sent;
	}
	return true;
}

static bool receive_all(int fd, void *bytes, size_t len)
{
	char *next = bytes;
	while (len > 0) {
		ssize_t got = recv(fd, next, len, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		next += got;
		len -= (size_t)got;
	}
	return true;
}

/* Once the request has left, nobody knows whether it was carried out. */
static enum result no_answer(struct failure *failure)
{
	return failure_set(failure, RESULT_UNKNOWN,
	    "The daemon did not answer, so the change may or may not have been made. Look at its "
	    "log and at what is stored before asking again.");
}

enum result control_ask(const char *path, const char *request, size_t len, char **reply,
    size_t *reply_len, struct failure *failure)
{
	__attribute__((cleanup(close_descriptor))) int fd = -1;
	if (len == 0 || len > CONTROL_REQUEST_MAX)
		return failure_set(failure, RESULT_LIMIT,
		    "The request has %zu bytes; 1 to %u are possible. Split the file.", len,
		    CONTROL_REQUEST_MAX);
	enum result result = call_daemon(path, &fd, failure);
	if (result != RESULT_OK)
		return result;
	uint32_t length = htonl((uint32_t)len);
	if (!send_all(fd, &length, sizeof length) || !send_all(fd, request, len))
		return failure_set(failure, RESULT_TEMPORARY,
		    "The daemon did not take the whole request, so nothing was changed. Try "
		    "again.");
	if (!receive_all(fd, &length, sizeof length) || ntohl(length) > REPLY_MAX)
		return no_answer(failure);
	*reply_len = ntohl(length);
	*reply = memory_new(*reply_len + 1);
	if (receive_all(fd, *reply, *reply_len))
		return RESULT_OK;
	memory_free(*reply);
	*reply = NULL;
	return no_answer(failure);
}
