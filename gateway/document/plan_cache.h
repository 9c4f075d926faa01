/*
 * Owns: parsed plans by version: a version is immutable, so it is parsed once.
 * May use: base/, document/plan_file.h.
 * Must not know: the store.
 */
#ifndef DOCUMENT_PLAN_CACHE_H
#define DOCUMENT_PLAN_CACHE_H

#include "plan/model.h"

#include <stdint.h>

struct plan_cache;

/* `holidays_dir` is borrowed for the cache's life. */
struct plan_cache *plan_cache_new(const char *holidays_dir);
void plan_cache_free(struct plan_cache *cache);

/* The plan of this version; `body` is its text. NULL when the body no longer parses (it did when it
 * was imported: a holiday file is gone, say); the reason is logged once. Plans live as long as the
 * cache. */
const struct plan *plan_cache_get(struct plan_cache *cache, int64_t version_id, const char *body);

/* Forgets everything, so that changed holiday files are read again (reload). Plans given out before
 * are invalid afterwards. */
void plan_cache_clear(struct plan_cache *cache);

#endif
