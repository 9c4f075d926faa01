/*
 * Owns: fetching webhooks from a relay and giving them to their channels.
 * May use: every room.
 * Must not know: any provider: the channel verifies what came, as if it had been called itself.
 *
 * The next question tells the relay what it may forget, so a webhook is forgotten there only when
 * it is durable here, or is none of ours. After a crash the same comes again, and is known by its
 * id.
 */
#include "daemon/daemon.h"

#include "base/log.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_MS (10 * SECOND_MS)
#define WHOLE_MS (40 * SECOND_MS)
#define AFTER_FAILURE_MS (10 * SECOND_MS)
#define RECORD_MAX ((size_t)4 * 1024 * 1024)
#define PAIRS_MAX 100

struct relay_fetch {
	struct daemon *daemon;
	struct loop_timer *timer;
	struct http_exchange *exchange;
	int64_t after, present; /* forgotten up to; being taken, 0 none */
	bool failing;
};

static void ask(void *arg);

static void ask_after(struct relay_fetch *fetch, int64_t ms)
{
	loop_timer_after(fetch->timer, ms);
}

static void fail(struct relay_fetch *fetch, const char *why)
{
	if (!fetch->failing)
		log_event(LOG_WARNING, "relay.failed", "why=%s", log_quote(why).text);
	fetch->failing = true;
	ask_after(fetch, AFTER_FAILURE_MS);
}

/* ── one webhook ─────────────────────────────────────────────────────────────────────────────── */

static void taken(int status, const char *text, void *arg)
{
	struct relay_fetch *fetch = arg;
	(void)text;
	log_event(LOG_INFO, "relay.taken", "record=%" PRId64 " status=%d", fetch->present, status);
	if (status >= 500) {
		fail(fetch, "the channel could not take it");
		return;
	}
	fetch->after = fetch->present;
	ask_after(fetch, 0);
}

static size_t read_pairs(json_t *list, struct channel_pair *pairs)
{
	size_t count = 0, i;
	json_t *item;
	json_array_foreach(list, i, item)
	{
		const char *name = json_string_value(json_array_get(item, 0));
		json_t *value = json_array_get(item, 1);
		if (name == NULL || !json_is_string(value) || count == PAIRS_MAX)
			continue;
		pairs[count++] = (struct channel_pair){
		    name, json_string_value(value), json_string_length(value)};
	}
	return count;
}

static struct channel *channel_of(
    const struct daemon *daemon, const char *path, const char **secret)
{
	static const char beginning[] = "/webhook/";
	if (strncmp(path, beginning, strlen(beginning)) != 0)
		return NULL;
	path += strlen(beginning);
	size_t len = strcspn(path, "/");
	*secret = path[len] == '/' ? path + len + 1 : "";
	for (size_t i = 0; i < daemon->channel_count; i++) {
		struct channel *channel = daemon->channels[i];
		if (channel->ops->webhook != NULL && strlen(channel->name) == len &&
		    strncmp(channel->name, path, len) == 0)
			return channel;
	}
	return NULL;
}

static const char *content_type_of(const struct channel_pair *headers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(headers[i].name, "content-type") == 0)
			return headers[i].value;
	return "";
}

/* False: it is none of ours, and is forgotten. */
static bool give(struct relay_fetch *fetch, json_t *record)
{
	struct channel_pair query[PAIRS_MAX], headers[PAIRS_MAX];
	const char *path = json_string_value(json_object_get(record, "path"));
	const char *method = json_string_value(json_object_get(record, "method"));
	const char *encoded = json_string_value(json_object_get(record, "body"));
	struct channel_webhook webhook = {.method = method};
	struct channel *channel =
	    path != NULL ? channel_of(fetch->daemon, path, &webhook.secret) : NULL;
	if (channel == NULL || method == NULL || encoded == NULL)
		return false;
	size_t room = strlen(encoded) / 4 * 3 + 4;
	unsigned char *body = memory_new(room);
	bool good = sodium_base642bin(body, room - 1, encoded, strlen(encoded), NULL,
			&webhook.body_len, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
	webhook.body = (const char *)body;
	webhook.query = query;
	webhook.query_count = read_pairs(json_object_get(record, "query"), query);
	webhook.headers = headers;
	webhook.header_count = read_pairs(json_object_get(record, "headers"), headers);
	webhook.content_type = content_type_of(headers, webhook.header_count);
	if (good)
		channel->ops->webhook(channel, &webhook, taken, fetch);
	free(body);
	return good;
}

/* ── asking ──────────────────────────────────────────────────────────────────────────────────── */

static void take(struct relay_fetch *fetch, const struct http_answer *answer)
{
	json_t *root = json_loadb(answer->body, answer->body_len, JSON_ALLOW_NUL, NULL);
	json_t *id = json_object_get(root, "id");
	if (!json_is_integer(id)) {
		fail(fetch, "the relay's answer makes no sense");
	} else {
		fetch->present = json_integer_value(id);
		if (!give(fetch, json_object_get(root, "record"))) {
			log_event(LOG_WARNING, "relay.not-ours", "record=%" PRId64, fetch->present);
			fetch->after = fetch->present;
			ask_after(fetch, 0);
		}
	}
	json_decref(root);
}

static void answered(const struct http_answer *answer, void *arg)
{
	struct relay_fetch *fetch = arg;
	fetch->exchange = NULL;
	if (answer->fate != HTTP_ANSWERED) {
		fail(fetch, answer->detail);
		return;
	}
	if (answer->status != 200 && answer->status != 204) {
		fail(fetch, answer->status == 403 ? "the relay does not know our secret"
						  : "the relay refused");
		return;
	}
	fetch->failing = false;
	if (answer->status == 204)
		ask_after(fetch, 0);
	else
		take(fetch, answer);
}

static void ask(void *arg)
{
	struct relay_fetch *fetch = arg;
	const struct config *config = &fetch->daemon->config;
	char url[512], shown[600];
	snprintf(url, sizeof url, "%s/relay/next?after=%" PRId64, config->relay, fetch->after);
	snprintf(shown, sizeof shown, "Bearer %s", config->relay_secret);
	const struct http_header header = {"Authorization", shown};
	fetch->exchange = http_client_send(fetch->daemon->client,
	    &(struct http_request){
		.method = "GET",
		.url = url,
		.headers = &header,
		.header_count = 1,
		.connect_ms = CONNECT_MS,
		.whole_ms = WHOLE_MS,
		.answer_max = RECORD_MAX,
		.repeatable = true,
		.background = true,
	    },
	    answered, fetch);
}

void daemon_fetch_from_relay(struct daemon *daemon)
{
	if (daemon->config.relay[0] == '\0' || daemon->client == NULL)
		return;
	struct relay_fetch *fetch = memory_new(sizeof *fetch);
	*fetch = (struct relay_fetch){
	    .daemon = daemon, .timer = loop_timer_new(daemon->machine.loop, ask, fetch)};
	daemon->relay_fetch = fetch;
	ask_after(fetch, 0);
}

void daemon_stop_fetching(struct daemon *daemon)
{
	struct relay_fetch *fetch = daemon->relay_fetch;
	if (fetch == NULL)
		return;
	http_exchange_cancel(fetch->exchange);
	loop_timer_free(fetch->timer);
	free(fetch);
	daemon->relay_fetch = NULL;
}
