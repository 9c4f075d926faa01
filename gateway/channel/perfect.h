/*
 * Owns: channel `perfect`: a network without failures inside this process, for simulation.
 * May use: base/, loop/, text/, channel/channel.h.
 * Must not know: the domain, what those who are texted answer.
 *
 * It accepts each part after a fixed time, delivers it and tells the receipt at once; several may
 * stand side by side as modems do. What modem and network do to moments is done here too: those
 * that a network tells have whole seconds.
 */
#ifndef CHANNEL_PERFECT_H
#define CHANNEL_PERFECT_H

#include "channel/channel.h"

struct perfect_config {
	const char *name;         /* copied */
	const char *address_kind; /* borrowed; NULL: phones */
	int64_t part_ms;          /* from submit to verdict; 0: at the same moment */
	/* A part has reached the handset: told after its outcome and receipt, with the same part
	 * that was submitted. `name` is the channel's. */
	void (*delivered)(void *owner, const char *name, const struct channel_part *part);
};

/* `events` and `owner` must outlive the channel. What is not a phone number is refused for ever. */
struct channel *perfect_channel_new(struct loop *loop, const struct perfect_config *config,
    const struct channel_events *events, void *owner);

/* Somebody texts this channel, which was made here. Told by `inbound` a turn later, in as many
 * parts as the text takes, each with a slot; both texts are copied. RESULT_LIMIT when it is longer
 * than any text may be. */
MUST_CHECK enum result perfect_channel_say(
    struct channel *channel, const char *sender, const char *text, struct failure *failure);

#endif
