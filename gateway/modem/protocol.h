/*
 * Owns: the frames between the daemon's channel `gsm` and one nhacviec-modem process.
 * May use: base/frame.h.
 * Must not know: libgammu, obligations.
 *
 * Fields are written in the order listed: (i) integer, (t) text. Texts are UTF-8. The socket is a
 * SOCK_STREAM socket pair; the process's end is descriptor 3.
 */
#ifndef MODEM_PROTOCOL_H
#define MODEM_PROTOCOL_H

/* Daemon → modem process. */
enum modem_request {
	/* First frame, once. (t) device path, (t) connection e.g. "at115200", (t) PIN or "",
	 * (t) pace: auto | patient | brisk, (i) verdict limit in ms: how long the network may take
	 * to answer a submit, (t) clock socket or "" for the machine's clock, (t) directory for the
	 * lock, the journal of outcomes nobody took and the note modem-NAME.pin-tried (who allows a
	 * refused PIN to be tried again removes it first), (t) modem name */
	MODEM_REQUEST_CONFIGURE = 1,
	/* One part. (i) attempt id, (i) part index from 0, (t) number E.164 or short code,
	 * (i) encoding: 0 GSM-7, 1 UCS-2, (t) the part's own text, (i) concatenation reference
	 * 0…255, (i) parts in all (1: no header), (i) validity in minutes, (i) 1 = ask for a
	 * receipt */
	MODEM_REQUEST_SUBMIT,
	/* The text of this slot is stored durably: delete it. (t) slot, as reported */
	MODEM_REQUEST_DELETE,
	/* Finish the submit in flight, then exit 0. No fields. */
	MODEM_REQUEST_STOP,
	/* Are you alive? Answered by MODEM_EVENT_PONG when no libgammu call is under way. (i) any
	 */
	MODEM_REQUEST_PING,
};

/* Modem process → daemon. */
enum modem_event {
	/* (i) enum modem_state, (t) what happened, for people, (t) IMEI or "", (t) IMSI or "",
	 * (i) signal in percent or -1 */
	MODEM_EVENT_STATE = 1,
	/* Written before libgammu hears of the part: without it the part was never submitted.
	 * (i) attempt id, (i) part index */
	MODEM_EVENT_BEGUN,
	/* (i) attempt id, (i) part index, (i) enum modem_outcome, (i) CMS/CME code or 0,
	 * (i) message reference 0…255 or -1, (t) detail for the log */
	MODEM_EVENT_OUTCOME,
	/* One part of a text. (t) slot, a word that only this process reads, (t) sender as given:
	 * "+84…", short code or alphanumeric, (i) sender is alphanumeric, (i) network time (SCTS)
	 * ms since 1970 UTC, (i) encoding: 0 GSM-7, 1 UCS-2, 2 8-bit, (i) concatenation reference
	 * or -1, (i) parts in all, (i) this part from 1, (t) text; for 8-bit and undecodable texts
	 * the bytes in hex */
	MODEM_EVENT_INBOUND,
	/* (t) slot or "" when it was not stored on the modem, (i) message reference, (t) recipient,
	 * (i) raw TP-ST, (i) submit time ms UTC as in the report, (i) discharge time ms UTC */
	MODEM_EVENT_RECEIPT,
	/* (i) as asked */
	MODEM_EVENT_PONG,
	/* The modem's store: (i) slots used, (i) slots there are. Sent when it changes much, and
	 * always when full */
	MODEM_EVENT_STORAGE,
};

enum modem_state {
	MODEM_CONNECTING = 1,
	MODEM_READY,
	MODEM_BUSY_ELSEWHERE, /* another process holds the device; waiting for it */
	MODEM_NO_DEVICE,      /* path missing, not a tty, or it vanished; the process exits next */
	MODEM_PIN_WANTED,     /* no PIN configured; the process exits next */
	MODEM_PIN_REFUSED,    /* never try this PIN again; the process exits next */
	MODEM_FAILED,         /* no answer or libgammu failed; the process exits next */
	MODEM_STOPPING,
};

enum modem_outcome {
	MODEM_SENT = 1,        /* the network took it; the reference is valid when >= 0 */
	MODEM_NOT_SENT,        /* proven: nothing reached the network; temporary */
	MODEM_REFUSED,         /* the network or the modem refused it for now (CMS code) */
	MODEM_REFUSED_FOREVER, /* refused, and repeating is pointless (bad number, barred) */
	MODEM_OUTCOME_UNKNOWN, /* it may have left: never repeat blindly */
};

#endif
