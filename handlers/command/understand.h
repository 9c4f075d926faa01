/*
 * Owns: what the files of `nhacviec understand` share: a made-up sender, and a reading as JSON.
 * May use: base/, document/, understand/, jansson by command/operation.h.
 * Must not know: the store, the daemon.
 */
#ifndef COMMAND_UNDERSTAND_H
#define COMMAND_UNDERSTAND_H

#include "command/command.h"
#include "command/operation.h"
#include "understand/understand.h"

struct plan;

/* The sender as the options describe them; NULL: not said. Lists are separated by commas. */
struct understand_wishes {
	const char *now;      /* "2026-06-08T09:00"; else the present moment */
	const char *open;     /* codes of what is owed; "-" nothing; else 6T,NAM where there are */
	const char *claimed;  /* codes of what was claimed an hour ago */
	const char *reminded; /* codes of what a text was lately sent about */
	const char *asked;    /* "1:6T,2:NAM", or behind the intent that was asked about */
	const char *sender;   /* a number, a short code or a name */
	const char *event;    /* its name: attendance is asked */
	const char *fields;   /* codes of the figures that every open report asks for */
	const char *plan;     /* a plan file; else the example plan that the program carries */
	const struct plan *parsed; /* instead: a plan that has been read */
	int64_t requests; /* so many requests for more time wait for the sender's decision */
};

/* Builds the context that the wishes describe, in the arena; the vocabulary is the caller's to set.
 * Dates of yearly reports, and the plan's year in their words, are those of the year of `now`.
 * Returns EX_OK, or the status to end with after a sentence was printed. */
int understand_make_world(const struct command_context *command, struct arena *arena,
    const struct understand_wishes *wishes, struct understand_context *out);

/* What was read of one text; new reference. Keys in their fixed order. */
json_t *understand_json(const struct understand_context *context, const struct readings *readings);

/* A text's escapes undone, in place: \n, \t, \\ and \xNN; others stay. Returns the new length. */
size_t understand_unescape(char *text, size_t len);

/* Reads one text of `len` bytes. What a C text cannot hold, NUL, is read as U+FFFD, an unreadable
 * letter, so that nothing behind it is overlooked. In the arena. */
struct readings understand_bytes(
    struct arena *arena, const char *bytes, size_t len, const struct understand_context *context);

#endif
