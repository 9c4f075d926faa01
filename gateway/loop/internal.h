/*
 * Owns: what loop.c, timer.c and child.c share.
 * May use: base/, libevent.
 * Must not know: the domain. No other room includes this file.
 */
#ifndef LOOP_INTERNAL_H
#define LOOP_INTERNAL_H

#include "loop/loop.h"

#include "base/step_clock.h"

#include <event2/event.h>

#define SIGNALS_MAX 8

struct deferred {
	loop_fn *fn;
	void *arg;
};

struct signal_watch {
	struct loop *loop;
	struct event *event;
	loop_fn *fn;
	void *arg;
};

struct loop {
	struct event_base *base;
	struct event *wait_limit; /* ends the wait when the next timer of real time is due */
	struct step_clock *clock; /* NULL: the machine's clock */
	struct event *clock_event;
	int64_t step_start_ms; /* monotonic zero of a rehearsal or a virtual clock */
	bool is_virtual;
	bool woken; /* virtual: a descriptor or signal had something since the last look */
	struct wall virtual_now, virtual_end;
	bool clock_gone, stop;
	int holds;
	struct loop_timer *timers;
	uint64_t timer_round; /* so that a timer set in a round runs in a later one */
	struct deferred *deferred;
	size_t deferred_count, deferred_capacity;
	bool (*turn_end)(void *arg);
	void *turn_end_arg;
	struct signal_watch signals[SIGNALS_MAX];
	size_t signal_count;
	struct loop_child *children;
	bool watches_children;
	struct loop_timer *service_timer;
};

/* Something other than the clock woke the process: it is busy until the turn's end. */
void loop_woken(struct loop *loop);

/* True on the machine's clock: time goes on by itself, and may be stepped by others. */
static inline bool loop_time_flows(const struct loop *loop)
{
	return loop->clock == NULL && !loop->is_virtual;
}

/* timer.c: runs what is due; the wait in ms until the next is (-1: none): of the loop's clock, and
 * of real time, which is the same on the machine's clock. */
void loop_run_timers(struct loop *loop);
int64_t loop_next_wait_ms(const struct loop *loop);
int64_t loop_next_real_wait_ms(const struct loop *loop);

#endif
