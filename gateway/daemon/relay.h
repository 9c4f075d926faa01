/*
 * Owns: the role of a relay, and fetching from one.
 * May use: every room.
 * Must not know: any provider.
 */
#ifndef DAEMON_RELAY_H
#define DAEMON_RELAY_H

#include "daemon/daemon.h"

/* `nhacviec relay`. */
int daemon_relay(const struct command_context *context, int argc, char **argv);

#endif
