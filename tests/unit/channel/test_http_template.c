/*
 * Owns: tests of filling in templates: each value encoded for where it stands.
 * May use: channel/http_value.h, base/, cmocka.
 * Must not know: requests.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "http_fixture.h"

static const char *const values[] = {"text", "Đủ \"5\" & <b>\n100%", "token", "12:A/b?c#d", "empty",
    "", "line", "a\r\nX-Evil: 1", "dots", "..", "n", "42", "real", "-1.5e3", "big",
    "123456789012345678901", "list", "[1, {\"a\":\"{text}\"}]", "wrong", "01", "$header.X-a", "h",
    "$json.a[0].b", "j", "bad",
    "a\xFF"
    "b",
    "control",
    "a\x01"
    "b",
    NULL};

static enum result fill(
    const char *text, enum http_encoding encoding, struct buffer *out, struct failure *failure)
{
	return http_fill(text, encoding, look_up_pair, (void *)values, out, failure);
}

static void test_a_value_is_encoded_for_where_it_stands(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum http_encoding encoding;
		const char *expected;
	} table[] = {
	    {"plain", HTTP_PERCENT, "plain"},
	    {"a {n} {{n}} }}", HTTP_AS_IS, "a 42 {n} }"},
	    {"&<{text}>", HTTP_AS_IS, "&<Đủ \"5\" & <b>\n100%>"},
	    {"x={text}", HTTP_PERCENT, "x=%C4%90%E1%BB%A7%20%225%22%20%26%20%3Cb%3E%0A100%25"},
	    {"/bot{token}/", HTTP_PATH, "/bot12:A%2Fb%3Fc%23d/"},
	    {"{token}", HTTP_PERCENT, "12%3AA%2Fb%3Fc%23d"},
	    {"<a>{text}</a>", HTTP_XML, "<a>Đủ &quot;5&quot; &amp; &lt;b&gt;\n100%</a>"},
	    {"{control}", HTTP_XML, "ab"},
	    {"Bearer {token}", HTTP_HEADER, "Bearer 12:A/b?c#d"},
	    {"{$header.X-a}{$json.a[0].b}{empty}", HTTP_AS_IS, "hj"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		if (fill(table[i].text, table[i].encoding, &out, &failure) != RESULT_OK)
			fail_msg("%s: %s", table[i].text, failure.text);
		assert_string_equal(buffer_text(&out), table[i].expected);
	}
}

static void test_what_cannot_stand_there_is_refused_and_not_repeated(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum http_encoding encoding;
		const char *said;
	} table[] = {
	    {"{line}", HTTP_HEADER, "line break"},
	    {"{control}", HTTP_HEADER, "control"},
	    {"/a/{dots}/b", HTTP_PATH, "dots"},
	    {"{none}", HTTP_AS_IS, "{none}"},
	    {"{n", HTTP_AS_IS, "brace"},
	    {"n}", HTTP_AS_IS, "brace"},
	    {"{}", HTTP_AS_IS, "brace"},
	    {"{a b}", HTTP_AS_IS, "brace"},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		assert_int_equal(
		    fill(table[i].text, table[i].encoding, &out, &failure), RESULT_INVALID);
		if (strstr(failure.text, table[i].said) == NULL)
			fail_msg("%s: %s", table[i].text, failure.text);
		assert_null(strstr(failure.text, "Evil"));
	}
	OWNED_BUFFER small = BUFFER(8);
	struct failure failure;
	assert_int_equal(fill("{text}", HTTP_AS_IS, &small, &failure), RESULT_LIMIT);
}

static void test_json_leaves_and_keys_are_filled_in(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} table[] = {
	    {"{\"t\": \"{text}\"}", "{\"t\":\"Đủ \\\"5\\\" & <b>\\u000a100%\"}"},
	    {"{\"{n}\": [\"{n}\", \"{n:number}\", 7, 1.5, true, null, {}, []]}",
		"{\"42\":[\"42\",42,7,1.5,true,null,{},[]]}"},
	    {"[\"{real:number}\", \"{big:number}\", \"x{n}\"]",
		"[-1.5e3,123456789012345678901,\"x42\"]"},
	    {"{\"d\": \"{list:json}\"}", "{\"d\":[1, {\"a\":\"{text}\"}]}"},
	    {"\"{bad}{control}\\\\\"", "\"a\xEF\xBF\xBD"
				       "ba\\u0001b\\\\\""},
	    {"\"{{n}}\"", "\"{n}\""},
	};
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		if (http_fill_json(table[i].text, look_up_pair, (void *)values, &out, &failure) !=
		    RESULT_OK)
			fail_msg("%s: %s", table[i].text, failure.text);
		assert_string_equal(buffer_text(&out), table[i].expected);
	}
}

static void test_a_leaf_that_is_no_number_or_json_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"\"{wrong:number}\"", "\"{text:number}\"",
	    "\"{empty:number}\"", "\"{wrong:json}\"", "\"{empty:json}\"", "\"{bad:json}\"",
	    "\"{none:number}\"", "\"{n:other}\"", "\"x{n:number}\"", "{", "{\"{none}\":1}",
	    "[\"{none}\"]"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		OWNED_BUFFER out = BUFFER(1000);
		struct failure failure = {0};
		enum result result =
		    http_fill_json(wrong[i], look_up_pair, (void *)values, &out, &failure);
		if (result != RESULT_INVALID)
			fail_msg("%s: taken", wrong[i]);
	}
	OWNED_BUFFER small = BUFFER(8);
	assert_int_equal(
	    http_fill_json("\"0123456789\"", look_up_pair, (void *)values, &small, NULL),
	    RESULT_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_value_is_encoded_for_where_it_stands),
	    cmocka_unit_test(test_what_cannot_stand_there_is_refused_and_not_repeated),
	    cmocka_unit_test(test_json_leaves_and_keys_are_filled_in),
	    cmocka_unit_test(test_a_leaf_that_is_no_number_or_json_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
