/*
 * Owns: conformance cases of messages: claiming, outcomes, receipts, the unknown, time.
 * May use: tests/conformance/store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_SENDING_CASES_H
#define TESTS_STORE_SENDING_CASES_H

#include "store_world.h"

#include <sys/wait.h>
#include <unistd.h>

static void enqueue_text(struct world *world, const char *key, enum message_purpose purpose,
    const char *const *parts, int count)
{
	const struct store_new_message message = new_message(key, purpose, NC_PHONE, parts, count);
	enqueue(world, &message);
}

static void test_the_legal_moves_are_these(void **state)
{
	(void)state;
	static const char table[MESSAGE_STATE_COUNT][MESSAGE_STATE_COUNT + 1] = {
	    /*                 QSUsdfec   to: queued sending unknown sent delivered failed expired
	     *                            cancelled */
	    [MESSAGE_QUEUED] = ".x.xxxxx",
	    [MESSAGE_SENDING] = "x.xx.x..",
	    [MESSAGE_UNKNOWN] = "x..xxx..",
	    [MESSAGE_SENT] = "....xx..",
	    [MESSAGE_DELIVERED] = "........",
	    [MESSAGE_FAILED] = "........",
	    [MESSAGE_EXPIRED] = "........",
	    [MESSAGE_CANCELLED] = "........",
	};
	for (int from = 0; from < MESSAGE_STATE_COUNT; from++)
		for (int to = 0; to < MESSAGE_STATE_COUNT; to++)
			if (message_state_can_move(from, to) != (table[from][to] == 'x'))
				fail_msg(
				    "%s → %s", message_state_name(from), message_state_name(to));
}

static void test_a_message_goes_from_queued_to_delivered(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	assert_int_equal(next_moments(world).next_try.ms, INT64_MAX); /* it may go already */
	struct store_claim_due_output out = claim(world);
	assert_true(out.claimed);
	assert_string_equal(out.key, "r1");
	assert_int_equal(out.attempt_number, 1);
	assert_int_equal(out.parts_to_send, 1);
	assert_string_equal(out.parts[0].text, one_part[0]);
	assert_true(world->facts.has_notices && world->facts.plan_running);
	assert_true(world->facts.obligation_open && world->facts.deadline_current);
	assert_string_equal(world->facts.plan_body, "plan: 1\n");
	assert_message("r1", "sending", "");
	assert_false(claim(world).claimed);
	later(world, SECOND_MS);
	struct store_record_outcome_output sent =
	    outcome_of(world, out.attempt_id, 0, OUTCOME_SENT, 7);
	assert_int_equal(sent.state, MESSAGE_SENT);
	assert_false(sent.stale);
	later(world, MINUTE_MS);
	struct wall submitted = wall_add(world->now, -MINUTE_MS);
	assert_false(receipt(world, DT_PHONE, 7, 0, submitted).matched);
	assert_false(receipt(world, NC_PHONE, 8, 0, submitted).matched);
	struct store_record_receipt_output done = receipt(world, "0900000001", 7, 0, submitted);
	assert_true(done.matched);
	assert_false(done.settled_unknown);
	assert_int_equal(done.state, MESSAGE_DELIVERED);
	assert_message("r1", "delivered", "");
}

static void test_the_same_key_is_enqueued_once(void **state)
{
	struct world *world = *state;
	const struct store_new_message message =
	    new_message("k", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &message);
	const struct store_enqueue_input in = {world->now, "officer", &message, 1};
	struct store_enqueue_output out;
	run_ok(world, STORE_ENQUEUE, &in, &out);
	assert_int_equal(out.queued, 0);
	assert_int_equal(out.already, 1);
}

static void test_smaller_purposes_go_first(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "ad-hoc", PURPOSE_AD_HOC, one_part, 1);
	enqueue_text(world, "task", PURPOSE_TASK, one_part, 1);
	enqueue_text(world, "answer", PURPOSE_ANSWER, one_part, 1);
	assert_string_equal(claim(world).key, "answer");
	assert_string_equal(claim(world).key, "task");
	assert_string_equal(claim(world).key, "ad-hoc");
}

