/*
 * Owns: tests of ledger/: which change is legal from which state, and what it carries.
 * May use: ledger/, cmocka.
 * Must not know: the store, who calls.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/memory.h"
#include "ledger/ledger.h"

#include <string.h>

static const struct ledger_source source = {
    .inbound_id = 5, .person_id = 6, .actor = "+84912345678", .note = "BC 6T 45/BC-UBND"};

static struct store_known_obligation in_state(enum obligation_state state, const char *number)
{
	return (struct store_known_obligation){.id = 11,
	    .revision = 3,
	    .report_code = "6T",
	    .unit_name = "Xã Ngọc Côn",
	    .state = state,
	    .document_number = number,
	    .promised_day = {18421},
	    .request_id = 9,
	    .attendance = ATTENDANCE_COMING};
}

#define YES 1
#define NO 0
static const struct {
	enum ledger_action action;
	int from[4]; /* open, claimed, received, waived */
} table[] = {
    {LEDGER_CLAIM, {YES, YES, NO, NO}}, /* of something claimed: a correction */
    {LEDGER_CORRECT, {NO, YES, NO, NO}},
    {LEDGER_UNDO, {NO, YES, NO, NO}},
    {LEDGER_RECEIVE, {YES, YES, NO, NO}},
    {LEDGER_REOPEN, {NO, YES, YES, YES}},
    {LEDGER_WAIVE, {YES, YES, NO, NO}},
    {LEDGER_PROMISE, {YES, NO, NO, NO}},
    {LEDGER_UNPROMISE, {YES, NO, NO, NO}},
    {LEDGER_REQUEST, {YES, NO, NO, NO}},
    {LEDGER_WITHDRAW, {YES, NO, NO, NO}},
    {LEDGER_EXTEND, {YES, NO, NO, NO}},
    {LEDGER_REFUSE, {YES, YES, NO, NO}},
    {LEDGER_ATTEND, {YES, NO, NO, NO}},
    {LEDGER_ABSENT, {YES, NO, NO, NO}},
    {LEDGER_UNANSWER, {YES, NO, NO, NO}},
    {LEDGER_PASS, {YES, NO, NO, NO}},
};

static void test_each_action_is_legal_from_its_states_alone(void **state)
{
	(void)state;
	assert_int_equal(COUNT_OF(table), LEDGER_ACTION_COUNT);
	for (size_t i = 0; i < COUNT_OF(table); i++)
		for (int from = OBLIGATION_OPEN; from <= OBLIGATION_WAIVED; from++) {
			struct store_known_obligation obligation =
			    in_state((enum obligation_state)from, "44/BC-UBND");
			struct store_change change;
			struct failure failure = {0};
			bool already;
			enum result result = ledger_change(table[i].action, &obligation,
			    "45/BC-UBND", &source, &change, &already, &failure);
			if (result != (table[i].from[from] ? RESULT_OK : RESULT_CONFLICT))
				fail_msg("%s from %s: %d", ledger_action_name(table[i].action),
				    obligation_state_name((enum obligation_state)from), result);
			assert_false(already);
			if (result != RESULT_OK) {
				assert_non_null(strstr(failure.text, "6T"));
				assert_non_null(strstr(failure.text, "Xã Ngọc Côn"));
			}
		}
}

static void test_a_change_carries_who_what_and_the_revision_read(void **state)
{
	(void)state;
	struct store_known_obligation obligation = in_state(OBLIGATION_OPEN, NULL);
	struct store_change change;
	struct failure failure;
	bool already;
	assert_int_equal(ledger_change(LEDGER_CLAIM, &obligation, "45/BC-UBND", &source, &change,
			     &already, &failure),
	    RESULT_OK);
	assert_int_equal(change.obligation_id, 11);
	assert_int_equal(change.revision, 3);
	assert_int_equal(change.action, LEDGER_CLAIM);
	assert_string_equal(change.document_number, "45/BC-UBND");
	assert_int_equal(change.inbound_id, 5);
	assert_int_equal(change.person_id, 6);
	assert_string_equal(change.actor, "+84912345678");
	assert_string_equal(change.note, "BC 6T 45/BC-UBND");
}

