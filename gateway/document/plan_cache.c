/*
 * Owns: parsed plans by version.
 * May use: base/, document/plan_file.h.
 * Must not know: the store.
 */
#include "document/plan_cache.h"

#include "base/log.h"
#include "document/plan_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct cached_plan {
	struct cached_plan *next;
	int64_t version_id;
	struct arena *arena;
	const struct plan *plan; /* NULL: does not parse */
};

struct plan_cache {
	const char *holidays_dir;
	struct cached_plan *first;
};

struct plan_cache *plan_cache_new(const char *holidays_dir)
{
	struct plan_cache *cache = memory_new(sizeof *cache);
	cache->holidays_dir = holidays_dir;
	return cache;
}

void plan_cache_clear(struct plan_cache *cache)
{
	while (cache->first != NULL) {
		struct cached_plan *entry = cache->first;
		cache->first = entry->next;
		arena_free(entry->arena);
		free(entry);
	}
}

void plan_cache_free(struct plan_cache *cache)
{
	if (cache == NULL)
		return;
	plan_cache_clear(cache);
	free(cache);
}

static const struct plan *parse(
    struct plan_cache *cache, struct arena *arena, int64_t version_id, const char *body)
{
	struct arena *scratch = arena_new();
	struct complaints *complaints = arena_alloc(scratch, sizeof *complaints);
	complaints->arena = scratch;
	const struct plan *plan =
	    plan_file_parse(arena, "plan", body, strlen(body), cache->holidays_dir, complaints);
	if (plan == NULL)
		log_event(LOG_ERROR, "plan.unreadable", "version=%" PRId64 " line=%d why=%s",
		    version_id, complaints->count > 0 ? complaints->items[0].line : 0,
		    log_quote(complaints->count > 0 ? complaints->items[0].text : "").text);
	arena_free(scratch);
	return plan;
}

const struct plan *plan_cache_get(struct plan_cache *cache, int64_t version_id, const char *body)
{
	for (struct cached_plan *entry = cache->first; entry != NULL; entry = entry->next)
		if (entry->version_id == version_id)
			return entry->plan;
	struct cached_plan *entry = memory_new(sizeof *entry);
	*entry = (struct cached_plan){
	    .next = cache->first, .version_id = version_id, .arena = arena_new()};
	entry->plan = parse(cache, entry->arena, version_id, body);
	cache->first = entry;
	return entry->plan;
}
