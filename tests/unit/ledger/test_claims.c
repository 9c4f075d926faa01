/*
 * Owns: tests of ledger/claims: what a claim changes, which numbers are doubted.
 * May use: ledger/, cmocka.
 * Must not know: the store, who asks.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "ledger/claims.h"

static const struct ledger_source source = {.inbound_id = 5, .person_id = 7, .actor = "+849"};

static struct store_known_obligation claimed(void)
{
	return (struct store_known_obligation){
	    .id = 1,
	    .revision = 3,
	    .report_code = "6T",
	    .unit_name = "Xã Ngọc Côn",
	    .state = OBLIGATION_CLAIMED,
	    .document_number = "45/BC-UBND",
	    .sent_on = {18410},
	    .figures = "lop=3",
	};
}

static void test_anything_new_corrects_and_nothing_new_changes_nothing(void **state)
{
	(void)state;
	static const struct {
		struct ledger_said said;
		bool corrects;
	} cases[] = {
	    {{0}, false},
	    {{.document_number = "45/BC-UBND", .sent_on = {18410}, .figures = "lop=3"}, false},
	    {{.document_number = "46/BC-UBND"}, true},
	    {{.sent_on = {18411}}, true},
	    {{.figures = "lop=4"}, true},
	    {{.nothing_to_report = true}, true},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct store_known_obligation obligation = claimed();
		struct store_change change;
		struct failure failure;
		bool already;
		enum result result =
		    ledger_claim(&obligation, &cases[i].said, &source, &change, &already, &failure);
		assert_int_equal(result, cases[i].corrects ? RESULT_OK : RESULT_CONFLICT);
		assert_int_equal(already, !cases[i].corrects);
		if (!cases[i].corrects)
			continue;
		assert_int_equal(change.action, LEDGER_CORRECT);
		assert_int_equal(change.inbound_id, 5);
		assert_string_equal(change.document_number,
		    cases[i].said.document_number ? cases[i].said.document_number : "45/BC-UBND");
	}
}

static void test_a_claim_carries_all_that_is_said(void **state)
{
	(void)state;
	struct store_known_obligation obligation = claimed();
	obligation.state = OBLIGATION_OPEN;
	const struct ledger_said said = {"1/BC", {18400}, "lop=1", true};
	struct store_change change;
	struct failure failure;
	bool already;
	assert_int_equal(
	    ledger_claim(&obligation, &said, &source, &change, &already, &failure), RESULT_OK);
	assert_int_equal(change.action, LEDGER_CLAIM);
	assert_int_equal(change.sent_on.number, 18400);
	assert_string_equal(change.figures, "lop=1");
	assert_false(change.nothing_to_report); /* there are figures */

	obligation.state = OBLIGATION_RECEIVED;
	assert_int_equal(ledger_claim(&obligation, &said, &source, &change, &already, &failure),
	    RESULT_CONFLICT);
	assert_false(already);
}

static void test_figures_said_anew_take_the_place_of_the_old(void **state)
{
	(void)state;
	static const struct {
		const char *recorded, *said, *merged;
	} cases[] = {
	    {NULL, "lop=3", "lop=3"},
	    {"lop=3", NULL, "lop=3"},
	    {"lop=3 nguoi=120", "lop=4", "nguoi=120 lop=4"},
	    {"lop=3", "nguoi=5", "lop=3 nguoi=5"},
	    {"lop=3 lopb=7", "lop=4", "lopb=7 lop=4"},
	    {"lop=3", "lop=4 nguoi=2", "lop=4 nguoi=2"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct arena *arena = arena_new();
		assert_string_equal(
		    ledger_merge_figures(arena, cases[i].recorded, cases[i].said), cases[i].merged);
		arena_free(arena);
	}
	assert_null(ledger_merge_figures(NULL, NULL, NULL));
}

static void test_symbols_are_doubted_only_where_they_cannot_be_the_units(void **state)
{
	(void)state;
	static const struct {
		const char *number, *kind;
		bool doubted;
	} cases[] = {
	    {"45/BC-UBND", "commune", false},
	    {"45/BC-HĐND", "township", false},
	    {"45/BC-PVHTT", "commune", true},
	    {"45/BC-PLĐTBXH", "ward", true},
	    {"45/BC-SLĐTBXH", "commune", true},
	    {"45/BC-UBND-VX", "commune", false},
	    {"45/UBND", "agency", false},
	    {"45/BC-UBND", "agency", true},
	    {"45/BC-UBND-VP", "agency", true},
	    {"45/BC-PVHTT", "agency", false},
	    {"45/BC-TTYT", "agency", false},
	    {"45/BC-PLĐTBXH", "office", false},
	    {"45", "commune", false},
	    {"45/BC-", "commune", false},
	    {"/-", "agency", false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct store_number_facts facts = {.unit_kind = cases[i].kind};
		if ((ledger_doubt_number(cases[i].number, &facts) == LEDGER_DOUBT_SYMBOL) !=
		    cases[i].doubted)
			fail_msg("%s of a %s", cases[i].number, cases[i].kind);
	}
	assert_int_equal(ledger_doubt_number(NULL, &(struct store_number_facts){.other_unit = "x"}),
	    LEDGER_DOUBT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_anything_new_corrects_and_nothing_new_changes_nothing),
	    cmocka_unit_test(test_a_claim_carries_all_that_is_said),
	    cmocka_unit_test(test_figures_said_anew_take_the_place_of_the_old),
	    cmocka_unit_test(test_symbols_are_doubted_only_where_they_cannot_be_the_units),
	};
	return cmocka_run_group_tests_name("ledger/claims", tests, NULL, NULL);
}
