/*
 * Owns: tests of requests: hostile ones, what each operation refuses, replies as text.
 * May use: command/operation.h, store/, loop/, cmocka.
 * Must not know: the command line.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "command/operation.h"
#include "loop/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct bench {
	struct operation_place place;
	struct config config;
	char database[100];
	/* The last operation's outcome. */
	int finished, poked;
	enum result result;
	struct failure failure;
	json_t *body;
};

static bool commit(void *arg)
{
	struct bench *bench = arg;
	return bench->place.store->ops->flush(bench->place.store);
}

static void poked(void *arg)
{
	((struct bench *)arg)->poked++;
}

static int bench_begin(void **state)
{
	struct bench *bench = memory_new(sizeof *bench);
	struct failure failure;
	snprintf(
	    bench->database, sizeof bench->database, "/tmp/test-operation-%ld.db", (long)getpid());
	bench->config = (struct config){.encoding = "plain",
	    .holidays_dir = "/nonexistent",
	    .parts_max = 2,
	    .price_per_part = 350,
	    .validity_ms = DAY_MS,
	    .modems = {{.name = "viettel1"}},
	    .modem_count = 1};
	bench->place =
	    (struct operation_place){.config = &bench->config, .poke = poked, .poke_arg = bench};
	bench->place.loop = loop_new(NULL, "test", &failure);
	assert_non_null(bench->place.loop);
	if (store_open_sqlite(bench->database, 1, loop_now(bench->place.loop), &bench->place.store,
		&failure) != RESULT_OK ||
	    reader_open_sqlite(bench->database, &bench->place.reader, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	loop_set_turn_end(bench->place.loop, commit, bench);
	*state = bench;
	return 0;
}

static int bench_end(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	struct bench *bench = *state;
	json_decref(bench->body);
	reader_close(bench->place.reader);
	bench->place.store->ops->close(bench->place.store);
	loop_free(bench->place.loop);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char path[120];
		snprintf(path, sizeof path, "%s%s", bench->database, ends[i]);
		unlink(path);
	}
	free(bench);
	return 0;
}

static void finished(enum result result, const struct failure *failure, json_t *body, void *arg)
{
	struct bench *bench = arg;
	bench->finished++;
	bench->result = result;
	assert_int_equal(failure == NULL, result == RESULT_OK);
	bench->failure = failure != NULL ? *failure : (struct failure){0};
	json_decref(bench->body);
	bench->body = json_incref(body);
	loop_stop(bench->place.loop);
}

static enum result ask_bytes(struct bench *bench, const char *request, size_t len)
{
	bench->finished = 0;
	operation_start(&bench->place, "test(0) pid 1", request, len, finished, bench);
	assert_int_equal(bench->finished, 0); /* never from inside */
	loop_run(bench->place.loop);
	assert_int_equal(bench->finished, 1);
	return bench->result;
}

static enum result ask(struct bench *bench, const char *name, const char *arguments)
{
	char request[8000];
	snprintf(
	    request, sizeof request, "{\"operation\": \"%s\", \"arguments\": %s}", name, arguments);
	return ask_bytes(bench, request, strlen(request));
}

/* ── requests ────────────────────────────────────────────────────────────────────────────────── */

static void test_what_is_no_request_is_refused(void **state)
{
	static const char *const requests[] = {
	    "",
	    "{",
	    "null",
	    "[]",
	    "\"wake\"",
	    "{}",
	    "{\"operation\": \"wake\"}",
	    "{\"operation\": 1, \"arguments\": {}}",
	    "{\"operation\": null, \"arguments\": {}}",
	    "{\"operation\": \"wake\", \"arguments\": []}",
	    "{\"operation\": \"wake\", \"arguments\": {}, \"more\": 1}",
	    "{\"operation\": \"wake\", \"operation\": \"pause\", \"arguments\": {}}",
	    "{\"operation\": \"no-such\", \"arguments\": {}}",
	    "{\"operation\": \"\", \"arguments\": {}}",
	    "{\"operation\": \"wake\\u0000\", \"arguments\": {}}",
	    "{\"operation\": \"wake\", \"arguments\": {}} trailing",
	    "{\"operation\": \"wake\xFF\", \"arguments\": {}}",
	    "{\"operation\": \"wake\", \"arguments\": {\"x\": 1}}",
	};
	for (size_t i = 0; i < COUNT_OF(requests); i++)
		if (ask_bytes(*state, requests[i], strlen(requests[i])) != RESULT_INVALID)
			fail_msg("accepted: %s", requests[i]);
}

static void test_a_deeply_nested_request_is_refused(void **state)
{
	size_t depth = 100000;
	char *request = memory_new(depth + 1);
	memset(request, '[', depth);
	assert_int_equal(ask_bytes(*state, request, depth), RESULT_INVALID);
	free(request);
}

static void test_every_operation_refuses_what_it_does_not_know(void **state)
{
	static const char *const arguments[] = {
	    "{\"unknown\": 1}",
	    "{\"\\u001b[2J\": 1}",
	    "{\"plan\": {}, \"to\": [], \"paused\": 3, \"action\": 1, \"id\": \"7\", \"text\": 1}",
	};
	for (const struct operation_kind *kind = operation_kinds; kind->name != NULL; kind++)
		for (size_t i = 0; i < COUNT_OF(arguments); i++) {
			struct bench *bench = *state;
			if (ask(bench, kind->name, arguments[i]) != RESULT_INVALID)
				fail_msg("%s accepted %s", kind->name, arguments[i]);
			assert_null(strchr(bench->failure.text, '\033'));
			assert_int_equal(bench->poked, 0);
		}
}

static void test_arguments_are_checked_one_by_one(void **state)
{
	static const struct {
		const char *operation, *arguments;
		enum result result;
		const char *says;
	} cases[] = {
	    {"plan-state", "{\"to\": \"running\"}", RESULT_INVALID, "plan is missing"},
	    {"plan-state", "{\"plan\": null, \"to\": \"running\"}", RESULT_INVALID, "missing"},
	    {"plan-state", "{\"plan\": \"A B\", \"to\": \"running\"}", RESULT_INVALID, "code"},
	    {"plan-state", "{\"plan\": \"-A\", \"to\": \"running\"}", RESULT_INVALID, "code"},
	    {"plan-state", "{\"plan\": \"A\", \"to\": \"draft\"}", RESULT_INVALID, "draft"},
	    {"plan-state", "{\"plan\": \"A\", \"to\": \"running\"}", RESULT_NOT_FOUND, "A"},
	    {"plan-state", "{\"plan\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\", \"to\": \"paused\"}",
		RESULT_LIMIT, "bytes"},
	    {"pause", "{\"paused\": \"yes\"}", RESULT_INVALID, "true or false"},
	    {"pause", "{\"channel\": \"viettel2\", \"paused\": true}", RESULT_NOT_FOUND,
		"viettel1"},
	    {"ledger", "{\"action\": \"burn\", \"unit\": \"A\", \"report\": \"B\"}", RESULT_INVALID,
		"burn"},
	    {"ledger", "{\"action\": \"claim\", \"unit\": \"A\", \"report\": \"B\"}",
		RESULT_NOT_FOUND, "A"},
	    {"ledger",
		"{\"action\": \"claim\", \"unit\": \"A\", \"report\": \"B\", \"number\": "
		"\"a\\nb\"}",
		RESULT_INVALID, "one line"},
	    {"ledger",
		"{\"action\": \"claim\", \"unit\": \"A\", \"report\": \"B\", \"number\": \"\"}",
		RESULT_INVALID, "not empty"},
	    {"task-close", "{\"id\": -1}", RESULT_INVALID, "number"},
	    {"task-close", "{\"id\": 1.5}", RESULT_INVALID, "number"},
	    {"task-close", "{\"id\": 1e400}", RESULT_INVALID, ""},
	    {"task-close", "{\"id\": 9223372036854775807}", RESULT_NOT_FOUND, ""},
	    {"number-resume", "{\"number\": \"abc\"}", RESULT_INVALID, "abc"},
	    {"number-resume", "{\"number\": \"0900000001\"}", RESULT_NOT_FOUND, "not suspended"},
	    {"link", "{\"person\": \"P\"}", RESULT_NOT_FOUND, "P"},
	    {"unlink", "{}", RESULT_INVALID, "person or an address"},
	    {"unlink", "{\"address\": \"77\"}", RESULT_NOT_FOUND, "77"},
	    {"request-decide", "{\"decision\": \"approve\", \"number\": 7}", RESULT_NOT_FOUND, "7"},
	    {"request-decide", "{\"decision\": \"perhaps\", \"number\": 7}", RESULT_INVALID,
		"perhaps"},
	    {"send", "{\"text\": \"x\", \"key\": \"k\"}", RESULT_INVALID, "person or a group"},
	    {"send",
		"{\"person\": \"P\", \"group\": \"reporter\", \"text\": \"x\", \"key\": \"k\"}",
		RESULT_INVALID, "person or a group"},
	    {"send", "{\"person\": \"P\", \"text\": \"x\", \"key\": \"k\"}", RESULT_NOT_FOUND, "P"},
	    {"send", "{\"group\": \"king\", \"text\": \"x\", \"key\": \"k\"}", RESULT_INVALID,
		"reporter"},
	    {"send", "{\"group\": \"reporter/moon\", \"text\": \"x\", \"key\": \"k\"}",
		RESULT_INVALID, "commune"},
	    {"send", "{\"group\": \"reporter/\", \"text\": \"x\", \"key\": \"k\"}", RESULT_INVALID,
		"commune"},
	    {"send", "{\"person\": \"P\", \"text\": \"x\", \"key\": \"a:b\"}", RESULT_INVALID,
		"code"},
	    {"import-plan", "{}", RESULT_INVALID, "text is missing"},
	    {"import-plan", "{\"text\": \"\\u0001\"}", RESULT_INVALID, "error"},
	    {"import-recipients", "{\"text\": \"a,b\\n1,2\\n\"}", RESULT_INVALID, "error"},
	    {"import-recipients", "{\"text\": \"x\", \"file\": \"a\\u0007b\"}", RESULT_INVALID,
		"one line"},
	};
	struct bench *bench = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum result result = ask(bench, cases[i].operation, cases[i].arguments);
		if (result != cases[i].result || strstr(bench->failure.text, cases[i].says) == NULL)
			fail_msg("%s %s: %s, %s", cases[i].operation, cases[i].arguments,
			    result_name(result), bench->failure.text);
	}
	assert_int_equal(bench->poked, 0);
}

