/*
 * Owns: the last-moment check and the backoff.
 * May use: base/, plan/calendar.h, document/plan_cache.h, store/operations.h.
 * Must not know: channels, SQL.
 */
#include "outbox/check.h"

#include <string.h>

/* A message kept back by another one to the same number looks again this often; whatever settles
 * the other one also pokes the outbox. */
#define LOOK_AGAIN_MS (5 * MINUTE_MS)

static struct store_check_verdict wait_until(const char *reason, struct wall until)
{
	return (struct store_check_verdict){CHECK_WAIT, reason, until};
}

static struct store_check_verdict cancel(const char *reason)
{
	return (struct store_check_verdict){CHECK_CANCEL, reason, WALL_NEVER};
}

static bool is_started_by_us(const struct store_message_facts *facts)
{
	return facts->purpose != PURPOSE_ANSWER;
}

static bool is_pressing(const struct store_message_facts *facts)
{
	return facts->purpose == PURPOSE_ANSWER || facts->purpose == PURPOSE_LAST_CALL ||
	       facts->last_call;
}

static bool is_paid_by_part(const struct store_message_facts *facts)
{
	return facts->address_kind == NULL || strcmp(facts->address_kind, ADDRESS_KIND_PHONE) == 0;
}

static bool list_has(const char *list, const char *address)
{
	size_t len = strlen(address);
	for (const char *at = list; (at = strstr(at, address)) != NULL; at += len)
		if ((at == list || at[-1] == ',' || at[-1] == ' ') &&
		    (at[len] == '\0' || at[len] == ',' || at[len] == ' '))
			return true;
	return false;
}

static bool is_statutory(const struct plan *plan, const char *code, size_t len)
{
	char name[PLAN_CODE_MAX + 1];
	if (len >= sizeof name)
		return true;
	memcpy(name, code, len);
	name[len] = '\0';
	const struct plan_report *report = plan_find_report(plan, name);
	return report == NULL || !report->voluntary;
}

/* The law asks for one of the reports at least. What cannot be told counts as such. */
static bool is_duty(const struct store_message_facts *facts, const struct outbox_check_place *place)
{
	const struct plan *plan =
	    facts->plan_body != NULL && facts->report_codes != NULL
		? plan_cache_get(place->plans, facts->plan_version_id, facts->plan_body)
		: NULL;
	if (plan == NULL)
		return true;
	for (const char *code = facts->report_codes; *code != '\0';) {
		size_t len = strcspn(code, "|");
		if (is_statutory(plan, code, len))
			return true;
		code += len + (code[len] == '|');
	}
	return false;
}

/* Who asked for silence gets answers and, where the law asks for the report, the last call. */
static bool is_silenced(
    const struct store_message_facts *facts, const struct outbox_check_place *place)
{
	if (!facts->opted_out || facts->purpose == PURPOSE_TASK || facts->purpose == PURPOSE_ANSWER)
		return false;
	return !is_pressing(facts) || !is_duty(facts, place);
}

static struct store_check_verdict check_point(
    const struct store_message_facts *facts, const struct outbox_check_place *place)
{
	bool silent = is_silenced(facts, place);
	if (!facts->has_notices)
		return silent ? cancel("opted-out")
			      : (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
	if (!facts->obligation_open)
		return cancel("obligation-closed");
	if (!facts->deadline_current)
		return cancel("deadline-moved");
	if (!facts->plan_running)
		return wait_until("plan-paused", WALL_NEVER);
	if (silent)
		return cancel("opted-out");
	return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
}

static struct store_check_verdict check_time(
    const struct store_message_facts *facts, const struct outbox_check_place *place)
{
	const struct plan_calendar *calendar = place->policy->calendar;
	if (wall_before(place->now, facts->not_before))
		return wait_until("not-before", facts->not_before);
	if (!is_started_by_us(facts))
		return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
	if (facts->plan_body != NULL) {
		const struct plan *plan =
		    plan_cache_get(place->plans, facts->plan_version_id, facts->plan_body);
		if (plan != NULL)
			calendar = &plan->calendar;
	}
	if (calendar_is_allowed(calendar, place->now))
		return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
	struct wall next = calendar_next_allowed(calendar, place->now);
	if (!wall_before(next, facts->not_after))
		return (struct store_check_verdict){CHECK_EXPIRE, "not-after", WALL_NEVER};
	return wait_until(
	    calendar_is_quiet(calendar, place->now) ? "quiet-hours" : "send-window", next);
}

static struct store_check_verdict check_bounds(
    const struct store_message_facts *facts, const struct outbox_check_place *place)
{
	const struct outbox_policy *policy = place->policy;
	int zone = policy->calendar->zone_minutes;
	struct day today = civil_day_of_wall(place->now, zone);
	if (facts->purpose == PURPOSE_ANSWER) {
		if (policy->hourly_answers > 0 &&
		    facts->answers_last_hour >= policy->hourly_answers)
			return cancel("hourly-answers");
		return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
	}
	if (facts->number_has_unknown)
		return wait_until("number-unknown", wall_add(place->now, LOOK_AGAIN_MS));
	if (is_pressing(facts))
		return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
	if (policy->daily_brake > 0 && facts->reminders_today >= policy->daily_brake)
		return wait_until("daily-brake", civil_moment(day_add(today, 1), 0, zone));
	if (policy->monthly_cap > 0 && is_paid_by_part(facts) &&
	    facts->parts_this_month + facts->parts_to_send > policy->monthly_cap) {
		struct civil date = civil_of_day(today);
		struct day next = date.month == 12 ? civil_day(date.year + 1, 1, 1)
						   : civil_day(date.year, date.month + 1, 1);
		return wait_until("monthly-cap", civil_moment(next, 0, zone));
	}
	return (struct store_check_verdict){CHECK_SEND, NULL, WALL_NEVER};
}

struct store_check_verdict outbox_check(const struct store_message_facts *facts, void *arg)
{
	struct outbox_check_place *place = arg;
	struct store_check_verdict verdict;
	place->parts_this_month = facts->parts_this_month;
	if (!wall_before(place->now, facts->not_after))
		return (struct store_check_verdict){CHECK_EXPIRE, "not-after", WALL_NEVER};
	/* Who has just written is there to be answered. */
	if (facts->suspended && facts->purpose != PURPOSE_ANSWER)
		return cancel("number-suspended");
	if (place->policy->only_to[0] != '\0' && !list_has(place->policy->only_to, facts->address))
		return cancel("not-in-trial");
	verdict = check_point(facts, place);
	if (verdict.what != CHECK_SEND)
		return verdict;
	if (facts->everything_paused || facts->channel_paused)
		return wait_until("paused", WALL_NEVER);
	verdict = check_time(facts, place);
	if (verdict.what != CHECK_SEND)
		return verdict;
	return check_bounds(facts, place);
}

int64_t outbox_backoff_ms(const struct outbox_policy *policy, const char *key, int attempt)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a, 64 bit */
	for (const char *c = key; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	hash = (hash ^ (unsigned)attempt) * UINT64_C(1099511628211);
	int64_t wait = policy->retry_first_ms;
	for (int i = 1; i < attempt && wait < policy->retry_longest_ms; i++)
		wait *= 2;
	if (wait > policy->retry_longest_ms)
		wait = policy->retry_longest_ms;
	int64_t permille = 800 + (int64_t)((hash >> 32) % 401);
	return wait * permille / 1000;
}
