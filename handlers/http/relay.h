/*
 * Owns: the resources of the relay: a host with a public address keeps webhooks until the office's
 * node fetches them. May use: base/, loop/, store/spool.h. Must not know: any provider: nothing is
 * verified here, the node does.
 *
 *   any method  /webhook/…        kept, then answered 200
 *   GET         /relay/next?after=ID   with Authorization: Bearer SECRET: forgets what is up to ID,
 *               gives the oldest after it as JSON, or 204 when none came within RELAY_WAIT_MS
 *
 * A record: {"id", "at" (ms since 1970), "method", "path", "query", "headers": [[name, value]…],
 * "body" (base64)}.
 */
#ifndef HTTP_RELAY_H
#define HTTP_RELAY_H

#include "loop/http_server.h"
#include "store/spool.h"

#define RELAY_WAIT_MS 25000

struct loop;
struct relay;

/* `secret`: what the node must show. `verify_token`: a GET that asks with it (hub.verify_token) is
 * answered its challenge; "" none. Both are copied. */
struct relay *relay_new(
    struct loop *loop, struct spool *spool, const char *secret, const char *verify_token);
void relay_free(struct relay *relay);

/* An http_call_fn whose `arg` is a struct relay. */
void relay_called(struct http_call *call, void *relay);

#endif