/* ── what they do ────────────────────────────────────────────────────────────────────────────── */

static const char recipients[] =
    "\"unit_code,unit_name,unit_kind,parent,person_code,person_name,post,phone,language\\n"
    "TOP,Office,office,,P1,An,coordinator,0900000001,vi\\n"
    "A,Xã A,commune,TOP,P2,Bình,reporter,0900000002,vi\\n"
    "B,Xã B,commune,TOP,P2,Bình,reporter,0900000002,vi\\n"
    "B,Xã B,commune,TOP,P3,Chi,leader,,vi\\n"
    "C,Xã C,commune,TOP,P4,Dũng,reporter,0900000002,vi\\n\"";

static void import_recipients(struct bench *bench)
{
	char arguments[2000];
	snprintf(arguments, sizeof arguments, "{\"text\": %s}", recipients);
	if (ask(bench, "import-recipients", arguments) != RESULT_OK)
		fail_msg("%s", bench->failure.text);
}

static size_t differences(const struct bench *bench)
{
	return json_array_size(json_object_get(bench->body, "differences"));
}

static void test_a_preview_changes_nothing_and_a_second_import_neither(void **state)
{
	struct bench *bench = *state;
	char arguments[2000];
	snprintf(arguments, sizeof arguments, "{\"text\": %s, \"preview\": true}", recipients);
	assert_int_equal(ask(bench, "import-recipients", arguments), RESULT_OK);
	size_t previewed = differences(bench);
	assert_true(previewed >= 4 + 4 + 5);
	assert_int_equal(bench->poked, 0);
	import_recipients(bench);
	assert_int_equal(differences(bench), previewed);
	assert_int_equal(bench->poked, 1);
	assert_string_equal(json_string_value(json_object_get(bench->body, "owner")), "TOP");
	import_recipients(bench);
	assert_int_equal(differences(bench), 0);
}

