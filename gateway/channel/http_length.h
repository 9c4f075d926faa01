/*
 * Owns: how long a provider finds a text, and what is done with one that is too long.
 * May use: base/, document/provider.h, utf8proc.
 * Must not know: SMS segments (text/segment.h), requests.
 *
 * Pure. Texts are UTF-8; of one that is not, each wrong byte is a letter.
 */
#ifndef CHANNEL_HTTP_LENGTH_H
#define CHANNEL_HTTP_LENGTH_H

#include "base/memory.h"
#include "base/result.h"
#include "document/provider.h"

/* A text that needs more is refused: nobody reads so many messages. */
#define HTTP_PARTS_MAX 20

/* The text's length as the provider counts: code points after NFC, UTF-16 units, bytes. */
size_t http_text_length(const char *text, enum provider_length_unit unit);

struct http_parts {
	size_t count; /* at least 1 */
	const char *texts[HTTP_PARTS_MAX];
};

/* The text in parts that `limits` lets through. One that fits is one part, as it is.
 * SPLIT: the parts joined are exactly the text; they end at a line end or blank where there is one.
 * CUT: the beginning and "…" (without it where hardly more than that is taken). REFUSE:
 * RESULT_LIMIT. What readers see as one letter stays whole, and so does a link (http:// or https://
 * up to a blank), unless it is longer than a part by itself. RESULT_LIMIT also when SPLIT needs
 * more than HTTP_PARTS_MAX. Texts live in `arena`. */
MUST_CHECK enum result http_fit_text(struct arena *arena, const struct provider_limits *limits,
    const char *text, struct http_parts *parts, struct failure *failure);

#endif
