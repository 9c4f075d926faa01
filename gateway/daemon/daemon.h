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
#include "document/config.h"
#include "document/plan_cache.h"
#include "document/texts_file.h"
#include "inbox/inbox.h"
#include "loop/control.h"
#include "loop/loop.h"
#include "outbox/outbox.h"
#include "scheduler/scheduler.h"
#include "store/reader.h"

struct daemon {
	const struct command_context *context;
	const char *clock_socket; /* NULL: the machine's clock */
	struct arena *config_arena;
	struct config config;
	struct texts *texts;
	struct arena *texts_arena;
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	struct plan_cache *plans;
	struct outbox *outbox;
	struct inbox *inbox;
	struct scheduler *scheduler;
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

/* policy.c: what the configuration means to each part. */
struct outbox_policy policy_of_outbox(const struct config *config);
/* A text of ours by name; `daemon` is a struct daemon. */
const char *daemon_text(const char *language, const char *name, void *daemon);
struct compose_policy policy_of_compose(const struct config *config);
struct inbox_policy policy_of_inbox(const struct config *config);
void policy_set_log(const struct config *config, bool debug);

/* channels.c: makes the channels and passes their events on. */
void daemon_make_channels(struct daemon *daemon);
void daemon_stop_channels(struct daemon *daemon); /* stops the loop when all have stopped */
void daemon_free_channels(struct daemon *daemon);

/* reload.c: SIGHUP. Nothing changes when the new configuration has an error. */
void daemon_reload(void *daemon);

#endif
