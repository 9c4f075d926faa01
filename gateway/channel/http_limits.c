/*
 * Owns: token buckets and the circuit breaker.
 * May use: base/, channel/http_limits.h.
 * Must not know: requests, the loop.
 */
#include "channel/http_limits.h"

#include "base/hash.h"

#include <math.h>
#include <stdlib.h>

static void bucket_init(struct http_bucket *bucket, double capacity, double per_ms, struct mono now)
{
	*bucket = (struct http_bucket){
	    .tokens = capacity, .capacity = capacity, .per_ms = per_ms, .filled_at = now};
}

/* How long until it holds one token; 0: it does. A bucket without a rate has no limit. */
static int64_t bucket_wait(struct http_bucket *bucket, struct mono now)
{
	if (bucket->per_ms <= 0)
		return 0;
	double filled = bucket->tokens + (double)(now.ms - bucket->filled_at.ms) * bucket->per_ms;
	bucket->tokens = filled < bucket->capacity ? filled : bucket->capacity;
	bucket->filled_at = now;
	/* A hair less than one is one: fractions of tokens do not add up exactly. */
	if (bucket->tokens >= 1 - 1e-9)
		return 0;
	int64_t wait = (int64_t)ceil((1 - 1e-9 - bucket->tokens) / bucket->per_ms);
	return wait > 0 ? wait : 1;
}

static void bucket_take(struct http_bucket *bucket)
{
	if (bucket->per_ms > 0)
		bucket->tokens -= 1;
}

void http_limits_init(struct http_limits *limits, const struct provider_limits *of, struct mono now)
{
	*limits = (struct http_limits){.stopped_until = now};
	if (of->per_second > 0)
		bucket_init(
		    &limits->second, of->burst > 1 ? of->burst : 1, of->per_second / 1000, now);
	if (of->per_day > 0)
		bucket_init(&limits->day, of->per_day, of->per_day / (double)DAY_MS, now);
	if (of->per_recipient > 0)
		limits->per_recipient_ms = of->per_recipient / (double)MINUTE_MS;
}

void http_limits_clear(struct http_limits *limits)
{
	free(limits->recipients);
	limits->recipients = NULL;
}

/* A minute's worth may go to one recipient in a burst. */
static struct http_bucket *recipient_bucket(
    struct http_limits *limits, const char *address, struct mono now)
{
	uint64_t hash = hash_text(address);
	if (limits->recipients == NULL)
		limits->recipients = memory_new(HTTP_RECIPIENTS_MAX * sizeof *limits->recipients);
	for (size_t i = 0; i < limits->recipient_count; i++)
		if (limits->recipients[i].hash == hash)
			return &limits->recipients[i].bucket;
	size_t at = limits->recipient_next;
	limits->recipient_next = (at + 1) % HTTP_RECIPIENTS_MAX;
	if (limits->recipient_count < HTTP_RECIPIENTS_MAX)
		limits->recipient_count++;
	limits->recipients[at].hash = hash;
	double capacity = limits->per_recipient_ms * (double)MINUTE_MS;
	bucket_init(&limits->recipients[at].bucket, capacity > 1 ? capacity : 1,
	    limits->per_recipient_ms, now);
	return &limits->recipients[at].bucket;
}

int64_t http_limits_take(struct http_limits *limits, const char *address, struct mono now)
{
	if (now.ms < limits->stopped_until.ms)
		return limits->stopped_until.ms - now.ms;
	struct http_bucket *recipient =
	    limits->per_recipient_ms > 0 ? recipient_bucket(limits, address, now) : NULL;
	int64_t wait = bucket_wait(&limits->second, now);
	int64_t day = bucket_wait(&limits->day, now);
	int64_t own = recipient != NULL ? bucket_wait(recipient, now) : 0;
	wait = day > wait ? day : wait;
	wait = own > wait ? own : wait;
	if (wait > 0)
		return wait;
	bucket_take(&limits->second);
	bucket_take(&limits->day);
	if (recipient != NULL)
		bucket_take(recipient);
	return 0;
}

void http_limits_stop(struct http_limits *limits, struct mono now, int64_t wait_ms)
{
	struct mono until = mono_add(now, wait_ms);
	if (until.ms > limits->stopped_until.ms)
		limits->stopped_until = until;
}

/* ── the circuit breaker ─────────────────────────────────────────────────────────────────────── */

int64_t http_breaker_failed(struct http_breaker *breaker)
{
	if (breaker->state == HTTP_OPEN)
		return 0; /* one that was under way already */
	if (breaker->state == HTTP_CLOSED && ++breaker->failures < HTTP_BREAKER_FAILURES)
		return 0;
	int64_t wait = breaker->backoff_ms > 0 ? breaker->backoff_ms * 2 : HTTP_BREAKER_FIRST_MS;
	breaker->backoff_ms = wait < HTTP_BREAKER_LONGEST_MS ? wait : HTTP_BREAKER_LONGEST_MS;
	breaker->state = HTTP_OPEN;
	return breaker->backoff_ms;
}

void http_breaker_probe(struct http_breaker *breaker)
{
	breaker->state = HTTP_HALF_OPEN;
}

bool http_breaker_worked(struct http_breaker *breaker)
{
	bool closed = breaker->state == HTTP_HALF_OPEN;
	if (breaker->state == HTTP_OPEN)
		return false; /* a late answer: the probe decides */
	*breaker = (struct http_breaker){.state = HTTP_CLOSED};
	return closed;
}
