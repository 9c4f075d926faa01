/*
 * Owns: the entry of `nhacviec`.
 * May use: handlers/command/, daemon/.
 * Must not know: what subcommands do.
 */
#include "daemon/daemon.h"
#include "daemon/foresight.h"
#include "daemon/simulate.h"
#include "replies/replies.h"

int main(int argc, char **argv)
{
	static const struct command commands_of_daemon[] = {
	    {"serve", "run the gateway", "chạy cổng nhắc việc", daemon_serve},
	    {"simulate", "see every text of a span of time beforehand",
		"xem trước mọi tin của một khoảng thời gian", daemon_simulate},
	    {NULL, NULL, NULL, NULL},
	};
	return command_main(argc, argv, commands_of_daemon, &daemon_foresight, &replies);
}
