/*
 * Owns: the life of a simulation: copy, prepare, wire, run, take down.
 * May use: every room.
 * Must not know: how it is shown.
 */
#include "daemon/simulation.h"

#include "base/log.h"
#include "command/operation.h"
#include "store/scratch.h"

#include <stdlib.h>
#include <string.h>

/* Who is written into the copy as the one who did it. */
#define ACTOR "simulate"

struct simulation {
	struct simulation_wishes wishes;
	struct arena *arena;
	struct machine machine;
	struct operation_place place;
	struct channel *channels[CONFIG_MODEMS_MAX + CONFIG_CHANNELS_MAX];
	size_t channel_count;
	struct answers *answers;
	struct loop_timer *start_timer;
	struct simulation_remarks remarks;
	bool without_history, wired;
	enum result end;
	struct failure failure;
};

static bool commit(void *arg)
{
	const struct simulation *simulation = arg;
	return simulation->machine.store->ops->flush(simulation->machine.store);
}

static void give_up(struct simulation *simulation, enum result result, const struct failure *why)
{
	simulation->end = result;
	simulation->failure = *why;
	loop_stop(simulation->machine.loop);
}

/* ── the copy ────────────────────────────────────────────────────────────────────────────────── */

/* A run begins at `from`; one of the future begins now and lives through what lies between. */
static enum result find_start(
    struct simulation *simulation, struct wall *start, struct failure *failure)
{
	const struct simulation_wishes *wishes = &simulation->wishes;
	struct reader *reader = NULL;
	struct wall newest;
	*start = wishes->from;
	if (wishes->empty)
		return RESULT_OK;
	enum result result = reader_open_sqlite(wishes->config->database, &reader, failure);
	if (result == RESULT_OK)
		result = reader_newest_change(reader, &newest, failure);
	reader_close(reader);
	if (result != RESULT_OK)
		return result;
	if (wishes->goes_on) {
		*start = wall_before(wishes->from, newest) ? newest : wishes->from;
		return RESULT_OK;
	}
	simulation->without_history = wall_before(wishes->from, newest);
	struct wall now = wall_before(wishes->now, newest) ? newest : wishes->now;
	if (!simulation->without_history)
		*start = wall_earlier(wishes->from, now);
	return RESULT_OK;
}

static enum result open_copy(struct simulation *simulation, struct failure *failure)
{
	const struct config *config = simulation->wishes.config;
	struct machine *machine = &simulation->machine;
	struct wall start;
	enum result result = find_start(simulation, &start, failure);
	if (result != RESULT_OK)
		return result;
	machine->loop = loop_new_virtual(start, failure);
	if (machine->loop == NULL)
		return failure->code;
	const struct scratch_source source = {
	    .path = simulation->wishes.empty ? NULL : config->database,
	    .without_history = simulation->without_history,
	};
	return store_open_scratch_sqlite(
	    &source, (unsigned)config->node, start, &machine->store, &machine->reader, failure);
}

struct simulation *simulation_new(const struct simulation_wishes *wishes, struct failure *failure)
{
	struct simulation *simulation = memory_new(sizeof *simulation);
	struct machine *machine = &simulation->machine;
	simulation->wishes = *wishes;
	simulation->arena = arena_new();
	machine->config = wishes->config;
	machine->texts = wishes->texts;
	if (open_copy(simulation, failure) == RESULT_OK)
		simulation->answers =
		    answers_new(machine->loop, machine->reader, &wishes->answers, failure);
	if (simulation->answers == NULL) {
		simulation_free(simulation);
		return NULL;
	}
	simulation->place = (struct operation_place){
	    .loop = machine->loop,
	    .store = machine->store,
	    .reader = machine->reader,
	    .config = wishes->config,
	};
	loop_set_turn_end(machine->loop, commit, simulation);
	return simulation;
}

const struct operation_place *simulation_place(struct simulation *simulation)
{
	return &simulation->place;
}

