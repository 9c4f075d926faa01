/*
 * Owns: looking up placeholders.
 * May use: base/, text/phone.h, channel/http_account.h.
 * Must not know: requests, the network, the loop.
 */
#include "channel/http_account.h"

#include "base/civil.h"
#include "channel/http_answer.h"
#include "text/phone.h"

#include <inttypes.h>
#include <string.h>

#define TOKEN_MAX 4096

static const char *pair_value(const struct provider_pair *pairs, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(pairs[i].name, name) == 0)
			return pairs[i].value;
	return NULL;
}

const char *http_account_setting(const struct http_account *account, const char *name)
{
	const struct provider *provider = account->provider;
	const char *value = pair_value(account->credentials, account->credential_count, name);
	if (value == NULL)
		value = pair_value(account->settings, account->setting_count, name);
	for (size_t i = 0; value == NULL && i < provider->setting_count; i++) {
		const struct provider_setting *setting = &provider->settings[i];
		if (strcmp(setting->name, name) == 0)
			value = setting->otherwise != NULL ? setting->otherwise : "";
	}
	return value;
}

/* "84912345678" or "0912345678"; other addresses as they are. */
static const char *phone_form(const struct http_lookup *lookup, bool local)
{
	const char *to = lookup->to;
	if (to == NULL || to[0] != '+')
		return to;
	if (local && strncmp(to, "+84", 3) == 0)
		return arena_printf(lookup->arena, "0%s", to + 3);
	return to + 1;
}

static const char *moment(const struct http_lookup *lookup)
{
	struct civil civil = civil_of_wall(lookup->now, 0);
	return arena_printf(lookup->arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.year,
	    civil.month, civil.day, civil.hour, civil.minute, civil.second);
}

static const char *receipt_url(const struct http_lookup *lookup)
{
	const struct http_account *account = lookup->account;
	if (account->public_url == NULL || account->public_url[0] == '\0')
		return "";
	const char *secret = account->provider->webhook.secret_path
				 ? http_account_setting(account, "webhook_secret")
				 : NULL;
	return arena_printf(lookup->arena, "%s/webhook/%s%s%s", account->public_url,
	    account->channel, secret != NULL ? "/" : "", secret != NULL ? secret : "");
}

static const char *token(struct http_lookup *lookup)
{
	OWNED_BUFFER out = BUFFER(TOKEN_MAX);
	struct failure failure;
	const struct provider_token *token = &lookup->account->provider->token;
	if (!token->there ||
	    http_make_token(token, http_account_value, lookup, &out, &failure) != RESULT_OK)
		return NULL;
	return arena_copy(lookup->arena, buffer_text(&out));
}

static const char *number(const struct http_lookup *lookup, int64_t value)
{
	return arena_printf(lookup->arena, "%" PRId64, value);
}

const char *http_account_value(const char *name, void *arg)
{
	struct http_lookup *lookup = arg;
	if (strcmp(name, "to") == 0)
		return lookup->to;
	if (strcmp(name, "to_plain") == 0)
		return phone_form(lookup, false);
	if (strcmp(name, "to_local") == 0)
		return phone_form(lookup, true);
	if (strcmp(name, "text") == 0)
		return lookup->text;
	if (strcmp(name, "id") == 0)
		return lookup->id;
	if (strcmp(name, "cursor") == 0)
		return lookup->cursor;
	if (strcmp(name, "part") == 0)
		return number(lookup, lookup->part);
	if (strcmp(name, "parts") == 0)
		return number(lookup, lookup->parts);
	if (strcmp(name, "validity") == 0)
		return number(lookup, lookup->validity_minutes);
	if (strcmp(name, "now") == 0)
		return number(lookup, lookup->now.ms / SECOND_MS);
	if (strcmp(name, "expires") == 0)
		return number(lookup, (lookup->now.ms + HOUR_MS) / SECOND_MS);
	if (strcmp(name, "now_ms") == 0)
		return number(lookup, lookup->now.ms);
	if (strcmp(name, "utc") == 0)
		return moment(lookup);
	if (strcmp(name, "channel") == 0)
		return lookup->account->channel;
	if (strcmp(name, "receipt_url") == 0)
		return receipt_url(lookup);
	if (strcmp(name, "jwt") == 0)
		return token(lookup);
	return http_account_setting(lookup->account, name);
}

const char *const *http_account_secrets(
    struct arena *arena, const struct http_account *account, size_t *count)
{
	const struct provider *provider = account->provider;
	const char **secrets = arena_alloc(
	    arena, (provider->setting_count + account->credential_count + 1) * sizeof *secrets);
	*count = 0;
	for (size_t i = 0; i < provider->setting_count; i++)
		if (provider->settings[i].secret)
			secrets[(*count)++] =
			    http_account_setting(account, provider->settings[i].name);
	for (size_t i = 0; i < account->credential_count; i++)
		secrets[(*count)++] = account->credentials[i].value;
	return secrets;
}
