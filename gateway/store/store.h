/*
 * Owns: the port of the store: closed requests, group commit, opening and closing.
 * May use: base/, loop/ is not needed: the owner calls store_flush at the end of its turn.
 * Must not know: policy, the clock, who asks.
 *
 * A request is closed: everything it needs is in its input, it can be run again from it, and its
 * result comes by callback after the commit. The embedded implementation runs all requests of a
 * turn in one transaction, each in a savepoint of its own, so that one bad request fails alone; a
 * failed commit fails every request of the turn with its reason. Callers see operations
 * (operations.h), never SQL. One thread. Reading for people goes through reader.h on a connection
 * of its own.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/clock.h"
#include "base/memory.h"
#include "base/result.h"

#include <stdbool.h>

enum store_operation {
	STORE_IMPORT_RECIPIENTS,
	STORE_IMPORT_PLAN,
	STORE_OPEN_OBLIGATIONS,
	STORE_ASK_PAPERS,
	STORE_PASS_UNITS,
	STORE_SET_PLAN_STATE,
	STORE_SET_PAUSED,
	STORE_DUE_OBLIGATIONS,
	STORE_APPLY_DECISIONS,
	STORE_PENDING_NOTICES,
	STORE_BIND_NOTICES,
	STORE_CLAIM_DUE,
	STORE_REROUTE,
	STORE_RECORD_OUTCOME,
	STORE_RECORD_RECEIPT,
	STORE_SWEEP,
	STORE_RECOVER,
	STORE_ADD_INBOUND,
	STORE_INBOUND_CONTEXT,
	STORE_SETTLE_INBOUND,
	STORE_CHANGE_LEDGER,
	STORE_ENQUEUE,
	STORE_OPEN_TASK,
	STORE_CLOSE_TASK,
	STORE_RESUME_NUMBER,
	STORE_DECIDE_REGISTRATION,
	STORE_ISSUE_LINK_CODE,
	STORE_LINK_ADDRESS,
	STORE_UNLINK,
	STORE_BLOCK_ADDRESS,
	STORE_DUE_PROGRAM_RECEIPTS,
	STORE_PROGRAM_TOLD,
	STORE_SET_SIM,
	STORE_GET_SIM,
	STORE_NEXT_MOMENTS,
	STORE_OPERATION_COUNT
};

/* Called once, after the commit (or the failure). `failure` is NULL when result is RESULT_OK. New
 * requests may be submitted from here; they belong to the next turn. */
typedef void store_done_fn(enum result result, const struct failure *failure, void *arg);

struct store_request {
	enum store_operation operation;
	const void *input;   /* struct store_OPERATION_input; must live until done */
	void *output;        /* struct store_OPERATION_output, or NULL; must live until done */
	struct arena *arena; /* what output points to; must live as long as output is read */
	store_done_fn *done;
	void *arg;
};

struct store;

struct store_ops {
	const char *kind; /* "sqlite" */
	/* Queues a request; the struct is copied. Never calls done from inside. */
	void (*submit)(struct store *store, const struct store_request *request);
	/* Runs and commits what was submitted, then calls done of each in order. Returns true when
	 * those callbacks submitted more. Call at the end of each turn. */
	bool (*flush)(struct store *store);
	/* Moves the log into the main file when it pays (embedded: WAL checkpoint on a thread of
	 * its own, with a size guard). Called now and then; must not block. */
	void (*tend)(struct store *store);
	void (*close)(struct store *store);
};

struct store {
	const struct store_ops *ops;
};

static inline void store_submit(struct store *store, const struct store_request *request)
{
	store->ops->submit(store, request);
}

/* Opens (creates, migrates) the embedded database for writing. RESULT_DENIED when another process
 * holds its lock (PATH.lock; the sentence names the pid), RESULT_INVALID when the database is newer
 * than this program or damaged, RESULT_IO for disk trouble. `node` makes the ids. `now` stamps the
 * migration. */
MUST_CHECK enum result store_open_sqlite(
    const char *path, unsigned node, struct wall now, struct store **out, struct failure *failure);

#endif
