/*
 * Owns: which day a text names, and whether it plainly promises or asks for it.
 * May use: base/, understand/tokens.h, understand/understand.h.
 * Must not know: reports, the store.
 */
#ifndef UNDERSTAND_DAYS_H
#define UNDERSTAND_DAYS_H

#include "understand/tokens.h"
#include "understand/understand.h"

/* Blanks the written days ("8/6", "12-6-20", "ngay 12") out of the folded text and keeps the first.
 */
void days_take_written(char *text, struct wall now, int zone_minutes, struct tokens *out);
/* Spoken ones ("mai", "thu 2 tuan sau"), when none is written. A weekday that is today's, and
 * "tuan sau" alone, are no day: they are vague. */
void days_take_spoken(struct tokens *out, struct wall now, int zone_minutes);

/* What the day of a NOT_YET or EXTENSION_REQUEST is worth: sets promised, day_is_sure and
 * day_is_vague. The tokens that name reports and units have been marked; they are not changed. */
void days_weigh(const struct tokens *tokens, struct reading *reading);

/* True when the text is a day and nothing else that matters: the answer to "which day?". */
bool days_only(const struct tokens *tokens);

#endif
