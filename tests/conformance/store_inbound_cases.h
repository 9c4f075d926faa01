/*
 * Owns: conformance cases of texts that come in, questions and the ledger.
 * May use: tests/conformance/store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_INBOUND_CASES_H
#define TESTS_STORE_INBOUND_CASES_H

#include "store_world.h"

static void test_reading_a_text_twice_does_no_harm(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_add_inbound_output first = receive_part(world, NC_PHONE, "BC 6T", -1, 1, 1);
	assert_true(first.is_new);
	assert_true(first.inbound_id != 0);
	assert_false(receive_part(world, NC_PHONE, "BC 6T", -1, 1, 1).is_new);
	assert_int_equal(next_moments(world).inbound_waiting, 1);
	later(world, SECOND_MS);
	assert_true(receive_part(world, NC_PHONE, "BC 6T", -1, 1, 1).is_new);
}

static void test_parts_out_of_order_are_joined(void **state)
{
	struct world *world = *state;
	assert_int_equal(receive_part(world, NC_PHONE, "so 45", 77, 3, 3).inbound_id, 0);
	later(world, SECOND_MS);
	assert_int_equal(receive_part(world, NC_PHONE, "BC 6T ", 77, 3, 1).inbound_id, 0);
	receive_part(world, DT_PHONE, "khac ", 77, 3, 2); /* somebody else's */
	assert_int_equal(next_moments(world).inbound_waiting, 0);
	int64_t id = receive_part(world, NC_PHONE, "da nop ", 77, 3, 2).inbound_id;
	assert_true(id != 0);
	assert_string_equal(context(world, id).text, "BC 6T da nop so 45");
}

static void test_a_text_whose_parts_never_come_is_not_lost(void **state)
{
	struct world *world = *state;
	receive_part(world, NC_PHONE, "BC 6T ", 77, 3, 1);
	receive_part(world, NC_PHONE, "so 45", 77, 3, 3);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + DAY_MS);
	later(world, DAY_MS);
	assert_int_equal(sweep(world).joined, 1);
	assert_string_equal(context(world, 0).text, "BC 6T …so 45");
	assert_int_equal(sweep(world).joined, 0);
}

static void test_an_impossible_header_is_a_single_text(void **state)
{
	struct world *world = *state;
	assert_true(receive_part(world, NC_PHONE, "a", 5, 3, 7).inbound_id != 0);
	assert_true(receive_part(world, NC_PHONE, "b", 5, 0, 0).inbound_id != 0);
}

static void test_the_context_says_who_writes_and_what_they_owe(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	outcome_of(world, claim(world).attempt_id, 0, OUTCOME_SENT, 1);
	receive(world, NC_PHONE, "BC 6T");
	struct store_inbound_context_output out = context(world, 0);
	assert_string_equal(out.sender, NC_PHONE);
	assert_string_equal(out.channel, "modem1");
	assert_int_equal(out.person_count, 1);
	assert_string_equal(out.people[0].person_code, "P1");
	assert_string_equal(out.people[0].post, "reporter");
	assert_int_equal(out.obligation_count, 1);
	assert_string_equal(out.obligations[0].unit_code, "NC");
	assert_true(out.obligations[0].reminded);
	assert_false(out.obligations[0].claimed_by_sender);
	assert_string_equal(out.obligations[0].plan_body, "plan: 1\n");
	assert_int_equal(out.plan_count, 1);
	int64_t stranger = receive(world, "+84988888888", "alo");
	out = context(world, stranger);
	assert_int_equal(out.person_count, 0);
	assert_int_equal(out.obligation_count, 0);
}

static void test_a_claim_is_settled_in_one_step(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t obligation = remind(world, "NC", "r1");
	int64_t inbound = receive(world, NC_PHONE, "BC 6T 45/BC-UBND");
	const struct store_change claims = {.obligation_id = obligation,
	    .revision = context(world, inbound).obligations[0].revision,
	    .action = LEDGER_CLAIM,
	    .document_number = "45/BC-UBND",
	    .inbound_id = inbound,
	    .actor = NC_PHONE};
	const struct store_new_message answer =
	    new_message("answer:1", PURPOSE_ANSWER, NC_PHONE, one_part, 1);
	struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = inbound,
	    .intent = "confirm",
	    .confidence = 95,
	    .evidence = "BC 6T",
	    .settled_as = "acted",
	    .changes = &claims,
	    .change_count = 1,
	    .answer = &answer};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_message("r1", "cancelled", "claimed");
	assert_message("answer:1", "queued", "");
	assert_int_equal(context(world, 0).inbound_id, 0);
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	/* The revision has moved on: nothing of a second text's settling is done. */
	later(world, SECOND_MS);
	in.inbound_id = receive(world, NC_PHONE, "BC 6T 46");
	struct store_new_message second = answer;
	second.key = "answer:2";
	in.answer = &second;
	in.now = world->now;
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	assert_false(message_seen("answer:2").found);
	struct store_inbound_context_output after = context(world, 0);
	assert_int_equal(after.inbound_id, in.inbound_id);
	assert_true(after.obligations[0].claimed_by_sender);
	assert_int_equal(after.answers_last_hour, 1);
	assert_false(after.same_text_answered_today);
}

