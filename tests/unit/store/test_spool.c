/*
 * Owns: what store/spool.h promises.
 * May use: store/spool.h, cmocka.
 * Must not know: the relay.
 */
#include "store/spool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct place {
	char folder[64], spool[80];
};

static int make_place(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	snprintf(place->folder, sizeof place->folder, "/tmp/spool-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->spool, sizeof place->spool, "%s/spool", place->folder);
	*state = place;
	return 0;
}

static int drop_place(void **state)
{
	struct place *place = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", place->folder);
	assert_int_equal(system(command), 0);
	free(place);
	return 0;
}

static struct spool *open_it(const struct place *place, size_t most)
{
	struct failure failure;
	struct spool *spool = spool_open(place->spool, most, &failure);
	if (spool == NULL)
		fail_msg("%s", failure.text);
	return spool;
}

static int64_t add(struct spool *spool, const char *text)
{
	struct failure failure;
	int64_t id = 0;
	assert_int_equal(spool_add(spool, text, strlen(text), &id, &failure), RESULT_OK);
	return id;
}

static void expect(struct spool *spool, int64_t after, int64_t id, const char *text)
{
	struct failure failure;
	struct arena *arena = arena_new();
	int64_t got;
	const char *bytes;
	size_t len;
	assert_int_equal(spool_next(spool, after, arena, &got, &bytes, &len, &failure), RESULT_OK);
	assert_int_equal(got, id);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(bytes, text, len);
	arena_free(arena);
}

static void expect_nothing(struct spool *spool, int64_t after)
{
	struct failure failure;
	struct arena *arena = arena_new();
	int64_t got;
	const char *bytes;
	size_t len;
	assert_int_equal(
	    spool_next(spool, after, arena, &got, &bytes, &len, &failure), RESULT_NOT_FOUND);
	arena_free(arena);
}

static void records_come_back_in_their_order_until_they_are_dropped(void **state)
{
	struct failure failure;
	struct spool *spool = open_it(*state, 10);
	int64_t one = add(spool, "one"), two = add(spool, "two"), three = add(spool, "");
	assert_true(one < two && two < three);
	expect(spool, 0, one, "one");
	expect(spool, 0, one, "one");
	expect(spool, one, two, "two");
	assert_int_equal(spool_drop(spool, two, &failure), RESULT_OK);
	expect(spool, 0, three, "");
	expect_nothing(spool, three);
	spool_close(spool);
}

static void what_was_added_is_there_after_a_restart(void **state)
{
	struct spool *spool = open_it(*state, 10);
	int64_t id = add(spool, "kept");
	spool_close(spool);
	spool = open_it(*state, 10);
	expect(spool, 0, id, "kept");
	spool_close(spool);
}

static void ids_go_on_rising_when_all_was_dropped_and_the_program_restarted(void **state)
{
	struct failure failure;
	struct spool *spool = open_it(*state, 10);
	add(spool, "one");
	int64_t id = add(spool, "two");
	assert_int_equal(spool_drop(spool, id, &failure), RESULT_OK);
	spool_close(spool);
	spool = open_it(*state, 10);
	assert_true(add(spool, "three") > id);
	spool_close(spool);
}

static void a_full_spool_takes_nothing_and_says_so(void **state)
{
	struct failure failure;
	struct spool *spool = open_it(*state, 2);
	int64_t id;
	add(spool, "one");
	id = add(spool, "two");
	assert_int_equal(spool_add(spool, "x", 1, &id, &failure), RESULT_LIMIT);
	assert_non_null(strstr(failure.text, "nobody fetches"));
	assert_int_equal(spool_drop(spool, id, &failure), RESULT_OK);
	add(spool, "three");
	spool_close(spool);
}

static void many_records_come_and_go(void **state)
{
	struct failure failure;
	struct spool *spool = open_it(*state, 8);
	int64_t id = 0;
	for (int i = 0; i < 200; i++) {
		id = add(spool, "x");
		if (i % 5 == 4)
			assert_int_equal(spool_drop(spool, id, &failure), RESULT_OK);
	}
	assert_int_equal(spool_count(spool), 0);
	expect_nothing(spool, 0);
	spool_close(spool);
}

static void a_half_written_file_is_no_record(void **state)
{
	const struct place *place = *state;
	struct spool *spool = open_it(place, 10);
	int64_t id = add(spool, "one");
	spool_close(spool);
	char path[200];
	snprintf(path, sizeof path, "%s/%019d.record.new", place->spool, 9);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
	spool = open_it(place, 10);
	assert_int_equal(spool_count(spool), 1);
	assert_int_equal(add(spool, "two"), id + 1);
	spool_close(spool);
}

static void two_processes_cannot_have_it_open(void **state)
{
	const struct place *place = *state;
	struct failure failure;
	struct spool *spool = open_it(place, 10);
	assert_null(spool_open(place->spool, 10, &failure));
	assert_int_equal(failure.code, RESULT_CONFLICT);
	spool_close(spool);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
	(void)state;
	struct failure failure;
	assert_null(spool_open("/proc/nowhere/spool", 10, &failure));
	assert_int_equal(failure.code, RESULT_IO);
}

int main(void)
{
#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, drop_place)
	const struct CMUnitTest tests[] = {
	    IN_PLACE(records_come_back_in_their_order_until_they_are_dropped),
	    IN_PLACE(what_was_added_is_there_after_a_restart),
	    IN_PLACE(ids_go_on_rising_when_all_was_dropped_and_the_program_restarted),
	    IN_PLACE(a_full_spool_takes_nothing_and_says_so),
	    IN_PLACE(many_records_come_and_go),
	    IN_PLACE(a_half_written_file_is_no_record),
	    IN_PLACE(two_processes_cannot_have_it_open),
	    IN_PLACE(a_folder_that_cannot_be_made_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
