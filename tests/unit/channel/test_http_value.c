/*
 * Owns: tests of channel/http_value: bodies of strangers, paths, conditions.
 * May use: channel/http_value.h, base/, cmocka.
 * Must not know: rules.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_fixture.h"

#define JSON "application/json"
#define FORM "application/x-www-form-urlencoded"

static void assert_text(const struct http_body *body, const char *path, const char *expected)
{
	const char *text = http_text_at(body, NULL, path);
	if (expected == NULL) {
		if (text != NULL)
			fail_msg("%s is \"%s\", not nothing", path, text);
		return;
	}
	if (text == NULL || strcmp(text, expected) != 0)
		fail_msg(
		    "%s is \"%s\", not \"%s\"", path, text != NULL ? text : "(none)", expected);
}

static void test_a_path_leads_through_mappings_and_lists(void **state)
{
	(void)state;
	static const struct {
		const char *json, *path, *expected;
	} table[] = {
	    {"{\"a\":{\"b\":\"c\"}}", "a.b", "c"},
	    {"{\"a\":[{\"b\":1},{\"b\":2}]}", "a[].b", "1"},
	    {"{\"a\":[{\"b\":1},{\"b\":2}]}", "a[1].b", "2"},
	    {"{\"a\":[{\"b\":1},{\"b\":2}]}", "a[2].b", NULL},
	    {"{\"a\":[{},{\"b\":2}]}", "a[].b", "2"},
	    {"[[1,2],[3]]", "[1][0]", "3"},
	    {"[{\"x\":true}]", "[].x", "true"},
	    {"{\"a\":{\"x\":{\"n\":5},\"y\":{\"n\":6}}}", "a.*.n", "5"},
	    {"{\"hub.mode\":\"subscribe\"}", "hub.mode", "subscribe"},
	    {"{\"m.relates_to\":{\"event.id\":\"$1\"}}", "m.relates_to.event.id", "$1"},
	    {"{\"a.b\":1,\"a\":{\"b\":2}}", "a.b", "2"},
	    {"{\"a\":null}", "a", NULL},
	    {"{\"a\":[1]}", "a", NULL},
	    {"{\"a\":1}", "a.b", NULL},
	    {"{\"a\":1}", "a[0]", NULL},
	    {"{\"a\":1}", "a[x]", NULL},
	    {"{\"a\":1}", "[", NULL},
	    {"{\"a\":1}", "..", NULL},
	    {"{\"a\":1}", "$json.a", "1"},
	    {"{\"a\":1}", "$body", "{\"a\":1}"},
	    {"{\"a\":1}", "$status", "200"},
	    {"{\"a\":1}", "$key", NULL},
	    {"{\"a\":1}", "$header.none", NULL},
	    {"\"ok\"", "", "ok"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		body_begin(&body, 200, JSON, table[i].json);
		assert_text(&body, table[i].path, table[i].expected);
		body_end(&body);
	}
}

static void test_numbers_keep_every_digit(void **state)
{
	(void)state;
	static const char *const numbers[] = {"0", "-1", "4987381194038857789",
	    "9223372036854775807", "-9223372036854775808", "9223372036854775808",
	    "18446744073709551615", "123456789012345678901234567890", "0.1", "1700000000.000100",
	    "1e400", "-2.50E+3"};
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		char json[200];
		struct http_body body;
		snprintf(json, sizeof json, "{\"id\":%s,\"in \\\"%s\":[%s]}", numbers[i],
		    numbers[i], numbers[i]);
		body_begin(&body, 200, JSON, json);
		assert_text(&body, "id", numbers[i]);
		assert_text(&body, "*[0]", numbers[i]);
		body_end(&body);
	}
}

static void test_what_is_no_json_has_no_root(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "{", "{\"a\":01}", "{\"a\":1.}", "{\"a\":-}",
	    "{\"a\":1}x", "{\"a\":99999999999999999999.}", "nonsense", "{\"a\":\"b", "{\"a\":\"\\"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct http_body body;
		body_begin(&body, 200, JSON, wrong[i]);
		if (body.root != NULL)
			fail_msg("\"%s\" was read", wrong[i]);
		assert_text(&body, "a", NULL);
		assert_text(&body, "$body", wrong[i]);
		body_end(&body);
	}
}

static void test_broken_letters_do_not_lose_the_message(void **state)
{
	(void)state;
	static const struct {
		const char *json, *expected;
	} table[] = {
	    {"{\"t\":\"a\\ud83db\"}", "a\xEF\xBF\xBD"
				      "b"},
	    {"{\"t\":\"a\\ude00\"}", "a\xEF\xBF\xBD"},
	    {"{\"t\":\"\\ud83d\\ude00\"}", "\xF0\x9F\x98\x80"},
	    {"{\"t\":\"\\ud83d\\ud83d\\ude00\"}", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
	    {"{\"t\":\"a\xFF\xE1\xBB\"}", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
	    {"{\"t\":\"a\\u0000b\"}", "ab"},
	    {"\xEF\xBB\xBF{\"t\":\"Đủ\"}", "Đủ"},
	    {"{\"t\":\"1\",\"t\":\"2\"}", "2"},
	    {"{\"t\":\"[[[{{{\\\"12345678901234567890\"}", "[[[{{{\"12345678901234567890"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		body_begin(&body, 200, JSON, table[i].json);
		assert_text(&body, "t", table[i].expected);
		body_end(&body);
	}
}

static void test_depth_and_size_are_bounded(void **state)
{
	(void)state;
	struct http_body body;
	char deep[2 * 65 + 1] = {0};
	memset(deep, '[', 64);
	memset(deep + 64, ']', 64);
	body_begin(&body, 200, JSON, deep);
	assert_non_null(body.root);
	body_end(&body);
	memset(deep, '[', 65);
	memset(deep + 65, ']', 65);
	body_begin(&body, 200, JSON, deep);
	assert_null(body.root);
	body_end(&body);

	OWNED_TEXT large = memory_new(HTTP_BODY_MAX + 2);
	memset(large, ' ', HTTP_BODY_MAX + 1);
	memcpy(large, "{}", 2);
	body_begin(&body, 200, JSON, large);
	assert_null(body.root);
	body_end(&body);
	large[HTTP_BODY_MAX] = '\0';
	body_begin(&body, 200, JSON, large);
	assert_non_null(body.root);
	body_end(&body);
}

static void test_the_content_type_says_what_a_body_is(void **state)
{
	(void)state;
	static const struct {
		const char *type, *text, *path, *expected;
	} table[] = {
	    {NULL, "{\"a\":\"1\"}", "a", "1"},
	    {NULL, "12", "", "12"},
	    {"text/plain", "12", "", NULL},
	    {"text/html; charset=utf-8", "{\"a\":\"1\"}", "a", "1"},
	    {"application/problem+json; x=y", "12", "", "12"},
	    {"Application/JSON;charset=UTF-8", "12", "", "12"},
	    {FORM, "{\"a\":\"1\"}", "a", NULL},
	    {FORM "; charset=UTF-8", "a=1&b=%C4%90+%e1%bb%a7&c&=x&d==", "b", "Đ ủ"},
	    {FORM, "a=1&a=2", "a", "2"},
	    {FORM, "a=1&c", "c", ""},
	    {FORM, "a%3Db=%zz%4", "a=b", "%zz%4"},
	    {FORM, "d==", "d", "="},
	    {FORM, "hub.mode=x", "hub.mode", "x"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		struct http_body body;
		body_begin(&body, 200, table[i].type, table[i].text);
		assert_text(&body, table[i].path, table[i].expected);
		body_end(&body);
	}
}

static void test_bytes_of_a_form_and_a_query_stay_as_they_came(void **state)
{
	(void)state;
	struct http_body body;
	size_t len;
	const struct http_named query[] = {
	    {"text", "\x01\x10\x00\xE3", 4}, {"coding", "2", 0}, {"x\xFF", "1", 0}};
	http_body_init(&body, arena_new(), 0, NULL, NULL, 0, NULL, 0, query, COUNT_OF(query));
	const char *bytes = http_bytes_at(&body, NULL, "text", &len);
	assert_int_equal(len, 4);
	assert_memory_equal(bytes, "\x01\x10\x00\xE3", 4);
	bytes = http_bytes_at(&body, NULL, "$query.text", &len);
	assert_int_equal(len, 4);
	assert_text(&body, "text", "\x01\x10\xEF\xBF\xBD");
	assert_text(&body, "coding", "2");
	assert_text(&body, "x\xEF\xBF\xBD", "1");
	body_end(&body);

	body_begin(&body, 0, FORM, "text=%01%10%00%E3");
	bytes = http_bytes_at(&body, NULL, "text", &len);
	assert_int_equal(len, 4);
	assert_memory_equal(bytes, "\x01\x10\x00\xE3", 4);
	body_end(&body);
}

static void test_headers_count_in_any_case(void **state)
{
	(void)state;
	struct http_body body;
	const struct http_named headers[] = {{"X-Hub-Signature-256", "sha256=ab", 0}};
	const struct http_named query[] = {{"hub.challenge", "123", 0}};
	http_body_init(&body, arena_new(), 0, JSON, "{}", 2, headers, 1, query, 1);
	assert_text(&body, "$header.x-hub-signature-256", "sha256=ab");
	assert_text(&body, "$query.hub.challenge", "123");
	assert_text(&body, "$query.HUB.challenge", NULL);
	body_end(&body);
}

static void test_places_are_counted_and_bounded(void **state)
{
	(void)state;
	struct http_body body;
	struct http_place places[4];
	bool too_many;
	body_begin(&body, 200, JSON,
	    "{\"rooms\":{\"!a\":{\"e\":[{\"t\":1},{\"t\":2}]},\"!b\":{\"e\":[{\"t\":3}]}}}");
	assert_int_equal(http_places(&body, "rooms.*.e[]", places, 4, &too_many), 3);
	assert_false(too_many);
	assert_string_equal(http_text_at(&body, &places[2], "$key"), "!b");
	assert_string_equal(http_text_at(&body, &places[2], "t"), "3");
	assert_string_equal(http_text_at(&body, &places[2], "$json.rooms.!a.e[1].t"), "2");
	assert_int_equal(http_places(&body, "rooms.*.e[]", places, 2, &too_many), 2);
	assert_true(too_many);
	assert_int_equal(http_places(&body, "rooms.*.e[]", places, 3, &too_many), 3);
	assert_false(too_many);
	assert_int_equal(http_places(&body, "", places, 4, &too_many), 1);
	assert_int_equal(http_places(&body, "none[]", places, 4, &too_many), 0);
	body_end(&body);
	body_begin(&body, 200, "text/plain", "ok");
	assert_int_equal(http_places(&body, NULL, places, 4, &too_many), 1);
	assert_string_equal(http_text_at(&body, &places[0], "$body"), "ok");
	assert_null(http_text_at(&body, &places[0], "a"));
	body_end(&body);
}

/* One look must not cost more than its bound however long the list is. */
static void test_a_look_through_a_long_list_ends(void **state)
{
	(void)state;
	struct buffer json = BUFFER(HTTP_BODY_MAX);
	struct http_body body;
	buffer_add_text(&json, "[0");
	for (int i = 0; i < 20000; i++)
		buffer_add_text(&json, ",{}");
	buffer_add_text(&json, ",{\"a\":1}]");
	body_begin(&body, 200, JSON, buffer_text(&json));
	assert_text(&body, "[].a", NULL);
	assert_text(&body, "[20001].a", "1");
	body_end(&body);
	buffer_clear(&json);
}

