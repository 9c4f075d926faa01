/*
 * Owns: cases on accounts besides the phone: texts by chat, links, codes, blocked accounts.
 * May use: store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_ADDRESS_CASES_H
#define TESTS_STORE_ADDRESS_CASES_H

#include "store_world.h"

#define AN_ZALO "4466282318"

/* ── short ways ──────────────────────────────────────────────────────────────────────────────── */

static struct store_add_inbound_output receive_by(struct world *world, const char *kind,
    const char *sender, const char *external_id, const char *text)
{
	const struct store_add_inbound_input in = {.now = world->now,
	    .channel = "chat1",
	    .sim = "",
	    .sender = sender,
	    .sender_kind = "chat",
	    .address_kind = kind,
	    .external_id = external_id,
	    .network_time = world->now,
	    .concat_reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = text};
	struct store_add_inbound_output out;
	run_ok(world, STORE_ADD_INBOUND, &in, &out);
	return out;
}

static enum result issue(struct world *world, const char *person, const char *kind,
    const char *code, struct store_issue_link_code_output *out)
{
	const struct store_issue_link_code_input in = {.now = world->now,
	    .actor = "officer",
	    .person_code = person,
	    .kind = kind,
	    .codes = &code,
	    .code_count = 1};
	return run(world, STORE_ISSUE_LINK_CODE, &in, out);
}

static void reads_code(const struct store_inbound_context_output *context, struct arena *arena,
    struct store_claim_asks *asks, void *arg)
{
	(void)context;
	(void)arena;
	asks->link_code = arg;
}

static struct store_link_facts facts_of_code(
    struct world *world, int64_t inbound_id, const char *code)
{
	const struct store_inbound_context_input in = {.now = world->now,
	    .inbound_id = inbound_id,
	    .read = reads_code,
	    .read_arg = (void *)code};
	struct store_inbound_context_output out;
	run_ok(world, STORE_INBOUND_CONTEXT, &in, &out);
	assert_non_null(out.link);
	return *out.link;
}

/* The account texts the code: looked up, then settled as the facts say. */
static enum store_link_result use_code(struct world *world, const char *kind, const char *sender,
    const char *external_id, const char *code)
{
	int64_t id = receive_by(world, kind, sender, external_id, code).inbound_id;
	struct store_link_facts facts = facts_of_code(world, id, code);
	const struct store_link link = {.code = code, .right = facts.result == LINK_RIGHT};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = id,
	    .intent = "link",
	    .evidence = "",
	    .settled_as = "acted",
	    .link = facts.result == LINK_LOCKED ? NULL : &link};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	return facts.result;
}

static void link_an(struct world *world)
{
	struct store_issue_link_code_output out;
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "link-an", "482913"), LINK_RIGHT);
}

static struct store_inbound_context_output context_by_chat(
    struct world *world, const char *external_id)
{
	return context(
	    world, receive_by(world, "zalo", AN_ZALO, external_id, "da gui 45").inbound_id);
}

/* ── texts ───────────────────────────────────────────────────────────────────────────────────── */

static void test_a_chat_text_read_twice_is_kept_once(void **state)
{
	struct world *world = *state;
	assert_true(receive_by(world, "zalo", AN_ZALO, "m1", "ok").is_new);
	later(world, SECOND_MS);
	assert_false(receive_by(world, "zalo", AN_ZALO, "m1", "ok").is_new);
}

static void test_equal_chat_texts_of_one_second_with_other_ids_are_two(void **state)
{
	struct world *world = *state;
	assert_true(receive_by(world, "zalo", AN_ZALO, "m1", "ok").is_new);
	assert_true(receive_by(world, "zalo", AN_ZALO, "m2", "ok").is_new);
	assert_true(receive_by(world, "zalo", "another", "m2", "ok").is_new);
}

static void test_an_account_that_is_not_linked_is_a_strangers(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_inbound_context_output out = context_by_chat(world, "m1");
	assert_int_equal(out.person_count, 0);
	assert_string_equal(out.address_kind, "zalo");
	assert_string_equal(out.sender_kind, "chat");
}

static void test_a_linked_account_is_its_persons(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	struct store_inbound_context_output out = context_by_chat(world, "m1");
	assert_int_equal(out.person_count, 1);
	assert_string_equal(out.people[0].person_code, "P1");
	assert_int_equal(out.people[0].address_count, 1);
	assert_string_equal(out.people[0].addresses[0].address, AN_ZALO);
	assert_string_equal(out.people[0].addresses[0].channel, "chat1");
	assert_int_equal(out.obligation_count, 1);
	assert_string_equal(out.obligations[0].unit_code, "NC");
	assert_true(out.unit_count >= 2);
}

static void test_the_same_words_of_another_kind_are_another_account(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	int64_t id = receive_by(world, "telegram", AN_ZALO, "m1", "da gui").inbound_id;
	assert_int_equal(context(world, id).person_count, 0);
}