static void test_errors_of_a_file_come_back_by_line(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(
	    ask(bench, "import-recipients",
		"{\"file\": \"a.csv\", \"text\": \"unit_code,unit_name,unit_kind,parent,"
		"person_code,person_name,post,phone,language\\nTOP,Office,office,,,,,,\\n"
		"A,Xã A,moon,TOP,,,,,\\nB,Xã B,commune,NOWHERE,P1,An,reporter,12,vi\\n\"}"),
	    RESULT_INVALID);
	json_t *complaints = json_object_get(bench->body, "complaints");
	assert_true(json_array_size(complaints) >= 2);
	json_t *first = json_array_get(complaints, 0);
	assert_string_equal(json_string_value(json_object_get(first, "file")), "a.csv");
	assert_int_equal(json_integer_value(json_object_get(first, "line")), 3);
	assert_non_null(strstr(bench->failure.text, "nothing was changed"));
}

static void test_a_list_with_two_tops_asks_for_the_owner(void **state)
{
	struct bench *bench = *state;
	static const char text[] = "\"unit_code,unit_name,unit_kind,parent,person_code,person_name,"
				   "post,phone,language\\nX,X,office,,,,,,\\nY,Y,office,,,,,,\\n\"";
	char arguments[1000];
	snprintf(arguments, sizeof arguments, "{\"text\": %s}", text);
	assert_int_equal(ask(bench, "import-recipients", arguments), RESULT_INVALID);
	snprintf(arguments, sizeof arguments, "{\"text\": %s, \"owner\": \"Y\"}", text);
	assert_int_equal(ask(bench, "import-recipients", arguments), RESULT_OK);
	assert_string_equal(json_string_value(json_object_get(bench->body, "owner")), "Y");
}