static void test_the_check_decides(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	world->verdict =
	    (struct store_check_verdict){CHECK_WAIT, "quiet-hours", wall_add(world->now, HOUR_MS)};
	assert_false(claim(world).claimed);
	assert_message("a", "queued", "quiet-hours");
	assert_int_equal(next_moments(world).next_try.ms, world->now.ms + HOUR_MS);
	assert_int_equal(claim(world).looked_at, 0);
	later(world, HOUR_MS);
	world->verdict = (struct store_check_verdict){CHECK_CANCEL, "opted-out", WALL_NEVER};
	assert_int_equal(claim(world).cancelled, 1);
	assert_message("a", "cancelled", "opted-out");
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	world->verdict = (struct store_check_verdict){CHECK_EXPIRE, "not-after", WALL_NEVER};
	assert_int_equal(claim(world).expired, 1);
	assert_message("b", "expired", "not-after");
}

static void test_a_pause_is_seen_survives_reopening_and_its_end_wakes(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	struct store_set_paused_input in = {world->now, "officer", "all", true};
	run_ok(world, STORE_SET_PAUSED, &in, NULL);
	reopen(world);
	world->verdict = (struct store_check_verdict){CHECK_WAIT, "paused", WALL_NEVER};
	claim(world);
	assert_true(world->facts.everything_paused);
	assert_false(world->facts.channel_paused);
	assert_int_equal(next_moments(world).next_try.ms, INT64_MAX);
	in.paused = false;
	run_ok(world, STORE_SET_PAUSED, &in, NULL);
	world->verdict = (struct store_check_verdict){0};
	assert_true(claim(world).claimed);
	assert_false(world->facts.everything_paused);
}

static void test_a_message_for_another_channel_is_not_taken(void **state)
{
	struct world *world = *state;
	struct store_new_message message = new_message("a", PURPOSE_ANSWER, NC_PHONE, one_part, 1);
	message.channel = "modem2";
	enqueue(world, &message);
	assert_int_equal(claim(world).looked_at, 0);
}

static void test_what_was_not_sent_is_tried_again_with_its_reason(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	struct store_claim_due_output first = claim(world);
	assert_int_equal(
	    outcome_of(world, first.attempt_id, 0, OUTCOME_REFUSED, -1).state, MESSAGE_QUEUED);
	assert_message("a", "queued", "refused-38");
	assert_false(claim(world).claimed);
	later(world, MINUTE_MS);
	struct store_claim_due_output second = claim(world);
	assert_int_equal(second.attempt_number, 2);
	assert_int_equal(world->facts.attempts, 1);
	assert_false(world->facts.resend);
	assert_int_equal(outcome_of(world, second.attempt_id, 0, OUTCOME_REFUSED_FOREVER, -1).state,
	    MESSAGE_FAILED);
	assert_message("a", "failed", "refused-38");
}

static void test_a_stale_outcome_changes_nothing(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	int64_t first = claim(world).attempt_id;
	outcome_of(world, first, 0, OUTCOME_NOT_SENT, -1);
	later(world, MINUTE_MS);
	int64_t second = claim(world).attempt_id;
	struct store_record_outcome_output out = outcome_of(world, first, 0, OUTCOME_SENT, 9);
	assert_true(out.stale);
	assert_int_equal(out.state, MESSAGE_SENDING);
	assert_message("a", "sending", "");
	assert_int_equal(outcome_of(world, second, 0, OUTCOME_SENT, 10).state, MESSAGE_SENT);
	assert_true(outcome_of(world, second, 0, OUTCOME_UNKNOWN, -1).stale);
	assert_message("a", "sent", "");
}

