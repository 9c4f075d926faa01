/*
 * Owns: what gsm.c and gsm_frames.c share.
 * May use: channel/gsm.h, loop/, modem/protocol.h.
 * Must not know: anything gsm.h does not. No other file includes this.
 */
#ifndef CHANNEL_GSM_INTERNAL_H
#define CHANNEL_GSM_INTERNAL_H

#include "base/frame.h"
#include "channel/gsm.h"
#include "loop/loop.h"
#include "modem/protocol.h"

#include <stdio.h>

struct arena;

struct gsm {
	struct channel channel; /* first: the port's view of this struct */
	struct loop *loop;
	struct arena *arena;
	struct gsm_config config;
	const struct channel_events *events;
	void *owner;
	struct loop_child *child; /* NULL: no process */
	int fd;
	struct loop_watch *watch;
	struct buffer in, out;
	struct loop_timer *deadline; /* of connecting, of the submit in flight, of a ping */
	struct loop_timer *restart;
	int64_t backoff_ms;
	bool in_flight, begun; /* one part at most; begun: libgammu may have heard of it */
	int64_t attempt;
	int part;
	bool heard; /* the process has said something */
	bool pinged, holds, stopping;
	loop_fn *stopped;
	void *stopped_arg;
	char sim[32];
	char last_words[200];
};

/* gsm.c */
void gsm_set_health(struct gsm *gsm, enum channel_health health, const char *detail);
void gsm_set_hold(struct gsm *gsm);
void gsm_finish_part(struct gsm *gsm, const struct channel_outcome *outcome);
/* Sets the moment at which the process counts as hung, from what is awaited of it. */
void gsm_set_deadline(struct gsm *gsm);

/* gsm_frames.c */
void gsm_ready(int ready, void *gsm);
void gsm_read(struct gsm *gsm);
void gsm_flush(struct gsm *gsm);

#endif