static void test_a_second_claim_corrects_the_number_or_does_nothing(void **state)
{
	(void)state;
	static const struct {
		const char *before, *said, *after; /* after NULL: nothing to do */
	} cases[] = {
	    {"44/BC-UBND", "45/BC-UBND", "45/BC-UBND"},
	    {NULL, "45/BC-UBND", "45/BC-UBND"},
	    {"45/BC-UBND", "45/BC-UBND", NULL},
	    {"45/BC-UBND", NULL, NULL},
	    {NULL, NULL, NULL},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct store_known_obligation obligation =
		    in_state(OBLIGATION_CLAIMED, cases[i].before);
		struct store_change change;
		struct failure failure;
		bool already;
		enum result result = ledger_change(
		    LEDGER_CLAIM, &obligation, cases[i].said, &source, &change, &already, &failure);
		assert_int_equal(already, cases[i].after == NULL);
		assert_int_equal(result, cases[i].after == NULL ? RESULT_CONFLICT : RESULT_OK);
		if (cases[i].after == NULL)
			continue;
		assert_int_equal(change.action, LEDGER_CORRECT);
		assert_string_equal(change.document_number, cases[i].after);
	}
}

static void test_a_change_without_a_number_keeps_the_one_there_is(void **state)
{
	(void)state;
	struct store_known_obligation obligation = in_state(OBLIGATION_CLAIMED, "45/BC-UBND");
	struct store_change change;
	bool already;
	assert_int_equal(
	    ledger_change(LEDGER_RECEIVE, &obligation, NULL, &source, &change, &already, NULL),
	    RESULT_OK);
	assert_string_equal(change.document_number, "45/BC-UBND");
}

static void test_a_refusal_says_what_to_do(void **state)
{
	(void)state;
	static const struct {
		enum ledger_action action;
		enum obligation_state from;
		const char *words;
	} cases[] = {
	    {LEDGER_CLAIM, OBLIGATION_RECEIVED, "reopen it first"},
	    {LEDGER_RECEIVE, OBLIGATION_WAIVED, "reopen it first"},
	    {LEDGER_UNDO, OBLIGATION_OPEN, "nothing is recorded yet"},
	    {LEDGER_REOPEN, OBLIGATION_OPEN, "nothing is recorded yet"},
	    {LEDGER_UNDO, OBLIGATION_RECEIVED, "reopen it first"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct store_known_obligation obligation = in_state(cases[i].from, NULL);
		struct store_change change;
		struct failure failure = {0};
		bool already;
		assert_int_equal(ledger_change(cases[i].action, &obligation, NULL, &source, &change,
				     &already, &failure),
		    RESULT_CONFLICT);
		assert_non_null(strstr(failure.text, cases[i].words));
	}
}

static void test_what_was_not_said_cannot_be_taken_back(void **state)
{
	(void)state;
	static const enum ledger_action actions[] = {
	    LEDGER_UNPROMISE, LEDGER_WITHDRAW, LEDGER_REFUSE, LEDGER_UNANSWER};
	for (size_t i = 0; i < COUNT_OF(actions); i++) {
		struct store_known_obligation obligation = in_state(OBLIGATION_OPEN, NULL);
		struct store_change change;
		struct failure failure;
		bool already;
		obligation.promised_day = (struct day){0};
		obligation.request_id = 0;
		obligation.attendance = ATTENDANCE_NONE;
		assert_int_equal(ledger_change(actions[i], &obligation, NULL, &source, &change,
				     &already, &failure),
		    RESULT_CONFLICT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_action_is_legal_from_its_states_alone),
	    cmocka_unit_test(test_a_change_carries_who_what_and_the_revision_read),
	    cmocka_unit_test(test_a_second_claim_corrects_the_number_or_does_nothing),
	    cmocka_unit_test(test_a_change_without_a_number_keeps_the_one_there_is),
	    cmocka_unit_test(test_a_refusal_says_what_to_do),
	    cmocka_unit_test(test_what_was_not_said_cannot_be_taken_back),
	};
	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