static void test_only_missing_parts_are_repeated_with_the_same_reference(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "long", PURPOSE_AD_HOC, three_parts, 3);
	struct store_claim_due_output first = claim(world);
	assert_int_equal(first.parts_to_send, 3);
	outcome_of(world, first.attempt_id, 0, OUTCOME_SENT, 1);
	assert_int_equal(
	    outcome_of(world, first.attempt_id, 1, OUTCOME_NOT_SENT, -1).state, MESSAGE_QUEUED);
	later(world, MINUTE_MS);
	struct store_claim_due_output second = claim(world);
	assert_int_equal(second.concat_reference, first.concat_reference);
	assert_int_equal(second.parts_to_send, 2);
	assert_int_equal(second.parts[0].index, 1);
	outcome_of(world, second.attempt_id, 1, OUTCOME_SENT, 2);
	assert_int_equal(
	    outcome_of(world, second.attempt_id, 2, OUTCOME_SENT, 3).state, MESSAGE_SENT);
	for (int reference = 1; reference <= 3; reference++)
		assert_int_equal(receipt(world, NC_PHONE, reference, 0, world->now).state,
		    reference < 3 ? MESSAGE_SENT : MESSAGE_DELIVERED);
	enqueue_text(world, "next", PURPOSE_AD_HOC, three_parts, 3);
	assert_int_not_equal(claim(world).concat_reference, first.concat_reference);
}

static void test_an_unknown_part_is_settled_by_its_receipt(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	struct wall started = world->now;
	int64_t attempt = claim(world).attempt_id;
	world->verdict = (struct store_check_verdict){CHECK_WAIT, "number-unknown", WALL_NEVER};
	claim(world);
	assert_true(world->facts.number_has_unknown);
	later(world, MINUTE_MS);
	assert_int_equal(outcome_of(world, attempt, 0, OUTCOME_UNKNOWN, -1).state, MESSAGE_UNKNOWN);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + PATIENCE);
	/* Too early and too late to be of this attempt. */
	assert_false(receipt(world, NC_PHONE, 40, 0, wall_add(started, -10 * MINUTE_MS)).matched);
	assert_false(receipt(world, NC_PHONE, 41, 0, wall_add(started, 10 * MINUTE_MS)).matched);
	struct store_record_receipt_output out =
	    receipt(world, NC_PHONE, 42, 0x30, wall_add(started, 2 * SECOND_MS));
	assert_true(out.matched && out.settled_unknown);
	assert_int_equal(out.state, MESSAGE_SENT);
	out = receipt(world, NC_PHONE, 42, 0, wall_add(started, 2 * SECOND_MS));
	assert_int_equal(out.state, MESSAGE_DELIVERED);
	world->verdict = (struct store_check_verdict){0};
	assert_string_equal(claim(world).key, "b"); /* what waited for it goes on */
	assert_false(world->facts.number_has_unknown);
}

static void test_an_unknown_part_of_a_slow_text_is_settled_by_its_receipt(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	struct wall started = world->now;
	int64_t attempt = claim(world).attempt_id;
	later(world, 20 * MINUTE_MS); /* other parts of the text came first */
	assert_int_equal(outcome_of(world, attempt, 0, OUTCOME_UNKNOWN, -1).state, MESSAGE_UNKNOWN);
	assert_false(receipt(world, NC_PHONE, 41, 0, wall_add(started, 30 * MINUTE_MS)).matched);
	struct store_record_receipt_output out =
	    receipt(world, NC_PHONE, 42, 0, wall_add(started, 18 * MINUTE_MS));
	assert_true(out.matched && out.settled_unknown);
	assert_int_equal(out.state, MESSAGE_DELIVERED);
}

static void test_a_receipt_is_stored_once(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 7);
	struct store_record_receipt_output first = receipt(world, NC_PHONE, 7, 0x45, world->now);
	assert_int_equal(first.state, MESSAGE_FAILED);
	assert_message("a", "failed", "receipt-69");
	struct store_record_receipt_output again = receipt(world, NC_PHONE, 7, 0x45, world->now);
	assert_true(again.matched);
	assert_int_equal(again.message_id, first.message_id);
}

static void test_a_receipt_that_comes_before_the_outcome_counts(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	int64_t attempt = claim(world).attempt_id;
	assert_false(receipt(world, NC_PHONE, 7, 0, world->now).matched);
	assert_int_equal(outcome_of(world, attempt, 0, OUTCOME_SENT, 7).state, MESSAGE_DELIVERED);
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	attempt = claim(world).attempt_id;
	later(world, SECOND_MS);
	assert_false(receipt(world, NC_PHONE, 8, 0, world->now).matched);
	assert_int_equal(
	    outcome_of(world, attempt, 0, OUTCOME_UNKNOWN, -1).state, MESSAGE_DELIVERED);
}

