/*
 * Owns: `nhacviec provider try`: one text through a provider file, shown step by step.
 * May use: command/command.h.
 * Must not know: the daemon.
 */
#ifndef COMMAND_PROVIDER_TRY_H
#define COMMAND_PROVIDER_TRY_H

#include "command/command.h"

/* argv[0] is "try". Returns a sysexits status: 0 shown (and, with --send, accepted). */
int command_provider_try(const struct command_context *context, int argc, char **argv);

#endif
