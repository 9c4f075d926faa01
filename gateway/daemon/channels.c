/*
 * Owns: making the configured channels, and passing on what they tell.
 * May use: channel/, outbox/, inbox/, store/.
 * Must not know: how the others act on it.
 */
#include "daemon/daemon.h"

#include "base/log.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t index_of(const struct daemon *daemon, const char *name)
{
	for (size_t i = 0; i < daemon->channel_count; i++)
		if (strcmp(daemon->channels[i]->name, name) == 0)
			return i;
	return 0;
}

/* The text or receipt in this slot is stored: its channel may delete it. */
static void accepted(const char *slot, void *arg)
{
	struct channel *channel = arg;
	if (slot[0] != '\0')
		channel->ops->accept_inbound(channel, slot);
}

static void on_health(
    void *owner, const char *name, enum channel_health health, const char *detail, const char *sim)
{
	static const char *const words[] = {
	    [CHANNEL_CONNECTING] = "connecting",
	    [CHANNEL_READY] = "ready",
	    [CHANNEL_DOWN] = "down",
	    [CHANNEL_HALTED] = "halted",
	};
	struct daemon *daemon = owner;
	char *known = daemon->sims[index_of(daemon, name)];
	log_event(health == CHANNEL_DOWN || health == CHANNEL_HALTED ? LOG_WARNING : LOG_INFO,
	    "channel.health", "channel=%s health=%s detail=%s", name, words[health],
	    log_quote(detail).text);
	if (sim != NULL && sim[0] != '\0')
		snprintf(known, sizeof daemon->sims[0], "%s", sim);
	outbox_channel_health(daemon->machine.outbox, name, known);
}

static void on_outcome(void *owner, const char *name, const struct channel_outcome *outcome)
{
	struct daemon *daemon = owner;
	outbox_channel_outcome(daemon->machine.outbox, name, outcome);
}

static void on_inbound(void *owner, const char *name, const struct channel_inbound *inbound)
{
	struct daemon *daemon = owner;
	size_t i = index_of(daemon, name);
	inbox_channel_inbound(
	    daemon->machine.inbox, name, daemon->sims[i], inbound, accepted, daemon->channels[i]);
}

static void on_receipt(void *owner, const char *name, const struct channel_receipt *receipt)
{
	struct daemon *daemon = owner;
	outbox_channel_receipt(daemon->machine.outbox, name, receipt, accepted,
	    daemon->channels[index_of(daemon, name)]);
}

/* ── a refused PIN ───────────────────────────────────────────────────────────────────────────── */

struct sim_note {
	struct arena *arena;
	struct store_set_sim_input input;
	struct store_open_task_input task;
};

static void noted(enum result result, const struct failure *failure, void *arg)
{
	if (result != RESULT_OK)
		log_event(
		    LOG_ERROR, "channel.note-failed", "why=%s", log_quote(failure->text).text);
	(void)arg;
}

static void noted_last(enum result result, const struct failure *failure, void *arg)
{
	struct sim_note *note = arg;
	noted(result, failure, NULL);
	arena_free(note->arena);
}

static void on_pin_refused(void *owner, const char *name, const char *fingerprint)
{
	struct daemon *daemon = owner;
	struct arena *arena = arena_new();
	struct sim_note *note = arena_alloc(arena, sizeof *note);
	struct wall now = loop_now(daemon->machine.loop);
	*note = (struct sim_note){
	    .arena = arena,
	    .input = {.now = now,
		.channel = arena_copy(arena, name),
		.name = "pin-refused",
		.value = arena_copy(arena, fingerprint)},
	    .task = {.now = now,
		.task = {.key = arena_printf(arena, "pin-refused:%s", name),
		    .kind = "pin-refused",
		    .text = arena_copy(arena, name),
		    .until = wall_add(now, DAY_MS)}},
	};
	store_submit(daemon->machine.store,
	    &(struct store_request){STORE_SET_SIM, &note->input, NULL, arena, noted, NULL});
	store_submit(daemon->machine.store,
	    &(struct store_request){STORE_OPEN_TASK, &note->task, NULL, arena, noted_last, note});
}

/* ── what a channel must remember, what somebody must mend ───────────────────────────────────── */

