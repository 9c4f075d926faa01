/*
 * Owns: how fast and how much may be sent: token buckets, and the circuit breaker.
 * May use: base/, document/provider.h.
 * Must not know: requests, the loop: time comes in.
 */
#ifndef CHANNEL_HTTP_LIMITS_H
#define CHANNEL_HTTP_LIMITS_H

#include "base/clock.h"
#include "base/memory.h"
#include "document/provider.h"

#include <stdbool.h>

/* A bucket of tokens that fills with time. */
struct http_bucket {
	double tokens, capacity, per_ms;
	struct mono filled_at;
};
#define HTTP_RECIPIENTS_MAX 4096 /* remembered; of those beyond, the least recent is forgotten */

struct http_recipient_bucket {
	uint64_t hash;
	struct http_bucket bucket;
};

struct http_limits {
	struct http_bucket second, day;
	double per_recipient_ms;
	struct http_recipient_bucket *recipients; /* a ring; owned */
	size_t recipient_count, recipient_next;
	struct mono stopped_until; /* the provider said: not before */
};

void http_limits_init(
    struct http_limits *limits, const struct provider_limits *of, struct mono now);
void http_limits_clear(struct http_limits *limits);

/* Takes what one text to this address costs and returns 0, or takes nothing and returns how many ms
 * to wait, at least 1. */
int64_t http_limits_take(struct http_limits *limits, const char *address, struct mono now);

/* The provider said to wait: nothing is given out before. */
void http_limits_stop(struct http_limits *limits, struct mono now, int64_t wait_ms);

/* ── the circuit breaker ── */

enum http_circuit { HTTP_CLOSED, HTTP_OPEN, HTTP_HALF_OPEN };
struct http_breaker {
	enum http_circuit state;
	int failures; /* in a row */
	int64_t backoff_ms;
};
#define HTTP_BREAKER_FAILURES 5
#define HTTP_BREAKER_FIRST_MS (5 * SECOND_MS)
#define HTTP_BREAKER_LONGEST_MS (5 * MINUTE_MS)

/* An exchange failed for a reason that says something of the way to the provider (no connection, a
 * 5xx, a lost answer). Returns how long to keep the circuit open from now on; 0: it stays as it is.
 */
int64_t http_breaker_failed(struct http_breaker *breaker);
/* The wait is over: one exchange at a time is let through. */
void http_breaker_probe(struct http_breaker *breaker);
/* The provider answered. Returns true when the circuit has closed just now. */
bool http_breaker_worked(struct http_breaker *breaker);

#endif
