/*
 * Owns: what a provider's answers and incoming bodies mean by its rules.
 * May use: base/, document/provider.h, channel/http_value.h.
 * Must not know: requests, the network, the loop.
 */
#ifndef CHANNEL_HTTP_ANSWER_H
#define CHANNEL_HTTP_ANSWER_H

#include "base/clock.h"
#include "channel/http_value.h"

struct http_verdict {
	enum provider_class class;
	const char *id;     /* NULL none */
	const char *reason; /* for people; never NULL */
	int64_t wait_ms;    /* -1: not said */
	int rule_line;      /* of the provider file; 0: no rule, the default */
};
/* `idempotent` as in struct provider_request; now: for a Retry-After that is a date, and for a wait
 * so long that it is a moment since 1970 (X-RateLimit-Reset of some). Waits are bounded to a day. A
 * reason is one line of at most 300 bytes; it may repeat what the request held: http_mask before it
 * is shown. */
void http_judge(const struct http_body *answer, const struct provider_rule *rules, size_t count,
    bool idempotent, struct wall now, struct http_verdict *verdict);

/* One text or receipt out of a body. Strings live in the body's arena. */
struct http_came_in {
	bool is_text;
	const char *sender, *name, *text, *id; /* id NULL: the provider gives none */
	struct wall time;                      /* of the provider; `now` when it says none */
	enum provider_receipt_kind receipt;
	bool id_is_ours;
	const char *reason;
};
#define HTTP_CAME_IN_MAX 1000 /* of one body */
/* Everything in the body: for each `each` of the provider, in their order, the items in theirs. One
 * place gives at most one text and one receipt: of the first kind that fits. Items without a sender
 * or text, receipts without an id (BLOCKED: a sender) are passed over. Texts are made valid UTF-8
 * without NUL, NFC, at most 64 KiB; an encoding of UTF-16BE (or "UCS-2", "2") is decoded.
 * *too_many as in http_places. */
size_t http_read_incoming(const struct provider *provider, const struct http_body *body,
    struct wall now, struct http_came_in **items, bool *too_many);

/* ── webhooks ── */

enum http_webhook_answer {
	HTTP_WEBHOOK_TAKE,      /* verified: read it */
	HTTP_WEBHOOK_CHALLENGE, /* answer *text with 200 */
	HTTP_WEBHOOK_DENIED,    /* 401: forged, or the wrong secret; *text says why, for the log */
	HTTP_WEBHOOK_OLD,       /* 401: its time stamp is too old or too new */
};
/* `lookup` gives the account's settings. Secrets are compared in constant time; one that is empty
 * fits nothing. With `secret_path` body->path_secret must be the setting `webhook_secret`.
 * Challenges that come before verification are looked at first, after the path's secret; the others
 * after verification. The answer to a challenge is a stranger's text: say it as text/plain. *text
 * is NULL when there is nothing to say. */
enum http_webhook_answer http_verify_webhook(const struct provider_webhook *webhook,
    const struct http_body *body, http_lookup_fn *lookup, void *arg, struct wall now,
    const char **text);

/* {jwt}, HS256. Appends. */
MUST_CHECK enum result http_make_token(const struct provider_token *token, http_lookup_fn *lookup,
    void *arg, struct buffer *out, struct failure *failure);

#endif
