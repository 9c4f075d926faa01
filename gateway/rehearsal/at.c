/*
 * Owns: the AT dialogue apart from texts: identity, PIN, network, settings, USSD.
 * May use: rehearsal/.
 * Must not know: subscribers, latency.
 *
 * Source: 3GPP TS 27.007, ITU-T V.250. What is not known is answered ERROR: libgammu probes makers'
 * own commands, and takes an OK for that make.
 */
#include "rehearsal/internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SIM_PIN_REQUIRED 11
#define SIM_PUK_REQUIRED 12
#define WRONG_PASSWORD 16
#define NOT_SUPPORTED 4
#define PIN_TRIES 3

void at_ok(struct modem *modem)
{
	modem_say(modem, "\r\nOK\r\n");
}

void at_error(struct modem *modem, int cme)
{
	if (modem->verbose_errors)
		modem_say(modem, "\r\n+CME ERROR: %d\r\n", cme);
	else
		modem_say(modem, "\r\nERROR\r\n");
}

/* ── fixed answers ───────────────────────────────────────────────────────────────────────────── */

static const struct {
	const char *command, *answer; /* NULL: only OK */
} fixed[] = {
    {"", NULL},
    {"Z", NULL},
    {"&F", NULL},
    {"+CGMI", "nhacviec"},
    {"+GMI", "nhacviec"},
    {"+CGMM", "virtual modem"},
    {"+GMM", "virtual modem"},
    {"+CGMR", "1.0"},
    {"+GMR", "1.0"},
    {"I", "nhacviec virtual modem"},
    {"+CSCS=?", "+CSCS: (\"GSM\",\"IRA\")"},
    {"+CSCS?", "+CSCS: \"GSM\""},
    {"+CSCS=\"GSM\"", NULL},
    {"+CSCS=\"IRA\"", NULL},
    {"+CSQ", "+CSQ: 21,0"},
    {"+CREG=?", "+CREG: (0-2)"},
    {"+CREG=0", NULL},
    {"+CREG=1", NULL},
    {"+CREG=2", NULL},
    {"+CREG?", "+CREG: 2,1,\"1A2B\",\"3C4D\""},
    {"+CGREG=0", NULL},
    {"+CGREG=2", NULL},
    {"+CGREG?", "+CGREG: 2,1,\"1A2B\",\"3C4D\""},
    {"+CGATT?", "+CGATT: 1"},
    {"+COPS=3,0", NULL},
    {"+COPS=3,2", NULL},
    {"+COPS?", "+COPS: 0,2,\"45204\""},
    {"+CBC", "+CBC: 0,100"},
    {"+CFUN=1", NULL},
    {"+CFUN?", "+CFUN: 1"},
    {"+CMGF=0", NULL},
    {"+CMGF?", "+CMGF: 0"},
    {"+CMGF=?", "+CMGF: (0)"},
    {"+CSMS?", "+CSMS: 0,1,1,1"},
    {"+CSMS=0", "+CSMS: 1,1,1"},
    {"+CMMS=0", NULL},
    {"+CMMS=1", NULL},
    {"+CMMS=2", NULL},
    {"+CSCA?", "+CSCA: \"+84980200000\",145"},
    {"+CUSD=0", NULL},
    {"+CUSD=1", NULL},
    {"+CUSD=2", NULL},
    {"+CLIP=1", NULL},
    {"+CCLK?", NULL},
};

static bool answer_fixed(struct modem *modem, const char *command)
{
	for (size_t i = 0; i < COUNT_OF(fixed); i++) {
		if (strcasecmp(fixed[i].command, command) != 0)
			continue;
		if (fixed[i].answer != NULL)
			modem_say(modem, "\r\n%s\r\n", fixed[i].answer);
		at_ok(modem);
		return true;
	}
	return false;
}

/* ── PIN ─────────────────────────────────────────────────────────────────────────────────────── */

static void say_pin_state(struct modem *modem)
{
	modem_say(modem, "\r\n+CPIN: %s\r\n",
	    modem->pin_tries >= PIN_TRIES ? "SIM PUK"
	    : modem->unlocked             ? "READY"
					  : "SIM PIN");
	at_ok(modem);
}

