/*
 * Owns: whether a webhook is genuine; challenges; the token {jwt}.
 * May use: base/, document/provider.h, channel/http_value.h, channel/http_digest.h.
 * Must not know: what the webhook brings.
 */
#include "channel/http_answer.h"

#include "channel/http_digest.h"
#include "channel/http_parse.h"

#include <string.h>
#include <strings.h>

#define SECRET_MAX 4096
#define CHALLENGE_MAX 1024
#define TOKEN_MAX 8192

struct verifying {
	const struct provider_webhook *webhook;
	const struct http_body *body;
	http_lookup_fn *lookup;
	void *arg;
	struct wall now;
	const char *why; /* it was denied; NULL: it was not */
};

/* ── what is compared ── */

static enum http_webhook_answer deny(struct verifying *verifying, const char *why)
{
	verifying->why = why;
	return HTTP_WEBHOOK_DENIED;
}

/* The filled-in secret; false when some part of it is missing: an empty secret protects nothing. */
static bool fill_secret(
    const struct verifying *verifying, const char *template, struct buffer *secret)
{
	return template != NULL &&
	       http_fill(template, HTTP_AS_IS, verifying->lookup, verifying->arg, secret, NULL) ==
		   RESULT_OK &&
	       secret->len > 0;
}

static const char *given_at(const struct verifying *verifying, const char *path)
{
	const char *given = path != NULL ? http_text_at(verifying->body, NULL, path) : NULL;
	return given != NULL && given[0] != '\0' ? given : NULL;
}

/* Appends one value of `over`; false when it is missing or, a setting, empty. */
static bool add_over(const struct verifying *verifying, const char *name, struct buffer *over)
{
	size_t len;
	if (strcmp(name, "body") == 0) {
		buffer_add(over, verifying->body->bytes, verifying->body->len);
		return true;
	}
	if (name[0] == '$') {
		const char *bytes = http_bytes_at(verifying->body, NULL, name, &len);
		if (bytes != NULL)
			buffer_add(over, bytes, len);
		return bytes != NULL;
	}
	const char *value = verifying->lookup(name, verifying->arg);
	if (value != NULL)
		buffer_add_text(over, value);
	return value != NULL && value[0] != '\0';
}

static bool fill_over(const struct verifying *verifying, struct buffer *over)
{
	const char *at = verifying->webhook->over != NULL ? verifying->webhook->over : "{body}";
	for (;;) {
		struct http_piece piece = http_next_piece(&at);
		if (piece.kind == HTTP_PIECE_END)
			return !over->overflow;
		if (piece.kind == HTTP_PIECE_WRONG)
			return false;
		if (piece.kind == HTTP_PIECE_TEXT)
			buffer_add(over, piece.text, piece.len);
		else if (!add_over(verifying, piece.name, over))
			return false;
	}
}

/* ── the kinds of verification ── */

static enum http_webhook_answer verify_secret(struct verifying *verifying, const char *given)
{
	OWNED_BUFFER secret = BUFFER(SECRET_MAX);
	if (!fill_secret(verifying, verifying->webhook->secret, &secret))
		return deny(verifying, "no secret is configured to compare with");
	if (!http_secret_equals(given, buffer_text(&secret)))
		return deny(verifying, "the secret is wrong");
	return HTTP_WEBHOOK_TAKE;
}

static enum http_webhook_answer verify_basic(struct verifying *verifying, const char *given)
{
	OWNED_BUFFER pair = BUFFER(SECRET_MAX);
	if (strncasecmp(given, "Basic ", 6) != 0 ||
	    !http_decode_base64(&pair, given + 6 + strspn(given + 6, " ")) ||
	    memchr(buffer_text(&pair), '\0', pair.len) != NULL)
		return deny(verifying, "there is no basic authentication");
	return verify_secret(verifying, buffer_text(&pair));
}

/* What `given` says after its prefix, or NULL when that is not there. */
static const char *behind_prefix(const struct provider_webhook *webhook, const char *given)
{
	const char *prefix = webhook->prefix != NULL ? webhook->prefix : "";
	if (strncmp(given, prefix, strlen(prefix)) == 0)
		return given + strlen(prefix);
	return webhook->prefix_optional ? given : NULL;
}

static enum http_webhook_answer verify_digest(struct verifying *verifying, const char *given)
{
	const struct provider_webhook *webhook = verifying->webhook;
	struct http_digest expected, said;
	OWNED_BUFFER secret = BUFFER(SECRET_MAX);
	OWNED_BUFFER over = BUFFER(HTTP_BODY_MAX * 2);
	bool hmac = webhook->verify == PROVIDER_VERIFY_HMAC;
	if (hmac && !fill_secret(verifying, webhook->secret, &secret))
		return deny(verifying, "no secret is configured to compare with");
	if (!fill_over(verifying, &over))
		return deny(verifying, "a part of what is signed is missing");
	expected = hmac ? http_hmac_sha256(secret.data, secret.len, buffer_text(&over), over.len)
			: http_sha256(buffer_text(&over), over.len);
	const char *text = behind_prefix(webhook, given);
	if (text == NULL ||
	    !(webhook->base64 ? http_digest_of_base64 : http_digest_of_hex)(text, &said))
		return deny(verifying, "the signature is malformed");
	if (!http_digest_equals(&expected, &said))
		return deny(verifying, "the signature is wrong");
	return HTTP_WEBHOOK_TAKE;
}

