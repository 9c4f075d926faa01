/*
 * Owns: reading how texts and receipts come in: polls, webhooks, what they look like.
 * May use: base/, document/.
 * Must not know: how they are fetched and verified.
 */
#include "document/provider_reader.h"

#include <string.h>

static const char *const units[] = {"s", "ms", "iso"};
static const int64_t unit_ms[] = {1000, 1, 0};

static int64_t read_unit(struct provider_reader *reader, const struct tree *map, const char *key)
{
	int unit = provider_choice_of(reader, map, key, units, COUNT_OF(units), 0);
	return unit_ms[unit >= 0 ? unit : 0];
}

/* ── messages and receipts ───────────────────────────────────────────────────────────────────── */

static void read_message(
    struct provider_reader *reader, const struct tree *node, struct provider_incoming *incoming)
{
	static const char *const known[] = {
	    "each", "when", "sender", "name", "text", "id", "time", "time_unit", "encoding"};
	*incoming = (struct provider_incoming){.line = node->line, .each = ""};
	if (!tree_is(&reader->base, node, TREE_MAP, "a message"))
		return;
	tree_check_keys(&reader->base, node, known, COUNT_OF(known));
	if (tree_get(node, "each") != NULL)
		incoming->each = provider_path_of(reader, node, "each");
	provider_read_when(reader, tree_get(node, "when"), false, &incoming->when);
	incoming->sender = provider_path_of(reader, node, "sender");
	incoming->name = provider_path_of(reader, node, "name");
	incoming->text = provider_path_of(reader, node, "text");
	incoming->id = provider_path_of(reader, node, "id");
	incoming->time = provider_path_of(reader, node, "time");
	incoming->time_unit_ms = read_unit(reader, node, "time_unit");
	incoming->encoding = provider_path_of(reader, node, "encoding");
	if (incoming->sender == NULL || incoming->text == NULL)
		PROVIDER_COMPLAIN(reader, node->line, "A message needs a `sender` and a `text`.");
}

static void read_receipt(
    struct provider_reader *reader, const struct tree *node, struct provider_receipt *receipt)
{
	static const char *const known[] = {
	    "each", "when", "is", "id", "our_id", "sender", "time", "time_unit", "reason"};
	static const char *const kinds[] = {"delivered", "read", "failed", "blocked"};
	*receipt = (struct provider_receipt){.line = node->line, .each = ""};
	if (!tree_is(&reader->base, node, TREE_MAP, "a receipt"))
		return;
	tree_check_keys(&reader->base, node, known, COUNT_OF(known));
	if (tree_get(node, "each") != NULL)
		receipt->each = provider_path_of(reader, node, "each");
	provider_read_when(reader, tree_get(node, "when"), false, &receipt->when);
	int kind = provider_choice_of(reader, node, "is", kinds, COUNT_OF(kinds), -1);
	if (tree_get(node, "is") == NULL)
		PROVIDER_COMPLAIN(reader, node->line,
		    "This receipt does not say what it `is`: delivered, read, failed or blocked.");
	receipt->kind = kind >= 0 ? (enum provider_receipt_kind)kind : PROVIDER_RECEIPT_DELIVERED;
	receipt->id = provider_path_of(reader, node, "id");
	const char *ours = provider_path_of(reader, node, "our_id");
	if (ours != NULL && receipt->id != NULL)
		PROVIDER_COMPLAIN(
		    reader, node->line, "Either `id` or `our_id` tells which text is meant.");
	receipt->id_is_ours = ours != NULL;
	receipt->id = ours != NULL ? ours : receipt->id;
	receipt->sender = provider_path_of(reader, node, "sender");
	receipt->time = provider_path_of(reader, node, "time");
	receipt->time_unit_ms = read_unit(reader, node, "time_unit");
	receipt->reason = provider_path_of(reader, node, "reason");
	bool blocked = receipt->kind == PROVIDER_RECEIPT_BLOCKED;
	if (blocked ? receipt->sender == NULL : receipt->id == NULL)
		PROVIDER_COMPLAIN(reader, node->line,
		    blocked ? "Who blocked us? Add `sender`."
			    : "Which text is meant? Add `id` or `our_id`.");
}

