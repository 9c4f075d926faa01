/*
 * Owns: handing on what one body brought, and knowing when all of it is durable.
 * May use: base/, loop/, channel/.
 * Must not know: where the body came from.
 */
#include "channel/http_internal.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define STATUS_DELIVERED 0x00
#define STATUS_FAILED 0x40

static void tell_text(struct http_channel *http, const char *slot, const struct http_came_in *item)
{
	http->events->inbound(http->owner, http->channel.name,
	    &(struct channel_inbound){
		.slot = slot,
		.sender = item->sender,
		.address_kind = http->provider->address_kind,
		.external_id = item->id,
		.network_time = item->time,
		.encoding = 1,
		.concat_reference = -1,
		.parts = 1,
		.part = 1,
		.text = item->text,
	    });
}

static void tell_receipt(
    struct http_channel *http, const char *slot, const struct http_came_in *item)
{
	bool failed = item->receipt == PROVIDER_RECEIPT_FAILED;
	http->events->receipt(http->owner, http->channel.name,
	    &(struct channel_receipt){
		.slot = slot,
		.external_id = item->id,
		.reference = -1,
		.recipient = "",
		.status = failed ? STATUS_FAILED : STATUS_DELIVERED,
		.submit_time = item->time,
		.discharge_time = item->time,
	    });
}

/* True when its being durable will be told by the slot. */
static bool tell(struct http_channel *http, const char *slot, const struct http_came_in *item)
{
	if (item->is_text) {
		tell_text(http, slot, item);
		return true;
	}
	if (item->receipt == PROVIDER_RECEIPT_BLOCKED) {
		http->events->blocked(http->owner, http->channel.name, item->sender,
		    item->reason != NULL ? item->reason : "");
		return false;
	}
	if (item->id == NULL)
		return false;
	tell_receipt(http, slot, item);
	return true;
}

static void end_batch(void *arg)
{
	struct http_batch *batch = arg;
	void (*done)(void *) = batch->done;
	void *done_arg = batch->arg;
	free(batch);
	done(done_arg);
}

/* A batch leaves the list when it ends, so that what is accepted twice ends it once. */
static void close_one(struct http_channel *http, int64_t id)
{
	for (struct http_batch **at = &http->batches; *at != NULL; at = &(*at)->next) {
		struct http_batch *batch = *at;
		if (batch->id != id || --batch->open > 0)
			continue;
		*at = batch->next;
		loop_defer(http->loop, end_batch, batch);
		return;
	}
}

size_t http_take_in(
    struct http_channel *http, const struct http_body *body, void (*done)(void *arg), void *arg)
{
	struct http_came_in *items;
	bool too_many = false;
	size_t count =
	    http_read_incoming(http->provider, body, loop_now(http->loop), &items, &too_many);
	if (too_many)
		log_event(LOG_ERROR, "http.too-many", "channel=%s taken=%zu advice=%s",
		    http->channel.name, count,
		    log_quote("the provider sent more than can be taken at once").text);
	struct http_batch *batch = memory_new(sizeof *batch);
	*batch = (struct http_batch){.next = http->batches,
	    .id = ++http->last_batch,
	    .open = 1, /* until all of it has been told */
	    .done = done,
	    .arg = arg};
	http->batches = batch;
	char slot[32];
	snprintf(slot, sizeof slot, "%" PRId64, batch->id);
	for (size_t i = 0; i < count; i++) {
		batch->open++;
		if (!tell(http, slot, &items[i]))
			batch->open--;
	}
	close_one(http, batch->id);
	return count;
}

void http_batch_accept(struct http_channel *http, const char *slot)
{
	close_one(http, strtoll(slot, NULL, 10));
}

void http_batches_free(struct http_channel *http)
{
	while (http->batches != NULL) {
		struct http_batch *batch = http->batches;
		http->batches = batch->next;
		free(batch);
	}
}
