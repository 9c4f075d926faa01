/*
 * Owns: credentials that a provider renews: recalling, renewing, making them durable.
 * May use: base/, loop/, channel/, jansson.
 * Must not know: any particular provider.
 *
 * A refresh token may be good for one use. New credentials are made durable before they are used,
 * together with those that they replace; nothing asks for newer ones meanwhile. What cannot be
 * mended: when the machine dies after the provider has answered and before the commit, both are
 * lost if the provider takes the old token only once. Therefore they are renewed early, while the
 * present access token still has time, and after a crash the old ones are tried once more.
 *
 * What the office configured goes first: when a setting that a credential began with is changed in
 * nhacviec.yaml, what was remembered is dropped.
 */
#include "channel/http_internal.h"

#include "base/hash.h"
#include "base/log.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define RENEW_FIRST_MS (10 * SECOND_MS)
#define RENEW_LONGEST_MS (30 * MINUTE_MS)

/* ── what is remembered ──────────────────────────────────────────────────────────────────────── */

/* Tells whether the configured beginning of the credentials is still the same. */
static uint64_t seed_of(const struct http_channel *http)
{
	const struct provider_refresh *refresh = &http->provider->refresh;
	struct http_account bare = http->account;
	bare.credential_count = 0;
	uint64_t seed = 0;
	for (size_t i = 0; i < refresh->keep_count; i++) {
		const char *value = http_account_setting(&bare, refresh->keeps[i].name);
		seed = seed * 31 + hash_text(value != NULL ? value : "");
	}
	return seed;
}

static void use(struct http_channel *http, struct http_credentials *credentials)
{
	arena_free(http->renewal.present.arena);
	http->renewal.present = *credentials;
	*credentials = (struct http_credentials){.until = WALL_NEVER};
	http->account.credentials = http->renewal.present.pairs;
	http->account.credential_count = http->renewal.present.count;
}

static void renewal_due(void *arg)
{
	http_credentials_renew(arg);
}

static void set_timer(struct http_channel *http)
{
	const struct provider_refresh *refresh = &http->provider->refresh;
	struct wall until = http->renewal.present.until;
	if (until.ms != WALL_NEVER.ms)
		loop_timer_at(http->renewal.timer, wall_add(until, -refresh->ahead_ms));
}

void http_credentials_recall(struct http_channel *http, const char *remembered)
{
	const struct provider_refresh *refresh = &http->provider->refresh;
	http->renewal.present.until = http->renewal.next.until = WALL_NEVER;
	if (!refresh->there)
		return;
	http->renewal.timer = loop_timer_new(http->loop, renewal_due, http);
	json_t *root = remembered != NULL ? json_loads(remembered, 0, NULL) : NULL;
	const char *seed = json_string_value(json_object_get(root, "seed"));
	char wanted[24];
	snprintf(wanted, sizeof wanted, "%016" PRIx64, seed_of(http));
	if (seed != NULL && strcmp(seed, wanted) == 0) {
		struct http_credentials recalled = {.arena = arena_new(), .until = WALL_NEVER};
		json_t *values = json_object_get(root, "values");
		for (size_t i = 0; i < refresh->keep_count; i++) {
			const char *name = refresh->keeps[i].name;
			const char *value = json_string_value(json_object_get(values, name));
			if (value != NULL)
				recalled.pairs[recalled.count++] =
				    (struct provider_pair){arena_copy(recalled.arena, name),
					arena_copy(recalled.arena, value)};
		}
		json_t *until = json_object_get(root, "until");
		if (json_is_integer(until))
			recalled.until.ms = json_integer_value(until);
		use(http, &recalled);
		set_timer(http);
	}
	json_decref(root);
}

static char *to_remember(const struct http_channel *http, const struct http_credentials *these)
{
	json_t *root = json_object();
	json_t *values = json_object();
	char seed[24];
	snprintf(seed, sizeof seed, "%016" PRIx64, seed_of(http));
	json_object_set_new(root, "seed", json_string(seed));
	for (size_t i = 0; i < these->count; i++)
		json_object_set_new(
		    values, these->pairs[i].name, json_string(these->pairs[i].value));
	json_object_set_new(root, "values", values);
	if (these->until.ms != WALL_NEVER.ms)
		json_object_set_new(root, "until", json_integer(these->until.ms));
	char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(root);
	return text;
}

/* ── renewing ────────────────────────────────────────────────────────────────────────────────── */

static void go_on(struct http_channel *http)
{
	http_sends_go_on(http);
	http_poll_go_on(http);
}

static void keep(struct http_channel *http);

/* The disk is full, say: they are not used before they are durable, and asked for only once. */
static void try_again(struct http_channel *http)
{
	struct http_renewal *renewal = &http->renewal;
	renewal->backoff_ms = renewal->backoff_ms > 0 ? renewal->backoff_ms * 2 : RENEW_FIRST_MS;
	if (renewal->backoff_ms > RENEW_LONGEST_MS)
		renewal->backoff_ms = RENEW_LONGEST_MS;
	loop_timer_after(renewal->timer, renewal->backoff_ms);
}

