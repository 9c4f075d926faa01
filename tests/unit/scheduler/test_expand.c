/*
 * Owns: tests of scheduler/expand: which obligations the shipped plan makes for which units.
 * May use: scheduler/expand.h, document/plan_file.h, cmocka.
 * Must not know: the store.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"
#include "scheduler/expand.h"

static const struct store_unit units[] = {
    {.code = "PLDTBXH", .name = "Phòng LĐ-TB&XH", .kind = "office", .parent = ""},
    {.code = "TRA-LINH", .name = "Thị trấn Trà Lĩnh", .kind = "township", .parent = "PLDTBXH"},
    {.code = "NGOC-CON", .name = "Xã Ngọc Côn", .kind = "commune", .parent = "PLDTBXH"},
    {.code = "Y-TE", .name = "Phòng Y tế", .kind = "agency", .parent = "PLDTBXH"},
    {.code = "P1",
	.name = "Phường 1",
	.kind = "ward",
	.parent = "PLDTBXH"}, /* no report is for wards */
};

struct expanded {
	struct store_new_obligation *items;
	size_t count;
};

static struct expanded expand(struct fixture *fixture, struct wall from, bool past_too)
{
	struct expanded out;
	expand_plan(fixture->arena, fixture->plan, units, COUNT_OF(units), from,
	    past_too ? EXPAND_WITH_PAST : EXPAND_AHEAD, &out.items, &out.count);
	return out;
}

static const struct store_new_obligation *find(
    const struct expanded *expanded, const char *unit, const char *code)
{
	const struct store_new_obligation *found = NULL;
	for (size_t i = 0; i < expanded->count; i++)
		if (strcmp(expanded->items[i].unit_code, unit) == 0 &&
		    strcmp(expanded->items[i].report_code, code) == 0) {
			assert_null(found); /* never twice */
			found = &expanded->items[i];
		}
	return found;
}

static void test_every_unit_owes_what_its_kind_owes_and_the_office_its_summaries(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const char *const all[] = {"6T", "NAM", "TK10", "TK5", "THD", "TH6T", "THNAM"};
	struct expanded expanded = expand(&fixture, moment(5, 14, 8, 0), true);
	for (size_t u = 0; u < COUNT_OF(units); u++)
		for (size_t r = 0; r < COUNT_OF(all); r++) {
			bool summary = strncmp(all[r], "TH", 2) == 0 && strcmp(all[r], "THD") != 0;
			bool owes = summary ? u == 0 : u >= 1 && u <= 3;
			if ((find(&expanded, units[u].code, all[r]) != NULL) != owes)
				fail_msg("%s, %s", units[u].code, all[r]);
		}
	assert_int_equal(expanded.count, 3 * 5 + 2);
}

static void test_deadlines_are_those_of_the_founding_document(void **state)
{
	(void)state;
	FIXTURE(fixture);
	static const struct {
		const char *unit, *code;
		int named_month, named_day, month, day;
	} table[] = {
	    {"NGOC-CON", "6T", 6, 10, 6, 10}, {"NGOC-CON", "NAM", 12, 10, 12, 10},
	    {"Y-TE", "TK10", 10, 15, 10, 15}, {"TRA-LINH", "TK5", 10, 22, 10, 22},
	    {"PLDTBXH", "TH6T", 6, 20, 6, 21}, {"PLDTBXH", "THNAM", 12, 20, 12, 21}, /* by */
	};
	struct expanded expanded = expand(&fixture, moment(5, 14, 8, 0), true);
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		const struct store_new_obligation *one =
		    find(&expanded, table[i].unit, table[i].code);
		assert_non_null(one);
		assert_string_equal(one->kind, "report");
		assert_string_equal(one->period, "2020");
		assert_int_equal(one->named.number,
		    civil_day(2020, table[i].named_month, table[i].named_day).number);
		assert_int_equal(one->deadline.ms, moment(table[i].month, table[i].day, 0, 0).ms);
	}
	const struct store_new_obligation *event = find(&expanded, "NGOC-CON", "THD");
	assert_string_equal(event->kind, "event");
	assert_int_equal(event->deadline.ms, WALL_NEVER.ms);
	assert_int_equal(event->named.number, civil_day(2020, 11, 15).number);
}

static void test_what_has_passed_is_opened_at_import_alone(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct expanded rolled = expand(&fixture, moment(7, 1, 8, 0), false);
	assert_null(find(&rolled, "NGOC-CON", "6T"));
	assert_non_null(find(&rolled, "NGOC-CON", "NAM"));
	struct expanded imported = expand(&fixture, moment(7, 1, 8, 0), true);
	assert_non_null(find(&imported, "NGOC-CON", "6T"));
	struct expanded after = expand(&fixture, moment(12, 31, 8, 0), false);
	assert_int_equal(after.count, 0);
}

static void test_an_event_that_is_under_way_is_still_opened(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct expanded last_day = expand(&fixture, moment(12, 15, 23, 59), false);
	assert_non_null(find(&last_day, "NGOC-CON", "THD"));
	struct expanded over = expand(&fixture, moment(12, 16, 0, 0), false);
	assert_null(find(&over, "NGOC-CON", "THD"));
}

static void test_it_reaches_thirteen_months_ahead_and_no_further(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct plan_report *report = NULL;
	for (size_t i = 0; i < fixture.plan->report_count; i++)
		if (strcmp(fixture.plan->reports[i].code, "6T") == 0)
			report = &fixture.plan->reports[i];
	assert_non_null(report);
	report->first_year = 2020;
	report->last_year = 2030;
	size_t at[2] = {0};
	const struct wall from[2] = {moment(5, 9, 12, 0), moment(5, 12, 0, 0)};
	for (int i = 0; i < 2; i++) {
		struct expanded expanded = expand(&fixture, from[i], false);
		for (size_t j = 0; j < expanded.count; j++)
			at[i] += strcmp(expanded.items[j].report_code, "6T") == 0 &&
				 strcmp(expanded.items[j].unit_code, "NGOC-CON") == 0;
	}
	assert_int_equal(at[0], 1); /* 10 June 2021 lies behind 9 June 2021 */
	assert_int_equal(at[1], 2);
}

