/*
 * Owns: the last-moment check: may this message leave now, and if not, why and until when.
 * May use: base/, plan/calendar.h, document/plan_cache.h, store/operations.h.
 * Must not know: channels, SQL.
 *
 * Reasons are a closed list, shown to the office and counted:
 *   wait    paused, plan-paused, number-unknown, quiet-hours, send-window, daily-brake,
 * monthly-cap, not-before cancel  obligation-closed, deadline-moved, number-suspended, opted-out,
 * not-in-trial, hourly-answers expire  not-after
 */
#ifndef OUTBOX_CHECK_H
#define OUTBOX_CHECK_H

#include "document/plan_cache.h"
#include "outbox/route.h"
#include "plan/calendar.h"
#include "store/operations.h"

/* The office's rules for sending; a plain value, copied into the outbox. */
struct outbox_policy {
	const struct plan_calendar *calendar; /* for what belongs to no plan */
	const char *only_to;                  /* comma-separated numbers, "" everybody */
	int daily_brake, hourly_answers, monthly_cap;
	int64_t retry_first_ms, retry_longest_ms;
	int attempts_max;
	int64_t patience_ms, patience_last_call_ms;
	int64_t lease_ms;
	struct route_table routes; /* borrowed arrays */
	/* What has not arrived by chat so long after it left goes another way; 0: never. */
	int64_t fallback_ms;
	const char
	    *no_receipts; /* channels whose providers never tell, "|" between; borrowed; NULL */
};

/* Argument of outbox_check, as store_check_fn wants it. */
struct outbox_check_place {
	const struct outbox_policy *policy;
	struct plan_cache *plans;
	struct wall now;
	int parts_this_month; /* out: as the last candidate's facts had it */
};

struct store_check_verdict outbox_check(const struct store_message_facts *facts, void *place);

/* How long to wait before attempt `attempt` + 1 (attempt from 1): exponential from the first to the
 * longest wait, ± 20 % derived from the message's key, so that a restart computes the same. */
int64_t outbox_backoff_ms(const struct outbox_policy *policy, const char *key, int attempt);

#endif
