/*
 * Owns: cases on which channel a message goes through and what providers say of it: claiming by
 * kind, routes, ids of the provider's, blocked accounts.
 * May use: store_world.h, store_address_cases.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_ROUTE_CASES_H
#define TESTS_STORE_ROUTE_CASES_H

#include "store_address_cases.h"

struct routing {
	const char *to; /* what the route answers */
	struct store_route_facts facts;
	int asked;
};

static const char *route(const struct store_route_facts *facts, void *arg)
{
	struct routing *routing = arg;
	routing->facts = *facts;
	routing->asked++;
	return routing->to;
}

static struct store_claim_due_output claim_by(
    struct world *world, const char *channel, const char *kind, struct routing *routing)
{
	const struct store_claim_due_input in = {.now = world->now,
	    .day_start = {world->now.ms - world->now.ms % DAY_MS},
	    .month_start = {world->now.ms - 20 * DAY_MS},
	    .channel = channel,
	    .address_kind = kind,
	    .node = NODE,
	    .lease_ms = 5 * MINUTE_MS,
	    .look_at = 16,
	    .check = check,
	    .check_arg = world,
	    .route = routing != NULL ? route : NULL,
	    .route_arg = routing};
	struct store_claim_due_output out;
	run_ok(world, STORE_CLAIM_DUE, &in, &out);
	return out;
}

static struct store_new_message chat_message(const char *key, enum message_purpose purpose)
{
	struct store_new_message message = new_message(key, purpose, AN_ZALO, one_part, 1);
	message.address_kind = "zalo";
	return message;
}

static struct store_record_outcome_output told(struct world *world, int64_t attempt,
    enum store_outcome outcome, const char *external_id, bool blocked)
{
	const struct store_record_outcome_input in = {.now = world->now,
	    .channel = "chat1",
	    .sim = "",
	    .attempt_id = attempt,
	    .outcome = outcome,
	    .reference = -1,
	    .external_id = external_id,
	    .detail = "said so",
	    .address_is_blocked = blocked,
	    .retry_at = wall_add(world->now, MINUTE_MS)};
	struct store_record_outcome_output out;
	run_ok(world, STORE_RECORD_OUTCOME, &in, &out);
	return out;
}

static struct store_record_receipt_output receipt_by_id(
    struct world *world, const char *external_id, int status)
{
	const struct store_record_receipt_input in = {.now = world->now,
	    .channel = "chat1",
	    .reference = -1,
	    .external_id = external_id,
	    .status = status,
	    .submit_time = {0},
	    .discharge_time = world->now};
	struct store_record_receipt_output out;
	run_ok(world, STORE_RECORD_RECEIPT, &in, &out);
	return out;
}

/* A message to the account, claimed and sent with this id. */
static int64_t sent_by_chat(struct world *world, const char *key, const char *external_id)
{
	struct store_new_message message = chat_message(key, PURPOSE_AD_HOC);
	enqueue(world, &message);
	struct store_claim_due_output claimed = claim_by(world, "chat1", "zalo", NULL);
	assert_true(claimed.claimed);
	assert_int_equal(
	    told(world, claimed.attempt_id, OUTCOME_SENT, external_id, false).state, MESSAGE_SENT);
	return claimed.message_id;
}

/* ── claiming ────────────────────────────────────────────────────────────────────────────────── */

static void test_a_channel_claims_only_its_kind_of_address(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_message chat = chat_message("a", PURPOSE_AD_HOC);
	struct store_new_message text = new_message("b", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &chat);
	enqueue(world, &text);
	assert_string_equal(claim(world).address, NC_PHONE);
	assert_false(claim(world).claimed);
	assert_false(claim_by(world, "bot", "telegram", NULL).claimed);
	assert_string_equal(claim_by(world, "chat1", "zalo", NULL).address, AN_ZALO);
	assert_string_equal(world->facts.address_kind, "zalo");
}

static void test_a_named_channel_claims_whatever_the_kind(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_message message = chat_message("a", PURPOSE_ANSWER);
	message.channel = "chat2";
	enqueue(world, &message);
	assert_false(claim_by(world, "chat1", "zalo", NULL).claimed);
	assert_true(claim_by(world, "chat2", "zalo", NULL).claimed);
}

static void test_a_route_to_another_channel_leaves_the_message_for_it(void **state)
{
	struct world *world = *state;
	struct routing routing = {.to = "modem2"};
	start_office(world);
	struct store_new_message text = new_message("b", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &text);
	struct store_claim_due_output out = claim_by(world, "modem1", NULL, &routing);
	assert_false(out.claimed);
	assert_int_equal(out.routed, 1);
	assert_string_equal(routing.facts.asks, "modem1");
	assert_string_equal(routing.facts.address, NC_PHONE);
	assert_int_equal(routing.facts.cost, 300);
	assert_null(routing.facts.last_channel);
	assert_int_equal(claim_by(world, "modem1", NULL, &routing).looked_at, 0);
	assert_true(claim_by(world, "modem2", NULL, &routing).claimed);
	assert_int_equal(routing.asked, 1);
}

