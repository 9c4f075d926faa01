/*
 * Owns: properties of plan/ladder that hold for every ladder, calendar, deadline and outage.
 * May use: plan/, cmocka.
 * Must not know: the rules case by case (test_ladder.c).
 *
 * Drawn from a seeded generator; the seed of a failing case is printed.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "fixture.h"
#include "plan/ladder.h"

#define CASES 3000

static uint64_t random_state;

static int draw(int from, int to) /* both included */
{
	random_state ^= random_state << 13; /* xorshift64 */
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return from + (int)(random_state % (uint64_t)(to - from + 1));
}

struct drawn {
	struct plan_calendar calendar;
	struct day off[60];
	struct plan_step steps[PLAN_STEPS_MAX];
	struct plan_ladder ladder;
	struct plan_subject subject;
	uint64_t done[PLAN_STEPS_MAX];
};

static void draw_calendar(struct drawn *drawn)
{
	drawn->calendar = fixture_calendar();
	int number = civil_day(2020, 4, 1).number;
	size_t count = (size_t)draw(0, 60);
	for (size_t i = 0; i < count; i++) {
		number += draw(1, 4);
		drawn->off[i] = (struct day){number};
	}
	drawn->calendar.days_off = drawn->off;
	drawn->calendar.days_off_count = count;
	drawn->calendar.quiet_from = draw(0, 1439);
	drawn->calendar.quiet_to = draw(0, 1439);
	drawn->calendar.window_count = (size_t)draw(draw(0, 9) ? 1 : 0, 2);
	drawn->calendar.end_of_work = draw(900, 1100);
}

static void draw_case(struct drawn *drawn, bool repeats)
{
	draw_calendar(drawn);
	drawn->ladder =
	    (struct plan_ladder){.steps = drawn->steps, .step_count = (size_t)draw(0, 12)};
	for (size_t i = 0; i < drawn->ladder.step_count; i++)
		drawn->steps[i] = (struct plan_step){
		    .offset = draw(-20, 10),
		    .offset_unit = (enum plan_offset_unit)draw(0, 2),
		    .at = draw(0, 1439),
		    .to = (enum plan_post)draw(0, 2),
		    .last_call = draw(0, 5) == 0,
		    .times = repeats && draw(0, 3) == 0 ? draw(2, 5) : 0,
		    .every = draw(1, 6),
		    .every_unit = draw(0, 1) ? OFFSET_DAYS : OFFSET_WORKING_DAYS,
		};
	struct day named = civil_day(2020, 6, draw(1, 28));
	drawn->subject = (struct plan_subject){
	    .named = named,
	    .deadline =
		draw(0, 3) == 0 ? WALL_NEVER : civil_moment(day_add(named, draw(0, 1)), 0, ZONE),
	    .started = civil_moment(day_add(named, draw(-60, 5)), draw(0, 1439), ZONE),
	    .done = drawn->done,
	};
	for (size_t i = 0; i < PLAN_STEPS_MAX; i++)
		drawn->done[i] = 0;
}

/* One look: what must hold of any verdict. Returns the number of steps it settled. */
static size_t check_verdict(
    struct drawn *drawn, const struct plan_verdict *verdict, struct wall now)
{
	bool sent[POST_COUNT] = {false};
	struct wall from, until = now;
	calendar_window_of(&drawn->calendar, now, &from, &until);
	for (size_t i = 0; i < verdict->count; i++) {
		const struct plan_decision *decision = &verdict->decisions[i];
		assert_true(decision->step < drawn->ladder.step_count);
		uint64_t bit = UINT64_C(1) << decision->occurrence;
		assert_int_equal(drawn->done[decision->step] & bit, 0); /* exactly once */
		drawn->done[decision->step] |= bit;
		if (decision->action == PLAN_SKIP) {
			assert_non_null(decision->reason);
			continue;
		}
		enum plan_post post = drawn->steps[decision->step].to;
		if (!wall_before(now, decision->moment)) {
			assert_false(sent[post]); /* nobody hears twice at once */
			sent[post] = true;
		}
		assert_true(calendar_is_allowed(&drawn->calendar, now));
		assert_true(calendar_is_allowed(&drawn->calendar, decision->moment));
		assert_true(wall_before(decision->moment, until));
		assert_false(wall_before(decision->moment, drawn->subject.started));
		if (wall_before(decision->nominal, drawn->subject.deadline))
			assert_true(wall_before(now, drawn->subject.deadline));
	}
	assert_true(wall_before(now, verdict->wake));
	return verdict->count;
}

static void run_case(struct drawn *drawn, bool outages)
{
	struct wall now = drawn->subject.started;
	struct plan_verdict preview;
	ladder_preview(&drawn->ladder, &drawn->subject, &drawn->calendar, &preview);
	assert_int_equal(preview.count, drawn->ladder.step_count);
	size_t settled = 0, expected = 0;
	for (size_t i = 0; i < drawn->ladder.step_count; i++)
		expected += drawn->steps[i].times > 0 ? (size_t)drawn->steps[i].times : 1;
	for (int looks = 0; looks < 200; looks++) {
		struct plan_verdict verdict;
		ladder_decide(&drawn->ladder, &drawn->subject, &drawn->calendar, now, &verdict);
		if (!outages) /* without outages the year goes as it was shown beforehand */
			for (size_t i = 0; i < verdict.count; i++) {
				const struct plan_decision *decision = &verdict.decisions[i];
				assert_int_equal(
				    decision->action, preview.decisions[decision->step].action);
				if (decision->action == PLAN_SEND)
					assert_int_equal(decision->moment.ms,
					    preview.decisions[decision->step].moment.ms);
			}
		settled += check_verdict(drawn, &verdict, now);
		if (verdict.wake.ms == WALL_NEVER.ms)
			break;
		now = verdict.wake;
		if (outages && draw(0, 1))
			now.ms += draw(0, 10 * 24 * 3600) * SECOND_MS;
	}
	assert_int_equal(settled, expected);
}

static void run_cases(uint64_t seed, bool outages)
{
	for (uint64_t i = 0; i < CASES; i++) {
		struct drawn drawn;
		random_state = (seed + i) * 0x9E3779B97F4A7C15u;
		draw_case(&drawn, outages); /* the preview shows first times only */
		run_case(&drawn, outages);
	}
}

static void test_every_step_ends_once_and_is_sent_only_when_allowed(void **state)
{
	(void)state;
	run_cases(20200610, true);
}

static void test_without_outages_the_preview_comes_true(void **state)
{
	(void)state;
	run_cases(20201210, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_every_step_ends_once_and_is_sent_only_when_allowed),
	    cmocka_unit_test(test_without_outages_the_preview_comes_true),
	};
	return cmocka_run_group_tests_name("plan/ladder properties", tests, NULL, NULL);
}
