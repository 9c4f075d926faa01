/*
 * Owns: what time alone does to messages: the next moment to look, the sweep.
 * May use: base/, loop/, store/, outbox/.
 * Must not know: wire formats, obligations.
 */
#include "outbox/internal.h"

#include "base/log.h"

struct moments_request {
	struct outbox *outbox;
	struct arena *arena;
	struct store_next_moments_input input;
	struct store_next_moments_output output;
};

static void moments_done(enum result result, const struct failure *failure, void *arg)
{
	struct moments_request *request = arg;
	struct outbox *outbox = request->outbox;
	outbox->timer_asked = false;
	if (outbox->draining) {
		arena_free(request->arena);
		return;
	}
	if (result != RESULT_OK) {
		log_event(
		    LOG_ERROR, "outbox.moments-failed", "why=%s", log_quote(failure->text).text);
		loop_timer_after(outbox->timer, outbox->policy.retry_first_ms);
	} else {
		loop_timer_at(
		    outbox->timer, wall_earlier(request->output.next_try, request->output.sweep));
	}
	arena_free(request->arena);
	if (outbox->timer_stale) {
		outbox->timer_stale = false;
		outbox_set_timer(outbox);
	}
}

void outbox_set_timer(struct outbox *outbox)
{
	if (outbox->timer_asked) {
		outbox->timer_stale = true;
		return;
	}
	outbox->timer_asked = true;
	struct arena *arena = arena_new();
	struct moments_request *request = arena_alloc(arena, sizeof *request);
	*request = (struct moments_request){
	    .outbox = outbox,
	    .arena = arena,
	    .input = {.now = loop_now(outbox->loop),
		.patience_ms = outbox->policy.patience_ms,
		.patience_last_call_ms = outbox->policy.patience_last_call_ms,
		.fallback_ms = outbox->policy.fallback_ms},
	};
	store_submit(outbox->store, &(struct store_request){STORE_NEXT_MOMENTS, &request->input,
					&request->output, arena, moments_done, request});
}

struct sweep_request {
	struct outbox *outbox;
	struct arena *arena;
	struct store_sweep_input input;
	struct store_sweep_output output;
};

static void sweep_done(enum result result, const struct failure *failure, void *arg)
{
	struct sweep_request *request = arg;
	struct outbox *outbox = request->outbox;
	const struct store_sweep_output *swept = &request->output;
	if (result != RESULT_OK)
		log_event(
		    LOG_ERROR, "outbox.sweep-failed", "why=%s", log_quote(failure->text).text);
	else if (swept->expired + swept->requeued + swept->failed + swept->orphaned > 0)
		log_event(LOG_INFO, "outbox.sweep", "expired=%d requeued=%d failed=%d orphaned=%d",
		    swept->expired, swept->requeued, swept->failed, swept->orphaned);
	if (swept->fell_back > 0)
		log_event(LOG_INFO, "outbox.fell-back", "messages=%d", swept->fell_back);
	if (swept->expired + swept->failed + swept->fell_back > 0)
		outbox_gave_up(outbox);
	if (swept->joined > 0 && outbox->joined != NULL)
		outbox->joined(outbox->joined_arg);
	arena_free(request->arena);
	if (result != RESULT_OK)
		loop_timer_after(outbox->timer, outbox->policy.retry_first_ms);
	else
		outbox_poke(outbox);
}

void outbox_time_came(void *arg)
{
	struct outbox *outbox = arg;
	struct arena *arena = arena_new();
	struct sweep_request *request = arena_alloc(arena, sizeof *request);
	*request = (struct sweep_request){
	    .outbox = outbox,
	    .arena = arena,
	    .input = {.now = loop_now(outbox->loop),
		.patience_ms = outbox->policy.patience_ms,
		.patience_last_call_ms = outbox->policy.patience_last_call_ms,
		.fallback_ms = outbox->policy.fallback_ms,
		.no_receipts = outbox->policy.no_receipts},
	};
	store_submit(outbox->store, &(struct store_request){STORE_SWEEP, &request->input,
					&request->output, arena, sweep_done, request});
}
