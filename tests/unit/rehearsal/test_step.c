/*
 * Owns: tests of rehearsal/step: from the state of everybody to the next move of time.
 * May use: rehearsal/step.h, cmocka.
 * Must not know: sockets, modems.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "rehearsal/step.h"

#include <stdio.h>

#define NONE INT64_MAX
#define NOW 1000

struct row {
	const char *what;
	bool driver, busy, waiting, no_answer;
	int64_t client_next, latency_next,
	    event_next; /* wait_until is client_next, as the caller's */
	int64_t expected;
};

static const struct row rows[] = {
    {"nobody drives", false, false, false, false, 5000, 3000, 3000, NONE},
    {"all idle: the earliest timer", true, false, false, false, 5000, NONE, NONE, 5000},
    {"all idle: the earliest event", true, false, false, false, 5000, NONE, 2000, 2000},
    {"all idle: a latency event is an event", true, false, false, false, 5000, 4000, 4000, 4000},
    {"all idle: nothing will happen", true, false, false, false, NONE, NONE, NONE, NONE},
    {"somebody is busy", true, true, false, false, 5000, 3000, 3000, NONE},
    {"busy wins over silence", true, true, true, true, 5000, 3000, 3000, NONE},
    {"in flight: to the latency event", true, false, true, false, 90000, 4000, 4000, 4000},
    {"in flight: never to the deadline", true, false, true, false, 90000, NONE, NONE, NONE},
    {"in flight: never to an appointment", true, false, true, false, 90000, NONE, 2000, NONE},
    {"no answer comes: to the deadline", true, false, true, true, 90000, NONE, NONE, 90000},
    {"no answer comes: latency first", true, false, true, true, 90000, 4000, 4000, 4000},
    {"what is due already does not go back", true, false, false, false, 400, NONE, NONE, NOW},
};

static void test_time_moves_as_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct row *row = &rows[i];
		const struct step_state everybody = {
		    .now = {NOW},
		    .driver = row->driver,
		    .busy = row->busy,
		    .waiting = row->waiting,
		    .no_answer = row->no_answer,
		    .wait_until = {row->client_next},
		    .client_next = {row->client_next},
		    .latency_next = {row->latency_next},
		    .event_next = {row->event_next},
		};
		int64_t to = step_next(&everybody).ms;
		if (to != row->expected)
			fail_msg("%s: to %lld, not %lld", row->what, (long long)to,
			    (long long)row->expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_time_moves_as_the_table_says),
	};
	return cmocka_run_group_tests_name("rehearsal/step", tests, NULL, NULL);
}
