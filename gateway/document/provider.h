/*
 * Owns: a provider: the description of one HTTP (or SMTP) API as plain values, and reading it.
 * May use: base/, document/.
 * Must not know: how requests are made, any particular provider.
 *
 * A provider file says how to send a text through an API, how to understand its answers, and how
 * texts and receipts come in. All of it is data; the engine (channel/http.h) is the only code.
 *
 * Templates are texts with placeholders, "{name}"; "{{" and "}}" are a brace each. What they stand
 * for is encoded for where they stand: percent-encoded in an address, a query and a form; as a JSON
 * string in a JSON body; line breaks are refused in a header. One that an address begins with is
 * its base and stands as it is. Fields of a query or form, and headers, that come out empty are
 * left out, as are those that name {receipt_url} while there is none. A JSON leaf that is exactly
 * "{name:number}" or "{name:json}" becomes a number, or the JSON text it holds.
 *
 *   to          the address as linked or imported; for phones +84912345678
 *   to_plain    84912345678       to_local  0912345678 (phones only)
 *   text        the text          id        ours: the same for each try of the same text
 *   part, parts number and count of a text that was split (1, 1)
 *   validity    minutes that the text is worth delivering
 *   now, now_ms seconds, milliseconds since 1970   utc  2026-06-08T02:00:00Z
 *   expires     an hour from now, in seconds since 1970
 *   channel     the channel's name
 *   receipt_url where receipts come in: PUBLIC_URL/webhook/CHANNEL; "" without a public address
 *   cursor      poll: what was kept
 *   jwt         made as `token` says
 * and each setting and stored credential by its name.
 *
 * Paths name places in an answer or in what came in: names separated by dots; `[]` goes through a
 * list, `[0]` takes an item, `*` goes through the values of a mapping. `$key` is the name that the
 * nearest `*` stands for, `$body` the whole as text, `$status` its HTTP status, `$query.NAME` and
 * `$header.NAME` what they say, `$json.PATH` a path from the top. A form, or a query without a
 * body, is a mapping of texts.
 *
 * Conditions are a mapping of paths to what must be there: a text (`*` in it stands for anything,
 * capital letters count), a list of texts of which one must fit, `present` or `absent` in
 * parentheses: "(present)", "(absent)". Numbers and true/false compare as JSON writes them. A
 * status is "200", "4xx", or "500-599".
 */
#ifndef DOCUMENT_PROVIDER_H
#define DOCUMENT_PROVIDER_H

#include "document/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROVIDER_SETTINGS_MAX 24
#define PROVIDER_HEADERS_MAX 16
#define PROVIDER_FIELDS_MAX 32
#define PROVIDER_RULES_MAX 64
#define PROVIDER_CONDITIONS_MAX 8
#define PROVIDER_WANTED_MAX 32
#define PROVIDER_KINDS_MAX 8

struct provider_pair {
	const char *name, *value; /* value: a template */
};

/* What an account (an entry of `channels` in nhacviec.yaml) gives under `settings`. */
struct provider_setting {
	const char *name;
	bool secret;           /* by file: or env: only; never shown */
	bool optional;         /* "" when it is not given */
	const char *otherwise; /* its default, or NULL */
	const char *help;
};

enum provider_body {
	PROVIDER_BODY_NONE,
	PROVIDER_BODY_JSON, /* `body`: JSON text with templates as leaves and keys */
	PROVIDER_BODY_FORM, /* `fields`, urlencoded */
	PROVIDER_BODY_MULTIPART,
	PROVIDER_BODY_TEXT, /* `body`: a template, XML-escaped when content_type says xml */
	PROVIDER_BODY_MAIL, /* `fields`: from, from_name, to, subject, body */
};

struct provider_request {
	const char *method; /* "POST"; "SMTP" for mail */
	const char *url;    /* template */
	struct provider_pair query[PROVIDER_FIELDS_MAX];
	size_t query_count;
	struct provider_pair headers[PROVIDER_HEADERS_MAX];
	size_t header_count;
	const char *user, *password; /* templates of basic authentication, or of SMTP; NULL none */
	enum provider_body body_kind;
	const char *body;
	const char *content_type; /* NULL: what the kind of body implies */
	struct provider_pair fields[PROVIDER_FIELDS_MAX];
	size_t field_count;
	int64_t limit_ms; /* for the whole exchange */
	bool idempotent;  /* repeating it with the same {id} does nothing twice */
	int line;
};

