/*
 * Owns: "tham gia", "vang mat": whether somebody comes to an event.
 * May use: understand/tokens.h, understand/understand.h.
 * Must not know: reports, the store.
 */
#ifndef UNDERSTAND_EVENTS_H
#define UNDERSTAND_EVENTS_H

#include "understand/tokens.h"
#include "understand/understand.h"

/* True when the text answers for an event that the context asks about: fills intent, confidence,
 * the events it names (none: any) and evidence. Short words that mean other things too ("co", "em
 * di") count only while exactly one event waits for its first answer; "vang" without marks could be
 * yes or absent and is only plausible. */
bool read_attendance(
    const struct tokens *tokens, const struct understand_context *context, struct reading *reading);

#endif
