/*
 * Owns: tests of outbox/check: each reason to wait, cancel or expire, and the backoff.
 * May use: outbox/check.h, document/plan_cache.h, base/, cmocka.
 * Must not know: SQL, channels.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "outbox/check.h"

#include <stdio.h>
#include <string.h>

#define ZONE 420

/* Monday to Friday, 07:30–11:30 and 13:30–16:30, quiet 21:00–07:00; 10 June is off. */
static const struct day days_off[] = {{18423}};
static const struct plan_calendar calendar = {
    .zone_minutes = ZONE,
    .working_weekday = {false, true, true, true, true, true, false},
    .days_off = days_off,
    .days_off_count = 1,
    .window = {{450, 690}, {810, 990}},
    .window_count = 2,
    .quiet_from = 1260,
    .quiet_to = 420,
    .end_of_work = 990,
};

/* June 2020 at `minute` of `day`. */
static struct wall june(int day, int minute)
{
	return civil_moment(civil_day(2020, 6, day), minute, ZONE);
}

static struct outbox_policy usual_policy(void)
{
	return (struct outbox_policy){.calendar = &calendar,
	    .only_to = "",
	    .daily_brake = 3,
	    .hourly_answers = 5,
	    .monthly_cap = 100,
	    .retry_first_ms = 60000,
	    .retry_longest_ms = 3600000,
	    .attempts_max = 6};
}

/* A reminder that may leave: Tuesday 9 June 2020, 08:00. */
static struct store_message_facts usual_facts(void)
{
	return (struct store_message_facts){.purpose = PURPOSE_REMINDER,
	    .address = "+84912345678",
	    .not_before = june(9, 8 * 60),
	    .not_after = june(12, 0),
	    .part_count = 1,
	    .parts_to_send = 1,
	    .has_notices = true,
	    .plan_running = true,
	    .obligation_open = true,
	    .deadline_current = true};
}

struct change {
	struct store_message_facts *facts;
	struct outbox_policy *policy;
	struct wall *now;
};

#define CHANGE(name, body)                                                                         \
	static void name(struct change it)                                                         \
	{                                                                                          \
		(void)it;                                                                          \
		body;                                                                              \
	}
CHANGE(nothing, )
CHANGE(all_paused, it.facts->everything_paused = true)
CHANGE(channel_paused, it.facts->channel_paused = true)
CHANGE(plan_paused, it.facts->plan_running = false)
CHANGE(closed, it.facts->obligation_open = false)
CHANGE(closed_and_paused, it.facts->obligation_open = false; it.facts->everything_paused = true)
CHANGE(moved, it.facts->deadline_current = false)
CHANGE(suspended, it.facts->suspended = true)
CHANGE(opted_out, it.facts->opted_out = true)
CHANGE(opted_out_last, it.facts->opted_out = true; it.facts->last_call = true)
CHANGE(opted_out_ad_hoc, it.facts->opted_out = true; it.facts->has_notices = false;
       it.facts->purpose = PURPOSE_AD_HOC)
CHANGE(opted_out_answer, it.facts->opted_out = true; it.facts->has_notices = false;
       it.facts->purpose = PURPOSE_ANSWER)
CHANGE(in_trial, it.policy->only_to = "+84900000001, +84912345678")
CHANGE(not_in_trial, it.policy->only_to = "+84900000001")
CHANGE(longer_number_in_trial, it.policy->only_to = "+849123456789")
CHANGE(too_late, *it.now = june(12, 0))
CHANGE(too_early, it.facts->not_before = june(9, 9 * 60))
CHANGE(at_lunch, *it.now = june(9, 12 * 60))
CHANGE(after_work, *it.now = june(9, 17 * 60))
CHANGE(at_night, *it.now = june(9, 22 * 60); it.facts->last_call = true)
CHANGE(at_night_before, *it.now = june(8, 23 * 60); it.facts->not_before = june(8, 0))
CHANGE(night_answer, *it.now = june(9, 22 * 60); it.facts->purpose = PURPOSE_ANSWER;
       it.facts->has_notices = false)
