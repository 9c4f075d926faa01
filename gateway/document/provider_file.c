/*
 * Owns: reading a provider file: what it is called, its settings, limits, credentials.
 * May use: base/, document/.
 * Must not know: how a provider is run.
 */
#include "document/provider_reader.h"

#include <stdlib.h>
#include <string.h>

#define CODE_MAX 31
#define NAME_MAX_BYTES 40
#define LENGTH_MOST 1000000
#define RATE_MOST 100000
#define CONNECTIONS_MOST 64
#define CONNECTIONS_USUAL 4

/* ── settings ────────────────────────────────────────────────────────────────────────────────── */

static bool is_name(const char *text)
{
	size_t len = strlen(text);
	return len > 0 && len <= NAME_MAX_BYTES && text[0] >= 'a' && text[0] <= 'z' &&
	       strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

static void read_setting(struct provider_reader *reader, const struct tree *node)
{
	static const char *const known[] = {"secret", "optional", "default", "help"};
	struct provider *provider = reader->provider;
	struct provider_setting *setting = &provider->settings[provider->setting_count++];
	*setting = (struct provider_setting){.name = node->key, .help = ""};
	if (!is_name(node->key))
		PROVIDER_COMPLAIN(reader, node->key_line,
		    "“%.60s” is no name of a setting: small letters, digits and _.", node->key);
	if (node->kind == TREE_TEXT && node->text[0] == '\0')
		return; /* "name:" alone */
	if (!tree_is(&reader->base, node, TREE_MAP, node->key))
		return;
	tree_check_keys(&reader->base, node, known, COUNT_OF(known));
	setting->secret = provider_bool_of(reader, node, "secret", false);
	setting->optional = provider_bool_of(reader, node, "optional", false);
	setting->help = tree_text_or(&reader->base, node, "help", "");
	setting->otherwise = tree_text_or(&reader->base, node, "default", NULL);
	if (setting->secret && setting->otherwise != NULL)
		PROVIDER_COMPLAIN(reader, node->line, "A secret cannot have a default.");
	if (setting->otherwise != NULL)
		setting->optional = true;
}

static void read_settings(struct provider_reader *reader, const struct tree *map)
{
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "settings"))
		return;
	for (const struct tree *node = map->first; node != NULL; node = node->next) {
		if (reader->provider->setting_count == PROVIDER_SETTINGS_MAX) {
			PROVIDER_COMPLAIN(reader, node->key_line,
			    "There are more than %d settings.", PROVIDER_SETTINGS_MAX);
			return;
		}
		read_setting(reader, node);
	}
}

static void complain_of_unused(struct provider_reader *reader, const struct tree *map)
{
	size_t i = 0;
	if (map == NULL || map->kind != TREE_MAP)
		return;
	for (const struct tree *node = map->first;
	     node != NULL && i < reader->provider->setting_count; node = node->next, i++)
		if (!reader->used[i])
			complain_mildly(reader->base.complaints, reader->base.file, node->key_line,
			    "Nothing uses the setting `%s`.", node->key);
}

/* ── limits ──────────────────────────────────────────────────────────────────────────────────── */

static double read_rate(struct provider_reader *reader, const struct tree *map, const char *key)
{
	const struct tree *node = tree_get(map, key);
	char *end;
	if (node == NULL)
		return 0;
	double rate = node->kind == TREE_TEXT ? strtod(node->text, &end) : -1;
	if (node->kind == TREE_TEXT && end != node->text && *end == '\0' && rate > 0 &&
	    rate <= RATE_MOST)
		return rate;
	PROVIDER_COMPLAIN(reader, node->line,
	    "`%s` must be a number above 0, such as 25 or 0.5, at most %d.", key, RATE_MOST);
	return 0;
}

static int read_count(struct provider_reader *reader, const struct tree *map, const char *key,
    int64_t least, int64_t most, int otherwise)
{
	const struct tree *node = tree_get(map, key);
	int64_t value = otherwise;
	if (node != NULL)
		(void)tree_read_int(&reader->base, node, key, least, most, &value);
	return (int)value;
}

