/*
 * Owns: reading SUBMIT PDUs.
 * May use: base/, text/.
 * Must not know: AT commands, subscribers.
 */
#include "rehearsal/pdu.h"

#include "text/gsm7.h"
#include "text/utf8.h"

#include <stdio.h>
#include <string.h>

#define BYTES_MAX 200

struct cursor {
	uint8_t bytes[BYTES_MAX];
	size_t len, at;
	bool ended; /* sticky: something was read past the end */
};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static enum result take_hex(const char *hex, struct cursor *out, struct failure *failure)
{
	size_t n = strlen(hex);
	if (n % 2 != 0 || n / 2 > BYTES_MAX)
		return failure_set(failure, RESULT_INVALID, "A PDU of %zu hex digits.", n);
	*out = (struct cursor){.len = n / 2};
	for (size_t i = 0; i < n / 2; i++) {
		int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			return failure_set(
			    failure, RESULT_INVALID, "Not a hex digit at %zu.", 2 * i);
		out->bytes[i] = (uint8_t)(high << 4 | low);
	}
	return RESULT_OK;
}

static uint8_t next(struct cursor *cursor)
{
	if (cursor->at >= cursor->len) {
		cursor->ended = true;
		return 0;
	}
	return cursor->bytes[cursor->at++];
}

/* Semi-octets: digits in swapped nibbles, an odd one padded with F. */
static void read_address(struct cursor *cursor, char *out, size_t size)
{
	static const char digits[] = "0123456789*#abc";
	int count = next(cursor);
	int type = next(cursor);
	size_t n = 0;
	if ((type & 0x70) == 0x10)
		out[n++] = '+';
	for (int i = 0; i < count; i += 2) {
		uint8_t byte = next(cursor);
		if (n + 2 < size && (byte & 0x0F) != 0x0F)
			out[n++] = digits[byte & 0x0F];
		if (n + 2 < size && i + 1 < count && byte >> 4 != 0x0F)
			out[n++] = digits[byte >> 4];
	}
	out[n] = '\0';
}

/* 3GPP TS 23.040 9.2.3.12.1. */
static int minutes_of_relative(uint8_t validity)
{
	if (validity <= 143)
		return (validity + 1) * 5;
	if (validity <= 167)
		return 12 * 60 + (validity - 143) * 30;
	if (validity <= 196)
		return (validity - 166) * 24 * 60;
	return (validity - 192) * 7 * 24 * 60;
}

static void read_validity(struct cursor *cursor, int format, struct pdu_submit *out)
{
	if (format == 2)
		out->validity_minutes = minutes_of_relative(next(cursor));
	else if (format != 0)
		for (int i = 0; i < 7; i++)
			next(cursor);
}

static void read_header(const uint8_t *header, size_t len, struct pdu_submit *out)
{
	for (size_t i = 0; i + 1 < len && i + 1 + header[i + 1] < len; i += 2u + header[i + 1]) {
		const uint8_t *data = header + i + 2;
		if (header[i] == 0x00 && header[i + 1] == 3) {
			out->concat_reference = data[0];
			out->parts = data[1];
			out->part = data[2];
		} else if (header[i] == 0x08 && header[i + 1] == 4) {
			out->concat_reference = data[0] << 8 | data[1];
			out->parts = data[2];
			out->part = data[3];
		}
	}
}

static void add_char(struct pdu_submit *out, size_t *n, uint32_t codepoint)
{
	char bytes[5];
	int count = utf8_put(codepoint == 0 ? 0xFFFD : codepoint, bytes);
	if (*n + (size_t)count >= sizeof out->text)
		return;
	memcpy(out->text + *n, bytes, (size_t)count + 1);
	*n += (size_t)count;
}

static void read_gsm7(
    const uint8_t *data, size_t len, size_t first, size_t septets, struct pdu_submit *out)
{
	size_t n = 0;
	bool escaped = false;
	for (size_t i = first; i < septets; i++) {
		size_t bit = i * 7;
		if (bit / 8 >= len)
			return;
		unsigned value = data[bit / 8] >> (bit % 8);
		if (bit % 8 > 1 && bit / 8 + 1 < len)
			value |= (unsigned)data[bit / 8 + 1] << (8 - bit % 8);
		uint8_t septet = (uint8_t)(value & 0x7F);
		if (!escaped && septet == GSM7_ESCAPE) {
			escaped = true;
			continue;
		}
		add_char(out, &n, escaped ? gsm7_decode_extension(septet) : gsm7_decode(septet));
		escaped = false;
	}
}

