/*
 * Owns: one run of the machine on a virtual clock, a scratch store and perfect channels.
 * May use: every room.
 * Must not know: how the run is shown.
 */
#ifndef DAEMON_SIMULATION_H
#define DAEMON_SIMULATION_H

#include "daemon/answers.h"
#include "daemon/machine.h"

struct simulation;

struct simulation_wishes {
	const struct config *config; /* must outlive the simulation */
	const struct texts *texts;   /* likewise */
	struct wall from;
	/* The machine's time: a run that begins later than now lives through what lies between. */
	struct wall now;
	bool empty;   /* begin without any database; files are imported instead */
	bool goes_on; /* with all that has happened, also when the clock was set back since */
	bool start;   /* paused plans run too */
	const char *start_only; /* of the plans that wait for their start, this alone; NULL: all */
	int64_t part_ms;        /* how long a channel takes for a part */
	struct answers_config answers;
};

/* What must be said about a run before it is shown. */
struct simulation_remarks {
	bool without_history; /* the database knows changes later than `from` */
	const char **started; /* codes of plans that this run starts at `from` */
	size_t started_count;
	const char **paused; /* codes of plans that stay paused */
	size_t paused_count;
	bool no_plan;
};

/* Copies the configured database, which is only read, also beside a running daemon. NULL with a
 * sentence when it cannot be read, or the script not. */
struct simulation *simulation_new(const struct simulation_wishes *wishes, struct failure *failure);
void simulation_free(struct simulation *simulation); /* NULL is fine */

/* Where operations run that prepare it: imports, before simulation_begin. Each is run to its end by
 * simulation_settle. */
const struct operation_place *simulation_place(struct simulation *simulation);
MUST_CHECK enum result simulation_settle(struct simulation *simulation);

/* Starts plans that wait for their start, and looks at what there is to say. */
MUST_CHECK enum result simulation_begin(
    struct simulation *simulation, struct simulation_remarks *remarks, struct failure *failure);
/* Lives until `to`. */
MUST_CHECK enum result simulation_run(
    struct simulation *simulation, struct wall to, struct failure *failure);
/* What has happened, for reading. */
struct reader *simulation_reader(const struct simulation *simulation);
/* How many channels there are: the configured modems, else one. */
size_t simulation_channels(const struct simulation *simulation);

#endif
