/*
 * Owns: the life of an account at a provider: health, the circuit, waits; handing requests over.
 * May use: base/, loop/, channel/.
 * Must not know: any particular provider, what is sent.
 */
#include "channel/http_internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ── health ──────────────────────────────────────────────────────────────────────────────────── */

static enum channel_health health_now(const struct http_channel *http)
{
	if (http->halted)
		return CHANNEL_HALTED;
	return http->breaker.state == HTTP_OPEN ? CHANNEL_DOWN : CHANNEL_READY;
}

static int at_once_now(const struct http_channel *http, struct mono now)
{
	if (health_now(http) != CHANNEL_READY || now.ms < http->limits.stopped_until.ms)
		return 0;
	return http->breaker.state == HTTP_HALF_OPEN ? 1 : http->channel.at_once_max;
}

static void set_wake(struct http_channel *http, struct mono now)
{
	int64_t wait = 0;
	if (http->breaker.state == HTTP_OPEN)
		wait = http->circuit_until.ms - now.ms;
	else if (now.ms < http->limits.stopped_until.ms)
		wait = http->limits.stopped_until.ms - now.ms;
	if (http->halted || http->stopping || (wait <= 0 && http->breaker.state != HTTP_OPEN))
		loop_timer_cancel(http->wake);
	else
		loop_timer_after(http->wake, wait > 0 ? wait : 0);
}

void http_tell(struct http_channel *http)
{
	struct mono now = loop_mono(http->loop);
	enum channel_health health = health_now(http);
	int at_once = at_once_now(http, now);
	set_wake(http, now);
	if (!http->started || (health == http->channel.health && at_once == http->channel.at_once))
		return;
	http->channel.health = health;
	http->channel.at_once = at_once;
	http->events->health(http->owner, http->channel.name, health,
	    health == CHANNEL_READY && at_once > 0 ? "" : http->words, "");
}

static void woken(void *arg)
{
	struct http_channel *http = arg;
	if (http->breaker.state == HTTP_OPEN && loop_mono(http->loop).ms >= http->circuit_until.ms)
		http_breaker_probe(&http->breaker);
	http_tell(http);
}

static void set_words(struct http_channel *http, const char *why)
{
	snprintf(http->words, sizeof http->words, "%s", why);
}

void http_halt(struct http_channel *http, const char *why)
{
	if (http->halted)
		return;
	http->halted = true;
	set_words(http, why);
	http->events->trouble(http->owner, http->channel.name, "channel-halted", why);
	http_tell(http);
}

void http_way_failed(struct http_channel *http, const char *why)
{
	int64_t open_ms = http_breaker_failed(&http->breaker);
	if (open_ms <= 0)
		return;
	set_words(http, why);
	http->circuit_until = mono_add(loop_mono(http->loop), open_ms);
	http_tell(http);
}

void http_way_works(struct http_channel *http)
{
	if (http_breaker_worked(&http->breaker))
		http_tell(http);
}

void http_wait(struct http_channel *http, int64_t wait_ms, const char *why)
{
	http_limits_stop(&http->limits, loop_mono(http->loop), wait_ms);
	set_words(http, why);
	http_tell(http);
}

/* ── requests ────────────────────────────────────────────────────────────────────────────────── */

const struct http_built *http_prepare(struct http_channel *http, struct http_lookup *lookup,
    const struct provider_request *request, struct failure *failure)
{
	struct http_built *built = arena_alloc(lookup->arena, sizeof *built);
	lookup->account = &http->account;
	lookup->now = loop_now(http->loop);
	if (http_build(lookup->arena, request, http_account_value, lookup, lookup->now, built,
		failure) != RESULT_OK)
		return NULL;
	return built;
}

struct http_exchange *http_hand_over(struct http_channel *http, struct arena *arena,
    const struct http_built *built, bool background, http_done_fn *done, void *arg)
{
	const struct http_request request =
	    http_ask_request(arena, built, http->ca_file, background);
	return http_client_send(http->client, &request, done, arg);
}

/* ── the port ────────────────────────────────────────────────────────────────────────────────── */

static void begin(void *arg)
{
	struct http_channel *http = arg;
	if (http->started || http->stopping)
		return;
	http->started = true;
	http_tell(http);
	http_poll_start(http);
}

