/*
 * Owns: SMS encodings and segments: which encoding a text needs, how many parts, where it is cut.
 * May use: base/, text/letters.h.
 * Must not know: modems, messages.
 *
 * Source: 3GPP TS 23.038 (alphabets), 23.040 section 9.2.3.24.1 (concatenation, 8-bit reference).
 */
#ifndef TEXT_SEGMENT_H
#define TEXT_SEGMENT_H

#include "base/memory.h"
#include "base/result.h"

enum segment_encoding { SEGMENT_GSM7 = 0, SEGMENT_UCS2 = 1 };

/* Limits of one part in units (septets / UTF-16 units): alone, and with a concatenation header. */
#define SEGMENT_GSM7_SINGLE 160
#define SEGMENT_GSM7_PART 153
#define SEGMENT_UCS2_SINGLE 70
#define SEGMENT_UCS2_PART 67

/* No text of ours is cut into more parts than this, whatever the configuration says. */
#define SEGMENT_PARTS_MAX 10

/* GSM-7 when every character is in the basic alphabet or its extension table, else UCS-2. */
enum segment_encoding segment_encoding_of(const char *text);

/* How many parts the text takes in its own encoding (≥ 1; an empty text is one part). */
int segment_count(const char *text);

struct segments {
	enum segment_encoding encoding;
	int count;
	char **parts; /* UTF-8 texts; their concatenation is the text */
};

/* Cuts the text (NFC). Neither an escape pair nor a surrogate pair is ever split. RESULT_LIMIT when
 * it needs more than `max_parts` (≤ SEGMENT_PARTS_MAX), with a sentence that says how many. */
MUST_CHECK enum result segment_split(struct arena *arena, const char *text, int max_parts,
    struct segments *out, struct failure *failure);

#endif
