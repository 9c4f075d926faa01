/*
 * Owns: the way of a text through the network: submit, verdict, delivery, receipt; and back.
 * May use: base/, text/, rehearsal/.
 * Must not know: AT commands.
 */
#include "rehearsal/internal.h"

#include "rehearsal/pdu.h"
#include "text/segment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define RECEIVED_OK 0x00
#define RECEIVED_EXPIRED 0x46
#define CMS_BARRED 196 /* the service centre: destination barred */
#define DEFAULT_VALIDITY_MINUTES (3 * 24 * 60)

struct submission {
	uint64_t number;
	struct modem *modem;
	int reference;
	struct wall submitted;
	struct pdu_submit pdu;
};

struct subscriber *air_subscriber(struct network *network, const char *number)
{
	for (size_t i = 0; i < network->subscriber_count; i++)
		if (strcmp(network->subscribers[i].number, number) == 0)
			return &network->subscribers[i];
	ARRAY_GROW(network->subscribers, network->subscriber_count, network->subscriber_capacity);
	struct subscriber *subscriber = &network->subscribers[network->subscriber_count++];
	*subscriber = (struct subscriber){0};
	snprintf(subscriber->number, sizeof subscriber->number, "%s", number);
	return subscriber;
}

/* ── into a modem's store ────────────────────────────────────────────────────────────────────── */

static void store_or_queue(struct modem *modem, struct buffer *hex, int length, bool report)
{
	struct network *network = modem->network;
	char *pdu = buffer_take(hex);
	if (modem->master >= 0 && modem_store(modem, pdu, length, report))
		return;
	ARRAY_GROW(network->queue, network->queue_count, network->queue_capacity);
	network->queue[network->queue_count].modem = modem;
	network->queue[network->queue_count++].part =
	    (struct waiting_part){.pdu = pdu, .length = length, .report = report};
}

void air_slot_free(struct modem *modem)
{
	struct network *network = modem->network;
	for (size_t i = 0; i < network->queue_count; i++) {
		struct waiting_part *part = &network->queue[i].part;
		if (network->queue[i].modem != modem)
			continue;
		if (!modem_store(modem, part->pdu, part->length, part->report))
			return;
		network->queue_count--;
		memmove(&network->queue[i], &network->queue[i + 1],
		    (network->queue_count - i) * sizeof network->queue[0]);
		i--;
	}
}

/* ── receipts ────────────────────────────────────────────────────────────────────────────────── */

struct receipt {
	struct submission *submission; /* owned */
	int status;
};

static void drop_receipt(void *arg)
{
	struct receipt *receipt = arg;
	free(receipt->submission);
	free(receipt);
}

/* To a program that asked for it with CNMI, past the store; else into the store. */
static void hand_receipt(struct modem *modem, const struct pdu_report *report)
{
	struct buffer hex = BUFFER(1024);
	int length = pdu_write_report(report, &hex);
	if (modem->report_mode != 1) {
		store_or_queue(modem, &hex, length, true);
		return;
	}
	modem_say(modem, "\r\n+CDS: %d\r\n%s\r\n", length, buffer_text(&hex));
	buffer_clear(&hex);
}

static void give_receipt(struct network *network, void *arg)
{
	struct receipt *receipt = arg;
	struct submission *submission = receipt->submission;
	struct modem *modem = submission->modem;
	if (modem_take_fault(modem, "lost-receipt", NULL)) {
		network_log(network, "receipt-lost", "modem=%s submission=%" PRIu64, modem->name,
		    submission->number);
	} else {
		const struct pdu_report report = {
		    .reference = submission->reference,
		    .recipient = submission->pdu.to,
		    .submitted = submission->submitted,
		    .discharged = network->now,
		    .zone_minutes = network->zone_minutes,
		    .status = receipt->status,
		};
		int times = modem_take_fault(modem, "duplicate-receipt", NULL) ? 2 : 1;
		network_log(network, "receipt", "modem=%s submission=%" PRIu64 " ref=%d status=%d",
		    modem->name, submission->number, submission->reference, receipt->status);
		while (times-- > 0)
			hand_receipt(modem, &report);
	}
	drop_receipt(receipt);
}

