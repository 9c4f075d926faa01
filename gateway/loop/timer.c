/*
 * Owns: timers on the loop's clock.
 * May use: base/.
 * Must not know: libevent's own timers, the domain.
 *
 * A process has a few dozen timers, so a list that is walked each turn is the whole mechanism.
 */
#include "loop/internal.h"

#include "base/memory.h"

#include <stdlib.h>

/* A wall-clock timer looks at the clock at least this often, so a stepped clock is noticed. */
#define WALL_LOOK_MS (60 * SECOND_MS)

struct loop_timer {
	struct loop *loop;
	struct loop_timer *next;
	loop_fn *fn;
	void *arg;
	bool set, on_wall;
	uint64_t round; /* in which it was set */
	struct mono due;
	struct wall moment;
};

struct loop_timer *loop_timer_new(struct loop *loop, loop_fn *fn, void *arg)
{
	struct loop_timer *timer = memory_new(sizeof *timer);
	*timer = (struct loop_timer){.loop = loop, .fn = fn, .arg = arg, .next = loop->timers};
	loop->timers = timer;
	return timer;
}

void loop_timer_free(struct loop_timer *timer)
{
	if (timer == NULL)
		return;
	struct loop_timer **link = &timer->loop->timers;
	while (*link != timer)
		link = &(*link)->next;
	*link = timer->next;
	free(timer);
}

void loop_timer_after(struct loop_timer *timer, int64_t ms)
{
	timer->set = true;
	timer->round = timer->loop->timer_round;
	timer->on_wall = false;
	timer->due = mono_add(loop_mono(timer->loop), ms > 0 ? ms : 0);
}

void loop_timer_at(struct loop_timer *timer, struct wall moment)
{
	timer->set = moment.ms != INT64_MAX;
	timer->round = timer->loop->timer_round;
	timer->on_wall = true;
	timer->moment = moment;
}

void loop_timer_cancel(struct loop_timer *timer)
{
	timer->set = false;
}

bool loop_timer_is_set(const struct loop_timer *timer)
{
	return timer->set;
}

static int64_t wait_of(const struct loop_timer *timer, struct wall now, struct mono mono)
{
	int64_t wait = timer->on_wall ? timer->moment.ms - now.ms : timer->due.ms - mono.ms;
	return wait > 0 ? wait : 0;
}

void loop_run_timers(struct loop *loop)
{
	struct wall now = loop_now(loop);
	struct mono mono = loop_mono(loop);
	uint64_t round = ++loop->timer_round;
	/* A callback may free or set any timer: start over after each one. */
	for (struct loop_timer *timer = loop->timers; timer != NULL;) {
		if (!timer->set || timer->round == round || wait_of(timer, now, mono) > 0) {
			timer = timer->next;
			continue;
		}
		timer->set = false;
		timer->fn(timer->arg);
		timer = loop->timers;
	}
}

int64_t loop_next_wait_ms(const struct loop *loop)
{
	struct wall now = loop_now(loop);
	struct mono mono = loop_mono(loop);
	int64_t least = -1;
	for (const struct loop_timer *timer = loop->timers; timer != NULL; timer = timer->next) {
		if (!timer->set)
			continue;
		int64_t wait = wait_of(timer, now, mono);
		if (timer->on_wall && loop_time_flows(loop) && wait > WALL_LOOK_MS)
			wait = WALL_LOOK_MS;
		if (least < 0 || wait < least)
			least = wait;
	}
	return least;
}
