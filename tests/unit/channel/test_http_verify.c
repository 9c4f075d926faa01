/*
 * Owns: tests of verifying webhooks, of challenges and of signed tokens.
 * May use: channel/http_answer.h, channel/http_digest.h, base/, cmocka.
 * Must not know: what webhooks bring.
 *
 * The signatures of real schemes were computed with Python's hashlib, RFC 4231 and RFC 7636.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "channel/http_answer.h"
#include "channel/http_digest.h"
#include "http_fixture.h"

#define NOW ((struct wall){INT64_C(1700000000000)})
#define BODY_A                                                                                     \
	"{\"app_id\":\"123\",\"event_name\":\"user_send_text\",\"timestamp\":\"1700000000000\"}"
#define BODY_B                                                                                     \
	"{\"event\":\"message\",\"timestamp\":1700000000000,\"message_token\":"                    \
	"4987381194038857789}"
#define BODY_C "{\"object\":\"whatsapp_business_account\",\"entry\":[]}"
#define BODY_D "{\"type\":\"url_verification\",\"challenge\":\"abc\"}"
#define BODY_E "{\"event\":\"sms:received\",\"id\":\"e1\"}"

#define SIGNED_A "e9bf8587674423c50637b1682d4ec080fe4ce64549879ac750caffd9919608b9"
#define SIGNED_B "b2d333e0532f4dde6e9867a71820fc6ab7294038279cfd7a2edb818bb62c93cc"
#define SIGNED_C "031d7024e2468251aabe30f79118de4cd88c0d71e65aacbf3bdc1b1dd47a86a8"
#define SIGNED_D "ad7f9d7b11dc25c4b88096028e454ae828543bf175535fdffdd2694592cc1976"
#define SIGNED_E "e621b26c40e80e69c47f82bb34a61fd4b1c834361672e53d7b9512b6d142cf18"

static const char *const settings[] = {"app_id", "123", "oa_secret", "s3cr3t", "token", "TOKEN",
    "app_secret", "APPSECRET", "signing", "SIGNING", "key", "KEY", "empty", "", "user", "an",
    "password", "x:ủ", "webhook_secret", "wh-5ecret", NULL};

struct delivery {
	const char *body, *path_secret;
	struct http_named headers[2], query[3];
	struct wall now;
};

static enum http_webhook_answer deliver(
    const struct provider_webhook *webhook, const struct delivery *delivery, char text[1100])
{
	struct http_body body;
	const char *said;
	size_t headers = 0, query = 0;
	while (headers < 2 && delivery->headers[headers].name != NULL)
		headers++;
	while (query < 3 && delivery->query[query].name != NULL)
		query++;
	http_body_init(&body, arena_new(), 0, "application/json", delivery->body,
	    strlen(delivery->body), delivery->headers, headers, delivery->query, query);
	body.path_secret = delivery->path_secret;
	enum http_webhook_answer answer = http_verify_webhook(webhook, &body, look_up_pair,
	    (void *)settings, delivery->now.ms != 0 ? delivery->now : NOW, &said);
	snprintf(text, 1100, "%s", said != NULL ? said : "(none)");
	body_end(&body);
	return answer;
}

static void assert_answer(const struct provider_webhook *webhook, const struct delivery *delivery,
    enum http_webhook_answer expected)
{
	char text[1100];
	enum http_webhook_answer answer = deliver(webhook, delivery, text);
	if (answer != expected)
		fail_msg("answered %d, not %d: %s", answer, expected, text);
	for (size_t i = 1; settings[i - 1] != NULL; i += 2)
		if (strlen(settings[i]) > 3)
			assert_null(strstr(text, settings[i]));
}

static const struct provider_webhook zalo = {.verify = PROVIDER_VERIFY_DIGEST,
    .given = "$header.x-zevent-signature",
    .prefix = "mac=",
    .prefix_optional = true,
    .over = "{app_id}{body}{$json.timestamp}{oa_secret}"};
static const struct provider_webhook viber = {.verify = PROVIDER_VERIFY_HMAC,
    .given = "$header.x-viber-content-signature",
    .secret = "{token}"};
static const struct provider_webhook meta = {.verify = PROVIDER_VERIFY_HMAC,
    .given = "$header.x-hub-signature-256",
    .prefix = "sha256=",
    .secret = "{app_secret}",
    .over = "{body}"};
static const struct provider_webhook slack = {.verify = PROVIDER_VERIFY_HMAC,
    .given = "$header.x-slack-signature",
    .prefix = "v0=",
    .secret = "{signing}",
    .over = "v0:{$header.x-slack-request-timestamp}:{body}",
    .timestamp = "$header.x-slack-request-timestamp",
    .timestamp_unit_ms = 1000,
    .age_ms = 300000};
static const struct provider_webhook phone = {.verify = PROVIDER_VERIFY_HMAC,
    .given = "$header.x-signature",
    .secret = "{key}",
    .over = "{body}{$header.x-timestamp}",
    .timestamp = "$header.x-timestamp",
    .timestamp_unit_ms = 1000,
    .age_ms = 300000};

static const struct provider_webhook meta_base64 = {.verify = PROVIDER_VERIFY_HMAC,
    .given = "$header.x-signature",
    .base64 = true,
    .secret = "{app_secret}"};

static void test_real_signatures_are_recognised(void **state)
{
	(void)state;
	static const struct {
		const struct provider_webhook *webhook;
		struct delivery delivery;
	} table[] = {
	    {&zalo, {.body = BODY_A, .headers = {{"X-ZEvent-Signature", "mac=" SIGNED_A, 0}}}},
	    {&zalo, {.body = BODY_A, .headers = {{"X-ZEvent-Signature", SIGNED_A, 0}}}},
	    {&viber, {.body = BODY_B, .headers = {{"X-Viber-Content-Signature", SIGNED_B, 0}}}},
	    {&meta, {.body = BODY_C, .headers = {{"X-Hub-Signature-256", "sha256=" SIGNED_C, 0}}}},
	    {&slack, {.body = BODY_D,
			 .headers = {{"X-Slack-Signature", "v0=" SIGNED_D, 0},
			     {"X-Slack-Request-Timestamp", "1700000000", 0}}}},
	    {&phone,
		{.body = BODY_E,
		    .headers = {{"X-Signature", SIGNED_E, 0}, {"X-Timestamp", "1700000000", 0}}}},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++)
		assert_answer(table[i].webhook, &table[i].delivery, HTTP_WEBHOOK_TAKE);
}

static void test_what_is_forged_is_denied(void **state)
{
	(void)state;
	static const struct {
		const struct provider_webhook *webhook;
		struct delivery delivery;
	} table[] = {
	    {&zalo, {.body = BODY_A}},
	    {&zalo, {.body = BODY_A, .headers = {{"X-ZEvent-Signature", "mac=", 0}}}},
	    {&zalo, {.body = BODY_A " ", .headers = {{"X-ZEvent-Signature", SIGNED_A, 0}}}},
	    {&zalo, {.body = "{}", .headers = {{"X-ZEvent-Signature", SIGNED_A, 0}}}},
	    {&viber, {.body = BODY_B, .headers = {{"X-Viber-Content-Signature", SIGNED_C, 0}}}},
	    {&viber, {.body = BODY_B, .headers = {{"X-Viber-Content-Signature", "zz", 0}}}},
	    {&viber,
		{.body = BODY_B, .headers = {{"X-Viber-Content-Signature", SIGNED_B "00", 0}}}},
	    {&viber, {.body = BODY_B, .headers = {{"X-Viber-Content-Signature", SIGNED_B " ", 0}}}},
	    {&viber, {.body = "", .headers = {{"X-Viber-Content-Signature", SIGNED_B, 0}}}},
	    {&meta, {.body = BODY_C, .headers = {{"X-Hub-Signature-256", SIGNED_C, 0}}}},
	    {&meta, {.body = BODY_C, .headers = {{"X-Hub-Signature-256", "SHA256=" SIGNED_C, 0}}}},
	    {&meta_base64, {.body = BODY_C, .headers = {{"X-Signature", SIGNED_C, 0}}}},
	    {&slack, {.body = BODY_D, .headers = {{"X-Slack-Signature", "v0=" SIGNED_D, 0}}}},
	    {&slack, {.body = BODY_D,
			 .headers = {{"X-Slack-Signature", "v0=" SIGNED_D, 0},
			     {"X-Slack-Request-Timestamp", "1700000001", 0}}}},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++)
		assert_answer(table[i].webhook, &table[i].delivery, HTTP_WEBHOOK_DENIED);
}

static void test_a_genuine_one_that_is_too_old_or_new_is_told_apart(void **state)
{
	(void)state;
	struct delivery delivery = {.body = BODY_E,
	    .headers = {{"X-Signature", SIGNED_E, 0}, {"X-Timestamp", "1700000000", 0}}};
	static const struct {
		int64_t later_ms;
		enum http_webhook_answer expected;
	} table[] = {{300000, HTTP_WEBHOOK_TAKE}, {300001, HTTP_WEBHOOK_OLD},
	    {-300000, HTTP_WEBHOOK_TAKE}, {-300001, HTTP_WEBHOOK_OLD}};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		delivery.now = wall_add(NOW, table[i].later_ms);
		assert_answer(&phone, &delivery, table[i].expected);
	}
	delivery.headers[0].value = SIGNED_A;
	assert_answer(&phone, &delivery, HTTP_WEBHOOK_DENIED);
}

static void test_an_empty_secret_protects_nothing(void **state)
{
	(void)state;
	/* HMAC-SHA256 with an empty key over "{}", SHA-256 of "{}": anybody can compute them. */
	struct http_digest hmac = http_hmac_sha256("", 0, "{}", 2), plain = http_sha256("{}", 2);
	struct buffer hex = BUFFER(100), plain_hex = BUFFER(100);
	http_add_hex(&hex, hmac.bytes, sizeof hmac.bytes);
	http_add_hex(&plain_hex, plain.bytes, sizeof plain.bytes);
	const struct provider_webhook keyed = {
	    .verify = PROVIDER_VERIFY_HMAC, .given = "$header.s", .secret = "{empty}"};
	const struct provider_webhook digest = {
	    .verify = PROVIDER_VERIFY_DIGEST, .given = "$header.s", .over = "{body}{empty}"};
	const struct provider_webhook secret = {
	    .verify = PROVIDER_VERIFY_SECRET, .given = "$header.s", .secret = "{empty}"};
	const struct provider_webhook unknown = {
	    .verify = PROVIDER_VERIFY_SECRET, .given = "$header.s", .secret = "{none}"};
	struct delivery delivery = {.body = "{}", .headers = {{"S", buffer_text(&hex), 0}}};
	assert_answer(&keyed, &delivery, HTTP_WEBHOOK_DENIED);
	delivery.headers[0].value = buffer_text(&plain_hex);
	assert_answer(&digest, &delivery, HTTP_WEBHOOK_DENIED);
	delivery.headers[0].value = "";
	assert_answer(&secret, &delivery, HTTP_WEBHOOK_DENIED);
	assert_answer(&unknown, &delivery, HTTP_WEBHOOK_DENIED);
	assert_answer(&(struct provider_webhook){.verify = PROVIDER_VERIFY_NONE}, &delivery,
	    HTTP_WEBHOOK_DENIED);
	buffer_clear(&hex);
	buffer_clear(&plain_hex);
}

