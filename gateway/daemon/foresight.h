/*
 * Owns: the foresight that commands are given.
 * May use: command/foresight.h.
 * Must not know: what commands make of it.
 */
#ifndef DAEMON_FORESIGHT_H
#define DAEMON_FORESIGHT_H

#include "command/foresight.h"

extern const struct foresight daemon_foresight;

#endif
