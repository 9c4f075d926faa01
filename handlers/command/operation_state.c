/*
 * Owns: the operations that switch something or only poke: plan-state, pause, task-close, wake.
 * May use: base/, loop/, store/.
 * Must not know: who asked.
 */
#include "command/arguments.h"

#include "loop/loop.h"
#include "plan/model.h"

#include <string.h>

/* ── plan-state ──────────────────────────────────────────────────────────────────────────────── */

struct plan_state {
	struct operation *operation;
	struct store_set_plan_state_input input;
	struct store_set_plan_state_output output;
};

static void plan_state_done(enum result result, const struct failure *failure, void *arg)
{
	struct plan_state *state = arg;
	if (result != RESULT_OK) {
		operation_fail(state->operation, result, failure);
		return;
	}
	operation_poke(state->operation);
	bool started = state->output.started.ms != WALL_NEVER.ms;
	operation_finish(state->operation,
	    json_pack("{s:s, s:s, s:o}", "from", state->output.from, "to", state->input.to,
		"started", started ? json_integer(state->output.started.ms) : json_null()));
}

void operation_plan_state_run(struct operation *operation)
{
	static const char *const states[] = {"running", "paused", "closed"};
	struct plan_state *state = arena_alloc(operation->arena, sizeof *state);
	state->operation = operation;
	state->input = (struct store_set_plan_state_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	const struct argument arguments[] = {
	    {"plan", ARGUMENT_CODE, true, PLAN_CODE_MAX, &state->input.code},
	    {"to", ARGUMENT_CODE, true, 16, &state->input.to},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	bool known = false;
	for (size_t i = 0; i < COUNT_OF(states); i++)
		known = known || strcmp(states[i], state->input.to) == 0;
	if (!known) {
		struct failure failure;
		operation_fail(operation,
		    failure_set(&failure, RESULT_INVALID,
			"to must be running, paused or closed, not \"%s\".", state->input.to),
		    &failure);
		return;
	}
	store_submit(
	    operation->place->store, &(struct store_request){STORE_SET_PLAN_STATE, &state->input,
					 &state->output, operation->arena, plan_state_done, state});
}

/* ── pause ───────────────────────────────────────────────────────────────────────────────────── */

struct pausing {
	struct operation *operation;
	const char *channel; /* NULL: all */
	struct store_set_paused_input input;
};

static void pause_done(enum result result, const struct failure *failure, void *arg)
{
	struct pausing *pausing = arg;
	if (result != RESULT_OK) {
		operation_fail(pausing->operation, result, failure);
		return;
	}
	const struct operation_place *place = pausing->operation->place;
	if (!pausing->input.paused && pausing->channel != NULL && place->resumed != NULL)
		place->resumed(pausing->channel, place->resumed_arg);
	operation_poke(pausing->operation);
	operation_finish(pausing->operation, json_pack("{s:s, s:b}", "scope", pausing->input.scope,
						 "paused", pausing->input.paused));
}

static enum result check_channel(
    const struct config *config, const char *name, struct failure *failure)
{
	const char *known[CONFIG_MODEMS_MAX + CONFIG_CHANNELS_MAX];
	size_t count = 0;
	for (size_t i = 0; i < config->modem_count; i++)
		known[count++] = config->modems[i].name;
	for (size_t i = 0; i < config->channel_count; i++)
		known[count++] = config->channels[i].name;
	for (size_t i = 0; i < count; i++)
		if (strcmp(known[i], name) == 0)
			return RESULT_OK;
	struct arena *arena = arena_new();
	failure_set(failure, RESULT_NOT_FOUND, "There is no channel %s. %s", name,
	    count > 0 ? document_advice(arena, name, known, count)
		      : "The configuration names none.");
	arena_free(arena);
	return RESULT_NOT_FOUND;
}

void operation_pause_run(struct operation *operation)
{
	struct pausing *pausing = arena_alloc(operation->arena, sizeof *pausing);
	const char *channel = NULL;
	struct failure failure;
	pausing->operation = operation;
	pausing->input = (struct store_set_paused_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor, .scope = "all"};
	const struct argument arguments[] = {
	    {"channel", ARGUMENT_CODE, false, 24, &channel},
	    {"paused", ARGUMENT_FLAG, true, 0, &pausing->input.paused},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	pausing->channel = channel;
	if (channel != NULL) {
		pausing->input.scope = arena_printf(operation->arena, "channel:%s", channel);
		if (check_channel(operation->place->config, channel, &failure) != RESULT_OK) {
			operation_fail(operation, failure.code, &failure);
			return;
		}
	}
	store_submit(
	    operation->place->store, &(struct store_request){STORE_SET_PAUSED, &pausing->input,
					 NULL, operation->arena, pause_done, pausing});
}

/* ── task-close ──────────────────────────────────────────────────────────────────────────────── */

struct closing {
	struct operation *operation;
	struct store_close_task_input input;
};

static void task_closed(enum result result, const struct failure *failure, void *arg)
{
	struct closing *closing = arg;
	if (result != RESULT_OK)
		operation_fail(closing->operation, result, failure);
	else
		operation_finish(closing->operation,
		    json_pack("{s:I}", "id", (json_int_t)closing->input.task_id));
}

void operation_task_close_run(struct operation *operation)
{
	struct closing *closing = arena_alloc(operation->arena, sizeof *closing);
	closing->operation = operation;
	closing->input = (struct store_close_task_input){
	    .now = loop_now(operation->place->loop), .actor = operation->actor};
	const struct argument arguments[] = {
	    {"id", ARGUMENT_NUMBER, true, 0, &closing->input.task_id},
	    {"note", ARGUMENT_TEXT, false, ARGUMENT_NOTE_MAX, &closing->input.note},
	};
	if (!arguments_read(operation, arguments, COUNT_OF(arguments)))
		return;
	store_submit(
	    operation->place->store, &(struct store_request){STORE_CLOSE_TASK, &closing->input,
					 NULL, operation->arena, task_closed, closing});
}

/* ── wake ────────────────────────────────────────────────────────────────────────────────────── */

void operation_wake_run(struct operation *operation)
{
	if (!arguments_read(operation, NULL, 0))
		return;
	operation_poke(operation);
	operation_finish(operation, NULL);
}
