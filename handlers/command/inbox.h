/*
 * Owns: the parts of `nhacviec inbox`.
 * May use: command/command.h.
 * Must not know: how texts are understood.
 */
#ifndef COMMAND_INBOX_H
#define COMMAND_INBOX_H

#include "command/command.h"

#include <stdint.h>

/* `inbox decide ID DECISION …` and `inbox teach ID …`; argv[0] is the word after "inbox". */
int inbox_decide_command(const struct command_context *context, int argc, char **argv);
int inbox_teach_command(const struct command_context *context, int argc, char **argv);

/* The ID of a text as it is typed. False: it is none, a sentence was printed. */
bool inbox_read_id(const struct command_context *context, const char *text, int64_t *id);

#endif