struct provider_condition {
	const char *path;
	const char **wanted; /* one of these */
	size_t wanted_count;
};
struct provider_when {
	struct provider_condition conditions[PROVIDER_CONDITIONS_MAX];
	size_t count;
};

enum provider_class {
	PROVIDER_SENT,
	PROVIDER_PERMANENT_RECIPIENT, /* this person cannot be reached here: blocked, unknown */
	PROVIDER_PERMANENT_TEXT,      /* this text is never accepted */
	PROVIDER_TEMPORARY,           /* proven not sent; later */
	PROVIDER_THROTTLED,           /* not sent; wait as told */
	PROVIDER_CREDENTIALS,         /* refresh, then once more; else like ACCOUNT */
	PROVIDER_ACCOUNT,             /* somebody must mend the account: the channel halts */
	PROVIDER_QUOTA,               /* not before the next window or a top-up */
	PROVIDER_UNKNOWN,             /* it may have been sent */
	PROVIDER_EMPTY,               /* poll: nothing is there */
	PROVIDER_CLASS_COUNT
};
const char *provider_class_name(enum provider_class class);

/* The first rule whose conditions all hold decides. Without one: 2xx is UNKNOWN, 401 CREDENTIALS,
 * 403 ACCOUNT, 408 and 429 THROTTLED, other 4xx PERMANENT_TEXT, 502 and 504 UNKNOWN (TEMPORARY for
 * an idempotent request), other 5xx TEMPORARY, anything else UNKNOWN. */
struct provider_rule {
	struct provider_when when;
	enum provider_class class;
	const char *id;       /* path of the message's id; NULL none */
	const char *reason;   /* path of the words that explain it; NULL none */
	const char *wait;     /* path of how long; NULL: the header Retry-After */
	int64_t wait_unit_ms; /* of `wait`: 1000 or 1 */
	int line;
};

/* How texts stand in what came in. */
struct provider_incoming {
	const char *each; /* path of one or many; "" the whole */
	struct provider_when when;
	const char *sender, *text, *id, *time; /* paths; id, time NULL: none */
	const char *name;     /* path of what the sender calls themselves; NULL none */
	int64_t time_unit_ms; /* 1000 or 1; 0: ISO 8601 */
	const char *encoding; /* path of the text's encoding, NULL: UTF-8 */
	int line;
};
enum provider_receipt_kind {
	PROVIDER_RECEIPT_DELIVERED,
	PROVIDER_RECEIPT_READ,
	PROVIDER_RECEIPT_FAILED,
	PROVIDER_RECEIPT_BLOCKED, /* `id` is the sender's address: they left or blocked us */
	PROVIDER_RECEIPT_KIND_COUNT
};
struct provider_receipt {
	const char *each;
	struct provider_when when;
	enum provider_receipt_kind kind;
	const char *id;     /* path of the provider's message id, or of ours if `id_is_ours` */
	const char *sender; /* BLOCKED: path of the address */
	bool id_is_ours;    /* {id} was handed over and comes back */
	const char *time;
	int64_t time_unit_ms;
	const char *reason;
	int line;
};

enum provider_verify {
	PROVIDER_VERIFY_NONE,   /* allowed only with `secret_path: true` */
	PROVIDER_VERIFY_SECRET, /* `given` equals `secret` */
	PROVIDER_VERIFY_HMAC,   /* `given` is prefix + HMAC-SHA256(secret, over) */
	PROVIDER_VERIFY_DIGEST, /* `given` is prefix + SHA-256(over) */
	PROVIDER_VERIFY_BASIC,  /* basic authentication: user:password is `secret` */
};

struct provider_challenge {
	struct provider_when when;
	const char *given, *secret; /* path and template that must be equal; NULL: nothing */
	const char *answer;         /* path of what is said back, as plain text */
	bool before_verification;   /* comes without a signature (GET with a verify token) */
	int line;
};

