/*
 * Owns: the life of one modem process: start, kill, replace, stop; the part in flight.
 * May use: base/, loop/, modem/protocol.h, channel/.
 * Must not know: libgammu, AT, the domain.
 */
#include "channel/gsm_internal.h"

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKOFF_FIRST_MS SECOND_MS
#define BACKOFF_LONGEST_MS MINUTE_MS
/* A submit takes at most the verdict limit and libgammu's own time-outs around it. */
#define SUBMIT_GRACE_MS (45 * SECOND_MS)
/* Connecting through libgammu to a modem that does not answer takes half a minute. */
#define CONNECT_LIMIT_MS (2 * MINUTE_MS)
#define PING_AFTER_MS (30 * SECOND_MS)
#define PING_LIMIT_MS (60 * SECOND_MS)
/* For a process that is to end. With nothing in flight killing it does no harm. */
#define STOP_LIMIT_MS (5 * SECOND_MS)

void gsm_pin_fingerprint(const char *pin, char out[GSM_FINGERPRINT_MAX])
{
	snprintf(out, GSM_FINGERPRINT_MAX, "%016" PRIx64, hash_text(pin));
}

/* ── health ──────────────────────────────────────────────────────────────────────────────────── */

/* While connecting, sending or stopping, a rehearsal clock must not run away. */
void gsm_set_hold(struct gsm *gsm)
{
	bool wanted =
	    gsm->in_flight ||
	    (gsm->child != NULL && (gsm->channel.health == CHANNEL_CONNECTING || gsm->stopping));
	if (wanted && !gsm->holds)
		loop_hold(gsm->loop);
	if (!wanted && gsm->holds)
		loop_release(gsm->loop);
	gsm->holds = wanted;
}

void gsm_set_health(struct gsm *gsm, enum channel_health health, const char *detail)
{
	gsm->channel.health = health;
	gsm_set_hold(gsm);
	gsm_set_deadline(gsm);
	gsm->events->health(gsm->owner, gsm->channel.name, health, detail, gsm->sim);
}

void gsm_finish_part(struct gsm *gsm, const struct channel_outcome *outcome)
{
	gsm->in_flight = false;
	gsm_set_deadline(gsm);
	gsm_set_hold(gsm);
	gsm->events->outcome(gsm->owner, gsm->channel.name, outcome);
}

/* ── the process ends ────────────────────────────────────────────────────────────────────────── */

/* The part in flight: unknown once the process had begun it; before that it provably never left. */
static void settle_in_flight(struct gsm *gsm)
{
	if (!gsm->in_flight)
		return;
	gsm_finish_part(gsm, &(struct channel_outcome){
				 .attempt = gsm->attempt,
				 .part = gsm->part,
				 .kind = gsm->begun ? CHANNEL_UNKNOWN : CHANNEL_NOT_SENT,
				 .reference = -1,
				 .detail = "the modem process ended",
			     });
}

static void forget_process(struct gsm *gsm)
{
	loop_watch_free(gsm->watch);
	gsm->watch = NULL;
	if (gsm->fd >= 0)
		close(gsm->fd);
	gsm->fd = -1;
	buffer_reset(&gsm->in);
	buffer_reset(&gsm->out);
	loop_timer_cancel(gsm->deadline);
}

static void process_ended(int status, void *arg)
{
	struct gsm *gsm = arg;
	gsm->child = NULL; /* the loop frees it */
	gsm_read(gsm);     /* what it said before it died still counts */
	forget_process(gsm);
	settle_in_flight(gsm);
	gsm_set_hold(gsm);
	if (gsm->stopped != NULL) {
		loop_fn *stopped = gsm->stopped;
		gsm->stopped = NULL;
		loop_defer(gsm->loop, stopped, gsm->stopped_arg);
		return;
	}
	if (gsm->channel.health == CHANNEL_HALTED || gsm->stopping)
		return;
	log_event(LOG_WARNING, "gsm.ended", "channel=%s signal=%d status=%d again_ms=%" PRId64,
	    gsm->channel.name, status & 0x7F, status >> 8 & 0xFF, gsm->backoff_ms);
	gsm_set_health(gsm, CHANNEL_DOWN, gsm->last_words);
	loop_timer_after(gsm->restart, gsm->backoff_ms);
	gsm->backoff_ms =
	    gsm->backoff_ms * 2 < BACKOFF_LONGEST_MS ? gsm->backoff_ms * 2 : BACKOFF_LONGEST_MS;
}

