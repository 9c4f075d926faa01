/*
 * Owns: the way between UTF-8 and libgammu's text.
 * May use: base/buffer.h.
 * Must not know: libgammu.
 */
#include "modem/ucs2.h"

#include "base/memory.h"

#include <stdint.h>

/* Takes one character off *text; -1 when it is not well-formed UTF-8. */
static int32_t take_character(const unsigned char **text)
{
	static const int32_t least[] = {0, 0x80, 0x800, 0x10000};
	const unsigned char *p = *text;
	int more = *p < 0x80 ? 0 : (*p & 0xe0) == 0xc0 ? 1 : (*p & 0xf0) == 0xe0 ? 2 : 3;
	if (more == 3 && (*p & 0xf8) != 0xf0)
		return -1;
	int32_t c = more == 0 ? *p : *p & (0x3f >> more);
	for (int i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return -1;
	*text = p + more + 1;
	return c;
}

static void put_unit(unsigned char *out, size_t at, uint32_t unit)
{
	out[2 * at] = (unsigned char)(unit >> 8);
	out[2 * at + 1] = (unsigned char)unit;
}

bool ucs2_from_utf8(unsigned char *out, size_t units, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t used = 0;
	while (*p != '\0') {
		int32_t c = take_character(&p);
		size_t wanted = c > 0xffff ? 2 : 1;
		if (c < 0 || used + wanted + 1 > units) {
			put_unit(out, 0, 0);
			return false;
		}
		if (c > 0xffff) {
			c -= 0x10000;
			put_unit(out, used++, 0xd800 | (uint32_t)c >> 10);
			c = 0xdc00 | (c & 0x3ff);
		}
		put_unit(out, used++, (uint32_t)c);
	}
	put_unit(out, used, 0);
	return true;
}

static uint32_t unit_at(const unsigned char *in, size_t at)
{
	return (uint32_t)in[2 * at] << 8 | in[2 * at + 1];
}

static bool is_extended(uint32_t c)
{
	return c == '^' || c == '{' || c == '}' || c == '\\' || c == '[' || c == '~' || c == ']' ||
	       c == '|' || c == 0x20ac;
}

static bool is_basic(uint32_t c)
{
	static const uint16_t beyond_ascii[] = {0xa3, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2, 0xc7,
	    0xd8, 0xf8, 0xc5, 0xe5, 0x394, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8, 0x3a3, 0x398,
	    0x39e, 0xc6, 0xe6, 0xdf, 0xc9, 0xa4, 0xa1, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0xe4,
	    0xf6, 0xf1, 0xfc, 0xe0};
	if (c < 0x80)
		return c == '\n' || c == '\r' || (c >= ' ' && c != '`' && c != 0x7f);
	for (size_t i = 0; i < COUNT_OF(beyond_ascii); i++)
		if (beyond_ascii[i] == c)
			return true;
	return false;
}

int ucs2_count_septets(const unsigned char *text)
{
	int septets = 0;
	for (size_t i = 0; unit_at(text, i) != 0; i++) {
		uint32_t c = unit_at(text, i);
		if (!is_extended(c) && !is_basic(c))
			return -1;
		septets += is_extended(c) ? 2 : 1;
	}
	return septets;
}

static void add_character(struct buffer *out, uint32_t c)
{
	char bytes[4];
	size_t len = 0;
	if (c < 0x80) {
		bytes[len++] = (char)c;
	} else {
		int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
		bytes[len++] = (char)((0xff80 >> more) | (c >> (6 * more)));
		while (more-- > 0)
			bytes[len++] = (char)(0x80 | ((c >> (6 * more)) & 0x3f));
	}
	buffer_add(out, bytes, len);
}

void ucs2_to_utf8(struct buffer *out, const unsigned char *in, size_t units)
{
	for (size_t i = 0; i < units && unit_at(in, i) != 0; i++) {
		uint32_t c = unit_at(in, i);
		uint32_t low = i + 1 < units ? unit_at(in, i + 1) : 0;
		if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i++;
		} else if (c >= 0xd800 && c < 0xe000) {
			c = 0xfffd;
		}
		add_character(out, c);
	}
}
