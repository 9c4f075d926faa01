/*
 * Owns: a request as it goes over the wire, built from a provider's description.
 * May use: base/, document/provider.h, channel/http_value.h.
 * Must not know: the network, accounts, where values come from.
 *
 * Pure: the same values give the same bytes, the boundary of a multipart body included.
 */
#ifndef CHANNEL_HTTP_REQUEST_H
#define CHANNEL_HTTP_REQUEST_H

#include "base/clock.h"
#include "channel/http_value.h"

#define HTTP_REQUEST_MAX ((size_t)1024 * 1024) /* bytes of a body */
#define HTTP_URL_MAX ((size_t)16 * 1024)
#define HTTP_HEADER_MAX ((size_t)16 * 1024) /* bytes of one header's value */

/* Everything lives in the arena it was built in. */
struct http_built {
	const char *method; /* "SMTP": mail_from, mail_to and body are what counts */
	const char *url;
	struct http_named headers[PROVIDER_HEADERS_MAX + 1]; /* Content-Type is one of them */
	size_t header_count;
	const char *body; /* NULL: none; NUL added */
	size_t body_len;
	const char *user, *password; /* NULL: none */
	const char *mail_from, *mail_to;
	int64_t limit_ms;
	bool idempotent;
};

/* A placeholder at the very beginning of the address is the base address and stands as it is;
 * elsewhere values are encoded: as HTTP_PATH up to the first "?", as HTTP_PERCENT behind it. Of
 * the query and of forms the whole filled-in value is encoded. A query's or form's field and a
 * header is left out when it is filled in to nothing, or names {receipt_url} while that is "": an
 * optional setting that was not given.
 * Mail: `fields` from, from_name, to, subject; the text is the field `body` or, without one, `body`
 * of the request. `now` becomes its Date, {id} its Message-ID.
 * RESULT_INVALID: a value cannot stand where it is wanted; RESULT_LIMIT: too long. `failure` names
 * the place and never holds a value. */
MUST_CHECK enum result http_build(struct arena *arena, const struct provider_request *request,
    http_lookup_fn *lookup, void *arg, struct wall now, struct http_built *built,
    struct failure *failure);

/* The text with "•••" for every secret: as it is, percent-encoded, escaped for JSON or XML, in
 * base64. Longer secrets come first, empty ones are passed over. In the arena. */
const char *http_mask(
    struct arena *arena, const char *text, const char *const *secrets, size_t count);

/* The request as people are shown it: method and address, headers, an empty line, the body; the
 * password and all `secrets` masked. */
const char *http_built_masked(
    struct arena *arena, const struct http_built *built, const char *const *secrets, size_t count);

#endif
