/*
 * Owns: telling a list of recipients from a plan by what is in the file.
 * May use: libc.
 * Must not know: what is done with either.
 */
#include "command/file_kind.h"

#include <string.h>

bool file_is_recipients(const char *text, size_t len)
{
	const char *at = text, *end = text + len;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
		at += 3;
	while (at < end) {
		const char *line_end = memchr(at, '\n', (size_t)(end - at));
		if (line_end == NULL)
			line_end = end;
		while (at < line_end && (*at == ' ' || *at == '\t' || *at == '\r'))
			at++;
		if (at < line_end && *at != '#') {
			for (; at < line_end && *at != ':'; at++)
				if (*at == ',' || *at == ';')
					return true;
			return false;
		}
		at = line_end + (line_end < end);
	}
	return false;
}
