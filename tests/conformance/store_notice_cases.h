/*
 * Owns: conformance cases of notices: pending, bound to messages, withheld, pending again.
 * May use: store_world.h, cmocka.
 * Must not know: the implementation under test.
 */
#ifndef TESTS_STORE_NOTICE_CASES_H
#define TESTS_STORE_NOTICE_CASES_H

#include "store_world.h"

static struct store_new_message reminder(const char *key)
{
	return new_message(key, PURPOSE_REMINDER, NC_PHONE, one_part, 1);
}

/* One text for the obligations of NC and DT; the ids of the obligations. */
static void remind_both(struct world *world, const char *key, int64_t obligations[2])
{
	static const char *const units[] = {"NC", "DT"};
	int64_t notices[2];
	for (int i = 0; i < 2; i++) {
		const struct store_due_obligation *item = due_of(world, units[i]);
		obligations[i] = item->id;
		assert_int_equal(decide_step(world, item, units[i], true).pending, 1);
		notices[i] = pending_id(world, units[i]);
	}
	struct store_new_message message = reminder(key);
	assert_int_equal(bind_all(world, &message, notices, 2).queued, 1);
	assert_int_equal(pending(world).count, 0);
}

static void test_a_notice_is_pending_until_a_message_carries_it(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide_step(world, due_of(world, "NC"), "d7", true);
	reopen(world); /* a crash between the phases */
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.obligation_count, 1);
	assert_string_equal(out.items[0].step, "d7");
	assert_string_equal(out.items[0].to.phone, NC_PHONE);
	assert_true(out.items[0].has_point);
	assert_int_equal(out.items[0].rung, 0);
	assert_string_equal(out.obligations[0].unit_code, "NC");
	assert_string_equal(out.obligations[0].plan_body, "plan: 1\n");
	struct store_new_message message = reminder("k");
	assert_int_equal(bind_all(world, &message, &out.items[0].id, 1).queued, 1);
	assert_int_equal(pending(world).count, 0);
	message.key = "again"; /* told twice */
	assert_int_equal(bind_all(world, &message, &out.items[0].id, 1).queued, 0);
	assert_false(message_seen("again").found);
}

static void test_no_more_persons_are_told_than_were_asked_for(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide_step(world, due_of(world, "NC"), "d7", true);
	decide_step(world, due_of(world, "DT"), "d7", true);
	const struct store_pending_notices_input in = {.now = world->now, .limit = 1};
	struct store_pending_notices_output out;
	run_ok(world, STORE_PENDING_NOTICES, &in, &out);
	assert_int_equal(out.count, 1);
	assert_string_equal(out.items[0].to.phone, NC_PHONE);
	assert_int_equal(pending(world).count, 2);
}

static void test_the_next_moment_is_that_of_a_pending_notice_too(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide_step(world, due_of(world, "DT"), "x", false);
	const struct store_due_obligation *item = due_of(world, "NC");
	const struct store_decided_step step = {.step = "d7",
	    .moment = wall_add(world->now, HOUR_MS),
	    .nominal = wall_add(world->now, HOUR_MS),
	    .person_id = item->contacts[0].person_id,
	    .send = true,
	    .not_after = wall_add(world->now, DAY_MS)};
	const struct store_decided decision = {
	    item->id, item->revision, wall_add(world->now, DAY_MS), &step, 1, false};
	const struct store_apply_decisions_input in = {world->now, &decision, 1};
	struct store_apply_decisions_output out;
	run_ok(world, STORE_APPLY_DECISIONS, &in, &out);
	assert_int_equal(next_moments(world).wake_at.ms, step.moment.ms);
	assert_int_equal(pending(world).count, 0);
	later(world, HOUR_MS);
	assert_int_equal(pending(world).count, 1);
	set_plan(world, "paused");
	assert_int_equal(pending(world).count, 0);
	assert_int_equal(next_moments(world).wake_at.ms, INT64_MAX);
	set_plan(world, "running");
	assert_int_equal(pending(world).count, 1);
	set_plan(world, "closed");
	assert_int_equal(pending(world).count, 0);
}