static int64_t make_unknown(struct world *world)
{
	int64_t attempt = claim(world).attempt_id;
	assert_int_equal(outcome_of(world, attempt, 0, OUTCOME_UNKNOWN, -1).state, MESSAGE_UNKNOWN);
	return attempt;
}

static void test_patience_ends_and_it_is_sent_once_more_and_no_more(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	make_unknown(world);
	later(world, PATIENCE - 1);
	assert_int_equal(sweep(world).requeued, 0);
	later(world, 1);
	assert_int_equal(sweep(world).requeued, 1);
	assert_message("a", "queued", "was-unknown");
	make_unknown(world);
	assert_true(world->facts.resend);
	later(world, PATIENCE);
	struct store_sweep_output out = sweep(world);
	assert_int_equal(out.requeued, 0);
	assert_int_equal(out.failed, 1);
	assert_message("a", "failed", "unknown-twice");
	assert_int_equal(next_moments(world).sweep.ms, INT64_MAX);
}

static void test_an_answer_is_not_repeated_and_a_last_call_waits_less(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "answer", PURPOSE_ANSWER, one_part, 1);
	make_unknown(world);
	const struct store_new_message last =
	    new_message("last", PURPOSE_LAST_CALL, DT_PHONE, one_part, 1);
	enqueue(world, &last);
	make_unknown(world);
	later(world, PATIENCE_LAST_CALL);
	assert_int_equal(sweep(world).requeued, 1);
	assert_message("last", "queued", "was-unknown");
	later(world, PATIENCE);
	assert_int_equal(sweep(world).failed, 1);
	assert_message("answer", "failed", "answer-unknown");
}

static void test_a_late_certain_outcome_settles_the_unknown_of_its_attempt(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	int64_t attempt = make_unknown(world);
	struct store_record_outcome_output out = outcome_of(world, attempt, 0, OUTCOME_SENT, 5);
	assert_true(out.stale);
	assert_int_equal(out.state, MESSAGE_SENT);
	assert_int_equal(receipt(world, NC_PHONE, 5, 0, world->now).state, MESSAGE_DELIVERED);
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	attempt = make_unknown(world);
	assert_int_equal(outcome_of(world, attempt, 0, OUTCOME_NOT_SENT, -1).state, MESSAGE_QUEUED);
	later(world, MINUTE_MS);
	make_unknown(world);
	assert_false(world->facts.resend); /* it had provably not left */
}

static void test_what_provably_never_left_is_no_first_of_two(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	int64_t attempt = make_unknown(world);
	later(world, PATIENCE);
	assert_int_equal(sweep(world).requeued, 1);
	outcome_of(world, attempt, 0, OUTCOME_NOT_SENT, -1);
	make_unknown(world);
	later(world, PATIENCE);
	assert_int_equal(sweep(world).requeued, 1);
	make_unknown(world);
	later(world, PATIENCE);
	assert_int_equal(sweep(world).failed, 1);
}

static void test_earlier_refusals_are_counted_apart_from_what_never_left(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_NOT_SENT, -1);
	later(world, MINUTE_MS);
	struct store_claim_due_output second = claim(world);
	assert_int_equal(second.attempt_number, 2);
	assert_int_equal(second.refusals, 0);
	outcome_of(world, second.attempt_id, 0, OUTCOME_REFUSED, -1);
	later(world, MINUTE_MS);
	assert_int_equal(claim(world).refusals, 1);
}

static void test_proof_that_comes_before_the_repetition_prevents_it(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	struct wall started = world->now;
	make_unknown(world);
	later(world, PATIENCE);
	sweep(world);
	assert_int_equal(receipt(world, NC_PHONE, 42, 0, started).state, MESSAGE_DELIVERED);
	assert_false(claim(world).claimed);
}

