/*
 * Owns: tests of what only the embedded store does: lock, refusals, damage, a full disk, the log,
 * readers, backup.
 * May use: base/, store/, store/sqlite/, cmocka.
 * Must not know: policy.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "store/reader.h"
#include "store/sqlite/internal.h"
#include "store/sqlite/migrations.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NOW ((struct wall){1589414400000})

struct place {
	char directory[64], path[96], copy[96];
	struct store *store;
	struct failure failure;
	enum result result;
	int done;
};

static int setup(void **state)
{
	struct place *place = memory_new(sizeof *place);
	snprintf(place->directory, sizeof place->directory, "/tmp/nhacviec-sqlite-XXXXXX");
	if (mkdtemp(place->directory) == NULL)
		return -1;
	snprintf(place->path, sizeof place->path, "%s/s.db", place->directory);
	snprintf(place->copy, sizeof place->copy, "%s/copy.db", place->directory);
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	struct place *place = *state;
	if (place->store != NULL)
		place->store->ops->close(place->store);
	chmod(place->directory, 0700);
	static const char *const names[] = {"s.db", "s.db-wal", "s.db-shm", "s.db.lock", "copy.db",
	    "copy.db-wal", "copy.db-shm", "copy.db.lock"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char name[128];
		snprintf(name, sizeof name, "%s/%s", place->directory, names[i]);
		unlink(name);
	}
	int left = rmdir(place->directory); /* nothing else may have been left behind */
	free(place);
	return left;
}

static enum result open_store(struct place *place)
{
	return store_open_sqlite(place->path, 1, NOW, &place->store, &place->failure);
}

static void must_open(struct place *place)
{
	if (open_store(place) != RESULT_OK)
		fail_msg("%s", place->failure.text);
}

static void close_store(struct place *place)
{
	place->store->ops->close(place->store);
	place->store = NULL;
}

static void done(enum result result, const struct failure *failure, void *arg)
{
	struct place *place = arg;
	place->result = result;
	place->done++;
	place->failure = failure != NULL ? *failure : (struct failure){0};
}

static struct store_new_message message_of(const char *key, const char *const *parts)
{
	return (struct store_new_message){.key = key,
	    .purpose = PURPOSE_AD_HOC,
	    .address = "+84900000001",
	    .parts = parts,
	    .part_count = 1,
	    .not_after = WALL_NEVER};
}

static enum result enqueue(struct place *place, const char *key, const char *text)
{
	const struct store_new_message message = message_of(key, &text);
	const struct store_enqueue_input in = {NOW, "officer", &message, 1};
	store_submit(
	    place->store, &(struct store_request){STORE_ENQUEUE, &in, NULL, NULL, done, place});
	place->store->ops->flush(place->store);
	return place->result;
}

static void raw(const char *path, const char *sql)
{
	sqlite3 *handle;
	assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
	assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(handle);
}

static bool count_row(const struct message_row *row, void *arg)
{
	(void)row;
	++*(int *)arg;
	return true;
}

