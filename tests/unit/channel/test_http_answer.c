/*
 * Owns: tests of channel/http_answer: the class of an answer, how long to wait, why.
 * May use: channel/http_answer.h, base/, cmocka.
 * Must not know: particular providers' whole files.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "channel/http_answer.h"
#include "http_fixture.h"

#define NOW ((struct wall){INT64_C(784111777000)}) /* Sun, 06 Nov 1994 08:49:37 GMT */

static const char *wanted_true[] = {"true"};
static const char *wanted_429[] = {"429"};
static const char *wanted_400[] = {"400"};
static const char *wanted_unknown[] = {"*chat not found*", "*PEER_ID_INVALID*"};
static const char *wanted_503[] = {"503"};

static const struct provider_rule rules[] = {
    {.when = {{{"ok", wanted_true, 1}}, 1},
	.class = PROVIDER_SENT,
	.id = "result.message_id",
	.line = 10},
    {.when = {{{"error_code", wanted_429, 1}}, 1},
	.class = PROVIDER_THROTTLED,
	.wait = "parameters.retry_after",
	.wait_unit_ms = 1000,
	.reason = "description",
	.line = 11},
    {.when = {{{"error_code", wanted_400, 1}, {"description", wanted_unknown, 2}}, 2},
	.class = PROVIDER_PERMANENT_RECIPIENT,
	.line = 12},
    {.when = {{{"$status", wanted_503, 1}}, 1},
	.class = PROVIDER_QUOTA,
	.wait = "ms",
	.wait_unit_ms = 1,
	.line = 13},
};

struct case_of_answer {
	int status;
	const char *json;
	enum provider_class class;
	const char *id, *reason;
	int64_t wait_ms;
	int line;
};

static void test_the_first_rule_that_fits_decides(void **state)
{
	(void)state;
	static const struct case_of_answer table[] = {
	    {200, "{\"ok\":true,\"result\":{\"message_id\":4987381194038857789}}", PROVIDER_SENT,
		"4987381194038857789", "status 200", -1, 10},
	    {200, "{\"ok\":true}", PROVIDER_SENT, NULL, "status 200", -1, 10},
	    {429,
		"{\"ok\":false,\"error_code\":429,\"description\":\"Too\\nMany\",\"parameters\":{"
		"\"retry_after\":7}}",
		PROVIDER_THROTTLED, NULL, "Too Many", 7000, 11},
	    {400, "{\"error_code\":400,\"description\":\"Bad Request: chat not found\"}",
		PROVIDER_PERMANENT_RECIPIENT, NULL, "status 400", -1, 12},
	    {400, "{\"error_code\":400,\"description\":\"text is empty\"}", PROVIDER_PERMANENT_TEXT,
		NULL, "status 400: {\"error_code\":400,\"description\":\"text is empty\"}", -1, 0},
	    {503, "{\"ms\":1500}", PROVIDER_QUOTA, NULL, "status 503", 1500, 13},
	    {503, "{\"ms\":\"2.5\"}", PROVIDER_QUOTA, NULL, "status 503", 2, 13},
	    {503, "{\"ms\":-3}", PROVIDER_QUOTA, NULL, "status 503", -1, 13},
	    {503, "{\"ms\":99999999999}", PROVIDER_QUOTA, NULL, "status 503", DAY_MS, 13},
	    {503, "{\"ms\":99999999999999999999999}", PROVIDER_QUOTA, NULL, "status 503", -1, 13},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		struct http_verdict verdict;
		body_begin(&body, table[i].status, "application/json", table[i].json);
		http_judge(&body, rules, COUNT_OF(rules), false, NOW, &verdict);
		if (verdict.class != table[i].class || verdict.wait_ms != table[i].wait_ms ||
		    verdict.rule_line != table[i].line)
			fail_msg("%s: class %d, wait %lld, rule %d", table[i].json, verdict.class,
			    (long long)verdict.wait_ms, verdict.rule_line);
		assert_string_equal(verdict.reason, table[i].reason);
		if (table[i].id == NULL)
			assert_null(verdict.id);
		else
			assert_string_equal(verdict.id, table[i].id);
		body_end(&body);
	}
}

