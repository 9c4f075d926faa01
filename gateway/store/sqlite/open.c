/*
 * Owns: opening the embedded store: the lock, the checks, the pragmas, the migrations; closing it.
 * May use: base/, store/.
 * Must not know: what the operations do.
 */
#include "store/sqlite/internal.h"

#include "base/buffer.h"
#include "store/sqlite/migrations.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Above this size only the tables that everything hangs on are checked at start, so that a start
 * takes a second at most. */
#define FULL_CHECK_BYTES (128 * 1024 * 1024)

#define LIVE_PRAGMAS                                                                               \
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"                \
	"PRAGMA cache_size=-2048; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"                   \
	"PRAGMA journal_size_limit=67108864; PRAGMA trusted_schema=OFF"

/* ── the lock ────────────────────────────────────────────────────────────────────────────────── */

static enum result refuse_locked(int fd, const char *path, struct failure *failure)
{
	char pid[24] = "";
	ssize_t len = pread(fd, pid, sizeof pid - 1, 0);
	pid[len > 0 ? strspn(pid, "0123456789") : 0] = '\0';
	return failure_set(failure, RESULT_DENIED,
	    "The database %s is in use by process %s. Only one may write to it: use the running "
	    "daemon, or stop it first.",
	    path, pid[0] != '\0' ? pid : "(unknown)");
}

static enum result take_lock(const char *path, int *out, struct failure *failure)
{
	OWNED_BUFFER name = BUFFER(4096);
	buffer_printf(&name, "%s.lock", path);
	int fd = open(buffer_text(&name), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd < 0)
		return failure_set(failure, RESULT_IO,
		    "The lock %s cannot be made: %s. Check that its directory exists and may be "
		    "written by this user.",
		    buffer_text(&name), strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		enum result result =
		    errno == EWOULDBLOCK
			? refuse_locked(fd, path, failure)
			: failure_set(failure, RESULT_IO, "The lock %s cannot be taken: %s.",
			      buffer_text(&name), strerror(errno));
		close(fd);
		return result;
	}
	/* The pid is for people; a full disk that has no room for it takes nothing from the lock.
	 */
	char pid[24];
	int len = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
	if (ftruncate(fd, 0) == 0 && pwrite(fd, pid, (size_t)len, 0) < 0)
		errno = 0;
	*out = fd;
	return RESULT_OK;
}

/* ── checks ──────────────────────────────────────────────────────────────────────────────────── */

static int64_t pragma(struct database *db, const char *sql)
{
	return sql_integer(db, 0, sql, NO_VALUES);
}

static enum result check_quickly(struct database *db, const char *sql, struct failure *failure)
{
	sqlite3_stmt *query = sql_select(db, sql, NO_VALUES);
	enum result result = RESULT_OK;
	if (sql_next(db, query)) {
		const char *found = column_text(query, 0);
		if (found == NULL || strcmp(found, "ok") != 0)
			result = failure_set(failure, RESULT_INVALID,
			    "The database %s is damaged: %.200s. Keep the file and its -wal aside, "
			    "put the newest backup in its place and start again.",
			    db->path, found != NULL ? found : "no answer");
		sql_close(query);
	}
	return result;
}

static enum result check_integrity(struct database *db, struct failure *failure)
{
	struct stat file;
	bool small = stat(db->path, &file) != 0 || file.st_size <= FULL_CHECK_BYTES;
	if (small)
		return check_quickly(db, "PRAGMA quick_check(1)", failure);
	static const char *const tables[] = {
	    "PRAGMA quick_check(unit)",
	    "PRAGMA quick_check(person)",
	    "PRAGMA quick_check(plan)",
	    "PRAGMA quick_check(obligation)",
	    "PRAGMA quick_check(switch)",
	};
	enum result result = RESULT_OK;
	for (size_t i = 0; i < COUNT_OF(tables) && result == RESULT_OK; i++)
		result = check_quickly(db, tables[i], failure);
	return result;
}

enum result database_check_ours(struct database *db, int *version, struct failure *failure)
{
	*version = (int)pragma(db, "PRAGMA user_version");
	int64_t application = pragma(db, "PRAGMA application_id");
	int64_t tables = pragma(db, "SELECT count(*) FROM sqlite_schema");
	if (db->error != SQLITE_OK)
		return database_result(db, failure);
	if (tables > 0 && application != DATABASE_APPLICATION_ID)
		return failure_set(failure, RESULT_INVALID,
		    "%s is a database of another program. Name another file in the configuration.",
		    db->path);
	if (*version > database_version)
		return failure_set(failure, RESULT_INVALID,
		    "The database %s was written by a newer nhacviec (its version is %d, this "
		    "program knows %d). Install the newer program; nothing was changed.",
		    db->path, *version, database_version);
	return RESULT_OK;
}

/* ── migrations ──────────────────────────────────────────────────────────────────────────────── */

static void migrate_one(struct database *db, int number)
{
	char stamp[120];
	for (const char *const *sql = database_migrations[number - 1]; *sql != NULL; sql++)
		database_execute(db, *sql);
	snprintf(stamp, sizeof stamp, "PRAGMA user_version=%d; PRAGMA application_id=%d", number,
	    DATABASE_APPLICATION_ID);
	database_execute(db, stamp);
}