static void read_ucs2(const uint8_t *data, size_t len, struct pdu_submit *out)
{
	size_t n = 0;
	for (size_t i = 0; i + 1 < len; i += 2) {
		uint32_t unit = (uint32_t)data[i] << 8 | data[i + 1];
		if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < len) {
			uint32_t low = (uint32_t)data[i + 2] << 8 | data[i + 3];
			if (low >= 0xDC00 && low < 0xE000) {
				unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			}
		}
		add_char(out, &n, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
	}
}

static void read_bytes(const uint8_t *data, size_t len, struct pdu_submit *out)
{
	for (size_t i = 0; i < len && 2 * i + 3 < sizeof out->text; i++)
		snprintf(out->text + 2 * i, 3, "%02X", data[i]);
}

static void read_user_data(struct cursor *cursor, bool has_header, struct pdu_submit *out)
{
	size_t units = next(cursor);
	const uint8_t *data = cursor->bytes + cursor->at;
	size_t len = cursor->len - cursor->at;
	size_t header = has_header && len > 0 ? data[0] + 1u : 0;
	if (header > len) {
		cursor->ended = true;
		return;
	}
	size_t stated = out->encoding == 0 ? (units * 7 + 7) / 8 : units;
	if (stated > len || header > stated) {
		cursor->ended = true;
		return;
	}
	if (header > 0)
		read_header(data + 1, header - 1, out);
	if (out->encoding == 0) {
		read_gsm7(data, len, (header * 8 + 6) / 7, units, out);
		return;
	}
	if (units < len)
		len = units;
	if (out->encoding == 1)
		read_ucs2(data + header, len - header, out);
	else
		read_bytes(data + header, len - header, out);
}

static int encoding_of_scheme(uint8_t scheme)
{
	int alphabet = (scheme & 0xC0) == 0x00   ? scheme >> 2 & 3
		       : (scheme & 0xF0) == 0xF0 ? (scheme & 4 ? 1 : 0)
						 : 0;
	return alphabet == 2 ? 1 : alphabet == 1 ? 2 : 0;
}

enum result pdu_read_submit(
    const char *hex, int tpdu_len, struct pdu_submit *out, struct failure *failure)
{
	struct cursor cursor;
	*out = (struct pdu_submit){.concat_reference = -1, .parts = 1, .part = 1};
	enum result result = take_hex(hex, &cursor, failure);
	if (result != RESULT_OK)
		return result;
	size_t centre = next(&cursor);
	if (centre > cursor.len - cursor.at)
		return failure_set(failure, RESULT_INVALID, "The service centre is cut off.");
	cursor.at += centre;
	if (tpdu_len >= 0 && (size_t)tpdu_len != cursor.len - cursor.at)
		return failure_set(failure, RESULT_INVALID, "%zu bytes came, %d were announced.",
		    cursor.len - cursor.at, tpdu_len);
	uint8_t first = next(&cursor);
	if ((first & 0x03) != 0x01)
		return failure_set(failure, RESULT_INVALID, "Not a SUBMIT.");
	next(&cursor); /* the modem chooses the reference */
	read_address(&cursor, out->to, sizeof out->to);
	next(&cursor); /* protocol identifier */
	uint8_t scheme = next(&cursor);
	out->encoding = encoding_of_scheme(scheme);
	out->flash = (scheme & 0xF3) == 0xF0 || (scheme & 0xF3) == 0x10;
	out->wants_receipt = first & 0x20;
	read_validity(&cursor, first >> 3 & 3, out);
	read_user_data(&cursor, first & 0x40, out);
	if (cursor.ended || out->to[0] == '\0')
		return failure_set(failure, RESULT_INVALID, "The SUBMIT is cut off.");
	return RESULT_OK;
}
