/*
 * Owns: channel `gsm`: the daemon's side of one modem process.
 * May use: base/, loop/, modem/protocol.h, channel/channel.h.
 * Must not know: libgammu, AT, the domain.
 *
 * Each modem is served by a nhacviec-modem of its own, over a socket pair. A process that hangs is
 * killed and replaced: kill is the only real time-out. Nothing here ever waits for it.
 */
#ifndef CHANNEL_GSM_H
#define CHANNEL_GSM_H

#include "channel/channel.h"

#define GSM_FINGERPRINT_MAX 20

struct gsm_config {
	const char *name, *device, *connection;
	const char *pin;     /* "" none */
	bool pin_is_refused; /* this very PIN was refused before: start halted, try nothing */
	const char *pace;    /* auto | patient | brisk */
	int64_t verdict_limit_ms;
	const char *program;      /* path of nhacviec-modem */
	const char *state_dir;    /* lock and journal of the process */
	const char *clock_socket; /* NULL: the machine's clock */
};

/* Everything in `config` is copied; `events` and `owner` must outlive the channel. */
struct channel *gsm_channel_new(struct loop *loop, const struct gsm_config *config,
    const struct channel_events *events, void *owner);

/* What is remembered of a refused PIN: enough to know it again, not the PIN itself (an 8-digit
 * secret cannot be hidden from who holds the database; it keeps it out of sight and backups). */
void gsm_pin_fingerprint(const char *pin, char out[GSM_FINGERPRINT_MAX]);

#endif
