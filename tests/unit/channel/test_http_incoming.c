/*
 * Owns: tests of reading texts and receipts out of what came in.
 * May use: channel/http_answer.h, base/, cmocka.
 * Must not know: verification.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "channel/http_answer.h"
#include "http_fixture.h"

#define NOW ((struct wall){INT64_C(1700000000000)})

static const char *present[] = {"(present)"};
static const char *failed[] = {"failed"};
static const char *delivered[] = {"delivered"};
static const char *kicked[] = {"kicked"};
static const char *no[] = {"false"};

/* WhatsApp's shape, Telegram's, Kannel's and a Matrix room's in one provider. */
static const struct provider provider = {
    .incoming =
	{
	    {.each = "entry[].changes[].value.messages[]",
		.sender = "from",
		.text = "text.body",
		.id = "id",
		.time = "timestamp",
		.time_unit_ms = 1000,
		.name = "$json.entry[].changes[].value.contacts[].profile.name"},
	    {.each = "result[]",
		.when = {{{"message.text", present, 1}, {"message.from.is_bot", no, 1}}, 2},
		.sender = "message.chat.id",
		.text = "message.text",
		.id = "update_id",
		.time = "message.date",
		.time_unit_ms = 1},
	    {.each = "result[]", .sender = "message.chat.id", .text = "message.caption"},
	    {.each = "",
		.when = {{{"from", present, 1}}, 1},
		.sender = "from",
		.text = "text",
		.id = "id",
		.encoding = "charset",
		.time = "at"},
	    {.each = "rooms.*.events[]", .sender = "$key", .text = "body"},
	},
    .incoming_count = 5,
    .receipt_kinds =
	{
	    {.each = "entry[].changes[].value.statuses[]",
		.when = {{{"status", delivered, 1}}, 1},
		.kind = PROVIDER_RECEIPT_DELIVERED,
		.id = "id",
		.time = "timestamp",
		.time_unit_ms = 1000},
	    {.each = "entry[].changes[].value.statuses[]",
		.when = {{{"status", failed, 1}}, 1},
		.kind = PROVIDER_RECEIPT_FAILED,
		.id = "id",
		.id_is_ours = true,
		.reason = "errors[].title"},
	    {.each = "result[]",
		.when = {{{"my_chat_member.status", kicked, 1}}, 1},
		.kind = PROVIDER_RECEIPT_BLOCKED,
		.sender = "my_chat_member.chat.id"},
	},
    .receipt_count = 3,
};

static size_t read_json(
    struct http_body *body, const char *json, struct http_came_in **items, bool *too_many)
{
	body_begin(body, 0, "application/json", json);
	return http_read_incoming(&provider, body, NOW, items, too_many);
}

static void test_several_texts_and_receipts_come_in_one_body(void **state)
{
	(void)state;
	struct http_body body;
	struct http_came_in *items;
	bool too_many;
	size_t count = read_json(&body,
	    "{\"entry\":[{\"changes\":[{\"value\":{\"contacts\":[{\"profile\":{\"name\":\"An\"}}],"
	    "\"messages\":[{\"from\":\"84912345678\",\"id\":\"wamid.1\",\"timestamp\":"
	    "\"1700000001\",\"text\":{\"body\":\"da nop\"}}]}}]},{\"changes\":[{\"value\":{"
	    "\"messages\":[{\"from\":\"84912345679\",\"text\":{\"body\":\"2\"}},{\"from\":\"x\"},{"
	    "\"text\":{\"body\":\"nobody\"}},{\"from\":\"x\",\"text\":{\"body\":\"\"}}],"
	    "\"statuses\":[{\"id\":\"wamid.9\",\"status\":\"delivered\",\"timestamp\":1700000002},{"
	    "\"id\":\"7\",\"status\":\"failed\",\"errors\":[{\"title\":\"gone\"}]},{\"status\":"
	    "\"delivered\"},{\"id\":\"8\",\"status\":\"sent\"}]}}]}]}",
	    &items, &too_many);
	assert_int_equal(count, 4);
	assert_false(too_many);
	assert_true(items[0].is_text);
	assert_string_equal(items[0].sender, "84912345678");
	assert_string_equal(items[0].text, "da nop");
	assert_string_equal(items[0].id, "wamid.1");
	assert_string_equal(items[0].name, "An");
	assert_int_equal(items[0].time.ms, INT64_C(1700000001000));
	assert_string_equal(items[1].sender, "84912345679");
	assert_null(items[1].id);
	assert_int_equal(items[1].time.ms, NOW.ms);
	assert_false(items[2].is_text);
	assert_int_equal(items[2].receipt, PROVIDER_RECEIPT_DELIVERED);
	assert_string_equal(items[2].id, "wamid.9");
	assert_int_equal(items[2].time.ms, INT64_C(1700000002000));
	assert_int_equal(items[3].receipt, PROVIDER_RECEIPT_FAILED);
	assert_true(items[3].id_is_ours);
	assert_string_equal(items[3].reason, "gone");
	body_end(&body);
}

