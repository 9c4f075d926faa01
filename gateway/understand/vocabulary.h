/*
 * Owns: the words that are understood: data, in key form.
 * May use: understand/understand.h.
 * Must not know: how they are weighed.
 */
#ifndef UNDERSTAND_VOCABULARY_H
#define UNDERSTAND_VOCABULARY_H

#include "understand/understand.h"

/* A whole text (particles apart) that is a command. */
struct vocabulary_command {
	const char *phrase;
	enum intent intent;
};
extern const struct vocabulary_command vocabulary_commands[];
extern const size_t vocabulary_command_count;

/* Lists that end with NULL. */
extern const char *const vocabulary_particles[];     /* say nothing about what is meant */
extern const char *const vocabulary_topics[];        /* what the reports are about */
extern const char *const vocabulary_courtesies[];    /* nothing beside a command */
extern const char *const vocabulary_beside_number[]; /* nothing beside a document number */
extern const char *const vocabulary_beside_sent[];   /* nothing beside "da gui" */
extern const char *const vocabulary_sent[];          /* "da gui", "nop roi": it has left */
extern const char *const vocabulary_done[];          /* "xong": done, perhaps not yet sent */
extern const char *const vocabulary_ours[];          /* what only our own texts say */
extern const char *const vocabulary_negations[];
extern const char *const vocabulary_future[];
extern const char *const vocabulary_extension[];
extern const char *const vocabulary_questions[];
extern const char *const vocabulary_cancel[];
extern const char *const vocabulary_reports[]; /* "bc", "bao cao" */

#endif
