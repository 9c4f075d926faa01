/*
 * Owns: decoding UTF-8.
 * May use: libc.
 * Must not know: letters, encodings of SMS.
 *
 * Source: RFC 3629. Overlong forms and surrogates are not valid.
 */
#include "text/utf8.h"

#define REPLACEMENT 0xFFFD

static int sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF)
		return 2;
	if (first >= 0xE0 && first <= 0xEF)
		return 3;
	if (first >= 0xF0 && first <= 0xF4)
		return 4;
	return 0;
}

uint32_t utf8_next(const char **text)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	const unsigned char *at = (const unsigned char *)*text;
	if (*at == 0)
		return 0;
	int length = sequence_length(*at);
	uint32_t codepoint = length > 0 ? (uint32_t)(*at & first_bits[length]) : 0;
	for (int i = 1; i < length; i++) {
		if ((at[i] & 0xC0) != 0x80) {
			length = 0;
			break;
		}
		codepoint = codepoint << 6 | (at[i] & 0x3Fu);
	}
	if (length == 0 || codepoint < least[length] || codepoint > 0x10FFFF ||
	    (codepoint >= 0xD800 && codepoint <= 0xDFFF)) {
		*text += 1;
		return REPLACEMENT;
	}
	*text += length;
	return codepoint;
}

int utf8_put(uint32_t codepoint, char out[5])
{
	int n = codepoint < 0x80 ? 1 : codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
	static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
	for (int i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (codepoint & 0x3F));
		codepoint >>= 6;
	}
	out[0] = (char)(lead[n] | codepoint);
	out[n] = '\0';
	return n;
}

size_t utf8_length(const char *text)
{
	size_t count = 0;
	while (utf8_next(&text) != 0)
		count++;
	return count;
}
