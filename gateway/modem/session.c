/*
 * Owns: connecting to a modem and closing the connection.
 * May use: libgammu, modem/watchdog.h, modem/marks.h.
 * Must not know: frames, the daemon, queues.
 */
#include "modem/session.h"

#include "base/log.h"
#include "base/memory.h"
#include "modem/marks.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum {
	EMPTY_READS_OF_A_LOST_DEVICE = 5,
	SERVICE_CENTRE_TRIES = 20, /* a SIM that was just unlocked needs some seconds */
};

static void abort_call(void *machine)
{
	GSM_AbortOperation(machine);
}

void session_init(struct session *session, const struct session_setup *setup)
{
	*session = (struct session){
	    .setup = setup,
	    .watchdog = watchdog_new(abort_call),
	    .tty = -1,
	    .signal = -1,
	};
}

void session_guard(struct session *session, int ms)
{
	watchdog_arm(session->watchdog, session->machine, ms);
}

bool session_unguard(struct session *session)
{
	bool aborted = watchdog_disarm(session->watchdog);
	session->doubtful |= aborted;
	return aborted;
}

static void forget_direct(struct session *session)
{
	while (session->direct_count > 0)
		memory_free(session->direct[--session->direct_count]);
}

void session_release(struct session *session)
{
	session_close(session);
	watchdog_free(session->watchdog);
	session->watchdog = NULL;
}

/* ── callbacks: they run inside libgammu's parser and only take note ─────────────────────────────
 */

static void on_verdict(GSM_StateMachine *machine, int status, int reference, void *user)
{
	struct session *session = user;
	(void)machine;
	if (!session->submit_open || session->verdict_came) {
		log_event(LOG_WARNING, "modem.verdict", "ignored=yes status=%d", status);
		return;
	}
	session->verdict_came = true;
	session->verdict_status = status;
	session->verdict_reference = reference;
}

static void on_incoming(GSM_StateMachine *machine, GSM_SMSMessage *message, void *user)
{
	struct session *session = user;
	(void)machine;
	/* An indication carries a location; a report that came directly carries its recipient. */
	bool carries_content = message->PDU == SMS_Status_Report &&
			       (message->Number[0] != 0 || message->Number[1] != 0);
	if (!carries_content || session->direct_count == SESSION_DIRECT_MAX) {
		session->incoming = true;
		return;
	}
	GSM_SMSMessage *copy = memory_new(sizeof *copy);
	*copy = *message;
	session->direct[session->direct_count++] = copy;
}

/* ── opening ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum session_result device_missing(const char *device, struct buffer *detail)
{
	struct stat status;
	if (stat(device, &status) != 0)
		buffer_printf(detail,
		    "There is no device %s: %s. Plug the modem in, or correct "
		    "the path in the configuration.",
		    device, strerror(errno));
	else if (!S_ISCHR(status.st_mode))
		buffer_printf(detail,
		    "%s is not a serial device. Correct the path in the "
		    "configuration.",
		    device);
	else
		return SESSION_CONNECTED;
	return SESSION_NO_DEVICE;
}

static void configure_machine(struct session *session)
{
	GSM_Config *config = GSM_GetConfig(session->machine, 0);
	/* The state machine frees these strings with free(3). */
	free(config->Device);
	free(config->Connection);
	free(config->DebugFile);
	config->Device = memory_copy_text(session->setup->device);
	config->Connection = memory_copy_text(session->setup->connection);
	config->DebugFile = memory_copy_text("");
	config->Model[0] = '\0';
	config->SyncTime = FALSE;
	config->LockDevice = FALSE;
	config->StartInfo = FALSE;
	config->UseGlobalDebugFile = FALSE;
	/* Zero would count as the user's wish for no indications at all. */
	for (int i = 0; i < 5; i++)
		config->CNMIParams[i] = -1;
	GSM_SetConfigNum(session->machine, 1);
}

/* libgammu has no accessor for its descriptor, and waiting for the modem by poll(2) needs it. */
static int find_tty(const char *device)
{
	struct stat wanted, status;
	if (stat(device, &wanted) != 0)
		return -1;
	DIR *descriptors = opendir("/proc/self/fd");
	int found = -1;
	struct dirent *entry;
	while (descriptors != NULL && found < 0 && (entry = readdir(descriptors)) != NULL) {
		char *end;
		long fd = strtol(entry->d_name, &end, 10);
		if (*end == '\0' && end != entry->d_name && fstat((int)fd, &status) == 0 &&
		    S_ISCHR(status.st_mode) && status.st_rdev == wanted.st_rdev)
			found = (int)fd;
	}
	if (descriptors != NULL)
		closedir(descriptors);
	return found;
}