void provider_read_incoming(struct provider_reader *reader, const struct tree *root)
{
	struct provider *provider = reader->provider;
	const struct tree *messages = tree_get(root, "messages");
	const struct tree *receipts = tree_get(root, "receipts_in");
	if (messages != NULL && tree_is(&reader->base, messages, TREE_LIST, "messages"))
		for (const struct tree *node = messages->first; node != NULL; node = node->next) {
			if (provider->incoming_count == PROVIDER_KINDS_MAX) {
				PROVIDER_COMPLAIN(reader, node->line,
				    "There are more than %d kinds of messages.",
				    PROVIDER_KINDS_MAX);
				break;
			}
			read_message(reader, node, &provider->incoming[provider->incoming_count++]);
		}
	if (receipts != NULL && tree_is(&reader->base, receipts, TREE_LIST, "receipts_in"))
		for (const struct tree *node = receipts->first; node != NULL; node = node->next) {
			if (provider->receipt_count == PROVIDER_RULES_MAX) {
				PROVIDER_COMPLAIN(reader, node->line,
				    "There are more than %d kinds of receipts.",
				    PROVIDER_RULES_MAX);
				break;
			}
			read_receipt(
			    reader, node, &provider->receipt_kinds[provider->receipt_count++]);
		}
}

/* ── polls ───────────────────────────────────────────────────────────────────────────────────── */

static void read_cursor(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"start", "from", "take"};
	static const char *const takes[] = {"value", "after-max", "max"};
	struct provider_poll *poll = &reader->provider->poll;
	poll->cursor_start = "";
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "cursor"))
		return;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	poll->cursor_start = tree_text_or(&reader->base, map, "start", "");
	poll->cursor_from = provider_path_of(reader, map, "from");
	int take = provider_choice_of(reader, map, "take", takes, COUNT_OF(takes), 0);
	poll->cursor = (enum provider_cursor)(PROVIDER_CURSOR_VALUE + (take >= 0 ? take : 0));
	if (poll->cursor_from == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`cursor` needs `from`: where it stands.");
}

void provider_read_poll(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"every", "cursor", "skip_first", "answers"};
	struct provider_poll *poll = &reader->provider->poll;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "poll"))
		return;
	poll->there = true;
	poll->line = map->line;
	provider_read_request(
	    reader, map, PROVIDER_IN_POLL, known, COUNT_OF(known), &poll->request);
	poll->every_ms = provider_time_of(reader, map, "every", 1000, 24 * 3600 * 1000, 5 * 1000);
	read_cursor(reader, tree_get(map, "cursor"));
	poll->skip_first = provider_bool_of(reader, map, "skip_first", false);
	poll->rule_count = provider_read_rules(reader, tree_get(map, "answers"), poll->rules);
	if (poll->rule_count == 0)
		PROVIDER_COMPLAIN(
		    reader, map->line, "`poll` needs `answers`: which one brings messages?");
	if (reader->provider->incoming_count + reader->provider->receipt_count == 0)
		PROVIDER_COMPLAIN(reader, map->line,
		    "What is polled is not read: there are neither `messages` nor `receipts_in`.");
}

/* ── webhooks ────────────────────────────────────────────────────────────────────────────────── */

static void read_verify(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {
	    "kind", "given", "secret", "over", "prefix", "prefix_optional", "encoding"};
	static const char *const kinds[] = {"none", "secret", "hmac-sha256", "sha256", "basic"};
	static const char *const encodings[] = {"hex", "base64"};
	struct provider_webhook *webhook = &reader->provider->webhook;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "verify"))
		return;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	int kind = provider_choice_of(reader, map, "kind", kinds, COUNT_OF(kinds), -1);
	webhook->verify = kind >= 0 ? (enum provider_verify)kind : PROVIDER_VERIFY_NONE;
	webhook->given = provider_path_of(reader, map, "given");
	webhook->secret = provider_template_of(reader, map, "secret", PROVIDER_IN_WEBHOOK);
	webhook->over = provider_template_of(reader, map, "over", PROVIDER_IN_OVER);
	webhook->prefix = tree_text_or(&reader->base, map, "prefix", "");
	webhook->prefix_optional = provider_bool_of(reader, map, "prefix_optional", false);
	webhook->base64 =
	    provider_choice_of(reader, map, "encoding", encodings, COUNT_OF(encodings), 0) == 1;
	bool digest =
	    webhook->verify == PROVIDER_VERIFY_HMAC || webhook->verify == PROVIDER_VERIFY_DIGEST;
	bool with_secret =
	    webhook->verify != PROVIDER_VERIFY_NONE && webhook->verify != PROVIDER_VERIFY_DIGEST;
	if (tree_get(map, "kind") == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`verify` needs a `kind`.");
	if ((digest || webhook->verify == PROVIDER_VERIFY_SECRET) && webhook->given == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`verify` needs `given`: where it stands.");
	if (with_secret && webhook->secret == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`verify` needs a `secret`.");
	if (digest && webhook->over == NULL)
		PROVIDER_COMPLAIN(
		    reader, map->line, "`verify` needs `over`: what is signed, such as {body}.");
}

static void read_age(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {"timestamp", "unit", "at_most"};
	struct provider_webhook *webhook = &reader->provider->webhook;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "age"))
		return;
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	webhook->timestamp = provider_path_of(reader, map, "timestamp");
	webhook->timestamp_unit_ms = read_unit(reader, map, "unit");
	webhook->age_ms =
	    provider_time_of(reader, map, "at_most", 1000, 24 * 3600 * 1000, 5 * 60 * 1000);
	if (webhook->timestamp == NULL)
		PROVIDER_COMPLAIN(reader, map->line, "`age` needs `timestamp`: where it stands.");
}

