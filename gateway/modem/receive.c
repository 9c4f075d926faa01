/*
 * Owns: what comes in from the modem.
 * May use: modem/session.h, modem/link.h, modem/marks.h, modem/raw.h, modem/times.h, modem/ucs2.h.
 * Must not know: submits, the clock.
 */
#include "modem/receive.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "modem/raw.h"
#include "modem/times.h"
#include "modem/ucs2.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	STORE_MAX = 1000, /* slots of one memory; more is a modem gone wrong */
	CRASHES_TO_SET_ASIDE = 2,
	SECOND_MEMORY = 100000,
	NUMBER_UNITS = GSM_MAX_NUMBER_LENGTH,
	TEXT_UNITS = GSM_MAX_SMS_LENGTH,
	TEXT_BYTES_MAX = 4096,
};

void receive_init(struct receive *receive, const char *directory, const char *name)
{
	*receive = (struct receive){.used_told = -1};
	reading_mark_open(&receive->mark, directory, name);
	receive->careful = receive->mark.crashed;
	/* A daemon may still give back what it got from the process before this one. */
	receive->next_serial = (uint32_t)mono_of_machine().ms;
}

void receive_release(struct receive *receive)
{
	memory_free(receive->reported);
	*receive = (struct receive){0};
}

/* ── what has been reported ──────────────────────────────────────────────────────────────────────
 */

static struct reported *find_reported(const struct receive *receive, int location)
{
	for (size_t i = 0; i < receive->reported_count; i++)
		if (receive->reported[i].location == location)
			return &receive->reported[i];
	return NULL;
}

static const struct reported *note_reported(struct receive *receive, int location, bool aside)
{
	ARRAY_GROW(receive->reported, receive->reported_count, receive->reported_capacity);
	struct reported *reported = &receive->reported[receive->reported_count++];
	*reported = (struct reported){location, receive->next_serial++, aside};
	return reported;
}

static void forget_reported(struct receive *receive, struct reported *reported)
{
	*reported = receive->reported[--receive->reported_count];
}

/* As the daemon gives it back. */
static void name_slot(char *slot, size_t size, const struct reported *reported)
{
	slot[0] = '\0';
	if (reported != NULL)
		snprintf(slot, size, "%d:%" PRIu32, reported->location, reported->serial);
}

static struct reported *find_named(const struct receive *receive, const char *slot)
{
	int location;
	uint32_t serial;
	if (sscanf(slot, "%d:%" SCNu32, &location, &serial) != 2)
		return NULL;
	struct reported *reported = find_reported(receive, location);
	return reported != NULL && reported->serial == serial ? reported : NULL;
}

/* ── one message ─────────────────────────────────────────────────────────────────────────────────
 */

static int64_t wall_ms(const GSM_DateTime *stamp)
{
	return times_to_wall_ms(&(struct network_time){
	    .year = stamp->Year,
	    .month = stamp->Month,
	    .day = stamp->Day,
	    .hour = stamp->Hour,
	    .minute = stamp->Minute,
	    .second = stamp->Second,
	    .zone_seconds = stamp->Timezone,
	});
}

bool receive_find_concatenation(
    const unsigned char *header, size_t len, int *reference, int *parts, int *part)
{
	if (len < 1)
		return false;
	size_t end = (size_t)header[0] + 1 < len ? (size_t)header[0] + 1 : len;
	for (size_t at = 1; at + 2 <= end; at += 2 + (size_t)header[at + 1]) {
		const unsigned char *element = header + at + 2;
		size_t size = header[at + 1];
		if (at + 2 + size > end)
			return false;
		if (header[at] == 0x00 && size == 3) {
			*reference = element[0];
			element += 1;
		} else if (header[at] == 0x08 && size == 4) {
			*reference = element[0] << 8 | element[1];
			element += 2;
		} else {
			continue;
		}
		*parts = element[0];
		*part = element[1];
		return *parts > 0 && *part > 0 && *part <= *parts;
	}
	return false;
}

static bool is_alphanumeric(const char *sender)
{
	size_t sign = sender[0] == '+';
	return sender[sign + strspn(sender + sign, "0123456789*#")] != '\0';
}

