/*
 * Owns: a virtual modem's pseudo terminal, its store of texts, its faults.
 * May use: base/, rehearsal/.
 * Must not know: the network's latency, subscribers.
 */
#include "rehearsal/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* What nobody fetches within this much real time is not waited for. */
#define UNREAD_LIMIT_MS 2000
#define STORED_LIMIT_MS 5000

bool modem_open(struct modem *modem, struct failure *failure)
{
	char name[128];
	modem->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
	if (modem->master < 0 || grantpt(modem->master) != 0 || unlockpt(modem->master) != 0 ||
	    ptsname_r(modem->master, name, sizeof name) != 0) {
		failure_set(
		    failure, RESULT_IO, "Cannot open a pseudo terminal: %s.", strerror(errno));
		return false;
	}
	modem->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct termios raw;
	if (modem->slave < 0 || tcgetattr(modem->slave, &raw) != 0) {
		failure_set(failure, RESULT_IO, "Cannot open %s: %s.", name, strerror(errno));
		return false;
	}
	cfmakeraw(&raw);
	tcsetattr(modem->slave, TCSANOW, &raw);
	fchmod(modem->slave, 0660);
	if (modem->link[0] != '\0') {
		struct stat there; /* an old link is replaced, nothing else ever */
		if (lstat(modem->link, &there) == 0 && S_ISLNK(there.st_mode))
			unlink(modem->link);
		if (symlink(name, modem->link) != 0) {
			failure_set(failure, RESULT_IO, "Cannot make the link %s: %s.", modem->link,
			    strerror(errno));
			return false;
		}
		modem->linked = true;
	}
	modem->echo = true;
	modem->wants_pdu = false;
	modem->unlocked = modem->pin[0] == '\0';
	modem->announces_text = modem->announces_report = false;
	modem->outstanding.there = false;
	modem->line = BUFFER(4096);
	modem->out = BUFFER(256 * 1024);
	return true;
}

void modem_close(struct modem *modem)
{
	if (modem->master >= 0)
		close(modem->master);
	if (modem->slave >= 0)
		close(modem->slave);
	modem->master = modem->slave = -1;
	if (modem->linked)
		unlink(modem->link);
	modem->linked = false;
	buffer_clear(&modem->line);
	buffer_clear(&modem->out);
}

void modem_say(struct modem *modem, const char *format, ...)
{
	char line[1200];
	va_list args;
	va_start(args, format);
	int len = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (modem->master < 0 || modem->silent || len <= 0)
		return;
	buffer_add(&modem->out, line, (size_t)len);
	modem_flush(modem);
	modem->last_write_real_ms = mono_of_machine().ms;
}

void modem_flush(struct modem *modem)
{
	while (modem->out.len > 0) {
		ssize_t n = write(modem->master, modem->out.data, modem->out.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* the terminal is full: poll says when there is room */
		buffer_consume(&modem->out, (size_t)n);
	}
}

bool modem_take_fault(struct modem *modem, const char *kind, int64_t *argument)
{
	for (size_t i = 0; i < modem->fault_count; i++) {
		struct fault *fault = &modem->faults[i];
		if (strcmp(fault->kind, kind) != 0)
			continue;
		if (argument != NULL)
			*argument = fault->argument;
		network_log(modem->network, "fault", "modem=%s kind=%s", modem->name, kind);
		if (!fault->always)
			*fault = modem->faults[--modem->fault_count];
		return true;
	}
	return false;
}

bool modem_has_unfetched(const struct modem *modem)
{
	int64_t now = mono_of_machine().ms;
	int unread = 0;
	if (modem->slave < 0)
		return false;
	bool waiting =
	    modem->out.len > 0 || (ioctl(modem->slave, FIONREAD, &unread) == 0 && unread > 0);
	if (waiting && now - modem->last_write_real_ms < UNREAD_LIMIT_MS)
		return true;
	/* Whoever waits for a verdict reads nothing meanwhile. */
	bool reads = modem->announces_text && !modem->outstanding.there;
	for (int i = 1; i <= modem->slot_count && reads; i++)
		if (modem->slots[i].used && now - modem->slots[i].stored_real_ms < STORED_LIMIT_MS)
			return true;
	return false;
}

void modem_expect_reader(struct modem *modem)
{
	for (int i = 1; i <= modem->slot_count; i++)
		modem->slots[i].stored_real_ms = mono_of_machine().ms;
}

int modem_used_slots(const struct modem *modem)
{
	int used = 0;
	for (int i = 1; i <= modem->slot_count; i++)
		used += modem->slots[i].used;
	return used;
}

static void announce(struct modem *modem, int index, bool report)
{
	if (modem_take_fault(modem, "no-indication", NULL))
		return;
	int times = modem_take_fault(modem, "duplicate-indication", NULL) ? 2 : 1;
	while (times-- > 0) {
		if (report && modem->announces_report)
			modem_say(modem, "\r\n+CDSI: \"SM\",%d\r\n", index);
		else if (!report && modem->announces_text)
			modem_say(modem, "\r\n+CMTI: \"SM\",%d\r\n", index);
	}
}

bool modem_store(struct modem *modem, char *pdu, int length, bool report)
{
	for (int i = 1; i <= modem->slot_count; i++) {
		if (modem->slots[i].used)
			continue;
		modem->slots[i] = (struct slot){.used = true,
		    .report = report,
		    .pdu = pdu,
		    .length = length,
		    .stored_real_ms = mono_of_machine().ms};
		network_log(modem->network, "stored", "modem=%s slot=%d kind=%s", modem->name, i,
		    report ? "report" : "deliver");
		announce(modem, i, report);
		return true;
	}
	return false;
}

/* A line ends with CR; a PDU ends with Ctrl-Z, or is given up with ESC. */
static void take_byte(struct modem *modem, char c)
{
	if (modem->wants_pdu && (c == 0x1A || c == 0x1B)) {
		modem->wants_pdu = false;
		if (c == 0x1A)
			at_pdu(modem, buffer_text(&modem->line));
		else
			at_ok(modem);
		buffer_reset(&modem->line);
		return;
	}
	if (modem->wants_pdu) {
		if (c != '\r' && c != '\n')
			buffer_add_char(&modem->line, c);
		return;
	}
	if (c == 0x1B || c == 0x1A || c == '\n')
		return;
	if (c != '\r') {
		buffer_add_char(&modem->line, c);
		return;
	}
	char *line = buffer_take(&modem->line);
	modem->line = BUFFER(4096);
	at_command(modem, line);
	free(line);
}

void modem_readable(struct modem *modem)
{
	char bytes[2048];
	ssize_t n = read(modem->master, bytes, sizeof bytes);
	/* A program that was killed leaves the line exclusive; the next one must get in. */
	ioctl(modem->slave, TIOCNXCL);
	for (ssize_t i = 0; i < n; i++)
		take_byte(modem, bytes[i]);
}
