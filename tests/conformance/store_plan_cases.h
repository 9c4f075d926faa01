/*
 * Owns: conformance cases of importing, plans, scheduling and group commit.
 * May use: tests/conformance/store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_PLAN_CASES_H
#define TESTS_STORE_PLAN_CASES_H

#include "store_world.h"

static int count_signs(const struct store_differences *differences, char sign)
{
	int count = 0;
	for (size_t i = 0; i < differences->count; i++)
		count += differences->items[i].sign == sign;
	return count;
}

static int count_of(const struct store_differences *differences, char sign, const char *what)
{
	int count = 0;
	for (size_t i = 0; i < differences->count; i++)
		count += differences->items[i].sign == sign &&
			 strcmp(differences->items[i].what, what) == 0;
	return count;
}

static void test_importing_recipients_twice_changes_nothing(void **state)
{
	struct world *world = *state;
	struct store_import_recipients_input in = office_recipients(world);
	struct store_import_recipients_output out;
	in.preview = true;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '+'), 9);
	in.preview = false; /* the preview changed nothing */
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '+'), 9);
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(out.differences.count, 0);
}

static void test_what_is_read_back_is_what_was_imported(void **state)
{
	struct world *world = *state;
	import_office(world);
	struct reader *reader = open_reader();
	struct reader_recipients read;
	assert_int_equal(reader_recipients(reader, world->arena, &read, NULL), RESULT_OK);
	reader_close(reader);
	struct store_import_recipients_input in = office_recipients(world);
	in.units = read.units;
	in.unit_count = read.unit_count;
	in.people = read.people;
	in.person_count = read.person_count;
	in.posts = read.posts;
	in.post_count = read.post_count;
	struct store_import_recipients_output out;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(out.differences.count, 0);
}

static void test_absent_recipients_are_left_alone_unless_retired(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_import_recipients_input in = office_recipients(world);
	struct store_import_recipients_output out;
	in.unit_count = in.person_count = in.post_count = 2;
	in.units = (const struct store_unit[]){office_units[0], office_units[1]};
	in.people = (const struct store_person[]){office_people[0], office_people[2]};
	in.posts = (const struct store_post[]){office_posts[0], office_posts[2]};
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '?'), 3);
	assert_non_null(due_of(world, "DT"));
	in.retire = true;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '-'), 3);
	assert_null(due_of(world, "DT"));
	assert_non_null(due_of(world, "NC"));
}

static void test_a_changed_phone_takes_waiting_texts_along(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	struct store_import_recipients_input in = office_recipients(world);
	struct store_person people[3];
	memcpy(people, office_people, sizeof people);
	people[0].phone = "+84900000077";
	in.people = people;
	struct store_import_recipients_output out;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '~'), 1);
	assert_string_equal(claim(world).address, "+84900000077");
}

static void test_a_unit_with_an_unknown_parent_is_refused_and_changes_nothing(void **state)
{
	struct world *world = *state;
	struct store_import_recipients_input in = office_recipients(world);
	struct store_unit units[3];
	memcpy(units, office_units, sizeof units);
	units[2].parent = "XX";
	in.units = units;
	assert_int_equal(run(world, STORE_IMPORT_RECIPIENTS, &in, NULL), RESULT_INVALID);
	assert_non_null(strstr(world->failure.text, "XX"));
	in = office_recipients(world);
	struct store_import_recipients_output out;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(count_signs(&out.differences, '+'), 9);
}

static struct store_import_plan_output import_plan(
    struct world *world, const char *body, const struct store_new_obligation *items, size_t count)
{
	const struct store_import_plan_input in = {.now = world->now,
	    .actor = "officer",
	    .code = "KH2020",
	    .name = "Kế hoạch 2020",
	    .owner = "TK",
	    .body = body,
	    .obligations = items,
	    .obligation_count = count};
	struct store_import_plan_output out;
	run_ok(world, STORE_IMPORT_PLAN, &in, &out);
	return out;
}

