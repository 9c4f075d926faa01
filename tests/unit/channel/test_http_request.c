/*
 * Owns: tests of building requests and of masking them.
 * May use: channel/http_request.h, base/, cmocka.
 * Must not know: the network.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "channel/http_digest.h"
#include "channel/http_request.h"
#include "http_fixture.h"

#define NOW ((struct wall){INT64_C(1780884000000)}) /* 2026-06-08T02:00:00Z, a Monday */
#define TEXT "Đủ 5 & <b>\n100%+"

static const char *const values[] = {"base", "https://api.example.vn:8443/v1", "hook",
    "https://hooks.example.vn/T/B?sig=a%2Fb", "token", "12:A/\"b&", "to", "+84912345678", "room",
    "!a:b/c", "text", TEXT, "id", "n:17", "empty", "", "receipt_url", "", "evil", "a\r\nX-Evil: 1",
    "space", "https://a b/", "mail", "an@huyen.vn", "two", "a@b.vn,c@d.vn", "ip", "http:///path",
    "file", "file:///etc/passwd", "dots", "..", "subject",
    "Nhắc báo cáo tháng 6 của huyện Trùng Khánh: ngày cuối cùng là 10/6/2026\nBcc: x@y.vn", NULL};

struct fixture {
	struct arena *arena;
	struct http_built built;
	struct failure failure;
};

static int begin(void **state)
{
	struct fixture *fixture = memory_new(sizeof *fixture);
	fixture->arena = arena_new();
	*state = fixture;
	return 0;
}

static int end(void **state)
{
	struct fixture *fixture = *state;
	arena_free(fixture->arena);
	memory_free(fixture);
	return 0;
}

static enum result build(struct fixture *fixture, const struct provider_request *request)
{
	return http_build(fixture->arena, request, look_up_pair, (void *)values, NOW,
	    &fixture->built, &fixture->failure);
}

static void build_well(struct fixture *fixture, const struct provider_request *request)
{
	if (build(fixture, request) != RESULT_OK)
		fail_msg("%s", fixture->failure.text);
}

static const char *header(const struct http_built *built, const char *name)
{
	for (size_t i = 0; i < built->header_count; i++)
		if (strcmp(built->headers[i].name, name) == 0)
			return built->headers[i].value;
	return NULL;
}

static void test_values_of_an_address_are_encoded(void **state)
{
	static const struct {
		struct provider_request request;
		const char *expected;
	} table[] = {
	    {{.url = "{base}/bot{token}/send"},
		"https://api.example.vn:8443/v1/bot12:A%2F%22b%26/send"},
	    {{.url = "{base}/rooms/{room}"}, "https://api.example.vn:8443/v1/rooms/%21a:b%2Fc"},
	    {{.url = "{base}/x?a={token}"}, "https://api.example.vn:8443/v1/x?a=12%3AA%2F%22b%26"},
	    {{.url = "{hook}"}, "https://hooks.example.vn/T/B?sig=a%2Fb"},
	    {{.url = "http://127.0.0.1:13013/cgi-bin/sendsms",
		 .query = {{"to", "{to}"}, {"text", "{text}"}, {"smsc", "{empty}"},
		     {"dlr-url", "{receipt_url}?s=%d&id={id}"}, {"x y", "1"}},
		 .query_count = 5},
		"http://127.0.0.1:13013/cgi-bin/sendsms?to=%2B84912345678&text="
		"%C4%90%E1%BB%A7%205%20%26%20%3Cb%3E%0A100%25%2B&x%20y=1"},
	    {{.url = "{hook}", .query = {{"u", "https://me/?s=%d&id={id}"}}, .query_count = 1},
		"https://hooks.example.vn/T/B?sig=a%2Fb&u=https%3A%2F%2Fme%2F%3Fs%3D%25d%26id%3Dn%"
		"3A17"},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		build_well(fixture, &table[i].request);
		assert_string_equal(fixture->built.url, table[i].expected);
		assert_null(fixture->built.body);
		assert_int_equal(fixture->built.header_count, 0);
	}
}

