/*
 * Owns: the fuzz target of the plan reader: any bytes give a plan or complaints, never a crash; a
 * plan that was accepted can be walked.
 * May use: document/, plan/.
 * Must not know: cases.
 *
 * Build with clang -fsanitize=fuzzer,address,undefined; seeds: config/plans.
 */
#include "document/plan_file.h"
#include "plan/ladder.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const struct plan *plan)
{
	for (size_t i = 0; i < plan->report_count; i++) {
		struct plan_occurrence occurrence;
		if (plan_report_occurrences(plan, &plan->reports[i], (struct wall){INT64_MIN},
			WALL_NEVER, &occurrence, 1) == 0)
			abort(); /* a report that never occurs should not have been accepted */
		struct plan_subject subject = {
		    .named = occurrence.named, .deadline = occurrence.deadline};
		struct plan_verdict verdict;
		ladder_decide(plan->reports[i].ladder, &subject, &plan->calendar,
		    occurrence.deadline, &verdict);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct complaints *complaints = arena_alloc(arena, sizeof *complaints);
	complaints->arena = arena;
	const struct plan *plan =
	    plan_file_parse(arena, "fuzz", (const char *)data, size, "config/holidays", complaints);
	if ((plan == NULL) != (complaints->errors > 0))
		abort();
	if (plan != NULL)
		walk(plan);
	arena_free(arena);
	return 0;
}
