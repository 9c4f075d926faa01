/*
 * Owns: the channel "http": a provider's API, run by its description.
 * May use: base/, loop/, document/provider.h, channel/channel.h.
 * Must not know: any particular provider, the domain: texts and addresses only.
 *
 * How one attempt ends (channel.h), by what the provider's rules say:
 *   sent                → SENT, with the provider's id, or ours if receipts come back with ours
 *   permanent-recipient → REFUSED_FOREVER; the address is blocked here, unless it is a phone number
 *   permanent-text      → REFUSED_FOREVER
 *   temporary           → REFUSED: counts as a try
 *   throttled, quota    → NOT_SENT; nothing more leaves before the wait is over
 *   credentials         → renewed, then once more; if that does not help: as account
 *   account             → NOT_SENT, and the channel halts until somebody says to retry
 *   unknown             → UNKNOWN; REFUSED for an idempotent request, which may be repeated
 * A connection that never came about is NOT_SENT. Five failures in a row of the way to the provider
 * open the circuit: the channel is DOWN, then lets one text at a time through, until one arrives.
 *
 * A text longer than the provider takes goes in several requests; when a later one fails although
 * an earlier one was sent, the whole is UNKNOWN.
 */
#ifndef CHANNEL_HTTP_H
#define CHANNEL_HTTP_H

#include "channel/channel.h"
#include "document/provider.h"
#include "loop/http_client.h"

/* What the channel asks to be remembered (channel_events.remember). */
#define HTTP_MEMORY_CURSOR "cursor"           /* where the poll stands */
#define HTTP_MEMORY_CREDENTIALS "credentials" /* JSON, secret */

struct http_channel_config {
	const char *name;
	const struct provider *provider;      /* must outlive the channel */
	const struct provider_pair *settings; /* values as resolved; copied */
	size_t setting_count;
	const char *public_url; /* where webhooks reach us; "" nowhere */
	const char *ca_file;    /* NULL: the system's */
	/* What was remembered; NULL: nothing. */
	const char *cursor, *credentials;
};

/* `client` must outlive the channel. Strings are copied. */
struct channel *http_channel_new(struct loop *loop, struct http_client *client,
    const struct http_channel_config *config, const struct channel_events *events, void *owner);

#endif
