/*
 * Owns: AT commands spoken past libgammu.
 * May use: POSIX, base/.
 * Must not know: libgammu, frames.
 */
#include "modem/raw.h"

#include "base/clock.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	ANSWER_LIMIT_MS = 5000,
	ANSWER_MAX = 8192,
	LAST_INCOMING_STATUS = 1, /* 0 unread, 1 read; the others were written here */
};

static void forget_what_came_before(int tty)
{
	char bytes[256];
	struct pollfd ready = {.fd = tty, .events = POLLIN};
	while (poll(&ready, 1, 0) > 0 && read(tty, bytes, sizeof bytes) > 0)
		;
}

static bool starts_with(const char *line, size_t len, const char *words)
{
	return len >= strlen(words) && memcmp(line, words, strlen(words)) == 0;
}

/* Looks for the line that ends an answer. */
static bool is_over(const struct buffer *answer, enum raw_result *result)
{
	for (const char *line = buffer_text(answer), *end; (end = strchr(line, '\n')) != NULL;
	     line = end + 1) {
		size_t len = strcspn(line, "\r\n");
		if (len == 2 && starts_with(line, len, "OK"))
			*result = RAW_DONE;
		else if ((len == 5 && starts_with(line, len, "ERROR")) ||
			 starts_with(line, len, "+CMS ERROR") ||
			 starts_with(line, len, "+CME ERROR"))
			*result = RAW_REFUSED;
		else
			continue;
		return true;
	}
	return false;
}

static enum raw_result ask(int tty, const char *command, struct buffer *answer)
{
	enum raw_result result = RAW_SILENT;
	struct mono limit = mono_add(mono_of_machine(), ANSWER_LIMIT_MS);
	forget_what_came_before(tty);
	if (write(tty, command, strlen(command)) != (ssize_t)strlen(command))
		return RAW_SILENT;
	while (!answer->overflow && !is_over(answer, &result)) {
		char bytes[512];
		struct pollfd ready = {.fd = tty, .events = POLLIN};
		int64_t left = limit.ms - mono_of_machine().ms;
		if (left <= 0 || poll(&ready, 1, (int)left) <= 0)
			return RAW_SILENT;
		ssize_t n = read(tty, bytes, sizeof bytes);
		if (n <= 0)
			return RAW_SILENT;
		buffer_add(answer, bytes, (size_t)n);
	}
	return result;
}

static enum raw_result choose_memory(int tty, const char *memory)
{
	char command[32];
	OWNED_BUFFER answer = BUFFER(ANSWER_MAX);
	snprintf(command, sizeof command, "AT+CPMS=\"%.4s\"\r", memory);
	return ask(tty, command, &answer);
}

/* "+CMGR: STATUS,…" and, on the next line, the PDU. */
static bool take_pdu(const struct buffer *answer, struct buffer *hex)
{
	int status;
	const char *head = strstr(buffer_text(answer), "+CMGR:");
	if (head == NULL || sscanf(head, "+CMGR: %d", &status) != 1 || status < 0 ||
	    status > LAST_INCOMING_STATUS)
		return false;
	const char *pdu = head + strcspn(head, "\n");
	pdu += strspn(pdu, "\r\n");
	size_t len = strspn(pdu, "0123456789ABCDEFabcdef");
	buffer_add(hex, pdu, len);
	return len > 0;
}

enum raw_result raw_read_slot(int tty, const char *memory, int index, struct buffer *hex)
{
	char command[32];
	OWNED_BUFFER answer = BUFFER(ANSWER_MAX);
	enum raw_result result = choose_memory(tty, memory);
	if (result != RAW_DONE)
		return result;
	snprintf(command, sizeof command, "AT+CMGR=%d\r", index);
	result = ask(tty, command, &answer);
	return result == RAW_DONE && !take_pdu(&answer, hex) ? RAW_REFUSED : result;
}

enum raw_result raw_delete_slot(int tty, const char *memory, int index)
{
	char command[32];
	OWNED_BUFFER answer = BUFFER(ANSWER_MAX);
	enum raw_result result = choose_memory(tty, memory);
	if (result != RAW_DONE)
		return result;
	snprintf(command, sizeof command, "AT+CMGD=%d\r", index);
	return ask(tty, command, &answer);
}