CHANGE(on_holiday, *it.now = june(10, 9 * 60))
CHANGE(on_saturday, *it.now = june(13, 9 * 60); it.facts->not_after = june(20, 0))
CHANGE(no_window_left, *it.now = june(9, 17 * 60); it.facts->not_after = june(10, 0))
CHANGE(window_ends_exactly, *it.now = june(9, 17 * 60); it.facts->not_after = june(11, 450))
CHANGE(unknown_before, it.facts->number_has_unknown = true)
CHANGE(unknown_last_call, it.facts->number_has_unknown = true; it.facts->last_call = true)
CHANGE(unknown_answer, it.facts->number_has_unknown = true; it.facts->purpose = PURPOSE_ANSWER)
CHANGE(braked, it.facts->reminders_today = 3)
CHANGE(nearly_braked, it.facts->reminders_today = 2)
CHANGE(braked_last_call, it.facts->reminders_today = 3; it.facts->purpose = PURPOSE_LAST_CALL)
CHANGE(no_brake, it.facts->reminders_today = 99; it.policy->daily_brake = 0)
CHANGE(capped, it.facts->parts_this_month = 100)
CHANGE(capped_by_length, it.facts->parts_this_month = 98; it.facts->parts_to_send = 3)
CHANGE(just_below_cap, it.facts->parts_this_month = 98; it.facts->parts_to_send = 2)
CHANGE(capped_last_call, it.facts->parts_this_month = 100; it.facts->last_call = true)
CHANGE(capped_answer, it.facts->parts_this_month = 100; it.facts->purpose = PURPOSE_ANSWER)
CHANGE(no_cap, it.facts->parts_this_month = 100000; it.policy->monthly_cap = 0)
CHANGE(many_answers, it.facts->answers_last_hour = 5; it.facts->purpose = PURPOSE_ANSWER)
CHANGE(fewer_answers, it.facts->answers_last_hour = 4; it.facts->purpose = PURPOSE_ANSWER)
CHANGE(ad_hoc_closed, it.facts->has_notices = false; it.facts->obligation_open = false;
       it.facts->purpose = PURPOSE_AD_HOC)

#define NEVER 0, 0
static const struct {
	void (*change)(struct change);
	enum store_check what;
	const char *reason;
	int day, minute; /* until, in June; 0, 0 never */
} table[] = {
    {nothing, CHECK_SEND, NULL, NEVER},
    {all_paused, CHECK_WAIT, "paused", NEVER},
    {channel_paused, CHECK_WAIT, "paused", NEVER},
    {plan_paused, CHECK_WAIT, "plan-paused", NEVER},
    {closed, CHECK_CANCEL, "obligation-closed", NEVER},
    {closed_and_paused, CHECK_CANCEL, "obligation-closed", NEVER},
    {moved, CHECK_CANCEL, "deadline-moved", NEVER},
    {suspended, CHECK_CANCEL, "number-suspended", NEVER},
    {opted_out, CHECK_CANCEL, "opted-out", NEVER},
    {opted_out_last, CHECK_SEND, NULL, NEVER},
    {opted_out_ad_hoc, CHECK_CANCEL, "opted-out", NEVER},
    {opted_out_answer, CHECK_SEND, NULL, NEVER},
    {in_trial, CHECK_SEND, NULL, NEVER},
    {not_in_trial, CHECK_CANCEL, "not-in-trial", NEVER},
    {longer_number_in_trial, CHECK_CANCEL, "not-in-trial", NEVER},
    {too_late, CHECK_EXPIRE, "not-after", NEVER},
    {too_early, CHECK_WAIT, "not-before", 9, 9 * 60},
    {at_lunch, CHECK_WAIT, "send-window", 9, 810},
    {after_work, CHECK_WAIT, "send-window", 11, 450},
    {at_night, CHECK_WAIT, "quiet-hours", 11, 450},
    {at_night_before, CHECK_WAIT, "quiet-hours", 9, 450},
    {night_answer, CHECK_SEND, NULL, NEVER},
    {on_holiday, CHECK_WAIT, "send-window", 11, 450},
    {on_saturday, CHECK_WAIT, "send-window", 15, 450},
    {no_window_left, CHECK_EXPIRE, "not-after", NEVER},
    {window_ends_exactly, CHECK_EXPIRE, "not-after", NEVER},
    {unknown_before, CHECK_WAIT, "number-unknown", 9, 8 * 60 + 5},
    {unknown_last_call, CHECK_WAIT, "number-unknown", 9, 8 * 60 + 5},
    {unknown_answer, CHECK_SEND, NULL, NEVER},
    {braked, CHECK_WAIT, "daily-brake", 10, 0},
    {nearly_braked, CHECK_SEND, NULL, NEVER},
    {braked_last_call, CHECK_SEND, NULL, NEVER},
    {no_brake, CHECK_SEND, NULL, NEVER},
    {capped, CHECK_WAIT, "monthly-cap", 31, 0}, /* 1 July */
    {capped_by_length, CHECK_WAIT, "monthly-cap", 31, 0},
    {just_below_cap, CHECK_SEND, NULL, NEVER},
    {capped_last_call, CHECK_SEND, NULL, NEVER},
    {capped_answer, CHECK_SEND, NULL, NEVER},
    {no_cap, CHECK_SEND, NULL, NEVER},
    {many_answers, CHECK_CANCEL, "hourly-answers", NEVER},
    {fewer_answers, CHECK_SEND, NULL, NEVER},
    {ad_hoc_closed, CHECK_SEND, NULL, NEVER},
};

