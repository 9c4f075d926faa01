/*
 * Owns: the event loop of one process: turns, timers on the clock, descriptors, signals, children.
 * May use: base/, libevent (inside loop.c and child.c only).
 * Must not know: the domain.
 *
 * One thread. A turn is: run everything that is ready, then the end-of-turn hook (the store's group
 * commit), then wait, or only look at the descriptors when there is more to do. On the machine's
 * clock time flows; joined to a rehearsal clock (base/step_clock.h) it jumps when all processes are
 * idle, and both wall and monotonic time come from there. A virtual clock is the same inside one
 * process: it jumps to the next timer as soon as there is nothing to do.
 */
#ifndef LOOP_LOOP_H
#define LOOP_LOOP_H

#include "base/clock.h"
#include "base/result.h"

#include <stdbool.h>
#include <sys/types.h>

struct loop;

typedef void loop_fn(void *arg);

/* `clock_socket` NULL: the machine's clock. Else joins that clock as `name` in role "driver". */
struct loop *loop_new(const char *clock_socket, const char *name, struct failure *failure);
/* A clock of this process alone, which begins at `start`: time stands still while anything is ready
 * or held, else jumps to the next timer. NULL with `failure` when libevent fails. */
struct loop *loop_new_virtual(struct wall start, struct failure *failure);
void loop_free(struct loop *loop); /* all timers, watches and children must be freed before */

/* Runs turns until loop_stop. Returns RESULT_IO when the rehearsal clock went away. */
enum result loop_run(struct loop *loop);
/* The same on a virtual clock, until everything that is due up to and at `end` has been done; time
 * is `end` then. Also returns when nothing will ever be due again. May be called again. */
enum result loop_run_until(struct loop *loop, struct wall end);
void loop_stop(struct loop *loop); /* after the present turn */

struct wall loop_now(const struct loop *loop);
struct mono loop_mono(const struct loop *loop);
bool loop_is_rehearsal(const struct loop *loop);

/* Calls fn once after everything that is ready now, in the order asked. */
void loop_defer(struct loop *loop, loop_fn *fn, void *arg);

/* The one hook at the end of each turn; returns true when it has left work for another turn. */
void loop_set_turn_end(struct loop *loop, bool (*fn)(void *arg), void *arg);

/* While holds > 0 something is in flight outside this process: a rehearsal clock then advances by
 * the simulated latency alone. No effect on the machine's clock. */
void loop_hold(struct loop *loop);
void loop_release(struct loop *loop);

/* Timers. One-shot; setting again moves it. fn runs on or after the moment, never early; one that
 * is set by a timer's fn runs in a later turn, even if its moment has come. */
struct loop_timer;
struct loop_timer *loop_timer_new(struct loop *loop, loop_fn *fn, void *arg);
void loop_timer_free(struct loop_timer *timer); /* NULL is fine; safe inside its own fn */
void loop_timer_after(struct loop_timer *timer, int64_t ms);      /* monotonic */
void loop_timer_at(struct loop_timer *timer, struct wall moment); /* follows a stepped wall clock;
								    WALL_NEVER cancels */
/* Milliseconds of the machine's monotonic time, whatever clock the loop is on: for limits on what
 * stands outside a rehearsal. Hold a rehearsal or virtual clock meanwhile, or it jumps on. */
void loop_timer_after_real(struct loop_timer *timer, int64_t ms);
void loop_timer_cancel(struct loop_timer *timer);
bool loop_timer_is_set(const struct loop_timer *timer);

/* Descriptors. fn is called each turn while the descriptor is ready for what is wanted. The caller
 * keeps and closes the descriptor, after freeing the watch. Safe to free inside its own fn. */
enum { LOOP_READ = 1, LOOP_WRITE = 2 };
struct loop_watch;
struct loop_watch *loop_watch_new(
    struct loop *loop, int fd, int wanted, void (*fn)(int ready, void *arg), void *arg);
void loop_watch_want(struct loop_watch *watch, int wanted);
void loop_watch_free(struct loop_watch *watch); /* NULL is fine */

/* Signals: one fn a signal number, called from the loop. */
void loop_on_signal(struct loop *loop, int signal_number, loop_fn *fn, void *arg);

/* Children. Starts argv[0] with `socket_fd` (closed in the parent afterwards) as its descriptor 3,
 * stdin from /dev/null, stderr shared, everything else closed; in a process group of its own.
 * `exited` is called once, with the wait status. Returns NULL with `failure` when it cannot start.
 */
struct loop_child;
struct loop_child *loop_child_start(struct loop *loop, char *const argv[], int socket_fd,
    void (*exited)(int status, void *arg), void *arg, struct failure *failure);
pid_t loop_child_pid(const struct loop_child *child);
void loop_child_kill(struct loop_child *child, int signal_number);
/* Forgets the child without waiting for it or killing it; its `exited` will not be called. */
void loop_child_free(struct loop_child *child);

/* A watchdog of the service manager is fed from here when one is set (sd_notify); READY=1,
 * STOPPING=1 and the like go through this too. No effect outside systemd. */
void loop_service_notify(struct loop *loop, const char *state);

#endif