/* Through a later turn: what starting tells must not be told from inside the owner's call. */
static void start(struct channel *channel)
{
	struct http_channel *http = (struct http_channel *)channel;
	loop_defer(http->loop, begin, http);
}

static enum result submit(struct channel *channel, const struct channel_part *part)
{
	struct http_channel *http = (struct http_channel *)channel;
	if (!http->started || http->stopping || channel->health != CHANNEL_READY)
		return RESULT_TEMPORARY;
	if (http->send_count >= http->channel.at_once_max)
		return RESULT_CONFLICT;
	return http_send_start(http, part);
}

static void accept_inbound(struct channel *channel, const char *slot)
{
	http_batch_accept((struct http_channel *)channel, slot);
}

static void retry(struct channel *channel)
{
	struct http_channel *http = (struct http_channel *)channel;
	http->halted = false;
	http->breaker = (struct http_breaker){.state = HTTP_CLOSED};
	http->limits.stopped_until = loop_mono(http->loop);
	http_tell(http);
	http_poll_go_on(http);
}

static void stop(struct channel *channel, void (*stopped)(void *arg), void *arg)
{
	struct http_channel *http = (struct http_channel *)channel;
	http->stopping = true;
	http->stopped = stopped;
	http->stopped_arg = arg;
	http_poll_stop(http);
	http_tell(http);
	http_try_stop(http);
}

void http_try_stop(struct http_channel *http)
{
	if (http->stopped == NULL || http->send_count > 0)
		return;
	loop_defer(http->loop, http->stopped, http->stopped_arg);
	http->stopped = NULL;
}

static void free_channel(struct channel *channel)
{
	struct http_channel *http = (struct http_channel *)channel;
	http_poll_stop(http);
	http_sends_free(http);
	http_batches_free(http);
	http_credentials_clear(http);
	http_limits_clear(&http->limits);
	loop_timer_free(http->polling.timer);
	arena_free(http->polling.cursor_arena);
	loop_timer_free(http->wake);
	arena_free(http->arena);
	free(http);
}

static const struct channel_ops http_ops = {
    .kind = "http",
    .start = start,
    .submit = submit,
    .accept_inbound = accept_inbound,
    .retry = retry,
    .webhook = http_webhook,
    .stop = stop,
    .free = free_channel,
};

static const struct provider_pair *copy_settings(
    struct arena *arena, const struct http_channel_config *config)
{
	struct provider_pair *copies =
	    arena_alloc(arena, (config->setting_count + 1) * sizeof *copies);
	for (size_t i = 0; i < config->setting_count; i++)
		copies[i] = (struct provider_pair){arena_copy(arena, config->settings[i].name),
		    arena_copy(arena, config->settings[i].value)};
	return copies;
}

struct channel *http_channel_new(struct loop *loop, struct http_client *client,
    const struct http_channel_config *config, const struct channel_events *events, void *owner)
{
	struct http_channel *http = memory_new(sizeof *http);
	struct arena *arena = arena_new();
	const struct provider_limits *limits = &config->provider->limits;
	int at_once = limits->connections > 0 ? limits->connections : 1;
	*http = (struct http_channel){
	    .channel = {.ops = &http_ops,
		.name = arena_copy(arena, config->name),
		.health = CHANNEL_CONNECTING,
		.address_kind = config->provider->address_kind,
		.at_once_max = at_once,
		.whole_texts = true},
	    .loop = loop,
	    .client = client,
	    .provider = config->provider,
	    .arena = arena,
	    .ca_file = arena_copy(arena, config->ca_file),
	    .events = events,
	    .owner = owner,
	};
	http->account = (struct http_account){
	    .provider = config->provider,
	    .channel = http->channel.name,
	    .public_url = arena_copy(arena, config->public_url),
	    .settings = copy_settings(arena, config),
	    .setting_count = config->setting_count,
	};
	http_limits_init(&http->limits, limits, loop_mono(loop));
	http->wake = loop_timer_new(loop, woken, http);
	http->polling.cursor = arena_copy(arena, config->cursor);
	http_credentials_recall(http, config->credentials);
	return &http->channel;
}