struct memory {
	struct arena *arena;
	struct store_set_sim_input input;
	void (*kept)(bool stored, void *arg);
	void *kept_arg;
};

static void remembered(enum result result, const struct failure *failure, void *arg)
{
	struct memory *memory = arg;
	noted(result, failure, NULL);
	memory->kept(result == RESULT_OK, memory->kept_arg);
	arena_free(memory->arena);
}

static void on_remember(void *owner, const char *channel, const char *name, const char *value,
    void (*kept)(bool stored, void *arg), void *arg)
{
	struct daemon *daemon = owner;
	struct arena *arena = arena_new();
	struct memory *memory = arena_alloc(arena, sizeof *memory);
	*memory = (struct memory){
	    .arena = arena,
	    .input = {.now = loop_now(daemon->machine.loop),
		.channel = arena_copy(arena, channel),
		.name = arena_copy(arena, name),
		.value = arena_copy(arena, value)},
	    .kept = kept,
	    .kept_arg = arg,
	};
	store_submit(daemon->machine.store, &(struct store_request){STORE_SET_SIM, &memory->input,
						NULL, arena, remembered, memory});
}

struct trouble {
	struct arena *arena;
	struct store_open_task_input input;
};

static void told(enum result result, const struct failure *failure, void *arg)
{
	struct trouble *trouble = arg;
	noted(result, failure, NULL);
	arena_free(trouble->arena);
}

static void on_trouble(void *owner, const char *channel, const char *kind, const char *text)
{
	struct daemon *daemon = owner;
	struct arena *arena = arena_new();
	struct trouble *trouble = arena_alloc(arena, sizeof *trouble);
	struct wall now = loop_now(daemon->machine.loop);
	*trouble = (struct trouble){
	    .arena = arena,
	    .input = {.now = now,
		.task = {.key = arena_printf(arena, "%s:%s", kind, channel),
		    .kind = arena_copy(arena, kind),
		    .text = arena_printf(arena, "%s: %s", channel, text),
		    .until = wall_add(now, DAY_MS)}},
	};
	store_submit(daemon->machine.store,
	    &(struct store_request){STORE_OPEN_TASK, &trouble->input, NULL, arena, told, trouble});
}

struct leaving {
	struct arena *arena;
	struct daemon *daemon;
	struct store_block_address_input input;
};

static void left(enum result result, const struct failure *failure, void *arg)
{
	struct leaving *leaving = arg;
	noted(result, failure, NULL);
	machine_changed(&leaving->daemon->machine);
	arena_free(leaving->arena);
}

static void on_blocked(void *owner, const char *channel, const char *address, const char *reason)
{
	struct daemon *daemon = owner;
	struct arena *arena = arena_new();
	struct leaving *leaving = arena_alloc(arena, sizeof *leaving);
	*leaving = (struct leaving){
	    .arena = arena,
	    .daemon = daemon,
	    .input = {.now = loop_now(daemon->machine.loop),
		.kind =
		    arena_copy(arena, daemon->channels[index_of(daemon, channel)]->address_kind),
		.address = arena_copy(arena, address),
		.reason = arena_copy(arena, reason)},
	};
	store_submit(daemon->machine.store, &(struct store_request){STORE_BLOCK_ADDRESS,
						&leaving->input, NULL, arena, left, leaving});
}

/* ── making them ─────────────────────────────────────────────────────────────────────────────── */

const struct channel_events daemon_channel_events = {
    .health = on_health,
    .outcome = on_outcome,
    .inbound = on_inbound,
    .receipt = on_receipt,
    .pin_refused = on_pin_refused,
    .remember = on_remember,
    .blocked = on_blocked,
    .trouble = on_trouble,
};

/* "a,b" as an array that lives as long as the configuration. */
static const char *const *words_of(struct arena *arena, const char *list, size_t *count)
{
	const char **words = arena_alloc(arena, (strlen(list) / 2 + 1) * sizeof *words);
	char *rest = arena_copy(arena, list);
	*count = 0;
	for (char *word; (word = strsep(&rest, ",")) != NULL;)
		if (word[0] != '\0')
			words[(*count)++] = word;
	return words;
}