static void write_migration_audit(struct sqlite_store *store, int number, struct wall now)
{
	struct job job = {.db = &store->db, .identity = &store->identity, .now = now};
	char detail[24];
	snprintf(detail, sizeof detail, "%d", number);
	audit_write(&job, 0, "nhacviec", "migrate", "database", detail);
}

static enum result migrate(
    struct sqlite_store *store, int version, struct wall now, struct failure *failure)
{
	struct database *db = &store->db;
	for (int number = version + 1; number <= database_version; number++) {
		database_execute(db, "BEGIN IMMEDIATE");
		migrate_one(db, number);
		write_migration_audit(store, number, now);
		database_execute(db, "COMMIT");
		if (db->error == SQLITE_OK)
			continue;
		enum result result = database_result(db, failure);
		database_forget_error(db);
		database_execute(db, "ROLLBACK");
		return result;
	}
	return RESULT_OK;
}

/* ── opening and closing ─────────────────────────────────────────────────────────────────────── */

static int64_t largest_id(struct database *db)
{
	static const char sql[] =
	    "SELECT max((SELECT coalesce(max(id), 0) FROM unit),"
	    " (SELECT coalesce(max(id), 0) FROM person), (SELECT coalesce(max(id), 0) FROM post),"
	    " (SELECT coalesce(max(id), 0) FROM plan), (SELECT coalesce(max(id), 0) FROM "
	    "plan_version),"
	    " (SELECT coalesce(max(id), 0) FROM obligation),"
	    " (SELECT coalesce(max(id), 0) FROM deadline), (SELECT coalesce(max(id), 0) FROM "
	    "ledger),"
	    " (SELECT coalesce(max(id), 0) FROM notice), (SELECT coalesce(max(id), 0) FROM "
	    "message),"
	    " (SELECT coalesce(max(id), 0) FROM attempt), (SELECT coalesce(max(id), 0) FROM "
	    "receipt),"
	    " (SELECT coalesce(max(id), 0) FROM inbound_part),"
	    " (SELECT coalesce(max(id), 0) FROM inbound), (SELECT coalesce(max(id), 0) FROM "
	    "question),"
	    " (SELECT coalesce(max(id), 0) FROM task), (SELECT coalesce(max(id), 0) FROM audit))";
	return sql_integer(db, 0, sql, NO_VALUES);
}

static int after_commit(void *arg, sqlite3 *handle, const char *name, int pages)
{
	(void)handle;
	(void)name;
	struct sqlite_store *store = arg;
	if (store->checkpointer != NULL)
		checkpointer_note_commit(store->checkpointer, pages);
	return SQLITE_OK;
}

void store_start_ids(struct sqlite_store *store, unsigned node)
{
	identity_init(&store->identity, node, largest_id(&store->db));
}

enum result store_prepare_sqlite(struct sqlite_store *store, const char *pragmas, unsigned node,
    struct wall now, struct failure *failure)
{
	struct database *db = &store->db;
	sqlite3_busy_timeout(db->handle, 5000);
	int version = 0;
	enum result result = database_check_ours(db, &version, failure);
	if (result != RESULT_OK)
		return result;
	database_execute(db, pragmas);
	if (db->error != SQLITE_OK)
		return database_result(db, failure);
	sqlite3_wal_hook(db->handle, after_commit, store);
	if (version > 0)
		result = check_integrity(db, failure);
	/* From zero while the tables are not there; from the largest id once they are. */
	if (version > 0)
		store_start_ids(store, node);
	else
		identity_init(&store->identity, node, 0);
	if (result == RESULT_OK && db->error != SQLITE_OK)
		result = database_result(db, failure);
	if (result == RESULT_OK)
		result = migrate(store, version, now, failure);
	return result;
}

/* Numbers and texts of people are nobody else's business: SQLite would make the file readable for
 * all, and gives its -wal and -shm the rights of the file. Only a file that does not exist yet is
 * touched: closing a descriptor of one in use would drop its locks. */
static void make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	if (fd >= 0)
		close(fd);
}

static void close_store(struct store *port)
{
	struct sqlite_store *store = (struct sqlite_store *)port;
	checkpointer_stop(store->checkpointer);
	database_close(&store->db);
	close(store->lock_fd);
	free(store->pending);
	free(store);
}

static void tend(struct store *port)
{
	checkpointer_tend(((struct sqlite_store *)port)->checkpointer);
}

static const struct store_ops sqlite_ops = {
    .kind = "sqlite",
    .submit = store_submit_sqlite,
    .flush = store_flush_sqlite,
    .tend = tend,
    .close = close_store,
};

enum result store_open_sqlite(
    const char *path, unsigned node, struct wall now, struct store **out, struct failure *failure)
{
	int lock_fd = -1;
	enum result result = take_lock(path, &lock_fd, failure);
	if (result != RESULT_OK)
		return result;
	make_private(path);
	struct sqlite_store *store = memory_new(sizeof *store);
	store->port.ops = &sqlite_ops;
	store->lock_fd = lock_fd;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	result = database_open(&store->db, path, flags, failure);
	if (result == RESULT_OK) {
		result = store_prepare_sqlite(store, LIVE_PRAGMAS, node, now, failure);
		if (result == RESULT_OK) {
			store->checkpointer = checkpointer_start(path, failure);
			if (store->checkpointer != NULL) {
				*out = &store->port;
				return RESULT_OK;
			}
			result = RESULT_IO;
		}
	}
	close_store(&store->port);
	return result;
}