static void test_a_claim_withholds_what_is_pending_and_undoing_brings_it_back(void **state)
{
	struct world *world = *state;
	start_office(world);
	const struct store_due_obligation *item = due_of(world, "NC");
	decide_step(world, item, "d7", true);
	change(world, item->id, LEDGER_CLAIM, NULL);
	assert_int_equal(pending(world).count, 0);
	later(world, HOUR_MS);
	change(world, item->id, LEDGER_UNDO, NULL);
	assert_int_equal(pending(world).count, 1);
	change(world, item->id, LEDGER_CLAIM, NULL);
	later(world, 3 * DAY_MS); /* its use is over */
	change(world, item->id, LEDGER_REOPEN, NULL);
	assert_int_equal(pending(world).count, 0);
}

static void test_undoing_a_claim_brings_back_what_was_queued_but_not_what_has_left(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = remind(world, "NC", "k");
	change(world, id, LEDGER_CLAIM, NULL);
	assert_message("k", "cancelled", "claimed");
	change(world, id, LEDGER_UNDO, NULL);
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.items[0].rung, 1);
	struct store_new_message message = reminder("k2");
	bind_all(world, &message, &out.items[0].id, 1);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 3);
	change(world, id, LEDGER_CLAIM, NULL);
	change(world, id, LEDGER_UNDO, NULL);
	assert_int_equal(pending(world).count, 0);
}

static void test_what_shares_a_text_with_a_claimed_report_is_told_anew(void **state)
{
	struct world *world = *state;
	int64_t obligations[2];
	start_office(world);
	remind_both(world, "both", obligations);
	change(world, obligations[0], LEDGER_CLAIM, NULL);
	assert_message("both", "cancelled", "claimed");
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_string_equal(out.items[0].step, "DT");
	change(world, obligations[1], LEDGER_WAIVE, NULL);
	assert_int_equal(pending(world).count, 0);
	change(world, obligations[0], LEDGER_UNDO, NULL);
	assert_string_equal(pending(world).items[0].step, "NC");
}

static void test_a_shared_text_of_which_a_part_has_left_goes_on_while_one_has_a_point(void **state)
{
	struct world *world = *state;
	int64_t obligations[2];
	start_office(world);
	remind_both(world, "both", obligations);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_UNKNOWN, -1);
	later(world, PATIENCE);
	sweep(world); /* to be sent once more */
	change(world, obligations[0], LEDGER_CLAIM, NULL);
	assert_message("both", "queued", "was-unknown");
	world->verdict =
	    (struct store_check_verdict){CHECK_WAIT, "quiet-hours", wall_add(world->now, HOUR_MS)};
	claim(world);
	assert_true(world->facts.obligation_open && world->facts.deadline_current);
	change(world, obligations[1], LEDGER_WAIVE, NULL);
	assert_message("both", "cancelled", "waived");
}

static void test_a_text_that_finally_fails_leaves_its_notice_to_the_next_way(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "k");
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_REFUSED_FOREVER, -1);
	assert_int_equal(message_seen("k").attempts, 1);
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.items[0].way, 1);
	assert_int_equal(out.items[0].rung, 1);
	struct store_new_message message = reminder("k2");
	const struct store_bound_notice notice = {out.items[0].id, "reporter-unreachable", 4};
	const struct store_bound_message bound = {message, &notice, 1, false};
	const struct store_bind_notices_input in = {
	    .now = world->now, .messages = &bound, .message_count = 1};
	run_ok(world, STORE_BIND_NOTICES, &in, NULL);
	world->verdict = (struct store_check_verdict){CHECK_CANCEL, "number-suspended", WALL_NEVER};
	claim(world);
	out = pending(world);
	assert_int_equal(out.items[0].way, 5);
	assert_string_equal(out.items[0].reason, "reporter-unreachable");
}

static void test_an_unknown_fate_and_a_wish_for_silence_lead_no_other_way(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "k");
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_UNKNOWN, -1);
	later(world, PATIENCE);
	sweep(world);
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_UNKNOWN, -1);
	later(world, PATIENCE);
	sweep(world);
	assert_message("k", "failed", "unknown-twice");
	assert_int_equal(pending(world).count, 0);
	remind(world, "DT", "silent");
	world->verdict = (struct store_check_verdict){CHECK_CANCEL, "opted-out", WALL_NEVER};
	claim(world);
	assert_message("silent", "cancelled", "opted-out");
	assert_int_equal(pending(world).count, 0);
}

