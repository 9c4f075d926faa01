/*
 * Owns: the port of a way out and in: what the outbox and inbox ask of a channel and what it tells.
 * May use: base/, loop/.
 * Must not know: the domain: text and addresses only.
 *
 * All functions and callbacks run on the loop's thread. Results carry the attempt id, never a
 * pointer. A callback is never called from inside the call that caused it.
 */
#ifndef CHANNEL_CHANNEL_H
#define CHANNEL_CHANNEL_H

#include "base/clock.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;

enum channel_outcome_kind {
	CHANNEL_SENT,            /* the network accepted the part */
	CHANNEL_NOT_SENT,        /* proven that nothing left; temporary */
	CHANNEL_REFUSED,         /* refused for now */
	CHANNEL_REFUSED_FOREVER, /* refused, repeating is pointless */
	CHANNEL_UNKNOWN,         /* it may have left */
};

struct channel_outcome {
	int64_t attempt; /* id given to submit */
	int part;        /* index from 0 */
	enum channel_outcome_kind kind;
	int code;             /* the channel's own code (CMS error), 0 none */
	int reference;        /* message reference for receipts, -1 none */
	const char *detail;   /* for the log, borrowed */
	bool number_is_wrong; /* nobody has this number: do not try it again */
	/* Who is there wants nothing from us any more (blocked, unfollowed): not tried again until
	 * they write. */
	bool address_is_blocked;
	const char *external_id; /* the provider's id of the message, borrowed; NULL none */
	int64_t retry_after_ms;  /* NOT_SENT, REFUSED: what the provider asks for; 0: it does not */
};

struct channel_inbound {
	const char *slot;   /* give back to accept_inbound once stored; "" nothing to give back */
	const char *sender; /* as the network gave it */
	const char *address_kind; /* "phone" (or NULL) for SMS, else the provider's: "zalo" … */
	const char *external_id;  /* the provider's id of the message; NULL for SMS */
	bool sender_is_alphanumeric;
	struct wall network_time;
	int encoding;         /* 0 GSM-7, 1 UCS-2, 2 bytes in hex */
	int concat_reference; /* -1: not concatenated */
	int parts, part;      /* part from 1 */
	const char *text;
};

struct channel_receipt {
	const char *slot;
	int reference;
	const char *external_id; /* the provider's id of the message; NULL for SMS */
	const char *recipient;   /* NULL with an external id: not said */
	int status;              /* raw TP-ST; "read" counts as delivered: 0 */
	struct wall submit_time; /* as the network says, second precision */
	struct wall discharge_time;
};

enum channel_health {
	CHANNEL_CONNECTING, /* not able to send yet; will say when */
	CHANNEL_READY,
	CHANNEL_DOWN,   /* tries again by itself */
	CHANNEL_HALTED, /* will not try again by itself (PIN refused, PIN missing) */
};

/* What a channel tells its owner. Strings are borrowed until the callback returns. Outcomes that an
 * earlier daemon did not live to take come by `outcome` before the first CHANNEL_READY. */
struct channel_events {
	void (*health)(void *owner, const char *channel, enum channel_health health,
	    const char *detail, const char *sim);
	void (*outcome)(void *owner, const char *channel, const struct channel_outcome *outcome);
	void (*inbound)(void *owner, const char *channel, const struct channel_inbound *inbound);
	void (*receipt)(void *owner, const char *channel, const struct channel_receipt *receipt);
	/* A refused PIN must be remembered durably (by fingerprint) and never tried again. */
	void (*pin_refused)(void *owner, const char *channel, const char *pin_fingerprint);
	/* What the channel must know after a crash, too (where a poll stands, renewed credentials):
	 * `kept` is called once, with true when it is durable. `value` may be secret. */
	void (*remember)(void *owner, const char *channel, const char *name, const char *value,
	    void (*kept)(bool stored, void *arg), void *arg);
	/* Whoever has this address has left or blocked us. */
	void (*blocked)(void *owner, const char *channel, const char *address, const char *reason);
	/* Somebody must do something: `kind` is a task's kind, `text` says what. */
	void (*trouble)(void *owner, const char *channel, const char *kind, const char *text);
};

/* What came in on a channel's webhook, as the server read it. Borrowed until webhook returns. */
struct channel_pair {
	const char *name, *value;
	size_t len; /* of the value, which may hold any bytes */
};
struct channel_webhook {
	const char *method; /* "GET" | "POST" */
	const char *secret; /* what follows the channel's name in the path; "" nothing */
	const struct channel_pair *query, *headers;
	size_t query_count, header_count;
	const char *content_type;
	const char *body;
	size_t body_len;
};
/* Called once, when all of it is durable (or cannot be taken); never from inside webhook. */
typedef void channel_webhook_answer_fn(int status, const char *text, void *arg);

/* One part to send. Borrowed until submit returns. */
struct channel_part {
	int64_t attempt;
	int64_t message; /* the same for every try of the same text */
	int part;        /* index from 0 */
	const char *address;
	int encoding;         /* 0 GSM-7, 1 UCS-2 */
	const char *text;     /* this part's text only */
	int concat_reference; /* 0…255 */
	int parts;
	int validity_minutes;
	bool want_receipt;
};

struct channel;
struct channel_ops {
	const char *kind; /* "gsm" | "http" */
	/* Begins connecting; events follow. */
	void (*start)(struct channel *channel);
	/* Hands one part over; exactly one outcome follows, also if the modem process dies. At most
	 * `at_once` parts may be in flight: RESULT_CONFLICT otherwise; RESULT_TEMPORARY when not
	 * ready (then no outcome follows). */
	enum result (*submit)(struct channel *channel, const struct channel_part *part);
	/* The text of this slot is durably stored: the channel may delete it at its source. */
	void (*accept_inbound)(struct channel *channel, const char *slot);
	/* An operator says a halted channel may be tried again. Optional. */
	void (*retry)(struct channel *channel);
	/* Somebody called the channel's webhook. Optional: NULL, it has none. */
	void (*webhook)(struct channel *channel, const struct channel_webhook *webhook,
	    channel_webhook_answer_fn *answer, void *arg);
	/* Finishes what is in flight, then calls `stopped` once. */
	void (*stop)(struct channel *channel, void (*stopped)(void *arg), void *arg);
	void (*free)(struct channel *channel);
};

/* The head of every implementation's struct. */
struct channel {
	const struct channel_ops *ops;
	const char *name; /* as configured; owned by the implementation */
	enum channel_health health;
	const char *address_kind; /* "phone" for SMS */
	int at_once;      /* parts that may be in flight now; a change is told by `health` */
	int at_once_max;  /* it is never more */
	bool whole_texts; /* takes a text as it is, not cut into parts */
};

#endif