static void deadline_came(void *arg)
{
	struct gsm *gsm = arg;
	if (gsm->child == NULL)
		return;
	/* A rehearsal clock may have run on before the process could join it. */
	if (!gsm->heard && loop_is_rehearsal(gsm->loop)) {
		gsm_set_deadline(gsm);
		return;
	}
	bool idle = !gsm->in_flight && !gsm->stopping && gsm->channel.health == CHANNEL_READY;
	if (idle && !gsm->pinged) {
		size_t mark = frame_begin(&gsm->out, MODEM_REQUEST_PING);
		frame_put_int(&gsm->out, 1);
		frame_end(&gsm->out, mark);
		gsm->pinged = true;
		gsm_flush(gsm);
		loop_timer_after(gsm->deadline, PING_LIMIT_MS);
		return;
	}
	snprintf(gsm->last_words, sizeof gsm->last_words, "the modem process hung and was killed");
	log_event(
	    LOG_ERROR, "gsm.killed", "channel=%s in_flight=%d", gsm->channel.name, gsm->in_flight);
	loop_child_kill(gsm->child, SIGKILL);
}

/* With nothing in flight the process is asked now and then whether it lives. On a rehearsal clock
 * that would make time tick for nothing, and a moment of stopping could be jumped over. */
void gsm_set_deadline(struct gsm *gsm)
{
	gsm->pinged = false;
	if (gsm->child == NULL)
		loop_timer_cancel(gsm->deadline);
	else if (gsm->in_flight)
		loop_timer_after(gsm->deadline, gsm->config.verdict_limit_ms + SUBMIT_GRACE_MS);
	else if (gsm->channel.health == CHANNEL_CONNECTING && !gsm->stopping)
		loop_timer_after(gsm->deadline, CONNECT_LIMIT_MS);
	else if (loop_is_rehearsal(gsm->loop))
		loop_timer_cancel(gsm->deadline);
	else if (gsm->channel.health == CHANNEL_READY && !gsm->stopping)
		loop_timer_after(gsm->deadline, PING_AFTER_MS);
	else
		loop_timer_after(gsm->deadline, STOP_LIMIT_MS);
}

/* ── the process starts ──────────────────────────────────────────────────────────────────────── */

static void configure(struct gsm *gsm)
{
	const struct gsm_config *config = &gsm->config;
	size_t mark = frame_begin(&gsm->out, MODEM_REQUEST_CONFIGURE);
	frame_put_text(&gsm->out, config->device);
	frame_put_text(&gsm->out, config->connection);
	frame_put_text(&gsm->out, config->pin);
	frame_put_text(&gsm->out, config->pace);
	frame_put_int(&gsm->out, config->verdict_limit_ms);
	frame_put_text(&gsm->out, config->clock_socket);
	frame_put_text(&gsm->out, config->state_dir);
	frame_put_text(&gsm->out, config->name);
	frame_end(&gsm->out, mark);
	gsm_flush(gsm);
}

static void launch(void *arg)
{
	struct gsm *gsm = arg;
	int pair[2];
	struct failure failure;
	char *argv[] = {(char *)(uintptr_t)gsm->config.program, NULL};
	if (gsm->child != NULL || gsm->stopping)
		return;
	if (gsm->config.pin_is_refused) {
		gsm_set_health(gsm, CHANNEL_HALTED,
		    "this PIN was refused before and is not tried again: correct it in the "
		    "configuration");
		return;
	}
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
		loop_timer_after(gsm->restart, gsm->backoff_ms);
		return;
	}
	fcntl(pair[0], F_SETFL, O_NONBLOCK);
	gsm->child = loop_child_start(gsm->loop, argv, pair[1], process_ended, gsm, &failure);
	if (gsm->child == NULL) {
		close(pair[0]);
		close(pair[1]);
		gsm_set_health(gsm, CHANNEL_DOWN, failure.text);
		loop_timer_after(gsm->restart, BACKOFF_LONGEST_MS);
		return;
	}
	gsm->fd = pair[0];
	gsm->watch = loop_watch_new(gsm->loop, gsm->fd, LOOP_READ, gsm_ready, gsm);
	gsm->last_words[0] = '\0';
	gsm->heard = false;
	gsm_set_health(gsm, CHANNEL_CONNECTING, "starting the modem process");
	configure(gsm);
}

/* ── the port ────────────────────────────────────────────────────────────────────────────────── */

/* Through the timer: what launching tells the owner must not be told from inside his call. */
static void start(struct channel *channel)
{
	struct gsm *gsm = (struct gsm *)channel;
	loop_timer_after(gsm->restart, 0);
}

