/*
 * Owns: what the daemon asked for and what of it is still to be done.
 * May use: modem/link.h, modem/submit.h.
 * Must not know: how any of it is done.
 */
#ifndef MODEM_REQUESTS_H
#define MODEM_REQUESTS_H

#include "modem/link.h"
#include "modem/submit.h"

#include <stdbool.h>

enum {
	REQUESTS_PARTS_MAX = 16,
	REQUESTS_SLOTS_MAX = 256,
};

struct configuration {
	char *device, *connection, *pin, *pace, *clock_path, *directory, *name;
	int64_t verdict_limit_ms;
};

struct requests {
	struct configuration configuration;
	bool configured;
	struct submit_part parts[REQUESTS_PARTS_MAX]; /* a ring */
	size_t first, count;
	char *slots[REQUESTS_SLOTS_MAX]; /* to delete */
	size_t slot_count;
	bool stop;
};

/* Takes in every request that has come; a PING is answered at once. A part beyond
 * REQUESTS_PARTS_MAX is answered with MODEM_NOT_SENT. A broken stream counts as the daemon gone. */
void requests_take(struct requests *requests, struct link *link);

/* Moves the oldest part to *part (the caller clears it); false when there is none. */
bool requests_next_part(struct requests *requests, struct submit_part *part);

/* Drops the oldest slot. */
void requests_drop_slot(struct requests *requests);

void requests_release(struct requests *requests);

#endif