static void test_importing_a_plan_twice_changes_nothing(void **state)
{
	struct world *world = *state;
	import_office(world);
	const struct store_new_obligation items[] = {
	    office_obligation("NC"), office_obligation("DT")};
	struct store_import_plan_output out = import_plan(world, "plan: 1\n", items, 2);
	assert_int_equal(out.version, 1);
	assert_int_equal(out.differences.count, 0);
	out = import_plan(world, "plan: 2\n", items, 2);
	assert_int_equal(out.version, 2);
	assert_int_equal(count_signs(&out.differences, '~'), 1);
}

static void test_a_moved_deadline_is_a_further_version_and_cancels_its_reminders(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	assert_null(due_of(world, "NC"));
	struct store_new_obligation items[] = {office_obligation("NC"), office_obligation("DT")};
	items[0].deadline = wall_add(items[0].deadline, 5 * DAY_MS);
	items[0].named = day_add(items[0].named, 5);
	import_plan(world, "plan: 2\n", items, 2);
	assert_message("r1", "cancelled", "deadline-moved");
	const struct store_due_obligation *item = due_of(world, "NC");
	assert_non_null(item);
	assert_int_equal(item->deadline_version, 2);
	assert_int_equal(item->steps_done_count, 0);
	assert_string_equal(item->plan_body, "plan: 2\n");
}

static bool see_closing(const struct board_row *row, void *arg)
{
	*(struct wall *)arg = row->closing;
	return false;
}

static void test_a_closing_day_is_kept_and_moves_without_waking_anybody(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_obligation items[] = {office_obligation("NC"), office_obligation("DT")};
	for (int days = 30; days <= 40; days += 10) {
		items[0].closing = items[1].closing = wall_add(DEADLINE, days * DAY_MS);
		struct store_import_plan_output out = import_plan(world, "plan: 2\n", items, 2);
		assert_int_equal(count_of(&out.differences, '~', "closing"), 2);
		assert_int_equal(count_of(&out.differences, '~', "deadline"), 0);
		out = import_plan(world, "plan: 2\n", items, 2);
		assert_int_equal(out.differences.count, 0);
		struct wall closing = {0};
		struct reader *reader = open_reader();
		assert_int_equal(
		    reader_board(reader, NULL, NULL, see_closing, &closing, NULL), RESULT_OK);
		reader_close(reader);
		assert_int_equal(closing.ms, items[0].closing.ms);
	}
}

static void test_what_a_plan_no_longer_has_is_retired(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "DT", "r1");
	const struct store_new_obligation items[] = {office_obligation("NC")};
	struct store_import_plan_output out = import_plan(world, "plan: 2\n", items, 1);
	assert_int_equal(count_of(&out.differences, '-', "obligation"), 1);
	assert_int_equal(count_of(&out.differences, '-', "message"), 1);
	assert_message("r1", "cancelled", "retired");
}

static void test_nothing_is_due_before_the_start_and_everything_then(void **state)
{
	struct world *world = *state;
	import_office(world);
	assert_int_equal(due(world).count, 0);
	assert_int_equal(next_moments(world).wake_at.ms, INT64_MAX);
	later(world, HOUR_MS);
	set_plan(world, "running");
	struct store_due_obligations_output out = due(world);
	assert_int_equal(out.count, 2);
	assert_int_equal(out.items[0].plan_started.ms, world->now.ms);
	assert_int_equal(out.items[0].contact_count, 2);
	assert_string_equal(out.items[0].contacts[0].post, "reporter");
	assert_string_equal(out.items[0].contacts[1].post, "coordinator");
	assert_int_equal(next_moments(world).wake_at.ms, world->now.ms);
}

