/*
 * Owns: conformance cases of suspended numbers, registrations, and answers to the same words.
 * May use: tests/conformance/store_world.h.
 * Must not know: which implementation it is.
 */
#ifndef TESTS_STORE_PEOPLE_CASES_H
#define TESTS_STORE_PEOPLE_CASES_H

#include "store_world.h"

#define STRANGER "+84900000077"

/* The same words at the same moment would be the same text. */
static struct store_inbound_context_output context_of(
    struct world *world, const char *sender, const char *text)
{
	later(world, SECOND_MS);
	return context(world, receive(world, sender, text));
}

static struct store_settle_inbound_input settled(
    struct world *world, const char *sender, const char *text)
{
	later(world, SECOND_MS);
	return (struct store_settle_inbound_input){.now = world->now,
	    .inbound_id = receive(world, sender, text),
	    .intent = "unknown",
	    .settled_as = "acted"};
}

/* ── suspended numbers ───────────────────────────────────────────────────────────────────────── */

struct suspended_seen {
	int count;
	char why[32], person[32];
};

static bool see_suspended(const struct suspended_row *row, void *arg)
{
	struct suspended_seen *seen = arg;
	seen->count++;
	snprintf(seen->why, sizeof seen->why, "%s", row->why);
	snprintf(seen->person, sizeof seen->person, "%s",
	    row->person_code != NULL ? row->person_code : "");
	return true;
}

static struct suspended_seen suspended_numbers(void)
{
	struct suspended_seen seen = {0};
	struct reader *reader = open_reader();
	assert_int_equal(reader_suspended(reader, see_suspended, &seen, NULL), RESULT_OK);
	reader_close(reader);
	return seen;
}

static void test_a_number_said_to_be_wrong_stays_suspended_until_resumed(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_settle_inbound_input in = settled(world, NC_PHONE, "nham so");
	const struct store_new_task task = {
	    .key = "misdirected:" NC_PHONE, .kind = "wrong-number", .text = "x"};
	in.misdirected = "wrong-number";
	in.task = &task;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	assert_true(due_of(world, "NC")->contacts[0].suspended);
	later(world, HOUR_MS);
	int64_t id = receive(world, NC_PHONE, "nham so ma"); /* lifts nothing */
	assert_true(due_of(world, "NC")->contacts[0].suspended);
	assert_string_equal(context(world, id).misdirected, "wrong-number");
	struct suspended_seen seen = suspended_numbers();
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.why, "wrong-number");
	assert_string_equal(seen.person, "P1");
	const struct store_resume_number_input resume = {
	    .now = world->now, .actor = "officer", .address = NC_PHONE};
	run_ok(world, STORE_RESUME_NUMBER, &resume, NULL);
	assert_false(due_of(world, "NC")->contacts[0].suspended);
	assert_null(context(world, id).misdirected);
	assert_int_equal(suspended_numbers().count, 0);
	assert_int_equal(run(world, STORE_RESUME_NUMBER, &resume, NULL), RESULT_NOT_FOUND);
}

static void test_a_new_number_of_the_person_is_not_suspended(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_settle_inbound_input in = settled(world, NC_PHONE, "nham so");
	in.misdirected = "transferred";
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	struct store_person people[COUNT_OF(office_people)];
	memcpy(people, office_people, sizeof people);
	people[0].phone = STRANGER;
	struct store_import_recipients_input recipients = office_recipients(world);
	recipients.people = people;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	assert_false(due_of(world, "NC")->contacts[0].suspended);
}

