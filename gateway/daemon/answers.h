/*
 * Owns: who answers in a simulation: the officials of a script, or people of a model.
 * May use: rehearsal/script.h, channel/perfect.h, store/course.h, loop/.
 * Must not know: scheduler, outbox, inbox.
 */
#ifndef DAEMON_ANSWERS_H
#define DAEMON_ANSWERS_H

#include "channel/perfect.h"
#include "store/course.h"

struct answers;

enum answer_model {
	ANSWER_NONE,
	ANSWER_ALL,   /* each confirms each report two hours after the first text about it */
	ANSWER_MIXED, /* on time, late, never or promises first: each person by the seed */
};

struct answers_config {
	const char
	    *script; /* a file in the form of rehearsal/script.h, or NULL: the model answers */
	enum answer_model model;
	uint64_t seed;
	int zone_minutes;
};

/* "none", "all", "mixed:SEED". False when it is none of them. */
bool answers_read_model(const char *text, struct answers_config *config);

/* `reader` sees the store that the texts come from. NULL with a sentence about the script. */
struct answers *answers_new(struct loop *loop, struct reader *reader,
    const struct answers_config *config, struct failure *failure);
/* What a script says at a moment goes to `first`; what lies before now has been said already. */
void answers_begin(struct answers *answers, struct channel *first);
/* This part has reached its number. Replies go to the channel it came from. */
void answers_heard(
    struct answers *answers, struct channel *channel, const struct channel_part *part);
void answers_free(struct answers *answers); /* before the channels; NULL is fine */

#endif
