/*
 * Owns: from a finished text to what is sent: with or without diacritics, cut into parts.
 * May use: base/, text/.
 * Must not know: messages, prices, whom it is for.
 */
#ifndef TEXT_WRITING_H
#define TEXT_WRITING_H

#include "text/segment.h"

enum writing_marks {
	WRITING_PLAIN,   /* plain letters: GSM-7 */
	WRITING_FULL,    /* full diacritics */
	WRITING_IF_FREE, /* full diacritics when they take no part more than plain letters do */
};

/* Writes `text` (UTF-8, any normal form) and cuts it. Strings live in `arena`. RESULT_LIMIT with a
 * sentence when it needs more than `parts_max` (≤ SEGMENT_PARTS_MAX) parts. */
MUST_CHECK enum result writing_cut(struct arena *arena, const char *text, enum writing_marks marks,
    int parts_max, struct segments *out, struct failure *failure);

#endif
