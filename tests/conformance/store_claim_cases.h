/*
 * Owns: what any store does on what claims say: numbers, figures, units named, papers asked for.
 * May use: the world, store/ (the port only), cmocka.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_CLAIM_CASES_H
#define TESTS_STORE_CLAIM_CASES_H

#include "store_world.h"

#define CHIEF_PHONE "+84900000009"

static int64_t open_report(
    struct world *world, const char *unit, const char *report, const char *period, int64_t later_ms)
{
	struct store_new_obligation item = office_obligation(unit);
	item.report_code = report;
	item.period = period;
	item.deadline = wall_add(DEADLINE, later_ms);
	const struct store_open_obligations_input in = {world->now, "KH2020", &item, 1};
	run_ok(world, STORE_OPEN_OBLIGATIONS, &in, NULL);
	struct store_due_obligations_output list = due(world);
	for (size_t i = 0; i < list.count; i++)
		if (strcmp(list.items[i].report_code, report) == 0 &&
		    strcmp(list.items[i].period, period) == 0 &&
		    strcmp(list.items[i].unit_code, unit) == 0)
			return list.items[i].id;
	fail_msg("%s %s of %s was not opened", report, period, unit);
	return 0;
}

static void ask(const struct store_inbound_context_output *context, struct arena *arena,
    struct store_claim_asks *asks, void *arg)
{
	(void)arena;
	assert_true(context->inbound_id != 0);
	*asks = *(const struct store_claim_asks *)arg;
}

static struct store_claim_facts facts_since(struct world *world, const char *sender,
    const struct store_claim_ask *item, struct wall year_start)
{
	struct store_claim_asks asks = {.year_start = year_start, .items = item, .count = 1};
	const struct store_inbound_context_input in = {.now = world->now,
	    .inbound_id = receive(world, sender, "BC 6T"),
	    .read = ask,
	    .read_arg = &asks};
	struct store_inbound_context_output out;
	run_ok(world, STORE_INBOUND_CONTEXT, &in, &out);
	assert_non_null(out.facts);
	later(world, SECOND_MS);
	return out.facts[0];
}

static struct store_claim_facts facts_of(
    struct world *world, const char *sender, const char *number, int64_t id, const char *unit_code)
{
	const struct store_claim_ask item = {
	    .document_number = number,
	    .obligations = &id,
	    .obligation_count = id != 0,
	    .unit_code = unit_code,
	};
	return facts_since(world, sender, &item, wall_add(START, -120 * DAY_MS));
}

static struct store_known_obligation found(struct world *world, const char *unit)
{
	struct store_known_obligation out = {0};
	struct failure failure = {0};
	struct reader *reader = open_reader();
	if (reader_find_obligation(
		reader, world->arena, unit, "6T", "2020", world->now, &out, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	reader_close(reader);
	return out;
}

static void test_the_number_of_a_sibling_is_found(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t nc = due_of(world, "NC")->id, dt = due_of(world, "DT")->id;
	assert_null(facts_of(world, NC_PHONE, "45/BC-UBND", nc, NULL).numbers[0].other_unit);
	assert_int_equal(change(world, dt, LEDGER_CLAIM, "45/BC-UBND"), RESULT_OK);
	struct store_number_facts numbers =
	    facts_of(world, NC_PHONE, "45/BC-UBND", nc, NULL).numbers[0];
	assert_int_equal(numbers.obligation_id, nc);
	assert_string_equal(numbers.unit_kind, "commune");
	assert_string_equal(numbers.other_unit, "xã Đàm Thủy");
	assert_null(numbers.other_period);
	assert_null(numbers.higher);
	assert_null(facts_of(world, NC_PHONE, "46/BC-UBND", nc, NULL).numbers[0].other_unit);
	/* Its own number is nobody else's; what was taken back is nobody's. */
	assert_null(facts_of(world, DT_PHONE, "45/BC-UBND", dt, NULL).numbers[0].other_unit);
	assert_int_equal(change(world, dt, LEDGER_UNDO, NULL), RESULT_OK);
	assert_null(facts_of(world, NC_PHONE, "45/BC-UBND", nc, NULL).numbers[0].other_unit);
}

