/*
 * Owns: the script by which simulated officials answer: reading it, and what it says to a text.
 * May use: base/, text/.
 * Must not know: modems, clocks: who plays a script waits and speaks.
 *
 * One rule a line; "#" begins a comment line.
 *   +84900000017 on "bc 6 thang" nth 2 after 3h15m reply "BC 6T 45/BC-UBND"
 *   +84900000017 at 2020-06-01T09:00 say "BC 6T 45/BC-UBND"
 * `on`: the n-th text (nth, default 1) received that contains the words (marks and case do not
 * matter); the reply goes to the modem it came from. `at`: to the first modem.
 */
#ifndef REHEARSAL_SCRIPT_H
#define REHEARSAL_SCRIPT_H

#include "base/clock.h"
#include "base/result.h"

#include <stdbool.h>

struct script;

/* Moments without an offset are of the zone `zone_minutes` east of UTC. NULL with a sentence that
 * names file and line: RESULT_NOT_FOUND, RESULT_INVALID. */
struct script *script_read(const char *path, int zone_minutes, struct failure *failure);
void script_free(struct script *script); /* NULL is fine */

/* Tells every `at` rule, in the order of the file. Texts are borrowed. */
void script_tell_moments(const struct script *script,
    void (*say)(const char *number, struct wall moment, const char *text, void *arg), void *arg);

/* `number` (E.164) has received `text`: tells each reply that follows, `after_ms` later. Counts the
 * text, so it is called once for each text (of a long one: for each part). */
void script_hear(struct script *script, const char *number, const char *text,
    void (*reply)(const char *number, int64_t after_ms, const char *text, void *arg), void *arg);

#endif