static enum session_result open_failed(
    const struct session *session, GSM_Error error, struct buffer *detail)
{
	const char *device = session->setup->device;
	switch (error) {
	case ERR_DEVICENOTEXIST:
	case ERR_DEVICENODRIVER:
		buffer_printf(detail, "There is no modem at %s. Plug it in.", device);
		return SESSION_NO_DEVICE;
	case ERR_DEVICEOPENERROR:
		buffer_printf(detail,
		    "%s cannot be opened: it is not a serial device, or another program holds it.",
		    device);
		return SESSION_NO_DEVICE;
	case ERR_DEVICELOCKED:
	case ERR_DEVICEBUSY:
		buffer_printf(detail,
		    "Another program holds %s. Stop it (ModemManager and gammu-smsd are usual).",
		    device);
		return SESSION_FAILED;
	case ERR_DEVICENOPERMISSION:
		buffer_printf(detail,
		    "%s may not be opened by this user. Add the user to the group dialout.",
		    device);
		return SESSION_FAILED;
	default:
		buffer_printf(detail, "The modem at %s does not answer as a modem should: %s",
		    device, GSM_ErrorString(error));
		return SESSION_FAILED;
	}
}

static enum session_result open_device(struct session *session, struct buffer *detail)
{
	session->machine = GSM_AllocStateMachine();
	if (session->machine == NULL) {
		buffer_add_text(detail, "libgammu has no memory for a connection.");
		return SESSION_FAILED;
	}
	configure_machine(session);
	session_guard(session, session->setup->limits.connect);
	GSM_Error error = GSM_InitConnection(session->machine, 1);
	session_unguard(session);
	if (error != ERR_NONE)
		return open_failed(session, error, detail);
	session->tty = find_tty(session->setup->device);
	if (session->tty < 0) {
		buffer_printf(
		    detail, "The device %s vanished while connecting.", session->setup->device);
		return SESSION_NO_DEVICE;
	}
	/* The flag outlives a killed process on a pseudo-terminal and would lock its successor
	 * out; libgammu's flock on the descriptor remains. */
	ioctl(session->tty, TIOCNXCL);
	return SESSION_CONNECTED;
}

/* ── the SIM ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum session_result enter_pin(struct session *session, struct buffer *detail)
{
	const char *pin = session->setup->pin;
	GSM_SecurityCode code = {.Type = SEC_Pin};
	size_t len = strlen(pin);
	if (len == 0) {
		buffer_add_text(detail, "The SIM wants a PIN and none is configured. Set the "
					"modem's PIN, or turn the SIM's PIN off in a phone.");
		return SESSION_PIN_WANTED;
	}
	if (len < 4 || len > 8 || strspn(pin, "0123456789") != len) {
		buffer_add_text(
		    detail, "The configured PIN is not 4 to 8 digits; it was not tried.");
		return SESSION_PIN_REFUSED;
	}
	if (pin_mark_holds(session->setup->pin_mark, pin)) {
		buffer_add_text(detail, "This PIN was tried before and the SIM did not take it, or "
					"nobody saw its answer. Correct the PIN.");
		return SESSION_PIN_REFUSED;
	}
	if (!pin_mark_set(session->setup->pin_mark, pin)) {
		buffer_printf(detail,
		    "The PIN was not tried, for that cannot be noted in %s. Make room or correct "
		    "the rights.",
		    session->setup->pin_mark);
		return SESSION_FAILED;
	}
	memcpy(code.Code, pin, len);
	session_guard(session, session->setup->limits.connect);
	GSM_Error error = GSM_EnterSecurityCode(session->machine, &code);
	session_unguard(session);
	explicit_bzero(&code, sizeof code);
	if (error == ERR_NONE) {
		pin_mark_clear(session->setup->pin_mark);
		return SESSION_CONNECTED;
	}
	buffer_printf(detail,
	    "The SIM did not take the PIN (%s). It was tried once and will not be "
	    "tried again: three wrong ones lock the SIM. Correct the PIN.",
	    GSM_ErrorString(error));
	return SESSION_PIN_REFUSED;
}

/* A SIM that tells its IMSI is unlocked; asking for the lock itself always costs up to a second. */
static enum session_result unlock_sim(struct session *session, struct buffer *detail)
{
	session_guard(session, session->setup->limits.connect);
	GSM_Error error = GSM_GetSIMIMSI(session->machine, session->imsi);
	session_unguard(session);
	if (error == ERR_NONE && session->imsi[0] != '\0')
		return SESSION_CONNECTED;
	session->imsi[0] = '\0';
	GSM_SecurityCodeType wanted = SEC_None;
	session_guard(session, session->setup->limits.connect);
	error = GSM_GetSecurityStatus(session->machine, &wanted);
	session_unguard(session);
	if (error != ERR_NONE) {
		buffer_printf(detail,
		    "The modem does not say whether its SIM is locked (%s). Is a SIM "
		    "inserted?",
		    GSM_ErrorString(error));
		return SESSION_FAILED;
	}
	if (wanted == SEC_None)
		return SESSION_CONNECTED;
	if (wanted != SEC_Pin) {
		buffer_add_text(detail,
		    "The SIM is locked and a PIN does not open it (PUK or network "
		    "lock). Put it into a phone and unlock it there.");
		return SESSION_PIN_REFUSED;
	}
	return enter_pin(session, detail);
}

