/*
 * Owns: the folder's files: ID.record each, LAST with the highest id ever dropped, LOCK.
 * May use: base/.
 * Must not know: what the records are about.
 */
#include "store/spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD_MAX (2 * 1024 * 1024)
#define SUFFIX ".record"

struct spool {
	int folder, lock;
	size_t most;
	int64_t *ids; /* ascending */
	size_t count, capacity;
	int64_t last; /* the highest ever given */
};

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define OWNED_FD __attribute__((cleanup(close_fd))) int

static enum result trouble(struct failure *failure, const char *what)
{
	return failure_set(failure, errno == ENOSPC || errno == EDQUOT ? RESULT_LIMIT : RESULT_IO,
	    "The spool cannot %s: %s.", what, strerror(errno));
}

static void record_name(char *name, size_t size, int64_t id)
{
	snprintf(name, size, "%019" PRId64 SUFFIX, id);
}

/* Whole and durable, or not there: a new name is seen only after its bytes are on disk. */
static enum result write_file(const struct spool *spool, const char *name, const void *bytes,
    size_t len, struct failure *failure)
{
	char temporary[64];
	snprintf(temporary, sizeof temporary, "%s.new", name);
	OWNED_FD fd =
	    openat(spool->folder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return trouble(failure, "make a file");
	for (size_t done = 0; done < len;) {
		ssize_t n = write(fd, (const char *)bytes + done, len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return trouble(failure, "write");
		done += (size_t)n;
	}
	if (fsync(fd) != 0 || renameat(spool->folder, temporary, spool->folder, name) != 0 ||
	    fsync(spool->folder) != 0)
		return trouble(failure, "write to disk");
	return RESULT_OK;
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────── */

static int compare_ids(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;
	return (one > other) - (one < other);
}

static enum result read_folder(struct spool *spool, struct failure *failure)
{
	int copy = dup(spool->folder);
	DIR *folder = copy >= 0 ? fdopendir(copy) : NULL;
	if (folder == NULL) {
		close_fd(&copy);
		return trouble(failure, "be read");
	}
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char *end;
		int64_t id = strtoll(entry->d_name, &end, 10);
		if (id <= 0 || strcmp(end, SUFFIX) != 0)
			continue;
		ARRAY_GROW(spool->ids, spool->count, spool->capacity);
		spool->ids[spool->count++] = id;
	}
	closedir(folder);
	if (spool->count > 0)
		qsort(spool->ids, spool->count, sizeof *spool->ids, compare_ids);
	return RESULT_OK;
}

static void read_last(struct spool *spool)
{
	char text[32] = "";
	OWNED_FD fd = openat(spool->folder, "LAST", O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, text, sizeof text - 1) > 0)
		spool->last = strtoll(text, NULL, 10);
	if (spool->count > 0 && spool->ids[spool->count - 1] > spool->last)
		spool->last = spool->ids[spool->count - 1];
}

static enum result open_all(struct spool *spool, const char *folder, struct failure *failure)
{
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return trouble(failure, "make its folder");
	spool->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (spool->folder < 0)
		return trouble(failure, "open its folder");
	spool->lock = openat(spool->folder, "LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (spool->lock < 0)
		return trouble(failure, "be locked");
	if (flock(spool->lock, LOCK_EX | LOCK_NB) != 0)
		return failure_set(failure, RESULT_CONFLICT,
		    "Another process has the spool %s open. Stop it first.", folder);
	enum result result = read_folder(spool, failure);
	if (result == RESULT_OK)
		read_last(spool);
	return result;
}

struct spool *spool_open(const char *folder, size_t most, struct failure *failure)
{
	struct spool *spool = memory_new(sizeof *spool);
	*spool = (struct spool){.folder = -1, .lock = -1, .most = most};
	if (open_all(spool, folder, failure) == RESULT_OK)
		return spool;
	spool_close(spool);
	return NULL;
}

void spool_close(struct spool *spool)
{
	if (spool == NULL)
		return;
	close_fd(&spool->lock);
	close_fd(&spool->folder);
	free(spool->ids);
	free(spool);
}

/* ── records ─────────────────────────────────────────────────────────────────────────────────── */

size_t spool_count(const struct spool *spool)
{
	return spool->count;
}

enum result spool_add(
    struct spool *spool, const void *bytes, size_t len, int64_t *id, struct failure *failure)
{
	char name[40];
	if (spool->count >= spool->most || len > RECORD_MAX)
		return failure_set(failure, RESULT_LIMIT,
		    "The spool is full (%zu records): nobody fetches them.", spool->count);
	record_name(name, sizeof name, spool->last + 1);
	enum result result = write_file(spool, name, bytes, len, failure);
	if (result != RESULT_OK)
		return result;
	*id = ++spool->last;
	ARRAY_GROW(spool->ids, spool->count, spool->capacity);
	spool->ids[spool->count++] = *id;
	return RESULT_OK;
}

static enum result read_record(const struct spool *spool, int64_t id, struct arena *arena,
    const char **bytes, size_t *len, struct failure *failure)
{
	char name[40];
	struct stat about;
	record_name(name, sizeof name, id);
	OWNED_FD fd = openat(spool->folder, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &about) != 0 || about.st_size > RECORD_MAX)
		return trouble(failure, "read a record");
	char *data = arena_alloc(arena, (size_t)about.st_size + 1);
	for (size_t done = 0; done < (size_t)about.st_size;) {
		ssize_t n = read(fd, data + done, (size_t)about.st_size - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return trouble(failure, "read a record");
		done += (size_t)n;
	}
	*bytes = data;
	*len = (size_t)about.st_size;
	return RESULT_OK;
}

enum result spool_next(struct spool *spool, int64_t after, struct arena *arena, int64_t *id,
    const char **bytes, size_t *len, struct failure *failure)
{
	for (size_t i = 0; i < spool->count; i++) {
		if (spool->ids[i] <= after)
			continue;
		*id = spool->ids[i];
		return read_record(spool, *id, arena, bytes, len, failure);
	}
	return failure_set(failure, RESULT_NOT_FOUND, "The spool has nothing newer.");
}

enum result spool_drop(struct spool *spool, int64_t id, struct failure *failure)
{
	char name[40];
	size_t dropped = 0;
	if (spool->count == 0 || spool->ids[0] > id)
		return RESULT_OK;
	/* First the highest id, then the files: ids must not begin anew. */
	snprintf(name, sizeof name, "%" PRId64 "\n", spool->last);
	enum result result = write_file(spool, "LAST", name, strlen(name), failure);
	while (result == RESULT_OK && dropped < spool->count && spool->ids[dropped] <= id) {
		record_name(name, sizeof name, spool->ids[dropped]);
		if (unlinkat(spool->folder, name, 0) != 0 && errno != ENOENT)
			result = trouble(failure, "delete a record");
		else
			dropped++;
	}
	spool->count -= dropped;
	memmove(spool->ids, spool->ids + dropped, spool->count * sizeof *spool->ids);
	return result;
}
