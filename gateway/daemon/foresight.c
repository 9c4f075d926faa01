/*
 * Owns: looking at the time to come for commands: a simulation that goes on from now.
 * May use: every room.
 * Must not know: what commands make of it.
 */
#include "daemon/foresight.h"

#include "daemon/simulation.h"

static enum result look(const struct environment *environment,
    const struct foresight_question *question, bool (*row)(const struct course_row *row, void *arg),
    void *arg, struct failure *failure)
{
	struct complaints *complaints = environment->complaints;
	struct simulation_remarks remarks;
	const struct simulation_wishes wishes = {
	    .config = &environment->config,
	    .texts = texts_load(environment->arena, environment->config.texts_dir, complaints),
	    .from = environment->now,
	    .now = environment->now,
	    .goes_on = true,
	    .start = question->plan_code == NULL,
	    .start_only = question->plan_code,
	};
	if (complaints->errors > 0)
		return failure_set(failure, RESULT_INVALID, "%s:%d: %s", complaints->items[0].file,
		    complaints->items[0].line, complaints->items[0].text);
	struct simulation *simulation = simulation_new(&wishes, failure);
	if (simulation == NULL)
		return failure->code;
	enum result result = simulation_begin(simulation, &remarks, failure);
	if (result == RESULT_OK)
		result = simulation_run(simulation, question->until, failure);
	if (result == RESULT_OK)
		result = reader_course(simulation_reader(simulation), environment->now,
		    question->until, row, arg, failure);
	simulation_free(simulation);
	return result;
}

const struct foresight daemon_foresight = {.look = look};
