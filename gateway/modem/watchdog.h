/*
 * Owns: the bound on one call into libgammu: a thread that acts when the call takes too long.
 * May use: POSIX threads.
 * Must not know: what the call is, libgammu's headers.
 *
 * libgammu's time-outs start again with every byte that comes, so a chatty modem holds a call for
 * ever. Only a flag set from another thread ends it.
 */
#ifndef MODEM_WATCHDOG_H
#define MODEM_WATCHDOG_H

#include <stdbool.h>

struct watchdog;

/* Called on the watchdog's thread while the call is still under way. */
typedef void (*watchdog_action)(void *target);

/* Starts the thread. Aborts the process when no thread can be made. */
struct watchdog *watchdog_new(watchdog_action action);
void watchdog_free(struct watchdog *watchdog); /* disarmed; NULL is fine */

/* From now on `action(target)` is called once when `ms` of real time pass before disarming. */
void watchdog_arm(struct watchdog *watchdog, void *target, int ms);

/* Returns true when the action was called since arming. After it returns the action is not running
 * and `target` may be freed. */
bool watchdog_disarm(struct watchdog *watchdog);

#endif