static void test_what_is_of_use_longer_than_its_text_is_told_anew(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide_step(world, due_of(world, "NC"), "d7", true);
	int64_t id = pending_id(world, "d7");
	struct store_new_message message = reminder("short");
	message.not_after = wall_add(world->now, HOUR_MS);
	bind_all(world, &message, &id, 1);
	later(world, HOUR_MS);
	sweep(world);
	assert_message("short", "expired", "not-after");
	struct store_pending_notices_output out = pending(world);
	assert_int_equal(out.count, 1);
	assert_int_equal(out.items[0].way, 0);
}

static void test_a_ladder_until_the_paper_is_there_outlives_a_claim(void **state)
{
	struct world *world = *state;
	start_office(world);
	const struct store_due_obligation *item = due_of(world, "NC");
	const struct store_decided_step step = {.step = "d7",
	    .moment = world->now,
	    .nominal = world->now,
	    .person_id = item->contacts[0].person_id,
	    .send = true,
	    .not_after = wall_add(world->now, DAY_MS)};
	const struct store_decided decision = {
	    item->id, item->revision, wall_add(world->now, DAY_MS), &step, 1, true};
	const struct store_apply_decisions_input in = {world->now, &decision, 1};
	struct store_apply_decisions_output out;
	run_ok(world, STORE_APPLY_DECISIONS, &in, &out);
	change(world, item->id, LEDGER_CLAIM, NULL);
	assert_int_equal(pending(world).count, 1);
	assert_int_equal(due_of(world, "NC")->state, OBLIGATION_CLAIMED);
	change(world, item->id, LEDGER_RECEIVE, NULL);
	assert_int_equal(pending(world).count, 0);
}