static void test_one_place_gives_one_text_and_items_keep_their_order(void **state)
{
	(void)state;
	struct http_body body;
	struct http_came_in *items;
	bool too_many;
	size_t count = read_json(&body,
	    "{\"result\":[{\"my_chat_member\":{\"status\":\"kicked\",\"chat\":{\"id\":-5}}},"
	    "{\"update_id\":1,\"message\":{\"chat\":{\"id\":9007199254740993},\"from\":{\"is_bot\":"
	    "false},\"text\":\"a\",\"caption\":\"b\",\"date\":1700000000123}},"
	    "{\"update_id\":2,\"message\":{\"chat\":{\"id\":3},\"from\":{\"is_bot\":true},\"text\":"
	    "\"bot\"}},{\"message\":{\"chat\":{\"id\":4},\"caption\":\"c\"}}]}",
	    &items, &too_many);
	assert_int_equal(count, 3);
	assert_int_equal(items[0].receipt, PROVIDER_RECEIPT_BLOCKED);
	assert_string_equal(items[0].sender, "-5");
	assert_string_equal(items[1].text, "a");
	assert_string_equal(items[1].sender, "9007199254740993");
	assert_int_equal(items[1].time.ms, INT64_C(1700000000123));
	assert_string_equal(items[2].text, "c");
	body_end(&body);
}

static void test_the_key_of_a_mapping_can_be_the_sender(void **state)
{
	(void)state;
	struct http_body body;
	struct http_came_in *items;
	bool too_many;
	size_t count = read_json(&body,
	    "{\"rooms\":{\"!a:x\":{\"events\":[{\"body\":\"1\"}]},\"!b:x\":{\"events\":[{\"body\":"
	    "\"2\"}]}}}",
	    &items, &too_many);
	assert_int_equal(count, 2);
	assert_string_equal(items[0].sender, "!a:x");
	assert_string_equal(items[1].sender, "!b:x");
	body_end(&body);
}

static void test_texts_become_normal_form_without_nul(void **state)
{
	(void)state;
	struct http_body body;
	struct http_came_in *items;
	bool too_many;
	size_t count = read_json(&body,
	    "{\"from\":\"a\\u0000b\",\"text\":\"d\\u0000u\\u0309 \\ud800!\",\"id\":\"\"}", &items,
	    &too_many);
	assert_int_equal(count, 1);
	assert_string_equal(items[0].sender, "ab");
	assert_string_equal(items[0].text, "dủ \xEF\xBF\xBD!");
	assert_null(items[0].id);
	body_end(&body);
}