static bool read_service_centre(struct session *session, struct buffer *detail)
{
	GSM_SMSC *centre = memory_new(sizeof *centre);
	GSM_Error error = ERR_NONE;
	for (int i = 0; i < SERVICE_CENTRE_TRIES && !session->doubtful; i++) {
		if (i > 0)
			sleep(1);
		*centre = (GSM_SMSC){.Location = 1};
		session_guard(session, session->setup->limits.command);
		error = GSM_GetSMSC(session->machine, centre);
		session_unguard(session);
		bool known =
		    error == ERR_NONE && (centre->Number[0] != 0 || centre->Number[1] != 0);
		if (known)
			memcpy(session->service_centre, centre->Number, sizeof centre->Number);
		if (known || error == ERR_NONE)
			break;
	}
	memory_free(centre);
	if (session->service_centre[0] != 0 || session->service_centre[1] != 0)
		return true;
	buffer_printf(detail,
	    "The SIM names no SMS service centre (%s). Set the operator's number "
	    "with a phone.",
	    error == ERR_NONE ? "it is empty" : GSM_ErrorString(error));
	return false;
}

/* ── connecting ──────────────────────────────────────────────────────────────────────────────────
 */

static bool switch_indications_on(struct session *session)
{
	GSM_SetSendSMSStatusCallback(session->machine, on_verdict, session);
	GSM_SetIncomingSMSCallback(session->machine, on_incoming, session);
	session_guard(session, session->setup->limits.command);
	GSM_Error error = GSM_SetIncomingSMS(session->machine, TRUE);
	/* Keeps the radio link between parts; a modem without it works as well. */
	GSM_SetFastSMSSending(session->machine, TRUE);
	if (GSM_GetIMEI(session->machine, session->imei) != ERR_NONE)
		session->imei[0] = '\0';
	if (session->imsi[0] == '\0' && GSM_GetSIMIMSI(session->machine, session->imsi) != ERR_NONE)
		session->imsi[0] = '\0';
	bool aborted = session_unguard(session);
	session->indications = error == ERR_NONE;
	if (!session->indications)
		log_event(LOG_WARNING, "modem.indications", "available=no error=%s",
		    log_quote(GSM_ErrorString(error)).text);
	return !aborted;
}

static enum session_result prepare(struct session *session, struct buffer *detail)
{
	enum session_result result = unlock_sim(session, detail);
	if (result != SESSION_CONNECTED)
		return result;
	if (!read_service_centre(session, detail))
		return SESSION_FAILED;
	if (!switch_indications_on(session) || !session_probe(session)) {
		buffer_printf(detail, "The modem at %s stopped answering while connecting.",
		    session->setup->device);
		return SESSION_FAILED;
	}
	return SESSION_CONNECTED;
}

enum session_result session_connect(struct session *session, struct buffer *detail)
{
	enum session_result result = device_missing(session->setup->device, detail);
	if (result != SESSION_CONNECTED)
		return result;
	session->doubtful = false;
	session->empty_reads = 0;
	session->signal = -1;
	session->service_centre[0] = session->service_centre[1] = 0;
	result = open_device(session, detail);
	if (result == SESSION_CONNECTED)
		result = prepare(session, detail);
	if (result != SESSION_CONNECTED)
		session_close(session);
	else
		session->incoming = true; /* what came while nobody listened */
	return result;
}

bool session_close(struct session *session)
{
	session->submit_open = session->verdict_came = false;
	forget_direct(session);
	session->tty = -1;
	if (session->machine == NULL)
		return true;
	GSM_Error error = GSM_TerminateConnection(session->machine);
	GSM_FreeStateMachine(session->machine);
	session->machine = NULL;
	int left_open = find_tty(session->setup->device);
	if (error != ERR_NONE || left_open >= 0)
		log_event(
		    LOG_WARNING, "modem.close", "error=%s", log_quote(GSM_ErrorString(error)).text);
	return left_open < 0;
}

/* ── using ───────────────────────────────────────────────────────────────────────────────────────
 */

bool session_read(struct session *session)
{
	session_guard(session, session->setup->limits.command);
	int taken = GSM_ReadDevice(session->machine, FALSE);
	session_unguard(session);
	session->empty_reads = taken > 0 ? 0 : session->empty_reads + 1;
	return session->empty_reads < EMPTY_READS_OF_A_LOST_DEVICE;
}

bool session_probe(struct session *session)
{
	GSM_SignalQuality quality = {.SignalPercent = -1};
	session_guard(session, session->setup->limits.command);
	GSM_Error error = GSM_GetSignalQuality(session->machine, &quality);
	bool aborted = session_unguard(session);
	bool answered = !aborted && (error == ERR_NONE || error == ERR_NOTSUPPORTED ||
					error == ERR_NOTIMPLEMENTED);
	if (error == ERR_NONE)
		session->signal = quality.SignalPercent;
	session->doubtful |= !answered;
	return answered;
}