static int encoding_of(const GSM_SMSMessage *message)
{
	switch (message->Coding) {
	case SMS_Coding_Default_No_Compression:
		return 0;
	case SMS_Coding_Unicode_No_Compression:
		return 1;
	default:
		return 2;
	}
}

static void add_text(struct buffer *text, const GSM_SMSMessage *message, int encoding)
{
	if (encoding != 2) {
		ucs2_to_utf8(text, message->Text, TEXT_UNITS);
		return;
	}
	int len = message->Length;
	if (len < 0 || len > (int)sizeof message->Text)
		len = 0;
	for (int i = 0; i < len; i++)
		buffer_printf(text, "%02x", message->Text[i]);
}

static void send_text(
    struct link *link, const GSM_SMSMessage *message, const struct reported *reported)
{
	OWNED_BUFFER sender = BUFFER(TEXT_BYTES_MAX);
	OWNED_BUFFER text = BUFFER(TEXT_BYTES_MAX);
	struct inbound_part part = {
	    .sent_ms = wall_ms(&message->DateTime),
	    .encoding = encoding_of(message),
	    .reference = -1,
	    .parts = 1,
	    .part = 1,
	};
	size_t header = message->UDH.Type == UDH_NoUDH || message->UDH.Length < 0 ? 0
			: (size_t)message->UDH.Length < sizeof message->UDH.Text
			    ? (size_t)message->UDH.Length
			    : sizeof message->UDH.Text;
	if (!receive_find_concatenation(
		message->UDH.Text, header, &part.reference, &part.parts, &part.part)) {
		part.reference = -1;
		part.parts = part.part = 1;
	}
	ucs2_to_utf8(&sender, message->Number, NUMBER_UNITS);
	add_text(&text, message, part.encoding);
	name_slot(part.slot, sizeof part.slot, reported);
	part.sender = buffer_text(&sender);
	part.alphanumeric = is_alphanumeric(part.sender);
	part.text = buffer_text(&text);
	link_send_inbound(link, &part);
}

static void send_receipt(
    struct link *link, const GSM_SMSMessage *message, const struct reported *reported)
{
	OWNED_BUFFER recipient = BUFFER(TEXT_BYTES_MAX);
	struct receipt receipt = {
	    .reference = message->MessageReference,
	    .status = message->DeliveryStatus,
	    .submitted_ms = wall_ms(&message->DateTime),
	    .discharged_ms = wall_ms(&message->SMSCTime),
	};
	ucs2_to_utf8(&recipient, message->Number, NUMBER_UNITS);
	name_slot(receipt.slot, sizeof receipt.slot, reported);
	receipt.recipient = buffer_text(&recipient);
	link_send_receipt(link, &receipt);
}

/* ── the store ───────────────────────────────────────────────────────────────────────────────────
 */

static void take_stored(struct receive *receive, struct link *link, const GSM_SMSMessage *message)
{
	bool is_report = message->PDU == SMS_Status_Report;
	if (find_reported(receive, message->Location) != NULL ||
	    (!is_report && message->PDU != SMS_Deliver))
		return;
	const struct reported *reported = note_reported(receive, message->Location, false);
	if (is_report)
		send_receipt(link, message, reported);
	else
		send_text(link, message, reported);
}

static void tell_storage(struct receive *receive, struct link *link)
{
	int size = receive->sim_size + receive->phone_size;
	if (size <= 0)
		return;
	int change = abs(receive->used - receive->used_told);
	bool full = receive->used >= size;
	bool first = receive->used_told < 0;
	if (!first && !full && change * 5 < size)
		return;
	receive->used_told = receive->used;
	link_send_storage(link, receive->used, size);
}

void receive_measure(struct receive *receive, struct session *session)
{
	GSM_SMSMemoryStatus status = {0};
	session_guard(session, session->setup->limits.command);
	GSM_Error error = GSM_GetSMSStatus(session->machine, &status);
	session_unguard(session);
	if (error != ERR_NONE)
		return;
	receive->sim_size = status.SIMSize;
	receive->phone_size = status.PhoneSize;
	receive->used = status.SIMUsed + status.PhoneUsed;
}

/* libgammu counts the second memory's slots from SECOND_MEMORY. */
static const char *memory_of(const struct receive *receive, int location)
{
	return location < SECOND_MEMORY && receive->sim_size > 0 ? "SM" : "ME";
}

