/*
 * Owns: turns, descriptors, signals, deferred calls, the clock.
 * May use: base/, libevent, libsystemd.
 * Must not know: the domain.
 */
#include "loop/internal.h"

#include "base/log.h"
#include "base/memory.h"

#include <signal.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>

/* ── the clock ───────────────────────────────────────────────────────────────────────────────── */

static void clock_readable(evutil_socket_t fd, short what, void *arg)
{
	struct loop *loop = arg;
	(void)fd;
	(void)what;
	if (step_clock_read(loop->clock) < 0) {
		loop->clock_gone = true;
		loop->stop = true;
	}
}

void loop_woken(struct loop *loop)
{
	loop->woken = true;
	if (loop->clock != NULL)
		step_clock_busy(loop->clock);
}

struct wall loop_now(const struct loop *loop)
{
	if (loop->is_virtual)
		return loop->virtual_now;
	return loop->clock != NULL ? step_clock_now(loop->clock) : wall_of_machine();
}

struct mono loop_mono(const struct loop *loop)
{
	if (loop_time_flows(loop))
		return mono_of_machine();
	struct mono now = loop->clock != NULL ? step_clock_mono(loop->clock)
					      : (struct mono){loop->virtual_now.ms};
	return (struct mono){now.ms - loop->step_start_ms};
}

bool loop_is_rehearsal(const struct loop *loop)
{
	return !loop_time_flows(loop);
}

static bool join_clock(
    struct loop *loop, const char *socket, const char *name, struct failure *failure)
{
	loop->clock = step_clock_join(socket, name, "driver", failure);
	if (loop->clock == NULL)
		return false;
	loop->step_start_ms = step_clock_mono(loop->clock).ms;
	loop->clock_event = event_new(loop->base, step_clock_descriptor(loop->clock),
	    EV_READ | EV_PERSIST, clock_readable, loop);
	event_add(loop->clock_event, NULL);
	return true;
}

/* ── life ────────────────────────────────────────────────────────────────────────────────────── */

static void wait_is_over(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	loop_woken(arg); /* the turn then runs the timers */
}

struct loop *loop_new(const char *clock_socket, const char *name, struct failure *failure)
{
	struct loop *loop = memory_new(sizeof *loop);
	struct event_config *config = event_config_new();
	if (config != NULL) {
		event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
		loop->base = event_base_new_with_config(config);
		event_config_free(config);
	}
	if (loop->base == NULL) {
		failure_set(failure, RESULT_INTERNAL, "libevent cannot make an event loop.");
		loop_free(loop);
		return NULL;
	}
	loop->wait_limit = event_new(loop->base, -1, 0, wait_is_over, loop);
	if (clock_socket != NULL && !join_clock(loop, clock_socket, name, failure)) {
		loop_free(loop);
		return NULL;
	}
	signal(SIGPIPE, SIG_IGN);
	return loop;
}

struct loop *loop_new_virtual(struct wall start, struct failure *failure)
{
	struct loop *loop = loop_new(NULL, NULL, failure);
	if (loop == NULL)
		return NULL;
	loop->is_virtual = true;
	loop->virtual_now = start;
	loop->virtual_end = WALL_NEVER;
	loop->step_start_ms = start.ms;
	return loop;
}

void loop_free(struct loop *loop)
{
	if (loop == NULL)
		return;
	loop_timer_free(loop->service_timer);
	for (size_t i = 0; i < loop->signal_count; i++)
		event_free(loop->signals[i].event);
	if (loop->clock_event != NULL)
		event_free(loop->clock_event);
	step_clock_leave(loop->clock);
	if (loop->wait_limit != NULL)
		event_free(loop->wait_limit);
	if (loop->base != NULL)
		event_base_free(loop->base);
	free(loop->deferred);
	free(loop);
}

/* ── turns ───────────────────────────────────────────────────────────────────────────────────── */

void loop_defer(struct loop *loop, loop_fn *fn, void *arg)
{
	ARRAY_GROW(loop->deferred, loop->deferred_count, loop->deferred_capacity);
	loop->deferred[loop->deferred_count++] = (struct deferred){fn, arg};
}

static void run_deferred(struct loop *loop)
{
	size_t count = loop->deferred_count; /* what these defer belongs to the next round */
	for (size_t i = 0; i < count; i++)
		loop->deferred[i].fn(loop->deferred[i].arg);
	loop->deferred_count -= count;
	for (size_t i = 0; i < loop->deferred_count; i++)
		loop->deferred[i] = loop->deferred[i + count];
}

/* True when there is more to do at once: the next round must not wait. */
static bool run_round(struct loop *loop)
{
	loop_run_timers(loop);
	run_deferred(loop);
	bool more = loop->turn_end != NULL && loop->turn_end(loop->turn_end_arg);
	return more || loop->deferred_count > 0 || loop_next_wait_ms(loop) == 0 ||
	       loop_next_real_wait_ms(loop) == 0;
}

static void report_to_clock(struct loop *loop)
{
	if (loop->clock == NULL)
		return;
	int64_t wait_ms = loop_next_wait_ms(loop);
	struct mono next =
	    wait_ms < 0 ? MONO_NEVER : mono_add(step_clock_mono(loop->clock), wait_ms);
	if (loop->holds > 0)
		step_clock_wait(loop->clock, next);
	else
		step_clock_idle(loop->clock, next);
}

static void limit_wait(struct loop *loop)
{
	int64_t wait = loop_next_real_wait_ms(loop);
	if (wait < 0) {
		event_del(loop->wait_limit);
		return;
	}
	struct timeval limit = {.tv_sec = wait / 1000, .tv_usec = wait % 1000 * 1000};
	event_add(loop->wait_limit, &limit);
}

