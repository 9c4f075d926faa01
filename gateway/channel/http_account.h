/*
 * Owns: what the placeholders of a provider file stand for: an account's settings and credentials,
 * and the text that is to be sent.
 * May use: base/, text/phone.h, document/provider.h, channel/http_answer.h.
 * Must not know: requests, the network, the loop.
 */
#ifndef CHANNEL_HTTP_ACCOUNT_H
#define CHANNEL_HTTP_ACCOUNT_H

#include "base/clock.h"
#include "base/memory.h"
#include "channel/http_value.h"

/* An account at a provider. */
struct http_account {
	const struct provider *provider;
	const char *channel;                  /* its name in nhacviec.yaml */
	const char *public_url;               /* where webhooks reach us; "" nowhere */
	const struct provider_pair *settings; /* values, not templates */
	size_t setting_count;
	const struct provider_pair *credentials; /* renewed ones; they go before settings */
	size_t credential_count;
};

/* What one lookup is about. Texts are NULL where there is none. */
struct http_lookup {
	struct arena *arena;
	const struct http_account *account;
	struct wall now;
	const char *to, *text, *id, *cursor;
	int part, parts, validity_minutes;
};

/* The value of a placeholder; NULL when there is none of that name. An http_lookup_fn whose `arg`
 * is a struct http_lookup. */
const char *http_account_value(const char *name, void *lookup);

/* The value of a setting (its default when it is not given); NULL when there is no such setting. */
const char *http_account_setting(const struct http_account *account, const char *name);

/* The values of the account's secrets, for masking; in the arena. */
const char *const *http_account_secrets(
    struct arena *arena, const struct http_account *account, size_t *count);

#endif
