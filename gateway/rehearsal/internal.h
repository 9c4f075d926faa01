/*
 * Owns: what the files of the virtual network share.
 * May use: base/, rehearsal/.
 * Must not know: the store, the domain. No other room includes this file.
 */
#ifndef REHEARSAL_INTERNAL_H
#define REHEARSAL_INTERNAL_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/result.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define NUMBER_MAX 24
#define SLOTS_MAX 255
#define FAULTS_MAX 16

struct network;
struct script;

/* ── events ──────────────────────────────────────────────────────────────────────────────────── */

struct event {
	struct wall moment;
	uint64_t order; /* of equal moments, the one asked first */
	bool latency;
	void (*run)(struct network *network, void *arg); /* takes arg over */
	void (*drop)(void *arg); /* frees arg when the network ends before the event */
	void *arg;
};
typedef void event_run_fn(struct network *network, void *arg);
typedef void event_drop_fn(void *arg);
void network_plan(struct network *network, int64_t after_ms, bool latency, event_run_fn *run,
    event_drop_fn *drop, void *arg);
void network_plan_at(
    struct network *network, struct wall moment, event_run_fn *run, event_drop_fn *drop, void *arg);

/* ── modems ──────────────────────────────────────────────────────────────────────────────────── */

struct slot {
	bool used, report, was_read;
	char *pdu;
	int length; /* of the TPDU */
	int64_t stored_real_ms;
};

struct fault {
	char kind[24];
	int64_t argument;
	bool always;
};

struct outstanding {      /* the submit whose verdict has not come */
	bool there, lost; /* lost: it will never come */
	uint64_t submission;
};

struct modem {
	struct network *network;
	bool linked; /* the link is ours to remove */
	char name[32], link[256], number[NUMBER_MAX], pin[12], imei[20], imsi[20];
	int master, slave; /* -1: unplugged */
	int slot_count;
	struct slot slots[SLOTS_MAX + 1]; /* from 1 */
	struct buffer line, out;
	bool echo, unlocked, verbose_errors, wants_pdu, announces_text, announces_report;
	int announced_length, report_mode, pin_tries;
	uint8_t reference;
	struct outstanding outstanding;
	bool silent; /* until the fault is cleared */
	struct fault faults[FAULTS_MAX];
	size_t fault_count;
	int64_t last_write_real_ms;
};

bool modem_open(struct modem *modem, struct failure *failure);
void modem_close(struct modem *modem);
void modem_readable(struct modem *modem);
void modem_flush(struct modem *modem);
void modem_say(struct modem *modem, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Takes a fault of this kind: true when one was set (a one-shot is then gone). */
bool modem_take_fault(struct modem *modem, const char *kind, int64_t *argument);
/* Bytes or stored texts that the program at the other end has not fetched yet. */
bool modem_has_unfetched(const struct modem *modem);
/* A program has just asked for indications: it will read what is stored from now on. */
void modem_expect_reader(struct modem *modem);
/* Stores a PDU (taken over) and announces it; false when the store is full. */
bool modem_store(struct modem *modem, char *pdu, int length, bool report);
int modem_used_slots(const struct modem *modem);

/* at.c, at_sms.c */
void at_command(struct modem *modem, const char *line);
void at_pdu(struct modem *modem, const char *hex);
bool at_sms_command(struct modem *modem, const char *line);
void at_ok(struct modem *modem);
void at_error(struct modem *modem, int cme);

/* ── the air ─────────────────────────────────────────────────────────────────────────────────── */

enum reach { REACH_OK, REACH_BARRED, REACH_UNREACHABLE, REACH_OFF };

struct received {
	struct wall at;
	char from[NUMBER_MAX];
	char *text;
};

struct waiting_part { /* for a modem whose store is full */
	char *pdu;
	int length;
	bool report;
};

struct subscriber {
	char number[NUMBER_MAX];
	enum reach reach;
	struct wall off_until;
	struct received *inbox;
	size_t inbox_count, inbox_capacity;
	uint8_t next_concat;
};

struct pdu_submit;
/* A modem submits a PDU. Returns false with a CMS code when the network refuses at once. */
void air_submit(struct modem *modem, const struct pdu_submit *submit);
/* A handset sends a text to a modem's number. False when it is too long. */
bool air_from_handset(
    struct network *network, const char *from, struct modem *to, const char *text);
struct subscriber *air_subscriber(struct network *network, const char *number);
/* A slot has come free: what waited for it is stored. */
void air_slot_free(struct modem *modem);

/* ── the script ──────────────────────────────────────────────────────────────────────────────── */

/* saying.c: takes a script, or refuses it with a sentence; lets its officials answer. */
bool saying_begin(struct network *network, const char *path, struct failure *failure);
void saying_text_came(
    struct network *network, struct modem *from_modem, const char *number, const char *text);

/* ── clients ─────────────────────────────────────────────────────────────────────────────────── */

enum client_kind { CLIENT_NEW, CLIENT_DRIVER, CLIENT_HELPER };
enum client_state { CLIENT_BUSY, CLIENT_IDLE, CLIENT_WAITS };

struct client {
	int fd;
	enum client_kind kind;
	char name[32];
	enum client_state state;
	struct wall next;
	struct buffer in;
	char follows[NUMBER_MAX];
	bool wants_idle, wants_done;
	bool gone;
};

struct network {
	struct wall now, until;
	int64_t shift_ms; /* how far the clocks of the clients' machine are off */
	uint64_t sequence, order, submissions, verdicts_lost;
	struct event *events; /* a binary heap */
	size_t event_count, event_capacity;
	struct modem *modems[16];
	size_t modem_count;
	struct subscriber *subscribers;
	size_t subscriber_count, subscriber_capacity;
	struct script *script; /* NULL: nobody answers by himself */
	struct {
		struct modem *modem;
		struct waiting_part part;
	} * queue;
	size_t queue_count, queue_capacity;
	struct client *clients[64];
	size_t client_count;
	int listener, log;
	bool bound; /* the socket is ours to remove */
	char *socket_path;
	bool hold, quit, debug, done;
	bool told_to_pass; /* `advance`: time passes although nobody drives */
	struct wall pass_until;
	bool flows;            /* time flows although nobody drives: the machine's own pace */
	double speed;          /* 0: discrete */
	int64_t speed_real_ms; /* when time last moved, at speed */
	int64_t last_event_real_ms;
	int64_t latency_ms, delivery_ms, receipt_ms, slot_ms;
	int zone_minutes;
	bool receipts;
};

void network_log(struct network *network, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Percent-encoding for lines; the result lives until the fourth next call. */
const char *network_encode(const char *text);
/* In place. */
void network_decode(char *text);
struct modem *network_find_modem(struct network *network, const char *name);
struct modem *network_modem_of_number(struct network *network, const char *number);
void network_run_due(struct network *network);
int network_run(struct network *network); /* until `quit`; a sysexits status */

/* clients.c */
void clients_accept(struct network *network);
void client_readable(struct network *network, struct client *client);
void client_say(struct client *client, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void clients_tell_time(struct network *network);
void clients_bury(struct network *network);
/* request.c */
void request_run(struct network *network, struct client *client, char *line);

#endif
