/*
 * Owns: what channel/http_limits.h promises.
 * May use: channel/http_limits.h, cmocka.
 * Must not know: requests.
 */
#include "channel/http_limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct mono at(int64_t ms)
{
	return (struct mono){ms};
}

static void a_burst_goes_at_once_and_the_rest_at_the_rate(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits, &(struct provider_limits){.per_second = 10, .burst = 3}, at(0));
	for (int i = 0; i < 3; i++)
		assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 100);
	assert_int_equal(http_limits_take(&limits, "a", at(99)), 1);
	assert_int_equal(http_limits_take(&limits, "a", at(100)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(100)), 100);
	http_limits_clear(&limits);
}

static void over_an_hour_no_more_leave_than_the_rate_allows(void **state)
{
	(void)state;
	struct http_limits limits;
	int sent = 0;
	http_limits_init(&limits, &(struct provider_limits){.per_second = 0.5, .burst = 1}, at(0));
	for (int64_t now = 0; now < HOUR_MS;) {
		int64_t wait = http_limits_take(&limits, "a", at(now));
		sent += wait == 0;
		now += wait;
	}
	assert_in_range(sent, 1799, 1801);
	http_limits_clear(&limits);
}

static void one_recipient_waits_without_holding_up_others(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits, &(struct provider_limits){.per_recipient = 2}, at(0));
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 30000);
	assert_int_equal(http_limits_take(&limits, "b", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(30000)), 0);
	http_limits_clear(&limits);
}

static void what_waits_for_one_limit_takes_nothing_of_another(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits,
	    &(struct provider_limits){.per_second = 1, .burst = 2, .per_recipient = 1}, at(0));
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	for (int i = 0; i < 5; i++)
		assert_true(http_limits_take(&limits, "a", at(0)) > 0);
	assert_int_equal(http_limits_take(&limits, "b", at(0)), 0);
	http_limits_clear(&limits);
}

static void many_recipients_are_remembered_up_to_a_bound(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits, &(struct provider_limits){.per_recipient = 1}, at(0));
	for (int i = 0; i < HTTP_RECIPIENTS_MAX + 100; i++) {
		char name[16];
		snprintf(name, sizeof name, "r%d", i);
		assert_int_equal(http_limits_take(&limits, name, at(0)), 0);
	}
	assert_int_equal(limits.recipient_count, HTTP_RECIPIENTS_MAX);
	assert_true(http_limits_take(&limits, "r4000", at(0)) > 0);
	http_limits_clear(&limits);
}

static void nothing_leaves_before_the_provider_allows(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits, &(struct provider_limits){0}, at(0));
	http_limits_stop(&limits, at(0), 7000);
	http_limits_stop(&limits, at(10), 100);
	assert_int_equal(http_limits_take(&limits, "a", at(10)), 6990);
	assert_int_equal(http_limits_take(&limits, "a", at(7000)), 0);
	http_limits_clear(&limits);
}

static void a_day_has_its_own_bound(void **state)
{
	(void)state;
	struct http_limits limits;
	http_limits_init(&limits, &(struct provider_limits){.per_day = 2}, at(0));
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(0)), 0);
	assert_int_equal(http_limits_take(&limits, "a", at(0)), DAY_MS / 2);
	http_limits_clear(&limits);
}

/* ── the circuit breaker ─────────────────────────────────────────────────────────────────────── */

static void the_circuit_opens_after_failures_in_a_row_only(void **state)
{
	(void)state;
	struct http_breaker breaker = {0};
	for (int round = 0; round < 3; round++) {
		for (int i = 1; i < HTTP_BREAKER_FAILURES; i++)
			assert_int_equal(http_breaker_failed(&breaker), 0);
		assert_false(http_breaker_worked(&breaker));
	}
	for (int i = 1; i < HTTP_BREAKER_FAILURES; i++)
		assert_int_equal(http_breaker_failed(&breaker), 0);
	assert_int_equal(http_breaker_failed(&breaker), HTTP_BREAKER_FIRST_MS);
	assert_int_equal(breaker.state, HTTP_OPEN);
}

static void each_failed_probe_doubles_the_wait_up_to_a_bound(void **state)
{
	(void)state;
	struct http_breaker breaker = {.state = HTTP_OPEN, .backoff_ms = HTTP_BREAKER_FIRST_MS};
	int64_t wanted = HTTP_BREAKER_FIRST_MS;
	for (int i = 0; i < 10; i++) {
		wanted =
		    wanted * 2 < HTTP_BREAKER_LONGEST_MS ? wanted * 2 : HTTP_BREAKER_LONGEST_MS;
		http_breaker_probe(&breaker);
		assert_int_equal(http_breaker_failed(&breaker), wanted);
		assert_int_equal(breaker.state, HTTP_OPEN);
	}
}

static void a_probe_that_works_closes_it_and_forgets_the_past(void **state)
{
	(void)state;
	struct http_breaker breaker = {.state = HTTP_OPEN, .backoff_ms = HTTP_BREAKER_LONGEST_MS};
	assert_false(http_breaker_worked(&breaker)); /* late: under way when it opened */
	assert_int_equal(breaker.state, HTTP_OPEN);
	assert_int_equal(http_breaker_failed(&breaker), 0);
	http_breaker_probe(&breaker);
	assert_true(http_breaker_worked(&breaker));
	assert_int_equal(breaker.state, HTTP_CLOSED);
	assert_int_equal(breaker.backoff_ms, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_burst_goes_at_once_and_the_rest_at_the_rate),
	    cmocka_unit_test(over_an_hour_no_more_leave_than_the_rate_allows),
	    cmocka_unit_test(one_recipient_waits_without_holding_up_others),
	    cmocka_unit_test(what_waits_for_one_limit_takes_nothing_of_another),
	    cmocka_unit_test(many_recipients_are_remembered_up_to_a_bound),
	    cmocka_unit_test(nothing_leaves_before_the_provider_allows),
	    cmocka_unit_test(a_day_has_its_own_bound),
	    cmocka_unit_test(the_circuit_opens_after_failures_in_a_row_only),
	    cmocka_unit_test(each_failed_probe_doubles_the_wait_up_to_a_bound),
	    cmocka_unit_test(a_probe_that_works_closes_it_and_forgets_the_past),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
