/*
 * Owns: tests of the scratch store: what is copied, what is left out, what is left behind.
 * May use: base/, store/, store/sqlite/, cmocka.
 * Must not know: what it is tried out for.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "store/scratch.h"
#include "store/sqlite/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW ((struct wall){1589414400000})

struct place {
	char directory[64], path[96];
	struct arena *arena;
	struct store *live, *store;
	struct reader *reader;
	struct failure failure;
	enum result result;
};

static void done(enum result result, const struct failure *failure, void *arg)
{
	struct place *place = arg;
	place->result = result;
	if (failure != NULL)
		place->failure = *failure;
}

static void run(struct place *place, struct store *store, enum store_operation operation,
    const void *input, void *output)
{
	store_submit(
	    store, &(struct store_request){operation, input, output, place->arena, done, place});
	while (store->ops->flush(store))
		;
	if (place->result != RESULT_OK)
		fail_msg("%s", place->failure.text);
}

static void import_office(struct place *place)
{
	static const struct store_unit units[] = {
	    {.code = "TK", .name = "Phòng", .kind = "office", .parent = ""},
	    {.code = "NC", .name = "Xã Ngọc Côn", .kind = "commune", .parent = "TK"}};
	static const struct store_person people[] = {
	    {"P1", "Nông Thị An", "+84900000001", "vi", NULL}};
	static const struct store_post posts[] = {{"NC", "P1", "reporter"}};
	const struct store_import_recipients_input recipients = {.now = NOW,
	    .actor = "officer",
	    .owner = "TK",
	    .units = units,
	    .unit_count = COUNT_OF(units),
	    .people = people,
	    .person_count = COUNT_OF(people),
	    .posts = posts,
	    .post_count = COUNT_OF(posts)};
	const struct store_new_obligation obligation = {.kind = "report",
	    .report_code = "6T",
	    .period = "2020",
	    .unit_code = "NC",
	    .named = {18423},
	    .deadline = wall_add(NOW, 27 * DAY_MS)};
	const struct store_import_plan_input plan = {.now = NOW,
	    .actor = "officer",
	    .code = "KH",
	    .name = "Kế hoạch",
	    .owner = "TK",
	    .body = "plan: 1\n",
	    .obligations = &obligation,
	    .obligation_count = 1};
	const struct store_set_plan_state_input running = {
	    wall_add(NOW, HOUR_MS), "officer", "KH", "running"};
	run(place, place->live, STORE_IMPORT_RECIPIENTS, &recipients, NULL);
	run(place, place->live, STORE_IMPORT_PLAN, &plan, NULL);
	run(place, place->live, STORE_SET_PLAN_STATE, &running, NULL);
}

static int setup(void **state)
{
	struct place *place = memory_new(sizeof *place);
	place->arena = arena_new();
	snprintf(place->directory, sizeof place->directory, "/tmp/nhacviec-scratch-XXXXXX");
	if (mkdtemp(place->directory) == NULL)
		return -1;
	snprintf(place->path, sizeof place->path, "%s/100%%#?.db", place->directory);
	if (store_open_sqlite(place->path, 1, NOW, &place->live, &place->failure) != RESULT_OK)
		return -1;
	import_office(place);
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	struct place *place = *state;
	reader_close(place->reader);
	if (place->store != NULL)
		place->store->ops->close(place->store);
	place->live->ops->close(place->live);
	static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		char name[128];
		snprintf(name, sizeof name, "%s%s", place->path, suffixes[i]);
		unlink(name);
	}
	int left = rmdir(place->directory); /* nothing else may have been left behind */
	arena_free(place->arena);
	free(place);
	return left;
}

static void open_copy(struct place *place, bool without_history)
{
	const struct scratch_source source = {place->path, without_history};
	if (store_open_scratch_sqlite(
		&source, 1, NOW, &place->store, &place->reader, &place->failure) != RESULT_OK)
		fail_msg("%s", place->failure.text);
}

static int64_t count(struct store *store, const char *sql)
{
	return sql_integer(&((struct sqlite_store *)store)->db, -1, sql, NO_VALUES);
}

