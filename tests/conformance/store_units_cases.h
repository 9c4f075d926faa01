/*
 * Owns: conformance cases of units that end: what they owe passes to their successors.
 * May use: tests/conformance/store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_UNITS_CASES_H
#define TESTS_STORE_UNITS_CASES_H

#include "store_plan_cases.h"

/* The office's units, NC ending at `end` with this successor, and a new unit ND. */
static struct store_import_recipients_output end_unit(
    struct world *world, struct wall end, const char *successor, bool preview)
{
	struct store_unit units[4];
	memcpy(units, office_units, sizeof office_units);
	units[1].valid_until = end;
	units[1].successor = successor;
	units[3] = (struct store_unit){
	    .code = "ND", .name = "xã mới", .kind = "commune", .parent = "TK", .valid_from = end};
	struct store_import_recipients_input in = office_recipients(world);
	in.units = units;
	in.unit_count = 4;
	in.preview = preview;
	struct store_import_recipients_output out;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	return out;
}

static struct store_pass_units_output pass_units(struct world *world)
{
	const struct store_pass_units_input in = {.now = world->now, .actor = "nhacviec"};
	struct store_pass_units_output out;
	run_ok(world, STORE_PASS_UNITS, &in, &out);
	return out;
}

struct seen_ledger {
	int entries;
	char action[16], note[80];
};

static bool see_ledger(const struct ledger_row *row, void *arg)
{
	struct seen_ledger *seen = arg;
	seen->entries++;
	snprintf(seen->action, sizeof seen->action, "%s", row->action);
	snprintf(seen->note, sizeof seen->note, "%s", row->note != NULL ? row->note : "");
	return true;
}

static struct seen_ledger ledger_of(const char *unit)
{
	struct seen_ledger seen = {0};
	struct reader *reader = open_reader();
	assert_int_equal(reader_ledger(reader, unit, see_ledger, &seen, NULL), RESULT_OK);
	reader_close(reader);
	return seen;
}

struct seen_state {
	const char *unit;
	bool found;
	enum obligation_state state;
};

static bool see_state(const struct board_row *row, void *arg)
{
	struct seen_state *seen = arg;
	if (strcmp(row->unit_code, seen->unit) == 0) {
		assert_false(seen->found); /* never twice */
		seen->found = true;
		seen->state = row->state;
	}
	return true;
}

static struct seen_state board_of(const char *unit)
{
	struct seen_state seen = {.unit = unit};
	struct reader *reader = open_reader();
	assert_int_equal(reader_board(reader, NULL, NULL, see_state, &seen, NULL), RESULT_OK);
	reader_close(reader);
	return seen;
}

static void test_an_ended_units_report_passes_to_its_successor(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	struct wall end = wall_add(world->now, 10 * DAY_MS);
	struct store_import_recipients_output out = end_unit(world, end, "ND", false);
	/* NC's end, its successor; ND's parent. */
	assert_int_equal(count_of(&out.differences, '~', "unit"), 3);
	/* 10 June lies after the end: it is the successor's from now on. */
	assert_int_equal(count_of(&out.differences, '~', "pass"), 1);
	assert_int_equal(count_of(&out.differences, '-', "message"), 1);
	assert_message("r1", "cancelled", "waived");
	assert_int_equal(board_of("NC").state, OBLIGATION_WAIVED);
	assert_true(board_of("ND").found);
	assert_int_equal(board_of("ND").state, OBLIGATION_OPEN);
	const struct store_due_obligation *passed = due_of(world, "ND");
	assert_non_null(passed);
	assert_int_equal(passed->deadline.ms, DEADLINE.ms);
	struct seen_ledger ledger = ledger_of("NC");
	assert_int_equal(ledger.entries, 1);
	assert_string_equal(ledger.action, "pass");
	assert_non_null(strstr(ledger.note, "ND xã mới"));
	assert_int_equal(pass_units(world).passed, 0); /* once */
}

static void test_a_preview_says_what_would_pass_and_passes_nothing(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_import_recipients_output out =
	    end_unit(world, wall_add(world->now, DAY_MS), "ND", true);
	assert_int_equal(count_of(&out.differences, '~', "pass"), 1);
	assert_int_equal(board_of("NC").state, OBLIGATION_OPEN);
	assert_false(board_of("ND").found);
}