static void plan_receipt(struct network *network, struct submission *submission, int status,
    int64_t after_ms, bool latency)
{
	if (!submission->pdu.wants_receipt || !network->receipts) {
		free(submission);
		return;
	}
	struct receipt *receipt = memory_new(sizeof *receipt);
	*receipt = (struct receipt){submission, status};
	network_plan(network, after_ms, latency, give_receipt, drop_receipt, receipt);
}

/* ── delivery ────────────────────────────────────────────────────────────────────────────────── */

static void add_to_inbox(struct network *network, const struct submission *submission)
{
	const char *from = submission->modem->number;
	struct subscriber *subscriber = air_subscriber(network, submission->pdu.to);
	ARRAY_GROW(subscriber->inbox, subscriber->inbox_count, subscriber->inbox_capacity);
	struct received *received = &subscriber->inbox[subscriber->inbox_count++];
	*received =
	    (struct received){.at = network->now, .text = memory_copy_text(submission->pdu.text)};
	snprintf(received->from, sizeof received->from, "%s", from);
	network_log(network, "delivered", "submission=%" PRIu64 " to=%s", submission->number,
	    submission->pdu.to);
	for (size_t i = 0; i < network->client_count; i++)
		if (strcmp(network->clients[i]->follows, submission->pdu.to) == 0)
			client_say(network->clients[i], "text %" PRId64 " %s %s\n", network->now.ms,
			    from, network_encode(submission->pdu.text));
	saying_text_came(network, submission->modem, submission->pdu.to, submission->pdu.text);
}

static void deliver(struct network *network, void *arg)
{
	struct submission *submission = arg;
	struct subscriber *subscriber = air_subscriber(network, submission->pdu.to);
	int minutes = submission->pdu.validity_minutes > 0 ? submission->pdu.validity_minutes
							   : DEFAULT_VALIDITY_MINUTES;
	struct wall expiry = wall_add(submission->submitted, minutes * MINUTE_MS);
	struct wall back = subscriber->reach == REACH_OFF ? subscriber->off_until : WALL_NEVER;
	if (subscriber->reach == REACH_OFF && !wall_before(network->now, back))
		subscriber->reach = REACH_OK;
	if (subscriber->reach == REACH_OK) {
		add_to_inbox(network, submission);
		plan_receipt(network, submission, RECEIVED_OK, network->receipt_ms, true);
	} else if (subscriber->reach == REACH_OFF && wall_before(back, expiry)) {
		network_plan_at(network, back, deliver, free, submission);
	} else {
		plan_receipt(
		    network, submission, RECEIVED_EXPIRED, expiry.ms - network->now.ms, false);
	}
}

/* ── submits ─────────────────────────────────────────────────────────────────────────────────── */

struct verdict {
	struct modem *modem;
	uint64_t submission;
	int reference; /* -1: say no +CMGS line */
	int code;      /* CMS error, 0: accepted */
};

static void give_verdict(struct network *network, void *arg)
{
	struct verdict *verdict = arg;
	struct modem *modem = verdict->modem;
	bool awaited = modem->outstanding.there &&
		       modem->outstanding.submission == verdict->submission && modem->master >= 0;
	if (awaited) {
		modem->outstanding.there = false;
		network_log(network, "verdict", "modem=%s submission=%" PRIu64 " ok=%d code=%d",
		    modem->name, verdict->submission, verdict->code == 0, verdict->code);
		if (verdict->code != 0)
			modem_say(modem, "\r\n+CMS ERROR: %d\r\n", verdict->code);
		else if (verdict->reference < 0)
			modem_say(modem, "\r\nOK\r\n");
		else
			modem_say(modem, "\r\n+CMGS: %d\r\n\r\nOK\r\n", verdict->reference);
	}
	free(verdict);
}

