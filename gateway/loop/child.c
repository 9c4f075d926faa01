/*
 * Owns: child processes: start, exit, kill.
 * May use: base/, the loop's signals.
 * Must not know: what the children do.
 */
#include "loop/internal.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILD_SOCKET 3

struct loop_child {
	struct loop *loop;
	struct loop_child *next;
	pid_t pid;
	void (*exited)(int status, void *arg);
	void *arg;
};

static void unlink_child(struct loop_child *child)
{
	struct loop_child **link = &child->loop->children;
	while (*link != child)
		link = &(*link)->next;
	*link = child->next;
}

static void reap_children(void *arg)
{
	struct loop *loop = arg;
	for (struct loop_child *child = loop->children; child != NULL;) {
		int status;
		if (waitpid(child->pid, &status, WNOHANG) != child->pid) {
			child = child->next;
			continue;
		}
		unlink_child(child);
		child->exited(status, child->arg);
		free(child);
		child = loop->children;
	}
}

static void __attribute__((noreturn)) become(char *const argv[], int socket_fd)
{
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setpgid(0, 0);
	int null =
	    open("/dev/null", O_RDWR); /* may itself be 3: used before the socket is put there */
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO); /* libraries that print must not disturb anybody */
	if (socket_fd == CHILD_SOCKET)
		fcntl(socket_fd, F_SETFD, 0);
	else
		dup2(socket_fd, CHILD_SOCKET);
	close_range(CHILD_SOCKET + 1, ~0U, 0);
	execv(argv[0], argv);
	_exit(127);
}

struct loop_child *loop_child_start(struct loop *loop, char *const argv[], int socket_fd,
    void (*exited)(int status, void *arg), void *arg, struct failure *failure)
{
	if (access(argv[0], X_OK) != 0) {
		failure_set(failure, RESULT_NOT_FOUND,
		    "Cannot run %s: %s. Is nhacviec installed completely?", argv[0],
		    strerror(errno));
		return NULL;
	}
	if (!loop->watches_children) {
		loop_on_signal(loop, SIGCHLD, reap_children, loop);
		loop->watches_children = true;
	}
	pid_t pid = fork();
	if (pid < 0) {
		failure_set(
		    failure, RESULT_TEMPORARY, "Cannot start %s: %s.", argv[0], strerror(errno));
		return NULL;
	}
	if (pid == 0)
		become(argv, socket_fd);
	close(socket_fd);
	struct loop_child *child = memory_new(sizeof *child);
	*child = (struct loop_child){
	    .loop = loop, .next = loop->children, .pid = pid, .exited = exited, .arg = arg};
	loop->children = child;
	return child;
}

pid_t loop_child_pid(const struct loop_child *child)
{
	return child->pid;
}

void loop_child_kill(struct loop_child *child, int signal_number)
{
	kill(child->pid, signal_number);
}

void loop_child_free(struct loop_child *child)
{
	unlink_child(child);
	free(child);
}
