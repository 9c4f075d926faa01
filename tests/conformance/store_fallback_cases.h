/*
 * Owns: cases on messages by chat that do not arrive in time.
 * May use: store_world.h, store_route_cases.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_FALLBACK_CASES_H
#define TESTS_STORE_FALLBACK_CASES_H

#include "store_route_cases.h"

/* A reminder by chat has left through `channel`; returns its obligation. */
static int64_t reminded_by(struct world *world, const char *channel)
{
	start_office(world);
	link_an(world);
	int64_t obligation = remind_by_chat(world);
	struct store_claim_due_output claimed = claim_by(world, channel, "zalo", NULL);
	assert_true(claimed.claimed);
	told(world, claimed.attempt_id, OUTCOME_SENT, "z1", false);
	return obligation;
}

static void assert_goes_on(struct world *world, bool goes_on)
{
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, goes_on ? 1 : 0);
	if (goes_on)
		assert_int_equal(out.items[0].way, 1);
}

static bool see_reason(const struct message_row *row, void *arg)
{
	char *seen = arg;
	if (strcmp(row->key, "r1") == 0)
		snprintf(seen, 60, "%s %s", row->state, row->reason != NULL ? row->reason : "-");
	return true;
}

static void assert_seen(const char *expected)
{
	struct reader *reader;
	struct failure failure;
	const struct message_filter filter = {0};
	char seen[60] = "";
	assert_int_equal(maker.open_reader(&reader, &failure), RESULT_OK);
	assert_int_equal(reader_messages(reader, &filter, see_reason, seen, &failure), RESULT_OK);
	reader_close(reader);
	assert_string_equal(seen, expected);
}

static void test_what_has_not_arrived_in_time_goes_another_way_once(void **state)
{
	struct world *world = *state;
	reminded_by(world, "chat1");
	later(world, FALLBACK - SECOND_MS);
	assert_int_equal(sweep(world).fell_back, 0);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + SECOND_MS);
	later(world, SECOND_MS);
	assert_int_equal(sweep(world).fell_back, 1);
	assert_goes_on(world, true);
	assert_seen("sent fell-back");
	assert_int_equal(sweep(world).fell_back, 0);
	assert_true(next_moments(world).sweep.ms > world->now.ms);
}

static void test_what_has_arrived_does_not_fall_back(void **state)
{
	struct world *world = *state;
	reminded_by(world, "chat1");
	later(world, HOUR_MS);
	receipt_by_id(world, "z1", 0);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 0);
	assert_goes_on(world, false);
}

static void test_a_late_receipt_of_what_fell_back_changes_nothing(void **state)
{
	struct world *world = *state;
	static const int statuses[] = {0, 0x40};
	reminded_by(world, "chat1");
	later(world, FALLBACK);
	sweep(world);
	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		assert_true(receipt_by_id(world, "z1", statuses[i]).matched);
		assert_goes_on(world, true);
		assert_seen("sent fell-back");
	}
}

static void test_nothing_falls_back_when_the_report_has_come(void **state)
{
	struct world *world = *state;
	int64_t obligation = reminded_by(world, "chat1");
	assert_int_equal(change(world, obligation, LEDGER_CLAIM, "45"), RESULT_OK);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 0);
	assert_seen("sent -");
}

static void test_a_channel_without_receipts_never_falls_back(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	struct store_claim_due_output claimed = claim_by(world, "mute", "zalo", NULL);
	const struct store_record_outcome_input in = {.now = world->now,
	    .channel = "mute",
	    .sim = "",
	    .attempt_id = claimed.attempt_id,
	    .outcome = OUTCOME_SENT,
	    .reference = -1,
	    .detail = ""};
	struct store_record_outcome_output out;
	run_ok(world, STORE_RECORD_OUTCOME, &in, &out);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 0);
	assert_goes_on(world, false);
}

static void test_what_could_not_leave_by_chat_in_time_goes_another_way(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + FALLBACK);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 1);
	assert_goes_on(world, true);
	assert_seen("cancelled fell-back");
}

static void test_what_waits_for_a_reason_of_its_own_does_not_fall_back(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	world->verdict =
	    (struct store_check_verdict){CHECK_WAIT, "daily-brake", wall_add(world->now, DAY_MS)};
	claim_by(world, "chat1", "zalo", NULL);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 0);
}

static void test_texts_to_phones_do_not_fall_back(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 7);
	later(world, FALLBACK);
	assert_int_equal(sweep(world).fell_back, 0);
	assert_goes_on(world, false);
}

#define STORE_FALLBACK_CASES                                                                       \
	CASE(test_what_has_not_arrived_in_time_goes_another_way_once),                             \
	    CASE(test_what_has_arrived_does_not_fall_back),                                        \
	    CASE(test_a_late_receipt_of_what_fell_back_changes_nothing),                           \
	    CASE(test_nothing_falls_back_when_the_report_has_come),                                \
	    CASE(test_a_channel_without_receipts_never_falls_back),                                \
	    CASE(test_what_could_not_leave_by_chat_in_time_goes_another_way),                      \
	    CASE(test_what_waits_for_a_reason_of_its_own_does_not_fall_back),                      \
	    CASE(test_texts_to_phones_do_not_fall_back)

#endif