static void test_each_reason_has_its_verdict(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct outbox_policy policy = usual_policy();
		struct store_message_facts facts = usual_facts();
		struct outbox_check_place place = {&policy, NULL, june(9, 8 * 60), 0};
		table[i].change((struct change){&facts, &policy, &place.now});
		struct store_check_verdict verdict = outbox_check(&facts, &place);
		const char *reason = verdict.reason != NULL ? verdict.reason : "none";
		struct wall until = table[i].day == 31
					? civil_moment(civil_day(2020, 7, 1), 0, ZONE)
				    : table[i].day > 0 ? june(table[i].day, table[i].minute)
						       : WALL_NEVER;
		if (verdict.what != table[i].what ||
		    strcmp(reason, table[i].reason != NULL ? table[i].reason : "none") != 0 ||
		    verdict.until.ms != until.ms)
			fail_msg("case %zu: %d %s, until %lld", i, verdict.what, reason,
			    (long long)verdict.until.ms);
	}
}

static void test_december_waits_for_january(void **state)
{
	(void)state;
	struct outbox_policy policy = usual_policy();
	struct store_message_facts facts = usual_facts();
	struct wall now = civil_moment(civil_day(2020, 12, 31), 9 * 60, ZONE);
	struct outbox_check_place place = {&policy, NULL, now, 0};
	facts.not_before = now;
	facts.not_after = WALL_NEVER;
	facts.parts_this_month = 100;
	struct store_check_verdict verdict = outbox_check(&facts, &place);
	assert_int_equal(verdict.what, CHECK_WAIT);
	assert_int_equal(verdict.until.ms, civil_moment(civil_day(2021, 1, 1), 0, ZONE).ms);
}

static char *read_plan(void)
{
	FILE *file = fopen("config/plans/trung-khanh-2020.yaml", "r");
	assert_non_null(file);
	char *text = memory_new(200000);
	assert_true(fread(text, 1, 199999, file) > 1000);
	fclose(file);
	return text;
}

/* The plan's own hours bind what belongs to it, whatever the office's are. */
static void test_the_plans_calendar_binds_its_own_messages(void **state)
{
	(void)state;
	OWNED_TEXT body = read_plan();
	struct plan_calendar always = calendar;
	always.window[0] = (struct plan_interval){0, 1440};
	always.window_count = 1;
	always.quiet_from = always.quiet_to = 0;
	struct outbox_policy policy = usual_policy();
	policy.calendar = &always;
	struct plan_cache *plans = plan_cache_new("config/holidays");
	struct store_message_facts facts = usual_facts();
	struct outbox_check_place place = {&policy, plans, june(9, 12 * 60), 0};
	assert_int_equal(outbox_check(&facts, &place).what, CHECK_SEND);
	facts.plan_body = body;
	facts.plan_version_id = 7;
	struct store_check_verdict verdict = outbox_check(&facts, &place);
	assert_int_equal(verdict.what, CHECK_WAIT);
	assert_string_equal(verdict.reason, "send-window");
	assert_int_equal(verdict.until.ms, june(9, 810).ms);
	plan_cache_free(plans);
}