/* Moves a virtual clock on. True: go on; `end_reached` when there is nothing more before the end.
 */
static bool jump(struct loop *loop, bool *end_reached)
{
	*end_reached = false;
	loop->woken = false;
	bool held = loop->holds > 0;
	limit_wait(loop);
	int state = event_base_loop(loop->base, EVLOOP_ONCE | (held ? 0 : EVLOOP_NONBLOCK));
	if (state < 0 || (state > 0 && held)) /* held for something that can never come */
		return false;
	if (loop->woken || held)
		return true;
	int64_t wait_ms = loop_next_wait_ms(loop);
	struct wall next = wait_ms < 0 ? WALL_NEVER : wall_add(loop->virtual_now, wait_ms);
	*end_reached = next.ms == INT64_MAX || wall_before(loop->virtual_end, next);
	next = wall_earlier(next, loop->virtual_end);
	if (next.ms != INT64_MAX && wall_before(loop->virtual_now, next))
		loop->virtual_now = next;
	return true;
}

enum result loop_run_until(struct loop *loop, struct wall end)
{
	loop->virtual_end = end;
	enum result result = loop_run(loop);
	loop->virtual_end = WALL_NEVER;
	return result;
}

enum result loop_run(struct loop *loop)
{
	loop->stop = false;
	for (;;) {
		if (run_round(loop)) {
			/* However much there is to do, whoever calls is heard in between; once,
			 * since NONBLOCK alone goes on for as long as a descriptor stays readable.
			 */
			if (!loop->stop &&
			    event_base_loop(loop->base, EVLOOP_ONCE | EVLOOP_NONBLOCK) < 0)
				return RESULT_INTERNAL;
			continue;
		}
		if (loop->stop)
			break;
		if (loop->is_virtual) {
			bool end_reached;
			if (!jump(loop, &end_reached))
				return RESULT_INTERNAL;
			if (end_reached)
				break;
			continue;
		}
		report_to_clock(loop);
		limit_wait(loop);
		if (event_base_loop(loop->base, EVLOOP_ONCE) != 0)
			return RESULT_INTERNAL;
	}
	return loop->clock_gone ? RESULT_IO : RESULT_OK;
}

void loop_stop(struct loop *loop)
{
	loop->stop = true;
}

void loop_set_turn_end(struct loop *loop, bool (*fn)(void *arg), void *arg)
{
	loop->turn_end = fn;
	loop->turn_end_arg = arg;
}

void loop_hold(struct loop *loop)
{
	loop->holds++;
}

void loop_release(struct loop *loop)
{
	loop->holds--;
}

/* ── descriptors ─────────────────────────────────────────────────────────────────────────────── */

struct loop_watch {
	struct loop *loop;
	struct event *event;
	int fd, wanted;
	void (*fn)(int ready, void *arg);
	void *arg;
};

static void watch_ready(evutil_socket_t fd, short what, void *arg)
{
	struct loop_watch *watch = arg;
	(void)fd;
	loop_woken(watch->loop);
	watch->fn(
	    (what & EV_READ ? LOOP_READ : 0) | (what & EV_WRITE ? LOOP_WRITE : 0), watch->arg);
}

struct loop_watch *loop_watch_new(
    struct loop *loop, int fd, int wanted, void (*fn)(int ready, void *arg), void *arg)
{
	struct loop_watch *watch = memory_new(sizeof *watch);
	*watch = (struct loop_watch){.loop = loop, .fd = fd, .fn = fn, .arg = arg};
	loop_watch_want(watch, wanted);
	return watch;
}

void loop_watch_want(struct loop_watch *watch, int wanted)
{
	short what = EV_PERSIST;
	if (wanted == watch->wanted)
		return;
	watch->wanted = wanted;
	if (wanted & LOOP_READ)
		what |= EV_READ;
	if (wanted & LOOP_WRITE)
		what |= EV_WRITE;
	if (watch->event != NULL)
		event_free(watch->event);
	watch->event = NULL;
	if (wanted == 0)
		return;
	watch->event = event_new(watch->loop->base, watch->fd, what, watch_ready, watch);
	event_add(watch->event, NULL);
}

void loop_watch_free(struct loop_watch *watch)
{
	if (watch == NULL)
		return;
	if (watch->event != NULL)
		event_free(watch->event);
	free(watch);
}

/* ── signals and the service manager ─────────────────────────────────────────────────────────── */

static void signal_came(evutil_socket_t number, short what, void *arg)
{
	struct signal_watch *watch = arg;
	(void)number;
	(void)what;
	loop_woken(watch->loop);
	watch->fn(watch->arg);
}

void loop_on_signal(struct loop *loop, int signal_number, loop_fn *fn, void *arg)
{
	if (loop->signal_count == SIGNALS_MAX)
		abort();
	struct signal_watch *watch = &loop->signals[loop->signal_count++];
	*watch = (struct signal_watch){.loop = loop, .fn = fn, .arg = arg};
	watch->event = evsignal_new(loop->base, signal_number, signal_came, watch);
	event_add(watch->event, NULL);
}

static void feed_watchdog(void *arg)
{
	struct loop *loop = arg;
	uint64_t interval_us = 0;
	sd_notify(0, "WATCHDOG=1");
	if (sd_watchdog_enabled(0, &interval_us) > 0)
		loop_timer_after(loop->service_timer, (int64_t)(interval_us / 2000));
}

void loop_service_notify(struct loop *loop, const char *state)
{
	uint64_t interval_us = 0;
	sd_notify(0, state);
	if (loop->service_timer == NULL && loop_time_flows(loop) &&
	    sd_watchdog_enabled(0, &interval_us) > 0) {
		loop->service_timer = loop_timer_new(loop, feed_watchdog, loop);
		feed_watchdog(loop);
	}
}