static void test_what_cannot_be_asked_for_is_refused_without_its_value(void **state)
{
	static const struct {
		struct provider_request request;
		const char *said;
	} table[] = {
	    {{.url = "{space}"}, "address"},
	    {{.url = "{empty}/x"}, "address"},
	    {{.url = "{file}"}, "address"},
	    {{.url = "{ip}"}, "address"},
	    {{.url = "https://"}, "address"},
	    {{.url = "{base}/#x"}, "address"},
	    {{.url = "{base}/{dots}/x"}, "dots"},
	    {{.url = "{base}/{none}"}, "{none}"},
	    {{.url = "{base}/{"}, "brace"},
	    {{.url = "{base}", .headers = {{"X-A", "{evil}"}}, .header_count = 1}, "X-A"},
	    {{.url = "{base}", .query = {{"q", "{none}"}}, .query_count = 1}, "Query q"},
	    {{.url = "{base}", .user = "{evil}"}, "User"},
	    {{.url = "{base}", .body_kind = PROVIDER_BODY_JSON, .body = "{\"a\":\"{to:number}\"}"},
		"{to}"},
	    {{.url = "{base}",
		 .body_kind = PROVIDER_BODY_FORM,
		 .fields = {{"f", "{none}"}},
		 .field_count = 1},
		"Field f"},
	};
	struct fixture *fixture = *state;
	for (size_t i = 0; i < COUNT_OF(table); i++) {
		fixture->failure.text[0] = '\0';
		if (build(fixture, &table[i].request) != RESULT_INVALID)
			fail_msg("case %zu: taken", i);
		if (strcasestr(fixture->failure.text, table[i].said) == NULL)
			fail_msg("case %zu: %s", i, fixture->failure.text);
		assert_null(strstr(fixture->failure.text, "Evil"));
		assert_null(strstr(fixture->failure.text, "84912345678"));
	}
}

static void assert_body(const struct http_built *built, const char *type, const char *body)
{
	assert_string_equal(header(built, "Content-Type"), type);
	assert_string_equal(built->body, body);
	assert_int_equal(built->body_len, strlen(body));
}

static void test_bodies_are_written_by_their_kind(void **state)
{
	struct fixture *fixture = *state;
	struct provider_request request = {.method = "POST",
	    .url = "{base}",
	    .body_kind = PROVIDER_BODY_JSON,
	    .body = "{\"to\": \"{to}\", \"text\": \"{text}\"}",
	    .limit_ms = 30000,
	    .idempotent = true};
	build_well(fixture, &request);
	assert_body(&fixture->built, "application/json",
	    "{\"to\":\"+84912345678\",\"text\":\"Đủ 5 & <b>\\u000a100%+\"}");
	assert_string_equal(fixture->built.method, "POST");
	assert_int_equal(fixture->built.limit_ms, 30000);
	assert_true(fixture->built.idempotent);

	request.body_kind = PROVIDER_BODY_FORM;
	request.fields[0] = (struct provider_pair){"to", "{to}"};
	request.fields[1] = (struct provider_pair){"no", "{empty}"};
	request.fields[2] = (struct provider_pair){"a&b", "{text}"};
	request.field_count = 3;
	build_well(fixture, &request);
	assert_body(&fixture->built, "application/x-www-form-urlencoded",
	    "to=%2B84912345678&a%26b=%C4%90%E1%BB%A7%205%20%26%20%3Cb%3E%0A100%25%2B");

	request.body_kind = PROVIDER_BODY_TEXT;
	request.content_type = "text/xml; charset=utf-8";
	request.body = "<t a=\"1\">{text}</t>";
	build_well(fixture, &request);
	assert_body(&fixture->built, "text/xml; charset=utf-8",
	    "<t a=\"1\">Đủ 5 &amp; &lt;b&gt;\n100%+</t>");

	request.content_type = NULL;
	request.headers[0] = (struct provider_pair){"Content-Type", "text/x-own"};
	request.header_count = 1;
	build_well(fixture, &request);
	assert_body(&fixture->built, "text/x-own", "<t a=\"1\">" TEXT "</t>");
	assert_int_equal(fixture->built.header_count, 1);
}

static void test_headers_and_credentials_are_filled_in(void **state)
{
	struct fixture *fixture = *state;
	const struct provider_request request = {.method = "GET",
	    .url = "{base}",
	    .headers = {{"Authorization", "Bearer {token}"}, {"X-Optional", "{empty}"}},
	    .header_count = 2,
	    .user = "{to}",
	    .password = "x{token}"};
	build_well(fixture, &request);
	assert_int_equal(fixture->built.header_count, 1);
	assert_string_equal(header(&fixture->built, "Authorization"), "Bearer 12:A/\"b&");
	assert_string_equal(fixture->built.user, "+84912345678");
	assert_string_equal(fixture->built.password, "x12:A/\"b&");

	const struct provider_request open = {
	    .url = "{base}", .user = "{empty}", .password = "{empty}"};
	build_well(fixture, &open);
	assert_null(fixture->built.user);
	assert_null(fixture->built.password);
}

