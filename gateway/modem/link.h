/*
 * Owns: the socket to the daemon: requests in, events out, and the memory of what it may have lost.
 * May use: base/frame.h, modem/protocol.h, modem/journal.h.
 * Must not know: libgammu, what requests do.
 */
#ifndef MODEM_LINK_H
#define MODEM_LINK_H

#include "base/buffer.h"
#include "base/frame.h"
#include "modem/outcome.h"

#include <stdbool.h>
#include <stdint.h>

enum { LINK_OUTCOMES_KEPT = 32 };

struct link {
	int fd;
	struct buffer in, out;
	bool gone; /* the daemon closed its end or the stream is broken; nothing more can be sent */
	struct outcome kept[LINK_OUTCOMES_KEPT]; /* the newest outcomes, a ring */
	unsigned outcomes;                       /* sent since the start */
};

/* Takes over descriptor `fd` and makes it non-blocking. */
void link_open(struct link *link, int fd);
void link_close(struct link *link);

/* Reads what has come. Sets `gone` at the end of the stream. */
void link_read(struct link *link);

/* The next request, or false. It is valid until link_drop_request, which must follow. */
bool link_next_request(struct link *link, struct frame *request, size_t *size);
void link_drop_request(struct link *link, size_t size);

/* Writes what waits in `out`, waiting for room for up to `wait_ms` of real time. Returns true when
 * everything is with the kernel. */
bool link_flush(struct link *link, int wait_ms);

/* Each queues one event and tries to write it at once; nothing happens when the link is gone. */
void link_send_state(struct link *link, enum modem_state state, const char *detail,
    const char *imei, const char *imsi, int signal);
void link_send_begun(struct link *link, int64_t attempt, int part);
void link_send_outcome(struct link *link, const struct outcome *outcome);
void link_send_pong(struct link *link, int64_t token);
void link_send_storage(struct link *link, int used, int size);

struct inbound_part {
	char slot[24];
	const char *sender;
	bool alphanumeric;
	int64_t sent_ms;
	int encoding; /* 0 GSM-7, 1 UCS-2, 2 8-bit */
	int reference, parts, part;
	const char *text;
};
void link_send_inbound(struct link *link, const struct inbound_part *part);

struct receipt {
	char slot[24];
	int reference;
	const char *recipient;
	int status; /* raw TP-ST */
	int64_t submitted_ms, discharged_ms;
};
void link_send_receipt(struct link *link, const struct receipt *receipt);

/* Writes to the journal at `path` the outcomes that the daemon may not have taken: the kept ones.
 * Bytes that the kernel took are no proof that a daemon which died read them, so the newest go
 * there even when they were written; a daemon ignores an outcome it has recorded. */
void link_keep_outcomes(struct link *link, const char *path);

#endif
