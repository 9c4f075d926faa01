/*
 * Owns: how fast libgammu may work: its sleeps, taken over by a `usleep` of our own.
 * May use: base/clock.h.
 * Must not know: libgammu, frames.
 *
 * libgammu sleeps 0.7 s around each part and 3 s while connecting. Few modems need that. A program
 * that defines `usleep` itself takes the place of libc's for the library as well; ours cuts every
 * sleep to 1 ms while the pace is brisk.
 */
#ifndef MODEM_PACE_H
#define MODEM_PACE_H

#include "base/clock.h"

#include <stdbool.h>

enum pace_choice { PACE_AUTO, PACE_PATIENT, PACE_BRISK };

struct pace {
	enum pace_choice choice;
	int parts_gone;            /* accepted since the start */
	bool connected;            /* once since the start */
	struct wall patient_until; /* after a lost prompt; {0} for none */
};

/* "auto", "patient" or "brisk" → *choice; false for another word. */
bool pace_from_word(enum pace_choice *choice, const char *word);

/* Sets the sleeps for connecting and for everything that is not a submit. auto: libgammu's own
 * until a connection has been made, so that a modem that needs them has them after each failure. */
void pace_for_connection(const struct pace *pace);

/* Sets the sleeps for the submit that follows. auto: patient until 20 parts have gone, and for 24 h
 * after a lost prompt. */
void pace_for_submit(const struct pace *pace, struct wall now);

void pace_note_connected(struct pace *pace);
void pace_note_part_gone(struct pace *pace);
void pace_note_lost_prompt(struct pace *pace, struct wall now);

/* Whether a submit at `now` would be brisk. */
bool pace_is_brisk(const struct pace *pace, struct wall now);

#endif