static void test_what_was_claimed_by_phone_is_known_by_chat(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	const struct store_due_obligation *item = due_of(world, "NC");
	const struct store_change change = {.obligation_id = item->id,
	    .action = LEDGER_CLAIM,
	    .document_number = "45",
	    .person_id = item->contacts[0].person_id,
	    .actor = NC_PHONE};
	const struct store_change_ledger_input in = {
	    .now = world->now, .changes = &change, .change_count = 1};
	run_ok(world, STORE_CHANGE_LEDGER, &in, NULL);
	assert_true(context_by_chat(world, "m1").obligations[0].claimed_by_sender);
}

/* ── codes ───────────────────────────────────────────────────────────────────────────────────── */

static void test_a_code_links_once(void **state)
{
	struct world *world = *state;
	start_office(world);
	link_an(world);
	assert_int_equal(use_code(world, "zalo", "thief", "m1", "482913"), LINK_WRONG);
}

static void test_a_code_names_its_person_and_their_unit(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	assert_string_equal(out.code, "482913");
	assert_string_equal(out.person_name, "Nông Thị An");
	assert_int_equal(out.until.ms, world->now.ms + 7 * DAY_MS);
	int64_t id = receive_by(world, "zalo", AN_ZALO, "m1", "482913").inbound_id;
	struct store_link_facts facts = facts_of_code(world, id, "482913");
	assert_int_equal(facts.result, LINK_RIGHT);
	assert_string_equal(facts.person_name, "Nông Thị An");
	assert_string_equal(facts.unit_name, "xã Ngọc Côn");
}

static void test_a_code_of_more_than_a_week_links_nothing(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	later(world, 7 * DAY_MS);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m1", "482913"), LINK_WRONG);
}

static void test_a_code_for_one_kind_is_wrong_for_others(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", "telegram", "482913", &out), RESULT_OK);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m1", "482913"), LINK_WRONG);
	assert_int_equal(use_code(world, "telegram", "77", "m2", "482913"), LINK_RIGHT);
}

static void test_a_new_code_makes_the_old_one_void(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	assert_int_equal(issue(world, "P1", NULL, "111222", &out), RESULT_OK);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m1", "482913"), LINK_WRONG);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m2", "111222"), LINK_RIGHT);
}

static void test_a_code_that_is_anothers_is_not_issued(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	assert_int_equal(issue(world, "P2", NULL, "482913", &out), RESULT_CONFLICT);
	assert_int_equal(issue(world, "nobody", NULL, "999999", &out), RESULT_NOT_FOUND);
}

static void test_five_wrong_codes_lock_an_account_for_a_day(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	char id[16];
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	for (int i = 0; i < LINK_WRONG_CODES_MAX; i++) {
		snprintf(id, sizeof id, "w%d", i);
		assert_int_equal(use_code(world, "zalo", AN_ZALO, id, "000000"), LINK_WRONG);
	}
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m1", "482913"), LINK_LOCKED);
	assert_int_equal(use_code(world, "zalo", "other", "m2", "111111"), LINK_WRONG);
	later(world, DAY_MS + SECOND_MS);
	assert_int_equal(use_code(world, "zalo", AN_ZALO, "m3", "482913"), LINK_RIGHT);
}

static void test_a_code_used_meanwhile_is_a_conflict(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output out;
	start_office(world);
	assert_int_equal(issue(world, "P1", NULL, "482913", &out), RESULT_OK);
	int64_t id = receive_by(world, "zalo", AN_ZALO, "m1", "482913").inbound_id;
	assert_int_equal(use_code(world, "zalo", "quicker", "m2", "482913"), LINK_RIGHT);
	const struct store_link link = {.code = "482913", .right = true};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = id,
	    .intent = "link",
	    .evidence = "",
	    .settled_as = "acted",
	    .link = &link};
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	assert_int_equal(context_by_chat(world, "m3").person_count, 0);
}

/* ── unlinking ───────────────────────────────────────────────────────────────────────────────── */

static bool count_address(const struct address_row *row, void *arg)
{
	int *count = arg;
	*count += strcmp(row->state, "linked") == 0 ? 1 : 100;
	return true;
}

static int addresses_of(const char *person)
{
	struct reader *reader;
	struct failure failure;
	int count = 0;
	assert_int_equal(maker.open_reader(&reader, &failure), RESULT_OK);
	assert_int_equal(
	    reader_addresses(reader, person, count_address, &count, &failure), RESULT_OK);
	reader_close(reader);
	return count;
}

