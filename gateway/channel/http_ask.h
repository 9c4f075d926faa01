/*
 * Owns: between what was built and what the client takes and gives.
 * May use: base/, loop/http_client.h, channel/.
 * Must not know: accounts, what answers mean.
 */
#ifndef CHANNEL_HTTP_ASK_H
#define CHANNEL_HTTP_ASK_H

#include "channel/http_request.h"
#include "loop/http_client.h"

/* The request as the client takes it; borrows from `built` and `arena`. */
struct http_request http_ask_request(
    struct arena *arena, const struct http_built *built, const char *ca_file, bool background);

/* The answer as the rules take it; to be cleared with http_body_clear. */
void http_ask_body(struct http_body *body, struct arena *arena, const struct http_answer *answer);

#endif