static void enter_pin(struct modem *modem, const char *value)
{
	char pin[12];
	size_t n = strcspn(value + (value[0] == '"'), "\"");
	snprintf(pin, sizeof pin, "%.*s", (int)n, value + (value[0] == '"'));
	network_log(
	    modem->network, "pin", "modem=%s right=%d", modem->name, strcmp(pin, modem->pin) == 0);
	if (modem->pin_tries >= PIN_TRIES) {
		at_error(modem, SIM_PUK_REQUIRED);
	} else if (strcmp(pin, modem->pin) == 0) {
		modem->unlocked = true;
		modem->pin_tries = 0;
		at_ok(modem);
	} else {
		modem->pin_tries++;
		at_error(modem, WRONG_PASSWORD);
	}
}

/* ── USSD ────────────────────────────────────────────────────────────────────────────────────── */

static void say_balance(struct network *network, void *arg)
{
	(void)network;
	modem_say(arg, "\r\n+CUSD: 0,\"TK goc: 50000d. HSD: 31/12/2021\",15\r\n");
}

static void drop_nothing(void *arg)
{
	(void)arg; /* the modem lives as long as the network */
}

static void dial_service(struct modem *modem, const char *code)
{
	at_ok(modem);
	if (strncmp(code, "\"*101#\"", 7) == 0)
		network_plan(modem->network, modem->network->latency_ms, true, say_balance,
		    drop_nothing, modem);
	else
		modem_say(modem, "\r\n+CUSD: 4\r\n");
}

/* ── the table ───────────────────────────────────────────────────────────────────────────────── */

static bool set_switches(struct modem *modem, const char *command)
{
	if (strncasecmp(command, "E", 1) == 0 && strlen(command) <= 2)
		modem->echo = command[1] != '0';
	else if (strncasecmp(command, "+CMEE=", 6) == 0)
		modem->verbose_errors = command[6] != '0';
	else if (strncasecmp(command, "+CNMI=", 6) == 0 && command[6] != '?') {
		int mode = 0, text = 0, cell = 0, report = 0;
		sscanf(command + 6, "%d,%d,%d,%d", &mode, &text, &cell, &report);
		modem->announces_text = mode > 0 && text > 0;
		modem->announces_report = mode > 0 && report > 0;
		modem->report_mode = report;
		modem_expect_reader(modem);
	} else
		return false;
	at_ok(modem);
	return true;
}

static bool answer_identity(struct modem *modem, const char *command)
{
	const char *value = strcasecmp(command, "+CGSN") == 0 || strcasecmp(command, "+GSN") == 0
				? modem->imei
			    : strcasecmp(command, "+CIMI") == 0 ? modem->imsi
								: NULL;
	if (value == NULL)
		return false;
	if (value == modem->imsi && !modem->unlocked) {
		at_error(modem, SIM_PIN_REQUIRED);
		return true;
	}
	modem_say(modem, "\r\n%s\r\n", value);
	at_ok(modem);
	return true;
}

static void run(struct modem *modem, const char *command)
{
	if (strcasecmp(command, "+CPIN?") == 0)
		say_pin_state(modem);
	else if (strncasecmp(command, "+CPIN=", 6) == 0)
		enter_pin(modem, command + 6);
	else if (strncasecmp(command, "+CUSD=1,", 8) == 0)
		dial_service(modem, command + 8);
	else if (strcasecmp(command, "+CNMI=?") == 0) {
		modem_say(modem, "\r\n+CNMI: (0-2),(0-1),(0-2),(0-2),(0,1)\r\n");
		at_ok(modem);
	} else if (!set_switches(modem, command) && !answer_identity(modem, command) &&
		   !answer_fixed(modem, command)) {
		if (!modem->unlocked)
			at_error(modem, SIM_PIN_REQUIRED);
		else if (!at_sms_command(modem, command))
			at_error(modem, NOT_SUPPORTED);
	}
}

void at_command(struct modem *modem, const char *line)
{
	int64_t ignored;
	if (modem->outstanding.there) {
		/* A new command aborts the one whose answer is awaited: it never comes. */
		network_log(modem->network, "verdict-lost", "modem=%s submission=%llu why=aborted",
		    modem->name, (unsigned long long)modem->outstanding.submission);
		modem->network->verdicts_lost++;
		modem->outstanding.there = false;
	}
	if (modem_take_fault(modem, "silent", &ignored))
		modem->silent = true;
	if (modem->echo)
		modem_say(modem, "%s\r", line);
	while (*line == ' ')
		line++;
	if (line[0] == '\0')
		return;
	if (modem_take_fault(modem, "garbage", NULL))
		modem_say(modem, "\r\n\x7f\x01^&%%#!\r\n");
	if (strncasecmp(line, "AT", 2) != 0)
		return; /* noise: a modem says nothing to it */
	run(modem, line + 2);
}