static void test_the_ledger_allows_only_what_the_state_allows(void **state)
{
	struct world *world = *state;
	start_office(world);
	/* From each state: which of CLAIM CORRECT UNDO RECEIVE REOPEN WAIVE PASS. */
	static const struct {
		enum ledger_action reach[2];
		int reach_count;
		const char *legal;
	} rows[] = {
	    {{0}, 0, "x..x.xx"},
	    {{LEDGER_CLAIM}, 1, ".xxxxx."},
	    {{LEDGER_RECEIVE}, 1, "....x.."},
	    {{LEDGER_WAIVE}, 1, "....x.."},
	    {{LEDGER_CLAIM, LEDGER_RECEIVE}, 2, "....x.."},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (int action = 0; action <= LEDGER_WAIVE; action++) {
			struct store_new_obligation item = office_obligation("NC");
			char period[32];
			snprintf(period, sizeof period, "%zu-%d", i, action);
			item.period = period;
			const struct store_open_obligations_input in = {
			    world->now, "KH2020", &item, 1};
			run_ok(world, STORE_OPEN_OBLIGATIONS, &in, NULL);
			struct store_due_obligations_output list = due(world);
			int64_t id = list.items[list.count - 1].id;
			assert_string_equal(list.items[list.count - 1].period, period);
			for (int step = 0; step < rows[i].reach_count; step++)
				assert_int_equal(
				    change(world, id, rows[i].reach[step], NULL), RESULT_OK);
			enum result result = change(world, id, action, "1/BC");
			if ((result == RESULT_OK) != (rows[i].legal[action] == 'x'))
				fail_msg("row %zu, action %s: %s", i, ledger_action_name(action),
				    world->failure.text);
			assert_true(result == RESULT_OK || result == RESULT_CONFLICT);
		}
}

static bool keep_board_row(const struct board_row *row, void *arg)
{
	struct board_row *kept = arg;
	if (strcmp(row->unit_code, "NC") == 0)
		*kept = (struct board_row){.state = row->state,
		    .claimed_at = row->claimed_at,
		    .received_at = row->received_at,
		    .claimed_by = row->claimed_by != NULL ? "somebody" : NULL,
		    .document_number = row->document_number != NULL ? "some" : NULL};
	return true;
}

static struct board_row board(void)
{
	struct board_row kept = {0};
	struct reader *reader = open_reader();
	assert_int_equal(
	    reader_board(reader, "KH2020", "6T", keep_board_row, &kept, NULL), RESULT_OK);
	reader_close(reader);
	return kept;
}

static bool count_ledger_row(const struct ledger_row *row, void *arg)
{
	(void)row;
	++*(int *)arg;
	return true;
}

static void test_undoing_brings_the_wake_up_back_and_keeps_the_ledger(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	struct wall first = world->now;
	assert_int_equal(change(world, id, LEDGER_CLAIM, "45"), RESULT_OK);
	assert_null(due_of(world, "NC"));
	later(world, HOUR_MS);
	assert_int_equal(change(world, id, LEDGER_CORRECT, "46"), RESULT_OK);
	assert_int_equal(board().claimed_at.ms, first.ms);
	assert_int_equal(change(world, id, LEDGER_UNDO, NULL), RESULT_OK);
	struct board_row row = board();
	assert_int_equal(row.state, OBLIGATION_OPEN);
	assert_int_equal(row.claimed_at.ms, INT64_MAX);
	assert_null(row.document_number);
	assert_non_null(due_of(world, "NC"));
	int lines = 0;
	struct reader *reader = open_reader();
	assert_int_equal(reader_ledger(reader, "NC", count_ledger_row, &lines, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(lines, 3);
}

static void test_receiving_after_a_claim_keeps_both_moments(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = due_of(world, "NC")->id;
	struct wall claimed = world->now;
	change(world, id, LEDGER_CLAIM, "45");
	later(world, DAY_MS);
	assert_int_equal(change(world, id, LEDGER_RECEIVE, NULL), RESULT_OK);
	struct board_row row = board();
	assert_int_equal(row.state, OBLIGATION_RECEIVED);
	assert_int_equal(row.claimed_at.ms, claimed.ms);
	assert_int_equal(row.received_at.ms, world->now.ms);
	assert_non_null(row.document_number);
}

static void settle_with_question(
    struct world *world, const char *text, const int64_t *choices, int count, bool close)
{
	const struct store_new_question question = {.address = NC_PHONE,
	    .channel = "modem1",
	    .choices = choices,
	    .count = count,
	    .intent = 1,
	    .document_number = "45",
	    .until = wall_add(world->now, 48 * HOUR_MS)};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = receive(world, NC_PHONE, text),
	    .intent = "confirm",
	    .settled_as = "asked",
	    .question = count > 0 ? &question : NULL,
	    .close_question = close};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
}

static void test_a_newer_question_replaces_the_older(void **state)
{
	struct world *world = *state;
	start_office(world);
	settle_with_question(world, "BC", (const int64_t[]){11, 12}, 2, false);
	later(world, SECOND_MS);
	settle_with_question(world, "BC 2", (const int64_t[]){21, 22, 23}, 3, false);
	later(world, SECOND_MS);
	struct store_inbound_context_output out = context(world, receive(world, NC_PHONE, "1"));
	assert_int_equal(out.question.count, 3);
	assert_int_equal(out.question.choices[2], 23);
	assert_int_equal(out.question.intent, 1);
	assert_string_equal(out.question.document_number, "45");
	settle_with_question(world, "3", NULL, 0, true);
	later(world, SECOND_MS);
	assert_int_equal(context(world, receive(world, NC_PHONE, "4")).question.id, 0);
}

static bool keep_task(const struct task_row *row, void *arg)
{
	int *found = arg;
	*found += strcmp(row->kind, "question-unanswered") == 0 && row->inbound_id != 0;
	return true;
}

static void test_an_unanswered_question_becomes_a_task(void **state)
{
	struct world *world = *state;
	start_office(world);
	settle_with_question(world, "BC", (const int64_t[]){11, 12}, 2, false);
	assert_int_equal(next_moments(world).sweep.ms, world->now.ms + 48 * HOUR_MS);
	later(world, 48 * HOUR_MS);
	assert_int_equal(sweep(world).lapsed, 1);
	int found = 0;
	struct reader *reader = open_reader();
	assert_int_equal(reader_tasks(reader, false, keep_task, &found, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(found, 1);
	assert_int_equal(context(world, receive(world, NC_PHONE, "1")).question.id, 0);
}

static void test_opting_out_is_remembered_by_number_until_taken_back(void **state)
{
	struct world *world = *state;
	start_office(world);
	for (int opt = 1; opt >= -1; opt -= 2) {
		const struct store_settle_inbound_input in = {.now = world->now,
		    .inbound_id = receive(world, NC_PHONE, opt > 0 ? "DUNG TIN" : "NHAN TIN"),
		    .intent = "opt-out",
		    .settled_as = "acted",
		    .opt = opt,
		    .opt_address = NC_PHONE};
		run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
		assert_int_equal(due_of(world, "NC")->contacts[0].opted_out, opt > 0);
	}
}

static bool count_task(const struct task_row *row, void *arg)
{
	*(int *)arg += row->inbound_id != 0;
	return true;
}

static bool count_text(const struct inbound_row *row, void *arg)
{
	*(int *)arg += row->id != 0;
	return true;
}

static int tasks_about_texts(struct reader *reader)
{
	int count = 0;
	assert_int_equal(reader_tasks(reader, false, count_task, &count, NULL), RESULT_OK);
	return count;
}

static int texts_waiting(struct reader *reader)
{
	int count = 0;
	assert_int_equal(reader_inbox(reader, 0, true, count_text, &count, NULL), RESULT_OK);
	return count;
}

static void test_a_text_that_is_settled_can_be_decided_anew_by_a_user(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = receive(world, NC_PHONE, "xyzzy");
	(void)receive(world, NC_PHONE, "another");
	const struct store_new_task task = {
	    .key = "inbound:1", .kind = "unknown", .text = "xyzzy", .inbound_id = id};
	struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = id,
	    .intent = "unknown",
	    .settled_as = "task",
	    .task = &task};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	struct reader *reader = open_reader();
	assert_int_equal(tasks_about_texts(reader), 1);
	assert_int_equal(texts_waiting(reader), 1);
	assert_int_equal(context(world, id).inbound_id, 0);
	const struct store_inbound_context_input again = {
	    .now = world->now, .inbound_id = id, .settled_too = true};
	struct store_inbound_context_output out;
	run_ok(world, STORE_INBOUND_CONTEXT, &again, &out);
	assert_int_equal(out.inbound_id, id);
	assert_string_equal(out.text, "xyzzy");
	in.task = NULL;
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	in.decided_by = "root(0)";
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_int_equal(tasks_about_texts(reader), 0);
	assert_int_equal(texts_waiting(reader), 0);
	reader_close(reader);
}

#define STORE_INBOUND_CASES                                                                        \
	CASE(test_reading_a_text_twice_does_no_harm), CASE(test_parts_out_of_order_are_joined),    \
	    CASE(test_a_text_whose_parts_never_come_is_not_lost),                                  \
	    CASE(test_an_impossible_header_is_a_single_text),                                      \
	    CASE(test_the_context_says_who_writes_and_what_they_owe),                              \
	    CASE(test_a_claim_is_settled_in_one_step),                                             \
	    CASE(test_the_ledger_allows_only_what_the_state_allows),                               \
	    CASE(test_undoing_brings_the_wake_up_back_and_keeps_the_ledger),                       \
	    CASE(test_receiving_after_a_claim_keeps_both_moments),                                 \
	    CASE(test_a_newer_question_replaces_the_older),                                        \
	    CASE(test_an_unanswered_question_becomes_a_task),                                      \
	    CASE(test_opting_out_is_remembered_by_number_until_taken_back),                        \
	    CASE(test_a_text_that_is_settled_can_be_decided_anew_by_a_user)

#endif
