/*
 * Owns: what the configured channels and operators mean to scheduler and outbox, as tables.
 * May use: document/, the parts' policies.
 * Must not know: how the parts work.
 */
#ifndef DAEMON_TABLES_H
#define DAEMON_TABLES_H

#include "document/config.h"
#include "outbox/route.h"
#include "scheduler/ways.h"

struct policy_tables {
	struct way_table ways;
	struct route_table routes;
	const char *no_receipts; /* channels whose providers never tell, "|" between */
};

/* Reads the operators' file; without it no number has an operator, which is logged. Everything
 * lives in `arena`, names in `config`'s. */
void policy_tables_make(
    struct arena *arena, const struct config *config, struct policy_tables *tables);

#endif