static void test_a_multipart_boundary_occurs_in_no_value(void **state)
{
	struct fixture *fixture = *state;
	struct provider_request request = {.url = "{base}",
	    .body_kind = PROVIDER_BODY_MULTIPART,
	    .fields = {{"to", "{to}"}, {"te\"xt", "{text}"}, {"no", "{empty}"}},
	    .field_count = 3};
	build_well(fixture, &request);
	const char *type = header(&fixture->built, "Content-Type");
	const char *boundary = strstr(type, "boundary=") + strlen("boundary=");
	const char *expected = arena_printf(fixture->arena,
	    "--%s\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n+84912345678\r\n"
	    "--%s\r\nContent-Disposition: form-data; name=\"te%%22xt\"\r\n\r\n%s\r\n"
	    "--%s--\r\n",
	    boundary, boundary, TEXT, boundary);
	assert_string_equal(fixture->built.body, expected);

	/* The same values, the same bytes; other values, another boundary. */
	build_well(fixture, &request);
	assert_string_equal(fixture->built.body, expected);
	request.fields[2].value = arena_printf(fixture->arena, "--%s--", boundary);
	build_well(fixture, &request);
	const char *other = strstr(header(&fixture->built, "Content-Type"), "boundary=");
	assert_string_not_equal(other + strlen("boundary="), boundary);
}

static const char *decoded_mail_text(struct arena *arena, const char *mail)
{
	struct buffer joined = BUFFER(10000), text = BUFFER(10000);
	for (const char *at = strstr(mail, "\r\n\r\n") + 4; *at != '\0'; at += 2) {
		size_t len = strcspn(at, "\r\n");
		assert_true(len <= 76);
		buffer_add(&joined, at, len);
		at += len;
		assert_memory_equal(at, "\r\n", 2);
	}
	assert_true(http_decode_base64(&text, buffer_text(&joined)));
	const char *copy = arena_copy(arena, buffer_text(&text));
	buffer_clear(&joined);
	buffer_clear(&text);
	return copy;
}

static const struct provider_request mail_request = {.method = "SMTP",
    .url = "smtp://127.0.0.1:2525",
    .body_kind = PROVIDER_BODY_MAIL,
    .fields = {{"from", "nhac@huyen.vn"}, {"from_name", "UBND huyện"}, {"to", "{mail}"},
	{"subject", "{subject}"}, {"body", "{text}"}},
    .field_count = 5};

static void test_a_mail_is_written_by_the_rules(void **state)
{
	struct fixture *fixture = *state;
	build_well(fixture, &mail_request);
	const char *mail = fixture->built.body;
	assert_string_equal(fixture->built.mail_from, "nhac@huyen.vn");
	assert_string_equal(fixture->built.mail_to, "an@huyen.vn");
	const char *expected = "Date: Mon, 08 Jun 2026 02:00:00 +0000\r\n"
			       "Message-ID: <n-17@huyen.vn>\r\n"
			       "From: =?UTF-8?B?VUJORCBodXnhu4du?=\r\n <nhac@huyen.vn>\r\n"
			       "To: an@huyen.vn\r\n"
			       "Subject: =?UTF-8?B?";
	assert_memory_equal(mail, expected, strlen(expected));
	assert_non_null(strstr(mail, "\r\nMIME-Version: 1.0\r\n"));
	assert_non_null(strstr(mail, "\r\nContent-Type: text/plain; charset=utf-8\r\n"));
	assert_non_null(strstr(mail, "\r\nContent-Transfer-Encoding: base64\r\n"));
	assert_null(strstr(mail, "Bcc"));
	for (const char *at = mail; *at != '\0'; at += strcspn(at, "\n") + 1) {
		assert_true(strcspn(at, "\r") <= 76);
		assert_int_equal(at[strcspn(at, "\r\n")], '\r');
	}
	assert_string_equal(decoded_mail_text(fixture->arena, mail), "Đủ 5 & <b>\r\n100%+\r\n");
}

/* What RFC 2047 words stand for, joined; the words are checked on the way. */
static const char *decoded_subject(struct arena *arena, const char *mail)
{
	struct buffer text = BUFFER(10000);
	const char *at = strstr(mail, "Subject: ") + strlen("Subject: ");
	for (;;) {
		size_t len = strcspn(at, "\r");
		assert_true(len <= 75);
		assert_memory_equal(at, "=?UTF-8?B?", 10);
		assert_memory_equal(at + len - 2, "?=", 2);
		const char *word = arena_copy_bytes(arena, at + 10, len - 12);
		assert_true(http_decode_base64(&text, word));
		at += len + 2;
		if (*at != ' ')
			break;
		at++;
	}
	const char *copy = arena_copy(arena, buffer_text(&text));
	buffer_clear(&text);
	return copy;
}

