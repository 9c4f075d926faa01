/*
 * Owns: tests of the shipped provider files: what each answer of an API means, by its vendor's
 * codes. May use: channel/http_answer.h, document/provider.h, cmocka. Must not know: requests, the
 * network.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "channel/http_answer.h"
#include "http_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#define NOW ((struct wall){INT64_C(1780884000000)})
#define SHOWN_MAX 20

struct shipped {
	struct complaints complaints;
	const struct provider *provider;
};

static void load(struct shipped *shipped, const char *name)
{
	char path[200];
	*shipped = (struct shipped){.complaints = {.arena = arena_new()}};
	snprintf(path, sizeof path, "config/providers/%s.yaml", name);
	shipped->provider = provider_load(shipped->complaints.arena, path, &shipped->complaints);
	if (shipped->provider == NULL)
		fail_msg("%s cannot be read", path);
}

static void unload(struct shipped *shipped)
{
	arena_free(shipped->complaints.arena);
}

/* ── answers ─────────────────────────────────────────────────────────────────────────────────── */

/* Each of `codes` (a blank between two), put where `form` has %s, is of this class. */
struct codes {
	const char *file;
	int status;
	const char *form, *codes;
	enum provider_class class;
};

#define ZALO "{\"error\":%s,\"message\":\"m\"}"
#define ZALO_BOT "{\"ok\":false,\"error_code\":%s,\"description\":\"m\"}"
#define TELEGRAM "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: %s\"}"
#define VIBER "{\"status\":%s,\"status_message\":\"m\"}"
#define META "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":%s}}"
#define SLACK "{\"ok\":false,\"error\":\"%s\"}"
#define MATTERMOST "{\"id\":\"%s\",\"message\":\"m\",\"status_code\":0}"
#define MATRIX "{\"errcode\":\"%s\",\"error\":\"m\"}"
#define ESMS "{\"CodeResult\":\"%s\",\"CountRegenerate\":0,\"ErrorMessage\":\"m\"}"
#define SPEEDSMS "{\"status\":\"error\",\"code\":\"%s\",\"message\":\"m\"}"

