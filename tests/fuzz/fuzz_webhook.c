/*
 * Owns: the fuzz target of what strangers send over HTTP: bodies, queries, headers, answers.
 * May use: channel/, base/.
 * Must not know: the server, the network.
 *
 * The first byte chooses the content type and what is asked; then lines up to an empty one are
 * headers and query parameters, the rest is the body. Seeds: tests/fuzz/seeds/webhook.
 */
#include "base/memory.h"
#include "channel/http_answer.h"
#include "channel/http_length.h"
#include "channel/http_request.h"
#include "document/document.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BODY_MAX 20000
#define NAMED_MAX 8
#define NOW ((struct wall){INT64_C(1700000000000)})

static void require(bool true_always)
{
	if (!true_always)
		abort();
}

static const char *present[] = {"(present)"};
static const char *some[] = {"true", "*a*b*", "(absent)"};
static const char *statuses[] = {"2xx", "400-403"};

static const struct provider provider = {
    .incoming = {{.each = "entry[].changes[].value.messages[]",
		     .sender = "from",
		     .text = "text.body",
		     .id = "id",
		     .time = "timestamp",
		     .time_unit_ms = 1000,
		     .name = "$json.entry[].changes[].value.contacts[].profile.name"},
	{.each = "result[]",
	    .when = {{{"message.text", present, 1}, {"ok", some, 3}}, 2},
	    .sender = "message.chat.id",
	    .text = "message.text",
	    .id = "update_id",
	    .time = "message.date"},
	{.each = "",
	    .sender = "from",
	    .text = "text",
	    .encoding = "coding",
	    .time = "ts",
	    .time_unit_ms = 1},
	{.each = "rooms.*.events[]", .sender = "$key", .text = "$body"},
	{.each = "[][0]", .sender = "*", .text = "*.*", .id = "$header.x-id"}},
    .incoming_count = 5,
    .receipt_kinds = {{.each = "statuses[]",
			  .when = {{{"status", present, 1}}, 1},
			  .kind = PROVIDER_RECEIPT_FAILED,
			  .id = "id",
			  .reason = "errors[].title"},
	{.each = "", .kind = PROVIDER_RECEIPT_BLOCKED, .sender = "$query.user"}},
    .receipt_count = 2,
};

static const struct provider_rule rules[] = {
    {.when = {{{"ok", some, 3}, {"$status", statuses, 2}}, 2},
	.class = PROVIDER_SENT,
	.id = "result.message_id",
	.reason = "$body"},
    {.when = {{{"errors[].code", present, 1}}, 1},
	.class = PROVIDER_THROTTLED,
	.wait = "errors[0].wait",
	.wait_unit_ms = 1,
	.reason = "errors[].title"},
};

static const struct provider_webhook webhooks[] = {
    {.verify = PROVIDER_VERIFY_HMAC,
	.given = "$header.s",
	.secret = "{key}",
	.prefix = "v0=",
	.over = "v0:{$header.t}:{body}",
	.timestamp = "$header.t",
	.timestamp_unit_ms = 1000,
	.age_ms = 300000},
    {.verify = PROVIDER_VERIFY_DIGEST,
	.given = "$header.s",
	.base64 = true,
	.prefix = "mac=",
	.prefix_optional = true,
	.over = "{key}{body}{$json.timestamp}"},
    {.verify = PROVIDER_VERIFY_BASIC, .secret = "{key}:{key}"},
    {.verify = PROVIDER_VERIFY_SECRET, .given = "$query.token", .secret = "{key}"},
};

static const char *look_up(const char *name, void *arg)
{
	return strcmp(name, "key") == 0 ? "a key that nobody guesses" : arg;
}

/* Lines "name: value" up to an empty one, cut out of `text`; their number. */
static size_t take_named(char **text, struct http_named *named)
{
	size_t count = 0;
	while (count < NAMED_MAX && **text != '\0' && **text != '\n') {
		char *line = *text, *end = strchr(line, '\n');
		*text = end != NULL ? end + 1 : line + strlen(line);
		if (end != NULL)
			*end = '\0';
		char *colon = strchr(line, ':');
		if (colon == NULL)
			continue;
		*colon = '\0';
		named[count++] = (struct http_named){line, colon + 1, 0};
	}
	*text += **text == '\n';
	return count;
}

static void require_clean(const char *text)
{
	require(text == NULL || document_utf8_error(text, strlen(text)) == strlen(text));
}

