/*
 * Owns: the inputs and outputs of the operations on receipts that programs asked for.
 * May use: base/, store/operations.h, which includes this file and is what others include.
 * Must not know: policy, SQL, how programs are called.
 *
 * A program that queues a message may ask to be told what becomes of it: at an address, of the
 * events in a mask (Kannel's dlr-mask). Each event is told once; one that could not be told is
 * tried again.
 */
#ifndef STORE_PROGRAM_RECEIPTS_H
#define STORE_PROGRAM_RECEIPTS_H

#include "store/operations.h"

/* Kannel's values. */
enum program_event {
	PROGRAM_DELIVERED = 1,
	PROGRAM_NOT_DELIVERED = 2,
	PROGRAM_SENT = 8,      /* the network has accepted it */
	PROGRAM_REJECTED = 16, /* it never left */
};

struct store_program_receipt {
	int64_t message_id;
	enum program_event event;
	const char *url; /* with the program's escapes */
	const char *address, *channel;
	struct wall at; /* when it happened, as far as known */
	int tries;      /* before this one */
};
struct store_due_program_receipts_input {
	struct wall now;
	int most;
};
struct store_due_program_receipts_output {
	struct store_program_receipt *items;
	size_t count;
	struct wall next; /* when more will be due, WALL_NEVER: not by time alone */
};

struct store_program_told_input {
	struct wall now;
	int64_t message_id;
	enum program_event event;
	struct wall retry_at; /* 0: it was told; WALL_NEVER: given up */
};

#endif