static void test_without_a_rule_the_status_decides(void **state)
{
	(void)state;
	static const struct {
		int status;
		bool idempotent;
		enum provider_class class;
	} table[] = {
	    {200, false, PROVIDER_UNKNOWN},
	    {204, true, PROVIDER_UNKNOWN},
	    {302, false, PROVIDER_UNKNOWN},
	    {0, false, PROVIDER_UNKNOWN},
	    {400, false, PROVIDER_PERMANENT_TEXT},
	    {401, false, PROVIDER_CREDENTIALS},
	    {403, false, PROVIDER_ACCOUNT},
	    {404, false, PROVIDER_PERMANENT_TEXT},
	    {408, false, PROVIDER_THROTTLED},
	    {429, false, PROVIDER_THROTTLED},
	    {500, false, PROVIDER_TEMPORARY},
	    {502, false, PROVIDER_UNKNOWN},
	    {502, true, PROVIDER_TEMPORARY},
	    {503, false, PROVIDER_TEMPORARY},
	    {504, false, PROVIDER_UNKNOWN},
	    {504, true, PROVIDER_TEMPORARY},
	    {600, false, PROVIDER_UNKNOWN},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		struct http_verdict verdict;
		body_begin(&body, table[i].status, NULL, "");
		http_judge(&body, NULL, 0, table[i].idempotent, NOW, &verdict);
		if (verdict.class != table[i].class)
			fail_msg("%d: class %d", table[i].status, verdict.class);
		assert_non_null(verdict.reason);
		assert_int_equal(verdict.rule_line, 0);
		body_end(&body);
	}
}

static void test_retry_after_is_seconds_or_a_date(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		int64_t wait_ms;
	} table[] = {
	    {"0", 0},
	    {" 120", 120000},
	    {"Sun, 06 Nov 1994 08:50:37 GMT", 60000},
	    {"Sun, 06 Nov 1994 08:49:00 GMT", 0},
	    {"Mon, 06 Nov 2034 08:49:37 GMT", DAY_MS},
	    {"Sun, 31 Feb 1994 08:49:37 GMT", -1},
	    {"Sun, 06 Anb 1994 08:49:37 GMT", -1},
	    {"Sun, 06 Nov 1994 25:49:37 GMT", -1},
	    {"soon", -1},
	    {"", -1},
	    {"-5", -1},
	    {"100000000", DAY_MS},
	    {"1000000000000000000000000", -1},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		struct http_verdict verdict;
		const struct http_named headers[] = {{"Retry-After", table[i].value, 0}};
		http_body_init(&body, arena_new(), 429, NULL, "slow", 4, headers, 1, NULL, 0);
		http_judge(&body, NULL, 0, false, NOW, &verdict);
		if (verdict.wait_ms != table[i].wait_ms)
			fail_msg("%s: %lld", table[i].value, (long long)verdict.wait_ms);
		body_end(&body);
	}
}

static void test_a_wait_that_is_a_moment_is_counted_from_now(void **state)
{
	(void)state;
	struct http_body body;
	struct http_verdict verdict;
	const struct http_named headers[] = {{"Retry-After", "1700000060", 0}};
	http_body_init(&body, arena_new(), 429, NULL, NULL, 0, headers, 1, NULL, 0);
	http_judge(&body, NULL, 0, false, (struct wall){INT64_C(1700000000000)}, &verdict);
	assert_int_equal(verdict.wait_ms, 60000);
	body_end(&body);
}

static void test_a_reason_is_one_short_line_of_whole_letters(void **state)
{
	(void)state;
	struct http_body body;
	struct http_verdict verdict;
	struct buffer text = BUFFER(10000);
	buffer_add_text(&text, "\r\n\x1B[31m ");
	for (int i = 0; i < 500; i++)
		buffer_add_text(&text, "ủ\t\n ");
	body_begin(&body, 500, "text/plain", buffer_text(&text));
	http_judge(&body, NULL, 0, false, NOW, &verdict);
	assert_true(strlen(verdict.reason) <= 300 + 8);
	assert_memory_equal(verdict.reason, "status 500: [31m ủ ủ", 22);
	assert_string_equal(verdict.reason + strlen(verdict.reason) - 3, "…");
	buffer_clear(&text);
	body_end(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_first_rule_that_fits_decides),
	    cmocka_unit_test(test_without_a_rule_the_status_decides),
	    cmocka_unit_test(test_retry_after_is_seconds_or_a_date),
	    cmocka_unit_test(test_a_wait_that_is_a_moment_is_counted_from_now),
	    cmocka_unit_test(test_a_reason_is_one_short_line_of_whole_letters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