static void test_what_is_put_off_or_ended_is_so_with_its_reason_and_task(void **state)
{
	struct world *world = *state;
	start_office(world);
	decide_step(world, due_of(world, "NC"), "d7", true);
	const struct store_new_task task = {
	    .key = "unreachable:1", .kind = "unreachable", .text = "x", .until = WALL_NEVER};
	struct store_put_off_notice item = {
	    .notice_id = pending_id(world, "d7"), .until = wall_add(world->now, HOUR_MS)};
	const struct store_bind_notices_input in = {
	    .now = world->now, .put_off = &item, .put_off_count = 1};
	struct store_bind_notices_output out;
	run_ok(world, STORE_BIND_NOTICES, &in, &out);
	assert_int_equal(pending(world).count, 0);
	later(world, HOUR_MS);
	assert_int_equal(pending(world).count, 1);
	item.until = WALL_NEVER;
	item.reason = "no-recipient";
	item.task = &task;
	run_ok(world, STORE_BIND_NOTICES, &in, &out);
	assert_int_equal(out.ended, 1);
	assert_int_equal(pending(world).count, 0);
	struct reader *reader = open_reader();
	struct reader_totals totals;
	assert_int_equal(reader_totals(reader, world->arena, &totals, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(totals.tasks_open, 1);
	assert_int_equal(totals.reason_count, 1);
	assert_string_equal(totals.reasons[0].reason, "no-recipient");
}

static const char *const *compiles_6t(
    const struct store_due_obligation *item, size_t *count, void *arg)
{
	static const char *const codes[] = {"6T"};
	*count = *(bool *)arg ? 1 : 0;
	assert_string_equal(item->report_code, "6T");
	return codes;
}

static void test_who_has_not_reported_is_looked_up_only_when_it_is_asked_for(void **state)
{
	struct world *world = *state;
	bool asks = false;
	start_office(world);
	decide_step(world, due_of(world, "NC"), "d7", true);
	const struct store_pending_notices_input in = {
	    .now = world->now, .limit = 10, .compiles = compiles_6t, .arg = &asks};
	struct store_pending_notices_output out;
	run_ok(world, STORE_PENDING_NOTICES, &in, &out);
	assert_int_equal(out.missing_count, 0);
	asks = true;
	run_ok(world, STORE_PENDING_NOTICES, &in, &out);
	assert_int_equal(out.missing_count, 2);
	assert_string_equal(out.missing[0].unit_name, "xã Đàm Thủy");
}

static size_t two_groups(
    const struct store_due_obligation *item, const struct store_group **out, void *arg)
{
	static const char *const people[] = {"P9", "P2", "NOBODY"};
	static const char *const posts[] = {"reporter"};
	static const char *const kinds[] = {"commune"};
	static const struct store_group groups[] = {
	    {.code = "NAMED", .people = people, .person_count = 3},
	    {.code = "RULE", .posts = posts, .post_count = 1, .kinds = kinds, .kind_count = 1},
	};
	(void)item, (void)arg;
	*out = groups;
	return COUNT_OF(groups);
}

static void test_groups_are_told_with_what_is_due(void **state)
{
	struct world *world = *state;
	start_office(world);
	const struct store_due_obligations_input in = {
	    .now = world->now, .limit = 10, .groups = two_groups};
	struct store_due_obligations_output out;
	run_ok(world, STORE_DUE_OBLIGATIONS, &in, &out);
	for (size_t i = 0; i < out.count; i++) {
		const struct store_group_members *groups = out.items[i].groups;
		assert_int_equal(out.items[i].group_count, 2);
		assert_int_equal(groups[0].count, 2);
		assert_string_equal(groups[0].contacts[0].person_code, "P9");
		assert_string_equal(groups[0].contacts[1].person_code, "P2");
		assert_int_equal(groups[1].count, 2);
		assert_string_equal(groups[1].contacts[0].unit_code, "DT");
		assert_string_equal(groups[1].contacts[1].unit_code, "NC");
	}
}

static void test_the_posts_of_the_parent_unit_are_told_too(void **state)
{
	struct world *world = *state;
	start_office(world);
	static const struct store_post posts[] = {{"NC", "P1", "reporter"},
	    {"DT", "P2", "reporter"}, {"TK", "P9", "coordinator"}, {"TK", "P2", "leader"}};
	struct store_import_recipients_input recipients = office_recipients(world);
	recipients.posts = posts;
	recipients.post_count = COUNT_OF(posts);
	run_ok(world, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	const struct store_due_obligation *item = due_of(world, "NC");
	assert_string_equal(item->parent_code, "TK");
	assert_int_equal(item->contact_count, 3);
	assert_string_equal(item->contacts[0].post, "reporter");
	assert_string_equal(item->contacts[1].post, "leader");
	assert_string_equal(item->contacts[1].unit_code, "TK");
	assert_string_equal(item->contacts[2].post, "coordinator");
}

static void test_units_are_listed_with_the_owner_whose_plans_are_theirs(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_import_recipients_input other = office_recipients(world);
	const struct store_unit unit = {
	    .code = "KHAC", .name = "Phòng khác", .kind = "office", .parent = ""};
	other.owner = "KHAC";
	other.units = &unit;
	other.unit_count = 1;
	other.person_count = other.post_count = 0;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &other, NULL);
	struct reader *reader = open_reader();
	struct reader_recipients all;
	assert_int_equal(reader_recipients(reader, world->arena, &all, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(all.unit_count, 4);
	for (size_t i = 0; i < all.unit_count; i++)
		assert_string_equal(
		    all.unit_owners[i], strcmp(all.units[i].code, "KHAC") == 0 ? "KHAC" : "TK");
}

#define STORE_NOTICE_CASES                                                                         \
	CASE(test_a_notice_is_pending_until_a_message_carries_it),                                 \
	    CASE(test_no_more_persons_are_told_than_were_asked_for),                               \
	    CASE(test_the_next_moment_is_that_of_a_pending_notice_too),                            \
	    CASE(test_a_claim_withholds_what_is_pending_and_undoing_brings_it_back),               \
	    CASE(test_undoing_a_claim_brings_back_what_was_queued_but_not_what_has_left),          \
	    CASE(test_what_shares_a_text_with_a_claimed_report_is_told_anew),                      \
	    CASE(test_a_shared_text_of_which_a_part_has_left_goes_on_while_one_has_a_point),       \
	    CASE(test_a_text_that_finally_fails_leaves_its_notice_to_the_next_way),                \
	    CASE(test_an_unknown_fate_and_a_wish_for_silence_lead_no_other_way),                   \
	    CASE(test_what_is_of_use_longer_than_its_text_is_told_anew),                           \
	    CASE(test_a_ladder_until_the_paper_is_there_outlives_a_claim),                         \
	    CASE(test_what_is_put_off_or_ended_is_so_with_its_reason_and_task),                    \
	    CASE(test_who_has_not_reported_is_looked_up_only_when_it_is_asked_for),                \
	    CASE(test_groups_are_told_with_what_is_due),                                           \
	    CASE(test_the_posts_of_the_parent_unit_are_told_too),                                  \
	    CASE(test_units_are_listed_with_the_owner_whose_plans_are_theirs)

#endif
