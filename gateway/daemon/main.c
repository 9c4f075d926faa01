/*
 * Owns: the entry of `nhacviec`.
 * May use: handlers/command/, daemon/.
 * Must not know: what subcommands do.
 */
#include "daemon/daemon.h"

int main(int argc, char **argv)
{
	static const struct command serve = {
	    .name = "serve",
	    .summary_en = "run the gateway",
	    .summary_vi = "chạy cổng nhắc việc",
	    .run = daemon_serve,
	};
	return command_main(argc, argv, &serve);
}
