/*
 * Owns: the socket to the daemon.
 * May use: base/frame.h, modem/protocol.h, modem/journal.h.
 * Must not know: libgammu, what requests do.
 */
#include "modem/link.h"

#include "base/log.h"
#include "modem/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

void link_open(struct link *link, int fd)
{
	*link = (struct link){
	    .fd = fd,
	    .in = BUFFER(4 * FRAME_MAX),
	    .out = BUFFER(16 * FRAME_MAX),
	};
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
}

void link_close(struct link *link)
{
	close(link->fd);
	buffer_clear(&link->in);
	buffer_clear(&link->out);
}

void link_read(struct link *link)
{
	char bytes[4096];
	/* What does not fit stays with the kernel until requests were taken. */
	while (!link->gone && link->in.len + sizeof bytes <= link->in.max) {
		ssize_t n = recv(link->fd, bytes, sizeof bytes, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0)
			link->gone = true;
		else
			buffer_add(&link->in, bytes, (size_t)n);
	}
}

bool link_next_request(struct link *link, struct frame *request, size_t *size)
{
	int found = frame_peek(&link->in, request, size);
	if (found < 0) {
		log_event(LOG_ERROR, "modem.link", "error=\"the daemon's frames are broken\"");
		buffer_reset(&link->in);
		link->gone = true;
	}
	return found == 1;
}

void link_drop_request(struct link *link, size_t size)
{
	buffer_consume(&link->in, size);
}

bool link_flush(struct link *link, int wait_ms)
{
	while (!link->gone && link->out.len > 0) {
		ssize_t n = send(link->fd, link->out.data, link->out.len, MSG_NOSIGNAL);
		if (n > 0) {
			buffer_consume(&link->out, (size_t)n);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN) {
			link->gone = true;
			return false;
		}
		struct pollfd room = {.fd = link->fd, .events = POLLOUT};
		if (wait_ms == 0 || poll(&room, 1, wait_ms) == 0)
			return false;
	}
	return !link->gone;
}

static void send_frame(struct link *link, size_t mark)
{
	frame_end(&link->out, mark);
	if (link->out.overflow) {
		log_event(LOG_ERROR, "modem.link", "error=\"the daemon reads nothing\"");
		link->gone = true;
	}
	link_flush(link, 0);
}

void link_send_state(struct link *link, enum modem_state state, const char *detail,
    const char *imei, const char *imsi, int signal)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_STATE);
	frame_put_int(&link->out, state);
	frame_put_text(&link->out, detail);
	frame_put_text(&link->out, imei);
	frame_put_text(&link->out, imsi);
	frame_put_int(&link->out, signal);
	send_frame(link, mark);
}

void link_send_begun(struct link *link, int64_t attempt, int part)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_BEGUN);
	frame_put_int(&link->out, attempt);
	frame_put_int(&link->out, part);
	send_frame(link, mark);
}

void link_send_outcome(struct link *link, const struct outcome *outcome)
{
	link->kept[link->outcomes++ % LINK_OUTCOMES_KEPT] = *outcome;
	outcome_encode(&link->out, outcome);
	link_flush(link, 0);
}

void link_send_pong(struct link *link, int64_t token)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_PONG);
	frame_put_int(&link->out, token);
	send_frame(link, mark);
}

void link_send_storage(struct link *link, int used, int size)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_STORAGE);
	frame_put_int(&link->out, used);
	frame_put_int(&link->out, size);
	send_frame(link, mark);
}

void link_send_inbound(struct link *link, const struct inbound_part *part)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_INBOUND);
	frame_put_text(&link->out, part->slot);
	frame_put_text(&link->out, part->sender);
	frame_put_int(&link->out, part->alphanumeric);
	frame_put_int(&link->out, part->sent_ms);
	frame_put_int(&link->out, part->encoding);
	frame_put_int(&link->out, part->reference);
	frame_put_int(&link->out, part->parts);
	frame_put_int(&link->out, part->part);
	frame_put_text(&link->out, part->text);
	send_frame(link, mark);
}

void link_send_receipt(struct link *link, const struct receipt *receipt)
{
	size_t mark = frame_begin(&link->out, MODEM_EVENT_RECEIPT);
	frame_put_text(&link->out, receipt->slot);
	frame_put_int(&link->out, receipt->reference);
	frame_put_text(&link->out, receipt->recipient);
	frame_put_int(&link->out, receipt->status);
	frame_put_int(&link->out, receipt->submitted_ms);
	frame_put_int(&link->out, receipt->discharged_ms);
	send_frame(link, mark);
}

void link_keep_outcomes(struct link *link, const char *path)
{
	unsigned first =
	    link->outcomes > LINK_OUTCOMES_KEPT ? link->outcomes - LINK_OUTCOMES_KEPT : 0;
	for (unsigned i = first; i < link->outcomes; i++) {
		struct failure failure = {0};
		if (journal_append(path, &link->kept[i % LINK_OUTCOMES_KEPT], &failure) !=
		    RESULT_OK)
			log_event(
			    LOG_ERROR, "modem.journal", "error=%s", log_quote(failure.text).text);
	}
}
