/*
 * Owns: how wide a text is on a terminal.
 * May use: text/utf8.h, utf8proc.
 * Must not know: terminals.
 */
#include "command/show.h"

#include "text/utf8.h"

#include <utf8proc.h>

int show_width(const char *text)
{
	int width = 0;
	uint32_t letter;
	while ((letter = utf8_next(&text)) != 0)
		width += utf8proc_charwidth((utf8proc_int32_t)letter);
	return width;
}

const char *show_cut(struct arena *arena, const char *text, int columns)
{
	if (show_width(text) <= columns)
		return text;
	const char *end = text;
	for (int left = columns - 1;;) {
		const char *next = end;
		left -= utf8proc_charwidth((utf8proc_int32_t)utf8_next(&next));
		if (left < 0)
			break;
		end = next;
	}
	return arena_printf(arena, "%.*s…", (int)(end - text), text);
}