static void read_limits(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"length", "unit", "too_long", "per_second", "burst",
	    "per_day", "per_recipient", "connections"};
	static const char *const units[] = {"characters", "utf16", "bytes"};
	static const char *const ways[] = {"split", "cut", "refuse"};
	struct provider_limits *limits = &reader->provider->limits;
	limits->connections = CONNECTIONS_USUAL;
	limits->burst = 1;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "limits"))
		return;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	limits->length = read_count(reader, map, "length", 1, LENGTH_MOST, 0);
	int unit = provider_choice_of(reader, map, "unit", units, COUNT_OF(units), 0);
	int way = provider_choice_of(reader, map, "too_long", ways, COUNT_OF(ways), 0);
	limits->unit = (enum provider_length_unit)(unit > 0 ? unit : 0);
	limits->too_long = (enum provider_too_long)(way > 0 ? way : 0);
	limits->per_second = read_rate(reader, map, "per_second");
	limits->per_recipient = read_rate(reader, map, "per_recipient");
	limits->burst = read_count(reader, map, "burst", 1, RATE_MOST, 1);
	limits->per_day = read_count(reader, map, "per_day", 1, INT32_MAX, 0);
	limits->connections =
	    read_count(reader, map, "connections", 1, CONNECTIONS_MOST, CONNECTIONS_USUAL);
}

/* ── credentials ─────────────────────────────────────────────────────────────────────────────── */

/* Before the templates, which may name what is kept. */
static void read_keeps(struct provider_reader *reader, const struct tree *map)
{
	struct provider_refresh *refresh = &reader->provider->refresh;
	const struct tree *keeps = tree_get(map, "keeps");
	if (map == NULL || map->kind != TREE_MAP)
		return;
	refresh->there = true;
	refresh->line = map->line;
	if (keeps == NULL || keeps->kind != TREE_MAP || keeps->count == 0 ||
	    keeps->count > PROVIDER_KINDS_MAX) {
		PROVIDER_COMPLAIN(reader, map->line,
		    "`refresh` needs `keeps`: names of credentials and the paths of their values.");
		return;
	}
	for (const struct tree *node = keeps->first; node != NULL; node = node->next)
		refresh->keeps[refresh->keep_count++] =
		    (struct provider_pair){node->key, provider_read_path(reader, node, node->key)};
}

static void read_refresh(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"keeps", "lifetime", "ahead"};
	struct provider_refresh *refresh = &reader->provider->refresh;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "refresh"))
		return;
	provider_read_request(
	    reader, map, PROVIDER_IN_REFRESH, known, COUNT_OF(known), &refresh->request);
	refresh->lifetime = provider_path_of(reader, map, "lifetime");
	refresh->ahead_ms =
	    provider_time_of(reader, map, "ahead", 1000, (int64_t)30 * 86400 * 1000, 60 * 1000);
}

static void read_token(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"header", "claims", "secret"};
	struct provider_token *token = &reader->provider->token;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "token"))
		return;
	token->there = true;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	token->header =
	    provider_read_json(reader, tree_get(map, "header"), "header", PROVIDER_IN_REFRESH);
	token->claims =
	    provider_read_json(reader, tree_get(map, "claims"), "claims", PROVIDER_IN_REFRESH);
	token->secret = provider_template_of(reader, map, "secret", PROVIDER_IN_REFRESH);
	if (token->header == NULL)
		token->header = "{}";
	if (token->claims == NULL || token->secret == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`token` needs `claims` and a `secret`.");
}

/* ── the whole ───────────────────────────────────────────────────────────────────────────────── */

static void read_head(struct provider_reader *reader, const struct tree *root)
{
	static const char *const letters[] = {"policy", "full"};
	struct provider *provider = reader->provider;
	provider->code = tree_need_text(&reader->base, root, "provider");
	if (provider->code != NULL && !document_code_is_good(provider->code, CODE_MAX))
		PROVIDER_COMPLAIN(reader, root->line,
		    "“%.60s” is no code of a provider: letters, digits and hyphens, at most %d.",
		    provider->code, CODE_MAX);
	provider->title = tree_text_or(&reader->base, root, "title", provider->code);
	provider->address_kind = tree_need_text(&reader->base, root, "address");
	if (provider->address_kind != NULL &&
	    !document_code_is_good(provider->address_kind, CODE_MAX))
		PROVIDER_COMPLAIN(reader, root->line,
		    "`address` is a short code such as phone, telegram or email.");
	provider->two_way = provider_bool_of(reader, root, "two_way", false);
	provider->receipts = provider_bool_of(reader, root, "receipts", false);
	provider->free = provider_bool_of(reader, root, "free", false);
	provider->full_letters =
	    provider_choice_of(reader, root, "letters", letters, COUNT_OF(letters), 0) == 1;
	provider->deep_link = provider_template_of(reader, root, "deep_link", PROVIDER_IN_LINK);
	provider->link_advice = provider_template_of(reader, root, "link_advice", PROVIDER_IN_LINK);
}