static const struct codes codes[] = {
    {"zalo-oa", 200, ZALO, "0", PROVIDER_SENT},
    {"zalo-oa", 200, ZALO, "-216 -220", PROVIDER_CREDENTIALS},
    {"zalo-oa", 200, ZALO, "-211 -321", PROVIDER_QUOTA},
    {"zalo-oa", 200, ZALO, "-213 -217 -227 -230 -232 -244", PROVIDER_PERMANENT_RECIPIENT},
    {"zalo-oa", 200, ZALO, "-201 -210 -233 -248", PROVIDER_PERMANENT_TEXT},
    {"zalo-oa", 200, ZALO, "-204 -205 -209 -212 -219 -221 -223 -224 -235 -240 -242 -320",
	PROVIDER_ACCOUNT},
    /* What stops one person must not stop all, and the night is long: see the file. */
    {"zalo-oa", 200, ZALO, "-200 -218", PROVIDER_TEMPORARY},
    {"zalo-oa", 200, ZALO, "-32 -234", PROVIDER_THROTTLED},
    {"zalo-oa", 200, ZALO, "-999", PROVIDER_TEMPORARY}, /* surely not sent */

    {"zalo-zns", 200, ZALO, "0", PROVIDER_SENT},
    {"zalo-zns", 200, ZALO, "-124", PROVIDER_CREDENTIALS},
    {"zalo-zns", 200, ZALO,
	"-1241 -101 -102 -103 -104 -105 -120 -125 -127 -135 -1351 -136 -138 -145",
	PROVIDER_ACCOUNT},
    {"zalo-zns", 200, ZALO, "-108 -110 -114 -118 -119 -139 -140 -141",
	PROVIDER_PERMANENT_RECIPIENT},
    {"zalo-zns", 200, ZALO,
	"-109 -111 -112 -1121 -1122 -1124 -113 -116 -117 -121 -122 -130 -131 -132 -146",
	PROVIDER_PERMANENT_TEXT},
    {"zalo-zns", 200, ZALO, "-115 -126 -137 -144 -147 -1441 -1471 -1472", PROVIDER_QUOTA},
    {"zalo-zns", 200, ZALO, "-100", PROVIDER_TEMPORARY},
    {"zalo-zns", 200, ZALO, "-133", PROVIDER_THROTTLED},

    {"zalo-bot", 200, ZALO_BOT, "401 404", PROVIDER_ACCOUNT},
    {"zalo-bot", 200, ZALO_BOT, "403", PROVIDER_PERMANENT_RECIPIENT},
    {"zalo-bot", 200, ZALO_BOT, "400", PROVIDER_PERMANENT_TEXT},
    {"zalo-bot", 200, ZALO_BOT, "429", PROVIDER_THROTTLED},
    {"zalo-bot", 200, ZALO_BOT, "500 503", PROVIDER_TEMPORARY},
    {"zalo-bot", 200, ZALO_BOT, "408 502 504", PROVIDER_UNKNOWN},

    {"telegram", 400, TELEGRAM,
	"chat·not·found PEER_ID_INVALID CHAT_WRITE_FORBIDDEN have·no·rights·to·send "
	"group·chat·was·upgraded",
	PROVIDER_PERMANENT_RECIPIENT},
    {"telegram", 400, TELEGRAM, "message·is·too·long message·text·is·empty can't·parse·entities",
	PROVIDER_PERMANENT_TEXT},
    {"telegram", 401, ZALO_BOT, "401", PROVIDER_ACCOUNT},
    {"telegram", 404, ZALO_BOT, "404", PROVIDER_ACCOUNT},
    {"telegram", 403, ZALO_BOT, "403", PROVIDER_PERMANENT_RECIPIENT},
    {"telegram", 429, ZALO_BOT, "429", PROVIDER_THROTTLED},
    {"telegram", 500, ZALO_BOT, "500", PROVIDER_TEMPORARY},
    {"telegram", 502, ZALO_BOT, "502", PROVIDER_UNKNOWN},
    {"telegram", 504, "%s", "gateway", PROVIDER_UNKNOWN},

    {"viber", 200, VIBER, "0", PROVIDER_SENT},
    {"viber", 200, VIBER, "1 2 4 7 8 9 10 15", PROVIDER_ACCOUNT},
    {"viber", 200, VIBER, "3 13 14", PROVIDER_PERMANENT_TEXT},
    {"viber", 200, VIBER, "5 6 11 21", PROVIDER_PERMANENT_RECIPIENT},
    {"viber", 200, VIBER, "12", PROVIDER_THROTTLED},
    {"viber", 200, VIBER, "23 24", PROVIDER_QUOTA},
    {"viber", 200, VIBER, "16 99", PROVIDER_TEMPORARY},

    {"whatsapp", 401, META, "190", PROVIDER_ACCOUNT},
    {"whatsapp", 400, META, "0 3 10 200 249 299 131005 131031 133010", PROVIDER_ACCOUNT},
    {"whatsapp", 400, META, "4 80007 130429 131048 133016", PROVIDER_THROTTLED},
    {"whatsapp", 400, META, "2 131000 131016 131049 131053 131056", PROVIDER_TEMPORARY},
    {"whatsapp", 400, META, "131026 131030 131045 131047", PROVIDER_PERMANENT_RECIPIENT},
    {"whatsapp", 400, META, "100 131008 131009 132000 132007 132015", PROVIDER_PERMANENT_TEXT},
    {"whatsapp", 400, META, "131042 368", PROVIDER_QUOTA},
    {"whatsapp", 500, "%s", "{}", PROVIDER_TEMPORARY},
    {"whatsapp", 504, "%s", "{}", PROVIDER_UNKNOWN},

    {"messenger", 400, META, "3 10 190 200 230 299", PROVIDER_ACCOUNT},
    {"messenger", 400, META, "4 17 32 613 80006", PROVIDER_THROTTLED},
    {"messenger", 500, META, "1 2 1200", PROVIDER_TEMPORARY},
    {"messenger", 400, META, "551 10,\"error_subcode\":2018278 100,\"error_subcode\":2018001",
	PROVIDER_PERMANENT_RECIPIENT},
    {"messenger", 400, META, "100", PROVIDER_PERMANENT_TEXT},
    {"messenger", 502, "%s", "{}", PROVIDER_UNKNOWN},

    {"slack", 200, SLACK,
	"not_authed invalid_auth account_inactive token_revoked token_expired missing_scope",
	PROVIDER_ACCOUNT},
    {"slack", 200, SLACK,
	"channel_not_found not_in_channel is_archived user_not_found cannot_dm_bot",
	PROVIDER_PERMANENT_RECIPIENT},
    {"slack", 200, SLACK, "no_text msg_too_long invalid_blocks", PROVIDER_PERMANENT_TEXT},
    {"slack", 200, SLACK, "ratelimited rate_limited", PROVIDER_THROTTLED},
    {"slack", 429, SLACK, "ratelimited", PROVIDER_THROTTLED},
    {"slack", 200, SLACK, "fatal_error internal_error service_unavailable", PROVIDER_TEMPORARY},

    {"mattermost", 401, MATTERMOST, "api.context.session_expired.app_error", PROVIDER_ACCOUNT},
    {"mattermost", 403, MATTERMOST, "api.context.permissions.app_error",
	PROVIDER_PERMANENT_RECIPIENT},
    {"mattermost", 404, MATTERMOST, "app.channel.get.existing.app_error",
	PROVIDER_PERMANENT_RECIPIENT},
    {"mattermost", 400, MATTERMOST, "api.context.invalid_param.app_error", PROVIDER_PERMANENT_TEXT},
    {"mattermost", 429, MATTERMOST, "x", PROVIDER_THROTTLED},
    {"mattermost", 500, MATTERMOST, "x", PROVIDER_TEMPORARY},
    {"mattermost", 504, "%s", "gateway", PROVIDER_UNKNOWN},
    /* Another server answers at this address: nobody's account is to blame. */
    {"mattermost", 404, "%s", "<html>", PROVIDER_ACCOUNT},
    {"mattermost", 403, "%s", "<html>", PROVIDER_ACCOUNT},

    {"matrix", 401, MATRIX, "M_UNKNOWN_TOKEN M_MISSING_TOKEN", PROVIDER_ACCOUNT},
    {"matrix", 403, MATRIX, "M_FORBIDDEN", PROVIDER_PERMANENT_RECIPIENT},
    {"matrix", 404, MATRIX, "M_NOT_FOUND", PROVIDER_PERMANENT_RECIPIENT},
    {"matrix", 404, MATRIX, "M_UNRECOGNIZED", PROVIDER_ACCOUNT},
    {"matrix", 404, "%s", "<html>", PROVIDER_ACCOUNT},
    {"matrix", 413, MATRIX, "M_TOO_LARGE", PROVIDER_PERMANENT_TEXT},
    {"matrix", 400, MATRIX, "M_BAD_JSON", PROVIDER_PERMANENT_TEXT},
    {"matrix", 429, MATRIX, "M_LIMIT_EXCEEDED", PROVIDER_THROTTLED},
    {"matrix", 500, MATRIX, "M_UNKNOWN", PROVIDER_TEMPORARY},
    {"matrix", 504, "%s", "gateway", PROVIDER_TEMPORARY}, /* idempotent */

    {"teams", 202, "%s", "", PROVIDER_SENT},
    {"teams", 200, "%s", "1", PROVIDER_SENT},
    {"teams", 200, "%s", "HTTP·error·429", PROVIDER_THROTTLED},
    {"teams", 404, "%s", "", PROVIDER_ACCOUNT},
    {"teams", 502, "%s", "", PROVIDER_UNKNOWN},

    {"generic", 204, "%s", "", PROVIDER_SENT},
    {"generic", 409, "%s", "", PROVIDER_SENT},
    {"generic", 404, "%s", "<html>", PROVIDER_ACCOUNT}, /* the address is mistyped */
    {"generic", 410, "%s", "{\"error\":\"gone\"}", PROVIDER_PERMANENT_RECIPIENT},
    {"generic", 422, "%s", "{\"error\":\"no\"}", PROVIDER_PERMANENT_TEXT},
    {"generic", 504, "%s", "gateway", PROVIDER_TEMPORARY},

    {"email", 250, "%s", "", PROVIDER_SENT},
    {"email", 535, "%s", "", PROVIDER_ACCOUNT},
    {"email", 421, "%s", "", PROVIDER_TEMPORARY},
    {"email", 454, "%s", "", PROVIDER_TEMPORARY},
    {"email", 550, "%s", "", PROVIDER_PERMANENT_RECIPIENT},
    {"email", 552, "%s", "", PROVIDER_PERMANENT_TEXT},
    {"email", 503, "%s", "", PROVIDER_PERMANENT_TEXT}, /* says nothing of the recipient */

    {"esms", 200, ESMS, "100 124", PROVIDER_SENT},
    {"esms", 200, ESMS, "101 102 104 140 177 204 799", PROVIDER_ACCOUNT},
    {"esms", 200, ESMS, "103", PROVIDER_QUOTA},
    {"esms", 200, ESMS, "99 108", PROVIDER_PERMANENT_RECIPIENT},
    {"esms", 200, ESMS, "110 118 146 300 789 790 791", PROVIDER_PERMANENT_TEXT},
    {"esms", 200, ESMS, "160 199", PROVIDER_TEMPORARY},
    {"esms", 200, "{\"error\":\"%s\"}", "Invalid·request", PROVIDER_TEMPORARY},

    {"speedsms", 200, SPEEDSMS, "007 008 009", PROVIDER_ACCOUNT},
    {"speedsms", 200, SPEEDSMS, "101 110 113", PROVIDER_PERMANENT_TEXT},
    {"speedsms", 200, SPEEDSMS, "105", PROVIDER_PERMANENT_RECIPIENT},
    {"speedsms", 200, SPEEDSMS, "300", PROVIDER_QUOTA},
    {"speedsms", 200, SPEEDSMS, "500", PROVIDER_TEMPORARY},
    {"speedsms", 429, "{\"name\":\"%s\",\"status\":429}", "Too·Many·Requests", PROVIDER_THROTTLED},
    {"speedsms", 401, "{\"name\":\"%s\",\"status\":401}", "Unauthorized", PROVIDER_ACCOUNT},
    {"speedsms", 504, "%s", "gateway", PROVIDER_UNKNOWN},

    {"stringee", 200, "{\"smsSent\":1,\"result\":[{\"r\":%s}]}", "0", PROVIDER_SENT},
    {"stringee", 200, "{\"r\":%s}", "0", PROVIDER_UNKNOWN}, /* of an unknown shape */
    {"stringee", 401, "%s", "{}", PROVIDER_ACCOUNT},
    {"stringee", 504, "%s", "{}", PROVIDER_UNKNOWN},

    {"kannel", 202, "%s", "0:·Accepted·for·delivery 3:·Queued·for·later·delivery", PROVIDER_SENT},
    {"kannel", 403, "%s", "Authorization·failed·for·sendsms", PROVIDER_ACCOUNT},
    {"kannel", 400, "%s", "Missing·receiver·number,·rejected", PROVIDER_PERMANENT_RECIPIENT},
    {"kannel", 400, "%s", "Charset·or·body·misformed,·rejected", PROVIDER_PERMANENT_TEXT},
    {"kannel", 503, "%s", "Temporal·failure,·try·again·later.", PROVIDER_TEMPORARY},

    {"smsgate", 202, "{\"id\":\"%s\",\"state\":\"Pending\"}", "1", PROVIDER_SENT},
    {"smsgate", 409, "%s", "{}", PROVIDER_SENT},
    {"smsgate", 401, "%s", "{}", PROVIDER_ACCOUNT},
    {"smsgate", 404, "%s", "{}", PROVIDER_ACCOUNT}, /* the other path */
    {"smsgate", 400, "%s", "{}", PROVIDER_PERMANENT_TEXT},
    {"smsgate", 503, "{\"error\":\"%s\"}", "QueueLimitExceeded", PROVIDER_TEMPORARY},
};

