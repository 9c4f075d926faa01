/*
 * Owns: `nhacviec simulate`: what is asked for, running it, handing the course to a format.
 * May use: every room.
 * Must not know: how formats look (handlers/command/simulation.h).
 */
#ifndef DAEMON_SIMULATE_H
#define DAEMON_SIMULATE_H

#include "command/command.h"

/* Returns a sysexits status. argv[0] is the subcommand's name. */
int daemon_simulate(const struct command_context *context, int argc, char **argv);

#endif