static void test_a_paused_plan_sleeps_and_resumes_with_its_first_start(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct wall started = world->now;
	later(world, DAY_MS);
	set_plan(world, "paused");
	assert_int_equal(due(world).count, 0);
	later(world, DAY_MS);
	set_plan(world, "running");
	assert_int_equal(due(world).items[0].plan_started.ms, started.ms);
	const struct store_set_plan_state_input in = {world->now, "officer", "KH2020", "draft"};
	assert_int_equal(run(world, STORE_SET_PLAN_STATE, &in, NULL), RESULT_CONFLICT);
}

static void test_rolling_forward_adds_only_what_is_missing(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_new_obligation items[] = {office_obligation("NC"), office_obligation("NC")};
	items[1].period = "2021";
	const struct store_open_obligations_input in = {world->now, "KH2020", items, 2};
	struct store_open_obligations_output out;
	run_ok(world, STORE_OPEN_OBLIGATIONS, &in, &out);
	assert_int_equal(out.added, 1);
	run_ok(world, STORE_OPEN_OBLIGATIONS, &in, &out);
	assert_int_equal(out.added, 0);
}

static void test_the_same_notice_is_never_enqueued_twice(void **state)
{
	struct world *world = *state;
	start_office(world);
	const struct store_due_obligation *item = due_of(world, "NC");
	struct store_new_message message =
	    new_message("k", PURPOSE_REMINDER, NC_PHONE, one_part, 1);
	assert_int_equal(decide(world, item, "d7", &message), 1);
	message.key = "another";
	assert_int_equal(decide(world, item, "d7", &message), 0);
	assert_false(message_seen("another").found);
	assert_int_equal(decide(world, item, "d3", &message), 1);
	later(world, DAY_MS);
	assert_int_equal(due_of(world, "NC")->steps_done_count, 2);
}

static void test_a_decision_on_an_old_revision_is_stale(void **state)
{
	struct world *world = *state;
	start_office(world);
	const struct store_due_obligation *item = due_of(world, "NC");
	assert_int_equal(change(world, item->id, LEDGER_CLAIM, NULL), RESULT_OK);
	struct store_apply_decisions_output out = decide_step(world, item, "d7", true);
	assert_int_equal(out.stale, 1);
	assert_int_equal(out.pending, 0);
}

static void test_a_bad_request_fails_alone(void **state)
{
	struct world *world = *state, bad = **(struct world **)state;
	start_office(world);
	bad.store = world->store;
	const struct store_new_message good =
	    new_message("good", PURPOSE_AD_HOC, NC_PHONE, one_part, 1);
	const struct store_new_message pair[] = {
	    new_message("half", PURPOSE_AD_HOC, NC_PHONE, one_part, 1),
	    new_message("none", PURPOSE_AD_HOC, "", one_part, 1)};
	const struct store_enqueue_input good_in = {world->now, "officer", &good, 1};
	const struct store_enqueue_input bad_in = {world->now, "officer", pair, 2};
	submit(&bad, STORE_ENQUEUE, &bad_in, NULL);
	submit(world, STORE_ENQUEUE, &good_in, NULL);
	assert_false(world->store->ops->flush(world->store));
	assert_int_equal(bad.result, RESULT_INVALID);
	assert_int_equal(world->result, RESULT_OK);
	assert_true(message_seen("good").found);
	assert_false(message_seen("half").found);
}

struct chain {
	struct world *world;
	struct store_next_moments_output out;
	int done;
};

static void chain_done(enum result result, const struct failure *failure, void *arg)
{
	struct chain *chain = arg;
	(void)failure;
	assert_int_equal(result, RESULT_OK);
	static const struct store_next_moments_input in = {
	    START, PATIENCE, PATIENCE_LAST_CALL, FALLBACK};
	if (++chain->done == 1)
		store_submit(chain->world->store, &(struct store_request){STORE_NEXT_MOMENTS, &in,
						      &chain->out, NULL, chain_done, chain});
}

