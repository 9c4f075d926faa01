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
#include "http/http.h"
#include "loop/control.h"
#include "loop/http_client.h"

#define DAEMON_CHANNELS_MAX (CONFIG_MODEMS_MAX + CONFIG_CHANNELS_MAX)

struct daemon {
	const struct command_context *context;
	const char *clock_socket; /* NULL: the machine's clock */
	struct arena *config_arena;
	struct config config;
	struct arena *texts_arena;
	struct machine machine;
	struct http_server *server; /* NULL: none is configured */
	struct http_context http;
	struct program_receipts *program_receipts; /* NULL: no program is configured */
	struct relay_fetch *relay_fetch;           /* NULL: there is no relay */
	struct http_client *client; /* NULL: no account at a provider is configured */
	struct channel *channels[DAEMON_CHANNELS_MAX];
	char sims[DAEMON_CHANNELS_MAX][32];
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
/* Takes a channel over and starts it; `prefers`: operators and beginnings, "," between. */
void daemon_add_channel(
    struct daemon *daemon, struct channel *channel, int price, const char *prefers);
extern const struct channel_events daemon_channel_events;
/* http_channels.c: the accounts at providers. */
void daemon_make_accounts(struct daemon *daemon);
/* Somebody resumes this channel: an account at a provider that halted is tried again. A modem is
 * not: its SIM could be locked by one PIN too many. */
void daemon_channel_resumed(const char *channel, void *daemon);
void daemon_stop_channels(struct daemon *daemon); /* stops the loop when all have stopped */
void daemon_free_channels(struct daemon *daemon);

/* program_receipts.c: tells programs what became of their messages. */
void daemon_tell_programs(struct daemon *daemon);
void daemon_stop_telling(struct daemon *daemon);
/* relay_fetch.c: asks the configured relay, if there is one, for webhooks. */
void daemon_fetch_from_relay(struct daemon *daemon);
void daemon_stop_fetching(struct daemon *daemon);
/* http.c: opens the HTTP server, if one is configured. */
MUST_CHECK bool daemon_open_server(struct daemon *daemon, struct failure *failure);

/* reload.c: SIGHUP. Nothing changes when the new configuration has an error. */
void daemon_reload(void *daemon);

#endif
