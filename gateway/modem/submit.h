/*
 * Owns: one part on its way: building it, handing it over, and judging what came back.
 * May use: modem/session.h, modem/times.h, modem/cms.h, modem/ucs2.h.
 * Must not know: frames, queues, the clock.
 */
#ifndef MODEM_SUBMIT_H
#define MODEM_SUBMIT_H

#include "modem/outcome.h"
#include "modem/session.h"

#include <stdbool.h>

struct submit_part {
	int64_t attempt;
	int part; /* from 0 */
	char number[40];
	bool ucs2;     /* else GSM-7 */
	char *text;    /* UTF-8, one part's own */
	int reference; /* concatenation, 0…255 */
	int parts;     /* 1: no header */
	int64_t validity_minutes;
	bool receipt;
};

/* Fills `message` for GSM_SendSMS exactly as the part says; the text is neither split nor altered.
 * `service_centre` is libgammu's text (UCS-2BE). Returns NULL, or what is wrong with the part. */
const char *submit_build(
    GSM_SMSMessage *message, const struct submit_part *part, const unsigned char *service_centre);

enum submit_progress {
	SUBMIT_WAITING, /* with the modem; the verdict is to come */
	SUBMIT_DECIDED, /* *outcome is filled; the session may be used on */
	SUBMIT_BROKEN,  /* *outcome is filled; the session must be closed */
};

/* Hands the part to the modem; blocks for up to limits.prompt. `lost_prompt` is set when the modem
 * never asked for the text. */
enum submit_progress submit_begin(struct session *session, const struct submit_part *part,
    struct outcome *outcome, bool *lost_prompt);

/* Looks whether the verdict has come (session_read takes it in). */
enum submit_progress submit_look(
    struct session *session, const struct submit_part *part, struct outcome *outcome);

/* The verdict did not come within its limit, or the device went away: unknown. */
enum submit_progress submit_give_up(struct session *session, const struct submit_part *part,
    const char *why, struct outcome *outcome);

/* Fills an outcome for a part that was never handed over. */
void submit_not_sent(const struct submit_part *part, const char *why, struct outcome *outcome);

void submit_part_clear(struct submit_part *part);

#endif