static void test_requests_of_callbacks_belong_to_the_next_turn(void **state)
{
	struct chain chain = {.world = *state};
	static const struct store_next_moments_input in = {
	    START, PATIENCE, PATIENCE_LAST_CALL, FALLBACK};
	struct store *store = chain.world->store;
	store_submit(store,
	    &(struct store_request){STORE_NEXT_MOMENTS, &in, &chain.out, NULL, chain_done, &chain});
	assert_true(store->ops->flush(store));
	assert_int_equal(chain.done, 1);
	assert_false(store->ops->flush(store));
	assert_int_equal(chain.done, 2);
	assert_false(store->ops->flush(store));
}

static void test_what_was_committed_is_there_after_reopening(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	reopen(world);
	assert_message("r1", "queued", "");
	remind(world, "DT", "r2"); /* new ids do not collide with old ones */
}

static void test_a_sim_remembers_until_told_to_forget(void **state)
{
	struct world *world = *state;
	struct store_set_sim_input set = {world->now, "modem1", "pin-refused", "abc"};
	const struct store_get_sim_input get = {"modem1", "pin-refused"};
	struct store_get_sim_output out;
	run_ok(world, STORE_SET_SIM, &set, NULL);
	reopen(world);
	run_ok(world, STORE_GET_SIM, &get, &out);
	assert_string_equal(out.value, "abc");
	set.value = NULL;
	run_ok(world, STORE_SET_SIM, &set, NULL);
	run_ok(world, STORE_GET_SIM, &get, &out);
	assert_null(out.value);
}

static void test_a_task_is_open_once(void **state)
{
	struct world *world = *state;
	const struct store_open_task_input in = {
	    world->now, {.key = "credit", .kind = "credit", .text = "x", .until = WALL_NEVER}};
	struct store_open_task_output first, second;
	run_ok(world, STORE_OPEN_TASK, &in, &first);
	run_ok(world, STORE_OPEN_TASK, &in, &second);
	assert_true(first.is_new);
	assert_false(second.is_new);
	assert_int_equal(second.task_id, first.task_id);
	const struct store_close_task_input close = {
	    world->now, first.task_id, "officer", "topped up"};
	run_ok(world, STORE_CLOSE_TASK, &close, NULL);
	assert_int_equal(run(world, STORE_CLOSE_TASK, &close, NULL), RESULT_NOT_FOUND);
	run_ok(world, STORE_OPEN_TASK, &in, &second);
	assert_true(second.is_new);
}

#define STORE_PLAN_CASES                                                                           \
	CASE(test_importing_recipients_twice_changes_nothing),                                     \
	    CASE(test_what_is_read_back_is_what_was_imported),                                     \
	    CASE(test_absent_recipients_are_left_alone_unless_retired),                            \
	    CASE(test_a_changed_phone_takes_waiting_texts_along),                                  \
	    CASE(test_a_unit_with_an_unknown_parent_is_refused_and_changes_nothing),               \
	    CASE(test_importing_a_plan_twice_changes_nothing),                                     \
	    CASE(test_a_moved_deadline_is_a_further_version_and_cancels_its_reminders),            \
	    CASE(test_a_closing_day_is_kept_and_moves_without_waking_anybody),                     \
	    CASE(test_what_a_plan_no_longer_has_is_retired),                                       \
	    CASE(test_nothing_is_due_before_the_start_and_everything_then),                        \
	    CASE(test_a_paused_plan_sleeps_and_resumes_with_its_first_start),                      \
	    CASE(test_rolling_forward_adds_only_what_is_missing),                                  \
	    CASE(test_the_same_notice_is_never_enqueued_twice),                                    \
	    CASE(test_a_decision_on_an_old_revision_is_stale),                                     \
	    CASE(test_a_bad_request_fails_alone),                                                  \
	    CASE(test_requests_of_callbacks_belong_to_the_next_turn),                              \
	    CASE(test_what_was_committed_is_there_after_reopening),                                \
	    CASE(test_a_sim_remembers_until_told_to_forget), CASE(test_a_task_is_open_once)

#endif
