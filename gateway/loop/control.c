/*
 * Owns: the daemon's side of the control socket: listening, calls, replies.
 * May use: base/, loop/loop.h.
 * Must not know: what requests mean.
 */
#include "loop/control.h"

#include "base/buffer.h"
#include "base/log.h"
#include "base/memory.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CALLS_MAX 16
#define BACKLOG 64
#define HEAD_BYTES 4
#define READ_BYTES (64 * 1024)

struct control_call {
	struct control *control;   /* NULL after control_free */
	struct control_call *next; /* newest first */
	int fd;                    /* -1 when the caller or the socket is gone */
	struct loop_watch *watch;
	char caller[96];
	struct buffer bytes; /* the request while it comes, then the reply while it leaves */
	bool asked;          /* the request was handed over; only control_reply frees the call */
	bool answered;
};

struct control {
	struct loop *loop;
	char *path;
	int fd;
	int spare_fd; /* given up for a moment when there are no more descriptors */
	struct loop_watch *watch;
	control_request_fn *fn;
	void *arg;
	struct control_call *calls;
	size_t call_count;
};

/* ── one call ────────────────────────────────────────────────────────────────────────────────── */

static void hang_up(struct control_call *call)
{
	loop_watch_free(call->watch);
	call->watch = NULL;
	if (call->fd >= 0)
		close(call->fd);
	call->fd = -1;
	buffer_clear(&call->bytes);
}

static void forget_call(struct control_call *call)
{
	if (call->control != NULL) {
		struct control_call **link = &call->control->calls;
		while (*link != call)
			link = &(*link)->next;
		*link = call->next;
		call->control->call_count--;
	}
	hang_up(call);
	free(call);
}

static size_t length_at_start(const struct buffer *bytes)
{
	uint32_t length;
	memcpy(&length, bytes->data, sizeof length);
	return ntohl(length);
}

static void hand_over(struct control_call *call)
{
	struct buffer request = call->bytes;
	call->bytes = (struct buffer){0};
	call->asked = true;
	loop_watch_want(call->watch, 0); /* what else comes is nobody's; leaving shows on writing */
	call->control->fn(call, call->caller, request.data + HEAD_BYTES, length_at_start(&request),
	    call->control->arg);
	buffer_clear(&request);
}

/* False when the call is over. */
static bool look_at_request(struct control_call *call)
{
	if (call->bytes.len < HEAD_BYTES)
		return true;
	size_t length = length_at_start(&call->bytes);
	if (length == 0 || length > CONTROL_REQUEST_MAX) {
		log_event(LOG_WARNING, "control.bad-length", "caller=%s bytes=%zu",
		    log_quote(call->caller).text, length);
		forget_call(call);
		return false;
	}
	if (call->bytes.len < HEAD_BYTES + length)
		return true;
	hand_over(call);
	return false;
}

static void read_request(struct control_call *call)
{
	char bytes[READ_BYTES];
	for (;;) {
		ssize_t got = recv(call->fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 && errno == EAGAIN)
			return;
		if (got <= 0) {
			forget_call(call);
			return;
		}
		buffer_add(&call->bytes, bytes, (size_t)got);
		if (!look_at_request(call))
			return;
	}
}

static void write_reply(struct control_call *call)
{
	while (call->bytes.len > 0) {
		ssize_t sent =
		    send(call->fd, call->bytes.data, call->bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0 && errno == EAGAIN) {
			loop_watch_want(call->watch, LOOP_WRITE);
			return;
		}
		if (sent < 0)
			break; /* the caller left; only its reply is lost */
		buffer_consume(&call->bytes, (size_t)sent);
	}
	forget_call(call);
}

static void call_ready(int ready, void *arg)
{
	struct control_call *call = arg;
	(void)ready;
	if (call->answered)
		write_reply(call);
	else if (!call->asked)
		read_request(call);
}

void control_reply(struct control_call *call, const char *reply, size_t len)
{
	if (call->control == NULL) {
		free(call);
		return;
	}
	uint32_t length = htonl((uint32_t)len);
	call->bytes = BUFFER(HEAD_BYTES + len + 1);
	buffer_add(&call->bytes, &length, sizeof length);
	buffer_add(&call->bytes, reply, len);
	call->answered = true;
	write_reply(call);
}

/* ── coming in ───────────────────────────────────────────────────────────────────────────────── */

