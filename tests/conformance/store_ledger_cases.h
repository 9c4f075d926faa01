/*
 * Owns: what any store does on promises, extension requests and attendance.
 * May use: the world, store/ (the port only), cmocka.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_LEDGER_CASES_H
#define TESTS_STORE_LEDGER_CASES_H

#include "store_world.h"

#define EIGHTH ((struct day){18421})  /* 8 June 2020 */
#define TWELFTH ((struct day){18425}) /* 12 June 2020 */
#define COORDINATOR "+84900000009"

static enum result apply_change(struct world *world, const struct store_change *change)
{
	const struct store_change_ledger_input in = {
	    .now = world->now, .changes = change, .change_count = 1};
	return run(world, STORE_CHANGE_LEDGER, &in, NULL);
}

static enum result promise(struct world *world, int64_t obligation, struct day day)
{
	return apply_change(world, &(struct store_change){.obligation_id = obligation,
				       .action = LEDGER_PROMISE,
				       .actor = NC_PHONE,
				       .day = day});
}

static enum result request(struct world *world, int64_t obligation, int number)
{
	return apply_change(world, &(struct store_change){.obligation_id = obligation,
				       .action = LEDGER_REQUEST,
				       .actor = NC_PHONE,
				       .day = TWELFTH,
				       .request_number = number,
				       .lapse_at = wall_add(world->now, DAY_MS)});
}

static enum result extend(struct world *world, int64_t obligation, int64_t request_id)
{
	return apply_change(world, &(struct store_change){.obligation_id = obligation,
				       .action = LEDGER_EXTEND,
				       .actor = "officer",
				       .day = TWELFTH,
				       .request_id = request_id,
				       .named = {TWELFTH.number + 1},
				       .deadline = wall_add(DEADLINE, 3 * DAY_MS)});
}

