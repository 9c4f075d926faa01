/*
 * Owns: the control socket: whole requests in, whole replies out, and who the caller is.
 * May use: base/, loop/loop.h.
 * Must not know: what requests mean (handlers/command/operation.h).
 *
 * Unix stream socket, mode 0660. One request a connection: u32 length (network order) + bytes, at
 * most CONTROL_REQUEST_MAX; the reply in the same form. A caller that leaves early loses only its
 * reply. A stale socket file of a dead daemon is replaced; a live one is RESULT_DENIED.
 */
#ifndef LOOP_CONTROL_H
#define LOOP_CONTROL_H

#include "loop/loop.h"

#include <stddef.h>

#define CONTROL_REQUEST_MAX (24u * 1024 * 1024)

struct control_call; /* one request that awaits its reply */

/* `caller` is "user(uid) pid", from SO_PEERCRED. The request is borrowed until the call returns;
 * control_reply may be called then or later, exactly once. */
typedef void control_request_fn(
    struct control_call *call, const char *caller, const char *request, size_t len, void *arg);

struct control;
struct control *control_new(struct loop *loop, const char *path, control_request_fn *fn, void *arg,
    struct failure *failure);
void control_free(struct control *control); /* open calls are dropped; late replies do no harm */
void control_reply(struct control_call *call, const char *reply, size_t len);

/* The client's side, blocking, for commands: RESULT_NOT_FOUND when no daemon listens at `path`.
 * The reply is the caller's to free. */
MUST_CHECK enum result control_ask(const char *path, const char *request, size_t len, char **reply,
    size_t *reply_len, struct failure *failure);

#endif
