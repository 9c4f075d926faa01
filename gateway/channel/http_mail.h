/*
 * Owns: a mail message's bytes. Shared by http_request.c and http_mail.c.
 * May use: base/.
 * Must not know: SMTP, providers.
 */
#ifndef CHANNEL_HTTP_MAIL_H
#define CHANNEL_HTTP_MAIL_H

#include "base/buffer.h"
#include "base/clock.h"
#include "base/result.h"

struct http_mail {
	const char *from, *from_name, *to; /* addresses "a@b.vn"; from_name "" none */
	const char *subject, *text, *id;
	struct wall date;
};

/* Appends the message (RFC 5322, RFC 2047, base64) with CRLF line ends. RESULT_INVALID for an
 * address that is none, or several; the sentence does not repeat it. Line breaks in a subject or
 * name become blanks: nothing of a value can begin a header. */
MUST_CHECK enum result http_write_mail(
    const struct http_mail *mail, struct buffer *out, struct failure *failure);

#endif