static void test_a_units_own_earlier_numbers_are_found(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t nc = due_of(world, "NC")->id;
	int64_t last_year = open_report(world, "NC", "6T", "2019", -300 * DAY_MS);
	int64_t annual = open_report(world, "NC", "NAM", "2019", -100 * DAY_MS);
	assert_int_equal(change(world, last_year, LEDGER_CLAIM, "45/BC-UBND"), RESULT_OK);
	assert_int_equal(change(world, annual, LEDGER_CLAIM, "100/BC-UBND"), RESULT_OK);
	struct store_number_facts numbers =
	    facts_of(world, NC_PHONE, "45/BC-UBND", nc, NULL).numbers[0];
	assert_string_equal(numbers.other_period, "2019");
	assert_string_equal(numbers.higher, "100/BC-UBND");
	static const char *const as_high[] = {
	    "100/BC-UBND", "101/BC-UBND", "45", "45/BC-HĐND", "1000/BC-UBND"};
	for (size_t i = 0; i < COUNT_OF(as_high); i++)
		assert_null(facts_of(world, NC_PHONE, as_high[i], nc, NULL).numbers[0].higher);
	later(world, 121 * DAY_MS); /* another year has begun at START + 1 */
	const struct store_claim_ask item = {"45/BC-UBND", &nc, 1, NULL};
	numbers = facts_since(world, NC_PHONE, &item, wall_add(START, DAY_MS)).numbers[0];
	assert_null(numbers.higher);
	assert_non_null(numbers.other_period);
}

static void test_who_is_above_a_unit_is_known(void **state)
{
	struct world *world = *state;
	start_office(world);
	static const struct {
		const char *sender, *unit;
		bool found, above;
	} cases[] = {
	    {CHIEF_PHONE, "DT", true, true},
	    {NC_PHONE, "DT", true, false},
	    {NC_PHONE, "XX", false, false},
	    {"+84988888888", "DT", false, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct store_claim_facts facts =
		    facts_of(world, cases[i].sender, NULL, 0, cases[i].unit);
		assert_int_equal(facts.named_unit != NULL, cases[i].found);
		assert_int_equal(facts.sender_is_above, cases[i].above);
		assert_int_equal(facts.named_count, cases[i].found);
		assert_int_equal(facts.number_count, 0);
	}
	struct store_claim_facts facts = facts_of(world, CHIEF_PHONE, NULL, 0, "DT");
	assert_string_equal(facts.named[0].report_code, "6T");
	assert_string_equal(facts.named[0].plan_body, "plan: 1\n");
}

static void test_a_text_may_name_the_owners_units(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_inbound_context_output out = context(world, receive(world, NC_PHONE, "BC"));
	assert_int_equal(out.unit_count, COUNT_OF(office_units));
	assert_string_equal(out.units[0].code, "DT");
	assert_string_equal(out.units[0].name, "xã Đàm Thủy");
	assert_string_equal(out.units[0].kind, "commune");
	out = context(world, receive(world, "+84988888888", "BC"));
	assert_int_equal(out.unit_count, 0);
}

static void test_what_a_claim_says_is_kept_and_corrected(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_change item = {.obligation_id = due_of(world, "NC")->id,
	    .action = LEDGER_CLAIM,
	    .document_number = "45/BC-UBND",
	    .sent_on = {18410},
	    .figures = "lop=3",
	    .actor = NC_PHONE};
	const struct store_change_ledger_input in = {
	    .now = world->now, .changes = &item, .change_count = 1};
	run_ok(world, STORE_CHANGE_LEDGER, &in, NULL);
	struct store_known_obligation out = found(world, "NC");
	assert_int_equal(out.sent_on.number, 18410);
	assert_string_equal(out.figures, "lop=3");
	assert_false(out.nothing_to_report);
	item = (struct store_change){.obligation_id = item.obligation_id,
	    .action = LEDGER_CORRECT,
	    .nothing_to_report = true,
	    .actor = NC_PHONE};
	run_ok(world, STORE_CHANGE_LEDGER, &in, NULL);
	out = found(world, "NC");
	assert_int_equal(out.sent_on.number, 18410);
	assert_null(out.figures);
	assert_true(out.nothing_to_report);
	assert_string_equal(out.document_number, "45/BC-UBND");
	assert_int_equal(change(world, item.obligation_id, LEDGER_UNDO, NULL), RESULT_OK);
	out = found(world, "NC");
	assert_int_equal(out.sent_on.number, 0);
	assert_false(out.nothing_to_report);
}

static void test_a_question_keeps_what_was_said_with_the_number(void **state)
{
	struct world *world = *state;
	start_office(world);
	const int64_t choices[] = {due_of(world, "NC")->id, 0};
	const struct store_new_question question = {.address = NC_PHONE,
	    .channel = "modem1",
	    .choices = choices,
	    .count = 2,
	    .intent = 1,
	    .document_number = "45/BC-UBND",
	    .day = {18410},
	    .figures = "lop=3",
	    .nothing_to_report = true,
	    .until = wall_add(world->now, 48 * HOUR_MS)};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = receive(world, NC_PHONE, "BC 6T"),
	    .intent = "confirm",
	    .settled_as = "asked",
	    .question = &question};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	reopen(world);
	later(world, SECOND_MS);
	struct store_inbound_context_output out = context(world, receive(world, NC_PHONE, "1"));
	assert_int_equal(out.question.count, 2);
	assert_int_equal(out.question.choices[1], 0);
	assert_int_equal(out.question.day.number, 18410);
	assert_string_equal(out.question.figures, "lop=3");
	assert_true(out.question.nothing_to_report);
}

