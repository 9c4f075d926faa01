/*
 * Owns: making the configured accounts at providers: what they remembered is looked up first.
 * May use: every room.
 * Must not know: how a provider is run.
 */
#include "daemon/daemon.h"

#include "base/log.h"
#include "channel/http.h"

#include <string.h>

struct start {
	struct daemon *daemon;
	const struct config_channel *account;
	struct store_get_sim_input cursor_input, credentials_input;
	struct store_get_sim_output cursor, credentials;
};

static void start_channel(enum result result, const struct failure *failure, void *arg)
{
	struct start *start = arg;
	struct daemon *daemon = start->daemon;
	const struct config_channel *account = start->account;
	if (result != RESULT_OK) {
		/* Without its cursor it would take texts twice, and old credentials lock it out. */
		log_event(LOG_ERROR, "channel.start-failed", "channel=%s why=%s", account->name,
		    log_quote(failure->text).text);
		return;
	}
	const struct http_channel_config config = {
	    .name = account->name,
	    .provider = account->provider,
	    .settings = account->settings,
	    .setting_count = account->setting_count,
	    .public_url = daemon->config.public_url,
	    .ca_file = account->ca_file[0] != '\0' ? account->ca_file : NULL,
	    .cursor = start->cursor.value,
	    .credentials = start->credentials.value,
	};
	daemon_add_channel(daemon,
	    http_channel_new(
		daemon->machine.loop, daemon->client, &config, &daemon_channel_events, daemon),
	    account->price, account->prefers);
}

static void nothing_yet(enum result result, const struct failure *failure, void *arg)
{
	const struct start *start = arg;
	if (result != RESULT_OK)
		log_event(LOG_ERROR, "channel.start-failed", "channel=%s why=%s",
		    start->account->name, log_quote(failure->text).text);
}

static void look_up(struct daemon *daemon, const struct config_channel *account)
{
	struct start *start = arena_alloc(daemon->config_arena, sizeof *start);
	*start = (struct start){
	    .daemon = daemon,
	    .account = account,
	    .cursor_input = {.channel = account->name, .name = HTTP_MEMORY_CURSOR},
	    .credentials_input = {.channel = account->name, .name = HTTP_MEMORY_CREDENTIALS},
	};
	/* Both belong to one turn, so one fails with the other. */
	store_submit(
	    daemon->machine.store, &(struct store_request){STORE_GET_SIM, &start->cursor_input,
				       &start->cursor, daemon->config_arena, nothing_yet, start});
	store_submit(daemon->machine.store,
	    &(struct store_request){STORE_GET_SIM, &start->credentials_input, &start->credentials,
		daemon->config_arena, start_channel, start});
}

void daemon_make_accounts(struct daemon *daemon)
{
	const struct config *config = &daemon->config;
	struct failure failure;
	int connections = 1;
	if (config->channel_count + config->program_count == 0)
		return;
	for (size_t i = 0; i < config->channel_count; i++)
		if (config->channels[i].provider->limits.connections > connections)
			connections = config->channels[i].provider->limits.connections;
	daemon->client = http_client_new(daemon->machine.loop, connections, &failure);
	if (daemon->client == NULL) {
		log_event(
		    LOG_ERROR, "channel.start-failed", "why=%s", log_quote(failure.text).text);
		return;
	}
	for (size_t i = 0; i < config->channel_count; i++)
		look_up(daemon, &config->channels[i]);
	daemon_fetch_from_relay(daemon);
	daemon_tell_programs(daemon);
}