static enum result submit(struct channel *channel, const struct channel_part *part)
{
	struct gsm *gsm = (struct gsm *)channel;
	if (gsm->in_flight)
		return RESULT_CONFLICT;
	if (channel->health != CHANNEL_READY || gsm->fd < 0)
		return RESULT_TEMPORARY;
	gsm->in_flight = true;
	gsm->begun = false;
	gsm->attempt = part->attempt;
	gsm->part = part->part;
	size_t mark = frame_begin(&gsm->out, MODEM_REQUEST_SUBMIT);
	frame_put_int(&gsm->out, part->attempt);
	frame_put_int(&gsm->out, part->part);
	frame_put_text(&gsm->out, part->address);
	frame_put_int(&gsm->out, part->encoding);
	frame_put_text(&gsm->out, part->text);
	frame_put_int(&gsm->out, part->concat_reference);
	frame_put_int(&gsm->out, part->parts);
	frame_put_int(&gsm->out, part->validity_minutes);
	frame_put_int(&gsm->out, part->want_receipt);
	frame_end(&gsm->out, mark);
	gsm_set_hold(gsm);
	gsm_set_deadline(gsm);
	gsm_flush(gsm);
	return RESULT_OK;
}

static void accept_inbound(struct channel *channel, const char *slot)
{
	struct gsm *gsm = (struct gsm *)channel;
	if (gsm->fd < 0)
		return; /* the slot is read again by the next process, and known then */
	size_t mark = frame_begin(&gsm->out, MODEM_REQUEST_DELETE);
	frame_put_text(&gsm->out, slot);
	frame_end(&gsm->out, mark);
	gsm_flush(gsm);
}

static void retry(struct channel *channel)
{
	struct gsm *gsm = (struct gsm *)channel;
	char mark[512];
	snprintf(mark, sizeof mark, "%s/modem-%s.pin-tried", gsm->config.state_dir, channel->name);
	unlink(mark);
	gsm->config.pin_is_refused = false;
	loop_timer_after(gsm->restart, 0);
}

static void stop(struct channel *channel, void (*stopped)(void *arg), void *arg)
{
	struct gsm *gsm = (struct gsm *)channel;
	gsm->stopping = true;
	loop_timer_cancel(gsm->restart);
	if (gsm->child == NULL) {
		loop_defer(gsm->loop, stopped, arg);
		return;
	}
	gsm->stopped = stopped;
	gsm->stopped_arg = arg;
	size_t mark = frame_begin(&gsm->out, MODEM_REQUEST_STOP);
	frame_end(&gsm->out, mark);
	gsm_set_hold(gsm);
	gsm_set_deadline(gsm);
	gsm_flush(gsm);
}

static void free_channel(struct channel *channel)
{
	struct gsm *gsm = (struct gsm *)channel;
	if (gsm->child != NULL)
		loop_child_free(gsm->child); /* it finishes its submit and ends by itself */
	forget_process(gsm);
	if (gsm->holds)
		loop_release(gsm->loop);
	loop_timer_free(gsm->deadline);
	loop_timer_free(gsm->restart);
	buffer_clear(&gsm->in);
	buffer_clear(&gsm->out);
	arena_free(gsm->arena);
	free(gsm);
}

static const struct channel_ops gsm_ops = {
    .kind = "gsm",
    .start = start,
    .submit = submit,
    .accept_inbound = accept_inbound,
    .retry = retry,
    .stop = stop,
    .free = free_channel,
};

struct channel *gsm_channel_new(struct loop *loop, const struct gsm_config *config,
    const struct channel_events *events, void *owner)
{
	struct gsm *gsm = memory_new(sizeof *gsm);
	struct arena *arena = arena_new();
	*gsm = (struct gsm){
	    .loop = loop,
	    .arena = arena,
	    .config = *config,
	    .events = events,
	    .owner = owner,
	    .fd = -1,
	    .in = BUFFER(4 * FRAME_MAX),
	    .out = BUFFER(16 * FRAME_MAX),
	    .backoff_ms = BACKOFF_FIRST_MS,
	};
	gsm->config.name = arena_copy(arena, config->name);
	gsm->config.device = arena_copy(arena, config->device);
	gsm->config.connection = arena_copy(arena, config->connection);
	gsm->config.pin = arena_copy(arena, config->pin);
	gsm->config.pace = arena_copy(arena, config->pace);
	gsm->config.program = arena_copy(arena, config->program);
	gsm->config.state_dir = arena_copy(arena, config->state_dir);
	gsm->config.clock_socket = arena_copy(arena, config->clock_socket);
	gsm->channel = (struct channel){.ops = &gsm_ops,
	    .name = gsm->config.name,
	    .health = CHANNEL_DOWN,
	    .address_kind = "phone",
	    .at_once = 1,
	    .at_once_max = 1};
	gsm->deadline = loop_timer_new(loop, deadline_came, gsm);
	gsm->restart = loop_timer_new(loop, launch, gsm);
	return &gsm->channel;
}
