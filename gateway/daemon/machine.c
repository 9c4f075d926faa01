/*
 * Owns: how scheduler, outbox, inbox and replies are tied together.
 * May use: every room.
 * Must not know: which clock, store and channels it runs on.
 */
#include "daemon/machine.h"

#include "base/log.h"
#include "daemon/policy.h"
#include "replies/replies.h"

/* ── what the parts tell each other ──────────────────────────────────────────────────────────── */

static void something_queued(void *arg)
{
	struct machine *machine = arg;
	outbox_poke(machine->outbox);
}

void machine_changed(void *arg)
{
	struct machine *machine = arg;
	scheduler_poke(machine->scheduler);
	outbox_poke(machine->outbox);
}

static void message_given_up(void *arg)
{
	struct machine *machine = arg;
	scheduler_poke(machine->scheduler);
}

static void texts_joined(void *arg)
{
	struct machine *machine = arg;
	inbox_poke(machine->inbox);
}

const char *machine_text(const char *language, const char *name, void *arg)
{
	const struct machine *machine = arg;
	return texts_get(machine->texts, language, name);
}

void machine_wire(struct machine *machine)
{
	struct loop *loop = machine->loop;
	const struct config *config = machine->config;
	machine->tables_arena = arena_new();
	policy_tables_make(machine->tables_arena, config, &machine->tables);
	const struct outbox_policy outbox_policy = policy_of_outbox(config, &machine->tables);
	struct compose_policy compose_policy = policy_of_compose(config, &machine->tables);
	compose_policy.text = machine_text;
	compose_policy.text_arg = machine;
	const struct inbox_policy inbox_policy = policy_of_inbox(config);
	machine->plans = plan_cache_new(config->holidays_dir);
	machine->outbox = outbox_new(
	    loop, machine->store, machine->plans, &outbox_policy, (unsigned)config->node);
	machine->scheduler = scheduler_new(loop, machine->store, machine->reader, machine->plans,
	    &compose_policy, something_queued, machine);
	machine->inbox = inbox_new(
	    &(struct inbox_wiring){
		.loop = loop,
		.store = machine->store,
		.plans = machine->plans,
		.replies = &replies,
		.text = machine_text,
		.text_arg = machine,
		.settled = machine_changed,
		.settled_arg = machine,
	    },
	    &inbox_policy);
	outbox_on_joined(machine->outbox, texts_joined, machine);
	outbox_on_given_up(machine->outbox, message_given_up, machine);
}

/* ── beginning ───────────────────────────────────────────────────────────────────────────────── */

struct recovery {
	struct machine *machine;
	void (*ready)(enum result result, const struct failure *failure, void *arg);
	void *arg;
	struct store_recover_input input;
	struct store_recover_output output;
};

static void recovered(enum result result, const struct failure *failure, void *arg)
{
	struct recovery *recovery = arg;
	struct machine *machine = recovery->machine;
	if (result == RESULT_OK && recovery->output.unknown > 0)
		log_event(
		    LOG_WARNING, "daemon.recovered", "parts_unknown=%d", recovery->output.unknown);
	if (result == RESULT_OK)
		outbox_take_all_back(machine->outbox);
	recovery->ready(result, failure, recovery->arg);
	if (result != RESULT_OK)
		return;
	inbox_poke(machine->inbox);
	scheduler_roll(machine->scheduler);
}

void machine_begin(struct machine *machine,
    void (*ready)(enum result result, const struct failure *failure, void *arg), void *arg)
{
	machine->arena = arena_new();
	struct recovery *recovery = arena_alloc(machine->arena, sizeof *recovery);
	*recovery = (struct recovery){
	    .machine = machine,
	    .ready = ready,
	    .arg = arg,
	    .input = {.now = loop_now(machine->loop), .node = (unsigned)machine->config->node},
	};
	store_submit(machine->store, &(struct store_request){STORE_RECOVER, &recovery->input,
					 &recovery->output, machine->arena, recovered, recovery});
}

void machine_free(struct machine *machine)
{
	scheduler_free(machine->scheduler);
	inbox_free(machine->inbox);
	outbox_free(machine->outbox);
	plan_cache_free(machine->plans);
	arena_free(machine->tables_arena);
	arena_free(machine->arena);
}
