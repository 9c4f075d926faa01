/*
 * Owns: one part on its way to the network.
 * May use: modem/session.h, modem/times.h, modem/cms.h, modem/ucs2.h.
 * Must not know: frames, queues, the clock.
 */
#include "modem/submit.h"

#include "base/memory.h"
#include "modem/cms.h"
#include "modem/times.h"
#include "modem/ucs2.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	TEXT_UNITS = 161, /* the longest part, 160 letters, and the closing zero */
	NUMBER_DIGITS = 20,
	ESCAPE = 0x1b,
};

static bool number_is_plain(const char *number)
{
	size_t sign = number[0] == '+';
	size_t digits = strspn(number + sign, "0123456789");
	return digits > 0 && digits <= NUMBER_DIGITS && number[sign + digits] == '\0';
}

/* libgammu would cut what is too long and replace letters it cannot encode, both in silence. */
static const char *text_fault(const GSM_SMSMessage *message, const struct submit_part *part)
{
	bool whole = part->parts == 1;
	int taken = part->ucs2 ? message->Length : ucs2_count_septets(message->Text);
	int room = part->ucs2 ? (whole ? 70 : 67) : (whole ? 160 : 153);
	if (taken < 0)
		return "the text has letters that GSM-7 does not know";
	return taken > room ? "the text is too long for one part" : NULL;
}

static void add_concatenation(GSM_SMSMessage *message, const struct submit_part *part)
{
	message->UDH.Type = UDH_ConcatenatedMessages;
	message->UDH.ID8bit = part->reference;
	message->UDH.ID16bit = -1;
	message->UDH.AllParts = part->parts;
	message->UDH.PartNumber = part->part + 1;
	GSM_EncodeUDHHeader(NULL, &message->UDH);
}

const char *submit_build(
    GSM_SMSMessage *message, const struct submit_part *part, const unsigned char *service_centre)
{
	*message = (GSM_SMSMessage){
	    .PDU = part->receipt ? SMS_Status_Report : SMS_Submit,
	    .Coding =
		part->ucs2 ? SMS_Coding_Unicode_No_Compression : SMS_Coding_Default_No_Compression,
	    .State = SMS_UnSent,
	    .Class = GSM_SMS_None, /* 0 would be a flash text */
	    .UDH = {.Type = UDH_NoUDH, .ID8bit = -1, .ID16bit = -1},
	    .SMSC.Validity = {.Format = SMS_Validity_RelativeFormat,
		.Relative = (GSM_ValidityPeriod)times_encode_validity(part->validity_minutes)},
	};
	if (!number_is_plain(part->number))
		return "the number is not one an SMS can go to";
	if (part->parts < 1 || part->parts > 255 || part->part < 0 || part->part >= part->parts ||
	    part->reference < 0 || part->reference > 255)
		return "the part's place in its message is impossible";
	if (!ucs2_from_utf8(message->Text, TEXT_UNITS, part->text))
		return "the text is not UTF-8 or too long for one part";
	message->Length = (int)UnicodeLength(message->Text);
	if (!ucs2_from_utf8(message->Number, sizeof part->number, part->number))
		return "the number is not one an SMS can go to";
	memcpy(message->SMSC.Number, service_centre, sizeof message->SMSC.Number);
	if (part->parts > 1)
		add_concatenation(message, part);
	return text_fault(message, part);
}

static void fill(struct outcome *outcome, const struct submit_part *part, enum modem_outcome result,
    const char *detail)
{
	*outcome = (struct outcome){
	    .attempt = part->attempt,
	    .part = part->part,
	    .result = result,
	    .reference = -1,
	};
	snprintf(outcome->detail, sizeof outcome->detail, "%s", detail);
}

void submit_not_sent(const struct submit_part *part, const char *why, struct outcome *outcome)
{
	fill(outcome, part, MODEM_NOT_SENT, why);
}

/* After a refusal libgammu 1.42 may still take the next line for a prompt; a cheap question shows
 * whether it is in step. */
static enum submit_progress refused(
    struct session *session, const struct submit_part *part, struct outcome *outcome)
{
	int code = session->verdict_status > 0 ? session->verdict_status : 0;
	fill(outcome, part, cms_outcome(code), cms_name(code));
	outcome->code = code;
	session->submit_open = session->verdict_came = false;
	return session_probe(session) ? SUBMIT_DECIDED : SUBMIT_BROKEN;
}

/* The prompt never came. ESC leaves a prompt that was only late, before the next command would be
 * taken for the text. */
static enum submit_progress lost(struct session *session, const struct submit_part *part,
    GSM_Error error, struct outcome *outcome)
{
	char detail[120];
	snprintf(detail, sizeof detail, "the modem did not ask for the text: %.80s",
	    GSM_ErrorString(error));
	fill(outcome, part, MODEM_NOT_SENT, detail);
	const char escape = ESCAPE;
	session->submit_open = false;
	session->doubtful = true;
	if (write(session->tty, &escape, 1) != 1)
		snprintf(outcome->detail, sizeof outcome->detail, "the device went away");
	return SUBMIT_BROKEN;
}

enum submit_progress submit_begin(struct session *session, const struct submit_part *part,
    struct outcome *outcome, bool *lost_prompt)
{
	GSM_SMSMessage message;
	*lost_prompt = false;
	const char *fault = submit_build(&message, part, session->service_centre);
	if (fault != NULL) {
		fill(outcome, part, MODEM_REFUSED_FOREVER, fault);
		return SUBMIT_DECIDED;
	}
	session->verdict_came = false;
	session->submit_open = true;
	session_guard(session, session->setup->limits.prompt);
	GSM_Error error = GSM_SendSMS(session->machine, &message);
	bool aborted = session_unguard(session);
	if (error == ERR_NONE)
		return aborted ? submit_give_up(session, part, "aborted while writing", outcome)
			       : submit_look(session, part, outcome);
	/* The text is written only once the prompt has come, and after that libgammu waits for
	 * nothing: only a failed write can have let bytes out. */
	if (error == ERR_DEVICEWRITEERROR)
		return submit_give_up(session, part, "writing to the modem failed", outcome);
	if (session->verdict_came && session->verdict_status != 0)
		return refused(session, part, outcome);
	*lost_prompt = true;
	return lost(session, part, error, outcome);
}

enum submit_progress submit_look(
    struct session *session, const struct submit_part *part, struct outcome *outcome)
{
	if (!session->verdict_came)
		return session->doubtful
			   ? submit_give_up(session, part, "the connection broke", outcome)
			   : SUBMIT_WAITING;
	if (session->verdict_status != 0)
		return refused(session, part, outcome);
	if (session->verdict_reference < 0 || session->verdict_reference > 255)
		return submit_give_up(
		    session, part, "an OK without a reference proves nothing", outcome);
	fill(outcome, part, MODEM_SENT, "");
	outcome->reference = session->verdict_reference;
	session->submit_open = session->verdict_came = false;
	return SUBMIT_DECIDED;
}

enum submit_progress submit_give_up(struct session *session, const struct submit_part *part,
    const char *why, struct outcome *outcome)
{
	fill(outcome, part, MODEM_OUTCOME_UNKNOWN, why);
	session->submit_open = session->verdict_came = false;
	session->doubtful = true;
	return SUBMIT_BROKEN;
}

void submit_part_clear(struct submit_part *part)
{
	memory_free(part->text);
	*part = (struct submit_part){0};
}