static int count_messages(const char *path)
{
	struct reader *reader;
	struct failure failure;
	int count = 0;
	if (reader_open_sqlite(path, &reader, &failure) != RESULT_OK)
		fail_msg("%s", failure.text);
	assert_int_equal(
	    reader_messages(reader, &(struct message_filter){0}, count_row, &count, &failure),
	    RESULT_OK);
	reader_close(reader);
	return count;
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

static void test_a_second_writer_is_denied_and_told_the_pid(void **state)
{
	struct place *place = *state;
	char pid[24];
	struct store *second = NULL;
	must_open(place);
	assert_int_equal(
	    store_open_sqlite(place->path, 2, NOW, &second, &place->failure), RESULT_DENIED);
	snprintf(pid, sizeof pid, "process %ld", (long)getpid());
	assert_non_null(strstr(place->failure.text, pid));
	close_store(place);
	must_open(place);
}

static void test_a_newer_database_is_refused_untouched(void **state)
{
	struct place *place = *state;
	must_open(place);
	close_store(place);
	raw(place->path, "PRAGMA user_version=99");
	assert_int_equal(open_store(place), RESULT_INVALID);
	assert_non_null(strstr(place->failure.text, "newer"));
	char back[40];
	snprintf(back, sizeof back, "PRAGMA user_version=%d", database_version);
	raw(place->path, back);
	must_open(place);
}

static void test_units_of_an_older_database_have_been_there_since_ever(void **state)
{
	struct place *place = *state;
	for (const char *const *sql = database_migrations[0]; *sql != NULL; sql++)
		raw(place->path, *sql);
	char stamp[100];
	snprintf(stamp, sizeof stamp, "PRAGMA user_version=1; PRAGMA application_id=%d",
	    DATABASE_APPLICATION_ID);
	raw(place->path, stamp);
	raw(place->path, "INSERT INTO unit (id, owner_id, code, name, kind, valid_from)"
			 " VALUES (7, 7, 'TK', 'Phòng', 'office', 1589414400000)");
	must_open(place);
	struct reader *reader;
	struct reader_recipients read;
	struct arena *arena = arena_new();
	assert_int_equal(reader_open_sqlite(place->path, &reader, NULL), RESULT_OK);
	assert_int_equal(reader_recipients(reader, arena, &read, NULL), RESULT_OK);
	reader_close(reader);
	assert_int_equal(read.unit_count, 1);
	assert_string_equal(read.units[0].code, "TK");
	assert_int_equal(read.units[0].valid_from.ms, 0);
	assert_int_equal(read.units[0].valid_until.ms, 0);
	assert_string_equal(read.units[0].successor, "");
	arena_free(arena);
}

/* What the first release wrote is taken over whole, one migration after another. */
static void test_a_database_of_the_first_version_is_migrated_with_its_rows(void **state)
{
	struct place *place = *state;
	for (const char *const *sql = database_migrations[0]; *sql != NULL; sql++)
		raw(place->path, *sql);
	raw(place->path, "PRAGMA user_version=1");
	char stamp[60];
	snprintf(stamp, sizeof stamp, "PRAGMA application_id=%d", DATABASE_APPLICATION_ID);
	raw(place->path, stamp);
	raw(place->path,
	    "INSERT INTO unit (id, owner_id, code, name, kind, valid_from)"
	    " VALUES (1, 1, 'NC', 'Ngọc Côn', 'commune', 0);"
	    "INSERT INTO plan (id, owner_id, code, name, state) VALUES (2, 1, 'P', 'P', 'draft');"
	    "INSERT INTO plan_version (id, owner_id, plan_id, number, body, imported, actor)"
	    " VALUES (3, 1, 2, 1, 'x', 0, 'officer');"
	    "INSERT INTO obligation (id, owner_id, revision, plan_id, plan_version_id, kind,"
	    " report_code, period, unit_id, state, named, deadline_version, created)"
	    " VALUES (4, 1, 1, 2, 3, 'report', '6T', '2020', 1, 'open', 18423, 1, 0);"
	    "INSERT INTO receipt (id, owner_id, channel, sim, reference, recipient, status,"
	    " submit_time, discharge_time, at) VALUES (5, 1, 'm', 's', 7, '+84900000001', 0, 0, 0,"
	    " 0);"
	    "INSERT INTO message (id, owner_id, key, purpose, state, address, encoding,"
	    " part_count, cost, validity_minutes, last_call, not_before, attempts, created)"
	    " VALUES (6, 1, 'k', 3, 'queued', '+84900000001', 0, 1, 300, 60, 0, 0, 0, 0)");
	must_open(place);
	struct database *db = &((struct sqlite_store *)place->store)->db;
	assert_int_equal(sql_integer(db, 0, "SELECT reference FROM receipt", NO_VALUES), 7);
	assert_int_equal(sql_integer(db, 0,
			     "SELECT count(*) FROM message WHERE address_kind = 'phone'"
			     " AND route IS NULL",
			     NO_VALUES),
	    1);
	close_store(place);
	struct reader *reader;
	struct failure failure;
	struct store_known_obligation obligation = {0};
	struct arena *arena = arena_new();
	assert_int_equal(reader_open_sqlite(place->path, &reader, &failure), RESULT_OK);
	assert_int_equal(
	    reader_find_obligation(reader, arena, "NC", "6T", NULL, NOW, &obligation, &failure),
	    RESULT_OK);
	assert_int_equal(obligation.id, 4);
	assert_int_equal(obligation.promised_day.number, 0);
	assert_int_equal(obligation.request_id, 0);
	reader_close(reader);
	arena_free(arena);
}

static void test_another_programs_database_is_refused(void **state)
{
	struct place *place = *state;
	raw(place->path, "CREATE TABLE theirs (a)");
	assert_int_equal(open_store(place), RESULT_INVALID);
	assert_non_null(strstr(place->failure.text, "another program"));
}

static void test_a_file_that_is_no_database_is_refused(void **state)
{
	struct place *place = *state;
	FILE *file = fopen(place->path, "w");
	for (int i = 0; i < 500; i++)
		fputs("this is no database ", file);
	fclose(file);
	assert_int_equal(open_store(place), RESULT_INVALID);
	assert_non_null(strstr(place->failure.text, "backup"));
}

static void test_a_damaged_database_is_refused_and_the_backup_named(void **state)
{
	struct place *place = *state;
	must_open(place);
	for (int i = 0; i < 200; i++) {
		char key[16];
		snprintf(key, sizeof key, "k%d", i);
		assert_int_equal(enqueue(place, key, "text"), RESULT_OK);
	}
	close_store(place);
	struct stat file;
	assert_int_equal(stat(place->path, &file), 0);
	int fd = open(place->path, O_WRONLY);
	static const char rubbish[4096] = "rubbish";
	for (off_t at = 8192; at < file.st_size; at += 8192)
		assert_int_equal(pwrite(fd, rubbish, sizeof rubbish, at), sizeof rubbish);
	close(fd);
	assert_int_equal(open_store(place), RESULT_INVALID);
	assert_non_null(strstr(place->failure.text, "damaged"));
	assert_non_null(strstr(place->failure.text, "backup"));
}

static void test_an_interrupted_first_start_is_completed(void **state)
{
	struct place *place = *state;
	FILE *file = fopen(place->path, "w"); /* made, and killed before anything was written */
	fclose(file);
	must_open(place);
	assert_int_equal(enqueue(place, "k", "text"), RESULT_OK);
}

static void test_a_missing_directory_is_said(void **state)
{
	struct place *place = *state;
	char path[128];
	snprintf(path, sizeof path, "%s/nowhere/s.db", place->directory);
	assert_int_equal(
	    store_open_sqlite(path, 1, NOW, &place->store, &place->failure), RESULT_IO);
	assert_non_null(strstr(place->failure.text, "nowhere"));
}

static void test_the_file_is_not_readable_for_all(void **state)
{
	struct place *place = *state;
	struct stat file;
	must_open(place);
	assert_int_equal(stat(place->path, &file), 0);
	assert_int_equal(file.st_mode & 07, 0);
}

static void test_every_table_has_an_owner(void **state)
{
	struct place *place = *state;
	must_open(place);
	struct database *db = &((struct sqlite_store *)place->store)->db;
	assert_int_equal(sql_integer(db, -1,
			     "SELECT count(*) FROM sqlite_schema AS t WHERE type = 'table' AND NOT"
			     " EXISTS (SELECT 1 FROM pragma_table_info(t.name)"
			     " WHERE name = 'owner_id')",
			     NO_VALUES),
	    0);
	assert_int_equal(sql_integer(db, -1, "PRAGMA user_version", NO_VALUES), database_version);
	assert_int_equal(sql_integer(db, -1, "PRAGMA synchronous", NO_VALUES), 2);
	assert_int_equal(sql_integer(db, -1, "PRAGMA foreign_keys", NO_VALUES), 1);
}

/* ── a full disk ─────────────────────────────────────────────────────────────────────────────── */

static void test_a_full_database_fails_the_turn_and_works_again_when_there_is_room(void **state)
{
	struct place *place = *state;
	must_open(place);
	assert_int_equal(enqueue(place, "before", "text"), RESULT_OK);
	struct database *db = &((struct sqlite_store *)place->store)->db;
	assert_true(database_execute(db, "PRAGMA max_page_count=1")); /* no page more than now */
	char text[60000];
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_int_equal(enqueue(place, "during", text), RESULT_IO);
	assert_non_null(strstr(place->failure.text, "full"));
	assert_true(database_execute(db, "PRAGMA max_page_count=1000000"));
	assert_int_equal(enqueue(place, "during", text), RESULT_OK);
	assert_int_equal(count_messages(place->path), 2);
}

static void test_a_full_disk_fails_every_request_of_the_turn(void **state)
{
	struct place *place = *state;
	struct rlimit before, tight;
	struct stat log;
	char name[128];
	must_open(place);
	assert_int_equal(enqueue(place, "before", "text"), RESULT_OK);
	snprintf(name, sizeof name, "%s-wal", place->path);
	assert_int_equal(stat(name, &log), 0);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	tight = before;
	tight.rlim_cur = (rlim_t)log.st_size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
	static const char *const text[] = {"text"};
	const struct store_new_message one = message_of("one", text), two = message_of("two", text);
	const struct store_enqueue_input first = {NOW, "officer", &one, 1};
	const struct store_enqueue_input second = {NOW, "officer", &two, 1};
	struct place other = {0};
	store_submit(
	    place->store, &(struct store_request){STORE_ENQUEUE, &first, NULL, NULL, done, &other});
	store_submit(
	    place->store, &(struct store_request){STORE_ENQUEUE, &second, NULL, NULL, done, place});
	place->store->ops->flush(place->store);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(other.result, RESULT_IO);
	assert_int_equal(place->result, RESULT_IO);
	if (strstr(place->failure.text, "full") == NULL)
		fail_msg("%s", place->failure.text);
	assert_non_null(strstr(other.failure.text, "full"));
	assert_int_equal(enqueue(place, "one", "text"), RESULT_OK);
	assert_int_equal(count_messages(place->path), 2);
}

/* ── the log ─────────────────────────────────────────────────────────────────────────────────── */

static void test_the_log_is_emptied_at_a_quiet_moment(void **state)
{
	struct place *place = *state;
	char name[128];
	struct stat log = {0};
	must_open(place);
	for (int i = 0; i < 300; i++) {
		char key[16];
		snprintf(key, sizeof key, "k%d", i);
		assert_int_equal(enqueue(place, key, "text"), RESULT_OK);
	}
	snprintf(name, sizeof name, "%s-wal", place->path);
	assert_int_equal(stat(name, &log), 0);
	assert_true(log.st_size > 1024 * 1024);
	for (int i = 0; i < 500 && log.st_size > 0; i++) {
		place->store->ops->tend(place->store); /* the thread works while we look */
		nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
		assert_int_equal(stat(name, &log), 0);
	}
	assert_int_equal(log.st_size, 0);
	assert_int_equal(enqueue(place, "after", "text"), RESULT_OK);
	assert_int_equal(count_messages(place->path), 301);
}

static void test_a_turn_that_only_reads_writes_nothing(void **state)
{
	struct place *place = *state;
	char name[128];
	struct stat before, after;
	must_open(place);
	assert_int_equal(enqueue(place, "k", "text"), RESULT_OK);
	snprintf(name, sizeof name, "%s-wal", place->path);
	assert_int_equal(stat(name, &before), 0);
	static const struct store_next_moments_input in = {.patience_ms = 1};
	struct store_next_moments_output out;
	store_submit(place->store,
	    &(struct store_request){STORE_NEXT_MOMENTS, &in, &out, NULL, done, place});
	place->store->ops->flush(place->store);
	assert_int_equal(place->result, RESULT_OK);
	assert_int_equal(stat(name, &after), 0);
	assert_int_equal(after.st_size, before.st_size);
	assert_true(after.st_mtim.tv_nsec == before.st_mtim.tv_nsec);
}

/* ── readers ─────────────────────────────────────────────────────────────────────────────────── */

static void test_a_reader_without_a_database_says_how_one_comes_to_be(void **state)
{
	struct place *place = *state;
	struct reader *reader;
	assert_int_equal(
	    reader_open_sqlite(place->path, &reader, &place->failure), RESULT_NOT_FOUND);
	assert_non_null(strstr(place->failure.text, "nhacviec import"));
	assert_int_not_equal(access(place->path, F_OK), 0);
}

static void test_readers_see_a_running_and_a_cleanly_closed_store(void **state)
{
	struct place *place = *state;
	must_open(place);
	assert_int_equal(enqueue(place, "k", "text"), RESULT_OK);
	assert_int_equal(count_messages(place->path), 1);
	close_store(place);
	assert_int_equal(count_messages(place->path), 1);
	/* For somebody who may make no -shm there. */
	uid_t before = geteuid();
	chmod(place->path, 0644);
	chmod(place->directory, 0555);
	/* Where the root directory itself is closed to others (some chroots), nobody else can come
	 * this far, and root has to do. */
	struct stat top;
	bool lower = before == 0 && stat("/", &top) == 0 && top.st_mode & S_IXOTH;
	assert_int_equal(lower ? seteuid(65534) : 0, 0);
	int count = count_messages(place->path);
	assert_int_equal(lower ? seteuid(before) : 0, 0);
	assert_int_equal(count, 1);
}

static void test_a_reader_keeps_its_snapshot_and_stops_when_told(void **state)
{
	struct place *place = *state;
	struct reader *reader;
	int count = 0;
	must_open(place);
	assert_int_equal(enqueue(place, "a", "text"), RESULT_OK);
	assert_int_equal(reader_open_sqlite(place->path, &reader, NULL), RESULT_OK);
	reader_begin(reader);
	reader_messages(reader, &(struct message_filter){0}, count_row, &count, NULL);
	assert_int_equal(enqueue(place, "b", "text"), RESULT_OK);
	reader_messages(reader, &(struct message_filter){0}, count_row, &count, NULL);
	assert_int_equal(count, 2);
	reader_end(reader);
	count = 0;
	reader_messages(reader, &(struct message_filter){.limit = 1}, count_row, &count, NULL);
	assert_int_equal(count, 1);
	count = 0;
	reader_messages(reader, &(struct message_filter){.state = "sent"}, count_row, &count, NULL);
	assert_int_equal(count, 0);
	reader_close(reader);
}

static void test_a_backup_is_whole_and_never_overwrites(void **state)
{
	struct place *place = *state;
	struct reader *reader;
	must_open(place);
	assert_int_equal(enqueue(place, "a", "text"), RESULT_OK);
	assert_int_equal(reader_open_sqlite(place->path, &reader, NULL), RESULT_OK);
	enum result result = reader_backup(reader, place->copy, &place->failure);
	if (result != RESULT_OK)
		fail_msg("%s", place->failure.text);
	assert_int_equal(reader_backup(reader, place->copy, &place->failure), RESULT_CONFLICT);
	reader_close(reader);
	assert_int_equal(enqueue(place, "b", "text"), RESULT_OK);
	assert_int_equal(count_messages(place->copy), 1);
	struct store *copy;
	assert_int_equal(store_open_sqlite(place->copy, 1, NOW, &copy, NULL), RESULT_OK);
	copy->ops->close(copy);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_a_second_writer_is_denied_and_told_the_pid),
	    CASE(test_a_newer_database_is_refused_untouched),
	    CASE(test_a_database_of_the_first_version_is_migrated_with_its_rows),
	    CASE(test_units_of_an_older_database_have_been_there_since_ever),
	    CASE(test_another_programs_database_is_refused),
	    CASE(test_a_file_that_is_no_database_is_refused),
	    CASE(test_a_damaged_database_is_refused_and_the_backup_named),
	    CASE(test_an_interrupted_first_start_is_completed),
	    CASE(test_a_missing_directory_is_said),
	    CASE(test_the_file_is_not_readable_for_all),
	    CASE(test_every_table_has_an_owner),
	    CASE(test_a_full_database_fails_the_turn_and_works_again_when_there_is_room),
	    CASE(test_a_full_disk_fails_every_request_of_the_turn),
	    CASE(test_the_log_is_emptied_at_a_quiet_moment),
	    CASE(test_a_turn_that_only_reads_writes_nothing),
	    CASE(test_a_reader_without_a_database_says_how_one_comes_to_be),
	    CASE(test_readers_see_a_running_and_a_cleanly_closed_store),
	    CASE(test_a_reader_keeps_its_snapshot_and_stops_when_told),
	    CASE(test_a_backup_is_whole_and_never_overwrites),
	};
	return cmocka_run_group_tests_name("store/sqlite alone", tests, NULL, NULL);
}