static void test_a_copy_has_everything_while_the_other_is_in_use(void **state)
{
	struct place *place = *state;
	open_copy(place, false);
	assert_int_equal(count(place->store, "SELECT count(*) FROM obligation"), 1);
	assert_int_equal(
	    count(place->store, "SELECT count(*) FROM plan WHERE state = 'running'"), 1);
	assert_int_equal(count(place->store, "SELECT count(*) FROM audit"),
	    count(place->live, "SELECT count(*) FROM audit"));
	assert_int_equal(count(place->store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

static void test_what_is_done_to_the_copy_is_not_done_to_the_other(void **state)
{
	struct place *place = *state;
	const struct store_set_plan_state_input closed = {NOW, "x", "KH", "closed"};
	open_copy(place, false);
	run(place, place->store, STORE_SET_PLAN_STATE, &closed, NULL);
	assert_int_equal(
	    count(place->store, "SELECT count(*) FROM plan WHERE state = 'closed'"), 1);
	assert_int_equal(count(place->live, "SELECT count(*) FROM plan WHERE state = 'closed'"), 0);
}

static void test_without_history_a_plan_waits_for_its_start_and_nothing_is_owed(void **state)
{
	struct place *place = *state;
	open_copy(place, true);
	assert_int_equal(count(place->store, "SELECT count(*) FROM unit"), 2);
	assert_int_equal(count(place->store, "SELECT count(*) FROM post"), 1);
	assert_int_equal(count(place->store,
			     "SELECT count(*) FROM plan WHERE state = 'draft' AND started IS NULL"),
	    1);
	assert_int_equal(count(place->store, "SELECT count(*) FROM obligation"), 0);
	assert_int_equal(count(place->store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

/* A table that is new must be put on one side: it is either history or what people entered. */
static void test_every_table_is_either_history_or_what_people_entered(void **state)
{
	static const char *const entered[] = {"unit", "person", "post", "preference", "plan",
	    "plan_version", "switch", "sim", "address", "link_code"};
	struct place *place = *state;
	struct database *db = &((struct sqlite_store *)place->live)->db;
	sqlite3_stmt *query = sql_select(db,
	    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
	    NO_VALUES);
	while (sql_next(db, query)) {
		const char *table = column_text(query, 0);
		bool known = scratch_is_history(table);
		for (size_t i = 0; i < COUNT_OF(entered); i++)
			known = known || strcmp(entered[i], table) == 0;
		if (!known)
			fail_msg("Is the table %s history (scratch.c) or entered (here)?", table);
	}
}

static void test_an_empty_one_needs_no_file(void **state)
{
	struct place *place = *state;
	const struct scratch_source nothing = {NULL, false};
	assert_int_equal(store_open_scratch_sqlite(
			     &nothing, 1, NOW, &place->store, &place->reader, &place->failure),
	    RESULT_OK);
	assert_int_equal(count(place->store, "SELECT count(*) FROM unit"), 0);
}

static void test_a_database_that_is_not_there_is_refused(void **state)
{
	struct place *place = *state;
	const struct scratch_source nowhere = {"/nowhere/nhacviec.db", false};
	assert_int_equal(store_open_scratch_sqlite(
			     &nowhere, 1, NOW, &place->store, &place->reader, &place->failure),
	    RESULT_NOT_FOUND);
	assert_null(place->store);
}

static void test_the_newest_change_is_that_of_the_last_command(void **state)
{
	struct place *place = *state;
	struct wall newest;
	open_copy(place, false);
	assert_int_equal(reader_newest_change(place->reader, &newest, &place->failure), RESULT_OK);
	assert_int_equal(newest.ms, wall_add(NOW, HOUR_MS).ms);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_a_copy_has_everything_while_the_other_is_in_use),
	    CASE(test_what_is_done_to_the_copy_is_not_done_to_the_other),
	    CASE(test_without_history_a_plan_waits_for_its_start_and_nothing_is_owed),
	    CASE(test_every_table_is_either_history_or_what_people_entered),
	    CASE(test_an_empty_one_needs_no_file),
	    CASE(test_a_database_that_is_not_there_is_refused),
	    CASE(test_the_newest_change_is_that_of_the_last_command),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
