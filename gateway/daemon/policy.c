/*
 * Owns: what the configuration means to each part of the machine.
 * May use: document/config.h, the parts' policies.
 * Must not know: how the parts work.
 */
#include "daemon/policy.h"

#include "base/log.h"

#include <string.h>

/* When nothing of a plan says otherwise: working days 07:30–11:30 and 13:30–16:30, quiet from 21:00
 * to 07:00 (design: "Time"). */
static struct plan_calendar office_calendar = {
    .working_weekday = {false, true, true, true, true, true, false},
    .window = {{7 * 60 + 30, 11 * 60 + 30}, {13 * 60 + 30, 16 * 60 + 30}},
    .window_count = 2,
    .quiet_from = 21 * 60,
    .quiet_to = 7 * 60,
    .end_of_work = 16 * 60 + 30,
};

/* A lease outlives the longest text: for each part the verdict limit and the channel's own grace.
 */
#define PART_GRACE_MS MINUTE_MS
#define LEASE_GRACE_MS (10 * MINUTE_MS)

struct outbox_policy policy_of_outbox(
    const struct config *config, const struct policy_tables *tables)
{
	office_calendar.zone_minutes = config->zone_minutes;
	return (struct outbox_policy){
	    .calendar = &office_calendar,
	    .only_to = config->only_to,
	    .daily_brake = config->daily_brake,
	    .hourly_answers = config->hourly_answers,
	    .monthly_cap = config->monthly_cap,
	    .retry_first_ms = config->retry_first_ms,
	    .retry_longest_ms = config->retry_longest_ms,
	    .attempts_max = config->attempts_max,
	    .patience_ms = config->patience_ms,
	    .patience_last_call_ms = config->patience_last_call_ms,
	    .fallback_ms = config->fallback_ms,
	    .no_receipts = tables->no_receipts,
	    .routes = tables->routes,
	    .lease_ms =
		(config->verdict_limit_ms + PART_GRACE_MS) * config->parts_max + LEASE_GRACE_MS,
	};
}

static bool folds(const struct config *config)
{
	return strcmp(config->encoding, "plain") == 0;
}

struct compose_policy policy_of_compose(
    const struct config *config, const struct policy_tables *tables)
{
	return (struct compose_policy){
	    .fold = folds(config),
	    .parts_max = config->parts_max,
	    .price_per_part = config->price_per_part,
	    .validity_minutes = (int)(config->validity_ms / MINUTE_MS),
	    .ways = tables->ways,
	};
}

struct inbox_policy policy_of_inbox(const struct config *config)
{
	return (struct inbox_policy){
	    .language = config->language,
	    .office = "",
	    .zone_minutes = config->zone_minutes,
	    .fold = folds(config),
	    .parts_max = config->parts_max,
	    .price_per_part = config->price_per_part,
	    .hourly_answers = config->hourly_answers,
	    .answer_strangers = strcmp(config->strangers, "once") == 0,
	};
}

void policy_set_log(const struct config *config, bool debug)
{
	static const char *const names[] = {"error", "warning", "info", "debug"};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (strcmp(config->log_level, names[i]) == 0)
			log_set_level(debug ? LOG_DEBUG : (enum log_level)i);
}
