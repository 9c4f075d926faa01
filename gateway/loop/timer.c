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
	bool set;
	enum { ON_MONO, ON_WALL, ON_MACHINE } on;
	uint64_t round;  /* in which it was set */
	struct mono due; /* ON_MACHINE: of the machine's own */
	struct wall moment;
};

struct moments {
	struct wall wall;
	struct mono mono, machine;
};

static struct moments moments_now(const struct loop *loop)
{
	return (struct moments){loop_now(loop), loop_mono(loop), mono_of_machine()};
}

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

static void set_after(struct loop_timer *timer, struct mono now, int64_t ms)
{
	timer->set = true;
	timer->round = timer->loop->timer_round;
	timer->due = mono_add(now, ms > 0 ? ms : 0);
}

void loop_timer_after(struct loop_timer *timer, int64_t ms)
{
	timer->on = ON_MONO;
	set_after(timer, loop_mono(timer->loop), ms);
}

void loop_timer_after_real(struct loop_timer *timer, int64_t ms)
{
	timer->on = ON_MACHINE;
	set_after(timer, mono_of_machine(), ms);
}

void loop_timer_at(struct loop_timer *timer, struct wall moment)
{
	timer->set = moment.ms != INT64_MAX;
	timer->round = timer->loop->timer_round;
	timer->on = ON_WALL;
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

static int64_t wait_of(const struct loop_timer *timer, const struct moments *now)
{
	int64_t wait = timer->on == ON_WALL   ? timer->moment.ms - now->wall.ms
		       : timer->on == ON_MONO ? timer->due.ms - now->mono.ms
					      : timer->due.ms - now->machine.ms;
	return wait > 0 ? wait : 0;
}

void loop_run_timers(struct loop *loop)
{
	struct moments now = moments_now(loop);
	uint64_t round = ++loop->timer_round;
	/* A callback may free or set any timer: start over after each one. */
	for (struct loop_timer *timer = loop->timers; timer != NULL;) {
		if (!timer->set || timer->round == round || wait_of(timer, &now) > 0) {
			timer = timer->next;
			continue;
		}
		timer->set = false;
		timer->fn(timer->arg);
		timer = loop->timers;
	}
}

static int64_t least_wait(const struct loop *loop, bool real)
{
	struct moments now = moments_now(loop);
	int64_t least = -1;
	for (const struct loop_timer *timer = loop->timers; timer != NULL; timer = timer->next) {
		if (!timer->set || (timer->on == ON_MACHINE) != real)
			continue;
		int64_t wait = wait_of(timer, &now);
		if (timer->on == ON_WALL && loop_time_flows(loop) && wait > WALL_LOOK_MS)
			wait = WALL_LOOK_MS;
		if (least < 0 || wait < least)
			least = wait;
	}
	return least;
}

int64_t loop_next_wait_ms(const struct loop *loop)
{
	return least_wait(loop, false);
}

int64_t loop_next_real_wait_ms(const struct loop *loop)
{
	int64_t real = least_wait(loop, true);
	int64_t own = loop_time_flows(loop) ? least_wait(loop, false) : -1;
	return real < 0 || (own >= 0 && own < real) ? own : real;
}