static void test_what_waits_for_a_channel_that_is_down_goes_to_another(void **state)
{
	struct world *world = *state;
	struct routing routing = {.to = "modem2"};
	start_office(world);
	struct store_new_message text = new_message("b", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &text);
	claim_by(world, "modem1", NULL, &routing);
	const struct store_reroute_input other = {world->now, "modem3"};
	const struct store_reroute_input in = {world->now, "modem2"};
	struct store_reroute_output freed;
	run_ok(world, STORE_REROUTE, &other, &freed);
	assert_int_equal(freed.freed, 0);
	run_ok(world, STORE_REROUTE, &in, &freed);
	assert_int_equal(freed.freed, 1);
	routing.to = NULL;
	assert_true(claim_by(world, "modem1", NULL, &routing).claimed);
}

static void test_a_route_is_told_through_which_channel_the_address_was_reached(void **state)
{
	struct world *world = *state;
	struct routing routing = {.to = NULL};
	start_office(world);
	struct store_new_message first = new_message("a", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	struct store_new_message second = new_message("b", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &first);
	struct store_claim_due_output claimed = claim_by(world, "modem1", NULL, &routing);
	outcome_of(world, claimed.attempt_id, 0, OUTCOME_SENT, 7);
	later(world, MINUTE_MS);
	enqueue(world, &second);
	claim_by(world, "modem2", NULL, &routing);
	assert_string_equal(routing.facts.last_channel, "modem1");
	assert_null(routing.facts.began_on);
}

static void test_a_route_is_told_where_the_first_parts_of_a_text_left(void **state)
{
	struct world *world = *state;
	struct routing routing = {.to = NULL};
	start_office(world);
	struct store_new_message text = new_message("a", PURPOSE_AD_HOC, NC_PHONE, three_parts, 3);
	enqueue(world, &text);
	struct store_claim_due_output claimed = claim_by(world, "modem1", NULL, &routing);
	outcome_of(world, claimed.attempt_id, 0, OUTCOME_SENT, 7);
	outcome_of(world, claimed.attempt_id, 1, OUTCOME_NOT_SENT, -1);
	later(world, HOUR_MS);
	claim_by(world, "modem2", NULL, &routing);
	assert_string_equal(routing.facts.began_on, "modem1");
}

static void test_several_messages_of_one_channel_are_in_flight_at_once(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_message one = chat_message("a", PURPOSE_AD_HOC);
	struct store_new_message other = chat_message("b", PURPOSE_AD_HOC);
	other.address = "another";
	enqueue(world, &one);
	enqueue(world, &other);
	struct store_claim_due_output first = claim_by(world, "chat1", "zalo", NULL);
	struct store_claim_due_output second = claim_by(world, "chat1", "zalo", NULL);
	assert_true(first.claimed && second.claimed);
	assert_int_not_equal(first.message_id, second.message_id);
	assert_int_equal(told(world, second.attempt_id, OUTCOME_SENT, "x2", false).message_id,
	    second.message_id);
	assert_int_equal(
	    told(world, first.attempt_id, OUTCOME_REFUSED, NULL, false).state, MESSAGE_QUEUED);
}

/* ── ids of the provider's ───────────────────────────────────────────────────────────────────── */

static void test_a_receipt_finds_its_part_by_the_providers_id(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = sent_by_chat(world, "a", "z1");
	sent_by_chat(world, "b", "z2");
	struct store_record_receipt_output out = receipt_by_id(world, "z1", 0);
	assert_true(out.matched);
	assert_int_equal(out.message_id, id);
	assert_int_equal(out.state, MESSAGE_DELIVERED);
}

static void test_a_receipt_before_its_outcome_waits_for_it_by_id(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_message message = chat_message("a", PURPOSE_AD_HOC);
	enqueue(world, &message);
	struct store_claim_due_output claimed = claim_by(world, "chat1", "zalo", NULL);
	assert_false(receipt_by_id(world, "z1", 0).matched);
	assert_int_equal(
	    told(world, claimed.attempt_id, OUTCOME_SENT, "z1", false).state, MESSAGE_DELIVERED);
}

static void test_receipts_by_id_may_come_twice_and_in_any_order(void **state)
{
	struct world *world = *state;
	start_office(world);
	sent_by_chat(world, "a", "z1");
	assert_int_equal(receipt_by_id(world, "z1", 0).state, MESSAGE_DELIVERED);
	assert_int_equal(receipt_by_id(world, "z1", 0).state, MESSAGE_DELIVERED);
	assert_int_equal(receipt_by_id(world, "z1", 0x20).state, MESSAGE_DELIVERED);
	assert_int_equal(receipt_by_id(world, "z1", 0x40).state, MESSAGE_DELIVERED);
}

static void test_a_receipt_by_id_is_of_its_channel_only(void **state)
{
	struct world *world = *state;
	start_office(world);
	sent_by_chat(world, "a", "z1");
	const struct store_record_receipt_input in = {.now = world->now,
	    .channel = "another",
	    .reference = -1,
	    .external_id = "z1",
	    .discharge_time = world->now};
	struct store_record_receipt_output out;
	run_ok(world, STORE_RECORD_RECEIPT, &in, &out);
	assert_false(out.matched);
}

static void test_chat_does_not_count_towards_the_months_parts(void **state)
{
	struct world *world = *state;
	start_office(world);
	sent_by_chat(world, "a", "z1");
	struct store_new_message text = new_message("b", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	enqueue(world, &text);
	claim(world);
	assert_int_equal(world->facts.parts_this_month, 0);
}

/* ── blocked ─────────────────────────────────────────────────────────────────────────────────── */

static int64_t remind_by_chat(struct world *world)
{
	const struct store_due_obligation *item = due_of(world, "NC");
	struct store_new_message message = chat_message("r1", PURPOSE_REMINDER);
	message.person_id = item->contacts[0].person_id;
	assert_int_equal(decide(world, item, "r1", &message), 1);
	return item->id;
}

static bool has_task(const struct task_row *row, void *arg)
{
	bool *found = arg;
	*found |=
	    strcmp(row->kind, "address-blocked") == 0 && strstr(row->text, "Nông Thị An") != NULL;
	return true;
}

static bool is_told_to_office(void)
{
	struct reader *reader;
	struct failure failure;
	bool found = false;
	assert_int_equal(maker.open_reader(&reader, &failure), RESULT_OK);
	assert_int_equal(reader_tasks(reader, false, has_task, &found, &failure), RESULT_OK);
	reader_close(reader);
	return found;
}

static void test_a_blocked_account_is_told_of_and_its_notices_go_another_way(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	struct store_claim_due_output claimed = claim_by(world, "chat1", "zalo", NULL);
	assert_int_equal(
	    told(world, claimed.attempt_id, OUTCOME_REFUSED, NULL, true).state, MESSAGE_FAILED);
	assert_true(is_told_to_office());
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.items[0].way, 1);
	assert_int_equal(out.items[0].to.address_count, 0);
}

static void test_a_blocked_account_that_writes_is_linked_again(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	struct store_claim_due_output claimed = claim_by(world, "chat1", "zalo", NULL);
	told(world, claimed.attempt_id, OUTCOME_REFUSED_FOREVER, NULL, true);
	assert_int_equal(addresses_of("P1"), 100);
	assert_int_equal(context_by_chat(world, "m1").person_count, 1);
	assert_int_equal(addresses_of("P1"), 1);
	assert_false(is_told_to_office());
}

static void test_what_waits_for_an_unlinked_account_counts_as_suspended(void **state)
{
	struct world *world = *state;
	struct store_unlink_output out;
	start_office(world);
	link_an(world);
	remind_by_chat(world);
	const struct store_unlink_input in = {
	    .now = world->now, .actor = "officer", .person_code = "P1"};
	run_ok(world, STORE_UNLINK, &in, &out);
	claim_by(world, "chat1", "zalo", NULL);
	assert_true(world->facts.suspended);
}

static void test_silence_asked_for_by_phone_holds_for_chat(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = receive(world, NC_PHONE, "DUNG TIN"),
	    .intent = "opt-out",
	    .evidence = "",
	    .settled_as = "acted",
	    .opt = 1};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	remind_by_chat(world);
	claim_by(world, "chat1", "zalo", NULL);
	assert_true(world->facts.opted_out);
}

