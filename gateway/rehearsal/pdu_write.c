/*
 * Owns: writing DELIVER and STATUS-REPORT PDUs.
 * May use: base/, text/.
 * Must not know: AT commands, subscribers.
 */
#include "rehearsal/pdu.h"

#include "text/gsm7.h"
#include "text/utf8.h"

#include <string.h>
#include <time.h>

#define CENTRE "07914889200000F0" /* +84980200000: the virtual network's service centre */

static void add_byte(struct buffer *hex, unsigned byte)
{
	buffer_printf(hex, "%02X", byte & 0xFF);
}

static unsigned swapped(int two_digits)
{
	return (unsigned)(two_digits % 10 << 4 | two_digits / 10);
}

/* The service centre's time stamp: local time and its quarter hours east of UTC. */
static void add_time(struct buffer *hex, struct wall moment, int zone_minutes)
{
	time_t seconds = (time_t)(moment.ms / 1000 + zone_minutes * 60);
	struct tm local;
	gmtime_r(&seconds, &local);
	add_byte(hex, swapped(local.tm_year % 100));
	add_byte(hex, swapped(local.tm_mon + 1));
	add_byte(hex, swapped(local.tm_mday));
	add_byte(hex, swapped(local.tm_hour));
	add_byte(hex, swapped(local.tm_min));
	add_byte(hex, swapped(local.tm_sec));
	int quarters = zone_minutes / 15;
	add_byte(hex, quarters < 0 ? swapped(-quarters) | 0x08 : swapped(quarters));
}

static void add_digits(struct buffer *hex, const char *number)
{
	const char *digits = number[0] == '+' ? number + 1 : number;
	size_t count = strlen(digits);
	add_byte(hex, (unsigned)count);
	add_byte(hex, number[0] == '+' ? 0x91 : 0x81);
	for (size_t i = 0; i < count; i += 2) {
		unsigned low = (unsigned)(digits[i] - '0');
		unsigned high = i + 1 < count ? (unsigned)(digits[i + 1] - '0') : 0xF;
		add_byte(hex, high << 4 | low);
	}
}

/* Packs septets after `fill` bits; returns how many septets were packed. */
static size_t pack_gsm7(const char *text, int fill, uint8_t *out, size_t size, size_t *bytes)
{
	size_t bit = (size_t)fill, septets = 0;
	uint32_t codepoint;
	memset(out, 0, size);
	while ((codepoint = utf8_next(&text)) != 0) {
		uint8_t pair[2];
		int count = gsm7_encode(codepoint, pair);
		if (count == 0) {
			pair[0] = '?';
			count = 1;
		}
		for (int i = 0; i < count && bit / 8 + 1 < size; i++) {
			unsigned value = (unsigned)pair[i] << (bit % 8);
			out[bit / 8] |= (uint8_t)value;
			out[bit / 8 + 1] |= (uint8_t)(value >> 8);
			bit += 7;
			septets++;
		}
	}
	*bytes = (bit + 7) / 8;
	return septets;
}

static void add_from(struct buffer *hex, const char *from)
{
	if (strspn(from, "+0123456789") == strlen(from)) {
		add_digits(hex, from);
		return;
	}
	uint8_t packed[16];
	size_t bytes;
	size_t septets = pack_gsm7(from, 0, packed, 10, &bytes); /* eleven letters at most */
	add_byte(hex, (unsigned)(septets * 7 + 3) / 4);
	add_byte(hex, 0xD0);
	for (size_t i = 0; i < bytes; i++)
		add_byte(hex, packed[i]);
}

static size_t ucs2(const char *text, uint8_t *out, size_t size)
{
	size_t n = 0;
	uint32_t codepoint;
	while ((codepoint = utf8_next(&text)) != 0 && n + (codepoint > 0xFFFF ? 4 : 2) <= size) {
		if (codepoint > 0xFFFF) {
			uint32_t high = 0xD800 + ((codepoint - 0x10000) >> 10);
			out[n++] = (uint8_t)(high >> 8);
			out[n++] = (uint8_t)high;
			codepoint = 0xDC00 + ((codepoint - 0x10000) & 0x3FF);
		}
		out[n++] = (uint8_t)(codepoint >> 8);
		out[n++] = (uint8_t)codepoint;
	}
	return n;
}

static void add_user_data(struct buffer *hex, const struct pdu_deliver *deliver)
{
	uint8_t data[180];
	size_t bytes, header = deliver->concat_reference >= 0 ? 6 : 0;
	if (deliver->encoding == 0) {
		/* The header is padded to a septet boundary. */
		int fill = header > 0 ? 1 : 0;
		size_t septets = pack_gsm7(deliver->text, fill, data, sizeof data, &bytes);
		add_byte(hex, (unsigned)(septets + (header > 0 ? 7 : 0)));
	} else {
		bytes = ucs2(deliver->text, data, 140 - header);
		add_byte(hex, (unsigned)(bytes + header));
	}
	if (header > 0)
		buffer_printf(hex, "050003%02X%02X%02X", deliver->concat_reference & 0xFF,
		    deliver->parts & 0xFF, deliver->part & 0xFF);
	for (size_t i = 0; i < bytes; i++)
		add_byte(hex, data[i]);
}

static int tpdu_length(const struct buffer *hex)
{
	return (int)((hex->len - strlen(CENTRE)) / 2);
}

int pdu_write_deliver(const struct pdu_deliver *deliver, struct buffer *hex)
{
	buffer_reset(hex);
	buffer_add_text(hex, CENTRE);
	add_byte(hex, deliver->concat_reference >= 0 ? 0x44 : 0x04);
	add_from(hex, deliver->from);
	add_byte(hex, 0x00);
	add_byte(hex, deliver->encoding == 1 ? 0x08 : 0x00);
	add_time(hex, deliver->time, deliver->zone_minutes);
	add_user_data(hex, deliver);
	return tpdu_length(hex);
}

int pdu_write_report(const struct pdu_report *report, struct buffer *hex)
{
	buffer_reset(hex);
	buffer_add_text(hex, CENTRE);
	add_byte(hex, 0x06);
	add_byte(hex, (unsigned)report->reference);
	add_digits(hex, report->recipient);
	add_time(hex, report->submitted, report->zone_minutes);
	add_time(hex, report->discharged, report->zone_minutes);
	add_byte(hex, (unsigned)report->status);
	return tpdu_length(hex);
}