/* ── what libgammu cannot read ───────────────────────────────────────────────────────────────── */

static enum raw_result set_aside(
    struct receive *receive, struct session *session, struct link *link, int location)
{
	OWNED_BUFFER hex = BUFFER(TEXT_BYTES_MAX);
	enum raw_result result = raw_read_slot(
	    session->tty, memory_of(receive, location), location % SECOND_MEMORY, &hex);
	log_event(LOG_WARNING, "modem.set-aside", "slot=%d found=%s", location,
	    result == RAW_DONE ? "yes" : "no");
	if (result == RAW_SILENT)
		return result;
	const struct reported *reported = note_reported(receive, location, true);
	if (result == RAW_REFUSED)
		return result; /* known from now on, and not asked for again */
	struct inbound_part part = {
	    .sender = "",
	    .alphanumeric = true, /* never to be answered */
	    .encoding = 2,
	    .reference = -1,
	    .parts = 1,
	    .part = 1,
	    .text = buffer_text(&hex),
	};
	name_slot(part.slot, sizeof part.slot, reported);
	link_send_inbound(link, &part);
	return result;
}

/* What one slot turned out to be. */
enum reading { READING_FINE, READING_UNREADABLE, READING_BROKEN };

static enum reading read_slot(struct receive *receive, struct session *session, struct link *link,
    GSM_MultiSMSMessage *messages, int location)
{
	messages->SMS[0].Folder = 0;
	messages->SMS[0].Location = location;
	reading_mark_set(&receive->mark, location);
	session_guard(session, session->setup->limits.listing);
	GSM_Error error = GSM_GetSMS(session->machine, messages);
	session_unguard(session);
	if (session->doubtful || error == ERR_TIMEOUT || error == ERR_ABORTED)
		return READING_BROKEN;
	if (error == ERR_EMPTY || error == ERR_INVALIDLOCATION)
		return READING_FINE;
	if (error != ERR_NONE || messages->Number < 1) {
		log_event(LOG_WARNING, "modem.unreadable", "slot=%d error=%s", location,
		    log_quote(GSM_ErrorString(error)).text);
		return READING_UNREADABLE;
	}
	messages->SMS[0].Location = location;
	take_stored(receive, link, &messages->SMS[0]);
	receive->used++;
	return READING_FINE;
}

/* Slots `first` to `last`, one by one. Returns false when the connection broke; `spoke_raw` is set
 * when libgammu was gone round. */
static bool read_slots(struct receive *receive, struct session *session, struct link *link,
    GSM_MultiSMSMessage *messages, int first, int last, bool *spoke_raw)
{
	for (int location = first; location <= last; location++) {
		bool crashes =
		    receive->mark.slot == location && receive->mark.times >= CRASHES_TO_SET_ASIDE;
		if (find_reported(receive, location) != NULL) {
			receive->used++;
			continue;
		}
		enum reading reading = crashes
					   ? READING_UNREADABLE
					   : read_slot(receive, session, link, messages, location);
		if (reading == READING_UNREADABLE) {
			*spoke_raw = true;
			if (set_aside(receive, session, link, location) == RAW_SILENT)
				reading = READING_BROKEN;
		}
		if (reading == READING_BROKEN)
			return false;
	}
	return true;
}

static int at_most(int size)
{
	return size < STORE_MAX ? size : STORE_MAX;
}

/* A text that libgammu cannot decode, or that crashes it, ends its listing: slot by slot only that
 * one is missed, and set aside. */
static void read_carefully(struct receive *receive, struct session *session, struct link *link,
    GSM_MultiSMSMessage *messages)
{
	bool spoke_raw = false;
	receive_measure(receive, session);
	int first = receive->sim_size > 0 ? receive->sim_size : receive->phone_size;
	int second = receive->sim_size > 0 ? receive->phone_size : 0;
	receive->used = 0;
	bool whole = !session->doubtful &&
		     read_slots(receive, session, link, messages, 1, at_most(first), &spoke_raw) &&
		     read_slots(receive, session, link, messages, SECOND_MEMORY + 1,
			 SECOND_MEMORY + at_most(second), &spoke_raw);
	session->doubtful |= !whole || spoke_raw;
}

