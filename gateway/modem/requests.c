/*
 * Owns: the queue of what the daemon asked for.
 * May use: modem/link.h, modem/submit.h.
 * Must not know: how any of it is done.
 */
#include "modem/requests.h"

#include "base/log.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

static void take_configuration(struct requests *requests, struct frame *frame)
{
	struct configuration *configuration = &requests->configuration;
	if (requests->configured) {
		log_event(LOG_WARNING, "modem.request", "ignored=\"a second configuration\"");
		return;
	}
	configuration->device = memory_copy_text(frame_get_text(frame));
	configuration->connection = memory_copy_text(frame_get_text(frame));
	configuration->pin = memory_copy_text(frame_get_text(frame));
	configuration->pace = memory_copy_text(frame_get_text(frame));
	configuration->verdict_limit_ms = frame_get_int(frame);
	configuration->clock_path = memory_copy_text(frame_get_text(frame));
	configuration->directory = memory_copy_text(frame_get_text(frame));
	configuration->name = memory_copy_text(frame_get_text(frame));
	requests->configured = true;
}

static void take_part(struct requests *requests, struct link *link, struct frame *frame)
{
	struct submit_part part = {
	    .attempt = frame_get_int(frame),
	    .part = (int)frame_get_int(frame),
	};
	/* A number that had to be cut must not become another number: the sign refuses it. */
	if ((size_t)snprintf(part.number, sizeof part.number, "%s", frame_get_text(frame)) >=
	    sizeof part.number)
		part.number[0] = '?';
	part.ucs2 = frame_get_int(frame) != 0;
	part.text = memory_copy_text(frame_get_text(frame));
	part.reference = (int)frame_get_int(frame);
	part.parts = (int)frame_get_int(frame);
	part.validity_minutes = frame_get_int(frame);
	part.receipt = frame_get_int(frame) != 0;
	if (!frame->malformed && requests->count < REQUESTS_PARTS_MAX) {
		requests->parts[(requests->first + requests->count++) % REQUESTS_PARTS_MAX] = part;
		return;
	}
	struct outcome outcome;
	submit_not_sent(&part, "the modem process has too many parts waiting", &outcome);
	if (!frame->malformed)
		link_send_outcome(link, &outcome);
	submit_part_clear(&part);
}

static void take_slot(struct requests *requests, struct frame *frame)
{
	const char *slot = frame_get_text(frame);
	if (requests->slot_count == REQUESTS_SLOTS_MAX)
		log_event(LOG_WARNING, "modem.delete", "slot=%s error=\"too many waiting\"",
		    log_quote(slot).text);
	else
		requests->slots[requests->slot_count++] = memory_copy_text(slot);
}

static void take_one(struct requests *requests, struct link *link, struct frame *frame)
{
	switch (frame->type) {
	case MODEM_REQUEST_CONFIGURE:
		take_configuration(requests, frame);
		break;
	case MODEM_REQUEST_SUBMIT:
		take_part(requests, link, frame);
		break;
	case MODEM_REQUEST_DELETE:
		take_slot(requests, frame);
		break;
	case MODEM_REQUEST_STOP:
		requests->stop = true;
		break;
	case MODEM_REQUEST_PING:
		link_send_pong(link, frame_get_int(frame));
		break;
	default:
		frame->malformed = true;
	}
}

void requests_take(struct requests *requests, struct link *link)
{
	struct frame frame;
	size_t size;
	link_read(link);
	while (link_next_request(link, &frame, &size)) {
		take_one(requests, link, &frame);
		if (frame.malformed) {
			log_event(LOG_ERROR, "modem.link", "error=\"broken request\" type=%d",
			    frame.type);
			link->gone = true;
		}
		link_drop_request(link, size);
	}
}

bool requests_next_part(struct requests *requests, struct submit_part *part)
{
	if (requests->count == 0)
		return false;
	*part = requests->parts[requests->first];
	requests->parts[requests->first] = (struct submit_part){0};
	requests->first = (requests->first + 1) % REQUESTS_PARTS_MAX;
	requests->count--;
	return true;
}

void requests_drop_slot(struct requests *requests)
{
	memory_free(requests->slots[0]);
	memmove(requests->slots, requests->slots + 1,
	    --requests->slot_count * sizeof requests->slots[0]);
}

void requests_release(struct requests *requests)
{
	struct configuration *configuration = &requests->configuration;
	struct submit_part part;
	while (requests_next_part(requests, &part))
		submit_part_clear(&part);
	while (requests->slot_count > 0)
		requests_drop_slot(requests);
	if (configuration->pin != NULL)
		explicit_bzero(configuration->pin, strlen(configuration->pin));
	memory_free(configuration->device);
	memory_free(configuration->connection);
	memory_free(configuration->pin);
	memory_free(configuration->pace);
	memory_free(configuration->clock_path);
	memory_free(configuration->directory);
	memory_free(configuration->name);
	*requests = (struct requests){0};
}