/* One word of `words`, "·" as a blank; past it. */
static const char *next_word(const char *words, char *word, size_t size)
{
	size_t len = strcspn(words, " "), out = 0;
	for (size_t i = 0; i < len && out + 1 < size; i++) {
		bool dot = strncmp(words + i, "·", 2) == 0;
		word[out++] = dot ? ' ' : words[i];
		i += dot ? 1 : 0;
	}
	word[out] = '\0';
	return words + len + (words[len] == ' ');
}

/* `form` with `code` where its %s stands. */
static const char *fill(struct arena *arena, const char *form, const char *code)
{
	const char *at = strstr(form, "%s");
	assert_non_null(at);
	return arena_printf(arena, "%.*s%s%s", (int)(at - form), form, code, at + 2);
}

static bool is_as_told(const struct codes *told, const struct provider *provider, const char *code)
{
	struct arena *arena = arena_new();
	struct http_body body;
	struct http_verdict verdict;
	body_begin(&body, told->status, NULL, fill(arena, told->form, code));
	http_judge(
	    &body, provider->rules, provider->rule_count, provider->send.idempotent, NOW, &verdict);
	bool same = verdict.class == told->class;
	if (!same)
		print_error("%s: %d %s is %s, not %s\n", told->file, told->status, body.text,
		    provider_class_name(verdict.class), provider_class_name(told->class));
	body_end(&body);
	arena_free(arena);
	return same;
}

