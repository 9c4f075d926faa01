/*
 * Owns: the two kinds of time, as types that cannot be mixed.
 * May use: libc.
 * Must not know: calendars, time zones (base/civil.h), who turns the clock (loop/).
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Wall time: milliseconds since 1970-01-01 00:00 UTC. Calendar, everything stored. */
struct wall {
	int64_t ms;
};

/* Monotonic time: milliseconds since an arbitrary start. Time-outs and watchdogs only. */
struct mono {
	int64_t ms;
};

#define SECOND_MS ((int64_t)1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* "No such moment": later than every moment. */
#define WALL_NEVER ((struct wall){INT64_MAX})
#define MONO_NEVER ((struct mono){INT64_MAX})

static inline struct wall wall_add(struct wall t, int64_t ms)
{
	return t.ms == INT64_MAX ? t : (struct wall){t.ms + ms};
}

static inline bool wall_before(struct wall a, struct wall b)
{
	return a.ms < b.ms;
}

static inline struct wall wall_earlier(struct wall a, struct wall b)
{
	return a.ms < b.ms ? a : b;
}

static inline struct mono mono_add(struct mono t, int64_t ms)
{
	return t.ms == INT64_MAX ? t : (struct mono){t.ms + ms};
}

/* The machine's clocks. Only loop/, rehearsal/ and modem/ call these; everything else is told. */
struct wall wall_of_machine(void);
struct mono mono_of_machine(void);

#endif
