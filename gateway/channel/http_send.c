/*
 * Owns: one text's way to the provider: pieces, waiting for its turn, what the answer means.
 * May use: base/, loop/, channel/.
 * Must not know: any particular provider.
 */
#include "channel/http_internal.h"

#include "base/log.h"
#include "channel/http_length.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* So long a text waits here for its turn; for longer it goes back to the outbox. */
#define TURN_MS (5 * SECOND_MS)
#define QUOTA_MS HOUR_MS
#define THROTTLED_MS MINUTE_MS

struct http_send {
	struct http_send *next;
	struct http_channel *http;
	struct arena *arena;
	int64_t attempt;
	int part;
	const char *address, *id;
	struct http_parts pieces; /* none: the text is too long, `refusal` says so */
	struct failure refusal;
	size_t piece; /* the one in flight */
	int validity_minutes;
	struct http_exchange *exchange;
	struct loop_timer *timer; /* NULL: it never had to wait */
	bool waits_for_credentials, renewed;
	const struct provider_request *request;
	const char *external_id;
};

/* ── the end ─────────────────────────────────────────────────────────────────────────────────── */

static void send_free(struct http_send *send)
{
	loop_timer_free(send->timer);
	arena_free(send->arena);
}

static void unlink_send(struct http_channel *http, const struct http_send *send)
{
	struct http_send **at = &http->sends;
	while (*at != send)
		at = &(*at)->next;
	*at = send->next;
	http->send_count--;
}

static void finish(struct http_send *send, struct channel_outcome outcome)
{
	struct http_channel *http = send->http;
	outcome.attempt = send->attempt;
	outcome.part = send->part;
	outcome.reference = -1;
	/* Part of it is there, and whether the rest will ever be is open. */
	if (send->piece > 0 && outcome.kind != CHANNEL_SENT)
		outcome.kind = CHANNEL_UNKNOWN;
	unlink_send(http, send);
	http->events->outcome(http->owner, http->channel.name, &outcome);
	send_free(send);
	http_try_stop(http);
}

static void fail(struct http_send *send, enum channel_outcome_kind kind, const char *detail)
{
	finish(send, (struct channel_outcome){.kind = kind, .detail = detail});
}

static void put_off(struct http_send *send, int64_t wait_ms, const char *detail)
{
	finish(send, (struct channel_outcome){
			 .kind = CHANNEL_NOT_SENT, .detail = detail, .retry_after_ms = wait_ms});
}

/* ── what the answer means ───────────────────────────────────────────────────────────────────── */

static void next_step(void *send);

static bool receipts_name_ours(const struct provider *provider)
{
	for (size_t i = 0; i < provider->receipt_count; i++)
		if (provider->receipt_kinds[i].id_is_ours)
			return true;
	return false;
}

static void accepted(struct http_send *send, const struct http_verdict *verdict)
{
	struct http_channel *http = send->http;
	if (send->external_id == NULL)
		send->external_id = receipts_name_ours(http->provider)
					? send->id
					: arena_copy(send->arena, verdict->id);
	if (++send->piece < send->pieces.count) {
		next_step(send);
		return;
	}
	finish(
	    send, (struct channel_outcome){.kind = CHANNEL_SENT, .external_id = send->external_id});
}

static void refused_credentials(struct http_send *send, const char *reason)
{
	struct http_channel *http = send->http;
	if (!send->renewed && http_credentials_renew(http)) {
		send->renewed = true;
		send->waits_for_credentials = true;
		return;
	}
	http_halt(http, reason);
	put_off(send, 0, reason);
}

static void refused_recipient(struct http_send *send, const char *reason)
{
	bool phone = strcmp(send->http->provider->address_kind, "phone") == 0;
	finish(send,
	    (struct channel_outcome){
		.kind = CHANNEL_REFUSED_FOREVER, .detail = reason, .address_is_blocked = !phone});
}

static void obey(struct http_send *send, const struct http_verdict *verdict)
{
	struct http_channel *http = send->http;
	int64_t wait = verdict->wait_ms;
	switch (verdict->class) {
	case PROVIDER_SENT:
		accepted(send, verdict);
		return;
	case PROVIDER_PERMANENT_RECIPIENT:
		refused_recipient(send, verdict->reason);
		return;
	case PROVIDER_PERMANENT_TEXT:
		fail(send, CHANNEL_REFUSED_FOREVER, verdict->reason);
		return;
	case PROVIDER_THROTTLED:
		wait = wait >= 0 ? wait : THROTTLED_MS;
		http_wait(http, wait, verdict->reason);
		put_off(send, wait, verdict->reason);
		return;
	case PROVIDER_QUOTA:
		wait = wait >= 0 ? wait : QUOTA_MS;
		http->events->trouble(
		    http->owner, http->channel.name, "channel-quota", verdict->reason);
		http_wait(http, wait, verdict->reason);
		put_off(send, wait, verdict->reason);
		return;
	case PROVIDER_CREDENTIALS:
		refused_credentials(send, verdict->reason);
		return;
	case PROVIDER_ACCOUNT:
		http_halt(http, verdict->reason);
		put_off(send, 0, verdict->reason);
		return;
	case PROVIDER_UNKNOWN:
		fail(send, send->request->idempotent ? CHANNEL_REFUSED : CHANNEL_UNKNOWN,
		    verdict->reason);
		return;
	case PROVIDER_TEMPORARY:
	case PROVIDER_EMPTY:
	case PROVIDER_CLASS_COUNT:
		break;
	}
	finish(send, (struct channel_outcome){.kind = CHANNEL_REFUSED,
			 .detail = verdict->reason,
			 .retry_after_ms = wait > 0 ? wait : 0});
}