static const char repeating[] =
    "plan: L\nname: Lap\nowner: PLDTBXH\noffice: PLDTBXH\n"
    "calendar:\n  closures:\n"
    "    - {from: 2021-03-15, to: 2021-03-16, for: {units: [NGOC-CON]}, why: bao}\n"
    "texts:\n  nhac: \"{office}: {report} {deadline}\"\n  moi: \"{office}: {event} {start}\"\n"
    "ladders:\n  l:\n    - {step: a, when: -2d, to: reporter, text: nhac}\n"
    "  e:\n    - {step: m, when: -1d, to: reporter, text: moi}\n"
    "reports:\n  T: {name: thang, for: {kinds: [commune, township]}, "
    "by: \"FREQ=MONTHLY;BYMONTHDAY=15\", from: 2021-01-01, until: 2021-12-31, day_off: later, "
    "closing: +10d, ladder: l}\n"
    "events:\n  HOP: {name: hop, start: 2021-01-04, repeat: \"FREQ=WEEKLY;BYDAY=MO\", "
    "until: 2021-12-31, for: {units: [NGOC-CON]}, ladder: e}\n";

static const struct store_new_obligation *find_period(
    const struct expanded *expanded, const char *unit, const char *code, const char *period)
{
	for (size_t i = 0; i < expanded->count; i++)
		if (strcmp(expanded->items[i].unit_code, unit) == 0 &&
		    strcmp(expanded->items[i].report_code, code) == 0 &&
		    strcmp(expanded->items[i].period, period) == 0)
			return &expanded->items[i];
	return NULL;
}

static void test_day_by_day_nothing_is_left_out_that_comes_within_reach(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct complaints complaints = {.arena = fixture.arena};
	fixture.plan = plan_file_parse(fixture.arena, "lap.yaml", repeating, strlen(repeating),
	    "config/holidays", &complaints);
	assert_non_null(fixture.plan);
	struct wall start = civil_moment(civil_day(2019, 11, 1), 8 * 60, ZONE);
	struct expanded once = expand(&fixture, start, false);
	size_t opened = once.count;
	for (int day = 1; day <= 500; day++) {
		struct wall now = wall_add(start, day * DAY_MS);
		struct expanded whole = expand(&fixture, now, false), new;
		expand_plan(fixture.arena, fixture.plan, units, COUNT_OF(units), now,
		    EXPAND_NEW_DAYS, &new.items, &new.count);
		for (size_t i = 0; i < new.count; i++)
			if (find_period(&once, new.items[i].unit_code, new.items[i].report_code,
				new.items[i].period) == NULL)
				opened++;
		for (size_t i = 0; i < whole.count; i++)
			assert_true(
			    find_period(&once, whole.items[i].unit_code, whole.items[i].report_code,
				whole.items[i].period) != NULL ||
			    find_period(&new, whole.items[i].unit_code, whole.items[i].report_code,
				whole.items[i].period) != NULL);
		once = whole;
	}
	assert_int_equal(opened, 2 * 12 + 52);
}

static void test_rules_give_each_time_its_obligation_under_the_units_own_calendar(void **state)
{
	(void)state;
	FIXTURE(fixture);
	struct complaints complaints = {.arena = fixture.arena};
	fixture.plan = plan_file_parse(fixture.arena, "lap.yaml", repeating, strlen(repeating),
	    "config/holidays", &complaints);
	for (size_t i = 0; i < complaints.count && fixture.plan == NULL; i++)
		fail_msg("%d: %s", complaints.items[i].line, complaints.items[i].text);
	struct expanded expanded =
	    expand(&fixture, civil_moment(civil_day(2020, 12, 20), 0, ZONE), false);
	assert_int_equal(expanded.count, 2 * 12 + 52); /* Mondays of 2021 from the 4th on */
	const struct store_new_obligation *open =
	    find_period(&expanded, "TRA-LINH", "T", "2021-03");
	const struct store_new_obligation *closed =
	    find_period(&expanded, "NGOC-CON", "T", "2021-03");
	assert_non_null(open);
	assert_non_null(closed);
	assert_int_equal(open->named.number, civil_day(2021, 3, 15).number);
	assert_int_equal(closed->named.number, civil_day(2021, 3, 17).number);
	assert_int_equal(open->closing.ms, civil_moment(civil_day(2021, 3, 26), 0, ZONE).ms);
	assert_non_null(find_period(&expanded, "NGOC-CON", "HOP", "2021-06-14"));
	assert_null(find_period(&expanded, "NGOC-CON", "HOP", "2021-06-15"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_unit_owes_what_its_kind_owes_and_the_office_its_summaries),
	    cmocka_unit_test(test_deadlines_are_those_of_the_founding_document),
	    cmocka_unit_test(test_what_has_passed_is_opened_at_import_alone),
	    cmocka_unit_test(test_an_event_that_is_under_way_is_still_opened),
	    cmocka_unit_test(test_it_reaches_thirteen_months_ahead_and_no_further),
	    cmocka_unit_test(test_day_by_day_nothing_is_left_out_that_comes_within_reach),
	    cmocka_unit_test(test_rules_give_each_time_its_obligation_under_the_units_own_calendar),
	};
	return cmocka_run_group_tests_name("scheduler/expand", tests, NULL, NULL);
}