#define STORE_ROUTE_CASES                                                                          \
	CASE(test_a_channel_claims_only_its_kind_of_address),                                      \
	    CASE(test_a_named_channel_claims_whatever_the_kind),                                   \
	    CASE(test_a_route_to_another_channel_leaves_the_message_for_it),                       \
	    CASE(test_what_waits_for_a_channel_that_is_down_goes_to_another),                      \
	    CASE(test_a_route_is_told_through_which_channel_the_address_was_reached),              \
	    CASE(test_a_route_is_told_where_the_first_parts_of_a_text_left),                       \
	    CASE(test_several_messages_of_one_channel_are_in_flight_at_once),                      \
	    CASE(test_a_receipt_finds_its_part_by_the_providers_id),                               \
	    CASE(test_a_receipt_before_its_outcome_waits_for_it_by_id),                            \
	    CASE(test_receipts_by_id_may_come_twice_and_in_any_order),                             \
	    CASE(test_a_receipt_by_id_is_of_its_channel_only),                                     \
	    CASE(test_chat_does_not_count_towards_the_months_parts),                               \
	    CASE(test_a_blocked_account_is_told_of_and_its_notices_go_another_way),                \
	    CASE(test_a_blocked_account_that_writes_is_linked_again),                              \
	    CASE(test_what_waits_for_an_unlinked_account_counts_as_suspended),                     \
	    CASE(test_silence_asked_for_by_phone_holds_for_chat)

#endif
