/*
 * Owns: the SMS PDUs between a modem and its network, from the network's side: SUBMIT is read,
 * DELIVER and STATUS-REPORT are written.
 * May use: base/, text/.
 * Must not know: AT commands, subscribers.
 *
 * Source: 3GPP TS 23.040 sections 9.2.2 (message types), 9.1.2 (addresses), 9.2.3.11 (time stamp).
 * In hex, with the service centre's address in front, as AT commands carry them.
 */
#ifndef REHEARSAL_PDU_H
#define REHEARSAL_PDU_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/result.h"

#define PDU_TEXT_MAX 700

struct pdu_submit {
	char to[24]; /* "+84…" or as dialled */
	bool wants_receipt;
	bool flash;
	int encoding;                      /* 0 GSM-7, 1 UCS-2, 2 8-bit (text is hex) */
	int concat_reference, parts, part; /* -1, 1, 1 when there is no header */
	int validity_minutes;              /* 0: none given */
	char text[PDU_TEXT_MAX];
};

/* `tpdu_len`: the length that AT+CMGS announced (without the service centre's address); -1 not
 * checked. */
MUST_CHECK enum result pdu_read_submit(
    const char *hex, int tpdu_len, struct pdu_submit *out, struct failure *failure);

struct pdu_deliver {
	const char *from; /* "+84…", digits, or a name (then alphanumeric) */
	struct wall time;
	int zone_minutes;
	int encoding;                      /* 0 or 1 */
	int concat_reference, parts, part; /* reference -1: no header */
	const char *text;                  /* one part's */
};
/* Returns the TPDU's length in bytes, as AT+CMGL and CMGR show it. */
int pdu_write_deliver(const struct pdu_deliver *deliver, struct buffer *hex);

struct pdu_report {
	int reference;
	const char *recipient;
	struct wall submitted, discharged;
	int zone_minutes;
	int status; /* TP-ST */
};
int pdu_write_report(const struct pdu_report *report, struct buffer *hex);

#endif
