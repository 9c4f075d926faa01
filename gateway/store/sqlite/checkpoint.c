/*
 * Owns: moving the write-ahead log into the main file, on a thread and a connection of its own.
 * May use: base/, store/sqlite/, pthread.
 * Must not know: what is stored, the clock.
 *
 * The writer says after each commit how long the log is; checkpointer_tend decides. A passive
 * checkpoint runs when enough has gathered; the log is emptied when nothing was committed since the
 * last look, or when it has passed its limit. A checkpoint that meets a reader does what it can and
 * is asked for again at a later look.
 */
#include "store/sqlite/internal.h"

#include "base/log.h"

#include <pthread.h>
#include <stdlib.h>

#define PAGES_WORTH_A_CHECKPOINT 1000         /* about 4 MB */
#define PAGES_LIMIT (64 * 1024 * 1024 / 4096) /* 64 MB */
#define STACK_BYTES (256 * 1024)

enum wish { WISH_NOTHING, WISH_PASSIVE, WISH_EMPTY, WISH_STOP };

struct checkpointer {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct database db; /* the thread's; opened before it starts */
	/* Under the mutex: */
	enum wish wish;
	bool busy;
	bool emptied; /* the log was emptied by the last checkpoint */
	/* The writer's: */
	int pages, pages_moved, pages_at_last_look;
};

static bool checkpoint(struct database *db, enum wish wish)
{
	int left = 0, moved = 0;
	/* Passive first in any case: emptying holds the writer off, so it shall find little to do.
	 */
	int code =
	    sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &left, &moved);
	if (code == SQLITE_OK && wish == WISH_EMPTY)
		code = sqlite3_wal_checkpoint_v2(
		    db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, &left, &moved);
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
		log_event(LOG_WARNING, "store.checkpoint-failed", "path=%s why=%s",
		    log_quote(db->path).text, log_quote(sqlite3_errmsg(db->handle)).text);
	return code == SQLITE_OK && wish == WISH_EMPTY;
}

static void *run(void *arg)
{
	struct checkpointer *self = arg;
	pthread_mutex_lock(&self->mutex);
	while (self->wish != WISH_STOP) {
		if (self->wish == WISH_NOTHING) {
			pthread_cond_wait(&self->changed, &self->mutex);
			continue;
		}
		enum wish wish = self->wish;
		self->wish = WISH_NOTHING;
		self->busy = true;
		pthread_mutex_unlock(&self->mutex);
		bool emptied = checkpoint(&self->db, wish);
		pthread_mutex_lock(&self->mutex);
		self->busy = false;
		self->emptied |= emptied;
	}
	pthread_mutex_unlock(&self->mutex);
	return NULL;
}

struct checkpointer *checkpointer_start(const char *path, struct failure *failure)
{
	struct checkpointer *self = memory_new(sizeof *self);
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
	if (database_open(&self->db, path, flags, failure) != RESULT_OK) {
		free(self);
		return NULL;
	}
	database_execute(&self->db, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
				    "PRAGMA cache_size=-64; PRAGMA mmap_size=0");
	pthread_mutex_init(&self->mutex, NULL);
	pthread_cond_init(&self->changed, NULL);
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	int error = pthread_create(&self->thread, &attributes, run, self);
	pthread_attr_destroy(&attributes);
	if (error == 0)
		return self;
	failure_set(failure, RESULT_IO,
	    "The thread that tends the database cannot be started: too many processes or too "
	    "little memory. Free some and start again.");
	database_close(&self->db);
	free(self);
	return NULL;
}

void checkpointer_note_commit(struct checkpointer *self, int pages)
{
	if (pages < self->pages) /* the log began anew */
		self->pages_moved = 0;
	self->pages = pages;
}

void checkpointer_tend(struct checkpointer *self)
{
	pthread_mutex_lock(&self->mutex);
	if (self->emptied) {
		self->emptied = false;
		if (self->pages == self->pages_at_last_look)
			self->pages = 0;
		self->pages_moved = 0;
	}
	bool quiet = self->pages == self->pages_at_last_look;
	self->pages_at_last_look = self->pages;
	if (!self->busy && self->wish == WISH_NOTHING && self->pages > 0) {
		if (quiet || self->pages > PAGES_LIMIT)
			self->wish = WISH_EMPTY;
		else if (self->pages - self->pages_moved >= PAGES_WORTH_A_CHECKPOINT)
			self->wish = WISH_PASSIVE;
		if (self->wish != WISH_NOTHING) {
			self->pages_moved = self->pages;
			pthread_cond_signal(&self->changed);
		}
	}
	pthread_mutex_unlock(&self->mutex);
}

void checkpointer_stop(struct checkpointer *self)
{
	if (self == NULL)
		return;
	pthread_mutex_lock(&self->mutex);
	self->wish = WISH_STOP;
	pthread_cond_signal(&self->changed);
	pthread_mutex_unlock(&self->mutex);
	pthread_join(self->thread, NULL);
	pthread_cond_destroy(&self->changed);
	pthread_mutex_destroy(&self->mutex);
	database_close(&self->db);
	free(self);
}