static void check_incoming(const struct http_body *body)
{
	struct http_came_in *items;
	bool too_many;
	size_t count = http_read_incoming(&provider, body, NOW, &items, &too_many);
	require(count <= HTTP_CAME_IN_MAX);
	for (size_t i = 0; i < count; i++) {
		require_clean(items[i].sender);
		require_clean(items[i].text);
		require_clean(items[i].id);
		require_clean(items[i].name);
		require_clean(items[i].reason);
		require(items[i].time.ms >= 0);
		require(
		    !items[i].is_text || (items[i].sender[0] != '\0' && items[i].text[0] != '\0'));
	}
}

static void check_answer(const struct http_body *body)
{
	struct http_verdict verdict;
	http_judge(body, rules, COUNT_OF(rules), false, NOW, &verdict);
	require(verdict.class < PROVIDER_CLASS_COUNT && verdict.wait_ms >= -1 &&
		verdict.wait_ms <= DAY_MS && strlen(verdict.reason) <= 310);
	require_clean(verdict.reason);
	require_clean(verdict.id);
	for (size_t i = 0; i < COUNT_OF(webhooks); i++) {
		const char *text;
		require(http_verify_webhook(&webhooks[i], body, look_up, NULL, NOW, &text) ==
			HTTP_WEBHOOK_DENIED);
		require(text != NULL);
	}
}

/* The text as an address, a header, a field, a mail: built or refused, never a second header. */
static void check_request(struct arena *arena, const char *text, enum provider_body kind)
{
	struct http_built built;
	const struct provider_request request = {.method = "POST",
	    .url = "https://a.vn/{x}?q={x}",
	    .query = {{"q", "{x}"}},
	    .query_count = 1,
	    .headers = {{"X-A", "{x}"}},
	    .header_count = kind == PROVIDER_BODY_MAIL ? 0 : 1,
	    .body_kind = kind,
	    .body = kind == PROVIDER_BODY_JSON ? "{\"{x}\":[\"{x}\"]}" : "{x}",
	    .fields = {{"from", "a@b.vn"}, {"to", "c@d.vn"}, {"subject", "{x}"},
		{"from_name", "{x}"}},
	    .field_count = 4};
	if (http_build(arena, &request, look_up, (void *)text, NOW, &built, NULL) != RESULT_OK)
		return;
	for (const char *at = built.url; *at != '\0'; at++)
		require(*at > 0x20 && *at < 0x7F);
	for (size_t i = 0; i < built.header_count; i++)
		require(strpbrk(built.headers[i].value, "\r\n") == NULL);
	if (kind == PROVIDER_BODY_JSON) {
		json_t *json = json_loadb(built.body, built.body_len, 0, NULL);
		require(json != NULL);
		json_decref(json);
	}
	if (kind == PROVIDER_BODY_MAIL)
		require(
		    strstr(built.body, "\r\n\r\n") != NULL && strstr(built.body, "\nBcc") == NULL);
	const char *const secrets[] = {text};
	const char *shown = http_built_masked(arena, &built, secrets, 1);
	require(strlen(text) < 40 || strstr(shown, text) == NULL);
}

static void check_parts(struct arena *arena, const char *text, int length)
{
	struct http_parts parts;
	OWNED_BUFFER joined = BUFFER(BODY_MAX + 1);
	const struct provider_limits limits = {
	    .length = length, .unit = (enum provider_length_unit)(length % 3)};
	if (http_fit_text(arena, &limits, text, &parts, NULL) != RESULT_OK)
		return;
	for (size_t i = 0; i < parts.count; i++) {
		require(
		    http_text_length(parts.texts[i], limits.unit) <= (size_t)length || length < 4);
		buffer_add_text(&joined, parts.texts[i]);
	}
	require(strcmp(buffer_text(&joined), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {
	    "application/json", "application/x-www-form-urlencoded", "text/plain", NULL};
	if (size < 1 || size > BODY_MAX)
		return 0;
	struct arena *arena = arena_new();
	char *text = arena_copy_bytes(arena, data + 1, size - 1), *start = text;
	struct http_named named[NAMED_MAX];
	struct http_body body;
	size_t count = take_named(&text, named);
	http_body_init(&body, arena, 100 * (data[0] >> 5), types[data[0] % 4], text,
	    size - 1 - (size_t)(text - start), named, count, named, count);
	check_incoming(&body);
	check_answer(&body);
	check_request(arena, body.text, (enum provider_body)(data[0] / 4 % 6));
	check_parts(arena, body.text, 1 + data[0]);
	http_body_clear(&body);
	arena_free(arena);
	return 0;
}
