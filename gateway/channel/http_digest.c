/*
 * Owns: digests and their spellings, on libsodium.
 * May use: base/, sodium.
 * Must not know: providers, webhooks.
 */
#include "channel/http_digest.h"

#include "base/memory.h"

#include <sodium.h>
#include <string.h>

struct http_digest http_sha256(const void *bytes, size_t len)
{
	struct http_digest digest;
	crypto_hash_sha256(digest.bytes, bytes, len);
	return digest;
}

struct http_digest http_hmac_sha256(const void *key, size_t key_len, const void *bytes, size_t len)
{
	struct http_digest digest;
	crypto_auth_hmacsha256_state state;
	crypto_auth_hmacsha256_init(&state, key, key_len);
	crypto_auth_hmacsha256_update(&state, bytes, len);
	crypto_auth_hmacsha256_final(&state, digest.bytes);
	sodium_memzero(&state, sizeof state);
	return digest;
}

bool http_digest_equals(const struct http_digest *a, const struct http_digest *b)
{
	return sodium_memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool http_secret_equals(const char *a, const char *b)
{
	/* Of digests, so that the time does not tell the length either. */
	struct http_digest first = http_sha256(a, strlen(a)), second = http_sha256(b, strlen(b));
	return http_digest_equals(&first, &second) && a[0] != '\0';
}

static bool is_whole(int failed, size_t got, const char *end)
{
	return failed == 0 && got == HTTP_DIGEST_BYTES && *end == '\0';
}

bool http_digest_of_hex(const char *text, struct http_digest *digest)
{
	size_t got = 0;
	const char *end = text;
	int failed = sodium_hex2bin(
	    digest->bytes, sizeof digest->bytes, text, strlen(text), NULL, &got, &end);
	return is_whole(failed, got, end);
}

bool http_digest_of_base64(const char *text, struct http_digest *digest)
{
	static const int variants[] = {sodium_base64_VARIANT_ORIGINAL,
	    sodium_base64_VARIANT_ORIGINAL_NO_PADDING, sodium_base64_VARIANT_URLSAFE,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING};
	for (size_t i = 0; i < COUNT_OF(variants); i++) {
		size_t got = 0;
		const char *end = text;
		int failed = sodium_base642bin(digest->bytes, sizeof digest->bytes, text,
		    strlen(text), NULL, &got, &end, variants[i]);
		if (is_whole(failed, got, end))
			return true;
	}
	return false;
}

void http_add_hex(struct buffer *out, const void *bytes, size_t len)
{
	const unsigned char *at = bytes;
	for (size_t i = 0; i < len; i++)
		buffer_printf(out, "%02x", at[i]);
}

static void add_base64(struct buffer *out, const void *bytes, size_t len, int variant)
{
	size_t room = sodium_base64_encoded_len(len, variant);
	OWNED_TEXT text = memory_new(room);
	sodium_bin2base64(text, room, bytes, len, variant);
	buffer_add_text(out, text);
}

void http_add_base64(struct buffer *out, const void *bytes, size_t len)
{
	add_base64(out, bytes, len, sodium_base64_VARIANT_ORIGINAL);
}

void http_add_base64url(struct buffer *out, const void *bytes, size_t len)
{
	add_base64(out, bytes, len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool http_decode_base64(struct buffer *out, const char *text)
{
	size_t len = strlen(text), got = 0;
	const char *end = text;
	OWNED_TEXT bytes = memory_new(len + 1);
	if (sodium_base642bin((unsigned char *)bytes, len, text, len, NULL, &got, &end,
		sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    *end != '\0')
		return false;
	buffer_add(out, bytes, got);
	return !out->overflow;
}