static void test_a_secret_is_compared_whole(void **state)
{
	(void)state;
	const struct provider_webhook secret = {
	    .verify = PROVIDER_VERIFY_SECRET, .given = "$header.s", .secret = "Bearer {token}"};
	static const struct {
		const char *given;
		enum http_webhook_answer expected;
	} table[] = {{"Bearer TOKEN", HTTP_WEBHOOK_TAKE}, {"Bearer TOKE", HTTP_WEBHOOK_DENIED},
	    {"Bearer TOKENS", HTTP_WEBHOOK_DENIED}, {"bearer TOKEN", HTTP_WEBHOOK_DENIED},
	    {"TOKEN", HTTP_WEBHOOK_DENIED}};
	for (size_t i = 0; i < COUNT_OF(table); i++)
		assert_answer(&secret,
		    &(struct delivery){.body = "{}", .headers = {{"S", table[i].given, 0}}},
		    table[i].expected);
}

static void test_basic_authentication_is_decoded(void **state)
{
	(void)state;
	const struct provider_webhook basic = {
	    .verify = PROVIDER_VERIFY_BASIC, .secret = "{user}:{password}"};
	static const struct {
		const char *given;
		enum http_webhook_answer expected;
	} table[] = {
	    {"Basic YW46eDrhu6c=", HTTP_WEBHOOK_TAKE},
	    {"basic  YW46eDrhu6c=", HTTP_WEBHOOK_TAKE},
	    {"Basic YW46eDrhu6c", HTTP_WEBHOOK_DENIED},
	    {"Basic YW46eA==", HTTP_WEBHOOK_DENIED},
	    {"Basic YW46eDrhu6cA", HTTP_WEBHOOK_DENIED},
	    {"Basic", HTTP_WEBHOOK_DENIED},
	    {"Bearer YW46eDrhu6c=", HTTP_WEBHOOK_DENIED},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++)
		assert_answer(&basic,
		    &(struct delivery){
			.body = "{}", .headers = {{"Authorization", table[i].given, 0}}},
		    table[i].expected);
}