static void test_the_rest_of_a_long_text_waits_for_its_unknown_part(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "long", PURPOSE_AD_HOC, three_parts, 3);
	struct wall started = world->now;
	struct store_claim_due_output first = claim(world);
	outcome_of(world, first.attempt_id, 0, OUTCOME_SENT, 1);
	assert_int_equal(
	    outcome_of(world, first.attempt_id, 1, OUTCOME_UNKNOWN, -1).state, MESSAGE_UNKNOWN);
	assert_false(claim(world).claimed);
	assert_int_equal(receipt(world, NC_PHONE, 2, 0, started).state, MESSAGE_QUEUED);
	struct store_claim_due_output second = claim(world);
	assert_int_equal(second.parts_to_send, 1);
	assert_int_equal(second.parts[0].index, 2);
	assert_false(world->facts.resend);
	assert_int_equal(second.concat_reference, first.concat_reference);
}

static void test_not_after_expires_what_waits(void **state)
{
	struct world *world = *state;
	struct store_new_message message = new_message("a", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	message.not_after = wall_add(world->now, HOUR_MS);
	enqueue(world, &message);
	assert_int_equal(next_moments(world).sweep.ms, message.not_after.ms);
	later(world, HOUR_MS);
	assert_int_equal(sweep(world).expired, 1);
	assert_message("a", "expired", "not-after");
}

static void test_an_ended_lease_is_unknown_and_never_queued(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, three_parts, 3);
	int64_t attempt = claim(world).attempt_id;
	outcome_of(world, attempt, 0, OUTCOME_SENT, 1);
	assert_int_equal(sweep(world).orphaned, 0);
	later(world, 5 * MINUTE_MS);
	assert_int_equal(sweep(world).orphaned, 1);
	assert_message("a", "unknown", "lease-ended");
	/* Part 1 was in flight; part 2 was not handed over before its outcome. */
	assert_true(outcome_of(world, attempt, 1, OUTCOME_SENT, 2).stale);
	assert_string_equal(message_seen("a").state, "queued");
	assert_int_equal(claim(world).parts_to_send, 1);
}

static void test_numbers_are_counted_for_the_brakes(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, three_parts, 3);
	struct store_claim_due_output out = claim(world);
	assert_int_equal(world->facts.reminders_today, 0);
	for (int part = 0; part < 3; part++)
		outcome_of(world, out.attempt_id, part, OUTCOME_SENT, part);
	enqueue_text(world, "answer", PURPOSE_ANSWER, one_part, 1);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 9);
	enqueue_text(world, "refused", PURPOSE_AD_HOC, one_part, 1);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_NOT_SENT, -1);
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	claim(world);
	assert_int_equal(world->facts.reminders_today, 1);
	assert_int_equal(world->facts.answers_last_hour, 1);
	assert_int_equal(world->facts.parts_this_month, 4);
}

static void test_a_wrong_number_is_suspended_until_it_writes(void **state)
{
	struct world *world = *state;
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	const struct store_record_outcome_input in = {.now = world->now,
	    .channel = "modem1",
	    .sim = "sim1",
	    .attempt_id = claim(world).attempt_id,
	    .outcome = OUTCOME_REFUSED_FOREVER,
	    .code = 1,
	    .reference = -1,
	    .retry_at = WALL_NEVER,
	    .number_is_wrong = true};
	run_ok(world, STORE_RECORD_OUTCOME, &in, NULL);
	enqueue_text(world, "b", PURPOSE_AD_HOC, one_part, 1);
	claim(world);
	assert_true(world->facts.suspended);
	receive(world, NC_PHONE, "co tin");
	enqueue_text(world, "c", PURPOSE_AD_HOC, one_part, 1);
	claim(world);
	assert_false(world->facts.suspended);
}

/* In a process that dies without closing: what it was told is committed is there, what it had begun
 * to send is unknown. */
static void test_a_killed_process_leaves_the_unknown_and_loses_nothing(void **state)
{
	struct world *world = *state;
	world->store->ops->close(world->store);
	world->store = NULL;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (maker.open(world->now, &world->store, NULL) != RESULT_OK)
			_exit(1);
		enqueue_text(world, "waits", PURPOSE_AD_HOC, one_part, 1);
		enqueue_text(world, "begun", PURPOSE_ANSWER, one_part, 1);
		_exit(claim(world).claimed ? 0 : 2);
	}
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(maker.open(world->now, &world->store, &world->failure), RESULT_OK);
	const struct store_recover_input in = {world->now, NODE};
	struct store_recover_output out;
	run_ok(world, STORE_RECOVER, &in, &out);
	assert_int_equal(out.unknown, 1);
	assert_message("begun", "unknown", "restarted");
	assert_message("waits", "queued", "");
}

