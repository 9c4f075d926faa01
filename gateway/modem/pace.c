/*
 * Owns: the sleeps of libgammu, through a `usleep` that takes the place of libc's.
 * May use: base/clock.h.
 * Must not know: libgammu, frames.
 */
#include "modem/pace.h"

#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	PARTS_BEFORE_BRISK = 20,
	BRISK_SLEEP_US = 1000,
};

/* The one global of this program: libc's signature leaves no way to hand the bound in. */
static atomic_bool short_sleeps;

int usleep(useconds_t microseconds)
{
	if (atomic_load(&short_sleeps) && microseconds > BRISK_SLEEP_US)
		microseconds = BRISK_SLEEP_US;
	struct timespec time = {
	    .tv_sec = microseconds / 1000000, .tv_nsec = (long)(microseconds % 1000000) * 1000};
	return nanosleep(&time, NULL);
}

bool pace_from_word(enum pace_choice *choice, const char *word)
{
	static const char *const words[] = {"auto", "patient", "brisk"};
	for (int i = PACE_AUTO; i <= PACE_BRISK; i++) {
		if (strcmp(word, words[i]) == 0) {
			*choice = (enum pace_choice)i;
			return true;
		}
	}
	return false;
}

bool pace_is_brisk(const struct pace *pace, struct wall now)
{
	if (pace->choice != PACE_AUTO)
		return pace->choice == PACE_BRISK;
	return pace->parts_gone >= PARTS_BEFORE_BRISK && !wall_before(now, pace->patient_until);
}

void pace_for_connection(const struct pace *pace)
{
	atomic_store(&short_sleeps,
	    pace->choice == PACE_BRISK || (pace->choice == PACE_AUTO && pace->connected));
}

void pace_for_submit(const struct pace *pace, struct wall now)
{
	atomic_store(&short_sleeps, pace_is_brisk(pace, now));
}

void pace_note_connected(struct pace *pace)
{
	pace->connected = true;
}

void pace_note_part_gone(struct pace *pace)
{
	if (pace->parts_gone < PARTS_BEFORE_BRISK)
		pace->parts_gone++;
}

void pace_note_lost_prompt(struct pace *pace, struct wall now)
{
	pace->patient_until = wall_add(now, DAY_MS);
}