static void test_the_secret_in_the_address_is_asked_for(void **state)
{
	(void)state;
	const struct provider_webhook webhook = {
	    .verify = PROVIDER_VERIFY_NONE, .secret_path = true};
	assert_answer(&webhook, &(struct delivery){.body = "", .path_secret = "wh-5ecret"},
	    HTTP_WEBHOOK_TAKE);
	assert_answer(&webhook, &(struct delivery){.body = "", .path_secret = "wh-5ecre"},
	    HTTP_WEBHOOK_DENIED);
	assert_answer(
	    &webhook, &(struct delivery){.body = "", .path_secret = ""}, HTTP_WEBHOOK_DENIED);
	assert_answer(&webhook, &(struct delivery){.body = ""}, HTTP_WEBHOOK_DENIED);
}

static const char *subscribe[] = {"subscribe"};
static const char *verification[] = {"url_verification"};

static void test_a_challenge_with_the_right_token_is_answered(void **state)
{
	(void)state;
	struct provider_webhook webhook = meta;
	char text[1100];
	webhook.challenges[0] =
	    (struct provider_challenge){.when = {{{"$query.hub.mode", subscribe, 1}}, 1},
		.given = "$query.hub.verify_token",
		.secret = "{token}",
		.answer = "$query.hub.challenge",
		.before_verification = true};
	webhook.challenge_count = 1;
	struct delivery delivery = {.body = "",
	    .query = {{"hub.mode", "subscribe", 0}, {"hub.verify_token", "TOKEN", 0},
		{"hub.challenge", "1158201444", 0}}};
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_CHALLENGE);
	assert_string_equal(text, "1158201444");
	delivery.query[1].value = "WRONG";
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_DENIED);
	delivery.query[1].value = "TOKEN";
	delivery.query[2].name = "other";
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_DENIED);
	char long_one[1026] = {0};
	memset(long_one, 'a', 1025);
	delivery.query[2] = (struct http_named){"hub.challenge", long_one, 0};
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_DENIED);
}