static bool count_part(const struct part_row *row, void *arg)
{
	int *totals = arg;
	totals[0]++;
	totals[1] += row->submissions;
	return true;
}

static void test_totals_count_what_left_and_what_was_withheld(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide(world, due_of(world, "DT"), "d30", NULL);
	enqueue_text(world, "a", PURPOSE_AD_HOC, one_part, 1);
	make_unknown(world);
	later(world, PATIENCE);
	sweep(world);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 3);
	enqueue_text(world, "b", PURPOSE_AD_HOC, three_parts, 3);
	world->verdict = (struct store_check_verdict){CHECK_CANCEL, "opted-out", WALL_NEVER};
	claim(world);
	struct reader *reader = open_reader();
	struct reader_totals totals;
	assert_int_equal(reader_totals(reader, world->arena, &totals, NULL), RESULT_OK);
	int parts[2] = {0, 0};
	assert_int_equal(reader_parts(reader, count_part, parts, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(totals.messages[MESSAGE_SENT], 1);
	assert_int_equal(totals.parts_sent, 1);
	assert_int_equal(totals.parts_resent, 1);
	assert_int_equal(totals.cost, 600);
	assert_int_equal(totals.reason_count, 2);
	assert_string_equal(totals.reasons[0].reason, "opted-out");
	assert_string_equal(totals.reasons[1].what, "skipped");
	assert_string_equal(totals.reasons[1].reason, "superseded");
	assert_int_equal(parts[0], 4);
	assert_int_equal(parts[1], 2);
}

#define STORE_SENDING_CASES                                                                        \
	cmocka_unit_test(test_the_legal_moves_are_these),                                          \
	    CASE(test_a_message_goes_from_queued_to_delivered),                                    \
	    CASE(test_the_same_key_is_enqueued_once), CASE(test_smaller_purposes_go_first),        \
	    CASE(test_the_check_decides),                                                          \
	    CASE(test_a_pause_is_seen_survives_reopening_and_its_end_wakes),                       \
	    CASE(test_a_message_for_another_channel_is_not_taken),                                 \
	    CASE(test_what_was_not_sent_is_tried_again_with_its_reason),                           \
	    CASE(test_a_stale_outcome_changes_nothing),                                            \
	    CASE(test_only_missing_parts_are_repeated_with_the_same_reference),                    \
	    CASE(test_an_unknown_part_is_settled_by_its_receipt),                                  \
	    CASE(test_an_unknown_part_of_a_slow_text_is_settled_by_its_receipt),                   \
	    CASE(test_a_receipt_is_stored_once),                                                   \
	    CASE(test_a_receipt_that_comes_before_the_outcome_counts),                             \
	    CASE(test_patience_ends_and_it_is_sent_once_more_and_no_more),                         \
	    CASE(test_an_answer_is_not_repeated_and_a_last_call_waits_less),                       \
	    CASE(test_a_late_certain_outcome_settles_the_unknown_of_its_attempt),                  \
	    CASE(test_what_provably_never_left_is_no_first_of_two),                                \
	    CASE(test_earlier_refusals_are_counted_apart_from_what_never_left),                    \
	    CASE(test_proof_that_comes_before_the_repetition_prevents_it),                         \
	    CASE(test_the_rest_of_a_long_text_waits_for_its_unknown_part),                         \
	    CASE(test_not_after_expires_what_waits),                                               \
	    CASE(test_an_ended_lease_is_unknown_and_never_queued),                                 \
	    CASE(test_numbers_are_counted_for_the_brakes),                                         \
	    CASE(test_a_wrong_number_is_suspended_until_it_writes),                                \
	    CASE(test_a_killed_process_leaves_the_unknown_and_loses_nothing),                      \
	    CASE(test_totals_count_what_left_and_what_was_withheld)

#endif