static void plan_verdict(struct modem *modem, const struct submission *submission, int code)
{
	struct network *network = modem->network;
	struct verdict *verdict = memory_new(sizeof *verdict);
	int64_t latency = network->latency_ms, argument = 0;
	*verdict = (struct verdict){modem, submission->number, submission->reference, code};
	if (modem_take_fault(modem, "no-reference", NULL))
		verdict->reference = -1;
	if (modem_take_fault(modem, "wrong-reference", NULL))
		verdict->reference = (submission->reference + 100) % 256;
	if (modem_take_fault(modem, "late", &argument))
		latency = argument;
	if (latency == 0)
		give_verdict(network, verdict);
	else
		network_plan(network, latency, true, give_verdict, free, verdict);
}

static void log_submit(struct network *network, const struct submission *submission)
{
	const struct pdu_submit *pdu = &submission->pdu;
	network_log(network, "submit",
	    "modem=%s submission=%" PRIu64 " to=%s ref=%d concat=%d total=%d seq=%d encoding=%d "
	    "validity=%d receipt=%d flash=%d text=%s",
	    submission->modem->name, submission->number, pdu->to, submission->reference,
	    pdu->concat_reference, pdu->parts, pdu->part, pdu->encoding, pdu->validity_minutes,
	    pdu->wants_receipt, pdu->flash, network_encode(pdu->text));
}

void air_submit(struct modem *modem, const struct pdu_submit *pdu)
{
	struct network *network = modem->network;
	struct submission *submission = memory_new(sizeof *submission);
	int64_t code = 0;
	*submission = (struct submission){
	    .number = ++network->submissions,
	    .modem = modem,
	    .reference = modem->reference++,
	    .submitted = network->now,
	    .pdu = *pdu,
	};
	modem->outstanding = (struct outstanding){.there = true, .submission = submission->number};
	bool refused = modem_take_fault(modem, "cms", &code);
	if (!refused && air_subscriber(network, pdu->to)->reach == REACH_BARRED) {
		refused = true;
		code = CMS_BARRED;
	}
	bool swallowed = !refused && modem_take_fault(modem, "swallow", NULL);
	bool no_verdict = !refused && modem_take_fault(modem, "no-verdict", NULL);
	if (!refused && !swallowed)
		log_submit(network, submission);
	if (swallowed || no_verdict) {
		network->verdicts_lost++;
		modem->outstanding.lost = true;
		network_log(network, "verdict-lost", "modem=%s submission=%" PRIu64 " why=%s",
		    modem->name, submission->number, swallowed ? "swallowed" : "silent");
	} else {
		plan_verdict(modem, submission, (int)code);
	}
	if (refused || swallowed)
		free(submission);
	else
		network_plan(network, network->latency_ms + network->delivery_ms, true, deliver,
		    free, submission);
}

/* ── from handsets ───────────────────────────────────────────────────────────────────────────── */

static void store_part(struct network *network, struct modem *to, struct pdu_deliver *part)
{
	struct buffer hex = BUFFER(1024);
	part->time = network->now;
	part->zone_minutes = network->zone_minutes;
	int length = pdu_write_deliver(part, &hex);
	store_or_queue(to, &hex, length, false);
}

bool air_from_handset(struct network *network, const char *from, struct modem *to, const char *text)
{
	struct arena *arena = arena_new();
	struct segments segments;
	struct failure failure;
	network_log(network, "from-handset", "from=%s to=%s text=%s", from, to->number,
	    network_encode(text));
	if (segment_split(arena, text, SEGMENT_PARTS_MAX, &segments, &failure) != RESULT_OK) {
		network_log(
		    network, "refused", "from=%s why=%s", from, network_encode(failure.text));
		arena_free(arena);
		return false;
	}
	int reference = segments.count > 1 ? air_subscriber(network, from)->next_concat++ : -1;
	for (int i = 0; i < segments.count; i++)
		store_part(network, to,
		    &(struct pdu_deliver){
			.from = from,
			.encoding = (int)segments.encoding,
			.concat_reference = reference,
			.parts = segments.count,
			.part = i + 1,
			.text = segments.parts[i],
		    });
	arena_free(arena);
	return true;
}
