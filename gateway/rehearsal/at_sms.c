/*
 * Owns: the AT commands for texts: sending, listing, reading, deleting, the store.
 * May use: rehearsal/.
 * Must not know: subscribers, latency.
 *
 * Source: 3GPP TS 27.005, PDU mode.
 */
#include "rehearsal/internal.h"

#include "rehearsal/pdu.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define INVALID_PDU 304
#define INVALID_INDEX 321

static void cms_error(struct modem *modem, int code)
{
	modem_say(modem, "\r\n+CMS ERROR: %d\r\n", code);
}

static int status_of(const struct slot *slot)
{
	return slot->was_read ? 1 : 0;
}

static void list_slots(struct modem *modem, int wanted)
{
	for (int i = 1; i <= modem->slot_count; i++) {
		struct slot *slot = &modem->slots[i];
		if (!slot->used || (wanted != 4 && status_of(slot) != wanted))
			continue;
		modem_say(modem, "\r\n+CMGL: %d,%d,,%d\r\n%s\r\n", i, status_of(slot), slot->length,
		    slot->pdu);
		slot->was_read = true;
	}
	at_ok(modem);
}

static void read_slot(struct modem *modem, int index)
{
	if (index < 1 || index > modem->slot_count || !modem->slots[index].used) {
		cms_error(modem, INVALID_INDEX);
		return;
	}
	struct slot *slot = &modem->slots[index];
	modem_say(modem, "\r\n+CMGR: %d,,%d\r\n%s\r\n", status_of(slot), slot->length, slot->pdu);
	slot->was_read = true;
	at_ok(modem);
}

static void delete_slot(struct modem *modem, int index)
{
	if (index < 1 || index > modem->slot_count || !modem->slots[index].used) {
		cms_error(modem, INVALID_INDEX);
		return;
	}
	free(modem->slots[index].pdu);
	modem->slots[index] = (struct slot){0};
	network_log(modem->network, "deleted", "modem=%s slot=%d", modem->name, index);
	at_ok(modem);
	air_slot_free(modem);
}

static void say_store(struct modem *modem, const char *form)
{
	int used = modem_used_slots(modem), total = modem->slot_count;
	if (strcmp(form, "?") == 0)
		modem_say(modem, "\r\n+CPMS: \"SM\",%d,%d,\"SM\",%d,%d,\"SM\",%d,%d\r\n", used,
		    total, used, total, used, total);
	else if (strcmp(form, "=?") == 0)
		modem_say(modem, "\r\n+CPMS: (\"SM\"),(\"SM\"),(\"SM\")\r\n");
	else if (strncasecmp(form, "=\"SM\"", 5) == 0)
		modem_say(modem, "\r\n+CPMS: %d,%d,%d,%d,%d,%d\r\n", used, total, used, total, used,
		    total);
	else {
		cms_error(modem, 302);
		return;
	}
	at_ok(modem);
}

static void begin_submit(struct modem *modem, int length)
{
	int64_t code;
	if (modem_take_fault(modem, "no-prompt", NULL))
		return;
	if (modem_take_fault(modem, "cme", &code)) {
		at_error(modem, (int)code);
		return;
	}
	modem->announced_length = length;
	modem->wants_pdu = true;
	buffer_reset(&modem->line);
	modem_say(modem, "\r\n> ");
}

void at_pdu(struct modem *modem, const char *hex)
{
	struct pdu_submit submit;
	struct failure failure;
	if (pdu_read_submit(hex, modem->announced_length, &submit, &failure) != RESULT_OK) {
		network_log(modem->network, "bad-pdu", "modem=%s why=%s", modem->name,
		    network_encode(failure.text));
		cms_error(modem, INVALID_PDU);
		return;
	}
	air_submit(modem, &submit);
}

bool at_sms_command(struct modem *modem, const char *command)
{
	int first = 0, second = 0;
	if (sscanf(command, "+CMGS=%d", &first) == 1)
		begin_submit(modem, first);
	else if (strcasecmp(command, "+CMGL=?") == 0)
		modem_say(modem, "\r\n+CMGL: (0-4)\r\n\r\nOK\r\n");
	else if (sscanf(command, "+CMGL=%d", &first) == 1)
		list_slots(modem, first);
	else if (strcasecmp(command, "+CMGL") == 0)
		list_slots(modem, 0);
	else if (sscanf(command, "+CMGR=%d", &first) == 1)
		read_slot(modem, first);
	else if (sscanf(command, "+CMGD=%d,%d", &first, &second) >= 1)
		delete_slot(modem, first);
	else if (strncasecmp(command, "+CPMS", 5) == 0)
		say_store(modem, command + 5);
	else
		return false;
	return true;
}