static void test_a_signed_challenge_is_answered_only_when_it_is_genuine(void **state)
{
	(void)state;
	struct provider_webhook webhook = slack;
	char text[1100];
	webhook.challenges[0] = (struct provider_challenge){
	    .when = {{{"type", verification, 1}}, 1}, .answer = "challenge"};
	webhook.challenge_count = 1;
	struct delivery delivery = {.body = BODY_D,
	    .headers = {{"X-Slack-Signature", "v0=" SIGNED_D, 0},
		{"X-Slack-Request-Timestamp", "1700000000", 0}}};
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_CHALLENGE);
	assert_string_equal(text, "abc");
	delivery.headers[0].value = "v0=" SIGNED_C;
	assert_int_equal(deliver(&webhook, &delivery, text), HTTP_WEBHOOK_DENIED);
}

static void test_digests_are_those_of_the_standards(void **state)
{
	(void)state;
	struct buffer text = BUFFER(1000);
	char key[131];
	memset(key, 0xAA, sizeof key);
	const char *data = "Test Using Larger Than Block-Size Key - Hash Key First";
	struct http_digest digest = http_hmac_sha256(key, sizeof key, data, strlen(data)), read;
	http_add_hex(&text, digest.bytes, sizeof digest.bytes);
	assert_string_equal(
	    buffer_text(&text), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	buffer_reset(&text);
	digest = http_sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", 43);
	http_add_base64url(&text, digest.bytes, sizeof digest.bytes);
	assert_string_equal(buffer_text(&text), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
	static const char *const spellings[] = {"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
	    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
	    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
	    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM="};
	for (size_t i = 0; i < COUNT_OF(spellings); i++) {
		assert_true(http_digest_of_base64(spellings[i], &read));
		assert_true(http_digest_equals(&digest, &read));
	}
	assert_false(http_digest_of_base64("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw", &read));
	assert_true(http_digest_of_hex(
	    "13D31E961A1AD8EC2F16B10C4C982E0876A878AD6DF144566EE1894ACB70F9C3", &read));
	assert_true(http_digest_equals(&digest, &read));
	buffer_reset(&text);
	http_add_base64(&text, "\xFB\xFF", 2);
	assert_string_equal(buffer_text(&text), "+/8=");
	buffer_clear(&text);
}

static void test_a_token_is_signed(void **state)
{
	(void)state;
	const struct provider_token token = {.header = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
	    .claims = "{\"sub\": \"{sub}\", \"name\": \"John Doe\", \"iat\": \"{now:number}\"}",
	    .secret = "your-256-bit-{what}"};
	static const char *const values[] = {
	    "sub", "1234567890", "now", "1516239022", "what", "secret", NULL};
	struct buffer out = BUFFER(1000);
	struct failure failure;
	assert_int_equal(
	    http_make_token(&token, look_up_pair, (void *)values, &out, &failure), RESULT_OK);
	assert_string_equal(buffer_text(&out),
	    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
	    "eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
	    "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c");
	buffer_reset(&out);
	const struct provider_token unsigned_one = {
	    .header = "{}", .claims = "{}", .secret = "{empty}"};
	assert_int_equal(
	    http_make_token(&unsigned_one, look_up_pair, (void *)settings, &out, &failure),
	    RESULT_INVALID);
	assert_int_equal(out.len, 0);
	buffer_clear(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_real_signatures_are_recognised),
	    cmocka_unit_test(test_what_is_forged_is_denied),
	    cmocka_unit_test(test_a_genuine_one_that_is_too_old_or_new_is_told_apart),
	    cmocka_unit_test(test_an_empty_secret_protects_nothing),
	    cmocka_unit_test(test_a_secret_is_compared_whole),
	    cmocka_unit_test(test_basic_authentication_is_decoded),
	    cmocka_unit_test(test_the_secret_in_the_address_is_asked_for),
	    cmocka_unit_test(test_a_challenge_with_the_right_token_is_answered),
	    cmocka_unit_test(test_a_signed_challenge_is_answered_only_when_it_is_genuine),
	    cmocka_unit_test(test_digests_are_those_of_the_standards),
	    cmocka_unit_test(test_a_token_is_signed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