static void each_code_has_its_class(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		struct shipped shipped;
		const char *words = codes[i].codes;
		load(&shipped, codes[i].file);
		do {
			char code[100];
			words = next_word(words, code, sizeof code);
			wrong += !is_as_told(&codes[i], shipped.provider, code);
		} while (*words != '\0');
		unload(&shipped);
	}
	assert_int_equal(wrong, 0);
}

/* ── what comes in ───────────────────────────────────────────────────────────────────────────── */

/* `shown`: "text SENDER: WORDS", "delivered ID", "blocked WHO", in their order, with "; ". */
struct incoming {
	const char *file, *body, *shown;
};

#define SPEEDSMS_REPORT(status)                                                                    \
	"{\"type\":\"report\",\"tranId\":7,\"phone\":\"84912\",\"status\":" status "}"
#define VIBER_MESSAGE                                                                              \
	"{\"event\":\"message\",\"timestamp\":1700000000000,\"message_token\":"                    \
	"4987381194038857789,"                                                                     \
	"\"sender\":{\"id\":\"v1\"},\"message\":{\"type\":\"text\",\"text\":\"da nop\"}}"
#define META_ENTRY(what) "{\"entry\":[{\"changes\":[{\"value\":{" what "}}]}]}"

static const struct incoming incoming[] = {
    {"zalo-oa",
	"{\"event_name\":\"user_send_text\",\"sender\":{\"id\":\"u1\"},\"timestamp\":"
	"\"1700000000000\",\"message\":{\"text\":\"da nop\",\"msg_id\":\"m1\"}}",
	"text u1: da nop"},
    {"zalo-oa",
	"{\"event_name\":\"user_received_message\",\"timestamp\":\"1700000000000\",\"message\":{"
	"\"msg_id\":\"m1\"}}",
	"delivered m1"},
    {"zalo-oa",
	"{\"event_name\":\"user_seen_message\",\"timestamp\":\"1700000000000\",\"message\":{"
	"\"msg_ids\":[\"m1\",\"m2\"]}}",
	"read m1; read m2"},
    {"zalo-oa", "{\"event_name\":\"unfollow\",\"follower\":{\"id\":\"u1\"}}", "blocked u1"},
    {"zalo-oa",
	"{\"event_name\":\"oa_send_text\",\"sender\":{\"id\":\"oa\"},\"message\":{\"text\":\"x\","
	"\"msg_id\":\"m2\",\"msg_ids\":[\"m2\"]}}",
	""},
    {"zalo-zns",
	"{\"event_name\":\"user_received_message\",\"message\":{\"delivery_time\":"
	"\"1700000000000\","
	"\"msg_id\":\"z1\",\"tracking_id\":\"5\"}}",
	"delivered z1"},
    {"viber", VIBER_MESSAGE, "text v1: da nop"},
    {"viber", "{\"event\":\"seen\",\"message_token\":12,\"timestamp\":1700000000000}", "read 12"},
    {"viber", "{\"event\":\"unsubscribed\",\"user_id\":\"v1\"}", "blocked v1"},
    {"whatsapp",
	META_ENTRY("\"messages\":[{\"from\":\"84912\",\"id\":\"w1\",\"timestamp\":\"1700000000\","
		   "\"type\":\"text\",\"text\":{\"body\":\"da nop\"}}]"),
	"text 84912: da nop"},
    {"whatsapp",
	META_ENTRY("\"messages\":[{\"from_user_id\":\"VN.1\",\"id\":\"w1\",\"timestamp\":"
		   "\"1700000000\",\"type\":\"text\",\"text\":{\"body\":\"da nop\"}}]"),
	"text VN.1: da nop"},
    {"whatsapp",
	META_ENTRY(
	    "\"statuses\":[{\"id\":\"w1\",\"status\":\"sent\"},{\"id\":\"w2\",\"status\":"
	    "\"read\"},{\"id\":\"w3\",\"status\":\"failed\",\"errors\":[{\"title\":\"x\"}]}]"),
	"read w2; failed w3"},
    {"mattermost",
	"{\"token\":\"t\",\"channel_id\":\"c1\",\"user_name\":\"sen\",\"post_id\":\"p1\",\"text\":"
	"\"da nop\"}",
	"text c1: da nop"},
    /* Its own post must not come back as an answer. */
    {"mattermost",
	"{\"token\":\"t\",\"channel_id\":\"c1\",\"user_name\":\"nhacviec\",\"post_id\":\"p1\","
	"\"text\":\"Nhac viec\"}",
	""},
    {"slack",
	"{\"type\":\"event_callback\",\"event_id\":\"E1\",\"event\":{\"type\":\"message\","
	"\"channel\":"
	"\"D1\",\"text\":\"x\",\"bot_id\":\"B1\"}}",
	""},
    {"speedsms", SPEEDSMS_REPORT("0"), "delivered 7"},
    {"speedsms", SPEEDSMS_REPORT("1"), ""},
    {"speedsms", SPEEDSMS_REPORT("7"), ""},
    {"speedsms", SPEEDSMS_REPORT("63"), ""},
    {"speedsms", SPEEDSMS_REPORT("64"), "failed 7"},
    {"speedsms", SPEEDSMS_REPORT("70"), "failed 7"},
    {"speedsms", SPEEDSMS_REPORT("95"), "failed 7"},
    {"speedsms", SPEEDSMS_REPORT("96"), "failed 7"},
    {"speedsms", SPEEDSMS_REPORT("127"), "failed 7"},
    {"smsgate", "{\"event\":\"sms:failed\",\"id\":\"e\",\"payload\":{\"messageId\":\"5\"}}",
	"failed 5"},
    {"smsgate", "{\"event\":\"sms:sent\",\"id\":\"e\",\"payload\":{\"messageId\":\"5\"}}", ""},
    {"smsgate", "{\"event\":\"sms:cancelled\",\"id\":\"e\",\"payload\":{\"messageId\":\"5\"}}",
	"failed 5"},
};

