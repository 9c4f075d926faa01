/*
 * Owns: the warning before the month's cap of parts is reached.
 * May use: base/, loop/, store/, outbox/.
 * Must not know: what happens at the cap (outbox/check.c).
 */
#include "outbox/internal.h"

#include "base/log.h"

#define WARN_PERCENT 80

struct cap_task {
	struct arena *arena;
	struct store_open_task_input input;
};

static void told(enum result result, const struct failure *failure, void *arg)
{
	struct cap_task *task = arg;
	if (result != RESULT_OK)
		log_event(
		    LOG_ERROR, "outbox.cap-not-told", "why=%s", log_quote(failure->text).text);
	arena_free(task->arena);
}

void outbox_watch_cap(struct outbox *outbox, int parts_this_month)
{
	int cap = outbox->policy.monthly_cap;
	struct wall now = loop_now(outbox->loop);
	struct civil date = civil_of_wall(now, outbox->policy.calendar->zone_minutes);
	int month = date.year * 12 + date.month;
	if (cap == 0 || outbox->told_month == month ||
	    (int64_t)parts_this_month * 100 < (int64_t)cap * WARN_PERCENT)
		return;
	outbox->told_month = month;
	struct arena *arena = arena_new();
	struct cap_task *task = arena_alloc(arena, sizeof *task);
	*task = (struct cap_task){
	    .arena = arena,
	    .input = {.now = now,
		.task = {.key = arena_printf(arena, "monthly-cap:%04d-%02d", date.year, date.month),
		    .kind = "monthly-cap",
		    .text = arena_printf(arena, "%d/%d", parts_this_month, cap),
		    .until = wall_add(now, DAY_MS)}},
	};
	log_event(LOG_WARNING, "outbox.cap-near", "parts=%d cap=%d", parts_this_month, cap);
	store_submit(outbox->store,
	    &(struct store_request){STORE_OPEN_TASK, &task->input, NULL, arena, told, task});
}