void daemon_add_channel(
    struct daemon *daemon, struct channel *channel, int price, const char *prefers)
{
	struct outbox_terms terms = {.price = price};
	terms.prefers = words_of(daemon->config_arena, prefers, &terms.prefers_count);
	daemon->channels[daemon->channel_count++] = channel;
	outbox_add_channel(daemon->machine.outbox, channel, &terms);
	channel->ops->start(channel);
}

/* Beside this program (a build tree), else where `make install` puts it. */
static const char *modem_program(struct arena *arena)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n > 0) {
		self[n] = '\0';
		const char *beside = arena_printf(arena, "%s/nhacviec-modem", dirname(self));
		if (access(beside, X_OK) == 0)
			return beside;
	}
	return NHACVIEC_PREFIX "/libexec/nhacviec/nhacviec-modem";
}

struct start {
	struct daemon *daemon;
	const struct config_modem *modem;
	struct store_get_sim_input input;
	struct store_get_sim_output output;
};

static void start_channel(enum result result, const struct failure *failure, void *arg)
{
	struct start *start = arg;
	struct daemon *daemon = start->daemon;
	const struct config_modem *modem = start->modem;
	if (result != RESULT_OK)
		log_event(LOG_ERROR, "channel.start-failed", "channel=%s why=%s", modem->name,
		    log_quote(failure->text).text);
	const char *refused = result == RESULT_OK ? start->output.value : NULL;
	char fingerprint[GSM_FINGERPRINT_MAX];
	gsm_pin_fingerprint(modem->pin, fingerprint);
	const struct gsm_config config = {
	    .name = modem->name,
	    .device = modem->device,
	    .connection = modem->connection,
	    .pin = modem->pin,
	    .pin_is_refused = refused != NULL && strcmp(refused, fingerprint) == 0,
	    .pace = modem->pace,
	    .verdict_limit_ms = daemon->config.verdict_limit_ms,
	    .program = modem_program(daemon->config_arena),
	    .state_dir = daemon->config.state_dir,
	    .clock_socket = daemon->clock_socket,
	};
	daemon_add_channel(daemon,
	    gsm_channel_new(daemon->machine.loop, &config, &daemon_channel_events, daemon),
	    daemon->config.price_per_part, modem->prefers);
}

void daemon_make_channels(struct daemon *daemon)
{
	if (daemon->config.modem_count + daemon->config.channel_count == 0)
		log_event(LOG_WARNING, "channel.none", "advice=%s",
		    log_quote("no modem and no account is configured: nothing can be sent").text);
	for (size_t i = 0; i < daemon->config.modem_count; i++) {
		struct start *start = arena_alloc(daemon->config_arena, sizeof *start);
		*start = (struct start){
		    .daemon = daemon,
		    .modem = &daemon->config.modems[i],
		    .input = {.channel = daemon->config.modems[i].name, .name = "pin-refused"},
		};
		store_submit(daemon->machine.store,
		    &(struct store_request){STORE_GET_SIM, &start->input, &start->output,
			daemon->config_arena, start_channel, start});
	}
	daemon_make_accounts(daemon);
}

void daemon_channel_resumed(const char *name, void *arg)
{
	struct daemon *daemon = arg;
	for (size_t i = 0; i < daemon->channel_count; i++) {
		struct channel *channel = daemon->channels[i];
		if (strcmp(channel->name, name) == 0 && strcmp(channel->ops->kind, "http") == 0)
			channel->ops->retry(channel);
	}
}

static void one_stopped(void *arg)
{
	struct daemon *daemon = arg;
	if (--daemon->stopping == 0)
		loop_stop(daemon->machine.loop);
}

void daemon_stop_channels(struct daemon *daemon)
{
	daemon->stopping = daemon->channel_count;
	if (daemon->stopping == 0)
		loop_stop(daemon->machine.loop);
	for (size_t i = 0; i < daemon->channel_count; i++)
		daemon->channels[i]->ops->stop(daemon->channels[i], one_stopped, daemon);
}

void daemon_free_channels(struct daemon *daemon)
{
	for (size_t i = 0; i < daemon->channel_count; i++)
		daemon->channels[i]->ops->free(daemon->channels[i]);
	daemon->channel_count = 0;
	daemon_stop_telling(daemon);
	daemon_stop_fetching(daemon);
	http_client_free(daemon->client);
	daemon->client = NULL;
}