static const char *show(struct arena *arena, const struct http_came_in *items, size_t count)
{
	static const char *const kinds[] = {"delivered", "read", "failed", "blocked"};
	const char *shown = "";
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++) {
		const struct http_came_in *item = &items[i];
		const char *before = i > 0 ? "; " : "";
		if (item->is_text)
			shown = arena_printf(
			    arena, "%s%stext %s: %s", shown, before, item->sender, item->text);
		else
			shown = arena_printf(arena, "%s%s%s %s", shown, before,
			    kinds[item->receipt],
			    item->receipt == PROVIDER_RECEIPT_BLOCKED ? item->sender : item->id);
	}
	return shown;
}

static void what_comes_in_is_read(void **state)
{
	(void)state;
	size_t wrong = 0;
	for (size_t i = 0; i < COUNT_OF(incoming); i++) {
		struct shipped shipped;
		struct http_body body;
		struct http_came_in *items;
		bool too_many;
		load(&shipped, incoming[i].file);
		body_begin(&body, 0, "application/json", incoming[i].body);
		size_t count = http_read_incoming(shipped.provider, &body, NOW, &items, &too_many);
		const char *shown = show(body.arena, items, count);
		if (strcmp(shown, incoming[i].shown) != 0) {
			print_error("%s: %s: “%s”, not “%s”\n", incoming[i].file, incoming[i].body,
			    shown, incoming[i].shown);
			wrong++;
		}
		body_end(&body);
		unload(&shipped);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_code_has_its_class),
	    cmocka_unit_test(what_comes_in_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
