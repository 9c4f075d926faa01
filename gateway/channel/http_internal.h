/*
 * Owns: what the files of the channel "http" share.
 * May use: base/, loop/, channel/.
 * Must not know: any particular provider. No other room includes this file.
 */
#ifndef CHANNEL_HTTP_INTERNAL_H
#define CHANNEL_HTTP_INTERNAL_H

#include "channel/http.h"
#include "channel/http_account.h"
#include "channel/http_answer.h"
#include "channel/http_ask.h"
#include "channel/http_limits.h"
#include "channel/http_request.h"

#include "loop/loop.h"

/* Names and values that were renewed, and until when they hold. */
struct http_credentials {
	struct arena *arena; /* of the present values; NULL: there are none */
	struct provider_pair pairs[PROVIDER_KINDS_MAX];
	size_t count;
	struct wall until; /* WALL_NEVER: not known */
};

struct http_renewal {
	struct http_credentials present, next; /* next: renewed, not yet durable */
	struct http_exchange *exchange;
	struct loop_timer *timer;
	int64_t backoff_ms;
	bool keeping; /* `next` is being made durable */
};

struct http_polling {
	struct http_exchange *exchange;
	struct loop_timer *timer;
	struct arena *arena;        /* of the question under way and its answer */
	struct arena *cursor_arena; /* NULL: it lives with the channel */
	const char *cursor;         /* NULL: none yet */
	const char *next_cursor;
	int64_t backoff_ms;
	bool taking; /* what the answer brought is not all durable yet */
	bool waits_for_credentials, renewed;
};

/* Texts and receipts of one body, of which some are not durable yet. */
struct http_batch {
	struct http_batch *next;
	int64_t id;
	size_t open;
	void (*done)(void *arg);
	void *arg;
};

struct http_send;

struct http_channel {
	struct channel channel; /* first */
	struct loop *loop;
	struct http_client *client;
	const struct provider *provider;
	struct arena *arena;
	struct http_account account;
	const char *ca_file;
	const struct channel_events *events;
	void *owner;
	struct http_limits limits;
	struct http_breaker breaker;
	struct loop_timer *wake; /* the circuit's probe, the end of a wait */
	struct mono circuit_until;
	struct http_send *sends; /* in flight */
	int send_count;
	struct http_batch *batches;
	int64_t last_batch;
	struct http_renewal renewal;
	struct http_polling polling;
	bool started, halted, stopping;
	char words[200]; /* why it is not ready */
	loop_fn *stopped;
	void *stopped_arg;
};

/* http.c: tells health and `at_once` when they differ from what was told. */
void http_tell(struct http_channel *http);
/* Halts it: somebody must mend the account. */
void http_halt(struct http_channel *http, const char *why);
/* The exchange said something of the way to the provider. */
void http_way_failed(struct http_channel *http, const char *why);
void http_way_works(struct http_channel *http);
/* Nothing is sent before that. */
void http_wait(struct http_channel *http, int64_t wait_ms, const char *why);
/* Nothing is in flight any more: tells who waits for that. */
void http_try_stop(struct http_channel *http);
/* Fills in a request; NULL with `failure`. */
const struct http_built *http_prepare(struct http_channel *http, struct http_lookup *lookup,
    const struct provider_request *request, struct failure *failure);
/* Hands it to the client. */
struct http_exchange *http_hand_over(struct http_channel *http, struct arena *arena,
    const struct http_built *built, bool background, http_done_fn *done, void *arg);

/* http_send.c */
enum result http_send_start(struct http_channel *http, const struct channel_part *part);
void http_sends_go_on(struct http_channel *http); /* credentials are there, or never will be */
void http_sends_free(struct http_channel *http);

/* http_credentials.c */
void http_credentials_recall(struct http_channel *http, const char *remembered);
/* True: they are there. False: they are being renewed; http_sends_go_on and http_poll_go_on follow.
 */
bool http_credentials_ready(struct http_channel *http);
/* The provider refused them. Returns false when nothing can be done about it. */
bool http_credentials_renew(struct http_channel *http);
void http_credentials_clear(struct http_channel *http);

/* http_poll.c */
void http_poll_start(struct http_channel *http);
void http_poll_go_on(struct http_channel *http);
void http_poll_stop(struct http_channel *http);

/* http_batch.c: tells everything in the body; `done` is called once when all of it is durable, from
 * a later turn. Returns how many there are. */
size_t http_take_in(
    struct http_channel *http, const struct http_body *body, void (*done)(void *arg), void *arg);
void http_batch_accept(struct http_channel *http, const char *slot);
void http_batches_free(struct http_channel *http);

/* http_webhook.c */
void http_webhook(struct channel *channel, const struct channel_webhook *webhook,
    channel_webhook_answer_fn *answer, void *arg);

#endif
