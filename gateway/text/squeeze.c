/*
 * Owns: the bare letters and digits of a text, for codes that people write in their own way.
 * May use: base/, text/letters.h.
 * Must not know: what the codes stand for.
 */
#include "text/squeeze.h"

#include "base/memory.h"
#include "text/letters.h"

void squeeze_text(const char *text, char *out, size_t room)
{
	OWNED_TEXT key = letters_key(text);
	size_t len = 0;
	for (const char *c = key; *c != '\0' && len + 1 < room; c++)
		if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
			out[len++] = *c;
	out[len] = '\0';
}