static void test_the_context_tells_what_was_received_and_what_one_text_claimed(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t nc = due_of(world, "NC")->id;
	int64_t old = open_report(world, "NC", "6T", "2019", -300 * DAY_MS);
	int64_t inbound = receive(world, NC_PHONE, "BC 6T");
	const struct store_change claims = {
	    .obligation_id = nc, .action = LEDGER_CLAIM, .inbound_id = inbound, .actor = NC_PHONE};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = inbound,
	    .intent = "confirm",
	    .settled_as = "acted",
	    .changes = &claims,
	    .change_count = 1};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_int_equal(change(world, old, LEDGER_RECEIVE, "1/BC-UBND"), RESULT_OK);
	later(world, SECOND_MS);
	struct store_inbound_context_output out = context(world, receive(world, NC_PHONE, "HUY"));
	assert_int_equal(out.obligation_count, 1); /* of each report the latest only */
	assert_int_equal(out.obligations[0].claimed_inbound_id, inbound);
	assert_int_equal(change(world, nc, LEDGER_RECEIVE, NULL), RESULT_OK);
	later(world, 90 * DAY_MS);
	out = context(world, receive(world, NC_PHONE, "BC 6T"));
	assert_int_equal(out.obligation_count, 1);
	assert_int_equal(out.obligations[0].state, OBLIGATION_RECEIVED);
	assert_int_equal(out.obligations[0].id, nc);
}

/* ── papers ──────────────────────────────────────────────────────────────────────────────────── */

static int ask_papers(struct world *world)
{
	const struct store_ask_papers_input in = {world->now, "KH2020", world->now, 10};
	struct store_ask_papers_output out;
	run_ok(world, STORE_ASK_PAPERS, &in, &out);
	return out.asked;
}

static bool count_paper_task(const struct task_row *row, void *arg)
{
	*(int *)arg += strcmp(row->kind, "paper-not-received") == 0;
	return true;
}

static int paper_tasks(void)
{
	int count = 0;
	struct reader *reader = open_reader();
	assert_int_equal(reader_tasks(reader, false, count_paper_task, &count, NULL), RESULT_OK);
	reader_close(reader);
	return count;
}

static void test_a_paper_is_asked_for_once_a_claim(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t nc = due_of(world, "NC")->id;
	assert_int_equal(ask_papers(world), 0);
	assert_int_equal(change(world, nc, LEDGER_CLAIM, "45/BC-UBND"), RESULT_OK);
	assert_int_equal(ask_papers(world), 0); /* not from before now */
	later(world, DAY_MS);
	assert_int_equal(ask_papers(world), 1);
	assert_int_equal(ask_papers(world), 0);
	assert_int_equal(change(world, nc, LEDGER_CORRECT, "46/BC-UBND"), RESULT_OK);
	assert_int_equal(ask_papers(world), 0);
	assert_int_equal(paper_tasks(), 1);
}

static void test_the_task_ends_when_the_paper_comes_or_the_claim_goes(void **state)
{
	struct world *world = *state;
	static const enum ledger_action ends[] = {
	    LEDGER_UNDO, LEDGER_REOPEN, LEDGER_WAIVE, LEDGER_RECEIVE};
	start_office(world);
	int64_t nc = due_of(world, "NC")->id;
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		assert_int_equal(change(world, nc, LEDGER_CLAIM, "45/BC-UBND"), RESULT_OK);
		later(world, DAY_MS);
		assert_int_equal(ask_papers(world), 1);
		assert_int_equal(paper_tasks(), 1);
		assert_int_equal(change(world, nc, ends[i], NULL), RESULT_OK);
		assert_int_equal(paper_tasks(), 0);
		assert_int_equal(ask_papers(world), 0);
		if (ends[i] == LEDGER_WAIVE)
			assert_int_equal(change(world, nc, LEDGER_REOPEN, NULL), RESULT_OK);
	}
}

#define STORE_CLAIM_CASES                                                                          \
	CASE(test_the_number_of_a_sibling_is_found),                                               \
	    CASE(test_a_units_own_earlier_numbers_are_found),                                      \
	    CASE(test_who_is_above_a_unit_is_known), CASE(test_a_text_may_name_the_owners_units),  \
	    CASE(test_what_a_claim_says_is_kept_and_corrected),                                    \
	    CASE(test_a_question_keeps_what_was_said_with_the_number),                             \
	    CASE(test_the_context_tells_what_was_received_and_what_one_text_claimed),              \
	    CASE(test_a_paper_is_asked_for_once_a_claim),                                          \
	    CASE(test_the_task_ends_when_the_paper_comes_or_the_claim_goes)

#endif