static void name_caller(struct control_call *call)
{
	struct ucred peer;
	socklen_t size = sizeof peer;
	struct passwd entry, *found = NULL;
	char memory[4096];
	if (getsockopt(call->fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
		snprintf(call->caller, sizeof call->caller, "unknown");
		return;
	}
	if (getpwuid_r(peer.uid, &entry, memory, sizeof memory, &found) != 0)
		found = NULL;
	snprintf(call->caller, sizeof call->caller, "%.40s(%u) pid %d",
	    found != NULL ? found->pw_name : "?", (unsigned)peer.uid, (int)peer.pid);
}

/* Makes room by dropping the oldest caller that has not even said what it wants. */
static bool make_room(struct control *control)
{
	struct control_call *oldest = NULL;
	if (control->call_count < CALLS_MAX)
		return true;
	for (struct control_call *call = control->calls; call != NULL; call = call->next)
		if (!call->asked)
			oldest = call;
	if (oldest != NULL)
		forget_call(oldest);
	return oldest != NULL;
}

static void take_call(struct control *control, int fd)
{
	if (!make_room(control)) {
		log_event(LOG_WARNING, "control.too-many-calls", "calls=%zu", control->call_count);
		close(fd);
		return;
	}
	struct control_call *call = memory_new(sizeof *call);
	*call = (struct control_call){
	    .control = control,
	    .next = control->calls,
	    .fd = fd,
	    .bytes = BUFFER(HEAD_BYTES + CONTROL_REQUEST_MAX + READ_BYTES),
	};
	control->calls = call;
	control->call_count++;
	name_caller(call);
	call->watch = loop_watch_new(control->loop, fd, LOOP_READ, call_ready, call);
}

/* Out of descriptors, a waiting caller would wake the loop for ever: it is sent away instead. */
static void turn_away(struct control *control)
{
	close(control->spare_fd);
	int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	control->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	log_event(LOG_ERROR, "control.no-descriptors", "advice=%s",
	    log_quote("raise the limit of open files (LimitNOFILE)").text);
}

static void somebody_calls(int ready, void *arg)
{
	struct control *control = arg;
	(void)ready;
	for (;;) {
		int fd = accept4(control->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd >= 0) {
			take_call(control, fd);
			continue;
		}
		if (errno == EMFILE || errno == ENFILE)
			turn_away(control);
		if (errno != EINTR && errno != ECONNABORTED)
			return;
	}
}

/* ── life ────────────────────────────────────────────────────────────────────────────────────── */

/* Removes what a dead daemon left. Anything else at this path is not ours to remove. */
static enum result clear_path(const struct sockaddr_un *address, int probe, struct failure *failure)
{
	struct stat status;
	if (lstat(address->sun_path, &status) != 0)
		return RESULT_OK; /* binding tells what is wrong, if anything is */
	if (!S_ISSOCK(status.st_mode))
		return failure_set(failure, RESULT_DENIED,
		    "%s exists and is not a socket. Remove it, or name another control_socket in "
		    "the configuration.",
		    address->sun_path);
	if (connect(probe, (const struct sockaddr *)address, sizeof *address) == 0 ||
	    errno == EAGAIN)
		return failure_set(failure, RESULT_DENIED,
		    "Another daemon listens at %s. Stop it first, or give this one another "
		    "state_dir.",
		    address->sun_path);
	if (errno != ECONNREFUSED)
		return failure_set(failure, RESULT_DENIED,
		    "The socket %s cannot be taken over: %s. Check whose it is.", address->sun_path,
		    strerror(errno));
	unlink(address->sun_path);
	return RESULT_OK;
}

static int listen_at(const char *path, struct failure *failure)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path) {
		failure_set(failure, RESULT_INVALID,
		    "The control socket's path %.300s is too long: %zu bytes at most. Set "
		    "control_socket in the configuration.",
		    path, sizeof address.sun_path - 1);
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	enum result result = clear_path(&address, probe, failure);
	if (probe >= 0)
		close(probe);
	if (result == RESULT_OK) {
		mode_t mask = umask(0117);
		if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
		    listen(fd, BACKLOG) != 0)
			result = failure_set(failure, RESULT_IO,
			    "Cannot listen at %s: %s. Check that its folder exists and may be "
			    "written by this user.",
			    path, strerror(errno));
		umask(mask);
	}
	if (result == RESULT_OK)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

struct control *control_new(
    struct loop *loop, const char *path, control_request_fn *fn, void *arg, struct failure *failure)
{
	int fd = listen_at(path, failure);
	if (fd < 0)
		return NULL;
	struct control *control = memory_new(sizeof *control);
	*control = (struct control){
	    .loop = loop,
	    .path = memory_copy_text(path),
	    .fd = fd,
	    .spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC),
	    .fn = fn,
	    .arg = arg,
	};
	control->watch = loop_watch_new(loop, fd, LOOP_READ, somebody_calls, control);
	return control;
}

void control_free(struct control *control)
{
	if (control == NULL)
		return;
	while (control->calls != NULL) {
		struct control_call *call = control->calls;
		if (!call->asked || call->answered) {
			forget_call(call);
			continue;
		}
		control->calls = call->next; /* its reply is still to come, and frees it */
		hang_up(call);
		call->control = NULL;
	}
	loop_watch_free(control->watch);
	unlink(control->path);
	close(control->fd);
	close(control->spare_fd);
	free(control->path);
	free(control);
}
