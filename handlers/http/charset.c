/*
 * Owns: texts of programs in other encodings.
 * May use: base/, iconv.
 * Must not know: what the texts are for.
 */
#include "http/charset.h"

#include <iconv.h>
#include <stdbool.h>
#include <string.h>

/* "//TRANSLIT" and the like would change letters without a word. */
static bool is_plain_name(const char *charset)
{
	size_t len = strlen(charset);
	return len > 0 && len <= 40 &&
	       strspn(charset,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:") == len;
}

const char *charset_to_utf8(
    struct arena *arena, const char *bytes, size_t len, const char *charset, size_t most)
{
	if (!is_plain_name(charset))
		return NULL;
	iconv_t converter = iconv_open("UTF-8", charset);
	if (converter == (iconv_t)-1)
		return NULL;
	char *out = arena_alloc(arena, most + 1), *to = out;
	char *from = arena_copy_bytes(arena, bytes, len);
	size_t from_left = len, to_left = most;
	size_t result = iconv(converter, &from, &from_left, &to, &to_left);
	iconv_close(converter);
	if (result == (size_t)-1 || from_left > 0 || strlen(out) != (size_t)(to - out))
		return NULL;
	for (char *c = out; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' && *c != '\n')
			*c = ' ';
	return out;
}
