/*
 * Owns: what the configuration means to each part of the machine.
 * May use: document/config.h, the parts' policies.
 * Must not know: how the parts work.
 */
#ifndef DAEMON_POLICY_H
#define DAEMON_POLICY_H

#include "daemon/tables.h"
#include "document/config.h"
#include "inbox/inbox.h"
#include "outbox/check.h"
#include "scheduler/compose.h"

/* Strings are borrowed from `config` and `tables`. */
struct outbox_policy policy_of_outbox(
    const struct config *config, const struct policy_tables *tables);
struct compose_policy policy_of_compose(
    const struct config *config, const struct policy_tables *tables);
struct inbox_policy policy_of_inbox(const struct config *config);
/* Sets the level of the log; `debug` goes before what is configured. */
void policy_set_log(const struct config *config, bool debug);

#endif