enum result simulation_settle(struct simulation *simulation)
{
	return loop_run_until(simulation->machine.loop, loop_now(simulation->machine.loop));
}

void simulation_free(struct simulation *simulation)
{
	if (simulation == NULL)
		return;
	struct machine *machine = &simulation->machine;
	if (machine->store != NULL)
		while (machine->store->ops->flush(machine->store))
			; /* completions of the last turn, while those they go to are there */
	answers_free(simulation->answers);
	for (size_t i = 0; i < simulation->channel_count; i++)
		simulation->channels[i]->ops->free(simulation->channels[i]);
	machine_free(machine);
	loop_timer_free(simulation->start_timer);
	reader_close(machine->reader);
	if (machine->store != NULL)
		machine->store->ops->close(machine->store);
	loop_free(machine->loop);
	arena_free(simulation->arena);
	free(simulation);
}

/* ── channels ────────────────────────────────────────────────────────────────────────────────── */

static struct channel *channel_of(const struct simulation *simulation, const char *name)
{
	for (size_t i = 0; i < simulation->channel_count; i++)
		if (strcmp(simulation->channels[i]->name, name) == 0)
			return simulation->channels[i];
	return simulation->channels[0];
}

static void accepted(const char *slot, void *arg)
{
	struct channel *channel = arg;
	if (slot[0] != '\0')
		channel->ops->accept_inbound(channel, slot);
}

static void on_health(
    void *owner, const char *name, enum channel_health health, const char *detail, const char *sim)
{
	struct simulation *simulation = owner;
	(void)health;
	(void)detail;
	outbox_channel_health(simulation->machine.outbox, name, sim);
}

static void on_outcome(void *owner, const char *name, const struct channel_outcome *outcome)
{
	struct simulation *simulation = owner;
	outbox_channel_outcome(simulation->machine.outbox, name, outcome);
}

static void on_inbound(void *owner, const char *name, const struct channel_inbound *inbound)
{
	struct simulation *simulation = owner;
	inbox_channel_inbound(
	    simulation->machine.inbox, name, "", inbound, accepted, channel_of(simulation, name));
}

static void on_receipt(void *owner, const char *name, const struct channel_receipt *receipt)
{
	struct simulation *simulation = owner;
	outbox_channel_receipt(
	    simulation->machine.outbox, name, receipt, accepted, channel_of(simulation, name));
}

static void on_delivered(void *owner, const char *name, const struct channel_part *part)
{
	struct simulation *simulation = owner;
	answers_heard(simulation->answers, channel_of(simulation, name), part);
}

static void add_channel(struct simulation *simulation, const char *name, const char *address_kind)
{
	static const struct channel_events events = {
	    .health = on_health,
	    .outcome = on_outcome,
	    .inbound = on_inbound,
	    .receipt = on_receipt,
	};
	const struct perfect_config config = {.name = name,
	    .address_kind = address_kind,
	    .part_ms = simulation->wishes.part_ms,
	    .delivered = on_delivered};
	struct channel *channel =
	    perfect_channel_new(simulation->machine.loop, &config, &events, simulation);
	simulation->channels[simulation->channel_count++] = channel;
	outbox_add_channel(simulation->machine.outbox, channel, &(struct outbox_terms){0});
	channel->ops->start(channel);
}

static void ready(enum result result, const struct failure *failure, void *arg)
{
	struct simulation *simulation = arg;
	const struct config *config = simulation->wishes.config;
	if (result != RESULT_OK) {
		give_up(simulation, result, failure);
		return;
	}
	for (size_t i = 0; i < config->modem_count; i++)
		add_channel(simulation, config->modems[i].name, "phone");
	if (config->modem_count == 0)
		add_channel(simulation, "modem", "phone");
	for (size_t i = 0; i < config->channel_count; i++)
		add_channel(simulation, config->channels[i].name,
		    config->channels[i].provider->address_kind);
	answers_begin(simulation->answers, simulation->channels[0]);
}