static void test_an_overdue_report_passes_on_the_day_of_the_end(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct wall end = wall_add(DEADLINE, 20 * DAY_MS);
	end_unit(world, end, "ND", false);
	world->now = wall_add(end, -1);
	assert_int_equal(pass_units(world).passed, 0);
	assert_int_equal(due_of(world, "NC")->contact_count, 2);
	world->now = end;
	struct store_pass_units_output out = pass_units(world);
	assert_int_equal(out.passed, 1);
	assert_int_equal(out.ended, 1);
	assert_int_equal(board_of("ND").state, OBLIGATION_OPEN);
	out = pass_units(world);
	assert_int_equal(out.passed + out.waived + out.ended, 0);
	/* Who reported for the ended unit is nobody's reporter any more. */
	struct store_contact *contacts;
	size_t count;
	struct reader *reader = open_reader();
	assert_int_equal(
	    reader_contacts(reader, world->arena, "P1", "reporter", NULL, &contacts, &count, NULL),
	    RESULT_OK);
	reader_close(reader);
	assert_int_equal(count, 0);
}

static void test_what_was_claimed_stays_with_the_unit_that_claimed_it(void **state)
{
	struct world *world = *state;
	start_office(world);
	assert_int_equal(change(world, due_of(world, "NC")->id, LEDGER_CLAIM, "45/BC"), RESULT_OK);
	end_unit(world, wall_add(world->now, DAY_MS), "ND", false);
	later(world, 2 * DAY_MS);
	assert_int_equal(pass_units(world).passed, 0);
	assert_int_equal(board_of("NC").state, OBLIGATION_CLAIMED);
	assert_false(board_of("ND").found);
}

static void test_a_successor_that_owes_it_already_owes_it_once(void **state)
{
	struct world *world = *state;
	start_office(world);
	end_unit(world, wall_add(world->now, DAY_MS), "DT", false);
	assert_int_equal(board_of("NC").state, OBLIGATION_WAIVED);
	assert_int_equal(board_of("DT").state, OBLIGATION_OPEN);
}

static bool see_task(const struct task_row *row, void *arg)
{
	char *text = arg;
	if (strcmp(row->kind, "unit-ended") == 0)
		snprintf(text, 200, "%s", row->text);
	return true;
}

static void test_without_a_successor_it_is_waived_and_the_office_told(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_import_recipients_output out =
	    end_unit(world, wall_add(world->now, DAY_MS), NULL, false);
	assert_int_equal(count_of(&out.differences, '-', "pass"), 1);
	assert_int_equal(board_of("NC").state, OBLIGATION_WAIVED);
	assert_string_equal(ledger_of("NC").action, "waive");
	char text[200] = "";
	struct reader *reader = open_reader();
	assert_int_equal(reader_tasks(reader, false, see_task, text, NULL), RESULT_OK);
	reader_close(reader);
	assert_string_equal(text, "NC xã Ngọc Côn: 6T 2020");
}

static void test_successors_that_lead_in_a_circle_are_refused_and_change_nothing(void **state)
{
	struct world *world = *state;
	import_office(world);
	struct store_unit units[3];
	memcpy(units, office_units, sizeof units);
	units[1].valid_until = units[2].valid_until = wall_add(world->now, DAY_MS);
	units[1].successor = "DT";
	units[2].successor = "NC";
	struct store_import_recipients_input in = office_recipients(world);
	in.units = units;
	assert_int_equal(run(world, STORE_IMPORT_RECIPIENTS, &in, NULL), RESULT_INVALID);
	assert_non_null(strstr(world->failure.text, "lead back"));
	in = office_recipients(world);
	struct store_import_recipients_output out;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &in, &out);
	assert_int_equal(out.differences.count, 0);
}

#define STORE_UNITS_CASES                                                                          \
	CASE(test_an_ended_units_report_passes_to_its_successor),                                  \
	    CASE(test_a_preview_says_what_would_pass_and_passes_nothing),                          \
	    CASE(test_an_overdue_report_passes_on_the_day_of_the_end),                             \
	    CASE(test_what_was_claimed_stays_with_the_unit_that_claimed_it),                       \
	    CASE(test_a_successor_that_owes_it_already_owes_it_once),                              \
	    CASE(test_without_a_successor_it_is_waived_and_the_office_told),                       \
	    CASE(test_successors_that_lead_in_a_circle_are_refused_and_change_nothing)

#endif
