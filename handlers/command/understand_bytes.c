/*
 * Owns: texts as bytes for the reader: escapes undone, NUL made visible.
 * May use: base/, understand/.
 * Must not know: where texts come from.
 */
#include "command/understand.h"

#include <ctype.h>
#include <string.h>

#define UNREADABLE "\xEF\xBF\xBD"

static int hex_value(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* How many bytes the escape at `text` takes, 0: it is none; *out is the byte it stands for. */
static size_t escape(const char *text, size_t len, char *out)
{
	if (len < 2 || text[0] != '\\')
		return 0;
	if (text[1] == 'n' || text[1] == 't' || text[1] == '\\') {
		*out = text[1] == 'n' ? '\n' : text[1] == 't' ? '\t' : '\\';
		return 2;
	}
	if (text[1] != 'x' || len < 4 || !isxdigit((unsigned char)text[2]) ||
	    !isxdigit((unsigned char)text[3]))
		return 0;
	*out = (char)(hex_value(text[2]) << 4 | hex_value(text[3]));
	return 4;
}

size_t understand_unescape(char *text, size_t len)
{
	size_t from = 0, to = 0;
	while (from < len) {
		char byte = text[from];
		size_t taken = escape(text + from, len - from, &byte);
		from += taken > 0 ? taken : 1;
		text[to++] = byte;
	}
	return to;
}

static const char *without_nul(struct arena *arena, const char *bytes, size_t len)
{
	size_t nuls = 0;
	for (size_t i = 0; i < len; i++)
		nuls += bytes[i] == '\0';
	if (nuls == 0)
		return arena_copy_bytes(arena, bytes, len);
	char *text = arena_alloc(arena, len + nuls * (sizeof UNREADABLE - 2) + 1), *to = text;
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != '\0') {
			*to++ = bytes[i];
			continue;
		}
		memcpy(to, UNREADABLE, sizeof UNREADABLE - 1);
		to += sizeof UNREADABLE - 1;
	}
	return text;
}

struct readings understand_bytes(
    struct arena *arena, const char *bytes, size_t len, const struct understand_context *context)
{
	return understand(arena, without_nul(arena, bytes, len), context);
}