static void test_a_long_subject_is_cut_between_letters_and_begins_no_header(void **state)
{
	struct fixture *fixture = *state;
	build_well(fixture, &mail_request);
	assert_string_equal(decoded_subject(fixture->arena, fixture->built.body),
	    "Nhắc báo cáo tháng 6 của huyện Trùng Khánh: ngày cuối cùng là 10/6/2026 Bcc: x@y.vn");

	struct provider_request request = mail_request;
	request.fields[3].value = "{evil}";
	request.fields[1].value = "A \"q\" \\ b";
	build_well(fixture, &request);
	assert_string_equal(decoded_subject(fixture->arena, fixture->built.body), "a  X-Evil: 1");
	assert_non_null(
	    strstr(fixture->built.body, "\r\nFrom: \"A \\\"q\\\" \\\\ b\" <nhac@huyen.vn>\r\n"));

	request.fields[3].value = "Plain words";
	request.fields[1].value = "{empty}";
	build_well(fixture, &request);
	assert_non_null(strstr(fixture->built.body, "\r\nSubject: Plain words\r\n"));
	assert_non_null(strstr(fixture->built.body, "\r\nFrom: nhac@huyen.vn\r\n"));
}

static void test_a_mail_goes_to_one_address(void **state)
{
	struct fixture *fixture = *state;
	static const char *const wrong[] = {"{two}", "{evil}", "{to}", "{empty}", "a@b@c", "@b",
	    "a@", "An <an@b.vn>", "a b@c.vn", "đ@b.vn"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct provider_request request = mail_request;
		request.fields[2].value = wrong[i];
		if (build(fixture, &request) != RESULT_INVALID)
			fail_msg("%s: taken", wrong[i]);
		assert_null(strstr(fixture->failure.text, "Evil"));
	}
}

static void test_too_long_a_body_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char *longest = arena_alloc(fixture->arena, HTTP_REQUEST_MAX + 1);
	memset(longest, 'a', HTTP_REQUEST_MAX);
	const char *const long_values[] = {"text", longest, NULL};
	const struct provider_request request = {.url = "https://a.vn",
	    .body_kind = PROVIDER_BODY_FORM,
	    .fields = {{"text", "{text}"}},
	    .field_count = 1};
	assert_int_equal(http_build(fixture->arena, &request, look_up_pair, (void *)long_values,
			     NOW, &fixture->built, &fixture->failure),
	    RESULT_LIMIT);
	const struct provider_request address = {
	    .url = "https://a.vn", .query = {{"text", "{text}"}}, .query_count = 1};
	assert_int_equal(http_build(fixture->arena, &address, look_up_pair, (void *)long_values,
			     NOW, &fixture->built, &fixture->failure),
	    RESULT_LIMIT);
}

static void test_people_see_no_secret_in_any_spelling(void **state)
{
	struct fixture *fixture = *state;
	const char *const secrets[] = {"12:A/\"b&", "", "n:17", NULL};
	const struct provider_request request = {.method = "POST",
	    .url = "{base}/bot{token}?k={token}",
	    .headers = {{"Authorization", "Bearer {token}"}},
	    .header_count = 1,
	    .user = "{token}",
	    .password = "x",
	    .body_kind = PROVIDER_BODY_JSON,
	    .body = "{\"t\": \"<{token}>\", \"b\": \"MTI6QS8iYiY=\", \"id\": \"{id}\", \"x\": "
		    "\"{text}\"}"};
	build_well(fixture, &request);
	assert_string_equal(
	    http_built_masked(fixture->arena, &fixture->built, secrets, COUNT_OF(secrets)),
	    "POST https://api.example.vn:8443/v1/bot•••?k=•••\n"
	    "User: •••\nPassword: •••\n"
	    "Authorization: Bearer •••\n"
	    "Content-Type: application/json\n\n"
	    "{\"t\":\"<•••>\",\"b\":\"•••\",\"id\":\"•••\",\"x\":\"Đủ 5 & <b>\\u000a100%+\"}");
	const char *const nested[] = {"abc", "abcdef"};
	assert_string_equal(
	    http_mask(fixture->arena, "abcdef abc", nested, COUNT_OF(nested)), "••• •••");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
	const struct CMUnitTest tests[] = {
	    TEST(test_values_of_an_address_are_encoded),
	    TEST(test_what_cannot_be_asked_for_is_refused_without_its_value),
	    TEST(test_bodies_are_written_by_their_kind),
	    TEST(test_headers_and_credentials_are_filled_in),
	    TEST(test_a_multipart_boundary_occurs_in_no_value),
	    TEST(test_a_mail_is_written_by_the_rules),
	    TEST(test_a_long_subject_is_cut_between_letters_and_begins_no_header),
	    TEST(test_a_mail_goes_to_one_address),
	    TEST(test_too_long_a_body_is_refused),
	    TEST(test_people_see_no_secret_in_any_spelling),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
