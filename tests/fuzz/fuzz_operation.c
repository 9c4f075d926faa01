/*
 * Owns: the fuzz target of requests: any bytes end in exactly one outcome and a reply that is JSON.
 * May use: command/operation.h, store/, loop/.
 * Must not know: cases.
 *
 * Build with clang -fsanitize=fuzzer,address,undefined; seeds: tests/fuzz/seeds/operation.
 */
#include "command/operation.h"
#include "loop/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct config config = {.encoding = "plain",
    .holidays_dir = "/nonexistent",
    .parts_max = 3,
    .price_per_part = 350,
    .validity_ms = DAY_MS};
static struct operation_place place = {.config = &config};
static int outcomes;

static bool commit(void *arg)
{
	(void)arg;
	return place.store->ops->flush(place.store);
}

static void finished(enum result result, const struct failure *failure, json_t *body, void *arg)
{
	char *text = operation_reply_text(result, failure, body);
	json_t *reply = json_loads(text, 0, NULL);
	(void)arg;
	outcomes++;
	if (!json_is_string(json_object_get(reply, "result")) ||
	    json_is_string(json_object_get(reply, "failure")) != (result != RESULT_OK))
		abort();
	json_decref(reply);
	free(text);
	loop_stop(place.loop);
}

/* One database for the whole run, as a daemon has one; it lies in memory's file system. */
static void begin(void)
{
	char path[100], lock[120];
	struct failure failure;
	snprintf(path, sizeof path, "/dev/shm/fuzz-operation-%ld.db", (long)getpid());
	snprintf(lock, sizeof lock, "%s.lock", path);
	place.loop = loop_new(NULL, "fuzz", &failure);
	if (place.loop == NULL ||
	    store_open_sqlite(path, 1, loop_now(place.loop), &place.store, &failure) != RESULT_OK ||
	    reader_open_sqlite(path, &place.reader, &failure) != RESULT_OK)
		abort();
	unlink(lock);
	loop_set_turn_end(place.loop, commit, NULL);
}

static void end(void)
{
	char path[120];
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		snprintf(
		    path, sizeof path, "/dev/shm/fuzz-operation-%ld.db%s", (long)getpid(), ends[i]);
		unlink(path);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (place.loop == NULL) {
		begin();
		atexit(end);
	}
	outcomes = 0;
	operation_start(&place, "fuzz(0) pid 1", (const char *)data, size, finished, NULL);
	loop_run(place.loop);
	if (outcomes != 1)
		abort();
	return 0;
}