static void kept(bool stored, void *arg)
{
	struct http_channel *http = arg;
	struct http_renewal *renewal = &http->renewal;
	renewal->keeping = false;
	if (!stored) {
		log_event(LOG_ERROR, "http.credentials-not-kept", "channel=%s", http->channel.name);
		try_again(http);
		return;
	}
	renewal->backoff_ms = 0;
	use(http, &renewal->next);
	set_timer(http);
	log_event(LOG_INFO, "http.credentials-renewed", "channel=%s", http->channel.name);
	go_on(http);
}

static void keep(struct http_channel *http)
{
	http->renewal.keeping = true;
	char *text = to_remember(http, &http->renewal.next);
	http->events->remember(http->owner, http->channel.name, HTTP_MEMORY_CREDENTIALS,
	    text != NULL ? text : "{}", kept, http);
	free(text);
}

/* False: the answer lacks one of them. A credential that may stay the same is not in every answer.
 */
static bool read_credentials(
    struct http_channel *http, const struct http_body *body, struct http_credentials *out)
{
	const struct provider_refresh *refresh = &http->provider->refresh;
	*out = (struct http_credentials){.arena = arena_new(), .until = WALL_NEVER};
	for (size_t i = 0; i < refresh->keep_count; i++) {
		const struct provider_pair *pair = &refresh->keeps[i];
		const char *value = http_text_at(body, NULL, pair->value);
		if (value == NULL && i > 0)
			value = http_account_setting(&http->account, pair->name);
		if (value == NULL || value[0] == '\0') {
			arena_free(out->arena);
			*out = (struct http_credentials){.until = WALL_NEVER};
			return false;
		}
		out->pairs[out->count++] =
		    (struct provider_pair){pair->name, arena_copy(out->arena, value)};
	}
	const char *lifetime =
	    refresh->lifetime != NULL ? http_text_at(body, NULL, refresh->lifetime) : NULL;
	int64_t seconds = lifetime != NULL ? strtoll(lifetime, NULL, 10) : 0;
	if (seconds > 0 && seconds < INT32_MAX)
		out->until = wall_add(loop_now(http->loop), seconds * SECOND_MS);
	return true;
}

static void answered(const struct http_answer *answer, void *arg)
{
	struct http_channel *http = arg;
	http->renewal.exchange = NULL;
	if (answer->fate != HTTP_ANSWERED || answer->status >= 500 || answer->status == 429) {
		log_event(LOG_WARNING, "http.renewal-failed", "channel=%s why=%s",
		    http->channel.name, log_quote(answer->detail).text);
		try_again(http);
		return;
	}
	struct arena *arena = arena_new();
	struct http_body body;
	http_ask_body(&body, arena, answer);
	bool fine = answer->status < 300 && read_credentials(http, &body, &http->renewal.next);
	http_body_clear(&body);
	arena_free(arena);
	if (fine) {
		keep(http);
		return;
	}
	http_halt(http, "the provider does not renew the credentials: give new ones");
	go_on(http);
}

bool http_credentials_renew(struct http_channel *http)
{
	struct http_renewal *renewal = &http->renewal;
	const struct provider_refresh *refresh = &http->provider->refresh;
	if (!refresh->there || http->halted || http->stopping)
		return false;
	if (renewal->exchange != NULL || renewal->keeping)
		return true;
	if (renewal->next.count > 0) { /* renewed, but not durable yet */
		keep(http);
		return true;
	}
	struct arena *arena = arena_new();
	struct failure failure;
	struct http_lookup lookup = {.arena = arena};
	const struct http_built *built = http_prepare(http, &lookup, &refresh->request, &failure);
	if (built != NULL)
		renewal->exchange = http_hand_over(http, arena, built, false, answered, http);
	else
		http_halt(http, failure.text);
	arena_free(arena);
	return built != NULL;
}

bool http_credentials_ready(struct http_channel *http)
{
	const struct provider_refresh *refresh = &http->provider->refresh;
	const struct http_renewal *renewal = &http->renewal;
	if (!refresh->there || http->halted)
		return true; /* what comes of it, the provider says */
	if (renewal->exchange != NULL || renewal->keeping || loop_timer_is_set(renewal->timer)) {
		bool valid = wall_before(loop_now(http->loop), renewal->present.until);
		return renewal->present.count > 0 && valid && renewal->exchange == NULL &&
		       !renewal->keeping;
	}
	/* The first credential may have been configured, and still hold. */
	const char *first = http_account_setting(&http->account, refresh->keeps[0].name);
	if (first != NULL && first[0] != '\0' &&
	    wall_before(loop_now(http->loop), renewal->present.until))
		return true;
	return !http_credentials_renew(http);
}

void http_credentials_clear(struct http_channel *http)
{
	struct http_renewal *renewal = &http->renewal;
	if (renewal->exchange != NULL)
		http_exchange_cancel(renewal->exchange);
	loop_timer_free(renewal->timer);
	arena_free(renewal->present.arena);
	arena_free(renewal->next.arena);
}