static enum http_webhook_answer verify_age(struct verifying *verifying)
{
	const struct provider_webhook *webhook = verifying->webhook;
	int64_t ms;
	if (webhook->timestamp == NULL || webhook->age_ms <= 0)
		return HTTP_WEBHOOK_TAKE;
	const char *given = given_at(verifying, webhook->timestamp);
	if (given == NULL ||
	    !http_parse_ms(given,
		webhook->timestamp_unit_ms > 0 ? webhook->timestamp_unit_ms : SECOND_MS, &ms))
		return deny(verifying, "there is no time stamp");
	int64_t age_ms = verifying->now.ms - ms;
	if (age_ms <= webhook->age_ms && age_ms >= -webhook->age_ms)
		return HTTP_WEBHOOK_TAKE;
	verifying->why = "its time stamp is too old or too new";
	return HTTP_WEBHOOK_OLD;
}

static enum http_webhook_answer verify(struct verifying *verifying)
{
	const struct provider_webhook *webhook = verifying->webhook;
	if (webhook->verify == PROVIDER_VERIFY_NONE)
		return webhook->secret_path ? HTTP_WEBHOOK_TAKE
					    : deny(verifying, "nothing proves where it is from");
	const char *path = webhook->given;
	if (path == NULL && webhook->verify == PROVIDER_VERIFY_BASIC)
		path = "$header.authorization";
	const char *given = given_at(verifying, path);
	if (given == NULL)
		return deny(verifying, "there is no signature or secret");
	if (webhook->verify == PROVIDER_VERIFY_SECRET)
		return verify_secret(verifying, given);
	if (webhook->verify == PROVIDER_VERIFY_BASIC)
		return verify_basic(verifying, given);
	enum http_webhook_answer answer = verify_digest(verifying, given);
	return answer == HTTP_WEBHOOK_TAKE ? verify_age(verifying) : answer;
}

static bool path_fits(const struct verifying *verifying)
{
	const char *secret = verifying->lookup("webhook_secret", verifying->arg);
	return !verifying->webhook->secret_path ||
	       (secret != NULL && verifying->body->path_secret != NULL &&
		   http_secret_equals(verifying->body->path_secret, secret));
}

/* ── challenges ── */

/* TAKE: it is none. */
static enum http_webhook_answer meet(
    struct verifying *verifying, const struct provider_challenge *challenge, const char **text)
{
	OWNED_BUFFER secret = BUFFER(SECRET_MAX);
	if (!http_when_holds(verifying->body, NULL, &challenge->when))
		return HTTP_WEBHOOK_TAKE;
	if (challenge->given != NULL) {
		const char *given = given_at(verifying, challenge->given);
		if (given == NULL || !fill_secret(verifying, challenge->secret, &secret) ||
		    !http_secret_equals(given, buffer_text(&secret)))
			return deny(verifying, "the secret of a challenge is wrong");
	}
	const char *answer =
	    challenge->answer != NULL ? http_text_at(verifying->body, NULL, challenge->answer) : "";
	if (answer == NULL || strlen(answer) > CHALLENGE_MAX)
		return deny(verifying, "a challenge has nothing to answer, or too much");
	*text = answer;
	return HTTP_WEBHOOK_CHALLENGE;
}

static enum http_webhook_answer meet_challenges(
    struct verifying *verifying, bool before, const char **text)
{
	enum http_webhook_answer answer = HTTP_WEBHOOK_TAKE;
	const struct provider_webhook *webhook = verifying->webhook;
	for (size_t i = 0; i < webhook->challenge_count && answer == HTTP_WEBHOOK_TAKE; i++)
		if (webhook->challenges[i].before_verification == before)
			answer = meet(verifying, &webhook->challenges[i], text);
	return answer;
}

enum http_webhook_answer http_verify_webhook(const struct provider_webhook *webhook,
    const struct http_body *body, http_lookup_fn *lookup, void *arg, struct wall now,
    const char **text)
{
	struct verifying verifying = {webhook, body, lookup, arg, now, NULL};
	enum http_webhook_answer answer;
	*text = NULL;
	if (!path_fits(&verifying))
		answer = deny(&verifying, "the secret at the end of the address is wrong");
	else
		answer = meet_challenges(&verifying, true, text);
	if (answer == HTTP_WEBHOOK_TAKE)
		answer = verify(&verifying);
	if (answer == HTTP_WEBHOOK_TAKE)
		answer = meet_challenges(&verifying, false, text);
	if (verifying.why != NULL)
		*text = verifying.why;
	return answer;
}

/* ── the token ── */

static enum result add_part(const char *json, http_lookup_fn *lookup, void *arg,
    struct buffer *token, struct failure *failure)
{
	OWNED_BUFFER part = BUFFER(TOKEN_MAX);
	enum result result = http_fill_json(json, lookup, arg, &part, failure);
	http_add_base64url(token, buffer_text(&part), part.len);
	return result;
}

enum result http_make_token(const struct provider_token *token, http_lookup_fn *lookup, void *arg,
    struct buffer *out, struct failure *failure)
{
	OWNED_BUFFER made = BUFFER(TOKEN_MAX * 4);
	OWNED_BUFFER secret = BUFFER(SECRET_MAX);
	enum result result = add_part(token->header, lookup, arg, &made, failure);
	buffer_add_char(&made, '.');
	if (result == RESULT_OK)
		result = add_part(token->claims, lookup, arg, &made, failure);
	if (result == RESULT_OK)
		result = http_fill(token->secret, HTTP_AS_IS, lookup, arg, &secret, failure);
	if (result != RESULT_OK)
		return result;
	if (secret.len == 0)
		return failure_set(
		    failure, RESULT_INVALID, "The secret that signs the token is empty.");
	struct http_digest signature =
	    http_hmac_sha256(secret.data, secret.len, buffer_text(&made), made.len);
	buffer_add_char(&made, '.');
	http_add_base64url(&made, signature.bytes, sizeof signature.bytes);
	buffer_add(out, buffer_text(&made), made.len);
	return RESULT_OK;
}