/* Kannel hands UTF-16BE over as raw bytes in the query. */
static void test_utf16_of_a_query_is_decoded(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t len;
		const char *charset, *expected;
	} table[] = {
	    {"\x01\x10\x00\xE3\x00 \x00n\x1E\xD9\x00p", 12, "UTF-16BE", "Đã nộp"},
	    {"\x01\x10\x00\xE3", 4, "utf-16be", "Đã"},
	    {"\xFF\xFE\x10\x01\xE3\x00", 6, "UTF-16", "Đã"},
	    {"\xFE\xFF\x01\x10", 4, "2", "Đ"},
	    {"\xD8\x3D\xDE\x00", 4, "UCS-2", "\xF0\x9F\x98\x80"},
	    {"\xD8\x3D\x00-\xDE\x00\x00", 7, "UTF-16BE", "\xEF\xBF\xBD-\xEF\xBF\xBD\xEF\xBF\xBD"},
	    {"plain", 5, "UTF-8", "plain"},
	    {"\x00\x00", 2, "UTF-16BE", NULL},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		struct http_came_in *items;
		bool too_many;
		const struct http_named query[] = {{"from", "0912345678", 0},
		    {"text", table[i].bytes, table[i].len}, {"charset", table[i].charset, 0},
		    {"at", "2026-06-08T09:00:00.5+07:00", 0}};
		http_body_init(&body, arena_new(), 0, NULL, NULL, 0, NULL, 0, query, 4);
		size_t count = http_read_incoming(&provider, &body, NOW, &items, &too_many);
		assert_int_equal(count, table[i].expected != NULL);
		if (count > 0) {
			assert_string_equal(items[0].text, table[i].expected);
			assert_int_equal(items[0].time.ms, INT64_C(1780884000500));
		}
		body_end(&body);
	}
}

static void test_a_time_out_of_reason_becomes_now(void **state)
{
	(void)state;
	static const char *const times[] = {"-1", "99999999999999999999", "\"soon\"", "null", "[]",
	    "\"9999999-01-01T00:00:00Z\"", "\"1960-01-01T00:00:00Z\"", "\"\""};
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		struct http_body body;
		struct http_came_in *items;
		bool too_many;
		char json[200];
		snprintf(json, sizeof json,
		    "{\"from\":\"1\",\"text\":\"t\",\"at\":%s,\"result\":[{\"message\":{\"chat\":{"
		    "\"id\":1},\"from\":{\"is_bot\":false},\"text\":\"t\",\"date\":%s}}]}",
		    times[i], times[i]);
		assert_int_equal(read_json(&body, json, &items, &too_many), 2);
		assert_int_equal(items[0].time.ms, NOW.ms);
		assert_int_equal(items[1].time.ms, NOW.ms);
		body_end(&body);
	}
}

static void test_more_than_a_body_may_hold_is_told(void **state)
{
	(void)state;
	struct http_body body;
	struct http_came_in *items;
	bool too_many;
	struct buffer json = BUFFER(HTTP_BODY_MAX);
	buffer_add_text(&json, "{\"result\":[");
	for (int i = 0; i <= HTTP_CAME_IN_MAX; i++)
		buffer_printf(&json, "%s{\"message\":{\"chat\":{\"id\":%d},\"caption\":\"c\"}}",
		    i > 0 ? "," : "", i);
	buffer_add_text(&json, "]}");
	assert_int_equal(read_json(&body, buffer_text(&json), &items, &too_many), HTTP_CAME_IN_MAX);
	assert_true(too_many);
	assert_string_equal(items[HTTP_CAME_IN_MAX - 1].sender, "999");
	buffer_clear(&json);
	body_end(&body);
}

static void test_what_is_no_body_brings_nothing(void **state)
{
	(void)state;
	static const char *const none[] = {"", "{", "[]", "null", "\"x\"", "{\"result\":{}}"};
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		struct http_body body;
		struct http_came_in *items;
		bool too_many;
		assert_int_equal(read_json(&body, none[i], &items, &too_many), 0);
		assert_false(too_many);
		body_end(&body);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_several_texts_and_receipts_come_in_one_body),
	    cmocka_unit_test(test_one_place_gives_one_text_and_items_keep_their_order),
	    cmocka_unit_test(test_the_key_of_a_mapping_can_be_the_sender),
	    cmocka_unit_test(test_texts_become_normal_form_without_nul),
	    cmocka_unit_test(test_utf16_of_a_query_is_decoded),
	    cmocka_unit_test(test_a_time_out_of_reason_becomes_now),
	    cmocka_unit_test(test_more_than_a_body_may_hold_is_told),
	    cmocka_unit_test(test_what_is_no_body_brings_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