static int number(const struct bench *bench, const char *name)
{
	return (int)json_integer_value(json_object_get(bench->body, name));
}

static void test_a_group_gets_one_text_a_number_once_a_request(void **state)
{
	struct bench *bench = *state;
	import_recipients(bench);
	static const char wanted[] =
	    "{\"group\": \"reporter/commune\", \"text\": \"Chúc mừng\", \"key\": \"k1\"}";
	static const char preview[] = "{\"group\": \"reporter/commune\", \"text\": \"Chúc mừng\", "
				      "\"key\": \"k1\", \"preview\": true}";
	assert_int_equal(ask(bench, "send", preview), RESULT_OK);
	assert_int_equal(number(bench, "messages"), 1);
	assert_int_equal(number(bench, "cost"), 350);
	assert_int_equal(number(bench, "queued"), 0);
	assert_int_equal(ask(bench, "send", wanted), RESULT_OK);
	assert_int_equal(number(bench, "queued"), 1); /* P2 once; P4 has the same number */
	assert_int_equal(json_array_size(json_object_get(bench->body, "skipped")), 1);
	assert_int_equal(ask(bench, "send", wanted), RESULT_OK);
	assert_int_equal(number(bench, "queued"), 0);
	assert_int_equal(number(bench, "already"), 1);
	assert_int_equal(number(bench, "cost"), 0);
}

/* ── people who text ─────────────────────────────────────────────────────────────────────────── */

static void stored(enum result result, const struct failure *failure, void *arg)
{
	int *done = arg;
	if (result != RESULT_OK)
		fail_msg("%s", failure->text);
	++*done;
}

