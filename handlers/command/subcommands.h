/*
 * Owns: the list of the subcommands' entries, for table.c.
 * May use: command/command.h.
 * Must not know: what they do.
 */
#ifndef COMMAND_SUBCOMMANDS_H
#define COMMAND_SUBCOMMANDS_H

#include "command/command.h"

typedef int command_run_fn(const struct command_context *context, int argc, char **argv);

command_run_fn command_init, command_check, command_import, command_plan, command_export,
    command_statistics, command_calendar, command_start, command_pause, command_resume,
    command_board, command_messages, command_inbox, command_tasks, command_claim, command_receive,
    command_reopen, command_waive, command_promise, command_extend, command_approve, command_refuse,
    command_events, command_send, command_why, command_virtual_modem, command_handset,
    command_backup, command_provider, command_understand, command_link, command_unlink;

#endif
