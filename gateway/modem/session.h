/*
 * Owns: one connection to one modem through libgammu, from opening to closing.
 * May use: libgammu (included here and nowhere else), modem/watchdog.h, modem/marks.h.
 * Must not know: frames, the daemon, queues.
 *
 * A session is used until the first doubt (time-out, abort, a verdict that never came), then closed
 * and connected anew: libgammu's state machine never recovers from those. One thread.
 */
#ifndef MODEM_SESSION_H
#define MODEM_SESSION_H

#include "base/buffer.h"
#include "modem/watchdog.h"

#include <gammu.h>
#include <stdbool.h>
#include <stdint.h>

/* Real-time bounds for calls into libgammu, in ms. */
struct session_limits {
	int connect; /* the whole initialisation */
	int command; /* any short question */
	int prompt;  /* the prompt and the writing of one part */
	int listing; /* reading the modem's store once */
};

struct session_setup {
	const char *device;     /* path of the tty */
	const char *connection; /* "at115200" */
	const char *pin;        /* "" for none; never logged */
	const char *pin_mark;   /* path of the note that it was tried (modem/marks.h) */
	struct session_limits limits;
};

enum session_result {
	SESSION_CONNECTED,
	SESSION_NO_DEVICE,
	SESSION_PIN_WANTED,
	SESSION_PIN_REFUSED,
	SESSION_FAILED,
};

enum { SESSION_DIRECT_MAX = 32 };

struct session {
	const struct session_setup *setup;
	GSM_StateMachine *machine; /* NULL when closed */
	struct watchdog *watchdog;
	int tty; /* libgammu's descriptor, for poll(2) alone; -1 when closed */
	unsigned char service_centre[(GSM_MAX_NUMBER_LENGTH + 1) * 2];
	char imei[64], imsi[64];
	int signal;       /* percent or -1 */
	bool indications; /* the modem tells of what comes in; else it must be asked */
	bool doubtful;    /* a call failed in a way after which the session must not be used */
	int empty_reads;  /* readable, but nothing came: a device that went away does that */

	/* Set by libgammu's callbacks, which may do nothing else. */
	bool incoming;    /* something may lie in the modem's store */
	bool submit_open; /* a verdict that comes now belongs to the submit in flight */
	bool verdict_came;
	int verdict_status, verdict_reference;
	GSM_SMSMessage *direct[SESSION_DIRECT_MAX]; /* reports that came without being stored */
	int direct_count;
};

/* `setup` is borrowed for the session's life. */
void session_init(struct session *session, const struct session_setup *setup);
void session_release(struct session *session);

/* Opens the device and prepares the modem; blocks for up to setup->limits.connect and a few
 * commands. On anything but SESSION_CONNECTED the session is closed again and `detail` says for
 * people what happened and what to do. */
enum session_result session_connect(struct session *session, struct buffer *detail);

/* Closes; fine when closed already. Returns false when libgammu left the device open: then the
 * process must exit to free it. */
bool session_close(struct session *session);

/* Takes what the modem has sent; call it when session->tty is readable. Returns false when the
 * device went away. */
bool session_read(struct session *session);

/* Asks for the signal: the cheap question that proves the modem alive. Updates session->signal.
 * Returns false when no proper answer came; the session is then doubtful. */
bool session_probe(struct session *session);

/* Every call into libgammu stands between these two: `ms` is its bound. session_unguard returns
 * true when the call was aborted, and marks the session doubtful then. */
void session_guard(struct session *session, int ms);
bool session_unguard(struct session *session);

#endif
