/*
 * Owns: the frames from and to a modem process.
 * May use: base/, loop/, modem/protocol.h, channel/.
 * Must not know: when the process is started or killed.
 */
#include "channel/gsm_internal.h"

#include "base/log.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CMS_UNASSIGNED_NUMBER 1 /* 3GPP TS 24.011, annex E */

/* ── what the process says ───────────────────────────────────────────────────────────────────── */

static void on_state(struct gsm *gsm, struct frame *frame)
{
	int64_t state = frame_get_int(frame);
	const char *detail = frame_get_text(frame);
	const char *imei = frame_get_text(frame);
	const char *imsi = frame_get_text(frame);
	(void)imei;
	if (imsi[0] != '\0')
		snprintf(gsm->sim, sizeof gsm->sim, "%s", imsi);
	snprintf(gsm->last_words, sizeof gsm->last_words, "%s", detail);
	switch (state) {
	case MODEM_READY:
		gsm->backoff_ms = SECOND_MS;
		gsm_set_health(gsm, CHANNEL_READY, detail);
		break;
	case MODEM_BUSY_ELSEWHERE:
		gsm_set_health(gsm, CHANNEL_CONNECTING, detail);
		loop_timer_cancel(gsm->deadline); /* it waits for the other one's submit to end */
		break;
	case MODEM_PIN_REFUSED: {
		char fingerprint[GSM_FINGERPRINT_MAX];
		gsm_pin_fingerprint(gsm->config.pin, fingerprint);
		gsm->config.pin_is_refused = true;
		gsm->events->pin_refused(gsm->owner, gsm->channel.name, fingerprint);
		gsm_set_health(gsm, CHANNEL_HALTED, detail);
		break;
	}
	case MODEM_PIN_WANTED:
		gsm_set_health(gsm, CHANNEL_HALTED, detail);
		break;
	case MODEM_CONNECTING:
		gsm_set_health(gsm, CHANNEL_CONNECTING, detail);
		break;
	default: /* the process exits next, or is stopping */
		if (gsm->channel.health == CHANNEL_READY)
			gsm_set_health(gsm, CHANNEL_CONNECTING, detail);
		break;
	}
}

static void on_begun(struct gsm *gsm, struct frame *frame)
{
	int64_t attempt = frame_get_int(frame);
	int64_t part = frame_get_int(frame);
	if (gsm->in_flight && attempt == gsm->attempt && part == gsm->part)
		gsm->begun = true;
}

static void on_outcome(struct gsm *gsm, struct frame *frame)
{
	static const enum channel_outcome_kind kinds[] = {
	    [MODEM_SENT] = CHANNEL_SENT,
	    [MODEM_NOT_SENT] = CHANNEL_NOT_SENT,
	    [MODEM_REFUSED] = CHANNEL_REFUSED,
	    [MODEM_REFUSED_FOREVER] = CHANNEL_REFUSED_FOREVER,
	    [MODEM_OUTCOME_UNKNOWN] = CHANNEL_UNKNOWN,
	};
	int64_t attempt = frame_get_int(frame);
	int part = (int)frame_get_int(frame);
	int64_t kind = frame_get_int(frame);
	int code = (int)frame_get_int(frame);
	int reference = (int)frame_get_int(frame);
	const char *detail = frame_get_text(frame);
	if (kind < MODEM_SENT || kind > MODEM_OUTCOME_UNKNOWN)
		kind = MODEM_OUTCOME_UNKNOWN;
	const struct channel_outcome outcome = {.attempt = attempt,
	    .part = part,
	    .kind = kinds[kind],
	    .code = code,
	    .reference = reference,
	    .detail = detail,
	    .number_is_wrong = kind == MODEM_REFUSED_FOREVER && code == CMS_UNASSIGNED_NUMBER};
	if (gsm->in_flight && attempt == gsm->attempt && part == gsm->part)
		gsm_finish_part(gsm, &outcome);
	else /* Of a process that an earlier daemon did not live to hear. */
		gsm->events->outcome(gsm->owner, gsm->channel.name, &outcome);
}

