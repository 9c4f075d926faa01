/*
 * Owns: the choice of the channel for a message that names none.
 * May use: base/.
 * Must not know: what the message says, the store, how channels work.
 *
 * Pure. The prefix of a number says only who allocated it: since 2018 numbers move between
 * operators, so it decides on cost, never on whether a number can be reached, and exceptions can be
 * given.
 */
#ifndef OUTBOX_ROUTE_H
#define OUTBOX_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

/* An operator and the beginnings of its numbers, E.164 without "+". */
struct route_operator {
	const char *code; /* "viettel" */
	const char *const *prefixes;
	size_t prefix_count;
};
/* A number that moved, or whose operator is known for another reason. */
struct route_ported {
	const char *number; /* E.164 */
	const char *code;   /* of the operator */
};

/* One channel as it stands now. */
struct route_channel {
	const char *name, *address_kind;
	bool healthy;
	int price;                  /* of a text, or part; đồng */
	const char *const *prefers; /* codes of operators, or beginnings "+8491" */
	size_t prefers_count;
	int in_flight, at_once; /* how busy it is */
};

struct route_table {
	const struct route_operator *operators;
	size_t operator_count;
	const struct route_ported *ported;
	size_t ported_count;
};

/* The code of the operator of a number; NULL when it is not known. */
const char *route_operator_of(const struct route_table *table, const char *address);

/* The channel through which a message to this address goes best, NULL when none can take it. In
 * this order: it must be healthy and of that kind; the one the person knows (`last`, the channel
 * that this address was last reached through; NULL none), so that texts come from one sender; one
 * that prefers the number; the cheapest; the least busy; then always the same one for the same
 * number, different ones for different numbers. */
const char *route_choose(const struct route_table *table, const struct route_channel *channels,
    size_t count, const char *address_kind, const char *address, const char *last);

#endif
