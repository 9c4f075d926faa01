/*
 * Owns: the start of nhacviec-modem: rights, signals, descriptor 3.
 * May use: modem/program.h.
 * Must not know: frames, libgammu.
 */
#include "modem/program.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sysexits.h>
#include <unistd.h>

enum { LINK_FD = 3 };

static void give_up_rights(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	/* A core would hold texts and the PIN. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

/* An interrupt at the terminal is meant for the daemon, which then says STOP. */
static int take_signals(void)
{
	sigset_t wished;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&wished);
	sigaddset(&wished, SIGTERM);
	sigprocmask(SIG_BLOCK, &wished, NULL);
	return signalfd(-1, &wished, SFD_CLOEXEC | SFD_NONBLOCK);
}

int main(void)
{
	int type;
	socklen_t size = sizeof type;
	if (getsockopt(LINK_FD, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) {
		fputs("nhacviec-modem is started by 'nhacviec serve', which talks to it on "
		      "descriptor "
		      "3; it does nothing by itself.\n",
		    stderr);
		return EX_USAGE;
	}
	give_up_rights();
	int signal_fd = take_signals();
	/* libgammu prints to standard output when a reply is malformed. */
	dup2(STDERR_FILENO, STDOUT_FILENO);
	return program_run(LINK_FD, signal_fd);
}