/* The first report of the plan is voluntary, the others are not. */
static char *read_plan_with_a_voluntary_report(void)
{
	static const char before[] = "reports:\n  6T:\n";
	OWNED_TEXT body = read_plan();
	const char *at = strstr(body, before);
	assert_non_null(at);
	char *text = memory_new(200100);
	snprintf(text, 200100, "%.*s%s    duty: voluntary\n%s", (int)(at - body), body, before,
	    at + strlen(before));
	return text;
}

static void test_silence_is_whole_where_no_law_asks_for_the_report(void **state)
{
	(void)state;
	static const struct {
		const char *codes;
		bool last_call, sent;
	} cases[] = {
	    {"6T", false, false},
	    {"6T", true, false},
	    {"NAM", false, false},
	    {"NAM", true, true},
	    {"6T|NAM", true, true},
	    {"", true, false}, /* events */
	    {"GONE", true, true},
	};
	OWNED_TEXT body = read_plan_with_a_voluntary_report();
	struct outbox_policy policy = usual_policy();
	struct plan_cache *plans = plan_cache_new("config/holidays");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct store_message_facts facts = usual_facts();
		struct outbox_check_place place = {&policy, plans, june(9, 8 * 60), 0};
		facts.plan_body = body;
		facts.plan_version_id = 7;
		facts.opted_out = true;
		facts.report_codes = cases[i].codes;
		facts.last_call = cases[i].last_call;
		struct store_check_verdict verdict = outbox_check(&facts, &place);
		if ((verdict.what == CHECK_SEND) != cases[i].sent)
			fail_msg("case %zu: %d %s", i, verdict.what, verdict.reason);
	}
	plan_cache_free(plans);
}

static void test_an_answer_reaches_a_suspended_number(void **state)
{
	(void)state;
	struct outbox_policy policy = usual_policy();
	struct store_message_facts facts = usual_facts();
	struct outbox_check_place place = {&policy, NULL, june(9, 8 * 60), 0};
	facts.has_notices = false;
	facts.suspended = true;
	facts.purpose = PURPOSE_ANSWER;
	assert_int_equal(outbox_check(&facts, &place).what, CHECK_SEND);
	facts.purpose = PURPOSE_AD_HOC;
	assert_int_equal(outbox_check(&facts, &place).what, CHECK_CANCEL);
}

static void test_backoff_doubles_stays_in_bounds_and_repeats_itself(void **state)
{
	(void)state;
	struct outbox_policy policy = usual_policy();
	int64_t least = INT64_MAX, most = 0;
	for (int key = 0; key < 500; key++) {
		char name[40];
		snprintf(name, sizeof name, "notice:%d:0:bao-truoc:0:9", key);
		for (int attempt = 1; attempt <= 70; attempt++) {
			int64_t wait = outbox_backoff_ms(&policy, name, attempt);
			int64_t plain = attempt > 7 ? 3600000 : 60000LL << (attempt - 1);
			if (plain > 3600000)
				plain = 3600000;
			assert_true(wait >= plain * 8 / 10 && wait <= plain * 12 / 10);
			assert_int_equal(wait, outbox_backoff_ms(&policy, name, attempt));
			if (attempt == 1) {
				least = wait < least ? wait : least;
				most = wait > most ? wait : most;
			}
		}
	}
	assert_true(most - least > 60000 / 5); /* keys spread */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_reason_has_its_verdict),
	    cmocka_unit_test(test_december_waits_for_january),
	    cmocka_unit_test(test_the_plans_calendar_binds_its_own_messages),
	    cmocka_unit_test(test_silence_is_whole_where_no_law_asks_for_the_report),
	    cmocka_unit_test(test_an_answer_reaches_a_suspended_number),
	    cmocka_unit_test(test_backoff_doubles_stays_in_bounds_and_repeats_itself),
	};
	return cmocka_run_group_tests_name("outbox/check", tests, NULL, NULL);
}