static void test_a_suspended_number_that_passes_to_somebody_else_works_again(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_settle_inbound_input in = settled(world, NC_PHONE, "chuyen cong tac");
	in.misdirected = "transferred";
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	struct store_import_recipients_input recipients = office_recipients(world);
	run_ok(world, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	assert_true(due_of(world, "NC")->contacts[0].suspended); /* nothing new was said */
	struct store_person people[COUNT_OF(office_people)];
	struct store_post posts[COUNT_OF(office_posts)];
	memcpy(people, office_people, sizeof people);
	memcpy(posts, office_posts, sizeof posts);
	people[0].code = posts[0].person_code = "P5";
	recipients.people = people;
	recipients.posts = posts;
	recipients.retire = true;
	run_ok(world, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	assert_false(due_of(world, "NC")->contacts[0].suspended);
}

/* ── registrations ───────────────────────────────────────────────────────────────────────────── */

static struct store_new_registration registration_of(const char *unit, int number)
{
	return (struct store_new_registration){.unit_code = unit,
	    .owner_code = "TK",
	    .address = STRANGER,
	    .channel = "modem1",
	    .number = number,
	    .lapse_at = WALL_NEVER};
}

static void ask_to_register(struct world *world, const char *unit, int number)
{
	struct store_settle_inbound_input in = settled(world, STRANGER, "DK NC");
	const struct store_new_registration registration = registration_of(unit, number);
	const struct store_new_task task = {
	    .key = "registration:" STRANGER, .kind = "registration", .text = "x"};
	in.registration = &registration;
	in.task = &task;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
}

static void test_a_stranger_is_told_of_the_units_they_name(void **state)
{
	struct world *world = *state;
	start_office(world);
	int64_t id = receive(world, STRANGER, "đk  Nc");
	struct store_inbound_context_output out = context(world, id);
	assert_int_equal(out.named_unit_count, 1);
	assert_string_equal(out.named_units[0].code, "NC");
	assert_string_equal(out.named_units[0].owner_code, "TK");
	assert_int_equal(out.named_units[0].contact_count, 2); /* the reporter, the coordinator */
	assert_int_equal(out.named_units[0].free_number, 1);
	assert_int_equal(out.registering.id, 0);
	id = receive(world, STRANGER, "alo");
	assert_int_equal(context(world, id).named_unit_count, 0);
	assert_int_equal(context_of(world, NC_PHONE, "DK DT").named_unit_count, 0);
}

static void test_a_registration_waits_for_those_of_the_unit_and_its_owner(void **state)
{
	struct world *world = *state;
	start_office(world);
	ask_to_register(world, "NC", 1);
	struct store_inbound_context_output out = context_of(world, NC_PHONE, "a");
	assert_int_equal(out.registration_count, 1);
	assert_int_equal(out.registrations[0].number, 1);
	assert_string_equal(out.registrations[0].address, STRANGER);
	assert_string_equal(out.registrations[0].unit_code, "NC");
	assert_int_equal(out.free_request_number, 2); /* one row of numbers for both */
	out = context_of(world, "+84900000009", "a");
	assert_int_equal(out.registration_count, 1);
	out = context_of(world, DT_PHONE, "a");
	assert_int_equal(out.registration_count, 0);
	out = context_of(world, STRANGER, "DK NC");
	assert_int_equal(out.registering.number, 1);
	assert_int_equal(out.registrations_before, 1);
	assert_int_equal(out.named_units[0].free_number, 2);
	assert_int_equal(out.named_units[0].waiting, 1);
}

static void test_a_number_has_one_registration_and_a_short_number_one_meaning(void **state)
{
	struct world *world = *state;
	start_office(world);
	ask_to_register(world, "NC", 1);
	struct store_settle_inbound_input in = settled(world, STRANGER, "DK DT");
	struct store_new_registration registration = registration_of("DT", 2);
	in.registration = &registration;
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	registration = registration_of("DT", 1);
	registration.address = "+84900000078";
	assert_int_equal(run(world, STORE_SETTLE_INBOUND, &in, NULL), RESULT_CONFLICT);
	registration.number = 2;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
}

static void test_an_approved_number_becomes_a_person_of_the_unit(void **state)
{
	struct world *world = *state;
	start_office(world);
	ask_to_register(world, "NC", 1);
	int64_t id = receive(world, NC_PHONE, "DUYET 1");
	const struct store_registration_decision decided = {
	    .registration_id = context(world, id).registrations[0].id,
	    .granted = true,
	    .post = "reporter",
	    .actor = NC_PHONE};
	const struct store_settle_inbound_input in = {.now = world->now,
	    .inbound_id = id,
	    .intent = "approve",
	    .settled_as = "acted",
	    .decided = &decided,
	    .decided_count = 1};
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	const struct store_due_obligation *due = due_of(world, "NC");
	bool found = false;
	for (size_t i = 0; i < due->contact_count; i++)
		found |= strcmp(due->contacts[i].phone, STRANGER) == 0 &&
			 strcmp(due->contacts[i].post, "reporter") == 0;
	assert_true(found);
	struct store_inbound_context_output out = context_of(world, STRANGER, "TT");
	assert_int_equal(out.person_count, 1);
	assert_string_equal(out.people[0].person_code, "DK84900000077");
	assert_int_equal(out.obligation_count, 1);
	const struct store_decide_registration_input again = {
	    .now = world->now, .decision = decided};
	assert_int_equal(run(world, STORE_DECIDE_REGISTRATION, &again, NULL), RESULT_CONFLICT);
}

static void test_a_refused_registration_leaves_everything_as_it_was(void **state)
{
	struct world *world = *state;
	start_office(world);
	ask_to_register(world, "NC", 1);
	struct store_known_registration *waiting;
	size_t count;
	struct reader *reader = open_reader();
	assert_int_equal(
	    reader_registrations(reader, world->arena, world->now, &waiting, &count, NULL),
	    RESULT_OK);
	reader_close(reader);
	assert_int_equal(count, 1);
	struct store_new_message message =
	    new_message("admission", PURPOSE_AD_HOC, STRANGER, one_part, 1);
	const struct store_decide_registration_input in = {.now = world->now,
	    .decision = {.registration_id = waiting[0].id, .granted = false, .actor = "officer"},
	    .messages = &message,
	    .message_count = 1};
	run_ok(world, STORE_DECIDE_REGISTRATION, &in, NULL);
	assert_message("admission", "queued", "");
	struct store_inbound_context_output out = context_of(world, STRANGER, "DK NC");
	assert_int_equal(out.person_count, 0);
	assert_int_equal(out.registering.id, 0);
	assert_int_equal(out.registrations_before, 1);
}

static void test_a_registration_that_nobody_decides_on_ends(void **state)
{
	struct world *world = *state;
	start_office(world);
	struct store_settle_inbound_input in = settled(world, STRANGER, "DK NC");
	struct store_new_registration registration = registration_of("NC", 1);
	registration.lapse_at = wall_add(world->now, DAY_MS);
	in.registration = &registration;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	later(world, DAY_MS);
	assert_int_equal(context_of(world, STRANGER, "DK NC").registering.id, 0);
	sweep(world);
	ask_to_register(world, "DT", 1);
}

/* ── machines ────────────────────────────────────────────────────────────────────────────────── */

static void test_equal_answers_to_the_same_words_are_counted(void **state)
{
	struct world *world = *state;
	start_office(world);
	static const char *const answers[] = {"Con thieu 2", "Con thieu 1", "Con thieu 1"};
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct store_settle_inbound_input in = settled(world, NC_PHONE, "TT");
		char key[20];
		snprintf(key, sizeof key, "answer:%zu", i);
		struct store_new_message answer =
		    new_message(key, PURPOSE_ANSWER, NC_PHONE, &answers[i], 1);
		in.answer = &answer;
		run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
		later(world, MINUTE_MS);
	}
	struct store_inbound_context_output out = context_of(world, NC_PHONE, "TT");
	assert_int_equal(out.same_answers, 2);
	assert_string_equal(out.same_answer, "Con thieu 1");
	assert_int_equal(out.answers_last_hour, 3);
	assert_int_equal(out.answers_last_day, 3);
	assert_true(out.answered_before);
	assert_int_equal(context_of(world, NC_PHONE, "TG").same_answers, 0);
	later(world, 2 * DAY_MS);
	out = context_of(world, NC_PHONE, "TT");
	assert_int_equal(out.same_answers, 0);
	assert_int_equal(out.answers_last_day, 0);
	assert_true(out.answered_before);
}

static void test_who_wants_silence_is_checked_with_the_reports_of_a_message(void **state)
{
	struct world *world = *state;
	start_office(world);
	remind(world, "NC", "r1");
	struct store_settle_inbound_input in = settled(world, NC_PHONE, "DUNG TIN");
	in.opt = 1;
	in.opt_address = NC_PHONE;
	run_ok(world, STORE_SETTLE_INBOUND, &in, NULL);
	claim(world);
	assert_true(world->facts.opted_out);
	assert_string_equal(world->facts.report_codes, "6T");
}

#define STORE_PEOPLE_CASES                                                                         \
	CASE(test_a_number_said_to_be_wrong_stays_suspended_until_resumed),                        \
	    CASE(test_a_new_number_of_the_person_is_not_suspended),                                \
	    CASE(test_a_suspended_number_that_passes_to_somebody_else_works_again),                \
	    CASE(test_a_stranger_is_told_of_the_units_they_name),                                  \
	    CASE(test_a_registration_waits_for_those_of_the_unit_and_its_owner),                   \
	    CASE(test_a_number_has_one_registration_and_a_short_number_one_meaning),               \
	    CASE(test_an_approved_number_becomes_a_person_of_the_unit),                            \
	    CASE(test_a_refused_registration_leaves_everything_as_it_was),                         \
	    CASE(test_a_registration_that_nobody_decides_on_ends),                                 \
	    CASE(test_equal_answers_to_the_same_words_are_counted),                                \
	    CASE(test_who_wants_silence_is_checked_with_the_reports_of_a_message)

#endif