struct provider_webhook {
	bool there;
	bool get, post;   /* methods taken */
	bool secret_path; /* the address ends in the setting `webhook_secret` */
	enum provider_verify verify;
	const char *given;  /* path: "$header.x-hub-signature-256" */
	const char *secret; /* template */
	const char *over;   /* template over {body}, {$header.NAME} … as paths in braces */
	const char *prefix; /* before the digest; "" none */
	bool prefix_optional;
	bool base64;           /* the digest is base64; else hexadecimal */
	const char *timestamp; /* path; NULL: age is not looked at */
	int64_t timestamp_unit_ms, age_ms;
	struct provider_challenge challenges[PROVIDER_KINDS_MAX];
	size_t challenge_count;
	const char *answer; /* said when all is stored; "" */
	int line;
};

enum provider_cursor {
	PROVIDER_CURSOR_NONE,
	PROVIDER_CURSOR_VALUE,     /* what `from` says */
	PROVIDER_CURSOR_AFTER_MAX, /* the highest number at `from`, plus 1 */
	PROVIDER_CURSOR_MAX,
};
struct provider_poll {
	bool there;
	struct provider_request request;
	int64_t every_ms; /* from the end of one to the next */
	enum provider_cursor cursor;
	const char *cursor_from, *cursor_start;
	/* The first answer after there was no cursor is only looked at for the cursor: what it
	 * holds was there before the account was set up. */
	bool skip_first;
	struct provider_rule rules[PROVIDER_RULES_MAX];
	size_t rule_count;
	int line;
};

/* Credentials that are renewed. */
struct provider_refresh {
	bool there;
	struct provider_request request;
	struct provider_pair
	    keeps[PROVIDER_KINDS_MAX]; /* name of a credential; path of its value */
	size_t keep_count;
	const char *lifetime; /* path, in seconds, a number or a text; NULL: unknown */
	int64_t ahead_ms;     /* renewed so long before its end */
	int line;
};

/* {jwt}: HS256. */
struct provider_token {
	bool there;
	const char *header, *claims; /* JSON text with templates as leaves */
	const char *secret;          /* template */
};

enum provider_too_long { PROVIDER_SPLIT, PROVIDER_CUT, PROVIDER_REFUSE };
enum provider_length_unit {
	PROVIDER_CHARACTERS, /* code points after NFC */
	PROVIDER_UTF16,
	PROVIDER_BYTES, /* of UTF-8 */
};
struct provider_limits {
	int length; /* 0: none */
	enum provider_length_unit unit;
	enum provider_too_long too_long;
	double per_second;    /* 0: none */
	int burst;            /* at least 1 */
	int per_day;          /* 0: none */
	double per_recipient; /* a minute; 0: none */
	int connections;      /* at once */
};

struct provider {
	const char *file, *code, *title;
	const char *address_kind; /* "phone", "telegram": what its addresses are */
	bool two_way;             /* officials can answer over it */
	bool receipts;            /* it says what arrived */
	bool full_letters;        /* texts keep their diacritics whatever the policy says */
	bool free;                /* a text costs nothing */
	const char *deep_link;    /* template with {code}, for linking; NULL none */
	const char *link_advice;  /* what an official does to be linked; NULL none */
	struct provider_setting settings[PROVIDER_SETTINGS_MAX];
	size_t setting_count;
	struct provider_request send;
	struct provider_rule rules[PROVIDER_RULES_MAX];
	size_t rule_count;
	struct provider_limits limits;
	struct provider_token token;
	struct provider_refresh refresh;
	struct provider_poll poll;
	struct provider_webhook webhook;
	struct provider_incoming incoming[PROVIDER_KINDS_MAX];
	size_t incoming_count;
	struct provider_receipt receipt_kinds[PROVIDER_RULES_MAX];
	size_t receipt_count;
};

/* Reads and checks a provider file; NULL after an error was added to `complaints`. Strings live in
 * `arena`. */
struct provider *provider_load(
    struct arena *arena, const char *path, struct complaints *complaints);
/* The same from text already read. */
struct provider *provider_parse(struct arena *arena, const char *path, const char *text, size_t len,
    struct complaints *complaints);

#endif
