/*
 * Owns: the operations that change something, run by the daemon or, when none runs, by the command
 * itself: the same function either way.
 * May use: base/, loop/, store/, ledger/, document/, jansson.
 * Must not know: modems, sockets, how the result is shown.
 *
 * A request is JSON {"operation": NAME, "arguments": {…}}; a reply {"result": "ok", "body": {…}} or
 * {"result": "conflict", "failure": "sentence"}, with a "body" too when there is more to say.
 */
#ifndef COMMAND_OPERATION_H
#define COMMAND_OPERATION_H

#include "base/memory.h"
#include "document/config.h"
#include "store/reader.h"
#include "store/store.h"

#include <jansson.h>

struct loop;
struct reply_handlers;

/* Where operations run. */
struct operation_place {
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	const struct config *config;
	/* Tells scheduler and outbox that something changed; NULL when no daemon runs. */
	void (*poke)(void *arg);
	void *poke_arg;
	/* Somebody says that this channel may go on. NULL when no daemon runs. */
	void (*resumed)(const char *channel, void *arg);
	void *resumed_arg;
	/* Texts of ours by name (document/texts_file.h); NULL: they cannot be read. */
	const char *(*text)(const char *language, const char *name, void *arg);
	void *text_arg;
	/* How officials are answered (inbox/reply.h). */
	const struct reply_handlers *replies;
};

/* One running operation. Freed by operation_finish / operation_fail. */
struct operation {
	const struct operation_place *place;
	struct arena *arena; /* lives until the operation ends */
	const char *actor;   /* for the audit: "root(0) pid 123" */
	json_t *arguments;   /* an object; lives until the operation ends */
	void (*finished)(
	    enum result result, const struct failure *failure, json_t *body, void *arg);
	void *finished_arg;
	/* operation.c's own: an operation that ends before operation_start returns is told of
	 * later. */
	bool starting;
	json_t *root, *body;
	struct failure failure;
	enum result result;
};

typedef void operation_fn(struct operation *operation);

struct operation_kind {
	const char *name;
	operation_fn *run;
};

/* Every operation; ends with a NULL name. */
extern const struct operation_kind operation_kinds[];

/* Starts the operation named in the request text; `finished` is called once, later, after the
 * commit, with `failure` NULL when all is well; it borrows `body` (NULL: none). Malformed requests
 * finish with RESULT_INVALID. Loop thread only. */
void operation_start(const struct operation_place *place, const char *actor, const char *request,
    size_t len, void (*finished)(enum result, const struct failure *, json_t *body, void *arg),
    void *finished_arg);

void operation_finish(struct operation *operation, json_t *body /* taken */);
void operation_fail(struct operation *operation, enum result result, const struct failure *failure);
/* As operation_fail, with a body that says more, such as the complaints about a file (taken). */
void operation_fail_with(
    struct operation *operation, enum result result, const struct failure *failure, json_t *body);

/* The reply as text for the socket; the caller frees it. */
char *operation_reply_text(enum result result, const struct failure *failure, json_t *body);

#endif
