/*
 * Owns: the fuzz target of rehearsal/pdu: whatever follows AT+CMGS, as hexadecimal and as octets.
 * May use: base/, rehearsal/pdu.h.
 * Must not know: what a right PDU says.
 */
#include "rehearsal/pdu.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(const char *hex)
{
	struct pdu_submit submit;
	struct failure failure;
	if (pdu_read_submit(hex, -1, &submit, &failure) == RESULT_OK &&
	    (strnlen(submit.text, sizeof submit.text) == sizeof submit.text ||
		strnlen(submit.to, sizeof submit.to) == sizeof submit.to))
		abort(); /* a text that does not end */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[1024];
	if (size >= sizeof text / 2)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	read_one(text);
	text[0] = '\0';
	for (size_t i = 0; i < size; i++)
		snprintf(text + 2 * i, 3, "%02X", data[i]);
	read_one(text);
	return 0;
}
