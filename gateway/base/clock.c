/*
 * Owns: reading the machine's clocks.
 * May use: libc.
 * Must not know: calendars, the loop.
 */
#include "base/clock.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * SECOND_MS + t.tv_nsec / 1000000;
}

struct wall wall_of_machine(void)
{
	return (struct wall){read_ms(CLOCK_REALTIME)};
}

struct mono mono_of_machine(void)
{
	return (struct mono){read_ms(CLOCK_MONOTONIC)};
}
