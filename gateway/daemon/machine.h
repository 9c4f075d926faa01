/*
 * Owns: the wiring of scheduler, outbox, inbox and replies, which the daemon and the simulation
 * share.
 * May use: every room.
 * Must not know: which clock, store and channels it runs on.
 */
#ifndef DAEMON_MACHINE_H
#define DAEMON_MACHINE_H

#include "daemon/tables.h"
#include "document/config.h"
#include "document/plan_cache.h"
#include "document/texts_file.h"
#include "inbox/inbox.h"
#include "loop/loop.h"
#include "outbox/outbox.h"
#include "scheduler/scheduler.h"
#include "store/reader.h"

/* What it stands on is set by its owner before machine_wire, and freed by its owner after
 * machine_free. `texts` may be exchanged at any time. */
struct machine {
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	const struct config *config;
	const struct texts *texts;
	struct plan_cache *plans;
	struct outbox *outbox;
	struct inbox *inbox;
	struct scheduler *scheduler;
	struct policy_tables tables; /* of the channels it began with */
	struct arena *tables_arena;
	struct arena *arena; /* of the recovery */
};

/* Makes the parts and ties them to one another. Nothing happens before machine_begin. */
void machine_wire(struct machine *machine);

/* Settles what an earlier run left in flight, so that nothing is sent before that is known; then
 * calls `ready`, which makes and adds the channels, and sets the parts going. When it cannot,
 * `ready` gets the failure, and nothing goes. */
void machine_begin(struct machine *machine,
    void (*ready)(enum result result, const struct failure *failure, void *arg), void *arg);

/* A text of ours by name, in a language; `machine` is a struct machine. */
const char *machine_text(const char *language, const char *name, void *machine);

/* Something may be due now: a plan was started, a claim undone. A loop_fn. */
void machine_changed(void *machine);

/* Frees the parts; those that are not there are fine. Channels and control socket go before. */
void machine_free(struct machine *machine);

#endif