static void on_inbound(struct gsm *gsm, struct frame *frame)
{
	struct channel_inbound inbound = {0};
	inbound.slot = frame_get_text(frame);
	inbound.sender = frame_get_text(frame);
	inbound.sender_is_alphanumeric = frame_get_int(frame) != 0;
	inbound.network_time = (struct wall){frame_get_int(frame)};
	inbound.encoding = (int)frame_get_int(frame);
	inbound.concat_reference = (int)frame_get_int(frame);
	inbound.parts = (int)frame_get_int(frame);
	inbound.part = (int)frame_get_int(frame);
	inbound.text = frame_get_text(frame);
	if (!frame->malformed)
		gsm->events->inbound(gsm->owner, gsm->channel.name, &inbound);
}

static void on_receipt(struct gsm *gsm, struct frame *frame)
{
	struct channel_receipt receipt = {0};
	receipt.slot = frame_get_text(frame);
	receipt.reference = (int)frame_get_int(frame);
	receipt.recipient = frame_get_text(frame);
	receipt.status = (int)frame_get_int(frame);
	receipt.submit_time = (struct wall){frame_get_int(frame)};
	receipt.discharge_time = (struct wall){frame_get_int(frame)};
	if (!frame->malformed)
		gsm->events->receipt(gsm->owner, gsm->channel.name, &receipt);
}

static void on_storage(struct gsm *gsm, struct frame *frame)
{
	int64_t used = frame_get_int(frame), total = frame_get_int(frame);
	log_event(used >= total ? LOG_WARNING : LOG_INFO, "gsm.storage", "channel=%s used=%d of=%d",
	    gsm->channel.name, (int)used, (int)total);
}

static void take_frame(struct gsm *gsm, struct frame *frame)
{
	gsm->heard = true;
	switch (frame->type) {
	case MODEM_EVENT_STATE:
		on_state(gsm, frame);
		break;
	case MODEM_EVENT_BEGUN:
		on_begun(gsm, frame);
		break;
	case MODEM_EVENT_OUTCOME:
		on_outcome(gsm, frame);
		break;
	case MODEM_EVENT_INBOUND:
		on_inbound(gsm, frame);
		break;
	case MODEM_EVENT_RECEIPT:
		on_receipt(gsm, frame);
		break;
	case MODEM_EVENT_PONG:
		gsm_set_deadline(gsm);
		break;
	case MODEM_EVENT_STORAGE:
		on_storage(gsm, frame);
		break;
	default:
		frame->malformed = true;
		break;
	}
}

/* ── the socket ──────────────────────────────────────────────────────────────────────────────── */

static void take_frames(struct gsm *gsm)
{
	struct frame frame;
	size_t size;
	int whole;
	while ((whole = frame_peek(&gsm->in, &frame, &size)) == 1) {
		take_frame(gsm, &frame);
		if (frame.malformed)
			log_event(LOG_ERROR, "gsm.malformed-frame", "channel=%s type=%d",
			    gsm->channel.name, frame.type);
		buffer_consume(&gsm->in, size);
	}
	if (whole < 0 && gsm->child != NULL)
		loop_child_kill(gsm->child, SIGKILL); /* out of step: only a new one helps */
}

void gsm_read(struct gsm *gsm)
{
	char bytes[16 * 1024];
	while (gsm->fd >= 0) {
		ssize_t n = recv(gsm->fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0) /* it has closed; SIGCHLD tells the rest */
			loop_watch_want(gsm->watch, 0);
		if (n <= 0)
			return;
		buffer_add(&gsm->in, bytes, (size_t)n);
		take_frames(gsm);
	}
}

void gsm_flush(struct gsm *gsm)
{
	while (gsm->fd >= 0 && gsm->out.len > 0) {
		ssize_t n = send(gsm->fd, gsm->out.data, gsm->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		buffer_consume(&gsm->out, (size_t)n);
	}
	if (gsm->fd >= 0 && gsm->watch != NULL)
		loop_watch_want(gsm->watch, LOOP_READ | (gsm->out.len > 0 ? LOOP_WRITE : 0));
}

void gsm_ready(int ready, void *arg)
{
	struct gsm *gsm = arg;
	if (ready & LOOP_WRITE)
		gsm_flush(gsm);
	if (ready & LOOP_READ)
		gsm_read(gsm);
}