static struct store_known_obligation known(struct world *world, const char *unit)
{
	struct store_known_obligation out = {0};
	struct failure failure = {0};
	struct reader *reader = open_reader();
	if (reader_find_obligation(
		reader, world->arena, unit, "6T", NULL, world->now, &out, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	reader_close(reader);
	return out;
}

static void test_a_promise_is_kept_wakes_and_silences_what_is_queued(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = remind(world, "NC", "n1");
	assert_null(due_of(world, "NC"));
	later(world, MINUTE_MS);
	assert_int_equal(promise(world, id, EIGHTH), RESULT_OK);
	assert_message("n1", "cancelled", "promised");
	const struct store_due_obligation *item = due_of(world, "NC");
	assert_non_null(item);
	assert_int_equal(item->promised_day.number, EIGHTH.number);
	assert_int_equal(item->promises, 1);
	assert_false(item->promise_nudged);
	assert_int_equal(known(world, "NC").promises_in_row, 1);
	assert_int_equal(promise(world, id, TWELFTH), RESULT_OK);
	assert_int_equal(known(world, "NC").promises_in_row, 2);
	assert_int_equal(due_of(world, "NC")->promises, 2);
	reopen(world);
	assert_int_equal(known(world, "NC").promised_day.number, TWELFTH.number);
}

static void test_a_promise_taken_back_goes_on_counting(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	assert_int_equal(promise(world, id, EIGHTH), RESULT_OK);
	const struct store_change back = {
	    .obligation_id = id, .action = LEDGER_UNPROMISE, .actor = NC_PHONE};
	assert_int_equal(apply_change(world, &back), RESULT_OK);
	assert_int_equal(known(world, "NC").promised_day.number, 0);
	assert_int_equal(known(world, "NC").promises_in_row, 0);
	assert_int_equal(promise(world, id, EIGHTH), RESULT_OK);
	assert_int_equal(due_of(world, "NC")->promises, 2);
}

static void test_undoing_a_claim_brings_the_promise_back_reopening_does_not(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	assert_int_equal(promise(world, id, EIGHTH), RESULT_OK);
	assert_int_equal(change(world, id, LEDGER_CLAIM, "45/BC"), RESULT_OK);
	assert_int_equal(promise(world, id, EIGHTH), RESULT_CONFLICT);
	assert_int_equal(change(world, id, LEDGER_UNDO, NULL), RESULT_OK);
	assert_int_equal(known(world, "NC").promised_day.number, EIGHTH.number);
	assert_int_equal(change(world, id, LEDGER_WAIVE, NULL), RESULT_OK);
	assert_int_equal(change(world, id, LEDGER_REOPEN, NULL), RESULT_OK);
	assert_int_equal(known(world, "NC").promised_day.number, 0);
}

static void test_the_nudge_of_each_promise_is_decided_once(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	assert_int_equal(promise(world, id, EIGHTH), RESULT_OK);
	const struct store_due_obligation *item = due_of(world, "NC");
	const struct store_decided_step step = {.step = "promise",
	    .occurrence = 1,
	    .moment = world->now,
	    .nominal = world->now,
	    .person_id = item->contacts[0].person_id,
	    .send = true};
	const struct store_decided decision = {
	    item->id, item->revision, world->now, &step, 1, false};
	const struct store_apply_decisions_input in = {world->now, &decision, 1};
	struct store_apply_decisions_output out = {0};
	run_ok(world, STORE_APPLY_DECISIONS, &in, &out);
	assert_int_equal(out.pending, 1);
	assert_true(due_of(world, "NC")->promise_nudged);
	assert_int_equal(promise(world, id, TWELFTH), RESULT_OK);
	assert_false(due_of(world, "NC")->promise_nudged);
}

static void test_an_approved_request_adds_a_deadline_and_cancels_what_is_queued(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = remind(world, "NC", "n1");
	assert_int_equal(request(world, id, 1), RESULT_OK);
	struct store_known_obligation before = known(world, "NC");
	assert_int_equal(before.request_number, 1);
	assert_int_equal(before.requested_day.number, TWELFTH.number);
	assert_int_equal(before.deadline.ms, DEADLINE.ms);
	later(world, HOUR_MS);
	assert_int_equal(extend(world, id, before.request_id), RESULT_OK);
	assert_message("n1", "cancelled", "deadline-moved");
	struct store_known_obligation after = known(world, "NC");
	assert_int_equal(after.request_id, 0);
	assert_int_equal(after.named.number, TWELFTH.number + 1);
	assert_int_equal(after.deadline.ms, DEADLINE.ms + 3 * DAY_MS);
	const struct store_due_obligation *item = due_of(world, "NC");
	assert_int_equal(item->deadline_version, 2);
	assert_int_equal(item->plan_started.ms, world->now.ms); /* when it was decided */
	assert_int_equal(extend(world, id, before.request_id), RESULT_CONFLICT);
	assert_int_equal(due_of(world, "DT")->deadline_version, 1);
}

static void test_one_request_waits_for_an_obligation_and_its_number_is_its_own(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t nc = due_of(world, "NC")->id, dt = due_of(world, "DT")->id;
	assert_int_equal(context(world, receive(world, NC_PHONE, "a")).free_request_number, 1);
	assert_int_equal(request(world, nc, 1), RESULT_OK);
	assert_int_equal(request(world, nc, 2), RESULT_CONFLICT);
	assert_int_equal(request(world, dt, 1), RESULT_CONFLICT);
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = context(world, 0).inbound_id,
	    .intent = "unknown",
	    .settled_as = "ignored"};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_int_equal(context(world, receive(world, NC_PHONE, "b")).free_request_number, 2);
	assert_int_equal(request(world, dt, 2), RESULT_OK);
	const struct store_change refuse = {.obligation_id = nc,
	    .action = LEDGER_REFUSE,
	    .actor = "officer",
	    .request_id = known(world, "NC").request_id};
	assert_int_equal(apply_change(world, &refuse), RESULT_OK);
	assert_int_equal(apply_change(world, &refuse), RESULT_CONFLICT);
	assert_int_equal(request(world, nc, 1), RESULT_OK); /* free again */
}

static void test_the_office_is_told_what_waits_and_the_requester_is_not(void **state)
{
	struct world *world = *state;
	start_office(world);
	assert_int_equal(request(world, due_of(world, "NC")->id, 1), RESULT_OK);
	struct store_inbound_context_output office =
	    context(world, receive(world, COORDINATOR, "DUYET 1"));
	assert_int_equal(office.request_count, 1);
	assert_int_equal(office.requests[0].number, 1);
	assert_int_equal(office.requests[0].asked_day.number, TWELFTH.number);
	assert_string_equal(office.requests[0].obligation.unit_code, "NC");
	assert_non_null(office.requests[0].obligation.plan_body);
	struct store_inbound_context_output unit =
	    context(world, receive(world, NC_PHONE, "DUYET 1"));
	assert_int_equal(unit.request_count, 0);
	assert_int_equal(unit.office_count, 1);
	assert_string_equal(unit.office[0].post, "coordinator");
	assert_string_equal(unit.office[0].phone, COORDINATOR);
	assert_true(unit.obligations[0].requested_by_sender);
}

static bool count_lapsed(const struct task_row *row, void *arg)
{
	*(int *)arg += strcmp(row->kind, "extension-lapsed") == 0;
	return true;
}

static void test_a_request_that_nobody_decides_becomes_a_task(void **state)
{
	struct world *world = *state;
	start_office(world);
	assert_int_equal(request(world, due_of(world, "NC")->id, 1), RESULT_OK);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + DAY_MS);
	later(world, DAY_MS - 1);
	assert_int_equal(sweep(world).requests, 0);
	later(world, 1);
	assert_int_equal(sweep(world).requests, 1);
	assert_int_equal(sweep(world).requests, 0);
	int found = 0;
	struct reader *reader = open_reader();
	assert_int_equal(reader_tasks(reader, false, count_lapsed, &found, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(found, 1);
	assert_int_equal(known(world, "NC").request_id, 0);
	assert_int_equal(known(world, "NC").deadline.ms, DEADLINE.ms);
}

static void test_a_claim_ends_the_request_that_waits(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	assert_int_equal(request(world, id, 1), RESULT_OK);
	assert_int_equal(change(world, id, LEDGER_CLAIM, NULL), RESULT_OK);
	assert_int_equal(known(world, "NC").request_id, 0);
	later(world, 2 * DAY_MS);
	assert_int_equal(sweep(world).requests, 0);
}

static void test_others_are_told_in_the_same_step_or_not_at_all(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	const struct store_new_message told =
	    new_message("ask:1", PURPOSE_TASK, COORDINATOR, one_part, 1);
	struct store_change change = {.obligation_id = id,
	    .action = LEDGER_REQUEST,
	    .actor = NC_PHONE,
	    .day = TWELFTH,
	    .request_number = 1,
	    .revision = 77};
	struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = receive(world, NC_PHONE, "xin lui den 12/6"),
	    .intent = "extension-request",
	    .settled_as = "acted",
	    .changes = &change,
	    .change_count = 1,
	    .messages = &told,
	    .message_count = 1};
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	assert_false(message_seen("ask:1").found);
	change.revision = 0;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_message("ask:1", "queued", "");
}

/* ── events ──────────────────────────────────────────────────────────────────────────────────── */

static void add_event(struct world *world)
{
	static const char *const units[] = {"NC", "DT"};
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		const struct store_new_obligation part = {
		    "event", "LE", "2020", units[i], TWELFTH, WALL_NEVER, WALL_NEVER};
		const struct store_open_obligations_input in = {world->now, "KH2020", &part, 1};
		struct store_open_obligations_output out;
		run_ok(world, STORE_OPEN_OBLIGATIONS, &in, &out);
		assert_int_equal(out.added, 1);
	}
}