static void test_an_unlinked_account_is_a_strangers_again(void **state)
{
	struct world *world = *state;
	struct store_unlink_output out;
	start_office(world);
	link_an(world);
	assert_int_equal(addresses_of("P1"), 1);
	const struct store_unlink_input in = {
	    .now = world->now, .actor = "officer", .person_code = "P1"};
	run_ok(world, STORE_UNLINK, &in, &out);
	assert_int_equal(out.unlinked, 1);
	assert_int_equal(addresses_of("P1"), 0);
	assert_int_equal(context_by_chat(world, "m1").person_count, 0);
	assert_int_equal(run(world, STORE_UNLINK, &in, &out), RESULT_NOT_FOUND);
}

static void test_unlinking_by_address_leaves_the_others(void **state)
{
	struct world *world = *state;
	struct store_issue_link_code_output issued;
	struct store_unlink_output out;
	start_office(world);
	link_an(world);
	assert_int_equal(issue(world, "P1", NULL, "111222", &issued), RESULT_OK);
	assert_int_equal(use_code(world, "telegram", "77", "m1", "111222"), LINK_RIGHT);
	assert_int_equal(addresses_of("P1"), 2);
	const struct store_unlink_input in = {
	    .now = world->now, .actor = "officer", .address = "77"};
	run_ok(world, STORE_UNLINK, &in, &out);
	assert_int_equal(addresses_of("P1"), 1);
	assert_int_equal(context_by_chat(world, "m2").person_count, 1);
}

/* ── registering ─────────────────────────────────────────────────────────────────────────────── */

static void test_a_registration_by_chat_links_the_account_to_a_new_person(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = receive_by(world, "zalo", AN_ZALO, "m1", "DK NC").inbound_id;
	struct store_inbound_context_output asked = context(world, id);
	assert_int_equal(asked.named_unit_count, 1);
	const struct store_new_registration registration = {.unit_code = "NC",
	    .owner_code = "TK",
	    .address_kind = "zalo",
	    .address = AN_ZALO,
	    .channel = "chat1",
	    .number = asked.named_units[0].free_number,
	    .lapse_at = WALL_NEVER};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = id,
	    .intent = "register",
	    .evidence = "",
	    .settled_as = "acted",
	    .registration = &registration};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	struct store_known_registration waiting = context_by_chat(world, "m2").registering;
	assert_string_equal(waiting.address_kind, "zalo");
	const struct store_decide_registration_input decision = {.now = world->now,
	    .decision = {.registration_id = waiting.id,
		.granted = true,
		.post = "deputy",
		.actor = "officer"}};
	run_ok(world, STORE_DECIDE_REGISTRATION, &decision, NULL);
	struct store_inbound_context_output out = context_by_chat(world, "m3");
	assert_int_equal(out.person_count, 1);
	assert_string_equal(out.people[0].phone, "");
	assert_string_equal(out.people[0].unit_code, "NC");
}

static void test_a_persons_order_of_ways_is_kept_until_a_list_says_otherwise(void **state)
{
	struct world *world = *state;
	struct store_import_recipients_output out;
	struct store_person people[COUNT_OF(office_people)];
	start_office(world);
	memcpy(people, office_people, sizeof people);
	people[0].prefers = "zalo,sms";
	struct store_import_recipients_input in = office_recipients(world);
	in.people = people;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(out.differences.count, 1);
	assert_string_equal(due_of(world, "NC")->contacts[0].prefers, "zalo,sms");
	people[0].prefers = NULL;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(out.differences.count, 0);
	assert_string_equal(due_of(world, "NC")->contacts[0].prefers, "zalo,sms");
	people[0].prefers = "";
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_string_equal(due_of(world, "NC")->contacts[0].prefers, "");
}

#define STORE_ADDRESS_CASES                                                                        \
	CASE(test_a_chat_text_read_twice_is_kept_once),                                            \
	    CASE(test_equal_chat_texts_of_one_second_with_other_ids_are_two),                      \
	    CASE(test_an_account_that_is_not_linked_is_a_strangers),                               \
	    CASE(test_a_linked_account_is_its_persons),                                            \
	    CASE(test_the_same_words_of_another_kind_are_another_account),                         \
	    CASE(test_what_was_claimed_by_phone_is_known_by_chat), CASE(test_a_code_links_once),   \
	    CASE(test_a_code_names_its_person_and_their_unit),                                     \
	    CASE(test_a_code_of_more_than_a_week_links_nothing),                                   \
	    CASE(test_a_code_for_one_kind_is_wrong_for_others),                                    \
	    CASE(test_a_new_code_makes_the_old_one_void),                                          \
	    CASE(test_a_code_that_is_anothers_is_not_issued),                                      \
	    CASE(test_five_wrong_codes_lock_an_account_for_a_day),                                 \
	    CASE(test_a_code_used_meanwhile_is_a_conflict),                                        \
	    CASE(test_an_unlinked_account_is_a_strangers_again),                                   \
	    CASE(test_unlinking_by_address_leaves_the_others),                                     \
	    CASE(test_a_registration_by_chat_links_the_account_to_a_new_person),                   \
	    CASE(test_a_persons_order_of_ways_is_kept_until_a_list_says_otherwise)

#endif