static void store_run(struct bench *bench, enum store_operation operation, const void *input,
    void *output, struct arena *arena)
{
	int done = 0;
	store_submit(bench->place.store,
	    &(struct store_request){operation, input, output, arena, stored, &done});
	bench->place.store->ops->flush(bench->place.store);
	assert_int_equal(done, 1);
}

/* What a text from this number leads to. */
static void settle_text(
    struct bench *bench, const char *sender, struct store_settle_inbound_input settle)
{
	struct arena *arena = arena_new();
	struct store_add_inbound_output added;
	const struct store_add_inbound_input text = {.now = loop_now(bench->place.loop),
	    .channel = "viettel1",
	    .sim = "",
	    .sender = sender,
	    .sender_kind = "phone",
	    .concat_reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = "x"};
	store_run(bench, STORE_ADD_INBOUND, &text, &added, arena);
	settle.now = loop_now(bench->place.loop);
	settle.inbound_id = added.inbound_id;
	settle.intent = "unknown";
	settle.settled_as = "acted";
	store_run(bench, STORE_SETTLE_INBOUND, &settle, NULL, arena);
	arena_free(arena);
}

static const char *text_by_name(const char *language, const char *name, void *arg)
{
	(void)language, (void)arg;
	return strcmp(name, "register_granted") == 0 ? "{office}: được, {unit}" : "{office}: không";
}

static void test_the_office_lets_a_number_in_and_tells_it(void **state)
{
	struct bench *bench = *state;
	static const char approve[] = "{\"decision\": \"approve\", \"number\": 1}";
	import_recipients(bench);
	const struct store_new_registration registration = {.unit_code = "A",
	    .owner_code = "TOP",
	    .address = "+84900000077",
	    .channel = "viettel1",
	    .number = 1,
	    .lapse_at = WALL_NEVER};
	settle_text(bench, "+84900000077",
	    (struct store_settle_inbound_input){.registration = &registration});
	assert_int_equal(ask(bench, "request-decide", approve), RESULT_INVALID); /* no texts */
	bench->place.text = text_by_name;
	if (ask(bench, "request-decide", approve) != RESULT_OK)
		fail_msg("%s", bench->failure.text);
	assert_string_equal(
	    json_string_value(json_object_get(bench->body, "address")), "+84900000077");
	assert_string_equal(json_string_value(json_object_get(bench->body, "name")), "Xã A");
	struct arena *arena = arena_new();
	struct store_contact *contacts;
	size_t count;
	assert_int_equal(reader_contacts(bench->place.reader, arena, "DK84900000077", NULL, NULL,
			     &contacts, &count, &bench->failure),
	    RESULT_OK);
	assert_int_equal(count, 1);
	assert_string_equal(contacts[0].unit_code, "A");
	assert_string_equal(contacts[0].post, "reporter");
	arena_free(arena);
	assert_int_equal(ask(bench, "request-decide", approve), RESULT_NOT_FOUND);
}

static void test_a_link_code_has_six_digits_and_is_another_each_time(void **state)
{
	struct bench *bench = *state;
	char first[LINK_CODE_SIZE];
	import_recipients(bench);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(ask(bench, "link", "{\"person\": \"P1\"}"), RESULT_OK);
		const char *code = json_string_value(json_object_get(bench->body, "code"));
		assert_int_equal(strlen(code), LINK_CODE_DIGITS);
		assert_int_equal(strspn(code, "0123456789"), LINK_CODE_DIGITS);
		if (i > 0)
			assert_string_not_equal(code, first);
		snprintf(first, sizeof first, "%s", code);
	}
	int64_t left = json_integer_value(json_object_get(bench->body, "until")) -
		       loop_now(bench->place.loop).ms;
	assert_true(left <= LINK_CODE_LIFE_MS && left > LINK_CODE_LIFE_MS - HOUR_MS);
}

