/*
 * Owns: the running daemon: what it is made of.
 * May use: every room.
 * Must not know: nothing; it is the composition root and the only place that names implementations.
 */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include "channel/gsm.h"
#include "command/command.h"
#include "command/operation.h"
#include "daemon/machine.h"
#include "daemon/policy.h"
#include "loop/control.h"

struct daemon {
	const struct command_context *context;
	const char *clock_socket; /* NULL: the machine's clock */
	struct arena *config_arena;
	struct config config;
	struct arena *texts_arena;
	struct machine machine;
	struct channel *channels[CONFIG_MODEMS_MAX];
	char sims[CONFIG_MODEMS_MAX][32];
	size_t channel_count;
	struct control *control;
	struct operation_place place;
	struct loop_timer *stop_timer;
	int64_t tended_ms; /* when the store was tended last, machine's monotonic clock */
	size_t stopping;   /* channels that have not said `stopped` yet */
	bool stop_asked;
	enum result end;
};

/* `nhacviec serve`. */
int daemon_serve(const struct command_context *context, int argc, char **argv);

/* channels.c: makes the channels and passes their events on. */
void daemon_make_channels(struct daemon *daemon);
void daemon_stop_channels(struct daemon *daemon); /* stops the loop when all have stopped */
void daemon_free_channels(struct daemon *daemon);

/* reload.c: SIGHUP. Nothing changes when the new configuration has an error. */
void daemon_reload(void *daemon);

#endif
