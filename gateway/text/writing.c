/*
 * Owns: from a finished text to what is sent: with or without diacritics, cut into parts.
 * May use: base/, text/.
 * Must not know: messages, prices, whom it is for.
 */
#include "text/writing.h"

#include "text/letters.h"

#include <string.h>

enum result writing_cut(struct arena *arena, const char *text, enum writing_marks marks,
    int parts_max, struct segments *out, struct failure *failure)
{
	OWNED_TEXT plain = letters_fold(text);
	OWNED_TEXT full = letters_normalise(text, strlen(text));
	bool with_marks = marks == WRITING_FULL ||
			  (marks == WRITING_IF_FREE && segment_count(full) <= segment_count(plain));
	return segment_split(arena, with_marks ? full : plain, parts_max, out, failure);
}
