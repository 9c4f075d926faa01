/*
 * Owns: telling an official how the code reaches the office's accounts.
 * May use: command/environment.h.
 * Must not know: how codes are issued.
 */
#ifndef COMMAND_LINK_WAYS_H
#define COMMAND_LINK_WAYS_H

#include "command/environment.h"

/* Prints, for each configured account (of that kind; NULL: any) that can be linked, what its
 * provider advises and the link that does it, with the code in them. */
void link_print_ways(const struct environment *environment, const char *kind, const char *code);

#endif
