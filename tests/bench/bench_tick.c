/*
 * Owns: the measuring program of bench_planning.py: one tick of the scheduler on a given database.
 * May use: daemon's rooms below the scheduler.
 * Must not know: how the database came to be.
 *
 *   bench_tick DATABASE HOLIDAYS_DIR MOMENT_MS TIMES
 *
 * Opens the database for writing, asks the scheduler TIMES times what is due at the moment, and
 * prints: seconds of one tick, texts queued, peak memory in KB.
 */
#include "base/log.h"
#include "base/memory.h"
#include "loop/loop.h"
#include "scheduler/scheduler.h"
#include "store/reader.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

struct bench {
	struct loop *loop;
	struct store *store;
	struct reader *reader;
	int queued;
};

static bool commit(void *arg)
{
	const struct bench *bench = arg;
	return bench->store->ops->flush(bench->store);
}

static void something_queued(void *arg)
{
	((struct bench *)arg)->queued++;
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_kb(void)
{
	/* What getrusage tells contains the memory of the program that started this one. */
	char line[200];
	long kb = 0;
	FILE *status = fopen("/proc/self/status", "re");
	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kb = strtol(line + 6, NULL, 10);
	if (status != NULL)
		fclose(status);
	return kb;
}

static enum result open_all(
    struct bench *bench, const char *path, struct wall now, struct failure *failure)
{
	bench->loop = loop_new_virtual(now, failure);
	if (bench->loop == NULL)
		return failure->code;
	enum result result = store_open_sqlite(path, 0, now, &bench->store, failure);
	if (result == RESULT_OK)
		result = reader_open_sqlite(path, &bench->reader, failure);
	return result;
}

/* The first tick reads the plan and warms the caches; it is not counted when nothing is due. */
static void measure(struct bench *bench, struct plan_cache *plans, struct wall now, int times)
{
	const struct compose_policy policy = {
	    .fold = true, .parts_max = 3, .price_per_part = 350, .validity_minutes = 2880};
	struct scheduler *scheduler = scheduler_new(
	    bench->loop, bench->store, bench->reader, plans, &policy, something_queued, bench);
	loop_set_turn_end(bench->loop, commit, bench);
	double began = seconds();
	for (int i = 0; i < times; i++) {
		scheduler_poke(scheduler);
		if (loop_run_until(bench->loop, now) != RESULT_OK)
			exit(EX_SOFTWARE);
	}
	printf("%.9f %d %ld\n", (seconds() - began) / times, bench->queued, peak_kb());
	scheduler_free(scheduler);
}

int main(int argc, char **argv)
{
	struct bench bench = {0};
	struct failure failure = {0};
	if (argc != 5)
		return EX_USAGE;
	const struct wall now = {strtoll(argv[3], NULL, 10)};
	log_set_level(LOG_WARNING);
	if (open_all(&bench, argv[1], now, &failure) != RESULT_OK) {
		fprintf(stderr, "%s\n", failure.text);
		return EX_IOERR;
	}
	struct plan_cache *plans = plan_cache_new(argv[2]);
	measure(&bench, plans, now, (int)strtol(argv[4], NULL, 10));
	plan_cache_free(plans);
	reader_close(bench.reader);
	bench.store->ops->close(bench.store);
	loop_free(bench.loop);
	return EX_OK;
}
