/*
 * Owns: the client's side of the shared discrete clock: the lines a process exchanges with it.
 * May use: base/clock, base/buffer, base/result.
 * Must not know: the event loop that polls the socket, the virtual network that turns the clock.
 *
 * In rehearsal (demo, tests, training) one process, the virtual network, owns time. It moves time
 * in jumps, only when nobody has anything to do; everybody else joins it over a Unix stream socket.
 * Lines, each ended by \n:
 *
 *   client → clock   join NAME ROLE     ROLE: driver (time stands still while no driver is there),
 *                                       helper (takes part while connected)
 *   clock → client   time SEQ MS SHIFT  the clock's time now; sent after join and after each move.
 *                                       The client's machine shows MS + SHIFT: its own clock may
 *                                       be wrong, and may be set
 *   client → clock   busy               I am working: do not move time
 *                    idle SEQ NEXT      done with everything up to time SEQ; my next timer is NEXT
 *                                       (of the clock's own time, "-" for none)
 *                    wait SEQ UNTIL     as idle, but something of mine is in flight in modem or
 *                                       network; NEXT is my next timer. Time then advances by the
 *                                       simulated latency alone; to UNTIL only when the clock's
 *                                       owner knows that no answer will come, or after 10 s of
 *                                       real time without any event
 *
 * Every client counts as busy from a "time" line on until it reports with that SEQ. A client says
 * "busy" before it acts on anything else that woke it, so the clock, which drains all its sockets
 * before each move, cannot overtake what somebody has caused.
 */
#ifndef BASE_STEP_CLOCK_H
#define BASE_STEP_CLOCK_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/result.h"

struct step_clock;

/* Joins the clock at Unix socket `path` and waits for the first time line (at most 20 s of real
 * time). NULL with `failure` set when there is no clock. */
struct step_clock *step_clock_join(
    const char *path, const char *name, const char *role, struct failure *failure);
void step_clock_leave(struct step_clock *clock); /* NULL is fine */

int step_clock_descriptor(const struct step_clock *clock); /* for poll(2): readable = call read */

/* Reads what has come. Returns 1 when time moved, 0 when not, -1 when the clock is gone. */
int step_clock_read(struct step_clock *clock);

/* What the machine shows: it may jump, also back. */
struct wall step_clock_now(const struct step_clock *clock);
/* The clock's own time, which only goes forward. */
struct mono step_clock_mono(const struct step_clock *clock);

void step_clock_busy(struct step_clock *clock); /* no line when the last was busy already */
void step_clock_idle(struct step_clock *clock, struct mono next);
void step_clock_wait(struct step_clock *clock, struct mono until);

#endif
