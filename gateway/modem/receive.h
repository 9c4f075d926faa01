/*
 * Owns: what comes in: reading the modem's store, reports that come directly, deleting.
 * May use: modem/session.h, modem/link.h, modem/marks.h, modem/raw.h, modem/times.h, modem/ucs2.h.
 * Must not know: submits, the clock.
 */
#ifndef MODEM_RECEIVE_H
#define MODEM_RECEIVE_H

#include "modem/link.h"
#include "modem/marks.h"
#include "modem/session.h"

#include <stdbool.h>
#include <stdint.h>

/* A slot that was told to the daemon and is not yet deleted. */
struct reported {
	int location;
	uint32_t serial; /* tells this text from a later one in the same slot */
	bool aside;      /* libgammu must not be let near it */
};

struct receive {
	struct reading_mark mark;
	bool careful; /* read slot by slot, each noted: something in the store crashed a reader */
	struct reported *reported;
	size_t reported_count, reported_capacity;
	uint32_t next_serial;
	int sim_size, phone_size; /* slots of the two memories; 0 when there is none */
	int used, used_told;      /* slots used; as last told to the daemon */
};

/* `directory` and `name` place the note about a reading under way (modem/marks.h). After a reading
 * that never ended the store is read slot by slot; a slot at which two such readings ended is set
 * aside: its bytes are read past libgammu and reported in hex. */
void receive_init(struct receive *receive, const char *directory, const char *name);
void receive_release(struct receive *receive);

/* Asks how large the modem's memories are. */
void receive_measure(struct receive *receive, struct session *session);

/* Reads the whole store and sends what was not yet reported to the daemon as INBOUND and RECEIPT,
 * and STORAGE when the store fills; a text that libgammu cannot decode is sent in hex. Takes back
 * session->incoming. Marks the session doubtful when the modem stopped answering or was spoken to
 * past libgammu. */
void receive_list(struct receive *receive, struct session *session, struct link *link);

/* Sends the reports that came without being stored. */
void receive_send_direct(struct session *session, struct link *link);

/* Deletes one slot, as it was reported; one that is not there counts as deleted, one that this
 * process never reported, or in which another text lies by now, is left alone. Returns false when
 * the modem did not answer: the session is doubtful then, and the slot is to be deleted in the
 * next. */
bool receive_delete(struct receive *receive, struct session *session, const char *slot);

/* Tells, from a user data header of `len` bytes with its length byte, the place in a concatenated
 * message. Returns false when there is none. Never reads past `len`. */
bool receive_find_concatenation(
    const unsigned char *header, size_t len, int *reference, int *parts, int *part);

#endif