static bool holds(const struct http_body *body, const char *path, const char *const *wanted)
{
	struct provider_when when = {.count = 1};
	when.conditions[0] = (struct provider_condition){path, (const char **)wanted, 0};
	while (wanted[when.conditions[0].wanted_count] != NULL)
		when.conditions[0].wanted_count++;
	return http_when_holds(body, NULL, &when);
}
#define WANTED(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_conditions_compare_whole_texts(void **state)
{
	(void)state;
	struct http_body body;
	body_begin(&body, 403, JSON,
	    "{\"ok\":true,\"code\":429,\"d\":\"Bad Request: chat not found\",\"n\":null,\"l\":[1],"
	    "\"e\":\"\",\"errors\":[{\"code\":1},{\"code\":131026}]}");
	assert_true(holds(&body, "ok", WANTED("true")));
	assert_false(holds(&body, "ok", WANTED("True")));
	assert_true(holds(&body, "code", WANTED("401", "429")));
	assert_false(holds(&body, "code", WANTED("42")));
	assert_true(holds(&body, "d", WANTED("*chat not found*")));
	assert_true(holds(&body, "d", WANTED("Bad*not*found")));
	assert_false(holds(&body, "d", WANTED("chat not found*")));
	assert_false(holds(&body, "d", WANTED("*bad request*")));
	assert_true(holds(&body, "e", WANTED("")));
	assert_true(holds(&body, "e", WANTED("*")));
	assert_true(holds(&body, "errors[].code", WANTED("131026")));
	assert_true(holds(&body, "l", WANTED("(present)")));
	assert_true(holds(&body, "e", WANTED("(present)")));
	assert_false(holds(&body, "n", WANTED("(present)")));
	assert_true(holds(&body, "n", WANTED("(absent)")));
	assert_true(holds(&body, "none.at.all", WANTED("1", "(absent)")));
	assert_false(holds(&body, "code", WANTED("(absent)")));
	assert_false(holds(&body, "none", WANTED("*")));
	assert_true(holds(&body, "$status", WANTED("403")));
	assert_true(holds(&body, "$status", WANTED("5xx", "4xx")));
	assert_true(holds(&body, "$status", WANTED("400-403")));
	assert_false(holds(&body, "$status", WANTED("404-499", "5xx", "40")));
	assert_true(holds(&body, "$body", WANTED("*131026*")));
	assert_true(holds(&body, "$header.x", WANTED("(absent)")));
	assert_true(http_when_holds(&body, NULL, &(struct provider_when){.count = 0}));
	body_end(&body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_path_leads_through_mappings_and_lists),
	    cmocka_unit_test(test_numbers_keep_every_digit),
	    cmocka_unit_test(test_what_is_no_json_has_no_root),
	    cmocka_unit_test(test_broken_letters_do_not_lose_the_message),
	    cmocka_unit_test(test_depth_and_size_are_bounded),
	    cmocka_unit_test(test_the_content_type_says_what_a_body_is),
	    cmocka_unit_test(test_bytes_of_a_form_and_a_query_stay_as_they_came),
	    cmocka_unit_test(test_headers_count_in_any_case),
	    cmocka_unit_test(test_places_are_counted_and_bounded),
	    cmocka_unit_test(test_a_look_through_a_long_list_ends),
	    cmocka_unit_test(test_conditions_compare_whole_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
