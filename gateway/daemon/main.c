/*
 * Owns: the entry of `nhacviec`.
 * May use: handlers/command/, daemon/.
 * Must not know: what subcommands do.
 */
#include "daemon/daemon.h"
#include "daemon/foresight.h"
#include "daemon/relay.h"
#include "daemon/simulate.h"
#include "replies/replies.h"

int main(int argc, char **argv)
{
	static const struct command commands_of_daemon[] = {
	    {"serve", "run the gateway", "chạy cổng nhắc việc", daemon_serve},
	    {"relay", "keep webhooks on a public host for the office's node",
		"giữ webhook trên máy công khai cho máy văn phòng", daemon_relay},
	    {"simulate", "see every text of a span of time beforehand",
		"xem trước mọi tin của một khoảng thời gian", daemon_simulate},
	    {NULL, NULL, NULL, NULL},
	};
	return command_main(argc, argv, commands_of_daemon, &daemon_foresight, &replies);
}
