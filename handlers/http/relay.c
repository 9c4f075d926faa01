/*
 * Owns: keeping webhooks, handing them out.
 * May use: base/, loop/, store/spool.h, jansson, libsodium.
 * Must not know: any provider.
 */
#include "http/relay.h"

#include "base/log.h"
#include "http/http.h"
#include "loop/http_fields.h"
#include "loop/loop.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct relay {
	struct loop *loop;
	struct spool *spool;
	char *secret, *verify_token;
	struct http_call *waiting; /* the node's, while there is nothing */
	int64_t after;
	struct loop_timer *patience;
};

/* ── handing out ─────────────────────────────────────────────────────────────────────────────── */

/* True: the call that waits was answered. */
static bool hand_out(struct relay *relay)
{
	struct arena *arena = arena_new();
	struct failure failure;
	const char *bytes;
	size_t len;
	int64_t id;
	enum result result =
	    spool_next(relay->spool, relay->after, arena, &id, &bytes, &len, &failure);
	if (result == RESULT_OK) {
		const char *whole = arena_printf(
		    arena, "{\"id\":%" PRId64 ",\"record\":%.*s}", id, (int)len, bytes);
		http_call_answer(relay->waiting, 200, "application/json", whole, strlen(whole));
	} else if (result != RESULT_NOT_FOUND) {
		log_event(LOG_ERROR, "relay.read-failed", "why=%s", log_quote(failure.text).text);
		http_say(relay->waiting, 503, "cannot be read\n");
	}
	arena_free(arena);
	if (result == RESULT_NOT_FOUND)
		return false;
	relay->waiting = NULL;
	loop_timer_cancel(relay->patience);
	return true;
}

static void waited_enough(void *arg)
{
	struct relay *relay = arg;
	if (relay->waiting != NULL)
		http_call_answer(relay->waiting, 204, NULL, "", 0);
	relay->waiting = NULL;
}

static bool is_the_node(const struct relay *relay, const struct http_call *call)
{
	static const char bearer[] = "Bearer ";
	const char *shown = http_call_header(call, "Authorization");
	unsigned char a[crypto_generichash_BYTES], b[crypto_generichash_BYTES];
	if (strncmp(shown, bearer, strlen(bearer)) != 0)
		return false;
	shown += strlen(bearer);
	crypto_generichash(a, sizeof a, (const unsigned char *)shown, strlen(shown), NULL, 0);
	crypto_generichash(
	    b, sizeof b, (const unsigned char *)relay->secret, strlen(relay->secret), NULL, 0);
	return sodium_memcmp(a, b, sizeof a) == 0;
}

static void next_asked(struct relay *relay, struct http_call *call)
{
	struct failure failure;
	size_t count;
	const struct http_field *query = http_call_query(call, &count);
	const struct http_field *after = http_fields_find(query, count, "after");
	if (!is_the_node(relay, call)) {
		log_event(
		    LOG_WARNING, "relay.denied", "from=%s", log_quote(http_call_peer(call)).text);
		http_say(call, 403, "not allowed\n");
		return;
	}
	if (relay->waiting != NULL) /* the node asks anew: the old question has lost its point */
		waited_enough(relay);
	relay->after = after != NULL ? strtoll(after->value, NULL, 10) : 0;
	if (spool_drop(relay->spool, relay->after, &failure) != RESULT_OK)
		log_event(LOG_ERROR, "relay.drop-failed", "why=%s", log_quote(failure.text).text);
	relay->waiting = call;
	if (!hand_out(relay))
		loop_timer_after(relay->patience, RELAY_WAIT_MS);
}

/* ── keeping ─────────────────────────────────────────────────────────────────────────────────── */

/* Names and values may hold any bytes; those that are no text are left out. */
static json_t *pairs_of(const struct http_field *fields, size_t count)
{
	json_t *pairs = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *value = json_stringn(fields[i].value, fields[i].len);
		json_t *name = json_string(fields[i].name);
		if (name != NULL && value != NULL)
			json_array_append_new(pairs, json_pack("[o, o]", name, value));
		else {
			json_decref(name);
			json_decref(value);
		}
	}
	return pairs;
}

static char *record_of(const struct relay *relay, const struct http_call *call)
{
	size_t len, query_count, header_count;
	const char *body = http_call_body(call, &len);
	const struct http_field *query = http_call_query(call, &query_count);
	const struct http_field *headers = http_call_headers(call, &header_count);
	size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
	char *encoded = memory_new(room);
	sodium_bin2base64(
	    encoded, room, (const unsigned char *)body, len, sodium_base64_VARIANT_ORIGINAL);
	json_t *root = json_pack("{s:I, s:s, s:s, s:o, s:o, s:s}", "at",
	    (json_int_t)loop_now(relay->loop).ms, "method", http_call_method(call), "path",
	    http_call_path(call), "query", pairs_of(query, query_count), "headers",
	    pairs_of(headers, header_count), "body", encoded);
	char *text = root != NULL ? json_dumps(root, JSON_COMPACT) : NULL;
	json_decref(root);
	free(encoded);
	return text;
}

/* Some providers call once when the webhook is set, and want their challenge back. */
static bool answer_challenge(const struct relay *relay, struct http_call *call)
{
	size_t count;
	const struct http_field *query = http_call_query(call, &count);
	const struct http_field *token = http_fields_find(query, count, "hub.verify_token");
	const struct http_field *challenge = http_fields_find(query, count, "hub.challenge");
	if (relay->verify_token[0] == '\0' || token == NULL || challenge == NULL ||
	    strcmp(token->value, relay->verify_token) != 0)
		return false;
	http_call_answer(call, 200, NULL, challenge->value, challenge->len);
	return true;
}

static void webhook_came(struct relay *relay, struct http_call *call)
{
	struct failure failure;
	int64_t id;
	if (answer_challenge(relay, call))
		return;
	char *record = record_of(relay, call);
	if (record == NULL) {
		http_say(call, 400, "this makes no sense\n");
		return;
	}
	enum result result = spool_add(relay->spool, record, strlen(record), &id, &failure);
	free(record);
	if (result != RESULT_OK) {
		/* The provider says it again, as long as it does. */
		log_event(LOG_ERROR, "relay.not-kept", "why=%s", log_quote(failure.text).text);
		http_say(call, 503, "cannot be kept now\n");
		return;
	}
	http_say(call, 200, "");
	if (relay->waiting != NULL)
		(void)hand_out(relay);
}

void relay_called(struct http_call *call, void *arg)
{
	struct relay *relay = arg;
	const char *path = http_call_path(call);
	if (strncmp(path, "/webhook/", strlen("/webhook/")) == 0)
		webhook_came(relay, call);
	else if (strcmp(path, "/relay/next") == 0)
		next_asked(relay, call);
	else if (strcmp(path, "/healthz") == 0)
		http_say(call, 200, "ok\n");
	else
		http_say(call, 404, "not found\n");
}

struct relay *relay_new(
    struct loop *loop, struct spool *spool, const char *secret, const char *verify_token)
{
	struct relay *relay = memory_new(sizeof *relay);
	*relay = (struct relay){
	    .loop = loop,
	    .spool = spool,
	    .secret = memory_copy_text(secret),
	    .verify_token = memory_copy_text(verify_token),
	};
	relay->patience = loop_timer_new(loop, waited_enough, relay);
	return relay;
}

void relay_free(struct relay *relay)
{
	if (relay == NULL)
		return;
	loop_timer_free(relay->patience);
	memory_free(relay->secret);
	memory_free(relay->verify_token);
	free(relay);
}