/* A provider may repeat what it was sent. */
static const char *without_secrets(const struct http_send *send, const char *reason)
{
	size_t count;
	const char *const *secrets =
	    http_account_secrets(send->arena, &send->http->account, &count);
	return arena_copy(send->arena, http_mask(send->arena, reason, secrets, count));
}

static void judge(struct http_send *send, const struct http_answer *answer)
{
	struct http_channel *http = send->http;
	struct http_body body;
	struct http_verdict verdict;
	http_ask_body(&body, send->arena, answer);
	http_judge(&body, http->provider->rules, http->provider->rule_count,
	    send->request->idempotent, loop_now(http->loop), &verdict);
	log_event(LOG_DEBUG, "http.answer",
	    "channel=%s attempt=%" PRId64 " status=%d class=%s rule=%d", http->channel.name,
	    send->attempt, answer->status, provider_class_name(verdict.class), verdict.rule_line);
	if (verdict.class == PROVIDER_TEMPORARY || verdict.class == PROVIDER_UNKNOWN)
		http_way_failed(http, verdict.reason);
	else
		http_way_works(http);
	verdict.reason = without_secrets(send, verdict.reason);
	verdict.id = arena_copy(send->arena, verdict.id);
	http_body_clear(&body);
	obey(send, &verdict);
}

static void answered(const struct http_answer *answer, void *arg)
{
	struct http_send *send = arg;
	struct http_channel *http = send->http;
	send->exchange = NULL;
	switch (answer->fate) {
	case HTTP_ANSWERED:
		judge(send, answer);
		return;
	case HTTP_NOT_SENT:
		http_way_failed(http, answer->detail);
		put_off(send, 0, answer->detail);
		return;
	case HTTP_UNKNOWN:
		http_way_failed(http, answer->detail);
		fail(send, send->request->idempotent ? CHANNEL_REFUSED : CHANNEL_UNKNOWN,
		    answer->detail);
		return;
	}
}

/* ── sending ─────────────────────────────────────────────────────────────────────────────────── */

static const char *id_of_piece(const struct http_send *send)
{
	if (send->piece == 0)
		return send->id;
	return arena_printf(send->arena, "%s-%zu", send->id, send->piece + 1);
}

static void hand_over(struct http_send *send)
{
	struct http_channel *http = send->http;
	struct failure failure;
	struct http_lookup lookup = {
	    .arena = send->arena,
	    .to = send->address,
	    .text = send->pieces.texts[send->piece],
	    .id = id_of_piece(send),
	    .part = (int)send->piece + 1,
	    .parts = (int)send->pieces.count,
	    .validity_minutes = send->validity_minutes,
	};
	const struct http_built *built = http_prepare(http, &lookup, send->request, &failure);
	if (built == NULL)
		fail(send, CHANNEL_REFUSED_FOREVER, failure.text);
	else
		send->exchange = http_hand_over(http, send->arena, built, false, answered, send);
}

/* What it waits for may have come. */
static void next_step(void *arg)
{
	struct http_send *send = arg;
	struct http_channel *http = send->http;
	send->waits_for_credentials = !http_credentials_ready(http);
	if (send->waits_for_credentials)
		return;
	int64_t wait = http_limits_take(&http->limits, send->address, loop_mono(http->loop));
	if (wait == 0) {
		hand_over(send);
	} else if (wait > TURN_MS) {
		put_off(send, wait, "the provider's limit is reached");
	} else {
		if (send->timer == NULL)
			send->timer = loop_timer_new(http->loop, next_step, send);
		loop_timer_after(send->timer, wait);
	}
}

static void begin(void *arg)
{
	struct http_send *send = arg;
	if (send->pieces.count == 0)
		fail(send, CHANNEL_REFUSED_FOREVER, send->refusal.text);
	else
		next_step(send);
}

enum result http_send_start(struct http_channel *http, const struct channel_part *part)
{
	struct arena *arena = arena_new();
	struct http_send *send = arena_alloc(arena, sizeof *send);
	*send = (struct http_send){
	    .next = http->sends,
	    .http = http,
	    .arena = arena,
	    .attempt = part->attempt,
	    .part = part->part,
	    .address = arena_copy(arena, part->address),
	    .id = part->part == 0
		      ? arena_printf(arena, "%" PRId64, part->message)
		      : arena_printf(arena, "%" PRId64 "-%d", part->message, part->part),
	    .validity_minutes = part->validity_minutes,
	    .request = &http->provider->send,
	};
	if (http_fit_text(arena, &http->provider->limits, part->text, &send->pieces,
		&send->refusal) != RESULT_OK)
		send->pieces.count = 0;
	http->sends = send;
	http->send_count++;
	/* An outcome must not come from inside the call that caused it. */
	loop_defer(http->loop, begin, send);
	return RESULT_OK;
}

void http_sends_go_on(struct http_channel *http)
{
	struct http_send *send = http->sends;
	while (send != NULL) {
		struct http_send *next = send->next; /* this one may end */
		if (send->waits_for_credentials) {
			send->waits_for_credentials = false;
			if (http->halted)
				put_off(send, 0, http->words);
			else
				next_step(send);
		}
		send = next;
	}
}

void http_sends_free(struct http_channel *http)
{
	while (http->sends != NULL) {
		struct http_send *send = http->sends;
		http->sends = send->next;
		if (send->exchange != NULL)
			http_exchange_cancel(send->exchange);
		send_free(send);
	}
	http->send_count = 0;
}