static void test_a_suspended_number_is_resumed_however_it_is_written(void **state)
{
	struct bench *bench = *state;
	static const char resume[] = "{\"number\": \"0900 000 002\"}";
	import_recipients(bench);
	settle_text(bench, "+84900000002",
	    (struct store_settle_inbound_input){.misdirected = "wrong-number"});
	assert_int_equal(ask(bench, "number-resume", resume), RESULT_OK);
	assert_string_equal(
	    json_string_value(json_object_get(bench->body, "number")), "+84900000002");
	assert_int_equal(ask(bench, "number-resume", resume), RESULT_NOT_FOUND);
}

static void test_who_has_no_number_is_named_and_a_long_text_refused(void **state)
{
	struct bench *bench = *state;
	import_recipients(bench);
	assert_int_equal(
	    ask(bench, "send", "{\"person\": \"P3\", \"text\": \"x\", \"key\": \"k\"}"), RESULT_OK);
	assert_int_equal(number(bench, "queued"), 0);
	json_t *skipped = json_array_get(json_object_get(bench->body, "skipped"), 0);
	assert_string_equal(json_string_value(json_object_get(skipped, "reason")), "no-phone");
	char arguments[1200], text[500];
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	snprintf(arguments, sizeof arguments,
	    "{\"person\": \"P2\", \"text\": \"%s\", \"key\": \"k\"}", text);
	assert_int_equal(ask(bench, "send", arguments), RESULT_LIMIT);
}

static void test_wake_pokes(void **state)
{
	struct bench *bench = *state;
	assert_int_equal(ask(bench, "wake", "{}"), RESULT_OK);
	assert_int_equal(bench->poked, 1);
	assert_null(bench->body);
}

/* ── replies ─────────────────────────────────────────────────────────────────────────────────── */

static void test_a_reply_is_json_whatever_the_sentence_holds(void **state)
{
	(void)state;
	struct failure failure;
	failure_set(&failure, RESULT_CONFLICT, "Xã \"A\" \x01 cut \xC3");
	json_t *body = json_pack("{s:i}", "n", 7);
	char *text = operation_reply_text(RESULT_CONFLICT, &failure, body);
	json_t *reply = json_loads(text, 0, NULL);
	assert_non_null(reply);
	assert_string_equal(json_string_value(json_object_get(reply, "result")), "conflict");
	assert_string_equal(
	    json_string_value(json_object_get(reply, "failure")), "Xã \"A\" \x01 cut ");
	assert_true(json_equal(json_object_get(reply, "body"), body));
	json_decref(reply);
	json_decref(body);
	free(text);
	text = operation_reply_text(RESULT_OK, NULL, NULL);
	assert_string_equal(text, "{\"result\":\"ok\"}");
	free(text);
}

int main(void)
{
#define ON_A_BENCH(test) cmocka_unit_test_setup_teardown(test, bench_begin, bench_end)
	const struct CMUnitTest tests[] = {
	    ON_A_BENCH(test_what_is_no_request_is_refused),
	    ON_A_BENCH(test_a_deeply_nested_request_is_refused),
	    ON_A_BENCH(test_every_operation_refuses_what_it_does_not_know),
	    ON_A_BENCH(test_arguments_are_checked_one_by_one),
	    ON_A_BENCH(test_a_preview_changes_nothing_and_a_second_import_neither),
	    ON_A_BENCH(test_errors_of_a_file_come_back_by_line),
	    ON_A_BENCH(test_a_list_with_two_tops_asks_for_the_owner),
	    ON_A_BENCH(test_a_group_gets_one_text_a_number_once_a_request),
	    ON_A_BENCH(test_the_office_lets_a_number_in_and_tells_it),
	    ON_A_BENCH(test_a_suspended_number_is_resumed_however_it_is_written),
	    ON_A_BENCH(test_who_has_no_number_is_named_and_a_long_text_refused),
	    ON_A_BENCH(test_wake_pokes),
	    ON_A_BENCH(test_a_link_code_has_six_digits_and_is_another_each_time),
	    cmocka_unit_test(test_a_reply_is_json_whatever_the_sentence_holds),
	};
	return cmocka_run_group_tests_name("command/operation", tests, NULL, NULL);
}
