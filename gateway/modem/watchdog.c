/*
 * Owns: the thread that acts when a call into libgammu takes too long.
 * May use: POSIX threads.
 * Must not know: what the call is.
 */
#include "modem/watchdog.h"

#include "base/memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STACK_BYTES = 64 * 1024 };

struct watchdog {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	watchdog_action action;
	void *target;
	struct timespec deadline;
	bool armed, fired, ending;
};

static void *watch(void *argument)
{
	struct watchdog *watchdog = argument;
	pthread_mutex_lock(&watchdog->mutex);
	while (!watchdog->ending) {
		if (!watchdog->armed) {
			pthread_cond_wait(&watchdog->changed, &watchdog->mutex);
			continue;
		}
		struct timespec until = watchdog->deadline;
		int result = pthread_cond_clockwait(
		    &watchdog->changed, &watchdog->mutex, CLOCK_MONOTONIC, &until);
		struct timespec now;
		clock_gettime(CLOCK_MONOTONIC, &now);
		bool late = now.tv_sec > watchdog->deadline.tv_sec ||
			    (now.tv_sec == watchdog->deadline.tv_sec &&
				now.tv_nsec >= watchdog->deadline.tv_nsec);
		if (result == ETIMEDOUT && watchdog->armed && late) {
			watchdog->armed = false;
			watchdog->fired = true;
			watchdog->action(watchdog->target);
		}
	}
	pthread_mutex_unlock(&watchdog->mutex);
	return NULL;
}

struct watchdog *watchdog_new(watchdog_action action)
{
	struct watchdog *watchdog = memory_new(sizeof *watchdog);
	watchdog->action = action;
	pthread_mutex_init(&watchdog->mutex, NULL);
	pthread_cond_init(&watchdog->changed, NULL);
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	if (pthread_create(&watchdog->thread, &attributes, watch, watchdog) != 0) {
		fputs("nhacviec-modem: cannot start the watchdog thread\n", stderr);
		abort();
	}
	pthread_attr_destroy(&attributes);
	return watchdog;
}

void watchdog_free(struct watchdog *watchdog)
{
	if (watchdog == NULL)
		return;
	pthread_mutex_lock(&watchdog->mutex);
	watchdog->ending = true;
	watchdog->armed = false;
	pthread_cond_signal(&watchdog->changed);
	pthread_mutex_unlock(&watchdog->mutex);
	pthread_join(watchdog->thread, NULL);
	pthread_cond_destroy(&watchdog->changed);
	pthread_mutex_destroy(&watchdog->mutex);
	memory_free(watchdog);
}

void watchdog_arm(struct watchdog *watchdog, void *target, int ms)
{
	pthread_mutex_lock(&watchdog->mutex);
	clock_gettime(CLOCK_MONOTONIC, &watchdog->deadline);
	watchdog->deadline.tv_sec += ms / 1000;
	watchdog->deadline.tv_nsec += (long)(ms % 1000) * 1000000;
	if (watchdog->deadline.tv_nsec >= 1000000000) {
		watchdog->deadline.tv_sec++;
		watchdog->deadline.tv_nsec -= 1000000000;
	}
	watchdog->target = target;
	watchdog->fired = false;
	watchdog->armed = true;
	pthread_cond_signal(&watchdog->changed);
	pthread_mutex_unlock(&watchdog->mutex);
}

bool watchdog_disarm(struct watchdog *watchdog)
{
	pthread_mutex_lock(&watchdog->mutex);
	watchdog->armed = false;
	bool fired = watchdog->fired;
	watchdog->fired = false;
	pthread_mutex_unlock(&watchdog->mutex);
	return fired;
}