/* ── plans ───────────────────────────────────────────────────────────────────────────────────── */

static bool look_at_plan(const struct plan_row *row, void *arg)
{
	struct simulation *simulation = arg;
	struct simulation_remarks *remarks = &simulation->remarks;
	struct arena *arena = simulation->arena;
	bool paused = strcmp(row->state, "paused") == 0;
	const char *only = simulation->wishes.start_only;
	if (strcmp(row->state, "closed") == 0)
		return true;
	remarks->no_plan = false;
	if (only != NULL && strcmp(only, row->code) != 0)
		return true;
	if (strcmp(row->state, "draft") == 0 || (paused && simulation->wishes.start)) {
		const char **started =
		    arena_alloc(arena, (remarks->started_count + 1) * sizeof *started);
		for (size_t i = 0; i < remarks->started_count; i++)
			started[i] = remarks->started[i];
		started[remarks->started_count++] = arena_copy(arena, row->code);
		remarks->started = started;
	} else if (paused) {
		const char **list = arena_alloc(arena, (remarks->paused_count + 1) * sizeof *list);
		for (size_t i = 0; i < remarks->paused_count; i++)
			list[i] = remarks->paused[i];
		list[remarks->paused_count++] = arena_copy(arena, row->code);
		remarks->paused = list;
	}
	return true;
}

struct starting {
	struct simulation *simulation;
	struct store_set_plan_state_input input;
	struct store_set_plan_state_output output;
};

static void started(enum result result, const struct failure *failure, void *arg)
{
	struct starting *starting = arg;
	if (result != RESULT_OK)
		give_up(starting->simulation, result, failure);
	else if (starting->simulation->wired)
		machine_changed(&starting->simulation->machine);
}

static void start_plans(void *arg)
{
	struct simulation *simulation = arg;
	const struct simulation_remarks *remarks = &simulation->remarks;
	for (size_t i = 0; i < remarks->started_count; i++) {
		struct starting *starting = arena_alloc(simulation->arena, sizeof *starting);
		*starting = (struct starting){
		    .simulation = simulation,
		    .input = {.now = loop_now(simulation->machine.loop),
			.actor = ACTOR,
			.code = remarks->started[i],
			.to = "running"},
		};
		store_submit(simulation->machine.store,
		    &(struct store_request){STORE_SET_PLAN_STATE, &starting->input,
			&starting->output, simulation->arena, started, starting});
	}
}

/* ── the run ─────────────────────────────────────────────────────────────────────────────────── */

enum result simulation_begin(
    struct simulation *simulation, struct simulation_remarks *remarks, struct failure *failure)
{
	struct machine *machine = &simulation->machine;
	simulation->remarks = (struct simulation_remarks){
	    .without_history = simulation->without_history, .no_plan = true};
	enum result result = reader_plans(machine->reader, look_at_plan, simulation, failure);
	if (result != RESULT_OK)
		return result;
	*remarks = simulation->remarks;
	bool later = wall_before(loop_now(machine->loop), simulation->wishes.from);
	simulation->start_timer = loop_timer_new(machine->loop, start_plans, simulation);
	if (later)
		loop_timer_at(simulation->start_timer, simulation->wishes.from);
	else
		start_plans(simulation);
	machine_wire(machine);
	simulation->wired = true;
	machine_begin(machine, ready, simulation);
	return RESULT_OK;
}

enum result simulation_run(struct simulation *simulation, struct wall to, struct failure *failure)
{
	enum result result = loop_run_until(simulation->machine.loop, to);
	if (result != RESULT_OK)
		return failure_set(failure, result, "The simulation came to a halt.");
	if (simulation->end != RESULT_OK)
		*failure = simulation->failure;
	return simulation->end;
}

struct reader *simulation_reader(const struct simulation *simulation)
{
	return simulation->machine.reader;
}

size_t simulation_channels(const struct simulation *simulation)
{
	return simulation->channel_count;
}