/* Reads by libgammu's listing. Returns how it ended: ERR_EMPTY when the whole store was read. */
static GSM_Error read_listing(struct receive *receive, struct session *session, struct link *link,
    GSM_MultiSMSMessage *messages)
{
	GSM_Error error = ERR_FULL;
	int used = 0;
	reading_mark_set(&receive->mark, 0);
	while (used < STORE_MAX && !session->doubtful) {
		messages->SMS[0].Folder = 0;
		session_guard(session, session->setup->limits.listing);
		error = GSM_GetNextSMS(session->machine, messages, used == 0);
		session_unguard(session);
		if (error != ERR_NONE || messages->Number < 1)
			break;
		used++;
		take_stored(receive, link, &messages->SMS[0]);
	}
	session->doubtful |= error == ERR_TIMEOUT || error == ERR_ABORTED;
	if (error != ERR_NONE && error != ERR_EMPTY)
		return error;
	receive->used = used;
	return ERR_EMPTY;
}

static bool has_aside(const struct receive *receive)
{
	for (size_t i = 0; i < receive->reported_count; i++)
		if (receive->reported[i].aside)
			return true;
	return false;
}

void receive_list(struct receive *receive, struct session *session, struct link *link)
{
	GSM_MultiSMSMessage *messages = memory_new(sizeof *messages);
	session->incoming = false;
	bool slot_by_slot = receive->careful || has_aside(receive);
	if (!slot_by_slot) {
		GSM_Error error = read_listing(receive, session, link, messages);
		slot_by_slot = error != ERR_EMPTY && !session->doubtful;
		if (error != ERR_EMPTY)
			log_event(LOG_WARNING, "modem.listing", "error=%s",
			    log_quote(GSM_ErrorString(error)).text);
	}
	if (slot_by_slot)
		read_carefully(receive, session, link, messages);
	if (!slot_by_slot || !session->doubtful)
		receive->careful = false;
	reading_mark_clear(&receive->mark);
	memory_free(messages);
	if (!session->doubtful)
		tell_storage(receive, link);
}

void receive_send_direct(struct session *session, struct link *link)
{
	for (int i = 0; i < session->direct_count; i++) {
		send_receipt(link, session->direct[i], NULL);
		memory_free(session->direct[i]);
	}
	session->direct_count = 0;
}

/* ── deleting ────────────────────────────────────────────────────────────────────────────────── */

/* libgammu reads a text before it deletes it, so what it cannot read is deleted past it. */
static enum raw_result delete_raw(struct receive *receive, struct session *session, int location)
{
	session->doubtful = true;
	return raw_delete_slot(
	    session->tty, memory_of(receive, location), location % SECOND_MEMORY);
}

static enum raw_result delete_slot(struct receive *receive, struct session *session, int location)
{
	GSM_SMSMessage *message = memory_new(sizeof *message);
	message->Location = location;
	session_guard(session, session->setup->limits.listing);
	GSM_Error error = GSM_DeleteSMS(session->machine, message);
	session_unguard(session);
	memory_free(message);
	if (error == ERR_NONE || error == ERR_EMPTY || error == ERR_INVALIDLOCATION)
		return RAW_DONE;
	log_event(LOG_WARNING, "modem.delete", "slot=%d error=%s", location,
	    log_quote(GSM_ErrorString(error)).text);
	session->doubtful |= error == ERR_TIMEOUT || error == ERR_ABORTED;
	return session->doubtful ? RAW_SILENT : delete_raw(receive, session, location);
}

bool receive_delete(struct receive *receive, struct session *session, const char *slot)
{
	struct reported *reported = find_named(receive, slot);
	if (reported == NULL) {
		log_event(LOG_WARNING, "modem.delete", "slot=%s error=\"not what was reported\"",
		    log_quote(slot).text);
		return true;
	}
	enum raw_result result = reported->aside
				     ? delete_raw(receive, session, reported->location)
				     : delete_slot(receive, session, reported->location);
	if (result == RAW_DONE) {
		forget_reported(receive, reported);
		receive->used -= receive->used > 0;
	}
	return result != RAW_SILENT; /* what the modem will not delete stays known */
}
