/*
 * Owns: telling an official how the code reaches the office's accounts.
 * May use: base/, channel/, document/, command/.
 * Must not know: how codes are issued.
 */
#include "command/link_ways.h"

#include "channel/http_account.h"

#include <stdio.h>
#include <string.h>

#define TEXT_MAX 1000

struct way {
	struct http_lookup lookup;
	const char *code;
};

static const char *look_up(const char *name, void *arg)
{
	struct way *way = arg;
	return strcmp(name, "code") == 0 ? way->code : http_account_value(name, &way->lookup);
}

static void print_filled(struct way *way, const char *template, enum http_encoding encoding)
{
	OWNED_BUFFER text = BUFFER(TEXT_MAX);
	struct failure failure;
	if (template != NULL &&
	    http_fill(template, encoding, look_up, way, &text, &failure) == RESULT_OK)
		printf("    %s\n", buffer_text(&text));
}

void link_print_ways(const struct environment *environment, const char *kind, const char *code)
{
	const struct config *config = &environment->config;
	for (size_t i = 0; i < config->channel_count; i++) {
		const struct config_channel *channel = &config->channels[i];
		const struct provider *provider = channel->provider;
		if (!provider->two_way || strcmp(provider->address_kind, "phone") == 0 ||
		    (kind != NULL && strcmp(kind, provider->address_kind) != 0))
			continue;
		const struct http_account account = {
		    .provider = provider,
		    .channel = channel->name,
		    .public_url = config->public_url,
		    .settings = channel->settings,
		    .setting_count = channel->setting_count,
		};
		struct way way = {
		    .lookup = {.arena = environment->arena, .account = &account}, .code = code};
		printf("  %s (%s)\n", provider->title, channel->name);
		print_filled(&way, provider->link_advice, HTTP_AS_IS);
		print_filled(&way, provider->deep_link, HTTP_PERCENT);
	}
}
