/*
 * Owns: a text by chat on its whole way: taken in, understood, answered, linked.
 * May use: inbox/, the embedded store, replies/, cmocka.
 * Must not know: providers.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "document/texts_file.h"
#include "inbox/inbox.h"
#include "loop/loop.h"
#include "replies/replies.h"
#include "store/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct office {
	char directory[64], path[96];
	struct loop *loop;
	struct store *store;
	struct arena *arena;
	struct texts *texts;
	struct inbox *inbox;
	int stored;
};

static const char *text_of_answer(const char *language, const char *name, void *arg)
{
	return texts_get(((struct office *)arg)->texts, language, name);
}

static void nothing(void *arg)
{
	(void)arg;
}

static void stored(const char *slot, void *arg)
{
	(void)slot;
	((struct office *)arg)->stored++;
}

static void must_work(enum result result, const struct failure *failure, void *arg)
{
	(void)arg;
	if (result != RESULT_OK)
		fail_msg("%s", failure->text);
}

static void settle_all(struct office *office)
{
	for (int turns = 0; office->store->ops->flush(office->store); turns++)
		assert_true(turns < 50);
}

static void run(
    struct office *office, enum store_operation operation, const void *input, void *output)
{
	store_submit(office->store,
	    &(struct store_request){operation, input, output, office->arena, must_work, NULL});
	settle_all(office);
}

static int office_begin(void **state)
{
	struct office *office = memory_new(sizeof *office);
	struct failure failure;
	static const struct inbox_policy policy = {
	    .language = "vi", .office = "VP", .zone_minutes = 420, .parts_max = 2, .fold = true};
	snprintf(office->directory, sizeof office->directory, "/tmp/nhacviec-chat-XXXXXX");
	assert_non_null(mkdtemp(office->directory));
	snprintf(office->path, sizeof office->path, "%s/s.db", office->directory);
	office->arena = arena_new();
	struct complaints complaints = {.arena = office->arena};
	office->texts = texts_load(office->arena, "config/texts", &complaints);
	assert_non_null(office->texts);
	office->loop = loop_new(NULL, "test", &failure);
	if (store_open_sqlite(office->path, 1, loop_now(office->loop), &office->store, &failure) !=
	    RESULT_OK)
		fail_msg("%s", failure.text);
	office->inbox = inbox_new(&(struct inbox_wiring){.loop = office->loop,
				      .store = office->store,
				      .replies = &replies,
				      .text = text_of_answer,
				      .text_arg = office,
				      .settled = nothing},
	    &policy);
	*state = office;
	return 0;
}

static int office_end(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
	struct office *office = *state;
	inbox_free(office->inbox);
	office->store->ops->close(office->store);
	loop_free(office->loop);
	arena_free(office->arena);
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		char name[120];
		snprintf(name, sizeof name, "%s%s", office->path, ends[i]);
		unlink(name);
	}
	rmdir(office->directory);
	free(office);
	return 0;
}

static void issue_code(struct office *office)
{
	static const struct store_unit unit = {"NC", "xã Ngọc Côn", "commune", "", {0}, {0}, NULL};
	static const struct store_person person = {"P1", "Nông Thị Sen", "", "vi", NULL};
	static const struct store_post post = {"NC", "P1", "reporter"};
	static const char *const code = "482913";
	struct wall now = loop_now(office->loop);
	const struct store_import_recipients_input recipients = {.now = now,
	    .actor = "officer",
	    .owner = "NC",
	    .units = &unit,
	    .unit_count = 1,
	    .people = &person,
	    .person_count = 1,
	    .posts = &post,
	    .post_count = 1};
	const struct store_issue_link_code_input issue = {
	    .now = now, .actor = "officer", .person_code = "P1", .codes = &code, .code_count = 1};
	run(office, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	run(office, STORE_ISSUE_LINK_CODE, &issue, NULL);
}

static void hear(struct office *office, const char *id, const char *text)
{
	const struct channel_inbound inbound = {.slot = "",
	    .sender = "0912345678", /* an account of that name, no phone */
	    .address_kind = "telegram",
	    .external_id = id,
	    .network_time = loop_now(office->loop),
	    .concat_reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = text};
	inbox_channel_inbound(office->inbox, "bot", "", &inbound, stored, office);
	settle_all(office);
}

struct seen {
	int messages, linked;
	char text[400], address[40], channel[20];
};

static bool see_message(const struct message_row *row, void *arg)
{
	struct seen *seen = arg;
	seen->messages++;
	assert_int_equal(row->parts, 1);
	assert_int_equal(row->cost, 0);
	snprintf(seen->text, sizeof seen->text, "%s", row->text);
	snprintf(seen->address, sizeof seen->address, "%s", row->address);
	snprintf(seen->channel, sizeof seen->channel, "%s", row->channel);
	return true;
}

static bool see_address(const struct address_row *row, void *arg)
{
	struct seen *seen = arg;
	assert_string_equal(row->person_code, "P1");
	assert_string_equal(row->address, "0912345678");
	assert_string_equal(row->channel, "bot");
	seen->linked++;
	return true;
}

static struct seen look(const struct office *office)
{
	struct seen seen = {0};
	struct reader *reader;
	struct failure failure;
	const struct message_filter filter = {0};
	assert_int_equal(reader_open_sqlite(office->path, &reader, &failure), RESULT_OK);
	assert_int_equal(reader_messages(reader, &filter, see_message, &seen, &failure), RESULT_OK);
	assert_int_equal(reader_addresses(reader, NULL, see_address, &seen, &failure), RESULT_OK);
	reader_close(reader);
	return seen;
}

static void test_a_code_by_chat_links_the_account_and_is_answered_there_with_marks(void **state)
{
	struct office *office = *state;
	issue_code(office);
	hear(office, "m1", "/start 482913");
	struct seen seen = look(office);
	assert_int_equal(seen.linked, 1);
	assert_int_equal(seen.messages, 1);
	assert_string_equal(seen.address, "0912345678");
	assert_string_equal(seen.channel, "bot");
	assert_non_null(strstr(seen.text, "Đã liên kết: Nông Thị Sen, xã Ngọc Côn"));
}

static void test_a_chat_text_told_twice_is_answered_once(void **state)
{
	struct office *office = *state;
	issue_code(office);
	hear(office, "m1", "LK 000000");
	hear(office, "m1", "LK 000000");
	assert_int_equal(office->stored, 2); /* taken from the provider both times */
	struct seen seen = look(office);
	assert_int_equal(seen.linked, 0);
	assert_int_equal(seen.messages, 1);
	assert_non_null(strstr(seen.text, "Mã không đúng"));
}

#define IN_AN_OFFICE(test) cmocka_unit_test_setup_teardown(test, office_begin, office_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_AN_OFFICE(test_a_code_by_chat_links_the_account_and_is_answered_there_with_marks),
	    IN_AN_OFFICE(test_a_chat_text_told_twice_is_answered_once),
	};
	return cmocka_run_group_tests_name("inbox/chat", tests, NULL, NULL);
}