static void read_challenges(struct provider_reader *reader, const struct tree *list)
{
	static const char *const known[] = {"when", "given", "secret", "answer", "unsigned"};
	struct provider_webhook *webhook = &reader->provider->webhook;
	if (list == NULL || !tree_is(&reader->base, list, TREE_LIST, "challenges"))
		return;
	for (const struct tree *node = list->first;
	     node != NULL && webhook->challenge_count < PROVIDER_KINDS_MAX; node = node->next) {
		struct provider_challenge *challenge =
		    &webhook->challenges[webhook->challenge_count++];
		challenge->line = node->line;
		if (!tree_is(&reader->base, node, TREE_MAP, "a challenge"))
			continue;
		tree_check_keys(&reader->base, node, known, COUNT_OF(known));
		provider_read_when(reader, tree_get(node, "when"), false, &challenge->when);
		challenge->given = provider_path_of(reader, node, "given");
		challenge->secret =
		    provider_template_of(reader, node, "secret", PROVIDER_IN_WEBHOOK);
		challenge->answer = provider_path_of(reader, node, "answer");
		challenge->before_verification = provider_bool_of(reader, node, "unsigned", false);
		if (challenge->answer == NULL || challenge->when.count == 0)
			PROVIDER_COMPLAIN(
			    reader, node->line, "A challenge needs `when` and `answer`.");
		if ((challenge->given == NULL) != (challenge->secret == NULL))
			PROVIDER_COMPLAIN(reader, node->line,
			    "`given` and `secret` of a challenge belong together.");
	}
}

void provider_read_webhook(struct provider_reader *reader, const struct tree *map)
{
	static const char *const known[] = {
	    "methods", "secret_path", "verify", "age", "challenges", "answer"};
	struct provider_webhook *webhook = &reader->provider->webhook;
	const char **names;
	if (map == NULL || !tree_is(&reader->base, map, TREE_MAP, "webhook"))
		return;
	webhook->there = true;
	webhook->line = map->line;
	webhook->prefix = "";
	tree_check_keys(&reader->base, map, known, COUNT_OF(known));
	size_t count = tree_texts(&reader->base, tree_get(map, "methods"), "methods", 4, &names);
	for (size_t i = 0; i < count; i++) {
		webhook->get |= strcmp(names[i], "GET") == 0;
		webhook->post |= strcmp(names[i], "POST") == 0;
		if (strcmp(names[i], "GET") != 0 && strcmp(names[i], "POST") != 0)
			PROVIDER_COMPLAIN(reader, map->line,
			    "A webhook takes GET and POST, not “%.20s”.", names[i]);
	}
	if (count == 0)
		webhook->post = true;
	webhook->secret_path = provider_bool_of(reader, map, "secret_path", false);
	read_verify(reader, tree_get(map, "verify"));
	read_age(reader, tree_get(map, "age"));
	read_challenges(reader, tree_get(map, "challenges"));
	webhook->answer = tree_text_or(&reader->base, map, "answer", "");
	if (webhook->verify == PROVIDER_VERIFY_NONE && !webhook->secret_path)
		PROVIDER_COMPLAIN(reader, map->line,
		    "Anybody could call this webhook. Add `verify`, or `secret_path: true` when "
		    "the provider signs nothing.");
	for (size_t i = 0; webhook->secret_path && i < reader->provider->setting_count; i++)
		if (strcmp(reader->provider->settings[i].name, "webhook_secret") == 0) {
			reader->used[i] = true;
			return;
		}
	if (webhook->secret_path)
		PROVIDER_COMPLAIN(
		    reader, map->line, "`secret_path` needs a setting `webhook_secret`.");
}
