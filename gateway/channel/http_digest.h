/*
 * Owns: digests, signatures and their spellings as APIs use them.
 * May use: base/.
 * Must not know: providers, webhooks.
 *
 * Pure.
 */
#ifndef CHANNEL_HTTP_DIGEST_H
#define CHANNEL_HTTP_DIGEST_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

#define HTTP_DIGEST_BYTES 32

struct http_digest {
	unsigned char bytes[HTTP_DIGEST_BYTES];
};

struct http_digest http_sha256(const void *bytes, size_t len);
/* A key may have any length. */
struct http_digest http_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len);

/* In constant time. */
bool http_digest_equals(const struct http_digest *a, const struct http_digest *b);
/* In a time that says nothing of where they differ. False when either is empty. */
bool http_secret_equals(const char *a, const char *b);

/* Reads exactly one digest: hexadecimal in any case; base64 of either alphabet, padded or not. */
bool http_digest_of_hex(const char *text, struct http_digest *digest);
bool http_digest_of_base64(const char *text, struct http_digest *digest);

/* Append. */
void http_add_hex(struct buffer *out, const void *bytes, size_t len);
void http_add_base64(struct buffer *out, const void *bytes, size_t len);
void http_add_base64url(struct buffer *out, const void *bytes, size_t len); /* not padded */
/* Appends what the base64 text (usual alphabet, padded) stands for; false when it is none. */
bool http_decode_base64(struct buffer *out, const char *text);

#endif