static int64_t event_part(struct world *world, const char *unit)
{
	struct store_inbound_context_output out =
	    context(world, receive(world, unit[0] == 'N' ? NC_PHONE : DT_PHONE, "x"));
	for (size_t i = 0; i < out.obligation_count; i++)
		if (strcmp(out.obligations[i].kind, "event") == 0)
			return out.obligations[i].id;
	fail_msg("%s has no part in an event", unit);
	return 0;
}

static bool keep_event(const struct event_row *row, void *arg)
{
	struct event_row *kept = arg;
	*kept = *row;
	return true;
}

static void assert_counts(int invited, int coming, int absent)
{
	struct event_row event = {0};
	struct reader *reader = open_reader();
	assert_int_equal(reader_events(reader, "LE", keep_event, &event, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(event.start.number, TWELFTH.number);
	assert_int_equal(event.invited, invited);
	assert_int_equal(event.coming, coming);
	assert_int_equal(event.absent, absent);
}

static void test_the_latest_answer_to_an_event_counts(void **state)
{
	struct world *world = *state;
	start_office(world);
	add_event(world);
	int64_t nc = event_part(world, "NC"), dt = event_part(world, "DT");
	assert_counts(2, 0, 0);
	assert_int_equal(change(world, nc, LEDGER_ATTEND, NULL), RESULT_OK);
	assert_int_equal(change(world, dt, LEDGER_ABSENT, NULL), RESULT_OK);
	assert_counts(2, 1, 1);
	assert_int_equal(change(world, nc, LEDGER_ABSENT, NULL), RESULT_OK);
	assert_counts(2, 0, 2);
	assert_int_equal(change(world, nc, LEDGER_UNANSWER, NULL), RESULT_OK);
	assert_counts(2, 0, 1);
}

static void test_events_are_attended_and_reports_are_not(void **state)
{
	struct world *world = *state;
	start_office(world);
	add_event(world);
	int64_t event = event_part(world, "NC");
	assert_int_equal(change(world, event, LEDGER_CLAIM, NULL), RESULT_INVALID);
	assert_int_equal(promise(world, event, EIGHTH), RESULT_INVALID);
	assert_int_equal(change(world, known(world, "NC").id, LEDGER_ATTEND, NULL), RESULT_INVALID);
}

#define STORE_LEDGER_CASES                                                                         \
	CASE(test_a_promise_is_kept_wakes_and_silences_what_is_queued),                            \
	    CASE(test_a_promise_taken_back_goes_on_counting),                                      \
	    CASE(test_undoing_a_claim_brings_the_promise_back_reopening_does_not),                 \
	    CASE(test_the_nudge_of_each_promise_is_decided_once),                                  \
	    CASE(test_an_approved_request_adds_a_deadline_and_cancels_what_is_queued),             \
	    CASE(test_one_request_waits_for_an_obligation_and_its_number_is_its_own),              \
	    CASE(test_the_office_is_told_what_waits_and_the_requester_is_not),                     \
	    CASE(test_a_request_that_nobody_decides_becomes_a_task),                               \
	    CASE(test_a_claim_ends_the_request_that_waits),                                        \
	    CASE(test_others_are_told_in_the_same_step_or_not_at_all),                             \
	    CASE(test_the_latest_answer_to_an_event_counts),                                       \
	    CASE(test_events_are_attended_and_reports_are_not)

#endif