static void read_send(struct provider_reader *reader, const struct tree *root)
{
	struct provider *provider = reader->provider;
	const struct tree *send = tree_get(root, "send");
	if (send == NULL) {
		PROVIDER_COMPLAIN(reader, root->line, "There is no `send`: how is a text sent?");
		return;
	}
	if (!tree_is(&reader->base, send, TREE_MAP, "send"))
		return;
	provider_read_request(reader, send, PROVIDER_IN_SEND, NULL, 0, &provider->send);
	provider->rule_count =
	    provider_read_rules(reader, tree_get(root, "answers"), provider->rules);
	for (size_t i = 0; i < provider->rule_count; i++)
		if (provider->rules[i].class == PROVIDER_SENT)
			return;
	PROVIDER_COMPLAIN(reader, send->line,
	    "No answer is `sent`: add one to `answers`, or nothing would ever count as sent.");
}

/* What the head says and the rest must keep. */
static void check_whole(struct provider_reader *reader, const struct tree *root)
{
	const struct provider *provider = reader->provider;
	bool comes_in = provider->poll.there || provider->webhook.there;
	bool tells = false;
	for (size_t i = 0; i < provider->receipt_count; i++)
		tells |= provider->receipt_kinds[i].kind != PROVIDER_RECEIPT_BLOCKED;
	if (provider->two_way && (provider->incoming_count == 0 || !comes_in))
		PROVIDER_COMPLAIN(reader, root->line,
		    "`two_way: true`, but no answer can come in: add `messages`, and a `poll` or "
		    "a `webhook`.");
	if (provider->receipts && (!tells || !comes_in))
		PROVIDER_COMPLAIN(reader, root->line,
		    "`receipts: true`, but none can come in: add `receipts_in`, and a `poll` or a "
		    "`webhook`.");
	if (!provider->receipts && tells)
		complain_mildly(reader->base.complaints, reader->base.file, root->line,
		    "Receipts are read; say `receipts: true`, so that they are waited for.");
	if (provider->webhook.there && provider->incoming_count + provider->receipt_count == 0)
		PROVIDER_COMPLAIN(reader, provider->webhook.line,
		    "What the webhook brings is not read: there are neither `messages` nor "
		    "`receipts_in`.");
}

static void read_all(struct provider_reader *reader, const struct tree *root)
{
	static const char *const known[] = {"provider", "title", "address", "two_way", "receipts",
	    "letters", "free", "deep_link", "link_advice", "settings", "send", "answers", "limits",
	    "poll", "webhook", "messages", "receipts_in", "refresh", "token"};
	tree_check_keys(&reader->base, root, known, COUNT_OF(known));
	read_settings(reader, tree_get(root, "settings"));
	read_keeps(reader, tree_get(root, "refresh"));
	read_head(reader, root);
	read_send(reader, root);
	read_limits(reader, tree_get(root, "limits"));
	read_refresh(reader, tree_get(root, "refresh"));
	read_token(reader, tree_get(root, "token"));
	provider_read_incoming(reader, root);
	provider_read_poll(reader, tree_get(root, "poll"));
	provider_read_webhook(reader, tree_get(root, "webhook"));
	check_whole(reader, root);
	complain_of_unused(reader, tree_get(root, "settings"));
}

struct provider *provider_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct complaints *complaints)
{
	size_t errors_before = complaints->errors;
	struct provider_reader *reader = arena_alloc(arena, sizeof *reader);
	*reader = (struct provider_reader){
	    .base = {.arena = arena, .file = arena_copy(arena, path), .complaints = complaints},
	    .provider = arena_alloc(arena, sizeof *reader->provider),
	};
	reader->provider->file = reader->base.file;
	const struct tree *root = tree_parse(&reader->base, text, len);
	if (root == NULL || !tree_is(&reader->base, root, TREE_MAP, "the file"))
		return NULL;
	read_all(reader, root);
	return complaints->errors > errors_before ? NULL : reader->provider;
}

struct provider *provider_load(struct arena *arena, const char *path, struct complaints *complaints)
{
	struct failure failure;
	const char *text;
	size_t len;
	if (document_read(arena, path, &text, &len, &failure) == RESULT_OK)
		return provider_parse(arena, path, text, len, complaints);
	complain(complaints, path, 0, "%s", failure.text);
	return NULL;
}
